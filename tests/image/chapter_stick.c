#include <stdio.h>
#include <string.h>

#include "tests/image/chapters.h"
#include "tests/image/stick_trial.h"

#define STICK_MIB 256

/* In front of the screen with a stick in the hand, until something is carried to it. */
static enum rc begin_export(struct door *door, struct reason *said)
{
    enum rc rc = trial_tap_and_walk(door, said);
    if (!rc)
        rc = trial_open(door, "stick", false, said);
    return rc ? rc : trial_begin_export(door, said);
}

enum rc chapter_stick_pulled(void *context, struct reason *said)
{
    struct door *door = context;
    enum rc rc = stick_make(door, "stick", STICK_MIB, said);
    if (!rc)
        rc = begin_export(door, said);
    if (!rc)
        rc = stick_pull(door, said);
    if (!rc)
        rc = door_expect(door, "load cut", DOOR_WAIT_MS, said);
    if (!rc)
        rc = trial_leave_export(door, false, said);
    if (!rc)
        reason_set(said, "said to be pulled out too soon");
    return rc;
}

enum rc chapter_stick_out(void *context, struct reason *said)
{
    struct door *door = context;
    enum rc rc = begin_export(door, said);
    if (!rc)
        rc = door_expect(door, "load done", TRIAL_EXPORT_MS, said);
    if (!rc)
        rc = trial_leave_export(door, true, said);
    if (!rc)
        rc = stick_pull(door, said);
    if (!rc)
        reason_set(said, "said to be out");
    return rc;
}

/* On this machine: one folder, its sums are right, and whoever was greeted is in it. */
enum rc chapter_stick_read(void *context, struct reason *said)
{
    struct door *door = context;
    enum rc rc = stick_read_out(door, "stick", said);
    if (!rc)
        rc = door_host(door, said,
                       "cd '%s/stick-out' && set -- 20* && [ $# -eq 1 ] && cd \"$1\" &&"
                       " sha256sum -c --quiet SHA256SUMS && grep -q Zo visits.csv &&"
                       " [ \"$(sqlite3 perron.db 'PRAGMA integrity_check')\" = ok ]",
                       door->folder);
    if (!rc)
        reason_set(said, "one folder, SHA256SUMS and database well, Zoé is in visits.csv");
    return rc;
}
