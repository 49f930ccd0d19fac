/* A sentence kept with what stands in it, and said in another language. */
#include "firmware/base/saying.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/base/rc.h"

/* A language of three sentences; it turns the two values of one around. */
static const char *translate(int language, const char *text)
{
    static const char *const pairs[][2] = {
        {"Line %d has %s of %zu.", "Sur %3$zu, %2$s : ligne %1$d (100 %%)."},
        {"The %s is too long: \"%.*s\".", "« %s » : « %.*s », c’est trop long."},
        {"first name", "prénom"},
        {"Nothing.", "Rien."},
        {"'%s' of line %d %s", "ligne %2$d : « %1$s » %3$s"},
        {"takes %d to %d", "va de %d à %d"},
        {"knows %s; %s", "connaît %s ; %s"},
        {"Broken %d.", "Cassé %q %s %d %d."},
    };
    assert_int_equal(language, 7);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (strcmp(pairs[i][0], text) == 0)
            return pairs[i][1];
    return text;
}

static const struct tongue french = {translate, 7}, english = {NULL, 0};
static char said[200];

static const char *say(const struct reason *reason, struct tongue tongue)
{
    return reason_say(reason, tongue, said, sizeof said);
}

static void it_is_said_in_either_language_with_what_stands_in_it(void **state)
{
    (void)state;
    struct reason reason;
    reason_set(&reason, "Line %d has %s of %zu.", 12, "some", (size_t)40);
    assert_string_equal(reason.text, "Line 12 has some of 40.");
    assert_string_equal(say(&reason, english), reason.text);
    assert_string_equal(say(&reason, french), "Sur 40, some : ligne 12 (100 %).");
    reason_set(&reason, "Nothing.");
    assert_string_equal(say(&reason, french), "Rien.");
    reason_set(&reason, "Nobody knows this one: %s.", "x");
    assert_string_equal(say(&reason, french), "Nobody knows this one: x.");
}

static void a_value_is_translated_only_where_it_is_a_source_text(void **state)
{
    (void)state;
    struct reason reason;
    reason_set(&reason, "The %s is too long: \"%.*s\".", "first name", 10, "first name of all");
    assert_string_equal(say(&reason, french), "« first name » : « first name », c’est trop long.");
    reason_mark(&reason, 0);
    assert_string_equal(say(&reason, french), "« prénom » : « first name », c’est trop long.");
    assert_string_equal(say(&reason, english), "The first name is too long: \"first name\".");
    reason_set(&reason, "%s", "Nothing.");
    assert_string_equal(say(&reason, french), "Rien.");
    reason_set(&reason, "%s", "");
    assert_string_equal(say(&reason, french), "");
}

/* Whoever writes a list may write what they like: it stays what it is. */
static void no_value_is_ever_a_format(void **state)
{
    (void)state;
    struct reason reason;
    reason_set(&reason, "Line %d has %s of %zu.", 1, "%n%s%1$d%%", (size_t)2);
    assert_string_equal(say(&reason, english), "Line 1 has %n%s%1$d%% of 2.");
    assert_string_equal(say(&reason, french), "Sur 2, %n%s%1$d%% : ligne 1 (100 %).");
    reason_set(&reason, "Broken %d.", 5); /* a translation that asks for more than there is */
    assert_string_equal(say(&reason, french), "Cassé %q 5  .");
}

static void every_kind_of_number_is_kept_as_printf_has_it(void **state)
{
    (void)state;
    struct reason reason;
    reason_set(&reason, "%c %u %lld %ld %5d %-4s| %*d %.2f %x %%", 'z', 3u, -9000000000LL, 12L, 42,
               "ab", 4, 7, 1.5, 255u);
    assert_string_equal(reason.text, "z 3 -9000000000 12    42 ab  |    7 1.50 ff %");
    assert_int_equal(reason.saying.count, 8);
    reason_set(&reason, "%c %u %lld %ld %5d %-4s| %*d", 'z', 3u, -9000000000LL, 12L, 42, "ab", 4,
               7);
    assert_string_equal(say(&reason, french), "z 3 -9000000000 12    42 ab  |    7");
}

/* More than is kept, or something else: then it is English, and whole. */
static void what_cannot_be_kept_is_said_as_it_is(void **state)
{
    (void)state;
    struct reason reason;
    char at[64];
    reason_set(&reason, "%d%d%d%d%d%d%d%d%d", 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assert_null(reason.saying.source);
    assert_string_equal(say(&reason, french), "123456789");
    reason_set(&reason, "at %p", (void *)at);
    assert_null(reason.saying.source);
    assert_string_equal(say(&reason, french), reason.text);
    const struct reason bare = {.text = "Nothing."};
    assert_string_equal(say(&bare, french), "Rien.");
    assert_string_equal(say(&(struct reason){.text = ""}, french), "");
}

/* Long values and small places cut between two letters. */
static void nothing_is_written_beyond_its_place(void **state)
{
    (void)state;
    struct reason reason;
    char long_text[3000] = "", small[8];
    for (size_t i = 0; i + 3 < sizeof long_text; i += 2)
        memcpy(long_text + i, "é", 3);
    reason_set(&reason, "Line %d has %s of %zu.", 1, long_text, (size_t)2);
    assert_true(strlen(reason.saying.values + 2) < SAYING_BYTES);
    char all[2000];
    reason_say(&reason, french, all, sizeof all);
    assert_true(strlen(all) < SAYING_BYTES + 40);
    reason_set(&reason, "The %s is too long: \"%.*s\".", long_text, 10, "x"); /* no room is left */
    reason_say(&reason, french, all, sizeof all);
    assert_non_null(strstr(all, ", c’est trop long."));
    for (size_t size = 1; size <= sizeof small; size++) {
        memset(small, 'x', sizeof small);
        reason_set(&reason, "%s", "ééééé");
        reason_say(&reason, english, small, size);
        assert_int_equal(strlen(small), (size - 1) / 2 * 2);
    }
    reason_set(NULL, "Nobody wants to know.");
    reason_mark(NULL, 0);
    reason_copy(NULL, &reason);
}

static void a_sentence_in_a_sentence_is_translated_with_its_values(void **state)
{
    (void)state;
    struct reason inner, reason, outer;
    reason_set(&inner, "takes %d to %d", 1, 30);
    reason_set(&reason, "'%s' of line %d %s", "max", 12, inner.text);
    assert_string_equal(say(&reason, french), "ligne 12 : « max » takes 1 to 30");
    reason_nest(&reason, &inner);
    assert_string_equal(reason.text, "'max' of line 12 takes 1 to 30");
    assert_string_equal(say(&reason, english), reason.text);
    assert_string_equal(say(&reason, french), "ligne 12 : « max » va de 1 à 30");
    reason_set(&outer, "knows %s; %s", "first name", reason.text);
    reason_mark(&outer, 0);
    reason_nest(&outer, &reason);
    assert_string_equal(say(&outer, french), "connaît prénom ; ligne 12 : « max » va de 1 à 30");
    reason_set(&inner, "%s", "Nothing.");
    reason_set(&reason, "%s", inner.text);
    reason_nest(&reason, &inner);
    assert_string_equal(say(&reason, french), "Rien.");
}

static void a_sentence_without_room_in_another_stays_as_it_is(void **state)
{
    (void)state;
    char long_text[SAYING_BYTES];
    struct reason inner, reason;
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = 0;
    reason_set(&inner, "The %s is too long: \"%.*s\".", "%d", 3, "%s%s");
    reason_set(&reason, "'%s' of line %d %s", long_text, 1, inner.text);
    reason_nest(&reason, &inner);
    assert_null(strstr(say(&reason, french), "trop long"));
    reason_set(&reason, "%d%d%d%d%d%d%s", 1, 2, 3, 4, 5, 6, inner.text);
    reason_nest(&reason, &inner);
    assert_string_equal(say(&reason, french), "123456The %d is too long: \"%s%\".");
    reason_set(&reason, "%d%d%d%d%d%s", 1, 2, 3, 4, 5, inner.text);
    reason_nest(&reason, &inner);
    assert_string_equal(say(&reason, french), "12345« %d » : « %s% », c’est trop long.");
    snprintf(inner.text, sizeof inner.text, "Only text.");
    inner.saying.source = NULL;
    reason_set(&reason, "'%s' of line %d %s", "a", 1, inner.text);
    reason_nest(&reason, &inner);
    assert_string_equal(say(&reason, french), "ligne 1 : « a » Only text.");
    reason_nest(NULL, &inner);
}

static void what_it_quotes_can_be_concealed(void **state)
{
    (void)state;
    struct reason inner, reason;
    reason_set(&reason, "Line %d has %s of %zu.", 7, "Zoé", (size_t)3);
    assert_true(reason_conceal(&reason));
    assert_string_equal(reason.text, "Line 7 has … of 3.");
    assert_string_equal(say(&reason, french), "Sur 3, … : ligne 7 (100 %).");
    reason_set(&reason, "The %s is too long: \"%.*s\".", "first name", 3, "Zoé");
    reason_mark(&reason, 0);
    assert_true(reason_conceal(&reason));
    assert_string_equal(say(&reason, french), "« prénom » : « … », c’est trop long.");
    reason_set(&inner, "knows %s; %s", "Zoé", "");
    reason_set(&reason, "'%s' of line %d %s", "Ada", 12, inner.text);
    reason_nest(&reason, &inner);
    assert_true(reason_conceal(&reason));
    assert_string_equal(say(&reason, french), "ligne 12 : « … » connaît … ; ");
    assert_null(strstr(reason.text, "Zoé"));
    reason_set(&reason, "%s", "Nothing.");
    assert_true(reason_conceal(&reason));
    assert_string_equal(say(&reason, french), "Rien.");
    reason = (struct reason){.text = "Zoé is somebody"};
    assert_false(reason_conceal(&reason));
    assert_string_equal(reason.text, "…");
}

/* Short values grow: what has no room any more is left out, not written beyond. */
static void concealing_has_its_limits_too(void **state)
{
    (void)state;
    char long_text[SAYING_BYTES];
    struct reason reason;
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = 0;
    reason_set(&reason, "%s%d%s%s", "a", 5, "b", long_text);
    assert_true(reason_conceal(&reason));
    assert_string_equal(reason.text, "…5……");
    reason_set(&reason, "%s %s", long_text, "Zoé");
    assert_true(reason_conceal(&reason));
    assert_null(strstr(reason.text, "x"));
}

static void the_end_of_a_sentence_can_be_kept_alone(void **state)
{
    (void)state;
    struct reason inner, reason;
    reason_set(&inner, "takes %d to %d", 1, 9);
    reason_set(&reason, "%s:%d: %s", "board.conf", 4, inner.text);
    reason_nest(&reason, &inner);
    assert_true(saying_keep_from(&reason.saying, 2));
    assert_string_equal(say(&reason, french), "va de 1 à 9");
    reason_set(&reason, "%s: %s", "board.conf", "Nothing.");
    reason_mark(&reason, 1);
    assert_true(saying_keep_from(&reason.saying, 1));
    assert_string_equal(say(&reason, french), "Rien.");
    assert_false(saying_keep_from(&reason.saying, 1));
    assert_string_equal(say(&reason, french), "Rien.");
    reason.saying.source = NULL;
    assert_false(saying_keep_from(&reason.saying, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_said_in_either_language_with_what_stands_in_it),
        cmocka_unit_test(a_value_is_translated_only_where_it_is_a_source_text),
        cmocka_unit_test(no_value_is_ever_a_format),
        cmocka_unit_test(every_kind_of_number_is_kept_as_printf_has_it),
        cmocka_unit_test(what_cannot_be_kept_is_said_as_it_is),
        cmocka_unit_test(nothing_is_written_beyond_its_place),
        cmocka_unit_test(a_sentence_in_a_sentence_is_translated_with_its_values),
        cmocka_unit_test(a_sentence_without_room_in_another_stays_as_it_is),
        cmocka_unit_test(what_it_quotes_can_be_concealed),
        cmocka_unit_test(concealing_has_its_limits_too),
        cmocka_unit_test(the_end_of_a_sentence_can_be_kept_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
