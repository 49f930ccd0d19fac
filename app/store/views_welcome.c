/* How far somebody is on the way of their first visit, and what they agreed to have shown. */
#include "app/store/rows.h"
#include "app/store/views_i.h"

static void write_steps(const struct newcomer *newcomer, char out_hows[ROWS_NUMBERS_BYTES],
                        char out_times[ROWS_NUMBERS_BYTES])
{
    int64_t hows[GUIDE_STEP_COUNT];
    for (int i = 0; i < GUIDE_STEP_COUNT; i++)
        hows[i] = newcomer->steps[i];
    rows_write_numbers(hows, GUIDE_STEP_COUNT, out_hows);
    rows_write_numbers(newcomer->steps_ms, GUIDE_STEP_COUNT, out_times);
}

static void write_passed(const struct newcomer *newcomer, char out_text[ROWS_NUMBERS_BYTES])
{
    int64_t numbers[2 * NEWCOMER_PASSED_MAX];
    for (int i = 0; i < newcomer->passed_count; i++) {
        numbers[(2 * i)] = newcomer->passed[i].station;
        numbers[(2 * i) + 1] = newcomer->passed[i].seq;
    }
    rows_write_numbers(numbers, 2 * newcomer->passed_count, out_text);
}

enum rc views_write_newcomer(struct db *db, const char *suffix, struct fact_id person,
                             const struct newcomer *n)
{
    char hows[ROWS_NUMBERS_BYTES], times[ROWS_NUMBERS_BYTES], passed[ROWS_NUMBERS_BYTES];
    if (!n->has_begun)
        return views_run(db, suffix, "DELETE FROM newcomer@ WHERE station=? AND seq=?", "I",
                         person);
    write_steps(n, hows, times);
    write_passed(n, passed);
    return views_run(
        db, suffix,
        "INSERT OR REPLACE INTO newcomer@(station, seq, began_ms, began_station, began_seq, steps,"
        " steps_ms, brings, likes, avoids, skills, needs, missions, wants_shaping, charter,"
        " charter_language, is_charter_signed, buddy_station, buddy_seq, buddy_state, buddy_ms,"
        " passed) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        "IiIttttttttdttdIdit", person, n->began_ms, n->began, hows, times, n->wishes[GUIDE_BRINGS],
        n->wishes[GUIDE_LIKES], n->wishes[GUIDE_AVOIDS], n->wishes[GUIDE_SKILLS],
        n->wishes[GUIDE_NEEDS], n->missions, (int)n->wants_shaping, n->charter, n->charter_language,
        (int)n->is_charter_signed, n->buddy, (int)n->buddy_state, n->buddy_ms, passed);
}

enum rc views_write_consents(struct db *db, const char *suffix, struct fact_id person,
                             const struct consents *consents)
{
    enum rc rc =
        views_run(db, suffix, "DELETE FROM consent@ WHERE station=? AND seq=?", "I", person);
    for (int field = 0; !rc && field < CONSENT_COUNT; field++) {
        const struct consent_row *row = &consents->rows[field];
        if (row->is_said)
            rc = views_run(db, suffix,
                           "INSERT INTO consent@(station, seq, field, is_given, version, at_ms)"
                           " VALUES(?,?,?,?,?,?)",
                           "Iddti", person, field, (int)row->is_given, row->version, row->at_ms);
    }
    return rc;
}
