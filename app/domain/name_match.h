/*
 * name_match.h - finding people by what somebody types: in public, and at the staff's desk.
 *
 * In public only what a tile shows is matched, the display name ("Zoé D."), so that nobody can find
 * out anything else: of a last name its initial counts and no more, and too many matches show none.
 * Accents, case, hyphens and the full stop make no difference. Pure; one thread per struct.
 */
#ifndef APP_DOMAIN_NAME_MATCH_H
#define APP_DOMAIN_NAME_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "app/domain/person.h"

#define NAME_MATCH_TILES_MAX 4
#define NAME_MATCH_HOMONYMS_MAX 16
#define NAME_MATCH_LETTERS_MIN 3 /* unless they are a whole first name: "Bo" */
#define NAME_MATCH_TYPED_BYTES 128

/* All whose display name it is: homonyms are one tile. */
struct name_match_tile {
    char display_name[100];
    struct fact_id people[NAME_MATCH_HOMONYMS_MAX];
    size_t count; /* more than NAME_MATCH_HOMONYMS_MAX are not kept */
};

struct name_match {
    char typed[NAME_MATCH_TYPED_BYTES]; /* folded */
    int letters;
    struct name_match_tile tiles[NAME_MATCH_TILES_MAX];
    size_t count;
    bool is_too_many;
};

enum name_match_result {
    NAME_MATCH_FOUND,
    NAME_MATCH_NONE,
    NAME_MATCH_TOO_SHORT, /* nobody yet: type on */
    NAME_MATCH_TOO_MANY,  /* type on; there are no tiles */
};

void name_match_begin(struct name_match *out_match, const char *typed);

/* Each person of the register once, in any order; of the person id, first and last name count. */
void name_match_offer(struct name_match *match, const struct person *person);

/* The tiles stand by display name, as every list of names does (person_file_name). */
enum name_match_result name_match_end(struct name_match *match);

/* --- at the staff's desk --- */

#define NAME_MATCH_PARTS_MAX 8
#define NAME_MATCH_PART_LETTERS_MIN 2

struct name_match_parts {
    char typed[NAME_MATCH_TYPED_BYTES]; /* folded, cut into words */
    const char *words[NAME_MATCH_PARTS_MAX];
    size_t count;
};

/* False where too little is typed to search for. The struct must not be moved afterwards. */
bool name_match_cut(struct name_match_parts *out_parts, const char *typed);

/* Is each word part of the first name, the last name or the member number? */
bool name_match_has(const struct name_match_parts *parts, const struct person *person);

/* Are they the first and last name, all of it and nothing else? */
bool name_match_is(const struct name_match_parts *parts, const struct person *person);

#endif
