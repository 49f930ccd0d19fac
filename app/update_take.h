/*
 * update_take.h - a signed package from a folder that is not trusted into one of our own, checked
 * on the way; the station does it with a stick, root's side does it again with what the station
 * brought. Links are not followed, nothing larger than UPDATE_BYTES_MAX is read, and there is
 * either the whole package with its line or none. Any thread; blocks as long as the device does.
 *
 * All of it fails with an enum update_why; UPDATE_WHY_NONE is success. `out_detail` is filled where
 * more is known: English, for the log.
 */
#ifndef APP_UPDATE_TAKE_H
#define APP_UPDATE_TAKE_H

#include <stdbool.h>

#include "app/update_claim.h"
#include "app/update_state.h"

#define UPDATE_KEY_FILE "/etc/perron/update.pub"
#define UPDATE_NEW "new.deb"
#define UPDATE_NAME_BYTES 128

/* From a file; UPDATE_WHY_NO_KEY, UPDATE_WHY_BAD_KEY. */
enum update_why update_key_read(const char *path, struct sign_public *out_key);

/* --- what lies there --- */

struct update_found {
    char folder[16];              /* "", or "perron" as the stick has it */
    char name[UPDATE_NAME_BYTES]; /* of the package, as it lies there */
    struct update_claim claim;    /* where its line could be read */
    enum update_why why;          /* why it cannot be taken */
};

/* What is here: versions are compared with it. */
struct update_here {
    const char *version, *architecture;
    bool is_program; /* the version is a program's: any package of it is the same */
};

/* This program. */
struct update_here update_here(void);

/*
 * Looks for perron_*.deb on top of `root` and in a folder perron there; of several the newest that
 * can be taken. False: there is none. Reads the line beside it, not the package. `key` NULL: what
 * is found is UPDATE_WHY_NO_KEY, with what its line says of it.
 */
bool update_find(const char *root, const struct sign_public *key, const struct update_here *here,
                 struct update_found *out_found);

/* UPDATE_WHY_PACKAGE, _ARCHITECTURE, _OLDER, _SAME: it is not for here. */
enum update_why update_judge(const struct update_claim *claim, const struct update_here *here);

/* The line of a package, beside it. */
enum update_why update_read_beside(const char *path, const struct sign_public *key,
                                   struct update_claim *out_claim);

/* --- taking it --- */

struct update_job {
    const char *from; /* a folder */
    const char *name; /* of the package in it; its line is NAME.sig */
    const char *into; /* a folder of ours, which exists: gets UPDATE_NEW and its line */
    const struct sign_public *key;
    const struct update_here *here; /* NULL: any version will do */

    /* How far: bytes of so many. Another result than RC_OK gives up. May be NULL. */
    enum rc (*tell)(void *context, int64_t done, int64_t of);
    void *context;
};

enum update_why update_take(const struct update_job *job, struct update_claim *out_claim,
                            struct reason *out_detail);

/* Where one of our own folders is to blame. */
enum update_why update_why_own(enum rc rc);

/* Is that open file what was signed? Read from where it stands. */
enum update_why update_check_file(int fd, const struct update_claim *claim);

/* Takes away what update_take made. */
void update_clear(const char *folder);

#endif
