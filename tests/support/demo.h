/*
 * demo.h - the demo's house for stories: its forty people, who of them is staff, who has a code.
 *
 * `make run`, the player and the tests of flows have the same one. One thread; no station may have
 * the folder.
 */
#ifndef TESTS_SUPPORT_DEMO_H
#define TESTS_SUPPORT_DEMO_H

#include "firmware/base/clock.h"
#include "firmware/base/rc.h"

#define DEMO_PEOPLE "app/share/demo/people.csv"
#define DEMO_PIN "2580" /* Ada's, who is staff */

/* Takes a list of people into a data folder; the folder is made where it is missing. */
enum rc demo_import(const char *data, const char *people, const struct clock_reading *now,
                    struct reason *out_reason) MUST_CHECK;

/*
 * Ada becomes staff, with a PIN; Joris a host; Fatima (1004) a referent. Zoé's code is BCDFGH,
 * Mehmet's JKLMNP, those of both Fatimas QRSTVW and XZBCDF.
 */
enum rc demo_appoint(const char *data, const struct clock_reading *now,
                     struct reason *out_reason) MUST_CHECK;

#endif
