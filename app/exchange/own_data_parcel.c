/* own_data_parcel.c - what one person takes along, as the file and as a folder on a stick. */
#include "app/exchange/own_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/hash.h"

char *own_data_text(const json_t *data)
{
    char *text = json_write(data, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    size_t length = text ? strlen(text) : 0;
    char *whole = text ? calloc(1, length + 2) : NULL;
    if (whole) {
        memcpy(whole, text, length);
        whole[length] = '\n';
    }
    if (text)
        hash_forget(text, length);
    free(text);
    return whole;
}

static enum rc read_text(struct db *db, const struct own_data_job *job, char **out_text,
                         struct reason *out_reason)
{
    json_t *data = NULL;
    enum rc rc = own_data_read(db, job->person, job->now_ms, &data);
    char *text = rc ? NULL : own_data_text(data);
    json_decref(data);
    if (rc == RC_EMPTY) {
        reason_set(out_reason, SAID("The register has nothing about this person any more."));
        return rc;
    }
    if (!rc && !text)
        rc = RC_NO_MEMORY;
    if (rc) {
        reason_set(out_reason, SAID("the register could not be read: %s"), rc_text(rc));
        reason_mark(out_reason, 0);
        return rc;
    }
    *out_text = text;
    return RC_OK;
}

static enum rc write_file(struct parcel *parcel, const char *text)
{
    struct sink sink;
    enum rc rc = parcel_open_plain(parcel, OWN_DATA_FILE, &sink);
    if (!rc)
        rc = sink_write(&sink, text, strlen(text));
    return rc ? rc : parcel_close_file(parcel);
}

static enum rc write_parcel(const struct own_data_job *job, const char *text,
                            char out_name[PARCEL_NAME_BYTES], struct reason *out_reason)
{
    char about[48], name[PARCEL_NAME_BYTES];
    struct parcel *parcel = NULL;
    snprintf(about, sizeof about, "own data %s", job->number);
    parcel_make_name(job->day, about, name);
    const struct parcel_config config = {.root = job->root, .name = name, .watcher = job->watcher};
    enum rc rc = parcel_begin(&config, &parcel, out_reason);
    if (rc)
        return rc;
    rc = write_file(parcel, text);
    if (!rc)
        return parcel_finish(parcel, out_name, out_reason);
    parcel_tell(parcel, rc, out_reason);
    parcel_abandon(parcel);
    return rc;
}

enum rc own_data_write_parcel(struct db *db, const struct own_data_job *job,
                              char out_name[PARCEL_NAME_BYTES], struct reason *out_reason)
{
    char *text = NULL;
    enum rc rc = read_text(db, job, &text, out_reason);
    if (rc)
        return rc;
    rc = write_parcel(job, text, out_name, out_reason);
    hash_forget(text, strlen(text));
    free(text);
    return rc;
}
