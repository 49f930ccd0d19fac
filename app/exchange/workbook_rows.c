/* The rows of all tables, one after the other. */
#include "app/exchange/register_hours.h"
#include "app/exchange/workbook_i.h"

/* --- columns --- */

#define MONTHS                                                                                     \
    {"january", REGISTER_CELL_LENGTH}, {"february", REGISTER_CELL_LENGTH},                         \
        {"march", REGISTER_CELL_LENGTH}, {"april", REGISTER_CELL_LENGTH},                          \
        {"may", REGISTER_CELL_LENGTH}, {"june", REGISTER_CELL_LENGTH},                             \
        {"july", REGISTER_CELL_LENGTH}, {"august", REGISTER_CELL_LENGTH},                          \
        {"september", REGISTER_CELL_LENGTH}, {"october", REGISTER_CELL_LENGTH},                    \
        {"november", REGISTER_CELL_LENGTH},                                                        \
    {                                                                                              \
        "december", REGISTER_CELL_LENGTH                                                           \
    }

enum { YEAR_NOTE, YEAR_NUMBER, YEAR_LAST_NAME, YEAR_FIRST_NAME, YEAR_YEAR, YEAR_AS, YEAR_MONTHS };

static const struct register_column hours_columns[] = {
    [YEAR_NOTE] = {WORKBOOK_NOTE, REGISTER_CELL_NUMBER},
    [YEAR_NUMBER] = {"number", REGISTER_CELL_TEXT},
    [YEAR_LAST_NAME] = {"last_name", REGISTER_CELL_TEXT},
    [YEAR_FIRST_NAME] = {"first_name", REGISTER_CELL_TEXT},
    [YEAR_YEAR] = {"year", REGISTER_CELL_NUMBER},
    [YEAR_AS] = {"as", REGISTER_CELL_TEXT},
    MONTHS,
};

enum { MISSION_NOTE, MISSION_MISSION, MISSION_YEAR, MISSION_MONTHS };

static const struct register_column missions_columns[] = {
    [MISSION_NOTE] = {WORKBOOK_NOTE, REGISTER_CELL_NUMBER},
    [MISSION_MISSION] = {"mission", REGISTER_CELL_TEXT},
    [MISSION_YEAR] = {"year", REGISTER_CELL_NUMBER},
    MONTHS,
};

#define COLUMNS(list) list, sizeof(list) / sizeof(list)[0]
static const struct {
    enum register_table table; /* REGISTER_TABLE_COUNT: sums, with columns of their own */
    const struct register_column *columns;
    int count, label, months;
} tables[WORKBOOK_TABLES] = {
    [WORKBOOK_VISITS] = {REGISTER_VISITS, NULL, 0, -1, -1},
    [WORKBOOK_HOURS] = {REGISTER_TABLE_COUNT, COLUMNS(hours_columns), YEAR_LAST_NAME, YEAR_MONTHS},
    [WORKBOOK_MISSIONS] = {REGISTER_TABLE_COUNT, COLUMNS(missions_columns), MISSION_MISSION,
                           MISSION_MONTHS},
    [WORKBOOK_PEOPLE] = {REGISTER_PEOPLE, NULL, 0, -1, -1},
};

struct workbook_columns workbook_columns(enum workbook_table table,
                                         const struct register_source *source)
{
    struct workbook_columns columns = {.label = tables[table].label,
                                       .months = tables[table].months};
    _Static_assert(sizeof hours_columns <= sizeof columns.list, "they are not too many");
    columns.count = tables[table].count;
    for (int i = 0; i < columns.count; i++)
        columns.list[i] = tables[table].columns[i];
    if (!tables[table].columns)
        columns.count = register_columns(tables[table].table, source, columns.list);
    return columns;
}

/* --- rows --- */

struct telling {
    const struct workbook_hearer *hearer;
    enum workbook_table table;
};

static enum rc on_row(void *context, const struct register_cell *cells)
{
    const struct telling *telling = context;
    return telling->hearer->row(telling->hearer->context, telling->table, cells);
}

static struct register_cell text(const char *value)
{
    return (struct register_cell){.text = value, .is_empty = !value[0]};
}

static struct register_cell number(int64_t value)
{
    return (struct register_cell){.text = "", .number = value, .is_empty = !value};
}

static void set_months(const int64_t seconds[12], struct register_cell *out_cells)
{
    for (int month = 0; month < 12; month++)
        out_cells[month] = number(seconds[month]);
}

static enum rc on_year(void *context, const struct register_year *year)
{
    static const char *const labels[REGISTER_WHOSE_COUNT] = {
        [REGISTER_OF_ONE] = "",
        [REGISTER_UNNAMED] = SAID("Counted without names"),
        [REGISTER_OF_ERASED] = SAID("Erased people"),
        [REGISTER_SUMMED] = SAID("Without a name"),
    };
    struct telling telling = {context, WORKBOOK_HOURS};
    const struct person *person = year->person;
    struct register_cell cells[REGISTER_COLUMNS_MAX] = {
        [YEAR_NOTE] = number(year->whose),
        [YEAR_NUMBER] = text(person ? person->number : ""),
        [YEAR_LAST_NAME] = text(person ? person->last_name : labels[year->whose]),
        [YEAR_FIRST_NAME] = text(person ? person->first_name : ""),
        [YEAR_YEAR] = number(year->year),
        [YEAR_AS] = text(year->is_staff ? "staff" : "volunteer"),
    };
    set_months(year->seconds, cells + YEAR_MONTHS);
    return on_row(&telling, cells);
}

static enum rc on_mission(void *context, const struct register_mission_year *mission)
{
    static const char *const labels[] = {
        [REGISTER_NO_MISSION] = SAID("No shift"),
        [REGISTER_OTHER_MISSIONS] = SAID("Other tasks"),
        [REGISTER_SUMMED_MISSION] = SAID("Not known any more"),
    };
    struct telling telling = {context, WORKBOOK_MISSIONS};
    bool is_named = mission->what == REGISTER_MISSION;
    struct register_cell cells[REGISTER_COLUMNS_MAX] = {
        [MISSION_NOTE] = number(mission->what),
        [MISSION_MISSION] = text(is_named ? mission->mission : labels[mission->what]),
        [MISSION_YEAR] = number(mission->year),
    };
    set_months(mission->seconds, cells + MISSION_MONTHS);
    return on_row(&telling, cells);
}

enum rc workbook_each(const struct register_source *source, const struct workbook_hearer *hearer)
{
    struct telling visits = {hearer, WORKBOOK_VISITS}, people = {hearer, WORKBOOK_PEOPLE};
    const struct register_hours_hearer sums = {(void *)hearer, on_year, on_mission};
    enum rc rc = register_each(REGISTER_VISITS, source, on_row, &visits);
    if (!rc)
        rc = register_each_hours(source, &sums);
    return rc ? rc : register_each(REGISTER_PEOPLE, source, on_row, &people);
}
