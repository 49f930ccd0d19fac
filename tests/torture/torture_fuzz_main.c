/*
 * torture-fuzz - R7, S3: whatever comes from a stick or from somebody else, harmed in many ways and
 * read (tests/support/fuzz.h). `make VARIANT=san build/san/torture-fuzz` is the one that sees the
 * most. Four controls must be found out.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/ui/words.h"
#include "tests/support/build.h"
#include "tests/support/fuzz.h"
#include "tests/support/random.h"
#include "tests/support/real.h"
#include "tests/support/report.h"

#define STEP 100
#define CONTROL_ROUNDS 5

static bool show_controls(uint64_t seed)
{
    bool is_good = true;
    for (enum fuzz_control control = FUZZ_OURS + 1; control < FUZZ_CONTROL_COUNT; control++)
        is_good = fuzz_show_control(seed, control, CONTROL_ROUNDS) && is_good;
    return is_good;
}

static bool torture(uint64_t seed, long rounds, long seconds)
{
    struct fuzz *fuzz = fuzz_open(seed, FUZZ_OURS);
    int64_t until_ms = real_ms() + seconds * 1000;
    for (long done = 0; seconds ? real_ms() < until_ms : done < rounds; done += STEP) {
        fuzz_run(fuzz, STEP);
        if (!seconds)
            report_progress("rounds", (int)(done + STEP), (int)rounds);
    }
    bool is_good = fuzz_tell(fuzz);
    fuzz_close(fuzz);
    return is_good;
}

static void usage(FILE *out)
{
    fputs("usage: torture-fuzz [--ci] [--rounds N] [--seconds N] [--seed N]\n"
          "Harms and reads what comes from a stick N times (50000; 4000 with --ci), or for N\n"
          "seconds, and shows the controls that must be found out.\n",
          out);
}

int main(int argc, char **argv)
{
    long rounds = 50000, seconds = 0;
    uint64_t seed = random_seed();
    char locale[200];
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--ci")) {
            rounds = 4000;
        } else if (!strcmp(argv[i], "--rounds") && i + 1 < argc) {
            rounds = strtol(argv[++i], NULL, 10);
        } else if (!strcmp(argv[i], "--seconds") && i + 1 < argc) {
            seconds = strtol(argv[++i], NULL, 10);
        } else if (!strcmp(argv[i], "--seed") && i + 1 < argc) {
            seed = strtoull(argv[++i], NULL, 10);
        } else {
            bool is_help = !strcmp(argv[i], "--help");
            usage(is_help ? stdout : stderr);
            return is_help ? 0 : 2;
        }
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("what comes from a stick, harmed and read; seed %" PRIu64 "\n", seed);
    snprintf(locale, sizeof locale, "%s/locale", build_folder());
    (void)!words_init(locale);
    bool is_good = show_controls(seed);
    is_good = torture(seed, rounds, seconds) && is_good;
    return is_good ? 0 : 1;
}
