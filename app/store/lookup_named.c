#include "app/store/lookup_named.h"

#include <stdio.h>
#include <string.h>

#include "app/domain/name_match.h"
#include "app/store/lookup.h"

#define NAMED_MAX 4

/* Who could be meant, the first so many of them, sorted. */
struct found {
    struct person people[NAMED_MAX];
    int count;
};

struct search {
    struct name_match_parts parts;
    struct found whole, part;
};

void lookup_named_handle(const struct person *person, char out_text[LOOKUP_NAMED_HANDLE_BYTES])
{
    _Static_assert(sizeof person->number <= LOOKUP_NAMED_HANDLE_BYTES, "either fits");
    if (person->number[0])
        snprintf(out_text, LOOKUP_NAMED_HANDLE_BYTES, "%s", person->number);
    else
        fact_id_write(person->id, out_text);
}

/* As lists of names are sorted. */
static int compare(const struct person *left, const struct person *right)
{
    char filed[2][sizeof left->last_name];
    const char *const names[][2] = {{left->last_name, right->last_name},
                                    {left->first_name, right->first_name}};
    int order = 0;
    for (int i = 0; !order && i < 2; i++) {
        person_file_name(names[i][0], filed[0], sizeof filed[0]);
        person_file_name(names[i][1], filed[1], sizeof filed[1]);
        order = strcmp(filed[0], filed[1]);
    }
    return order;
}

static void add(struct found *found, const struct person *person)
{
    int at = found->count < NAMED_MAX ? found->count : NAMED_MAX;
    found->count++;
    for (; at > 0 && compare(person, &found->people[at - 1]) < 0; at--)
        if (at < NAMED_MAX)
            found->people[at] = found->people[at - 1];
    if (at < NAMED_MAX)
        found->people[at] = *person;
}

static enum rc search_one(void *context, const struct person *person)
{
    struct search *search = context;
    if (name_match_is(&search->parts, person))
        add(&search->whole, person);
    else if (name_match_has(&search->parts, person))
        add(&search->part, person);
    return RC_OK;
}

static void refuse(const struct found *found, const char *words, bool is_whole,
                   struct reason *out_reason)
{
    char list[270] = "", handle[LOOKUP_NAMED_HANDLE_BYTES];
    int used = 0;
    for (int i = 0; i < found->count && i < NAMED_MAX && used < (int)sizeof list; i++) {
        const struct person *person = &found->people[i];
        lookup_named_handle(person, handle);
        used += snprintf(list + used, sizeof list - (size_t)used, "%s%.24s %.24s (%s)",
                         i ? ", " : "", person->first_name, person->last_name, handle);
    }
    reason_set(out_reason,
               is_whole ? "%d people are called %.30s: %s%s; say the number or id in brackets"
                        : "it could be %d people whose name has %.30s in it: %s%s; say a whole "
                          "name, or what is in brackets",
               found->count, words, list, found->count > NAMED_MAX ? ", ..." : "");
}

static enum rc choose(struct db *db, struct search *search, const char *words,
                      struct person *out_person, struct reason *out_reason)
{
    if (search->whole.count == 1)
        return lookup_person(db, search->whole.people[0].id, out_person);
    if (search->whole.count || search->part.count) {
        bool is_whole = search->whole.count > 0;
        refuse(is_whole ? &search->whole : &search->part, words, is_whole, out_reason);
        return is_whole ? RC_REFUSED : RC_NOT_FOUND;
    }
    reason_set(out_reason, "nobody is called %.60s: perron people list shows whom the house knows",
               words);
    return RC_NOT_FOUND;
}

static bool is_number(const char *words)
{
    return words[strspn(words, "0123456789 .-/")] == 0;
}

enum rc lookup_named(struct db *db, const char *words, struct person *out_person,
                     struct reason *out_reason)
{
    struct search search = {.whole = {.count = 0}};
    struct fact_id id;
    enum rc rc = lookup_number(db, words, out_person);
    if (rc == RC_EMPTY && fact_id_read(words, &id))
        rc = lookup_person(db, id, out_person);
    if (rc != RC_EMPTY)
        return rc ? db_tell(rc, db, out_reason) : RC_OK;
    if (is_number(words) || fact_id_read(words, &id) || !name_match_cut(&search.parts, words)) {
        reason_set(out_reason, "nobody has the number %.40s", words);
        return RC_NOT_FOUND;
    }
    rc = lookup_names(db, search_one, &search);
    if (rc)
        return db_tell(rc, db, out_reason);
    return choose(db, &search, words, out_person, out_reason);
}
