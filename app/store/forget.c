#include "app/store/forget.h"

#include "app/domain/day.h"
#include "app/store/closing.h"
#include "app/store/forget_i.h"
#include "app/store/office_i.h"

/* Rules of another time may have ended days at another hour. */
#define SLACK_MS ((int64_t)48 * 3600 * 1000)

#define IS_OVER " AND (how_out<>0 OR closes_ms<=?)"

int forget_first_day_kept(int today, int months)
{
    int month = ((today / 10000 * 12) + (today / 100 % 100) - 1) - months;
    return (month / 12 * 10000) + ((month % 12 + 1) * 100) + 1;
}

/* --- one part --- */

enum rc forget_read_people(struct db *db, struct sqlite3_stmt *rows, struct forget_people *people)
{
    enum rc rc = RC_OK;
    while (people->count < FORGET_PART && !(rc = db_step(db, rows)))
        people->ids[people->count++] = db_column_id(rows, 0);
    db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc forget_part(const struct forget_work *work, struct journal *journal,
                    const struct office *office, int *out_count, struct reason *out_reason)
{
    struct forget_people people = {.count = 0};
    int64_t now_ms;
    bool is_doubtful;
    enum rc rc = office_begin(journal, office, RIGHT_ROLES, OFFICE_ABOUT_HOUSE,
                              (struct fact_id){0, 0}, out_reason);
    if (rc)
        return rc;
    journal_place_now(journal, &now_ms, &is_doubtful);
    if (!is_doubtful)
        rc = work->find(journal_db(journal), work, now_ms, &people);
    if (!rc && people.count)
        rc = work->forget(journal, office, work, now_ms, &people);
    rc = office_end(journal, rc, out_reason);
    if (rc)
        return rc;
    *out_count = people.count;
    /* It is done, whatever becomes of the log: that is written over in time. */
    if (people.count)
        (void)!journal_empty_log(journal);
    return RC_OK;
}

/* --- visits --- */

static int first_day_kept(const struct forget_work *work, int64_t now_ms)
{
    int today = day_number(now_ms, work->day_end_min);
    return work->is_counted ? today : forget_first_day_kept(today, work->privacy->visit_months);
}

/* People as they come, by arrival: in their own order it would be a walk through all visits. */
static enum rc find_old(struct db *db, const struct forget_work *work, int64_t now_ms,
                        struct forget_people *people)
{
    struct sqlite3_stmt *rows = NULL;
    int day = first_day_kept(work, now_ms);
    enum rc rc = db_query(db, &rows,
                          "SELECT DISTINCT +person_station, +person_seq FROM visit"
                          " WHERE arrived_ms<? AND day<?" IS_OVER,
                          "idi", day_number_begin(day, work->day_end_min) + SLACK_MS, day, now_ms);
    if (!rc)
        rc = forget_read_people(db, rows, people);
    /* What somebody did who was not in, or what is told late of a visit that went. */
    if (rc || people->count)
        return rc;
    rc = db_query(db, &rows, "SELECT DISTINCT +person_station, +person_seq FROM deed WHERE day<?",
                  "d", day);
    return rc ? rc : forget_read_people(db, rows, people);
}

/* Of one kind: who was there, and who only had something come back there. */
static enum rc find_of_kind(struct db *db, const struct forget_work *work, int kind, int64_t now_ms,
                            struct forget_people *people)
{
    struct sqlite3_stmt *rows = NULL;
    int day = first_day_kept(work, now_ms);
    int64_t before_ms = day_number_begin(day, work->day_end_min) + SLACK_MS;
    enum rc rc = db_query(db, &rows,
                          "SELECT DISTINCT +person_station, +person_seq FROM visit"
                          " WHERE kind=? AND arrived_ms<? AND day<?" IS_OVER,
                          "didi", kind, before_ms, day, now_ms);
    if (!rc)
        rc = forget_read_people(db, rows, people);
    if (rc || people->count)
        return rc;
    rc = db_query(db, &rows,
                  "SELECT DISTINCT d.person_station, d.person_seq FROM occasion o CROSS JOIN deed d"
                  " ON d.occasion_station=o.station AND d.occasion_seq=o.seq"
                  " WHERE o.kind=? AND d.day<? AND d.kind IN (?,?)",
                  "dddd", kind, day, (int)DEED_DRINK, (int)DEED_BASKET);
    return rc ? rc : forget_read_people(db, rows, people);
}

static enum rc find_counted(struct db *db, const struct forget_work *work, int64_t now_ms,
                            struct forget_people *people)
{
    enum rc rc = RC_OK;
    for (int kind = 0; !rc && !people->count && kind < OCCASION_COUNT; kind++)
        if (work->privacy->count[kind] == PRIVACY_NUMBER)
            rc = find_of_kind(db, work, kind, now_ms, people);
    return rc;
}

static enum rc close_one(struct journal *journal, const struct office *office,
                         struct fact_id person, const struct closing_rule *rule,
                         struct totals *house, struct stone *stone)
{
    struct closing closing;
    enum rc rc = closing_begin(journal, office, person, rule, &closing);
    if (!rc && (closing.count || closing.deed_count)) {
        rc = closing_write(&closing, house);
        if (!rc)
            rc = closing_bury(&closing, stone);
    }
    closing_finish(&closing);
    return rc;
}

static enum rc close_visits(struct journal *journal, const struct office *office,
                            const struct forget_work *work, int64_t now_ms,
                            const struct forget_people *people)
{
    struct totals house = {.rows = NULL};
    struct stone stone = {.journal = journal, .office = office};
    struct closing_rule rule = {.before_day = first_day_kept(work, now_ms),
                                .is_nobodys = work->is_counted,
                                .now_ms = now_ms};
    enum rc rc = RC_OK;
    for (int kind = 0; kind < OCCASION_COUNT; kind++)
        rule.kinds[kind] = !work->is_counted || work->privacy->count[kind] == PRIVACY_NUMBER;
    struct forget_people in_order = *people; /* or their sums would stand as they came */
    ids_sort(&(struct ids){.rows = in_order.ids, .count = (size_t)in_order.count});
    for (int i = 0; !rc && i < in_order.count; i++)
        rc = close_one(journal, office, in_order.ids[i], &rule, &house, &stone);
    if (!rc)
        rc = closing_write_house(journal, office, &house);
    rc = stone_end(&stone, rc);
    totals_finish(&house);
    return rc;
}

enum rc forget_old_visits(struct journal *journal, const struct office *office,
                          const struct privacy *privacy, int *out_count, struct reason *out_reason)
{
    const struct forget_work work = {.privacy = privacy,
                                     .day_end_min = journal_day_end_min(journal),
                                     .find = find_old,
                                     .forget = close_visits};
    if (privacy->visit_months)
        return forget_part(&work, journal, office, out_count, out_reason);
    *out_count = 0;
    return RC_OK;
}

enum rc forget_who_was_counted(struct journal *journal, const struct office *office,
                               const struct privacy *privacy, int *out_count,
                               struct reason *out_reason)
{
    const struct forget_work work = {.privacy = privacy,
                                     .day_end_min = journal_day_end_min(journal),
                                     .is_counted = true,
                                     .find = find_counted,
                                     .forget = close_visits};
    return forget_part(&work, journal, office, out_count, out_reason);
}
