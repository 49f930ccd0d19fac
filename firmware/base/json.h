/*
 * json.h - the one home of Jansson, with the limits we put on text from outside.
 */
#ifndef FIRMWARE_BASE_JSON_H
#define FIRMWARE_BASE_JSON_H

#include <jansson.h>
#include <stdint.h>

#include "firmware/base/rc.h"

/*
 * Parses one object of at most `limit_bytes`. Anything else (no object, doubled keys, a NUL inside)
 * is RC_BAD_INPUT, a longer text RC_LIMIT, missing memory RC_NO_MEMORY. Free *out_object with
 * json_decref. Not to be called while another call reads on the same thread.
 */
enum rc json_read_object(const char *text, size_t length, size_t limit_bytes,
                         json_t **out_object) MUST_CHECK;

/*
 * The value as text (Jansson's flags); free() it. NULL without memory: json_dumps would leave the
 * name of a member out and say nothing.
 */
char *json_write(const json_t *value, size_t flags);

/* The text under `key`, or NULL where there is none or it is no text. Owned by the object. */
const char *json_text(const json_t *object, const char *key);

/* The whole number under `key`, or `otherwise`. */
int64_t json_number(const json_t *object, const char *key, int64_t otherwise);

#endif
