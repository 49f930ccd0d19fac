/* What a visit is for, and where its hours stop. */
#include "app/store/lookup.h"
#include "app/store/office_i.h"
#include "app/store/rota_i.h"

json_t *rota_attendance(struct fact_id occasion, enum occasion_kind kind, int64_t stop_ms)
{
    json_t *body = json_object();
    bool is_whole = body != NULL;
    if (is_whole && !fact_id_is_none(occasion))
        is_whole = json_object_set_new(body, "occasion", rota_id_to_json(occasion)) == 0;
    if (is_whole && kind != OCCASION_OPEN_DAY)
        is_whole = json_object_set_new(body, "kind", json_string(occasion_kind_name(kind))) == 0;
    if (is_whole && stop_ms)
        is_whole = json_object_set_new(body, "stop_ms", json_integer(stop_ms)) == 0;
    if (is_whole)
        return body;
    json_decref(body);
    return NULL;
}

enum rc rota_stop(struct db *db, enum occasion_kind kind, int64_t arrived_ms, int64_t to_ms,
                  int64_t *out_stop_ms)
{
    struct sqlite3_stmt *rows = NULL;
    if (!occasion_kind_has_hours(kind)) {
        *out_stop_ms = 0; /* they never begin: the kind says it */
        return RC_OK;
    }
    /* What is on already does not end the hours of who came for something else. */
    enum rc rc = db_query_row(db, &rows,
                              "SELECT coalesce(min(from_ms), 0) FROM occasion WHERE from_ms>?"
                              " AND from_ms<? AND to_ms BETWEEN ? AND ? AND state<>?"
                              " AND NOT is_all_day AND kind NOT IN (?,?)",
                              "iiiiddd", arrived_ms, to_ms, arrived_ms, to_ms + OCCASION_MAX_MS,
                              (int)OCCASION_CANCELLED, (int)OCCASION_OPEN_DAY, (int)OCCASION_SHIFT);
    if (rc)
        return rc;
    *out_stop_ms = db_column(rows, 0);
    db_done(rows);
    return RC_OK;
}

enum rc rota_come_for(struct journal *journal, const struct office *office, struct fact_id person,
                      struct fact_id id, struct fact_id *out_fact, struct reason *out_reason)
{
    struct occasion occasion = {.kind = OCCASION_OPEN_DAY};
    struct visit visit;
    int64_t now_ms, stop_ms = 0;
    bool is_doubtful;
    struct db *db = journal_db(journal);
    journal_place_now(journal, &now_ms, &is_doubtful);
    enum rc rc = lookup_last_visit(db, person, &visit);
    bool is_out = rc == RC_EMPTY || (!rc && (visit.how_out || now_ms >= visit.closes_ms));
    if (is_out)
        return office_refuse(OFFICE_NOT_IN, out_reason);
    if (!rc && !fact_id_is_none(id) && (rc = lookup_occasion(db, id, &occasion)) == RC_EMPTY)
        return office_refuse(OFFICE_NO_OCCASION, out_reason);
    if (!rc)
        rc = rota_stop(db, occasion.kind, visit.arrived_ms, visit.closes_ms, &stop_ms);
    json_t *body = rc ? NULL : rota_attendance(id, occasion.kind, stop_ms);
    if (!rc && (!body || json_object_set_new(body, "visit", rota_id_to_json(visit.id)))) {
        json_decref(body);
        return RC_NO_MEMORY;
    }
    return rc ? rc
              : office_add_for(journal, office, FACT_ATTENDANCE, person, occasion.organisation,
                               body, out_fact);
}

enum rc rota_attend(struct journal *journal, const struct office *office, struct fact_id person,
                    struct fact_id occasion, struct fact_id *out_fact, struct reason *out_reason)
{
    struct fact_id fact = {0, 0};
    enum rc rc = rota_begin(journal, office, person, occasion, out_reason);
    if (rc)
        return rc;
    rc = rota_come_for(journal, office, person, occasion, &fact, out_reason);
    return rota_end(journal, rc, fact, out_fact, out_reason);
}
