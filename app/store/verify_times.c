/* Does each fact lie where the clocks of its boot say? */
#include <stdlib.h>
#include <string.h>

#include "app/store/verify_i.h"

static enum rc load_boots(struct db *db, int64_t station, struct head_boots *boots)
{
    struct sqlite3_stmt *rows = NULL;
    struct chrono_boot boot;
    boots->count = 0;
    enum rc rc =
        db_query(db, &rows, "SELECT" HEAD_BOOT "FROM boot b WHERE b.station=? ORDER BY b.first_seq",
                 "i", station);
    while (!rc && !(rc = db_step(db, rows))) {
        rc = head_read_boot(rows, &boot);
        if (!rc)
            rc = head_add_boot(boots, &boot);
    }
    if (rows)
        db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* All places of a station's facts follow from the anchors of its boots. */
static enum rc settle(struct head_boots *boots, int64_t station, struct verify_result *result)
{
    int64_t *floors_ms = calloc(boots->count + 1, sizeof *floors_ms);
    if (!floors_ms)
        return RC_NO_MEMORY;
    for (size_t i = 0; i < boots->count; i++)
        floors_ms[i] = boots->rows[i].floor_ms;
    if (boots->count)
        boots->rows[0].floor_ms = 0;
    chrono_settle(boots->rows, boots->count);
    for (size_t i = 0; i < boots->count; i++)
        if (boots->rows[i].floor_ms != floors_ms[i])
            verify_found(result, &result->misplaced, "another floor",
                         (struct fact_id){station, boots->rows[i].first_seq});
    free(floors_ms);
    return RC_OK;
}

enum rc verify_times_begin(struct verify_times *times, struct db *db, int64_t station,
                           struct verify_result *result)
{
    times->begun = 0;
    enum rc rc = load_boots(db, station, &times->boots);
    times->total += (int64_t)times->boots.count;
    return rc ? rc : settle(&times->boots, station, result);
}

static void check_anchor(const struct verify_times *times, int64_t station,
                         struct verify_result *result)
{
    const struct chrono_boot *boot = &times->boots.rows[times->begun - 1];
    if (times->anchored.anchor_wall_ms != boot->anchor_wall_ms)
        verify_found(result, &result->misplaced, "another anchor",
                     (struct fact_id){station, boot->first_seq});
}

static void begin_boot(struct verify_times *times, int64_t station, struct verify_result *result)
{
    if (times->begun)
        check_anchor(times, station, result);
    times->anchored = (struct chrono_boot){.first_seq = 0};
    times->last_ms = times->boots.rows[times->begun++].floor_ms;
}

void verify_times_take(struct verify_times *times, const struct fact *fact,
                       struct verify_result *result)
{
    struct fact placed = *fact;
    const struct head_boots *boots = &times->boots;
    while (times->begun < boots->count && boots->rows[times->begun].first_seq <= fact->id.seq)
        begin_boot(times, fact->id.station, result);
    if (!times->begun) {
        verify_found(result, &result->misplaced, "no boot", fact->id);
        return;
    }
    const struct chrono_boot *boot = &boots->rows[times->begun - 1];
    if (fact->id.seq == boot->first_seq)
        chrono_begin(&times->anchored, fact, boot->floor_ms);
    else
        chrono_take_anchor(&times->anchored, fact);
    chrono_place(boot, times->last_ms, &placed);
    times->last_ms = placed.effective_ms;
    if (placed.effective_ms != fact->effective_ms)
        verify_found(result, &result->misplaced, "another time", fact->id);
}

void verify_times_end(struct verify_times *times, int64_t station, struct verify_result *result)
{
    while (times->begun < times->boots.count)
        begin_boot(times, station, result);
    if (times->begun)
        check_anchor(times, station, result);
}

enum rc verify_times_close(struct verify_times *times, struct db *db, struct verify_result *result)
{
    int64_t total;
    enum rc rc = db_number(db, &total, "SELECT count(*) FROM boot");
    if (!rc && total != times->total)
        verify_found(result, &result->misplaced, "a boot without facts", (struct fact_id){0, 0});
    free(times->boots.rows);
    times->boots = (struct head_boots){.rows = NULL};
    return rc;
}
