/*
 * update_claim.h - what whoever made an update says of it: one line beside the package, signed.
 *
 *     perron-update-1 perron 0.9.1 arm64 3123456 SHA-256 SIGNATURE
 *
 * The signature (firmware/base/sign.h) is over all that stands before it, and the line is
 * canonical: there is one way to write it, and another one is none. It names the package's SHA-256,
 * so a station that may execute nothing knows what a file is by reading this line and the file.
 * Pure; any thread.
 */
#ifndef APP_UPDATE_CLAIM_H
#define APP_UPDATE_CLAIM_H

#include <stddef.h>
#include <stdint.h>

#include "firmware/base/hash.h"
#include "firmware/base/sign.h"

#define UPDATE_PACKAGE "perron"
#define UPDATE_BYTES_MAX (INT64_C(64) << 20) /* of a package */
#define UPDATE_LINE_MAX 512                  /* of a claim, with its NUL */
#define UPDATE_SUFFIX ".sig"                 /* X.deb.sig beside X.deb */

struct update_claim {
    char package[32], version[64], architecture[16];
    int64_t bytes;
    uint8_t sha256[HASH_BYTES];
};

/* The line with its end. RC_BAD_INPUT where a part could not be read back. */
enum rc update_claim_write(const struct update_claim *claim, const struct sign_secret *by,
                           char out_line[UPDATE_LINE_MAX]) MUST_CHECK;

/* RC_BAD_INPUT: it is no such line; RC_REFUSED: signed by somebody else, or changed since. */
enum rc update_claim_read(const char *line, size_t length, const struct sign_public *key,
                          struct update_claim *out_claim) MUST_CHECK;

/* The same whoever signed it: for who has no key, and wants to know what it would be. */
enum rc update_claim_parse(const char *line, size_t length,
                           struct update_claim *out_claim) MUST_CHECK;

/* dpkg's name of the architecture this program is built for; "unknown" where it has none here. */
const char *update_architecture(void);

#endif
