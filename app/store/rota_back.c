/* A sign-up that is taken back, and what it had done to somebody else's. */
#include "app/store/office_i.h"
#include "app/store/rota_i.h"

/* Whose promise ended with the fact before a sign-up, for that person's sake, and is so still. */
static enum rc find_replaced(struct db *db, struct fact_id person, struct fact_id ended,
                             struct fact_id *out_replaced)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query_row(db, &rows,
                     "SELECT s.person_station, s.person_seq FROM fact f JOIN sign_up s"
                     " ON s.person_station=f.subject_station AND s.person_seq=f.subject_seq"
                     " AND s.fact_station=f.station AND s.fact_seq=f.seq"
                     " WHERE f.station=? AND f.seq=? AND s.end=?"
                     " AND s.replaced_station=? AND s.replaced_seq=?",
                     "IdI", ended, SIGN_UP_REPLACED, person);
    if (rc)
        return rc;
    *out_replaced = db_column_id(rows, 0);
    db_done(rows);
    return RC_OK;
}

enum rc rota_give_back(struct journal *journal, struct fact_id person, struct fact_id fact)
{
    const struct office office = {.by = person};
    const struct fact_id house = {0, 0}, ended = {fact.station, fact.seq - 1};
    struct fact_id replaced;
    enum rc rc = find_replaced(journal_db(journal), person, ended, &replaced);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    return office_add_for(journal, &office, FACT_UNDO, replaced, house,
                          json_pack("{s:o}", "of", rota_id_to_json(ended)), NULL);
}
