#include "firmware/reader/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

static int guard_signal_fd = -1;

static enum rc keep_standard_descriptors(void)
{
    int fd;
    do {
        fd = open("/dev/null", O_RDWR | O_CLOEXEC);
        if (fd < 0)
            return rc_from_errno(errno);
    } while (fd <= STDERR_FILENO);
    close(fd);
    return RC_OK;
}

/* All signals wait but those by which a program crashes. */
static enum rc hold_signals(void)
{
    static const int crashes[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP, SIGSYS};
    sigset_t held, asked;
    sigfillset(&held);
    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++)
        sigdelset(&held, crashes[i]);
    sigemptyset(&asked);
    sigaddset(&asked, SIGTERM);
    sigaddset(&asked, SIGINT);
    sigaddset(&asked, SIGHUP);
    if (sigprocmask(SIG_SETMASK, &held, NULL))
        return rc_from_errno(errno);
    guard_signal_fd = signalfd(-1, &asked, SFD_CLOEXEC | SFD_NONBLOCK);
    return guard_signal_fd < 0 ? rc_from_errno(errno) : RC_OK;
}

enum rc guard_init(void)
{
    const struct rlimit none = {0, 0};
    enum rc rc = keep_standard_descriptors();
    if (!rc)
        rc = hold_signals();
    if (rc)
        return rc;
    /* A crash is expected now and then; a core for each would fill the card. */
    if (setrlimit(RLIMIT_CORE, &none) || prctl(PR_SET_PDEATHSIG, SIGKILL))
        return rc_from_errno(errno);
    setenv("LIBNFC_LOG_LEVEL", "0", 0);
    setenv("LIBNFC_AUTO_SCAN", "false", 1);
    setenv("LIBNFC_INTRUSIVE_SCAN", "false", 1);
    return RC_OK;
}

/* What is written to us is read and forgotten; only its end matters. */
static bool has_input_ended(void)
{
    char forgotten[256];
    ssize_t got = read(STDIN_FILENO, forgotten, sizeof forgotten);
    return got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
}

bool guard_wait(int64_t wait_ms)
{
    struct pollfd fds[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
                            {.fd = guard_signal_fd, .events = POLLIN}};
    int ready = poll(fds, 2, (int)wait_ms);
    if (ready <= 0)
        return ready < 0 && errno != EINTR;
    return fds[1].revents || (fds[0].revents && has_input_ended());
}
