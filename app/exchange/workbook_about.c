/* What the workbook says of itself, and the texts of all its sheets. */
#include <stdio.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/exchange/workbook_i.h"

/* --- texts --- */

/* One row per heading of register_rows.c. */
static const struct {
    const char *heading, *title;
    int width;           /* in characters */
    const char *meaning; /* NULL: the title says it */
} columns[] = {
    {"id", SAID("Id"), 24, SAID("The same in every export: by it a row can be found again.")},
    {"change", SAID("Change"), 10, SAID("Since the last export: new, changed or gone.")},
    {"person", SAID("Person"), 24,
     SAID("One word for one person, where an occasion is counted without names.")},
    {"number", SAID("Member number"), 14, NULL},
    {"last_name", SAID("Last name"), 22, NULL},
    {"first_name", SAID("First name"), 18, NULL},
    {"organisation", SAID("Organisation"), 20, SAID("Empty: the house itself.")},
    {"day", SAID("Day"), 11,
     SAID("The venue's day, which ends in the early morning: a night belongs to the day it began "
          "on.")},
    {"as", SAID("As"), 11, SAID("volunteer or staff, as they were then. Empty: volunteer.")},
    {"occasion", SAID("Occasion"), 14, SAID("What kind of occasion it was.")},
    {"mission", SAID("Task"), 24, SAID("What they signed up for.")},
    {"year", SAID("Year"), 7, NULL},
    {"january", SAID("January"), 10, NULL},
    {"february", SAID("February"), 10, NULL},
    {"march", SAID("March"), 10, NULL},
    {"april", SAID("April"), 10, NULL},
    {"may", SAID("May"), 10, NULL},
    {"june", SAID("June"), 10, NULL},
    {"july", SAID("July"), 10, NULL},
    {"august", SAID("August"), 10, NULL},
    {"september", SAID("September"), 10, NULL},
    {"october", SAID("October"), 10, NULL},
    {"november", SAID("November"), 10, NULL},
    {"december", SAID("December"), 10, NULL},
    {"total", SAID("Total"), 11,
     SAID("In hours and minutes; the seconds are in the cell. At the foot: of the rows that a "
          "filter shows.")},
    {"arrived_at", SAID("Arrived"), 19, NULL},
    {"left_at", SAID("Left"), 19, SAID("Empty: still in the house.")},
    {"duration", SAID("Duration"), 10, SAID("What counts as given, in hours, minutes, seconds.")},
    {"how_in", SAID("Arrival known by"), 17, SAID("Empty: by their badge.")},
    {"how_out", SAID("Departure known by"), 18,
     SAID("Empty: by their badge. assumed: they forgot to say that they left.")},
    {"clock", SAID("Clock"), 10,
     SAID("doubtful: no trusted clock vouches for these times. They are in italics.")},
    {"guests", SAID("Guests"), 8, NULL},
    {"children", SAID("Children"), 9, NULL},
    {"language", SAID("Language"), 9, NULL},
    {"circle", SAID("Circle"), 16, NULL},
    {"email", SAID("Email"), 28, NULL},
    {"phone", SAID("Phone"), 18, NULL},
    {"since", SAID("Member since"), 13, NULL},
    {"external_id", SAID("Id elsewhere"), 18, SAID("In another system, such as Odoo.")},
    {"college", SAID("College"), 16, NULL},
    {"shares", SAID("Shares"), 8, NULL},
    {"paused_until", SAID("Paused until"), 13, NULL},
    {"private_hours", SAID("Private hours"), 13, NULL},
    {"discreet", SAID("Greeted discreetly"), 13, NULL},
    {"basket", SAID("Basket"), 14, NULL},
    {"basket_pauses", SAID("Basket pauses"), 24, NULL},
    {"basket_fetchers", SAID("Who fetches it"), 24, NULL},
    {"line", SAID("About them"), 36, NULL},
    {"badges", SAID("Badges"), 8, SAID("How many work. Their numbers never leave the house.")},
};
#define COLUMN_COUNT ((int)(sizeof columns / sizeof columns[0]))

static int find(const char *heading)
{
    int found = 0;
    while (found < COLUMN_COUNT - 1 && strcmp(columns[found].heading, heading) != 0)
        found++;
    return found;
}

const char *workbook_say(const struct workbook *workbook, const char *text)
{
    const struct workbook_about *about = workbook->about;
    return about->say ? about->say(about->language, text) : text;
}

const char *workbook_title(const struct workbook *workbook, const char *heading)
{
    return workbook_say(workbook, columns[find(heading)].title);
}

double workbook_width(const char *heading)
{
    return columns[find(heading)].width;
}

void workbook_sheet_name(const struct workbook *workbook, enum workbook_table table, int part,
                         char *out_name, size_t size)
{
    static const char *const names[WORKBOOK_TABLES] = {
        [WORKBOOK_VISITS] = SAID("Visits"),
        [WORKBOOK_HOURS] = SAID("Hours"),
        [WORKBOOK_MISSIONS] = SAID("Tasks"),
        [WORKBOOK_PEOPLE] = SAID("People"),
    };
    const char *name = workbook_say(workbook, names[table]);
    if (part > 1)
        snprintf(out_name, size, "%s %d", name, part);
    else
        snprintf(out_name, size, "%s", name);
}

/* --- the sheet --- */

struct page {
    const struct workbook *workbook;
    lxw_worksheet *sheet;
    lxw_row_t row;
    enum rc rc; /* the first failure */
};

static void put_line(struct page *page, const char *label, const char *text)
{
    if (!page->rc)
        page->rc = workbook_put_text(page->sheet, page->row, 0, label,
                                     page->workbook->formats[WORKBOOK_HEADING]);
    if (!page->rc)
        page->rc = workbook_put_text(page->sheet, page->row, 1, text,
                                     page->workbook->formats[WORKBOOK_WRAPPED]);
    page->row++;
}

static void say_line(struct page *page, const char *label, const char *text)
{
    put_line(page, workbook_say(page->workbook, label), text);
}

/* "info-session, agora": the kinds that are counted so; "": none is. */
static void list_kinds(const struct workbook *workbook, enum privacy_count count, char *out_text,
                       size_t size)
{
    const struct privacy *privacy = workbook->source->privacy;
    size_t used = 0;
    out_text[0] = 0;
    for (int kind = 0; privacy && kind < OCCASION_COUNT; kind++)
        if (privacy->count[kind] == count)
            used += (size_t)snprintf(out_text + used, size - used, "%s%s", used ? ", " : "",
                                     occasion_kind_name((enum occasion_kind)kind));
}

static void tell_how_counted(struct page *page)
{
    char kinds[256];
    list_kinds(page->workbook, PRIVACY_PSEUDONYM, kinds, sizeof kinds);
    if (kinds[0])
        say_line(page, SAID("Counted without names"), kinds);
    list_kinds(page->workbook, PRIVACY_NUMBER, kinds, sizeof kinds);
    if (kinds[0])
        say_line(page, SAID("Counted as a number, not in these sheets"), kinds);
    if (privacy_hides_any(page->workbook->source->privacy))
        say_line(page, SAID("To hand on"),
                 workbook_say(page->workbook,
                              SAID("Only the tables: where journal.jsonl, perron.db or "
                                   "roll-call.pdf lie beside them, these name everybody.")));
}

/* What programs match rows by is there where there are only changes. */
static bool is_told(const struct workbook *workbook, const char *heading)
{
    bool is_of_changes = strcmp(heading, "id") == 0 || strcmp(heading, "change") == 0;
    return workbook->source->since || !is_of_changes;
}

static void tell_hours(struct page *page)
{
    const struct workbook *workbook = page->workbook;
    char name[4 * LXW_SHEETNAME_MAX];
    workbook_sheet_name(workbook, WORKBOOK_HOURS, 1, name, sizeof name);
    put_line(page, name,
             workbook_say(workbook,
                          SAID("What each person gave, by month of the venue's days. What was "
                               "counted without names stands together, once for each year, and so "
                               "does what people gave who were erased. Each visit and its shift by "
                               "itself: hours.csv.")));
    if (!workbook->source->since)
        put_line(page, name,
                 workbook_say(workbook,
                              SAID("Without a name: what was closed after its time, erased, or is "
                                   "counted as a number. Only sums are left of it, so hours.csv "
                                   "has no rows of it. Who is in the house counts up to now.")));
    if (workbook->source->since)
        put_line(page, name,
                 workbook_say(workbook, SAID("Only of what is new or has changed since the last "
                                             "export, as it is now: not all that they gave.")));
}

static void tell_parts(struct page *page, enum workbook_table table)
{
    char name[4 * LXW_SHEETNAME_MAX], next[4 * LXW_SHEETNAME_MAX], text[512];
    for (int part = 1; part < page->workbook->parts[table]; part++) {
        workbook_sheet_name(page->workbook, table, part, name, sizeof name);
        workbook_sheet_name(page->workbook, table, part + 1, next, sizeof next);
        snprintf(
            text, sizeof text,
            workbook_say(page->workbook, SAID("A sheet holds no more rows: it goes on in %s.")),
            next);
        put_line(page, name, text);
    }
}

static void tell_columns(struct page *page)
{
    page->row++;
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (columns[i].meaning && is_told(page->workbook, columns[i].heading))
            say_line(page, columns[i].title, workbook_say(page->workbook, columns[i].meaning));
}

enum rc workbook_add_about(struct workbook *workbook)
{
    const struct workbook_about *about = workbook->about;
    struct page page = {.workbook = workbook};
    char made[32];
    day_format_local(about->made_ms, made, sizeof made);
    page.rc = workbook_add_sheet(workbook, workbook_say(workbook, SAID("About")), &page.sheet);
    if (!page.rc)
        page.rc = workbook_rc(worksheet_set_column(page.sheet, 0, 0, 28, NULL));
    if (!page.rc)
        page.rc = workbook_rc(worksheet_set_column(page.sheet, 1, 1, 80, NULL));
    say_line(&page, SAID("House"), about->venue);
    say_line(&page, SAID("Period"), about->period);
    say_line(&page, SAID("Time zone"), about->time_zone);
    say_line(&page, SAID("Made"), made);
    put_line(&page, "Perron", PERRON_VERSION);
    tell_how_counted(&page);
    tell_hours(&page);
    for (int table = 0; table < WORKBOOK_TABLES; table++)
        tell_parts(&page, (enum workbook_table)table);
    tell_columns(&page);
    return page.rc ? page.rc : workbook_pack_settle(workbook->pack);
}
