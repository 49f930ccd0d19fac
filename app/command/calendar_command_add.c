/* perron calendar add */
#include <stdio.h>
#include <string.h>

#include "app/command/calendar_command_i.h"
#include "app/command/command.h"
#include "app/command/named.h"
#include "app/command/order.h"
#include "app/command/period.h"
#include "app/domain/day.h"
#include "app/domain/occasion.h"

#define WEEKS_MAX 104

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

static enum rc read_times(const struct calendar_command_asked *asked, int week,
                          struct occasion *occasion, struct reason *out_reason)
{
    int day, from_min, to_min;
    enum rc rc = period_read_day(asked->day, &day, out_reason);
    if (!rc)
        rc = period_read_time(asked->from, &from_min, out_reason);
    if (!rc)
        rc = period_read_time(asked->to, &to_min, out_reason);
    if (rc)
        return rc;
    if (from_min == to_min) {
        reason_set(out_reason, "it would last no time, or a whole day: give it another end");
        return RC_BAD_INPUT;
    }
    day = day_number_add(day, 7 * week);
    occasion->from_ms = day_number_begin(day, from_min);
    occasion->to_ms = day_number_begin(to_min > from_min ? day : day_number_add(day, 1), to_min);
    return RC_OK;
}

static enum rc read_occasion(const struct calendar_command_asked *asked, int week,
                             struct occasion *occasion, struct reason *out_reason)
{
    enum occasion_kind kind;
    if (named_read_kind(asked->kind ? asked->kind : "shift", &kind, out_reason))
        return RC_BAD_INPUT;
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

/* What has been added so far, and what was there already. */
struct added {
    int64_t station;
    json_t *names; /* of both */
    int count, known;
};

static enum rc add_one(const struct calendar_command_asked *asked, const struct occasion *occasion,
                       struct added *added, struct reason *out_reason)
{
    struct order_result result;
    char name[NAMED_BYTES];
    enum rc rc = order_send(asked->data,
                            json_pack("{s:s,s:o,s:s}", "do", "occasion", "occasion",
                                      occasion_to_json(occasion), "organisation",
                                      asked->organisation ? asked->organisation : ""),
                            -1, NULL, &result, out_reason);
    const json_t *id = json_object_get(result.reply, "occasion");
    bool is_new = json_is_true(json_object_get(result.reply, "is_new"));
    named_write((struct shift_id){{json_integer_value(json_array_get(id, 0)),
                                   json_integer_value(json_array_get(id, 1))},
                                  0},
                added->station, name);
    orders_forget(&result);
    if (rc)
        return rc;
    *(is_new ? &added->count : &added->known) += 1;
    if (!json_array_append_new(added->names, json_string(name)))
        return RC_OK;
    reason_set(out_reason, "there is no memory left");
    return RC_NO_MEMORY;
}

static void tell_added(const struct added *added, bool is_json)
{
    if (is_json) {
        command_print(json_pack("{s:i,s:i,s:O}", "added", added->count, "known", added->known,
                                "occasions", added->names));
        return;
    }
    printf("%d added", added->count);
    if (added->known)
        printf(", %d in the calendar already", added->known);
    for (size_t i = 0; i < json_array_size(added->names); i++)
        printf("%s%s", i ? ", " : ": ", json_string_value(json_array_get(added->names, i)));
    puts("");
}

static enum rc add_weeks(const struct calendar_command_asked *asked, int weeks, struct added *added,
                         bool *out_is_misused, struct reason *out_reason)
{
    struct occasion occasion;
    enum rc rc = RC_OK;
    for (int week = 0; !rc && week < weeks; week++) {
        rc = read_occasion(asked, week, &occasion, out_reason);
        *out_is_misused = rc != RC_OK;
        if (!rc)
            rc = add_one(asked, &occasion, added, out_reason);
    }
    return rc;
}

int calendar_command_add(const struct calendar_command_asked *asked)
{
    struct reason reason = {.text = ""};
    struct added added = {.names = NULL};
    int weeks = 1, used = 0;
    bool is_misused = false;
    if (asked->count != 1 || !asked->title || !asked->day || !asked->from || !asked->to)
        return calendar_command_misuse(
            "what, and when? For example: perron calendar add --title \"Shop\" --day "
            "2026-12-02 --from 14:00 --to 17:00 --missions \"Till:2, Shelves:3\"");
    if (asked->weeks && (sscanf(asked->weeks, "%d%n", &weeks, &used) != 1 || asked->weeks[used] ||
                         weeks < 1 || weeks > WEEKS_MAX))
        return calendar_command_misuse("--weeks is a number from 1 to 104");
    /* a time of day means nothing before the venue's zone is known */
    enum rc rc = calendar_command_station(asked, &added.station, &reason);
    if (!rc) {
        added.names = json_array();
        rc = add_weeks(asked, weeks, &added, &is_misused, &reason);
    }
    if (added.count || !rc) /* what was added before one failed stays */
        tell_added(&added, asked->is_json);
    json_decref(added.names);
    return is_misused ? calendar_command_misuse(reason.text)
           : rc       ? command_fail(&reason)
                      : COMMAND_OK;
}
