#include "app/store/setting.h"

enum rc setting_get(struct db *db, int64_t station, const char *name, int64_t now_ms,
                    char *out_value, size_t size)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(db, &rows,
                              "SELECT value FROM setting WHERE station=? AND name=?"
                              " AND (until_ms=0 OR until_ms>?)",
                              "iti", station, name, now_ms);
    if (rc && rc != RC_EMPTY)
        return rc;
    if (rc == RC_EMPTY)
        out_value[0] = 0;
    else
        db_column_text(rows, 0, out_value, size);
    db_done(rows);
    return RC_OK;
}

enum rc setting_list(struct db *db, int64_t station, int64_t now_ms, size_t max,
                     struct setting *out_settings, size_t *out_count)
{
    struct sqlite3_stmt *rows = NULL;
    size_t count = 0;
    enum rc rc = db_query(db, &rows,
                          "SELECT name, value, until_ms FROM setting WHERE station=?"
                          " AND value<>'' AND (until_ms=0 OR until_ms>?) ORDER BY name",
                          "ii", station, now_ms);
    while (!rc && count < max && !(rc = db_step(db, rows))) {
        struct setting *setting = &out_settings[count++];
        db_column_text(rows, 0, setting->name, sizeof setting->name);
        db_column_text(rows, 1, setting->value, sizeof setting->value);
        setting->until_ms = db_column(rows, 2);
    }
    db_done(rows);
    if (rc && rc != RC_EMPTY)
        return rc;
    *out_count = count;
    return RC_OK;
}
