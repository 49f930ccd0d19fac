/* What people take, say and hand over at occasions, folded. */
#include "app/domain/deed.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/story.h"

#define AT_1 "\"occasion\":[9,1]"
#define AT_2 "\"occasion\":[9,2]"

static struct fact *add(struct story *story, int64_t at_ms, const char *body)
{
    return story_add(story, 1, at_ms, FACT_DEED, "%s", body);
}

static const struct deeds *fold(struct story *story)
{
    return &story_fold(story)->deeds;
}

static void each_drink_counts_in_the_order_of_time(void **state)
{
    struct story *story = *state;
    add(story, STORY_NOW + STORY_HOUR, "{\"deed\":\"drink\"," AT_1 "}");
    add(story, STORY_NOW, "{\"deed\":\"drink\"," AT_1 "}");
    story->facts[1].organisation = (struct fact_id){4, 7};
    const struct deeds *deeds = fold(story);
    assert_int_equal(deeds->count, 2);
    assert_int_equal(deeds->rows[0].fact.seq, 2);
    assert_true(deeds->rows[0].at_ms == STORY_NOW);
    assert_int_equal(deeds->rows[0].kind, DEED_DRINK);
    assert_int_equal(deeds->rows[0].day, 20261121);
    assert_true(fact_id_is_same(deeds->rows[0].occasion, (struct fact_id){9, 1}));
    assert_true(fact_id_is_same(deeds->rows[0].organisation, (struct fact_id){4, 7}));
    assert_int_equal(deeds->rows[1].fact.seq, 1);
}

static void of_a_single_kind_the_last_at_an_occasion_holds(void **state)
{
    struct story *story = *state;
    add(story, STORY_NOW, "{\"deed\":\"proxy\"," AT_1 ",\"other\":[1,5]}");
    add(story, STORY_NOW + 1, "{\"deed\":\"basket\"," AT_1 ",\"text\":\"large\"}");
    add(story, STORY_NOW + 2, "{\"deed\":\"proxy\"," AT_2 ",\"other\":[1,6]}");
    add(story, STORY_NOW + 3, "{\"deed\":\"proxy\"," AT_1 ",\"other\":[1,7]}");
    const struct deeds *deeds = fold(story);
    assert_int_equal(deeds->count, 3);
    assert_int_equal(deeds->rows[0].kind, DEED_BASKET);
    assert_string_equal(deeds->rows[0].text, "large");
    assert_int_equal(deeds->rows[1].other.seq, 6);
    assert_int_equal(deeds->rows[2].other.seq, 7);
}

static void a_proxy_for_nobody_takes_it_back(void **state)
{
    struct story *story = *state;
    add(story, STORY_NOW, "{\"deed\":\"proxy\"," AT_1 ",\"other\":[1,5]}");
    add(story, STORY_NOW + 1, "{\"deed\":\"proxy\"," AT_1 "}");
    assert_int_equal(fold(story)->count, 0);
}

/* Staff said what is on, and the calendar has none of it: four in the morning ends the day. */
static void without_an_occasion_there_is_one_a_day(void **state)
{
    struct story *story = *state;
    int64_t evening_ms = story_local("2026-11-21 23:00");
    add(story, evening_ms, "{\"deed\":\"basket\",\"text\":\"small\"}");
    add(story, evening_ms + 4 * STORY_HOUR, "{\"deed\":\"basket\",\"text\":\"large\"}");
    add(story, evening_ms + 6 * STORY_HOUR, "{\"deed\":\"basket\",\"text\":\"next\"}");
    const struct deeds *deeds = fold(story);
    assert_int_equal(deeds->count, 2);
    assert_string_equal(deeds->rows[0].text, "large");
    assert_int_equal(deeds->rows[0].day, 20261121);
    assert_string_equal(deeds->rows[1].text, "next");
    assert_int_equal(deeds->rows[1].day, 20261122);
}

static void what_is_undone_gives_way_to_what_held_before(void **state)
{
    struct story *story = *state;
    add(story, STORY_NOW, "{\"deed\":\"proxy\"," AT_1 ",\"other\":[1,5]}");
    struct fact second =
        *add(story, STORY_NOW + 1, "{\"deed\":\"proxy\"," AT_1 ",\"other\":[1,6]}");
    struct fact drink = *add(story, STORY_NOW + 2, "{\"deed\":\"drink\"," AT_1 "}");
    story_undo(story, &second, STORY_NOW + 3);
    struct fact undo = *story_undo(story, &drink, STORY_NOW + 4);
    assert_int_equal(fold(story)->count, 1);
    assert_int_equal(fold(story)->rows[0].other.seq, 5);
    story_undo(story, &undo, STORY_NOW + 5);
    assert_int_equal(fold(story)->count, 2);
    assert_int_equal(fold(story)->rows[1].kind, DEED_DRINK);
}

static void an_undone_drink_leaves_the_arrival_and_its_minute_alone(void **state)
{
    struct story *story = *state;
    struct fact_id arrival = story_tap(story, 1, STORY_NOW, ANSWER_ARRIVAL)->id;
    struct fact drink = *add(story, STORY_NOW + 1, "{\"deed\":\"drink\"," AT_1 "}");
    story_undo(story, &drink, STORY_NOW + 2);
    assert_true(fact_id_is_same(story_fold(story)->since, arrival));
    story_expect_visit(&story->presence, 0, STORY_NOW, 0, PRESENCE_OPEN);
}

static void a_kind_of_a_newer_version_says_nothing(void **state)
{
    struct story *story = *state;
    add(story, STORY_NOW, "{\"deed\":\"lecture\"," AT_1 ",\"text\":\"\\u0007\"}");
    add(story, STORY_NOW + 1, "{}");
    assert_int_equal(fold(story)->count, 0);
}

static void expect_of_text(const char *text, enum rc rc)
{
    struct deeds deeds = {.rows = NULL};
    const struct fact fact = {.id = {1, 1}, .kind = FACT_DEED, .effective_ms = STORY_NOW};
    json_t *body = json_pack("{s:s,s:s}", "deed", "need", "text", text);
    assert_non_null(body);
    assert_int_equal(deeds_take(&deeds, &fact, body), rc);
    assert_int_equal(deeds.count, rc ? 0 : 1);
    json_decref(body);
    deeds_finish(&deeds);
}

static void a_text_that_no_version_wrote_is_corrupt(void **state)
{
    char text[DEED_TEXT_BYTES + 1];
    (void)state;
    memset(text, 'a', sizeof text);
    text[DEED_TEXT_BYTES] = 0;
    expect_of_text(text, RC_CORRUPT);
    expect_of_text("two\nlines", RC_CORRUPT);
    text[DEED_TEXT_BYTES - 1] = 0; /* the control: as long as can be */
    expect_of_text(text, RC_OK);
}

static void a_closing_fact_leaves_none_of_before(void **state)
{
    struct story *story = *state;
    add(story, STORY_NOW, "{\"deed\":\"need\",\"text\":\"A ramp\"}");
    story_add(story, 1, STORY_NOW + 1, FACT_CLOSING, "{\"totals\":[]}");
    add(story, STORY_NOW + 2, "{\"deed\":\"drink\"}");
    assert_int_equal(fold(story)->count, 1);
    assert_int_equal(fold(story)->rows[0].kind, DEED_DRINK);
}

static void what_is_written_is_read_back_the_same(void **state)
{
    static const struct deed deeds[] = {
        {.kind = DEED_DRINK},
        {.kind = DEED_NEED, .text = "Un four à pain, “ensemble”", .occasion = {9, 1}},
        {.kind = DEED_BASKET, .other = {2, 8}, .text = "large"},
    };
    const struct fact fact = {.id = {1, 1}, .kind = FACT_DEED, .effective_ms = STORY_NOW};
    (void)state;
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++) {
        struct deeds read = {.rows = NULL};
        json_t *body = deed_to_json(&deeds[i]);
        assert_non_null(body);
        assert_int_equal(deeds_take(&read, &fact, body), RC_OK);
        assert_int_equal(read.count, 1);
        assert_int_equal(read.rows[0].kind, deeds[i].kind);
        assert_true(fact_id_is_same(read.rows[0].occasion, deeds[i].occasion));
        assert_true(fact_id_is_same(read.rows[0].other, deeds[i].other));
        assert_string_equal(read.rows[0].text, deeds[i].text);
        json_decref(body);
        deeds_finish(&read);
    }
}

static void each_part_of_a_deed_makes_a_difference(void **state)
{
    const struct deed same = {.fact = {1, 1}, .kind = DEED_NEED, .text = "A ramp"};
    struct deed others[] = {same, same, same, same, same, same, same, same};
    others[1].fact.seq++;
    others[2].organisation.seq++;
    others[3].occasion.seq++;
    others[4].other.seq++;
    others[5].kind = DEED_DRINK;
    others[6].day++;
    others[7].text[0] = 'B';
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct deeds a = {.rows = NULL}, b = {.rows = NULL}, none = {.rows = NULL};
        assert_int_equal(deeds_add(&a, &same), RC_OK);
        assert_int_equal(deeds_add(&b, &others[i]), RC_OK);
        assert_int_equal(deeds_are_same(&a, &b), i == 0);
        assert_false(deeds_are_same(&a, &none));
        deeds_finish(&a);
        deeds_finish(&b);
    }
}

static void every_kind_has_a_name_and_no_other_name_is_one(void **state)
{
    (void)state;
    for (int kind = 0; kind < DEED_COUNT; kind++)
        assert_int_equal(deed_kind_from_name(deed_kind_name((enum deed_kind)kind)), kind);
    assert_int_equal(deed_kind_from_name("lecture"), DEED_COUNT);
    assert_int_equal(deed_kind_from_name(NULL), DEED_COUNT);
    assert_false(deed_kind_is_single(DEED_DRINK));
    assert_true(deed_kind_is_single(DEED_BASKET));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, story_set_up, story_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_drink_counts_in_the_order_of_time),
        TEST(of_a_single_kind_the_last_at_an_occasion_holds),
        TEST(a_proxy_for_nobody_takes_it_back),
        TEST(without_an_occasion_there_is_one_a_day),
        TEST(what_is_undone_gives_way_to_what_held_before),
        TEST(an_undone_drink_leaves_the_arrival_and_its_minute_alone),
        TEST(a_kind_of_a_newer_version_says_nothing),
        TEST(a_text_that_no_version_wrote_is_corrupt),
        TEST(a_closing_fact_leaves_none_of_before),
        TEST(what_is_written_is_read_back_the_same),
        TEST(each_part_of_a_deed_makes_a_difference),
        TEST(every_kind_has_a_name_and_no_other_name_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
