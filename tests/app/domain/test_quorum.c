/* Votes in the house and votes that are carried, against the statutes. */
#include "app/domain/quorum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/random.h"

#define HERE true
#define AWAY false

static struct fact_id id(int number)
{
    return (struct fact_id){1, number};
}

static struct quorum_voter voter(int number, const char *college, int weight, bool is_here)
{
    struct quorum_voter voter = {.id = id(number), .weight = weight, .is_here = is_here};
    snprintf(voter.college, sizeof voter.college, "%s", college);
    return voter;
}

static struct quorum_statutes statutes(int percent, int proxies)
{
    struct quorum_statutes statutes = quorum_default();
    statutes.percent = percent;
    statutes.proxies = proxies;
    return statutes;
}

static struct quorum count(const struct quorum_statutes *by, struct quorum_voter *voters,
                           size_t voter_count, struct quorum_proxy *proxies, size_t proxy_count)
{
    struct quorum quorum;
    quorum_count(by, voters, voter_count, proxies, proxy_count, &quorum);
    return quorum;
}

static void who_has_a_vote_is_what_the_statutes_say(void **state)
{
    static const struct {
        enum quorum_voters voters;
        struct person person;
        bool has_vote;
    } rows[] = {
        {QUORUM_MEMBERS, {.number = "1001"}, true},
        {QUORUM_MEMBERS, {.first_name = "Passer-by", .college = "A", .shares = "3"}, false},
        {QUORUM_COLLEGES, {.number = "1001"}, false},
        {QUORUM_COLLEGES, {.college = "Producers"}, true},
        {QUORUM_HOLDERS, {.number = "1001", .shares = "0"}, false},
        {QUORUM_HOLDERS, {.shares = "12"}, true},
        {QUORUM_HOLDERS, {.shares = "many"}, false},
        {QUORUM_HOLDERS, {.shares = "-4"}, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct quorum_statutes by = quorum_default();
        by.voters = rows[i].voters;
        assert_int_equal(quorum_has_vote(&by, &rows[i].person), rows[i].has_vote);
    }
}

static void a_vote_weighs_one_or_as_many_as_its_shares(void **state)
{
    const struct person rich = {.shares = "250"}, poor = {.number = "1001"};
    struct quorum_statutes by = quorum_default();
    (void)state;
    assert_int_equal(quorum_weight(&by, &rich), 1);
    by.by = QUORUM_SHARES;
    assert_int_equal(quorum_weight(&by, &rich), 250);
    assert_int_equal(quorum_weight(&by, &poor), 0);
}

static void at_least_and_more_than_differ_where_it_comes_out_even(void **state)
{
    struct quorum_statutes by = quorum_default();
    (void)state;
    assert_int_equal(quorum_needed(&by, 62), 31);
    assert_int_equal(quorum_needed(&by, 61), 31);
    by.is_more_than = true;
    assert_int_equal(quorum_needed(&by, 62), 32);
    assert_int_equal(quorum_needed(&by, 61), 31);
    by.percent = 100;
    assert_int_equal(quorum_needed(&by, 62), 62);
    by.is_more_than = false;
    assert_int_equal(quorum_needed(&by, 62), 62);
    by.percent = 0;
    assert_int_equal(quorum_needed(&by, 62), 0);
    by.percent = 1;
    assert_int_equal(quorum_needed(&by, 62), 1);
}

static void an_assembly_without_a_vote_decides_nothing(void **state)
{
    const struct quorum_statutes none = statutes(0, 1), half = statutes(50, 1);
    struct quorum_proxy proxies[] = {{.giver = id(1), .holder = id(2)}};
    (void)state;
    assert_false(count(&none, NULL, 0, NULL, 0).all.is_reached);
    assert_false(count(&half, NULL, 0, proxies, 1).all.is_reached);
    assert_int_equal(proxies[0].fate, QUORUM_NO_VOTE);
}

static void where_nothing_is_needed_it_is_reached_with_nobody_there(void **state)
{
    const struct quorum_statutes by = statutes(0, 0);
    struct quorum_voter voters[] = {voter(1, "", 1, AWAY)};
    (void)state;
    assert_true(count(&by, voters, 1, NULL, 0).all.is_reached);
}

static void where_all_are_needed_one_who_stays_away_is_one_too_many(void **state)
{
    const struct quorum_statutes by = statutes(100, 1);
    struct quorum_voter voters[] = {voter(1, "", 1, HERE), voter(2, "", 1, AWAY)};
    struct quorum_proxy proxy = {.giver = id(2), .holder = id(1)};
    (void)state;
    assert_false(count(&by, voters, 2, NULL, 0).all.is_reached);
    assert_true(count(&by, voters, 2, &proxy, 1).all.is_reached);
}

static void a_proxy_is_not_handed_on(void **state)
{
    const struct quorum_statutes by = statutes(50, 5);
    struct quorum_voter voters[] = {voter(1, "", 1, AWAY), voter(2, "", 1, AWAY),
                                    voter(3, "", 1, HERE)};
    struct quorum_proxy proxies[] = {{.giver = id(1), .holder = id(2)},
                                     {.giver = id(2), .holder = id(3)}};
    (void)state;
    struct quorum quorum = count(&by, voters, 3, proxies, 2);
    assert_int_equal(proxies[0].fate, QUORUM_HOLDER_AWAY);
    assert_int_equal(proxies[1].fate, QUORUM_COUNTS);
    assert_int_equal(quorum.all.represented, 1);
    assert_int_equal(voters[2].carries, 1);
}

static void who_is_here_votes_alone_whatever_they_gave(void **state)
{
    const struct quorum_statutes by = statutes(50, 5);
    struct quorum_voter voters[] = {voter(1, "", 1, HERE), voter(2, "", 1, HERE)};
    struct quorum_proxy proxies[] = {{.giver = id(1), .holder = id(2)},
                                     {.giver = id(2), .holder = id(2)}};
    (void)state;
    struct quorum quorum = count(&by, voters, 2, proxies, 2);
    assert_int_equal(quorum.all.here, 2);
    assert_int_equal(quorum.all.represented, 0);
    assert_int_equal(proxies[0].fate, QUORUM_GIVER_HERE);
    assert_int_equal(proxies[1].fate, QUORUM_GIVER_HERE);
}

static void one_person_carries_as_many_as_the_statutes_allow_and_those_given_first(void **state)
{
    struct quorum_voter voters[] = {voter(1, "", 1, AWAY), voter(2, "", 1, AWAY),
                                    voter(3, "", 1, AWAY), voter(4, "", 1, HERE)};
    struct quorum_proxy proxies[] = {{.giver = id(3), .holder = id(4)},
                                     {.giver = id(1), .holder = id(4)},
                                     {.giver = id(2), .holder = id(4)}};
    (void)state;
    for (int limit = 0; limit <= 3; limit++) {
        const struct quorum_statutes by = statutes(50, limit);
        assert_int_equal(count(&by, voters, 4, proxies, 3).all.represented, limit);
        for (int i = 0; i < 3; i++)
            assert_int_equal(proxies[i].fate, i < limit ? QUORUM_COUNTS : QUORUM_HOLDER_FULL);
    }
}

static void a_vote_is_carried_once(void **state)
{
    const struct quorum_statutes by = statutes(50, 5);
    struct quorum_voter voters[] = {voter(1, "", 1, AWAY), voter(2, "", 1, HERE),
                                    voter(3, "", 1, HERE)};
    struct quorum_proxy proxies[] = {{.giver = id(1), .holder = id(2)},
                                     {.giver = id(1), .holder = id(3)}};
    (void)state;
    assert_int_equal(count(&by, voters, 3, proxies, 2).all.represented, 1);
    assert_int_equal(proxies[1].fate, QUORUM_GIVEN_TWICE);
}

static void each_college_reaches_it_by_itself_where_the_statutes_say_so(void **state)
{
    struct quorum_statutes by = statutes(50, 0);
    struct quorum_voter voters[] = {voter(1, "Producers", 1, AWAY), voter(2, "Eaters", 1, HERE),
                                    voter(3, "Eaters", 1, HERE), voter(4, "", 1, HERE)};
    (void)state;
    struct quorum quorum = count(&by, voters, 4, NULL, 0);
    assert_true(quorum.all.is_reached);
    assert_int_equal(quorum.college_count, 2);
    assert_string_equal(quorum.colleges[0].name, "Eaters");
    assert_true(quorum.colleges[0].part.is_reached);
    assert_false(quorum.colleges[1].part.is_reached);
    by.is_by_college = true;
    assert_false(count(&by, voters, 4, NULL, 0).all.is_reached);
    voters[0].is_here = true;
    assert_true(count(&by, voters, 4, NULL, 0).all.is_reached);
}

static void a_college_whose_votes_weigh_nothing_is_no_obstacle(void **state)
{
    struct quorum_statutes by = statutes(50, 0);
    struct quorum_voter voters[] = {voter(1, "Helpers", 0, AWAY), voter(2, "Holders", 7, HERE)};
    (void)state;
    by.by = QUORUM_SHARES;
    by.is_by_college = by.is_more_than = true;
    assert_true(count(&by, voters, 2, NULL, 0).all.is_reached);
    voters[1].is_here = false;
    assert_false(count(&by, voters, 2, NULL, 0).all.is_reached);
}

static void colleges_that_find_no_place_count_in_all_alone(void **state)
{
    struct quorum_statutes by = statutes(50, 0);
    struct quorum_voter voters[QUORUM_COLLEGES_MAX + 1];
    char name[16];
    (void)state;
    for (int i = 0; i <= QUORUM_COLLEGES_MAX; i++) {
        snprintf(name, sizeof name, "College %c", 'Z' - i);
        voters[i] = voter(i + 1, name, 1, HERE);
    }
    struct quorum quorum = count(&by, voters, QUORUM_COLLEGES_MAX + 1, NULL, 0);
    assert_true(quorum.has_more_colleges && quorum.all.is_reached);
    assert_int_equal(quorum.all.here, QUORUM_COLLEGES_MAX + 1);
    by.is_by_college = true;
    assert_false(count(&by, voters, QUORUM_COLLEGES_MAX + 1, NULL, 0).all.is_reached);
}

/* --- any house, against a plain reference --- */

#define PEOPLE 12
#define COLLEGES 3

struct assembly {
    struct quorum_statutes by;
    struct quorum_voter voters[PEOPLE];
    struct quorum_proxy proxies[PEOPLE];
    size_t count, proxy_count;
};

static struct assembly make_assembly(struct random *random)
{
    static const char *const colleges[COLLEGES + 1] = {"", "A", "B", "C"};
    struct assembly made = {.by = {.by = (int)random_below(random, 2),
                                   .percent = (int)random_below(random, 101),
                                   .is_more_than = random_below(random, 2),
                                   .is_by_college = random_below(random, 2),
                                   .proxies = (int)random_below(random, 4)}};
    made.count = random_below(random, PEOPLE + 1);
    for (size_t i = 0; i < made.count; i++)
        made.voters[i] = voter((int)i * 2, colleges[random_below(random, COLLEGES + 1)],
                               made.by.by == QUORUM_HEADS ? 1 : (int)random_below(random, 9),
                               random_below(random, 2));
    made.proxy_count = random_below(random, PEOPLE + 1);
    for (size_t i = 0; i < made.proxy_count; i++)
        made.proxies[i] =
            (struct quorum_proxy){.giver = id((int)random_below(random, 2 * PEOPLE)),
                                  .holder = id((int)random_below(random, 2 * PEOPLE))};
    return made;
}

static int place_of(const struct assembly *assembly, struct fact_id of)
{
    for (size_t i = 0; i < assembly->count; i++)
        if (fact_id_is_same(assembly->voters[i].id, of))
            return (int)i;
    return -1;
}

/* Who votes for whom: -1 nobody, themselves where they are here. */
static void find_hands(const struct assembly *assembly, int limit, int *out_hands)
{
    int carried[PEOPLE] = {0};
    for (size_t i = 0; i < assembly->count; i++)
        out_hands[i] = assembly->voters[i].is_here ? (int)i : -1;
    for (size_t i = 0; i < assembly->proxy_count; i++) {
        int giver = place_of(assembly, assembly->proxies[i].giver);
        int holder = place_of(assembly, assembly->proxies[i].holder);
        if (giver >= 0 && holder >= 0 && out_hands[giver] < 0 && assembly->voters[holder].is_here &&
            carried[holder] < limit) {
            out_hands[giver] = holder;
            carried[holder]++;
        }
    }
}

static bool reaches(const struct assembly *assembly, const int *hands, const char *college)
{
    long entitled = 0, present = 0;
    for (size_t i = 0; i < assembly->count; i++) {
        const struct quorum_voter *of = &assembly->voters[i];
        bool is_in = !college || strcmp(of->college, college) == 0;
        entitled += is_in ? (long)of->weight : 0;
        present += is_in && hands[i] >= 0 ? (long)of->weight : 0;
    }
    long left = present * 100 - entitled * assembly->by.percent;
    bool is_all = present == entitled;
    return (college || entitled) && (assembly->by.is_more_than ? left > 0 || is_all : left >= 0);
}

static bool plain_reference(const struct assembly *assembly, int limit)
{
    int hands[PEOPLE];
    find_hands(assembly, limit, hands);
    bool is_reached = reaches(assembly, hands, NULL);
    for (char college[] = "A"; assembly->by.is_by_college && college[0] <= 'C'; college[0]++)
        is_reached &= reaches(assembly, hands, college);
    return is_reached;
}

/* How often the two disagree, when the reference lets people carry `more` than the statutes. */
static int disagreements(struct random *random, int rounds, int more)
{
    int found = 0;
    for (int i = 0; i < rounds; i++) {
        struct assembly assembly = make_assembly(random);
        struct quorum quorum = count(&assembly.by, assembly.voters, assembly.count,
                                     assembly.proxies, assembly.proxy_count);
        found += quorum.all.is_reached != plain_reference(&assembly, assembly.by.proxies + more);
    }
    return found;
}

static void any_assembly_is_counted_as_a_plain_reference_counts_it(void **state)
{
    struct random random = random_for_test(__func__);
    (void)state;
    assert_int_equal(disagreements(&random, 20000, 0), 0);
}

static void a_reference_that_lets_people_carry_one_more_is_found_out(void **state)
{
    struct random random = random_for_test(__func__);
    (void)state;
    assert_int_not_equal(disagreements(&random, 20000, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_has_a_vote_is_what_the_statutes_say),
        cmocka_unit_test(a_vote_weighs_one_or_as_many_as_its_shares),
        cmocka_unit_test(at_least_and_more_than_differ_where_it_comes_out_even),
        cmocka_unit_test(an_assembly_without_a_vote_decides_nothing),
        cmocka_unit_test(where_nothing_is_needed_it_is_reached_with_nobody_there),
        cmocka_unit_test(where_all_are_needed_one_who_stays_away_is_one_too_many),
        cmocka_unit_test(a_proxy_is_not_handed_on),
        cmocka_unit_test(who_is_here_votes_alone_whatever_they_gave),
        cmocka_unit_test(one_person_carries_as_many_as_the_statutes_allow_and_those_given_first),
        cmocka_unit_test(a_vote_is_carried_once),
        cmocka_unit_test(each_college_reaches_it_by_itself_where_the_statutes_say_so),
        cmocka_unit_test(a_college_whose_votes_weigh_nothing_is_no_obstacle),
        cmocka_unit_test(colleges_that_find_no_place_count_in_all_alone),
        cmocka_unit_test(any_assembly_is_counted_as_a_plain_reference_counts_it),
        cmocka_unit_test(a_reference_that_lets_people_carry_one_more_is_found_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
