/*
 * pull.h - a stick that is pulled out at a random byte, full, read-only, broken, or lies: a folder
 * of this machine below which the file calls of this very program fail as they would there.
 *
 * One file of the program includes tests/support/pull_calls.h, which puts calls of its own in the
 * place of libc's. Calls from inside libc (stdio) are not seen. What was not brought to the device
 * when the stick goes is lost by chance, sector by sector and name by name; a call that fails
 * changes nothing but what it had written until then. The folder is on the same file system as the
 * one beside it, "FOLDER.lost", where what was removed waits to come back. Any thread may use the
 * folder; the functions here belong to one.
 */
#ifndef TESTS_SUPPORT_PULL_H
#define TESTS_SUPPORT_PULL_H

#include <stdbool.h>
#include <stdint.h>

enum pull_fault {
    PULL_NEVER,
    PULL_AT_BYTE,    /* out after so many bytes were written */
    PULL_AT_CALL,    /* out before the call of that number */
    PULL_FULL,       /* no room after so many bytes, for as long as it stays */
    PULL_READ_ONLY,  /* from the call of that number on */
    PULL_ERROR,      /* the call of that number fails with EIO, and no other */
    PULL_SYNC_FAILS, /* the sync of that number, and what it was for is not there for good */
    PULL_LIES,       /* the byte of that number is another one on the device */
    PULL_FAULT_COUNT
};

/* "never", "pulled at a byte", ... */
const char *pull_fault_name(enum pull_fault fault);

/* Sound from now on; what lies in the folder is on the device. False: its path is not absolute, or
 * there is no room beside it. */
bool pull_begin(const char *folder, uint64_t seed);

/* What comes next, counted from here; numbers begin at 1 for calls and syncs, at 0 for bytes. */
void pull_plan(enum pull_fault fault, int64_t at);

/* Since the last plan. */
bool pull_has_struck(void);
int64_t pull_bytes(void);
int64_t pull_calls(void);
int64_t pull_syncs(void);

/* The stick is pulled out, if it is not yet, loses what was not brought to it, and is plugged in
 * again, sound. */
void pull_plug_in(void);

/* The folder is one as any other again. */
void pull_end(void);

#endif
