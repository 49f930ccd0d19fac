/* Rows into sheets. */
#include "app/exchange/workbook_i.h"

struct filling {
    struct workbook *workbook;
    int table; /* that is open; -1: none yet, WORKBOOK_TABLES: all are done */
    struct workbook_sheet sheet;
};

/* Ends and begins tables up to this one; those without rows have a sheet, too. */
static enum rc go_to(struct filling *filling, int table)
{
    enum rc rc = RC_OK;
    while (!rc && filling->table < table) {
        if (filling->table >= 0)
            rc = workbook_end_table(&filling->sheet);
        filling->table++;
        if (!rc && filling->table < WORKBOOK_TABLES)
            rc = workbook_begin_table(filling->workbook, (enum workbook_table)filling->table,
                                      &filling->sheet);
    }
    return rc;
}

static enum rc put(void *context, enum workbook_table table, const struct register_cell *cells)
{
    struct filling *filling = context;
    enum rc rc = go_to(filling, table);
    return rc ? rc : workbook_put_row(&filling->sheet, cells);
}

enum rc workbook_fill(struct workbook *workbook)
{
    struct filling filling = {.workbook = workbook, .table = -1};
    const struct workbook_hearer hearer = {&filling, put};
    enum rc rc = workbook_each(workbook->source, &hearer);
    return rc ? rc : go_to(&filling, WORKBOOK_TABLES);
}
