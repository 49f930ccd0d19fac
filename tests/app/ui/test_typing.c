#include "app/ui/typing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/base/utf8.h"
#include "tests/support/random.h"

static struct typing field(enum typing_kind kind, const char *text)
{
    struct typing typing;
    typing_init(&typing, kind, 80, TYPING_SIZE);
    assert_int_equal(typing_insert(&typing, text), RC_OK);
    return typing;
}

static void a_full_field_takes_no_more_and_loses_nothing(void **state)
{
    struct typing typing;
    (void)state;
    typing_init(&typing, TYPING_NAME, 4, 96);
    assert_int_equal(typing_insert(&typing, "Zoë"), RC_OK);
    assert_int_equal(typing_insert(&typing, "Éa"), RC_LIMIT);
    assert_string_equal(typing.text, "Zoë");
    assert_int_equal(typing_insert(&typing, "É"), RC_OK);
    assert_int_equal(typing_insert(&typing, "a"), RC_LIMIT);
    /* An accent of its own is no character more. */
    assert_int_equal(typing_insert(&typing, "\u0301"), RC_OK);
    assert_int_equal(typing_count(&typing), 4);
}

static void a_field_is_as_long_as_its_bytes(void **state)
{
    struct typing typing;
    (void)state;
    typing_init(&typing, TYPING_NAME, 80, 6);
    assert_int_equal(typing_insert(&typing, "éé"), RC_OK);
    assert_int_equal(typing_insert(&typing, "é"), RC_LIMIT);
    assert_int_equal(typing_insert(&typing, "e"), RC_OK);
    assert_int_equal(typing_insert(&typing, "e"), RC_LIMIT);
    assert_string_equal(typing.text, "éée");
}

static void a_character_goes_with_the_accents_on_it(void **state)
{
    struct typing typing = field(TYPING_NAME, "Ze\u0308\u0301");
    (void)state;
    assert_int_equal(typing_count(&typing), 2);
    assert_true(typing_delete(&typing));
    assert_string_equal(typing.text, "Z");
    assert_true(typing_delete(&typing));
    assert_false(typing_delete(&typing));
    assert_string_equal(typing.text, "");
    assert_int_equal(typing_insert(&typing, "\u0301"), RC_REFUSED);
}

static void what_was_cleared_is_nowhere_in_memory(void **state)
{
    static const struct typing empty;
    struct typing typing = field(TYPING_PIN, "4711");
    (void)state;
    assert_true(typing_delete(&typing));
    assert_memory_equal(typing.text, "471\0\0", 5);
    typing_clear(&typing);
    assert_memory_equal(typing.text, empty.text, sizeof typing.text);
    assert_int_equal(typing_insert(&typing, "12a"), RC_REFUSED);
    assert_memory_equal(typing.text, empty.text, sizeof typing.text);
}

static void each_kind_of_field_takes_its_own_characters(void **state)
{
    static const struct {
        enum typing_kind kind;
        const char *text;
        enum rc rc;
    } rows[] = {
        {TYPING_NAME, "Łukasz d’Hondt-Müller Jr. (2)", RC_OK},
        {TYPING_NAME, "Ольга", RC_OK},
        {TYPING_NAME, " Ada", RC_REFUSED},
        {TYPING_NAME, "Ada  L", RC_REFUSED},
        {TYPING_NAME, "Ada\u00a0 L", RC_REFUSED},
        {TYPING_NAME, "Ada\n", RC_REFUSED},
        {TYPING_NAME, "Ada\xC3", RC_BAD_INPUT},
        {TYPING_TEXT, "  5 € ?", RC_OK},
        {TYPING_TEXT, "\t", RC_REFUSED},
        {TYPING_TEXT, "a\u202eb", RC_REFUSED},
        {TYPING_EMAIL, "Ada.L+coop_1@mail-x.be", RC_OK},
        {TYPING_EMAIL, "ada l@x.be", RC_REFUSED},
        {TYPING_EMAIL, "zoë@x.be", RC_REFUSED},
        {TYPING_EMAIL, "ada,l@x.be", RC_REFUSED},
        {TYPING_DIGITS, "0475123456", RC_OK},
        {TYPING_DIGITS, "0475 12", RC_REFUSED},
        {TYPING_DIGITS, "٣", RC_REFUSED},
        {TYPING_PIN, "0000", RC_OK},
        {TYPING_PIN, "-1", RC_REFUSED},
        {TYPING_CODE, TYPING_CODE_LETTERS, RC_OK},
        {TYPING_CODE, "BCA", RC_REFUSED},
        {TYPING_CODE, "BC1", RC_REFUSED},
        {TYPING_CODE, "Ç", RC_REFUSED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct typing typing = field(rows[i].kind, "");
        enum rc rc = typing_insert(&typing, rows[i].text);
        if (rc != rows[i].rc)
            fail_msg("\"%s\" in kind %d: %s", rows[i].text, rows[i].kind, rc_text(rc));
        assert_string_equal(typing.text, rc ? "" : rows[i].text);
    }
}

static void a_code_is_in_capitals_however_it_is_typed(void **state)
{
    struct typing typing = field(TYPING_CODE, "bcdFgh");
    (void)state;
    assert_string_equal(typing.text, "BCDFGH");
}

static void a_capital_is_expected_where_a_name_or_a_sentence_begins(void **state)
{
    static const struct {
        enum typing_kind kind;
        const char *text;
        bool wants;
    } rows[] = {
        {TYPING_NAME, "", true},
        {TYPING_NAME, "Zoë", false},
        {TYPING_NAME, "Zoë ", true},
        {TYPING_NAME, "Zoë\u00a0", true},
        {TYPING_NAME, "Marie-", true},
        {TYPING_NAME, "D'", true},
        {TYPING_NAME, "Zoë D'", true},
        {TYPING_NAME, "Zoë O’", true},
        {TYPING_NAME, "Jean-D'", true},
        {TYPING_NAME, "l'", false},
        {TYPING_NAME, "Jan '", false},
        {TYPING_NAME, "Jan 't ", true},
        {TYPING_NAME, "Sa'", false},
        {TYPING_NAME, "'", false},
        {TYPING_NAME, "J.", false},
        {TYPING_TEXT, "", true},
        {TYPING_TEXT, " ", true},
        {TYPING_TEXT, "Bonjour", false},
        {TYPING_TEXT, "Bonjour ", false},
        {TYPING_TEXT, "Bonjour.", false},
        {TYPING_TEXT, "Bonjour. ", true},
        {TYPING_TEXT, "Bonjour ?  ", true},
        {TYPING_TEXT, "Bonjour…\u00a0", true},
        {TYPING_TEXT, "Saint-", false},
        {TYPING_EMAIL, "", false},
        {TYPING_EMAIL, "a.", false},
        {TYPING_DIGITS, "", false},
        {TYPING_PIN, "", false},
        {TYPING_CODE, "B", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct typing typing = field(rows[i].kind, rows[i].text);
        if (typing_wants_capital(&typing) != rows[i].wants)
            fail_msg("after \"%s\" in kind %d", rows[i].text, rows[i].kind);
    }
}

/* Whatever is typed and deleted, the text is sound, within its limits and what a list of its
 * characters says. */
static void any_typing_leaves_a_sound_text(void **state)
{
    static const char *const pieces[] = {"a",      "É",    "ß",  "ễ", "😀",    "-", "'",
                                         "\u0301", ".com", "\n", " ", "\xC3", "",  "B"};
    struct random random = random_for_test("typing");
    (void)state;
    for (int round = 0; round < 2000; round++) {
        struct typing typing;
        int limit = 1 + (int)random_below(&random, 12);
        size_t size = 1 + random_below(&random, 20);
        typing_init(&typing, (enum typing_kind)random_below(&random, TYPING_KINDS), limit, size);
        for (int i = 0; i < 30; i++) {
            struct typing before = typing;
            const char *piece = pieces[random_below(&random, 14)];
            enum rc rc = typing_insert(&typing, piece);
            if (rc)
                assert_memory_equal(&typing, &before, sizeof typing);
            if (random_below(&random, 4) == 0 && typing_delete(&typing))
                assert_true(strncmp(typing.text, before.text, strlen(typing.text)) == 0 || !rc);
            assert_true(utf8_is_valid(typing.text, strlen(typing.text)));
            assert_true(typing_count(&typing) <= limit && strlen(typing.text) < size);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_field_takes_no_more_and_loses_nothing),
        cmocka_unit_test(a_field_is_as_long_as_its_bytes),
        cmocka_unit_test(a_character_goes_with_the_accents_on_it),
        cmocka_unit_test(what_was_cleared_is_nowhere_in_memory),
        cmocka_unit_test(each_kind_of_field_takes_its_own_characters),
        cmocka_unit_test(a_code_is_in_capitals_however_it_is_typed),
        cmocka_unit_test(a_capital_is_expected_where_a_name_or_a_sentence_begins),
        cmocka_unit_test(any_typing_leaves_a_sound_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
