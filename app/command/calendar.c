#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/command/command.h"
#include "app/command/format.h"
#include "app/command/named.h"
#include "app/command/order.h"
#include "app/command/period.h"
#include "app/domain/day.h"
#include "app/store/lookup_occasions.h"

#define DAYS_SHOWN 28
#define WEEKS_MAX 104
#define DAY_MS ((int64_t)24 * 3600 * 1000)

struct asked {
    const char *data;
    const char *rest[3];
    int count;
    const char *from, *to, *day, *title, *kind, *place, *missions, *organisation, *weeks, *source;
    bool is_json, is_dry_run, skips_refused;
};

static int misuse(const char *sentence)
{
    fprintf(stderr, "perron: %s\nperron calendar --help tells more\n", sentence);
    return COMMAND_MISUSED;
}

/* --- list --- */

struct listing {
    struct db *db;
    int64_t station;
    json_t *array; /* NULL: lines */
    int count;
};

static void write_local(int64_t at_ms, const char *format, char *out_text, size_t size)
{
    time_t seconds = (time_t)(at_ms / 1000);
    struct tm local;
    localtime_r(&seconds, &local);
    strftime(out_text, size, format, &local);
}

/* An end on another day is said with its day. */
static void write_span(int64_t from_ms, int64_t to_ms, char *out_text, size_t size)
{
    char from[32], to[32], first_day[16], last_day[16];
    write_local(from_ms, "%a %H:%M", from, sizeof from);
    write_local(from_ms, "%F", first_day, sizeof first_day);
    write_local(to_ms, "%F", last_day, sizeof last_day);
    bool is_same = strcmp(first_day, last_day) == 0;
    write_local(to_ms, is_same ? "%H:%M" : "%a %H:%M", to, sizeof to);
    snprintf(out_text, size, "%s %s-%s", first_day, from, to);
}

static enum rc print_shift(struct listing *listing, struct shift_id of, json_t *list)
{
    struct lookup_shift shift;
    char name[NAMED_BYTES], span[96], hands[64];
    enum rc rc = lookup_one_shift(listing->db, of, &shift);
    if (rc)
        return rc;
    named_write(of, listing->station, name);
    if (list)
        return json_array_append_new(
                   list, json_pack("{s:s,s:s,s:o,s:o,s:i,s:i,s:i,s:s,s:s,s:s,s:b}", "shift", name,
                                   "mission", shift.slot.title, "from",
                                   format_json_time(shift.slot.from_ms), "to",
                                   format_json_time(shift.slot.to_ms), "places", shift.places,
                                   "signed_up", shift.standing, "stand_ins_sought", shift.sought,
                                   "circle", shift.circle, "skill", shift.skill, "referent",
                                   shift.referent, "signed_off", (int)shift.is_closed))
                   ? RC_NO_MEMORY
                   : RC_OK;
    write_span(shift.slot.from_ms, shift.slot.to_ms, span, sizeof span);
    snprintf(hands, sizeof hands, shift.places ? "%d of %d" : "%d", shift.standing, shift.places);
    printf("    %-10s %s  %s, %s%s%s%s\n", name, span, shift.slot.title, hands,
           shift.sought ? ", a stand-in is looked for" : "", shift.referent[0] ? ", referent " : "",
           shift.referent);
    return RC_OK;
}

static enum rc print_shifts(struct listing *listing, const struct occasion *occasion, json_t *list)
{
    enum rc rc = RC_OK;
    for (int i = 0; !rc && i < occasion->shift_count; i++)
        if (!occasion->shifts[i].is_gone)
            rc = print_shift(listing, (struct shift_id){occasion->id, occasion->shifts[i].number},
                             list);
    return rc;
}

static enum rc list_as_json(struct listing *listing, const struct occasion *occasion,
                            const char *name, const char *organisation)
{
    json_t *shifts = json_array();
    enum rc rc = shifts ? print_shifts(listing, occasion, shifts) : RC_NO_MEMORY;
    json_t *row =
        json_pack("{s:s,s:s,s:s,s:s,s:o,s:o,s:b,s:s,s:s,s:s,s:o}", "occasion", name, "kind",
                  occasion_kind_name(occasion->kind), "title", occasion->title, "state",
                  occasion_state_name(occasion->state), "from", format_json_time(occasion->from_ms),
                  "to", format_json_time(occasion->to_ms), "all_day", (int)occasion->is_all_day,
                  "place", occasion->place, "organisation", organisation, "source",
                  occasion->source, "shifts", shifts);
    return rc                                           ? (json_decref(row), rc)
           : json_array_append_new(listing->array, row) ? RC_NO_MEMORY
                                                        : RC_OK;
}

static enum rc list_row(void *context, const struct occasion *occasion)
{
    struct listing *listing = context;
    char name[NAMED_BYTES], span[96], organisation[128];
    enum rc rc = lookup_organisation_name(listing->db, occasion->organisation, organisation,
                                          sizeof organisation);
    if (rc)
        return rc;
    named_write((struct shift_id){occasion->id, 0}, listing->station, name);
    listing->count++;
    if (listing->array)
        return list_as_json(listing, occasion, name, organisation);
    if (occasion->is_all_day)
        write_local(occasion->from_ms, "%F %a", span, sizeof span);
    else
        write_span(occasion->from_ms, occasion->to_ms, span, sizeof span);
    printf("%-10s %s  %s: %s%s%s%s\n", name, span, occasion_kind_name(occasion->kind),
           occasion->title, organisation[0] ? ", " : "", organisation,
           occasion->state == OCCASION_CANCELLED  ? "  (cancelled)"
           : occasion->state == OCCASION_VANISHED ? "  (no longer in its calendar)"
                                                  : "");
    return print_shifts(listing, occasion, NULL);
}

static enum rc read_days(const struct asked *asked, const struct command_register *opened,
                         int64_t *out_from_ms, int64_t *out_to_ms, struct reason *out_reason)
{
    int day_end_min = opened->venue.day_end_min, from, to;
    enum rc rc = RC_OK;
    *out_from_ms = day_begin(opened->now_ms, day_end_min);
    if (asked->from && !(rc = period_read_day(asked->from, &from, out_reason)))
        *out_from_ms = day_number_begin(from, 0);
    *out_to_ms = *out_from_ms + DAYS_SHOWN * DAY_MS;
    if (!rc && asked->to && !(rc = period_read_day(asked->to, &to, out_reason)))
        *out_to_ms = day_end_after(day_number_begin(to, 0), 0);
    if (!rc && *out_to_ms <= *out_from_ms) {
        reason_set(out_reason, "the last day lies before the first");
        return RC_BAD_INPUT;
    }
    return rc;
}

static int list(const struct asked *asked)
{
    struct reason reason = {""};
    struct command_register opened;
    struct snapshot_counts counts;
    int64_t from_ms, to_ms;
    if (asked->count != 1)
        return misuse("perron calendar list takes no more words");
    if (command_open_register(asked->data, &opened, &reason))
        return command_fail(&reason);
    struct listing listing = {.db = snapshot_db(opened.snapshot),
                              .array = asked->is_json ? json_array() : NULL};
    enum rc rc = read_days(asked, &opened, &from_ms, &to_ms, &reason);
    bool is_misused = rc != RC_OK;
    if (!rc)
        rc = snapshot_counts(opened.snapshot, opened.now_ms, &counts);
    listing.station = rc ? 0 : counts.station;
    if (!rc)
        rc = lookup_occasions(listing.db, from_ms, to_ms, list_row, &listing);
    command_close_register(&opened);
    if (rc) {
        json_decref(listing.array);
        if (!is_misused)
            reason_set(&reason, "the register could not be read: %s", rc_text(rc));
        return is_misused ? misuse(reason.text) : command_fail(&reason);
    }
    if (asked->is_json)
        command_print(listing.array);
    else if (!listing.count)
        puts("nothing is in the calendar on those days");
    return COMMAND_OK;
}

/* --- add --- */

/* "Till:2, Shelves:3, Welcome" as shifts over the whole time. */
static enum rc read_missions(const char *text, struct occasion *occasion, struct reason *out_reason)
{
    while (*text) {
        struct shift *shift = &occasion->shifts[occasion->shift_count];
        size_t length = strcspn(text, ",");
        int places = 0, used = 0;
        char mission[sizeof shift->mission] = "";
        if (occasion->shift_count == OCCASION_SHIFTS_MAX || length >= sizeof mission) {
            reason_set(out_reason, "these are too many missions, or one of them is too long");
            return RC_LIMIT;
        }
        memcpy(mission, text, length);
        char *colon = strrchr(mission, ':');
        if (colon && (sscanf(colon, ":%d%n", &places, &used) != 1 || colon[used] || places < 1)) {
            reason_set(out_reason, "%.40s: behind the colon stands how many are needed, as Till:2",
                       mission);
            return RC_BAD_INPUT;
        }
        if (colon)
            *colon = 0;
        *shift = (struct shift){.number = ++occasion->shift_count,
                                .from_ms = occasion->from_ms,
                                .to_ms = occasion->to_ms,
                                .places = places};
        snprintf(shift->mission, sizeof shift->mission, "%s", mission + strspn(mission, " "));
        text += length + (text[length] == ',');
    }
    return RC_OK;
}

static enum rc read_times(const struct asked *asked, int week, struct occasion *occasion,
                          struct reason *out_reason)
{
    int day, from_min, to_min;
    enum rc rc = period_read_day(asked->day, &day, out_reason);
    if (!rc)
        rc = period_read_time(asked->from, &from_min, out_reason);
    if (!rc)
        rc = period_read_time(asked->to, &to_min, out_reason);
    if (rc)
        return rc;
    day = day_number_add(day, 7 * week);
    occasion->from_ms = day_number_begin(day, from_min);
    occasion->to_ms = day_number_begin(to_min > from_min ? day : day_number_add(day, 1), to_min);
    return RC_OK;
}

static enum rc read_occasion(const struct asked *asked, int week, struct occasion *occasion,
                             struct reason *out_reason)
{
    enum occasion_kind kind = occasion_kind_from_name(asked->kind ? asked->kind : "shift");
    if (kind == OCCASION_COUNT) {
        reason_set(out_reason,
                   "%.40s is no kind of occasion: there are open-day, shift, drinks, "
                   "assembly, info-session, agora, basket-pick-up and workshop",
                   asked->kind);
        return RC_BAD_INPUT;
    }
    *occasion = (struct occasion){.kind = kind};
    snprintf(occasion->title, sizeof occasion->title, "%s", asked->title);
    snprintf(occasion->place, sizeof occasion->place, "%s", asked->place ? asked->place : "");
    enum rc rc = read_times(asked, week, occasion, out_reason);
    if (!rc)
        rc = read_missions(asked->missions ? asked->missions : "", occasion, out_reason);
    if (!rc && !occasion_is_sound(occasion, out_reason))
        rc = RC_BAD_INPUT;
    return rc;
}

static enum rc add_one(const struct asked *asked, const struct occasion *occasion,
                       struct reason *out_reason)
{
    struct order_result result;
    enum rc rc = order_send(asked->data,
                            json_pack("{s:s,s:o,s:s}", "do", "occasion", "occasion",
                                      occasion_to_json(occasion), "organisation",
                                      asked->organisation ? asked->organisation : ""),
                            -1, NULL, &result, out_reason);
    orders_forget(&result);
    return rc;
}

/* The venue's zone has to be known before a time of day means anything. */
static enum rc use_time_zone(const struct asked *asked, struct reason *out_reason)
{
    struct command_register opened;
    enum rc rc = command_open_register(asked->data, &opened, out_reason);
    if (!rc)
        command_close_register(&opened);
    return rc;
}

static int add(const struct asked *asked)
{
    struct reason reason = {""};
    struct occasion occasion;
    int weeks = 1, used = 0, added = 0;
    if (asked->count != 1 || !asked->title || !asked->day || !asked->from || !asked->to)
        return misuse("what, and when? For example: perron calendar add --title \"Shop\" --day "
                      "2026-12-02 --from 14:00 --to 17:00 --missions \"Till:2, Shelves:3\"");
    if (asked->weeks && (sscanf(asked->weeks, "%d%n", &weeks, &used) != 1 || asked->weeks[used] ||
                         weeks < 1 || weeks > WEEKS_MAX))
        return misuse("--weeks is a number from 1 to 104");
    enum rc rc = use_time_zone(asked, &reason);
    if (rc)
        return command_fail(&reason);
    for (int week = 0; week < weeks; week++) {
        if (read_occasion(asked, week, &occasion, &reason))
            return misuse(reason.text);
        rc = add_one(asked, &occasion, &reason);
        if (rc)
            return command_fail(&reason);
        added++;
    }
    if (asked->is_json)
        command_print(json_pack("{s:i}", "added", added));
    else
        printf("%d added; perron calendar list shows them\n", added);
    return COMMAND_OK;
}

/* --- import --- */

static int import(const struct asked *asked)
{
    struct reason reason = {""};
    struct order_result result;
    if (asked->count != 2)
        return misuse("which calendar? For example: perron calendar import shifts.ics");
    int fd = open(asked->rest[1], O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0) {
        reason_set(&reason, "%s cannot be read: %s", asked->rest[1], strerror(errno));
        return command_fail(&reason);
    }
    const char *slash = strrchr(asked->rest[1], '/');
    enum rc rc = order_send(asked->data,
                            json_pack("{s:s,s:s,s:b,s:b,s:b}", "do", "calendar", "source",
                                      asked->source ? asked->source
                                      : slash       ? slash + 1
                                                    : asked->rest[1],
                                      "dry_run", (int)asked->is_dry_run, "skip_refused",
                                      (int)asked->skips_refused, "json", (int)asked->is_json),
                            fd, asked->rest[1], &result, &reason);
    close(fd);
    if (result.told)
        fputs(result.told, stdout);
    if (result.told && asked->is_json)
        fputc('\n', stdout);
    orders_forget(&result);
    return rc ? command_fail(&reason) : COMMAND_OK;
}

/* --- cancel, keep --- */

static int set_state(const struct asked *asked, bool is_on)
{
    struct reason reason = {""};
    struct command_register opened;
    struct snapshot_counts counts = {.station = 0};
    struct order_result result;
    struct shift_id of;
    if (asked->count != 2)
        return misuse("which one? For example: perron calendar cancel 1234");
    enum rc rc = command_open_register(asked->data, &opened, &reason);
    if (rc)
        return command_fail(&reason);
    if ((rc = snapshot_counts(opened.snapshot, opened.now_ms, &counts)))
        reason_set(&reason, "the register could not be read: %s", rc_text(rc));
    command_close_register(&opened);
    if (rc)
        return command_fail(&reason);
    if (named_read(asked->rest[1], counts.station, &of, &reason))
        return misuse(reason.text);
    if (of.number)
        return misuse("an occasion is cancelled and kept as a whole");
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
        printf(is_on ? "%s takes place\n" : "%s is cancelled, and who signed up is told\n",
               asked->rest[1]);
    return COMMAND_OK;
}

static int cancel(const struct asked *asked)
{
    return set_state(asked, false);
}

static int keep(const struct asked *asked)
{
    return set_state(asked, true);
}

static int run(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(const struct asked *asked);
    } actions[] = {
        {"list", list}, {"add", add}, {"import", import}, {"cancel", cancel}, {"keep", keep}};
    struct asked asked = {.data = NULL};
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
    return misuse("calendar needs list, add, import, cancel or keep");
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
    "until somebody cancels it. --source names the calendar, else its file does.\n"
    "add makes an occasion by hand, with --weeks N once a week; an end before the beginning is on\n"
    "the next day. KIND is open-day, shift (the default), drinks, assembly, info-session, agora,\n"
    "basket-pick-up or workshop. list shows the next four weeks, with the names that cancel and\n"
    "perron shifts take.",
    run};
