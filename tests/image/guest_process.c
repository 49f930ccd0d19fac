#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/image/guest_i.h"
#include "tests/support/real.h"

#define LOOK_MS 20

/* --- is it there? --- */

static bool is_in_path(const char *program)
{
    char path[512];
    const char *folders = getenv("PATH");
    while (folders && *folders) {
        size_t length = strcspn(folders, ":");
        int used = snprintf(path, sizeof path, "%.*s/%s", (int)length, folders, program);
        if (used < (int)sizeof path && access(path, X_OK) == 0)
            return true;
        folders += length + (folders[length] == ':');
    }
    return false;
}

bool guest_is_possible(void)
{
    return is_in_path(GUEST_PROGRAM);
}

/* Waits for a child; true: it ended with 0. */
static bool ends_well(pid_t child)
{
    int status;
    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

enum rc guest_overlay(const char *base, const char *base_format, const char *path,
                      struct reason *reason)
{
    char *whole = realpath(base, NULL); /* a relative one would be sought beside the new file */
    if (!whole) {
        reason_set(reason, "there is no disk %s", base);
        return RC_NOT_FOUND;
    }
    pid_t child = fork();
    if (child == 0) {
        execlp("qemu-img", "qemu-img", "create", "-q", "-f", "qcow2", "-F",
               base_format ? base_format : "raw", "-b", whole, path, (char *)NULL);
        _exit(127);
    }
    free(whole);
    if (child > 0 && ends_well(child))
        return RC_OK;
    reason_set(reason, "qemu-img makes no %s over %s; is the package qemu-utils installed?", path,
               base);
    return RC_IO;
}

/* --- its start --- */

static void become_qemu(const struct guest_arguments *arguments, const struct guest_wires *wires,
                        int log_fd, pid_t parent)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || null < 0 || dup2(null, STDIN_FILENO) < 0 ||
        dup2(log_fd, STDOUT_FILENO) < 0 || dup2(log_fd, STDERR_FILENO) < 0)
        _exit(126);
    for (int i = 0; i < GUEST_WIRE_COUNT; i++)
        if (wires->theirs[i] >= 0)
            fcntl(wires->theirs[i], F_SETFD, 0);
    setpgid(0, 0); /* ^C ends the test, which tells what it knows, and not QEMU before it */
    execvp(GUEST_PROGRAM, arguments->rows);
    fprintf(stderr, "%s cannot be started: %s\n", GUEST_PROGRAM, strerror(errno));
    _exit(127);
}

enum rc guest_process_start(struct guest *guest, const struct guest_arguments *arguments,
                            const struct guest_wires *wires, struct reason *reason)
{
    const char *path = guest_path(guest, "qemu.log");
    int log_fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (log_fd < 0) {
        reason_set(reason, "%s cannot be written: %s", path, strerror(errno));
        return rc_from_errno(errno);
    }
    pid_t parent = getpid();
    guest->process = fork();
    if (guest->process == 0)
        become_qemu(arguments, wires, log_fd, parent);
    close(log_fd);
    if (guest->process > 0)
        return RC_OK;
    guest->process = 0;
    reason_set(reason, "no process for %s", GUEST_PROGRAM);
    return RC_IO;
}

void guest_process_last_word(struct guest *guest, char *out_line, size_t size)
{
    char line[300];
    FILE *file = fopen(guest_path(guest, "qemu.log"), "re");
    out_line[0] = 0;
    while (file && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        if (line[0])
            snprintf(out_line, size, "%s", line);
    }
    if (file)
        fclose(file);
}

/* --- its end --- */

bool guest_is_running(struct guest *guest)
{
    if (guest->process > 0 && waitpid(guest->process, NULL, WNOHANG) == guest->process)
        guest->process = 0;
    return guest->process > 0;
}

void guest_kill(struct guest *guest)
{
    if (guest->process <= 0)
        return;
    kill(guest->process, SIGKILL);
    waitpid(guest->process, NULL, 0);
    guest->process = 0;
}

enum rc guest_wait_end(struct guest *guest, int limit_ms, struct reason *reason)
{
    int64_t until_ms = real_ms() + limit_ms;
    while (guest_is_running(guest)) {
        if (real_ms() >= until_ms) {
            reason_set(reason, "%s still runs after %d ms", guest->name, limit_ms);
            return RC_TIMEOUT;
        }
        real_pause_ms(LOOK_MS);
    }
    return RC_OK;
}

/* Gives a command that ends QEMU; it may be gone before it answers. */
static enum rc end_by(struct guest *guest, const char *command, int limit_ms, struct reason *reason)
{
    enum rc rc = qmp_command(guest->qmp, command, NULL, QMP_WAIT_MS, NULL, reason);
    return rc && rc != RC_GONE ? rc : guest_wait_end(guest, limit_ms, reason);
}

enum rc guest_quit(struct guest *guest, int limit_ms, struct reason *reason)
{
    return guest_is_running(guest) ? end_by(guest, "quit", limit_ms, reason) : RC_OK;
}

enum rc guest_shut_down(struct guest *guest, int limit_ms, struct reason *reason)
{
    return guest_is_running(guest) ? end_by(guest, "system_powerdown", limit_ms, reason) : RC_OK;
}
