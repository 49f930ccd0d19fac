/*
 * show.h - a stage with a canvas and fingers, for tests of pages: what is touched is what was
 * drawn. One tap or told answer of each sort; whoever needs another fills in their own. What should
 * be there and is not ends the program with a sentence (abort). One thread.
 */
#ifndef TESTS_SUPPORT_SHOW_H
#define TESTS_SUPPORT_SHOW_H

#include "app/ui/stage.h"

struct show {
    struct stage *stage;
    struct canvas *canvas;
    int64_t now_ms;
};

extern const struct screen show_panel;

/* Open at the door. */
void show_open_as(struct show *show, struct theme_mode mode, int64_t dim_ms);

/* For cmocka: by day, never dimmed. */
int show_set_up(void **state);
int show_tear_down(void **state);

void show_wait(struct show *show, int64_t by_ms);
void show_expect_scene(struct show *show, const char *name);

/* The first target of that name, which is there; and whether it is. */
struct target show_find(struct show *show, const char *name);
bool show_has(struct show *show, const char *name);

/* Fingers, in millimetres. */
struct ask show_finger(struct show *show, enum stage_touch phase, double x, double y);
struct ask show_touch_box(struct show *show, struct rect box);
struct ask show_press(struct show *show, const char *name);

/* Letters as the keys say them; capitals come by themselves. */
void show_type(struct show *show, const char *keys);

/* What is in the field of a name. */
const char *show_typed(struct show *show);

/* From the resting screen to the page of a name. */
void show_go_to_name(struct show *show);

/* Somebody's badge; what the station says to the page, of whom it is about (claimed: of 7). */
void show_tap(struct show *show, enum answer_kind kind, int person);
struct ask show_tell(struct show *show, enum ask_kind what, enum told_how how);

#endif
