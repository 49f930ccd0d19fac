/* perron calendar list */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/command/calendar_command_i.h"
#include "app/command/command.h"
#include "app/command/format.h"
#include "app/command/named.h"
#include "app/command/period.h"
#include "app/domain/day.h"
#include "app/store/lookup_occasions.h"

#define DAYS_SHOWN 28
#define DAY_MS ((int64_t)24 * 3600 * 1000)

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
                   list,
                   json_pack("{s:s,s:s,s:o,s:o,s:i,s:i,s:i,s:s,s:s,s:s,s:b}", "shift", name,
                             "mission", shift.slot.title, "from",
                             format_json_time(shift.slot.from_ms), "to",
                             format_json_time(shift.slot.to_ms), "places", shift.places,
                             "signed_up", shift.standing, "stand_ins_sought", shift.sought,
                             "circle", shift.circle, "skill", shift.skill, "referent",
                             shift.referent, "signed_off", (int)!fact_id_is_none(shift.closed)))
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

static enum rc read_days(const struct calendar_command_asked *asked,
                         const struct command_register *opened, int64_t *out_from_ms,
                         int64_t *out_to_ms, struct reason *out_reason)
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

int calendar_command_list(const struct calendar_command_asked *asked)
{
    struct reason reason = {.text = ""};
    struct command_register opened;
    struct snapshot_counts counts;
    int64_t from_ms, to_ms;
    if (asked->count != 1)
        return calendar_command_misuse("perron calendar list takes no more words");
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
        return is_misused ? calendar_command_misuse(reason.text) : command_fail(&reason);
    }
    if (asked->is_json)
        command_print(listing.array);
    else if (!listing.count)
        puts("nothing is in the calendar on those days");
    return COMMAND_OK;
}
