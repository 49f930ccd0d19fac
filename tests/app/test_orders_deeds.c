/* What commands want noted of what people took, said and handed over. */
#include "app/orders.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/desk.h"
#include "tests/support/plan.h"

#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])

static int set_up(void **state)
{
    int failed = desk_set_up(state);
    struct house *house = *state;
    house_record(house, FACT_PERSON_CHANGED, ADA(house), json_pack("{s:s}", "number", "1001"));
    house_record(house, FACT_PERSON_CHANGED, BILAL(house), json_pack("{s:s}", "number", "1002"));
    return failed;
}

/* `request` is taken over. *out_is_new where it was done: was it noted anew? */
static enum rc carry_out(struct house *house, json_t *request, bool *out_is_new)
{
    struct order_result result = {.reply = NULL};
    const struct order order = {.request = request, .now = house_now(house)};
    const struct order_row *row = orders_find("deed");
    assert_non_null(row);
    assert_int_equal(row->file_bytes, 0);
    enum rc rc = row->carry_out(house->journal, &order, &result, &house->reason);
    if (!rc)
        *out_is_new = json_is_true(json_object_get(result.reply, "is_new"));
    orders_forget(&result);
    json_decref(request);
    return rc;
}

static void a_deed_is_noted_once_and_says_whether_it_is_new(void **state)
{
    struct house *house = *state;
    bool is_new = false;
    house_tap(house, HOUSE_ADA);
    assert_int_equal(
        carry_out(house, json_pack("{s:s,s:s}", "deed", "drink", "number", "1001"), &is_new),
        RC_OK);
    assert_true(is_new);
    assert_int_equal(
        carry_out(house, json_pack("{s:s,s:s}", "deed", "drink", "number", "1001"), &is_new),
        RC_OK);
    assert_false(is_new);
    assert_int_equal(house_number(house, "SELECT count(*) FROM deed WHERE kind=0"), 1);
    assert_true(house_holds(house));
}

static void text_occasion_and_the_other_one_go_along(void **state)
{
    struct house *house = *state;
    bool is_new;
    struct occasion occasion = plan_occasion(house, OCCASION_ASSEMBLY, "AG", 0, 120);
    struct quorum_statutes statutes = quorum_default();
    statutes.proxies = 1;
    journal_set_statutes(house->journal, &statutes);
    struct fact_id id = plan_put(house, &occasion);
    assert_int_equal(
        carry_out(house,
                  json_pack("{s:s,s:s,s:s,s:[I,I]}", "deed", "proxy", "number", "1001", "other",
                            "1002", "occasion", (json_int_t)id.station, (json_int_t)id.seq),
                  &is_new),
        RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM deed d JOIN person p ON"
                                         " p.station=d.other_station AND p.seq=d.other_seq"
                                         " WHERE p.number='1002' AND d.occasion_seq>0"),
                     1);
    assert_int_equal(
        carry_out(house,
                  json_pack("{s:s,s:s,s:s}", "deed", "need", "number", "1002", "text", "Une rampe"),
                  &is_new),
        RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM deed WHERE text='Une rampe'"), 1);
}

static void what_cannot_be_noted_is_told_and_changes_nothing(void **state)
{
    static const struct {
        const char *deed, *number, *text, *other, *words;
    } rows[] = {
        {"lecture", "1001", NULL, NULL, "no such deed"},
        {"drink", "9999", NULL, NULL, "nobody has the number 9999"},
        {"drink", "1002", NULL, NULL, "in the house"}, /* who is not there */
        {"need", "1001", NULL, NULL, "Nothing is written"},
        {"proxy", "1001", NULL, "9999", "nobody has the number 9999"},
    };
    struct house *house = *state;
    int64_t facts = desk_facts(house);
    bool is_new;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        json_t *request = json_pack("{s:s,s:s,s:s*,s:s*}", "deed", rows[i].deed, "number",
                                    rows[i].number, "text", rows[i].text, "other", rows[i].other);
        assert_int_not_equal(carry_out(house, request, &is_new), RC_OK);
        if (!strstr(house->reason.text, rows[i].words))
            fail_msg("row %zu: %s", i, house->reason.text);
    }
    char text[DEED_TEXT_BYTES + 8];
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = 0;
    assert_int_equal(
        carry_out(house, json_pack("{s:s,s:s,s:s}", "deed", "need", "number", "1001", "text", text),
                  &is_new),
        RC_BAD_INPUT);
    assert_non_null(strstr(house->reason.text, "too long"));
    assert_int_equal(desk_facts(house), facts);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, desk_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_deed_is_noted_once_and_says_whether_it_is_new),
        TEST(text_occasion_and_the_other_one_go_along),
        TEST(what_cannot_be_noted_is_told_and_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
