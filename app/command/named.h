/*
 * named.h - what people call an occasion or a shift on the command line: the number of its fact, as
 * "1234" and "1234/2", of the register's own station; of another one with the station in front,
 * "98765:1234/2".
 */
#ifndef APP_COMMAND_NAMED_H
#define APP_COMMAND_NAMED_H

#include "app/domain/occasion.h"

#define NAMED_BYTES 64

/* `number` of the shift 0: the occasion. */
void named_write(struct shift_id of, int64_t station, char out_name[NAMED_BYTES]);

/* RC_BAD_INPUT with a sentence. An occasion's name alone has the shift 0. */
enum rc named_read(const char *name, int64_t station, struct shift_id *out_of,
                   struct reason *out_reason) MUST_CHECK;

/* The kind of occasion of that name. RC_BAD_INPUT with a sentence that has all of them. */
enum rc named_read_kind(const char *name, enum occasion_kind *out_kind,
                        struct reason *out_reason) MUST_CHECK;

#endif
