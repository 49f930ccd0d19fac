/* First visits in the register: who begins, what they say, which badge becomes theirs. */
#include "app/store/welcome.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/keys.h"
#include "app/store/lookup.h"
#include "tests/support/desk.h"
#include "tests/support/porch.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])

static const struct fact_id nobody = {0, 0};

static enum rc begin(struct house *house, const struct welcome_begin *beginning,
                     struct fact_id *out_person)
{
    const struct office office = porch_office(house, nobody);
    return welcome_begin(house->journal, &office, beginning, out_person, &house->reason);
}

static enum rc tell(struct house *house, struct fact_id person, enum person_key field,
                    const char *text)
{
    const struct office office = porch_office(house, person);
    return welcome_tell(house->journal, &office, person, field, text, &house->reason);
}

static enum rc take_badge(struct house *house, struct fact_id person, const char *text)
{
    struct badge badge;
    const struct office office = porch_office(house, person);
    assert_int_equal(badge_from_reader(text, &badge), RC_OK);
    return welcome_badge(house->journal, &office, person, &badge, &house->reason);
}

static struct person known(struct house *house, struct fact_id id)
{
    struct person person = {.number = ""};
    assert_int_equal(lookup_person(journal_db(house->journal), id, &person), RC_OK);
    return person;
}

/* --- beginning --- */

static void somebody_new_is_in_the_house_with_a_code_and_three_steps(void **state)
{
    struct house *house = *state;
    struct fold_keyholder keys;
    struct visit visit;
    struct fact_id person = porch_begin(house, "  Noor ");
    struct newcomer newcomer = porch_find(house, person);
    assert_string_equal(known(house, person).first_name, "Noor");
    assert_string_equal(known(house, person).language, "en");
    assert_int_equal(keys_find(journal_db(house->journal), person, &keys), RC_OK);
    assert_true(keys.code[0]);
    assert_int_equal(lookup_last_visit(journal_db(house->journal), person, &visit), RC_OK);
    assert_int_equal(visit.how_in, PRESENCE_NAME);
    assert_int_equal(visit.how_out, PRESENCE_OPEN);
    assert_true(newcomer.has_begun);
    assert_int_equal(newcomer.began_ms, visit.arrived_ms);
    assert_int_equal(newcomer.steps[GUIDE_LANGUAGE], NEWCOMER_DONE);
    assert_int_equal(newcomer.steps[GUIDE_HELLO], NEWCOMER_DONE);
    assert_int_equal(newcomer.steps[GUIDE_WHO], NEWCOMER_DONE);
    assert_int_equal(newcomer.steps[GUIDE_WHY], NEWCOMER_NOT_YET);
    assert_true(house_holds(house));
}

static void the_same_code_twice_begins_nothing_and_asks_for_another(void **state)
{
    struct house *house = *state;
    struct fact_id first, second = nobody;
    struct welcome_begin beginning = porch_beginning("Noor", 900);
    assert_int_equal(begin(house, &beginning, &first), RC_OK);
    int64_t facts = desk_facts(house);
    assert_int_equal(begin(house, &beginning, &second), RC_BUSY);
    assert_true(fact_id_is_none(second));
    assert_int_equal(desk_facts(house), facts);
    beginning.sealed = porch_sealed(901);
    assert_int_equal(begin(house, &beginning, &second), RC_OK);
}

static void what_is_no_name_begins_nothing(void **state)
{
    struct house *house = *state;
    struct fact_id person = nobody;
    char endless[200];
    memset(endless, 'n', sizeof endless);
    endless[sizeof endless - 1] = 0;
    const char *const names[] = {"", "   ", "a\tb\x01", endless};
    int64_t facts = desk_facts(house);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct welcome_begin beginning = porch_beginning(names[i], 902);
        desk_expect_refused(house, begin(house, &beginning, &person), i == 3 ? "long" : "name");
    }
    assert_true(fact_id_is_none(person));
    assert_int_equal(desk_facts(house), facts);
}

static void without_a_guide_nobody_begins(void **state)
{
    struct house *house = *state;
    struct fact_id person = nobody;
    struct welcome_begin beginning = porch_beginning("Noor", 903);
    journal_set_guide(house->journal, NULL);
    desk_expect_refused(house, begin(house, &beginning, &person), "Ask a member of staff");
}

static void a_member_without_a_role_begins_nobody(void **state)
{
    struct house *house = *state;
    struct fact_id person = nobody;
    struct welcome_begin beginning = porch_beginning("Noor", 904);
    const struct office ada = porch_office(house, ADA(house));
    desk_expect_refused(
        house, welcome_begin(house->journal, &ada, &beginning, &person, &house->reason), "badge");
    const struct office chloe = desk_office(house);
    assert_int_equal(welcome_begin(house->journal, &chloe, &beginning, &person, &house->reason),
                     RC_OK);
}

static void beginning_forgives_no_codes_that_were_tried_in_vain(void **state)
{
    struct house *house = *state;
    static const char misses[] = "SELECT coalesce(max(misses), 0) FROM tally WHERE name='code'";
    house_record(house, FACT_CODE_MISSED, nobody, json_object());
    porch_begin(house, "Noor");
    assert_int_equal(house_number(house, misses), 1);
    assert_true(house_holds(house));
    /* the control: somebody's own code does */
    const struct door_entry entry = {.person = ADA(house),
                                     .how = PRESENCE_NAME,
                                     .now = house_now(house),
                                     .occasion = OCCASION_COUNT};
    struct door_result result;
    door_enter(house->journal, &entry, &result);
    assert_int_equal(result.disk, RC_OK);
    assert_int_equal(house_number(house, misses), 0);
}

static void one_of_several_is_named_later(void **state)
{
    struct house *house = *state;
    struct fact_id person;
    struct welcome_begin beginning = porch_beginning("Guest 3", 905);
    beginning.is_nameless = true;
    beginning.hello = NEWCOMER_SKIPPED;
    assert_int_equal(begin(house, &beginning, &person), RC_OK);
    struct newcomer newcomer = porch_find(house, person);
    assert_true(newcomer.has_begun);
    assert_int_equal(newcomer.steps[GUIDE_HELLO], NEWCOMER_SKIPPED);
    assert_int_equal(newcomer.steps[GUIDE_WHO], NEWCOMER_NOT_YET);
    assert_int_equal(tell(house, person, PERSON_LAST_NAME, "Peeters"), RC_OK);
    assert_int_equal(porch_find(house, person).steps[GUIDE_WHO], NEWCOMER_NOT_YET);
    assert_int_equal(tell(house, person, PERSON_FIRST_NAME, "Jef"), RC_OK);
    assert_int_equal(porch_find(house, person).steps[GUIDE_WHO], NEWCOMER_DONE);
    assert_string_equal(known(house, person).first_name, "Jef");
}

/* --- telling --- */

static void what_they_say_of_themselves_is_kept_once(void **state)
{
    struct house *house = *state;
    struct fact_id person = porch_begin(house, "Noor");
    int64_t facts = desk_facts(house);
    assert_int_equal(tell(house, person, PERSON_EMAIL, "noor@example.org"), RC_OK);
    assert_int_equal(tell(house, person, PERSON_EMAIL, " noor@example.org "), RC_OK);
    assert_int_equal(tell(house, person, PERSON_LINE, "Bakes bread."), RC_OK);
    assert_int_equal(desk_facts(house), facts + 2);
    assert_string_equal(known(house, person).email, "noor@example.org");
    assert_string_equal(known(house, person).line, "Bakes bread.");
    desk_expect_refused(house, tell(house, person, PERSON_FIRST_NAME, " "), "first name");
    assert_true(house_holds(house));
}

static void nobody_speaks_for_somebody_else(void **state)
{
    struct house *house = *state;
    struct fact_id person = porch_begin(house, "Noor");
    struct newcomer_said said = {.step = GUIDE_WHY, .how = NEWCOMER_DONE};
    const struct office ada = porch_office(house, ADA(house)), chloe = desk_office(house);
    desk_expect_refused(house, welcome_step(house->journal, &ada, person, &said, &house->reason),
                        "badge");
    desk_expect_refused(
        house, welcome_tell(house->journal, &ada, person, PERSON_LINE, "x", &house->reason),
        "badge");
    desk_expect_refused(house,
                        welcome_consent(house->journal, &ada, person, CONSENT_NAME, true,
                                        LANGUAGE_EN, &house->reason),
                        "badge");
    assert_int_equal(welcome_step(house->journal, &chloe, person, &said, &house->reason), RC_OK);
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT json_extract(CAST(body AS TEXT), '$.by[1]') FROM fact WHERE kind=%d"
             " ORDER BY seq DESC LIMIT 1",
             FACT_WELCOME);
    assert_int_equal(house_number(house, sql), chloe.by.seq);
}

static void somebody_who_is_not_in_the_register_has_no_steps(void **state)
{
    struct house *house = *state;
    struct newcomer_said said = {.step = GUIDE_WHY, .how = NEWCOMER_DONE};
    const struct office office = porch_office(house, nobody);
    assert_int_equal(
        welcome_step(house->journal, &office, (struct fact_id){1, 999}, &said, &house->reason),
        RC_NOT_FOUND);
}

/* --- steps --- */

static void a_second_touch_is_no_second_step(void **state)
{
    struct house *house = *state;
    struct fact_id person = porch_begin(house, "Noor");
    const struct office office = porch_office(house, person);
    struct newcomer_said said = {
        .step = GUIDE_WHY, .how = NEWCOMER_DONE, .wishes = {[GUIDE_LIKES] = "people food"}};
    int64_t facts = desk_facts(house);
    for (int i = 0; i < 2; i++)
        assert_int_equal(welcome_step(house->journal, &office, person, &said, &house->reason),
                         RC_OK);
    assert_int_equal(desk_facts(house), facts + 1);
    said.wishes[GUIDE_LIKES] = "food";
    assert_int_equal(welcome_step(house->journal, &office, person, &said, &house->reason), RC_OK);
    assert_int_equal(desk_facts(house), facts + 2);
    struct newcomer newcomer = porch_find(house, person);
    assert_string_equal(newcomer.wishes[GUIDE_LIKES], "food");
    assert_true(house_holds(house));
}

static void a_charter_read_again_another_day_is_kept_again(void **state)
{
    struct house *house = *state;
    struct fact_id person = porch_begin(house, "Noor");
    struct newcomer_said said = {.step = GUIDE_CHARTER,
                                 .how = NEWCOMER_DONE,
                                 .version = "2026-01",
                                 .text = "0123456789abcdef",
                                 .language = "fr"};
    int64_t facts = desk_facts(house);
    for (int i = 0; i < 2; i++) {
        const struct office office = porch_office(house, person);
        assert_int_equal(welcome_step(house->journal, &office, person, &said, &house->reason),
                         RC_OK);
        house_wait(house, 2000);
    }
    assert_int_equal(desk_facts(house), facts + 1);
    house_wait(house, HOUSE_HOUR_MS);
    const struct office office = porch_office(house, person);
    assert_int_equal(welcome_step(house->journal, &office, person, &said, &house->reason), RC_OK);
    assert_int_equal(desk_facts(house), facts + 2);
    struct newcomer newcomer = porch_find(house, person);
    assert_string_equal(newcomer.charter, "2026-01");
    assert_string_equal(newcomer.charter_language, "fr");
    assert_false(newcomer.is_charter_signed);
}

static void a_member_of_old_may_walk_the_way_too(void **state)
{
    struct house *house = *state;
    struct newcomer newcomer;
    assert_int_equal(welcome_find(journal_db(house->journal), ADA(house), &newcomer), RC_EMPTY);
    porch_step(house, ADA(house), GUIDE_CHARTER, NEWCOMER_DONE);
    assert_true(porch_find(house, ADA(house)).has_begun);
    assert_true(house_holds(house));
}

/* --- what may be shown --- */

static void a_yes_and_a_no_are_kept_and_said_again_they_are_not(void **state)
{
    struct house *house = *state;
    struct consents consents;
    struct fact_id person = porch_begin(house, "Noor");
    const struct office office = porch_office(house, person);
    int64_t facts = desk_facts(house);
    static const bool answers[] = {true, true, false, false, true};
    for (int i = 0; i < 5; i++)
        assert_int_equal(welcome_consent(house->journal, &office, person, CONSENT_LINE, answers[i],
                                         LANGUAGE_NL, &house->reason),
                         RC_OK);
    assert_int_equal(desk_facts(house), facts + 3);
    assert_int_equal(welcome_consents(journal_db(house->journal), person, &consents), RC_OK);
    assert_true(consents.rows[CONSENT_LINE].is_said && consents.rows[CONSENT_LINE].is_given);
    assert_false(consents.rows[CONSENT_NAME].is_said);
    assert_true(house_holds(house));
}

/* --- badges --- */

static void a_first_badge_is_theirs_and_the_same_again_changes_nothing(void **state)
{
    struct house *house = *state;
    struct fact_id person = porch_begin(house, "Noor");
    int64_t facts = desk_facts(house);
    assert_int_equal(take_badge(house, person, DESK_SPARE), RC_OK);
    assert_int_equal(desk_facts(house), facts + 2);
    assert_int_equal(take_badge(house, person, DESK_SPARE), RC_OK);
    assert_int_equal(desk_facts(house), facts + 2);
    assert_int_equal(porch_find(house, person).steps[GUIDE_BADGE], NEWCOMER_DONE);
    desk_expect_refused(house, take_badge(house, person, DESK_SPARE_2), "member of staff");
    house_wait(house, HOUSE_HOUR_MS);
    struct answer answer = house_tap(house, DESK_SPARE);
    assert_string_equal(answer.first_name, "Noor");
    assert_int_equal(answer.kind, ANSWER_DEPARTURE);
    assert_true(house_holds(house));
}

static void a_badge_that_cannot_be_theirs_leaves_the_step_open(void **state)
{
    struct house *house = *state;
    struct fact_id person = porch_begin(house, "Noor");
    int64_t facts = desk_facts(house);
    desk_expect_refused(house, take_badge(house, person, HOUSE_ADA), "somebody else's");
    assert_int_equal(take_badge(house, person, DESK_PHONE), RC_REFUSED); /* another each time */
    assert_int_equal(desk_facts(house), facts);
    assert_int_equal(porch_find(house, person).steps[GUIDE_BADGE], NEWCOMER_NOT_YET);
    desk_expect_refused(house, take_badge(house, ADA(house), DESK_SPARE), "first visit");
}

/* --- views --- */

static void views_that_say_something_else_are_found(void **state)
{
    static const char *const changes[] = {
        "UPDATE newcomer SET likes='people'",
        "UPDATE newcomer SET steps=replace(steps, '1', '2')",
        "UPDATE newcomer SET steps_ms=replace(steps_ms, '0', '9')",
        "UPDATE newcomer SET buddy_state=2",
        "UPDATE newcomer SET passed='1 2'",
        "UPDATE newcomer SET charter='2019'",
        "UPDATE consent SET is_given=0",
        "UPDATE consent SET field=field-3",
        "UPDATE person SET line='Bakes cakes.' WHERE line<>''",
        "DELETE FROM newcomer",
        "DELETE FROM consent",
        "INSERT INTO consent VALUES(1, 2, 0, 1, '1', 5)",
        "UPDATE newcomer SET seq=seq+1",
    };
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        void *own;
        assert_int_equal(porch_set_up(&own), 0);
        struct house *house = own;
        struct fact_id person = porch_begin(house, "Noor");
        porch_make_buddy(house, person);
        assert_int_equal(tell(house, person, PERSON_LINE, "Bakes bread."), RC_OK);
        assert_true(house_holds(house));
        house_tamper(house, changes[i]);
        if (house_verify(house).differing == 0)
            fail_msg("nobody saw: %s", changes[i]);
        porch_tear_down(&own);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, porch_set_up, porch_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(somebody_new_is_in_the_house_with_a_code_and_three_steps),
        TEST(the_same_code_twice_begins_nothing_and_asks_for_another),
        TEST(what_is_no_name_begins_nothing),
        TEST(without_a_guide_nobody_begins),
        TEST(a_member_without_a_role_begins_nobody),
        TEST(beginning_forgives_no_codes_that_were_tried_in_vain),
        TEST(one_of_several_is_named_later),
        TEST(what_they_say_of_themselves_is_kept_once),
        TEST(nobody_speaks_for_somebody_else),
        TEST(somebody_who_is_not_in_the_register_has_no_steps),
        TEST(a_second_touch_is_no_second_step),
        TEST(a_charter_read_again_another_day_is_kept_again),
        TEST(a_member_of_old_may_walk_the_way_too),
        TEST(a_yes_and_a_no_are_kept_and_said_again_they_are_not),
        TEST(a_first_badge_is_theirs_and_the_same_again_changes_nothing),
        TEST(a_badge_that_cannot_be_theirs_leaves_the_step_open),
        cmocka_unit_test(views_that_say_something_else_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
