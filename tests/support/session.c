#include "tests/support/session.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/build.h"
#include "tests/support/give_up.h"
#include "tests/support/real.h"

#define LIMIT_S 60

int session_set_up(void **state)
{
    static struct session session;
    char program[256];
    session = (struct session){.station = 0};
    snprintf(session.folder, sizeof session.folder, "%s/perron-session-XXXXXX", build_scratch());
    if (!mkdtemp(session.folder))
        give_up("session", "no folder in %s", build_scratch());
    snprintf(session.data, sizeof session.data, "%s/data", session.folder);
    snprintf(program, sizeof program, "%s/perron", build_folder());
    setenv("P", program, 1);
    setenv("D", session.data, 1);
    setenv("F", session.folder, 1);
    unsetenv("S");
    setenv("LSAN_OPTIONS", "suppressions=tests/support/library-leaks.supp:print_suppressions=0", 0);
    unsetenv("PERRON_DATA");
    *state = &session;
    return 0;
}

int session_set_up_people(void **state)
{
    static struct said said;
    session_set_up(state);
    session_must(*state, &said, "$P people import app/share/demo/people.csv --data $D");
    return 0;
}

int session_tear_down(void **state)
{
    struct session *session = *state;
    char command[128];
    if (session->station)
        session_stop_station(session);
    snprintf(command, sizeof command, "rm -rf %s", session->folder);
    return system(command) ? -1 : 0;
}

static void redirect(int to, const char *folder, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || dup2(fd, to) < 0)
        _exit(126);
}

/* A process group of its own, so that all of it can be ended. */
static pid_t start(const struct session *session, const char *line, const char *out,
                   const char *err)
{
    pid_t child = fork();
    if (child < 0)
        give_up("session", "no process for: %s", line);
    if (child == 0) {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGTERM); /* whatever becomes of the test */
        redirect(STDOUT_FILENO, session->folder, out);
        redirect(STDERR_FILENO, session->folder, err);
        if (!freopen("/dev/null", "r", stdin))
            _exit(126);
        execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        _exit(126);
    }
    return child;
}

/* The exit code, or -1 when it does not end in time and was killed. */
static int wait_for(pid_t child)
{
    int status;
    for (int i = 0; i < LIMIT_S * 100; i++) {
        if (waitpid(child, &status, WNOHANG) == child)
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        real_pause_ms(10);
    }
    kill(-child, SIGKILL);
    waitpid(child, &status, 0);
    return -1;
}

static void read_back(const struct session *session, const char *name, char *out_text, size_t size)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", session->folder, name);
    FILE *file = fopen(path, "r");
    size_t length = file ? fread(out_text, 1, size - 1, file) : 0;
    out_text[length] = 0;
    if (file)
        fclose(file);
}

static void run_line(struct session *session, const char *line, struct said *said)
{
    said->code = wait_for(start(session, line, ".out", ".err"));
    read_back(session, ".out", said->out, sizeof said->out);
    read_back(session, ".err", said->err, sizeof said->err);
    if (said->code < 0)
        give_up("session", "does not end within %d s: %s", LIMIT_S, line);
}

void session_run(struct session *session, struct said *out_said, const char *format, ...)
{
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    run_line(session, line, out_said);
}

void session_must(struct session *session, struct said *out_said, const char *format, ...)
{
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    run_line(session, line, out_said);
    if (out_said->code)
        give_up("session", "%s: exit code %d: %s", line, out_said->code, out_said->err);
}

void session_start_station_by(struct session *session, const char *line)
{
    session->station = start(session, line, "station.out", "station.err");
    session_wait_for_status(session, "running    yes");
}

void session_start_station(struct session *session)
{
    session_start_station_by(session, "exec $P station --board board/desktop.conf --reader sim "
                                      "--headless --data $D $S");
}

int session_await_station(struct session *session)
{
    int code = wait_for(session->station);
    session->station = 0;
    return code;
}

int session_stop_station(struct session *session)
{
    kill(session->station, SIGTERM);
    return session_await_station(session);
}

void session_wait_for_status(struct session *session, const char *needle)
{
    static struct said said;
    for (int i = 0; i < LIMIT_S * 20; i++) {
        session_run(session, &said, "$P status --data $D");
        if (strstr(said.out, needle))
            return;
        real_pause_ms(50);
    }
    give_up("session", "the station never says '%s', but: %s%s", needle, said.out, said.err);
}

json_t *session_json(const struct said *said)
{
    json_t *value = json_loads(said->out, 0, NULL);
    if (!value)
        give_up("session", "this is no JSON: %s", said->out);
    return value;
}
