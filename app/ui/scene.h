/*
 * scene.h - a scene is a description: what it is called, how it is laid out, how it is drawn.
 *
 * Each lives in a file of its own in scenes/ and exports one `const struct scene`. `layout` says
 * what can be touched and `draw` draws the rest; both see the model and an area, and neither
 * changes anything. The stage draws the buttons, so that what is touched is what is seen. Results
 * of taps are scenes, too: they get a part of the screen as their area.
 */
#ifndef APP_UI_SCENE_H
#define APP_UI_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/domain/answer.h"
#include "app/ui/canvas.h"
#include "app/ui/icon.h"
#include "app/ui/theme.h"

enum stage_intent_kind {
    STAGE_INTENT_NONE,
    STAGE_INTENT_UNDO,
    STAGE_INTENT_LEAVE,
    STAGE_INTENT_BACK,
    STAGE_INTENT_CALL,
    STAGE_INTENT_LANGUAGE, /* kept by the stage: the resting screen's language */
};

/* Where the reader is, seen from the screen; in the order of the arrows of icon.h. */
enum scene_side { SCENE_RIGHT, SCENE_LEFT, SCENE_ABOVE, SCENE_BELOW };

struct scene_model {
    enum language language; /* of who is spoken to */
    bool is_evening;
    /* the house */
    const char *venue;
    const char *occasion; /* what is on now, in the venue's words; NULL or "": nothing */
    const char *version;
    const char *address; /* where a technician reaches the station; NULL: not known */
    enum scene_side reader_side;
    bool is_reader_resting;
    bool has_clock; /* a clock that can be believed */
    int64_t wall_ms;
    int here;
    bool is_seen;      /* a badge was read, its answer comes */
    const char *fault; /* for the technician; NULL where there is none */
    /* a result */
    const struct answer *answer;
    double undo_left; /* 1 to 0; below 0: no undo any more */
    bool is_called;   /* somebody was called already */
    bool is_spent;    /* a button was pressed, and what it does is under way */
    bool has_strip;   /* a strip stands below this scene */
};

enum scene_button_style { SCENE_FILLED, SCENE_OUTLINED, SCENE_QUIET };

struct scene_button {
    const char *name; /* for flows */
    struct rect box;
    char label[96];
    enum stage_intent_kind intent;
    enum scene_button_style style;
    double left;            /* a bar that runs out, 1 to 0; below 0: none */
    enum language language; /* of STAGE_INTENT_LANGUAGE, and of the label */
};

#define SCENE_BUTTONS_MAX 6

struct scene {
    const char *name;
    enum theme_meaning meaning;
    enum icon icon; /* also of its strip */
    /* At most SCENE_BUTTONS_MAX buttons; returns how many. NULL: none. */
    int (*layout)(const struct scene_model *model, struct rect area, struct scene_button *out);
    void (*draw)(const struct scene_model *model, struct rect area, struct canvas *canvas);
};

extern const struct scene scene_starting, scene_resting, scene_fault, scene_moment;
extern const struct scene scene_greeting, scene_forgotten, scene_goodbye, scene_already_in,
    scene_has_left, scene_unknown, scene_withdrawn, scene_called, scene_not_recorded, scene_undone;

/* The scene that shows an answer, or NULL where nothing is shown. */
const struct scene *scene_of(enum answer_kind kind);

/* --- measures (look.md: capitals and targets) --- */

#define SCENE_MARGIN 6.0
#define SCENE_GAP 3.0
#define SCENE_BUTTON_H 17.0
#define SCENE_RADIUS 4.5

/* Is the area too narrow to put things side by side? */
bool scene_is_narrow(struct rect area);

/*
 * The head that all results share: the scene's icon in a disc, a headline, a line below. Returns
 * what is left of the area, without the margins; what is touched at its foot is still in it.
 */
struct rect scene_head(const struct scene *scene, const struct scene_model *model, struct rect area,
                       const char *headline, const char *line, struct canvas *canvas);

/* A scene that only says something: icon, headline and line in the middle of the area. */
void scene_poster(const struct scene *scene, const struct scene_model *model, struct rect area,
                  const char *headline, const char *line, struct canvas *canvas);

/* Takes the row of buttons and its gap off what scene_head left. */
struct rect scene_above_foot(struct rect rest);

/* A button in the row of buttons at the foot of a result, `place` counted from the right. */
struct rect scene_foot(struct rect area, int place, int count);

/* Fills in a button. `label` is a source text for words(). */
void scene_button(struct scene_button *button, const struct scene_model *model, const char *name,
                  const char *label, struct rect box, enum stage_intent_kind intent,
                  enum scene_button_style style);

/* The undo button of a result, where it is still offered; returns how many were added (0 or 1). */
int scene_undo(const struct scene_model *model, struct rect area, struct scene_button *out);

#endif
