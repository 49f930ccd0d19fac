/* Without memory an import says so and leaves nothing behind: the Nth allocation fails. */
#include "app/exchange/people.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int fails_at; /* counts down; 0: nothing fails */
static bool has_failed;

static bool is_failing(void)
{
    if (fails_at == 0 || --fails_at > 0)
        return false;
    has_failed = true;
    return true;
}

/* All our own memory comes from calloc; Jansson's through its hook below. */
void *calloc(size_t count, size_t size)
{
    static void *(*real)(size_t, size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "calloc");
    return is_failing() ? NULL : real(count, size);
}

static void *json_memory(size_t size)
{
    return is_failing() ? NULL : malloc(size);
}

static const uint8_t key[HASH_KEY_BYTES] = {7};

static enum rc nobody(void *context, const char *text, struct person *out_person)
{
    (void)context, (void)text, (void)out_person;
    return RC_EMPTY;
}

static enum rc no_person(void *context, struct fact_id id, struct person *out_person)
{
    (void)context, (void)id, (void)out_person;
    return RC_EMPTY;
}

static enum rc no_badge(void *context, const struct badge_hash *hash, struct fact_id *out_person,
                        bool *out_is_withdrawn)
{
    (void)context, (void)hash, (void)out_person, (void)out_is_withdrawn;
    return RC_EMPTY;
}

static enum rc append(void *context, enum fact_kind kind, struct fact_id subject, json_t *body,
                      struct fact_id *out_id)
{
    int *facts = context;
    (void)kind, (void)subject;
    if (!body)
        return RC_NO_MEMORY;
    json_decref(body);
    *out_id = (struct fact_id){1, ++*facts};
    return RC_OK;
}

static const char list[] = "number;first name;badge;x\n1;Zoé;04A1B2C3;\n2;Jef;FDE6F1C2;\n"
                           "3;Jef;nope;\n";

static const char baskets[] = "number;name;size;pauses;fetchers\n1;;small;20/12/2026;Jef\n"
                              ";Zoé Dubois;large;;1\n";

static const struct person zoe = {.id = {1, 1}, .first_name = "Zoé", .last_name = "Dubois"},
                           ada = {.id = {1, 2}, .first_name = "Ada", .basket = "small"};

static enum rc find_ada(void *context, const char *text, struct person *out_person)
{
    (void)context, (void)text;
    *out_person = ada;
    return RC_OK;
}

static enum rc find_zoe(void *context, struct fact_id id, struct person *out_person)
{
    (void)context, (void)id;
    *out_person = zoe;
    return RC_OK;
}

static enum rc each(void *context, enum rc (*row)(void *of_row, const struct person *person),
                    void *of_row)
{
    (void)context;
    const struct person other = {.id = {1, 3}, .first_name = "Omar", .basket = "small"};
    enum rc rc = row(of_row, &zoe);
    return rc ? rc : row(of_row, &other);
}

static const struct people_lookup nothing = {NULL, key, nobody, nobody, no_person, no_badge, each};
static const struct people_lookup house = {NULL, key, find_ada, find_ada, find_zoe, no_badge, each};

struct taking {
    enum rc (*read)(const char *bytes, size_t length, struct people **out_people,
                    struct reason *out_reason);
    const char *list;
    const struct people_lookup *lookup;
    int facts;
};

static const struct taking takings[] = {{people_read, list, &nothing, 4},
                                        {people_read_baskets, baskets, &house, 3}};

static enum rc import(const struct taking *taking, int *facts)
{
    struct people *people = NULL;
    struct reason reason = {.text = ""};
    enum rc rc = taking->read(taking->list, strlen(taking->list), &people, &reason);
    if (rc) {
        assert_null(people);
        assert_non_null(strstr(reason.text, "memory"));
        return rc;
    }
    rc = people_plan(people, taking->lookup);
    if (!rc) {
        json_t *preview = people_preview_json(people);
        rc = preview ? RC_OK : RC_NO_MEMORY;
        json_decref(preview);
    }
    struct people_journal journal = {facts, append};
    if (!rc)
        rc = people_facts(people, key, "k1", &journal);
    people_close(people);
    return rc;
}

static void an_import_without_memory_says_so(void **state)
{
    const struct taking *taking = *state;
    for (int nth = 1;; nth++) {
        int facts = 0;
        has_failed = false;
        fails_at = nth;
        enum rc rc = import(taking, &facts);
        fails_at = 0;
        if (!has_failed) {
            assert_int_equal(rc, RC_OK);
            assert_int_equal(facts, taking->facts);
            assert_true(nth > 40);
            return;
        }
        assert_int_equal(rc, RC_NO_MEMORY);
    }
}

static int setup(void **state)
{
    (void)state;
    json_set_alloc_funcs(json_memory, free);
    return hash_init();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(an_import_without_memory_says_so, (void *)&takings[0]),
        cmocka_unit_test_prestate(an_import_without_memory_says_so, (void *)&takings[1]),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
