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

static const char *const languages[] = {"fr", "nl", "en", NULL}; /* as enum language */

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
    {.section = "venue",
     .key = "day_end",
     .type = SETTINGS_TIME,
     .offset = offsetof(struct venue, day_end_min)},
};

struct venue venue_default(void)
{
    return (struct venue){
        .name = "Perron",
        .language = LANGUAGE_FR,
        .time_zone = "Europe/Brussels",
        .day_end_min = DAY_END_DEFAULT_MIN,
    };
}

enum rc venue_read(const char *path, struct venue *out_venue, struct reason *out_reason)
{
    struct venue venue = venue_default();
    enum rc rc = settings_read(path, rows, sizeof rows / sizeof rows[0], &venue, out_reason);
    if (rc == RC_NOT_FOUND)
        reason_set(out_reason, "%s", "");
    else if (rc)
        return rc;
    *out_venue = venue;
    return RC_OK;
}

void venue_use_time_zone(const struct venue *venue)
{
    setenv("TZ", venue->time_zone, 1);
    tzset();
}

struct journal_rules venue_rules(const struct venue *venue)
{
    struct journal_rules rules = {.day_end_min = venue->day_end_min};
    snprintf(rules.time_zone, sizeof rules.time_zone, "%s", venue->time_zone);
    return rules;
}
