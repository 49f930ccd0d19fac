/* What staff and referents ask of the calendar, and what they put into it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/asks_i.h"
#include "app/domain/day.h"
#include "app/store/baskets.h"
#include "app/store/deeds.h"
#include "app/store/lookup_occasions.h"
#include "app/store/place.h"
#include "app/store/rota.h"
#include "app/ui/scene.h"
#include "app/ui/words.h"
#include "firmware/base/utf8.h"

#define DAY_MS ((int64_t)24 * 3600 * 1000)
#define AHEAD_MS (60 * DAY_MS)
#define WEEKS_MOST 52
#define PROMISES_MAX 200

void asks_copy(char *out_text, size_t size, const char *text)
{
    snprintf(out_text, size, "%.*s", (int)utf8_cut(text, size - 1), text);
}

/* --- what comes --- */

struct calendar {
    struct told *told;
    struct db *db;
    struct reach reach;
};

static void tell_occasion(struct row *row, const struct occasion *occasion)
{
    *row = (struct row){.id = occasion->id,
                        .at_ms = occasion->from_ms,
                        .to_ms = occasion->to_ms,
                        .mark = occasion->state == OCCASION_CANCELLED  ? ASK_PLANNED_CANCELLED
                                : occasion->state == OCCASION_VANISHED ? ASK_PLANNED_VANISHED
                                                                       : ASK_PLANNED_ON};
    asks_copy(row->title, sizeof row->title, occasion->title);
    asks_copy(row->line, sizeof row->line, occasion->place);
}

/* Who stands, of how many: 0 where one of its shifts takes as many as come. */
static enum rc count_shifts(struct db *db, const struct occasion *occasion, struct row *row)
{
    bool is_open = false;
    for (int i = 0; i < occasion->shift_count; i++) {
        struct lookup_shift shift;
        if (occasion->shifts[i].is_gone)
            continue;
        enum rc rc = lookup_one_shift(
            db, (struct shift_id){occasion->id, occasion->shifts[i].number}, &shift);
        if (rc)
            return rc == RC_EMPTY ? RC_OK : rc;
        row->number[0] += shift.standing;
        row->number[1] += shift.places;
        is_open |= shift.places == 0;
        if (shift.sought && row->mark == ASK_PLANNED_ON)
            row->mark = ASK_PLANNED_SOUGHT;
    }
    if (is_open)
        row->number[1] = 0;
    return RC_OK;
}

static enum rc add_occasion(void *context, const struct occasion *occasion)
{
    struct calendar *calendar = context;
    struct told *told = calendar->told;
    if (!reach_covers(calendar->reach, occasion->organisation))
        return RC_OK;
    told->total++;
    if (told->count == TOLD_ROWS_MAX)
        return RC_OK;
    struct row *row = &told->rows[told->count++];
    tell_occasion(row, occasion);
    return count_shifts(calendar->db, occasion, row);
}

/* What came of this morning's shift is asked about in the evening, too. */
enum rc asks_calendar(struct doing *doing, struct journal *journal)
{
    int64_t now_ms = place_now(journal, &doing->now);
    struct calendar calendar = {&doing->told, journal_db(journal), doing->ask.reach};
    if (!calendar.db)
        return RC_IO;
    doing->told.until_ms = now_ms;
    enum rc rc = lookup_occasions(calendar.db, day_begin(now_ms, journal_day_end_min(journal)),
                                  now_ms + AHEAD_MS, add_occasion, &calendar);
    doing->told.beyond = doing->told.total - doing->told.count;
    return rc;
}

/* --- one of them --- */

/* A shift that the calendar has no longer is there as long as somebody promised it. */
static enum rc tell_shifts(struct told *told, struct db *db, const struct occasion *occasion)
{
    for (int i = 0; i < occasion->shift_count; i++) {
        const struct shift *shift = &occasion->shifts[i];
        struct lookup_shift found;
        enum rc rc = lookup_one_shift(db, (struct shift_id){occasion->id, shift->number}, &found);
        if (rc == RC_EMPTY || (!rc && shift->is_gone && !found.standing))
            continue;
        if (rc)
            return rc;
        struct row *row = &told->rows[told->count++];
        *row = (struct row){.at_ms = shift->from_ms,
                            .to_ms = shift->to_ms,
                            .number = {shift->number, found.standing},
                            .mark = found.places};
        asks_copy(row->title, sizeof row->title, found.slot.title);
    }
    return RC_OK;
}

/* Baskets of whom the reach covers, one by one. */
struct pick_up {
    struct told *told;
    struct journal *journal;
    struct reach reach;
    int all, left;
};

static enum rc is_covered(const struct pick_up *pick_up, const struct baskets_row *basket,
                          bool *out_is)
{
    struct reason why;
    enum rc rc = office_check_reach(pick_up->journal, &pick_up->reach, OFFICE_ABOUT_PERSON,
                                    basket->owner.id, &why);
    *out_is = !rc;
    return rc == RC_REFUSED ? RC_OK : rc;
}

static enum rc count_basket(void *context, const struct baskets_row *basket)
{
    struct pick_up *pick_up = context;
    bool is = false;
    enum rc rc = is_covered(pick_up, basket, &is);
    if (!rc && is) {
        pick_up->all += !basket->paused_until;
        pick_up->left += baskets_is_left(basket);
    }
    return rc;
}

/* At a pick-up what is left comes first. */
static enum rc tell_baskets(struct doing *doing, struct journal *journal,
                            const struct occasion *occasion)
{
    const struct deeds_at at = baskets_at(occasion, journal_day_end_min(journal));
    struct pick_up pick_up = {&doing->told, journal, doing->ask.reach, 0, 0};
    if (occasion->kind != OCCASION_BASKET)
        return RC_OK;
    enum rc rc = baskets_list(journal_db(journal), &at, count_basket, &pick_up);
    if (!rc && pick_up.all)
        doing->told.rows[doing->told.count++] =
            (struct row){.id = occasion->id, .number = {0, pick_up.left}, .mark = pick_up.all};
    return rc;
}

static enum rc count_need(void *context, struct fact_id person, const struct deed *deed)
{
    (void)person;
    (void)deed;
    ++*(int *)context;
    return RC_OK;
}

enum rc asks_planned(struct doing *doing, struct journal *journal)
{
    struct db *db = journal_db(journal);
    struct occasion *occasion = calloc(1, sizeof *occasion);
    enum rc rc = occasion ? lookup_occasion(db, doing->ask.fact, occasion) : RC_NO_MEMORY;
    if (!rc)
        rc = tell_baskets(doing, journal, occasion);
    if (!rc)
        rc = tell_shifts(&doing->told, db, occasion);
    free(occasion);
    const struct deeds_at needs = {.kind = DEED_NEED, .occasion = doing->ask.fact};
    if (!rc)
        rc = deeds_list(db, &needs, count_need, &doing->told.total);
    if (rc != RC_EMPTY)
        return rc;
    reason_set(&doing->why, "%s", WORDS_MARK("This is not in the calendar any more."));
    return RC_NOT_FOUND;
}

static enum rc add_left(void *context, const struct baskets_row *basket)
{
    struct pick_up *pick_up = context;
    struct told *told = pick_up->told;
    bool is = false;
    enum rc rc = baskets_is_left(basket) ? is_covered(pick_up, basket, &is) : RC_EMPTY;
    if (rc || !is)
        return rc == RC_EMPTY ? RC_OK : rc;
    told->total++;
    if (told->count == TOLD_ROWS_MAX)
        return RC_OK;
    struct row *row = &told->rows[told->count++];
    const struct person *owner = &basket->owner;
    char name[sizeof owner->first_name + sizeof owner->last_name + 1];
    snprintf(name, sizeof name, "%s%s%s", owner->first_name, owner->last_name[0] ? " " : "",
             owner->last_name);
    *row = (struct row){.id = owner->id};
    asks_copy(row->title, sizeof row->title, name);
    asks_copy(row->line, sizeof row->line, basket->size);
    return RC_OK;
}

enum rc asks_left(struct doing *doing, struct journal *journal)
{
    struct db *db = journal_db(journal);
    struct occasion *occasion = calloc(1, sizeof *occasion);
    enum rc rc = occasion ? lookup_occasion(db, doing->ask.fact, occasion) : RC_NO_MEMORY;
    if (!rc) {
        const struct deeds_at at = baskets_at(occasion, journal_day_end_min(journal));
        struct pick_up pick_up = {&doing->told, journal, doing->ask.reach, 0, 0};
        rc = baskets_list(db, &at, add_left, &pick_up);
        doing->told.beyond = doing->told.total - doing->told.count;
    }
    free(occasion);
    if (rc != RC_EMPTY)
        return rc;
    reason_set(&doing->why, "%s", WORDS_MARK("This is not in the calendar any more."));
    return RC_NOT_FOUND;
}

/* --- who signed up --- */

static int minutes_from(int64_t at_ms, int64_t from_ms)
{
    return at_ms ? (int)((at_ms - from_ms) / 60000) : 0;
}

enum rc asks_promises(struct doing *doing, struct journal *journal)
{
    const struct shift_id of = {doing->ask.fact, doing->ask.number[0]};
    int64_t now_ms = place_now(journal, &doing->now);
    struct db *db = journal_db(journal);
    struct told *told = &doing->told;
    struct lookup_shift shift;
    size_t listed = 0;
    struct lookup_promise *found = calloc(PROMISES_MAX, sizeof *found);
    enum rc rc = found ? lookup_one_shift(db, of, &shift) : RC_NO_MEMORY;
    if (!rc)
        rc = lookup_promises(db, of, now_ms, PROMISES_MAX, found, &listed);
    for (size_t i = 0; !rc && i < listed; i++) {
        struct row *row = &told->rows[told->count++];
        *row = (struct row){.id = found[i].person,
                            .at_ms = found[i].arrived_ms,
                            .mark = (int)found[i].outcome,
                            .number = {minutes_from(found[i].arrived_ms, shift.slot.from_ms),
                                       found[i].is_stand_in_sought}};
        asks_copy(row->title, sizeof row->title, found[i].full_name);
    }
    free(found);
    if (rc != RC_EMPTY)
        return rc;
    reason_set(&doing->why, "%s", WORDS_MARK("This shift is not in the calendar any more."));
    return RC_NOT_FOUND;
}

/* --- made by hand --- */

static void plan(const struct doing *doing, int week, struct occasion *out_occasion)
{
    const struct ask *ask = &doing->ask;
    const char *kind = scene_occasion_title((enum occasion_kind)ask->number[0]);
    bool is_shift = ask->number[0] == OCCASION_SHIFT || ask->number[1] > 0;
    struct occasion *occasion = out_occasion;
    *occasion = (struct occasion){.organisation = ask->reach.organisation,
                                  .kind = (enum occasion_kind)ask->number[0],
                                  .from_ms = day_later(ask->at_ms, 7 * week),
                                  .to_ms = day_later(ask->to_ms, 7 * week),
                                  .shift_count = is_shift};
    asks_copy(occasion->title, sizeof occasion->title,
              ask->text[0] ? ask->text : words(doing->home, kind));
    occasion->shifts[0] = (struct shift){.number = 1,
                                         .from_ms = occasion->from_ms,
                                         .to_ms = occasion->to_ms,
                                         .places = ask->number[1]};
}

/* All its weeks or none. */
static enum rc put_all(struct doing *doing, struct journal *journal, struct occasion *occasion)
{
    const struct office office = {.by = doing->ask.by, .now = doing->now};
    struct fact_id id;
    int weeks = doing->ask.repeats;
    enum rc rc = journal_begin(journal, &doing->now);
    if (rc)
        return rc;
    for (int week = 0; !rc && week < (weeks < 1 ? 1 : weeks) && week < WEEKS_MOST; week++) {
        plan(doing, week, occasion);
        rc = rota_put_occasion(journal, &office, occasion, &id, &doing->why);
    }
    if (!rc)
        return journal_commit(journal);
    journal_rollback(journal);
    return rc;
}

enum rc asks_add(struct doing *doing, struct journal *journal)
{
    const struct ask *ask = &doing->ask;
    struct reason why;
    struct occasion *occasion = calloc(1, sizeof *occasion);
    if (!occasion)
        return RC_NO_MEMORY;
    enum rc rc = RC_BAD_INPUT;
    bool is_kind = ask->number[0] >= 0 && ask->number[0] < OCCASION_COUNT;
    if (is_kind)
        plan(doing, 0, occasion);
    if (is_kind && occasion_is_sound(occasion, &why))
        rc = put_all(doing, journal, occasion);
    else
        reason_set(&doing->why, "%s", WORDS_MARK("It needs an end after its beginning."));
    free(occasion);
    return rc;
}

enum rc asks_set_state(struct doing *doing, struct journal *journal)
{
    const struct office office = {.by = doing->ask.by, .now = doing->now};
    return rota_set_state(journal, &office, doing->ask.fact,
                          doing->ask.kind == ASK_KEEP_ON ? OCCASION_ON : OCCASION_CANCELLED,
                          &doing->why);
}
