/*
 * reader_line.h - the lines that perron-reader says to the station, version 1.
 *
 *   perron-reader 1             the first line: the version of what follows
 *   ready NAME                  the chip answers; NAME is for the technician
 *   tag 04A1B2C3D4E5F6          a badge came into the field: its UID as upper-case hex
 *   gone                        the badge left the field; always before the next tag
 *   beat                        still alive: at least twice a second while nothing blocks
 *   fault CODE TEXT             no badge can be read; CODE for programs, TEXT for the technician.
 *                               The next ready ends it
 *
 * A line ends with a newline and is at most READER_LINE_BYTES long with it; only printable ASCII.
 * UIDs have 4, 7 or 10 bytes (ISO/IEC 14443-3, 6.5.4): a chip that claims 0 or 200 is refused here
 * as well as there. Parsing accepts exactly what formatting writes. Pure; any thread.
 */
#ifndef FIRMWARE_PORT_READER_LINE_H
#define FIRMWARE_PORT_READER_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "firmware/base/rc.h"

#define READER_LINE_VERSION 1
#define READER_LINE_BYTES 192
#define READER_LINE_TEXT 150 /* NAME and TEXT, with their NUL; longer ones are cut */
#define READER_LINE_UID_MAX 10

enum reader_line_kind {
    READER_LINE_HELLO,
    READER_LINE_READY,
    READER_LINE_TAG,
    READER_LINE_GONE,
    READER_LINE_BEAT,
    READER_LINE_FAULT,
};

enum reader_fault {
    READER_FAULT_ADDRESS, /* the address is written wrong */
    READER_FAULT_MISSING, /* there is no such device */
    READER_FAULT_REFUSED, /* the system does not let us open it */
    READER_FAULT_BUSY,    /* another program holds it */
    READER_FAULT_SILENT,  /* nothing answers there */
    READER_FAULT_GARBLED, /* what answers makes no sense */
    READER_FAULT_COUNT
};

struct reader_line {
    enum reader_line_kind kind;
    enum reader_fault fault;     /* FAULT only */
    char text[READER_LINE_TEXT]; /* NAME, TEXT, or the UID as hex */
};

/* "silent" and so on. */
const char *reader_fault_name(enum reader_fault fault);

/* Is that a length a UID can have? */
bool reader_line_is_uid_length(size_t bytes);

/*
 * Writes the line with its newline and a NUL into READER_LINE_BYTES + 1; returns its length
 * without the NUL. Characters that do not belong into a line become question marks.
 */
size_t reader_line_format(const struct reader_line *line, char *out_text);

/*
 * Reads one line without its newline. RC_LIMIT when it is too long, RC_NEWER for the greeting of a
 * later version, RC_BAD_INPUT for all else that is no line.
 */
enum rc reader_line_parse(const char *text, size_t length, struct reader_line *out_line) MUST_CHECK;

#endif
