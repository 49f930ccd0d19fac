#include "app/exchange/refused.h"

#include <stdlib.h>
#include <string.h>

#include "app/exchange/csv.h"
#include "app/exchange/outfile.h"

/* The widest row of all: each cell full, each byte a quote. */
#define ROW_BYTES ((CSV_COLUMNS + 1) * (2 * CSV_CELL_BYTES + 4))

#define REASON "reason"

struct writing {
    const struct refused *refused;
    enum csv_profile profile;
    struct csv *csv;
    struct outfile *out;
    char *text; /* ROW_BYTES */
    int columns;
};

/* One row with its reason behind the last column. */
static enum rc write_row(struct writing *writing, const struct csv_row *row, const char *reason)
{
    const char *cells[CSV_COLUMNS + 1];
    size_t length;
    for (int i = 0; i < writing->columns; i++)
        cells[i] = i < row->count ? row->cells[i] : "";
    cells[writing->columns] = reason;
    enum rc rc = csv_writer_row(writing->profile, cells, writing->columns + 1, writing->text,
                                ROW_BYTES, &length);
    return rc ? rc : outfile_write(writing->out, writing->text, length);
}

static enum rc write_headings(struct writing *writing)
{
    const char *begin = csv_writer_begin(writing->profile);
    struct csv_row row;
    enum rc rc = outfile_write(writing->out, begin, strlen(begin));
    if (!rc)
        rc = csv_next(writing->csv, &row);
    if (rc)
        return rc;
    writing->columns = row.count;
    if (row.count > 1 && strcmp(row.cells[row.count - 1], REASON) == 0)
        writing->columns--;
    return write_row(writing, &row, REASON);
}

static enum rc write_rows(struct writing *writing)
{
    const struct refused *refused = writing->refused;
    struct csv_row row;
    size_t count = 0;
    enum rc rc = write_headings(writing);
    while (!rc && !(rc = csv_next(writing->csv, &row))) {
        const struct reason *reason = NULL;
        char said[2 * sizeof reason->text] = "";
        if (!refused->is_refused(refused->context, row.line, &reason))
            continue;
        count++;
        if (reason)
            reason_say(reason, refused->tongue, said, sizeof said);
        rc = write_row(writing, &row, said);
    }
    if (rc != RC_EMPTY)
        return rc;
    return count >= refused->least ? RC_OK : RC_BAD_INPUT;
}

/* What the device refused it refuses again, and outfile_commit has the sentence for it. */
static enum rc settle(struct outfile *out, enum rc rc, const char *name, struct reason *out_reason)
{
    if (!rc || outfile_write(out, "", 0))
        return outfile_commit(out, out_reason);
    outfile_abandon(out);
    reason_set(out_reason, SAID("%s could not be written: %s."), name, rc_text(rc));
    reason_mark(out_reason, 1);
    return rc;
}

enum rc refused_write(const struct refused *refused, enum csv_profile profile, const char *folder,
                      struct reason *out_reason)
{
    struct writing writing = {.refused = refused, .profile = profile};
    enum rc rc = csv_open(refused->bytes, refused->length, &writing.csv, out_reason);
    if (rc)
        return rc;
    rc = outfile_create(folder, refused->name, &writing.out, out_reason);
    if (!rc) {
        writing.text = calloc(1, ROW_BYTES);
        rc = settle(writing.out, writing.text ? write_rows(&writing) : RC_NO_MEMORY, refused->name,
                    out_reason);
        free(writing.text);
    }
    csv_close(writing.csv);
    return rc;
}

enum rc refused_write_text(const char *text, const char *name, const char *folder,
                           struct reason *out_reason)
{
    struct outfile *out;
    enum rc rc = outfile_create(folder, name, &out, out_reason);
    return rc ? rc : settle(out, outfile_write(out, text, strlen(text)), name, out_reason);
}
