/*
 * update_make.h - on the side of whoever makes updates: the key's file, and a package signed. Not
 * for a station. Any thread; blocks as long as the disk does.
 */
#ifndef APP_UPDATE_MAKE_H
#define APP_UPDATE_MAKE_H

#include "app/update_claim.h"

/*
 * A new pair; the secret half is kept in a new file that only its owner may read, which is on disk
 * before this returns. RC_REFUSED: something of that name is there; always with a sentence.
 */
enum rc update_make_key(const char *path, struct sign_public *out_public,
                        struct reason *out_reason) MUST_CHECK;

/* From such a file. RC_BAD_INPUT: no secret key stands in it; always with a sentence. */
enum rc update_read_secret(const char *path, struct sign_secret *out_key,
                           struct reason *out_reason) MUST_CHECK;

/* Asks dpkg-deb what the package is, and writes its line beside it. With a sentence. */
enum rc update_sign(const char *path, const struct sign_secret *by, struct update_claim *out_claim,
                    struct reason *out_reason) MUST_CHECK;

#endif
