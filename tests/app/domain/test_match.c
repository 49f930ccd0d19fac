#include "app/domain/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/random.h"

enum { COOKING, PEOPLE, QUIET, LIKES }; /* tiles of likes */
enum { DUTCH, BIKES, SKILLS };          /* tiles of skills */
#define BIT(tile) (1u << (tile))

static struct guide guide;
static struct newcomer newcomer;
static struct match matches[GUIDE_MISSIONS_MAX];

static void add_tiles(enum guide_wish wish, const char *const *keys, int count)
{
    guide.tiles[wish].count = count;
    for (int i = 0; i < count; i++)
        snprintf(guide.tiles[wish].rows[i].key, GUIDE_KEY_BYTES, "%s", keys[i]);
}

static int set_up(void **state)
{
    static const char *const likes[LIKES] = {"cooking", "people", "quiet"};
    static const char *const skills[SKILLS] = {"dutch", "bikes"};
    (void)state;
    memset(&guide, 0, sizeof guide);
    memset(&newcomer, 0, sizeof newcomer);
    add_tiles(GUIDE_LIKES, likes, LIKES);
    add_tiles(GUIDE_AVOIDS, likes, LIKES);
    add_tiles(GUIDE_SKILLS, skills, SKILLS);
    return 0;
}

/* One more mission of the house; gives its index. */
static int add(uint32_t likes, uint32_t skills, const char *circle)
{
    struct guide_mission *mission = &guide.missions[guide.mission_count];
    mission->likes = likes;
    mission->skills = skills;
    snprintf(mission->circle, sizeof mission->circle, "%s", circle);
    return guide.mission_count++;
}

static void wish(enum guide_wish wish, const char *keys)
{
    snprintf(newcomer.wishes[wish], NEWCOMER_KEYS_BYTES, "%s", keys);
}

static int match(const char *circle, const struct match_hands *hands, int count)
{
    return match_missions(&guide, &newcomer, circle, hands, count, matches);
}

static void who_said_nothing_is_offered_what_takes_no_skill_in_the_houses_order(void **state)
{
    (void)state;
    int first = add(BIT(COOKING), 0, ""), second;
    add(0, BIT(DUTCH), "");
    second = add(BIT(PEOPLE), 0, "Actifs");
    assert_int_equal(match("", NULL, 0), 2);
    assert_int_equal(matches[0].mission, first);
    assert_int_equal(matches[1].mission, second);
    for (int i = 0; i < 2; i++) { /* and no reason is made up */
        assert_int_equal(matches[i].like, -1);
        assert_int_equal(matches[i].like_count, 0);
        assert_int_equal(matches[i].skill, -1);
        assert_false(matches[i].is_circle);
        assert_int_equal(matches[i].needed, 0);
    }
}

static void what_they_would_rather_not_do_is_left_out_whatever_else_speaks_for_it(void **state)
{
    const struct match_hands hands = {.mission = 0, .needed = 9};
    (void)state;
    add(BIT(COOKING) | BIT(PEOPLE), BIT(DUTCH), "Actifs");
    wish(GUIDE_LIKES, "cooking people");
    wish(GUIDE_SKILLS, "dutch");
    assert_int_equal(match("Actifs", &hands, 1), 1);
    wish(GUIDE_AVOIDS, "people");
    assert_int_equal(match("Actifs", &hands, 1), 0);
}

static void of_the_skills_it_takes_one_is_enough(void **state)
{
    (void)state;
    add(0, BIT(DUTCH) | BIT(BIKES), "");
    assert_int_equal(match("", NULL, 0), 0);
    wish(GUIDE_SKILLS, "bikes gone-since");
    assert_int_equal(match("", NULL, 0), 1);
    assert_int_equal(matches[0].skill, BIKES);
}

static void the_strongest_reason_comes_first(void **state)
{
    (void)state;
    int plain = add(0, 0, ""), needed = add(0, 0, ""), circle = add(0, 0, "Très actifs"),
        skill = add(0, BIT(BIKES), ""), like = add(BIT(QUIET), 0, ""),
        likes = add(BIT(QUIET) | BIT(COOKING), 0, "");
    const struct match_hands hands[] = {
        {.mission = plain, .needed = 0, .weekday = 1, .next_ms = 7},
        {.mission = needed, .needed = 2, .weekday = 3, .next_ms = 9},
        {.mission = 99, .needed = 5},
        {.mission = -1, .needed = 5}};
    const int order[] = {likes, like, skill, circle, needed, plain};
    wish(GUIDE_LIKES, "quiet cooking");
    wish(GUIDE_SKILLS, "bikes");
    assert_int_equal(match("tres ACTIFS", hands, 4), 6);
    for (int i = 0; i < 6; i++)
        assert_int_equal(matches[i].mission, order[i]);
    assert_int_equal(matches[0].like, COOKING);
    assert_int_equal(matches[0].like_count, 2);
    assert_int_equal(matches[2].skill, BIKES);
    assert_true(matches[3].is_circle);
    assert_int_equal(matches[4].needed, 2);
    assert_int_equal(matches[4].weekday, 3);
    assert_int_equal(matches[4].next_ms, 9);
    assert_int_equal(matches[5].next_ms, 0);
}

static void nobodys_circle_is_no_reason(void **state)
{
    (void)state;
    add(0, 0, "");
    assert_int_equal(match("", NULL, 0), 1);
    assert_false(matches[0].is_circle);
    add(0, 0, "Actifs");
    assert_int_equal(match("Autres", NULL, 0), 2);
    assert_false(matches[1].is_circle);
}

/* --- any house, anybody --- */

static void draw_house(struct random *random, struct match_hands *hands)
{
    static const char *const circles[] = {"", "Actifs", "Amis"};
    guide.mission_count = 0;
    for (int i = 0; i < GUIDE_MISSIONS_MAX; i++) {
        int at = add(random_below(random, 1 << LIKES),
                     random_below(random, 2) ? 0 : random_below(random, 1 << SKILLS),
                     circles[random_below(random, 3)]);
        hands[i] = (struct match_hands){.mission = at, .needed = (int)random_below(random, 3)};
    }
}

static void draw_wishes(struct random *random)
{
    static const char *const likes[] = {"", "cooking", "people quiet", "quiet cooking people"};
    static const char *const skills[] = {"", "dutch", "bikes dutch"};
    static const char *const avoids[] = {"", "", "quiet", "people"};
    wish(GUIDE_LIKES, likes[random_below(random, 4)]);
    wish(GUIDE_SKILLS, skills[random_below(random, 3)]);
    wish(GUIDE_AVOIDS, avoids[random_below(random, 4)]);
}

/* What comes first is better by the first reason in which two differ, or stands first. */
static bool is_in_order(const struct match *a, const struct match *b)
{
    const int left[] = {a->like_count, a->skill >= 0, a->is_circle, a->needed, -a->mission};
    const int right[] = {b->like_count, b->skill >= 0, b->is_circle, b->needed, -b->mission};
    int at = 0;
    while (at < 4 && left[at] == right[at])
        at++;
    return left[at] > right[at];
}

static void the_order_is_total_and_leaves_out_only_what_does_not_fit(void **state)
{
    struct random random = random_for_test("match");
    int swaps = 0;
    (void)state;
    for (int round = 0; round < 500; round++) {
        struct match_hands hands[GUIDE_MISSIONS_MAX];
        bool is_there[GUIDE_MISSIONS_MAX] = {false};
        draw_house(&random, hands);
        draw_wishes(&random);
        uint32_t avoids = guide_bits(&guide, GUIDE_LIKES, newcomer.wishes[GUIDE_AVOIDS]);
        uint32_t skills = guide_bits(&guide, GUIDE_SKILLS, newcomer.wishes[GUIDE_SKILLS]);
        int count = match("Actifs", hands, GUIDE_MISSIONS_MAX);
        for (int i = 0; i < count; i++)
            is_there[matches[i].mission] = true;
        for (int i = 1; i < count; i++) {
            assert_true(is_in_order(&matches[i - 1], &matches[i]));
            swaps += is_in_order(&matches[i], &matches[i - 1]); /* control */
        }
        for (int i = 0; i < GUIDE_MISSIONS_MAX; i++) {
            const struct guide_mission *mission = &guide.missions[i];
            assert_int_equal(is_there[i], !(mission->likes & avoids) &&
                                              (!mission->skills || mission->skills & skills));
        }
    }
    assert_int_equal(swaps, 0);
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_said_nothing_is_offered_what_takes_no_skill_in_the_houses_order),
        TEST(what_they_would_rather_not_do_is_left_out_whatever_else_speaks_for_it),
        TEST(of_the_skills_it_takes_one_is_enough),
        TEST(the_strongest_reason_comes_first),
        TEST(nobodys_circle_is_no_reason),
        TEST(the_order_is_total_and_leaves_out_only_what_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
