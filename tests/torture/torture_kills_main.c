/*
 * torture-kills - R2: a station is killed (SIGKILL) at random moments while people tap, and started
 * again. What it had answered must be in the register, once; it must take taps again within 2 s.
 *
 * It proves the restart, not durability: a killed process loses nothing that it wrote (torture-cuts
 * is for that). The control is this program's own bookkeeping: with --forget it throws away one
 * answered tap per hundred before it compares, and must then find itself wrong.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/control.h"
#include "app/store/snapshot.h"
#include "firmware/base/hash.h"
#include "tests/support/random.h"

#define PEOPLE 3000
#define READY_BAR_MS 2000

struct torture {
    const char *build;
    char folder[64];
    char data[96];
    char socket[128];
    pid_t station;
    int trace_fd;
    char trace[65536];
    size_t trace_used;
    struct random random;
    int expected[PEOPLE]; /* facts that were answered, per person */
    int possible[PEOPLE]; /* taps under way when the station was killed */
    long answered, kills;
    long slowest_ms;
};

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void uid_of(int person, char *out_text)
{
    snprintf(out_text, 16, "04%02X%02X%02XA1B2C3", person >> 16 & 255, person >> 8 & 255,
             person & 255);
}

static void import(const char *program, const char *list, const char *data)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        int quiet = open("/dev/null", O_WRONLY);
        dup2(quiet, STDOUT_FILENO);
        execl(program, program, "people", "import", list, "--data", data, (char *)NULL);
        _exit(127);
    }
    if (waitpid(child, &status, 0) != child || status != 0) {
        fprintf(stderr, "torture-kills: the list of people could not be imported\n");
        exit(1);
    }
}

static void make_people(struct torture *t)
{
    char list[128], program[256], uid[16];
    snprintf(list, sizeof list, "%s/people.csv", t->folder);
    snprintf(program, sizeof program, "%s/perron", t->build);
    FILE *file = fopen(list, "w");
    fputs("number;first name;last name;badge\n", file);
    for (int i = 0; i < PEOPLE; i++) {
        uid_of(i, uid);
        fprintf(file, "%d;Ada%d;Dubois;%s\n", i + 1, i, uid);
    }
    fclose(file);
    import(program, list, t->data);
}

static void start(struct torture *t)
{
    int ends[2];
    char program[256], trace[16];
    if (pipe2(ends, O_CLOEXEC)) {
        perror("pipe");
        exit(1);
    }
    snprintf(program, sizeof program, "%s/perron", t->build);
    t->station = fork();
    if (t->station == 0) {
        int log = open("/dev/null", O_WRONLY);
        dup2(log, STDERR_FILENO);
        int kept = dup(ends[1]); /* without close-on-exec */
        snprintf(trace, sizeof trace, "%d", kept);
        execl(program, program, "station", "--data", t->data, "--reader", "sim", "--headless",
              "--board", "board/desktop.conf", "--trace", trace, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    t->trace_fd = ends[0];
    t->trace_used = 0;
    fcntl(t->trace_fd, F_SETFL, O_NONBLOCK);
}

/* Asks until the station answers; a station that does not within five times the bar is broken. */
static void wait_until_ready(struct torture *t)
{
    long begun = now_ms();
    json_t *reply;
    while (control_call(t->socket, json_pack("{s:s}", "do", "status"), -1, 1000, &reply, NULL)) {
        if (now_ms() - begun > 5 * READY_BAR_MS) {
            fprintf(stderr, "torture-kills: the station does not come back\n");
            exit(1);
        }
        usleep(2000);
    }
    json_decref(reply);
    long took = now_ms() - begun;
    if (took > t->slowest_ms)
        t->slowest_ms = took;
}

/* The answer to the tap that was sent last; NULL when none came within `wait_ms`. */
static const char *read_answer(struct torture *t, int wait_ms)
{
    long until = now_ms() + wait_ms;
    for (;;) {
        char *at, *end;
        t->trace[t->trace_used] = 0;
        while ((end = strchr(t->trace, '\n'))) {
            static char answer[64];
            *end = 0;
            at = strstr(t->trace, " answer ");
            snprintf(answer, sizeof answer, "%s", at ? at + 8 : "");
            t->trace_used -= (size_t)(end + 1 - t->trace);
            memmove(t->trace, end + 1, t->trace_used + 1);
            if (answer[0])
                return answer;
        }
        struct pollfd fd = {.fd = t->trace_fd, .events = POLLIN};
        long left = until - now_ms();
        if (left < 0 || poll(&fd, 1, (int)left) <= 0)
            return NULL;
        ssize_t got =
            read(t->trace_fd, t->trace + t->trace_used, sizeof t->trace - 1 - t->trace_used);
        if (got <= 0)
            return NULL;
        t->trace_used += (size_t)got;
    }
}

/* One tap; the station may be killed `kill_after_us` later. */
static bool tap(struct torture *t, int kill_after_us)
{
    char uid[16];
    json_t *reply;
    int person = (int)random_below(&t->random, PEOPLE);
    uid_of(person, uid);
    enum rc rc = control_call(t->socket, json_pack("{s:s,s:s}", "do", "tap", "badge", uid), -1,
                              1000, &reply, NULL);
    if (!rc)
        json_decref(reply);
    if (kill_after_us >= 0) {
        usleep((useconds_t)kill_after_us);
        kill(t->station, SIGKILL);
    }
    const char *answer = rc ? NULL : read_answer(t, 4000);
    bool is_fact = answer && (!strcmp(answer, "arrival") || !strcmp(answer, "departure") ||
                              !strcmp(answer, "arrival-forgotten"));
    if (is_fact) {
        t->expected[person]++;
        t->answered++;
    } else if (!answer) {
        t->possible[person]++;
    }
    return answer != NULL;
}

static void be_killed(struct torture *t)
{
    int status;
    waitpid(t->station, &status, 0);
    close(t->trace_fd);
    t->kills++;
}

static void torture(struct torture *t, long kills)
{
    while (t->kills < kills) {
        start(t);
        wait_until_ready(t);
        int before = (int)random_below(&t->random, 6);
        for (int i = 0; i < before; i++)
            tap(t, -1);
        tap(t, (int)random_below(&t->random, 12000));
        be_killed(t);
        if (t->kills % 50 == 0)
            fprintf(stderr, "\r%ld kills, %ld answers", t->kills, t->answered);
    }
    fputc('\n', stderr);
}

static void compare(struct torture *t, long *out_lost, long *out_doubled)
{
    char path[128];
    struct snapshot *snapshot;
    struct sqlite3_stmt *rows;
    struct reason reason = {""};
    int found[PEOPLE] = {0};
    snprintf(path, sizeof path, "%s/perron.db", t->data);
    if (snapshot_open(path, &snapshot, &reason)) {
        fprintf(stderr, "torture-kills: %s\n", reason.text);
        exit(1);
    }
    enum rc rc = db_query(snapshot_db(snapshot), &rows,
                          "SELECT cast(p.number AS INTEGER) - 1, count(*) FROM fact f JOIN person p"
                          " ON p.station=f.subject_station AND p.seq=f.subject_seq"
                          " WHERE f.kind=9 GROUP BY p.number",
                          "");
    while (!rc && !(rc = db_step(snapshot_db(snapshot), rows)))
        found[db_column(rows, 0)] = (int)db_column(rows, 1);
    snapshot_close(snapshot);
    *out_lost = *out_doubled = 0;
    for (int i = 0; i < PEOPLE; i++) {
        if (found[i] < t->expected[i])
            *out_lost += t->expected[i] - found[i];
        if (found[i] > t->expected[i] + t->possible[i])
            *out_doubled += found[i] - t->expected[i] - t->possible[i];
    }
}

static void usage(FILE *out)
{
    fputs("usage: torture-kills [--ci] [--kills N] [--seed N] [--forget]\n"
          "Kills a station N times (10000; 150 with --ci) while people tap, and compares what it\n"
          "answered with its register. --forget is the control: it must fail.\n",
          out);
}

int main(int argc, char **argv)
{
    static struct torture t;
    long kills = 10000, lost, doubled;
    uint64_t seed = random_seed();
    bool is_forgetful = false;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--ci")) {
            kills = 150;
        } else if (!strcmp(argv[i], "--kills") && i + 1 < argc) {
            kills = strtol(argv[++i], NULL, 10);
        } else if (!strcmp(argv[i], "--seed") && i + 1 < argc) {
            seed = strtoull(argv[++i], NULL, 10);
        } else if (!strcmp(argv[i], "--forget")) {
            is_forgetful = true;
        } else {
            bool is_help = !strcmp(argv[i], "--help");
            usage(is_help ? stdout : stderr);
            return is_help ? 0 : 2;
        }
    }
    if (hash_init())
        return 1;
    random_init(&t.random, seed);
    t.build = getenv("PERRON_BUILD") ? getenv("PERRON_BUILD") : "build";
    snprintf(t.folder, sizeof t.folder, "/tmp/perron-kills-XXXXXX");
    if (!mkdtemp(t.folder))
        return 1;
    snprintf(t.data, sizeof t.data, "%s/data", t.folder);
    snprintf(t.socket, sizeof t.socket, "%s/socket", t.data);
    make_people(&t);
    torture(&t, kills);
    if (is_forgetful)
        for (int i = 0; i < PEOPLE; i++)
            t.expected[i] += i % 100 == 0;
    compare(&t, &lost, &doubled);
    printf("kills %ld, answered %ld, lost %ld, doubled %ld, ready again at most %ld ms (bar %d), "
           "seed %llu\n",
           t.kills, t.answered, lost, doubled, t.slowest_ms, READY_BAR_MS,
           (unsigned long long)seed);
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", t.folder);
    if (system(command) != 0)
        fprintf(stderr, "torture-kills: %s stays behind\n", t.folder);
    return lost || doubled || t.slowest_ms > READY_BAR_MS;
}
