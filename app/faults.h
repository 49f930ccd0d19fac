/*
 * faults.h - which fault the screen tells of, by what could not be opened and how it failed. The
 * sentence for the log and the commands is the reason of whoever failed; this only sorts it. Pure.
 */
#ifndef APP_FAULTS_H
#define APP_FAULTS_H

#include "app/ui/fault.h"
#include "firmware/base/rc.h"

/* What a service consists of, in the order in which it is opened. */
enum faults_step {
    FAULTS_FOLDER,
    FAULTS_CONTROL,
    FAULTS_VENUE,
    FAULTS_REGISTER,
    FAULTS_TAPS,
    FAULTS_READER,
};

/* `rc` is not RC_OK. */
enum fault_kind faults_sort(enum faults_step step, enum rc rc);

#endif
