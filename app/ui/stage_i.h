/*
 * stage_i.h - the inside of a stage, shared by stage.c (what happens), stage_picture.c (how it is
 * divided and drawn) and stage_touch.c (fingers). Nobody else includes it.
 */
#ifndef APP_UI_STAGE_I_H
#define APP_UI_STAGE_I_H

#include "app/ui/deck.h"
#include "app/ui/stage.h"

struct stage {
    struct stage_config config;
    enum language language; /* of the base */
    int64_t home_ms;        /* when the base goes back to the venue's language */
    bool is_open;
    bool has_fault;
    char fault[400];
    char address[80];
    char occasion[160];
    bool is_reader_resting;
    bool has_clock;
    int64_t wall_ms;
    int here;
    int64_t seen_until_ms;   /* 0: no badge is waiting for its answer */
    int64_t moment_until_ms; /* 0: nobody has to wait */
    struct deck deck;

    unsigned changes;       /* of what can be touched, besides the deck's */
    unsigned drawn_changes; /* when the picture was drawn last */
    bool is_changed;
    int64_t frame_ms; /* when the bars move next; INT64_MAX: nothing moves */
    char name[128];

    bool is_down; /* a finger is on, and may still mean something */
    char down_button[96];
    double down_x, down_y;
};

/* A piece of the screen: the base, a whole result or a strip. */
struct stage_part {
    const struct scene *scene;
    struct deck_card *card; /* NULL: the base */
    struct rect area;
    bool is_strip;
};

#define STAGE_PARTS_MAX (DECK_MAX + 1)

/* Lets time do its part; before anything else is looked at. */
void stage_age(struct stage *stage, int64_t now_ms);

/* The scene behind the results. */
const struct scene *stage_base(const struct stage *stage);

/* How the screen is divided now; returns how many parts. */
int stage_picture_divide(struct stage *stage, struct stage_part *out_parts);

/* The buttons of a part. At most SCENE_BUTTONS_MAX; returns how many. */
int stage_picture_buttons(const struct stage *stage, const struct stage_part *part, int64_t now_ms,
                          struct scene_button *out_buttons);

#endif
