/*
 * rc.h - the one vocabulary of results.
 *
 * Every function that can fail returns an `enum rc` and is MUST_CHECK. Foreign codes (errno,
 * SQLite, libnfc, ...) are translated where they are met. Results go out last, through `out_`
 * pointers that stay untouched on failure. Any thread, any process.
 */
#ifndef FIRMWARE_BASE_RC_H
#define FIRMWARE_BASE_RC_H

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(format_at, arguments_at)                                                       \
    __attribute__((format(printf, format_at, arguments_at)))

enum rc {
    RC_OK,
    RC_EMPTY,       /* nothing there now; ask again later */
    RC_BAD_INPUT,   /* what came from outside is not what was agreed */
    RC_LIMIT,       /* larger than we accept */
    RC_NOT_FOUND,   /* no such thing */
    RC_REFUSED,     /* understood, and not allowed */
    RC_BUSY,        /* somebody else holds it */
    RC_FULL,        /* no space left, on the disk or in a queue */
    RC_READ_ONLY,   /* cannot be written */
    RC_CORRUPT,     /* it was ours, and it is damaged */
    RC_NEWER,       /* made by a newer version of Perron */
    RC_GONE,        /* the device or the peer went away */
    RC_TIMEOUT,     /* no answer in time */
    RC_UNSUPPORTED, /* this build or this device cannot do it */
    RC_NO_MEMORY,
    RC_IO, /* the system said no, for another reason */
};

/* A short lower-case English text for logs ("no space left"); never NULL, never freed. */
const char *rc_text(enum rc rc);

/* Translates errno values where a system call failed. 0 is RC_OK. */
enum rc rc_from_errno(int error_number);

/*
 * A sentence for the person who has to act on a failure: what happened and what to do next.
 * The function that knows best writes it; whoever talks to people shows it. Cut, never
 * overrun, when it is too long.
 */
struct reason {
    char text[400];
};

/*
 * Writes the sentence, fit to show whatever it quotes (utf8_defuse). `reason` may be NULL (then
 * nobody wants to know).
 */
void reason_set(struct reason *reason, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
