#include <stdio.h>
#include <string.h>

#include "app/command/calendar_command_i.h"
#include "app/command/command.h"
#include "app/command/named.h"
#include "app/command/order.h"
#include "app/store/lookup_occasions.h"

int calendar_command_misuse(const char *sentence)
{
    fprintf(stderr, "perron: %s\nperron calendar --help tells more\n", sentence);
    return COMMAND_MISUSED;
}

enum rc calendar_command_station(const struct calendar_command_asked *asked, int64_t *out_station,
                                 struct reason *out_reason)
{
    struct command_register opened;
    struct snapshot_counts counts = {.station = 0};
    enum rc rc = command_open_register(asked->data, &opened, out_reason);
    if (rc)
        return rc;
    if ((rc = snapshot_counts(opened.snapshot, opened.now_ms, &counts)))
        reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
    command_close_register(&opened);
    *out_station = counts.station;
    return rc;
}

/* --- import --- */

static int import(const struct calendar_command_asked *asked)
{
    if (asked->count != 2)
        return calendar_command_misuse(
            "which calendar? For example: perron calendar import shifts.ics");
    const char *slash = strrchr(asked->rest[1], '/');
    return order_send_file(asked->data,
                           json_pack("{s:s,s:s,s:b,s:b,s:b}", "do", "calendar", "source",
                                     asked->source ? asked->source
                                     : slash       ? slash + 1
                                                   : asked->rest[1],
                                     "dry_run", (int)asked->is_dry_run, "skip_refused",
                                     (int)asked->skips_refused, "json", (int)asked->is_json),
                           asked->rest[1], NULL, asked->is_json);
}

/* --- cancel, keep --- */

static int set_state(const struct calendar_command_asked *asked, bool is_on)
{
    struct reason reason = {.text = ""};
    struct order_result result;
    struct shift_id of;
    int64_t station;
    if (asked->count != 2)
        return calendar_command_misuse("which one? For example: perron calendar cancel 1234");
    enum rc rc = calendar_command_station(asked, &station, &reason);
    if (rc)
        return command_fail(&reason);
    if (named_read(asked->rest[1], station, &of, &reason))
        return calendar_command_misuse(reason.text);
    if (of.number)
        return calendar_command_misuse("an occasion is cancelled and kept as a whole");
    rc = order_send(asked->data,
                    json_pack("{s:s,s:[I,I],s:b}", "do", "occasion-state", "occasion",
                              (json_int_t)of.occasion.station, (json_int_t)of.occasion.seq, "is_on",
                              (int)is_on),
                    -1, NULL, &result, &reason);
    orders_forget(&result);
    if (rc)
        return command_fail(&reason);
    if (asked->is_json)
        command_print(json_pack("{s:s,s:b}", "occasion", asked->rest[1], "is_on", (int)is_on));
    else
        printf(is_on ? "%s takes place; what people had signed up for stays as it is\n"
                     : "%s is cancelled, and so is what people signed up for\n",
               asked->rest[1]);
    return COMMAND_OK;
}

static int cancel(const struct calendar_command_asked *asked)
{
    return set_state(asked, false);
}

static int keep(const struct calendar_command_asked *asked)
{
    return set_state(asked, true);
}

static int run(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(const struct calendar_command_asked *asked);
    } actions[] = {{"list", calendar_command_list},
                   {"add", calendar_command_add},
                   {"import", import},
                   {"cancel", cancel},
                   {"keep", keep}};
    struct calendar_command_asked asked = {.data = NULL};
    int code;
    const struct command_option options[] = {
        {"data", &asked.data, NULL},
        {"from", &asked.from, NULL},
        {"to", &asked.to, NULL},
        {"day", &asked.day, NULL},
        {"title", &asked.title, NULL},
        {"kind", &asked.kind, NULL},
        {"place", &asked.place, NULL},
        {"missions", &asked.missions, NULL},
        {"organisation", &asked.organisation, NULL},
        {"weeks", &asked.weeks, NULL},
        {"source", &asked.source, NULL},
        {"dry-run", NULL, &asked.is_dry_run},
        {"skip-refused", NULL, &asked.skips_refused},
        {"json", NULL, &asked.is_json},
        {NULL, NULL, NULL},
    };
    if (!command_options(&command_calendar, argc, argv, options, asked.rest, 3, &asked.count,
                         &code))
        return code;
    asked.data = command_data(asked.data);
    for (unsigned i = 0; asked.count && i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(asked.rest[0], actions[i].name) == 0)
            return actions[i].run(&asked);
    return calendar_command_misuse("calendar needs list, add, import, cancel or keep");
}

const struct command command_calendar = {
    "calendar",
    "list [--from DAY] [--to DAY] |\n"
    "       import FILE [--source NAME] [--dry-run] [--skip-refused] |\n"
    "       add --title TEXT --day DAY --from TIME --to TIME [--kind KIND] [--place TEXT]\n"
    "           [--missions \"Till:2, Shelves:3\"] [--organisation NAME] [--weeks N] |\n"
    "       cancel OCCASION | keep OCCASION   with [--data DIR] [--json]",
    "what takes place, and the shifts in it\n"
    "import takes iCalendar (.ics) or a table (CSV), as calendars write them, and keeps what "
    "people\n"
    "signed up for: what moved moves with them, and what is no longer in the file is shown and "
    "kept\n"
    "until somebody cancels it. --source names the calendar, else its file does:\n"
    "keep to one name.\n"
    "add makes an occasion by hand, with --weeks N once a week; an end before the beginning is on\n"
    "the next day. What is there already is not added twice. KIND is open-day, shift (the "
    "default), drinks, assembly, info-session, agora,\n"
    "basket-pick-up or workshop. list shows the next four weeks, with the names that cancel and\n"
    "perron shifts take.",
    run};
