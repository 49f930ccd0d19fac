/*
 * demo.h - the demo's house for stories: its forty people, who of them is staff, who has a code.
 *
 * `make run` and the tests of flows have the same one. It is made some days before the first story
 * begins, whatever this computer's clock says. One thread; no station may have the folder.
 */
#ifndef TESTS_SUPPORT_DEMO_H
#define TESTS_SUPPORT_DEMO_H

#include "firmware/base/rc.h"

#define DEMO_PEOPLE "app/share/demo/people.csv"
#define DEMO_PIN "2580"   /* Ada's, who is staff */
#define DEMO_BUDDY "1003" /* Joris, who looks after newcomers */

/*
 * Fills a data folder, which is made where it is missing. Ada is staff, with a PIN; Joris a host
 * who looks after newcomers; Fatima (1004) a referent. Zoé's code is BCDFGH, Mehmet's JKLMNP, those
 * of both Fatimas QRSTVW and XZBCDF.
 */
enum rc demo_make(const char *data, struct reason *out_reason) MUST_CHECK;

#endif
