/* Without memory an assembly has no numbers rather than wrong ones: the Nth allocation fails. */
#include "app/store/assembly.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "app/store/deeds.h"
#include "tests/support/malloc_calls.h"
#include "tests/support/plan.h"

static bool has_failed; /* an allocation of the last try */

/* Ada is here with Bilal's vote. */
static struct fact_id begin(struct house *house)
{
    static const char *const numbers[] = {"1001", "1002", "1003"};
    struct quorum_statutes statutes = quorum_default();
    struct occasion occasion = plan_occasion(house, OCCASION_ASSEMBLY, "Assembly", 0, 60);
    struct fact_id fact;
    house->occasion = OCCASION_COUNT;
    statutes.proxies = 1;
    journal_set_statutes(house->journal, &statutes);
    for (int i = 0; i < HOUSE_PEOPLE; i++)
        house_record(house, FACT_PERSON_CHANGED, house->people[i],
                     json_pack("{s:s,s:s}", "number", numbers[i], "college", "All"));
    const struct deed deed = {.kind = DEED_PROXY,
                              .occasion = plan_put(house, &occasion),
                              .other = house->people[HOUSE_IS_ADA]};
    const struct office office = {.now = house_now(house)};
    assert_int_equal(deeds_record(house->journal, &office, house->people[HOUSE_IS_BILAL], &deed,
                                  &fact, &house->reason),
                     RC_OK);
    house_tap(house, HOUSE_ADA);
    return deed.occasion;
}

/* One look in which the nth allocation fails. */
static enum rc count_without(struct house *house, struct fact_id of, long nth,
                             struct quorum *out_quorum)
{
    struct journal *journal = house->journal;
    int64_t now_ms = house_now(house).wall_ms;
    malloc_fail_at(nth);
    enum rc rc = assembly_count(journal_db(journal), journal_statutes(journal),
                                (struct assembly_of){.occasion = of}, now_ms, out_quorum);
    has_failed = malloc_end();
    return rc;
}

static void without_memory_an_assembly_is_not_counted_wrongly(void **state)
{
    struct house *house = *state;
    struct fact_id of = begin(house);
    struct quorum whole, quorum;
    int refused = 0;
    assert_int_equal(count_without(house, of, 0, &whole), RC_OK);
    assert_int_equal(quorum_present(&whole.all), 2);
    for (long nth = 1; nth == 1 || has_failed; nth++) {
        enum rc rc = count_without(house, of, nth, &quorum);
        assert_true(rc == RC_OK ? quorum_is_same(&quorum, &whole) : has_failed);
        refused += rc != RC_OK;
    }
    assert_true(refused >= 2); /* the control: voters and proxies need some */
    assert_int_equal(count_without(house, of, 0, &quorum), RC_OK);
    assert_true(quorum_is_same(&quorum, &whole));
}

static int set_up(void **state)
{
    *state = house_open();
    return 0;
}

static int tear_down(void **state)
{
    house_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(
        without_memory_an_assembly_is_not_counted_wrongly, set_up, tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
