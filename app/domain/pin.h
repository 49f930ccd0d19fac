/*
 * pin.h - which numbers may guard the staff's rooms. Pure; any thread.
 */
#ifndef APP_DOMAIN_PIN_H
#define APP_DOMAIN_PIN_H

#include "firmware/base/rc.h"

#define PIN_DIGITS_MIN 4
#define PIN_DIGITS_ADVISED 6
#define PIN_DIGITS_MAX 8

/*
 * May this be somebody's PIN? RC_BAD_INPUT with a sentence for what is not four to eight digits;
 * RC_REFUSED with a sentence for what everybody tries first: one digit only, and runs (1234, 8765,
 * 7890). The sentence never repeats the digits.
 */
enum rc pin_check(const char *digits, struct reason *out_reason) MUST_CHECK;

#endif
