/* The columns of each table, and what stands in them. */
#include "app/exchange/register_i.h"

struct column {
    struct register_column look;
    struct register_cell (*get)(const struct register_row *row, int field);
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

static struct register_cell get_id(const struct register_row *row, int field)
{
    (void)field;
    return text(row->id);
}

static struct register_cell get_change(const struct register_row *row, int field)
{
    static const char *const names[] = {
        [CHANGES_NEW] = "new", [CHANGES_CHANGED] = "changed", [CHANGES_GONE] = "gone"};
    (void)field;
    return text(names[row->how]);
}

static struct register_cell get_whose(const struct register_row *row, int field)
{
    (void)field;
    return text(row->whose);
}

static struct register_cell get_field(const struct register_row *row, int field)
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

static const struct visit *visit_of(const struct register_row *row)
{
    return &row->visit->visit;
}

static bool is_open(const struct register_row *row)
{
    return visit_of(row)->how_out == PRESENCE_OPEN;
}

static struct register_cell visit_organisation(const struct register_row *row, int field)
{
    (void)field;
    return text(row->visit->organisation);
}

/* The venue's day, which a night belongs to as a whole. */
static struct register_cell visit_day(const struct register_row *row, int field)
{
    (void)field;
    return number_or_nothing(visit_of(row)->day, visit_of(row)->day > 0);
}

static struct register_cell visit_as(const struct register_row *row, int field)
{
    (void)field;
    return text(as_name(visit_of(row)->is_staff));
}

static struct register_cell visit_occasion(const struct register_row *row, int field)
{
    (void)field;
    return text(occasion_kind_name(visit_of(row)->kind));
}

static struct register_cell visit_arrived(const struct register_row *row, int field)
{
    (void)field;
    return number(visit_of(row)->arrived_ms);
}

static struct register_cell visit_left(const struct register_row *row, int field)
{
    (void)field;
    return number_or_nothing(visit_of(row)->left_ms, !is_open(row));
}

static struct register_cell visit_seconds(const struct register_row *row, int field)
{
    (void)field;
    return number_or_nothing(row->visit->seconds, !is_open(row));
}

static struct register_cell visit_how_in(const struct register_row *row, int field)
{
    (void)field;
    return text(presence_how_name(visit_of(row)->how_in));
}

static struct register_cell visit_how_out(const struct register_row *row, int field)
{
    (void)field;
    return text(presence_how_name(visit_of(row)->how_out));
}

static struct register_cell visit_clock(const struct register_row *row, int field)
{
    (void)field;
    return text(clock_name(visit_of(row)->is_doubtful_in || visit_of(row)->is_doubtful_out));
}

static struct register_cell visit_guests(const struct register_row *row, int field)
{
    (void)field;
    return number(visit_of(row)->guests);
}

static struct register_cell visit_children(const struct register_row *row, int field)
{
    (void)field;
    return number(visit_of(row)->children);
}

/* --- of what it gave --- */

static struct register_cell stint_organisation(const struct register_row *row, int field)
{
    (void)field;
    return text(row->stint->organisation);
}

static struct register_cell stint_day(const struct register_row *row, int field)
{
    (void)field;
    return number_or_nothing(row->stint->stint.day, row->stint->stint.day > 0);
}

static struct register_cell stint_as(const struct register_row *row, int field)
{
    (void)field;
    return text(as_name(row->stint->stint.is_staff));
}

static struct register_cell stint_mission(const struct register_row *row, int field)
{
    (void)field;
    return text(row->stint->stint.mission);
}

static struct register_cell stint_occasion(const struct register_row *row, int field)
{
    (void)field;
    return text(occasion_kind_name(row->stint->kind));
}

static struct register_cell stint_title(const struct register_row *row, int field)
{
    (void)field;
    return text(row->stint->title);
}

static struct register_cell stint_begins(const struct register_row *row, int field)
{
    (void)field;
    return number(row->stint->stint.from_ms);
}

static struct register_cell stint_seconds(const struct register_row *row, int field)
{
    (void)field;
    return number(row->stint->stint.seconds);
}

static struct register_cell stint_end(const struct register_row *row, int field)
{
    (void)field;
    return text(row->stint->stint.is_assumed ? "assumed" : "known");
}

static struct register_cell stint_clock(const struct register_row *row, int field)
{
    (void)field;
    return text(clock_name(row->stint->is_doubtful));
}

/* --- of people --- */

static struct register_cell member_badges(const struct register_row *row, int field)
{
    (void)field;
    return number(row->member->badges);
}

static struct register_cell newcomer_since(const struct register_row *row, int field)
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

static struct register_cell newcomer_last_step(const struct register_row *row, int field)
{
    enum guide_step last = last_step(&row->newcomer->newcomer);
    (void)field;
    return text(last < GUIDE_STEP_COUNT ? guide_step_name(last) : "");
}

static struct register_cell newcomer_step_how(const struct register_row *row, int field)
{
    enum guide_step last = last_step(&row->newcomer->newcomer);
    (void)field;
    return text(last < GUIDE_STEP_COUNT ? newcomer_how_name(row->newcomer->newcomer.steps[last])
                                        : "");
}

static struct register_cell newcomer_buddy_name(const struct register_row *row, int field)
{
    (void)field;
    return text(row->buddy);
}

static struct register_cell newcomer_buddy_state(const struct register_row *row, int field)
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

static struct register_cell newcomer_last_visit(const struct register_row *row, int field)
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

void register_fill(enum register_table table, const struct register_row *row,
                   struct register_cell out_cells[REGISTER_COLUMNS_MAX])
{
    const struct column *columns = tables[table].columns;
    int count = 0;
    for (int i = 0; i < tables[table].count; i++)
        if (is_shown(row->source, i))
            out_cells[count++] = row->how == CHANGES_GONE && i > CHANGE_COLUMN
                                     ? number_or_nothing(0, false)
                                     : columns[i].get(row, columns[i].field);
}
