/*
 * bench-station - what a station costs that stands at a door all day: processor and memory.
 *
 *   P7   nobody comes: processor, wake-ups, pictures besides the clock's; the control looks whether
 *        something happened every millisecond; and of a sound device that fell silent
 *   P9   memory after the start, and what it grows by over many taps; the control keeps
 *        memory with every sync
 *
 * A real station without a display, with the simulated reader. The processor's share is printed
 * beside its bar and judged by whoever reads it: machines are noisy. What is not a matter of time
 * (wake-ups, pictures, memory, controls) decides the exit code.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/control_call.h"
#include "app/ui/sound.h"
#include "firmware/base/hex.h"
#include "tests/support/process.h"
#include "tests/support/real.h"
#include "tests/support/report.h"
#include "tests/support/watched.h"

#define CPU_BAR 0.2 /* per cent of a core */
#define WAKES_BAR 15
#define RESIDENT_BAR_KIB (64 * 1024)
#define GROWTH_BAR_KIB 256

#define SETTLE_MS 3000     /* after the start the log is moved into the database */
#define CONTROL_S 5        /* the control is told apart sooner than a station is found quiet */
#define MINUTE_MS 60000    /* a picture shows each new one, ... */
#define CLOCK_LOOK_MS 2500 /* ... a second after it began, or a little later */
#define PEOPLE 12500       /* who comes again within a minute is not recorded again */
#define WARM_LEAVING 2500  /* of them have left, too, before growth is looked for */
#define CONTROL_TAPS 500
#define REST_TAPS 500 /* then the door is quiet for a moment, and the log is tidied up */
#define REST_MS 500

struct bench {
    char folder[64], data[96], socket[120];
    int idle_s, taps;
    int tapped; /* so far */
    int missed; /* of them, those without an answer */
    struct watched station;
    int failures;
};

static void require(struct bench *bench, bool is_true, const char *name, const char *what)
{
    bench->failures += report_failure_unless(is_true, name, what);
}

static void give_up(const char *sentence)
{
    fprintf(stderr, "bench-station: %s\n", sentence);
    exit(1);
}

/* --- P7: nobody comes --- */

struct idle {
    int pictures; /* presented */
    int others;   /* of them, those that came when no minute had just begun */
    int minutes;  /* that began meanwhile */
    double cpu_percent, wakes_per_s;
};

static int64_t wall_ms_of(int64_t mono_us)
{
    struct timespec wall;
    clock_gettime(CLOCK_REALTIME, &wall);
    int64_t now_ms = (int64_t)wall.tv_sec * 1000 + wall.tv_nsec / 1000000;
    return now_ms - (real_us() - mono_us) / 1000;
}

static void read_cost(pid_t process, struct process_cost *out_cost)
{
    if (process_cost(process, out_cost))
        give_up("the process that is measured has ended");
}

/* Looks at a process for a while, and at its pictures where it is a station. */
static struct idle watch(struct bench *bench, pid_t process, int seconds)
{
    struct process_cost before, after;
    struct idle idle = {.pictures = 0};
    char text[256];
    int64_t begun_us = real_us(), until_us = begun_us + (int64_t)seconds * 1000000, us;
    read_cost(process, &before);
    while (real_us() < until_us) {
        int left_ms = (int)((until_us - real_us()) / 1000);
        int wait_ms = left_ms < 10000 ? left_ms : 10000;
        if (process != bench->station.station)
            poll(NULL, 0, wait_ms);
        else if (watched_next(&bench->station, wait_ms, &us, text, sizeof text) &&
                 strncmp(text, "present ", 8) == 0) {
            idle.pictures++;
            idle.others += wall_ms_of(us) % MINUTE_MS > CLOCK_LOOK_MS;
        }
        report_progress("seconds", (int)((real_us() - begun_us) / 1000000), seconds);
    }
    report_progress("seconds", seconds, seconds);
    read_cost(process, &after);
    double passed_us = (double)(real_us() - begun_us);
    idle.minutes = (int)(wall_ms_of(until_us) / MINUTE_MS - wall_ms_of(begun_us) / MINUTE_MS);
    idle.cpu_percent = (double)(after.cpu_ns - before.cpu_ns) / 10 / passed_us;
    idle.wakes_per_s = (double)(after.wakes - before.wakes) * 1e6 / passed_us;
    return idle;
}

/* What SDL does where a video driver has nothing to wait on. */
static struct idle watch_control(struct bench *bench)
{
    pid_t control = fork();
    if (control == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;)
            poll(NULL, 0, 1);
    }
    struct idle idle = watch(bench, control, CONTROL_S);
    kill(control, SIGKILL);
    waitpid(control, NULL, 0);
    return idle;
}

static void start_station(struct bench *bench, const char *const *environment)
{
    int64_t us;
    watched_start(&bench->station, bench->data, "sim", environment);
    if (!watched_wait(&bench->station, "reader ready", 10000, &us))
        give_up("the station does not start");
}

static void measure_idle(struct bench *bench)
{
    char text[256], what[96], compared[96];
    int64_t us, settled_us;
    start_station(bench, NULL);
    settled_us = real_us() + (int64_t)SETTLE_MS * 1000;
    while (real_us() < settled_us)
        watched_next(&bench->station, 100, &us, text, sizeof text);
    struct idle idle = watch(bench, bench->station.station, bench->idle_s);
    watched_end(&bench->station, SIGTERM);
    struct idle control = watch_control(bench);
    snprintf(what, sizeof what, "nobody comes for %d s: processor", bench->idle_s);
    snprintf(compared, sizeof compared, "looking every ms: %.3f", control.cpu_percent);
    report_figure("P7", what, idle.cpu_percent, CPU_BAR, "% of a core", compared);
    snprintf(compared, sizeof compared, "looking every ms: %.0f", control.wakes_per_s);
    bool is_quiet = report_figure("P7", "the same: wake-ups", idle.wakes_per_s, WAKES_BAR,
                                  "a second", compared);
    printf("P7   pictures: %d, while %d minutes began\n", idle.pictures, idle.minutes);
    require(bench, is_quiet, "P7", "few wake-ups");
    /* One more or less: a minute may begin right before or after. */
    require(bench, idle.others == 0 && abs(idle.pictures - idle.minutes) <= 1, "P7",
            "no picture but the clock's");
    require(bench, control.wakes_per_s > WAKES_BAR, "P7",
            "control: looking every millisecond is found");
}

/* Plays for a little longer than it is watched, then is silent. */
static void be_sound(void)
{
    struct speaker *speaker;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    if (sound_open(&speaker))
        give_up("there is no sound to be quiet");
    for (int s = 0; s < CONTROL_S + 1; s++) {
        (void)!speaker_tone(speaker, 440, 1000);
        poll(NULL, 0, 1000);
    }
    for (;;)
        pause();
}

/* A station without a display has no sound: its device is measured by itself. */
static void measure_sound(struct bench *bench)
{
    char compared[96];
    pid_t sound = fork();
    if (sound == 0)
        be_sound();
    poll(NULL, 0, 500);
    struct idle playing = watch(bench, sound, CONTROL_S);
    poll(NULL, 0, 1500 + SOUND_QUIET_MS + 500);
    struct idle quiet = watch(bench, sound, CONTROL_S);
    kill(sound, SIGKILL);
    waitpid(sound, NULL, 0);
    snprintf(compared, sizeof compared, "while it plays: %.0f", playing.wakes_per_s);
    bool is_quiet = report_figure("P7", "wake-ups of a sound that fell silent", quiet.wakes_per_s,
                                  WAKES_BAR, "a second", compared);
    require(bench, is_quiet, "P7", "a silent sound wakes nobody");
    require(bench, playing.wakes_per_s > WAKES_BAR, "P7", "control: one that plays does");
}

/* --- P9: memory --- */

static struct process_memory read_memory(const struct bench *bench)
{
    struct process_memory memory;
    if (process_memory(bench->station.station, &memory))
        give_up("the station has ended");
    return memory;
}

/* One badge by the control socket, as `perron tap` does it, and its answer awaited. */
static bool tap(struct bench *bench, int person)
{
    uint8_t uid[WATCHED_UID_BYTES];
    char badge[2 * WATCHED_UID_BYTES + 1];
    struct reason reason = {.text = ""};
    json_t *reply;
    int64_t us;
    watched_uid(person, uid);
    hex_encode(uid, sizeof uid, badge);
    if (control_call(bench->socket, json_pack("{s:s,s:s}", "do", "tap", "badge", badge), -1, 5000,
                     &reply, &reason))
        return false;
    json_decref(reply);
    return watched_wait(&bench->station, "answer ", 5000, &us);
}

static void tap_many(struct bench *bench, int count)
{
    for (int i = 1; i <= count; i++) {
        bench->missed += !tap(bench, bench->tapped % PEOPLE);
        if (++bench->tapped % REST_TAPS == 0)
            poll(NULL, 0, REST_MS);
        report_progress("taps", i, count);
    }
}

/* From now on every sync keeps memory: what it grows by must be found. */
static int64_t grow_on_purpose(struct bench *bench, const char *keeps_file)
{
    struct process_memory before = read_memory(bench);
    close(open(keeps_file, O_WRONLY | O_CREAT, 0600));
    tap_many(bench, CONTROL_TAPS);
    return read_memory(bench).resident_kib - before.resident_kib;
}

static void measure_memory(struct bench *bench)
{
    char keeps_file[96], what[96], compared[160];
    snprintf(keeps_file, sizeof keeps_file, "%s/keeps", bench->folder);
    const char *const environment[] = {"PERRON_SYNC_KEEPS_FILE", keeps_file, NULL};
    start_station(bench, environment);
    poll(NULL, 0, SETTLE_MS);
    struct process_memory start = read_memory(bench);
    /* SQLite's cache is full, and both answers were drawn: each has letters of sizes of its own. */
    tap_many(bench, PEOPLE + WARM_LEAVING);
    struct process_memory warm = read_memory(bench);
    tap_many(bench, bench->taps);
    struct process_memory end = read_memory(bench);
    int64_t control_kib = grow_on_purpose(bench, keeps_file);
    watched_end(&bench->station, SIGTERM);

    snprintf(compared, sizeof compared, "%.1f after the start; no file's %.1f and %.1f",
             start.resident_kib / 1024.0, end.own_kib / 1024.0, start.own_kib / 1024.0);
    bool is_small = report_figure("P9", "resident with full caches", end.resident_kib / 1024.0,
                                  RESIDENT_BAR_KIB / 1024.0, "MiB", compared);
    snprintf(what, sizeof what, "growth over %d taps", bench->taps);
    snprintf(
        compared, sizeof compared, "no file's %lld; by the %d before %lld; control, over %d, %lld",
        (long long)(end.own_kib - warm.own_kib), PEOPLE + WARM_LEAVING,
        (long long)(warm.resident_kib - start.resident_kib), CONTROL_TAPS, (long long)control_kib);
    int64_t growth_kib = end.resident_kib - warm.resident_kib;
    bool is_steady = report_figure("P9", what, (double)growth_kib, GROWTH_BAR_KIB, "KiB", compared);
    require(bench, is_small, "P9", "small");
    require(bench, is_steady, "P9", "stays so");
    require(bench, bench->missed == 0, "P9", "every tap answered");
    require(bench, control_kib > GROWTH_BAR_KIB, "P9",
            "control: keeping something of every tap is found");
}

/* --- the program --- */

static void usage(FILE *out)
{
    fputs("usage: bench-station [--ci] [--seconds N] [--taps N]\n"
          "Measures P7 over N seconds (600; 30 with --ci) and P9 over N taps (100000; 3000).\n",
          out);
}

static void make_house(struct bench *bench)
{
    snprintf(bench->folder, sizeof bench->folder, "/tmp/perron-station-XXXXXX");
    if (!mkdtemp(bench->folder))
        give_up("there is no folder under /tmp");
    snprintf(bench->data, sizeof bench->data, "%s/data", bench->folder);
    snprintf(bench->socket, sizeof bench->socket, "%s/socket", bench->data);
    watched_make_house(bench->folder, bench->data, PEOPLE);
}

static void remove_house(const struct bench *bench)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", bench->folder);
    if (system(command))
        fprintf(stderr, "bench-station: %s stays behind\n", bench->folder);
}

int main(int argc, char **argv)
{
    static struct bench bench = {.idle_s = 600, .taps = 100000};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--ci") == 0) {
            bench.idle_s = 30;
            bench.taps = 3000;
        } else if (strcmp(argv[i], "--seconds") == 0 && i + 1 < argc && atoi(argv[i + 1]) > 0) {
            bench.idle_s = atoi(argv[++i]);
        } else if (strcmp(argv[i], "--taps") == 0 && i + 1 < argc && atoi(argv[i + 1]) > 0) {
            bench.taps = atoi(argv[++i]);
        } else {
            bool is_help = strcmp(argv[i], "--help") == 0;
            usage(is_help ? stdout : stderr);
            return is_help ? 0 : 2;
        }
    }
    setlinebuf(stdout);
    printf("%ld cores, a station without a display, simulated reader\n",
           sysconf(_SC_NPROCESSORS_ONLN));
    make_house(&bench);
    measure_idle(&bench);
    measure_sound(&bench);
    measure_memory(&bench);
    remove_house(&bench);
    return bench.failures > 0;
}
