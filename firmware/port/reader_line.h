/*
 * reader_line.h - the lines perron-reader says, version 1.
 *
 *   perron-reader 1         first line: the protocol's version
 *   ready NAME              the chip answers; NAME is the chip's, for the technician
 *   tag 04A1B2C3D4E5F6      a badge came into the field: its UID, 4, 7 or 10 bytes, as sent
 *   gone                    it left the field (after two misses)
 *   beat                    twice a second: still alive
 *   fault TEXT              no badge can be read; TEXT says why. `ready` ends it
 *
 * Lines end with a newline and have at most READER_LINE_BYTES with it; letters, digits and
 * punctuation of ASCII only. Everything else is RC_BAD_INPUT, and whoever says it is not trusted
 * any further. Pure; any thread.
 */
#ifndef FIRMWARE_PORT_READER_LINE_H
#define FIRMWARE_PORT_READER_LINE_H

#include <stddef.h>
#include <stdint.h>

#include "firmware/base/rc.h"

#define READER_LINE_VERSION 1
#define READER_LINE_BYTES 160
#define READER_LINE_UID_MAX 10 /* ISO/IEC 14443-3: triple size UID */

enum reader_line_kind {
    READER_LINE_HELLO,
    READER_LINE_READY,
    READER_LINE_TAG,
    READER_LINE_GONE,
    READER_LINE_BEAT,
    READER_LINE_FAULT,
};

struct reader_line {
    enum reader_line_kind kind;
    char text[READER_LINE_BYTES]; /* NAME, TEXT, or the UID in upper-case hex */
};

/* Is it a UID's length? 4, 7 or 10 (ISO/IEC 14443-3, 6.5.4). */
int reader_line_is_uid_length(size_t length);

/* Writes one line with its newline; returns its length. Strange characters become '?'. */
size_t reader_line_format(const struct reader_line *line, char *out_text);

/* Reads one line without its newline. */
enum rc reader_line_parse(const char *text, size_t length, struct reader_line *out_line) MUST_CHECK;

#endif
