/* What an arrival says to somebody whose first visit is not over yet, and to who looks after one.
 */
#include <stdio.h>
#include <string.h>

#include "app/store/door_i.h"
#include "app/store/welcome.h"

static enum rc find_deepening(struct db *db, int64_t at_ms, struct answer *answer)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query_row(db, &rows,
                     "SELECT title, from_ms FROM occasion WHERE to_ms>?1 AND from_ms>?1"
                     " AND kind IN (?2, ?3) AND state=?4 ORDER BY from_ms, station, seq LIMIT 1",
                     "iddd", at_ms, (int)OCCASION_INFO, (int)OCCASION_WORKSHOP, (int)OCCASION_ON);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    db_column_text(rows, 0, answer->deepening, sizeof answer->deepening);
    answer->deepening_ms = db_column(rows, 1);
    db_done(rows);
    return RC_OK;
}

static enum rc find_steps(struct db *db, const struct guide *guide, struct answer *answer)
{
    struct newcomer newcomer;
    enum rc rc = welcome_find(db, answer->person, &newcomer);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    answer->steps_left = newcomer_left(guide, &newcomer);
    bool is_due =
        !answer->is_time_doubtful && newcomer_is_deepening_due(guide, &newcomer, answer->at_ms);
    return is_due ? find_deepening(db, answer->at_ms, answer) : RC_OK;
}

static enum rc find_away(struct journal *journal, struct answer *answer)
{
    struct welcome_away away;
    enum rc rc = answer->is_time_doubtful
                     ? RC_EMPTY
                     : welcome_away(journal, answer->person, answer->at_ms, &away);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    answer->away = (struct answer_away){.last_ms = away.last_ms, .count = away.count};
    memcpy(answer->away.name, away.name, sizeof answer->away.name);
    return RC_OK;
}

enum rc door_fill_welcome(struct journal *journal, struct answer *answer)
{
    const struct guide *guide = journal_guide(journal);
    if (!guide || !door_is_arrival(answer->kind))
        return RC_OK;
    enum rc rc = find_steps(journal_db(journal), guide, answer);
    if (!rc)
        rc = find_away(journal, answer);
    if (answer->steps_left || answer->deepening_ms || answer->away.count)
        answer->shown_ms = tap_row_of(ANSWER_ASKS)->shown_ms; /* more to be read, and reached */
    return rc;
}
