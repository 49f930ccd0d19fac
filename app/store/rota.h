/*
 * rota.h - occasions made and moved, shifts signed up for, excused, stood in for, signed off. Each
 * is one transaction: all of it or none, also over a power cut.
 *
 * `by` is who does it: the person themselves, staff with the right to it, or none for the command
 * line, which may all. Runs where the journal runs. RC_REFUSED and RC_NOT_FOUND come with a
 * sentence of rota_refuse's table, without names in it, so that a screen can say it in the reader's
 * language; what the disk refuses comes with db_tell's.
 */
#ifndef APP_STORE_ROTA_H
#define APP_STORE_ROTA_H

#include "app/domain/person.h"
#include "app/store/journal.h"
#include "app/store/lookup_occasions.h"
#include "app/store/office.h"

/* --- sign-ups --- */

/* So many days of giving make somebody experienced; so does a role. */
#define ROTA_EXPERIENCED_DAYS 3

/*
 * Signs the person up; where somebody looks for a stand-in and all places are taken, they are that
 * one. Refused: no place left, it is over, it does not take place, another shift of theirs at that
 * time, a first shift without anybody experienced. Signed up already is RC_OK and no fact.
 * *out_fact can be undone.
 */
enum rc rota_sign_up(struct journal *journal, const struct office *office, struct fact_id person,
                     struct shift_id of, struct fact_id *out_fact,
                     struct reason *out_reason) MUST_CHECK;

/* Could they sign up for it now? Inside a transaction. */
enum rc rota_may(struct journal *journal, struct fact_id person, struct shift_id of,
                 bool *out_may) MUST_CHECK;

/* Is the shift theirs to sign off: named as its referent, or by how far their RIGHT_ROTA reaches?
 */
bool rota_is_referent(const struct person *person, struct reach reach,
                      const struct lookup_shift *shift);

/* rota_sign_up inside the caller's transaction, for whoever has more to do in it. */
enum rc rota_promise(struct journal *journal, const struct office *office, struct fact_id person,
                     struct shift_id of, struct fact_id *out_fact,
                     struct reason *out_reason) MUST_CHECK;

/*
 * Who was replaced by a sign-up that is taken back looks for a stand-in again. For any other fact
 * nothing is done. Inside the caller's transaction; `person` is whose fact it is.
 */
enum rc rota_give_back(struct journal *journal, struct fact_id person,
                       struct fact_id fact) MUST_CHECK;

/* The person will not come; `why` may be "". Refused once it is over. */
enum rc rota_excuse(struct journal *journal, const struct office *office, struct fact_id person,
                    struct shift_id of, const char *why, struct fact_id *out_fact,
                    struct reason *out_reason) MUST_CHECK;

/* They look for somebody to stand in, or no longer. Until somebody does they are expected. */
enum rc rota_seek_stand_in(struct journal *journal, const struct office *office,
                           struct fact_id person, struct shift_id of, bool is_sought,
                           struct fact_id *out_fact, struct reason *out_reason) MUST_CHECK;

/* What an open visit is for: an occasion, or none. */
enum rc rota_attend(struct journal *journal, const struct office *office, struct fact_id person,
                    struct fact_id occasion, struct fact_id *out_fact,
                    struct reason *out_reason) MUST_CHECK;

/* The same inside the caller's transaction. */
enum rc rota_come_for(struct journal *journal, const struct office *office, struct fact_id person,
                      struct fact_id occasion, struct fact_id *out_fact,
                      struct reason *out_reason) MUST_CHECK;

/*
 * Where hours outside of shifts stop, of who came for a kind that has any: where the next occasion
 * without begins between the two; 0: nowhere.
 */
enum rc rota_stop(struct db *db, enum occasion_kind kind, int64_t arrived_ms, int64_t to_ms,
                  int64_t *out_stop_ms) MUST_CHECK;

/* What an arrival or FACT_ATTENDANCE says of it; NULL without memory. */
json_t *rota_attendance(struct fact_id occasion, enum occasion_kind kind, int64_t stop_ms);

/* --- occasions --- */

/* Made by hand, or by an import. The same once more: RC_OK, the one there is, and no fact. */
enum rc rota_add_occasion(struct journal *journal, const struct office *office,
                          const struct occasion *occasion, struct fact_id *out_id,
                          struct reason *out_reason) MUST_CHECK;

/*
 * It does not take place (OCCASION_CANCELLED), or does after all (OCCASION_ON). Sign-ups that were
 * cancelled stay so; those of who came stand.
 */
enum rc rota_set_state(struct journal *journal, const struct office *office,
                       struct fact_id occasion, enum occasion_state state,
                       struct reason *out_reason) MUST_CHECK;

/*
 * Changes it to what `occasion` says (its id names it). Sign-ups for shifts that moved are stated
 * again; those for shifts that do not take place any more end as cancelled. Nothing new: no fact.
 */
enum rc rota_change_occasion(struct journal *journal, const struct office *office,
                             const struct occasion *occasion, struct reason *out_reason) MUST_CHECK;

/* The same two inside the caller's transaction, for an import of many. */
enum rc rota_put_occasion(struct journal *journal, const struct office *office,
                          const struct occasion *occasion, struct fact_id *out_id,
                          struct reason *out_reason) MUST_CHECK;

/* What people promised for an occasion that was changed behind rota_put_occasion's back. */
enum rc rota_restate(struct journal *journal, const struct office *office,
                     struct fact_id occasion) MUST_CHECK;

/* The referent's word on a shift at its end; `word` may be "". A later word counts. */
enum rc rota_sign_off(struct journal *journal, const struct office *office, struct shift_id of,
                      enum shift_enough were_enough, const char *word,
                      struct reason *out_reason) MUST_CHECK;

enum rc rota_add_organisation(struct journal *journal, const struct office *office,
                              const char *name, struct fact_id *out_id,
                              struct reason *out_reason) MUST_CHECK;

#endif
