#include "tests/image/door.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sodium.h>

#include "tests/image/guest_input.h"

#define DOOR_UNIT "perron.service"
#define DOOR_UNIT_FILE "board/systemd/perron.service"
#define DOOR_TRACE "/var/cache/perron/trace"
#define DOOR_APPEND_BYTES 1500 /* a kernel on arm64 reads 2048 */
#define DOOR_SHELL_MS 20000
#define DOOR_PIN "2580"
#define DOOR_STAFF 1 /* of people.csv: card/staff.conf names them */
#define DOOR_TOUCHES 3
#define DOOR_TYPINGS 2      /* of a PIN, before it is locked */
#define DOOR_TOUCH_MS 12000 /* a page that was not there then was not touched */
#define DOOR_REACH_MS                                                                              \
    900 /* to see a page and reach for it; a sooner touch was for the one before */

/* The kernel's own console is a serial line here; on a Pi it is what cmdline.txt says. */
#define DOOR_KERNEL                                                                                \
    "root=LABEL=perron-root console=ttyAMA0 quiet loglevel=3 systemd.show_status=false "           \
    "vt.global_cursor_default=0 consoleblank=0 panic=-1 systemd.debug_shell=ttyS1 "                \
    "systemd.tty.term.ttyS1=dumb systemd.tty.rows.ttyS1=25 systemd.tty.columns.ttyS1=200"

/* Where fingers go, in pixels of 800 x 480; the story fails where a page is laid out anew. */
static const struct {
    const char *name;
    int x, y;
} places[] = {
    {"help", 731, 66},
    {"end", 731, 66},
    {"back", 72, 66},
    {"staff", 499, 374},
    {"1", 410, 177},
    {"2", 518, 177},
    {"3", 620, 177},
    {"4", 410, 287},
    {"5", 518, 287},
    {"6", 620, 287},
    {"0", 725, 287},
    {"7", 410, 397},
    {"8", 518, 397},
    {"9", 620, 397},
    {"done", 725, 397},
    {"stick", 686, 287},
    {"take-out", 400, 235},
    {"since", 400, 180},
    {"everything", 686, 321},
    {"ok", 400, 415},
    {"nobody", 250, 215},
    {"first", 200, 235},
    {"let-go", 208, 415},
    /* the pages of an update */
    {"new-version", 686, 237},
    {"install", 592, 405},
    {"health", 114, 403},
    {"health-update", 400, 421},
};

int64_t door_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void door_sleep_ms(int ms)
{
    struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
    while (nanosleep(&time, &time) && errno == EINTR)
        ;
}

/* --- the switch --- */

static enum rc open_reader(struct door *door, struct reason *reason)
{
    int fd = guest_reader_fd(door->guest);
    if (fd >= 0 && !pn532_sim_open_socket(fd, true, &door->reader))
        return RC_OK;
    reason_set(reason, "no PN532 could be put onto the guest's serial line");
    return RC_IO;
}

/* The unit's command, with a trace, as a drop-in: systemd takes it as a credential from the
 * kernel's command line (systemd.system-credentials(7): systemd.unit-dropin.*). */
static enum rc write_append(char *out_append, size_t size, struct reason *reason)
{
    char drop_in[600], coded[900], line[400];
    FILE *file = fopen(DOOR_UNIT_FILE, "r");
    bool is_found = false;
    while (file && !is_found && fgets(line, sizeof line, file))
        is_found = strncmp(line, "ExecStart=", 10) == 0;
    if (file)
        fclose(file);
    if (!is_found) {
        reason_set(reason, DOOR_UNIT_FILE " has no ExecStart");
        return RC_NOT_FOUND;
    }
    line[strcspn(line, "\n")] = '\0';
    int length = snprintf(drop_in, sizeof drop_in,
                          "[Service]\nExecStart=\n%s --trace " DOOR_TRACE "\n", line);
    sodium_bin2base64(coded, sizeof coded, (const uint8_t *)drop_in, (size_t)length,
                      sodium_base64_VARIANT_ORIGINAL);
    snprintf(out_append, size,
             DOOR_KERNEL " systemd.set_credential_binary=systemd.unit-dropin." DOOR_UNIT
                         "~trace:%s",
             coded);
    return RC_OK;
}

enum rc door_switch_on(struct door *door, struct reason *reason)
{
    char append[DOOR_APPEND_BYTES];
    const struct guest_config config = {
        .machine = GUEST_VIRT,
        .name = "station",
        .folder = door->folder,
        .kernel = door->kernel,
        .initrd = door->initrd,
        .append = append,
        .clock = "2026-11-25T12:52:00",
        .width = DOOR_WIDTH,
        .height = DOOR_HEIGHT,
        .has_tablet = true,
        .has_reader = true,
        .has_shell = true,
        .disks = {{.path = door->card}},
    };
    enum rc rc = write_append(append, sizeof append, reason);
    door->booted_ms = door_now_ms();
    door->trace_line = 0;
    if (!rc)
        rc = guest_start(&config, &door->guest, reason);
    if (!rc)
        rc = open_reader(door, reason);
    if (!rc)
        rc = guest_find_shell(door->guest, DOOR_BOOT_MS, reason);
    return rc;
}

void door_cut(struct door *door)
{
    if (door->guest)
        guest_kill(door->guest);
    pn532_sim_close(door->reader);
    door->reader = NULL;
    guest_close(door->guest);
    door->guest = NULL;
}

enum rc door_wait_ready(struct door *door, struct reason *reason)
{
    return guest_do(door->guest,
                    "i=0; until journalctl -q -o cat --no-pager"
                    " _SYSTEMD_INVOCATION_ID=$(systemctl show -P InvocationID " DOOR_UNIT ") |"
                    " grep -q 'badge reader is ready'; do i=$((i+1)); [ $i -lt 150 ] ||"
                    " { journalctl -u " DOOR_UNIT " -n 5 -o cat; exit 1; }; sleep 1; done",
                    DOOR_BOOT_MS, reason);
}

enum rc door_start_station(struct door *door, const char *environment, struct reason *reason)
{
    char command[400];
    snprintf(command, sizeof command,
             "mkdir -p /run/systemd/system/" DOOR_UNIT ".d &&"
             " printf '[Service]\\nEnvironment=%%s\\n' '%s' >/run/systemd/system/" DOOR_UNIT
             ".d/environment.conf && systemctl daemon-reload && systemctl restart " DOOR_UNIT,
             environment);
    enum rc rc = guest_do(door->guest, command, DOOR_BOOT_MS, reason);
    door->trace_line = 0;
    return rc ? rc : door_wait_ready(door, reason);
}

/* --- in front of it --- */

void door_badge(struct door *door, int person, int for_ms)
{
    const uint8_t uid[7] = {0x04, 0xA1, 0, 0, 0, 0, (uint8_t)person};
    pn532_sim_tap(door->reader, uid, sizeof uid);
    door_sleep_ms(for_ms);
    pn532_sim_remove(door->reader);
}

enum rc door_touch(struct door *door, const char *name, struct reason *reason)
{
    door_sleep_ms(DOOR_REACH_MS);
    for (unsigned i = 0; i < sizeof places / sizeof places[0]; i++)
        if (strcmp(places[i].name, name) == 0)
            return guest_input_tap(door->guest, places[i].x, places[i].y, reason);
    reason_set(reason, "nothing on the screen is called '%s'", name);
    return RC_NOT_FOUND;
}

enum rc door_touch_until(struct door *door, const char *touched, const char *line,
                         struct reason *reason)
{
    enum rc rc = RC_TIMEOUT;
    for (int i = 0; rc == RC_TIMEOUT && i < DOOR_TOUCHES; i++) {
        rc = door_touch(door, touched, reason);
        if (!rc)
            rc = door_expect(door, line, DOOR_TOUCH_MS, reason);
    }
    return rc;
}

enum rc door_go(struct door *door, const char *touched, const char *page, struct reason *reason)
{
    char line[80];
    snprintf(line, sizeof line, "present %s", page);
    return door_touch_until(door, touched, line, reason);
}

static enum rc type_digits(struct door *door, struct reason *reason)
{
    enum rc rc = RC_OK;
    for (const char *digit = DOOR_PIN; !rc && *digit; digit++) {
        const char name[2] = {*digit, '\0'};
        rc = door_go(door, name, "staff-pin", reason);
    }
    return rc;
}

/* A digit may be lost to a picture that was drawn for another reason: a wrong PIN, and once more.
 */
enum rc door_type_pin(struct door *door, struct reason *reason)
{
    enum rc rc = RC_TIMEOUT;
    for (int i = 0; rc == RC_TIMEOUT && i < DOOR_TYPINGS; i++) {
        rc = type_digits(door, reason);
        if (!rc)
            rc = door_go(door, "done", "staff", reason);
    }
    return rc;
}

enum rc door_open_staff(struct door *door, struct reason *reason)
{
    enum rc rc = door_seen(door, reason);
    if (!rc)
        rc = door_go(door, "help", "help", reason);
    if (!rc)
        rc = door_go(door, "staff", "staff-badge", reason);
    if (rc)
        return rc;
    door_badge(door, DOOR_STAFF, 700);
    rc = door_expect(door, "present staff-pin", DOOR_WAIT_MS, reason);
    return rc ? rc : door_type_pin(door, reason);
}

/* --- what it says --- */

enum rc door_count_visits(struct door *door, int person, long *out_count, struct reason *reason)
{
    char command[200], whose[32] = "";
    if (person)
        snprintf(whose, sizeof whose, "--person 1%03d ", person);
    snprintf(command, sizeof command,
             "perron visits --data /var/lib/perron %s--json | grep -o '\"arrived_at\"' | wc -l",
             whose);
    return door_ask_number(door, command, out_count, reason);
}

enum rc door_tap_counts(struct door *door, int person, struct reason *reason)
{
    long before = 0, after = 0;
    enum rc rc = door_count_visits(door, person, &before, reason);
    if (rc)
        return rc;
    door_badge(door, person, 700);
    rc = door_expect(door, "answer arrival", DOOR_WAIT_MS, reason);
    if (!rc)
        rc = door_count_visits(door, person, &after, reason);
    if (!rc && after != before + 1) {
        reason_set(reason, "person %d had %ld visits and has %ld after a tap", person, before,
                   after);
        rc = RC_REFUSED;
    }
    return rc;
}

/* "12:present greeting" becomes 12. */
static enum rc read_line_number(struct door *door, const char *text)
{
    char *end;
    long line = strtol(text, &end, 10);
    if (end == text)
        return RC_BAD_INPUT;
    door->trace_line += line;
    return RC_OK;
}

/* The first line from there on that fits, as grep -n tells it. */
static enum rc wait_line(struct door *door, const char *pattern, int limit_ms, char *out_text,
                         size_t size, struct reason *reason)
{
    char command[600];
    snprintf(command, sizeof command,
             "i=0; until tail -n +%lld " DOOR_TRACE " | grep -n -m 1 -E ' (%s)$'; do i=$((i+1));"
             " [ $i -lt %d ] || { tail -n 8 " DOOR_TRACE "; exit 1; }; sleep 0.2; done",
             (long long)door->trace_line + 1, pattern, limit_ms / 250 + 1);
    enum rc rc = door_ask(door, command, out_text, size, reason);
    if (!rc)
        return read_line_number(door, out_text);
    struct reason why = {.text = ""};
    reason_copy(&why, reason);
    reason_set(reason, "the station did not say '%s'; %s", pattern, why.text);
    return rc == RC_REFUSED ? RC_TIMEOUT : rc;
}

enum rc door_expect(struct door *door, const char *text, int limit_ms, struct reason *reason)
{
    char output[400];
    return wait_line(door, text, limit_ms, output, sizeof output, reason);
}

enum rc door_hear(struct door *door, const char *pattern, int limit_ms,
                  char out_line[DOOR_LINE_BYTES], struct reason *reason)
{
    char output[400];
    enum rc rc = wait_line(door, pattern, limit_ms, output, sizeof output, reason);
    if (rc)
        return rc;
    const char *line = strchr(output, ' ');
    snprintf(out_line, DOOR_LINE_BYTES, "%.*s", DOOR_LINE_BYTES - 1, line ? line + 1 : "");
    out_line[strcspn(out_line, "\r\n")] = '\0';
    return RC_OK;
}

enum rc door_seen(struct door *door, struct reason *reason)
{
    long lines;
    enum rc rc = door_ask_number(door, "wc -l <" DOOR_TRACE, &lines, reason);
    if (!rc)
        door->trace_line = lines;
    return rc;
}

enum rc door_ask(struct door *door, const char *command, char *out_text, size_t size,
                 struct reason *reason)
{
    struct shell_answer answer = {0};
    enum rc rc = guest_run(door->guest, command, DOOR_BOOT_MS, &answer, reason);
    if (rc)
        return rc;
    if (answer.code) {
        reason_set(reason, "%.300s (exit code %d)", answer.output, answer.code);
        rc = RC_REFUSED;
    } else {
        snprintf(out_text, size, "%s", answer.output);
    }
    free(answer.output);
    return rc;
}

enum rc door_ask_number(struct door *door, const char *command, long *out_number,
                        struct reason *reason)
{
    char text[200], *end;
    enum rc rc = door_ask(door, command, text, sizeof text, reason);
    if (rc)
        return rc;
    long number = strtol(text, &end, 10);
    if (end == text) {
        reason_set(reason, "'%s' is no number", text);
        return RC_BAD_INPUT;
    }
    *out_number = number;
    return RC_OK;
}

enum rc door_host(struct door *door, struct reason *reason, const char *format, ...)
{
    char command[2000], whole[2300];
    va_list values;
    va_start(values, format);
    vsnprintf(command, sizeof command, format, values);
    va_end(values);
    snprintf(whole, sizeof whole, "{ %s; } >>'%.*s/host.log' 2>&1", command, DOOR_PATH_MAX,
             door->folder);
    if (system(whole) == 0)
        return RC_OK;
    reason_set(reason, "this failed here, see %s/host.log: %.150s", door->folder, command);
    return RC_IO;
}
