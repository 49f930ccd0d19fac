#include "app/exchange/people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/exchange/csv.h"
#include "firmware/base/utf8.h"
#include "tests/support/random.h"
#include "tests/support/roster.h"
#include "tests/support/whole.h"

#define DATA "tests/app/exchange/data/"

static void the_list_from_excel_is_160_new_people(void **state)
{
    struct roster *house = calloc(1, sizeof *house);
    struct people *people = roster_read_file(DATA "people-excel-fr.csv");
    (void)state;
    roster_plan(people, house);
    roster_expect_counts(people, 160, 0, 0, 0, 160);
    assert_int_equal(people_unused_count(people), 0);
    const struct people_row *row = people_row(people, 0);
    assert_string_equal(row->person.number, "1001");
    assert_string_equal(row->person.first_name, "Zoé");
    assert_string_equal(row->person.last_name, "de Ridder");
    assert_string_equal(row->person.language, "fr");
    assert_string_equal(row->person.circle, "ambassador");
    assert_string_equal(row->person.email, "1.1@example.org");
    assert_string_equal(row->person.phone, "+32 466 599 13 59");
    assert_string_equal(row->person.since, "2021-10-25");
    assert_string_equal(row->badges[0].text, "uid:FDE6F1C2");
    assert_string_equal(people_row(people, 10)->person.last_name, "'t Kint");
    assert_string_equal(people_row(people, 12)->person.first_name, "Çiğdem");
    assert_string_equal(people_row(people, 159)->person.last_name, "Şahin");
    assert_int_equal(people_row(people, 159)->line, 161);

    assert_int_equal(roster_take(people, house), RC_OK);
    assert_int_equal(house->facts, 320);
    roster_plan(people, house);
    roster_expect_counts(people, 0, 0, 160, 0, 0);
    assert_int_equal(roster_take(people, house), RC_OK);
    assert_int_equal(house->facts, 320);
    people_close(people);
    free(house);
}

static void the_list_of_the_older_tool_keeps_its_accents_and_its_cards(void **state)
{
    struct roster *house = calloc(1, sizeof *house);
    struct people *people = roster_read_file(DATA "people-latin1.csv");
    (void)state;
    roster_plan(people, house);
    roster_expect_counts(people, 47, 0, 0, 0, 47);
    for (size_t i = 0; i < people_count(people); i++) {
        const struct people_row *row = people_row(people, i);
        assert_int_equal(row->badge_count, 1);
        assert_memory_equal(row->badges[0].text, "ean:2410000", 11);
        assert_true(utf8_is_valid(row->person.first_name, strlen(row->person.first_name)));
        assert_string_equal(row->person.language, "");
    }
    assert_string_equal(people_row(people, 1)->person.first_name, "Loïc");
    assert_string_equal(people_row(people, 4)->person.last_name, "'T KINT");
    assert_string_equal(people_row(people, 6)->person.last_name, "LEFÈVRE");
    assert_string_equal(people_row(people, 8)->person.last_name, "MÜLLER-GÖRTZ");
    assert_string_equal(people_row(people, 9)->person.first_name, "Étienne");
    assert_string_equal(people_row(people, 11)->person.last_name, "BÙI");
    assert_string_equal(people_row(people, 0)->badges[0].text, "ean:2410000001613");
    assert_string_equal(people_row(people, 46)->person.phone, "+32 494 687 72 31");
    people_close(people);
    free(house);
}

static void the_list_from_odoo_splits_names_and_updates_by_its_id(void **state)
{
    struct roster *house = calloc(1, sizeof *house);
    struct people *people = roster_read_file(DATA "people-odoo.csv");
    (void)state;
    roster_plan(people, house);
    roster_expect_counts(people, 30, 0, 0, 0, 30);
    const struct people_row *row = people_row(people, 2);
    assert_string_equal(row->person.external_id, "__export__.res_partner_1213");
    assert_string_equal(row->person.number, "");
    assert_string_equal(row->person.first_name, "Béatrice");
    assert_string_equal(row->person.last_name, "de Ridder");
    assert_string_equal(row->person.language, "fr");
    assert_string_equal(row->badges[0].text, "uid:A8487203");
    assert_string_equal(people_row(people, 1)->badges[0].text, "uid:82EAC43C729C40");
    assert_string_equal(people_row(people, 0)->person.language, "en");
    assert_int_equal(roster_take(people, house), RC_OK);
    strcpy(house->people[2].phone, "0");
    strcpy(house->people[2].circle, "helper");
    roster_plan(people, house);
    roster_expect_counts(people, 0, 1, 29, 0, 0);
    assert_int_equal(people_row(people, 2)->changed, 1u << PERSON_PHONE);
    assert_int_equal(roster_take(people, house), RC_OK);
    assert_string_equal(house->people[2].phone, "+32 490 467 92 26");
    assert_string_equal(house->people[2].circle, "helper");
    people_close(people);
    free(house);
}

static void the_faulty_list_is_refused_line_by_line(void **state)
{
    struct roster *house = calloc(1, sizeof *house);
    struct people *people = roster_read_file(DATA "people-faulty.csv");
    static const char *const says[] = {
        "Lines 2 and 7 have the same member number",
        "Lines 2 and 3 have the same badge",
        "There is no first name",
        "\"xx\" is no language",
        "\"ZZ00\" is no badge number",
        "Lines 2 and 7 have the same member number",
        "A quotation mark is opened and not closed",
        "makes up another number at every tap",
    };
    (void)state;
    roster_plan(people, house);
    roster_expect_counts(people, 0, 0, 0, 8, 0);
    for (size_t i = 0; i < 8; i++)
        roster_expect_row(people, i, (int)i + 2, PEOPLE_REFUSED, says[i]);
    assert_string_equal(people_row(people, 4)->person.last_name, "=HYPERLINK(\"x\")");
    assert_int_equal(roster_take(people, house), RC_OK);
    assert_int_equal(house->facts, 0);
    people_close(people);
    free(house);
}

static void a_doubled_file_is_one_file(void **state)
{
    static const char *const names[] = {DATA "people-excel-fr.csv", DATA "people-latin1.csv",
                                        DATA "people-odoo.csv"};
    static const size_t counts[] = {160, 47, 30};
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct roster *house = calloc(1, sizeof *house);
        size_t length;
        char *bytes = roster_load(names[i], &length);
        char *twice = malloc(2 * length);
        memcpy(twice, bytes, length);
        memcpy(twice + length, bytes, length);
        struct people *people = roster_read_bytes(twice, 2 * length);
        roster_plan(people, house);
        roster_expect_counts(people, counts[i], 0, counts[i], 0, counts[i]);
        roster_expect_row(people, counts[i], (int)counts[i] + 3, PEOPLE_SAME,
                          "Line 2 says the same");
        assert_int_equal(roster_take(people, house), RC_OK);
        assert_int_equal(house->count, counts[i]);
        people_close(people);
        free(twice);
        free(bytes);
        free(house);
    }
}

static void a_fact_that_cannot_be_written_ends_the_import(void **state)
{
    (void)state;
    for (int64_t nth = 1; nth <= 5; nth++) {
        struct roster house = roster_with_zoe();
        struct people *people =
            roster_read_text("number;first name;badge\n7;Zoë;04A1B2C9\n8;Jef;04A1B2C4\n");
        roster_plan(people, &house);
        house.fails_at = 10 + nth;
        assert_int_equal(roster_take(people, &house), nth <= 4 ? RC_FULL : RC_OK);
        assert_int_equal(house.facts, 10 + (nth <= 4 ? nth : 4));
        people_close(people);
    }
}

static bool is_same(const struct people_row *a, const struct people_row *b)
{
    if (a->line != b->line || a->badge_count != b->badge_count)
        return false;
    for (int i = 0; i < person_field_count; i++)
        if (strcmp(person_text_const(&a->person, i), person_text_const(&b->person, i)) != 0)
            return false;
    return true;
}

static void a_file_cut_anywhere_invents_nobody(void **state)
{
    static const char *const names[] = {DATA "people-excel-fr.csv", DATA "people-latin1.csv",
                                        DATA "people-odoo.csv", DATA "people-faulty.csv"};
    struct random random = random_for_test("cut files");
    (void)state;
    for (int n = 0; n < 4; n++) {
        size_t length;
        char *bytes = roster_load(names[n], &length);
        struct people *whole = roster_read_bytes(bytes, length);
        for (size_t cut = 0; cut < length; cut += 1 + random_below(&random, whole_or_every(7))) {
            struct people *people = NULL;
            char *part = malloc(cut + 1); /* its own block: a sanitizer sees a step too far */
            memcpy(part, bytes, cut);
            int last_line = 1;
            for (size_t i = 0; i < cut; i++)
                last_line += part[i] == '\n';
            if (people_read(part, cut, &people, NULL) == RC_OK) {
                assert_true(people_count(people) <= people_count(whole));
                for (size_t i = 0; i < people_count(people); i++) {
                    const struct people_row *row = people_row(people, i);
                    if (row->line < last_line && !is_same(people_row(whole, i), row))
                        fail_msg("%s cut at %zu: line %d", names[n], cut, row->line);
                }
                people_close(people);
            }
            free(part);
        }
        people_close(whole);
        free(bytes);
    }
}

static void hostile_files_end_in_sentences(void **state)
{
    struct roster house = {.count = 0};
    size_t size = 1 << 20;
    char *text = malloc(size), *long_name = malloc(10001);
    struct people *people = NULL;
    struct reason reason = {.text = ""};
    (void)state;
    memset(long_name, 'a', 10000);
    long_name[10000] = 0;
    snprintf(text, size, "number;first name\n1;%s\n2;%.500s\n3;Zoé\n", long_name, long_name);
    people = roster_read_text(text);
    roster_plan(people, &house);
    roster_expect_row(people, 0, 2, PEOPLE_REFUSED, "more than 4096");
    roster_expect_row(people, 1, 3, PEOPLE_REFUSED, "The first name is too long: \"aaaa");
    roster_expect_row(people, 2, 4, PEOPLE_NEW, NULL);
    people_close(people);

    memset(text, ';', 100000);
    strcpy(text + 100000, "\n1;Zoé\n");
    assert_int_equal(people_read(text, strlen(text), &people, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, "64 columns"));

    size_t used = (size_t)sprintf(text, "first name\n");
    for (int i = 0; i < CSV_ROWS; i++)
        used += (size_t)sprintf(text + used, "a\n");
    assert_int_equal(people_read(text, used, &people, &reason), RC_LIMIT);
    assert_non_null(strstr(reason.text, "more than 100000 lines"));
    free(long_name);
    free(text);
}

static void random_lists_never_crash_and_plans_hold(void **state)
{
    static const char *const cells[] = {"1",        "2",    "3",          "Zoé", "=x", "",
                                        "04A1B2C3", "\"",   "0077705923", "fr",  "xx", "08112233",
                                        "\"a;b\"",  "\xE9", "1/1/2020",   "\n",  ";",  "'t Kint"};
    struct random random = random_for_test("random lists");
    (void)state;
    for (int round = 0; round < 3000; round++) {
        char text[2048] = "number;first name;last name;badge;language;since\n";
        for (unsigned left = random_below(&random, 60); left > 0; left--) {
            strcat(text, cells[random_below(&random, sizeof cells / sizeof cells[0])]);
            strcat(text, random_below(&random, 6) ? ";" : "\n");
        }
        struct people *people = NULL;
        struct roster *house = calloc(1, sizeof *house);
        if (people_read(text, strlen(text), &people, NULL) == RC_OK) {
            roster_plan(people, house);
            struct people_counts counts = people_count_plan(people);
            assert_int_equal(roster_take(people, house), RC_OK);
            assert_int_equal(house->count, counts.rows[PEOPLE_NEW]);
            assert_int_equal(house->badge_count, counts.badges);
            for (size_t i = 0; i < people_count(people); i++)
                assert_true((people_row(people, i)->verdict != PEOPLE_REFUSED) ||
                            people_row(people, i)->reason);
            people_close(people);
        }
        free(house);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_from_excel_is_160_new_people),
        cmocka_unit_test(the_list_of_the_older_tool_keeps_its_accents_and_its_cards),
        cmocka_unit_test(the_list_from_odoo_splits_names_and_updates_by_its_id),
        cmocka_unit_test(the_faulty_list_is_refused_line_by_line),
        cmocka_unit_test(a_doubled_file_is_one_file),
        cmocka_unit_test(a_fact_that_cannot_be_written_ends_the_import),
        cmocka_unit_test(a_file_cut_anywhere_invents_nobody),
        cmocka_unit_test(hostile_files_end_in_sentences),
        cmocka_unit_test(random_lists_never_crash_and_plans_hold),
    };
    return cmocka_run_group_tests(tests, roster_set_up, NULL);
}
