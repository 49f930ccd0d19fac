/*
 * workbook.h - attendance.xlsx: the register for people who open it in a spreadsheet.
 *
 * Sheets: visits and people (the rows of register.h), hours per person and per task (their sums,
 * register_hours.h), hours per month with a chart, and what all that is (about). Days, times and
 * durations are numbers that a spreadsheet calculates with, times as the clock on the wall showed
 * them (day.h); whatever somebody typed is a text and never a formula. Memory stays the same for
 * any number of rows; the scratch folder takes about sixty bytes for each, which go again. The file
 * is read back before it is said to be there. Blocks. Reads the snapshot on a thread of its own,
 * which ends before it returns: nobody else may use it meanwhile.
 */
#ifndef APP_EXCHANGE_WORKBOOK_H
#define APP_EXCHANGE_WORKBOOK_H

#include "app/domain/language.h"
#include "app/exchange/register.h"

/* Hears now and then how many rows are written. Something else than RC_OK gives up. */
struct workbook_watcher {
    void *context;
    enum rc (*tell)(void *context, int64_t rows);
};

struct workbook_about {
    const char *venue, *period, *time_zone; /* as they are shown */
    int64_t made_ms;
    enum language language;
    const char *(*say)(enum language language, const char *text); /* NULL: all in English */
    int64_t sheet_rows;                     /* of one sheet at most; 0: as many as it holds */
    const struct workbook_watcher *watcher; /* NULL: nobody */
};

#define WORKBOOK_NAME "attendance.xlsx"

/*
 * Makes `path`, which must not exist, for its owner alone (0600). *out_rows: of all tables. On
 * failure a sentence, and nothing is left behind.
 */
enum rc workbook_write(const char *path, const char *scratch_folder,
                       const struct register_source *source, const struct workbook_about *about,
                       int64_t *out_rows, struct reason *out_reason) MUST_CHECK;

#endif
