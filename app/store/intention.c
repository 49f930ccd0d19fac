#include <stdio.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/store/belonging.h"
#include "app/store/intention_i.h"
#include "app/store/keys.h"
#include "app/store/office_i.h"
#include "app/store/rows.h"

/* --- beside what was given --- */

static int last_month_day(int today)
{
    return day_number_add(day_first_of_month(today), -1);
}

static enum rc find_first_day(struct db *db, struct fact_id person, int *out_day)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query_row(db, &rows,
                     "SELECT coalesce(min(day), 0) FROM (SELECT day FROM visit"
                     " WHERE person_station=? AND person_seq=? ORDER BY arrived_ms LIMIT 1)",
                     "I", person);
    if (rc)
        return rc;
    *out_day = (int)db_column(rows, 0);
    db_done(rows);
    return RC_OK;
}

static struct intention_span this_month(int today)
{
    return (struct intention_span){day_first_of_month(today), today, false, {0, 0}};
}

static struct intention_span last_month(int today)
{
    int last_day = last_month_day(today);
    return (struct intention_span){day_first_of_month(last_day), last_day, false, {0, 0}};
}

static enum rc find_balance(struct journal *journal, const struct person *person,
                            const struct circle *circle, int today, struct answer *answer)
{
    struct db *db = journal_db(journal);
    struct circle_given given = {.day = today};
    enum rc rc = intention_find_given(db, person->id, circle, this_month(today), answer->at_ms,
                                      &given.this_month_s);
    if (!rc)
        rc = intention_find_given(db, person->id, circle, last_month(today), answer->at_ms,
                                  &given.last_month_s);
    if (!rc)
        rc = find_first_day(db, person->id, &given.first_day);
    if (!rc)
        answer->balance = circle_balance(journal_circles(journal), person, &given);
    return rc;
}

enum rc intention_of_one(struct journal *journal, const struct person *person, int today,
                         int64_t now_ms, int64_t *seconds)
{
    const struct circle *circle = circle_find(journal_circles(journal), person->circle);
    if (!circle || !circle->organisation[0] ||
        !circle_intended_s(journal_circles(journal), person, today))
        return RC_OK;
    return intention_find_given(journal_db(journal), person->id, circle, this_month(today), now_ms,
                                seconds);
}

enum rc intention_fill(struct journal *journal, struct answer *answer)
{
    struct person person;
    const struct circle_list *circles = journal_circles(journal);
    int today = day_number(answer->at_ms, journal_day_end_min(journal));
    enum rc rc = lookup_person(journal_db(journal), answer->person, &person);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    answer->is_private = person.private_hours[0] != 0;
    if (answer->role == ROLE_STAFF)
        return RC_OK;
    answer->intended_s = circle_intended_s(circles, &person, today);
    rc = intention_of_one(journal, &person, today, answer->at_ms, &answer->month_s);
    bool is_said =
        answer->kind == ANSWER_DEPARTURE && answer->intended_s > 0 && !answer->is_time_doubtful;
    return !rc && is_said
               ? find_balance(journal, &person, circle_find(circles, person.circle), today, answer)
               : rc;
}

/* --- set --- */

static const struct fact_id nobody = {0, 0};

/* Whose it is, where `by` may change it. */
static enum rc find_self(struct journal *journal, const struct office *office, struct fact_id id,
                         struct person *out_person, struct reason *out_reason)
{
    enum rc rc = office_check_self(journal, office, id, RIGHT_BADGES, out_reason);
    return rc ? rc : office_find(journal, id, out_person, out_reason);
}

static enum rc change(struct journal *journal, const struct office *office,
                      const struct person *before, enum person_key key, const char *text)
{
    struct person after = *before;
    enum rc rc = person_set(&after, key, text);
    if (rc || strcmp(person_text_const(before, key), person_text_const(&after, key)) == 0)
        return rc;
    return office_add(journal, office, FACT_PERSON_CHANGED, before->id,
                      person_changes(before, &after), NULL);
}

static enum rc set_field(struct journal *journal, const struct office *office, struct fact_id id,
                         enum person_key key, const char *text, struct reason *out_reason)
{
    struct person person;
    enum rc rc = journal_begin(journal, &office->now);
    if (rc)
        return db_tell(rc, journal_db(journal), out_reason);
    rc = find_self(journal, office, id, &person, out_reason);
    if (!rc && key == PERSON_CIRCLE && circle_rights(journal_circles(journal), text))
        rc = office_may(journal, office, RIGHT_ROLES, OFFICE_ABOUT_HOUSE, nobody, out_reason);
    if (!rc)
        rc = change(journal, office, &person, key, text);
    return office_end(journal, rc, out_reason);
}

enum rc intention_set_circle(struct journal *journal, const struct office *office,
                             struct fact_id person, const char *name, struct reason *out_reason)
{
    const struct circle *circle = circle_find(journal_circles(journal), name);
    if (!circle && name[0])
        return office_refuse(OFFICE_NO_CIRCLE, out_reason);
    return set_field(journal, office, person, PERSON_CIRCLE, circle ? circle->name : "",
                     out_reason);
}

/* Where no clock can be trusted, any day may be to come. */
static enum rc check_rest(struct journal *journal, int until_day, struct reason *out_reason)
{
    int64_t at_ms;
    bool is_doubtful;
    journal_place_now(journal, &at_ms, &is_doubtful);
    bool is_over = until_day <= day_number(at_ms, journal_day_end_min(journal));
    return is_over && !is_doubtful ? office_refuse(OFFICE_REST_OVER, out_reason) : RC_OK;
}

static enum rc rest(struct journal *journal, const struct office *office, struct fact_id id,
                    int until_day, const char *date, struct reason *out_reason)
{
    struct person person;
    enum rc rc = find_self(journal, office, id, &person, out_reason);
    if (!rc && until_day)
        rc = check_rest(journal, until_day, out_reason);
    return rc ? rc : change(journal, office, &person, PERSON_PAUSED_UNTIL, date);
}

enum rc intention_rest(struct journal *journal, const struct office *office, struct fact_id person,
                       int until_day, struct reason *out_reason)
{
    char date[32] = "";
    int same;
    if (until_day)
        snprintf(date, sizeof date, "%04d-%02d-%02d", until_day / 10000, until_day / 100 % 100,
                 until_day % 100);
    if (until_day && day_from_iso(date, &same))
        return office_refuse(OFFICE_REST_NO_DAY, out_reason);
    enum rc rc = journal_begin(journal, &office->now);
    if (rc)
        return db_tell(rc, journal_db(journal), out_reason);
    return office_end(journal, rest(journal, office, person, until_day, date, out_reason),
                      out_reason);
}

enum rc intention_hide(struct journal *journal, const struct office *office, struct fact_id person,
                       bool is_private, struct reason *out_reason)
{
    return set_field(journal, office, person, PERSON_PRIVATE_HOURS, is_private ? "yes" : "",
                     out_reason);
}

enum rc intention_be_discreet(struct journal *journal, const struct office *office,
                              struct fact_id person, bool is_discreet, struct reason *out_reason)
{
    return set_field(journal, office, person, PERSON_DISCREET, is_discreet ? "yes" : "",
                     out_reason);
}

/* --- the list --- */

struct listing {
    const struct circle_list *circles;
    struct fact_id organisation; /* none: everybody */
    int today;
    int64_t now_ms;
    struct intention_row *rows;
    size_t max, listed, total;
    struct intention_sums sums;
};

static void count(struct listing *listing, const struct person *person, bool is_staff,
                  const struct circle_given *given, int64_t last_ms)
{
    const struct circle *circle = circle_find(listing->circles, person->circle);
    bool is_resting = circle_is_resting(person, listing->today);
    int64_t intended_s = is_staff ? 0 : circle_intended_s(listing->circles, person, listing->today);
    listing->sums.lives[life_of(last_ms, is_resting, listing->now_ms)]++;
    if (circle) {
        size_t at = (size_t)(circle - listing->circles->circles);
        listing->sums.circles[at].people++;
        listing->sums.circles[at].given_s += given->this_month_s;
        listing->sums.circles[at].intended_s += intended_s;
    } else {
        listing->sums.other.people++;
        listing->sums.other.given_s += given->this_month_s;
    }
}

static void judge(struct listing *listing, const struct person *person,
                  const struct circle_given *given)
{
    enum answer_balance balance = circle_balance(listing->circles, person, given);
    bool is_under = balance == ANSWER_BALANCE_FAR_UNDER;
    int day = is_under ? day_first_of_month(last_month_day(given->day)) : given->day;
    if (balance == ANSWER_BALANCE_FINE || listing->total++ >= listing->max)
        return;
    struct intention_row *row = &listing->rows[listing->listed++];
    *row = (struct intention_row){
        .person = person->id,
        .balance = balance,
        .given_s = is_under ? given->last_month_s : given->this_month_s,
        .intended_s = circle_intended_s(listing->circles, person, day),
    };
    snprintf(row->full_name, sizeof row->full_name, "%s%s%s", person->first_name,
             person->last_name[0] ? " " : "", person->last_name);
}

static enum rc is_listed(struct db *db, const struct listing *listing, const struct circle *circle,
                         bool *out_is)
{
    struct fact_id organisation;
    bool is_all = fact_id_is_none(listing->organisation);
    *out_is = is_all;
    if (is_all || !circle)
        return RC_OK;
    enum rc rc = belonging_of_circle(db, circle, &organisation);
    if (!rc)
        *out_is = fact_id_is_same(organisation, listing->organisation);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* A person of the query below, from the row it stands on. */
static enum rc list_one(struct db *db, struct sqlite3_stmt *rows, struct listing *listing)
{
    struct person person;
    bool is = false;
    const int at = ROWS_PERSON_COLUMNS;
    rows_read_person(rows, 0, &person);
    const struct circle *circle = circle_find(listing->circles, person.circle);
    enum rc rc = is_listed(db, listing, circle, &is);
    if (rc || !is)
        return rc;
    bool is_staff = db_column(rows, at + 3) == ROLE_STAFF;
    struct circle_given given = {
        .day = listing->today,
        .this_month_s = db_column(rows, at),
        .last_month_s = db_column(rows, at + 1),
        .first_day = (int)db_column(rows, at + 4),
    };
    bool is_of_one = circle && circle->organisation[0];
    bool is_in = db_column(rows, at + 5) != 0; /* which the sums of the views don't have yet */
    int64_t last_ms = db_column(rows, at + 2);
    if (!is_staff && (is_in || is_of_one))
        rc = intention_find_given(db, person.id, circle, this_month(listing->today),
                                  listing->now_ms, &given.this_month_s);
    if (!rc && !is_staff && is_of_one)
        rc = intention_find_given(db, person.id, circle, last_month(listing->today),
                                  listing->now_ms, &given.last_month_s);
    count(listing, &person, is_staff, &given, last_ms);
    if (!is_staff)
        judge(listing, &person, &given);
    return rc;
}

/* Volunteers' hours: what staff gave as staff is theirs. */
#define GIVEN(from_, to_)                                                                          \
    "(SELECT coalesce(sum(seconds), 0) FROM stint t WHERE t.person_station=p.station AND"          \
    " t.person_seq=p.seq AND NOT t.is_staff AND t.day BETWEEN " from_ " AND " to_ ")"

enum rc intention_list(struct db *db, const struct circle_list *circles,
                       struct fact_id organisation, int today, int64_t now_ms, size_t max,
                       struct intention_row *out_rows, size_t *out_listed, size_t *out_total,
                       struct intention_sums *out_sums)
{
    struct sqlite3_stmt *rows = NULL;
    struct listing listing = {.circles = circles,
                              .organisation = organisation,
                              .today = today,
                              .now_ms = now_ms,
                              .rows = out_rows,
                              .max = max};
    const struct intention_span now = this_month(today), before = last_month(today);
    enum rc rc = db_query(
        db, &rows,
        "SELECT" ROWS_PERSON "," GIVEN("?1", "?2") "," GIVEN(
            "?3", "?4") ", (SELECT coalesce(max(v.arrived_ms), 0) FROM visit v WHERE"
                        " v.person_station=p.station AND v.person_seq=p.seq),"
                        " coalesce(k.role, 0), (SELECT coalesce(min(v.day), 0) FROM visit v WHERE"
                        " v.person_station=p.station AND v.person_seq=p.seq),"
                        " EXISTS(SELECT 1 FROM visit v WHERE v.person_station=p.station AND"
                        " v.person_seq=p.seq AND v.how_out=0)"
                        " FROM person p LEFT JOIN keyholder k"
                        " ON k.station=p.station AND k.seq=p.seq"
                        " ORDER BY filed(p.first_name), filed(p.last_name), p.station, p.seq",
        "dddd", now.first_day, now.last_day, before.first_day, before.last_day);
    while (!rc && !(rc = db_step(db, rows)))
        rc = list_one(db, rows, &listing);
    db_done(rows);
    if (rc != RC_EMPTY)
        return rc;
    *out_listed = listing.listed;
    *out_total = listing.total;
    *out_sums = listing.sums;
    return RC_OK;
}
