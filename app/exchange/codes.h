/*
 * codes.h - the list of personal codes for paper: number, name, code.
 *
 * The only place where codes are ever written in clear, once: a file for its owner's eyes (0600)
 * that is there whole or not at all and never takes the place of another. It gets its name after
 * the register has the codes, so a list that is there is true. One thread; blocks as long as the
 * device does.
 */
#ifndef APP_EXCHANGE_CODES_H
#define APP_EXCHANGE_CODES_H

#include "app/domain/code.h"
#include "app/domain/person.h"
#include "firmware/base/rc.h"

struct codes;

/* RC_REFUSED where there is such a file already. A sentence comes with each failure. */
enum rc codes_begin(const char *path, struct codes **out_codes,
                    struct reason *out_reason) MUST_CHECK;

/* The first failure is told again by all that follows. */
enum rc codes_add(struct codes *codes, const struct person *person,
                  const struct code *code) MUST_CHECK;

/* All of it is on the device, under its name and ".part". */
enum rc codes_settle(struct codes *codes, struct reason *out_reason) MUST_CHECK;

/* The register has them: the file gets its name. Frees in any case; a failure leaves the part. */
enum rc codes_commit(struct codes *codes, struct reason *out_reason) MUST_CHECK;

/* Removes the part and frees. Takes NULL. */
void codes_abandon(struct codes *codes);

/* Frees, and leaves the part: nobody knows whether the register has them. */
void codes_leave(struct codes *codes);

#endif
