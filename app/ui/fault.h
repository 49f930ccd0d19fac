/*
 * fault.h - why a station cannot serve, as whoever stands in front of it is told: what happened,
 * and what to do. Two whole sentences for each kind, so that no language ends in the middle of one;
 * the technical detail stands beneath them as it was found. Pure.
 */
#ifndef APP_UI_FAULT_H
#define APP_UI_FAULT_H

enum fault_kind {
    FAULT_NONE,
    FAULT_SETTINGS,   /* a mistake in perron.conf */
    FAULT_UNREADABLE, /* perron.conf cannot be read at all */
    FAULT_FOLDER,     /* what the register lies in cannot be written */
    FAULT_FULL,       /* its disk is full */
    FAULT_AWAY,       /* it is not where it was */
    FAULT_BUSY,       /* somebody else holds it */
    FAULT_KEY,        /* the venue's key is missing or damaged */
    FAULT_REGISTER,   /* damaged, or no register at all */
    FAULT_NEWER,      /* of a newer Perron */
    FAULT_READER,     /* the badge reader cannot be set up */
    FAULT_MEMORY,
    FAULT_OTHER,
    FAULT_KINDS
};

struct fault_text {
    const char *happened, *todo; /* source texts */
};

/* NULL for FAULT_NONE. */
const struct fault_text *fault_text(enum fault_kind kind);

#endif
