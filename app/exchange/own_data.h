/*
 * own_data.h - all that the register has about one person, for that person to read and to take
 * along (GDPR, articles 15 and 20): readable JSON.
 *
 * What they are, what they gave and what they said, as it stands and fact by fact with its time;
 * and where other people's facts name them, without what those say of the others. Badges are told
 * by the fact that gave them, never by number or hash; PINs and codes only that there is one.
 */
#ifndef APP_EXCHANGE_OWN_DATA_H
#define APP_EXCHANGE_OWN_DATA_H

#include "app/exchange/parcel.h"
#include "app/store/db.h"
#include "firmware/base/json.h"

/*
 * Works on a snapshot's connection; reads all facts once. json_decref *out_data. RC_EMPTY: nobody
 * of that name has facts.
 */
enum rc own_data_read(struct db *db, struct fact_id person, int64_t now_ms,
                      json_t **out_data) MUST_CHECK;

/* As the file has it, with a line break at its end; free() it. NULL without memory. */
char *own_data_text(const json_t *data);

#define OWN_DATA_FILE "own-data.json"

struct own_data_job {
    const char *root; /* an existing folder; the stick's */
    struct fact_id person;
    const char *number; /* the member's, for the folder's name; "" */
    int day;            /* the same */
    int64_t now_ms;
    const struct parcel_watcher *watcher; /* NULL: nobody */
};

/*
 * The same as a parcel of its own ("2026-11-26_own-data-12"), never sealed: whom it is about has
 * no key. RC_OK: it was read back, and *out_name is the folder's name; else with a sentence, as
 * parcel_finish; RC_EMPTY as above.
 */
enum rc own_data_write_parcel(struct db *db, const struct own_data_job *job,
                              char out_name[PARCEL_NAME_BYTES],
                              struct reason *out_reason) MUST_CHECK;

#endif
