#include "app/faults.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void what_failed_and_how_names_the_fault(void **state)
{
    static const struct {
        enum faults_step step;
        enum rc rc;
        enum fault_kind kind;
    } rows[] = {
        {FAULTS_FOLDER, RC_CORRUPT, FAULT_KEY},
        {FAULTS_FOLDER, RC_NOT_FOUND, FAULT_AWAY},
        {FAULTS_FOLDER, RC_READ_ONLY, FAULT_FOLDER},
        {FAULTS_VENUE, RC_BAD_INPUT, FAULT_SETTINGS},
        {FAULTS_VENUE, RC_REFUSED, FAULT_UNREADABLE},
        {FAULTS_REGISTER, RC_CORRUPT, FAULT_REGISTER},
        {FAULTS_REGISTER, RC_NEWER, FAULT_NEWER},
        {FAULTS_REGISTER, RC_FULL, FAULT_FULL},
        {FAULTS_READER, RC_NOT_FOUND, FAULT_READER},
        {FAULTS_CONTROL, RC_IO, FAULT_OTHER},
        {FAULTS_TAPS, RC_IO, FAULT_OTHER},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(faults_sort(rows[i].step, rows[i].rc), rows[i].kind);
}

static void whatever_fails_has_something_to_say(void **state)
{
    (void)state;
    for (int step = FAULTS_FOLDER; step <= FAULTS_READER; step++)
        for (int rc = RC_EMPTY; rc <= RC_IO; rc++)
            assert_non_null(fault_text(faults_sort((enum faults_step)step, (enum rc)rc)));
    assert_null(fault_text(FAULT_NONE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_failed_and_how_names_the_fault),
        cmocka_unit_test(whatever_fails_has_something_to_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
