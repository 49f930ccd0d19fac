#include <stdio.h>
#include <string.h>

#include "tests/image/chapters.h"
#include "tests/image/door.h"

/* The house of tests/image/card, without the line that is refused. */
#define PEOPLE_TAKEN 55

enum rc chapter_switched_on(void *context, struct reason *said)
{
    struct door *door = context;
    enum rc rc = door_switch_on(door, said);
    if (!rc)
        reason_set(said, "a shell %lld ms after the power",
                   (long long)(door_now_ms() - door->booted_ms));
    return rc;
}

/* "1234567 4567890": microseconds since the kernel, when the service was begun and when it was
 * ready. */
enum rc chapter_ready(void *context, struct reason *said)
{
    struct door *door = context;
    long begun_us = 0, ready_us = 0;
    enum rc rc = door_wait_ready(door, said);
    if (!rc)
        rc = door_ask_number(door,
                             "systemctl show -P ExecMainStartTimestampMonotonic perron.service",
                             &begun_us, said);
    if (!rc)
        rc = door_ask_number(door,
                             "journalctl -b -u perron -o json --no-pager |"
                             " grep 'badge reader is ready' | head -n 1 |"
                             " sed 's/.*\"__MONOTONIC_TIMESTAMP\":\"\\([0-9]*\\)\".*/\\1/'",
                             &ready_us, said);
    if (!rc)
        reason_set(said, "kernel to ready %.1f s, of which Perron %.1f s", ready_us / 1e6,
                   (ready_us - begun_us) / 1e6);
    return rc;
}

/* Every line has to be there: a command, and what its output has to have. */
struct look {
    const char *command, *wanted;
};

static enum rc look_at(struct door *door, const struct look *looks, int count, struct reason *said)
{
    char text[2000];
    for (int i = 0; i < count; i++) {
        enum rc rc = door_ask(door, looks[i].command, text, sizeof text, said);
        if (rc)
            return rc;
        if (!strstr(text, looks[i].wanted)) {
            reason_set(said, "%.120s: no '%s' in '%.200s'", looks[i].command, looks[i].wanted,
                       text);
            return RC_REFUSED;
        }
    }
    reason_set(said, "%d looks", count);
    return RC_OK;
}

#define LOOK_AT(door, looks, said)                                                                 \
    look_at((door), (looks), (int)(sizeof(looks) / sizeof(looks)[0]), (said))

enum rc chapter_card_taken(void *context, struct reason *said)
{
    static const struct look looks[] = {
        {"perron status --data /var/lib/perron --json", "L'épi commun"},
        {"perron people list --data /var/lib/perron --json | grep -o '\"number\"' | wc -l", "55"},
        {"perron calendar list --data /var/lib/perron --from 2026-12-01 --to 2026-12-31",
         "Apéro de décembre"},
        {"perron staff list --data /var/lib/perron", "Ada"},
        /* a PIN does not stay readable on a card */
        {"grep -c 2580 /boot/firmware/staff.conf || true", "0"},
        {"i=0; until findmnt -no OPTIONS /boot/firmware | grep '^ro'; do i=$((i+1));"
         " [ $i -lt 30 ] || exit 1; sleep 1; done",
         "ro,"},
        /* the line that is refused is told, with its number */
        {"journalctl -b -u perron -o cat --no-pager", "people.csv:57"},
    };
    return LOOK_AT(context, looks, said);
}

enum rc chapter_card_grown(void *context, struct reason *said)
{
    struct door *door = context;
    long megabytes = 0;
    enum rc rc = door_ask_number(door, "df --output=size -m /data | tail -n 1", &megabytes, said);
    if (rc)
        return rc;
    reason_set(said, "%ld MiB", megabytes);
    return megabytes > 1000 ? RC_OK : RC_REFUSED;
}

enum rc chapter_root_closed(void *context, struct reason *said)
{
    static const struct look looks[] = {
        {"touch /media/root-ro/x 2>&1 || true", "Read-only file system"},
        {"findmnt -no FSTYPE /", "overlay"},
        {"findmnt -no OPTIONS /data", "nosuid,nodev,noexec"},
        {"findmnt -no OPTIONS /boot/firmware", "noexec"},
        {"findmnt -no SOURCE /var/lib/perron", "[/perron]"},
        {"find /var/log/journal -type f | wc -l", "0"},
        {"stat -c %U:%a /var/lib/perron", "perron:700"},
    };
    return LOOK_AT(context, looks, said);
}

enum rc chapter_nobody_else(void *context, struct reason *said)
{
    static const struct look looks[] = {
        {"systemctl is-active ssh.service || true", "inactive"},
        {"systemctl list-units --type service --no-legend '*getty*' | wc -l", "0"},
        {"pgrep -c agetty || true", "0"},
        {"cat /sys/class/tty/tty0/active", "tty1"},
        {"sysctl -n kernel.sysrq", "0"},
        {"systemctl is-enabled ctrl-alt-del.target || true", "masked"},
        {"cat /sys/module/kernel/parameters/consoleblank", "0"},
    };
    return LOOK_AT(context, looks, said);
}

enum rc chapter_sandboxed(void *context, struct reason *said)
{
    static const struct look looks[] = {
        {"p=$(systemctl show -P MainPID perron); grep -E '^(Uid|CapEff|NoNewPrivs|Seccomp):'"
         " /proc/$p/status | tr '\\t\\n' '  '",
         "NoNewPrivs: 1 Seccomp: 2"},
        {"p=$(systemctl show -P MainPID perron); sed -n 's/^CapEff:.//p' /proc/$p/status",
         "0000000000000000"},
        {"ps -o user= -p $(systemctl show -P MainPID perron)", "perron"},
        {"systemd-analyze security perron.service --no-pager | tail -n 1", "OK"},
    };
    return LOOK_AT(context, looks, said);
}
