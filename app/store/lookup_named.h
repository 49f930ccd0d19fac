/*
 * lookup_named.h - whom somebody means who names a person on the command line: by member number; by
 * the id that people.csv and `perron people list --json` have ("1a2b3c-12"), for who has no number;
 * or by first and last name. Works on a writer's connection and on a snapshot's.
 */
#ifndef APP_STORE_LOOKUP_NAMED_H
#define APP_STORE_LOOKUP_NAMED_H

#include "app/domain/person.h"
#include "app/store/db.h"

/*
 * A name is somebody's only as a whole and where nobody else has it. RC_NOT_FOUND or RC_REFUSED
 * with a sentence, which has whom it could be, with numbers or ids.
 */
enum rc lookup_named(struct db *db, const char *words, struct person *out_person,
                     struct reason *out_reason) MUST_CHECK;

#define LOOKUP_NAMED_HANDLE_BYTES FACT_ID_BYTES

/* What names them and nobody else: their number, or else their id. */
void lookup_named_handle(const struct person *person, char out_text[LOOKUP_NAMED_HANDLE_BYTES]);

#endif
