#include <stdio.h>
#include <string.h>

#include "tests/image/chapters.h"
#include "tests/image/stick_trial.h"

#define PULLS 3

/* --- full --- */

static enum rc make_full(struct door *door, struct reason *said)
{
    enum rc rc = trial_make_good(door, "full", said);
    return rc ? rc
              : door_host(door, said,
                          "free=$(mdir -i '%s@@%dM' :: | sed -n 's/ bytes free//p' | tr -d ' ') &&"
                          " head -c $((free - 16384)) /dev/zero >'%s/older/films' &&"
                          " mcopy -i '%s@@%dM' '%s/older/films' :: && rm '%s/older/films'",
                          trial_path(door, "full"), STICK_BEGIN_MIB, door->folder,
                          trial_path(door, "full"), STICK_BEGIN_MIB, door->folder, door->folder);
}

enum rc chapter_stick_full(void *context, struct reason *said)
{
    struct door *door = context;
    enum rc rc = make_full(door, said);
    if (!rc)
        rc = trial_begin(door, said);
    if (!rc)
        rc = trial_tap_and_walk(door, said);
    if (!rc)
        rc = trial_open(door, "full", false, said);
    if (!rc)
        rc = trial_begin_export(door, said);
    if (!rc)
        rc = door_expect(door, "load failed", TRIAL_EXPORT_MS, said);
    if (!rc)
        rc = door_expect(door,
                         "load why There is not enough room on the stick. Make some, or take "
                         "another one.",
                         DOOR_WAIT_MS, said);
    if (!rc)
        rc = door_touch_until(door, "let-go", "load loose", said);
    if (!rc)
        rc = stick_pull(door, said);
    if (!rc)
        rc = trial_check_alive(door, said);
    if (!rc)
        rc = trial_check_older(door, "full", said);
    if (!rc)
        rc = door_host(
            door, said,
            "[ $(ls -d '%s'/full-out/20* | wc -l) = 1 ] &&"
            " dd if='%s' of='%s/part' bs=1M skip=%d status=none && fsck.vfat -n '%s/part'",
            door->folder, trial_path(door, "full"), door->folder, STICK_BEGIN_MIB, door->folder);
    if (!rc)
        reason_set(said, "said to have no room; its older export is whole, nothing else is on it");
    return rc;
}

/* --- write-protected --- */

enum rc chapter_stick_protected(void *context, struct reason *said)
{
    struct door *door = context;
    enum rc rc = trial_make_good(door, "protected", said);
    if (!rc)
        rc = stick_copy(door, "protected", "before", said);
    if (!rc)
        rc = trial_begin(door, said);
    if (!rc)
        rc = trial_tap_and_walk(door, said);
    if (!rc)
        rc = trial_open(door, "protected", true, said);
    if (!rc) /* nothing but letting it go is offered, in the place of the export */
        rc = door_touch_until(door, "first", "load loose", said);
    if (!rc)
        rc = stick_pull(door, said);
    if (!rc)
        rc = trial_check_alive(door, said);
    if (!rc)
        rc = trial_check_older(door, "protected", said);
    if (!rc)
        rc = door_host(door, said, "cmp '%s/protected.img' '%s/before.img'", door->folder,
                       door->folder);
    if (!rc)
        reason_set(said, "no export is offered, not a byte is another");
    return rc;
}

/* --- pulled out at any moment --- */

static enum rc pull_once(struct door *door, int *cut, struct reason *said)
{
    char line[DOOR_LINE_BYTES] = "";
    enum rc rc = stick_copy(door, "good", "pulled", said);
    if (!rc)
        rc = trial_open(door, "pulled", false, said);
    if (!rc)
        rc = trial_begin_export(door, said);
    door_sleep_ms((int)random_below(&door->random, 2500));
    if (!rc)
        rc = stick_pull(door, said);
    if (!rc)
        rc = door_hear(door, "load (cut|done)", TRIAL_EXPORT_MS, line, said);
    bool is_cut = strcmp(line, "load cut") == 0;
    *cut += is_cut;
    if (!rc)
        rc = trial_leave_export(door, !is_cut, said);
    if (!rc)
        rc = trial_check_alive(door, said);
    if (!rc)
        rc = trial_check_older(door, "pulled", said);
    if (!rc && !is_cut)
        rc = trial_check_newer(door, "pulled", said);
    return rc ? rc : trial_check_repaired(door, "pulled", said);
}

enum rc chapter_sticks_pulled(void *context, struct reason *said)
{
    struct door *door = context;
    int cut = 0;
    enum rc rc = trial_make_good(door, "good", said);
    if (!rc)
        rc = trial_begin(door, said);
    if (!rc)
        rc = trial_tap_and_walk(door, said);
    for (int i = 0; !rc && i < PULLS; i++)
        rc = pull_once(door, &cut, said);
    if (!rc)
        rc = trial_tap(door, said);
    if (!rc)
        reason_set(said, "%d of %d cut, none done that was not whole; the older export is whole",
                   cut, PULLS);
    return rc;
}
