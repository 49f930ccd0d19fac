#include "app/domain/name_match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/utf8.h"

/* Folded, hyphens and full stops as spaces, one space between words and none around them. */
static size_t squeeze(const char *text, char *out_text, size_t size)
{
    size_t used = 0;
    utf8_fold(text, out_text, size);
    for (const char *at = out_text; *at; at++) {
        bool is_gap = *at == ' ' || *at == '-' || *at == '.';
        if (!is_gap)
            out_text[used++] = *at;
        else if (used && out_text[used - 1] != ' ')
            out_text[used++] = ' ';
    }
    used -= used && out_text[used - 1] == ' ';
    out_text[used] = 0;
    return used;
}

static int count_letters(const char *folded)
{
    size_t length = strlen(folded), step;
    uint32_t point;
    int letters = 0;
    for (size_t at = 0; (step = utf8_step(folded + at, length - at, &point)) > 0; at += step)
        letters += point != ' ';
    return letters;
}

/* --- in public --- */

void name_match_begin(struct name_match *out_match, const char *typed)
{
    *out_match = (struct name_match){.count = 0};
    squeeze(typed, out_match->typed, sizeof out_match->typed);
    out_match->letters = count_letters(out_match->typed);
}

/* The folded initial that a tile would show for this last name; "" for none. */
static void fold_initial(const char *last_name, char *out_initial, size_t size)
{
    struct person person = {.first_name = ""};
    char display_name[100];
    size_t length = utf8_cut(last_name, sizeof person.last_name - 1);
    memcpy(person.last_name, last_name, length);
    person_display_name(&person, display_name, sizeof display_name);
    squeeze(display_name, out_initial, size);
}

static bool has_same_initial(const char *typed_last_name, const char *last_name)
{
    char typed[24], shown[24];
    fold_initial(typed_last_name, typed, sizeof typed);
    fold_initial(last_name, shown, sizeof shown);
    return !typed[0] || strcmp(typed, shown) == 0;
}

static bool matches(const struct name_match *match, const struct person *person)
{
    char first[sizeof person->first_name];
    size_t length = squeeze(person->first_name, first, sizeof first);
    size_t typed_length = strlen(match->typed);
    if (typed_length == 0 || length == 0)
        return false;
    if (typed_length < length)
        return match->letters >= NAME_MATCH_LETTERS_MIN &&
               strncmp(first, match->typed, typed_length) == 0;
    if (strncmp(first, match->typed, length) != 0)
        return false;
    const char *rest = match->typed + length;
    return !*rest || (*rest == ' ' && has_same_initial(rest + 1, person->last_name));
}

static struct name_match_tile *find_tile(struct name_match *match, const char *display_name)
{
    for (size_t i = 0; i < match->count; i++)
        if (strcmp(match->tiles[i].display_name, display_name) == 0)
            return &match->tiles[i];
    if (match->count == NAME_MATCH_TILES_MAX)
        return NULL;
    struct name_match_tile *tile = &match->tiles[match->count++];
    memcpy(tile->display_name, display_name, sizeof tile->display_name);
    return tile;
}

void name_match_offer(struct name_match *match, const struct person *person)
{
    char display_name[sizeof match->tiles[0].display_name] = "";
    if (match->is_too_many || !matches(match, person))
        return;
    person_display_name(person, display_name, sizeof display_name);
    struct name_match_tile *tile = find_tile(match, display_name);
    match->is_too_many = !tile;
    if (tile && tile->count < NAME_MATCH_HOMONYMS_MAX)
        tile->people[tile->count++] = person->id;
}

static int compare_tiles(const void *a, const void *b)
{
    const struct name_match_tile *left = a, *right = b;
    char folded[2][sizeof left->display_name];
    person_file_name(left->display_name, folded[0], sizeof folded[0]);
    person_file_name(right->display_name, folded[1], sizeof folded[1]);
    int order = strcmp(folded[0], folded[1]);
    return order ? order : strcmp(left->display_name, right->display_name);
}

enum name_match_result name_match_end(struct name_match *match)
{
    if (match->is_too_many) {
        match->count = 0;
        return NAME_MATCH_TOO_MANY;
    }
    if (match->count == 0)
        return match->letters < NAME_MATCH_LETTERS_MIN ? NAME_MATCH_TOO_SHORT : NAME_MATCH_NONE;
    qsort(match->tiles, match->count, sizeof match->tiles[0], compare_tiles);
    return NAME_MATCH_FOUND;
}

/* --- at the staff's desk --- */

bool name_match_cut(struct name_match_parts *out_parts, const char *typed)
{
    char *rest = out_parts->typed;
    squeeze(typed, out_parts->typed, sizeof out_parts->typed);
    out_parts->count = 0;
    if (count_letters(out_parts->typed) < NAME_MATCH_PART_LETTERS_MIN)
        return false;
    for (char *word;
         out_parts->count < NAME_MATCH_PARTS_MAX && (word = strtok_r(rest, " ", &rest));)
        out_parts->words[out_parts->count++] = word;
    return true;
}

bool name_match_has(const struct name_match_parts *parts, const struct person *person)
{
    const char *const texts[] = {person->first_name, person->last_name, person->number};
    char folded[3][sizeof person->first_name];
    for (int i = 0; i < 3; i++)
        squeeze(texts[i], folded[i], sizeof folded[i]);
    for (size_t i = 0; i < parts->count; i++)
        if (!strstr(folded[0], parts->words[i]) && !strstr(folded[1], parts->words[i]) &&
            !strstr(folded[2], parts->words[i]))
            return false;
    return true;
}

bool name_match_is(const struct name_match_parts *parts, const struct person *person)
{
    char name[sizeof person->first_name + sizeof person->last_name + 1];
    struct name_match_parts whole;
    snprintf(name, sizeof name, "%s %s", person->first_name, person->last_name);
    if (!name_match_cut(&whole, name) || whole.count != parts->count)
        return false;
    for (size_t i = 0; i < whole.count; i++)
        if (strcmp(whole.words[i], parts->words[i]) != 0)
            return false;
    return true;
}
