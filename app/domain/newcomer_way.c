#include "app/domain/day.h"
#include "app/domain/newcomer_i.h"

/*
 * As numbers like 20261131: a day that its month does not have stands behind all of that month, and
 * before the next.
 */
bool newcomer_is_months_on(const struct newcomer *newcomer, int day, int months)
{
    int began = day_number(newcomer->began_ms, DAY_END_DEFAULT_MIN);
    int month = began / 10000 * 12 + began / 100 % 100 - 1 + months;
    return day >= (month / 12 * 100 + month % 12 + 1) * 100 + began % 100;
}

static bool is_worth_coming_back(enum guide_step step)
{
    return step != GUIDE_LANGUAGE && step != GUIDE_HELLO && step != GUIDE_NEXT;
}

/* Is the row's step one to offer on the day that began at `day_ms`? */
static bool is_offered(const struct guide_row *row, const struct newcomer *newcomer, int64_t day_ms)
{
    bool is_first = !newcomer->has_begun || newcomer->began_ms >= day_ms;
    switch (newcomer->steps[row->step]) {
    case NEWCOMER_NOT_YET: return !(row->is_later && is_first);
    case NEWCOMER_SKIPPED:
    case NEWCOMER_LATER:
        return is_worth_coming_back(row->step) && newcomer->steps_ms[row->step] < day_ms;
    default: return false;
    }
}

int newcomer_next_after(const struct guide *guide, const struct newcomer *newcomer, int64_t day_ms,
                        int from)
{
    int row = from + 1;
    while (row < guide->row_count && !is_offered(&guide->rows[row], newcomer, day_ms))
        row++;
    return row;
}

int newcomer_next(const struct guide *guide, const struct newcomer *newcomer, int64_t day_ms)
{
    return newcomer_next_after(guide, newcomer, day_ms, -1);
}

int newcomer_left(const struct guide *guide, const struct newcomer *newcomer)
{
    int left = 0;
    for (int i = 0; i < guide->row_count; i++) {
        enum newcomer_how how = newcomer->steps[guide->rows[i].step];
        left += how != NEWCOMER_DONE && how != NEWCOMER_DECLINED &&
                is_worth_coming_back(guide->rows[i].step);
    }
    return left;
}

bool newcomer_is_welcomed(const struct guide *guide, const struct newcomer *newcomer)
{
    enum newcomer_how last = newcomer->has_begun ? NEWCOMER_DONE : NEWCOMER_NOT_YET;
    for (int i = 0; i < guide->row_count; i++) {
        const struct guide_row *row = &guide->rows[i];
        if (row->is_later)
            continue;
        last = newcomer->steps[row->step];
        if (row->step == GUIDE_CHARTER && last != NEWCOMER_DONE)
            return false;
    }
    return last != NEWCOMER_NOT_YET;
}

bool newcomer_is_deepening_due(const struct guide *guide, const struct newcomer *newcomer,
                               int64_t now_ms)
{
    enum newcomer_how how = newcomer->steps[GUIDE_DEEPENING];
    return newcomer->has_begun && guide->deepening_months > 0 && how != NEWCOMER_DONE &&
           how != NEWCOMER_DECLINED &&
           newcomer_is_months_on(newcomer, day_number(now_ms, DAY_END_DEFAULT_MIN),
                                 guide->deepening_months);
}
