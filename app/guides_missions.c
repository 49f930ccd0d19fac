/* missions.conf: role sheets, and for whom they are. */
#include <stdio.h>
#include <string.h>

#include "app/guides_i.h"

/* A mission, and what its settings name. */
struct draft {
    struct guide_mission mission;
    const struct guides_reading *reading;
};

struct drafts {
    struct draft rows[GUIDE_MISSIONS_MAX];
    int count;
    const struct guides_reading *reading;
};

static enum rc add_mission(void *values, const char *name, void **out_member,
                           struct reason *out_reason)
{
    struct drafts *drafts = values;
    struct draft draft = {.reading = drafts->reading};
    enum rc rc = guides_take_key(name, draft.mission.key, out_reason);
    if (rc)
        return rc;
    for (int i = 0; i < drafts->count; i++)
        if (strcmp(drafts->rows[i].mission.key, name) == 0) {
            reason_set(out_reason, SAID("[mission %s] stands there twice; give one another key"),
                       name);
            return RC_BAD_INPUT;
        }
    if (drafts->count == GUIDE_MISSIONS_MAX) {
        reason_set(out_reason, SAID("there is room for %d missions, and this is one more"),
                   GUIDE_MISSIONS_MAX);
        return RC_BAD_INPUT;
    }
    drafts->rows[drafts->count] = draft;
    *out_member = &drafts->rows[drafts->count++];
    return RC_OK;
}

/* Keys that no tile of the wish has, each in quotes. */
static void list_unknown(const struct guide *guide, enum guide_wish wish, const char *keys,
                         char *out_text, size_t size)
{
    out_text[0] = 0;
    for (const char *at = keys + strspn(keys, " "); *at; at += strspn(at, " ")) {
        char key[41];
        size_t length = strcspn(at, " "), used = strlen(out_text);
        snprintf(key, sizeof key, "%.*s", (int)length, at);
        if (length >= sizeof key || !guide_bits(guide, wish, key))
            snprintf(out_text + used, size - used, "%s'%s'", used ? ", " : "", key);
        at += length;
    }
}

static enum rc take_keys(const struct guide *guide, enum guide_wish wish, const char *text,
                         uint32_t *out_bits, struct reason *out_reason)
{
    char keys[200], unknown[200];
    snprintf(keys, sizeof keys, "%s", text);
    for (char *at = keys; (at = strpbrk(at, "\t,"));)
        *at = ' ';
    list_unknown(guide, wish, keys, unknown, sizeof unknown);
    if (unknown[0]) {
        reason_set(out_reason, SAID("names %s, and %s has no [%s] of that key"), unknown,
                   GUIDES_FILE, guide_wish_name(wish));
        return RC_BAD_INPUT;
    }
    *out_bits = guide_bits(guide, wish, keys);
    return RC_OK;
}

static enum rc take_likes(void *values, const struct settings_row *row, const char *text,
                          struct reason *out_reason)
{
    struct draft *draft = values;
    (void)row;
    return take_keys(draft->reading->guide, GUIDE_LIKES, text, &draft->mission.likes, out_reason);
}

static enum rc take_skills(void *values, const struct settings_row *row, const char *text,
                           struct reason *out_reason)
{
    struct draft *draft = values;
    (void)row;
    return take_keys(draft->reading->guide, GUIDE_SKILLS, text, &draft->mission.skills, out_reason);
}

static enum rc take_circle(void *values, const struct settings_row *row, const char *text,
                           struct reason *out_reason)
{
    struct draft *draft = values;
    char *name = draft->mission.circle;
    enum rc rc = guides_take_words(values, row, text, out_reason);
    if (rc || !draft->reading->circles)
        return rc;
    const struct circle *circle = circle_find(draft->reading->circles, name);
    if (!circle) {
        reason_set(out_reason,
                   SAID("names '%s', and the house has no such circle; see circles.conf"), name);
        return RC_BAD_INPUT;
    }
    snprintf(name, sizeof draft->mission.circle, "%s", circle->name);
    return RC_OK;
}

#define FIELD(name_)                                                                               \
    .offset = offsetof(struct draft, mission.name_),                                               \
    .size = sizeof((struct draft *)0)->mission.name_

#define NAME(key_, language_)                                                                      \
    {                                                                                              \
        .key = (key_), .type = SETTINGS_CUSTOM, .read = guides_take_words,                         \
        .offset = offsetof(struct draft, mission.names) + (language_)*GUIDE_NAME_BYTES,            \
        .size = GUIDE_NAME_BYTES, .is_required = true                                              \
    }

static const struct settings_row mission_rows[] = {
    NAME("fr", LANGUAGE_FR),
    NAME("nl", LANGUAGE_NL),
    NAME("en", LANGUAGE_EN),
    {.key = "likes", .type = SETTINGS_CUSTOM, .read = take_likes},
    {.key = "skills", .type = SETTINGS_CUSTOM, .read = take_skills},
    {.key = "circle", .type = SETTINGS_CUSTOM, .read = take_circle, FIELD(circle)},
    {.key = "referent", .type = SETTINGS_CUSTOM, .read = guides_take_words, FIELD(referent)},
};

/* A shift of the calendar is called like one mission, not like two. */
static void look_for_doubles(const struct guides_reading *reading)
{
    const struct guide *guide = reading->guide;
    for (const struct guide_mission *mission = guide->missions;
         mission < guide->missions + guide->mission_count; mission++) {
        const struct guide_mission *other = mission;
        for (int language = 0; language < LANGUAGE_COUNT && other == mission; language++)
            if (mission->names[language][0])
                other = guide_mission_called(guide, mission->names[language]);
        if (other && other != mission)
            problems_add(
                reading->problems, GUIDES_MISSIONS_FILE,
                guides_line(reading->folder, GUIDES_MISSIONS_FILE, "mission", mission->key),
                SAID("[mission %s] has a name that [mission %s] has, too; rename one"),
                mission->key, other->key);
    }
}

static void keep(const struct guides_reading *reading, const struct drafts *drafts)
{
    for (int i = 0; i < drafts->count; i++)
        reading->guide->missions[i] = drafts->rows[i].mission;
    reading->guide->mission_count = drafts->count;
}

void guides_read_missions(struct guides_reading *reading)
{
    static const struct settings_family family = {
        "mission", mission_rows, sizeof mission_rows / sizeof mission_rows[0], add_mission};
    struct drafts drafts = {.reading = reading};
    const struct settings_file file = {.families = &family, .family_count = 1, .values = &drafts};
    enum rc rc = guides_read_settings(reading, GUIDES_MISSIONS_FILE, file);
    bool is_fine = !rc || rc == RC_NOT_FOUND;
    keep(reading, &drafts);
    if (is_fine && !drafts.count && guide_find(reading->guide, GUIDE_MISSIONS))
        problems_add(reading->problems, GUIDES_MISSIONS_FILE, 0,
                     SAID("has no missions; write one, or take [step missions] out of %s"),
                     GUIDES_FILE);
    look_for_doubles(reading);
}
