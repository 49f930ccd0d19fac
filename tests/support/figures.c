#include "tests/support/figures.h"

#include <stdio.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/store/report.h"

struct writing {
    char *text;
    size_t used;
    const char *label; /* of the rows; NULL: only summed up */
    struct report_row sum;
};

static void put(struct writing *writing, const char *label, const struct report_row *row)
{
    int length =
        snprintf(writing->text + writing->used, FIGURES_BYTES - writing->used,
                 "  %-24s %lld s, staff %lld s, assumed %lld s, %lld visits, %lld people\n", label,
                 (long long)row->volunteer_s, (long long)row->staff_s, (long long)row->assumed_s,
                 (long long)row->visits, (long long)row->people);
    house_expect(length > 0 && writing->used + (size_t)length < FIGURES_BYTES, "too many figures");
    writing->used += (size_t)length;
}

static enum rc take(void *context, const struct report_row *row)
{
    struct writing *writing = context;
    if (writing->label)
        put(writing, row->label, row);
    writing->sum.volunteer_s += row->volunteer_s;
    writing->sum.staff_s += row->staff_s;
    writing->sum.assumed_s += row->assumed_s;
    return RC_OK;
}

static void put_house(struct writing *writing, const struct report_totals *totals)
{
    char numbers[400];
    int used = snprintf(numbers, sizeof numbers, "firsts %lld, guests %lld, children %lld, kinds",
                        (long long)totals->first_timers, (long long)totals->guests,
                        (long long)totals->children);
    for (int i = 0; i < OCCASION_COUNT; i++)
        used += snprintf(numbers + used, sizeof numbers - (size_t)used, " %lld",
                         (long long)totals->visits_of[i]);
    used += snprintf(numbers + used, sizeof numbers - (size_t)used, ", sign-ups");
    for (int i = 0; i < SIGN_UP_OUTCOMES; i++)
        used += snprintf(numbers + used, sizeof numbers - (size_t)used, " %lld",
                         (long long)totals->sign_ups[i]);
    writing->used +=
        (size_t)snprintf(writing->text + writing->used, FIGURES_BYTES - writing->used,
                         "  %s, shifts %lld\n", numbers, (long long)totals->shifts_held);
    put(writing, "all", &totals->hours);
}

static void put_span(struct writing *writing, struct db *db, const struct report_span *span)
{
    struct report_totals totals;
    house_expect(!report_house(db, span, &totals), "the house has no figures");
    put_house(writing, &totals);
    for (int by = 0; by < REPORT_BYS; by++) {
        bool has_names = by == REPORT_BY_PERSON || by == REPORT_BY_SHIFT || by == REPORT_BY_MISSION;
        writing->sum = (struct report_row){.label = ""};
        writing->label = has_names ? NULL : "";
        writing->used +=
            (size_t)snprintf(writing->text + writing->used, FIGURES_BYTES - writing->used,
                             " by %s\n", report_by_name((enum report_by)by));
        house_expect(!report_hours(db, (enum report_by)by, span, take, writing), "no report");
        put(writing, "sum", &writing->sum);
    }
}

void figures_write(struct house *house, int64_t now_ms, char out_text[FIGURES_BYTES])
{
    static const int spans[][2] = {{REPORT_FIRST_DAY, REPORT_LAST_DAY},
                                   {20260901, 20260930},
                                   {20261001, 20261031},
                                   {20261101, 20261130},
                                   {20261201, 20261231}};
    struct writing writing = {.text = out_text};
    struct snapshot *snapshot;
    out_text[0] = 0;
    house_expect(!snapshot_open(house->path, &snapshot, NULL), "the register does not open");
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        struct report_span span = {.first_day = spans[i][0],
                                   .last_day = spans[i][1],
                                   .day_end_min = DAY_END_DEFAULT_MIN,
                                   .now_ms = now_ms};
        writing.used += (size_t)snprintf(out_text + writing.used, FIGURES_BYTES - writing.used,
                                         "%d to %d\n", spans[i][0], spans[i][1]);
        put_span(&writing, snapshot_db(snapshot), &span);
    }
    snapshot_close(snapshot);
}
