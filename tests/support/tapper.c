#include "tests/support/tapper.h"

#include <string.h>
#include <unistd.h>

#include "tests/support/real.h"

#define ANSWER_WAIT_MS 8000

void tapper_note(struct sample *sample, int64_t from_us, int64_t to_us)
{
    sample_add(sample, (double)(to_us - from_us) / 1000);
}

static bool is_answer(const char *text)
{
    return strncmp(text, "present ", 8) == 0 &&
           (strstr(text, "greeting") || strstr(text, "goodbye") || strstr(text, "not-recorded"));
}

static bool follow(struct tapper *tapper, struct tapped *tapped)
{
    char text[256];
    int64_t us;
    while (watched_next(&tapper->station, ANSWER_WAIT_MS, &us, text, sizeof text)) {
        if (strcmp(text, "badge") == 0)
            tapped->badge_us = us;
        else if (strcmp(text, "seen") == 0)
            tapped->seen_us = us;
        else if (strcmp(text, "sync") == 0 && tapped->badge_us)
            tapped->synced_us = us;
        else if (strncmp(text, "answer ", 7) == 0)
            tapped->answered_us = us;
        else if (strncmp(text, "present ", 8) == 0)
            tapped->frames++;
        if (tapped->answered_us && is_answer(text)) {
            tapped->presented_us = us;
            return true;
        }
    }
    return false;
}

bool tapper_tap(struct tapper *tapper, int person, struct tapped *out_tapped)
{
    uint8_t uid[WATCHED_UID_BYTES];
    struct tapped tapped = {.tapped_us = 0};
    watched_uid(person, uid);
    usleep((useconds_t)random_below(&tapper->random, 40000));
    tapped.tapped_us = real_us();
    pn532_sim_tap(tapper->sim, uid, sizeof uid);
    bool is_followed = follow(tapper, &tapped);
    *out_tapped = tapped;
    return is_followed;
}

void tapper_take_away(struct tapper *tapper)
{
    pn532_sim_remove(tapper->sim);
    usleep(70000); /* two misses */
}

bool tapper_is_early(const struct tapped *tapped)
{
    return !tapped->synced_us || tapped->synced_us > tapped->presented_us;
}
