/*
 * format.h - how a command shows its rows: as a table for people, as CSV for a spreadsheet, as JSON
 * for a program. Writes to standard output only.
 */
#ifndef APP_COMMAND_FORMAT_H
#define APP_COMMAND_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "app/exchange/csv_writer.h"
#include "app/exchange/duration.h"
#include "app/store/report.h"
#include "firmware/base/json.h"

/* What the options --csv, --json and --profile say; NULL: it was not given. */
struct format_asked {
    bool is_csv, is_json;
    const char *profile;
};

enum format_kind { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON };

struct format {
    enum format_kind kind;
    enum csv_profile profile; /* of CSV: for Excel unless it was asked otherwise */
};

/* RC_BAD_INPUT with a sentence for two kinds at once or a profile that is none. */
enum rc format_read(const struct format_asked *asked, struct format *out_format,
                    struct reason *out_reason) MUST_CHECK;

/* "excel" or "strict". */
enum rc format_read_profile(const char *name, enum csv_profile *out_profile,
                            struct reason *out_reason) MUST_CHECK;

/* One line of CSV; the first of a file has the profile's beginning before it. */
enum rc format_print_begin(enum csv_profile profile, const char *const *cells,
                           int count) MUST_CHECK;
enum rc format_print_cells(enum csv_profile profile, const char *const *cells,
                           int count) MUST_CHECK;

/* A text and blanks up to that width, which marks on letters do not count for; and a blank. */
void format_print_padded(const char *text, int width);

/* "2026-11-23 14:52:07", or as ISO 8601 in UTC for programs; "" for 0. */
void format_time(enum csv_profile profile, int64_t ms, char *out_text, size_t size);

/* How many people, or "unknown". */
#define FORMAT_PEOPLE_BYTES 24
void format_people(const struct report_row *row, char out_text[FORMAT_PEOPLE_BYTES]);

/* What stands below the rows: the array, whose owner it becomes, or in a table without any `none`.
 */
void format_end(const struct format *format, json_t *array, int64_t count, const char *none);

/* For JSON: null for what is not known (0, "", a day open to one side). */
json_t *format_json_time(int64_t ms);
json_t *format_json_text(const char *text);
json_t *format_json_day(int day);
json_t *format_json_people(const struct report_row *row);

#endif
