/* calendar_match.c - which shift of the file is which of the house: sign-ups name its number. */
#include "app/exchange/calendar_i.h"

#include <stdlib.h>
#include <string.h>

#include "firmware/base/utf8.h"

struct match {
    const struct occasion *before;
    struct occasion *after;
    int number_of[OCCASION_SHIFTS_MAX]; /* of each in the file; 0: none yet */
    bool is_used[OCCASION_SHIFTS_MAX];  /* of each in the house */
};

static bool has_same_mission(const struct shift *a, const struct shift *b)
{
    char x[sizeof a->mission], y[sizeof b->mission];
    utf8_fold(a->mission, x, sizeof x);
    utf8_fold(b->mission, y, sizeof y);
    return strcmp(x, y) == 0;
}

/* The same times within an occasion, which may have moved as a whole. */
static bool has_same_times(const struct match *match, const struct shift *file,
                           const struct shift *house)
{
    int64_t moved_ms = match->after->from_ms - match->before->from_ms;
    return file->from_ms == house->from_ms + moved_ms && file->to_ms == house->to_ms + moved_ms;
}

static bool is_exactly(const struct match *match, const struct shift *file,
                       const struct shift *house)
{
    return has_same_mission(file, house) && has_same_times(match, file, house);
}

static bool is_of_mission(const struct match *match, const struct shift *file,
                          const struct shift *house)
{
    (void)match;
    return has_same_mission(file, house);
}

/* Renamed: another mission at the same time, where the house's was not gone before. */
static bool is_renamed(const struct match *match, const struct shift *file,
                       const struct shift *house)
{
    return !house->is_gone && has_same_times(match, file, house);
}

/* From the surest to the least sure; each takes what those before have left. */
static bool (*const passes[])(const struct match *match, const struct shift *file,
                              const struct shift *house) = {is_exactly, is_of_mission, is_renamed};

static void run_pass(struct match *match, size_t pass)
{
    for (int i = 0; i < match->after->shift_count; i++)
        for (int k = 0; k < match->before->shift_count && !match->number_of[i]; k++) {
            const struct shift *house = &match->before->shifts[k];
            if (match->is_used[k] || !passes[pass](match, &match->after->shifts[i], house))
                continue;
            match->number_of[i] = house->number;
            match->is_used[k] = true;
        }
}

static int compare_numbers(const void *a, const void *b)
{
    const struct shift *x = a, *y = b;
    return x->number - y->number;
}

bool calendar_match_shifts(const struct occasion *before, struct occasion *after, bool is_cut)
{
    struct match match = {.before = before, .after = after};
    int last = 0, count = after->shift_count;
    for (size_t pass = 0; pass < sizeof passes / sizeof passes[0]; pass++)
        run_pass(&match, pass);
    for (int k = 0; k < before->shift_count; k++)
        last = before->shifts[k].number > last ? before->shifts[k].number : last;
    for (int i = 0; i < count; i++)
        after->shifts[i].number = match.number_of[i] ? match.number_of[i] : ++last;
    for (int k = 0; k < before->shift_count; k++) {
        if (match.is_used[k])
            continue;
        if (after->shift_count == OCCASION_SHIFTS_MAX)
            return false;
        struct shift *gone = &after->shifts[after->shift_count++];
        *gone = before->shifts[k];
        gone->is_gone |= !is_cut;
        gone->from_ms += after->from_ms - before->from_ms;
        gone->to_ms += after->from_ms - before->from_ms;
    }
    qsort(after->shifts, (size_t)after->shift_count, sizeof *after->shifts, compare_numbers);
    return true;
}
