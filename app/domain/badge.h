/*
 * badge.h - what a badge says of itself, and the writings under which people list it.
 *
 * Canonical text (the reader port's): "uid:04A1B2C3D4E5F6" (ISO 14443-A UID of 4, 7 or 10 bytes,
 * upper-case hex in the order sent), "ean:2410000001613" (EAN-13 with a right check digit),
 * "num:0012345678" (decimal digits as a 125 kHz reader types them). Badge numbers are secrets:
 * they live in memory only; what is kept is their keyed hash. Pure; any thread.
 */
#ifndef APP_DOMAIN_BADGE_H
#define APP_DOMAIN_BADGE_H

#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/hash.h"
#include "firmware/base/rc.h"

#define BADGE_TEXT_BYTES 32
#define BADGE_HASH_BYTES 16
#define BADGE_FORMS_MAX 3

struct badge {
    char text[BADGE_TEXT_BYTES]; /* canonical, NUL-terminated */
};

struct badge_hash {
    uint8_t bytes[BADGE_HASH_BYTES];
};

/*
 * Takes a canonical text as the reader port gives it; anything else is RC_BAD_INPUT. A number of
 * less than ten digits gets its leading zeros back, which some readers type and others don't.
 */
enum rc badge_from_reader(const char *text, struct badge *out_badge) MUST_CHECK;

/*
 * Takes any of the usual writings in lists: "FD:E6:F1:C2", "fd e6 f1 c2", "FD-E6-F1-C2",
 * "fde6f1c2", "0xFDE6F1C2", 4, 7 or 10 bytes; 13 digits with a right check digit; 9 or 10 decimal
 * digits of a 125 kHz tag or a decimal UID; the canonical texts themselves. Eight digits are read
 * as hex, as the field writes them most often. Otherwise RC_BAD_INPUT and a sentence.
 */
enum rc badge_parse(const char *writing, struct badge *out_badge,
                    struct reason *out_reason) MUST_CHECK;

/*
 * May this badge be given to a person? RC_REFUSED with a sentence for a random number (4 bytes
 * beginning 08: phones make up another at every tap, ISO 14443-3) and for the cut half of a longer
 * one (4 bytes beginning 88, the cascade tag, which no whole number begins with).
 */
enum rc badge_check_enrolment(const struct badge *badge, struct reason *out_reason) MUST_CHECK;

/*
 * All canonical badges that the same card may be listed as: a 4-byte UID is also a decimal number
 * in either byte order. The first is the badge itself. Returns how many (1 to BADGE_FORMS_MAX).
 */
int badge_forms(const struct badge *badge, struct badge *out_forms);

/* Keyed BLAKE2b-128 of the canonical text; `key` is the venue's, HASH_KEY_BYTES. */
struct badge_hash badge_hash(const struct badge *badge, const uint8_t *key);

/* GS1 General Specifications, check digit of a 13-digit number. */
bool badge_is_ean13(const char *digits);

#endif
