#include "app/exchange/register.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/exchange/duration.h"
#include "app/exchange/register_rows.h"

#define CELL_BYTES 48 /* of what is no text */

const char *register_name(enum register_table table)
{
    static const char *const names[REGISTER_TABLE_COUNT] = {
        [REGISTER_VISITS] = "visits.csv",
        [REGISTER_HOURS] = "hours.csv",
        [REGISTER_PEOPLE] = "people.csv",
        [REGISTER_NEWCOMERS] = "newcomers.csv",
    };
    assert((unsigned)table < REGISTER_TABLE_COUNT);
    return names[table];
}

/* --- cells as text --- */

static void write_number(enum csv_profile profile, int64_t number, char *out_text)
{
    (void)profile;
    snprintf(out_text, CELL_BYTES, "%" PRId64, number);
}

static void write_day(enum csv_profile profile, int64_t day, char *out_text)
{
    (void)profile;
    snprintf(out_text, CELL_BYTES, "%04d-%02d-%02d", (int)(day / 10000), (int)(day / 100 % 100),
             (int)(day % 100));
}

static void write_time(enum csv_profile profile, int64_t at_ms, char *out_text)
{
    if (profile == CSV_PROFILE_EXCEL)
        day_format_local(at_ms, out_text, CELL_BYTES);
    else
        day_format_utc(at_ms, out_text, CELL_BYTES);
}

static void write_length(enum csv_profile profile, int64_t seconds, char *out_text)
{
    (void)profile;
    duration_write_clock(seconds, out_text);
}

static void (*const writers[])(enum csv_profile profile, int64_t number, char *out_text) = {
    [REGISTER_CELL_NUMBER] = write_number,
    [REGISTER_CELL_DAY] = write_day,
    [REGISTER_CELL_TIME] = write_time,
    [REGISTER_CELL_LENGTH] = write_length,
    [REGISTER_CELL_HOURS] = duration_write_hours,
};

/* --- rows as text --- */

/* Where rows go: into `text`, and on to the sink where there is one. */
struct lines {
    enum csv_profile profile;
    struct register_column columns[REGISTER_COLUMNS_MAX];
    int count;
    const struct sink *sink;
    int64_t rows;
    char *text;
    size_t size, used;
};

static enum rc add_row(void *context, const struct register_cell *cells)
{
    struct lines *lines = context;
    char texts[REGISTER_COLUMNS_MAX][CELL_BYTES];
    const char *list[REGISTER_COLUMNS_MAX];
    size_t length;
    for (int i = 0; i < lines->count; i++) {
        enum register_cell_kind kind = lines->columns[i].kind;
        list[i] = cells[i].is_empty ? "" : kind == REGISTER_CELL_TEXT ? cells[i].text : texts[i];
        if (list[i] == texts[i])
            writers[kind](lines->profile, cells[i].number, texts[i]);
    }
    enum rc rc = csv_writer_row(lines->profile, list, lines->count, lines->text + lines->used,
                                lines->size - lines->used, &length);
    if (rc)
        return rc;
    lines->used += length;
    lines->rows++;
    return RC_OK;
}

static enum rc add_headings(struct lines *lines)
{
    const char *list[REGISTER_COLUMNS_MAX], *begin = csv_writer_begin(lines->profile);
    size_t length, used = strlen(begin);
    for (int i = 0; i < lines->count; i++)
        list[i] = lines->columns[i].heading;
    if (lines->size < used)
        return RC_LIMIT;
    memcpy(lines->text, begin, used);
    enum rc rc = csv_writer_row(lines->profile, list, lines->count, lines->text + used,
                                lines->size - used, &length);
    if (!rc)
        lines->used = used + length;
    return rc;
}

/* --- files --- */

#define BUFFER_BYTES (2 * CSV_WRITER_ROW_BYTES)

static enum rc flush(struct lines *lines)
{
    enum rc rc = sink_write(lines->sink, lines->text, lines->used);
    lines->used = 0;
    return rc;
}

static enum rc write_row(void *context, const struct register_cell *cells)
{
    struct lines *lines = context;
    enum rc rc = lines->size - lines->used < CSV_WRITER_ROW_BYTES ? flush(lines) : RC_OK;
    return rc ? rc : add_row(lines, cells);
}

enum rc register_write(enum register_table table, enum csv_profile profile,
                       const struct register_source *source, const struct sink *sink,
                       int64_t *out_rows)
{
    struct lines lines = {.profile = profile, .sink = sink, .size = BUFFER_BYTES};
    lines.text = calloc(1, BUFFER_BYTES);
    if (!lines.text)
        return RC_NO_MEMORY;
    lines.count = register_columns(table, source, lines.columns);
    enum rc rc = add_headings(&lines);
    if (!rc)
        rc = register_each(table, source, write_row, &lines);
    if (!rc)
        rc = flush(&lines);
    free(lines.text);
    if (!rc)
        *out_rows = lines.rows;
    return rc;
}

/* --- lines of visits --- */

static struct lines lines_of_visits(enum csv_profile profile, const struct register_source *source,
                                    char *text, size_t size)
{
    struct lines lines = {.profile = profile, .text = text, .size = size};
    lines.count = register_columns(REGISTER_VISITS, source, lines.columns);
    return lines;
}

enum rc register_headings(enum csv_profile profile, const struct register_source *source,
                          char *out_text, size_t size, size_t *out_length)
{
    struct lines lines = lines_of_visits(profile, source, out_text, size);
    enum rc rc = add_headings(&lines);
    if (!rc)
        *out_length = lines.used;
    return rc;
}

enum rc register_visit_text(enum csv_profile profile, const struct register_source *source,
                            const struct snapshot_visit *visit, char *out_text, size_t size,
                            size_t *out_length)
{
    struct lines lines = lines_of_visits(profile, source, out_text, size);
    enum rc rc = register_visit_cells(source, visit, add_row, &lines);
    if (!rc)
        *out_length = lines.used;
    return rc;
}
