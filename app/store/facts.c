#include "app/store/facts.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/day.h"

enum rc facts_read_row(sqlite3_stmt *rows, struct fact *out_fact)
{
    struct fact fact = {
        .id = db_column_id(rows, 0),
        .wall_ms = db_column(rows, 2),
        .mono_ms = db_column(rows, 3),
        .trust = (enum clock_trust)db_column(rows, 5),
        .kind = (enum fact_kind)db_column(rows, 6),
        .subject = db_column_id(rows, 7),
        .organisation = db_column_id(rows, 9),
        .rules_seq = db_column(rows, 11),
        .effective_ms = db_column(rows, 12),
        .is_doubtful = db_column(rows, 13) != 0,
        .day_end_min = (int)db_column(rows, 14),
    };
    enum rc rc = db_column_bytes(rows, 4, fact.boot, sizeof fact.boot);
    if (rc)
        return rc;
    if (sqlite3_column_type(rows, 16) != SQLITE_NULL) {
        rc = db_column_bytes(rows, 15, fact.salt, sizeof fact.salt);
        fact.body = sqlite3_column_blob(rows, 16);
        fact.body_length = (size_t)sqlite3_column_bytes(rows, 16);
        if (!rc && !fact.body)
            rc = RC_CORRUPT;
    }
    if (!rc)
        *out_fact = fact;
    return rc;
}

static enum rc reserve(void **memory, size_t *capacity, size_t needed, size_t size)
{
    if (needed <= *capacity)
        return RC_OK;
    size_t wanted = *capacity ? *capacity * 2 : 64;
    while (wanted < needed)
        wanted *= 2;
    void *grown = realloc(*memory, wanted * size);
    if (!grown)
        return RC_NO_MEMORY;
    *memory = grown;
    *capacity = wanted;
    return RC_OK;
}

enum rc facts_add(struct facts *facts, const struct fact *fact)
{
    void *rows = facts->rows, *bodies = facts->bodies;
    enum rc rc = reserve(&rows, &facts->capacity, facts->count + 1, sizeof *facts->rows);
    facts->rows = rows;
    if (!rc)
        rc = reserve(&bodies, &facts->bodies_capacity, facts->bodies_used + fact->body_length + 1,
                     1);
    facts->bodies = bodies;
    if (rc)
        return rc;
    facts->rows[facts->count++] = *fact;
    if (fact->body) {
        memcpy(facts->bodies + facts->bodies_used, fact->body, fact->body_length);
        facts->bodies_used += fact->body_length;
    }
    return RC_OK;
}

void facts_seal(struct facts *facts)
{
    const char *at = facts->bodies;
    for (size_t i = 0; i < facts->count; i++)
        if (facts->rows[i].body) {
            facts->rows[i].body = at;
            at += facts->rows[i].body_length;
        }
}

/* What a fold reads of a fact, as the index by subject has it, and where that keeps it. */
#define FOLDED                                                                                     \
    "SELECT f.station, f.seq, f.kind, f.subject_station, f.subject_seq, f.organisation_station,"   \
    " f.organisation_seq, f.rules_seq, f.effective_ms, f.is_doubtful, f.body FROM fact f "
#define FOLD_ORDER " ORDER BY f.subject_station, f.subject_seq, f.effective_ms, f.station, f.seq"

/* Hardly ever other rules than those of the fact before. */
static enum rc find_rules(struct db *db, struct facts_rules *rules, struct fact *fact)
{
    const struct fact_id set = {fact->id.station, fact->rules_seq};
    sqlite3_stmt *rows = NULL;
    if (!rules->is_known || !fact_id_is_same(rules->set, set)) {
        enum rc rc = db_query_row(
            db, &rows, "SELECT day_end_min FROM rule WHERE station=? AND seq=?", "I", set);
        if (rc && rc != RC_EMPTY)
            return rc;
        rules->is_known = true;
        rules->set = set;
        rules->day_end_min = rc ? DAY_END_DEFAULT_MIN : (int)db_column(rows, 0);
        db_done(rows);
    }
    fact->day_end_min = rules->day_end_min;
    return RC_OK;
}

static enum rc read_folded(struct db *db, sqlite3_stmt *rows, struct facts_rules *rules,
                           struct fact *out_fact)
{
    *out_fact = (struct fact){
        .id = db_column_id(rows, 0),
        .kind = (enum fact_kind)db_column(rows, 2),
        .subject = db_column_id(rows, 3),
        .organisation = db_column_id(rows, 5),
        .rules_seq = db_column(rows, 7),
        .effective_ms = db_column(rows, 8),
        .is_doubtful = db_column(rows, 9) != 0,
    };
    if (sqlite3_column_type(rows, 10) != SQLITE_NULL) {
        out_fact->body = sqlite3_column_blob(rows, 10);
        out_fact->body_length = (size_t)sqlite3_column_bytes(rows, 10);
        if (!out_fact->body)
            return RC_CORRUPT;
    }
    return find_rules(db, rules, out_fact);
}

enum rc facts_load_subject(struct db *db, struct fact_id subject, struct facts *facts)
{
    sqlite3_stmt *rows = NULL;
    struct facts_rules rules = {.is_known = false};
    facts->count = facts->bodies_used = 0;
    enum rc rc = db_query(
        db, &rows, FOLDED "WHERE f.subject_station=? AND f.subject_seq=?" FOLD_ORDER, "I", subject);
    while (!rc && !(rc = db_step(db, rows))) {
        struct fact fact;
        rc = read_folded(db, rows, &rules, &fact);
        if (!rc)
            rc = facts_add(facts, &fact);
    }
    if (rc != RC_EMPTY)
        return rc;
    facts_seal(facts);
    return RC_OK;
}

enum rc facts_begin_subjects(struct db *db, struct fact_id behind, struct facts_by_subject *from)
{
    return db_query(db, &from->rows,
                    FOLDED
                    "WHERE f.subject_seq>0 AND (f.subject_station, f.subject_seq)>(?,?)" FOLD_ORDER,
                    "I", behind);
}

enum rc facts_next_subject(struct db *db, struct facts_by_subject *from, struct facts *facts)
{
    if (from->is_done) /* another step would begin again */
        return RC_EMPTY;
    enum rc rc = from->has_row ? RC_OK : db_step(db, from->rows);
    facts->count = facts->bodies_used = 0;
    for (from->has_row = rc == RC_OK; !rc; rc = db_step(db, from->rows)) {
        struct fact fact;
        rc = read_folded(db, from->rows, &from->rules, &fact);
        if (rc || (facts->count && !fact_id_is_same(fact.subject, facts->rows[0].subject)))
            break;
        if ((rc = facts_add(facts, &fact)))
            break;
    }
    from->has_row &= rc == RC_OK;
    from->is_done = rc == RC_EMPTY;
    if (rc && (rc != RC_EMPTY || !facts->count))
        return rc;
    facts_seal(facts);
    return RC_OK;
}

uint64_t facts_print(const struct fact *fact)
{
    const int64_t numbers[] = {
        fact->id.station,
        fact->id.seq,
        fact->kind,
        fact->subject.station,
        fact->subject.seq,
        fact->organisation.station,
        fact->organisation.seq,
        fact->rules_seq,
        fact->effective_ms,
        fact->is_doubtful,
        fact->body ? (int64_t)hash_quick(fact->body, fact->body_length) : -1,
    };
    return hash_quick(numbers, sizeof numbers);
}

void facts_finish(struct facts *facts)
{
    free(facts->rows);
    free(facts->bodies);
    *facts = (struct facts){.rows = NULL};
}
