/* calendar_strays.c - what the house has from a calendar, and the calendar has no longer. */
#include "app/exchange/calendar_i.h"

#include <stdlib.h>
#include <string.h>

#include "app/exchange/wall.h"

static int compare_names(const char *uid, const char *instance, const struct calendar_row *row)
{
    int order = strcmp(uid, row->uid);
    return order ? order : strcmp(instance, row->instance);
}

static int compare_order(const void *a, const void *b, void *context)
{
    const struct calendar *calendar = context;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    int order =
        compare_names(calendar->rows[x].uid, calendar->rows[x].instance, &calendar->rows[y]);
    return order ? order : (x > y) - (x < y);
}

size_t *calendar_order(const struct calendar *calendar)
{
    size_t *order = calloc(calendar->read_count + 1, sizeof *order);
    for (size_t i = 0; order && i < calendar->read_count; i++)
        order[i] = i;
    if (order)
        qsort_r(order, calendar->read_count, sizeof *order, compare_order, (void *)calendar);
    return order;
}

/* The first row that does not come before that name. */
static size_t find_place(const struct calendar *calendar, const size_t *order, const char *uid,
                         const char *instance)
{
    size_t low = 0, high = calendar->read_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_names(uid, instance, &calendar->rows[order[middle]]) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t calendar_find_uid(const struct calendar *calendar, const size_t *order, const char *uid)
{
    size_t at = find_place(calendar, order, uid, "");
    bool is_there = at < calendar->read_count && strcmp(calendar->rows[order[at]].uid, uid) == 0;
    return is_there ? at : calendar->read_count;
}

/* --- what the house has --- */

struct finder {
    const struct calendar *calendar;
    const size_t *order;
    const char *source;
    int64_t now_ms;
    struct calendar_strays strays;
};

static bool is_in_file(const struct finder *finder, const struct occasion *occasion)
{
    const struct calendar *calendar = finder->calendar;
    size_t at = find_place(calendar, finder->order, occasion->uid, occasion->instance);
    return at < calendar->read_count && compare_names(occasion->uid, occasion->instance,
                                                      &calendar->rows[finder->order[at]]) == 0;
}

static enum rc add_stray(struct calendar_strays *strays, const struct occasion *occasion)
{
    if (strays->count == strays->capacity) {
        size_t capacity = strays->capacity ? strays->capacity * 2 : 64;
        struct calendar_row *rows = calloc(capacity, sizeof *rows);
        if (!rows)
            return RC_NO_MEMORY;
        if (strays->count)
            memcpy(rows, strays->rows, strays->count * sizeof *rows);
        free(strays->rows);
        strays->rows = rows;
        strays->capacity = capacity;
    }
    struct calendar_row *row = &strays->rows[strays->count++];
    *row = (struct calendar_row){.line = 0};
    return calendar_fill_row(row, occasion, NULL);
}

/* A table and an iCalendar file are never the same calendar. */
static bool is_of_table(const char *uid)
{
    return strncmp(uid, "csv:", 4) == 0;
}

/*
 * Of a house with several calendars all that came from this one may have gone from it; of another
 * one what has a uid of the file, which was imported under another name then.
 */
static bool is_of_file(const struct finder *finder, const struct occasion *occasion)
{
    const struct calendar *calendar = finder->calendar;
    return strcmp(occasion->source, finder->source) == 0 ||
           calendar_find_uid(calendar, finder->order, occasion->uid) < calendar->read_count;
}

static enum rc take(void *taker, const struct occasion *occasion)
{
    struct finder *finder = taker;
    if (!occasion->uid[0] || !is_of_file(finder, occasion) ||
        is_of_table(occasion->uid) != finder->calendar->is_csv ||
        occasion->state == OCCASION_CANCELLED || occasion->to_ms <= finder->now_ms ||
        is_in_file(finder, occasion))
        return RC_OK;
    return add_stray(&finder->strays, occasion);
}

static int compare_strays(const void *a, const void *b)
{
    const struct calendar_row *x = a, *y = b;
    int order = strcmp(x->uid, y->uid);
    return order ? order : (x->from_ms > y->from_ms) - (x->from_ms < y->from_ms);
}

enum rc calendar_find_strays(const struct calendar *calendar, const size_t *order,
                             const struct calendar_lookup *lookup, int64_t now_ms,
                             struct calendar_strays *out_strays)
{
    struct finder finder = {
        .calendar = calendar, .order = order, .source = lookup->source, .now_ms = now_ms};
    enum rc rc = lookup->each(lookup->context, now_ms, calendar->horizon.to_ms, take, &finder);
    if (rc && rc != RC_EMPTY) {
        calendar_close_strays(&finder.strays);
        return rc;
    }
    if (finder.strays.count)
        qsort(finder.strays.rows, finder.strays.count, sizeof *finder.strays.rows, compare_strays);
    *out_strays = finder.strays;
    return RC_OK;
}

void calendar_close_strays(struct calendar_strays *strays)
{
    for (size_t i = 0; i < strays->count; i++)
        calendar_finish_row(&strays->rows[i]);
    free(strays->rows);
    *strays = (struct calendar_strays){.rows = NULL};
}

struct calendar_row *calendar_take_stray(struct calendar_strays *strays,
                                         const struct calendar_row *row)
{
    size_t low = 0, high = strays->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(strays->rows[middle].uid, row->uid) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < strays->count && strcmp(strays->rows[low].uid, row->uid) == 0; low++) {
        struct calendar_row *stray = &strays->rows[low];
        if (!stray->is_excluded &&
            wall_date(wall_from_ms(stray->from_ms)) == wall_date(wall_from_ms(row->from_ms))) {
            stray->is_excluded = true;
            return stray;
        }
    }
    return NULL;
}
