/*
 * contact_sheet.h - many pictures on one, to be looked at together: every screen as a table, or a
 * story as a strip. Reads one picture at a time, so that hundreds of them fit. One thread.
 */
#ifndef TESTS_SUPPORT_CONTACT_SHEET_H
#define TESTS_SUPPORT_CONTACT_SHEET_H

#include "firmware/base/rc.h"

#define CONTACT_SHEET_WIDTH_PX 3000
#define CONTACT_SHEET_ROWS_MAX 1000

struct contact_picture {
    const char *path; /* a PNG file; NULL: the place stays empty */
    const char *caption;
};

/*
 * Writes a PNG with `per_row` pictures side by side, all rows equally high, at most
 * CONTACT_SHEET_WIDTH_PX wide; nothing is enlarged. `title` stands above (NULL: none).
 */
enum rc contact_sheet_write(const char *title, const struct contact_picture *pictures, int count,
                            int per_row, const char *path, struct reason *out_reason) MUST_CHECK;

#endif
