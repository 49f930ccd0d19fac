/* ics_zone.c - which zone a TZID means: the file's own, the system's, Outlook's, or nobody's. */
#include "app/exchange/ics_i.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What Outlook calls them: those of Europe and where its people come from. */
static const struct {
    const char *windows, *iana;
} windows_names[] = {
    {"Romance Standard Time", "Europe/Paris"},
    {"W. Europe Standard Time", "Europe/Berlin"},
    {"Central Europe Standard Time", "Europe/Budapest"},
    {"Central European Standard Time", "Europe/Warsaw"},
    {"GMT Standard Time", "Europe/London"},
    {"Greenwich Standard Time", "Atlantic/Reykjavik"},
    {"E. Europe Standard Time", "Europe/Chisinau"},
    {"FLE Standard Time", "Europe/Kiev"},
    {"GTB Standard Time", "Europe/Bucharest"},
    {"Turkey Standard Time", "Europe/Istanbul"},
    {"Morocco Standard Time", "Africa/Casablanca"},
    {"W. Central Africa Standard Time", "Africa/Lagos"},
    {"Eastern Standard Time", "America/New_York"},
    {"Pacific Standard Time", "America/Los_Angeles"},
    {"Coordinated Universal Time", "UTC"},
    {"Etc/UTC", "UTC"},
    {"Z", "UTC"},
};

/* --- what a zone of the file may hold --- */

/* One change a year each: no zone needs more, and more could keep us busy for ever. */
static bool is_rule_tame(const char *rule)
{
    static const char *const wild[] = {"BYSECOND", "BYMINUTE", "BYHOUR", "BYYEARDAY",
                                       "BYWEEKNO", "BYSETPOS", "RSCALE"};
    char line[200];
    snprintf(line, sizeof line, "%.*s", (int)strcspn(rule, "\n"), rule);
    for (size_t i = 0; i < sizeof wild / sizeof wild[0]; i++)
        if (strcasestr(line, wild[i]))
            return false;
    return strcasestr(line, "FREQ=YEARLY") && strlen(line) < sizeof line - 1;
}

/* A zone, parts right in it, and each ended: of anything else Libical complains aloud. */
static bool is_frame_sound(const char *line, int *depth)
{
    static const char *const frames[] = {"BEGIN:VTIMEZONE", "BEGIN:STANDARD", "BEGIN:DAYLIGHT",
                                         "END:VTIMEZONE",   "END:STANDARD",   "END:DAYLIGHT"};
    size_t i = 0, length = strcspn(line, "\n");
    if (strncasecmp(line, "BEGIN", 5) != 0 && strncasecmp(line, "END", 3) != 0)
        return true;
    while (i < 6 && (strlen(frames[i]) != length || strncasecmp(frames[i], line, length) != 0))
        i++;
    bool is_begin = i < 3;
    int outside = i % 3 ? 1 : 0;
    bool fits = *depth == (is_begin ? outside : outside + 1);
    *depth += is_begin ? 1 : -1;
    return i < 6 && fits;
}

static bool is_tame(const char *text)
{
    int depth = 0;
    for (const char *at = text; at; at = strchr(at, '\n')) {
        at += *at == '\n';
        if (strncasecmp(at, "RRULE", 5) == 0 && !is_rule_tame(at))
            return false;
        if (!is_frame_sound(at, &depth))
            return false;
    }
    return depth == 0 && strlen(text) < 64 * 1024;
}

static bool is_whole(icalcomponent *component)
{
    if (!component || icalcomponent_isa(component) != ICAL_VTIMEZONE_COMPONENT ||
        !icalcomponent_get_first_property(component, ICAL_TZID_PROPERTY) ||
        icalcomponent_count_components(component, ICAL_ANY_COMPONENT) < 1)
        return false;
    icalcomponent *part = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT);
    for (; part; part = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)) {
        icalproperty *start = icalcomponent_get_first_property(part, ICAL_DTSTART_PROPERTY);
        icalproperty *rule = icalcomponent_get_first_property(part, ICAL_RRULE_PROPERTY);
        if (!start || !icalcomponent_get_first_property(part, ICAL_TZOFFSETTO_PROPERTY) ||
            !icalcomponent_get_first_property(part, ICAL_TZOFFSETFROM_PROPERTY) ||
            icalproperty_get_dtstart(start).year < 1500 ||
            (rule && icalproperty_get_rrule(rule).freq != ICAL_YEARLY_RECURRENCE))
            return false;
    }
    return true;
}

enum rc ics_add_zone(struct ics *ics, const struct ics_block *block)
{
    char *text = ics_copy_block(ics, block, false);
    if (!text)
        return RC_NO_MEMORY;
    bool is_wanted = ics->zone_count < ICS_ZONES / 2 && is_tame(text);
    icalcomponent *component = is_wanted ? icalcomponent_new_from_string(text) : NULL;
    free(text);
    icaltimezone *zone = is_whole(component) ? icaltimezone_new() : NULL;
    if (!zone || !icaltimezone_set_component(zone, component)) {
        if (zone)
            icaltimezone_free(zone, true);
        if (component)
            icalcomponent_free(component);
        return RC_OK;
    }
    struct ics_zone *row = &ics->zones[ics->zone_count++];
    *row = (struct ics_zone){.zone = zone, .is_own = true};
    snprintf(row->name, sizeof row->name, "%s", icaltimezone_get_tzid(zone));
    return RC_OK;
}

void ics_close_zones(struct ics *ics)
{
    for (int i = 0; i < ics->zone_count; i++)
        if (ics->zones[i].is_own)
            icaltimezone_free(ics->zones[i].zone, true);
    ics->zone_count = 0;
}

/* --- by name --- */

/* "/mozilla.org/20050126_1/Europe/Brussels" is Europe/Brussels. */
static const char *without_prefix(const char *name)
{
    const char *at = name + strlen(name);
    int slashes = 0;
    if (name[0] != '/')
        return name;
    while (at > name && slashes < 2)
        slashes += *--at == '/';
    return at + 1;
}

/* Names become paths of the zone database: nothing that leads out of it. */
static bool is_path_safe(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                  "_+-/";
    return name[0] && name[0] != '/' && name[strspn(name, letters)] == 0;
}

static bool is_venue(const char *name)
{
    const char *venue = getenv("TZ");
    return venue && strcmp(venue[0] == ':' ? venue + 1 : venue, name) == 0;
}

static void look_up(struct ics_zone *row)
{
    const char *name = without_prefix(row->name);
    for (size_t i = 0; i < sizeof windows_names / sizeof windows_names[0]; i++)
        if (strcasecmp(windows_names[i].windows, name) == 0)
            name = windows_names[i].iana;
    if (is_venue(name))
        return;
    if (strcmp(name, "UTC") == 0)
        row->zone = icaltimezone_get_utc_timezone();
    else if (is_path_safe(name))
        row->zone = icaltimezone_get_builtin_timezone(name);
    row->is_unknown = !row->zone;
}

const struct ics_zone *ics_find_zone(struct ics *ics, const char *name)
{
    static const struct ics_zone nowhere = {.is_unknown = true};
    size_t length = strlen(name);
    if (length > 1 && name[0] == '"' && name[length - 1] == '"') {
        name++;
        length -= 2;
    }
    if (length >= sizeof ics->zones[0].name)
        return &nowhere;
    for (int i = 0; i < ics->zone_count; i++)
        if (strlen(ics->zones[i].name) == length && memcmp(ics->zones[i].name, name, length) == 0)
            return &ics->zones[i];
    if (ics->zone_count == ICS_ZONES)
        return &nowhere;
    struct ics_zone *row = &ics->zones[ics->zone_count++];
    *row = (struct ics_zone){.zone = NULL};
    memcpy(row->name, name, length);
    look_up(row);
    return row;
}

/* --- offsets --- */

static int64_t offset_of(void *zone, int64_t utc_s)
{
    int is_daylight;
    struct icaltimetype at =
        icaltime_from_timet_with_zone((time_t)utc_s, 0, icaltimezone_get_utc_timezone());
    return icaltimezone_get_utc_offset_of_utc_time(zone, &at, &is_daylight);
}

static int64_t no_offset(void *zone, int64_t utc_s)
{
    (void)zone, (void)utc_s;
    return 0;
}

struct wall_zone ics_wall_zone(const struct ics_zone *zone)
{
    if (zone == ics_utc())
        return (struct wall_zone){no_offset, NULL};
    if (!zone || !zone->zone)
        return (struct wall_zone){wall_venue_offset, NULL};
    return (struct wall_zone){offset_of, zone->zone};
}

const struct ics_zone *ics_utc(void)
{
    static const struct ics_zone utc = {.name = "UTC"};
    return &utc;
}

int64_t ics_wall(struct icaltimetype time)
{
    int64_t day = wall_midnight(time.year, time.month, time.day);
    return time.is_date ? day : day + time.hour * 3600 + time.minute * 60 + time.second;
}

const struct ics_zone *ics_zone_of(struct ics *ics, icalproperty *property,
                                   struct icaltimetype time)
{
    icalparameter *tzid = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    const char *name = tzid ? icalparameter_get_tzid(tzid) : NULL;
    if (time.is_date)
        return NULL;
    if (icaltime_is_utc(time))
        return ics_utc();
    return name ? ics_find_zone(ics, name) : NULL;
}

int64_t ics_moment_ms(struct ics *ics, icalproperty *property, struct icaltimetype time)
{
    struct wall_zone zone = ics_wall_zone(ics_zone_of(ics, property, time));
    return wall_to_utc_s(ics_wall(time), &zone) * 1000;
}
