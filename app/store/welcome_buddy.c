/* Who looks after a newcomer: asked, taken, named; who could be, and whom they have lost sight of.
 */
#include <string.h>

#include "app/store/rows.h"
#include "app/store/welcome_i.h"

#define MS_PER_DAY ((int64_t)24 * 3600 * 1000)

/* --- said --- */

static const struct {
    const char *how; /* as in the fact */
    enum newcomer_buddy state;
} hows[] = {
    [BUDDY_ASKED] = {"asked", NEWCOMER_BUDDY_ASKED},
    [BUDDY_TAKEN] = {"taken", NEWCOMER_BUDDY_TAKEN},
    [BUDDY_DECLINED] = {"declined", NEWCOMER_BUDDY_NONE},
    [BUDDY_MISSED] = {"missed", NEWCOMER_BUDDY_NONE},
    [BUDDY_NAMED] = {"named", NEWCOMER_BUDDY_NAMED},
};

static bool is_looked_after(enum newcomer_buddy state)
{
    return state == NEWCOMER_BUDDY_TAKEN || state == NEWCOMER_BUDDY_NAMED;
}

/* Who could not stays out only where nobody else was asked since; said again it changes nothing. */
static bool has_passed(const struct newcomer *newcomer, struct fact_id buddy)
{
    for (int i = 0; i < newcomer->passed_count; i++)
        if (fact_id_is_same(newcomer->passed[i], buddy))
            return !fact_id_is_same(newcomer->buddy, buddy);
    return false;
}

static bool is_so_already(const struct newcomer *newcomer, struct fact_id buddy,
                          enum newcomer_buddy state)
{
    if (state == NEWCOMER_BUDDY_NONE)
        return has_passed(newcomer, buddy);
    return newcomer->buddy_state == state && fact_id_is_same(newcomer->buddy, buddy);
}

static enum rc check_buddy(const struct welcome_one *one, struct fact_id buddy,
                           enum newcomer_buddy state)
{
    struct person person;
    const struct newcomer *newcomer = &one->newcomer;
    bool is_taken =
        newcomer->buddy_state == NEWCOMER_BUDDY_TAKEN && !fact_id_is_same(newcomer->buddy, buddy);
    if (fact_id_is_same(one->person.id, buddy))
        return office_refuse(OFFICE_BUDDY_SELF, one->out_reason);
    if (is_taken && state != NEWCOMER_BUDDY_NONE)
        return office_refuse(OFFICE_BUDDY_TAKEN, one->out_reason);
    return office_find(one->journal, buddy, &person, one->out_reason);
}

static enum rc set_buddy(const struct welcome_one *one, struct fact_id buddy, enum buddy_how how)
{
    enum newcomer_buddy state = hows[how].state;
    enum rc rc = check_buddy(one, buddy, state);
    if (!rc && !is_so_already(&one->newcomer, buddy, state))
        rc = office_add(one->journal, &one->office, FACT_BUDDY, one->person.id,
                        json_pack("{s:[I,I],s:s}", "buddy", (json_int_t)buddy.station,
                                  (json_int_t)buddy.seq, "how", hows[how].how),
                        NULL);
    return !rc && is_looked_after(state) ? welcome_mark(one, GUIDE_BUDDY, NEWCOMER_DONE) : rc;
}

enum rc welcome_buddy(struct journal *journal, const struct office *office, struct fact_id person,
                      struct fact_id buddy, enum buddy_how how, struct reason *out_reason)
{
    struct welcome_one one;
    enum rc rc = welcome_open(journal, office, person, buddy, &one, out_reason);
    return rc ? rc : office_end(journal, set_buddy(&one, buddy, how), out_reason);
}

/* --- who could be asked --- */

/*
 * In the house, and said yes to both; with how many they look after by now, when they were asked
 * last, and how far they are themselves.
 */
#define LOAD                                                                                       \
    "(SELECT count(*) FROM newcomer w WHERE w.buddy_station=p.station AND w.buddy_seq=p.seq"       \
    " AND w.buddy_seq>0 AND w.buddy_state>=?2 AND w.began_ms>=?3)"
#define ASKED                                                                                      \
    "(SELECT coalesce(max(w.buddy_ms), 0) FROM newcomer w WHERE w.buddy_station=p.station"         \
    " AND w.buddy_seq=p.seq AND w.buddy_seq>0)"
#define AGREED(field)                                                                              \
    " AND EXISTS(SELECT 1 FROM consent c WHERE c.station=p.station AND c.seq=p.seq AND"            \
    " c.field=" field " AND c.is_given)"

static void read_buddy(struct sqlite3_stmt *rows, enum language home, struct buddy *out_buddy)
{
    struct person person = {.number = ""};
    rows_read_person(rows, 0, &person);
    *out_buddy = (struct buddy){.person = person.id,
                                .language = person_language(&person, home),
                                .load = (int)db_column(rows, ROWS_PERSON_COLUMNS),
                                .asked_ms = db_column(rows, ROWS_PERSON_COLUMNS + 1)};
    person_display_name(&person, out_buddy->name, sizeof out_buddy->name);
}

static bool is_on_the_way(struct sqlite3_stmt *rows, const struct guide *guide)
{
    struct newcomer newcomer;
    int at = ROWS_PERSON_COLUMNS + 2;
    rows_read_newcomer(rows, at, &newcomer);
    newcomer.has_begun = !fact_id_is_none(newcomer.began);
    return newcomer.has_begun && !newcomer_is_welcomed(guide, &newcomer);
}

static enum rc list_willing(struct db *db, const struct guide *guide, enum language home,
                            int64_t now_ms, struct buddy *out_buddies, size_t *out_count)
{
    struct sqlite3_stmt *rows = NULL;
    size_t count = 0;
    enum rc rc = db_query(db, &rows,
                          "SELECT" ROWS_PERSON "," LOAD "," ASKED "," ROWS_NEWCOMER "FROM visit v"
                          " JOIN person p ON p.station=v.person_station AND p.seq=v.person_seq"
                          " LEFT JOIN newcomer n ON n.station=p.station AND n.seq=p.seq"
                          " WHERE v.how_out=0 AND v.closes_ms>?1" AGREED("?4")
                              AGREED("?5") " ORDER BY v.arrived_ms",
                          "ididd", now_ms, (int)NEWCOMER_BUDDY_TAKEN,
                          now_ms - WELCOME_LOOKED_AFTER_MS, (int)CONSENT_HERE, (int)CONSENT_BUDDY);
    while (!rc && count < WELCOME_BUDDIES_MAX && !(rc = db_step(db, rows)))
        if (!is_on_the_way(rows, guide))
            read_buddy(rows, home, &out_buddies[count++]);
    db_done(rows);
    if (rc && rc != RC_EMPTY)
        return rc;
    *out_count = count;
    return RC_OK;
}

enum rc welcome_buddies(struct journal *journal, struct fact_id person, enum language home,
                        int64_t now_ms, struct buddy *out_buddies, size_t *out_count)
{
    struct db *db = journal_db(journal);
    const struct guide *guide = journal_guide(journal);
    struct newcomer newcomer = {.has_begun = false};
    struct person known = {.number = ""};
    size_t count = 0;
    enum rc rc = db ? lookup_person(db, person, &known) : RC_IO;
    if (!rc && guide)
        rc = list_willing(db, guide, home, now_ms, out_buddies, &count);
    if (!rc)
        rc = welcome_find(db, person, &newcomer);
    if (rc && rc != RC_EMPTY)
        return rc;
    if (count)
        count = buddy_choose(out_buddies, count, &newcomer, person, person_language(&known, home),
                             guide->buddy_newcomers);
    *out_count = count;
    return RC_OK;
}

/* --- whom they lost sight of --- */

#define LAST                                                                                       \
    "(SELECT coalesce(max(v.arrived_ms), 0) FROM visit v WHERE v.person_station=n.station"         \
    " AND v.person_seq=n.seq)"

static void take_away(struct sqlite3_stmt *rows, struct welcome_away *away)
{
    struct person person = {.number = ""};
    if (away->count++)
        return;
    rows_read_person(rows, 0, &person);
    away->person = person.id;
    away->last_ms = db_column(rows, ROWS_PERSON_COLUMNS);
    person_display_name(&person, away->name, sizeof away->name);
}

enum rc welcome_away(struct journal *journal, struct fact_id buddy, int64_t now_ms,
                     struct welcome_away *out_away)
{
    struct db *db = journal_db(journal);
    const struct guide *guide = journal_guide(journal);
    struct sqlite3_stmt *rows = NULL;
    struct welcome_away away = {.count = 0};
    if (!guide || !guide->away_days)
        return RC_EMPTY;
    enum rc rc =
        db_query(db, &rows,
                 "SELECT" ROWS_PERSON "," LAST " AS last_ms FROM newcomer n"
                 " JOIN person p ON p.station=n.station AND p.seq=n.seq"
                 " WHERE n.buddy_station=? AND n.buddy_seq=? AND n.buddy_seq>0 AND n.buddy_state>=?"
                 " AND n.began_ms>=? AND last_ms<? ORDER BY last_ms DESC, n.station, n.seq",
                 "Idii", buddy, (int)NEWCOMER_BUDDY_TAKEN, now_ms - WELCOME_LOOKED_AFTER_MS,
                 now_ms - guide->away_days * MS_PER_DAY);
    while (!rc && !(rc = db_step(db, rows)))
        take_away(rows, &away);
    db_done(rows);
    if (rc != RC_EMPTY || !away.count)
        return rc;
    *out_away = away;
    return RC_OK;
}
