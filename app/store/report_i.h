/* report_i.h - what the files of report.h share: which visits, and what each of them gave. */
#ifndef APP_STORE_REPORT_I_H
#define APP_STORE_REPORT_I_H

#include "app/store/report.h"

/* The moments of the span's days: [from_ms, to_ms). */
struct report_window {
    int64_t from_ms, to_ms;
};

struct report_window report_window(const struct report_span *span);

/*
 * A query over `g`, a row for each stint of each visit of the span and one for a visit without;
 * and likewise for the parts of sums (is_total), which stand for so many `visits`. `select` and
 * `rest` come before and behind. What open visits give must be in the temporary table
 * (report_prepare).
 */
enum rc report_query(struct db *db, const struct report_span *span, const char *select,
                     const char *rest, struct sqlite3_stmt **out_rows) MUST_CHECK;
enum rc report_prepare(struct db *db, const struct report_span *span) MUST_CHECK;

#endif
