#include "tests/support/random.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

uint64_t random_seed(void)
{
    const char *text = getenv("PERRON_SEED");
    struct timespec now;
    if (text)
        return strtoull(text, NULL, 10);
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000003 + (uint64_t)now.tv_nsec;
}

void random_init(struct random *random, uint64_t seed)
{
    random->state = seed * 2685821657736338717u + 1442695040888963407u;
    if (!random->state)
        random->state = 1;
}

struct random random_for_test(const char *test)
{
    struct random random;
    uint64_t seed = random_seed();
    printf("%s: PERRON_SEED=%" PRIu64 "\n", test, seed);
    random_init(&random, seed);
    return random;
}

unsigned random_below(struct random *random, unsigned limit)
{
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    return (unsigned)((random->state * 2685821657736338717u >> 11) % limit);
}
