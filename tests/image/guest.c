#include "tests/image/guest.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/image/guest_i.h"
#include "tests/support/real.h"

#define START_MS 30000
#define LOCK_MS 3000

/* --- wires --- */

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void close_wires(int *fds)
{
    for (int i = 0; i < GUEST_WIRE_COUNT; i++)
        close_fd(&fds[i]);
}

static int take(int *fd)
{
    int taken = *fd;
    *fd = -1;
    return taken;
}

/* Both ends of what the description asks for, none of them for other children. */
static enum rc open_wires(const struct guest_config *config, struct guest_wires *out_wires)
{
    const bool is_wanted[GUEST_WIRE_COUNT] = {
        [GUEST_WIRE_QMP] = true,
        [GUEST_WIRE_QTEST] = true,
        [GUEST_WIRE_CONSOLE] = true,
        [GUEST_WIRE_SHELL] = config->has_shell && config->machine == GUEST_VIRT,
        [GUEST_WIRE_READER] = config->has_reader,
    };
    struct guest_wires wires;
    for (int i = 0; i < GUEST_WIRE_COUNT; i++)
        wires.ours[i] = wires.theirs[i] = -1;
    for (int i = 0; i < GUEST_WIRE_COUNT; i++) {
        int pair[2];
        if (!is_wanted[i])
            continue;
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair)) {
            close_wires(wires.ours);
            close_wires(wires.theirs);
            return RC_IO;
        }
        wires.ours[i] = pair[0];
        wires.theirs[i] = pair[1];
    }
    *out_wires = wires;
    return RC_OK;
}

/* --- start --- */

static enum rc open_consoles(struct guest *guest, struct guest_wires *wires)
{
    enum rc rc = console_open(take(&wires->ours[GUEST_WIRE_CONSOLE]), &guest->console);
    if (!rc)
        console_alarm(guest->console, "Kernel panic");
    if (!rc && wires->ours[GUEST_WIRE_SHELL] >= 0)
        rc = console_open(take(&wires->ours[GUEST_WIRE_SHELL]), &guest->shell);
    guest->reader_fd = take(&wires->ours[GUEST_WIRE_READER]);
    return rc;
}

static enum rc why_gone(struct guest *guest, struct reason *reason)
{
    static const struct {
        const char *said;
        enum rc rc;
    } rows[] = {{"not a valid device model name", RC_UNSUPPORTED},
                {"Is another process using the image", RC_BUSY}};
    char word[200];
    guest_process_last_word(guest, word, sizeof word);
    reason_set(reason, "QEMU ended at once: %s", word);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strstr(word, rows[i].said))
            return rows[i].rc;
    return RC_GONE;
}

/* What is at our ends; a QEMU that refuses its command line is gone by now. */
static enum rc connect_to(struct guest *guest, const struct guest_config *config,
                          struct guest_wires *wires, struct reason *reason)
{
    enum rc rc = open_consoles(guest, wires);
    if (!rc)
        rc = qmp_open(take(&wires->ours[GUEST_WIRE_QMP]), START_MS, &guest->qmp, reason);
    if (!rc)
        rc = qtest_open(take(&wires->ours[GUEST_WIRE_QTEST]), &guest->qtest, reason);
    if (!rc && config->machine == GUEST_VIRT)
        rc = pl061_open(guest->qmp, guest->qtest, &guest->pins, reason);
    return rc == RC_GONE ? why_gone(guest, reason) : rc;
}

static enum rc start(struct guest *guest, const struct guest_config *config, struct reason *reason)
{
    struct guest_wires wires;
    struct guest_arguments arguments;
    enum rc rc = open_wires(config, &wires);
    if (rc)
        return rc;
    rc = guest_arguments_make(config, guest, &wires, &arguments, reason);
    if (!rc) {
        rc = guest_process_start(guest, &arguments, &wires, reason);
        guest_arguments_finish(&arguments);
    }
    close_wires(wires.theirs);
    if (!rc)
        rc = connect_to(guest, config, &wires, reason);
    close_wires(wires.ours);
    return rc;
}

static enum rc start_once(const struct guest_config *config, struct guest **out_guest,
                          struct reason *reason)
{
    const char *name = config->name ? config->name : "guest";
    struct guest *guest = calloc(1, sizeof *guest);
    if (!guest)
        return RC_NO_MEMORY;
    guest->reader_fd = -1;
    guest->width = config->width;
    guest->height = config->height;
    enum rc rc = RC_LIMIT;
    if (snprintf(guest->name, sizeof guest->name, "%s", name) < (int)sizeof guest->name &&
        snprintf(guest->folder, sizeof guest->folder, "%s", config->folder) <
            (int)sizeof guest->folder)
        rc = start(guest, config, reason);
    else
        reason_set(reason, "the guest's name or its folder's is too long: %s", config->folder);
    if (rc)
        guest_close(guest);
    else
        *out_guest = guest;
    return rc;
}

/* On a busy machine a killed QEMU's lock on its disk was seen to outlive it for a moment. */
enum rc guest_start(const struct guest_config *config, struct guest **out_guest,
                    struct reason *reason)
{
    int64_t until_ms = real_ms() + LOCK_MS;
    enum rc rc = start_once(config, out_guest, reason);
    while (rc == RC_BUSY && real_ms() < until_ms) {
        real_pause_ms(LOCK_MS / 10);
        rc = start_once(config, out_guest, reason);
    }
    return rc;
}

void guest_close(struct guest *guest)
{
    if (!guest)
        return;
    guest_kill(guest);
    pl061_close(guest->pins);
    qtest_close(guest->qtest);
    qmp_close(guest->qmp);
    console_close(guest->console);
    console_close(guest->shell);
    close_fd(&guest->reader_fd);
    free(guest);
}

enum rc guest_go(struct guest *guest, struct reason *reason)
{
    return qmp_command(guest->qmp, "cont", NULL, QMP_WAIT_MS, NULL, reason);
}

/* --- its lines --- */

enum rc guest_expect(struct guest *guest, const char *text, int limit_ms, struct reason *reason)
{
    return console_expect(guest->console, text, limit_ms, reason);
}

enum rc guest_say(struct guest *guest, const char *line, struct reason *reason)
{
    return console_say(guest->console, line, reason);
}

static enum rc need_shell(const struct guest *guest, struct reason *reason)
{
    if (guest->shell)
        return RC_OK;
    reason_set(reason, "%s was described without a shell's line (has_shell)", guest->name);
    return RC_UNSUPPORTED;
}

enum rc guest_find_shell(struct guest *guest, int limit_ms, struct reason *reason)
{
    enum rc rc = need_shell(guest, reason);
    return rc ? rc : shell_find(guest->shell, limit_ms, reason);
}

enum rc guest_run(struct guest *guest, const char *command, int limit_ms,
                  struct shell_answer *out_answer, struct reason *reason)
{
    enum rc rc = need_shell(guest, reason);
    return rc ? rc : shell_run(guest->shell, command, limit_ms, out_answer, reason);
}

enum rc guest_do(struct guest *guest, const char *command, int limit_ms, struct reason *reason)
{
    enum rc rc = need_shell(guest, reason);
    return rc ? rc : shell_do(guest->shell, command, limit_ms, reason);
}

int guest_reader_fd(struct guest *guest)
{
    return take(&guest->reader_fd);
}

/* --- its parts --- */

struct qmp *guest_qmp(struct guest *guest)
{
    return guest->qmp;
}

struct qtest *guest_qtest(struct guest *guest)
{
    return guest->qtest;
}

struct pl061 *guest_pins(struct guest *guest)
{
    return guest->pins;
}

struct console *guest_console(struct guest *guest)
{
    return guest->console;
}

struct console *guest_shell(struct guest *guest)
{
    return guest->shell;
}

int guest_width(const struct guest *guest)
{
    return guest->width;
}

int guest_height(const struct guest *guest)
{
    return guest->height;
}

const char *guest_path(struct guest *guest, const char *what)
{
    snprintf(guest->path, sizeof guest->path, "%s/%s-%s", guest->folder, guest->name, what);
    return guest->path;
}
