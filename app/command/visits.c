#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "app/command/command.h"
#include "app/command/format.h"
#include "app/command/named.h"
#include "app/command/period.h"
#include "app/domain/day.h"
#include "app/exchange/duration.h"
#include "app/exchange/register.h"

struct printing {
    struct format format;
    struct period period;
    struct fact_id person;         /* none: everybody */
    enum occasion_kind kind;       /* OCCASION_COUNT: any */
    struct register_source source; /* of CSV */
    json_t *array;
    int count;
    int numbers; /* of visits that are counted by number, and in no line */
};

static void full_name(const struct person *person, char *out_name, size_t size)
{
    snprintf(out_name, size, "%s%s%s", person->first_name, person->last_name[0] ? " " : "",
             person->last_name);
}

static const char *as_name(const struct visit *visit)
{
    return visit->is_staff ? "staff" : "volunteer";
}

static enum rc add_row(struct printing *printing, const struct snapshot_visit *row)
{
    const struct visit *visit = &row->visit;
    bool is_open = visit->how_out == PRESENCE_OPEN;
    char name[sizeof row->person.first_name + sizeof row->person.last_name + 2];
    full_name(&row->person, name, sizeof name);
    json_t *object = json_pack(
        "{s:s,s:s,s:o,s:o,s:s,s:o,s:s,s:o,s:s,s:s,s:o,s:o}", "person", name, "number",
        row->person.number, "arrived_at", format_json_time(visit->arrived_ms), "left_at",
        format_json_time(visit->left_ms), "how_in", presence_how_name(visit->how_in), "how_out",
        is_open ? json_null() : json_string(presence_how_name(visit->how_out)), "clock",
        visit->is_doubtful_in || visit->is_doubtful_out ? "doubtful" : "trusted", "day",
        format_json_day(visit->day), "as", as_name(visit), "occasion",
        occasion_kind_name(visit->kind), "organisation", format_json_text(row->organisation),
        "seconds", is_open ? json_null() : json_integer(row->seconds));
    return json_array_append_new(printing->array, object) ? RC_NO_MEMORY : RC_OK;
}

/* The line that visits.csv has. */
static enum rc print_line(const struct printing *printing, const struct snapshot_visit *row)
{
    static char line[CSV_WRITER_ROW_BYTES];
    size_t length = 0;
    enum rc rc = register_visit_text(printing->format.profile, &printing->source, row, line,
                                     sizeof line, &length);
    fwrite(line, 1, length, stdout);
    return rc == RC_EMPTY ? RC_OK : rc;
}

static enum rc print_line_of_headings(const struct printing *printing)
{
    static char line[CSV_WRITER_ROW_BYTES];
    size_t length;
    enum rc rc =
        register_headings(printing->format.profile, &printing->source, line, sizeof line, &length);
    if (!rc)
        fwrite(line, 1, length, stdout);
    return rc;
}

/* A time nobody vouches for is marked, never shown as true. */
static void local_time(int64_t ms, bool is_doubtful, char *out_text, size_t size)
{
    char text[32] = "";
    if (ms)
        day_format_local(ms, text, sizeof text);
    snprintf(out_text, size, "%s%s", is_doubtful && ms ? "~" : "", text);
}

static void print_in_table(const struct printing *printing, const struct snapshot_visit *row)
{
    const struct visit *visit = &row->visit;
    bool is_open = visit->how_out == PRESENCE_OPEN;
    char arrived[32], left[32], hours[DURATION_BYTES] = "";
    char name[sizeof row->person.first_name + sizeof row->person.last_name + 2];
    if (printing->count == 1)
        printf("%-8s %-28s %-20s %-20s %9s %-9s %-14s %s\n", "number", "person", "arrived", "left",
               "hours", "as", "occasion", "known by");
    local_time(visit->arrived_ms, visit->is_doubtful_in, arrived, sizeof arrived);
    local_time(visit->left_ms, visit->is_doubtful_out, left, sizeof left);
    full_name(&row->person, name, sizeof name);
    if (!is_open)
        duration_write_clock(row->seconds, hours);
    printf("%-8s ", row->person.number);
    format_print_padded(name, 28);
    printf("%-20s %-20s %9s %-9s %-14s %s%s%s\n", arrived, left[0] ? left : "in the house", hours,
           as_name(visit), occasion_kind_name(visit->kind), presence_how_name(visit->how_in),
           is_open ? "" : ", ", is_open ? "" : presence_how_name(visit->how_out));
}

/* The row with a word in the place of who it was. */
static struct snapshot_visit with_pseudonym(const struct printing *printing,
                                            const struct snapshot_visit *row)
{
    struct snapshot_visit shown = *row;
    char word[PRIVACY_PSEUDONYM_BYTES];
    privacy_pseudonym(printing->source.key, row->person.id, word);
    shown.person = (struct person){.number = ""};
    snprintf(shown.person.first_name, sizeof shown.person.first_name, "%s", word);
    return shown;
}

static enum rc print_row(void *context, const struct snapshot_visit *row)
{
    struct printing *printing = context;
    enum privacy_count count = privacy_count_of(printing->source.privacy, row->visit.kind);
    if (row->visit.day < printing->period.first_day || row->visit.day > printing->period.last_day)
        return RC_OK;
    if (printing->kind != OCCASION_COUNT && row->visit.kind != printing->kind)
        return RC_OK;
    /* Of one person only what is counted by name: a word beside a name would say whose it is. */
    if (!fact_id_is_none(printing->person) &&
        (count != PRIVACY_NAME || !fact_id_is_same(row->person.id, printing->person)))
        return RC_OK;
    if (count == PRIVACY_NUMBER) {
        printing->numbers++;
        return RC_OK;
    }
    printing->count++;
    if (printing->format.kind == FORMAT_CSV)
        return print_line(printing, row);
    const struct snapshot_visit shown =
        count == PRIVACY_NAME ? *row : with_pseudonym(printing, row);
    if (printing->format.kind == FORMAT_JSON)
        return add_row(printing, &shown);
    print_in_table(printing, &shown);
    return RC_OK;
}

static enum rc print_visits(struct command_register *opened, struct printing *printing,
                            const char *number, struct reason *out_reason)
{
    struct person person;
    enum rc rc = number ? command_find_person(opened, number, &person, out_reason) : RC_OK;
    if (rc)
        return rc;
    if (number)
        printing->person = person.id;
    printing->source = (struct register_source){.snapshot = opened->snapshot,
                                                .key = folder_key(opened->folder),
                                                .privacy = &opened->venue.privacy,
                                                .now_ms = opened->now_ms};
    if (printing->format.kind == FORMAT_CSV)
        rc = print_line_of_headings(printing);
    if (!rc)
        rc = snapshot_visits(opened->snapshot, INT64_MIN, INT64_MAX, opened->now_ms, print_row,
                             printing);
    if (rc)
        reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
    return rc;
}

static int show(const char *data, struct printing *printing, const char *number, bool is_all)
{
    struct reason reason = {""};
    struct command_register opened;
    if (command_open_register(command_data(data), &opened, &reason))
        return command_fail(&reason);
    printing->array = printing->format.kind == FORMAT_JSON ? json_array() : NULL;
    enum rc rc = print_visits(&opened, printing, number, &reason);
    command_close_register(&opened);
    if (rc) {
        json_decref(printing->array);
        return command_fail(&reason);
    }
    format_end(&printing->format, printing->array, printing->count,
               printing->numbers ? "no visit has a line"
               : is_all          ? "nobody was here yet"
                                 : "there is no such visit");
    if (printing->format.kind == FORMAT_TABLE && printing->numbers)
        printf("and %d visit%s of kinds that are counted by number\n", printing->numbers,
               printing->numbers == 1 ? "" : "s");
    return COMMAND_OK;
}

static int run(int argc, char **argv)
{
    const char *data = NULL, *number = NULL, *kind = NULL;
    struct period_asked days = {.from = NULL};
    struct format_asked look = {.is_csv = false};
    struct printing printing = {.count = 0, .kind = OCCASION_COUNT};
    struct reason reason = {""};
    int count, code;
    const struct command_option options[] = {{"data", &data, NULL},
                                             {"from", &days.from, NULL},
                                             {"to", &days.to, NULL},
                                             {"month", &days.month, NULL},
                                             {"person", &number, NULL},
                                             {"kind", &kind, NULL},
                                             {"csv", NULL, &look.is_csv},
                                             {"json", NULL, &look.is_json},
                                             {"profile", &look.profile, NULL},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_visits, argc, argv, options, NULL, 0, &count, &code))
        return code;
    if (period_read(&days, &printing.period, &reason) ||
        (kind && named_read_kind(kind, &printing.kind, &reason)) ||
        format_read(&look, &printing.format, &reason))
        return command_misuse(&command_visits, &reason);
    return show(data, &printing, number, !number && !kind && !period_is_asked(&days));
}

const struct command command_visits = {
    "visits",
    "[--from DATE] [--to DATE] [--month YYYY-MM] [--person NUMBER] [--kind KIND]\n"
    "                     [--csv [--profile excel|strict] | --json] [--data DIR]",
    "lists all visits of the register, or those of some days or of one person\n"
    "--kind: those to occasions of one kind, as info-session or drinks.\n"
    "Times are local, with ~ in front where no trusted clock vouches for them; with --json they\n"
    "are ISO 8601 in UTC, or null. A visit belongs to the venue's day it began on. --csv writes\n"
    "the lines of visits.csv, see perron export. Kinds that perron.conf counts by pseudonym\n"
    "have one here, those by number have no line, and neither is in the list of one person.",
    run};
