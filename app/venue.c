#include "app/venue.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/circles.h"
#include "app/domain/day.h"
#include "app/domain/language.h"
#include "app/export.h"
#include "firmware/base/settings.h"
#include "firmware/port/speaker.h"

#define VENUE_DIM_MOST_MIN (24 * 60)

static const char *const languages[] = {"fr", "nl", "en", NULL}; /* as enum language */

static const char *const keyboards[] = {"azerty", "qwerty", NULL}; /* as enum venue_keyboard */

static const char *const voters[] = {"members", "colleges", "holders",
                                     NULL}; /* as enum quorum_voters */

static const char *const counts[] = {"name", "pseudonym", "number",
                                     NULL}; /* as enum privacy_count */

static const char *const counted[] = {"heads", "shares", NULL}; /* as enum quorum_by */

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
        reason_set(out_reason, SAID("names no time zone of this system; one is Europe/Brussels"));
        return RC_BAD_INPUT;
    }
    snprintf(venue->time_zone, sizeof venue->time_zone, "%s", text);
    return RC_OK;
}

static const char *const profiles[] = {"excel", "strict", NULL}; /* as enum csv_profile */

static enum rc read_key(void *values, const struct settings_row *row, const char *text,
                        struct reason *out_reason)
{
    struct venue_export *export = &((struct venue *)values)->export;
    (void)row;
    export->is_sealed = false;
    enum rc rc = text[0] ? seal_read_public(text, &export->key, out_reason) : RC_OK;
    export->is_sealed = text[0] && !rc;
    return rc;
}

static enum rc read_files(void *values, const struct settings_row *row, const char *text,
                          struct reason *out_reason)
{
    (void)row;
    return export_read_files(text, &((struct venue *)values)->export.files, out_reason);
}

#define YES_NO(section_, key_, field_)                                                             \
    {                                                                                              \
        .section = (section_), .key = (key_), .type = SETTINGS_YES_NO,                             \
        .offset = offsetof(struct venue, field_)                                                   \
    }
#define CHOICE(section_, key_, field_, words_)                                                     \
    {                                                                                              \
        .section = (section_), .key = (key_), .type = SETTINGS_CHOICE,                             \
        .offset = offsetof(struct venue, field_), .words = (words_)                                \
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

#define TEXT(section_, key_, field_)                                                               \
    {                                                                                              \
        .section = (section_), .key = (key_), .type = SETTINGS_TEXT,                               \
        .offset = offsetof(struct venue, field_), .size = sizeof((struct venue *)0)->field_        \
    }

static const struct settings_row rows[] = {
    TEXT("venue", "name", name),
    CHOICE("venue", "language", language, languages),
    {.section = "venue", .key = "time_zone", .type = SETTINGS_CUSTOM, .read = read_zone},
    TIME("venue", "day_end", day_end_min),
    YES_NO("screen", "large_text", has_large_text),
    YES_NO("screen", "high_contrast", has_high_contrast),
    YES_NO("screen", "mirrored", is_mirrored),
    YES_NO("screen", "reduced_motion", has_reduced_motion),
    YES_NO("screen", "evening", has_evening),
    TIME("screen", "evening_from", evening_from_min),
    TIME("screen", "evening_to", evening_to_min),
    CHOICE("screen", "keyboard", keyboard, keyboards),
    NUMBER("screen", "dim_after_min", dim_after_min, 0, VENUE_DIM_MOST_MIN),
    YES_NO("screen", "speech", has_speech),
    NUMBER("sound", "volume", volume_percent, 0, 100),
    YES_NO("sound", "mute", is_muted),
    TEXT("certificate", "place", place),
    TEXT("certificate", "words_fr", words[LANGUAGE_FR]),
    TEXT("certificate", "words_nl", words[LANGUAGE_NL]),
    TEXT("certificate", "words_en", words[LANGUAGE_EN]),
    {.section = "export", .key = "key", .type = SETTINGS_CUSTOM, .read = read_key},
    {.section = "export", .key = "files", .type = SETTINGS_CUSTOM, .read = read_files},
    CHOICE("export", "profile", export.profile, profiles),
    CHOICE("assembly", "voters", statutes.voters, voters),
    CHOICE("assembly", "quorum_by", statutes.by, counted),
    NUMBER("assembly", "quorum_percent", statutes.percent, 0, 100),
    YES_NO("assembly", "quorum_more_than", statutes.is_more_than),
    YES_NO("assembly", "quorum_by_college", statutes.is_by_college),
    NUMBER("assembly", "proxies", statutes.proxies, 0, QUORUM_PROXIES_MAX),
    NUMBER("privacy", "guests_days", privacy.guest_days, 0, PRIVACY_DAYS_MAX),
    NUMBER("privacy", "visits_months", privacy.visit_months, 0, PRIVACY_MONTHS_MAX),
    CHOICE("privacy", "count_open_day", privacy.count[OCCASION_OPEN_DAY], counts),
    CHOICE("privacy", "count_shift", privacy.count[OCCASION_SHIFT], counts),
    CHOICE("privacy", "count_drinks", privacy.count[OCCASION_DRINKS], counts),
    CHOICE("privacy", "count_assembly", privacy.count[OCCASION_ASSEMBLY], counts),
    CHOICE("privacy", "count_info_session", privacy.count[OCCASION_INFO], counts),
    CHOICE("privacy", "count_agora", privacy.count[OCCASION_AGORA], counts),
    CHOICE("privacy", "count_basket_pick_up", privacy.count[OCCASION_BASKET], counts),
    CHOICE("privacy", "count_workshop", privacy.count[OCCASION_WORKSHOP], counts),
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
        .statutes = quorum_default(),
        .privacy = privacy_default(),
        .export = {.files = EXPORT_ALL_FILES, .profile = CSV_PROFILE_EXCEL},
        .circles = circle_default(),
    };
}

static bool write_plain(const struct venue *venue, const struct settings_row *row, char *out_text,
                        size_t size)
{
    const char *value = (const char *)venue + row->offset;
    int number = 0;
    if (row->type == SETTINGS_YES_NO)
        snprintf(out_text, size, "%s", *(const bool *)value ? "yes" : "no");
    else if (row->type == SETTINGS_TEXT || row->type == SETTINGS_CUSTOM)
        return false;
    else
        memcpy(&number, value, sizeof number);
    if (row->type == SETTINGS_NUMBER)
        snprintf(out_text, size, "%d", number);
    else if (row->type == SETTINGS_CHOICE)
        snprintf(out_text, size, "%s", row->words[number]);
    else if (row->type == SETTINGS_TIME)
        snprintf(out_text, size, "%02d:%02d", number / 60, number % 60);
    return true;
}

void venue_each_plain(const struct venue *venue,
                      void (*tell)(void *context, const char *section, const char *key,
                                   const char *value),
                      void *context)
{
    char text[64];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (write_plain(venue, &rows[i], text, sizeof text))
            tell(context, rows[i].section, rows[i].key, text);
}

/*
 * After a power cut in the middle of a take the old file may be gone already, and the house would
 * be one that set nothing: who reads before a station starts reads the one that is on its way.
 */
static const char *find_current(const char *path, char memory[PATH_MAX])
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    int folder = (int)(name - path);
    bool fits = snprintf(memory, PATH_MAX, "%.*s" VENUE_NEXT "/%s", folder, path, name) < PATH_MAX;
    return fits && access(memory, F_OK) == 0 ? memory : path;
}

/* What has a file of its own beside perron.conf. */
static bool find_circles(const char *path, char out_beside[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash + 1 - path) : 0;
    return snprintf(out_beside, PATH_MAX, "%.*s" CIRCLES_FILE, folder, path) < PATH_MAX;
}

static enum rc read_circles(const char *path, struct circle_list *out_circles,
                            struct reason *out_reason)
{
    char beside[PATH_MAX], memory[PATH_MAX];
    return find_circles(path, beside)
               ? circles_read(find_current(beside, memory), out_circles, out_reason)
               : RC_LIMIT;
}

enum rc venue_read(const char *path, struct venue *out_venue, struct reason *out_reason)
{
    struct venue venue = venue_default();
    char memory[PATH_MAX];
    enum rc rc = settings_read(find_current(path, memory), rows, sizeof rows / sizeof rows[0],
                               &venue, out_reason);
    if (rc == RC_NOT_FOUND)
        reason_set(out_reason, "%s", "");
    else if (rc)
        return rc;
    rc = read_circles(path, &venue.circles, out_reason);
    if (rc)
        return rc;
    *out_venue = venue;
    return RC_OK;
}

enum rc venue_check(const char *path, struct problems *problems)
{
    struct venue venue = venue_default();
    const char *slash = strrchr(path, '/');
    struct problems_hearer hearer = {problems, slash ? slash + 1 : path};
    const struct settings_file file = {.rows = rows,
                                       .count = sizeof rows / sizeof rows[0],
                                       .values = &venue,
                                       .tell = problems_hear,
                                       .hearer = &hearer};
    enum rc rc = settings_read_file(path, &file);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static bool is_file_changed(const char *path, struct venue_file *file)
{
    const struct venue_file before = *file;
    struct stat is;
    *file = (struct venue_file){.number = 0};
    if (stat(path, &is) == 0)
        *file = (struct venue_file){.changed_ns = (int64_t)is.st_mtim.tv_sec * 1000000000 +
                                                  is.st_mtim.tv_nsec,
                                    .bytes = is.st_size,
                                    .number = (int64_t)is.st_ino};
    return file->changed_ns != before.changed_ns || file->bytes != before.bytes ||
           file->number != before.number;
}

bool venue_is_changed(const char *path, struct venue_stamp *stamp)
{
    char beside[PATH_MAX];
    bool is_changed = is_file_changed(path, &stamp->settings);
    return (find_circles(path, beside) && is_file_changed(beside, &stamp->circles)) || is_changed;
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
