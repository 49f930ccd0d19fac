#include "app/exchange/csv_writer.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "app/exchange/formula.h"

static const struct {
    const char *begin;
    char separator;
    bool keeps_signed_numbers;
} profiles[] = {
    [CSV_PROFILE_EXCEL] = {"\xEF\xBB\xBF", ';', false},
    [CSV_PROFILE_STRICT] = {"", ',', true},
};

struct row {
    char *text;
    size_t size;
    size_t used; /* counts on beyond `size`, where nothing is written any more */
};

static void put(struct row *row, char byte)
{
    if (row->used < row->size)
        row->text[row->used] = byte;
    row->used++;
}

/*
 * Any of the three separators, not only ours: opened with another one, a quoted cell stays one
 * cell and cannot put a formula into a cell of its own. A lone empty cell would be an empty line,
 * a byte order mark or "sep=" at the beginning would be taken for the file's.
 */
static bool needs_quotes(const char *cell, bool is_alone)
{
    size_t length = strlen(cell);
    if (!length)
        return is_alone;
    return strpbrk(cell, ";,\t\"\r\n") || cell[0] == ' ' || cell[length - 1] == ' ' ||
           strncmp(cell, "\xEF\xBB\xBF", 3) == 0 || strncasecmp(cell, "sep=", 4) == 0;
}

static void put_cell(struct row *row, enum csv_profile profile, const char *cell, bool is_alone)
{
    bool is_kept = profiles[profile].keeps_signed_numbers && formula_is_signed_number(cell);
    bool is_quoted = needs_quotes(cell, is_alone);
    if (is_quoted)
        put(row, '"');
    if (formula_is_dangerous(cell) && !is_kept)
        put(row, '\'');
    for (const char *at = cell; *at; at++) {
        if (*at == '"')
            put(row, '"');
        put(row, *at);
    }
    if (is_quoted)
        put(row, '"');
}

const char *csv_writer_begin(enum csv_profile profile)
{
    return profiles[profile].begin;
}

enum rc csv_writer_row(enum csv_profile profile, const char *const *cells, int count,
                       char *out_text, size_t size, size_t *out_length)
{
    struct row row = {out_text, size, 0};
    assert(count > 0);
    for (int i = 0; i < count; i++) {
        if (i > 0)
            put(&row, profiles[profile].separator);
        put_cell(&row, profile, cells[i], count == 1);
    }
    put(&row, '\r');
    put(&row, '\n');
    if (row.used > size)
        return RC_LIMIT;
    *out_length = row.used;
    return RC_OK;
}
