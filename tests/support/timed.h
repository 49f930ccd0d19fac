/*
 * timed.h - a stage with a canvas and fingers, for tests of how long things stand: each step says
 * when it is. show.h is the same with a clock of its own. What should be there and is not ends the
 * program with a sentence (abort). One thread.
 */
#ifndef TESTS_SUPPORT_TIMED_H
#define TESTS_SUPPORT_TIMED_H

#include "app/ui/stage.h"

struct timed {
    struct stage *stage;
    struct canvas *canvas;
};

extern const struct screen timed_panel;

/* For cmocka: *state is one whose door is open, drawn at 0. */
int timed_set_up(void **state);
int timed_tear_down(void **state);

/* What is told of person number so and so, who stands for `shown_ms`. */
struct answer timed_answer(enum answer_kind kind, int person, int64_t shown_ms, int64_t undo_ms);

/* The same as a tap brings it, by the tap table. */
void timed_tap(struct timed *timed, enum answer_kind kind, int person, int64_t now_ms);

void timed_expect_scene(struct timed *timed, int64_t now_ms, const char *name);

/* The place-th target of that name, in the order they were drawn; and how many there are. */
struct target timed_button(struct timed *timed, const char *name, int place, int64_t now_ms);
int timed_count(struct timed *timed, const char *name, int64_t now_ms);

/* A finger in the middle of a box; put down and lifted 80 ms later. */
struct ask timed_touch(struct timed *timed, enum stage_touch phase, struct rect box,
                       int64_t now_ms);
struct ask timed_click(struct timed *timed, struct rect box, int64_t now_ms);

#endif
