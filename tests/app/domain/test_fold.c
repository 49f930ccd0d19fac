#include "app/domain/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FACTS_MAX 32
#define HASH "000102030405060708090A0B0C0D0E0F"
#define LINE_SHOWN "{\"field\":\"line\",\"is_given\":true,\"version\":\"1\",\"language\":\"fr\"}"
#define HASH_2 "101112131415161718191A1B1C1D1E1F"

/* One person's facts, a second apart. */
struct story {
    struct fact facts[FACTS_MAX];
    size_t count;
    struct fold fold;
};

static struct fact *add(struct story *story, enum fact_kind kind, const char *body)
{
    assert_true(story->count < FACTS_MAX);
    struct fact *fact = &story->facts[story->count++];
    *fact = (struct fact){.id = {1, (int64_t)story->count},
                          .kind = kind,
                          .effective_ms = (int64_t)story->count * 1000,
                          .body = body,
                          .body_length = strlen(body)};
    return fact;
}

static const struct fold *fold(struct story *story)
{
    fold_finish(&story->fold);
    assert_int_equal(fold_person(story->facts, story->count, &story->fold), RC_OK);
    return &story->fold;
}

static void a_person_has_no_role_and_no_keys_until_they_are_given(void **state)
{
    struct story *story = *state;
    add(story, FACT_PERSON_ADDED, "{\"first_name\":\"Ada\"}");
    assert_true(fold(story)->is_known);
    assert_true(fold_is_empty_keyholder(&story->fold.keyholder));
}

/* So that those before it can be erased, also the first. */
static void a_change_that_is_whole_needs_none_before_it(void **state)
{
    struct story *story = *state;
    struct fact *added = add(story, FACT_PERSON_ADDED, "{\"first_name\":\"Ada\",\"phone\":\"1\"}");
    add(story, FACT_PERSON_CHANGED, "{\"email\":\"ada@x.example\"}");
    struct fact *whole =
        add(story, FACT_PERSON_CHANGED, "{\"first_name\":\"Ada\",\"is_whole\":true}");
    whole->subject = added->id;
    assert_true(fold(story)->is_known);
    assert_string_equal(story->fold.person.phone, "");
    assert_string_equal(story->fold.person.email, "");
    added->body = NULL;
    assert_true(fold(story)->is_known);
    assert_true(fact_id_is_same(story->fold.person.id, added->id));
    whole->body = "{\"first_name\":\"Ada\"}";
    whole->body_length = strlen(whole->body);
    assert_false(fold(story)->is_known);
}

static void who_is_erased_is_nobody_whatever_says_them_anew(void **state)
{
    struct story *story = *state;
    struct fact *added = add(story, FACT_PERSON_ADDED, "{\"first_name\":\"Ada\"}");
    struct fact *closing = add(story, FACT_CLOSING, "{\"spans\":[[1500,1600]],\"totals\":[]}");
    add(story, FACT_PERSON_CHANGED, "{\"first_name\":\"Ada\",\"is_whole\":true}");
    added->body = NULL;
    assert_true(fold(story)->is_known); /* some visits went */
    closing->body = "{\"spans\":[[0,2500]],\"totals\":[]}";
    closing->body_length = strlen(closing->body);
    assert_false(fold(story)->is_known);
}

static void the_latest_role_counts_and_an_empty_one_takes_it_away(void **state)
{
    struct story *story = *state;
    add(story, FACT_ROLE_SET, "{\"role\":\"staff\"}");
    assert_int_equal(fold(story)->keyholder.role, ROLE_STAFF);
    add(story, FACT_ROLE_SET, "{\"role\":\"host\"}");
    assert_int_equal(fold(story)->keyholder.role, ROLE_HOST);
    add(story, FACT_ROLE_SET, "{\"role\":\"\"}");
    assert_true(fold_is_empty_keyholder(&fold(story)->keyholder));
    add(story, FACT_ROLE_SET, "{\"role\":\"gatekeeper of a newer version\"}");
    assert_int_equal(fold(story)->keyholder.role, ROLE_NONE);
}

static void a_role_is_of_the_organisation_its_fact_names_as_long_as_there_is_one(void **state)
{
    struct story *story = *state;
    const struct fact_id grocer = {1, 77};
    add(story, FACT_ROLE_SET, "{\"role\":\"staff\"}")->organisation = grocer;
    assert_true(fact_id_is_same(fold(story)->keyholder.organisation, grocer));
    struct fold_keyholder other = story->fold.keyholder;
    other.organisation.seq++;
    assert_false(fold_is_same_keyholder(&story->fold.keyholder, &other));
    add(story, FACT_ROLE_SET, "{\"role\":\"staff\"}");
    assert_true(fact_id_is_none(fold(story)->keyholder.organisation));
    add(story, FACT_ROLE_SET, "{\"role\":\"\"}")->organisation = grocer;
    assert_true(fold_is_empty_keyholder(&fold(story)->keyholder));
}

static void sealed_texts_stay_as_they_are_up_to_their_size(void **state)
{
    struct story *story = *state;
    char fits[FOLD_SEALED_BYTES + 32], too_long[FOLD_SEALED_BYTES + 32];
    snprintf(fits, sizeof fits, "{\"pin\":\"%0160d\"}", 7);
    snprintf(too_long, sizeof too_long, "{\"pin\":\"%0161d\"}", 7);
    add(story, FACT_PIN_SET, fits);
    add(story, FACT_CODE_SET, "{\"code\":\"KLMN\"}");
    assert_int_equal(strlen(fold(story)->keyholder.pin), FOLD_SEALED_BYTES - 1);
    assert_string_equal(story->fold.keyholder.code, "KLMN");
    add(story, FACT_PIN_SET, too_long);
    assert_string_equal(fold(story)->keyholder.pin, "");
}

static void misses_are_counted_until_the_pin_is_right_or_set_anew(void **state)
{
    struct story *story = *state;
    add(story, FACT_PIN_SET, "{\"pin\":\"x\"}");
    add(story, FACT_PIN_TRIED, "{\"ok\":false}");
    add(story, FACT_PIN_TRIED, "{\"ok\":false}");
    assert_int_equal(fold(story)->keyholder.misses, 2);
    assert_int_equal(story->fold.keyholder.last_miss.seq, 3);
    add(story, FACT_PIN_TRIED, "{\"ok\":true}");
    assert_int_equal(fold(story)->keyholder.misses, 0);
    assert_int_equal(story->fold.keyholder.last_miss.seq, 0);
    add(story, FACT_PIN_TRIED, "{\"ok\":false}");
    add(story, FACT_PIN_SET, "{\"pin\":\"y\"}");
    assert_int_equal(fold(story)->keyholder.misses, 0);
}

static void an_erased_try_counts_neither_way(void **state)
{
    struct story *story = *state;
    add(story, FACT_PIN_TRIED, "{\"ok\":false}");
    add(story, FACT_PIN_TRIED, "{\"ok\":true}")->body = NULL;
    assert_int_equal(fold(story)->keyholder.misses, 1);
}

static void a_badge_may_be_lent_and_end(void **state)
{
    struct story *story = *state;
    add(story, FACT_BADGE_GIVEN, "{\"badge\":\"" HASH "\",\"key\":\"K\"}");
    add(story, FACT_BADGE_GIVEN,
        "{\"badge\":\"" HASH_2 "\",\"key\":\"K\",\"is_lent\":true,\"until_ms\":99}");
    assert_int_equal(fold(story)->badge_count, 2);
    assert_int_equal(story->fold.badges[0].until_ms, 0);
    assert_false(story->fold.badges[0].is_lent);
    assert_int_equal(story->fold.badges[1].until_ms, 99);
    assert_true(story->fold.badges[1].is_lent);
}

static void a_withdrawn_badge_keeps_that_it_was_lent_and_a_new_gift_says_anew(void **state)
{
    struct story *story = *state;
    add(story, FACT_BADGE_GIVEN,
        "{\"badge\":\"" HASH "\",\"key\":\"K\",\"is_lent\":true,\"until_ms\":99}");
    add(story, FACT_BADGE_WITHDRAWN, "{\"badge\":\"" HASH "\",\"key\":\"K\",\"why\":\"returned\"}");
    assert_true(fold(story)->badges[0].is_withdrawn);
    assert_true(story->fold.badges[0].is_lent);
    add(story, FACT_BADGE_GIVEN, "{\"badge\":\"" HASH "\",\"key\":\"K\"}");
    assert_false(fold(story)->badges[0].is_withdrawn);
    assert_false(story->fold.badges[0].is_lent);
    assert_int_equal(story->fold.badges[0].until_ms, 0);
}

static void each_part_of_a_keyholder_makes_a_difference(void **state)
{
    static const struct fold_keyholder others[] = {
        {.role = ROLE_HOST}, {.pin = "x"}, {.code = "x"}, {.misses = 1}, {.last_miss = {1, 2}},
    };
    const struct fold_keyholder empty = {.role = ROLE_NONE};
    (void)state;
    assert_true(fold_is_empty_keyholder(&empty));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_true(fold_is_same_keyholder(&others[i], &others[i]));
        assert_false(fold_is_empty_keyholder(&others[i]));
    }
}

static void a_body_that_cannot_be_read_is_corrupt(void **state)
{
    struct story *story = *state;
    struct fold fold;
    add(story, FACT_ROLE_SET, "{\"role\":");
    assert_int_equal(fold_person(story->facts, story->count, &fold), RC_CORRUPT);
}

static void a_first_visit_its_buddy_and_what_may_be_shown_are_folded(void **state)
{
    struct story *story = *state;
    add(story, FACT_PERSON_ADDED, "{\"first_name\":\"Ada\"}");
    assert_false(fold(story)->newcomer.has_begun);
    add(story, FACT_WELCOME, "{\"step\":\"who\",\"how\":\"done\"}");
    add(story, FACT_BUDDY, "{\"buddy\":[1,9],\"how\":\"taken\"}");
    add(story, FACT_CONSENT, LINE_SHOWN);
    assert_int_equal(fold(story)->newcomer.steps[GUIDE_WHO], NEWCOMER_DONE);
    assert_int_equal(story->fold.newcomer.began.seq, 2);
    assert_int_equal(story->fold.newcomer.buddy.seq, 9);
    assert_true(story->fold.consents.rows[CONSENT_LINE].is_given);
    add(story, FACT_CLOSING, "{\"totals\":[]}"); /* of visits alone */
    assert_int_equal(fold(story)->newcomer.steps[GUIDE_WHO], NEWCOMER_DONE);
    for (size_t i = 0; i < story->count; i++)
        story->facts[i].body = NULL; /* and erased, nothing is left */
    assert_false(fold(story)->newcomer.has_begun);
    assert_false(story->fold.consents.rows[CONSENT_LINE].is_said);
}

static void an_info_session_they_came_to_is_ticked(void **state)
{
    struct story *story = *state;
    add(story, FACT_TAP, "{\"answer\":\"arrival\",\"occasion\":[1,7],\"kind\":\"info-session\"}");
    assert_int_equal(fold(story)->presence.count, 1);
    assert_int_equal(story->fold.newcomer.steps[GUIDE_INFO], NEWCOMER_NOT_YET);
    add(story, FACT_WELCOME, "{\"step\":\"who\",\"how\":\"done\"}");
    assert_int_equal(fold(story)->newcomer.steps[GUIDE_INFO], NEWCOMER_DONE);
    assert_int_equal(story->fold.newcomer.steps_ms[GUIDE_INFO], 1000);
}

static void a_first_visit_and_what_may_be_shown_make_a_difference(void **state)
{
    struct story *story = *state;
    struct fold one;
    add(story, FACT_WELCOME, "{\"step\":\"who\",\"how\":\"done\"}");
    one = *fold(story);
    assert_true(fold_is_same(&one, &story->fold));
    one.newcomer.steps[GUIDE_WHY] = NEWCOMER_SKIPPED;
    assert_false(fold_is_same(&one, &story->fold));
    one = story->fold;
    one.consents.rows[CONSENT_HERE].is_said = true;
    assert_false(fold_is_same(&one, &story->fold));
}

static void a_first_visit_that_no_version_wrote_is_corrupt(void **state)
{
    static const struct {
        enum fact_kind kind;
        const char *body;
    } rows[] = {
        {FACT_WELCOME, "{\"step\":3}"},  {FACT_WELCOME, "[]"}, {FACT_BUDDY, "{\"how\":\"asked\"}"},
        {FACT_CONSENT, "{\"field\":0}"}, {FACT_CONSENT, "{"},
    };
    struct story *story = *state;
    struct fold fold;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        story->count = 0;
        add(story, rows[i].kind, rows[i].body);
        assert_int_equal(fold_person(story->facts, 1, &fold), RC_CORRUPT);
    }
}

static int setup(void **state)
{
    *state = calloc(1, sizeof(struct story));
    return *state == NULL;
}

static int teardown(void **state)
{
    struct story *story = *state;
    fold_finish(&story->fold);
    free(story);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_person_has_no_role_and_no_keys_until_they_are_given),
        TEST(a_change_that_is_whole_needs_none_before_it),
        TEST(who_is_erased_is_nobody_whatever_says_them_anew),
        TEST(the_latest_role_counts_and_an_empty_one_takes_it_away),
        TEST(a_role_is_of_the_organisation_its_fact_names_as_long_as_there_is_one),
        TEST(sealed_texts_stay_as_they_are_up_to_their_size),
        TEST(misses_are_counted_until_the_pin_is_right_or_set_anew),
        TEST(an_erased_try_counts_neither_way),
        TEST(a_badge_may_be_lent_and_end),
        TEST(a_withdrawn_badge_keeps_that_it_was_lent_and_a_new_gift_says_anew),
        TEST(each_part_of_a_keyholder_makes_a_difference),
        TEST(a_body_that_cannot_be_read_is_corrupt),
        TEST(a_first_visit_its_buddy_and_what_may_be_shown_are_folded),
        TEST(an_info_session_they_came_to_is_ticked),
        TEST(a_first_visit_and_what_may_be_shown_make_a_difference),
        TEST(a_first_visit_that_no_version_wrote_is_corrupt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
