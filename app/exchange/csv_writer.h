/*
 * csv_writer.h - rows of a table as text, in the two dialects that people and programs need.
 *
 * Excel in French and Dutch wants `;`, a byte order mark and a decimal comma; Odoo, CiviCRM and
 * scripts want RFC 4180. Both end lines with CR LF. Cells that a spreadsheet would run are defused
 * (formula.h); the strict profile leaves plain signed numbers alone, so that "+32 466 59 91 35"
 * reaches Odoo as it is. csv.h reads both back as they were. Pure; any thread.
 */
#ifndef APP_EXCHANGE_CSV_WRITER_H
#define APP_EXCHANGE_CSV_WRITER_H

#include <stddef.h>

#include "firmware/base/rc.h"

enum csv_profile { CSV_PROFILE_EXCEL, CSV_PROFILE_STRICT };

/* Enough for a row of our own: 16 full cells of 4096 bytes. */
#define CSV_WRITER_ROW_BYTES (64 << 10)

/* What a file of this profile begins with: the byte order mark, or "". */
const char *csv_writer_begin(enum csv_profile profile);

/*
 * Writes `count` cells (UTF-8, never NULL; at least one) as one line into `out_text`, without a
 * NUL. RC_LIMIT where `size` is too small.
 */
enum rc csv_writer_row(enum csv_profile profile, const char *const *cells, int count,
                       char *out_text, size_t size, size_t *out_length) MUST_CHECK;

#endif
