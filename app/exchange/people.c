#include "app/exchange/people_i.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "firmware/base/hash.h"
#include "firmware/base/utf8.h"

const char *people_verdict_name(enum people_verdict verdict)
{
    static const char *const names[PEOPLE_VERDICT_COUNT] = {
        [PEOPLE_NEW] = "new",     [PEOPLE_CHANGED] = "changed", [PEOPLE_SAME] = "same",
        [PEOPLE_ENDED] = "ended", [PEOPLE_REFUSED] = "refused",
    };
    assert((unsigned)verdict < PEOPLE_VERDICT_COUNT);
    return names[verdict];
}

void people_close(struct people *people)
{
    if (!people)
        return;
    for (size_t i = 0; i < people->count; i++) {
        free(people->rows[i].reason);
        free(people->rows[i].note);
    }
    if (people->rows)
        hash_forget(people->rows, people->count * sizeof *people->rows);
    free(people->rows);
    free(people);
}

size_t people_count(const struct people *people)
{
    return people->count;
}

const struct people_row *people_row(const struct people *people, size_t index)
{
    assert(index < people->count);
    return &people->rows[index];
}

size_t people_unused_count(const struct people *people)
{
    return people->unused_count;
}

const char *people_unused(const struct people *people, size_t index)
{
    assert(index < people->unused_count);
    return people->unused[index];
}

void people_refuse_for(struct people_row *row, const struct reason *why)
{
    row->verdict = PEOPLE_REFUSED;
    if (row->reason)
        return;
    row->reason = malloc(sizeof *row->reason);
    if (row->reason)
        *row->reason = *why;
}

void people_refuse(struct people_row *row, const char *format, ...)
{
    struct reason why;
    va_list arguments;
    va_start(arguments, format);
    reason_set_by(&why, format, arguments);
    va_end(arguments);
    people_refuse_for(row, &why);
}

void people_say(struct reason **reason, const char *format, ...)
{
    va_list arguments;
    free(*reason);
    *reason = malloc(sizeof **reason);
    va_start(arguments, format);
    reason_set_by(*reason, format, arguments);
    va_end(arguments);
}

struct people_counts people_count_plan(const struct people *people)
{
    struct people_counts counts = {.badges = 0};
    for (size_t i = 0; i < people->count; i++) {
        counts.rows[people->rows[i].verdict]++;
        for (int k = 0; k < people->rows[i].badge_count; k++)
            counts.badges += people->rows[i].new_badges >> k & 1;
    }
    return counts;
}
