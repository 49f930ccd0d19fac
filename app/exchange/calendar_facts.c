/* calendar_facts.c - the plan as facts. */
#include "app/exchange/calendar_i.h"

static enum rc append_new(const struct calendar_row *row, const struct calendar_journal *journal)
{
    const struct fact_id none = {0, 0};
    struct occasion occasion;
    struct fact_id id;
    calendar_row_occasion(row, &occasion);
    return journal->append(journal->context, FACT_OCCASION_ADDED, none, row->organisation,
                           occasion_to_json(&occasion), &id);
}

static enum rc append_change(const struct calendar_row *row, const struct calendar_journal *journal)
{
    struct fact_id id;
    return journal->append(journal->context, FACT_OCCASION_CHANGED, row->id, row->organisation,
                           json_incref(row->body), &id);
}

enum rc calendar_facts(const struct calendar *calendar, const struct calendar_journal *journal)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < calendar->count; i++) {
        const struct calendar_row *row = &calendar->rows[i];
        if (row->verdict == CALENDAR_NEW)
            rc = append_new(row, journal);
        else if (row->body)
            rc = append_change(row, journal);
    }
    return rc;
}
