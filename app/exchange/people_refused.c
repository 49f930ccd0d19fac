/* people_refused.c - what was refused, as a list to mend and read again. */
#include "app/exchange/people_i.h"

#include <stdlib.h>
#include <string.h>

#include "app/exchange/outfile.h"

static const char *name_of(const struct people *people)
{
    return people->is_of_baskets ? "baskets-refused.csv" : "people-refused.csv";
}

/* The widest row of all: each cell full, each byte a quote. */
#define ROW_BYTES ((CSV_COLUMNS + 1) * (2 * CSV_CELL_BYTES + 4))

struct refused {
    const struct people *people;
    struct csv *csv;
    struct outfile *out;
    enum csv_profile profile;
    char *text; /* ROW_BYTES */
};

/* One row with its reason behind the last column. */
static enum rc write_row(struct refused *refused, const struct csv_row *row, const char *reason)
{
    const char *cells[CSV_COLUMNS + 1];
    int columns = refused->people->columns;
    size_t length;
    for (int i = 0; i < columns; i++)
        cells[i] = i < row->count ? row->cells[i] : "";
    cells[columns] = reason ? reason : "";
    enum rc rc =
        csv_writer_row(refused->profile, cells, columns + 1, refused->text, ROW_BYTES, &length);
    return rc ? rc : outfile_write(refused->out, refused->text, length);
}

static enum rc write_rows(struct refused *refused)
{
    const struct people *people = refused->people;
    const char *begin = csv_writer_begin(refused->profile);
    struct csv_row row;
    enum rc rc = outfile_write(refused->out, begin, strlen(begin));
    if (!rc)
        rc = csv_next(refused->csv, &row);
    if (!rc)
        rc = write_row(refused, &row, "reason");
    for (size_t next = 0; !rc && next < people->read;) {
        const struct people_row *person = &people->rows[next];
        rc = csv_next(refused->csv, &row);
        if (rc || row.line != person->line)
            continue; /* blank, or headings again */
        next++;
        if (person->verdict == PEOPLE_REFUSED)
            rc = write_row(refused, &row, person->reason);
    }
    return rc == RC_EMPTY ? RC_BAD_INPUT : rc; /* shorter than the list that was read */
}

enum rc people_write_refused(const struct people *people, const char *bytes, size_t length,
                             enum csv_profile profile, const char *folder,
                             struct reason *out_reason)
{
    struct refused refused = {.people = people, .profile = profile};
    if (!people_count_plan(people).rows[PEOPLE_REFUSED])
        return RC_EMPTY;
    enum rc rc = csv_open(bytes, length, &refused.csv, out_reason);
    if (rc)
        return rc;
    rc = outfile_create(folder, name_of(people), &refused.out, out_reason);
    if (rc)
        goto no_file;
    refused.text = calloc(1, ROW_BYTES);
    rc = refused.text ? write_rows(&refused) : RC_NO_MEMORY;
    free(refused.text);
    /* What the device refused it refuses again, and outfile_commit has the sentence for it. */
    if (!rc || outfile_write(refused.out, "", 0)) {
        rc = outfile_commit(refused.out, out_reason);
    } else {
        outfile_abandon(refused.out);
        reason_set(out_reason, "%s could not be written: %s.", name_of(people), rc_text(rc));
    }
no_file:
    csv_close(refused.csv);
    return rc;
}
