/*
 * taps.h - taps, presses and undos on their way to the disk and back.
 *
 * The loop hands a badge in and goes on; what it came to is an event later. Keeps the promises of
 * time: after TAPS_MOMENT_MS "one moment", after TAPS_REFUSE_MS "not recorded", and a fact that
 * lands after that is taken back by a fact of its own, so that what was refused is never counted.
 * Whoever was refused can tap again at once.
 * The loop's thread only; the writer must outlive it and be drained into it (writer_next).
 */
#ifndef APP_TAPS_H
#define APP_TAPS_H

#include "app/domain/recent.h"
#include "app/store/door.h"
#include "app/store/writer.h"

#define TAPS_MOMENT_MS 300
#define TAPS_REFUSE_MS 3000

struct taps;

enum taps_event_kind {
    TAPS_MOMENT, /* a tap takes longer than it should: say so */
    TAPS_ANSWER, /* `answer` is to be shown */
    TAPS_UNDONE, /* the fact `answer.fact` of `answer.person` was taken back */
};

struct taps_event {
    enum taps_event_kind kind;
    struct answer answer;
    struct badge badge; /* of TAPS_ANSWER to a tap; secret, for memory only */
    enum rc disk;       /* why nothing was recorded, with ANSWER_NOT_RECORDED */
};

enum rc taps_open(struct writer *writer, const struct clock *clock, enum language home,
                  struct taps **out_taps) MUST_CHECK;

/* Forgets what is under way; what is with the writer must have come back before. Takes NULL. */
void taps_close(struct taps *taps);

/*
 * A badge came into the field, where the screen claims some for itself (`claimed`:
 * TAP_CLAIM_ONE's). False when it was only held: then nothing is to be shown.
 */
bool taps_badge(struct taps *taps, const struct badge *badge, enum tap_claim claim,
                struct fact_id claimed);

/* The venue's language, for people without one. */
void taps_set_home(struct taps *taps, enum language home);

/* What a tap of who is in means from here on. */
void taps_set_occasion(struct taps *taps, enum occasion_kind occasion);

/* The badge left the field again. */
void taps_left(struct taps *taps);

/* "I am leaving" (ANSWER_DEPARTURE), "I am back" (ANSWER_ARRIVAL). */
void taps_press(struct taps *taps, struct fact_id person, enum answer_kind answer);

void taps_undo(struct taps *taps, struct fact_id person, struct fact_id fact);

/* What a button came to: who taps again right after it is told that, and not what came before. */
void taps_tell(struct taps *taps, const struct answer *answer);

/* The clock was set or jumped: this moment's reading becomes the anchor of the boot. */
void taps_set_clock(struct taps *taps);

/* When taps_next has something by itself; INT64_MAX: never. */
int64_t taps_due_ms(const struct taps *taps);

/* The next event; RC_EMPTY when there is none now. */
enum rc taps_next(struct taps *taps, struct taps_event *out_event) MUST_CHECK;

/* Is anything with the writer? */
bool taps_is_idle(const struct taps *taps);

/* How the disk took the last fact. */
enum rc taps_disk(const struct taps *taps);

#endif
