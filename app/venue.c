#include "app/venue.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/domain/day.h"
#include "app/domain/language.h"
#include "firmware/base/settings.h"
#include "firmware/port/speaker.h"

#define VENUE_DIM_MOST_MIN (24 * 60)

static const char *const languages[] = {"fr", "nl", "en", NULL}; /* as enum language */

static const char *const keyboards[] = {"azerty", "qwerty", NULL}; /* as enum venue_keyboard */

/* A zone is a file of the system's; its name must not lead out of there. */
static enum rc read_zone(void *values, const struct settings_row *row, const char *text,
                         struct reason *out_reason)
{
    struct venue *venue = values;
    char path[PATH_MAX];
    (void)row;
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", text);
    if (!text[0] || text[0] == '/' || strstr(text, "..") ||
        strlen(text) >= sizeof venue->time_zone || access(path, R_OK)) {
        reason_set(out_reason, "names no time zone of this system; one is Europe/Brussels");
        return RC_BAD_INPUT;
    }
    snprintf(venue->time_zone, sizeof venue->time_zone, "%s", text);
    return RC_OK;
}

#define YES_NO(section_, key_, field_)                                                             \
    {                                                                                              \
        .section = (section_), .key = (key_), .type = SETTINGS_YES_NO,                             \
        .offset = offsetof(struct venue, field_)                                                   \
    }
#define TIME(section_, key_, field_)                                                               \
    {                                                                                              \
        .section = (section_), .key = (key_), .type = SETTINGS_TIME,                               \
        .offset = offsetof(struct venue, field_)                                                   \
    }
#define NUMBER(section_, key_, field_, min_, max_)                                                 \
    {                                                                                              \
        .section = (section_), .key = (key_), .type = SETTINGS_NUMBER,                             \
        .offset = offsetof(struct venue, field_), .min = (min_), .max = (max_)                     \
    }

/* "2", "2.5", "2,5": hours, kept as minutes. */
static enum rc read_hours(void *values, const struct settings_row *row, const char *text,
                          struct reason *out_reason)
{
    struct venue *venue = values;
    int whole = 0, tenths = 0, used = 0;
    bool is_whole = sscanf(text, "%3d%n", &whole, &used) == 1 && used > 0 && !text[used];
    bool is_number = is_whole || (sscanf(text, "%3d%*1[.,]%1d%n", &whole, &tenths, &used) == 2 &&
                                  used > 0 && !text[used]);
    if (!is_number || whole < 0 || text[0] == '-' || whole > CIRCLE_HOURS_MAX) {
        reason_set(out_reason, "is no number of hours a month, as 2 or 2.5; at most %d",
                   CIRCLE_HOURS_MAX);
        return RC_BAD_INPUT;
    }
    venue->circles.circles[row->number].minutes = whole * 60 + tenths * 6;
    return RC_OK;
}

#define CIRCLE_TEXT(n_, key_, field_)                                                              \
    {                                                                                              \
        .section = "circle-" #n_, .key = (key_), .type = SETTINGS_TEXT,                            \
        .offset = offsetof(struct venue, circles.circles) + ((n_)-1) * sizeof(struct circle) +     \
                  offsetof(struct circle, field_),                                                 \
        .size = sizeof((struct circle *)0)->field_                                                 \
    }
#define CIRCLE(n_)                                                                                 \
    CIRCLE_TEXT(n_, "name", name), CIRCLE_TEXT(n_, "fr", names[LANGUAGE_FR]),                      \
        CIRCLE_TEXT(n_, "nl", names[LANGUAGE_NL]), CIRCLE_TEXT(n_, "en", names[LANGUAGE_EN]),      \
    {                                                                                              \
        .section = "circle-" #n_, .key = "hours", .type = SETTINGS_CUSTOM, .read = read_hours,     \
        .number = (n_)-1                                                                           \
    }

static const struct settings_row rows[] = {
    {.section = "venue",
     .key = "name",
     .type = SETTINGS_TEXT,
     .offset = offsetof(struct venue, name),
     .size = sizeof((struct venue *)0)->name},
    {.section = "venue",
     .key = "language",
     .type = SETTINGS_CHOICE,
     .offset = offsetof(struct venue, language),
     .words = languages},
    {.section = "venue", .key = "time_zone", .type = SETTINGS_CUSTOM, .read = read_zone},
    TIME("venue", "day_end", day_end_min),
    YES_NO("screen", "large_text", has_large_text),
    YES_NO("screen", "high_contrast", has_high_contrast),
    YES_NO("screen", "mirrored", is_mirrored),
    YES_NO("screen", "reduced_motion", has_reduced_motion),
    YES_NO("screen", "evening", has_evening),
    TIME("screen", "evening_from", evening_from_min),
    TIME("screen", "evening_to", evening_to_min),
    {.section = "screen",
     .key = "keyboard",
     .type = SETTINGS_CHOICE,
     .offset = offsetof(struct venue, keyboard),
     .words = keyboards},
    NUMBER("screen", "dim_after_min", dim_after_min, 0, VENUE_DIM_MOST_MIN),
    YES_NO("screen", "speech", has_speech),
    NUMBER("sound", "volume", volume_percent, 0, 100),
    YES_NO("sound", "mute", is_muted),
    CIRCLE(1),
    CIRCLE(2),
    CIRCLE(3),
    CIRCLE(4),
    CIRCLE(5),
    CIRCLE(6),
    CIRCLE(7),
    CIRCLE(8),
    NUMBER("balance", "far_under", circles.far_under, 0, 100),
    NUMBER("balance", "far_over", circles.far_over, 100, 1000),
};

struct venue venue_default(void)
{
    return (struct venue){
        .name = "Perron",
        .language = LANGUAGE_FR,
        .time_zone = "Europe/Brussels",
        .day_end_min = DAY_END_DEFAULT_MIN,
        .evening_from_min = 19 * 60,
        .evening_to_min = 7 * 60,
        .keyboard = VENUE_AZERTY,
        .dim_after_min = 15,
        .has_speech = true,
        .volume_percent = SPEAKER_VOLUME_DEFAULT,
        .circles = circle_default(),
    };
}

/* One without a name is none; where none has one they are those that come with Perron. */
static void close_ranks(struct circle_list *list)
{
    int kept = 0;
    for (int i = 0; i < CIRCLES_MAX; i++)
        if (list->circles[i].name[0])
            list->circles[kept++] = list->circles[i];
    if (!kept)
        memcpy(list->circles, circle_default().circles, sizeof list->circles);
    else
        memset(&list->circles[kept], 0, (size_t)(CIRCLES_MAX - kept) * sizeof list->circles[0]);
}

static const struct circle *find_doubled(const struct circle_list *list)
{
    for (int i = 0; i < CIRCLES_MAX && list->circles[i].name[0]; i++)
        if (circle_find(list, list->circles[i].name) != &list->circles[i])
            return &list->circles[i];
    return NULL;
}

enum rc venue_read(const char *path, struct venue *out_venue, struct reason *out_reason)
{
    struct venue venue = venue_default();
    memset(venue.circles.circles, 0, sizeof venue.circles.circles);
    enum rc rc = settings_read(path, rows, sizeof rows / sizeof rows[0], &venue, out_reason);
    if (rc == RC_NOT_FOUND)
        reason_set(out_reason, "%s", "");
    else if (rc)
        return rc;
    close_ranks(&venue.circles);
    if (find_doubled(&venue.circles)) {
        reason_set(out_reason, "%s: two circles are called %s: give one of them another name", path,
                   find_doubled(&venue.circles)->name);
        return RC_BAD_INPUT;
    }
    *out_venue = venue;
    return RC_OK;
}

void venue_use_time_zone(const struct venue *venue)
{
    setenv("TZ", venue->time_zone, 1);
    tzset();
}

bool venue_is_evening(const struct venue *venue, int minute_of_day)
{
    int from = venue->evening_from_min, to = venue->evening_to_min;
    bool is_between = from <= to ? minute_of_day >= from && minute_of_day < to
                                 : minute_of_day >= from || minute_of_day < to;
    return venue->has_evening && is_between;
}

struct journal_rules venue_rules(const struct venue *venue)
{
    struct journal_rules rules = {.day_end_min = venue->day_end_min};
    snprintf(rules.time_zone, sizeof rules.time_zone, "%s", venue->time_zone);
    return rules;
}
