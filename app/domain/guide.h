/*
 * guide.h - how a house welcomes who comes for the first time, as it wrote that down: which steps,
 * in which order, what they say in each language, what can be touched on them. Content, not rules.
 *
 * A struct guide is made by whoever reads it (app/guides.h), never changes then, and may be read by
 * any thread. Pure.
 */
#ifndef APP_DOMAIN_GUIDE_H
#define APP_DOMAIN_GUIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/domain/language.h"
#include "firmware/base/rc.h"

/* Kept in views by number and in facts and files by name: never renumber or rename, only add. */
enum guide_step {
    GUIDE_LANGUAGE = 0,
    GUIDE_HELLO = 1,    /* what this house is */
    GUIDE_WHO = 2,      /* a name: from here on something is kept */
    GUIDE_WHY = 3,      /* what brings them, what they like, can, would rather not, need */
    GUIDE_CIRCLES = 4,  /* how much they mean to give */
    GUIDE_MISSIONS = 5, /* what fits them */
    GUIDE_CHARTER = 6,  /* rights and duties, accepted */
    GUIDE_NOTICE = 7,   /* what the law asks a house to tell volunteers */
    GUIDE_PRESENT = 8,  /* what others may see of them */
    GUIDE_BUDDY = 9,
    GUIDE_BADGE = 10,
    GUIDE_NEXT = 11, /* what comes now */
    /* Not on the way: ticked by being there. */
    GUIDE_INFO = 12,      /* an info session */
    GUIDE_DEEPENING = 13, /* the one some months later */
    GUIDE_STEP_COUNT
};

#define GUIDE_WAY_STEPS (GUIDE_NEXT + 1) /* that a folder may have */

/* "language", "hello", ... */
const char *guide_step_name(enum guide_step step);

/* The step of that name, or GUIDE_STEP_COUNT. */
enum guide_step guide_step_from_name(const char *name);

/* What can be wished on tiles; by name in facts: "brings", "likes", ... */
enum guide_wish {
    GUIDE_BRINGS,
    GUIDE_LIKES,
    GUIDE_AVOIDS,
    GUIDE_SKILLS,
    GUIDE_NEEDS,
    GUIDE_WISH_COUNT
};

const char *guide_wish_name(enum guide_wish wish);
enum guide_wish guide_wish_from_name(const char *name); /* or GUIDE_WISH_COUNT */

#define GUIDE_KEY_BYTES 32  /* of tiles, missions, links, with the NUL: a to z, 0 to 9 and - */
#define GUIDE_NAME_BYTES 61 /* what a screen calls them */
#define GUIDE_PAGES_MAX 12
#define GUIDE_TILES_MAX 12 /* of each wish: one screen */
#define GUIDE_MISSIONS_MAX 24
#define GUIDE_LINKS_MAX 4
#define GUIDE_VERSION_BYTES 24
#define GUIDE_HASH_BYTES 17 /* of a text: 16 hex digits and the NUL */

/* One screen of a text. */
struct guide_page {
    const char *title; /* never "" */
    const char *body;  /* paragraphs between newlines; may be "" */
};

/* A text in one language. */
struct guide_text {
    struct guide_page pages[GUIDE_PAGES_MAX];
    int count;                   /* 0: there is none */
    char hash[GUIDE_HASH_BYTES]; /* of the file: another text has another one */
};

/* A step on the way, as the house has it. */
struct guide_row {
    enum guide_step step;
    bool is_optional; /* may be skipped for good */
    bool is_later;    /* comes with a talk, before the first shift: not on the first visit */
    char version[GUIDE_VERSION_BYTES];       /* of its text, in the house's words; "": none said */
    struct guide_text texts[LANGUAGE_COUNT]; /* hello, charter and notice have pages */
};

/* Something to touch. */
struct guide_tile {
    char key[GUIDE_KEY_BYTES];
    char names[LANGUAGE_COUNT][GUIDE_NAME_BYTES];
};

struct guide_tiles {
    struct guide_tile rows[GUIDE_TILES_MAX];
    int count;
};

/* A role sheet. */
struct guide_mission {
    char key[GUIDE_KEY_BYTES];
    char names[LANGUAGE_COUNT][GUIDE_NAME_BYTES]; /* shifts of the calendar are called like one */
    uint32_t likes;  /* bits: the tiles of GUIDE_LIKES that it is something for */
    uint32_t skills; /* the same of GUIDE_SKILLS: it takes one of them, 0: none */
    char circle[64]; /* from which it is offered first; "": any */
    char referent[64];
    struct guide_text sheets[LANGUAGE_COUNT];
};

/* What comes next, as a QR code and as a text to note. */
struct guide_link {
    char key[GUIDE_KEY_BYTES];
    char names[LANGUAGE_COUNT][GUIDE_NAME_BYTES];
    char url[256];
};

struct guide {
    struct guide_row rows[GUIDE_WAY_STEPS]; /* in the order of the way */
    int row_count;
    struct guide_tiles tiles[GUIDE_WISH_COUNT]; /* GUIDE_AVOIDS has those of GUIDE_LIKES */
    struct guide_mission missions[GUIDE_MISSIONS_MAX];
    int mission_count;
    struct guide_link links[GUIDE_LINKS_MAX];
    int link_count;
    char referent[64];    /* who answers where no buddy can; "": nobody is named */
    int several_max;      /* how many may come at once */
    int deepening_months; /* after so many the deepening session is offered; 0: never */
    int away_days; /* a newcomer who was not here for so long shows on the buddy's tap; 0: never */
    int buddy_newcomers; /* how many newcomers one buddy looks after at once, at most */
    int forget_days;     /* a newcomer who never came back is forgotten then; 0: never */
    void *texts;         /* all the texts; see guides.h */
};

/* The house's row for a step; NULL: it has none. */
const struct guide_row *guide_find(const struct guide *guide, enum guide_step step);

/* What a screen calls the wish's tile of that key; NULL: there is none (any more). */
const char *guide_tile_name(const struct guide *guide, enum guide_wish wish, const char *key,
                            enum language language);

/*
 * Bits of the wish's tiles from a text of keys between spaces, and back: keys that no tile has (any
 * more) are passed over. `out_keys` is cut between keys.
 */
uint32_t guide_bits(const struct guide *guide, enum guide_wish wish, const char *keys);
void guide_keys(const struct guide *guide, enum guide_wish wish, uint32_t bits, char *out_keys,
                size_t size);

/* The same of missions: bits by their place in the guide. */
uint32_t guide_mission_bits(const struct guide *guide, const char *keys);
void guide_mission_keys(const struct guide *guide, uint32_t bits, char *out_keys, size_t size);

/* The mission of that key; NULL. And of any of its names, without case and accents. */
const struct guide_mission *guide_mission(const struct guide *guide, const char *key);
const struct guide_mission *guide_mission_called(const struct guide *guide, const char *name);

#endif
