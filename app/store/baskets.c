#include "app/store/baskets.h"

#include <stdio.h>
#include <string.h>

#include "app/domain/basket.h"
#include "app/domain/day.h"
#include "app/store/lookup.h"
#include "app/store/rows.h"
#include "firmware/base/utf8.h"

#define FETCHED                                                                                    \
    " d.at_ms, d.text, d.other_station, d.other_seq, coalesce(b.first_name, ''),"                  \
    " coalesce(b.last_name, ''), coalesce(b.number, '') "
#define OF_PERSON " d.person_station=p.station AND d.person_seq=p.seq "
#define THERE                                                                                      \
    " d.kind=? AND d.occasion_station=? AND d.occasion_seq=? AND (d.occasion_seq>0 OR d.day=?) "
#define WITH_FETCHER " LEFT JOIN person b ON b.station=d.other_station AND b.seq=d.other_seq "

bool baskets_is_left(const struct baskets_row *row)
{
    return !row->fetched_ms && !row->paused_until;
}

static void read_row(struct sqlite3_stmt *rows, int day, struct baskets_row *out_row)
{
    int at = ROWS_PERSON_COLUMNS;
    *out_row = (struct baskets_row){.fetched_ms = db_column(rows, at),
                                    .fetched_by = db_column_id(rows, at + 2)};
    rows_read_person(rows, 0, &out_row->owner);
    db_column_text(rows, at + 1, out_row->size, sizeof out_row->size);
    out_row->fetcher.id = out_row->fetched_by;
    db_column_text(rows, at + 4, out_row->fetcher.first_name, sizeof out_row->fetcher.first_name);
    db_column_text(rows, at + 5, out_row->fetcher.last_name, sizeof out_row->fetcher.last_name);
    db_column_text(rows, at + 6, out_row->fetcher.number, sizeof out_row->fetcher.number);
    if (!out_row->size[0])
        snprintf(out_row->size, sizeof out_row->size, "%s", out_row->owner.basket);
    if (!out_row->fetched_ms)
        out_row->paused_until = basket_paused_until_of(&out_row->owner, day);
}

enum rc baskets_list(struct db *db, const struct deeds_at *at,
                     enum rc (*row)(void *context, const struct baskets_row *basket), void *context)
{
    struct sqlite3_stmt *rows = NULL;
    struct baskets_row basket;
    enum rc rc = db_query(
        db, &rows,
        "SELECT" ROWS_PERSON "," FETCHED "FROM person p LEFT JOIN deed d ON" OF_PERSON
        "AND" THERE WITH_FETCHER "WHERE p.basket<>'' UNION ALL "
        "SELECT" ROWS_PERSON "," FETCHED "FROM deed d JOIN person p ON" OF_PERSON WITH_FETCHER
        "WHERE" THERE "AND p.basket='' ORDER BY 6 COLLATE NOCASE, 5 COLLATE NOCASE, 1, 2",
        "dIddId", (int)at->kind, at->occasion, at->day, (int)at->kind, at->occasion, at->day);
    while (!rc && !(rc = db_step(db, rows))) {
        read_row(rows, at->day, &basket);
        rc = row(context, &basket);
    }
    if (rc != RC_EMPTY)
        db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

struct deeds_at baskets_at(const struct occasion *occasion, int day_end_min)
{
    return (struct deeds_at){DEED_BASKET, occasion->id, day_number(occasion->from_ms, day_end_min)};
}

/* --- how many --- */

static enum rc add(void *context, const struct baskets_row *basket)
{
    struct baskets_sum *sum = context;
    sum->all += !basket->paused_until;
    sum->paused += basket->paused_until != 0;
    sum->left += baskets_is_left(basket);
    return RC_OK;
}

enum rc baskets_count(struct db *db, const struct deeds_at *at, struct baskets_sum *out_sum)
{
    struct baskets_sum sum = {0, 0, 0};
    enum rc rc = baskets_list(db, at, add, &sum);
    if (!rc)
        *out_sum = sum;
    return rc;
}

/* --- for one person --- */

struct filling {
    struct answer *answer;
    struct person person; /* who it is for */
    struct fact_id done;  /* whose basket they just fetched */
};

static void show(const struct baskets_row *basket, struct answer_basket *out_basket)
{
    *out_basket = (struct answer_basket){.person = basket->owner.id,
                                         .paused_until = basket->paused_until,
                                         .fetched_ms = basket->fetched_ms};
    person_display_name(&basket->owner, out_basket->name, sizeof out_basket->name);
    snprintf(out_basket->size, sizeof out_basket->size, "%.*s",
             (int)utf8_cut(basket->size, sizeof out_basket->size - 1), basket->size);
    if (!fact_id_is_none(basket->fetched_by))
        person_display_name(&basket->fetcher, out_basket->fetched_by,
                            sizeof out_basket->fetched_by);
}

/* Their own comes first, whoever else is before them in the alphabet. */
static void offer(struct answer *answer, const struct baskets_row *basket, bool is_own)
{
    if (is_own && answer->to_fetch_count) {
        int moved = answer->to_fetch_count < ANSWER_BASKETS_MAX ? answer->to_fetch_count
                                                                : ANSWER_BASKETS_MAX - 1;
        memmove(&answer->to_fetch[1], &answer->to_fetch[0],
                (size_t)moved * sizeof answer->to_fetch[0]);
        answer->to_fetch_count = moved;
    }
    if (answer->to_fetch_count < ANSWER_BASKETS_MAX) {
        show(basket, &answer->to_fetch[is_own ? 0 : answer->to_fetch_count]);
        answer->to_fetch_count++;
    }
}

static enum rc fill(void *context, const struct baskets_row *basket)
{
    struct filling *filling = context;
    struct answer *answer = filling->answer;
    bool is_own = fact_id_is_same(basket->owner.id, answer->person);
    if (is_own)
        show(basket, &answer->basket);
    if (fact_id_is_same(basket->owner.id, filling->done) && !fact_id_is_none(filling->done))
        show(basket, &answer->fetched);
    if (baskets_is_left(basket) && basket_may_fetch(&basket->owner, &filling->person))
        offer(answer, basket, is_own);
    return RC_OK;
}

enum rc baskets_fill(struct db *db, const struct deeds_at *at, struct answer *answer)
{
    struct filling filling = {.answer = answer, .done = answer->fetched.person};
    enum rc rc = lookup_person(db, answer->person, &filling.person);
    answer->to_fetch_count = 0;
    answer->basket.person = (struct fact_id){0, 0};
    return rc ? rc : baskets_list(db, at, fill, &filling);
}
