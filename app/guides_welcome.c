/* welcome.conf: the steps, the tiles, the links. */
#include <stdio.h>
#include <string.h>

#include "app/guides_i.h"

/* --- steps --- */

static void list_steps(char *out_text, size_t size)
{
    out_text[0] = 0;
    for (int step = 0; step < GUIDE_WAY_STEPS; step++) {
        size_t used = strlen(out_text);
        snprintf(out_text + used, size - used, "%s%s", used ? ", " : "",
                 guide_step_name((enum guide_step)step));
    }
}

static enum rc add_step(void *values, const char *name, void **out_member,
                        struct reason *out_reason)
{
    struct guide *guide = values;
    enum guide_step step = guide_step_from_name(name);
    char known[160];
    if (step >= GUIDE_WAY_STEPS) {
        list_steps(known, sizeof known);
        reason_set(out_reason, SAID("there is no step '%.40s'; there are %s"), name, known);
        return RC_BAD_INPUT;
    }
    if (guide_find(guide, step)) {
        reason_set(out_reason, SAID("[step %s] stands there twice; take one away"), name);
        return RC_BAD_INPUT;
    }
    struct guide_row *row = &guide->rows[guide->row_count++];
    row->step = step;
    *out_member = row;
    return RC_OK;
}

static enum rc take_yes_no(const char *text, bool *out_is_yes, struct reason *out_reason)
{
    bool is_yes = strcmp(text, "yes") == 0;
    if (!is_yes && strcmp(text, "no") != 0) {
        reason_set(out_reason, SAID("is yes or no"));
        return RC_BAD_INPUT;
    }
    *out_is_yes = is_yes;
    return RC_OK;
}

static enum rc take_optional(void *values, const struct settings_row *setting, const char *text,
                             struct reason *out_reason)
{
    struct guide_row *row = values;
    (void)setting;
    enum rc rc = take_yes_no(text, &row->is_optional, out_reason);
    if (rc || !row->is_optional || row->step != GUIDE_WHO)
        return rc;
    reason_set(out_reason, SAID("has to be no: nobody can be welcomed without a name"));
    return RC_BAD_INPUT;
}

static enum rc take_later(void *values, const struct settings_row *setting, const char *text,
                          struct reason *out_reason)
{
    struct guide_row *row = values;
    (void)setting;
    enum rc rc = take_yes_no(text, &row->is_later, out_reason);
    if (rc || !row->is_later || row->step == GUIDE_CHARTER || row->step == GUIDE_NOTICE)
        return rc;
    reason_set(out_reason,
               SAID("has to be no: only charter and notice can come with a talk later"));
    return RC_BAD_INPUT;
}

static const struct settings_row step_rows[] = {
    {.key = "optional", .type = SETTINGS_CUSTOM, .read = take_optional},
    {.key = "later", .type = SETTINGS_CUSTOM, .read = take_later},
    {.key = "version",
     .type = SETTINGS_CUSTOM,
     .read = guides_take_words,
     .offset = offsetof(struct guide_row, version),
     .size = GUIDE_VERSION_BYTES},
};

/* --- tiles --- */

static enum rc add_tile(struct guide *guide, enum guide_wish wish, const char *name,
                        void **out_member, struct reason *out_reason)
{
    struct guide_tiles *tiles = &guide->tiles[wish];
    struct guide_tile tile = {.key = ""};
    enum rc rc = guides_take_key(name, tile.key, out_reason);
    if (rc)
        return rc;
    if (guide_tile_name(guide, wish, name, LANGUAGE_FR)) {
        reason_set(out_reason, SAID("[%s %s] stands there twice; give one another key"),
                   guide_wish_name(wish), name);
        return RC_BAD_INPUT;
    }
    if (tiles->count == GUIDE_TILES_MAX) {
        reason_set(out_reason, SAID("a screen has room for %d of [%s], and this is one more"),
                   GUIDE_TILES_MAX, guide_wish_name(wish));
        return RC_BAD_INPUT;
    }
    tiles->rows[tiles->count] = tile;
    *out_member = &tiles->rows[tiles->count++];
    return RC_OK;
}

static enum rc add_brings(void *values, const char *name, void **out_member,
                          struct reason *out_reason)
{
    return add_tile(values, GUIDE_BRINGS, name, out_member, out_reason);
}

static enum rc add_likes(void *values, const char *name, void **out_member,
                         struct reason *out_reason)
{
    return add_tile(values, GUIDE_LIKES, name, out_member, out_reason);
}

static enum rc add_skills(void *values, const char *name, void **out_member,
                          struct reason *out_reason)
{
    return add_tile(values, GUIDE_SKILLS, name, out_member, out_reason);
}

static enum rc add_needs(void *values, const char *name, void **out_member,
                         struct reason *out_reason)
{
    return add_tile(values, GUIDE_NEEDS, name, out_member, out_reason);
}

static const struct settings_row tile_rows[] = {GUIDES_NAMES(struct guide_tile)};

/* --- links --- */

static bool has_link(const struct guide *guide, const char *key)
{
    for (int i = 0; i < guide->link_count; i++)
        if (strcmp(guide->links[i].key, key) == 0)
            return true;
    return false;
}

static enum rc add_link(void *values, const char *name, void **out_member,
                        struct reason *out_reason)
{
    struct guide *guide = values;
    struct guide_link link = {.key = ""};
    enum rc rc = guides_take_key(name, link.key, out_reason);
    if (rc)
        return rc;
    if (has_link(guide, name)) {
        reason_set(out_reason, SAID("[link %s] stands there twice; give one another key"), name);
        return RC_BAD_INPUT;
    }
    if (guide->link_count == GUIDE_LINKS_MAX) {
        reason_set(out_reason, SAID("a screen has room for %d links, and this is one more"),
                   GUIDE_LINKS_MAX);
        return RC_BAD_INPUT;
    }
    guide->links[guide->link_count] = link;
    *out_member = &guide->links[guide->link_count++];
    return RC_OK;
}

/* A scheme, a host, and nothing that a text on a screen hides. */
static bool is_url(const char *text)
{
    size_t scheme = strncmp(text, "https://", 8) == 0  ? 8
                    : strncmp(text, "http://", 7) == 0 ? 7
                                                       : 0;
    const char *host = text + scheme;
    for (const char *at = text; *at; at++)
        if (*at <= ' ' || *at >= 0x7F || strchr("\"<>\\^`{|}", *at))
            return false;
    return scheme && strcspn(host, "/?#:@") > 0 && strchr(host, '.') > host;
}

static enum rc take_url(void *values, const struct settings_row *row, const char *text,
                        struct reason *out_reason)
{
    struct guide_link *link = values;
    (void)row;
    if (!is_url(text)) {
        reason_set(out_reason, SAID("is no address; write for example https://example.org/drinks"));
        return RC_BAD_INPUT;
    }
    if (strlen(text) >= GUIDES_URL_BYTES) {
        reason_set(
            out_reason,
            SAID("is too long for a QR code that a phone reads from here; take a shorter address "
                 "of at most %d letters"),
            GUIDES_URL_BYTES - 1);
        return RC_BAD_INPUT;
    }
    strcpy(link->url, text);
    return RC_OK;
}

static const struct settings_row link_rows[] = {
    GUIDES_NAMES(struct guide_link),
    {.key = "url", .type = SETTINGS_CUSTOM, .read = take_url, .is_required = true},
};

/* --- the file --- */

#define NUMBER(key_, min_, max_)                                                                   \
    {                                                                                              \
        .section = "welcome", .key = #key_, .type = SETTINGS_NUMBER,                               \
        .offset = offsetof(struct guide, key_), .min = (min_), .max = (max_)                       \
    }

static const struct settings_row rows[] = {
    {.section = "welcome",
     .key = "referent",
     .type = SETTINGS_CUSTOM,
     .read = guides_take_words,
     .offset = offsetof(struct guide, referent),
     .size = sizeof((struct guide *)0)->referent},
    NUMBER(several_max, 1, 30),
    NUMBER(deepening_months, 0, 60),
    NUMBER(away_days, 0, 365),
    NUMBER(buddy_newcomers, 1, 20),
    NUMBER(forget_days, 0, 3650),
};

#define FAMILY(word_, rows_, add_)                                                                 \
    {                                                                                              \
        (word_), (rows_), sizeof(rows_) / sizeof(rows_)[0], (add_)                                 \
    }

static const struct settings_family families[] = {
    FAMILY("step", step_rows, add_step),   FAMILY("brings", tile_rows, add_brings),
    FAMILY("likes", tile_rows, add_likes), FAMILY("skills", tile_rows, add_skills),
    FAMILY("needs", tile_rows, add_needs), FAMILY("link", link_rows, add_link),
};

/* --- once all is read --- */

static void tell_of_step(const struct guides_reading *reading, enum guide_step step,
                         const char *sentence)
{
    const char *name = guide_step_name(step);
    struct reason why;
    reason_set(&why, SAID("[step %s] %s"), name, sentence);
    reason_mark(&why, 1);
    problems_add_reason(reading->problems, GUIDES_FILE,
                        guides_line(reading->folder, GUIDES_FILE, "step", name), &why);
}

/* Nothing is kept of who leaves before they said a name. */
static void look_at_order(const struct guides_reading *reading)
{
    const struct guide *guide = reading->guide;
    const struct guide_row *who = guide_find(guide, GUIDE_WHO);
    if (!who) {
        problems_add(reading->problems, GUIDES_FILE, 0,
                     SAID("[step who] is missing; nobody can be welcomed without a name"));
        return;
    }
    for (const struct guide_row *row = guide->rows; row < guide->rows + guide->row_count; row++) {
        bool is_first = row->step == GUIDE_LANGUAGE || row->step == GUIDE_HELLO;
        if (is_first && row > who)
            tell_of_step(reading, row->step, SAID("comes before [step who]; move it up"));
        else if (!is_first && row < who)
            tell_of_step(
                reading, row->step,
                SAID("keeps something of a person, so it comes after [step who]; move it down"));
    }
}

static void look_at_tiles(const struct guides_reading *reading)
{
    int count = 0;
    for (int wish = 0; wish < GUIDE_WISH_COUNT; wish++)
        count += reading->guide->tiles[wish].count;
    if (guide_find(reading->guide, GUIDE_WHY) && !count)
        tell_of_step(reading, GUIDE_WHY,
                     SAID("has nothing to touch; write [brings KEY], [likes KEY], [skills KEY] or "
                          "[needs KEY], or take the step out"));
}

void guides_read_welcome(struct guides_reading *reading)
{
    const struct settings_file file = {.rows = rows,
                                       .count = sizeof rows / sizeof rows[0],
                                       .families = families,
                                       .family_count = sizeof families / sizeof families[0],
                                       .values = reading->guide};
    if (guides_read_settings(reading, GUIDES_FILE, file) == RC_NOT_FOUND) {
        problems_add(reading->problems, GUIDES_FILE, 0,
                     SAID("is missing; copy the one that comes with Perron, and change it"));
        return;
    }
    look_at_order(reading);
    look_at_tiles(reading);
    reading->guide->tiles[GUIDE_AVOIDS] = reading->guide->tiles[GUIDE_LIKES];
}
