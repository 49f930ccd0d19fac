#include "app/exchange/codes.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/exchange/csv_writer.h"
#include "app/exchange/outfile.h"
#include "firmware/base/hash.h"

#define NAME_BYTES (sizeof((struct person *)0)->first_name + sizeof((struct person *)0)->last_name)
#define ROW_BYTES 1024

struct codes {
    struct outfile *file;
};

static enum rc write_row(struct codes *codes, const char *const *cells, int count)
{
    char row[ROW_BYTES];
    size_t length;
    enum rc rc = csv_writer_row(CSV_PROFILE_EXCEL, cells, count, row, sizeof row, &length);
    if (!rc)
        rc = outfile_write(codes->file, row, length);
    hash_forget(row, sizeof row);
    return rc;
}

static enum rc create(const char *path, struct outfile **out_file, struct reason *out_reason)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    if (strlen(path) >= sizeof folder) {
        reason_set(out_reason, "the path of the list is too long");
        return RC_LIMIT;
    }
    if (access(path, F_OK) == 0) {
        reason_set(out_reason,
                   "%s is there already, and codes are never written over a file; "
                   "move it away or name another",
                   path);
        return RC_REFUSED;
    }
    snprintf(folder, sizeof folder, "%.*s", (int)length, path);
    return outfile_create(length ? folder : ".", path + length, out_file, out_reason);
}

enum rc codes_begin(const char *path, struct codes **out_codes, struct reason *out_reason)
{
    static const char *const headings[] = {"number", "name", "code"};
    const char *begin = csv_writer_begin(CSV_PROFILE_EXCEL);
    struct codes *codes = calloc(1, sizeof *codes);
    if (!codes) {
        reason_set(out_reason, "there is no memory for a list of codes");
        return RC_NO_MEMORY;
    }
    enum rc rc = create(path, &codes->file, out_reason);
    if (rc) {
        free(codes);
        return rc;
    }
    /* A failure is told by codes_settle. */
    if (!outfile_write(codes->file, begin, strlen(begin)))
        (void)!write_row(codes, headings, 3);
    *out_codes = codes;
    return RC_OK;
}

enum rc codes_add(struct codes *codes, const struct person *person, const struct code *code)
{
    char name[NAME_BYTES], written[CODE_WRITTEN_BYTES];
    const char *const cells[] = {person->number, name, written};
    snprintf(name, sizeof name, "%s%s%s", person->first_name, person->last_name[0] ? " " : "",
             person->last_name);
    code_write(code, written);
    enum rc rc = write_row(codes, cells, 3);
    hash_forget(written, sizeof written);
    return rc;
}

enum rc codes_settle(struct codes *codes, struct reason *out_reason)
{
    enum rc rc = outfile_settle(codes->file);
    if (rc)
        reason_set(out_reason, "the list of codes could not be written: %s", rc_text(rc));
    return rc;
}

enum rc codes_commit(struct codes *codes, struct reason *out_reason)
{
    enum rc rc = outfile_commit(codes->file, out_reason);
    free(codes);
    return rc;
}

void codes_abandon(struct codes *codes)
{
    if (!codes)
        return;
    outfile_abandon(codes->file);
    free(codes);
}

void codes_leave(struct codes *codes)
{
    outfile_leave(codes->file);
    free(codes);
}
