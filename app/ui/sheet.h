/*
 * sheet.h - what a scene draws on: the canvas, the model, and a list of what can be touched.
 *
 * What is drawn and what is touched come from the same call, so they cannot differ. The stage owns
 * the sheet; a scene gets it for the time of one draw. One thread.
 */
#ifndef APP_UI_SHEET_H
#define APP_UI_SHEET_H

#include "app/domain/occasion.h"
#include "app/ui/ask.h"
#include "app/ui/canvas.h"
#include "app/ui/icon.h"
#include "app/ui/keyboard.h"
#include "app/ui/layout.h"
#include "app/ui/theme.h"

struct scene;
struct scene_model;
struct deck_card;
struct widget_tile;

enum act_kind {
    ACT_NOTHING,
    ACT_ASK,      /* value: enum ask_kind, about the person of the result or the page */
    ACT_GO,       /* to another scene */
    ACT_CHOOSE,   /* the scene hears the value */
    ACT_KEY,      /* value: a key of the keyboard */
    ACT_TURN,     /* value: the first row of a list to show */
    ACT_LANGUAGE, /* value: enum language */
    ACT_STAY,     /* somebody is still there */
    ACT_CLOSE,    /* ends the result */
    ACT_SHRINK,   /* the result becomes its strip, as long as it can be undone */
    ACT_INK,      /* a line is drawn on it: see ink.h */
    ACT_MODE,     /* value: enum act_mode, turned over */
};

/* What somebody may choose for themselves: theme_mode, and being read to. */
enum act_mode { ACT_LARGE, ACT_CONTRAST, ACT_MIRRORED, ACT_STILL, ACT_SPEAKING };

struct act {
    enum act_kind kind;
    int value;
    const struct scene *to; /* ACT_GO; NULL: home */
    int64_t at_ms;          /* a time that goes along with ACT_ASK */
    struct shift_id shift;  /* an occasion, or a shift in it, that does; ASK_DO: another person, and
                               which deed */
};

/* Who touches it decides how large it has to be (look.md, 2). */
enum target_size { TARGET_VISITOR, TARGET_KEY, TARGET_STAFF };

/* Whose a target is: in the next picture the same button in the same place may be another one's. */
struct target_owner {
    const struct scene *scene;
    struct fact_id person, fact; /* of the result or the page */
    unsigned number; /* which badge nobody knew; of a page, how often it was told something */
};

struct target {
    char name[40];   /* for flows: "undo", "key q" */
    struct rect box; /* as placed on the screen */
    struct rect hit; /* what is touched: the box, and for keys the space around it */
    struct act act;
    enum target_size size;
    struct target_owner owner;
    struct deck_card *card; /* on whose result; NULL: the page's */
    double left;            /* a bar that runs out on it, 1 to 0; below 0: none */
    int64_t ready_ms;       /* a finger that comes sooner was meant for what stood there before */
};

#define SHEET_TARGETS_MAX 96
#define SHEET_READY_MS 400   /* longer than a double tap, shorter than to read and reach */
#define SHEET_IN_WAY_MS 1200 /* of a result above a page: somebody may be typing there */

struct sheet {
    struct canvas *canvas;
    const struct scene_model *model;
    const struct scene *scene;
    const struct theme_tones *tones; /* of the scene's meaning */
    enum target_size size;           /* of what is added from here on */
    struct target_owner owner;       /* the same */
    struct deck_card *card;

    struct target targets[SHEET_TARGETS_MAX];
    int count;
    struct target before[SHEET_TARGETS_MAX]; /* in the last picture */
    int before_count;
    int64_t now_ms;

    bool is_down;       /* a finger lies */
    struct target down; /* on this, as it was when it was put down */

    const struct widget_tile *tiles; /* of scene_tiles, while it draws */

    struct keyboard_key keys[KEYBOARD_KEYS_MAX]; /* as drawn, for ACT_KEY */
    int key_count;
};

/* A new picture, on which there is nothing to touch yet. */
void sheet_begin(struct sheet *sheet, struct canvas *canvas, int64_t now_ms);

/* The text in the language of whom the scene speaks to. */
const char *sheet_say(const struct sheet *sheet, const char *text) __attribute__((format_arg(2)));

/* The tones of another meaning, in the mode of the sheet. */
const struct theme_tones *sheet_tones(const struct sheet *sheet, enum theme_meaning meaning);

/*
 * Adds a place to touch. Returns whether a finger lies on it, so that it can be drawn so. `box` is
 * as the scene counts; in mirrored mode the target lies where the canvas put it.
 */
bool sheet_target(struct sheet *sheet, struct rect box, const char *name, struct act act);

/* Does a finger lie on it, put down on this very button of the same owner? */
bool sheet_is_down(const struct sheet *sheet, const struct target *target);

/* Nothing added so far can be touched any more: a dialog comes. */
void sheet_cover(struct sheet *sheet);

#endif
