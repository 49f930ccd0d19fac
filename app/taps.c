#include "app/taps.h"

#include <stdlib.h>

#include "app/errand.h"
#include "firmware/base/log.h"

#define TAPS_MEND_MS 1000

struct taps {
    struct writer *writer;
    const struct clock *clock;
    enum language home;
    enum occasion_kind occasion;
    struct recent recent;
    struct badge in_field;
    bool is_in_field;
    struct errand *errands;    /* oldest first */
    struct taps_event refused; /* an answer that never reached the writer */
    bool has_refused;
    enum rc disk;
    int64_t mend_ms;        /* when a refusing disk is tried again */
    bool has_clock_waiting; /* a setting of the clock that the disk refused */
};

enum rc taps_open(struct writer *writer, const struct clock *clock, enum language home,
                  struct taps **out_taps)
{
    struct taps *taps = calloc(1, sizeof *taps);
    if (!taps)
        return RC_NO_MEMORY;
    taps->writer = writer;
    taps->clock = clock;
    taps->home = home;
    taps->occasion = OCCASION_COUNT;
    taps->mend_ms = INT64_MAX;
    *out_taps = taps;
    return RC_OK;
}

void taps_close(struct taps *taps)
{
    if (!taps)
        return;
    while (taps->errands) {
        struct errand *errand = taps->errands;
        taps->errands = errand->next;
        free(errand);
    }
    free(taps);
}

static void tell_refused(struct taps *taps, enum rc disk)
{
    const struct tap_row *row = tap_row_of(ANSWER_NOT_RECORDED);
    taps->refused = (struct taps_event){
        .kind = TAPS_ANSWER,
        .answer = {.kind = row->answer,
                   .language = taps->home,
                   .is_time_doubtful = true,
                   .shown_ms = row->shown_ms},
        .disk = disk,
    };
    taps->has_refused = true;
}

static void send(struct taps *taps, struct errand *errand)
{
    struct errand **end = &taps->errands;
    enum rc rc = errand ? writer_submit(taps->writer, &errand->job) : RC_NO_MEMORY;
    if (rc) {
        tell_refused(taps, rc);
        free(errand);
        return;
    }
    while (*end)
        end = &(*end)->next;
    *end = errand;
}

void taps_set_home(struct taps *taps, enum language home)
{
    taps->home = home;
}

void taps_set_occasion(struct taps *taps, enum occasion_kind occasion)
{
    taps->occasion = occasion;
}

bool taps_badge(struct taps *taps, const struct badge *badge, enum tap_claim claim,
                struct fact_id claimed)
{
    int64_t now_ms = clock_mono_ms(taps->clock);
    struct tap_situation situation = {.gap_ms = recent_gap_ms(&taps->recent, badge, now_ms),
                                      .since_ms = TAP_NEVER};
    taps->in_field = *badge;
    taps->is_in_field = true;
    recent_see(&taps->recent, badge, now_ms);
    if (tap_decide(&situation)->answer == ANSWER_NOTHING)
        return false;

    struct errand *errand = errand_make(ERRAND_TAP, taps->clock);
    if (errand) {
        errand->tap.badge = *badge;
        errand->tap.gap_ms = situation.gap_ms;
        errand->tap.is_undone = recent_is_undone(&taps->recent, badge);
        errand->tap.claim = claim;
        errand->tap.claimed = claimed;
        errand->tap.occasion = taps->occasion;
        errand->tap.home = taps->home;
    }
    send(taps, errand);
    return true;
}

void taps_left(struct taps *taps)
{
    if (taps->is_in_field)
        recent_see(&taps->recent, &taps->in_field, clock_mono_ms(taps->clock));
    taps->is_in_field = false;
}

void taps_press(struct taps *taps, struct fact_id person, enum answer_kind answer)
{
    struct errand *errand = errand_make(ERRAND_PRESS, taps->clock);
    if (errand)
        errand->press = (struct door_press){.person = person,
                                            .answer = answer,
                                            .now = errand->tap.now,
                                            .occasion = taps->occasion,
                                            .home = taps->home};
    send(taps, errand);
}

void taps_undo(struct taps *taps, struct fact_id person, struct fact_id fact)
{
    struct errand *errand = errand_make(ERRAND_UNDO, taps->clock);
    if (errand) {
        errand->person = person;
        errand->fact = fact;
    }
    send(taps, errand);
}

void taps_tell(struct taps *taps, const struct answer *answer)
{
    recent_tell(&taps->recent, answer, clock_mono_ms(taps->clock));
}

void taps_set_clock(struct taps *taps)
{
    send(taps, errand_make(ERRAND_CLOCK, taps->clock));
}

int64_t taps_due_ms(const struct taps *taps)
{
    int64_t due_ms = taps->mend_ms;
    for (const struct errand *e = taps->errands; e; e = e->next) {
        int64_t at_ms = e->sent_ms + (e->is_moment_told ? TAPS_REFUSE_MS : TAPS_MOMENT_MS);
        if (e->is_awaited && !e->is_back && at_ms < due_ms)
            due_ms = at_ms;
    }
    return taps->has_refused ? 0 : due_ms;
}

bool taps_is_idle(const struct taps *taps)
{
    return !taps->errands && !taps->has_refused;
}

enum rc taps_disk(const struct taps *taps)
{
    return taps->disk;
}

/* A disk that refused is tried again every second, so that it heals before the next tap. */
static void note_disk(struct taps *taps, enum rc disk)
{
    if (disk == RC_NOT_FOUND || disk == RC_REFUSED) /* the register's answer, not the disk's */
        disk = RC_OK;
    if (disk != taps->disk)
        log_warning(disk ? "the register refuses facts: %s" : "the register takes facts again: %s",
                    rc_text(disk));
    taps->disk = disk;
    taps->mend_ms = disk ? clock_mono_ms(taps->clock) + TAPS_MEND_MS : INT64_MAX;
}

/* That the clock was set must not be lost: the times of this whole boot hang on it. */
static void note_clock(struct taps *taps, const struct errand *errand)
{
    if (errand->kind == ERRAND_CLOCK && errand->result.disk)
        taps->has_clock_waiting = true;
    if (errand->result.disk || !taps->has_clock_waiting)
        return;
    taps->has_clock_waiting = false;
    taps_set_clock(taps);
}

/*
 * What its badge is told when it comes again soon; *answer may become the one of last time. False
 * where there is none to say again: it was refused, or undone, while this tap was on its way.
 */
static bool remember(struct taps *taps, const struct errand *errand, struct answer *answer)
{
    int64_t now_ms = clock_mono_ms(taps->clock);
    const struct badge *badge = &errand->tap.badge;
    int here = answer->here;
    bool is_said = true;
    switch (answer->kind) {
    case ANSWER_REPEAT:
        is_said = recent_repeat(&taps->recent, badge, now_ms, answer);
        answer->here = here; /* others may have come and gone meanwhile */
        break;
    case ANSWER_CLAIMED:
    case ANSWER_NOT_RECORDED: recent_void(&taps->recent, badge); break;
    default: recent_answer(&taps->recent, badge, answer, now_ms); break;
    }
    return is_said;
}

/* As one that repeats nothing. */
static void send_again(struct taps *taps, const struct errand *errand)
{
    struct errand *again = errand_make(ERRAND_TAP, taps->clock);
    if (again) {
        const struct clock_reading now = again->tap.now;
        again->tap = errand->tap;
        again->tap.now = now;
        again->tap.is_undone = true;
    }
    send(taps, again);
}

/* What an errand that came back means for the screen. RC_EMPTY: nothing. */
static enum rc finish(struct taps *taps, const struct errand *errand, struct taps_event *out_event)
{
    struct taps_event event = {.kind = TAPS_ANSWER,
                               .answer = errand->result.answer,
                               .badge = errand->tap.badge,
                               .disk = errand->result.disk};
    note_disk(taps, errand->result.disk);
    note_clock(taps, errand);
    if (errand->kind > ERRAND_UNDO || errand_is_refused(errand))
        return RC_EMPTY;
    if (errand->kind == ERRAND_UNDO) {
        if (event.disk) {
            tell_refused(taps, event.disk);
            return RC_EMPTY;
        }
        recent_undo(&taps->recent, errand->fact);
        event.kind = TAPS_UNDONE;
        event.answer.fact = errand->fact;
    } else if (errand->kind == ERRAND_TAP) {
        if (!remember(taps, errand, &event.answer)) {
            send_again(taps, errand);
            return RC_EMPTY;
        }
        if (event.answer.kind == ANSWER_NOTHING || event.answer.kind == ANSWER_REPEAT)
            return RC_EMPTY;
    }
    *out_event = event;
    return RC_OK;
}

/* Time that ran out on an errand under way. */
static enum rc hurry(struct taps *taps, struct errand *errand, struct taps_event *out_event)
{
    int64_t waited_ms = clock_mono_ms(taps->clock) - errand->sent_ms;
    if (!errand->is_moment_told && waited_ms >= TAPS_MOMENT_MS) {
        errand->is_moment_told = true;
        *out_event = (struct taps_event){.kind = TAPS_MOMENT};
        return RC_OK;
    }
    if (waited_ms < TAPS_REFUSE_MS)
        return RC_EMPTY;
    errand->is_awaited = false;
    if (errand_refuse(errand)) {
        if (errand->kind == ERRAND_TAP)
            recent_void(&taps->recent, &errand->tap.badge);
        tell_refused(taps, RC_TIMEOUT);
    }
    return RC_EMPTY;
}

static void try_mending(struct taps *taps)
{
    if (clock_mono_ms(taps->clock) < taps->mend_ms)
        return;
    taps->mend_ms = INT64_MAX;
    send(taps, errand_make(ERRAND_MEND, taps->clock));
}

enum rc taps_next(struct taps *taps, struct taps_event *out_event)
{
    enum rc rc = RC_EMPTY;
    try_mending(taps);
    for (struct errand **at = &taps->errands; rc == RC_EMPTY && *at;) {
        struct errand *errand = *at;
        if (errand->is_back) {
            *at = errand->next;
            rc = finish(taps, errand, out_event);
            free(errand);
            continue;
        }
        if (errand->is_awaited)
            rc = hurry(taps, errand, out_event);
        at = &errand->next;
    }
    if (rc == RC_EMPTY && taps->has_refused) {
        taps->has_refused = false;
        *out_event = taps->refused;
        rc = RC_OK;
    }
    return rc;
}
