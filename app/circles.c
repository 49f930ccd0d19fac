#include "app/circles.h"

#include <stdio.h>
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
        reason_set(out_reason, SAID("there is room for %d circles, and this is one more"),
                   CIRCLES_MAX);
        return RC_BAD_INPUT;
    }
    struct reason why = {.text = ""};
    if (settings_words(name, circle.name, NAME_BYTES, &why)) {
        reason_set(out_reason, SAID("the name of this circle %s"), why.text);
        reason_nest(out_reason, &why);
        return RC_BAD_INPUT;
    }
    if (!circle.name[0]) {
        reason_set(out_reason, SAID("a circle needs a name; write for example [circle helper]"));
        return RC_BAD_INPUT;
    }
    if (circle_find(circles, circle.name)) {
        reason_set(out_reason,
                   SAID("a circle above is called '%s' already; give this one another name"),
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
        reason_set(out_reason, SAID("takes hours a month from 0 to %d, such as 4 or 2.5"),
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

/* Whichever of the two lines comes second has it. */
static enum rc check_rights(const struct circle *circle, struct reason *out_reason)
{
    unsigned beyond = circle->organisation[0] ? circle->rights & RIGHTS_OF_HOUSE : 0;
    for (int right = 0; right < RIGHT_COUNT; right++) {
        if (!(beyond >> right & 1))
            continue;
        reason_set(
            out_reason,
            SAID("does not fit: '%s' is the whole house's, and no circle of an organisation gives "
                 "it; take '%s' out of 'may', or the line 'organisation' away"),
            right_name((enum right)right), right_name((enum right)right));
        return RC_BAD_INPUT;
    }
    return RC_OK;
}

static enum rc read_organisation(void *values, const struct settings_row *row, const char *text,
                                 struct reason *out_reason)
{
    struct circle *circle = values;
    (void)row;
    enum rc rc =
        settings_words(text, circle->organisation, sizeof circle->organisation, out_reason);
    return rc ? rc : check_rights(circle, out_reason);
}

/* "badges, roll-call" */
static enum rc read_rights(void *values, const struct settings_row *row, const char *text,
                           struct reason *out_reason)
{
    struct circle *circle = values;
    char words[200], *rest = words;
    unsigned rights = 0;
    (void)row;
    if (snprintf(words, sizeof words, "%s", text) >= (int)sizeof words) {
        reason_set(out_reason, SAID("is too long"));
        return RC_BAD_INPUT;
    }
    for (const char *word; (word = strtok_r(rest, ", ", &rest));) {
        enum right right = right_from_name(word);
        if (right == RIGHT_COUNT) {
            reason_set(out_reason,
                       SAID("knows vouch, roll-call, badges, correct, rota, occasion, "
                            "machine, roles, export; '%s' is none of them"),
                       word);
            return RC_BAD_INPUT;
        }
        rights |= 1u << right;
    }
    circle->rights = rights;
    return check_rights(circle, out_reason);
}

#define WORDS(key_, read_, language_)                                                              \
    {                                                                                              \
        .key = (key_), .type = SETTINGS_CUSTOM, .read = (read_), .number = (language_)             \
    }

static const struct settings_row circle_rows[] = {
    {.key = "hours", .type = SETTINGS_CUSTOM, .read = read_hours, .is_required = true},
    {.key = "organisation", .type = SETTINGS_CUSTOM, .read = read_organisation},
    {.key = "may", .type = SETTINGS_CUSTOM, .read = read_rights},
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

/* --- names that two circles have --- */

struct twins {
    const struct circle *circle, *other;
    const char *name;
};

/* A list of people that says that name could mean either. */
static void tell_twins(const struct twins *twins, struct reason *out_reason)
{
    reason_set(out_reason, SAID("[circle %s] and [circle %s] are both called '%s'; rename one"),
               twins->other->name, twins->circle->name, twins->name);
}

static bool is_twin(const struct circle_list *above, struct twins *twins, const char *name)
{
    twins->name = name;
    twins->other = circle_find(above, name);
    return twins->other;
}

/* Does the circle have a name of one above? Once all is read: it may be one in another language. */
static bool find_twins(const struct circle_list *circles, int index, struct twins *out_twins)
{
    struct circle_list above = *circles;
    struct twins twins = {.circle = &circles->circles[index]};
    memset(&above.circles[index], 0, sizeof above.circles - sizeof above.circles[0] * index);
    bool is_found = is_twin(&above, &twins, twins.circle->name);
    for (int language = 0; !is_found && language < LANGUAGE_COUNT; language++)
        is_found = is_twin(&above, &twins, twins.circle->names[language]);
    *out_twins = twins;
    if (is_found)
        out_twins->other = circle_find(circles, twins.other->name);
    return is_found;
}

/* --- the file --- */

static const struct settings_family family = {
    "circle", circle_rows, sizeof circle_rows / sizeof circle_rows[0], add_circle};

static const struct circle_list nothing_said = {.far_over = CIRCLE_FAR_OVER,
                                                .far_under = CIRCLE_FAR_UNDER};

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static enum rc refuse_twins(const char *path, const struct circle_list *circles,
                            struct reason *out_reason)
{
    struct twins twins;
    struct reason why;
    for (int i = 0; i < count_of(circles); i++) {
        if (!find_twins(circles, i, &twins))
            continue;
        tell_twins(&twins, &why);
        reason_set(out_reason, "%s: %s", name_of(path), why.text);
        reason_nest(out_reason, &why);
        return RC_BAD_INPUT;
    }
    return RC_OK;
}

enum rc circles_read(const char *path, struct circle_list *out_circles, struct reason *out_reason)
{
    struct circle_list circles = nothing_said;
    enum rc rc = settings_read_family(path, rows, sizeof rows / sizeof rows[0], &family, &circles,
                                      out_reason);
    if (rc == RC_NOT_FOUND) {
        reason_set(out_reason, "%s", "");
        *out_circles = circle_default();
        return RC_OK;
    }
    if (!rc)
        rc = refuse_twins(path, &circles, out_reason);
    if (!rc)
        *out_circles = circles;
    return rc;
}

static void check_twins(const char *path, const struct circle_list *circles,
                        struct problems *problems)
{
    struct twins twins;
    struct reason why;
    for (int i = 0; i < count_of(circles); i++) {
        if (!find_twins(circles, i, &twins))
            continue;
        tell_twins(&twins, &why);
        problems_add_reason(problems, name_of(path), 0, &why);
    }
}

enum rc circles_check(const char *path, struct circle_list *out_circles, struct problems *problems)
{
    struct circle_list circles = nothing_said;
    struct problems_hearer hearer = {problems, name_of(path)};
    const struct settings_file file = {
        rows, sizeof rows / sizeof rows[0], &family, 1, &circles, problems_hear, &hearer};
    int before = problems->count;
    enum rc rc = settings_read_file(path, &file);
    if (rc == RC_NOT_FOUND) {
        *out_circles = circle_default();
        return RC_OK;
    }
    check_twins(path, &circles, problems);
    if (!rc && problems->count > before)
        rc = RC_BAD_INPUT;
    if (!rc)
        *out_circles = circles;
    return rc;
}
