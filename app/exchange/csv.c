#include "app/exchange/csv.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/exchange/formula.h"
#include "firmware/base/utf8.h"

#define SAMPLE_LINES 20

struct csv {
    const char *bytes;
    size_t length;
    enum charset charset;
    char separator;
    int rows; /* handed out so far */

    size_t at; /* where we read */
    int line;  /* the line of the file `at` is in */

    /* The row being read. */
    const char *problem;
    int count;
    size_t used; /* of text */
    size_t cell; /* where the cell being read begins in text */
    const char *cells[CSV_COLUMNS];
    char text[CSV_COLUMNS * (CSV_CELL_BYTES + 1)];
};

static const char unclosed[] = SAID("A quotation mark is opened and not closed again.");
static const char not_utf8[] = SAID("A letter is damaged (the file is not UTF-8 throughout).");
static const char too_long[] = SAID("A cell has more than 4096 characters.");
static const char too_many[] = SAID("There are more than 64 columns.");

/* The length of the line break at `at`: CR LF, LF or CR; 0 for none. */
static size_t break_length(const struct csv *csv, size_t at)
{
    if (at >= csv->length)
        return 0;
    if (csv->bytes[at] == '\n')
        return 1;
    if (csv->bytes[at] != '\r')
        return 0;
    return at + 1 < csv->length && csv->bytes[at + 1] == '\n' ? 2 : 1;
}

/* --- finding the separator out --- */

struct sample {
    size_t first; /* how many in the first line */
    size_t here;  /* in the line being counted */
    size_t total;
    size_t alike; /* lines with as many as the first */
};

static void end_sample_line(struct sample *samples, bool is_first)
{
    for (int i = 0; i < 3; i++) {
        if (is_first)
            samples[i].first = samples[i].here;
        samples[i].total += samples[i].here;
        samples[i].alike += samples[i].first && samples[i].here == samples[i].first;
        samples[i].here = 0;
    }
}

static void count_separators(const struct csv *csv, const char *separators, struct sample *samples)
{
    bool is_quoted = false;
    int lines = 0;
    for (size_t at = csv->at; at < csv->length && lines < SAMPLE_LINES; at++) {
        const char *found = memchr(separators, csv->bytes[at], 3);
        if (csv->bytes[at] == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && found)
            samples[found - separators].here++;
        else if (!is_quoted && break_length(csv, at)) {
            at += break_length(csv, at) - 1;
            end_sample_line(samples, lines++ == 0);
        }
    }
    end_sample_line(samples, lines == 0);
}

static bool is_better(const struct sample *a, const struct sample *b)
{
    if (a->alike != b->alike)
        return a->alike > b->alike;
    return a->first != b->first ? a->first > b->first : a->total > b->total;
}

/* Excel's own line, "sep=;", which no other program shows. */
static bool take_separator_line(struct csv *csv)
{
    static const char words[] = "sep=";
    const char *begin = csv->bytes + csv->at;
    if (csv->length - csv->at < 5 || strncasecmp(begin, words, 4) != 0 || !strchr(";,\t", begin[4]))
        return false;
    size_t length = break_length(csv, csv->at + 5);
    if (!length && csv->at + 5 < csv->length)
        return false;
    csv->separator = begin[4];
    csv->at += 5 + length;
    csv->line++;
    return true;
}

static void find_separator(struct csv *csv)
{
    static const char separators[] = ";\t,"; /* the first wins where nothing speaks for another */
    struct sample samples[3] = {{.first = 0}};
    if (take_separator_line(csv))
        return;
    while (break_length(csv, csv->at)) {
        csv->at += break_length(csv, csv->at);
        csv->line++;
    }
    count_separators(csv, separators, samples);
    int best = 0;
    for (int i = 1; i < 3; i++)
        if (is_better(&samples[i], &samples[best]))
            best = i;
    csv->separator = separators[best];
}

/* --- reading rows --- */

enum rc csv_open(const char *bytes, size_t length, struct csv **out_csv, struct reason *out_reason)
{
    enum charset charset;
    size_t begin;
    if (length > CSV_FILE_BYTES) {
        reason_set(out_reason, SAID("This file is larger than %d MB, which no list of people is."),
                   CSV_FILE_BYTES >> 20);
        return RC_LIMIT;
    }
    enum rc rc = charset_detect(bytes, length, &charset, &begin, out_reason);
    if (rc)
        return rc;
    struct csv *csv = calloc(1, sizeof *csv);
    if (!csv) {
        reason_set(out_reason, SAID("There is not enough memory to read this file."));
        return RC_NO_MEMORY;
    }
    csv->bytes = bytes;
    csv->length = length;
    csv->at = begin;
    csv->line = 1;
    csv->charset = charset;
    find_separator(csv);
    *out_csv = csv;
    return RC_OK;
}

void csv_close(struct csv *csv)
{
    free(csv);
}

enum charset csv_charset(const struct csv *csv)
{
    return csv->charset;
}

char csv_separator(const struct csv *csv)
{
    return csv->separator;
}

static void complain(struct csv *csv, const char *problem)
{
    if (!csv->problem)
        csv->problem = problem;
}

/* Takes the character at `at` into the cell, and goes on behind it. */
static void take_character(struct csv *csv)
{
    uint32_t point;
    char letter[UTF8_MAX];
    size_t step = charset_step(csv->charset, csv->bytes + csv->at, csv->length - csv->at, &point);
    if (!step) {
        complain(csv, not_utf8);
        csv->at++;
        return;
    }
    csv->at += step;
    size_t length = utf8_put(point, letter);
    if (csv->count >= CSV_COLUMNS)
        return;
    if (csv->used - csv->cell + length > CSV_CELL_BYTES) {
        complain(csv, too_long);
        return;
    }
    memcpy(csv->text + csv->used, letter, length);
    csv->used += length;
}

static void end_cell(struct csv *csv)
{
    if (csv->count >= CSV_COLUMNS) {
        complain(csv, too_many);
        return;
    }
    csv->text[csv->used++] = 0;
    csv->cells[csv->count++] = formula_restored(csv->text + csv->cell);
    csv->cell = csv->used;
}

static bool is_cell_end(const struct csv *csv)
{
    return csv->at >= csv->length || csv->bytes[csv->at] == csv->separator ||
           break_length(csv, csv->at);
}

/* Inside quotes a line break is a part of the text. */
static void take_anything(struct csv *csv)
{
    size_t length = break_length(csv, csv->at);
    csv->line += length > 0;
    take_character(csv);
    if (length == 2)
        take_character(csv);
}

/* Behind a closing quote only spaces may follow. */
static bool is_closed_well(struct csv *csv)
{
    while (csv->at < csv->length && csv->bytes[csv->at] == ' ')
        csv->at++;
    return is_cell_end(csv);
}

/* Reads a cell whose opening quote is at `at`; false where it is not closed as it should be. */
static bool take_quoted(struct csv *csv)
{
    int last_line = csv->line + CSV_ROW_LINES;
    csv->at++;
    while (csv->at < csv->length && csv->line < last_line) {
        if (csv->bytes[csv->at] == '"') {
            csv->at++;
            if (csv->at >= csv->length || csv->bytes[csv->at] != '"')
                return is_closed_well(csv);
        }
        take_anything(csv);
    }
    return false;
}

/* Goes to the line behind the row's first one: there the quote's damage ends. */
static void give_row_up(struct csv *csv, size_t begin, int line)
{
    csv->problem = unclosed;
    csv->at = begin;
    while (csv->at < csv->length && !break_length(csv, csv->at))
        csv->at++;
    csv->line = line;
}

static void take_row(struct csv *csv)
{
    size_t begin = csv->at;
    int line = csv->line;
    for (;;) {
        if (csv->at < csv->length && csv->bytes[csv->at] == '"') {
            if (!take_quoted(csv) || csv->line - line >= CSV_ROW_LINES) {
                give_row_up(csv, begin, line);
                return;
            }
        } else {
            while (!is_cell_end(csv))
                take_character(csv);
        }
        end_cell(csv);
        if (csv->at >= csv->length || csv->bytes[csv->at] != csv->separator)
            return;
        csv->at++;
    }
}

static void pass_break(struct csv *csv)
{
    size_t length = break_length(csv, csv->at);
    csv->at += length;
    csv->line += length > 0;
}

enum rc csv_next(struct csv *csv, struct csv_row *out_row)
{
    while (break_length(csv, csv->at))
        pass_break(csv);
    if (csv->at >= csv->length)
        return RC_EMPTY;
    if (csv->rows >= CSV_ROWS)
        return RC_LIMIT;
    csv->rows++;
    csv->problem = NULL;
    csv->count = 0;
    csv->used = csv->cell = 0;
    int line = csv->line;
    take_row(csv);
    *out_row = (struct csv_row){.line = line,
                                .last_line = csv->line,
                                .is_cut = csv->at >= csv->length,
                                .count = csv->count,
                                .cells = csv->cells,
                                .problem = csv->problem};
    pass_break(csv);
    return RC_OK;
}
