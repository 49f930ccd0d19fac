/* A power cut at each page of a first visit: see visitor.h. `make torture` has many more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "firmware/base/hash.h"
#include "tests/support/fault_vfs.h"
#include "tests/support/visitor.h"

#define NTH_MAX 12   /* operations of a touch: about so many */
#define CUTS_LEAST 3 /* or it proves nothing */
#define LIVES_MAX 60
#define PAGES_MAX 40

struct cutting {
    char folder[64];
    struct visitor_told told;
    struct visitor visitor;
    struct visitor_loss loss;
    struct random random;
    char done[PAGES_MAX][VISITOR_PAGE_BYTES]; /* pages where it was tried */
    int done_count, cuts;
};

static int set_up(void **state)
{
    static struct cutting cutting;
    cutting = (struct cutting){.folder = "/tmp/perron-cuts-XXXXXX"};
    if (!mkdtemp(cutting.folder))
        return -1;
    fault_vfs_install();
    visitor_make_house(cutting.folder);
    fault_disk_settle();
    visitor_init(&cutting.visitor, cutting.folder, &cutting.told);
    *state = &cutting;
    return 0;
}

static int tear_down(void **state)
{
    struct cutting *cutting = *state;
    char command[96];
    fault_vfs_force_synchronous(NULL);
    fault_vfs_remove();
    snprintf(command, sizeof command, "rm -rf %s", cutting->folder);
    return system(command);
}

/* Once on each page. */
static bool is_due(struct cutting *cutting, const char *page)
{
    for (int i = 0; i < cutting->done_count; i++)
        if (strcmp(cutting->done[i], page) == 0)
            return false;
    assert_true(cutting->done_count < PAGES_MAX);
    snprintf(cutting->done[cutting->done_count++], VISITOR_PAGE_BYTES, "%s", page);
    return true;
}

/* True where the power went; false at the end of the visit. */
static bool live(struct cutting *cutting)
{
    struct reason reason = {.text = ""};
    bool goes_on = true, is_cut = false;
    assert_int_equal(visitor_arrive(&cutting->visitor, &reason), RC_OK);
    while (goes_on && !is_cut) {
        long nth = 1 + (long)random_below(&cutting->random, NTH_MAX);
        if (is_due(cutting, visitor_page(&cutting->visitor)))
            fault_vfs_plan((struct fault_plan){FAULT_CUT, FAULT_ANY, nth, false});
        goes_on = visitor_act(&cutting->visitor);
        is_cut = fault_vfs_has_failed();
        if (!is_cut)
            fault_vfs_plan((struct fault_plan){.kind = FAULT_NONE});
    }
    visitor_leave(&cutting->visitor);
    return is_cut;
}

static void visit(struct cutting *cutting, enum fault_cut cut)
{
    bool goes_on = true;
    for (int lives = 0; goes_on && !visitor_has_loss(&cutting->loss) && lives < LIVES_MAX;
         lives++) {
        goes_on = live(cutting);
        cutting->cuts += goes_on;
        if (goes_on)
            fault_vfs_power_on(cut, &cutting->random);
        visitor_check(&cutting->visitor, &cutting->loss);
    }
}

static void a_first_visit_survives_a_power_cut_at_every_page(void **state)
{
    struct cutting *cutting = *state;
    cutting->random = random_for_test("visit cuts");
    visit(cutting, (enum fault_cut)random_below(&cutting->random, 3));
    if (visitor_has_loss(&cutting->loss))
        fail_msg("%s", cutting->loss.first);
    assert_true(cutting->told.is_over);
    assert_true(cutting->cuts >= CUTS_LEAST);
}

/* The control: on a disk that never syncs, what was told is lost. */
static void a_disk_that_only_promises_is_found_out(void **state)
{
    struct cutting *cutting = *state;
    cutting->random = random_for_test("visit cuts");
    fault_vfs_force_synchronous("OFF");
    visit(cutting, FAULT_CUT_LOSES);
    assert_true(cutting->loss.lost || cutting->loss.corrupt);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_first_visit_survives_a_power_cut_at_every_page, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_disk_that_only_promises_is_found_out, set_up, tear_down),
    };
    return hash_init() ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
