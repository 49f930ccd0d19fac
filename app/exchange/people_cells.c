/* people_cells.c - what stands in a cell becomes what the house knows of a person. */
#include "app/exchange/people_i.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "app/domain/basket.h"
#include "app/exchange/date.h"
#include "app/exchange/headings.h"
#include "firmware/base/utf8.h"

#define SHOWN 40 /* bytes of somebody's cell that a sentence repeats */

/* What each field is called in sentences, and its longest text. */
static const char *const field_titles[] = {
    [PERSON_NUMBER] = SAID("member number"),
    [PERSON_EXTERNAL_ID] = SAID("external id"),
    [PERSON_FIRST_NAME] = SAID("first name"),
    [PERSON_LAST_NAME] = SAID("last name"),
    [PERSON_LANGUAGE] = SAID("language"),
    [PERSON_CIRCLE] = SAID("circle"),
    [PERSON_EMAIL] = SAID("e-mail address"),
    [PERSON_PHONE] = SAID("phone number"),
    [PERSON_SINCE] = SAID("date of joining"),
    [PERSON_COLLEGE] = SAID("college"),
    [PERSON_SHARES] = SAID("number of shares"),
    [PERSON_PAUSED_UNTIL] = SAID("end of the pause"),
    [PERSON_PRIVATE_HOURS] = SAID("word on private hours"),
    [PERSON_DISCREET] = SAID("word on a discreet greeting"),
    [PERSON_BASKET] = SAID("size of the basket"),
    [PERSON_BASKET_PAUSES] = SAID("list of pauses"),
    [PERSON_BASKET_FETCHERS] = SAID("list of who may fetch the basket"),
    [PERSON_LINE] = SAID("sentence about them"),
};

static int shown(const char *text)
{
    return (int)utf8_cut(text, SHOWN);
}

static void set_field(struct people_row *row, int field, const char *text)
{
    enum rc rc = person_set(&row->person, field, text);
    struct reason why;
    if (!rc)
        return;
    if (rc == RC_LIMIT)
        reason_set(&why, SAID("The %s is too long: \"%.*s...\"."), field_titles[field], shown(text),
                   text);
    else
        reason_set(&why, SAID("The %s has characters that cannot be shown."), field_titles[field]);
    reason_mark(&why, 0);
    people_refuse_for(row, &why);
}

static void set_language(struct people_row *row, const char *text)
{
    enum language language;
    if (language_parse(text, &language))
        people_refuse(row,
                      SAID("\"%.*s\" is no language that is spoken here; known are fr, nl and en."),
                      shown(text), text);
    else
        set_field(row, PERSON_LANGUAGE, language_code(language));
}

static void set_date(struct people_row *row, int field, const char *text)
{
    char iso[DATE_BYTES];
    if (date_parse(text, iso))
        people_refuse(row, SAID("\"%.*s\" is no date; write it as 25/10/2021 or 2021-10-25."),
                      shown(text), text);
    else
        set_field(row, field, iso);
}

static void set_since(struct people_row *row, const char *text)
{
    set_date(row, PERSON_SINCE, text);
}

static void set_paused_until(struct people_row *row, const char *text)
{
    set_date(row, PERSON_PAUSED_UNTIL, text);
}

static void set_shares(struct people_row *row, const char *text)
{
    text += strspn(text, " ");
    size_t digits = strspn(text, "0123456789");
    if (!digits || text[digits + strspn(text + digits, " ")])
        people_refuse(row, SAID("\"%.*s\" is no number of shares; write it in digits."),
                      shown(text), text);
    else
        set_field(row, PERSON_SHARES, text);
}

static void refuse_word(struct people_row *row, const char *what, const char *text)
{
    struct reason why;
    reason_set(&why, SAID("\"%.*s\" is neither yes nor no to %s."), shown(text), text, what);
    reason_mark(&why, 1);
    people_refuse_for(row, &why);
}

/* No is what stands without a word; and a list takes nothing away. */
static void set_yes(struct people_row *row, int field, const char *what, const char *text)
{
    static const char yes[] = " yes y oui o ja j true 1 x ", no[] = " no n non nee neen false 0 ";
    char word[12] = " ";
    headings_fold(text, word + 1, sizeof word - 2);
    strcat(word, " ");
    if (!strstr(yes, word) && !strstr(no, word))
        refuse_word(row, what, text);
    else if (strstr(yes, word))
        set_field(row, field, "yes");
}

static void set_private_hours(struct people_row *row, const char *text)
{
    set_yes(row, PERSON_PRIVATE_HOURS, SAID("private hours"), text);
}

static void set_discreet(struct people_row *row, const char *text)
{
    set_yes(row, PERSON_DISCREET, SAID("a discreet greeting"), text);
}

/* --- baskets --- */

/* None is what stands without a word. */
static void set_basket(struct people_row *row, const char *text)
{
    static const char none[] = " no non n nee neen none geen aucun aucune 0 - ";
    char clean[sizeof row->person.basket], word[sizeof clean + 2] = " ";
    if (utf8_clean(text, clean, sizeof clean) == RC_OK) {
        utf8_fold(clean, word + 1, sizeof word - 2);
        strcat(word, " ");
        if (strstr(none, word))
            return;
    }
    set_field(row, PERSON_BASKET, text);
}

/* One end of a span, with the word that may stand before it: "du 20/12/2026". */
static bool read_end(const char *text, size_t length, char out_iso[DATE_BYTES])
{
    static const char *const words[] = {"du ", "le ", "van ", "from "};
    char end[32];
    while (length && *text == ' ')
        text++, length--;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (length > strlen(words[i]) && strncasecmp(text, words[i], strlen(words[i])) == 0)
            text += strlen(words[i]), length -= strlen(words[i]);
    if (length >= sizeof end)
        return false;
    memcpy(end, text, length);
    end[length] = 0;
    return date_parse(end, out_iso) == RC_OK;
}

/* "20/12/2026 - 05/01/2027", "20/12/2026 au 05/01/2027", as ISO 8601 has it, or a day. */
static bool read_pause(const char *text, char out_iso[2 * DATE_BYTES])
{
    static const char *const betweens[] = {" au ", " jusqu'au ", " tot ", " t/m ", " tot en met ",
                                           " to ", " until ",    "–",     "—",     "-",
                                           "/"};
    char to[DATE_BYTES];
    for (size_t i = 0; i < sizeof betweens / sizeof betweens[0]; i++) {
        const char *at = text;
        while ((at = strstr(at, betweens[i]))) {
            const char *behind = at + strlen(betweens[i]);
            if (read_end(text, (size_t)(at - text), out_iso) &&
                read_end(behind, strlen(behind), to)) {
                out_iso[DATE_BYTES - 1] = '/';
                memcpy(out_iso + DATE_BYTES, to, DATE_BYTES);
                return true;
            }
            at++;
        }
    }
    return read_end(text, strlen(text), out_iso);
}

static void set_pauses(struct people_row *row, const char *text)
{
    struct basket_pauses pauses;
    struct reason reason = {.text = ""};
    char parts[CSV_CELL_BYTES + 1], iso[2 * DATE_BYTES], all[CSV_CELL_BYTES + 1] = "", *rest = NULL;
    size_t used = 0;
    snprintf(parts, sizeof parts, "%s", text);
    for (char *part = strtok_r(parts, ",;|\r\n", &rest); part;
         part = strtok_r(NULL, ",;|\r\n", &rest)) {
        if (people_is_blank(part))
            continue;
        if (!read_pause(part, iso)) {
            people_refuse(
                row,
                SAID("\"%.*s\" is no pause; write a day as 20/12/2026, or from the first to "
                     "the last as 2026-12-20/2027-01-05."),
                shown(part), part);
            return;
        }
        used += (size_t)snprintf(all + used, sizeof all - used, "%s%s", used ? "," : "", iso);
        if (used >= sizeof all - sizeof iso)
            break; /* refused below */
    }
    if (used >= sizeof row->person.basket_pauses)
        set_field(row, PERSON_BASKET_PAUSES, all);
    else if (basket_read_pauses(all, &pauses, &reason))
        people_refuse_for(row, &reason);
    else
        set_field(row, PERSON_BASKET_PAUSES, all);
}

/* Between ";", "|" or line breaks, numbers between commas too: a name may have one. */
static void set_fetchers(struct people_row *row, const char *text)
{
    char parts[CSV_CELL_BYTES + 1];
    bool are_numbers = !text[strspn(text, "0123456789 ,;|\r\n")];
    snprintf(parts, sizeof parts, "%s", text);
    for (char *at = parts; (at = strpbrk(at, are_numbers ? "|\r\n," : "|\r\n"));)
        *at = ';';
    set_field(row, PERSON_BASKET_FETCHERS, parts);
}

/* --- names and badges --- */

/* Béatrice de Ridder: what stands before the first space is the first name. */
static void set_whole_name(struct people_row *row, const char *text)
{
    char whole[256], first[256];
    enum rc rc = utf8_clean(text, whole, sizeof whole);
    size_t length = rc ? 0 : strcspn(whole, " ");
    if (rc) {
        set_field(row, PERSON_FIRST_NAME, text);
        return;
    }
    memcpy(first, whole, length);
    first[length] = 0;
    set_field(row, PERSON_FIRST_NAME, first);
    set_field(row, PERSON_LAST_NAME, whole + length);
}

static bool has_badge(const struct people_row *row, const struct badge *badge)
{
    for (int i = 0; i < row->badge_count; i++)
        if (strcmp(row->badges[i].text, badge->text) == 0)
            return true;
    return false;
}

static void add_badge(struct people_row *row, const struct badge *badge)
{
    struct reason reason;
    if (badge_check_enrolment(badge, &reason))
        people_refuse_for(row, &reason);
    else if (has_badge(row, badge))
        return;
    else if (row->badge_count == PEOPLE_BADGES_MAX)
        people_refuse(row, SAID("There are more than %d badges for one person."),
                      PEOPLE_BADGES_MAX);
    else
        row->badges[row->badge_count++] = *badge;
}

/* One badge, or several between "|", ";", "/", "," or line breaks. */
static void set_badges(struct people_row *row, const char *text)
{
    static const char separators[] = "|;/,\r\n";
    struct badge badge;
    struct reason reason;
    char parts[CSV_CELL_BYTES + 1], *rest = NULL;
    if (badge_parse(text, &badge, &reason) == RC_OK) {
        add_badge(row, &badge);
        return;
    }
    snprintf(parts, sizeof parts, "%s", text);
    bool is_list = parts[strcspn(parts, separators)] != 0;
    char *part = is_list ? strtok_r(parts, separators, &rest) : NULL;
    for (; part; part = strtok_r(NULL, separators, &rest)) {
        if (people_is_blank(part))
            continue;
        if (badge_parse(part, &badge, NULL)) {
            is_list = false;
            break;
        }
        add_badge(row, &badge);
    }
    if (!is_list)
        people_refuse_for(row, &reason);
}

void people_set_cell(struct people_row *row, int field, const char *text)
{
    static const struct {
        int field;
        void (*set)(struct people_row *row, const char *text);
    } setters[] = {
        {PERSON_LANGUAGE, set_language},
        {PERSON_SINCE, set_since},
        {PERSON_SHARES, set_shares},
        {PERSON_PAUSED_UNTIL, set_paused_until},
        {PERSON_PRIVATE_HOURS, set_private_hours},
        {PERSON_DISCREET, set_discreet},
        {PERSON_BASKET, set_basket},
        {PERSON_BASKET_PAUSES, set_pauses},
        {PERSON_BASKET_FETCHERS, set_fetchers},
        {HEADING_WHOLE_NAME, set_whole_name},
        {HEADING_BADGE, set_badges},
    };
    for (size_t i = 0; i < sizeof setters / sizeof setters[0]; i++) {
        if (setters[i].field == field) {
            setters[i].set(row, text);
            return;
        }
    }
    set_field(row, field, text);
}
