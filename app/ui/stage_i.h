/*
 * stage_i.h - the inside of a stage, shared by stage.c (what happens), stage_page.c (pages and what
 * is done on them), stage_house.c (what the house tells), stage_picture.c (how it is divided and
 * drawn), stage_above.c (what stands above it) and stage_touch.c (fingers). Nobody else includes
 * it.
 */
#ifndef APP_UI_STAGE_I_H
#define APP_UI_STAGE_I_H

#include "app/ui/deck.h"
#include "app/ui/mistakes.h"
#include "app/ui/stage.h"

#define STAGE_WARN_MS 20000   /* WCAG 2.2, 2.2.1: time enough to say "still here" */
#define STAGE_HOME_MS 30000   /* a language stays so long on the resting screen */
#define STAGE_HEARD_MS 3000   /* "noted" */
#define STAGE_WHY_MS 8000     /* a sentence that says why not */
#define STAGE_TURN_MS 12000   /* how long each of the things stands that take turns */
#define STAGE_BANNER_MS 20000 /* so long a banner has the place of a page's title */

struct stage {
    struct stage_config config;
    struct theme_mode mode;  /* as somebody wants it now */
    enum language language;  /* of the page */
    bool has_badge_language; /* nobody chose it: it goes with the page */
    int64_t home_ms; /* when the resting screen goes back to the venue's language and mode */
    bool is_open;
    enum fault_kind fault;
    char fault_detail[400];
    char address[80];
    char occasion[160];
    struct quorum quorum; /* of the assembly that is on */
    bool has_quorum;
    struct answer_slot hands[SCENE_HANDS_MAX]; /* that are needed */
    int hand_count;
    bool is_reader_resting;
    bool has_clock;
    int64_t wall_ms;
    int here;
    int volume, brightness;
    struct load load; /* the USB stick */
    struct mistakes mistakes;
    int64_t banner_ms;   /* until when its banner stands on pages; 0: it does not */
    int64_t newcomer_ms; /* until when the resting screen tells of somebody new; 0: there is none */
    bool is_speaking;
    int64_t seen_until_ms;   /* 0: no badge is waiting for its answer */
    int64_t moment_until_ms; /* 0: nobody has to wait */
    struct deck deck;

    struct page page;
    int64_t idle_ms; /* when the page goes home by itself; INT64_MAX: never */
    unsigned told;   /* how often a page was told something */
    int64_t late_ms; /* when the page has waited long enough; INT64_MAX: it does not */
    struct ask late; /* what it asked then */
    int64_t told_ms; /* until when the page waits for the station */
    bool has_begun;
    int64_t awake_ms; /* when somebody was here last; the beginning counts */

    unsigned changes;       /* of what can be touched, besides the deck's */
    unsigned drawn_changes; /* when the picture was drawn last */
    bool is_changed;
    int64_t frame_ms; /* when a bar or a number moves next; INT64_MAX: nothing moves */
    char name[128];

    struct sheet sheet;  /* what was drawn last */
    bool is_dark;        /* it was drawn dimmed */
    char spoken_of[160]; /* the picture that was read aloud last */
    char speech[1600];   /* what is said of this one */
    bool has_speech;     /* and was not yet */
    enum language speech_language;
    bool is_inking;
    struct rect ink_box;
};

/* A piece of the screen: the page, a whole result or a strip. */
struct stage_part {
    const struct scene *scene;
    struct deck_card *card; /* NULL: the page */
    struct rect area;
    bool is_strip;
    bool is_in_bar; /* of a page, between Back and Help */
};

#define STAGE_PARTS_MAX (DECK_MAX + 1)

/* Lets time do its part; before anything else is looked at. */
void stage_age(struct stage *stage, int64_t now_ms);

/* What can be touched changes: a finger that is down means nothing any more. */
void stage_change(struct stage *stage);

/* The scene behind the results. */
const struct scene *stage_base(const struct stage *stage);

/* A badge has its answer: no tick and no "one moment" any more. */
void stage_end_waiting(struct stage *stage);

/* Somebody is here. */
void stage_wake(struct stage *stage, int64_t now_ms);
bool stage_is_dimmed(const struct stage *stage, int64_t now_ms);

/* How many seconds a warned page has left; below 0: it is not warned. */
int stage_warned_s(const struct stage *stage, int64_t now_ms);

/* --- pages --- */

/* Goes to a page; NULL is home, and what was typed and chosen is forgotten. */
void stage_go(struct stage *stage, const struct scene *scene, int64_t now_ms, struct ask *out_ask);

/* Lets the page hear of something, and does what it asks for. */
void stage_tell_page(struct stage *stage, enum page_event_kind kind, int value, int64_t now_ms,
                     struct ask *out_ask);

/* A key of the page's keyboard. */
void stage_key(struct stage *stage, int key, int64_t now_ms, struct ask *out_ask);

/* Somebody touched the page: its time begins anew. */
void stage_stay(struct stage *stage, int64_t now_ms);

/* --- the picture --- */

/* Where a part's box lies on the screen, in mirrored mode too. */
struct rect stage_placed(const struct stage *stage, struct rect box);

/* How the screen is divided now; returns how many parts. */
int stage_picture_divide(struct stage *stage, struct stage_part *out_parts);

/* Does somebody's page stand behind the results? */
bool stage_has_page(const struct stage *stage);

struct scene_model stage_model_of(const struct stage *stage, const struct stage_part *part,
                                  int64_t now_ms);

/* What is added to the sheet from here on is of this part. */
void stage_begin_part(struct stage *stage, const struct stage_part *part);

/* What stands above it all. */
void stage_above_draw(struct stage *stage, int64_t now_ms);

#endif
