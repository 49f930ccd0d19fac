#include "app/exchange/people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/roster.h"

static void a_file_without_a_name_says_what_it_found_and_what_it_needs(void **state)
{
    struct people *people = NULL;
    struct reason reason = {.text = ""};
    static const char text[] = "Numéro;Nom;Adresse\n1;Dubois;x\n";
    (void)state;
    assert_int_equal(people_read(text, strlen(text), &people, &reason), RC_BAD_INPUT);
    assert_null(people);
    assert_string_equal(reason.text,
                        "The first line has no column for the first name. Found: \"Numéro\", "
                        "\"Nom\", \"Adresse\". Needed: \"Prénom\", \"Voornaam\" or \"First name\", "
                        "or \"Name\" with the whole name.");
}

static void a_file_with_nobody_in_it_says_so(void **state)
{
    static const struct {
        const char *text, *says;
        enum rc rc;
    } rows[] = {
        {"", "empty", RC_EMPTY},
        {"prénom;nom\n", "nobody", RC_EMPTY},
        {"prénom;nom\n;;\n  ;\n", "nobody", RC_EMPTY},
        {"sep=;\n", "nobody", RC_EMPTY},
        {"prénom;\"nom\n", "headings, cannot be read", RC_BAD_INPUT},
        {"\xFF\xFEp\0", "UTF-16", RC_UNSUPPORTED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct people *people = NULL;
        struct reason reason = {.text = ""};
        assert_int_equal(people_read(rows[i].text, strlen(rows[i].text), &people, &reason),
                         rows[i].rc);
        if (!strstr(reason.text, rows[i].says))
            fail_msg("%zu: %s", i, reason.text);
    }
}

static void columns_nobody_knows_are_named(void **state)
{
    struct people *people = roster_read_text("Prénom;Remarque;Nom;;Rue & numéro 12\nZoé;x;D;y;z\n");
    struct roster house = {.count = 0};
    char *text = NULL;
    (void)state;
    assert_int_equal(people_unused_count(people), 2);
    assert_string_equal(people_unused(people, 0), "Remarque");
    assert_string_equal(people_unused(people, 1), "Rue & numéro 12");
    roster_plan(people, &house);
    assert_int_equal(people_preview_text(people, &text), RC_OK);
    assert_non_null(strstr(text, "not used: \"Remarque\", \"Rue & numéro 12\"\n"));
    assert_non_null(strstr(text, "note: This list has neither a member number nor"));
    free(text);
    people_close(people);
}

static void a_name_beside_a_first_name_is_the_last_one(void **state)
{
    struct people *people = roster_read_text("First name,Name\nAda,Lovelace\n");
    (void)state;
    assert_string_equal(people_row(people, 0)->person.last_name, "Lovelace");
    people_close(people);
    people = roster_read_text("name,first name,last name\nAda Lovelace,Ada,King\n");
    assert_string_equal(people_row(people, 0)->person.last_name, "King");
    assert_string_equal(people_unused(people, 0), "name");
    people_close(people);
}

static void each_fault_has_its_own_sentence(void **state)
{
    static const struct {
        const char *row, *says;
    } rows[] = {
        {"1;;Dubois;;;;;", "no first name"},
        {"1;Zoé\x07;Dubois;;;;;", "The first name has characters"},
        {"1;Zoé;\"a\nb\";;;;;", "The last name has characters"},
        {"12345678901234567890123456789012;Zoé;D;;;;;", "The member number is too long"},
        {"1;Zoé;D;klingon;;;;", "no language"},
        {"1;Zoé;D;;nope;;;", "no badge number"},
        {"1;Zoé;D;;2410000001614;;;", "last digit"},
        {"1;Zoé;D;;2,41E+12;;;", "spreadsheet has rounded"},
        {"1;Zoé;D;;04A1B2C3|nope;;;", "no badge number"},
        {"1;Zoé;D;;08A1B2C3;;;", "makes up another number"},
        {"1;Zoé;D;;04A1B2C3,08A1B2C3;;;", "makes up another number"},
        {"1;Zoé;D;;04000001|04000002|04000003|04000004|04000005;;;", "more than 4 badges"},
        {"1;Zoé;D;;;;;31/02/2020", "no date"},
        {"1;Zoé;D;;;;;;extra", "9 columns and only 8 headings"},
        {"1;Zoé;D", "Only 3 of 8 columns"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[512];
        struct roster house = {.count = 0};
        snprintf(text, sizeof text,
                 "number;first name;last name;language;badge;email;phone;since\n%s", rows[i].row);
        struct people *people = roster_read_text(text);
        roster_plan(people, &house);
        assert_int_equal(people_count(people), 1);
        const struct reason *reason = people_row(people, 0)->reason;
        if (!reason || !strstr(reason->text, rows[i].says))
            fail_msg("%s: %s", rows[i].row, reason ? reason->text : "");
        roster_expect_row(people, 0, 2, PEOPLE_REFUSED, "");
        people_close(people);
    }
}

static void college_shares_pause_and_private_hours_are_read_or_refused(void **state)
{
    static const struct {
        const char *row, *says; /* NULL: it is taken */
    } rows[] = {
        {"Zoé;workers;12;31/12/2026;oui", NULL},
        {"Zoé;;-2;;", "\"-2\" is no number of shares"},
        {"Zoé;;2,5;;", "no number of shares"},
        {"Zoé;;123456789012;;", "The number of shares is too long"},
        {"Zoé;;;31/02/2026;", "no date"},
        {"Zoé;;;;perhaps", "neither yes nor no"},
        {"Zoé;a\x07;;;", "The college has characters"},
        {"Zoé;1234567890123456789012345678901234567890123456789012345678901234;;;",
         "The college is too long"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[512];
        snprintf(text, sizeof text, "first name;college;shares;paused until;private hours\n%s",
                 rows[i].row);
        struct people *people = roster_read_text(text);
        const struct people_row *row = people_row(people, 0);
        if (rows[i].says) {
            if (!row->reason || !strstr(row->reason->text, rows[i].says))
                fail_msg("%s: %s", rows[i].row, row->reason ? row->reason->text : "");
        } else {
            assert_null(row->reason);
            assert_string_equal(row->person.college, "workers");
            assert_string_equal(row->person.shares, "12");
            assert_string_equal(row->person.paused_until, "2026-12-31");
            assert_string_equal(row->person.private_hours, "yes");
        }
        people_close(people);
    }
}

static void no_to_private_hours_is_what_stands_without_a_word(void **state)
{
    struct people *people = roster_read_text("first name;private hours\nZoé;Non\nJef;0\n");
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        assert_null(people_row(people, i)->reason);
        assert_string_equal(people_row(people, i)->person.private_hours, "");
    }
    people_close(people);
}

static void several_badges_may_stand_in_one_cell_or_in_two_columns(void **state)
{
    struct roster house = {.count = 0};
    struct people *people = roster_read_text(
        "prénom;badge;badge 2\nZoé;04A1B2C3|2410000001613;FD:E6:F1:C2\nJef;04A1B2C4 / "
        "04:a1:b2:c4;\n");
    (void)state;
    roster_plan(people, &house);
    roster_expect_counts(people, 2, 0, 0, 0, 4);
    assert_string_equal(people_row(people, 0)->badges[1].text, "ean:2410000001613");
    assert_string_equal(people_row(people, 0)->badges[2].text, "uid:FDE6F1C2");
    assert_int_equal(people_row(people, 1)->badge_count, 1);
    people_close(people);
}

static void a_formula_for_a_name_is_a_name(void **state)
{
    struct roster house = {.count = 0};
    struct people *people = roster_read_text("number,first name,last name,phone\n"
                                             "1,=1+1,\"=HYPERLINK(\"\"x\"\")\",+32 466\n"
                                             "2,'=1+1,'t Kint,'+32 466\n");
    (void)state;
    roster_plan(people, &house);
    roster_expect_counts(people, 2, 0, 0, 0, 0);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(people_row(people, i)->person.first_name, "=1+1");
        assert_string_equal(people_row(people, i)->person.phone, "+32 466");
    }
    assert_string_equal(people_row(people, 1)->person.last_name, "'t Kint");
    people_close(people);
}

static void a_discreet_greeting_is_read_or_refused(void **state)
{
    (void)state;
    struct people *people =
        roster_read_text("first name;discreet\nZoé;oui\nJef;nee\nAda;perhaps\n");
    assert_string_equal(people_row(people, 0)->person.discreet, "yes");
    assert_string_equal(people_row(people, 1)->person.discreet, "");
    assert_int_equal(people_row(people, 2)->verdict, PEOPLE_REFUSED);
    people_close(people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_without_a_name_says_what_it_found_and_what_it_needs),
        cmocka_unit_test(a_file_with_nobody_in_it_says_so),
        cmocka_unit_test(columns_nobody_knows_are_named),
        cmocka_unit_test(a_name_beside_a_first_name_is_the_last_one),
        cmocka_unit_test(each_fault_has_its_own_sentence),
        cmocka_unit_test(college_shares_pause_and_private_hours_are_read_or_refused),
        cmocka_unit_test(no_to_private_hours_is_what_stands_without_a_word),
        cmocka_unit_test(a_discreet_greeting_is_read_or_refused),
        cmocka_unit_test(several_badges_may_stand_in_one_cell_or_in_two_columns),
        cmocka_unit_test(a_formula_for_a_name_is_a_name),
    };
    return cmocka_run_group_tests(tests, roster_set_up, NULL);
}
