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

static enum rc add_one(const struct calendar_command_asked *asked, const struct occasion *occasion,
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
static enum rc use_time_zone(const struct calendar_command_asked *asked, struct reason *out_reason)
{
    struct command_register opened;
    enum rc rc = command_open_register(asked->data, &opened, out_reason);
    if (!rc)
        command_close_register(&opened);
    return rc;
}

int calendar_command_add(const struct calendar_command_asked *asked)
{
    struct reason reason = {""};
    struct occasion occasion;
    int weeks = 1, used = 0, added = 0;
    if (asked->count != 1 || !asked->title || !asked->day || !asked->from || !asked->to)
        return calendar_command_misuse(
            "what, and when? For example: perron calendar add --title \"Shop\" --day "
            "2026-12-02 --from 14:00 --to 17:00 --missions \"Till:2, Shelves:3\"");
    if (asked->weeks && (sscanf(asked->weeks, "%d%n", &weeks, &used) != 1 || asked->weeks[used] ||
                         weeks < 1 || weeks > WEEKS_MAX))
        return calendar_command_misuse("--weeks is a number from 1 to 104");
    enum rc rc = use_time_zone(asked, &reason);
    if (rc)
        return command_fail(&reason);
    for (int week = 0; week < weeks; week++) {
        if (read_occasion(asked, week, &occasion, &reason))
            return calendar_command_misuse(reason.text);
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
