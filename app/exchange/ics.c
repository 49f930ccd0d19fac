#include "app/exchange/ics_i.h"

#include <stdlib.h>
#include <string.h>

static bool begins(const char *bytes, size_t length, const char *start)
{
    return length >= strlen(start) && strncasecmp(bytes, start, strlen(start)) == 0;
}

static enum rc tell(const struct ics *ics, enum rc rc, struct reason *out_reason)
{
    if (rc == RC_LIMIT)
        reason_set(out_reason,
                   SAID("There are more than %d events, which no house's calendar has."),
                   ICS_EVENTS);
    else if (rc == RC_NO_MEMORY)
        reason_set(out_reason, SAID("There is not enough memory to read this calendar."));
    else if (!rc && !ics->is_calendar) {
        reason_set(out_reason,
                   SAID("This is not a calendar: it does not begin with BEGIN:VCALENDAR. "
                        "Export the calendar again as an .ics file."));
        rc = RC_BAD_INPUT;
    } else if (!rc && !ics->count) {
        reason_set(out_reason, SAID("There is no event in this calendar."));
        rc = RC_EMPTY;
    }
    return rc;
}

enum rc ics_open(const char *bytes, size_t length, struct ics **out_ics, struct reason *out_reason)
{
    if (length > ICS_FILE_BYTES) {
        reason_set(out_reason,
                   SAID("This calendar is larger than %d MiB; export the last year only."),
                   ICS_FILE_BYTES >> 20);
        return RC_LIMIT;
    }
    if (memchr(bytes, 0, length)) {
        reason_set(out_reason,
                   SAID("This is not a text file, so there is no calendar in it to read."));
        return RC_BAD_INPUT;
    }
    size_t mark = begins(bytes, length, "\xEF\xBB\xBF") ? 3 : 0;
    icalerror_set_errors_are_fatal(false);
    struct ics *ics = calloc(1, sizeof *ics);
    enum rc rc = ics ? ics_split(ics, bytes + mark, length - mark) : RC_NO_MEMORY;
    rc = tell(ics, rc, out_reason);
    if (rc)
        ics_close(ics);
    else
        *out_ics = ics;
    return rc;
}

void ics_close(struct ics *ics)
{
    if (!ics)
        return;
    ics_close_zones(ics);
    for (size_t i = 0; i < ics->count; i++)
        free(ics->blocks[i].uid);
    free(ics->blocks);
    free(ics->text);
    free(ics);
}

bool ics_is_cut(const struct ics *ics)
{
    return ics->is_cut;
}

bool ics_is_message(const struct ics *ics)
{
    return ics->is_message;
}

size_t ics_controls(const struct ics *ics)
{
    return ics->controls;
}

size_t ics_count(const struct ics *ics)
{
    return ics->count;
}

int ics_line(const struct ics *ics, size_t index)
{
    return ics->blocks[index].line;
}

const char *ics_uid(const struct ics *ics, size_t index)
{
    return ics->blocks[index].uid;
}
