#include "tests/support/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "app/store/db.h"
#include "tests/support/house.h"

struct ledger {
    struct house *house;
    struct db *db;
    struct snapshot *snapshot;
    int64_t last_seq;
};

static void must(enum rc rc)
{
    house_expect(!rc, "the ledger was not written: %s", rc_text(rc));
}

struct ledger *ledger_open(void)
{
    struct ledger *ledger = calloc(1, sizeof *ledger);
    house_expect(ledger != NULL, "no memory");
    ledger->house = house_open();
    house_stop(ledger->house);
    must(db_open(ledger->house->path, DB_WRITE, &ledger->db));
    must(db_exec(ledger->db, "DELETE FROM person; DELETE FROM badge"));
    return ledger;
}

void ledger_close(struct ledger *ledger)
{
    snapshot_close(ledger->snapshot);
    db_close(ledger->db);
    house_close(ledger->house);
    free(ledger);
}

static struct fact_id next_id(struct ledger *ledger)
{
    return (struct fact_id){LEDGER_STATION, ++ledger->last_seq};
}

struct fact_id ledger_organisation(struct ledger *ledger, const char *name)
{
    struct fact_id id = next_id(ledger);
    must(db_run(ledger->db, "INSERT INTO organisation(station, seq, name) VALUES(?,?,?)", "It", id,
                name));
    return id;
}

struct fact_id ledger_occasion(struct ledger *ledger, enum occasion_kind kind, const char *title)
{
    struct fact_id id = next_id(ledger);
    must(db_run(ledger->db,
                "INSERT INTO occasion(station, seq, organisation_station, organisation_seq, kind,"
                " state, uid, instance, title, place, from_ms, to_ms, is_all_day, source)"
                " VALUES(?,?,0,0,?,0,'','',?,'',0,0,0,'')",
                "Idt", id, (int)kind, title));
    return id;
}

struct fact_id ledger_person(struct ledger *ledger, const struct person *person)
{
    struct fact_id id = next_id(ledger);
    must(db_run(ledger->db,
                "INSERT INTO person(station, seq, number, external_id, first_name, last_name,"
                " language, circle, email, phone, since, college, shares, paused_until,"
                " private_hours, basket, basket_pauses, basket_fetchers, line, discreet)"
                " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                "Itttttttttttttttttt", id, person->number, person->external_id, person->first_name,
                person->last_name, person->language, person->circle, person->email, person->phone,
                person->since, person->college, person->shares, person->paused_until,
                person->private_hours, person->basket, person->basket_pauses,
                person->basket_fetchers, person->line, person->discreet));
    return id;
}

struct fact_id ledger_visit(struct ledger *ledger, struct fact_id person, const struct visit *visit)
{
    struct fact_id id = next_id(ledger);
    must(db_run(ledger->db,
                "INSERT INTO visit(station, seq, person_station, person_seq, organisation_station,"
                " organisation_seq, arrived_ms, left_ms, closes_ms, how_in, how_out,"
                " is_doubtful_in, is_doubtful_out, guests, children, kind, day, is_staff,"
                " assumed_ms) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                "IIIiiidddddddddi", id, person, visit->organisation, visit->arrived_ms,
                visit->left_ms, visit->closes_ms, (int)visit->how_in, (int)visit->how_out,
                visit->is_doubtful_in, visit->is_doubtful_out, visit->guests, visit->children,
                (int)visit->kind, visit->day, visit->is_staff, visit->assumed_ms));
    return id;
}

void ledger_stint(struct ledger *ledger, struct fact_id person, const struct stint *stint)
{
    must(db_run(ledger->db,
                "INSERT INTO stint(person_station, person_seq, station, seq, place,"
                " occasion_station, occasion_seq, shift, organisation_station, organisation_seq,"
                " mission, day, is_staff, is_assumed, from_ms, seconds)"
                " VALUES(?1,?2,?3,?4,(SELECT count(*) FROM stint WHERE person_station=?1"
                "  AND person_seq=?2 AND station=?3 AND seq=?4),?5,?6,?7,?8,?9,?10,?11,?12,?13,"
                " ?14,?15)",
                "IIIdItdddii", person, stint->visit, stint->of.occasion, stint->of.number,
                stint->organisation, stint->mission, stint->day, stint->is_staff, stint->is_assumed,
                stint->from_ms, stint->seconds));
}

void ledger_newcomer(struct ledger *ledger, struct fact_id person, int64_t began_ms,
                     struct fact_id buddy)
{
    must(db_run(ledger->db,
                "INSERT INTO newcomer(station, seq, began_ms, began_station, began_seq, steps,"
                " steps_ms, brings, likes, avoids, skills, needs, missions, wants_shaping,"
                " charter, charter_language, is_charter_signed, buddy_station, buddy_seq,"
                " buddy_state, buddy_ms, passed)"
                " VALUES(?1,?2,?3,?1,?2,'1 1 1 2','10 20 30 40','','','','','','',0,'','',0,"
                " ?4,?5,?6,0,'')",
                "IiId", person, began_ms, buddy,
                fact_id_is_none(buddy) ? NEWCOMER_BUDDY_NONE : NEWCOMER_BUDDY_TAKEN));
}

void ledger_visits(struct ledger *ledger, struct fact_id person, int count)
{
    struct visit visit = {.day = LEDGER_DAY, .how_in = PRESENCE_TAP, .how_out = PRESENCE_TAP};
    struct stint stint = {.day = LEDGER_DAY, .seconds = 3600};
    must(db_exec(ledger->db, "BEGIN"));
    for (int i = 0; i < count; i++) {
        stint.from_ms = visit.arrived_ms = LEDGER_MS + (int64_t)i * 60000;
        visit.left_ms = visit.closes_ms = visit.arrived_ms + 3600000;
        stint.visit = ledger_visit(ledger, person, &visit);
        ledger_stint(ledger, person, &stint);
    }
    must(db_exec(ledger->db, "COMMIT"));
}

struct register_source ledger_source(struct ledger *ledger)
{
    static const uint8_t key[HASH_KEY_BYTES] = {1, 2, 3};
    struct reason reason = {.text = ""};
    snapshot_close(ledger->snapshot);
    ledger->snapshot = NULL;
    enum rc rc = snapshot_open(ledger->house->path, &ledger->snapshot, &reason);
    house_expect(!rc, "no snapshot: %s", reason.text);
    return (struct register_source){.snapshot = ledger->snapshot,
                                    .key = key,
                                    .now_ms = LEDGER_MS,
                                    .first_day = REPORT_FIRST_DAY,
                                    .last_day = REPORT_LAST_DAY};
}

/* --- texts --- */

static enum rc take(void *context, const char *bytes, size_t length)
{
    struct ledger_text *text = context;
    if (text->fails_after >= 0 && text->length + length > (size_t)text->fails_after)
        return text->failure;
    text->bytes = realloc(text->bytes, text->length + length + 1);
    house_expect(text->bytes != NULL, "no memory");
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = 0;
    return RC_OK;
}

struct sink ledger_sink(struct ledger_text *text)
{
    return (struct sink){text, take};
}
