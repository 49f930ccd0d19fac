#include <stdio.h>

#include "app/command/command.h"
#include "app/command/format.h"
#include "app/command/period.h"
#include "app/domain/day.h"
#include "app/store/lookup_deeds.h"

#define COLUMNS 5
#define TIME_BYTES 32

struct printing {
    struct format format;
    struct period period;
    json_t *array; /* of FORMAT_JSON */
    int count;
};

static enum rc add_row(struct printing *printing, const struct lookup_deed *row)
{
    json_t *object = json_pack("{s:o,s:o,s:s,s:o,s:s}", "at", format_json_time(row->deed.at_ms),
                               "person", format_json_text(row->full_name), "number", row->number,
                               "occasion", format_json_text(row->title), "text", row->deed.text);
    return json_array_append_new(printing->array, object) ? RC_NO_MEMORY : RC_OK;
}

/* When, who and where in a line, what they said below it. */
static void print_in_table(const struct lookup_deed *row)
{
    char at[TIME_BYTES] = "";
    day_format_local(row->deed.at_ms, at, sizeof at);
    printf("%s  %s%s%s\n    %s\n", at, row->full_name[0] ? row->full_name : "(erased)",
           row->title[0] ? ", " : "", row->title, row->deed.text);
}

static enum rc print_row(void *context, const struct lookup_deed *row)
{
    struct printing *printing = context;
    char at[TIME_BYTES];
    printing->count++;
    if (printing->format.kind == FORMAT_JSON)
        return add_row(printing, row);
    if (printing->format.kind == FORMAT_TABLE) {
        print_in_table(row);
        return RC_OK;
    }
    format_time(printing->format.profile, row->deed.at_ms, at, sizeof at);
    const char *const cells[COLUMNS] = {at, row->number, row->full_name, row->title,
                                        row->deed.text};
    return format_print_cells(printing->format.profile, cells, COLUMNS);
}

static enum rc print_all(struct db *db, struct printing *printing)
{
    static const char *const heads[COLUMNS] = {"at", "number", "person", "occasion", "text"};
    enum rc rc = printing->format.kind == FORMAT_CSV
                     ? format_print_begin(printing->format.profile, heads, COLUMNS)
                     : RC_OK;
    return rc ? rc
              : lookup_deeds(db, DEED_NEED, printing->period.first_day, printing->period.last_day,
                             print_row, printing);
}

static int show(const char *data, struct printing *printing)
{
    struct reason reason = {.text = ""};
    struct command_register opened;
    if (command_open_register(command_data(data), &opened, &reason))
        return command_fail(&reason);
    printing->array = printing->format.kind == FORMAT_JSON ? json_array() : NULL;
    enum rc rc = print_all(snapshot_db(opened.snapshot), printing);
    command_close_register(&opened);
    if (rc) {
        json_decref(printing->array);
        reason_set(&reason, "the register could not be read: %s", rc_text(rc));
        return command_fail(&reason);
    }
    format_end(&printing->format, printing->array, printing->count,
               "nobody left a need or an idea");
    return COMMAND_OK;
}

static int run(int argc, char **argv)
{
    const char *data = NULL;
    struct period_asked days = {.from = NULL};
    struct format_asked look = {.is_csv = false};
    struct printing printing = {.count = 0};
    struct reason reason = {.text = ""};
    int count, code;
    const struct command_option options[] = {{"data", &data, NULL},
                                             {"from", &days.from, NULL},
                                             {"to", &days.to, NULL},
                                             {"month", &days.month, NULL},
                                             {"csv", NULL, &look.is_csv},
                                             {"json", NULL, &look.is_json},
                                             {"profile", &look.profile, NULL},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_needs, argc, argv, options, NULL, 0, &count, &code))
        return code;
    if (period_read(&days, &printing.period, &reason) ||
        format_read(&look, &printing.format, &reason))
        return command_misuse(&command_needs, &reason);
    return show(data, &printing);
}

const struct command command_needs = {
    "needs",
    "[--from DATE] [--to DATE] [--month YYYY-MM]\n"
    "                     [--csv [--profile excel|strict] | --json] [--data DIR]",
    "needs and ideas that people left: when, who, at which occasion, in their words\n"
    "Whoever leaves one knows that staff read it with their name. What was taken back is not "
    "there.",
    run};
