/*
 * tapper.h - somebody who taps badges at a station that is watched, on the PN532 simulator, and
 * follows each tap through the trace until its picture.
 *
 * For the long programs. One thread.
 */
#ifndef TESTS_SUPPORT_TAPPER_H
#define TESTS_SUPPORT_TAPPER_H

#include "tests/support/pn532_sim.h"
#include "tests/support/random.h"
#include "tests/support/sample.h"
#include "tests/support/watched.h"

struct tapper {
    struct pn532_sim *sim;
    struct random random;
    struct watched station;
};

/* What one tap left in the trace. */
struct tapped {
    int64_t tapped_us, badge_us, seen_us, answered_us, synced_us, presented_us;
    int frames; /* pictures presented from the tap to the answer's */
};

/* The badge of watched_uid, at any instant. False: it was not answered. */
bool tapper_tap(struct tapper *tapper, int person, struct tapped *out_tapped);

/* The badge leaves, for long enough to be missed. */
void tapper_take_away(struct tapper *tapper);

/* Was it greeted before it was on disk? */
bool tapper_is_early(const struct tapped *tapped);

/* Milliseconds from one stamp to another. */
void tapper_note(struct sample *sample, int64_t from_us, int64_t to_us);

#endif
