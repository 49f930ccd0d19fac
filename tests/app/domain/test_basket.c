#include "app/domain/basket.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/domain/day.h"
#include "tests/support/random.h"

#define FIRST 20261101
#define DAYS 120

static void pauses_are_read_or_refused_with_a_sentence(void **state)
{
    static const struct {
        const char *text, *reason; /* NULL: read */
        int count;
    } cases[] = {
        {"", NULL, 0},
        {" , ,", NULL, 0},
        {"2026-12-20", NULL, 1},
        {"2026-12-20/2027-01-05", NULL, 1},
        {" 2026-12-20/2027-01-05 , 2027-02-01,", NULL, 2},
        {"2026-12-20/2026-12-20", NULL, 1},
        {"2028-02-29", NULL, 1},
        {"2027-02-29", "\"2027-02-29\" is no pause", 0},
        {"20/12/2026", "\"20/12/2026\" is no pause", 0},
        {"2026-12-20/", "\"2026-12-20/\" is no pause", 0},
        {"/2026-12-20", "\"/2026-12-20\" is no pause", 0},
        {"2026-12-20/2026-12-21/2026-12-22", "is no pause", 0},
        {"2026-12-20 / 2026-12-21", "is no pause", 0},
        {"2027-01-05/2026-12-20", "ends before it begins", 0},
        {"2026-12-20,always", "\"always\" is no pause", 0},
        {"2026-12-20;2026-12-21", "is no pause", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct basket_pauses pauses = {.count = -1};
        struct reason reason = {.text = ""};
        enum rc rc = basket_read_pauses(cases[i].text, &pauses, &reason);
        if (rc != (cases[i].reason ? RC_BAD_INPUT : RC_OK))
            fail_msg("\"%s\": %s", cases[i].text, rc_text(rc));
        assert_int_equal(pauses.count, cases[i].reason ? -1 : cases[i].count);
        if (cases[i].reason && !strstr(reason.text, cases[i].reason))
            fail_msg("\"%s\": %s", cases[i].text, reason.text);
    }
}

static void too_many_pauses_are_refused_and_the_most_are_not(void **state)
{
    struct basket_pauses pauses;
    struct reason reason = {.text = ""};
    char text[(BASKET_PAUSES_MAX + 1) * 11 + 1] = "";
    (void)state;
    for (int i = 0; i < BASKET_PAUSES_MAX; i++)
        strcat(text, "2026-12-20,");
    assert_int_equal(basket_read_pauses(text, &pauses, &reason), RC_OK);
    assert_int_equal(pauses.count, BASKET_PAUSES_MAX);
    strcat(text, "2026-12-20");
    assert_int_equal(basket_read_pauses(text, &pauses, &reason), RC_LIMIT);
    assert_non_null(strstr(reason.text, "more than 20 pauses"));
}

/* --- against a calendar of single days --- */

static void write_pause(char *text, size_t size, int from, int to)
{
    size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%04d-%02d-%02d", used ? "," : "", from / 10000,
             from / 100 % 100, from % 100);
    used = strlen(text);
    if (to != from)
        snprintf(text + used, size - used, "/%04d-%02d-%02d", to / 10000, to / 100 % 100, to % 100);
}

static void a_basket_is_paused_on_the_days_of_its_pauses_and_until_the_last_of_them(void **state)
{
    struct random chance = random_for_test("pauses");
    int paused_days = 0;
    (void)state;
    for (int round = 0; round < 2000; round++) {
        bool is_paused[DAYS + 1] = {false};
        struct person owner = {.first_name = "Zoé"};
        int count = (int)random_below(&chance, 7);
        for (int i = 0; i < count; i++) {
            int from = (int)random_below(&chance, DAYS), length = (int)random_below(&chance, 12);
            int to = from + length < DAYS ? from + length : DAYS - 1;
            write_pause(owner.basket_pauses, sizeof owner.basket_pauses,
                        day_number_add(FIRST, from), day_number_add(FIRST, to));
            for (int day = from; day <= to; day++)
                is_paused[day] = true;
        }
        for (int day = 0; day < DAYS; day++) {
            int last = day;
            while (is_paused[last + 1])
                last++;
            int expected = is_paused[day] ? day_number_add(FIRST, last) : 0;
            assert_int_equal(basket_paused_until_of(&owner, day_number_add(FIRST, day)), expected);
            paused_days += is_paused[day];
        }
    }
    assert_true(paused_days > 2000); /* or nothing was tried */
}

static void what_cannot_be_read_pauses_nothing(void **state)
{
    const struct person owner = {.first_name = "Zoé", .basket_pauses = "2026-12-20,never"};
    (void)state;
    assert_int_equal(basket_paused_until_of(&owner, 20261220), 0);
}

/* --- who may fetch --- */

static void who_is_named_by_number_or_by_name_may_fetch_and_nobody_else(void **state)
{
    static const struct {
        const char *fetchers;
        bool may;
    } cases[] = {
        {"", false},
        {"1004", true},
        {" 1001 ;  1004 ; ", true},
        {"10045", false},
        {"100", false},
        {"Bilal Haddad", true},
        {"bilal  haddad", false}, /* folded, not guessed */
        {"BILAL HADDAD;1002", true},
        {"1002;Bilal", false},
        {"1002,1004", false},
        {";;;", false},
        {"Bilal Haddad 1004", false},
    };
    const struct person bilal = {
        .id = {1, 4}, .number = "1004", .first_name = "Bilal", .last_name = "Haddad"};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct person owner = {.id = {1, 1}, .first_name = "Zoé"};
        snprintf(owner.basket_fetchers, sizeof owner.basket_fetchers, "%s", cases[i].fetchers);
        if (basket_may_fetch(&owner, &bilal) != cases[i].may)
            fail_msg("\"%s\"", cases[i].fetchers);
        assert_true(basket_may_fetch(&owner, &owner));
    }
}

static void names_are_told_one_by_one_without_the_spaces_around_them(void **state)
{
    char name[BASKET_NAME_BYTES];
    const char *at = " 1002;; Béatrice de Ridder ;";
    (void)state;
    assert_true(basket_next_fetcher(&at, name));
    assert_string_equal(name, "1002");
    assert_true(basket_next_fetcher(&at, name));
    assert_string_equal(name, "Béatrice de Ridder");
    assert_false(basket_next_fetcher(&at, name));
}

static bool is_called_so(void *context, const char *name)
{
    return strcmp(context, name) == 0;
}

static void one_name_goes_and_the_others_stay(void **state)
{
    static const struct {
        const char *fetchers, *left;
    } cases[] = {
        {"1002; Bilal Haddad ;1004", "1002;1004"},
        {"Bilal Haddad", ""},
        {"Bilal Haddad;Bilal Haddad", ""},
        {" 1002; 1004 ", " 1002; 1004 "},
        {"", ""},
        {"Bilal", "Bilal"},
    };
    char name[] = "Bilal Haddad";
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct person owner = {.id = {1, 1}};
        snprintf(owner.basket_fetchers, sizeof owner.basket_fetchers, "%s", cases[i].fetchers);
        basket_drop_fetchers(&owner, is_called_so, name);
        assert_string_equal(owner.basket_fetchers, cases[i].left);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pauses_are_read_or_refused_with_a_sentence),
        cmocka_unit_test(too_many_pauses_are_refused_and_the_most_are_not),
        cmocka_unit_test(a_basket_is_paused_on_the_days_of_its_pauses_and_until_the_last_of_them),
        cmocka_unit_test(what_cannot_be_read_pauses_nothing),
        cmocka_unit_test(who_is_named_by_number_or_by_name_may_fetch_and_nobody_else),
        cmocka_unit_test(one_name_goes_and_the_others_stay),
        cmocka_unit_test(names_are_told_one_by_one_without_the_spaces_around_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
