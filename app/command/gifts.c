#include <inttypes.h>
#include <stdio.h>

#include "app/command/command.h"
#include "app/command/format.h"
#include "app/command/period.h"
#include "app/store/lookup_deeds.h"

#define COLUMNS 4
#define COUNT_BYTES 24

struct printing {
    struct format format;
    struct period period;
    struct fact_id person; /* none: sums by occasion */
    json_t *array;         /* of FORMAT_JSON */
    int count;
};

/* A row of either list: hours are given, the rest comes back. */
struct line {
    int day;
    const char *title, *what;
    int64_t count, seconds; /* one of them */
};

/* Of sums the month alone. */
static void write_day(int day, char out_text[PERIOD_DAY_BYTES])
{
    if (day % 100)
        period_write_day(day, out_text);
    else
        snprintf(out_text, PERIOD_DAY_BYTES, "%04d-%02d", day / 10000 % 10000, day / 100 % 100);
}

static enum rc add_line(struct printing *printing, const struct line *line)
{
    char day[PERIOD_DAY_BYTES];
    write_day(line->day, day);
    json_t *object = json_pack("{s:o,s:o,s:s}", "day", format_json_text(day), "occasion",
                               format_json_text(line->title), "what", line->what);
    const char *name = line->seconds ? "given_seconds" : "count";
    bool is_whole = !json_object_set_new(object, name,
                                         json_integer(line->seconds ? line->seconds : line->count));
    return json_array_append_new(printing->array, object) || !is_whole ? RC_NO_MEMORY : RC_OK;
}

static const char *title_of(const struct line *line)
{
    if (line->title[0])
        return line->title;
    return line->day % 100 ? "(not in the calendar)" : "(summed up by month)";
}

static enum rc print_line(struct printing *printing, const struct line *line)
{
    char day[PERIOD_DAY_BYTES], amount[DURATION_BYTES > COUNT_BYTES ? DURATION_BYTES : COUNT_BYTES];
    printing->count++;
    if (printing->format.kind == FORMAT_JSON)
        return add_line(printing, line);
    write_day(line->day, day);
    if (line->seconds)
        duration_write_clock(line->seconds, amount);
    else
        snprintf(amount, sizeof amount, "%" PRId64, line->count);
    if (printing->format.kind == FORMAT_CSV) {
        const char *const cells[COLUMNS] = {day, line->title, line->what, amount};
        return format_print_cells(printing->format.profile, cells, COLUMNS);
    }
    printf("%-10s  ", day);
    format_print_padded(title_of(line), 32);
    format_print_padded(line->what, 24);
    printf("%10s\n", amount);
    return RC_OK;
}

static enum rc print_gift(void *context, const struct lookup_gift *gift)
{
    return print_line(context, &(struct line){gift->day, gift->title, deed_kind_name(gift->kind),
                                              gift->count, 0});
}

static enum rc print_ledger(void *context, const struct lookup_ledger *row)
{
    const char *given = row->mission[0] ? row->mission : "hours";
    return print_line(context, &(struct line){row->day, row->title,
                                              row->seconds ? given : deed_kind_name(row->kind),
                                              row->count, row->seconds});
}

static enum rc print_all(struct db *db, struct printing *printing)
{
    static const char *const heads[COLUMNS] = {"day", "occasion", "what", "amount"};
    const struct period *period = &printing->period;
    enum rc rc = printing->format.kind == FORMAT_CSV
                     ? format_print_begin(printing->format.profile, heads, COLUMNS)
                     : RC_OK;
    if (rc)
        return rc;
    return fact_id_is_none(printing->person)
               ? lookup_gifts(db, period->first_day, period->last_day, print_gift, printing)
               : lookup_ledger(db, printing->person, period->first_day, period->last_day,
                               print_ledger, printing);
}

static enum rc print_register(struct command_register *opened, struct printing *printing,
                              const char *number, struct reason *out_reason)
{
    struct person person;
    enum rc rc = number ? command_find_person(opened, number, &person, out_reason) : RC_OK;
    if (rc)
        return rc;
    if (number)
        printing->person = person.id;
    rc = print_all(snapshot_db(opened->snapshot), printing);
    if (rc)
        reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
    return rc;
}

static int show(const char *data, struct printing *printing, const char *number)
{
    struct reason reason = {""};
    struct command_register opened;
    if (command_open_register(command_data(data), &opened, &reason))
        return command_fail(&reason);
    printing->array = printing->format.kind == FORMAT_JSON ? json_array() : NULL;
    enum rc rc = print_register(&opened, printing, number, &reason);
    command_close_register(&opened);
    if (rc) {
        json_decref(printing->array);
        return command_fail(&reason);
    }
    format_end(&printing->format, printing->array, printing->count,
               number ? "nothing was given and nothing came back" : "nothing was given out");
    return COMMAND_OK;
}

static int run(int argc, char **argv)
{
    const char *data = NULL, *number = NULL;
    struct period_asked days = {.from = NULL};
    struct format_asked look = {.is_csv = false};
    struct printing printing = {.count = 0};
    struct reason reason = {""};
    int count, code;
    const struct command_option options[] = {{"data", &data, NULL},
                                             {"from", &days.from, NULL},
                                             {"to", &days.to, NULL},
                                             {"month", &days.month, NULL},
                                             {"person", &number, NULL},
                                             {"csv", NULL, &look.is_csv},
                                             {"json", NULL, &look.is_json},
                                             {"profile", &look.profile, NULL},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_gifts, argc, argv, options, NULL, 0, &count, &code))
        return code;
    if (period_read(&days, &printing.period, &reason) ||
        format_read(&look, &printing.format, &reason))
        return command_misuse(&command_gifts, &reason);
    return show(data, &printing, number);
}

const struct command command_gifts = {
    "gifts",
    "[--from DATE] [--to DATE] [--month YYYY-MM] [--person NUMBER]\n"
    "                     [--csv [--profile excel|strict] | --json] [--data DIR]",
    "what came back to people: how many drinks and baskets each occasion gave out\n"
    "and each month in sum where names went. Never by person, since nobody owes or earns one;\n"
    "--person shows somebody their own ledger: hours they gave by occasion (not those as staff)\n"
    "and what came back.",
    run};
