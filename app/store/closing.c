#include "app/store/closing.h"

#include <stdlib.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/domain/extent.h"
#include "app/domain/stint.h"
#include "app/store/closing_i.h"
#include "app/store/office_i.h"

/* So that a body has room for what one closing fact says. */
#define PARTS_MAX 60

/* --- which visits --- */

static bool is_over(const struct visit *visit, int64_t now_ms)
{
    return visit->how_out != PRESENCE_OPEN || visit->closes_ms <= now_ms;
}

static bool goes(const struct closing_rule *rule, const struct visit *visit)
{
    return rule->is_everything || (visit->day < rule->before_day && rule->kinds[visit->kind] &&
                                   is_over(visit, rule->now_ms));
}

static void mark_visits(struct closing *closing)
{
    for (size_t i = 0; i < closing->fold.presence.count; i++) {
        closing->visit_goes[i] = goes(closing->rule, &closing->fold.presence.visits[i]);
        closing->count += closing->visit_goes[i];
    }
}

static bool does_visit_go(const struct closing *closing, struct fact_id visit)
{
    const struct presence *presence = &closing->fold.presence;
    size_t at = presence->count;
    while (at > 0 && !fact_id_is_same(presence->visits[at - 1].id, visit))
        at--;
    return at > 0 && closing->visit_goes[at - 1];
}

/* --- which promises --- */

/* One that nobody came for goes when its time has come; else with the last visit it counted for. */
static bool does_promise_go(const struct closing *closing, const struct sign_up *sign_up)
{
    const struct closing_rule *rule = closing->rule;
    const struct presence *presence = &closing->fold.presence;
    if (rule->is_everything)
        return true;
    if (fact_id_is_none(sign_up->visit))
        return !rule->is_nobodys &&
               day_number(sign_up->to_ms, presence->day_end_min) < rule->before_day;
    bool is = does_visit_go(closing, sign_up->visit);
    for (size_t i = 0; is && i < presence->stint_count; i++)
        if (shift_id_is_same(presence->stints[i].of, sign_up->of))
            is = does_visit_go(closing, presence->stints[i].visit);
    return is;
}

static void mark_promises(struct closing *closing)
{
    const struct sign_ups *sign_ups = &closing->fold.presence.sign_ups;
    for (size_t i = 0; i < sign_ups->count; i++)
        closing->promise_goes[i] = does_promise_go(closing, &sign_ups->rows[i]);
}

/* --- what was done --- */

/* Left as it is where the occasion is not known. */
static enum rc find_kind(const struct closing *closing, struct fact_id occasion,
                         enum occasion_kind *kind)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query_row(journal_db(closing->journal), &rows,
                              "SELECT kind FROM occasion WHERE station=? AND seq=?", "I", occasion);
    if (rc)
        return rc == RC_EMPTY ? RC_OK : rc;
    int64_t number = db_column(rows, 0);
    if (number >= 0 && number < OCCASION_COUNT)
        *kind = (enum occasion_kind)number;
    db_done(rows);
    return RC_OK;
}

bool closing_has_place(const struct closing *closing, struct fact_place place)
{
    for (size_t i = 0; i < closing->fold.presence.count; i++) {
        const struct extent *extent = &closing->extents[i];
        if (closing->visit_goes[extent->visit] && fact_span_has(&extent->span, place))
            return true;
    }
    return false;
}

/* A need that somebody left, and a vote for an assembly to come, outlive an evening. */
bool closing_takes_deed(const struct closing *closing, enum deed_kind kind, struct fact_place place,
                        int day)
{
    if (closing->rule->is_everything)
        return true;
    if (!closing->rule->is_nobodys)
        return day < closing->rule->before_day;
    return kind < DEED_COUNT && deed_kind_comes_back(kind) && closing_has_place(closing, place);
}

/* Of a kind that goes, though they were not there: somebody else fetched their basket. */
static enum rc mark_deed(struct closing *closing, size_t at)
{
    const struct closing_rule *rule = closing->rule;
    const struct deed *deed = &closing->fold.presence.deeds.rows[at];
    enum occasion_kind kind = OCCASION_COUNT;
    closing->deed_goes[at] = closing_takes_deed(
        closing, deed->kind, (struct fact_place){deed->at_ms, deed->fact}, deed->day);
    if (closing->deed_goes[at] || !rule->is_nobodys || !deed_kind_comes_back(deed->kind) ||
        deed->day >= rule->before_day)
        return RC_OK;
    enum rc rc = find_kind(closing, deed->occasion, &kind);
    closing->deed_goes[at] = kind < OCCASION_COUNT && rule->kinds[kind];
    return rc;
}

static enum rc mark_deeds(struct closing *closing)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < closing->fold.presence.deeds.count; i++)
        rc = mark_deed(closing, i);
    return rc;
}

/* --- what they come to --- */

/* As reports have it: the shift's occasion says what it was for, as long as it is known. */
static enum rc add_stint(struct closing *closing, const struct visit *visit,
                         const struct stint *stint, struct total *total)
{
    enum occasion_kind kind = visit->kind;
    enum rc rc = find_kind(closing, stint->of.occasion, &kind);
    struct total_part *part = total_part(total, stint->organisation, kind);
    part->seconds += stint->seconds;
    part->assumed_s += stint->is_assumed ? stint->seconds : 0;
    return rc;
}

/* Nobody may have ended it: then it gives what it does by now. */
static enum rc add_stints(struct closing *closing, const struct visit *visit, struct total *total)
{
    struct stint stints[STINTS_MAX];
    const struct presence *presence = &closing->fold.presence;
    enum rc rc = RC_OK;
    int count = visit->how_out == PRESENCE_OPEN
                    ? stint_cut(visit, &presence->sign_ups, closing->rule->now_ms, stints)
                    : 0;
    for (int i = 0; !rc && i < count; i++)
        rc = add_stint(closing, visit, &stints[i], total);
    for (size_t i = 0; !rc && i < presence->stint_count; i++)
        if (fact_id_is_same(presence->stints[i].visit, visit->id))
            rc = add_stint(closing, visit, &presence->stints[i], total);
    if (!rc && !total->part_count)
        (void)total_part(total, visit->organisation, visit->kind);
    return rc;
}

/* Where nobody may know who was here, nobody can say the next time that it is not the first. */
static bool is_first(const struct closing *closing, size_t at)
{
    return at == 0 && !closing->rule->is_nobodys &&
           !totals_have_visits(&closing->fold.presence.totals);
}

static enum rc sum_visit(struct closing *closing, size_t at)
{
    const struct presence *presence = &closing->fold.presence;
    const struct visit *visit = &presence->visits[at];
    struct total total = {.month = visit->day / 100,
                          .kind = visit->kind,
                          .is_staff = visit->is_staff,
                          .visits = 1,
                          .firsts = is_first(closing, at),
                          .guests = visit->guests,
                          .children = visit->children};
    enum rc rc = add_stints(closing, visit, &total);
    return rc ? rc : totals_add(&closing->sums, &total);
}

/* What was promised for a time to come is simply off. */
static enum rc sum_promise(struct closing *closing, const struct sign_up *sign_up)
{
    int day = day_number(sign_up->from_ms, journal_day_end_min(closing->journal));
    struct total total = {.month = day / 100};
    if (sign_up->from_ms > closing->rule->now_ms)
        return RC_OK;
    total.sign_ups[sign_up_outcome(sign_up, closing->rule->now_ms)] = 1;
    (void)total_part(&total, sign_up->organisation, OCCASION_OPEN_DAY);
    return totals_add(&closing->sums, &total);
}

static enum rc sum_deed(struct closing *closing, const struct deed *deed)
{
    struct total total = {.month = deed->day / 100};
    closing->deed_count++;
    if (!deed_kind_comes_back(deed->kind))
        return RC_OK;
    total.deeds[deed->kind] = 1;
    (void)total_part(&total, deed->organisation, OCCASION_OPEN_DAY);
    return totals_add(&closing->sums, &total);
}

static enum rc sum_up(struct closing *closing)
{
    const struct presence *presence = &closing->fold.presence;
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < presence->count; i++)
        if (closing->visit_goes[i])
            rc = sum_visit(closing, i);
    for (size_t i = 0; !rc && i < presence->sign_ups.count; i++)
        if (closing->promise_goes[i])
            rc = sum_promise(closing, &presence->sign_ups.rows[i]);
    for (size_t i = 0; !rc && i < presence->deeds.count; i++)
        if (closing->deed_goes[i])
            rc = sum_deed(closing, &presence->deeds.rows[i]);
    return rc;
}

enum rc closing_begin(struct journal *journal, const struct office *office, struct fact_id person,
                      const struct closing_rule *rule, struct closing *closing)
{
    *closing =
        (struct closing){.journal = journal, .office = office, .rule = rule, .person = person};
    struct presence *presence = &closing->fold.presence;
    enum rc rc = facts_load_subject(journal_db(journal), person, &closing->facts);
    if (!rc)
        rc = fold_person(closing->facts.rows, closing->facts.count, &closing->fold);
    if (!rc)
        rc = extents_find(presence, closing->facts.rows, closing->facts.count, &closing->extents);
    if (rc)
        return rc;
    closing->visit_goes = calloc(presence->count + 1, sizeof *closing->visit_goes);
    closing->promise_goes = calloc(presence->sign_ups.count + 1, sizeof *closing->promise_goes);
    closing->deed_goes = calloc(presence->deeds.count + 1, sizeof *closing->deed_goes);
    if (!closing->visit_goes || !closing->promise_goes || !closing->deed_goes)
        return RC_NO_MEMORY;
    mark_visits(closing);
    mark_promises(closing);
    rc = mark_deeds(closing);
    return rc ? rc : sum_up(closing);
}

void closing_finish(struct closing *closing)
{
    free(closing->visit_goes);
    free(closing->promise_goes);
    free(closing->deed_goes);
    free(closing->extents);
    totals_finish(&closing->sums);
    fold_finish(&closing->fold);
    facts_finish(&closing->facts);
    *closing = (struct closing){.journal = NULL};
}

/* --- facts --- */

static enum rc add_sums(const struct totals *sums, size_t *at, json_t *rows)
{
    for (int parts = 0; *at < sums->count && parts < PARTS_MAX; (*at)++) {
        parts += 1 + sums->rows[*at].part_count;
        if (json_array_append_new(rows, total_to_json(&sums->rows[*at])))
            return RC_NO_MEMORY;
    }
    return RC_OK;
}

/* As many closing facts as it takes; the first one says so where all is closed. */
static enum rc write_closings(struct journal *journal, const struct office *office,
                              struct fact_id subject, bool is_everything, int64_t now_ms,
                              const struct totals *sums)
{
    enum rc rc = RC_OK;
    for (size_t at = 0; !rc && (at < sums->count || is_everything); is_everything = false) {
        json_t *rows = json_array();
        rc = rows ? add_sums(sums, &at, rows) : RC_NO_MEMORY;
        json_t *spans = is_everything ? json_pack("[[I,I]]", (json_int_t)0, (json_int_t)now_ms + 1)
                                      : json_array();
        if (rc) {
            json_decref(rows);
            json_decref(spans);
            break;
        }
        rc = office_add(journal, office, FACT_CLOSING, subject,
                        json_pack("{s:o,s:o}", "spans", spans, "totals", rows), NULL);
    }
    return rc;
}

static enum rc give_to_house(const struct totals *sums, struct totals *house)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < sums->count; i++)
        rc = totals_add(house, &sums->rows[i]);
    return rc;
}

enum rc closing_write(struct closing *closing, struct totals *house)
{
    const struct closing_rule *rule = closing->rule;
    return rule->is_nobodys ? give_to_house(&closing->sums, house)
                            : write_closings(closing->journal, closing->office, closing->person,
                                             rule->is_everything, rule->now_ms, &closing->sums);
}

enum rc closing_write_house(struct journal *journal, const struct office *office,
                            const struct totals *sums)
{
    const struct fact_id station = {journal_station(journal), CLOSING_HOUSE_SEQ};
    return write_closings(journal, office, station, false, 0, sums);
}
