/*
 * boot_marks.h - what was taken from the boot partition last: for each file a digest of its
 * content, in "boot.taken" of the data folder. So a file counts once, and again when it changed.
 *
 * No names stand in it and nothing of what is in the files. Plain data; one thread at a time.
 */
#ifndef APP_BOOT_MARKS_H
#define APP_BOOT_MARKS_H

#include <stdint.h>

#include "app/exchange/outfile.h"
#include "firmware/base/hash.h"

enum boot_state {
    BOOT_NEW,   /* not seen yet with this content */
    BOOT_TAKEN, /* in the house */
    BOOT_WRONG, /* done with, but for what was refused: that is told at each start */
    BOOT_AWAY,  /* the same, and staff want to be told no more */
    BOOT_STATES
};

struct boot_mark {
    uint8_t key[HASH_BYTES];     /* which file */
    uint8_t content[HASH_BYTES]; /* what was in it */
    enum boot_state state;
};

#define BOOT_MARKS_MAX 64

struct boot_marks {
    struct boot_mark rows[BOOT_MARKS_MAX]; /* the oldest first */
    int count;
};

/* Which file: what it is and its name, in capitals or not, wherever it lies. */
void boot_marks_key(const char *kind, const char *name, uint8_t out_key[HASH_BYTES]);

/* What cannot be understood is passed over: those files are taken anew. */
struct boot_marks boot_marks_read(const char *data);

enum boot_state boot_marks_find(const struct boot_marks *marks, const struct boot_mark *mark);

/* In the place of the file's last one; the oldest gives way where there are too many. */
void boot_marks_set(struct boot_marks *marks, const struct boot_mark *mark);

/* As if it had been set just now: others give way before it. */
void boot_marks_renew(struct boot_marks *marks, const uint8_t key[HASH_BYTES]);

/* BOOT_NEW: as if it had never been seen. */
void boot_marks_forget(struct boot_marks *marks, const struct boot_mark *mark);

/*
 * Writes them beside the old ones: they count with outfile_commit, which takes no room any more,
 * and not at all after outfile_abandon. So nothing is taken that could not be marked.
 */
enum rc boot_marks_begin(const struct boot_marks *marks, const char *data,
                         struct outfile **out_file, struct reason *out_reason) MUST_CHECK;

#endif
