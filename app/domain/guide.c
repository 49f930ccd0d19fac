#include "app/domain/guide.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/utf8.h"

static const char *const steps[GUIDE_STEP_COUNT] = {
    [GUIDE_LANGUAGE] = "language", [GUIDE_HELLO] = "hello",         [GUIDE_WHO] = "who",
    [GUIDE_WHY] = "why",           [GUIDE_CIRCLES] = "circles",     [GUIDE_MISSIONS] = "missions",
    [GUIDE_CHARTER] = "charter",   [GUIDE_NOTICE] = "notice",       [GUIDE_PRESENT] = "present",
    [GUIDE_BUDDY] = "buddy",       [GUIDE_BADGE] = "badge",         [GUIDE_NEXT] = "next",
    [GUIDE_INFO] = "info",         [GUIDE_DEEPENING] = "deepening",
};

static const char *const wishes[GUIDE_WISH_COUNT] = {
    [GUIDE_BRINGS] = "brings", [GUIDE_LIKES] = "likes", [GUIDE_AVOIDS] = "avoids",
    [GUIDE_SKILLS] = "skills", [GUIDE_NEEDS] = "needs",
};

/* The place of a word among others, or their number. */
static int find_word(const char *const *words, int count, const char *word)
{
    int at = 0;
    while (at < count && strcmp(words[at], word) != 0)
        at++;
    return at;
}

const char *guide_step_name(enum guide_step step)
{
    return steps[step];
}

enum guide_step guide_step_from_name(const char *name)
{
    return (enum guide_step)find_word(steps, GUIDE_STEP_COUNT, name);
}

const char *guide_wish_name(enum guide_wish wish)
{
    return wishes[wish];
}

enum guide_wish guide_wish_from_name(const char *name)
{
    return (enum guide_wish)find_word(wishes, GUIDE_WISH_COUNT, name);
}

const struct guide_row *guide_find(const struct guide *guide, enum guide_step step)
{
    for (int i = 0; i < guide->row_count; i++)
        if (guide->rows[i].step == step)
            return &guide->rows[i];
    return NULL;
}

/* --- tiles --- */

/* The place of the tile whose key is the first `length` bytes; -1: there is none. */
static int find_tile(const struct guide_tiles *tiles, const char *key, size_t length)
{
    for (int i = 0; i < tiles->count; i++)
        if (strlen(tiles->rows[i].key) == length && memcmp(tiles->rows[i].key, key, length) == 0)
            return i;
    return -1;
}

const char *guide_tile_name(const struct guide *guide, enum guide_wish wish, const char *key,
                            enum language language)
{
    const struct guide_tiles *tiles = &guide->tiles[wish];
    int at = find_tile(tiles, key, strlen(key));
    return at < 0 ? NULL : tiles->rows[at].names[language];
}

/* Bits of the keys between spaces, by where `find` has them; -1 is passed over. */
static uint32_t read_keys(const void *among, const char *keys,
                          int (*find)(const void *among, const char *key, size_t length))
{
    uint32_t bits = 0;
    for (const char *at = keys + strspn(keys, " "); *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        int place = find(among, at, length);
        if (place >= 0)
            bits |= UINT32_C(1) << place;
        at += length;
    }
    return bits;
}

/* One more key, where it has room; false where it has none. */
static bool add_key(const char *key, char *out_keys, size_t size)
{
    size_t used = strlen(out_keys), gap = used ? 1 : 0;
    if (used + gap + strlen(key) >= size)
        return false;
    snprintf(out_keys + used, size - used, "%s%s", gap ? " " : "", key);
    return true;
}

static int find_in_tiles(const void *among, const char *key, size_t length)
{
    return find_tile(among, key, length);
}

uint32_t guide_bits(const struct guide *guide, enum guide_wish wish, const char *keys)
{
    return read_keys(&guide->tiles[wish], keys, find_in_tiles);
}

void guide_keys(const struct guide *guide, enum guide_wish wish, uint32_t bits, char *out_keys,
                size_t size)
{
    const struct guide_tiles *tiles = &guide->tiles[wish];
    bool has_room = size > 0;
    if (has_room)
        out_keys[0] = 0;
    for (int i = 0; has_room && i < tiles->count; i++)
        if (bits >> i & 1)
            has_room = add_key(tiles->rows[i].key, out_keys, size);
}

/* --- missions --- */

static int find_in_missions(const void *among, const char *key, size_t length)
{
    const struct guide *guide = among;
    for (int i = 0; i < guide->mission_count; i++) {
        const char *own = guide->missions[i].key;
        if (strlen(own) == length && memcmp(own, key, length) == 0)
            return i;
    }
    return -1;
}

uint32_t guide_mission_bits(const struct guide *guide, const char *keys)
{
    return read_keys(guide, keys, find_in_missions);
}

void guide_mission_keys(const struct guide *guide, uint32_t bits, char *out_keys, size_t size)
{
    bool has_room = size > 0;
    if (has_room)
        out_keys[0] = 0;
    for (int i = 0; has_room && i < guide->mission_count; i++)
        if (bits >> i & 1)
            has_room = add_key(guide->missions[i].key, out_keys, size);
}

const struct guide_mission *guide_mission(const struct guide *guide, const char *key)
{
    int at = find_in_missions(guide, key, strlen(key));
    return at < 0 ? NULL : &guide->missions[at];
}

/* Folded, a name is never longer by more than what "ß" and its like take. */
static bool is_called(const struct guide_mission *mission, const char *folded)
{
    char name[2 * GUIDE_NAME_BYTES];
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        utf8_fold(mission->names[language], name, sizeof name);
        if (strcmp(name, folded) == 0)
            return true;
    }
    return false;
}

const struct guide_mission *guide_mission_called(const struct guide *guide, const char *name)
{
    char folded[2 * GUIDE_NAME_BYTES];
    if (strlen(name) >= sizeof folded)
        return NULL;
    utf8_fold(name, folded, sizeof folded);
    for (int i = 0; folded[0] && i < guide->mission_count; i++)
        if (is_called(&guide->missions[i], folded))
            return &guide->missions[i];
    return NULL;
}
