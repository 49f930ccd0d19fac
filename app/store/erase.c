#include "app/store/erase.h"

#include "app/domain/fold.h"
#include "app/store/office_i.h"

/* A body holds more, but what one tombstone says should be read at one glance. */
#define RANGES_MAX 200

/* --- what stays --- */

/* The totals of that organisation; NULL where there is no room for another. */
static struct presence_total *find_total(struct presence *presence, struct fact_id organisation)
{
    for (size_t i = 0; i < presence->total_count; i++)
        if (fact_id_is_same(presence->totals[i].organisation, organisation))
            return &presence->totals[i];
    if (presence->total_count == PRESENCE_TOTALS_MAX)
        return NULL;
    struct presence_total *total = &presence->totals[presence->total_count++];
    *total = (struct presence_total){.organisation = organisation};
    return total;
}

/* RC_LIMIT: they gave to more organisations than a closing fact has room for. */
static enum rc add_up(struct presence *presence)
{
    struct presence_total *total;
    for (size_t i = 0; i < presence->count; i++) {
        if (!(total = find_total(presence, presence->visits[i].organisation)))
            return RC_LIMIT;
        total->visits++;
    }
    for (size_t i = 0; i < presence->stint_count; i++) {
        if (!(total = find_total(presence, presence->stints[i].organisation)))
            return RC_LIMIT;
        total->seconds += presence->stints[i].seconds;
    }
    return RC_OK;
}

static json_t *totals_to_json(const struct presence *presence)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < presence->total_count; i++) {
        const struct presence_total *total = &presence->totals[i];
        json_t *row =
            json_pack("{s:[I,I],s:I,s:I}", "organisation", (json_int_t)total->organisation.station,
                      (json_int_t)total->organisation.seq, "visits", (json_int_t)total->visits,
                      "seconds", (json_int_t)total->seconds);
        if (json_array_append_new(rows, row)) {
            json_decref(rows);
            return NULL;
        }
    }
    return json_pack("{s:o}", "totals", rows);
}

static enum rc close_books(struct journal *journal, const struct office *office,
                           struct fact_id person)
{
    struct facts facts = {.rows = NULL};
    struct fold fold = {.is_known = false};
    enum rc rc = facts_load_subject(journal_db(journal), person, &facts);
    if (!rc)
        rc = fold_person(facts.rows, facts.count, &fold);
    if (!rc)
        rc = add_up(&fold.presence);
    if (!rc && fold.presence.total_count)
        rc =
            office_add(journal, office, FACT_CLOSING, person, totals_to_json(&fold.presence), NULL);
    fold_finish(&fold);
    facts_finish(&facts);
    return rc;
}

/* --- what goes --- */

/* A tombstone in the making: facts that follow each other are one range. */
struct stone {
    json_t *ranges;
    struct fact_id first, last; /* of the range so far; none: there is none */
};

static enum rc end_range(struct stone *stone)
{
    if (fact_id_is_none(stone->first))
        return RC_OK;
    json_t *range = json_pack("[I,I,I]", (json_int_t)stone->first.station,
                              (json_int_t)stone->first.seq, (json_int_t)stone->last.seq);
    stone->first = (struct fact_id){0, 0};
    return json_array_append_new(stone->ranges, range) ? RC_NO_MEMORY : RC_OK;
}

static enum rc take(struct stone *stone, struct fact_id fact)
{
    bool continues = !fact_id_is_none(stone->first) && fact.station == stone->last.station &&
                     fact.seq == stone->last.seq + 1;
    enum rc rc = continues ? RC_OK : end_range(stone);
    if (!continues)
        stone->first = fact;
    stone->last = fact;
    return rc;
}

/* The next facts with a body, behind the last; a whole tombstone of them, or what there is. */
static enum rc collect(struct db *db, struct fact_id person, struct stone *stone)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(db, &rows,
                          "SELECT station, seq FROM fact"
                          " WHERE subject_station=? AND subject_seq=? AND (station, seq)>(?,?)"
                          " AND body IS NOT NULL AND kind NOT IN (?,?) ORDER BY station, seq",
                          "IIdd", person, stone->last, (int)FACT_CLOSING, (int)FACT_TOMBSTONE);
    while (!rc && json_array_size(stone->ranges) < RANGES_MAX && !(rc = db_step(db, rows)))
        rc = take(stone, db_column_id(rows, 0));
    db_done(rows);
    if (rc && rc != RC_EMPTY)
        return rc;
    return end_range(stone);
}

static enum rc set_stone(struct journal *journal, const struct office *office,
                         struct fact_id person, struct stone *stone)
{
    stone->ranges = json_array();
    enum rc rc = stone->ranges ? collect(journal_db(journal), person, stone) : RC_NO_MEMORY;
    if (!rc && !json_array_size(stone->ranges))
        rc = RC_EMPTY;
    if (rc) {
        json_decref(stone->ranges);
        return rc;
    }
    return office_add(journal, office, FACT_TOMBSTONE, person,
                      json_pack("{s:o}", "of", stone->ranges), NULL);
}

enum rc erase_person(struct journal *journal, const struct office *office, struct fact_id person)
{
    struct stone stone = {.last = {INT64_MIN, 0}};
    enum rc rc = close_books(journal, office, person);
    while (!rc)
        rc = set_stone(journal, office, person, &stone);
    return rc == RC_EMPTY ? RC_OK : rc;
}
