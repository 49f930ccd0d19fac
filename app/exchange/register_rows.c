#include "app/exchange/register_rows.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "app/domain/day.h"
#include "app/exchange/register_i.h"

/* Rules of another time may have ended days at another hour: moments are looked for around them. */
#define SLACK_MS ((int64_t)48 * 3600 * 1000)

/* A table while its rows come by. */
struct walk {
    const struct register_source *source;
    enum register_table table;
    enum rc (*row)(void *context, const struct register_cell *cells);
    void *context;
    enum changes_how how; /* of the row that comes by, where only changes do */
};

static enum rc give(const struct walk *walk, struct register_row *row)
{
    struct register_cell cells[REGISTER_COLUMNS_MAX];
    row->how = walk->how;
    register_fill(walk->table, row, cells);
    return walk->row(walk->context, cells);
}

/* A visit gives to one shift once, and once to none. */
static void write_stint_id(const struct stint *stint, char out_text[REGISTER_ID_BYTES])
{
    char visit[FACT_ID_BYTES], occasion[FACT_ID_BYTES];
    fact_id_write(stint->visit, visit);
    fact_id_write(stint->of.occasion, occasion);
    if (fact_id_is_none(stint->of.occasion))
        snprintf(out_text, REGISTER_ID_BYTES, "%.40s", visit);
    else
        snprintf(out_text, REGISTER_ID_BYTES, "%.40s.%.40s.%d", visit, occasion, stint->of.number);
}

static bool is_of_all(const struct register_source *source)
{
    return fact_id_is_none(source->organisation);
}

static bool is_theirs(const struct register_source *source, struct fact_id organisation)
{
    if (fact_id_is_same(source->organisation, REPORT_HOUSE))
        return fact_id_is_none(organisation);
    return is_of_all(source) || fact_id_is_same(source->organisation, organisation);
}

static bool is_within(const struct register_source *source, int day)
{
    return day >= source->first_day && day <= source->last_day;
}

/* Who it was, as that kind is counted; nothing of somebody who was erased. */
static void set_whose(struct register_row *row, const struct person *person,
                      enum privacy_count count)
{
    if (!person->first_name[0])
        return;
    if (count == PRIVACY_NAME) {
        row->person = person;
        fact_id_write(person->id, row->whose);
    } else {
        privacy_pseudonym(row->source->key, person->id, row->whose);
    }
}

static enum rc give_visit(const struct walk *walk, const struct snapshot_visit *visit,
                          struct register_row *row)
{
    enum privacy_count count = privacy_count_of(walk->source->privacy, visit->visit.kind);
    if (count == PRIVACY_NUMBER || !is_theirs(walk->source, visit->visit.organisation))
        return RC_EMPTY;
    row->visit = visit;
    fact_id_write(visit->visit.id, row->id);
    set_whose(row, &visit->person, count);
    return give(walk, row);
}

static enum rc on_visit(void *context, const struct snapshot_visit *visit)
{
    const struct walk *walk = context;
    struct register_row row = {.source = walk->source};
    if (!is_within(walk->source, visit->visit.day))
        return RC_OK;
    enum rc rc = give_visit(walk, visit, &row);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc register_visit_cells(const struct register_source *source,
                             const struct snapshot_visit *visit,
                             enum rc (*row)(void *context, const struct register_cell *cells),
                             void *context)
{
    struct walk walk = {source, REGISTER_VISITS, row, context, CHANGES_NEW};
    struct register_row made = {.source = source};
    return give_visit(&walk, visit, &made);
}

static enum privacy_count count_of_stint(const struct register_source *source,
                                         const struct snapshot_stint *stint)
{
    return privacy_count_of_hours(source->privacy, stint->visit_kind, stint->kind);
}

static enum rc on_stint(void *context, const struct snapshot_stint *stint)
{
    const struct walk *walk = context;
    struct register_row row = {.source = walk->source, .stint = stint};
    enum privacy_count count = count_of_stint(walk->source, stint);
    if (count == PRIVACY_NUMBER || !is_theirs(walk->source, stint->stint.organisation))
        return RC_OK;
    write_stint_id(&stint->stint, row.id);
    set_whose(&row, &stint->person, count);
    return give(walk, &row);
}

/* --- people --- */

/* When they were here last for what is counted by name; 0: never. */
static enum rc find_last_visit(const struct register_source *source, struct fact_id person,
                               int first_day, int last_day, int64_t *out_ms)
{
    struct snapshot_span span = {
        .organisation = source->organisation, .first_day = first_day, .last_day = last_day};
    for (int kind = 0; kind < OCCASION_COUNT; kind++)
        if (privacy_count_of(source->privacy, (enum occasion_kind)kind) == PRIVACY_NAME)
            span.kinds |= 1u << kind;
    return snapshot_last_visit(source->snapshot, person, &span, out_ms);
}

/* Is it somebody of the organisation, in these days? */
static enum rc find_belonging(const struct register_source *source, struct fact_id person,
                              bool *out_belongs)
{
    int64_t last_ms = 0;
    enum rc rc = RC_OK;
    if (!is_of_all(source))
        rc = find_last_visit(source, person, source->first_day, source->last_day, &last_ms);
    if (!rc)
        *out_belongs = is_of_all(source) || last_ms != 0;
    return rc;
}

static enum rc on_person(void *context, const struct snapshot_person *person)
{
    const struct walk *walk = context;
    struct register_row row = {.source = walk->source, .person = &person->person, .member = person};
    bool belongs;
    enum rc rc = find_belonging(walk->source, person->person.id, &belongs);
    if (rc || !belongs)
        return rc;
    fact_id_write(person->person.id, row.id);
    return give(walk, &row);
}

static enum rc on_newcomer(void *context, const struct snapshot_newcomer *newcomer)
{
    const struct walk *walk = context;
    struct register_row row = {.source = walk->source,
                               .person = &newcomer->person,
                               .newcomer = newcomer,
                               .buddy = newcomer->buddy};
    bool belongs, is_buddy_theirs = true;
    if (!is_within(walk->source, day_number(newcomer->newcomer.began_ms, 0)))
        return RC_OK;
    enum rc rc = find_belonging(walk->source, newcomer->person.id, &belongs);
    if (rc || !belongs)
        return rc;
    rc = find_last_visit(walk->source, newcomer->person.id, REPORT_FIRST_DAY, REPORT_LAST_DAY,
                         &row.last_ms);
    if (!rc && newcomer->buddy[0])
        rc = find_belonging(walk->source, newcomer->newcomer.buddy, &is_buddy_theirs);
    if (rc)
        return rc;
    if (!is_buddy_theirs)
        row.buddy = "";
    fact_id_write(newcomer->person.id, row.id);
    return give(walk, &row);
}

/* --- what changed --- */

/* What was in an earlier export, and belongs into this one no more. */
static enum rc give_gone(struct walk *walk, struct register_row *row)
{
    walk->how = CHANGES_GONE;
    return give(walk, row);
}

static enum rc on_changed_visit(void *context, enum changes_how how,
                                const struct snapshot_visit *visit)
{
    struct walk *walk = context;
    struct register_row row = {.source = walk->source};
    bool is_number = privacy_count_of(walk->source->privacy, visit->visit.kind) == PRIVACY_NUMBER;
    walk->how = how;
    if (how == CHANGES_NEW || (how == CHANGES_CHANGED && !is_number))
        return on_visit(walk, visit);
    fact_id_write(visit->visit.id, row.id);
    return is_theirs(walk->source, visit->visit.organisation) ? give_gone(walk, &row) : RC_OK;
}

static enum rc on_changed_stint(void *context, enum changes_how how,
                                const struct snapshot_stint *stint)
{
    struct walk *walk = context;
    struct register_row row = {.source = walk->source};
    bool is_number = count_of_stint(walk->source, stint) == PRIVACY_NUMBER;
    walk->how = how;
    if (how == CHANGES_NEW || (how == CHANGES_CHANGED && !is_number))
        return on_stint(walk, stint);
    write_stint_id(&stint->stint, row.id);
    return is_theirs(walk->source, stint->stint.organisation) ? give_gone(walk, &row) : RC_OK;
}

static enum rc on_changed_person(void *context, enum changes_how how,
                                 const struct snapshot_person *person)
{
    struct walk *walk = context;
    struct register_row row = {.source = walk->source};
    walk->how = how;
    if (how != CHANGES_GONE)
        return on_person(walk, person);
    fact_id_write(person->person.id, row.id);
    return is_of_all(walk->source) ? give_gone(walk, &row) : RC_OK;
}

static enum rc on_changed_newcomer(void *context, enum changes_how how,
                                   const struct snapshot_newcomer *newcomer)
{
    struct walk *walk = context;
    struct register_row row = {.source = walk->source};
    walk->how = how;
    if (how != CHANGES_GONE)
        return on_newcomer(walk, newcomer);
    fact_id_write(newcomer->person.id, row.id);
    return is_of_all(walk->source) ? give_gone(walk, &row) : RC_OK;
}

static enum rc each_change(struct walk *walk)
{
    const struct register_source *source = walk->source;
    const struct changes_hearer hearers[REGISTER_TABLE_COUNT] = {
        [REGISTER_VISITS] = {.context = walk, .visit = on_changed_visit},
        [REGISTER_HOURS] = {.context = walk, .stint = on_changed_stint},
        [REGISTER_PEOPLE] = {.context = walk, .person = on_changed_person},
        [REGISTER_NEWCOMERS] = {.context = walk, .newcomer = on_changed_newcomer},
    };
    return changes_each(source->snapshot, source->since, source->now_ms, &hearers[walk->table]);
}

/* --- all of them --- */

/* The moments that hold these days, with some slack around them. */
static void find_window(const struct register_source *source, int64_t *out_from_ms,
                        int64_t *out_to_ms)
{
    *out_from_ms = INT64_MIN;
    *out_to_ms = INT64_MAX;
    if (source->first_day > 19000101)
        *out_from_ms = day_number_begin(source->first_day, 0) - SLACK_MS;
    if (source->last_day < 22001231)
        *out_to_ms = day_number_begin(source->last_day, 0) + SLACK_MS;
}

static enum rc each_visit(struct walk *walk)
{
    int64_t from_ms, to_ms;
    find_window(walk->source, &from_ms, &to_ms);
    return snapshot_visits(walk->source->snapshot, from_ms, to_ms, walk->source->now_ms, on_visit,
                           walk);
}

static enum rc each_stint(struct walk *walk)
{
    const struct register_source *source = walk->source;
    return snapshot_stints(source->snapshot, source->first_day, source->last_day, source->now_ms,
                           on_stint, walk);
}

static enum rc each_person(struct walk *walk)
{
    return snapshot_people(walk->source->snapshot, walk->source->now_ms, on_person, walk);
}

static enum rc each_newcomer(struct walk *walk)
{
    int64_t from_ms, to_ms;
    find_window(walk->source, &from_ms, &to_ms);
    return snapshot_newcomers(walk->source->snapshot, from_ms, to_ms, on_newcomer, walk);
}

enum rc register_each(enum register_table table, const struct register_source *source,
                      enum rc (*row)(void *context, const struct register_cell *cells),
                      void *context)
{
    static enum rc (*const each[REGISTER_TABLE_COUNT])(struct walk * walk) = {
        [REGISTER_VISITS] = each_visit,
        [REGISTER_HOURS] = each_stint,
        [REGISTER_PEOPLE] = each_person,
        [REGISTER_NEWCOMERS] = each_newcomer,
    };
    struct walk walk = {source, table, row, context, CHANGES_NEW};
    assert((unsigned)table < REGISTER_TABLE_COUNT);
    return source->since ? each_change(&walk) : each[table](&walk);
}
