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

#include "app/store/db.h"
#include "firmware/base/json.h"

/*
 * Works on a snapshot's connection; reads all facts once. json_decref *out_data. RC_EMPTY: nobody
 * of that name has facts.
 */
enum rc own_data_read(struct db *db, struct fact_id person, int64_t now_ms,
                      json_t **out_data) MUST_CHECK;

#endif
