/* people_plan.c - who is new, changed, the same, refused. */
#include "app/exchange/people_i.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/utf8.h"

/* --- twice in the file --- */

/* What must be one person's only, with the row that has it. */
struct key {
    char text[sizeof((struct person *)0)->external_id];
    size_t row;
};

struct keys {
    struct key *rows;
    size_t count;
};

static int compare_keys(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static void add_key(struct keys *keys, const char *text, size_t row)
{
    struct key *key = &keys->rows[keys->count];
    if (!text[0])
        return;
    snprintf(key->text, sizeof key->text, "%s", text);
    key->row = row;
    keys->count++;
}

static void add_number(struct keys *keys, const struct people_row *row, size_t index)
{
    add_key(keys, row->person.number, index);
}

static void add_external_id(struct keys *keys, const struct people_row *row, size_t index)
{
    add_key(keys, row->person.external_id, index);
}

static void add_badges(struct keys *keys, const struct people_row *row, size_t index)
{
    struct badge forms[BADGE_FORMS_MAX];
    for (int i = 0; i < row->badge_count; i++)
        for (int k = badge_forms(&row->badges[i], forms) - 1; k >= 0; k--)
            add_key(keys, forms[k].text, index);
}

/* Who in the house that is, once looked up: two rows must not be the same person. */
static void add_person(struct keys *keys, const struct people_row *row, size_t index)
{
    char text[48] = "";
    if (!fact_id_is_none(row->person.id))
        snprintf(text, sizeof text, "%lld/%lld", (long long)row->person.id.station,
                 (long long)row->person.id.seq);
    add_key(keys, text, index);
}

struct kind {
    void (*add)(struct keys *keys, const struct people_row *row, size_t index);
    int per_row;
    const char *sentence; /* with the two lines */
};

static const struct kind kinds_in_file[] = {
    {add_number, 1,
     SAID("Lines %d and %d have the same member number; a number belongs to one person only.")},
    {add_external_id, 1,
     SAID("Lines %d and %d have the same external id; it belongs to one person only.")},
    {add_badges, PEOPLE_BADGES_MAX *BADGE_FORMS_MAX,
     SAID("Lines %d and %d have the same badge; a badge belongs to one person only.")},
};

static const struct kind kind_in_house = {
    add_person, 1, SAID("Lines %d and %d are about the same person, and do not say the same.")};

static bool is_same_row(const struct people_row *a, const struct people_row *b)
{
    if (a->is_unreadable || b->is_unreadable || a->badge_count != b->badge_count)
        return false;
    for (int i = 0; i < a->badge_count; i++)
        if (strcmp(a->badges[i].text, b->badges[i].text) != 0)
            return false;
    for (int i = 0; i < person_field_count; i++)
        if (strcmp(person_text_const(&a->person, i), person_text_const(&b->person, i)) != 0)
            return false;
    return true;
}

static void pass_over(struct people_row *row, int line)
{
    row->verdict = PEOPLE_SAME;
    row->same_as_line = line;
    people_say(&row->reason, SAID("Line %d says the same."), line);
}

/* Rows `first` to `last` of the keys share one. */
static void judge_group(struct people *people, const struct kind *kind, const struct key *first,
                        const struct key *last)
{
    struct people_row *one = &people->rows[first->row], *two = &people->rows[last->row];
    bool is_same = true;
    if (one == two)
        return;
    for (const struct key *key = first + 1; key <= last; key++)
        is_same = is_same && is_same_row(one, &people->rows[key->row]);
    for (const struct key *key = first; key <= last; key++) {
        struct people_row *row = &people->rows[key->row];
        if (!is_same)
            people_refuse(row, kind->sentence, one->line, row == one ? two->line : row->line);
        else if (row != one)
            pass_over(row, one->line);
    }
}

static enum rc judge_doubles(struct people *people, const struct kind *kind)
{
    struct keys keys = {.rows = calloc(people->count, sizeof(struct key) * (size_t)kind->per_row)};
    if (!keys.rows)
        return RC_NO_MEMORY;
    for (size_t i = 0; i < people->count; i++)
        if (!people->rows[i].same_as_line)
            kind->add(&keys, &people->rows[i], i);
    qsort(keys.rows, keys.count, sizeof *keys.rows, compare_keys);
    for (size_t first = 0, last; first < keys.count; first = last + 1) {
        last = first;
        while (last + 1 < keys.count &&
               strcmp(keys.rows[first].text, keys.rows[last + 1].text) == 0)
            last++;
        judge_group(people, kind, &keys.rows[first], &keys.rows[last]);
    }
    hash_forget(keys.rows, keys.count * sizeof *keys.rows);
    free(keys.rows);
    return RC_OK;
}

/* --- against the house --- */

/* "Zoé D. (number 1001)". */
static void name_owner(const struct person *owner, char *out_name, size_t size)
{
    char name[100];
    person_display_name(owner, name, sizeof name);
    if (owner->number[0])
        snprintf(out_name, size, "%s (number %s)", name, owner->number);
    else
        snprintf(out_name, size, "%s", name);
}

static bool is_same_name(const struct person *a, const struct person *b)
{
    char x[200], y[200], whole[200];
    snprintf(whole, sizeof whole, "%s %s", a->first_name, a->last_name);
    utf8_fold(whole, x, sizeof x);
    snprintf(whole, sizeof whole, "%s %s", b->first_name, b->last_name);
    utf8_fold(whole, y, sizeof y);
    return strcmp(x, y) == 0;
}

/* Not "somebody else's": each key is the same, or one of the two has none. */
static bool has_no_other_key(const struct person *a, const struct person *b)
{
    return (!a->number[0] || !b->number[0] || strcmp(a->number, b->number) == 0) &&
           (!a->external_id[0] || !b->external_id[0] ||
            strcmp(a->external_id, b->external_id) == 0);
}

/* Whoever has the badge under any of its writings. */
static enum rc find_owner(const struct people_lookup *lookup, const struct badge *badge,
                          struct person *out_owner, bool *out_is_withdrawn)
{
    struct badge forms[BADGE_FORMS_MAX];
    struct fact_id id;
    int count = badge_forms(badge, forms);
    enum rc rc = RC_EMPTY;
    for (int i = 0; rc == RC_EMPTY && i < count; i++) {
        struct badge_hash hash = badge_hash(&forms[i], lookup->badge_key);
        rc = lookup->badge(lookup->context, &hash, &id, out_is_withdrawn);
    }
    return rc ? rc : lookup->person(lookup->context, id, out_owner);
}

static enum rc find_by_badge(const struct people_lookup *lookup, const struct people_row *row,
                             struct person *out_person)
{
    for (int i = 0; i < row->badge_count; i++) {
        struct person owner;
        bool is_withdrawn;
        enum rc rc = find_owner(lookup, &row->badges[i], &owner, &is_withdrawn);
        if (rc && rc != RC_EMPTY)
            return rc;
        if (rc || is_withdrawn || !is_same_name(&owner, &row->person) ||
            !has_no_other_key(&owner, &row->person))
            continue;
        *out_person = owner;
        return RC_OK;
    }
    return RC_EMPTY;
}

/* Who of the house the row is about; RC_EMPTY for nobody yet, RC_REFUSED if it is about two. */
static enum rc find_person(const struct people_lookup *lookup, struct people_row *row,
                           struct person *out_person)
{
    struct person by_number, by_id;
    const struct person *person = &row->person;
    enum rc number = RC_EMPTY, id = RC_EMPTY;
    if (person->number[0])
        number = lookup->number(lookup->context, person->number, &by_number);
    if (person->external_id[0])
        id = lookup->external_id(lookup->context, person->external_id, &by_id);
    if ((number && number != RC_EMPTY) || (id && id != RC_EMPTY))
        return number && number != RC_EMPTY ? number : id;
    if (!number && !id && !fact_id_is_same(by_number.id, by_id.id)) {
        char name[160];
        name_owner(&by_id, name, sizeof name);
        people_refuse(row,
                      SAID("The member number is one person's and the external id another's, %s."),
                      name);
        return RC_REFUSED;
    }
    if (number && id)
        return find_by_badge(lookup, row, out_person);
    *out_person = number ? by_id : by_number;
    return RC_OK;
}

/* Marks the badges to give; refuses the row for one that it cannot have. */
static enum rc judge_badges(const struct people_lookup *lookup, struct people_row *row)
{
    for (int i = 0; i < row->badge_count; i++) {
        struct person owner;
        bool is_withdrawn = false;
        char name[160];
        enum rc rc = find_owner(lookup, &row->badges[i], &owner, &is_withdrawn);
        if (rc == RC_EMPTY) {
            row->new_badges |= 1u << i;
            continue;
        }
        if (rc)
            return rc;
        name_owner(&owner, name, sizeof name);
        if (is_withdrawn)
            people_refuse(row,
                          SAID("This badge of %s was withdrawn, as lost or given back. Take it out "
                               "of the list, or give it again by hand."),
                          name);
        else if (!fact_id_is_same(owner.id, row->person.id))
            people_refuse(row, SAID("This badge is somebody else's already: %s."), name);
    }
    return RC_OK;
}

static void compare_fields(const struct person *before, struct people_row *row)
{
    for (int i = 0; i < person_field_count; i++) {
        const char *text = person_text_const(&row->person, i);
        if (text[0] && strcmp(text, person_text_const(before, i)) != 0)
            row->changed |= 1u << i;
    }
}

static enum rc judge_row(const struct people_lookup *lookup, struct people_row *row)
{
    struct person before;
    enum rc rc = find_person(lookup, row, &before);
    if (rc == RC_REFUSED)
        return RC_OK;
    if (rc && rc != RC_EMPTY)
        return rc;
    bool is_known = !rc;
    if (is_known) {
        row->person.id = before.id;
        compare_fields(&before, row);
    }
    rc = judge_badges(lookup, row);
    if (!rc && row->verdict != PEOPLE_REFUSED && is_known)
        row->verdict = row->changed || row->new_badges ? PEOPLE_CHANGED : PEOPLE_SAME;
    return rc;
}

static void reset_row(struct people_row *row)
{
    row->person.id = (struct fact_id){0, 0};
    row->changed = row->new_badges = 0;
    row->same_as_line = 0;
    free(row->note);
    row->note = NULL;
    if (row->is_unreadable)
        return;
    row->verdict = PEOPLE_NEW;
    free(row->reason);
    row->reason = NULL;
}

static enum rc judge_rows(struct people *people, const struct people_lookup *lookup)
{
    enum rc rc = RC_OK;
    if (people->is_of_baskets)
        return people_judge_baskets(people, lookup);
    for (size_t i = 0; !rc && i < people->count; i++)
        if (people->rows[i].verdict == PEOPLE_NEW)
            rc = judge_row(lookup, &people->rows[i]);
    return rc;
}

enum rc people_plan(struct people *people, const struct people_lookup *lookup)
{
    enum rc rc = RC_OK;
    people->count = people->read;
    for (size_t i = 0; i < people->count; i++)
        reset_row(&people->rows[i]);
    for (size_t i = 0; !rc && i < sizeof kinds_in_file / sizeof kinds_in_file[0]; i++)
        rc = judge_doubles(people, &kinds_in_file[i]);
    if (!rc)
        rc = judge_rows(people, lookup);
    if (!rc)
        rc = judge_doubles(people, &kind_in_house);
    for (size_t i = 0; !rc && i < people->count; i++)
        if (people->rows[i].verdict == PEOPLE_REFUSED)
            people->rows[i].changed = people->rows[i].new_badges = 0;
    return rc || !people->is_of_baskets ? rc : people_end_baskets(people, lookup);
}
