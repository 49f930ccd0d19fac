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

uint32_t guide_bits(const struct guide *guide, enum guide_wish wish, const char *keys)
{
    uint32_t bits = 0;
    for (const char *at = keys + strspn(keys, " "); *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        int tile = find_tile(&guide->tiles[wish], at, length);
        if (tile >= 0)
            bits |= UINT32_C(1) << tile;
        at += length;
    }
    return bits;
}

void guide_keys(const struct guide *guide, enum guide_wish wish, uint32_t bits, char *out_keys,
                size_t size)
{
    const struct guide_tiles *tiles = &guide->tiles[wish];
    size_t used = 0;
    if (size)
        out_keys[0] = 0;
    for (int i = 0; i < tiles->count; i++) {
        size_t gap = used ? 1 : 0, length = strlen(tiles->rows[i].key);
        if (!(bits >> i & 1))
            continue;
        if (used + gap + length >= size)
            return;
        snprintf(out_keys + used, size - used, "%s%s", gap ? " " : "", tiles->rows[i].key);
        used += gap + length;
    }
}

/* --- missions --- */

const struct guide_mission *guide_mission(const struct guide *guide, const char *key)
{
    for (int i = 0; i < guide->mission_count; i++)
        if (strcmp(guide->missions[i].key, key) == 0)
            return &guide->missions[i];
    return NULL;
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
