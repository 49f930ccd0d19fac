#include "app/domain/role.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void each_role_keeps_its_name(void **state)
{
    (void)state;
    for (int role = ROLE_NONE; role < ROLE_COUNT; role++)
        assert_int_equal(role_from_name(role_name((enum role)role)), role);
    assert_int_equal(role_from_name(NULL), ROLE_NONE);
    assert_int_equal(role_from_name("archduke"), ROLE_NONE);
}

static void a_host_vouches_and_no_more(void **state)
{
    (void)state;
    for (int right = 0; right < RIGHT_COUNT; right++)
        assert_int_equal(role_may(ROLE_HOST, (enum right)right), right == RIGHT_VOUCH);
    assert_false(rights_open_staff_mode(role_rights(ROLE_HOST)));
}

static void a_referent_vouches_and_calls_the_roll(void **state)
{
    (void)state;
    for (int right = 0; right < RIGHT_COUNT; right++)
        assert_int_equal(role_may(ROLE_REFERENT, (enum right)right),
                         right == RIGHT_VOUCH || right == RIGHT_ROLL_CALL || right == RIGHT_ROTA);
    assert_true(rights_open_staff_mode(role_rights(ROLE_REFERENT)));
}

static void staff_may_all_and_nobody_else_anything(void **state)
{
    (void)state;
    for (int right = 0; right < RIGHT_COUNT; right++) {
        assert_true(role_may(ROLE_STAFF, (enum right)right));
        assert_false(role_may(ROLE_NONE, (enum right)right));
    }
    assert_true(rights_open_staff_mode(role_rights(ROLE_STAFF)));
    assert_false(rights_open_staff_mode(role_rights(ROLE_NONE)));
}

static void rights_have_names_and_what_is_more_than_looking_takes_a_pin(void **state)
{
    (void)state;
    for (int right = 0; right < RIGHT_COUNT; right++)
        assert_int_equal(right_from_name(right_name((enum right)right)), right);
    assert_int_equal(right_from_name("everything"), RIGHT_COUNT);
    assert_false(rights_take_pin(role_rights(ROLE_REFERENT)));
    assert_true(rights_take_pin(1u << RIGHT_BADGES));
    assert_true(rights_take_pin(role_rights(ROLE_STAFF)));
}

/* The table in app/README.md, row by row: "| `badges` | ... | yes | yes | no | no |". */
static void check_row(char *line, enum right right)
{
    const bool is[] = {rights_take_pin(1u << right), role_may(ROLE_STAFF, right),
                       role_may(ROLE_REFERENT, right), role_may(ROLE_HOST, right)};
    char *rest = line;
    char *cells[6] = {NULL};
    for (int i = 0; i < 6; i++)
        cells[i] = strtok_r(rest, "|", &rest);
    for (int i = 0; i < 4; i++) {
        assert_non_null(cells[i + 2]);
        assert_string_equal(cells[i + 2], is[i] ? " yes " : " no ");
    }
}

static void what_is_written_of_them_is_so(void **state)
{
    char line[512];
    int rows = 0, right = 0;
    FILE *file = fopen("app/README.md", "r");
    (void)state;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        char name[32] = "";
        if (right < RIGHT_COUNT && sscanf(line, "| `%31[a-z-]` |", name) == 1 &&
            right_from_name(name) == (enum right)right) {
            check_row(line, (enum right)right++);
            rows++;
        }
    }
    fclose(file);
    assert_int_equal(rows, RIGHT_COUNT);
}

/* --- how far they reach --- */

static const struct fact_id house = {0, 0}, grocer = {1, 5}, repair = {2, 5};

static void without_an_organisation_a_right_reaches_all(void **state)
{
    (void)state;
    struct mandate mandate = {.house = 0};
    mandate_add(&mandate, role_rights(ROLE_STAFF), house);
    assert_int_equal(mandate_rights(&mandate), role_rights(ROLE_STAFF));
    for (int right = 0; right < RIGHT_COUNT; right++) {
        struct reach reach = mandate_reach(&mandate, (enum right)right);
        assert_int_equal(reach.kind, REACH_HOUSE);
        assert_true(reach_covers(reach, house) && reach_covers(reach, grocer));
    }
}

static void with_one_it_reaches_that_one_and_never_what_is_everybodys(void **state)
{
    (void)state;
    struct mandate mandate = {.house = 0};
    mandate_add(&mandate, role_rights(ROLE_STAFF), grocer);
    assert_int_equal(mandate.house, 0);
    for (int right = 0; right < RIGHT_COUNT; right++) {
        bool is_houses = right == RIGHT_MACHINE || right == RIGHT_ROLES;
        struct reach reach = mandate_reach(&mandate, (enum right)right);
        assert_int_equal(rights_may(mandate_rights(&mandate), (enum right)right), !is_houses);
        assert_int_equal(reach.kind, is_houses ? REACH_NOBODY : REACH_ONE);
        assert_int_equal(reach_covers(reach, grocer), !is_houses);
        assert_false(reach_covers(reach, repair));
        assert_false(reach_covers(reach, house));
    }
}

static void each_right_reaches_as_far_as_what_gave_it(void **state)
{
    (void)state;
    struct mandate mandate = {.house = 0};
    mandate_add(&mandate, role_rights(ROLE_REFERENT), grocer);
    mandate_add(&mandate, 1u << RIGHT_BADGES | 1u << RIGHT_ROTA, repair);
    mandate_add(&mandate, 1u << RIGHT_EXPORT, house);
    assert_true(reach_covers(mandate_reach(&mandate, RIGHT_ROTA), grocer)); /* the first counts */
    assert_false(reach_covers(mandate_reach(&mandate, RIGHT_ROTA), repair));
    assert_true(reach_covers(mandate_reach(&mandate, RIGHT_BADGES), repair));
    assert_int_equal(mandate_reach(&mandate, RIGHT_EXPORT).kind, REACH_HOUSE);
    assert_int_equal(mandate_reach(&mandate, RIGHT_CORRECT).kind, REACH_NOBODY);
    mandate_add(&mandate, 1u << RIGHT_ROTA, house);
    assert_int_equal(mandate_reach(&mandate, RIGHT_ROTA).kind, REACH_HOUSE);
}

static void a_reach_that_nobody_found_covers_nothing(void **state)
{
    (void)state;
    const struct mandate nothing = {.house = 0};
    const struct reach empty = {.organisation = grocer};
    assert_int_equal(mandate_reach(&nothing, RIGHT_EXPORT).kind, REACH_NOBODY);
    assert_false(reach_covers(empty, grocer) || reach_covers(empty, house));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_role_keeps_its_name),
        cmocka_unit_test(a_host_vouches_and_no_more),
        cmocka_unit_test(a_referent_vouches_and_calls_the_roll),
        cmocka_unit_test(staff_may_all_and_nobody_else_anything),
        cmocka_unit_test(what_is_written_of_them_is_so),
        cmocka_unit_test(rights_have_names_and_what_is_more_than_looking_takes_a_pin),
        cmocka_unit_test(without_an_organisation_a_right_reaches_all),
        cmocka_unit_test(with_one_it_reaches_that_one_and_never_what_is_everybodys),
        cmocka_unit_test(each_right_reaches_as_far_as_what_gave_it),
        cmocka_unit_test(a_reach_that_nobody_found_covers_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
