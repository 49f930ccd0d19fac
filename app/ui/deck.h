/*
 * deck.h - the results of taps on the screen, by the tap table: how long each stands, which share
 * the screen, which have shrunk to a strip.
 *
 * The newest two stand whole, each in its place; a third takes the older one's place. When its
 * time is over, or its place is taken, a result shrinks to a strip as long as it can be undone.
 * Knows no pictures and no fingers; time is an argument (monotonic). Plain data, one thread.
 */
#ifndef APP_UI_DECK_H
#define APP_UI_DECK_H

#include <stdbool.h>
#include <stdint.h>

#include "app/domain/answer.h"
#include "app/ui/scene.h"

#define DECK_MAX 4 /* two whole ones and two strips */

struct deck_card {
    const struct scene *scene;
    struct answer answer;
    int place;              /* 0 or 1: which half, where two stand whole */
    int64_t shown_until_ms; /* 0: it is a strip */
    int64_t undo_begin_ms;
    int64_t undo_until_ms;  /* 0: cannot be undone */
    int64_t spent_until_ms; /* a button was pressed: none until then */
    bool is_heard;          /* what its button asked for was heard */
    char why[256];          /* it could not be done: a source text; "": nothing was refused */
};

struct deck {
    struct deck_card cards[DECK_MAX]; /* oldest first */
    int count;
    int whole_most;   /* how many may stand whole: 2, or 1 with large letters */
    unsigned changes; /* counts whatever moves on the screen */
};

/* Lets go of what is over and shrinks what has had its time. Call it before any look. */
void deck_age(struct deck *deck, int64_t now_ms);

/* Shows an answer. One person has one result: a newer one replaces it where it stands. */
void deck_put(struct deck *deck, const struct scene *scene, const struct answer *answer,
              int64_t now_ms);

/* The fact was taken back: its result gives way to `undone` for `shown_ms`. */
void deck_undo(struct deck *deck, struct fact_id fact, const struct scene *undone, int64_t shown_ms,
               int64_t now_ms);

/* Whoever touches a result reads it: it stands for another `held_ms`. */
void deck_hold(struct deck_card *card, int64_t held_ms, int64_t now_ms);

/* Its time is over now; its strip stays as long as it can be undone. */
void deck_shrink(struct deck *deck, struct deck_card *card, int64_t now_ms);

/* Ends it now, its strip too. */
void deck_close(struct deck *deck, struct deck_card *card);

bool deck_is_whole(const struct deck_card *card);
int deck_count_whole(const struct deck *deck);

/* Until when a whole result stands; 0: none does. */
int64_t deck_whole_until_ms(const struct deck *deck);

/* What is left of the time to undo, 1 to 0; below 0: it cannot be undone. */
double deck_undo_left(const struct deck_card *card, int64_t now_ms);

/* When something here changes by itself; INT64_MAX: never. Bars that run out don't count. */
int64_t deck_due_ms(const struct deck *deck);

#endif
