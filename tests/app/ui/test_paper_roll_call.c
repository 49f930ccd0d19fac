/*
 * A roll-call, as its canvas knows it and as another program reads it: every name of a long
 * list, in three languages, whole and within its page; the same bytes for the same words; and what
 * a full stick says.
 */
#include "app/ui/paper.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/ui/words.h"
#include "tests/support/build.h"
#include "tests/support/printed.h"

#define NOW_MS INT64_C(1795712000000) /* Thursday 2026-11-26, 17:53 in Brussels */
#define HOUR_MS INT64_C(3600000)
#define MANY 600
#define NAME_BYTES 64

static struct printed printed;
static struct paper_roll_call_row rows[MANY];
static char names[MANY][NAME_BYTES];

static void print_call(const struct paper_roll_call *call)
{
    assert_int_equal(paper_roll_call(call, &printed.out), RC_OK);
}

static void assert_about(const char *name, const char *wanted)
{
    char *said = printed_about(&printed, name);
    if (!strstr(said, wanted))
        fail_msg("%s is %s instead of %s", name, said, wanted);
    free(said);
}

/* --- the list --- */

static struct paper_roll_call many_people(enum language language)
{
    static const char *const first[] = {"Zoé", "Ayşe", "João", "Grâce", "Åsa", "Łukasz", "Benoît"};
    static const char *const last[] = {"Müller", "Şahin",   "Nzuzi",   "Van den Broeck",
                                       "Öztürk", "D’Hondt", "Lefèvre", "Nguyễn"};
    static const enum presence_how hows[] = {PRESENCE_TAP, PRESENCE_NAME, PRESENCE_STAFF,
                                             PRESENCE_CORRECTED, PRESENCE_PROPOSED};
    for (int i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof names[i], "%s %s %d", first[i % 7], last[i % 8], 1000 + i);
        rows[i] = (struct paper_roll_call_row){.name = names[i],
                                               .arrived_ms = NOW_MS - i * HOUR_MS / 30,
                                               .guests = i % 10 == 3 ? i % 4 : 0,
                                               .children = i % 14 == 5 ? i % 3 : 0,
                                               .how_in = hows[i % 5],
                                               .is_doubtful = i % 50 == 7,
                                               .is_long = i > 360 && i % 50 != 7};
    }
    rows[11].guests = 20;
    rows[11].children = 20;
    return (struct paper_roll_call){.language = language,
                                    .venue = "L’épi commun",
                                    .now_ms = NOW_MS,
                                    .rows = rows,
                                    .count = MANY};
}

static void every_name_of_a_long_list_is_there_in_each_language(void **state)
{
    static const char *const titles[] = {"Qui est là", "Wie is er", "Who is here"};
    bool can_be_read = printed_can_be_read();
    (void)state;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        const struct paper_roll_call call = many_people((enum language)language);
        print_call(&call);
        printed_expect_sound(&printed);
        assert_in_range(printed.pages, 25, 45);
        if (can_be_read) {
            char *text = printed_read(&printed);
            printed_expect_says(text, titles[language]);
            printed_expect_says(text, "L’épi commun");
            for (int i = 0; i < MANY; i++)
                printed_expect_says(text, names[i]);
            free(text);
        }
        printed_finish(&printed);
        printed_begin(&printed);
    }
}

static void pages_are_a4_and_numbered(void **state)
{
    (void)state;
    const struct paper_roll_call call = many_people(LANGUAGE_EN);
    char last[64];
    print_call(&call);
    if (!printed_can_be_read())
        return;
    char *text = printed_read(&printed);
    snprintf(last, sizeof last, "Page %d of %d", printed.pages, printed.pages);
    printed_expect_says(text, "Page 1 of ");
    printed_expect_says(text, last);
    free(text);
    snprintf(last, sizeof last, "%d", printed.pages);
    assert_about("Pages", last);
    assert_about("Page size", "(A4)");
    assert_about("Title", "Who is here");
    assert_about("CreationDate", "2026-11-26T");
}

static void heads_are_counted_with_who_came_along(void **state)
{
    (void)state;
    struct paper_roll_call call = many_people(LANGUAGE_EN);
    call.count = 12;
    int all = 12;
    for (int i = 0; i < 12; i++)
        all += rows[i].guests + rows[i].children;
    print_call(&call);
    printed_expect_sound(&printed);
    if (!printed_can_be_read())
        return;
    char *text = printed_read(&printed), number[32];
    snprintf(number, sizeof number, "%d people in all", all);
    printed_expect_says(text, number);
    printed_expect_says(text, "with 20 guests");
    printed_expect_says(text, "with 20 children");
    free(text);
}

static void an_hour_nobody_vouches_for_is_not_told(void **state)
{
    (void)state;
    const struct paper_roll_call_row row = {
        .name = "Ada", .arrived_ms = NOW_MS, .how_in = PRESENCE_TAP, .is_doubtful = true};
    const struct paper_roll_call call = {.language = LANGUAGE_EN,
                                         .venue = "House",
                                         .now_ms = NOW_MS + 90 * 60000,
                                         .is_now_doubtful = true,
                                         .rows = &row,
                                         .count = 1};
    print_call(&call);
    printed_expect_sound(&printed);
    if (!printed_can_be_read())
        return;
    char *text = printed_read(&printed);
    printed_expect_says(text, "hour not known");
    printed_expect_says(text, "The clock is not set");
    assert_false(printed_says(text, "2026"));
    assert_false(printed_says(text, "17:53"));
    free(text);
}

static void somebody_whose_name_was_erased_has_a_line_and_a_box(void **state)
{
    (void)state;
    const struct paper_roll_call_row row = {
        .name = "", .arrived_ms = NOW_MS, .how_in = PRESENCE_TAP};
    const struct paper_roll_call call = {
        .language = LANGUAGE_EN, .venue = "House", .now_ms = NOW_MS, .rows = &row, .count = 1};
    print_call(&call);
    printed_expect_sound(&printed);
    if (!printed_can_be_read())
        return;
    char *text = printed_read(&printed);
    printed_expect_says(text, "Name not known");
    printed_expect_says(text, "1 people in all");
    free(text);
}

static void nobody_in_makes_a_page_that_says_so(void **state)
{
    (void)state;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        static const char *const said[] = {"il n’y a personne", "niemand", "Nobody is noted"};
        const struct paper_roll_call call = {
            .language = (enum language)language, .venue = "House", .now_ms = NOW_MS};
        print_call(&call);
        printed_expect_sound(&printed);
        assert_int_equal(printed.pages, 1);
        if (printed_can_be_read()) {
            char *text = printed_read(&printed);
            printed_expect_says(text, said[language]);
            free(text);
        }
        printed_finish(&printed);
        printed_begin(&printed);
    }
}

static void long_names_take_lines_and_nothing_is_lost(void **state)
{
    (void)state;
    char name[192] = "";
    for (int i = 0; i < 15; i++)
        strcat(name, "Maximiliaan ");
    const struct paper_roll_call_row row = {
        .name = name, .arrived_ms = NOW_MS, .how_in = PRESENCE_TAP, .guests = 20, .children = 20};
    const struct paper_roll_call call = {.language = LANGUAGE_NL,
                                         .venue = "Het huis met de heel erg lange naam aan de "
                                                  "overkant van het water achter de brug",
                                         .now_ms = NOW_MS,
                                         .rows = &row,
                                         .count = 1};
    print_call(&call);
    printed_expect_sound(&printed);
}

/* The control: what is looked for can be found. */
static void a_word_without_end_is_found_to_be_cut(void **state)
{
    (void)state;
    char name[192];
    memset(name, 'W', sizeof name - 1);
    name[sizeof name - 1] = 0;
    const struct paper_roll_call_row row = {.name = name, .arrived_ms = NOW_MS};
    const struct paper_roll_call call = {
        .language = LANGUAGE_EN, .venue = "House", .now_ms = NOW_MS, .rows = &row, .count = 1};
    print_call(&call);
    assert_int_equal(printed.cut, 1);
}

/* --- as a file --- */

static void the_same_words_make_the_same_bytes(void **state)
{
    struct printed other;
    (void)state;
    struct paper_roll_call call = many_people(LANGUAGE_FR);
    call.count = 40;
    print_call(&call);
    printed_begin(&other);
    assert_int_equal(paper_roll_call(&call, &other.out), RC_OK);
    assert_int_equal(printed.length, other.length);
    assert_memory_equal(printed.bytes, other.bytes, other.length);
    printed_finish(&other);
    /* The control: another hour is another file. */
    printed_begin(&other);
    call.now_ms += 60000;
    assert_int_equal(paper_roll_call(&call, &other.out), RC_OK);
    assert_false(printed.length == other.length &&
                 memcmp(printed.bytes, other.bytes, other.length) == 0);
    printed_finish(&other);
}

static void a_full_stick_is_said_wherever_it_was_full(void **state)
{
    struct paper_roll_call call = many_people(LANGUAGE_EN);
    call.count = 30;
    (void)state;
    print_call(&call);
    size_t whole = printed.length;
    for (size_t limit = 1; limit < whole; limit += whole / 9) {
        printed_finish(&printed);
        printed_begin(&printed);
        printed.limit = limit;
        assert_int_equal(paper_roll_call(&call, &printed.out), RC_FULL);
        assert_true(printed.length <= limit);
    }
}

/* --- beside the screen --- */

static void *print_beside(void *context)
{
    struct printed *beside = context;
    const struct paper_roll_call call = {
        .language = LANGUAGE_FR, .venue = "House", .now_ms = NOW_MS, .rows = rows, .count = 60};
    for (int i = 0; i < 4; i++) {
        printed_finish(beside);
        printed_begin(beside);
        if (paper_roll_call(&call, &beside->out))
            return NULL;
    }
    return beside;
}

static void two_threads_print_at_once(void **state)
{
    struct printed others[2];
    pthread_t threads[2];
    (void)state;
    many_people(LANGUAGE_FR);
    for (int i = 0; i < 2; i++) {
        printed_begin(&others[i]);
        assert_int_equal(pthread_create(&threads[i], NULL, print_beside, &others[i]), 0);
    }
    assert_non_null(print_beside(&printed));
    for (int i = 0; i < 2; i++) {
        void *done;
        pthread_join(threads[i], &done);
        assert_non_null(done);
        assert_int_equal(others[i].length, printed.length);
        assert_memory_equal(others[i].bytes, printed.bytes, printed.length);
        printed_finish(&others[i]);
    }
}

#define TEST(name)                                                                                 \
    cmocka_unit_test_prestate_setup_teardown(name, printed_set_up, printed_tear_down, &printed)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_name_of_a_long_list_is_there_in_each_language),
        TEST(pages_are_a4_and_numbered),
        TEST(heads_are_counted_with_who_came_along),
        TEST(an_hour_nobody_vouches_for_is_not_told),
        TEST(somebody_whose_name_was_erased_has_a_line_and_a_box),
        TEST(nobody_in_makes_a_page_that_says_so),
        TEST(long_names_take_lines_and_nothing_is_lost),
        TEST(a_word_without_end_is_found_to_be_cut),
        TEST(the_same_words_make_the_same_bytes),
        TEST(two_threads_print_at_once),
        TEST(a_full_stick_is_said_wherever_it_was_full),
    };
    char locale[4096];
    setenv("TZ", "Europe/Brussels", 1);
    snprintf(locale, sizeof locale, "%s/locale", build_folder());
    if (words_init(locale))
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    words_finish();
    return failed;
}
