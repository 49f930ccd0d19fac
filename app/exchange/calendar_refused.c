/* calendar_refused.c - what was refused, to mend and read again. */
#include "app/exchange/calendar_i.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/exchange/refused.h"
#include "firmware/base/hash.h"

static const char no_reason[] = "there is not enough memory to say why";

/* --- tables --- */

struct wanted {
    int line;
    uint64_t uid; /* of an occasion refused as a whole; 0: only that line */
    const char *reason;
};

struct asking {
    const struct calendar *calendar;
    struct wanted *wanted;
    size_t count, next; /* of calendar->lines */
};

static const struct wanted *find(const struct asking *asking, int line, uint64_t uid)
{
    for (size_t i = 0; i < asking->count; i++) {
        const struct wanted *wanted = &asking->wanted[i];
        if (wanted->line == line || (uid && wanted->uid == uid))
            return wanted;
    }
    return NULL;
}

static bool is_refused(void *context, int line, const char **out_reason)
{
    struct asking *asking = context;
    const struct calendar *calendar = asking->calendar;
    bool is_of_one =
        asking->next < calendar->line_count && calendar->lines[asking->next].line == line;
    const struct wanted *wanted =
        find(asking, line, is_of_one ? calendar->lines[asking->next].uid : 0);
    asking->next += is_of_one;
    if (wanted)
        *out_reason = wanted->reason;
    return wanted;
}

/* At most CALENDAR_SHOWN by reading, so that a search for each line is quick enough. */
static void collect(struct asking *asking)
{
    const struct calendar *calendar = asking->calendar;
    for (size_t i = 0; i < calendar->read_count; i++) {
        const struct calendar_row *row = &calendar->rows[i];
        if (row->verdict == CALENDAR_REFUSED)
            asking->wanted[asking->count++] =
                (struct wanted){row->line, row->uid[0] ? hash_quick(row->uid, strlen(row->uid)) : 0,
                                row->reason ? row->reason : no_reason};
    }
}

/* --- iCalendar --- */

static void print(FILE *out, const struct calendar *calendar)
{
    for (size_t i = 0; i < calendar->read_count; i++) {
        const struct calendar_row *row = &calendar->rows[i];
        if (row->verdict == CALENDAR_REFUSED)
            fprintf(out, "line %d: %s%s%s\r\n", row->line, row->title, row->title[0] ? ": " : "",
                    row->reason ? row->reason : no_reason);
    }
    if (calendar->not_shown)
        fprintf(out, "and %zu more\r\n", calendar->not_shown);
}

static enum rc write_sentences(const struct calendar *calendar, const char *name,
                               const char *folder, struct reason *out_reason)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (out)
        print(out, calendar);
    bool is_whole = out && !(ferror(out) | fclose(out));
    enum rc rc = is_whole ? refused_write_text(text, name, folder, out_reason) : RC_NO_MEMORY;
    if (!is_whole)
        reason_set(out_reason, "there is not enough memory to write %s", name);
    free(text);
    return rc;
}

static enum rc write_table(const struct calendar *calendar, const struct refused *table,
                           enum csv_profile profile, const char *folder, struct reason *out_reason)
{
    struct asking asking = {.calendar = calendar};
    asking.wanted = calloc(calendar->read_count + 1, sizeof *asking.wanted);
    if (!asking.wanted) {
        reason_set(out_reason, "there is not enough memory to write %s", table->name);
        return RC_NO_MEMORY;
    }
    collect(&asking);
    struct refused refused = *table;
    refused.least = asking.count;
    refused.is_refused = is_refused;
    refused.context = &asking;
    enum rc rc = refused_write(&refused, profile, folder, out_reason);
    free(asking.wanted);
    return rc;
}

enum rc calendar_write_refused(const struct calendar *calendar, const char *bytes, size_t length,
                               enum csv_profile profile, const char *folder, const char *base,
                               char out_name[REFUSED_NAME_BYTES], struct reason *out_reason)
{
    char name[REFUSED_NAME_BYTES];
    if (!calendar_count_plan(calendar).rows[CALENDAR_REFUSED])
        return RC_EMPTY;
    enum rc rc = refused_name(folder, base, calendar->is_csv ? "csv" : "txt", name, out_reason);
    const struct refused table = {.bytes = bytes, .length = length, .name = name};
    if (!rc)
        rc = calendar->is_csv ? write_table(calendar, &table, profile, folder, out_reason)
                              : write_sentences(calendar, name, folder, out_reason);
    if (!rc)
        strcpy(out_name, name);
    return rc;
}
