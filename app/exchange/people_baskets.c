/* people_baskets.c - a list of baskets against the house: who that is, what changes, whose ends. */
#include "app/exchange/people_i.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/basket.h"
#include "firmware/base/utf8.h"

#define NAME_BYTES 200
#define SHOWN 60

static const unsigned basket_fields =
    1u << PERSON_BASKET | 1u << PERSON_BASKET_PAUSES | 1u << PERSON_BASKET_FETCHERS;

/* --- the house by name --- */

/* Somebody of the house under one of the two orders of their name. */
struct called {
    char name[NAME_BYTES]; /* folded */
    struct fact_id id;
};

struct house {
    struct called *called;
    size_t count, capacity;
};

static int compare_called(const void *a, const void *b)
{
    return strcmp(((const struct called *)a)->name, ((const struct called *)b)->name);
}

static enum rc add_called(struct house *house, const char *first, const char *last,
                          struct fact_id id)
{
    char name[NAME_BYTES];
    if (house->count == house->capacity) {
        size_t capacity = house->capacity ? 2 * house->capacity : 256;
        struct called *called = calloc(capacity, sizeof *called);
        if (!called)
            return RC_NO_MEMORY;
        if (house->count)
            memcpy(called, house->called, house->count * sizeof *called);
        free(house->called);
        house->called = called;
        house->capacity = capacity;
    }
    snprintf(name, sizeof name, "%s%s%s", first, first[0] && last[0] ? " " : "", last);
    utf8_fold(name, house->called[house->count].name, NAME_BYTES);
    house->called[house->count++].id = id;
    return RC_OK;
}

static enum rc add_person(void *of_row, const struct person *person)
{
    struct house *house = of_row;
    enum rc rc = add_called(house, person->first_name, person->last_name, person->id);
    return rc || !person->last_name[0]
               ? rc
               : add_called(house, person->last_name, person->first_name, person->id);
}

/* RC_EMPTY: nobody; RC_REFUSED: several people. */
static enum rc find_called(const struct house *house, const char *name, struct fact_id *out_id)
{
    struct called wanted = {.name = ""};
    utf8_fold(name, wanted.name, sizeof wanted.name);
    const struct called *found =
        house->count ? bsearch(&wanted, house->called, house->count, sizeof *found, compare_called)
                     : NULL;
    if (!found || !wanted.name[0])
        return RC_EMPTY;
    const struct called *end = house->called + house->count;
    while (found > house->called && !compare_called(found - 1, found))
        found--;
    *out_id = found->id;
    for (; found < end && !compare_called(found, &wanted); found++)
        if (!fact_id_is_same(found->id, *out_id))
            return RC_REFUSED;
    return RC_OK;
}

/* --- whose basket --- */

static enum rc find_named(const struct people_lookup *lookup, const struct house *house,
                          struct people_row *row, struct person *out_person)
{
    char name[NAME_BYTES];
    struct fact_id id;
    const struct person *person = &row->person;
    snprintf(name, sizeof name, "%s%s%s", person->first_name,
             person->first_name[0] && person->last_name[0] ? " " : "", person->last_name);
    enum rc rc = find_called(house, name, &id);
    if (rc == RC_EMPTY)
        people_refuse(row, SAID("Nobody in the house is called %.*s."), (int)utf8_cut(name, SHOWN),
                      name);
    if (rc == RC_REFUSED)
        people_refuse(row, SAID("Several people are called %.*s; write the member number."),
                      (int)utf8_cut(name, SHOWN), name);
    return rc ? rc : lookup->person(lookup->context, id, out_person);
}

static enum rc find_owner(const struct people_lookup *lookup, const struct house *house,
                          struct people_row *row, struct person *out_person)
{
    const struct person *person = &row->person;
    if (person->number[0]) {
        enum rc rc = lookup->number(lookup->context, person->number, out_person);
        if (rc == RC_EMPTY)
            people_refuse(row, SAID("Nobody in the house has the member number %s."),
                          person->number);
        return rc;
    }
    if (!person->external_id[0])
        return find_named(lookup, house, row, out_person);
    enum rc rc = lookup->external_id(lookup->context, person->external_id, out_person);
    if (rc == RC_EMPTY)
        people_refuse(row, SAID("Nobody in the house has the external id %.*s."),
                      (int)utf8_cut(person->external_id, SHOWN), person->external_id);
    return rc;
}

/* --- what changes --- */

/* A name that nobody has, or two people, lets nobody fetch, or both: to be seen beforehand. */
static enum rc note_fetchers(const struct people_lookup *lookup, const struct house *house,
                             struct people_row *row)
{
    char name[BASKET_NAME_BYTES];
    const char *at = row->person.basket_fetchers;
    while (!row->note && basket_next_fetcher(&at, name)) {
        struct person person;
        struct fact_id id;
        enum rc rc = lookup->number(lookup->context, name, &person);
        if (rc == RC_EMPTY)
            rc = find_called(house, name, &id);
        if (rc && rc != RC_EMPTY && rc != RC_REFUSED)
            return rc;
        if (!rc)
            continue;
        people_say(&row->note,
                   rc == RC_EMPTY
                       ? SAID("nobody in the house is called %.*s")
                       : SAID("several people are called %.*s, and all of them may fetch it"),
                   (int)utf8_cut(name, SHOWN), name);
        if (!row->note)
            return RC_NO_MEMORY;
    }
    return RC_OK;
}

static void compare(const struct person *before, struct people_row *row)
{
    row->person.id = before->id;
    memcpy(row->person.first_name, before->first_name, sizeof before->first_name);
    memcpy(row->person.last_name, before->last_name, sizeof before->last_name);
    for (int i = 0; i < person_field_count; i++)
        if (basket_fields >> i & 1 &&
            strcmp(person_text_const(&row->person, i), person_text_const(before, i)) != 0)
            row->changed |= 1u << i;
    row->verdict = row->changed ? PEOPLE_CHANGED : PEOPLE_SAME;
}

static enum rc judge_row(const struct people_lookup *lookup, const struct house *house,
                         struct people_row *row)
{
    struct person before;
    enum rc rc = find_owner(lookup, house, row, &before);
    if (rc)
        return rc == RC_EMPTY || rc == RC_REFUSED ? RC_OK : rc;
    compare(&before, row);
    return note_fetchers(lookup, house, row);
}

enum rc people_judge_baskets(struct people *people, const struct people_lookup *lookup)
{
    struct house house = {.called = NULL};
    enum rc rc = lookup->each(lookup->context, add_person, &house);
    if (house.count)
        qsort(house.called, house.count, sizeof *house.called, compare_called);
    for (size_t i = 0; !rc && i < people->count; i++)
        if (people->rows[i].verdict == PEOPLE_NEW)
            rc = judge_row(lookup, &house, &people->rows[i]);
    free(house.called);
    return rc;
}

/* --- whose ends --- */

static int compare_ids(const void *a, const void *b)
{
    const struct fact_id *x = a, *y = b;
    if (x->station != y->station)
        return x->station < y->station ? -1 : 1;
    return (x->seq > y->seq) - (x->seq < y->seq);
}

struct ending {
    struct people *people;
    const struct fact_id *listed; /* in order */
    size_t count;
};

static enum rc end_basket(void *of_row, const struct person *person)
{
    struct ending *ending = of_row;
    if (!person->basket[0] ||
        bsearch(&person->id, ending->listed, ending->count, sizeof person->id, compare_ids))
        return RC_OK;
    struct people_row *row = people_add_row(ending->people);
    if (!row)
        return RC_NO_MEMORY;
    *row = (struct people_row){.person = *person, .verdict = PEOPLE_ENDED};
    for (int i = 0; i < person_field_count; i++)
        if (basket_fields >> i & 1 && person_text(&row->person, i)[0]) {
            row->changed |= 1u << i;
            person_text(&row->person, i)[0] = 0;
        }
    return RC_OK;
}

enum rc people_end_baskets(struct people *people, const struct people_lookup *lookup)
{
    if (people_count_plan(people).rows[PEOPLE_REFUSED])
        return RC_OK;
    struct fact_id *listed = calloc(people->read, sizeof *listed);
    if (!listed)
        return RC_NO_MEMORY;
    for (size_t i = 0; i < people->read; i++)
        listed[i] = people->rows[i].person.id;
    qsort(listed, people->read, sizeof *listed, compare_ids);
    struct ending ending = {people, listed, people->read};
    enum rc rc = lookup->each(lookup->context, end_basket, &ending);
    free(listed);
    return rc;
}
