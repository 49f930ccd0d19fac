/* What was said and given at occasions, and one person's own ledger. */
#include "app/store/lookup_deeds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/deeds.h"
#include "app/store/report.h"
#include "tests/support/desk.h"
#include "tests/support/plan.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])

static struct fact_id put(struct house *house, enum occasion_kind kind, const char *title)
{
    struct occasion occasion = plan_occasion(house, kind, title, 0, 300);
    return plan_put(house, &occasion);
}

static void record(struct house *house, enum deed_kind kind, struct fact_id person,
                   struct fact_id occasion, const char *text)
{
    const struct office office = {.now = house_now(house)};
    struct deed deed = {.kind = kind, .occasion = occasion};
    struct fact_id fact;
    snprintf(deed.text, sizeof deed.text, "%s", text);
    enum rc rc = deeds_record(house->journal, &office, person, &deed, &fact, &house->reason);
    house_expect(!rc, "not noted: %s", house->reason.text);
    house_wait(house, HOUSE_MINUTE_MS);
}

struct told {
    char text[1024];
};

static enum rc tell(struct told *told, const char *format, ...) PRINTF_LIKE(2, 3);

static enum rc tell(struct told *told, const char *format, ...)
{
    va_list arguments;
    size_t used = strlen(told->text);
    va_start(arguments, format);
    vsnprintf(told->text + used, sizeof told->text - used, format, arguments);
    va_end(arguments);
    return RC_OK;
}

static enum rc tell_deed(void *context, const struct lookup_deed *row)
{
    return tell(context, "%s %s: %s; ", row->full_name, row->title, row->deed.text);
}

static enum rc tell_gift(void *context, const struct lookup_gift *row)
{
    return tell(context, "%d %s %s %d; ", row->day, row->title, deed_kind_name(row->kind),
                (int)row->count);
}

static enum rc tell_ledger(void *context, const struct lookup_ledger *row)
{
    return row->seconds ? tell(context, "%d %s %s %d s; ", row->day, row->title, row->mission,
                               (int)row->seconds)
                        : tell(context, "%d %s %s %d; ", row->day, row->title,
                               deed_kind_name(row->kind), (int)row->count);
}

static void needs_are_listed_with_who_when_and_where(void **state)
{
    struct house *house = *state;
    struct told all = {""}, none = {""};
    struct db *db = journal_db(house->journal);
    struct fact_id agora = put(house, OCCASION_AGORA, "Agora");
    record(house, DEED_NEED, BILAL(house), agora, "Une rampe");
    record(house, DEED_NEED, ADA(house), (struct fact_id){0, 0}, "Un four");
    assert_int_equal(lookup_deeds(db, DEED_NEED, 20261121, 20261121, tell_deed, &all), RC_OK);
    assert_string_equal(all.text, "Bilal Dubois Agora: Une rampe; Ada Dubois : Un four; ");
    assert_int_equal(lookup_deeds(db, DEED_NEED, 20261122, REPORT_LAST_DAY, tell_deed, &none),
                     RC_OK);
    assert_int_equal(lookup_deeds(db, DEED_DRINK, 0, REPORT_LAST_DAY, tell_deed, &none), RC_OK);
    assert_string_equal(none.text, "");
}

static void gifts_are_sums_by_occasion_and_by_day_without_one(void **state)
{
    struct house *house = *state;
    struct told told = {""};
    struct fact_id first = put(house, OCCASION_DRINKS, "Apéro"),
                   second = put(house, OCCASION_DRINKS, "Bal");
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_BILAL);
    record(house, DEED_DRINK, ADA(house), first, "");
    record(house, DEED_DRINK, BILAL(house), first, "");
    record(house, DEED_DRINK, ADA(house), first, "");
    record(house, DEED_DRINK, ADA(house), second, "");
    record(house, DEED_NEED, ADA(house), second, "Une rampe"); /* comes back to nobody */
    house_wait(house, 24 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    record(house, DEED_DRINK, ADA(house), (struct fact_id){0, 0}, "");
    assert_int_equal(lookup_gifts(journal_db(house->journal), 0, REPORT_LAST_DAY, tell_gift, &told),
                     RC_OK);
    assert_string_equal(told.text, "20261121 Apéro drink 3; 20261121 Bal drink 1; "
                                   "20261122  drink 1; ");
}

static void a_ledger_is_ones_own_and_has_what_was_given_and_what_came_back(void **state)
{
    struct house *house = *state;
    struct told ada = {""}, bilal = {""}, chloe = {""};
    struct db *db = journal_db(house->journal);
    house_record(house, FACT_ROLE_SET, ADA(house), json_pack("{s:s}", "role", "host"));
    struct shift_id till = plan_one(house, "Till", 0, 60, 2);
    assert_int_equal(plan_sign_up(house, ADA(house), till), RC_OK);
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_BILAL);
    house_tap(house, HOUSE_CHLOE);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_CHLOE); /* hours as staff are none of it */
    struct fact_id drinks = put(house, OCCASION_DRINKS, "Apéro");
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    record(house, DEED_DRINK, ADA(house), drinks, "");
    record(house, DEED_DRINK, ADA(house), drinks, "");
    record(house, DEED_DRINK, BILAL(house), drinks, "");
    assert_int_equal(lookup_ledger(db, ADA(house), 0, REPORT_LAST_DAY, tell_ledger, &ada), RC_OK);
    assert_string_equal(ada.text, "20261121 Shop Till 3600 s; 20261121 Apéro drink 2; ");
    assert_int_equal(lookup_ledger(db, BILAL(house), 0, REPORT_LAST_DAY, tell_ledger, &bilal),
                     RC_OK);
    assert_string_equal(bilal.text, "20261121 Apéro drink 1; ");
    assert_int_equal(
        lookup_ledger(db, house->people[HOUSE_IS_CHLOE], 0, REPORT_LAST_DAY, tell_ledger, &chloe),
        RC_OK);
    assert_string_equal(chloe.text, "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_set_up, desk_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(needs_are_listed_with_who_when_and_where),
        TEST(gifts_are_sums_by_occasion_and_by_day_without_one),
        TEST(a_ledger_is_ones_own_and_has_what_was_given_and_what_came_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
