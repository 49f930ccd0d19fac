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
#include "app/ui/theme.h"

enum stage_intent_kind {
    STAGE_INTENT_NONE,
    STAGE_INTENT_UNDO,
    STAGE_INTENT_LEAVE,
    STAGE_INTENT_BACK,
    STAGE_INTENT_CALL,
    STAGE_INTENT_LANGUAGE, /* kept by the stage: the resting screen's language */
};

/* Where the reader is, seen from the screen; in the order of the arrows of canvas.h. */
enum scene_side { SCENE_RIGHT, SCENE_LEFT, SCENE_ABOVE, SCENE_BELOW };

struct scene_model {
    enum language language; /* of who is spoken to */
    bool is_evening;
    /* the house */
    const char *venue;
    const char *version;
    enum scene_side reader_side;
    bool is_reader_resting;
    bool has_clock; /* a clock that can be believed */
    int64_t wall_ms;
    int here;
    const char *fault; /* for the technician; NULL where there is none */
    /* a result */
    const struct answer *answer;
    double undo_left; /* 1 to 0; below 0: no undo any more */
    bool is_called;   /* somebody was called already */
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
    /* At most SCENE_BUTTONS_MAX buttons; returns how many. NULL: none. */
    int (*layout)(const struct scene_model *model, struct rect area, struct scene_button *out);
    void (*draw)(const struct scene_model *model, struct rect area, struct canvas *canvas);
};

extern const struct scene scene_starting, scene_resting, scene_fault, scene_moment;
extern const struct scene scene_greeting, scene_forgotten, scene_goodbye, scene_already_in,
    scene_has_left, scene_unknown, scene_withdrawn, scene_not_recorded;

/* The scene that shows an answer, or NULL where nothing is shown. */
const struct scene *scene_of(enum answer_kind kind);

/* --- measures (look.md: capitals and targets) ----------------------------------------------------
 */

#define SCENE_MARGIN 6.0
#define SCENE_GAP 3.0
#define SCENE_BUTTON_H 17.0
#define SCENE_RADIUS 4.5

/* Is the area too narrow to put things side by side? */
bool scene_is_narrow(struct rect area);

/*
 * The head that all results share: an icon in a disc, a headline, a line below. Returns what is
 * left of the area, without the margins and without the row of buttons.
 */
struct rect scene_head(const struct scene_model *model, struct rect area,
                       enum theme_meaning meaning, enum canvas_icon icon, const char *headline,
                       const char *line, struct canvas *canvas);

/* What is left where there are no buttons: their place, too. */
struct rect scene_without_foot(struct rect rest);

/* A button in the row of buttons at the foot of a result, `place` counted from the right. */
struct rect scene_foot(struct rect area, int place, int count);

/* Fills in a button. `label` is a source text for words(). */
void scene_button(struct scene_button *button, const struct scene_model *model, const char *name,
                  const char *label, struct rect box, enum stage_intent_kind intent,
                  enum scene_button_style style);

/* The undo button of a result, where it is still offered; returns how many were added (0 or 1). */
int scene_undo(const struct scene_model *model, struct rect area, struct scene_button *out);

#endif
