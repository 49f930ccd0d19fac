#include "app/domain/privacy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/base/hash.h"

static const uint8_t key[HASH_KEY_BYTES] = {1, 2, 3};
static const uint8_t another[HASH_KEY_BYTES] = {1, 2, 4};

typedef char word[PRIVACY_PSEUDONYM_BYTES];

static int hash_set_up(void **state)
{
    (void)state;
    return hash_init();
}

static void a_house_that_set_nothing_counts_by_name_and_forgets_in_time(void **state)
{
    struct privacy privacy = privacy_default();
    (void)state;
    for (int kind = 0; kind < OCCASION_COUNT; kind++)
        assert_int_equal(privacy.count[kind], PRIVACY_NAME);
    assert_int_equal(privacy.guest_days, 30);
    assert_int_equal(privacy.visit_months, 24);
}

/* What was exported last year names the same people: never another word. */
static void somebody_has_the_same_word_for_ever_and_another_one_in_another_house(void **state)
{
    word first, again, elsewhere;
    (void)state;
    privacy_pseudonym(key, (struct fact_id){0x1a2b3c, 120}, first);
    privacy_pseudonym(key, (struct fact_id){0x1a2b3c, 120}, again);
    privacy_pseudonym(another, (struct fact_id){0x1a2b3c, 120}, elsewhere);
    assert_string_equal(first, again);
    assert_string_not_equal(first, elsewhere);
    assert_string_equal(first, "P-79XCWVXNRP");
}

static void a_word_is_of_letters_that_are_not_taken_for_each_other(void **state)
{
    (void)state;
    for (int64_t seq = 1; seq <= 5000; seq++) {
        word text;
        privacy_pseudonym(key, (struct fact_id){7, seq}, text);
        assert_int_equal(strncmp(text, "P-", 2), 0);
        assert_int_equal(strlen(text), 12);
        assert_int_equal(strcspn(text + 2, "01258BSZIOAEUY6"), 10);
    }
}

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void no_two_people_of_a_big_house_share_a_word(void **state)
{
    enum { PEOPLE = 100000 };
    word *words = calloc(PEOPLE, sizeof *words);
    (void)state;
    assert_non_null(words);
    for (int i = 0; i < PEOPLE; i++)
        privacy_pseudonym(key, (struct fact_id){i % 3 + 1, i + 1}, words[i]);
    qsort(words, PEOPLE, sizeof *words, compare);
    for (int i = 1; i < PEOPLE; i++)
        assert_string_not_equal(words[i - 1], words[i]);
    free(words);
}

static void hours_are_counted_as_the_stricter_of_visit_and_shift(void **state)
{
    struct privacy privacy = privacy_default();
    (void)state;
    privacy.count[OCCASION_DRINKS] = PRIVACY_PSEUDONYM;
    privacy.count[OCCASION_SHIFT] = PRIVACY_NUMBER;
    assert_int_equal(privacy_count_of(&privacy, OCCASION_DRINKS), PRIVACY_PSEUDONYM);
    assert_int_equal(privacy_count_of(NULL, OCCASION_DRINKS), PRIVACY_NAME);
    static const enum occasion_kind kinds[] = {OCCASION_OPEN_DAY, OCCASION_DRINKS, OCCASION_SHIFT};
    for (int visit = 0; visit < 3; visit++)
        for (int shift = 0; shift < 3; shift++)
            assert_int_equal(privacy_count_of_hours(&privacy, kinds[visit], kinds[shift]),
                             visit > shift ? visit : shift);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_house_that_set_nothing_counts_by_name_and_forgets_in_time),
        cmocka_unit_test(somebody_has_the_same_word_for_ever_and_another_one_in_another_house),
        cmocka_unit_test(a_word_is_of_letters_that_are_not_taken_for_each_other),
        cmocka_unit_test(no_two_people_of_a_big_house_share_a_word),
        cmocka_unit_test(hours_are_counted_as_the_stricter_of_visit_and_shift),
    };
    return cmocka_run_group_tests_name("privacy", tests, hash_set_up, NULL);
}
