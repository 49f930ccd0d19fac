#include "app/circles.h"

#include <string.h>

#include "firmware/base/settings.h"

#define NAME_BYTES 41 /* with the NUL; libinih cuts a section after 49 */

static int count_of(const struct circle_list *circles)
{
    int count = 0;
    while (count < CIRCLES_MAX && circles->circles[count].name[0])
        count++;
    return count;
}

static enum rc add_circle(void *values, const char *name, void **out_member,
                          struct reason *out_reason)
{
    struct circle_list *circles = values;
    struct circle circle = {.name = ""};
    int count = count_of(circles);
    if (count == CIRCLES_MAX) {
        reason_set(out_reason, "there is room for %d circles, and this is one more", CIRCLES_MAX);
        return RC_BAD_INPUT;
    }
    struct reason why = {""};
    if (settings_words(name, circle.name, NAME_BYTES, &why)) {
        reason_set(out_reason, "the name of this circle %s", why.text);
        return RC_BAD_INPUT;
    }
    if (!circle.name[0]) {
        reason_set(out_reason, "a circle needs a name; write for example [circle helper]");
        return RC_BAD_INPUT;
    }
    if (circle_find(circles, circle.name)) {
        reason_set(out_reason, "a circle above is called '%s' already; give this one another name",
                   circle.name);
        return RC_BAD_INPUT;
    }
    circles->circles[count] = circle;
    *out_member = &circles->circles[count];
    return RC_OK;
}

/* "4", "2.5" or "2,25" as hundredths; -1: none of these. */
static int read_hundredths(const char *text)
{
    static const char digits[] = "0123456789";
    size_t whole = strspn(text, digits), part = 0;
    int number = 0;
    if (text[whole] == '.' || text[whole] == ',')
        part = strspn(text + whole + 1, digits);
    size_t length = part ? whole + 1 + part : whole;
    if (!whole || whole > 4 || part > 2 || text[length])
        return -1;
    for (size_t i = 0; i < whole; i++)
        number = number * 10 + text[i] - '0';
    for (size_t i = 0; i < 2; i++)
        number = number * 10 + (i < part ? text[whole + 1 + i] - '0' : 0);
    return number;
}

static enum rc read_hours(void *values, const struct settings_row *row, const char *text,
                          struct reason *out_reason)
{
    struct circle *circle = values;
    int hundredths = read_hundredths(text);
    (void)row;
    if (hundredths < 0 || hundredths > CIRCLE_HOURS_MAX * 100) {
        reason_set(out_reason, "takes hours a month from 0 to %d, such as 4 or 2.5",
                   CIRCLE_HOURS_MAX);
        return RC_BAD_INPUT;
    }
    circle->minutes = hundredths * 60 / 100;
    return RC_OK;
}

static enum rc read_line(void *values, const struct settings_row *row, const char *text,
                         struct reason *out_reason)
{
    struct circle *circle = values;
    return settings_words(text, circle->lines[row->number], CIRCLE_LINE_BYTES, out_reason);
}

static enum rc read_name(void *values, const struct settings_row *row, const char *text,
                         struct reason *out_reason)
{
    struct circle *circle = values;
    return settings_words(text, circle->names[row->number], NAME_BYTES, out_reason);
}

static enum rc read_organisation(void *values, const struct settings_row *row, const char *text,
                                 struct reason *out_reason)
{
    struct circle *circle = values;
    (void)row;
    return settings_words(text, circle->organisation, sizeof circle->organisation, out_reason);
}

#define WORDS(key_, read_, language_)                                                              \
    {                                                                                              \
        .key = (key_), .type = SETTINGS_CUSTOM, .read = (read_), .number = (language_)             \
    }

static const struct settings_row circle_rows[] = {
    {.key = "hours", .type = SETTINGS_CUSTOM, .read = read_hours, .is_required = true},
    {.key = "organisation", .type = SETTINGS_CUSTOM, .read = read_organisation},
    WORDS("fr", read_name, LANGUAGE_FR),
    WORDS("nl", read_name, LANGUAGE_NL),
    WORDS("en", read_name, LANGUAGE_EN),
    WORDS("fr_line", read_line, LANGUAGE_FR),
    WORDS("nl_line", read_line, LANGUAGE_NL),
    WORDS("en_line", read_line, LANGUAGE_EN),
};

static const struct settings_row rows[] = {
    {.section = "circles",
     .key = "far_over",
     .type = SETTINGS_NUMBER,
     .offset = offsetof(struct circle_list, far_over),
     .min = 100,
     .max = 1000},
    {.section = "circles",
     .key = "far_under",
     .type = SETTINGS_NUMBER,
     .offset = offsetof(struct circle_list, far_under),
     .min = 0,
     .max = 100},
    {.section = "circles",
     .key = "talk_to",
     .type = SETTINGS_TEXT,
     .offset = offsetof(struct circle_list, talk_to),
     .size = sizeof((struct circle_list *)0)->talk_to},
};

/* A list that says that name could mean either. */
static enum rc refuse_double(const char *path, const struct circle *circle,
                             const struct circle *other, const char *name,
                             struct reason *out_reason)
{
    const char *slash = strrchr(path, '/');
    reason_set(out_reason, "%s: [circle %s] and [circle %s] are both called '%s'; rename one",
               slash ? slash + 1 : path, other->name, circle->name, name);
    return RC_BAD_INPUT;
}

/* Once all is read: a circle below may take the name of one above in another language. */
static enum rc look_for_doubles(const char *path, const struct circle_list *circles,
                                struct reason *out_reason)
{
    struct circle_list above = {.far_over = 0};
    for (int i = 0; i < count_of(circles); i++) {
        const struct circle *circle = &circles->circles[i], *other;
        if ((other = circle_find(&above, circle->name)))
            return refuse_double(path, circle, other, circle->name, out_reason);
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            if ((other = circle_find(&above, circle->names[language])))
                return refuse_double(path, circle, other, circle->names[language], out_reason);
        above.circles[i] = *circle;
    }
    return RC_OK;
}

enum rc circles_read(const char *path, struct circle_list *out_circles, struct reason *out_reason)
{
    static const struct settings_family family = {
        "circle", circle_rows, sizeof circle_rows / sizeof circle_rows[0], add_circle};
    struct circle_list circles = {.far_over = CIRCLE_FAR_OVER, .far_under = CIRCLE_FAR_UNDER};
    enum rc rc = settings_read_family(path, rows, sizeof rows / sizeof rows[0], &family, &circles,
                                      out_reason);
    if (rc == RC_NOT_FOUND) {
        reason_set(out_reason, "%s", "");
        *out_circles = circle_default();
        return RC_OK;
    }
    if (!rc)
        rc = look_for_doubles(path, &circles, out_reason);
    if (!rc)
        *out_circles = circles;
    return rc;
}
