#include "app/domain/total.h"

#include <stdlib.h>
#include <string.h>

#include "app/domain/body.h"

struct total_part *total_part(struct total *total, struct fact_id organisation,
                              enum occasion_kind kind)
{
    for (int i = 0; i < total->part_count; i++)
        if (total->parts[i].kind == kind &&
            fact_id_is_same(total->parts[i].organisation, organisation))
            return &total->parts[i];
    if (total->part_count == TOTAL_PARTS_MAX)
        return &total->parts[TOTAL_PARTS_MAX - 1];
    struct total_part *part = &total->parts[total->part_count++];
    *part = (struct total_part){.organisation = organisation, .kind = kind};
    return part;
}

/* --- lists --- */

static bool is_alike(const struct total *a, const struct total *b)
{
    bool is = a->month == b->month && a->kind == b->kind && a->is_staff == b->is_staff &&
              (a->visits > 0) == (b->visits > 0) && a->part_count == b->part_count;
    for (int i = 0; is && i < a->part_count; i++)
        is = a->parts[i].kind == b->parts[i].kind &&
             fact_id_is_same(a->parts[i].organisation, b->parts[i].organisation);
    return is;
}

enum rc totals_append(struct totals *totals, const struct total *total)
{
    if (totals->count == totals->capacity) {
        size_t capacity = totals->capacity ? 2 * totals->capacity : 8;
        struct total *rows = realloc(totals->rows, capacity * sizeof *rows);
        if (!rows)
            return RC_NO_MEMORY;
        totals->rows = rows;
        totals->capacity = capacity;
    }
    totals->rows[totals->count++] = *total;
    return RC_OK;
}

enum rc totals_add(struct totals *totals, const struct total *total)
{
    size_t at = 0;
    while (at < totals->count && !is_alike(&totals->rows[at], total))
        at++;
    if (at == totals->count)
        return totals_append(totals, total);
    struct total *sum = &totals->rows[at];
    sum->visits += total->visits;
    sum->firsts += total->firsts;
    sum->guests += total->guests;
    sum->children += total->children;
    for (int i = 0; i < SIGN_UP_OUTCOMES; i++)
        sum->sign_ups[i] += total->sign_ups[i];
    for (int i = 0; i < DEED_COUNT; i++)
        sum->deeds[i] += total->deeds[i];
    for (int i = 0; i < sum->part_count; i++) {
        sum->parts[i].seconds += total->parts[i].seconds;
        sum->parts[i].assumed_s += total->parts[i].assumed_s;
    }
    return RC_OK;
}

bool totals_have_visits(const struct totals *totals)
{
    for (size_t i = 0; i < totals->count; i++)
        if (totals->rows[i].visits || !totals->rows[i].month)
            return true;
    return false;
}

static bool is_same_part(const struct total_part *a, const struct total_part *b)
{
    return fact_id_is_same(a->organisation, b->organisation) && a->kind == b->kind &&
           a->seconds == b->seconds && a->assumed_s == b->assumed_s;
}

static bool is_same(const struct total *a, const struct total *b)
{
    bool is = a->month == b->month && a->kind == b->kind && a->is_staff == b->is_staff &&
              a->visits == b->visits && a->firsts == b->firsts && a->guests == b->guests &&
              a->children == b->children && a->part_count == b->part_count &&
              memcmp(a->sign_ups, b->sign_ups, sizeof a->sign_ups) == 0 &&
              memcmp(a->deeds, b->deeds, sizeof a->deeds) == 0;
    for (int i = 0; is && i < a->part_count; i++)
        is = is_same_part(&a->parts[i], &b->parts[i]);
    return is;
}

bool totals_are_same(const struct totals *a, const struct totals *b)
{
    size_t at = 0;
    while (at < a->count && at < b->count && is_same(&a->rows[at], &b->rows[at]))
        at++;
    return at == a->count && at == b->count;
}

void totals_finish(struct totals *totals)
{
    free(totals->rows);
    *totals = (struct totals){.rows = NULL};
}

/* --- bodies --- */

/* So many that all of them together still fit. */
static int64_t read_number(const json_t *row, const char *name)
{
    int64_t number = 0;
    return body_take_number(row, name, 0, FACT_TIME_MAX_MS, &number) ? 0 : number;
}

static enum occasion_kind read_kind(const json_t *row)
{
    const char *name = json_text(row, "kind");
    enum occasion_kind kind = name ? occasion_kind_from_name(name) : OCCASION_OPEN_DAY;
    return kind < OCCASION_COUNT ? kind : OCCASION_WORKSHOP;
}

static void read_part(const json_t *row, struct total *total)
{
    struct total_part *part = total_part(total, body_id(row, "organisation"), read_kind(row));
    part->seconds += read_number(row, "seconds");
    part->assumed_s += read_number(row, "assumed_s");
}

static void read_sign_ups(const json_t *row, struct total *total)
{
    const json_t *list = json_object_get(row, "sign_ups");
    for (size_t i = 0; i < SIGN_UP_OUTCOMES; i++) {
        json_int_t number = json_integer_value(json_array_get(list, i));
        total->sign_ups[i] = number > 0 && number <= FACT_TIME_MAX_MS ? number : 0;
    }
}

static void read_deeds(const json_t *row, struct total *total)
{
    const json_t *deeds = json_object_get(row, "deeds");
    for (int kind = 0; kind < DEED_COUNT; kind++)
        total->deeds[kind] = read_number(deeds, deed_kind_name((enum deed_kind)kind));
}

static void read_total(const json_t *row, struct total *total)
{
    int64_t month = 0;
    const json_t *gave = json_object_get(row, "gave");
    bool is_month = !body_take_number(row, "month", 197001, 999912, &month);
    *total = (struct total){.month = is_month ? (int)month : 0,
                            .kind = read_kind(row),
                            .is_staff = json_is_true(json_object_get(row, "is_staff")),
                            .visits = read_number(row, "visits"),
                            .firsts = read_number(row, "firsts"),
                            .guests = read_number(row, "guests"),
                            .children = read_number(row, "children")};
    read_sign_ups(row, total);
    read_deeds(row, total);
    for (size_t i = 0; i < json_array_size(gave); i++)
        read_part(json_array_get(gave, i), total);
    if (!total->part_count)
        read_part(row, total);
}

enum rc totals_take(struct totals *totals, const json_t *body)
{
    const json_t *rows = json_object_get(body, "totals");
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < json_array_size(rows); i++) {
        struct total total;
        read_total(json_array_get(rows, i), &total);
        rc = totals_add(totals, &total);
    }
    return rc;
}

static bool put(json_t *row, const char *name, int64_t number)
{
    return !number || json_object_set_new(row, name, json_integer(number)) == 0;
}

static json_t *part_to_json(const struct total_part *part)
{
    json_t *row =
        json_pack("{s:[I,I],s:s,s:I}", "organisation", (json_int_t)part->organisation.station,
                  (json_int_t)part->organisation.seq, "kind", occasion_kind_name(part->kind),
                  "seconds", (json_int_t)part->seconds);
    if (row && put(row, "assumed_s", part->assumed_s))
        return row;
    json_decref(row);
    return NULL;
}

static bool put_sign_ups(json_t *row, const struct total *total)
{
    json_t *list = json_array();
    bool is_whole = list != NULL, has_any = false;
    for (int i = 0; i < SIGN_UP_OUTCOMES; i++) {
        has_any |= total->sign_ups[i] != 0;
        is_whole &= json_array_append_new(list, json_integer(total->sign_ups[i])) == 0;
    }
    if (is_whole && has_any)
        return json_object_set_new(row, "sign_ups", list) == 0;
    json_decref(list);
    return is_whole;
}

static bool put_deeds(json_t *row, const struct total *total)
{
    json_t *deeds = json_object();
    bool is_whole = deeds != NULL;
    for (int kind = 0; is_whole && kind < DEED_COUNT; kind++)
        is_whole = put(deeds, deed_kind_name((enum deed_kind)kind), total->deeds[kind]);
    if (is_whole && json_object_size(deeds))
        return json_object_set_new(row, "deeds", deeds) == 0;
    json_decref(deeds);
    return is_whole;
}

json_t *total_to_json(const struct total *total)
{
    json_t *gave = json_array();
    bool is_whole = gave != NULL;
    for (int i = 0; i < total->part_count; i++)
        is_whole &= json_array_append_new(gave, part_to_json(&total->parts[i])) == 0;
    json_t *row = json_pack("{s:s,s:I,s:o}", "kind", occasion_kind_name(total->kind), "visits",
                            (json_int_t)total->visits, "gave", gave);
    is_whole &= row && put(row, "month", total->month) && put(row, "firsts", total->firsts) &&
                put(row, "guests", total->guests) && put(row, "children", total->children) &&
                put_sign_ups(row, total) && put_deeds(row, total);
    if (is_whole && total->is_staff)
        is_whole = json_object_set_new(row, "is_staff", json_true()) == 0;
    if (is_whole)
        return row;
    json_decref(row);
    return NULL;
}
