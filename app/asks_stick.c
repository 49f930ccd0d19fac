/*
 * What staff ask of the USB stick: opened, taken out to, taken in from, let go; and somebody
 * forgotten for good. How far it is with what is carried is told by the load.
 */
#include "app/asks_i.h"
#include "app/incoming.h"
#include "app/outgoing.h"
#include "app/store/erase.h"
#include "app/store/mark.h"
#include "app/store/place.h"

/* --- the stick --- */

/* When it was taken out last; the stick itself is opened on the loop's thread. */
enum rc asks_stick(struct doing *doing, struct journal *journal)
{
    struct mark mark;
    enum rc rc = mark_get(journal_db(journal), &mark);
    if (rc)
        return rc;
    doing->told.count = doing->told.total = 1;
    doing->told.until_ms = place_now(journal, &doing->now);
    doing->told.rows[0] = (struct row){.at_ms = mark.at_ms, .mark = doing->is_sealed};
    return RC_OK;
}

/* The page goes on first: it is not for what comes of the load now. */
void asks_seen(struct station *station, const struct ask *ask)
{
    asks_answer(station, ask->kind, TOLD_YES, NULL);
    station_see_end(station);
}

void asks_let_go(struct station *station, const struct ask *ask)
{
    station_see_end(station);
    station_let_stick_go(station);
    asks_answer(station, ask->kind, TOLD_YES, NULL);
}

static void answer(struct station *station, const struct ask *ask, const char *why)
{
    asks_answer(station, ask->kind, why ? TOLD_NO : TOLD_YES, why);
}

/* Who wants a list to print may come here before the stick was opened. */
void asks_carry_out(struct station *station, const struct ask *ask)
{
    const struct load *load = &station->load;
    bool is_opening = load->stand == LOAD_OPENING || load->work == LOAD_LOOKS;
    if (!is_opening && load->stand != LOAD_THERE) {
        answer(station, ask, outgoing_begin(station, ask));
        return;
    }
    station->load_wanted = *ask;
    station->load_wanted.ink = NULL;
    asks_answer(station, ask->kind, TOLD_YES, NULL);
    if (!is_opening)
        station_take_stick(station);
}

void asks_stop(struct station *station, const struct ask *ask)
{
    outgoing_stop(station);
    asks_answer(station, ask->kind, TOLD_YES, NULL);
}

/* --- lists --- */

void asks_found(struct station *station, const struct ask *ask)
{
    incoming_tell_found(station, ask);
}

/* What they come to is told once it is there. */
void asks_carry_in(struct station *station, const struct ask *ask)
{
    const char *why =
        ask->kind == ASK_PREVIEW ? incoming_preview(station, ask) : incoming_take(station, ask);
    if (why)
        asks_answer(station, ask->kind, TOLD_NO, why);
}

/* --- somebody is forgotten --- */

/* What would stay of them, before anybody says that they are to be forgotten. */
enum rc asks_outlook(struct doing *doing, struct journal *journal)
{
    struct erase_outlook outlook;
    int64_t now_ms = place_now(journal, &doing->now); /* may open the database again */
    if (!journal_db(journal))
        return RC_IO;
    enum rc rc = erase_count(journal_db(journal), doing->ask.person, now_ms, &outlook);
    if (rc == RC_EMPTY) {
        reason_set(&doing->why, "%s", WORDS_MARK("Nobody here has that name any more."));
        return RC_NOT_FOUND;
    }
    if (rc)
        return rc;
    doing->told.count = doing->told.total = 1;
    doing->told.rows[0].number[0] = (int)(outlook.visits + outlook.sums_visits);
    doing->told.rows[0].number[1] = (int)(outlook.seconds / 60);
    return RC_OK;
}

enum rc asks_erase(struct doing *doing, struct journal *journal)
{
    const struct office office = {.by = doing->ask.by, .now = doing->now};
    if (fact_id_is_same(doing->ask.person, doing->ask.by)) {
        reason_set(&doing->why, "%s",
                   WORDS_MARK("Nobody can forget themselves here: let somebody "
                              "else of staff do it."));
        return RC_REFUSED;
    }
    bool is_clean; /* while somebody reads, the log is emptied later */
    return erase_by_office(journal, &office, doing->ask.person, &is_clean, &doing->why);
}
