#include "app/tray.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/exchange/infile.h"
#include "app/exchange/people.h"

#define TRAY_FILE_BYTES (1u << 20)

static void add(struct tray *tray, const struct people_row *row)
{
    if (row->verdict == PEOPLE_REFUSED || !row->badge_count || tray->count == TRAY_MAX)
        return;
    struct tray_row *added = &tray->rows[tray->count++];
    snprintf(added->name, sizeof added->name, "%s", row->person.first_name);
    snprintf(added->number, sizeof added->number, "%s", row->person.number);
    added->badge = row->badges[0];
}

enum rc tray_read(const char *path, struct tray *out_tray, struct reason *out_reason)
{
    char *bytes;
    size_t length;
    struct people *people;
    enum rc rc = infile_read(path, TRAY_FILE_BYTES, &bytes, &length, out_reason);
    if (rc)
        return rc;
    rc = people_read(bytes, length, &people, out_reason);
    free(bytes);
    if (rc)
        return rc;
    out_tray->count = 0;
    for (size_t i = 0; i < people_count(people); i++)
        add(out_tray, people_row(people, i));
    people_close(people);
    return RC_OK;
}
