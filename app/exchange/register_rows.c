#include "app/exchange/register_rows.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "app/domain/day.h"

#define ID_BYTES 96
/* Rules of another time may have ended days at another hour: moments are looked for around them. */
#define SLACK_MS ((int64_t)48 * 3600 * 1000)

/* What the cells of one row are made from. */
struct row {
    const struct register_source *source;
    const char *change;
    bool is_gone; /* only its id says something */
    char id[ID_BYTES];
    char whose[ID_BYTES];        /* a person's id or pseudonym; "" */
    const struct person *person; /* NULL: it says nothing of them but `whose` */
    const struct snapshot_visit *visit;
    const struct snapshot_stint *stint;
    const struct snapshot_person *member;
    const struct snapshot_newcomer *newcomer;
    const char *buddy;
    int64_t last_ms;
};

struct column {
    struct register_column look;
    struct register_cell (*get)(const struct row *row, int field);
    int field; /* of the person */
};

/* --- cells --- */

static struct register_cell text(const char *value)
{
    return (struct register_cell){.text = value ? value : "", .is_empty = !value || !value[0]};
}

static struct register_cell number(int64_t value)
{
    return (struct register_cell){.text = "", .number = value};
}

static struct register_cell number_or_nothing(int64_t value, bool is_there)
{
    return (struct register_cell){.text = "", .number = value, .is_empty = !is_there};
}

static struct register_cell get_id(const struct row *row, int field)
{
    (void)field;
    return text(row->id);
}

static struct register_cell get_change(const struct row *row, int field)
{
    (void)field;
    return text(row->change);
}

static struct register_cell get_whose(const struct row *row, int field)
{
    (void)field;
    return text(row->whose);
}

static struct register_cell get_field(const struct row *row, int field)
{
    return text(row->person ? person_text_const(row->person, field) : "");
}

static const char *as_name(bool is_staff)
{
    return is_staff ? "staff" : "volunteer";
}

static const char *clock_name(bool is_doubtful)
{
    return is_doubtful ? "doubtful" : "trusted";
}

/* --- of a visit --- */

static const struct visit *visit_of(const struct row *row)
{
    return &row->visit->visit;
}

static bool is_open(const struct row *row)
{
    return visit_of(row)->how_out == PRESENCE_OPEN;
}

static struct register_cell visit_organisation(const struct row *row, int field)
{
    (void)field;
    return text(row->visit->organisation);
}

/* The venue's day, which a night belongs to as a whole. */
static struct register_cell visit_day(const struct row *row, int field)
{
    (void)field;
    return number_or_nothing(visit_of(row)->day, visit_of(row)->day > 0);
}

static struct register_cell visit_as(const struct row *row, int field)
{
    (void)field;
    return text(as_name(visit_of(row)->is_staff));
}

static struct register_cell visit_occasion(const struct row *row, int field)
{
    (void)field;
    return text(occasion_kind_name(visit_of(row)->kind));
}

static struct register_cell visit_arrived(const struct row *row, int field)
{
    (void)field;
    return number(visit_of(row)->arrived_ms);
}

static struct register_cell visit_left(const struct row *row, int field)
{
    (void)field;
    return number_or_nothing(visit_of(row)->left_ms, !is_open(row));
}

static struct register_cell visit_seconds(const struct row *row, int field)
{
    (void)field;
    return number_or_nothing(row->visit->seconds, !is_open(row));
}

static struct register_cell visit_how_in(const struct row *row, int field)
{
    (void)field;
    return text(presence_how_name(visit_of(row)->how_in));
}

static struct register_cell visit_how_out(const struct row *row, int field)
{
    (void)field;
    return text(presence_how_name(visit_of(row)->how_out));
}

static struct register_cell visit_clock(const struct row *row, int field)
{
    (void)field;
    return text(clock_name(visit_of(row)->is_doubtful_in || visit_of(row)->is_doubtful_out));
}

static struct register_cell visit_guests(const struct row *row, int field)
{
    (void)field;
    return number(visit_of(row)->guests);
}

static struct register_cell visit_children(const struct row *row, int field)
{
    (void)field;
    return number(visit_of(row)->children);
}

/* --- of what it gave --- */

static struct register_cell stint_organisation(const struct row *row, int field)
{
    (void)field;
    return text(row->stint->organisation);
}

static struct register_cell stint_day(const struct row *row, int field)
{
    (void)field;
    return number_or_nothing(row->stint->stint.day, row->stint->stint.day > 0);
}

static struct register_cell stint_as(const struct row *row, int field)
{
    (void)field;
    return text(as_name(row->stint->stint.is_staff));
}

static struct register_cell stint_mission(const struct row *row, int field)
{
    (void)field;
    return text(row->stint->stint.mission);
}

static struct register_cell stint_occasion(const struct row *row, int field)
{
    (void)field;
    return text(occasion_kind_name(row->stint->kind));
}

static struct register_cell stint_title(const struct row *row, int field)
{
    (void)field;
    return text(row->stint->title);
}

static struct register_cell stint_begins(const struct row *row, int field)
{
    (void)field;
    return number(row->stint->stint.from_ms);
}

static struct register_cell stint_seconds(const struct row *row, int field)
{
    (void)field;
    return number(row->stint->stint.seconds);
}

static struct register_cell stint_end(const struct row *row, int field)
{
    (void)field;
    return text(row->stint->stint.is_assumed ? "assumed" : "known");
}

static struct register_cell stint_clock(const struct row *row, int field)
{
    (void)field;
    return text(clock_name(row->stint->is_doubtful));
}

/* --- of people --- */

static struct register_cell member_badges(const struct row *row, int field)
{
    (void)field;
    return number(row->member->badges);
}

static struct register_cell newcomer_since(const struct row *row, int field)
{
    (void)field;
    return number(row->newcomer->newcomer.began_ms);
}

/* The last step of the way that they answered; GUIDE_STEP_COUNT: none. */
static enum guide_step last_step(const struct newcomer *newcomer)
{
    enum guide_step last = GUIDE_STEP_COUNT;
    for (int step = 0; step < GUIDE_WAY_STEPS; step++)
        if (newcomer->steps[step] != NEWCOMER_NOT_YET &&
            (last == GUIDE_STEP_COUNT || newcomer->steps_ms[step] >= newcomer->steps_ms[last]))
            last = (enum guide_step)step;
    return last;
}

static struct register_cell newcomer_last_step(const struct row *row, int field)
{
    enum guide_step last = last_step(&row->newcomer->newcomer);
    (void)field;
    return text(last < GUIDE_STEP_COUNT ? guide_step_name(last) : "");
}

static struct register_cell newcomer_step_how(const struct row *row, int field)
{
    enum guide_step last = last_step(&row->newcomer->newcomer);
    (void)field;
    return text(last < GUIDE_STEP_COUNT ? newcomer_how_name(row->newcomer->newcomer.steps[last])
                                        : "");
}

static struct register_cell newcomer_buddy_name(const struct row *row, int field)
{
    (void)field;
    return text(row->buddy);
}

static struct register_cell newcomer_buddy_state(const struct row *row, int field)
{
    static const char *const names[] = {
        [NEWCOMER_BUDDY_NONE] = "",
        [NEWCOMER_BUDDY_ASKED] = "asked",
        [NEWCOMER_BUDDY_TAKEN] = "taken",
        [NEWCOMER_BUDDY_NAMED] = "named",
    };
    (void)field;
    return text(row->buddy[0] ? names[row->newcomer->newcomer.buddy_state] : "");
}

static struct register_cell newcomer_last_visit(const struct row *row, int field)
{
    (void)field;
    return number_or_nothing(row->last_ms, row->last_ms != 0);
}

/* --- tables --- */

#define FIRST_COLUMNS                                                                              \
    {{"id", REGISTER_CELL_TEXT}, get_id, 0},                                                       \
    {                                                                                              \
        {"change", REGISTER_CELL_TEXT}, get_change, 0                                              \
    }
#define CHANGE_COLUMN 1
#define FIELD(name, key)                                                                           \
    {                                                                                              \
        {name, REGISTER_CELL_TEXT}, get_field, key                                                 \
    }
#define WHO                                                                                        \
    {{"person", REGISTER_CELL_TEXT}, get_whose, 0}, FIELD("number", PERSON_NUMBER),                \
        FIELD("last_name", PERSON_LAST_NAME), FIELD("first_name", PERSON_FIRST_NAME)

static const struct column visit_columns[] = {
    FIRST_COLUMNS,
    WHO,
    {{"organisation", REGISTER_CELL_TEXT}, visit_organisation, 0},
    {{"day", REGISTER_CELL_DAY}, visit_day, 0},
    {{"as", REGISTER_CELL_TEXT}, visit_as, 0},
    {{"occasion", REGISTER_CELL_TEXT}, visit_occasion, 0},
    {{"arrived_at", REGISTER_CELL_TIME}, visit_arrived, 0},
    {{"left_at", REGISTER_CELL_TIME}, visit_left, 0},
    {{"duration", REGISTER_CELL_LENGTH}, visit_seconds, 0},
    {{"hours", REGISTER_CELL_HOURS}, visit_seconds, 0},
    {{"how_in", REGISTER_CELL_TEXT}, visit_how_in, 0},
    {{"how_out", REGISTER_CELL_TEXT}, visit_how_out, 0},
    {{"clock", REGISTER_CELL_TEXT}, visit_clock, 0},
    {{"guests", REGISTER_CELL_NUMBER}, visit_guests, 0},
    {{"children", REGISTER_CELL_NUMBER}, visit_children, 0},
};

static const struct column hours_columns[] = {
    FIRST_COLUMNS,
    WHO,
    {{"organisation", REGISTER_CELL_TEXT}, stint_organisation, 0},
    {{"day", REGISTER_CELL_DAY}, stint_day, 0},
    {{"as", REGISTER_CELL_TEXT}, stint_as, 0},
    {{"mission", REGISTER_CELL_TEXT}, stint_mission, 0},
    {{"occasion", REGISTER_CELL_TEXT}, stint_occasion, 0},
    {{"title", REGISTER_CELL_TEXT}, stint_title, 0},
    {{"begins_at", REGISTER_CELL_TIME}, stint_begins, 0},
    {{"duration", REGISTER_CELL_LENGTH}, stint_seconds, 0},
    {{"hours", REGISTER_CELL_HOURS}, stint_seconds, 0},
    {{"end", REGISTER_CELL_TEXT}, stint_end, 0},
    {{"clock", REGISTER_CELL_TEXT}, stint_clock, 0},
};

static const struct column people_columns[] = {
    FIRST_COLUMNS,
    FIELD("number", PERSON_NUMBER),
    FIELD("last_name", PERSON_LAST_NAME),
    FIELD("first_name", PERSON_FIRST_NAME),
    FIELD("language", PERSON_LANGUAGE),
    FIELD("circle", PERSON_CIRCLE),
    FIELD("email", PERSON_EMAIL),
    FIELD("phone", PERSON_PHONE),
    FIELD("since", PERSON_SINCE),
    FIELD("external_id", PERSON_EXTERNAL_ID),
    FIELD("college", PERSON_COLLEGE),
    FIELD("shares", PERSON_SHARES),
    FIELD("paused_until", PERSON_PAUSED_UNTIL),
    FIELD("private_hours", PERSON_PRIVATE_HOURS),
    FIELD("basket", PERSON_BASKET),
    FIELD("basket_pauses", PERSON_BASKET_PAUSES),
    FIELD("basket_fetchers", PERSON_BASKET_FETCHERS),
    FIELD("line", PERSON_LINE),
    {{"badges", REGISTER_CELL_NUMBER}, member_badges, 0},
};

static const struct column newcomers_columns[] = {
    FIRST_COLUMNS,
    FIELD("number", PERSON_NUMBER),
    FIELD("last_name", PERSON_LAST_NAME),
    FIELD("first_name", PERSON_FIRST_NAME),
    FIELD("language", PERSON_LANGUAGE),
    {{"began_at", REGISTER_CELL_TIME}, newcomer_since, 0},
    {{"last_step", REGISTER_CELL_TEXT}, newcomer_last_step, 0},
    {{"last_step_how", REGISTER_CELL_TEXT}, newcomer_step_how, 0},
    {{"buddy", REGISTER_CELL_TEXT}, newcomer_buddy_name, 0},
    {{"buddy_state", REGISTER_CELL_TEXT}, newcomer_buddy_state, 0},
    {{"last_visit_at", REGISTER_CELL_TIME}, newcomer_last_visit, 0},
};

#define COLUMNS(list) list, sizeof(list) / sizeof(list)[0]
static const struct {
    const struct column *columns;
    int count;
} tables[REGISTER_TABLE_COUNT] = {
    [REGISTER_VISITS] = {COLUMNS(visit_columns)},
    [REGISTER_HOURS] = {COLUMNS(hours_columns)},
    [REGISTER_PEOPLE] = {COLUMNS(people_columns)},
    [REGISTER_NEWCOMERS] = {COLUMNS(newcomers_columns)},
};

static bool is_shown(const struct register_source *source, int column)
{
    return column != CHANGE_COLUMN || source->since;
}

int register_columns(enum register_table table, const struct register_source *source,
                     struct register_column out_columns[REGISTER_COLUMNS_MAX])
{
    int count = 0;
    for (int i = 0; i < tables[table].count; i++)
        if (is_shown(source, i))
            out_columns[count++] = tables[table].columns[i].look;
    return count;
}

/* --- rows --- */

/* A table while its rows come by. */
struct walk {
    const struct register_source *source;
    enum register_table table;
    enum rc (*row)(void *context, const struct register_cell *cells);
    void *context;
};

static enum rc give(const struct walk *walk, const struct row *row)
{
    struct register_cell cells[REGISTER_COLUMNS_MAX];
    const struct column *columns = tables[walk->table].columns;
    int count = 0;
    for (int i = 0; i < tables[walk->table].count; i++)
        if (is_shown(walk->source, i))
            cells[count++] = row->is_gone && i > CHANGE_COLUMN
                                 ? number_or_nothing(0, false)
                                 : columns[i].get(row, columns[i].field);
    return walk->row(walk->context, cells);
}

static void write_id(struct fact_id id, char out_text[ID_BYTES])
{
    snprintf(out_text, ID_BYTES, "%" PRIx64 "-%" PRId64, (uint64_t)id.station, id.seq);
}

/* A visit gives to one shift once, and once to none. */
static void write_stint_id(const struct stint *stint, char out_text[ID_BYTES])
{
    char visit[ID_BYTES], occasion[ID_BYTES];
    write_id(stint->visit, visit);
    write_id(stint->of.occasion, occasion);
    if (fact_id_is_none(stint->of.occasion))
        snprintf(out_text, ID_BYTES, "%.40s", visit);
    else
        snprintf(out_text, ID_BYTES, "%.40s.%.40s.%d", visit, occasion, stint->of.number);
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

static enum privacy_count count_of(const struct register_source *source, enum occasion_kind kind)
{
    return source->privacy ? source->privacy->count[kind] : PRIVACY_NAME;
}

/* Who it was, as that kind is counted; nothing of somebody who was erased. */
static void set_whose(struct row *row, const struct person *person, enum privacy_count count)
{
    if (!person->first_name[0])
        return;
    if (count == PRIVACY_NAME) {
        row->person = person;
        write_id(person->id, row->whose);
    } else {
        privacy_pseudonym(row->source->key, person->id, row->whose);
    }
}

static enum rc give_visit(const struct walk *walk, const struct snapshot_visit *visit,
                          struct row *row)
{
    enum privacy_count count = count_of(walk->source, visit->visit.kind);
    if (count == PRIVACY_NUMBER || !is_theirs(walk->source, visit->visit.organisation))
        return RC_EMPTY;
    row->visit = visit;
    write_id(visit->visit.id, row->id);
    set_whose(row, &visit->person, count);
    return give(walk, row);
}

static enum rc on_visit(void *context, const struct snapshot_visit *visit)
{
    const struct walk *walk = context;
    struct row row = {.source = walk->source};
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
    struct walk walk = {source, REGISTER_VISITS, row, context};
    struct row made = {.source = source};
    return give_visit(&walk, visit, &made);
}

/* Hours of a visit and of the shift they went to, counted as the stricter of both is. */
static enum privacy_count count_of_stint(const struct register_source *source,
                                         const struct snapshot_stint *stint)
{
    enum privacy_count visit = count_of(source, stint->visit_kind);
    enum privacy_count shift = count_of(source, stint->kind);
    return visit > shift ? visit : shift;
}

static enum rc on_stint(void *context, const struct snapshot_stint *stint)
{
    const struct walk *walk = context;
    struct row row = {.source = walk->source, .stint = stint};
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
        if (count_of(source, (enum occasion_kind)kind) == PRIVACY_NAME)
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
    struct row row = {.source = walk->source, .person = &person->person, .member = person};
    bool belongs;
    enum rc rc = find_belonging(walk->source, person->person.id, &belongs);
    if (rc || !belongs)
        return rc;
    write_id(person->person.id, row.id);
    return give(walk, &row);
}

static enum rc on_newcomer(void *context, const struct snapshot_newcomer *newcomer)
{
    const struct walk *walk = context;
    struct row row = {.source = walk->source,
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
    write_id(newcomer->person.id, row.id);
    return give(walk, &row);
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
    struct walk walk = {source, table, row, context};
    assert((unsigned)table < REGISTER_TABLE_COUNT);
    return source->since ? RC_UNSUPPORTED : each[table](&walk);
}
