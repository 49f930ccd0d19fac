/* Without memory nothing comes in from a stick, it is said, and nothing stays behind. */
#include "app/intake.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/desk.h"
#include "tests/support/loose_stick.h"

static long fails_at; /* counts down; 0: nothing fails */
static bool has_failed;

static bool is_failing(void)
{
    if (fails_at == 0 || --fails_at > 0)
        return false;
    has_failed = true;
    return true;
}

/* All our own memory comes from calloc; the torture of memory has the rest. */
void *calloc(size_t count, size_t size)
{
    static void *(*real)(size_t, size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "calloc");
    return is_failing() ? NULL : real(count, size);
}

static const struct {
    const char *name, *text;
} lists[] = {
    {"people.csv", "number;first name;badge\n1;Zoé;04A1B2C3\n2;Jef;nope\n"},
    {"baskets.csv", "number;size\n1001;small\n77;large\n"},
    {"calendar.csv", "Date;Start;End;Title;Mission\n2026-11-28;09:00;12:00;Market;Till\n"
                     "2026-11-29;09:00;;Market;Till\n"},
    {"venue/circles.conf", "[circle a]\nhours = 1\n"},
};

static struct loose_stick stick;

/* All of its way; true: it was taken. */
static bool bring(struct house *house, struct intake_preview *preview)
{
    struct intake_list list;
    struct intake *intake = NULL;
    struct reason reason = {.text = ""};
    char name[INTAKE_REFUSED_NAME_BYTES];
    const struct office office = desk_office(house);
    const struct intake_from from = {
        .root = stick.root, .data = house->data, .welcome = NULL, .now_ms = office.now.wall_ms};
    enum rc rc = intake_look(stick.root, &list, &reason);
    if (!rc)
        rc = intake_read(&from, &list.found[0], &intake, &reason);
    if (!rc)
        rc = intake_plan(intake, house->journal, &office, preview, &reason);
    if (!rc)
        rc = intake_take(intake, house->journal, &office, &reason);
    bool is_taken = !rc;
    if (!rc)
        rc = intake_write_refused(intake, stick.root, CSV_PROFILE_EXCEL, name, &reason);
    assert_true(rc == RC_OK || rc == RC_EMPTY || reason.text[0]);
    intake_close(intake);
    return is_taken;
}

static void without_memory_nothing_is_taken_and_it_is_said(void **state)
{
    struct house *house = *state;
    struct intake_preview *preview = malloc(sizeof *preview);
    house_record(house, FACT_PERSON_CHANGED, house->people[HOUSE_IS_ADA],
                 json_pack("{s:s}", "number", "1001"));
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        loose_stick_make(&stick);
        loose_stick_put(&stick, lists[i].name, lists[i].text);
        int trials = 0;
        bool is_taken;
        do {
            int64_t facts = desk_facts(house);
            has_failed = false;
            fails_at = ++trials;
            is_taken = bring(house, preview);
            fails_at = 0;
            if (!is_taken)
                assert_int_equal(desk_facts(house), facts);
            assert_true(is_taken || has_failed);
        } while (!is_taken);
        assert_true(trials > 3); /* it did come to that */
        loose_stick_remove(&stick);
    }
    free(preview);
    assert_true(house_holds(house));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_memory_nothing_is_taken_and_it_is_said, desk_set_up,
                                        desk_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
