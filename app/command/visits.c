#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "app/command/command.h"
#include "app/domain/day.h"
#include "firmware/base/utf8.h"

struct printing {
    json_t *array; /* NULL: a table is printed instead */
    int count;
};

/* ISO 8601 UTC, or null for what is not known. */
static json_t *time_or_null(int64_t ms)
{
    char text[32];
    if (!ms)
        return json_null();
    day_format_utc(ms, text, sizeof text);
    return json_string(text);
}

static enum rc add_row(struct printing *printing, const struct snapshot_visit *row)
{
    const struct visit *visit = &row->visit;
    char name[sizeof row->person.first_name + sizeof row->person.last_name + 2];
    snprintf(name, sizeof name, "%s%s%s", row->person.first_name,
             row->person.last_name[0] ? " " : "", row->person.last_name);
    json_t *object = json_pack(
        "{s:s,s:s,s:o,s:o,s:s,s:o,s:s}", "person", name, "number", row->person.number, "arrived_at",
        time_or_null(visit->arrived_ms), "left_at", time_or_null(visit->left_ms), "how_in",
        presence_how_name(visit->how_in), "how_out",
        visit->how_out == PRESENCE_OPEN ? json_null()
                                        : json_string(presence_how_name(visit->how_out)),
        "clock", visit->is_doubtful_in || visit->is_doubtful_out ? "doubtful" : "trusted");
    return json_array_append_new(printing->array, object) ? RC_NO_MEMORY : RC_OK;
}

/* A time nobody vouches for is marked, never shown as true. */
static void local_time(int64_t ms, bool is_doubtful, char *out_text, size_t size)
{
    char text[32] = "";
    if (ms)
        day_format_local(ms, text, sizeof text);
    snprintf(out_text, size, "%s%s", is_doubtful && ms ? "~" : "", text);
}

/* How many places a text takes on a terminal, marks that stand on a letter not counted. */
static int width_of(const char *text)
{
    int width = 0;
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        uint32_t point;
        at += utf8_step(text + at, length - at, &point);
        width += !utf8_is_combining(point);
    }
    return width;
}

static enum rc print_row(void *context, const struct snapshot_visit *row)
{
    struct printing *printing = context;
    const struct visit *visit = &row->visit;
    char arrived[32], left[32];
    char name[sizeof row->person.first_name + sizeof row->person.last_name + 1];
    printing->count++;
    if (printing->array)
        return add_row(printing, row);
    if (printing->count == 1)
        printf("%-8s %-28s %-20s %-20s %s\n", "number", "person", "arrived", "left", "known by");
    local_time(visit->arrived_ms, visit->is_doubtful_in, arrived, sizeof arrived);
    local_time(visit->left_ms, visit->is_doubtful_out, left, sizeof left);
    snprintf(name, sizeof name, "%s %s", row->person.first_name, row->person.last_name);
    int blanks = width_of(name) < 28 ? 28 - width_of(name) : 0;
    printf("%-8s %s%*s %-20s %-20s %s%s%s\n", row->person.number, name, blanks, "", arrived,
           left[0] ? left : "in the house", presence_how_name(visit->how_in),
           visit->how_out ? ", " : "", visit->how_out ? presence_how_name(visit->how_out) : "");
    return RC_OK;
}

static int run(int argc, char **argv)
{
    const char *data = NULL;
    bool is_json = false;
    int code;
    if (!command_look(&command_visits, argc, argv, &data, &is_json, &code))
        return code;

    struct reason reason = {""};
    struct command_register opened;
    if (command_open_register(command_data(data), &opened, &reason))
        return command_fail(&reason);
    struct printing printing = {.array = is_json ? json_array() : NULL};
    enum rc rc =
        snapshot_visits(opened.snapshot, INT64_MIN, INT64_MAX, opened.now_ms, print_row, &printing);
    command_close_register(&opened);
    if (rc) {
        json_decref(printing.array);
        reason_set(&reason, "the register could not be read: %s", rc_text(rc));
        return command_fail(&reason);
    }
    if (is_json)
        command_print(printing.array);
    else if (!printing.count)
        puts("nobody was here yet");
    return COMMAND_OK;
}

const struct command command_visits = {
    "visits", "[--data DIR] [--json]",
    "lists all visits of the register\n"
    "Times are local, with ~ in front where no trusted clock vouches for them; with --json they\n"
    "are ISO 8601 in UTC, or null.",
    run};
