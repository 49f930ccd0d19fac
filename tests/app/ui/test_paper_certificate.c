/*
 * A certificate of hours, as its canvas knows it and as another program reads it: who, how much and
 * when, in three languages, whole and within its pages.
 */
#include "app/ui/paper.h"

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

static struct printed printed;

static void print_certificate(const struct paper_certificate *certificate)
{
    assert_int_equal(paper_certificate(certificate, &printed.out), RC_OK);
}

static struct paper_certificate small_certificate(enum language language)
{
    static const struct paper_certificate_part years[] = {{"2025", 100 * 3600 + 59},
                                                          {"2026", 20 * 3600 + 59}};
    static const struct paper_certificate_part missions[] = {
        {"Accueil", 80 * 3600 + 59}, {"Caisse", 30 * 3600 + 59}, {"", 10 * 3600}};
    return (struct paper_certificate){.language = language,
                                      .venue = "L’épi commun",
                                      .person = "Zoé Müller-Öztürk",
                                      .place = "Liège",
                                      .words = "",
                                      .now_ms = NOW_MS,
                                      .from_ms = INT64_C(1735729200000), /* 2025-01-01 */
                                      .to_ms = NOW_MS,
                                      .seconds = 120 * 3600 + 118,
                                      .years = years,
                                      .year_count = 2,
                                      .missions = missions,
                                      .mission_count = 3};
}

static void a_certificate_says_who_gave_how_much_in_each_language(void **state)
{
    static const struct {
        const char *title, *hours, *from, *other, *thanks;
    } said[] = {
        {"Attestation de bénévolat", "120 h 01", "1er janvier 2025", "Autres coups de main",
         "Merci."},
        {"Attest van vrijwilligerswerk", "120 u 01", "1 januari 2025", "Andere hulp", "Bedankt."},
        {"Certificate of volunteering", "120 h 01", "1 January 2025", "Other help", "Thank you."},
    };
    (void)state;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        const struct paper_certificate certificate = small_certificate((enum language)language);
        print_certificate(&certificate);
        printed_expect_sound(&printed);
        assert_int_equal(printed.pages, 1);
        if (printed_can_be_read()) {
            char *text = printed_read(&printed);
            printed_expect_says(text, said[language].title);
            printed_expect_says(text, said[language].hours);
            printed_expect_says(text, said[language].from);
            printed_expect_says(text, said[language].other);
            printed_expect_says(text, said[language].thanks);
            printed_expect_says(text, "Zoé Müller-Öztürk");
            printed_expect_says(text, "Liège");
            free(text);
        }
        printed_finish(&printed);
        printed_begin(&printed);
    }
}

static void the_lines_of_a_certificate_come_to_its_sum(void **state)
{
    (void)state;
    const struct paper_certificate certificate = small_certificate(LANGUAGE_EN);
    print_certificate(&certificate);
    if (!printed_can_be_read())
        return;
    char *text = printed_read(&printed);
    printed_expect_says(text, "2025 100 h 2026"); /* 100:00:59 and 20:00:59 are 120:01 together */
    printed_expect_says(text, "20 h 01");
    free(text);
}

static void many_missions_take_more_pages(void **state)
{
    enum { MISSIONS = 90 };
    static char labels[MISSIONS][96];
    static struct paper_certificate_part missions[MISSIONS];
    (void)state;
    struct paper_certificate certificate = small_certificate(LANGUAGE_FR);
    for (int i = 0; i < MISSIONS; i++) {
        snprintf(labels[i], sizeof labels[i], "Mission %d%s", i,
                 i % 5 ? "" : " avec un nom qui prend toute la place qu’il y a, et plus encore");
        missions[i] = (struct paper_certificate_part){labels[i], 3600 + i};
    }
    certificate.missions = missions;
    certificate.mission_count = MISSIONS;
    certificate.words =
        "Merci à toi, de tout cœur, de toute la maison et de tout le quartier, pour "
        "les matins froids et les soirs trop longs.";
    print_certificate(&certificate);
    printed_expect_sound(&printed);
    assert_in_range(printed.pages, 3, 6);
    if (!printed_can_be_read())
        return;
    char *text = printed_read(&printed);
    for (int i = 0; i < MISSIONS; i++)
        if (i % 5)
            printed_expect_says(text, labels[i]);
    printed_expect_says(text, "de tout cœur");
    assert_false(printed_says(text, "donné librement"));
    free(text);
}

static void a_full_stick_is_said_wherever_it_was_full(void **state)
{
    const struct paper_certificate certificate = small_certificate(LANGUAGE_NL);
    (void)state;
    print_certificate(&certificate);
    size_t whole = printed.length;
    for (size_t limit = 1; limit < whole; limit += whole / 9) {
        printed_finish(&printed);
        printed_begin(&printed);
        printed.limit = limit;
        assert_int_equal(paper_certificate(&certificate, &printed.out), RC_FULL);
        assert_true(printed.length <= limit);
    }
}

#define TEST(name)                                                                                 \
    cmocka_unit_test_prestate_setup_teardown(name, printed_set_up, printed_tear_down, &printed)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_certificate_says_who_gave_how_much_in_each_language),
        TEST(the_lines_of_a_certificate_come_to_its_sum),
        TEST(many_missions_take_more_pages),
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
