/*
 * torture-fuzz - R7, S3: whatever comes from a stick or from somebody else, harmed in many ways and
 * read (tests/support/fuzz.h). `make VARIANT=san build/san/torture-fuzz` is the one that sees the
 * most. Four controls must be found out.
 */
#include <inttypes.h>
#include <stdio.h>

#include "app/ui/words.h"
#include "tests/support/build.h"
#include "tests/support/fuzz.h"
#include "tests/support/options.h"
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

static const char usage[] =
    "usage: torture-fuzz [--ci] [--rounds N] [--seconds N] [--seed N]\n"
    "Harms and reads what comes from a stick N times (50000; 4000 with --ci), or for N\n"
    "seconds, and shows the controls that must be found out.\n";

int main(int argc, char **argv)
{
    long rounds = -1, seconds = 0;
    uint64_t seed = random_seed();
    bool is_short = false;
    int code = 1;
    char locale[200];
    const struct option_row options[] = {{.name = "ci", .is_set = &is_short},
                                         {.name = "rounds", .number = &rounds},
                                         {.name = "seconds", .number = &seconds},
                                         {.name = "seed", .seed = &seed},
                                         {.name = NULL}};
    if (!options_read(argc, argv, options, usage, &code))
        return code;
    if (rounds < 0)
        rounds = is_short ? 4000 : 50000;
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("what comes from a stick, harmed and read; seed %" PRIu64 "\n", seed);
    snprintf(locale, sizeof locale, "%s/locale", build_folder());
    (void)!words_init(locale);
    bool is_good = show_controls(seed);
    is_good = torture(seed, rounds, seconds) && is_good;
    return is_good ? 0 : 1;
}
