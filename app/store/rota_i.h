/*
 * rota_i.h - the inside of the rota, shared by rota.c (who promises what), rota_back.c
 * (what is taken back), rota_attend.c (what a visit is for) and rota_occasions.c (what takes
 * place). Nobody else includes it.
 */
#ifndef APP_STORE_ROTA_I_H
#define APP_STORE_ROTA_I_H

#include "app/store/rota.h"
#include "app/store/rows.h"
#include "firmware/base/utf8.h"

/*
 * Begins what somebody does for themselves, or for others with a right that reaches them and the
 * occasion.
 */
enum rc rota_begin(struct journal *journal, const struct office *office, struct fact_id person,
                   struct fact_id occasion, struct reason *out_reason) MUST_CHECK;

/* Commits what went well. */
enum rc rota_end(struct journal *journal, enum rc rc, struct fact_id fact, struct fact_id *out_fact,
                 struct reason *out_reason) MUST_CHECK;

/* [station, seq]; NULL without memory. */
json_t *rota_id_to_json(struct fact_id id);

/* Bodies of FACT_SIGN_UP and FACT_SIGN_UP_ENDED; NULL without memory. */
json_t *rota_promise_body(const struct answer_slot *slot, bool is_sought);
json_t *rota_end_body(struct shift_id of, enum sign_up_end how, const char *reason,
                      struct fact_id replaced_by);

#endif
