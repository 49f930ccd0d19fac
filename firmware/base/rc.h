/*
 * rc.h - the one vocabulary of results.
 *
 * Every function that can fail returns an `enum rc` and is MUST_CHECK. Foreign codes (errno,
 * SQLite, libnfc, ...) are translated where they are met. Results go out last, through `out_`
 * pointers that stay untouched on failure. Any thread, any process.
 */
#ifndef FIRMWARE_BASE_RC_H
#define FIRMWARE_BASE_RC_H

#include <stdbool.h>

#include "firmware/base/saying.h"

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
 * overrun, when it is too long. `text` is English, as logs and the command line have it; what a
 * person reads on a screen is said by reason_say. Begin one by name: {.text = ""}.
 */
struct reason {
    char text[400];
    struct saying saying; /* the same; nothing where somebody wrote only the text */
};

/*
 * Writes the sentence, fit to show whatever it quotes (utf8_defuse). `reason` may be NULL (then
 * nobody wants to know). `format` is a literal, marked SAID where a screen shows the sentence.
 */
void reason_set(struct reason *reason, const char *format, ...) PRINTF_LIKE(2, 3);
void reason_set_by(struct reason *reason, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* A whole one, with what is kept of it; both may be NULL. */
void reason_copy(struct reason *out_copy, const struct reason *reason);

/* The value at `index` is a source text as well (saying_mark). `reason` may be NULL. */
void reason_mark(struct reason *reason, int index);

/* The last value is inner->text, and said as `inner` is (saying_nest). `reason` may be NULL. */
void reason_nest(struct reason *reason, const struct reason *inner);

/*
 * The same without what it quotes (saying_conceal), for whom that is not for. False, and "…" alone,
 * where nothing is kept of it to tell one from the other.
 */
bool reason_conceal(struct reason *reason);

/* Says it in that tongue, cut at `size`; a text that is nowhere translated is said as it is. */
const char *reason_say(const struct reason *reason, struct tongue tongue, char *out_text,
                       size_t size);

#endif
