#include "tests/support/watched.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/build.h"
#include "tests/support/real.h"

static void give_up(const char *sentence)
{
    fprintf(stderr, "%s\n", sentence);
    exit(1);
}

/* --- the house --- */

void watched_uid(int person, uint8_t *out_uid)
{
    const uint8_t uid[] = {0x04, (uint8_t)(person >> 8), (uint8_t)person, 0xb2, 0xc3, 0xd4, 0xe5};
    memcpy(out_uid, uid, sizeof uid);
}

static void write_list(const char *path, int first_number, int count)
{
    FILE *file = fopen(path, "w");
    if (!file)
        give_up("the list of people cannot be written");
    fputs("number;first name;last name;language;badge\n", file);
    for (int i = 0; i < count; i++)
        fprintf(file, "%d;Ada%d;Dubois;fr;04%02X%02XB2C3D4E5\n", first_number + i, i, i >> 8 & 255,
                i & 255);
    fclose(file);
}

void watched_give_badges(const char *folder, const char *data, int first_number, int count)
{
    char list[160], program[256];
    int status = 0;
    snprintf(list, sizeof list, "%s/people.csv", folder);
    snprintf(program, sizeof program, "%s/perron", build_folder());
    write_list(list, first_number, count);
    pid_t child = fork();
    if (child == 0) {
        int quiet = open("/dev/null", O_WRONLY);
        dup2(quiet, STDOUT_FILENO);
        execl(program, program, "people", "import", list, "--data", data, (char *)NULL);
        _exit(127);
    }
    if (waitpid(child, &status, 0) != child || status)
        give_up("the people could not be imported");
}

void watched_make_house(const char *folder, const char *data, int count)
{
    watched_give_badges(folder, data, 1, count);
}

/* --- the station --- */

static void be_station(const char *data, const char *reader, const char *boot,
                       const char *const *environment, int trace_fd)
{
    char program[256], preload[256], trace[16];
    int quiet = open("/dev/null", O_RDWR);
    dup2(quiet, STDIN_FILENO);
    dup2(quiet, STDOUT_FILENO);
    dup2(quiet, STDERR_FILENO);
    prctl(PR_SET_PDEATHSIG, SIGTERM); /* whatever becomes of the one who watches */
    snprintf(program, sizeof program, "%s/perron", build_folder());
    snprintf(preload, sizeof preload, "%s/trace_preload.so", build_folder());
    snprintf(trace, sizeof trace, "%d", trace_fd);
    setenv("LD_PRELOAD", preload, 1);
    setenv("PERRON_TRACE_FD", trace, 1);
    for (; environment && *environment; environment += 2)
        setenv(environment[0], environment[1], 1);
    execl(program, program, "station", "--data", data, "--reader", reader, "--headless", "--board",
          "board/desktop.conf", "--trace", trace, boot ? "--boot" : (char *)NULL, boot,
          (char *)NULL);
    _exit(127);
}

void watched_start(struct watched *watched, const char *data, const char *reader,
                   const char *const *environment)
{
    int ends[2];
    if (pipe(ends))
        give_up("there is no pipe for the trace");
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
    watched->exec_us = real_us();
    watched->station = fork();
    if (watched->station == 0)
        be_station(data, reader, watched->boot, environment, ends[1]);
    close(ends[1]);
    watched->trace_fd = ends[0];
    watched->used = 0;
}

void watched_end(struct watched *watched, int signal)
{
    kill(watched->station, signal);
    waitpid(watched->station, NULL, 0);
    close(watched->trace_fd);
}

pid_t watched_reader(const struct watched *watched)
{
    char path[64], text[64] = "";
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)watched->station,
             (int)watched->station);
    FILE *file = fopen(path, "r");
    bool is_read = file && fgets(text, sizeof text, file);
    if (file)
        fclose(file);
    return is_read ? (pid_t)strtol(text, NULL, 10) : 0;
}

/* --- the trace --- */

/* Takes the first whole line out of what was read. */
static bool take_line(struct watched *watched, int64_t *out_us, char *out_text, size_t size)
{
    char *end = memchr(watched->trace, '\n', watched->used), *rest;
    if (!end)
        return false;
    *end = 0;
    *out_us = strtoll(watched->trace, &rest, 10);
    snprintf(out_text, size, "%s", *rest ? rest + 1 : "");
    watched->used -= (size_t)(end + 1 - watched->trace);
    memmove(watched->trace, end + 1, watched->used);
    return true;
}

bool watched_next(struct watched *watched, int wait_ms, int64_t *out_us, char *out_text,
                  size_t size)
{
    int64_t until_us = real_us() + (int64_t)wait_ms * 1000;
    while (!take_line(watched, out_us, out_text, size)) {
        struct pollfd fd = {.fd = watched->trace_fd, .events = POLLIN};
        int64_t left_us = until_us - real_us();
        int left_ms = left_us > 0 ? (int)(left_us / 1000) + 1 : 0;
        if (poll(&fd, 1, left_ms) <= 0)
            return false;
        ssize_t got = read(watched->trace_fd, watched->trace + watched->used,
                           sizeof watched->trace - watched->used);
        if (got <= 0)
            return false;
        watched->used += (size_t)got;
    }
    return true;
}

bool watched_wait(struct watched *watched, const char *what, int wait_ms, int64_t *out_us)
{
    char text[256];
    int64_t until_us = real_us() + (int64_t)wait_ms * 1000;
    while (real_us() < until_us && watched_next(watched, wait_ms, out_us, text, sizeof text))
        if (strncmp(text, what, strlen(what)) == 0)
            return true;
    return false;
}
