/* Visits by arrival. Whose they are is looked up and kept: most people come again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/store/lookup_hours.h"
#include "app/store/lookup_occasions.h"
#include "app/store/rows.h"
#include "app/store/snapshot.h"

/* --- whose they are --- */

#define SHELVES 256 /* each is there once somebody is kept on it */
#define SHELF_SLOTS 64
#define SLOT_BYTES 128

enum { NUMBER, LAST_NAME, FIRST_NAME, TEXTS };

/* Number, last and first name one behind the other; somebody with longer ones is not kept. */
struct slot {
    struct fact_id id;
    char texts[SLOT_BYTES - sizeof(struct fact_id)];
};

static void set_names(struct person *person, const char *const texts[TEXTS])
{
    snprintf(person->number, sizeof person->number, "%s", texts[NUMBER]);
    snprintf(person->last_name, sizeof person->last_name, "%s", texts[LAST_NAME]);
    snprintf(person->first_name, sizeof person->first_name, "%s", texts[FIRST_NAME]);
}

static void read_slot(const struct slot *slot, struct person *out_person)
{
    const char *texts[TEXTS], *at = slot->texts;
    for (int i = 0; i < TEXTS; i++, at += strlen(at) + 1)
        texts[i] = at;
    set_names(out_person, texts);
}

static void keep(struct slot *slot, const struct person *person)
{
    const char *const texts[TEXTS] = {person->number, person->last_name, person->first_name};
    size_t used = 0;
    for (int i = 0; i < TEXTS; i++)
        used += strlen(texts[i]) + 1;
    if (used > sizeof slot->texts)
        return;
    slot->id = person->id;
    used = 0;
    for (int i = 0; i < TEXTS; i++) {
        strcpy(slot->texts + used, texts[i]);
        used += strlen(texts[i]) + 1;
    }
}

/* Somebody who was erased has no names. */
static enum rc look_up_names(struct db *db, struct person *person)
{
    static const char *const nothing[TEXTS] = {"", "", ""};
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(
        db, &rows, "SELECT number, last_name, first_name FROM person WHERE station=? AND seq=?",
        "I", person->id);
    if (rc == RC_EMPTY)
        set_names(person, nothing);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    db_column_text(rows, NUMBER, person->number, sizeof person->number);
    db_column_text(rows, LAST_NAME, person->last_name, sizeof person->last_name);
    db_column_text(rows, FIRST_NAME, person->first_name, sizeof person->first_name);
    db_done(rows);
    return RC_OK;
}

/* --- rows --- */

/* A row of the table. */
struct arrival {
    struct visit visit;
    struct fact_id person;
    int64_t seconds;
};

struct walk {
    struct db *db;
    int64_t now_ms;
    enum rc (*row)(void *context, const struct snapshot_visit *visit);
    void *context;
    struct slot *shelves[SHELVES];
    struct snapshot_visit given;
    struct fact_id organisation; /* whose name `given` has */
    struct arrival *arrivals;    /* at the same moment */
    size_t count, room;
};

/* Where somebody of this id is kept; NULL: no memory. */
static struct slot *slot_of(struct walk *walk, struct fact_id id)
{
    uint64_t at = (uint64_t)(id.seq ^ id.station) % ((uint64_t)SHELVES * SHELF_SLOTS);
    struct slot **shelf = &walk->shelves[at / SHELF_SLOTS];
    if (!*shelf)
        *shelf = calloc(SHELF_SLOTS, sizeof **shelf);
    return *shelf ? &(*shelf)[at % SHELF_SLOTS] : NULL;
}

static enum rc find_names(struct walk *walk, struct fact_id id)
{
    struct slot *slot = slot_of(walk, id);
    struct person *person = &walk->given.person;
    if (!slot)
        return RC_NO_MEMORY;
    person->id = id;
    if (fact_id_is_same(slot->id, id)) {
        read_slot(slot, person);
        return RC_OK;
    }
    enum rc rc = look_up_names(walk->db, person);
    if (!rc)
        keep(slot, person);
    return rc;
}

static enum rc find_organisation(struct walk *walk, struct fact_id id)
{
    if (fact_id_is_same(walk->organisation, id))
        return RC_OK;
    walk->organisation = id;
    return lookup_organisation_name(walk->db, id, walk->given.organisation,
                                    sizeof walk->given.organisation);
}

/* What nobody ended by now has ended with its day, or its shift. */
static enum rc give(struct walk *walk, const struct arrival *arrival)
{
    const struct visit *visit = &arrival->visit;
    struct snapshot_visit *given = &walk->given;
    given->visit = presence_visit_at(visit, walk->now_ms);
    given->seconds = arrival->seconds;
    enum rc rc = find_names(walk, arrival->person);
    if (!rc)
        rc = find_organisation(walk, visit->organisation);
    if (!rc && visit->how_out == PRESENCE_OPEN && given->visit.how_out != PRESENCE_OPEN)
        rc = lookup_hours_of(walk->db, arrival->person, visit, walk->now_ms, &given->seconds);
    return rc ? rc : walk->row(walk->context, given);
}

/* --- their order --- */

static int compare(const void *a, const void *b)
{
    const struct arrival *left = a, *right = b;
    return fact_id_compare(left->visit.id, right->visit.id);
}

/* The index has those of one moment by person. */
static enum rc give_all(struct walk *walk)
{
    enum rc rc = RC_OK;
    if (walk->count > 1)
        qsort(walk->arrivals, walk->count, sizeof walk->arrivals[0], compare);
    for (size_t i = 0; !rc && i < walk->count; i++)
        rc = give(walk, &walk->arrivals[i]);
    walk->count = 0;
    return rc;
}

static enum rc make_room(struct walk *walk)
{
    size_t room = walk->room ? 2 * walk->room : 16;
    if (walk->count < walk->room)
        return RC_OK;
    struct arrival *larger = calloc(room, sizeof *larger);
    if (!larger)
        return RC_NO_MEMORY;
    if (walk->count)
        memcpy(larger, walk->arrivals, walk->count * sizeof *larger);
    free(walk->arrivals);
    walk->arrivals = larger;
    walk->room = room;
    return RC_OK;
}

static enum rc hold(struct walk *walk, struct sqlite3_stmt *rows)
{
    struct arrival arrival = {.person = db_column_id(rows, ROWS_VISIT_COLUMNS),
                              .seconds = db_column(rows, ROWS_VISIT_COLUMNS + 2)};
    rows_read_visit(rows, 0, &arrival.visit);
    enum rc rc = RC_OK;
    if (walk->count && walk->arrivals[0].visit.arrived_ms != arrival.visit.arrived_ms)
        rc = give_all(walk);
    if (!rc)
        rc = make_room(walk);
    if (!rc)
        walk->arrivals[walk->count++] = arrival;
    return rc;
}

static enum rc each(struct walk *walk, int64_t from_ms, int64_t to_ms)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(walk->db, &rows,
                          "SELECT" ROWS_VISIT ", v.person_station, v.person_seq,"
                          " (SELECT coalesce(sum(t.seconds), 0) FROM stint t"
                          "  WHERE t.person_station=v.person_station AND t.person_seq=v.person_seq"
                          "  AND t.station=v.station AND t.seq=v.seq) FROM visit v"
                          " WHERE v.arrived_ms>=? AND v.arrived_ms<? ORDER BY v.arrived_ms",
                          "ii", from_ms, to_ms);
    while (!rc && !(rc = db_step(walk->db, rows)))
        rc = hold(walk, rows);
    db_done(rows);
    return rc == RC_EMPTY ? give_all(walk) : rc;
}

enum rc snapshot_visits(struct snapshot *snapshot, int64_t from_ms, int64_t to_ms, int64_t now_ms,
                        enum rc (*row)(void *context, const struct snapshot_visit *visit),
                        void *context)
{
    struct walk walk = {
        .db = snapshot_db(snapshot), .now_ms = now_ms, .row = row, .context = context};
    enum rc rc = each(&walk, from_ms, to_ms);
    for (int i = 0; i < SHELVES; i++)
        free(walk.shelves[i]);
    free(walk.arrivals);
    return rc;
}
