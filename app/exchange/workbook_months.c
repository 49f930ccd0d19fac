/* Hours per month: a table with its sums, and a chart. */
#include <stdio.h>

#include "app/exchange/workbook_i.h"

#define COLUMNS 4 /* month, volunteers, staff, together */

static bool has_hours(const struct workbook *workbook, int month)
{
    return workbook->seconds[month][0] || workbook->seconds[month][1];
}

/* All months from the first with hours to the last, also those between without; false: none has. */
static bool find_months(const struct workbook *workbook, int *out_first, int *out_last)
{
    int first = 0, last = WORKBOOK_MONTHS - 1;
    while (first < WORKBOOK_MONTHS && !has_hours(workbook, first))
        first++;
    while (last >= first && !has_hours(workbook, last))
        last--;
    *out_first = first;
    *out_last = last;
    return first <= last;
}

static enum rc put_month(const struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row,
                         int month)
{
    const int64_t *seconds = workbook->seconds[month];
    lxw_format *length = workbook->formats[WORKBOOK_LENGTH];
    char sum[32];
    int64_t day = (REGISTER_FIRST_YEAR + month / 12) * 10000 + (month % 12 + 1) * 100 + 1;
    enum rc rc =
        workbook_put_number(sheet, row, 0, workbook_day(day), workbook->formats[WORKBOOK_MONTH]);
    for (int i = 0; !rc && i < 2; i++)
        rc = workbook_put_number(sheet, row, 1 + i, (double)seconds[i] / 86400, length);
    snprintf(sum, sizeof sum, "=SUM(B%d:C%d)", (int)row + 1, (int)row + 1);
    return rc ? rc : workbook_put_sum(sheet, row, 3, sum, seconds[0] + seconds[1], length);
}

static enum rc put_totals(const struct workbook *workbook, lxw_worksheet *sheet, int first,
                          int last)
{
    int64_t sums[COLUMNS - 1] = {0};
    int rows = last - first + 1;
    for (int month = first; month <= last; month++) {
        sums[0] += workbook->seconds[month][0];
        sums[1] += workbook->seconds[month][1];
    }
    sums[2] = sums[0] + sums[1];
    enum rc rc =
        workbook_put_text(sheet, (lxw_row_t)rows + 1, 0, workbook_say(workbook, SAID("Total")),
                          workbook->formats[WORKBOOK_TOTAL]);
    for (int i = 0; !rc && i < COLUMNS - 1; i++) {
        char sum[32];
        snprintf(sum, sizeof sum, "=SUM(%c2:%c%d)", 'B' + i, 'B' + i, rows + 1);
        rc = workbook_put_sum(sheet, (lxw_row_t)rows + 1, 1 + i, sum, sums[i],
                              workbook->formats[WORKBOOK_TOTAL_LENGTH]);
    }
    return rc;
}

static enum rc add_chart(const struct workbook *workbook, lxw_worksheet *sheet, const char *name,
                         int rows)
{
    static const char *const series[] = {SAID("Volunteers"), SAID("Staff")};
    lxw_chart *chart = workbook_add_chart(workbook->book, LXW_CHART_COLUMN_STACKED);
    if (!chart)
        return RC_NO_MEMORY;
    for (int i = 0; i < 2; i++) {
        lxw_chart_series *added = chart_add_series(chart, NULL, NULL);
        if (!added)
            return RC_NO_MEMORY;
        chart_series_set_categories(added, name, 1, 0, (lxw_row_t)rows, 0);
        chart_series_set_values(added, name, 1, (lxw_col_t)(1 + i), (lxw_row_t)rows,
                                (lxw_col_t)(1 + i));
        chart_series_set_name(added, workbook_say(workbook, series[i]));
    }
    chart_title_set_name(chart, name);
    chart_axis_set_num_format(chart->x_axis, "yyyy-mm");
    chart_axis_set_num_format(chart->y_axis, "[h]");
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    return workbook_rc(worksheet_insert_chart(sheet, 1, COLUMNS + 1, chart));
}

static enum rc put_headings(const struct workbook *workbook, lxw_worksheet *sheet)
{
    static const char *const headings[COLUMNS] = {SAID("Month"), SAID("Volunteers"), SAID("Staff"),
                                                  SAID("Together")};
    enum rc rc = workbook_rc(worksheet_set_column(sheet, 0, COLUMNS - 1, 14, NULL));
    for (int i = 0; !rc && i < COLUMNS; i++)
        rc = workbook_put_text(sheet, 0, i, workbook_say(workbook, headings[i]),
                               workbook->formats[WORKBOOK_HEADING]);
    return rc;
}

enum rc workbook_add_months(struct workbook *workbook)
{
    const char *name = workbook_say(workbook, SAID("Hours per month"));
    lxw_worksheet *sheet;
    int first, last;
    bool has_any = find_months(workbook, &first, &last);
    enum rc rc = workbook_add_sheet(workbook, name, &sheet);
    if (!rc)
        rc = put_headings(workbook, sheet);
    for (int month = first; !rc && month <= last; month++)
        rc = put_month(workbook, sheet, (lxw_row_t)(month - first + 1), month);
    if (!rc && has_any)
        rc = put_totals(workbook, sheet, first, last);
    if (!rc && has_any)
        rc = add_chart(workbook, sheet, name, last - first + 1);
    return rc ? rc : workbook_pack_settle(workbook->pack);
}
