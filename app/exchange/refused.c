#include "app/exchange/refused.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "app/exchange/csv.h"
#include "app/exchange/outfile.h"

/* The widest row of all: each cell full, each byte a quote. */
#define ROW_BYTES ((CSV_COLUMNS + 1) * (2 * CSV_CELL_BYTES + 4))

#define REASON "reason"

#define END "-refused"
#define NAMES_MAX 999

static bool is_there(const char *folder, const char *name)
{
    char path[PATH_MAX];
    struct stat status;
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    return length < PATH_MAX && lstat(path, &status) == 0;
}

enum rc refused_name(const char *folder, const char *base, const char *extension,
                     char out_name[REFUSED_NAME_BYTES], struct reason *out_reason)
{
    char name[REFUSED_NAME_BYTES], number[16] = "";
    for (int i = 2; i <= NAMES_MAX; i++) {
        snprintf(name, sizeof name, "%.100s" END "%.4s.%.8s", base, number, extension);
        if (!is_there(folder, name)) {
            memcpy(out_name, name, sizeof name);
            return RC_OK;
        }
        snprintf(number, sizeof number, "-%d", i);
    }
    reason_set(out_reason,
               SAID("there are too many files called %.40s-refused there: remove the old ones"),
               base);
    return RC_LIMIT;
}

const char *refused_find_end(const char *name)
{
    const char *dot = strrchr(name, '.'), *end = dot;
    if (!dot || strcasecmp(dot, ".csv") != 0)
        return NULL;
    while (end > name && end[-1] >= '0' && end[-1] <= '9')
        end--;
    end = end < dot && end > name && end[-1] == '-' ? end - 1 : dot;
    size_t length = strlen(END);
    if ((size_t)(end - name) < length || strncasecmp(end - length, END, length) != 0)
        return NULL;
    return end - length;
}

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
