#include "tests/support/dice.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct dice dice_open(const char *test)
{
    const char *given = getenv("PERRON_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
    printf("%s: PERRON_SEED=%" PRIu64 "\n", test, seed);
    return (struct dice){seed * 2 + 1};
}

/* splitmix64 (Steele, Lea, Flood 2014). */
unsigned dice_roll(struct dice *dice, unsigned sides)
{
    uint64_t z = dice->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (unsigned)((z ^ z >> 31) % sides);
}
