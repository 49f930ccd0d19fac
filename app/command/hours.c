#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command/command.h"
#include "app/command/format.h"
#include "app/command/period.h"
#include "app/domain/rounding.h"
#include "app/store/report.h"

#define COLUMNS_MAX 12
#define CELL_BYTES 224 /* longer than any label */

struct printing {
    struct format format;
    enum rounding rounding;
    enum report_by by;
    struct period period;
    json_t *array;         /* of FORMAT_JSON */
    struct report_row sum; /* of the rows as they were shown */
    int count;
    const uint8_t *key; /* the venue's, for pseudonyms */
    /* Whoever has one, until all are there: by their words, in no order that says whose they are.
     */
    struct report_row *hidden;
    size_t hidden_count, hidden_capacity;
};

/* --- the label of a row --- */

/* What is said where there is none; by report_by. */
static const char *const nameless[REPORT_BYS] = {
    [REPORT_BY_PERSON] = "(no name)",         [REPORT_BY_SHIFT] = "(no shift)",
    [REPORT_BY_MISSION] = "(no mission)",     [REPORT_BY_CIRCLE] = "(no circle)",
    [REPORT_BY_ORGANISATION] = "(the house)", [REPORT_BY_MONTH] = "",
    [REPORT_BY_KIND] = "(another kind)",
};

static void print_label(enum report_by by, const char *number, const char *begin, const char *label)
{
    if (by == REPORT_BY_PERSON)
        printf("%-8s ", number);
    if (by == REPORT_BY_SHIFT)
        printf("%-19s ", begin);
    format_print_padded(label, 28);
}

/* --- a table for people --- */

static void print_amounts(const struct report_row *row)
{
    char volunteers[DURATION_BYTES], staff[DURATION_BYTES], assumed[DURATION_BYTES];
    duration_write_clock(row->volunteer_s, volunteers);
    duration_write_clock(row->staff_s, staff);
    duration_write_clock(row->assumed_s, assumed);
    printf("%11s %11s %11s %7" PRId64 " %7" PRId64 "\n", volunteers, staff, assumed, row->visits,
           row->people);
}

static void print_head(enum report_by by)
{
    print_label(by, "number", "begins", report_by_name(by));
    printf("%11s %11s %11s %7s %7s\n", "volunteers", "staff", "assumed", "visits", "people");
}

static void print_in_table(const struct printing *printing, const struct report_row *row)
{
    char begin[32];
    if (printing->count == 1)
        print_head(printing->by);
    format_time(CSV_PROFILE_EXCEL, row->from_ms, begin, sizeof begin);
    print_label(printing->by, row->number, begin,
                row->label[0] ? row->label : nameless[printing->by]);
    print_amounts(row);
}

/* --- CSV --- */

struct cells {
    char texts[COLUMNS_MAX][CELL_BYTES];
    const char *list[COLUMNS_MAX];
    int count;
};

static char *next_cell(struct cells *cells)
{
    cells->list[cells->count] = cells->texts[cells->count];
    return cells->texts[cells->count++];
}

static void add_cell(struct cells *cells, const char *text)
{
    snprintf(next_cell(cells), CELL_BYTES, "%s", text);
}

static void add_length(struct cells *cells, enum csv_profile profile, int64_t seconds)
{
    duration_write_clock(seconds, next_cell(cells));
    duration_write_hours(profile, seconds, next_cell(cells));
}

static enum rc print_csv_head(const struct printing *printing)
{
    static const char *const amounts[] = {"volunteer_time", "volunteer_hours", "staff_time",
                                          "staff_hours",    "assumed_time",    "assumed_hours",
                                          "visits",         "people"};
    struct cells cells = {.count = 0};
    if (printing->by == REPORT_BY_PERSON)
        add_cell(&cells, "number");
    if (printing->by == REPORT_BY_SHIFT) {
        add_cell(&cells, "begins_at");
        add_cell(&cells, "ends_at");
    }
    add_cell(&cells, report_by_name(printing->by));
    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++)
        add_cell(&cells, amounts[i]);
    return format_print_begin(printing->format.profile, cells.list, cells.count);
}

static enum rc print_csv_row(const struct printing *printing, const struct report_row *row)
{
    enum csv_profile profile = printing->format.profile;
    struct cells cells = {.count = 0};
    if (printing->by == REPORT_BY_PERSON)
        add_cell(&cells, row->number);
    if (printing->by == REPORT_BY_SHIFT) {
        format_time(profile, row->from_ms, next_cell(&cells), CELL_BYTES);
        format_time(profile, row->to_ms, next_cell(&cells), CELL_BYTES);
    }
    add_cell(&cells, row->label);
    add_length(&cells, profile, row->volunteer_s);
    add_length(&cells, profile, row->staff_s);
    add_length(&cells, profile, row->assumed_s);
    snprintf(next_cell(&cells), CELL_BYTES, "%" PRId64, row->visits);
    snprintf(next_cell(&cells), CELL_BYTES, "%" PRId64, row->people);
    return format_print_cells(profile, cells.list, cells.count);
}

/* --- JSON --- */

static json_t *amounts_to_json(const struct report_row *row)
{
    return json_pack("{s:I,s:I,s:I,s:I,s:I}", "volunteer_seconds", (json_int_t)row->volunteer_s,
                     "staff_seconds", (json_int_t)row->staff_s, "assumed_seconds",
                     (json_int_t)row->assumed_s, "visits", (json_int_t)row->visits, "people",
                     (json_int_t)row->people);
}

static enum rc add_json_row(const struct printing *printing, const struct report_row *row)
{
    json_t *object = amounts_to_json(row);
    int failed =
        json_object_set_new(object, report_by_name(printing->by), format_json_text(row->label));
    if (printing->by == REPORT_BY_PERSON)
        failed |= json_object_set_new(object, "number", format_json_text(row->number));
    if (printing->by == REPORT_BY_SHIFT) {
        failed |= json_object_set_new(object, "begins_at", format_json_time(row->from_ms));
        failed |= json_object_set_new(object, "ends_at", format_json_time(row->to_ms));
    }
    failed |= json_array_append_new(printing->array, object);
    return failed ? RC_NO_MEMORY : RC_OK;
}

static void print_json(const struct printing *printing)
{
    command_print(json_pack("{s:s,s:o,s:o,s:s,s:o,s:o}", "by", report_by_name(printing->by), "from",
                            format_json_day(printing->period.first_day), "to",
                            format_json_day(printing->period.last_day), "round",
                            rounding_name(printing->rounding), "rows", printing->array, "total",
                            amounts_to_json(&printing->sum)));
}

/* --- all together --- */

static enum rc print_one(struct printing *printing, const struct report_row *row)
{
    struct report_row shown = *row;
    shown.volunteer_s = rounding_apply(printing->rounding, row->volunteer_s);
    shown.staff_s = rounding_apply(printing->rounding, row->staff_s);
    shown.assumed_s = rounding_apply(printing->rounding, row->assumed_s);
    printing->sum.volunteer_s += shown.volunteer_s;
    printing->sum.staff_s += shown.staff_s;
    printing->sum.assumed_s += shown.assumed_s;
    printing->count++;
    if (printing->format.kind == FORMAT_JSON)
        return add_json_row(printing, &shown);
    if (printing->format.kind == FORMAT_CSV)
        return print_csv_row(printing, &shown);
    print_in_table(printing, &shown);
    return RC_OK;
}

static int compare_words(const void *a, const void *b)
{
    const struct report_row *left = a, *right = b;
    return strcmp(left->label, right->label);
}

static enum rc print_hidden(struct printing *printing)
{
    enum rc rc = RC_OK;
    if (printing->hidden_count)
        qsort(printing->hidden, printing->hidden_count, sizeof *printing->hidden, compare_words);
    for (size_t i = 0; !rc && i < printing->hidden_count; i++)
        rc = print_one(printing, &printing->hidden[i]);
    printing->hidden_count = 0;
    return rc;
}

static enum rc keep_hidden(struct printing *printing, const struct report_row *row)
{
    if (printing->hidden_count == printing->hidden_capacity) {
        size_t capacity = printing->hidden_capacity ? 2 * printing->hidden_capacity : 64;
        struct report_row *rows = realloc(printing->hidden, capacity * sizeof *rows);
        if (!rows)
            return RC_NO_MEMORY;
        printing->hidden = rows;
        printing->hidden_capacity = capacity;
    }
    struct report_row *kept = &printing->hidden[printing->hidden_count++];
    char word[PRIVACY_PSEUDONYM_BYTES];
    *kept = *row;
    privacy_pseudonym(printing->key, row->person, word);
    snprintf(kept->label, sizeof kept->label, "%s", word);
    return RC_OK;
}

/* Names come first, who is counted by number last. */
static enum rc print_row(void *context, const struct report_row *row)
{
    struct printing *printing = context;
    if (row->count == PRIVACY_PSEUDONYM)
        return keep_hidden(printing, row);
    enum rc rc = print_hidden(printing);
    return rc ? rc : print_one(printing, row);
}

/* A table adds up to its own last line; only visits and people are not the sum of what is above. */
static enum rc find_total(struct db *db, const struct report_span *span, struct printing *printing)
{
    struct report_row total;
    enum rc rc = report_hours_total(db, span, &total);
    if (rc)
        return rc;
    printing->sum.visits = total.visits;
    printing->sum.people = total.people;
    return RC_OK;
}

static void print_end(struct printing *printing)
{
    if (printing->format.kind == FORMAT_JSON) {
        print_json(printing);
        printing->array = NULL;
    } else if (printing->format.kind == FORMAT_TABLE && !printing->count) {
        puts("nobody was here in that time");
    } else if (printing->format.kind == FORMAT_TABLE) {
        print_label(printing->by, "", "", "total");
        print_amounts(&printing->sum);
    }
}

static enum rc print_hours(struct command_register *opened, const struct report_span *span,
                           struct printing *printing, struct reason *out_reason)
{
    struct db *db = snapshot_db(opened->snapshot);
    enum rc rc = RC_OK;
    printing->array = printing->format.kind == FORMAT_JSON ? json_array() : NULL;
    if (printing->format.kind == FORMAT_CSV)
        rc = print_csv_head(printing);
    if (!rc)
        rc = report_hours(db, printing->by, span, print_row, printing);
    if (!rc)
        rc = print_hidden(printing);
    free(printing->hidden);
    if (!rc && printing->format.kind != FORMAT_CSV)
        rc = find_total(db, span, printing);
    if (rc)
        reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
    else
        print_end(printing);
    json_decref(printing->array);
    return rc;
}

/* What the options say, and NULL where nothing is. */
struct asked {
    const char *data, *by, *round, *organisation, *number;
    struct period_asked days;
    struct format_asked look;
};

static int show(const struct asked *asked, struct printing *printing)
{
    struct reason reason = {""};
    struct command_register opened;
    struct person person = {.number = ""};
    if (command_open_register(command_data(asked->data), &opened, &reason))
        return command_fail(&reason);
    struct report_span span = {.first_day = printing->period.first_day,
                               .last_day = printing->period.last_day,
                               .day_end_min = opened.venue.day_end_min,
                               .now_ms = opened.now_ms,
                               .privacy = &opened.venue.privacy};
    enum rc rc = RC_OK;
    if (asked->number)
        rc = command_find_person(&opened, asked->number, &person, &reason);
    span.person = person.id;
    printing->key = folder_key(opened.folder);
    if (!rc && asked->organisation)
        rc = report_find_organisation(snapshot_db(opened.snapshot), asked->organisation,
                                      &span.organisation, &reason);
    if (!rc)
        rc = print_hours(&opened, &span, printing, &reason);
    command_close_register(&opened);
    return rc ? command_fail(&reason) : COMMAND_OK;
}

static enum rc read_asked(const struct asked *asked, struct printing *printing,
                          struct reason *out_reason)
{
    printing->by = asked->by ? report_by_from_name(asked->by) : REPORT_BY_PERSON;
    printing->rounding = asked->round ? rounding_from_name(asked->round) : ROUNDING_NONE;
    if (printing->by == REPORT_BYS) {
        reason_set(out_reason,
                   "hours are told by person, shift, mission, circle, organisation, month or "
                   "kind, not by \"%.40s\"",
                   asked->by);
        return RC_BAD_INPUT;
    }
    if (printing->rounding == ROUNDING_COUNT) {
        reason_set(out_reason,
                   "hours are rounded to 5 or 15 minutes or not at all (none), not to "
                   "\"%.40s\"",
                   asked->round);
        return RC_BAD_INPUT;
    }
    enum rc rc = period_read(&asked->days, &printing->period, out_reason);
    return rc ? rc : format_read(&asked->look, &printing->format, out_reason);
}

static int run(int argc, char **argv)
{
    struct asked asked = {.data = NULL};
    struct printing printing = {.count = 0};
    struct reason reason = {""};
    int count, code;
    const struct command_option options[] = {{"data", &asked.data, NULL},
                                             {"by", &asked.by, NULL},
                                             {"from", &asked.days.from, NULL},
                                             {"to", &asked.days.to, NULL},
                                             {"month", &asked.days.month, NULL},
                                             {"organisation", &asked.organisation, NULL},
                                             {"person", &asked.number, NULL},
                                             {"round", &asked.round, NULL},
                                             {"csv", NULL, &asked.look.is_csv},
                                             {"json", NULL, &asked.look.is_json},
                                             {"profile", &asked.look.profile, NULL},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_hours, argc, argv, options, NULL, 0, &count, &code))
        return code;
    if (read_asked(&asked, &printing, &reason))
        return command_misuse(&command_hours, &reason);
    return show(&asked, &printing);
}

const struct command command_hours = {
    "hours",
    "[--by person|shift|mission|circle|organisation|month|kind]\n"
    "                    [--from DATE] [--to DATE] [--month YYYY-MM] [--organisation NAME]\n"
    "                    [--person NUMBER] [--round none|5|15]\n"
    "                    [--csv [--profile excel|strict] | --json] [--data DIR]",
    "tells the hours people gave, staff apart from volunteers\n"
    "A visit belongs to the venue's day it began on; who is in counts up to now. Assumed are the\n"
    "hours, of both, of people who forgot to leave: they end with their shift. Rounding is by "
    "row,\n"
    "half a step up, and the total is the sum of what is shown. A visit that gave to two rows is\n"
    "counted in both, and once in the total. --organisation - is the house itself. By person, "
    "kinds\n"
    "that perron.conf counts by pseudonym have one for each, and those by number are one sum.",
    run};
