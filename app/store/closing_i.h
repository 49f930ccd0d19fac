/*
 * closing_i.h - the inside of closing, shared by closing.c (what goes, and what it comes to) and
 * closing_bury.c (which facts go with it). Nobody else includes it.
 */
#ifndef APP_STORE_CLOSING_I_H
#define APP_STORE_CLOSING_I_H

#include "app/store/closing.h"

/* Is it in the span of a visit that goes? */
bool closing_has_place(const struct closing *closing, struct fact_place place);

/* Does what somebody did there, on that day, go? DEED_COUNT: of a newer version's kind. */
bool closing_takes_deed(const struct closing *closing, enum deed_kind kind, struct fact_place place,
                        int day);

#endif
