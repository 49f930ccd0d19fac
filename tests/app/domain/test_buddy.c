#include "app/domain/buddy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/random.h"

#define NEWCOMER ((struct fact_id){1, 100})
#define LOAD_MAX 3

static struct buddy buddy(int seq, enum language language, int load, int64_t asked_ms)
{
    return (struct buddy){
        .person = {1, seq}, .language = language, .load = load, .asked_ms = asked_ms};
}

static size_t choose(struct buddy *buddies, size_t count, const struct newcomer *newcomer)
{
    return buddy_choose(buddies, count, newcomer, NEWCOMER, LANGUAGE_NL, LOAD_MAX);
}

static void language_comes_first_then_load_then_who_was_asked_longest_ago_then_age(void **state)
{
    struct buddy buddies[] = {
        buddy(6, LANGUAGE_FR, 0, 0), buddy(5, LANGUAGE_NL, 2, 0), buddy(4, LANGUAGE_NL, 1, 9),
        buddy(3, LANGUAGE_NL, 1, 8), buddy(2, LANGUAGE_NL, 1, 0), buddy(1, LANGUAGE_NL, 1, 0),
    };
    static const int order[] = {1, 2, 3, 4, 5, 6};
    const struct newcomer newcomer = {.has_begun = true};
    (void)state;
    assert_int_equal(choose(buddies, 6, &newcomer), 6);
    for (int i = 0; i < 6; i++)
        assert_int_equal(buddies[i].person.seq, order[i]);
}

static void nobody_is_asked_who_could_not_or_has_enough_and_never_the_newcomer(void **state)
{
    struct buddy buddies[] = {
        buddy(100, LANGUAGE_NL, 0, 0),
        buddy(1, LANGUAGE_NL, LOAD_MAX, 0),
        buddy(2, LANGUAGE_NL, 0, 0),
        buddy(3, LANGUAGE_EN, LOAD_MAX - 1, 0),
        buddy(4, LANGUAGE_NL, LOAD_MAX + 1, 0),
    };
    const struct newcomer newcomer = {.passed = {{1, 2}, {1, 3}}, .passed_count = 1};
    (void)state;
    assert_int_equal(choose(buddies, 5, &newcomer), 1);
    assert_int_equal(buddies[0].person.seq, 3);
}

static void where_nobody_can_nobody_is_chosen(void **state)
{
    struct buddy one = buddy(1, LANGUAGE_NL, 0, 0);
    const struct newcomer newcomer = {.has_begun = true};
    (void)state;
    assert_int_equal(choose(NULL, 0, &newcomer), 0);
    assert_int_equal(buddy_choose(&one, 1, &newcomer, NEWCOMER, LANGUAGE_NL, 0), 0);
    assert_int_equal(buddy_choose(&one, 1, &newcomer, NEWCOMER, LANGUAGE_NL, 1), 1);
}

/* --- any house --- */

#define PEOPLE 20

static void draw(struct random *random, struct buddy *buddies, struct newcomer *newcomer)
{
    for (int i = 0; i < PEOPLE; i++)
        buddies[i] = buddy(96 + i, (enum language)random_below(random, LANGUAGE_COUNT),
                           (int)random_below(random, LOAD_MAX + 2), random_below(random, 3));
    *newcomer = (struct newcomer){.passed_count = (int)random_below(random, NEWCOMER_PASSED_MAX)};
    for (int i = 0; i < newcomer->passed_count; i++)
        newcomer->passed[i] = (struct fact_id){1, 96 + (int)random_below(random, PEOPLE)};
}

static void shuffle(struct random *random, struct buddy *buddies)
{
    for (unsigned i = PEOPLE - 1; i > 0; i--) {
        unsigned at = random_below(random, i + 1);
        struct buddy kept = buddies[i];
        buddies[i] = buddies[at];
        buddies[at] = kept;
    }
}

static bool can(const struct buddy *one, const struct newcomer *newcomer)
{
    for (int i = 0; i < newcomer->passed_count; i++)
        if (fact_id_is_same(newcomer->passed[i], one->person))
            return false;
    return one->load < LOAD_MAX && !fact_id_is_same(one->person, NEWCOMER);
}

static void the_same_people_in_any_order_are_chosen_the_same(void **state)
{
    struct random random = random_for_test("buddy");
    int left_out = 0;
    (void)state;
    for (int round = 0; round < 500; round++) {
        struct buddy one[PEOPLE], other[PEOPLE];
        struct newcomer newcomer;
        size_t able = 0;
        draw(&random, one, &newcomer);
        memcpy(other, one, sizeof one);
        shuffle(&random, other);
        for (int i = 0; i < PEOPLE; i++)
            able += can(&one[i], &newcomer);
        assert_int_equal(choose(one, PEOPLE, &newcomer), able);
        assert_int_equal(choose(other, PEOPLE, &newcomer), able);
        for (size_t i = 0; i < able; i++) {
            assert_true(can(&one[i], &newcomer));
            assert_true(fact_id_is_same(one[i].person, other[i].person));
        }
        left_out += PEOPLE - (int)able;
    }
    assert_true(left_out > 500); /* control: there was somebody to leave out */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(language_comes_first_then_load_then_who_was_asked_longest_ago_then_age),
        cmocka_unit_test(nobody_is_asked_who_could_not_or_has_enough_and_never_the_newcomer),
        cmocka_unit_test(where_nobody_can_nobody_is_chosen),
        cmocka_unit_test(the_same_people_in_any_order_are_chosen_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
