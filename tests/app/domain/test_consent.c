#include "app/domain/consent.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/random.h"

static enum rc take(struct consents *consents, int64_t at_ms, json_t *body)
{
    const struct fact fact = {.kind = FACT_CONSENT, .effective_ms = at_ms};
    assert_non_null(body);
    enum rc rc = consent_take(consents, &fact, body);
    json_decref(body);
    return rc;
}

static void nothing_said_is_a_no(void **state)
{
    const struct consents consents = {.rows = {{.is_said = false}}};
    (void)state;
    for (int field = 0; field < CONSENT_COUNT; field++)
        assert_false(consents.rows[field].is_given);
}

static void the_last_word_on_a_field_holds_and_says_which_text_asked(void **state)
{
    struct consents consents = {.rows = {{.is_said = false}}};
    (void)state;
    assert_int_equal(take(&consents, 7, consent_to_json(CONSENT_LINE, true, "nl")), RC_OK);
    assert_true(consents.rows[CONSENT_LINE].is_said);
    assert_true(consents.rows[CONSENT_LINE].is_given);
    assert_int_equal(consents.rows[CONSENT_LINE].at_ms, 7);
    assert_string_equal(consents.rows[CONSENT_LINE].version, CONSENT_TEXT_VERSION);
    assert_false(consents.rows[CONSENT_NAME].is_said);
    assert_int_equal(take(&consents, 8, consent_to_json(CONSENT_LINE, false, "fr")), RC_OK);
    assert_true(consents.rows[CONSENT_LINE].is_said);
    assert_false(consents.rows[CONSENT_LINE].is_given);
    assert_int_equal(consents.rows[CONSENT_LINE].at_ms, 8);
}

static void a_field_of_a_newer_version_is_passed_over(void **state)
{
    const struct consents nothing = {.rows = {{.is_said = false}}};
    struct consents consents = nothing;
    (void)state;
    assert_int_equal(take(&consents, 7, json_loads("{\"field\":\"face\",\"is_given\":3}", 0, NULL)),
                     RC_OK);
    assert_true(consents_are_same(&consents, &nothing));
}

static void a_body_that_no_version_wrote_is_corrupt_and_changes_nothing(void **state)
{
    static const char *const bodies[] = {
        "{}",
        "{\"field\":1,\"is_given\":true,\"version\":\"1\",\"language\":\"fr\"}",
        "{\"field\":\"line\",\"version\":\"1\",\"language\":\"fr\"}",
        "{\"field\":\"line\",\"is_given\":1,\"version\":\"1\",\"language\":\"fr\"}",
        "{\"field\":\"line\",\"is_given\":\"true\",\"version\":\"1\",\"language\":\"fr\"}",
        "{\"field\":\"line\",\"is_given\":true,\"language\":\"fr\"}",
        "{\"field\":\"line\",\"is_given\":true,\"version\":1,\"language\":\"fr\"}",
        "{\"field\":\"line\",\"is_given\":true,\"version\":\"123456789012\",\"language\":\"fr\"}",
        "{\"field\":\"line\",\"is_given\":true,\"version\":\"a\\nb\",\"language\":\"fr\"}",
        "{\"field\":\"line\",\"is_given\":true,\"version\":\"1\"}",
        "{\"field\":\"line\",\"is_given\":true,\"version\":\"1\",\"language\":3}",
    };
    const struct consents nothing = {.rows = {{.is_said = false}}};
    struct consents consents = nothing;
    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        if (take(&consents, 7, json_loads(bodies[i], 0, NULL)) != RC_CORRUPT)
            fail_msg("taken: %s", bodies[i]);
    assert_true(consents_are_same(&consents, &nothing));
    assert_int_equal(take(&consents, 7,
                          json_loads("{\"field\":\"line\",\"is_given\":true,"
                                     "\"version\":\"12345678901\",\"language\":\"fr\"}",
                                     0, NULL)),
                     RC_OK);
    assert_false(consents_are_same(&consents, &nothing));
}

static void fields_have_names_and_names_have_fields(void **state)
{
    (void)state;
    for (int field = 0; field < CONSENT_COUNT; field++)
        assert_int_equal(consent_from_name(consent_name((enum consent)field)), field);
    assert_string_equal(consent_name(CONSENT_BUDDY), "buddy");
    assert_int_equal(consent_from_name("face"), CONSENT_COUNT);
    assert_int_equal(consent_from_name(NULL), CONSENT_COUNT);
}

static void each_part_makes_a_difference(void **state)
{
    const struct consents one = {.rows = {{.is_said = true}}};
    struct consents other;
    (void)state;
    assert_true(consents_are_same(&one, &one));
#define DIFFERS(change) (other = one, (change), assert_false(consents_are_same(&one, &other)))
    DIFFERS(other.rows[CONSENT_NAME].is_said = false);
    DIFFERS(other.rows[CONSENT_NAME].is_given = true);
    DIFFERS(other.rows[CONSENT_NAME].version[0] = '1');
    DIFFERS(other.rows[CONSENT_NAME].at_ms++);
    DIFFERS(other.rows[CONSENT_BUDDY].is_said = true);
}

static void fields_never_speak_for_each_other(void **state)
{
    struct random random = random_for_test("consent");
    (void)state;
    for (int round = 0; round < 200; round++) {
        struct consents consents = {.rows = {{.is_said = false}}};
        int last[CONSENT_COUNT] = {0}; /* 0: nothing, 1: no, 2: yes */
        for (int i = 0; i < 12; i++) {
            unsigned field = random_below(&random, CONSENT_COUNT);
            last[field] = 1 + (int)random_below(&random, 2);
            assert_int_equal(
                take(&consents, i, consent_to_json((enum consent)field, last[field] == 2, "en")),
                RC_OK);
        }
        for (int field = 0; field < CONSENT_COUNT; field++) {
            assert_int_equal(consents.rows[field].is_said, last[field] > 0);
            assert_int_equal(consents.rows[field].is_given, last[field] == 2);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_said_is_a_no),
        cmocka_unit_test(the_last_word_on_a_field_holds_and_says_which_text_asked),
        cmocka_unit_test(a_field_of_a_newer_version_is_passed_over),
        cmocka_unit_test(a_body_that_no_version_wrote_is_corrupt_and_changes_nothing),
        cmocka_unit_test(fields_have_names_and_names_have_fields),
        cmocka_unit_test(each_part_makes_a_difference),
        cmocka_unit_test(fields_never_speak_for_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
