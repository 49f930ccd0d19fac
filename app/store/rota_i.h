/*
 * rota_i.h - the inside of the rota, shared by rota.c (who promises what) and rota_occasions.c
 * (what takes place). Nobody else includes it.
 */
#ifndef APP_STORE_ROTA_I_H
#define APP_STORE_ROTA_I_H

#include "app/store/rota.h"
#include "app/store/rows.h"
#include "firmware/base/utf8.h"

/* Bodies of FACT_SIGN_UP and FACT_SIGN_UP_ENDED; NULL without memory. */
json_t *rota_promise_body(const struct answer_slot *slot, bool is_sought);
json_t *rota_end_body(struct shift_id of, enum sign_up_end how, const char *reason,
                      struct fact_id replaced_by);

#endif
