/* calendar_read.c - which kind of file is it, and what to say of one that is none. */
#include "app/exchange/calendar_i.h"

#include <stdlib.h>
#include <string.h>

#include "app/exchange/wall.h"

static const char export_it[] =
    SAID("Export the calendar as an .ics file (Nextcloud: the calendar's menu, Export; Google: "
         "Settings, Import & export; Outlook: File, Save calendar) and take that file.");

/* Beginnings that give a file away. */
static const struct {
    const char *magic, *sentence, *advice;
} strangers[] = {
    {"<", SAID("This is a web page, perhaps one that asks for a password, and no calendar."),
     export_it},
    {"PK\x03\x04",
     SAID("This is a spreadsheet or an archive, and no calendar. Save the sheet as \"CSV "
          "UTF-8\", or unpack the archive, and take that file."),
     ""},
    {"{", SAID("This is a program's file (JSON), and no calendar."), export_it},
};

/* The first letter that is no space, behind a byte order mark. */
static const char *first_letter(const char *bytes, size_t length, size_t *out_length)
{
    size_t at = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < length && bytes[at] && strchr(" \t\r\n", bytes[at]))
        at++;
    *out_length = length - at;
    return bytes + at;
}

static bool begins(const char *bytes, size_t length, const char *start)
{
    return length >= strlen(start) && strncasecmp(bytes, start, strlen(start)) == 0;
}

static void say_both(const char *sentence, const char *advice, struct reason *out_reason)
{
    reason_set(out_reason, advice[0] ? "%s %s" : "%s%s", sentence, advice);
    reason_mark(out_reason, 0);
    reason_mark(out_reason, 1);
}

static enum rc refuse_strangers(const char *begin, size_t length, struct reason *out_reason)
{
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        if (!begins(begin, length, strangers[i].magic))
            continue;
        say_both(strangers[i].sentence, strangers[i].advice, out_reason);
        return RC_UNSUPPORTED;
    }
    return RC_OK;
}

static int compare_rows(const void *a, const void *b)
{
    const struct calendar_row *x = a, *y = b;
    if (x->from_ms != y->from_ms)
        return x->from_ms > y->from_ms ? 1 : -1;
    if (x->line != y->line)
        return x->line > y->line ? 1 : -1;
    return strcmp(x->instance, y->instance);
}

static enum rc tell(const struct calendar *calendar, enum rc rc, struct reason *out_reason)
{
    if (rc == RC_LIMIT && !out_reason->text[0])
        reason_set(
            out_reason,
            SAID("There are more than %d occasions in it until then. Export fewer calendars, or "
                 "end old series."),
            CALENDAR_OCCASIONS);
    else if (rc == RC_NO_MEMORY)
        reason_set(out_reason, SAID("There is not enough memory to read this calendar."));
    else if (!rc && !calendar->count && !calendar->is_cut) {
        reason_set(out_reason, SAID("There is nothing in this calendar between last month and next "
                                    "year: no occasion to take."));
        rc = RC_EMPTY;
    }
    return rc;
}

static enum rc read_file(struct calendar *calendar, const char *bytes, size_t length,
                         struct reason *out_reason)
{
    size_t rest;
    const char *begin = first_letter(bytes, length, &rest);
    if (length > CALENDAR_FILE_BYTES) {
        reason_set(out_reason,
                   SAID("This calendar is larger than %d MiB. Export the last year only."),
                   CALENDAR_FILE_BYTES >> 20);
        return RC_LIMIT;
    }
    if (!rest) {
        say_both(SAID("This file is empty."), export_it, out_reason);
        return RC_EMPTY;
    }
    enum rc rc = refuse_strangers(begin, rest, out_reason);
    if (rc)
        return rc;
    calendar->is_csv = !begins(begin, rest, "BEGIN:");
    return calendar->is_csv ? calendar_read_csv(calendar, bytes, length, out_reason)
                            : calendar_read_ics(calendar, begin, rest, out_reason);
}

enum rc calendar_read(const char *bytes, size_t length, struct calendar_horizon horizon,
                      struct calendar **out_calendar, struct reason *out_reason)
{
    struct reason why = {.text = ""};
    struct calendar *calendar = calloc(1, sizeof *calendar);
    enum rc rc = RC_NO_MEMORY;
    if (calendar) {
        calendar->horizon = horizon;
        rc = read_file(calendar, bytes, length, &why);
    }
    rc = tell(calendar, rc, &why);
    if (rc) {
        reason_copy(out_reason, &why);
        calendar_close(calendar);
        return rc;
    }
    if (calendar->count)
        qsort(calendar->rows, calendar->count, sizeof *calendar->rows, compare_rows);
    calendar->read_count = calendar->count;
    calendar->read_note_count = calendar->note_count;
    *out_calendar = calendar;
    return RC_OK;
}
