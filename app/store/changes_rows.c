/* What differs between somebody then and now, row by row. */
#include <stdio.h>
#include <string.h>

#include "app/domain/stint.h"
#include "app/store/changes_i.h"
#include "app/store/lookup_occasions.h"

/* The two moments that a row is looked for in; `was` may be NULL. */
struct sides {
    struct changes *changes;
    const struct changes_side *was, *is;
    bool has_erased; /* facts that the mark had: then `was` is only what the others say */
};

static const struct person *person_of(const struct changes_side *side)
{
    return &side->fold.person;
}

/* As tables of visits and hours show them. */
static bool has_same_names(const struct changes_side *a, const struct changes_side *b)
{
    return strcmp(person_of(a)->number, person_of(b)->number) == 0 &&
           strcmp(person_of(a)->first_name, person_of(b)->first_name) == 0 &&
           strcmp(person_of(a)->last_name, person_of(b)->last_name) == 0;
}

/* What is in the register beside what somebody's facts that are left say it was. */
static enum changes_how how_new(const struct sides *sides, struct fact_id row)
{
    return sides->has_erased && mark_has(sides->changes->since, row) ? CHANGES_CHANGED
                                                                     : CHANGES_NEW;
}

/* --- visits --- */

/* Where they stand in two folds is hardly ever far apart. */
static const struct visit *find_visit(const struct changes_side *side, struct fact_id id,
                                      size_t *hint)
{
    const struct presence *presence = side ? &side->fold.presence : NULL;
    for (size_t i = 0; presence && i < presence->count; i++) {
        size_t at = (*hint + i) % presence->count;
        if (fact_id_is_same(presence->visits[at].id, id)) {
            *hint = at + 1;
            return &presence->visits[at];
        }
    }
    return NULL;
}

static int64_t seconds_of(const struct changes_side *side, const struct visit *visit, size_t *hint)
{
    int64_t seconds = 0;
    size_t count = side->stint_count, begin = *hint < count ? *hint : 0;
    bool has_begun = false;
    /* A visit's stints lie together. */
    for (size_t i = 0; i < count; i++) {
        size_t at = (begin + i) % count;
        bool is_its = fact_id_is_same(side->stints[at].visit, visit->id);
        if (has_begun && !is_its)
            break;
        has_begun |= is_its;
        if (is_its) {
            seconds += side->stints[at].seconds;
            *hint = at + 1;
        }
    }
    return seconds;
}

static bool looks_the_same(const struct visit *a, const struct visit *b)
{
    return fact_id_is_same(a->organisation, b->organisation) && a->kind == b->kind &&
           a->day == b->day && a->is_staff == b->is_staff && a->arrived_ms == b->arrived_ms &&
           a->left_ms == b->left_ms && a->how_in == b->how_in && a->how_out == b->how_out &&
           a->is_doubtful_in == b->is_doubtful_in && a->is_doubtful_out == b->is_doubtful_out &&
           a->guests == b->guests && a->children == b->children;
}

static enum rc tell_visit(const struct sides *sides, enum changes_how how,
                          const struct changes_side *side, const struct visit *visit,
                          int64_t seconds)
{
    const struct changes_hearer *hearer = sides->changes->hearer;
    struct snapshot_visit row = {.visit = presence_visit_at(visit, side->at_ms),
                                 .person = *person_of(side),
                                 .seconds = seconds};
    enum rc rc = lookup_organisation_name(sides->changes->db, visit->organisation, row.organisation,
                                          sizeof row.organisation);
    return rc ? rc : hearer->visit(hearer->context, how, &row);
}

static enum rc tell_visits_there(const struct sides *sides)
{
    const struct changes_side *was = sides->was, *is = sides->is;
    size_t hint = 0, seconds_hint = 0, was_seconds_hint = 0;
    bool is_same_person = was && has_same_names(was, is);
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < is->fold.presence.count; i++) {
        const struct visit *visit = &is->fold.presence.visits[i];
        const struct visit *before = find_visit(was, visit->id, &hint);
        int64_t seconds = seconds_of(is, visit, &seconds_hint);
        if (!before) {
            rc = tell_visit(sides, how_new(sides, visit->id), is, visit, seconds);
            continue;
        }
        const struct visit shown = presence_visit_at(visit, is->at_ms);
        const struct visit showed = presence_visit_at(before, was->at_ms);
        bool is_same = is_same_person && !sides->has_erased && looks_the_same(&shown, &showed) &&
                       seconds == seconds_of(was, before, &was_seconds_hint);
        if (!is_same)
            rc = tell_visit(sides, CHANGES_CHANGED, is, visit, seconds);
    }
    return rc;
}

static enum rc tell_visits_gone(const struct sides *sides)
{
    const struct changes_side *was = sides->was;
    size_t hint = 0;
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && was && i < was->fold.presence.count; i++) {
        const struct visit *visit = &was->fold.presence.visits[i];
        if (!find_visit(sides->is, visit->id, &hint))
            rc = tell_visit(sides, CHANGES_GONE, was, visit, 0);
    }
    return rc;
}

static enum rc tell_visits(const struct sides *sides)
{
    if (!sides->changes->hearer->visit)
        return RC_OK;
    enum rc rc = tell_visits_there(sides);
    return rc ? rc : tell_visits_gone(sides);
}

/* --- what they gave --- */

/* Had the mark a fact of this kind about them that is erased by now? */
static bool has_lost(const struct sides *sides, enum fact_kind kind)
{
    const struct changes *changes = sides->changes;
    for (size_t i = 0; sides->has_erased && i < changes->now.count; i++)
        if (changes->now.rows[i].kind == kind && changes_is_lost(changes, &changes->now.rows[i]))
            return true;
    return false;
}

/* Their record was said anew without a name that the mark had in it. */
static bool has_lost_record(const struct sides *sides)
{
    return has_lost(sides, FACT_PERSON_ADDED) || has_lost(sides, FACT_PERSON_CHANGED);
}

/* All that a visit gave, whatever that was. */
static enum rc tell_lost_hours(const struct changes *changes, struct fact_id whose,
                               struct fact_id visit)
{
    const struct changes_hearer *hearer = changes->hearer;
    const struct snapshot_stint stint = {.stint = {.visit = visit}, .person = {.id = whose}};
    return hearer->stint ? hearer->stint(hearer->context, CHANGES_GONE, &stint) : RC_OK;
}

static const struct stint *find_stint(const struct changes_side *side, const struct stint *like,
                                      size_t *hint)
{
    for (size_t i = 0; side && i < side->stint_count; i++) {
        size_t at = (*hint + i) % side->stint_count;
        const struct stint *stint = &side->stints[at];
        if (fact_id_is_same(stint->visit, like->visit) &&
            fact_id_is_same(stint->of.occasion, like->of.occasion) &&
            stint->of.number == like->of.number) {
            *hint = at + 1;
            return stint;
        }
    }
    return NULL;
}

/* All that the table of hours shows, as snapshot_stints has it. */
static enum rc make_stint(struct changes *changes, const struct changes_side *side,
                          const struct stint *stint, size_t *hint, struct snapshot_stint *out_row)
{
    struct changes_title title;
    struct snapshot_stint row = {.stint = *stint, .person = *person_of(side)};
    const struct visit *visit = find_visit(side, stint->visit, hint);
    if (visit) {
        const struct visit shown = presence_visit_at(visit, side->at_ms);
        row.kind = row.visit_kind = visit->kind;
        row.is_doubtful = shown.is_doubtful_in || shown.is_doubtful_out;
    }
    if (!fact_id_is_none(stint->of.occasion)) {
        enum rc rc = changes_find_title(changes, stint->of.occasion, side->is_past, &title);
        if (rc)
            return rc;
        if (title.is_known) {
            row.kind = title.kind;
            snprintf(row.title, sizeof row.title, "%s", title.title);
        }
    }
    *out_row = row;
    return RC_OK;
}

static bool gave_the_same(const struct snapshot_stint *a, const struct snapshot_stint *b)
{
    const struct stint *left = &a->stint, *right = &b->stint;
    return fact_id_is_same(left->organisation, right->organisation) &&
           strcmp(left->mission, right->mission) == 0 && left->day == right->day &&
           left->is_staff == right->is_staff && left->is_assumed == right->is_assumed &&
           left->from_ms == right->from_ms && left->seconds == right->seconds &&
           a->kind == b->kind && a->visit_kind == b->visit_kind &&
           a->is_doubtful == b->is_doubtful && strcmp(a->title, b->title) == 0;
}

static enum rc tell_stint(const struct sides *sides, enum changes_how how,
                          struct snapshot_stint *row)
{
    const struct changes_hearer *hearer = sides->changes->hearer;
    enum rc rc = lookup_organisation_name(sides->changes->db, row->stint.organisation,
                                          row->organisation, sizeof row->organisation);
    return rc ? rc : hearer->stint(hearer->context, how, row);
}

static enum rc tell_stints_there(const struct sides *sides)
{
    const struct changes_side *was = sides->was, *is = sides->is;
    size_t hint = 0, visit_hint = 0, was_visit_hint = 0;
    bool is_same_person = was && has_same_names(was, is);
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < is->stint_count; i++) {
        struct snapshot_stint row, before;
        const struct stint *past = find_stint(was, &is->stints[i], &hint);
        rc = make_stint(sides->changes, is, &is->stints[i], &visit_hint, &row);
        if (!rc && past)
            rc = make_stint(sides->changes, was, past, &was_visit_hint, &before);
        if (rc)
            return rc;
        if (!past)
            rc = tell_stint(sides, CHANGES_NEW, &row);
        else if (!is_same_person || !gave_the_same(&row, &before))
            rc = tell_stint(sides, CHANGES_CHANGED, &row);
    }
    return rc;
}

static enum rc tell_stints_gone(const struct sides *sides)
{
    const struct changes_side *was = sides->was;
    size_t hint = 0, visit_hint = 0;
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && was && i < was->stint_count; i++) {
        struct snapshot_stint row;
        if (find_stint(sides->is, &was->stints[i], &hint))
            continue;
        rc = make_stint(sides->changes, was, &was->stints[i], &visit_hint, &row);
        if (!rc)
            rc = tell_stint(sides, CHANGES_GONE, &row);
    }
    return rc;
}

/* Facts were erased: nobody knows any more which shifts the hours of their visits went to. */
static enum rc tell_hours_again(const struct sides *sides)
{
    const struct presence *was = &sides->was->fold.presence, *is = &sides->is->fold.presence;
    size_t hint = 0;
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < was->count; i++)
        if (!find_visit(sides->is, was->visits[i].id, &hint))
            rc = tell_lost_hours(sides->changes, sides->is->id, was->visits[i].id);
    for (size_t i = 0; !rc && i < is->count; i++)
        if (mark_has(sides->changes->since, is->visits[i].id))
            rc = tell_lost_hours(sides->changes, sides->is->id, is->visits[i].id);
    return rc;
}

static enum rc tell_stints_anew(const struct sides *sides)
{
    size_t hint = 0;
    enum rc rc = tell_hours_again(sides);
    for (size_t i = 0; !rc && i < sides->is->stint_count; i++) {
        struct snapshot_stint row;
        rc = make_stint(sides->changes, sides->is, &sides->is->stints[i], &hint, &row);
        if (!rc)
            rc = tell_stint(sides, how_new(sides, row.stint.visit), &row);
    }
    return rc;
}

static enum rc tell_stints(const struct sides *sides)
{
    if (!sides->changes->hearer->stint)
        return RC_OK;
    if (sides->has_erased)
        return tell_stints_anew(sides);
    enum rc rc = tell_stints_there(sides);
    return rc ? rc : tell_stints_gone(sides);
}

/* --- what erased facts had said --- */

/* An arrival of which nothing is left but that there was a fact. */
enum rc changes_tell_lost_visit(const struct changes *changes, struct fact_id whose,
                                struct fact_id visit)
{
    const struct changes_hearer *hearer = changes->hearer;
    const struct snapshot_visit row = {.visit = {.id = visit}, .person = {.id = whose}};
    enum rc rc = hearer->visit ? hearer->visit(hearer->context, CHANGES_GONE, &row) : RC_OK;
    return rc ? rc : tell_lost_hours(changes, whose, visit);
}

/* At the mark: it may be erased by now, or be read otherwise without what was erased before it. */
static bool may_be_arrival(const struct changes *changes, const struct fact *fact)
{
    return (fact->kind == FACT_TAP || fact->kind == FACT_PRESS) &&
           mark_has(changes->since, fact->id) && (fact->body || changes_is_lost(changes, fact));
}

static enum rc tell_lost_visits(const struct sides *sides)
{
    struct changes *changes = sides->changes;
    size_t hint = 0, was_hint = 0;
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < changes->now.count; i++) {
        const struct fact *fact = &changes->now.rows[i];
        if (may_be_arrival(changes, fact) && !find_visit(sides->is, fact->id, &hint) &&
            !find_visit(sides->was, fact->id, &was_hint))
            rc = changes_tell_lost_visit(changes, sides->is->id, fact->id);
    }
    return rc;
}

/* --- people and newcomers --- */

static int badges_of(const struct changes_side *side)
{
    int count = 0;
    for (size_t i = 0; i < side->fold.badge_count; i++)
        count += !side->fold.badges[i].is_withdrawn;
    return count;
}

static bool has_same_fields(const struct changes_side *a, const struct changes_side *b)
{
    for (int field = 0; field < person_field_count; field++)
        if (strcmp(person_text_const(person_of(a), field),
                   person_text_const(person_of(b), field)) != 0)
            return false;
    return true;
}

static enum rc tell_person(const struct sides *sides)
{
    const struct changes_hearer *hearer = sides->changes->hearer;
    const struct changes_side *was = sides->was, *is = sides->is;
    const struct visit *open = presence_open_visit(&is->fold.presence);
    struct snapshot_person row = {.person = *person_of(is), .badges = badges_of(is)};
    bool had = (was && was->fold.is_known) || has_lost(sides, FACT_PERSON_ADDED);
    row.is_in = open && presence_visit_at(open, is->at_ms).how_out == PRESENCE_OPEN;
    if (!hearer->person || (!had && !is->fold.is_known))
        return RC_OK;
    if (!is->fold.is_known)
        return hearer->person(hearer->context, CHANGES_GONE, &row);
    if (!had)
        return hearer->person(hearer->context, CHANGES_NEW, &row);
    bool is_same = was && was->fold.is_known && has_same_fields(was, is) &&
                   badges_of(was) == badges_of(is) && !has_lost_record(sides);
    return is_same ? RC_OK : hearer->person(hearer->context, CHANGES_CHANGED, &row);
}

static bool is_newcomer(const struct changes_side *side)
{
    return side && side->fold.is_known && side->fold.newcomer.has_begun;
}

static enum rc make_newcomer(struct changes *changes, const struct changes_side *side,
                             struct snapshot_newcomer *out_row)
{
    const struct presence *presence = &side->fold.presence;
    *out_row =
        (struct snapshot_newcomer){.person = *person_of(side), .newcomer = side->fold.newcomer};
    for (size_t i = 0; i < presence->count; i++)
        if (presence->visits[i].arrived_ms > out_row->last_ms)
            out_row->last_ms = presence->visits[i].arrived_ms;
    return changes_name(changes, side->fold.newcomer.buddy, side->is_past, out_row->buddy,
                        sizeof out_row->buddy);
}

/* What the table of newcomers shows of them. */
static bool is_as_far(const struct snapshot_newcomer *a, const struct snapshot_newcomer *b)
{
    const struct newcomer *left = &a->newcomer, *right = &b->newcomer;
    for (int step = 0; step < GUIDE_WAY_STEPS; step++)
        if (left->steps[step] != right->steps[step] ||
            left->steps_ms[step] != right->steps_ms[step])
            return false;
    return left->began_ms == right->began_ms && left->buddy_state == right->buddy_state &&
           strcmp(a->buddy, b->buddy) == 0 && a->last_ms == b->last_ms &&
           strcmp(a->person.language, b->person.language) == 0;
}

static enum rc tell_newcomer(const struct sides *sides)
{
    const struct changes_hearer *hearer = sides->changes->hearer;
    struct snapshot_newcomer row = {.person = *person_of(sides->is)}, before;
    bool had =
        is_newcomer(sides->was) || has_lost(sides, FACT_WELCOME) || has_lost(sides, FACT_BUDDY);
    if (!hearer->newcomer || (!had && !is_newcomer(sides->is)))
        return RC_OK;
    if (!is_newcomer(sides->is))
        return hearer->newcomer(hearer->context, CHANGES_GONE, &row);
    enum rc rc = make_newcomer(sides->changes, sides->is, &row);
    if (rc || !is_newcomer(sides->was))
        return rc ? rc
                  : hearer->newcomer(hearer->context, had ? CHANGES_CHANGED : CHANGES_NEW, &row);
    rc = make_newcomer(sides->changes, sides->was, &before);
    if (rc)
        return rc;
    /* When they were here last may have been erased. */
    bool is_same = !sides->has_erased && !sides->changes->has_redacted &&
                   has_same_names(sides->was, sides->is) && is_as_far(&row, &before);
    return is_same ? RC_OK : hearer->newcomer(hearer->context, CHANGES_CHANGED, &row);
}

enum rc changes_tell(struct changes *changes, const struct changes_side *was,
                     const struct changes_side *is, bool has_erased)
{
    const struct sides sides = {changes, was, is, has_erased};
    enum rc rc = tell_person(&sides);
    if (!rc)
        rc = tell_visits(&sides);
    if (!rc)
        rc = tell_stints(&sides);
    if (!rc && has_erased)
        rc = tell_lost_visits(&sides);
    return rc ? rc : tell_newcomer(&sides);
}
