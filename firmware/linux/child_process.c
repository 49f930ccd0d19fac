#include "firmware/linux/child_process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void child_process_init(struct child_process *process)
{
    *process = (struct child_process){.in_fd = -1, .out_fd = -1};
}

/* posix_spawn copies no page tables: the station is large, and this happens while it draws. */
static int spawn(const char *program_path, const char *argument, int in_fd, int out_fd,
                 pid_t *out_pid)
{
    char *const arguments[] = {(char *)program_path, (char *)argument, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    int failed = posix_spawn_file_actions_adddup2(&files, in_fd, STDIN_FILENO);
    if (!failed)
        failed = posix_spawn_file_actions_adddup2(&files, out_fd, STDOUT_FILENO);
    if (!failed) /* what others opened without O_CLOEXEC */
        failed = posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    if (!failed)
        failed = posix_spawn(out_pid, program_path, &files, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return failed;
}

enum rc child_process_start(struct child_process *process, const char *program_path,
                            const char *argument)
{
    enum rc rc;
    int in[2] = {-1, -1}, out[2] = {-1, -1};
    pid_t pid;
    if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) || fcntl(out[0], F_SETFL, O_NONBLOCK)) {
        rc = rc_from_errno(errno);
        goto done;
    }
    rc = rc_from_errno(spawn(program_path, argument, in[0], out[1], &pid));
    if (rc)
        goto done;
    *process = (struct child_process){.pid = pid, .in_fd = in[1], .out_fd = out[0]};
    in[1] = out[0] = -1;
done:
    close_end(&in[0]);
    close_end(&in[1]);
    close_end(&out[0]);
    close_end(&out[1]);
    return rc;
}

bool child_process_is_dying(struct child_process *process)
{
    if (process->pid && waitpid(process->pid, NULL, WNOHANG) != 0)
        process->pid = 0;
    return process->pid != 0;
}

void child_process_kill(struct child_process *process)
{
    close_end(&process->in_fd);
    close_end(&process->out_fd);
    if (child_process_is_dying(process))
        kill(process->pid, SIGKILL);
}

void child_process_stop(struct child_process *process, int wait_ms)
{
    close_end(&process->in_fd);
    close_end(&process->out_fd);
    for (int waited_ms = 0; child_process_is_dying(process) && waited_ms < wait_ms; waited_ms += 5)
        poll(NULL, 0, 5);
    child_process_kill(process);
    for (int waited_ms = 0; child_process_is_dying(process) && waited_ms < wait_ms; waited_ms += 5)
        poll(NULL, 0, 5);
}
