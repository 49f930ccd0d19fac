#include "tests/image/stick_trial.h"

#include <stdio.h>
#include <string.h>

#define STICK_MIB 64
#define FIRST_TAPPER 45 /* from here on people whom no other chapter greets */

/* --- sticks, made here --- */

const char *trial_path(const struct door *door, const char *name)
{
    static char path[STICK_PATH_MAX];
    stick_path(door, name, path);
    return path;
}

enum rc trial_make_good(struct door *door, const char *name, struct reason *said)
{
    enum rc rc = stick_make(door, name, STICK_MIB, said);
    return rc ? rc
              : door_host(door, said,
                          "rm -rf '%s/older' && mkdir -p '%s/older/" TRIAL_OLDER "' &&"
                          " (cd '%s/older/" TRIAL_OLDER
                          "' && seq -f 'visit %%.0f' 40000 >visits.csv &&"
                          " seq 2000 >hours.csv && seq -f '{%%.0f}' 30000 >journal.jsonl &&"
                          " sha256sum * >SHA256SUMS) &&"
                          " mcopy -s -i '%s@@%dM' '%s/older/" TRIAL_OLDER "' ::",
                          door->folder, door->folder, door->folder, trial_path(door, name),
                          STICK_BEGIN_MIB, door->folder);
}

enum rc trial_add_lists(struct door *door, const char *name, struct reason *said)
{
    return door_host(door, said,
                     "at='%s/older' && mkdir -p \"$at/venue/welcome\" &&"
                     " cp tests/image/card/perron.conf \"$at/venue/\" &&"
                     " seq 9000 >\"$at/perron_9.9.9_arm64.deb\" &&"
                     " seq 20 >\"$at/perron_9.9.9_arm64.deb.sig\" &&"
                     " mcopy -s -i '%s@@%dM' tests/image/card/people.csv"
                     " tests/image/card/calendar.ics \"$at/venue\" \"$at\"/perron_9* ::",
                     door->folder, trial_path(door, name), STICK_BEGIN_MIB);
}

/* --- what must hold after each --- */

#define PROCESSES                                                                                  \
    "systemctl show --value -p MainPID -p NRestarts perron.service udisks2.service | tr '\\n' ' '"
#define STUMBLED                                                                                   \
    "dmesg | grep -m 3 -E 'BUG:|kernel BUG|Oops|Call trace:|Internal error|blocked for more than'"

enum rc trial_begin(struct door *door, struct reason *said)
{
    enum rc rc = door_seen(door, said);
    return rc ? rc
              : guest_do(door->guest, PROCESSES " >/tmp/processes; cat /tmp/processes",
                         DOOR_WAIT_MS, said);
}

enum rc trial_check_alive(struct door *door, struct reason *said)
{
    return guest_do(door->guest,
                    "p=$(" PROCESSES "); [ \"$p\" = \"$(cat /tmp/processes)\" ] ||"
                    " { echo \"$(cat /tmp/processes) became $p\"; exit 1; }; ! " STUMBLED,
                    DOOR_BOOT_MS, said);
}

enum rc trial_tap(struct door *door, struct reason *said)
{
    char line[DOOR_LINE_BYTES];
    enum rc rc = door_seen(door, said);
    if (rc)
        return rc;
    door_badge(door, FIRST_TAPPER + door->tappers++ % (DOOR_PEOPLE - FIRST_TAPPER + 1), 700);
    rc = door_hear(door, "answer (arrival|departure|already-in).*", DOOR_WAIT_MS, line, said);
    return rc ? rc : door_hear(door, "present (resting|mistakes)", DOOR_WAIT_MS, line, said);
}

enum rc trial_tap_and_walk(struct door *door, struct reason *said)
{
    enum rc rc = trial_tap(door, said);
    return rc ? rc : stick_walk(door, said);
}

/* --- plugging in --- */

enum rc trial_open(struct door *door, const char *name, bool is_read_only, struct reason *said)
{
    enum rc rc = stick_plug(door, name, is_read_only, said);
    if (!rc)
        rc = door_expect(door, is_read_only ? "load open read-only" : "load open", TRIAL_SETTLE_MS,
                         said);
    if (!rc)
        rc = door_expect(door, "load looked", TRIAL_SETTLE_MS, said);
    door_sleep_ms(1500); /* it is on the screen */
    return rc;
}

enum rc trial_pull(struct door *door, struct reason *said)
{
    enum rc rc = stick_pull(door, said);
    return rc ? rc : door_expect(door, "load away", DOOR_WAIT_MS, said);
}

/* --- an export --- */

enum rc trial_begin_export(struct door *door, struct reason *said)
{
    enum rc rc = door_go(door, "first", "stick-out", said);
    return rc ? rc : door_touch_until(door, "everything", "load begins", said);
}

enum rc trial_leave_export(struct door *door, bool is_done, struct reason *said)
{
    enum rc rc = door_touch_until(door, "ok", is_done ? "present staff" : "present stick", said);
    return rc || !is_done ? rc : door_go(door, "stick", "stick", said);
}

/* --- on this machine --- */

enum rc trial_check_older(struct door *door, const char *name, struct reason *said)
{
    enum rc rc = stick_read_out(door, name, said);
    return rc ? rc
              : door_host(door, said,
                          "cd '%s/%s-out/" TRIAL_OLDER "' && sha256sum -c --quiet SHA256SUMS",
                          door->folder, name);
}

enum rc trial_check_newer(struct door *door, const char *name, struct reason *said)
{
    return door_host(door, said,
                     "rm -rf '%s/newer' && mkdir '%s/newer' &&"
                     " mcopy -s -n -i '%s@@%dM' '::" TRIAL_NEWER "' '%s/newer/' &&"
                     " cd '%s'/newer/* && sha256sum -c --quiet SHA256SUMS",
                     door->folder, door->folder, trial_path(door, name), STICK_BEGIN_MIB,
                     door->folder, door->folder);
}

enum rc trial_check_repaired(struct door *door, const char *name, struct reason *said)
{
    return door_host(door, said,
                     "dd if='%s' of='%s/part' bs=1M skip=%d status=none &&"
                     " { fsck.vfat -a '%s/part' || [ $? -eq 1 ]; } &&"
                     " rm -rf '%s/repaired' && mkdir '%s/repaired' &&"
                     " mcopy -s -n -i '%s/part' '::" TRIAL_OLDER "' '%s/repaired/' &&"
                     " cd '%s/repaired/" TRIAL_OLDER "' && sha256sum -c --quiet SHA256SUMS",
                     trial_path(door, name), door->folder, STICK_BEGIN_MIB, door->folder,
                     door->folder, door->folder, door->folder, door->folder, door->folder);
}
