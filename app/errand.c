#include "app/errand.h"

#include <stdlib.h>

/*
 * What somebody is told of an errand, decided once: by the loop when it has waited for too long, or
 * by the writer when the fact is on disk. So a fact that lands late is known to be refused before
 * anything else is read or written.
 */
enum fate { FATE_OPEN, FATE_REFUSED, FATE_LANDED };

static bool decide_fate(struct errand *errand, enum fate fate)
{
    int open = FATE_OPEN;
    return atomic_compare_exchange_strong(&errand->fate, &open, (int)fate);
}

bool errand_refuse(struct errand *errand)
{
    return decide_fate(errand, FATE_REFUSED);
}

bool errand_is_refused(const struct errand *errand)
{
    return atomic_load(&errand->fate) == FATE_REFUSED;
}

/* --- on the writer's thread --- */

static void set_clock(struct errand *errand, struct journal *journal)
{
    const struct fact_id nobody = {0, 0};
    enum rc rc = journal_begin(journal, &errand->tap.now);
    if (!rc)
        rc = journal_add(journal, FACT_CLOCK_SET, nobody, nobody,
                         json_pack("{s:s}", "by", "system"), NULL);
    if (!rc)
        rc = journal_commit(journal);
    else
        journal_rollback(journal);
    errand->result.disk = rc;
}

static void serve(struct errand *errand, struct journal *journal)
{
    struct door_result *result = &errand->result;
    const struct clock_reading *now = &errand->tap.now;
    switch (errand->kind) {
    case ERRAND_TAP: door_tap(journal, &errand->tap, result); break;
    case ERRAND_PRESS: door_press(journal, &errand->press, result); break;
    case ERRAND_UNDO:
        result->answer.person = errand->person;
        result->disk =
            door_undo(journal, FACT_UNDO, errand->person, errand->fact, now, &result->answer.fact);
        break;
    case ERRAND_CLOCK: set_clock(errand, journal); break;
    case ERRAND_MEND: result->disk = journal_mend(journal, now); break;
    }
}

/* Refused while it was written: taken back before anything else happens. */
static void take_back(struct errand *errand, struct journal *journal)
{
    const struct answer *answer = &errand->result.answer;
    struct fact_id fact;
    if (fact_id_is_none(answer->fact))
        return;
    errand->result.disk =
        door_undo(journal, FACT_TAKE_BACK, answer->person, answer->fact, &errand->tap.now, &fact);
    if (errand->result.disk)
        journal_owe(journal, answer->person, answer->fact);
}

static void run(struct job *job, struct journal *journal)
{
    struct errand *errand = (struct errand *)job;
    if (errand_is_refused(errand))
        return;
    serve(errand, journal);
    if (!decide_fate(errand, FATE_LANDED))
        take_back(errand, journal);
}

/* --- on the loop's thread --- */

static void done(struct job *job, void *context)
{
    (void)context;
    ((struct errand *)job)->is_back = true;
}

struct errand *errand_make(enum errand_kind kind, const struct clock *clock)
{
    struct errand *errand = calloc(1, sizeof *errand);
    if (!errand)
        return NULL;
    errand->job.run = run;
    errand->job.done = done;
    errand->kind = kind;
    errand->is_awaited = kind <= ERRAND_UNDO;
    clock_read(clock, &errand->tap.now);
    errand->sent_ms = errand->tap.now.mono_ms;
    return errand;
}
