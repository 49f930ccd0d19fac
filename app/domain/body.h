/*
 * body.h - numbers and names as they stand in a fact's body, with the limits of what can be.
 *
 * Bodies come from other stations too: what is out of all bounds must neither be believed nor
 * overflow. Pure; any thread.
 */
#ifndef APP_DOMAIN_BODY_H
#define APP_DOMAIN_BODY_H

#include "app/domain/fact.h"
#include "firmware/base/json.h"
#include "firmware/base/json_flat.h"

/* NULL for an erased one; json_decref takes that. RC_CORRUPT for one that cannot be read. */
enum rc body_read(const struct fact *fact, json_t **out_body) MUST_CHECK;

/*
 * A body as taps have it, by the million when everything is folded again: read without Jansson
 * where it is plain (see json_flat.h). Points into the fact's; finish it with body_forget_words.
 */
struct body_words {
    json_t *json; /* NULL for a plain one */
    struct json_flat flat;
};

#define BODY_NAME_BYTES 32 /* of our own words, with the NUL; a longer text is cut, and is none */

/* RC_CORRUPT as in body_read. The fact has a body. */
enum rc body_read_words(const struct fact *fact, struct body_words *out_words) MUST_CHECK;
void body_forget_words(struct body_words *words);

/* What json_text, body_id and body_time say. A text stands in `memory` or in the words. */
const char *body_words_text(const struct body_words *words, const char *name,
                            char memory[BODY_NAME_BYTES]);
struct fact_id body_words_id(const struct body_words *words, const char *name);
int64_t body_words_time(const struct body_words *words, const char *name, int64_t otherwise);

/* [station, seq] under `name`; none where there is none. */
struct fact_id body_id(const json_t *body, const char *name);

/* The moment under `name`, from 1970 to FACT_TIME_MAX_MS; `otherwise` where there is none. */
int64_t body_time(const json_t *body, const char *name, int64_t otherwise);

/*
 * Takes the whole number under `name` over where there is one. RC_BAD_INPUT for something else,
 * or a number that is not from `least` to `most`; *number then stays as it was.
 */
enum rc body_take_number(const json_t *body, const char *name, int64_t least, int64_t most,
                         int64_t *number) MUST_CHECK;

#endif
