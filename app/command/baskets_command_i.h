/*
 * baskets_command_i.h - the inside of the verb `baskets`, shared by baskets.c (the verb) and
 * baskets_command_list.c (what is shown). Nobody else includes it.
 */
#ifndef APP_COMMAND_BASKETS_COMMAND_I_H
#define APP_COMMAND_BASKETS_COMMAND_I_H

#include "app/command/command.h"
#include "app/command/format.h"
#include "app/store/baskets.h"

struct baskets_command_asked {
    const char *data;
    const char *rest[3];
    int count;
    const char *by;
    struct format_asked look;
    bool is_left, is_dry_run, skips_refused;
};

/* A pick-up: of the calendar, or without one today's. */
struct baskets_command_pick_up {
    struct fact_id id; /* none: the calendar has none today */
    int64_t station;
    char title[128];
    int64_t from_ms, to_ms;
    struct deeds_at at;
};

/* A sentence and where to read more; returns COMMAND_MISUSED. */
int baskets_command_misuse(const char *sentence);

/* The pick-up that a word names: "today" (the one that is on, or comes next), "next", or its name.
 * `word` NULL: today's, else the next one. With a sentence: RC_BAD_INPUT for a word that is none,
 * RC_NOT_FOUND, or what kept the register from being read. */
enum rc baskets_command_find(struct command_register *opened, const char *word,
                             struct baskets_command_pick_up *out_pick_up,
                             struct reason *out_reason) MUST_CHECK;

int baskets_command_list(const struct baskets_command_asked *asked);

#endif
