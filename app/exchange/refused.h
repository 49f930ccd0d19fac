/*
 * refused.h - the refused rows of a table as a file to mend and read again: in the columns they
 * came in, and with the reason in one more. Any thread; blocks as long as the device does.
 */
#ifndef APP_EXCHANGE_REFUSED_H
#define APP_EXCHANGE_REFUSED_H

#include <stdbool.h>
#include <stddef.h>

#include "app/exchange/csv_writer.h"
#include "firmware/base/rc.h"

#define REFUSED_NAME_BYTES 128

/*
 * "BASE-refused.csv" (`extension` without the dot), or "BASE-refused-2.csv" and so on: the first
 * that nothing in the folder is called, so that nothing is ever written over. RC_LIMIT with a
 * sentence where there are too many.
 */
enum rc refused_name(const char *folder, const char *base, const char *extension,
                     char out_name[REFUSED_NAME_BYTES], struct reason *out_reason) MUST_CHECK;

/* Where such an end begins in the name of a table ("-refused-2.csv"); NULL: it has none. */
const char *refused_find_end(const char *name);

struct refused {
    const char *bytes; /* the table as it was read */
    size_t length;
    const char *name; /* of the file to write */
    size_t least;     /* so many of its rows are refused, or more */
    /*
     * Is the row that begins on that line refused? Asked from top to bottom, once for each row.
     * *out_reason may stay NULL.
     */
    bool (*is_refused)(void *context, int line, const char **out_reason);
    void *context;
};

/*
 * Writes it into `folder`. A last column "reason" is one that was written here before, and gives
 * way. RC_BAD_INPUT: it is another table, with fewer of them; else as outfile_commit. With a
 * sentence.
 */
enum rc refused_write(const struct refused *refused, enum csv_profile profile, const char *folder,
                      struct reason *out_reason) MUST_CHECK;

/* The same of what is no table: a text, whole. */
enum rc refused_write_text(const char *text, const char *name, const char *folder,
                           struct reason *out_reason) MUST_CHECK;

#endif
