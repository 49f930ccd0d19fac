/*
 * bench-reader - P3: how long after a badge comes the station's end knows of it.
 *
 * Badges of 4, 7 and 10 bytes are laid on a paced PN532 simulator (115200 baud and a model of the
 * radio) at random moments, read by the real libnfc and perron-reader, and taken away again. Times
 * are printed beside the bar; only a badge that is missed, or told twice, fails the program.
 */
#include <getopt.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "firmware/base/hex.h"
#include "tests/support/random.h"
#include "tests/support/reader_lab.h"
#include "tests/support/real.h"

#define TAPS_FULL 2000
#define TAPS_CI 200
#define TAPS_MAX 100000
#define WAIT_MS 5000
#define BAR_MS 40.0

struct bench {
    struct reader_lab lab;
    struct random random;
    int taps, seen, missed;
    double all_ms[TAPS_MAX];  /* from the badge's coming to the event */
    double pipe_ms[TAPS_MAX]; /* from the chip's answer to the event */
};

/* --- one badge --- */

static void lay_badge(struct bench *bench, char *out_text)
{
    static const size_t lengths[] = {4, 7, 10};
    size_t length = lengths[random_below(&bench->random, 3)];
    uint8_t uid[10] = {0x04};
    for (size_t i = 1; i < length; i++)
        uid[i] = (uint8_t)random_below(&bench->random, 256);
    strcpy(out_text, "uid:");
    hex_encode(uid, length, out_text + 4);
    pn532_sim_tap(bench->lab.sim, uid, length);
}

static void measure(struct bench *bench)
{
    struct reader_event event;
    char text[32];
    int64_t wait_us = 20000 + random_below(&bench->random, 100000);
    struct timespec wait = {.tv_nsec = wait_us * 1000};
    nanosleep(&wait, NULL);
    int64_t laid_us = real_us();
    lay_badge(bench, text);
    bool is_seen = reader_lab_wait(&bench->lab, READER_TAG, WAIT_MS, &event);
    int64_t now_us = real_us();
    if (is_seen && strcmp(event.text, text) == 0) {
        bench->all_ms[bench->seen] = (double)(now_us - laid_us) / 1000;
        bench->pipe_ms[bench->seen++] = (double)(now_us - pn532_sim_seen_us(bench->lab.sim)) / 1000;
    } else {
        bench->missed++;
    }
    pn532_sim_remove(bench->lab.sim);
    if (!reader_lab_wait(&bench->lab, READER_LEFT, WAIT_MS, &event))
        bench->missed++;
}

/* --- the figures --- */

static int compare(const void *a, const void *b)
{
    double difference = *(const double *)a - *(const double *)b;
    return (difference > 0) - (difference < 0);
}

static double percentile(const double *sorted, int count, double percent)
{
    int at = (int)((double)count * percent / 100);
    return sorted[at < count ? at : count - 1];
}

static void print_row(const char *name, double *values, int count)
{
    qsort(values, (size_t)count, sizeof values[0], compare);
    printf("%-34s %8.2f %8.2f %8.2f %8.2f %8.2f\n", name, values[0], percentile(values, count, 50),
           percentile(values, count, 90), percentile(values, count, 99), values[count - 1]);
}

static int print_figures(struct bench *bench)
{
    printf("%d badges, %d missed\n", bench->seen, bench->missed);
    if (bench->seen == 0)
        return 1;
    printf("%-34s %8s %8s %8s %8s %8s\n", "ms", "min", "p50", "p90", "p99", "max");
    print_row("chip's answer -> station's event", bench->pipe_ms, bench->seen);
    print_row("badge comes -> station's event", bench->all_ms, bench->seen);
    double p99 = percentile(bench->all_ms, bench->seen, 99);
    printf("P3: p99 %.2f ms, bar %.0f ms: %s\n", p99, BAR_MS, p99 <= BAR_MS ? "held" : "MISSED");
    return bench->missed ? 1 : 0;
}

static void print_usage(FILE *out)
{
    fputs("usage: bench-reader [--ci] [--taps N] [--seed N]\n"
          "\n"
          "Measures how long after a badge comes the station knows of it.\n"
          "\n"
          "  --taps N  this many (default 2000)\n"
          "  --ci      200\n"
          "  --seed N  the same badges and moments again\n"
          "\n"
          "Programs are found in PERRON_BUILD (default: build).\n",
          out);
}

static uint64_t read_options(int argc, char **argv, struct bench *bench)
{
    static const struct option options[] = {{"ci", no_argument, NULL, 'c'},
                                            {"taps", required_argument, NULL, 't'},
                                            {"seed", required_argument, NULL, 's'},
                                            {"help", no_argument, NULL, 'h'},
                                            {0}};
    uint64_t seed = (uint64_t)time(NULL);
    int option;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'c')
            bench->taps = TAPS_CI;
        else if (option == 't')
            bench->taps = atoi(optarg);
        else if (option == 's')
            seed = strtoull(optarg, NULL, 10);
        else {
            print_usage(option == 'h' ? stdout : stderr);
            exit(option == 'h' ? 0 : 2);
        }
    }
    if (bench->taps < 1 || bench->taps > TAPS_MAX) {
        print_usage(stderr);
        exit(2);
    }
    return seed;
}

int main(int argc, char **argv)
{
    static struct bench bench = {.taps = TAPS_FULL};
    struct reader_event event;
    uint64_t seed = read_options(argc, argv, &bench);
    random_init(&bench.random, seed);
    printf("bench-reader --taps %d --seed %" PRIu64 "\n", bench.taps, seed);
    enum rc rc = reader_lab_open(true, &bench.lab);
    if (rc) {
        fprintf(stderr, "bench-reader: a simulated chip cannot be made: %s\n", rc_text(rc));
        return 1;
    }
    bool is_ready = reader_lab_wait(&bench.lab, READER_READY, WAIT_MS, &event);
    for (int i = 0; is_ready && i < bench.taps; i++)
        measure(&bench);
    reader_lab_close(&bench.lab);
    return print_figures(&bench);
}
