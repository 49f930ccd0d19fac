#include "app/exchange/people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/exchange/csv.h"
#include "tests/support/roster.h"

#define DATA "tests/app/exchange/data/"

static void what_is_refused_can_be_mended_and_read_again(void **state)
{
    char folder[] = "/tmp/perron-test-XXXXXX", path[64], name[REFUSED_NAME_BYTES], *again = NULL;
    struct roster house = {.count = 0};
    size_t length;
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/people-refused.csv", folder);
    char *bytes = roster_load(DATA "people-faulty.csv", &length);
    struct people *people = roster_read_bytes(bytes, length);
    roster_plan(people, &house);
    for (int profile = CSV_PROFILE_EXCEL; profile <= CSV_PROFILE_STRICT; profile++) {
        assert_int_equal(people_write_refused(people, bytes, length, profile, folder, name, NULL),
                         RC_OK);
        again = roster_load(path, &length);
        unlink(path);
        struct people *mended = roster_read_bytes(again, length);
        assert_int_equal(people_count(mended), 8);
        assert_string_equal(people_unused(mended, 0), "reason");
        roster_plan(mended, &house);
        roster_expect_row(mended, 4, 6, PEOPLE_REFUSED, "no badge number");
        roster_expect_row(mended, 6, 8, PEOPLE_REFUSED, "no first name");
        people_close(mended);
        length = strlen(bytes);
        if (profile == CSV_PROFILE_EXCEL)
            free(again);
    }
    assert_non_null(strstr(again, "\r\n5,\"'=HYPERLINK(\"\"x\"\")\",Mehdi,fr,ZZ00,m@example.org,"
                                  "\"\"\"ZZ00\"\" is no badge number;"));
    assert_non_null(strstr(again, "\r\n6,,,,,,A quotation mark is opened"));
    struct reason reason = {""};
    assert_int_equal(
        people_write_refused(people, bytes, 120, CSV_PROFILE_EXCEL, folder, name, &reason),
        RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, "could not be written"));
    assert_int_equal(
        people_write_refused(people, bytes, length, CSV_PROFILE_EXCEL, "/nowhere", name, &reason),
        RC_NOT_FOUND);
    free(again);
    people_close(people);
    free(bytes);

    static const char fine[] = "prénom\nZoé\n";
    people = roster_read_text(fine);
    roster_plan(people, &house);
    assert_int_equal(
        people_write_refused(people, fine, strlen(fine), CSV_PROFILE_EXCEL, folder, name, NULL),
        RC_EMPTY);
    people_close(people);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_refused_can_be_mended_and_read_again),
    };
    return cmocka_run_group_tests(tests, roster_set_up, NULL);
}
