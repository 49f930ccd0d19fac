#include "app/exchange/people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/roster.h"

static void a_plan_made_again_is_the_same(void **state)
{
    struct roster house = roster_with_zoe();
    struct people *people =
        roster_read_text("number;first name;badge\n7;Zoë;04A1B2C3\n8;Jef;04A1B2C4\n"
                         "8;Jef;04A1B2C4\n9;x;nope\n");
    char *first = NULL, *second = NULL;
    (void)state;
    roster_plan(people, &house);
    assert_int_equal(people_preview_text(people, &first), RC_OK);
    roster_plan(people, &house);
    assert_int_equal(people_preview_text(people, &second), RC_OK);
    assert_string_equal(first, second);
    assert_string_equal(first, "1 new, 1 changed, 1 the same, 1 refused; badges to give: 1 (UTF-8, "
                               "\";\")\n"
                               "line 2: changed: Zoë (7): first_name\n"
                               "line 3: new: Jef (8): a badge\n"
                               "line 4: same: Jef (8): Line 3 says the same.\n"
                               "line 5: refused: x (9): \"nope\" is no badge number; a badge has "
                               "8, 14 or 20 digits from 0 to F, a bar code 13 digits, a 125 kHz "
                               "tag up to 10.\n");
    free(first);
    free(second);
    people_close(people);
}

static void programs_get_the_plan_as_json(void **state)
{
    struct roster house = roster_with_zoe();
    struct people *people = roster_read_text("number,first name,x\n7,Zoë,1\n9,,\n");
    (void)state;
    roster_plan(people, &house);
    json_t *preview = people_preview_json(people);
    assert_non_null(preview);
    assert_string_equal(json_text(preview, "encoding"), "UTF-8");
    assert_string_equal(json_text(preview, "separator"), ",");
    assert_int_equal(json_number(preview, "changed", -1), 1);
    assert_int_equal(json_number(preview, "refused", -1), 1);
    assert_int_equal(json_array_size(json_object_get(preview, "not_used")), 1);
    assert_int_equal(json_array_size(json_object_get(preview, "notes")), 0);
    json_t *row = json_array_get(json_object_get(preview, "rows"), 0);
    assert_int_equal(json_number(row, "line", 0), 2);
    assert_string_equal(json_text(row, "verdict"), "changed");
    assert_string_equal(json_string_value(json_array_get(json_object_get(row, "changes"), 0)),
                        "first_name");
    assert_true(json_is_null(json_object_get(row, "reason")));
    json_decref(preview);
    people_close(people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_made_again_is_the_same),
        cmocka_unit_test(programs_get_the_plan_as_json),
    };
    return cmocka_run_group_tests(tests, roster_set_up, NULL);
}
