#include <stdio.h>
#include <string.h>

#include "tests/image/chapters.h"
#include "tests/image/door.h"
#include "tests/image/golden.h"
#include "tests/image/guest_input.h"
#include "tests/image/guest_usb.h"

#define MAIN_PROCESS "$(systemctl show -P MainPID perron.service)"
#define KEYS 1600
#define GESTURES 400
#define HOME_MS 240000 /* a page closes by itself, then the resting screen is the house's again */
#define CUTS 3
#define TAPS_BEFORE_CUT 4

/* --- what dies comes back --- */

/* The service manager starts another one: the trace begins anew. */
static enum rc wait_for_another(struct door *door, long process, struct reason *said)
{
    char command[300];
    snprintf(command, sizeof command,
             "i=0; until p=" MAIN_PROCESS "; [ \"$p\" != %ld ] && [ \"$p\" != 0 ]; do i=$((i+1));"
             " [ $i -lt 200 ] || exit 1; sleep 0.2; done",
             process);
    enum rc rc = guest_do(door->guest, command, DOOR_BOOT_MS, said);
    door->trace_line = 0;
    return rc ? rc : door_wait_ready(door, said);
}

static enum rc signal_station(struct door *door, const char *name, int person, struct reason *said)
{
    char command[100];
    long process = 0;
    enum rc rc = door_ask_number(door, "echo " MAIN_PROCESS, &process, said);
    if (rc)
        return rc;
    int64_t begin_ms = door_now_ms();
    snprintf(command, sizeof command, "kill -%s %ld", name, process);
    rc = guest_do(door->guest, command, DOOR_WAIT_MS, said);
    if (!rc)
        rc = wait_for_another(door, process, said);
    int64_t back_ms = door_now_ms() - begin_ms;
    if (!rc)
        rc = door_tap_counts(door, person, said);
    if (!rc)
        reason_set(said, "ready again after %.1f s", back_ms / 1000.0);
    return rc;
}

enum rc chapter_station_killed(void *context, struct reason *said)
{
    return signal_station(context, "KILL", 4, said);
}

enum rc chapter_station_stopped(void *context, struct reason *said)
{
    return signal_station(context, "STOP", 5, said);
}

enum rc chapter_reader_killed(void *context, struct reason *said)
{
    struct door *door = context;
    enum rc rc = door_seen(door, said);
    int64_t begin_ms = door_now_ms();
    if (!rc)
        rc = guest_do(door->guest, "pkill -KILL perron-reader", DOOR_WAIT_MS, said);
    if (!rc)
        rc = door_expect(door, "reader ready", DOOR_WAIT_MS, said);
    int64_t back_ms = door_now_ms() - begin_ms;
    if (!rc)
        rc = door_tap_counts(door, 6, said);
    if (!rc)
        reason_set(said, "ready again after %.1f s", back_ms / 1000.0);
    return rc;
}

/* --- a keyboard that gets nowhere --- */

static enum rc gesture(struct door *door, struct reason *said)
{
    int x = (int)random_below(&door->random, DOOR_WIDTH);
    int y = (int)random_below(&door->random, DOOR_HEIGHT);
    int to_x = (int)random_below(&door->random, DOOR_WIDTH);
    int to_y = (int)random_below(&door->random, DOOR_HEIGHT);
    if (random_below(&door->random, 2))
        return guest_input_drag(door->guest, x, y, to_x, to_y, 4, 40, said);
    return guest_input_tap(door->guest, x, y, said);
}

static enum rc hammer(struct door *door, struct reason *said)
{
    enum rc rc = RC_OK;
    for (int i = 0; !rc && i < KEYS; i++) {
        struct keys keys = keys_random(&door->random);
        rc = guest_input_keys(door->guest, &keys, said);
        if (!rc && i % (KEYS / GESTURES) == 0)
            rc = gesture(door, said);
    }
    return rc;
}

enum rc chapter_keys(void *context, struct reason *said)
{
    struct door *door = context;
    static const char nobody[] =
        "[ $(cat /sys/class/tty/tty0/active) = tty1 ] && ! pgrep -x 'agetty|login' &&"
        " ! journalctl -b --no-pager | grep -E 'sysrq: |Reached target.*(Reboot|Power-Off)' &&"
        " [ $(systemctl show -P NRestarts perron.service) = \"$(cat /tmp/restarts)\" ]";
    enum rc rc = guest_do(door->guest, "systemctl show -P NRestarts perron.service >/tmp/restarts",
                          DOOR_WAIT_MS, said);
    if (!rc)
        rc = guest_usb_plug_keyboard(door->guest, "keyboard", said);
    door_sleep_ms(3000);
    if (!rc)
        rc = hammer(door, said);
    if (!rc)
        rc = guest_usb_pull(door->guest, "keyboard", said);
    if (!rc)
        rc = guest_do(door->guest, nobody, DOOR_WAIT_MS, said);
    int64_t begin_ms = door_now_ms();
    if (!rc) /* no page that claims badges is open then, either */
        rc = golden_expect(door, "home", HOME_MS, said);
    int64_t home_ms = door_now_ms();
    if (!rc)
        rc = door_seen(door, said);
    if (!rc)
        rc = door_tap_counts(door, 7, said);
    if (!rc)
        reason_set(said,
                   "%d keys, %d gestures: it never left the screen, which was the house's own again"
                   " %.0f s later",
                   KEYS, GESTURES, (double)(home_ms - begin_ms) / 1000);
    return rc;
}

/* --- the power fails --- */

/* Was it answered by now? The lamp does not tell: it is green as soon as a badge is. */
static enum rc is_greeted(struct door *door, bool *out_is, struct reason *said)
{
    char command[100];
    long count = 0;
    snprintf(command, sizeof command,
             "tail -n +%lld /var/cache/perron/trace | grep -c ' answer arrival$' || true",
             (long long)door->trace_line + 1);
    enum rc rc = door_ask_number(door, command, &count, said);
    *out_is = count > 0;
    return rc;
}

/* Badge after badge. The power fails at any moment after the last tap. */
static enum rc tap_until_cut(struct door *door, int first, bool out_greeted[TAPS_BEFORE_CUT],
                             struct reason *said)
{
    enum rc rc = RC_OK;
    for (int i = 0; !rc && i < TAPS_BEFORE_CUT - 1; i++) {
        rc = door_seen(door, said);
        if (!rc) {
            door_badge(door, first + i, 500);
            rc = door_expect(door, "answer arrival", DOOR_WAIT_MS, said);
        }
        out_greeted[i] = !rc;
    }
    if (!rc)
        rc = door_seen(door, said);
    if (!rc) {
        door_badge(door, first + TAPS_BEFORE_CUT - 1, 60);
        door_sleep_ms((int)random_below(&door->random, 1200));
        rc = is_greeted(door, &out_greeted[TAPS_BEFORE_CUT - 1], said);
    }
    door_cut(door);
    return rc;
}

static enum rc compare_after_cut(struct door *door, int first, const bool greeted[TAPS_BEFORE_CUT],
                                 struct reason *said)
{
    enum rc rc = RC_OK;
    for (int i = 0; !rc && i < TAPS_BEFORE_CUT; i++) {
        long visits = 0;
        rc = door_count_visits(door, first + i, &visits, said);
        if (!rc && (visits > 1 || visits < greeted[i])) {
            reason_set(said, "tap %d before the cut was %s, and has %ld visits", i + 1,
                       greeted[i] ? "greeted" : "not greeted", visits);
            rc = RC_REFUSED;
        }
    }
    return rc ? rc
              : guest_do(door->guest, "perron verify --data /var/lib/perron", DOOR_BOOT_MS, said);
}

enum rc chapter_power_cuts(void *context, struct reason *said)
{
    struct door *door = context;
    int greeted = 0;
    enum rc rc = RC_OK;
    for (int cut = 0; !rc && cut < CUTS; cut++) {
        bool was_greeted[TAPS_BEFORE_CUT] = {false};
        int first = 10 + cut * TAPS_BEFORE_CUT;
        rc = tap_until_cut(door, first, was_greeted, said);
        for (int i = 0; i < TAPS_BEFORE_CUT; i++)
            greeted += was_greeted[i];
        if (!rc)
            rc = door_switch_on(door, said);
        if (!rc)
            rc = door_wait_ready(door, said);
        if (!rc)
            rc = compare_after_cut(door, first, was_greeted, said);
    }
    if (!rc)
        reason_set(said, "%d of %d taps were greeted, and are there; verify is well", greeted,
                   CUTS * TAPS_BEFORE_CUT);
    return rc;
}
