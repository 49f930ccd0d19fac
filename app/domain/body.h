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
