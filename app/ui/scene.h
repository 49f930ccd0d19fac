/*
 * scene.h - a scene is a description: what it is called, what it looks like, what it does.
 *
 * Each lives in a file of its own in scenes/ and exports `const struct scene`s. There are two
 * sorts: results of taps, which get a part of the screen for some seconds, and pages, which stand
 * behind them until somebody goes on. `draw` sees a model and changes nothing; `event` changes the
 * page and nothing else. Neither knows the register or the devices.
 */
#ifndef APP_UI_SCENE_H
#define APP_UI_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/domain/answer.h"
#include "app/domain/occasion.h"
#include "app/domain/role.h"
#include "app/ui/fault.h"
#include "app/ui/page.h"
#include "app/ui/sheet.h"
#include "app/ui/widget.h"

/* Where the reader is, seen from the screen; in the order of the arrows of icon.h. */
enum scene_side { SCENE_RIGHT, SCENE_LEFT, SCENE_ABOVE, SCENE_BELOW };

#define SCENE_HANDS_MAX 6 /* shifts that the resting screen tells of */

struct scene_model {
    enum language language; /* of who is spoken to */
    enum language home;     /* of the house */
    struct theme_mode mode;
    int64_t now_ms; /* monotonic */
    /* the house */
    const char *venue;
    const char *occasion; /* what is on now, in the venue's words; "": nothing in particular */
    const struct quorum *quorum;     /* of the assembly that is on; NULL: there is none */
    const struct answer_slot *hands; /* shifts where some are needed, the soonest first */
    int hand_count;
    bool has_newcomer; /* somebody is here for the first time, and nobody came yet */
    int turn;          /* counts up: the house and each of the hands take turns in one place */
    const char *version;
    const char *address; /* where a technician reaches the station; "": not known */
    enum scene_side reader_side;
    bool is_reader_resting;
    bool has_clock; /* a clock that can be believed */
    int64_t wall_ms;
    int here;
    bool is_seen;     /* a badge was read, its answer comes */
    bool has_speech;  /* the texts can be read aloud */
    bool is_speaking; /* the texts are read aloud */
    enum fault_kind fault;
    const char *fault_detail;        /* for the technician */
    int volume, brightness;          /* per cent; below 0: there is none */
    const struct load *load;         /* the USB stick, and what is carried */
    bool has_banner;                 /* its banner stands in the place of a title: banner.h */
    const struct mistakes *mistakes; /* on the station's own card: mistakes.h */
    /* a page */
    const struct page *page;
    int idle_s; /* a warning: home after so many seconds; below 0: none */
    /* a result */
    const struct answer *answer;
    double undo_left; /* 1 to 0; below 0: no undo any more */
    bool is_heard;    /* what was asked here was heard: somebody is called, a time is noted */
    bool is_spent;    /* a button was pressed, and what it does is under way */
    bool is_half;     /* somebody else's result has the other half of the screen */
    const char *why;  /* what was asked here could not be done: said already; "": it could */
    bool has_strip; /* in the place of a title and languages; of an upright resting screen's foot */
    int strips;     /* how many */
    bool has_no_bar; /* the strip needs the place of Back and Help, too */
    bool has_page;   /* somebody's page waits behind the results */
};

/* Whose badges: a host's, staff's, anybody's that works, whatever it is, ... */
enum scene_claim {
    SCENE_CLAIMS_NONE,
    SCENE_CLAIMS_HOST,
    SCENE_CLAIMS_STAFF,
    SCENE_CLAIMS_KNOWN,
    SCENE_CLAIMS_ANY,
    SCENE_CLAIMS_BLANK, /* nobody's yet */
    SCENE_CLAIMS_ROW    /* of the person in the page's row */
};

struct scene {
    const char *name;
    enum theme_meaning meaning;
    enum icon icon;    /* also of its strip */
    const char *title; /* of a page, in its bar; a source text */
    void (*draw)(struct sheet *sheet, struct rect area);
    bool has_bar; /* with Help in it where it lies: strips stand there, as on a page */
    /* pages only */
    void (*event)(struct page *page, const struct page_event *event);
    const struct scene *back; /* where Back leads; NULL: home */
    bool is_detour;           /* Back leads where somebody was before, with all that was typed */
    enum scene_claim claims;
    int idle_s;       /* home after so long without a touch; 0: stays */
    int patience_s;   /* PAGE_LATE after so long; 0: never */
    bool is_staff;    /* behind a PIN; closes when anybody but who opened staff mode taps */
    bool is_private;  /* closes when anybody but whom it is about taps */
    bool is_personal; /* the same, once it is somebody's; anybody may look before */
    bool is_of_stick; /* hears of the load, and never goes home while something is carried */
    /* results only */
    bool is_tight; /* in half a screen it asks too much to have room for the languages */
};

extern const struct scene scene_starting, scene_resting, scene_fault, scene_moment;
extern const struct scene scene_greeting, scene_forgotten, scene_goodbye, scene_already_in,
    scene_asks, scene_can_help, scene_which, scene_has_left, scene_unknown, scene_withdrawn,
    scene_called, scene_not_recorded, scene_undone;
extern const struct scene scene_asks_basket, scene_take_basket, scene_fetched, scene_left_over;
extern const struct scene scene_enjoy, scene_said, scene_need, scene_need_sure;
extern const struct scene scene_help, scene_comfort, scene_no_badge, scene_name, scene_names,
    scene_code, scene_guests, scene_guest_name, scene_mine, scene_shifts, scene_sign_off;
extern const struct scene scene_staff_badge, scene_staff_pin, scene_staff, scene_roll_call,
    scene_people, scene_found, scene_person, scene_new_code_sure, scene_new_code, scene_visits,
    scene_correct, scene_reason, scene_reason_typed, scene_badges, scene_lose_sure, scene_give,
    scene_strangers, scene_occasion, scene_health, scene_clock, scene_settings, scene_power,
    scene_power_sure, scene_update, scene_update_begun;
extern const struct scene scene_shifts, scene_shift, scene_sign_up, scene_signed_up;
extern const struct scene scene_my_badge, scene_mine, scene_my_shift, scene_my_reason,
    scene_excused, scene_my_hours, scene_my_visits, scene_my_times;
extern const struct scene scene_my_assembly, scene_proxy_name, scene_proxy_names, scene_proxy_given;
extern const struct scene scene_circles, scene_rest, scene_levels;
extern const struct scene scene_first_visit, scene_help_me, scene_several, scene_codes,
    scene_resume, scene_before, scene_way;
extern const struct scene scene_hello, scene_charter, scene_notice, scene_signature;
extern const struct scene scene_who, scene_who_code, scene_who_last, scene_who_reach;
extern const struct scene scene_wishes, scene_missions, scene_role;
extern const struct scene scene_present, scene_shown, scene_agreed;
extern const struct scene scene_buddies, scene_buddy_called, scene_buddy_here, scene_buddy_named;
extern const struct scene scene_blank, scene_next, scene_link;
extern const struct scene scene_sign_off, scene_sign_off_word, scene_signed_off;
extern const struct scene scene_calendar, scene_planned, scene_call_off_sure, scene_promised,
    scene_plan, scene_plan_kind, scene_plan_title, scene_proposals, scene_proposal,
    scene_proposal_no, scene_proposal_words, scene_balances, scene_totals, scene_newcomers;
extern const struct scene scene_stick, scene_stick_out, scene_stick_carry, scene_stick_in,
    scene_stick_preview, scene_stick_taken;
extern const struct scene scene_mistakes, scene_card;
extern const struct scene scene_forget_sure, scene_forget_done, scene_own_data;

/* What an occasion is called; a source text. */
const char *scene_occasion_title(enum occasion_kind occasion);

/* The scene that shows an answer, or NULL where nothing is shown. */
const struct scene *scene_of(const struct answer *answer);

/* --- measures (look.md: capitals and targets) --- */

#define SCENE_MARGIN 6.0
#define SCENE_GAP 3.0
#define SCENE_BUTTON_H 17.0

/* Takes the row of buttons and its gap off what scene_head left. */
struct rect scene_above_foot(const struct sheet *sheet, struct rect rest);

/* The same for a result that has nothing there but what scene_aside puts. */
struct rect scene_above_aside(const struct sheet *sheet, struct rect rest);

/* A button in the row of buttons at the foot of a result, `place` counted from the right. */
struct rect scene_foot(const struct sheet *sheet, struct rect area, int place, int count);

/* How high buttons are that may say something on two lines. */
double scene_button_mm(const struct sheet *sheet, struct rect area);

/* Choices as tiles: a grid, or rows that turn where letters are large. */
void scene_tiles(struct sheet *sheet, struct rect body, const struct widget_tile *tiles, int count,
                 int columns);

/*
 * The head that all results share: the scene's icon in a disc, a headline, a line below. Returns
 * what is left of the area, without the margins; what is touched at its foot is still in it.
 */
struct rect scene_head(struct sheet *sheet, struct rect area, const char *headline,
                       const char *line);

/* The same, leaving at least `needed` millimetres below it where that can be. */
struct rect scene_head_above(struct sheet *sheet, struct rect area, const char *headline,
                             const char *line, double needed);

/* A scene that only says something: icon, headline and line in the middle of the area. */
void scene_poster(struct sheet *sheet, struct rect area, const char *headline, const char *line);

/* The undo button of a result, where it is still offered, at `place` of `count`. */
void scene_undo(struct sheet *sheet, struct rect area, int place, int count);

/*
 * What every result has at the left of its foot, or in a row below it where it is narrow: the other
 * languages, or the way back to the page that somebody was on. Above a strip halves have no room.
 */
void scene_aside(struct sheet *sheet, struct rect area, int taken);

/*
 * The bar of a page: Back, the title, the other languages, Help; always at the same place. `title`
 * is said already; NULL takes the scene's. Returns the page's body.
 */
struct rect scene_frame(struct sheet *sheet, struct rect area, const char *title);

/* The title of a page with keys: in large letters the field's hint is enough. */
const char *scene_typing_title(const struct sheet *sheet, const char *title);

/* The two other languages, as words, in two boxes. */
void scene_languages(struct sheet *sheet, const struct rect *boxes);

/*
 * Really? A question above a page that was drawn: the act (ACT_CHOOSE, as "sure"), or the scene's
 * way back (as "no"). Why it could not be done stands in the place of both until the next touch.
 */
struct scene_question {
    const char *title, *text, *act; /* said already */
};

void scene_sure(struct sheet *sheet, struct rect area, const struct scene_question *question);

#define SCENE_WHEN_SIZE 280

/* When a row is: "Tomorrow, 14:00 – 16:30". Returns `out_text`. */
const char *scene_when(const struct sheet *sheet, const struct row *row,
                       char out_text[SCENE_WHEN_SIZE]);

#define SCENE_STACK_MAX 7

/*
 * Texts one below the other, in the middle of the box's height; smaller where they have to be, and
 * the last left out where large letters have no room for them.
 */
void scene_stack(struct sheet *sheet, struct rect box, const struct canvas_text *texts, int count);

/* Have all of them room in it, at their smallest, uncut? */
bool scene_stack_fits(struct sheet *sheet, struct rect box, const struct canvas_text *given,
                      int count);

/* Takes the room of two buttons and its gap off a page's body: side by side, or large in rows. */
void scene_pair(const struct sheet *sheet, struct rect area, struct rect *body,
                struct rect out_boxes[2]);

/* Whose badge? An arrow to the reader and what the badge is for; the page claims it. */
void scene_ask_badge(struct sheet *sheet, struct rect body, const char *why);

/* The page becomes that of the badge that was claimed; false where none was. */
bool scene_take_badge(struct page *page);

/* The page's problem or the reason it was given, in a line of `box`; false where there is none. */
bool scene_problem(struct sheet *sheet, struct rect box);

/* The same below a page's body, which gives it room where there is one. */
void scene_problem_below(struct sheet *sheet, struct rect *body);

/* A page to choose why on: "reason-1" and so on; with the value `count`, something else. */
void scene_reasons(struct sheet *sheet, struct rect area, const char *const *reasons, int count);

#endif
