/* people_refused.c - what was refused, as a list to mend and read again. */
#include <string.h>

#include "app/exchange/people_i.h"
#include "app/exchange/refused.h"

struct asking {
    const struct people *people;
    size_t next; /* row of the file */
};

static bool is_refused(void *context, int line, const char **out_reason)
{
    struct asking *asking = context;
    const struct people *people = asking->people;
    if (asking->next == people->read || people->rows[asking->next].line != line)
        return false; /* blank, or headings again */
    const struct people_row *row = &people->rows[asking->next++];
    *out_reason = row->reason;
    return row->verdict == PEOPLE_REFUSED;
}

enum rc people_write_refused(const struct people *people, const char *bytes, size_t length,
                             enum csv_profile profile, const char *folder,
                             char out_name[REFUSED_NAME_BYTES], struct reason *out_reason)
{
    char name[REFUSED_NAME_BYTES];
    struct asking asking = {.people = people};
    const struct refused refused = {
        .bytes = bytes,
        .length = length,
        .name = name,
        .least = people_count_plan(people).rows[PEOPLE_REFUSED],
        .is_refused = is_refused,
        .context = &asking,
    };
    if (!refused.least)
        return RC_EMPTY;
    enum rc rc =
        refused_name(folder, people->is_of_baskets ? "baskets" : "people", "csv", name, out_reason);
    if (!rc)
        rc = refused_write(&refused, profile, folder, out_reason);
    if (!rc)
        memcpy(out_name, name, sizeof name);
    return rc;
}
