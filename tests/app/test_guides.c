#include "app/guides.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/guides_check.h"
#include "firmware/base/hash.h"
#include "firmware/base/hex.h"
#include "tests/support/random.h"
#include "tests/support/welcome_folder.h"

#define SHIPPED "app/share/venue/welcome"
#define NOWHERE "/tmp/perron-nowhere/welcome"

static struct welcome_folder folder;
static struct problems problems;

static int set_up(void **state)
{
    (void)state;
    memset(&problems, 0, sizeof problems);
    welcome_folder_make(&folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    welcome_folder_remove(&folder);
    return 0;
}

static struct guide *must_read(const char *path, const char *otherwise)
{
    struct guide *guide = NULL;
    enum rc rc = guides_read(path, otherwise, NULL, &guide, &problems);
    char line[PROBLEMS_LINE_BYTES] = "";
    if (problems.count)
        problems_write(&problems.rows[0], line);
    if (rc)
        fail_msg("%s: %s", rc_text(rc), line);
    return guide;
}

/* --- which folder --- */

static void the_content_that_comes_along_is_whole_and_fits(void **state)
{
    struct circle_list circles = circle_default();
    struct guide *guide;
    char line[PROBLEMS_LINE_BYTES];
    (void)state;
    enum rc rc = guides_check(SHIPPED, &circles, &guide, &problems, &problems);
    for (int i = 0; i < problems.count; i++) {
        problems_write(&problems.rows[i], line);
        print_message("%s\n", line);
    }
    assert_int_equal(rc, RC_OK);
    assert_int_equal(guide->row_count, GUIDE_WAY_STEPS);
    for (int i = 0; i < guide->row_count; i++)
        assert_int_equal(guide->rows[i].step, i); /* the order of the default way */
    assert_int_equal(guide->mission_count, 6);
    assert_int_equal(guide->tiles[GUIDE_LIKES].count, 8);
    assert_int_equal(guide->tiles[GUIDE_AVOIDS].count, 8);
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        assert_int_equal(guide_find(guide, GUIDE_HELLO)->texts[language].count, 3);
        assert_int_equal(guide_find(guide, GUIDE_CHARTER)->texts[language].count, 2);
        assert_int_equal(guide_find(guide, GUIDE_NOTICE)->texts[language].count, 1);
    }
    guides_free(guide);
}

static void what_may_be_skipped_by_default_is_what_is_not_needed(void **state)
{
    struct guide *guide = must_read(NOWHERE, SHIPPED);
    (void)state;
    for (int i = 0; i < guide->row_count; i++) {
        enum guide_step step = guide->rows[i].step;
        assert_int_equal(guide->rows[i].is_optional,
                         step == GUIDE_WHY || step == GUIDE_CIRCLES || step == GUIDE_MISSIONS ||
                             step == GUIDE_PRESENT || step == GUIDE_BUDDY || step == GUIDE_BADGE);
        assert_false(guide->rows[i].is_later);
    }
    assert_string_equal(guide_find(guide, GUIDE_CHARTER)->version, "2026-01");
    guides_free(guide);
}

static void a_house_without_any_folder_has_a_language_a_name_and_a_badge(void **state)
{
    struct guide *guide = must_read(NOWHERE, NULL);
    (void)state;
    assert_int_equal(guide->row_count, 3);
    assert_int_equal(guide->rows[0].step, GUIDE_LANGUAGE);
    assert_int_equal(guide->rows[1].step, GUIDE_WHO);
    assert_int_equal(guide->rows[2].step, GUIDE_BADGE);
    assert_int_equal(guide->several_max, 10);
    assert_int_equal(guide->forget_days, 30);
    guides_free(guide);
    guides_free(must_read(NOWHERE, NOWHERE));
    guides_free(NULL);
}

static void a_folder_of_ones_own_is_never_mixed_with_the_other(void **state)
{
    struct guide *guide = must_read(folder.path, SHIPPED);
    (void)state;
    assert_int_equal(guide->mission_count, 1);
    assert_null(guide_find(guide, GUIDE_CHARTER));
    guides_free(guide);
    welcome_folder_take(&folder, "hello.nl.txt");
    guide = NULL;
    assert_int_equal(guides_read(folder.path, SHIPPED, NULL, &guide, &problems), RC_BAD_INPUT);
    assert_null(guide);
    assert_int_equal(problems.count, 1);
}

static void what_is_no_folder_is_told(void **state)
{
    struct guide *guide = NULL;
    char file[128];
    (void)state;
    welcome_folder_write(&folder, "welcome", "text", 4);
    snprintf(file, sizeof file, "%s/welcome", folder.path);
    assert_int_equal(guides_read(file, SHIPPED, NULL, &guide, &problems), RC_BAD_INPUT);
    assert_null(guide);
    assert_non_null(strstr(problems.rows[0].said.text, "is no folder"));
}

/* --- what is read --- */

static void all_that_a_house_says_is_read(void **state)
{
    welcome_folder_append(&folder, "welcome.conf",
                          "[step charter]\nlater = yes\nversion = second, of May\n[step next]\n"
                          "[welcome]\nreferent = Zoé\nseveral_max = 30\naway_days = 0\n"
                          "[link chat]\nfr = a\nnl = b\nen = c\nurl = https://example.org/x#y\n");
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        welcome_folder_text(&folder, "charter", (enum language)i, "# A\n");
    welcome_folder_append(&folder, "missions.conf", "circle = MEMBRE\nreferent = Noor\n");
    struct circle_list circles = circle_default();
    struct guide *guide = NULL;
    (void)state;
    assert_int_equal(guides_read(folder.path, NULL, &circles, &guide, &problems), RC_OK);
    assert_true(guide_find(guide, GUIDE_CHARTER)->is_later);
    assert_string_equal(guide_find(guide, GUIDE_CHARTER)->version, "second, of May");
    assert_string_equal(guide->referent, "Zoé");
    assert_int_equal(guide->several_max, 30);
    assert_int_equal(guide->away_days, 0);
    assert_int_equal(guide->deepening_months, 6);
    assert_string_equal(guide->links[0].url, "https://example.org/x#y");
    assert_string_equal(guide->missions[0].circle, "member");
    assert_string_equal(guide->missions[0].referent, "Noor");
    assert_int_equal(guide->missions[0].likes, 1);
    assert_int_equal(guide->missions[0].skills, 1);
    assert_string_equal(guide_tile_name(guide, GUIDE_AVOIDS, "cook", LANGUAGE_NL), "Koken");
    guides_free(guide);
}

static void a_way_without_missions_needs_no_file_of_them(void **state)
{
    static const char text[] = "[step who]\n[step badge]\n";
    (void)state;
    welcome_folder_take(&folder, "missions.conf");
    welcome_folder_take(&folder, "hello.fr.txt");
    welcome_folder_write(&folder, "welcome.conf", text, strlen(text));
    struct guide *guide = must_read(folder.path, NULL);
    assert_int_equal(guide->row_count, 2);
    assert_int_equal(guide->mission_count, 0);
    guides_free(guide);
}

static const struct guide_text *hello_of(struct guide *guide)
{
    return &guide_find(guide, GUIDE_HELLO)->texts[LANGUAGE_FR];
}

static void a_text_becomes_pages_and_paragraphs(void **state)
{
    (void)state;
    welcome_folder_text(&folder, "hello", LANGUAGE_FR,
                        "\xef\xbb\xbf\r\n#   Un titre \t\r\nune ligne\r\n  et la suite\r\n\r\n\r\n"
                        "– un\tautre\r\n# Deux\n#  Trois\n\nfin");
    struct guide *guide = must_read(folder.path, NULL);
    const struct guide_text *text = hello_of(guide);
    assert_int_equal(text->count, 3);
    assert_string_equal(text->pages[0].title, "Un titre");
    assert_string_equal(text->pages[0].body, "une ligne et la suite\n– un autre");
    assert_string_equal(text->pages[1].title, "Deux");
    assert_string_equal(text->pages[1].body, "");
    assert_string_equal(text->pages[2].title, "Trois");
    assert_string_equal(text->pages[2].body, "fin");
    guides_free(guide);
}

static void another_text_has_another_hash(void **state)
{
    static const char first[] = "# Titre\n\nMots.\n", second[] = "# Titre\n\nMots!\n";
    const struct hash_part part = {first, strlen(first)};
    char expected[GUIDE_HASH_BYTES], again[GUIDE_HASH_BYTES];
    uint8_t hash[16];
    (void)state;
    hash_parts(NULL, &part, 1, hash, sizeof hash);
    hex_encode(hash, 8, expected);
    welcome_folder_text(&folder, "hello", LANGUAGE_FR, first);
    struct guide *guide = must_read(folder.path, NULL);
    assert_string_equal(hello_of(guide)->hash, expected);
    guides_free(guide);
    welcome_folder_text(&folder, "hello", LANGUAGE_FR, second);
    guide = must_read(folder.path, NULL);
    strcpy(again, hello_of(guide)->hash);
    assert_string_not_equal(again, expected);
    guides_free(guide);
}

static void there_is_room_for_as_much_as_is_said(void **state)
{
    char more[4096] = "", text[1024] = "";
    (void)state;
    for (int i = 1; i < GUIDE_TILES_MAX; i++)
        snprintf(more + strlen(more), sizeof more - strlen(more),
                 "[likes t%d]\nfr = a\nnl = b\nen = c\n", i);
    welcome_folder_append(&folder, "welcome.conf", more);
    for (int i = 0; i < GUIDE_PAGES_MAX; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "# page\n\nmots\n");
    welcome_folder_text(&folder, "hello", LANGUAGE_FR, text);
    struct guide *guide = must_read(folder.path, NULL);
    assert_int_equal(guide->tiles[GUIDE_LIKES].count, GUIDE_TILES_MAX);
    assert_int_equal(hello_of(guide)->count, GUIDE_PAGES_MAX);
    guides_free(guide);
}

/* --- what is wrong --- */

/* One run tells no more than so many, and says that there are others. */
static void more_mistakes_than_are_told_are_counted(void **state)
{
    struct guide *guide = NULL;
    (void)state;
    for (int i = 0; i < PROBLEMS_MAX + 20; i++)
        welcome_folder_append(&folder, "welcome.conf", "[step nothing]\n");
    assert_int_equal(guides_read(folder.path, NULL, NULL, &guide, &problems), RC_BAD_INPUT);
    assert_int_equal(problems.count, PROBLEMS_MAX);
    assert_int_equal(problems.beyond, 20);
    assert_int_equal(guides_read(folder.path, NULL, NULL, &guide, &problems), RC_BAD_INPUT);
    assert_null(guide);
}

/* Right, or told in sentences that a terminal can show. */
static void must_be_right_or_told(const char *what)
{
    struct guide *guide = NULL;
    memset(&problems, 0, sizeof problems);
    enum rc rc = guides_read(folder.path, NULL, NULL, &guide, &problems);
    if ((rc == RC_OK) != (problems.count == 0) || (rc == RC_OK) != (guide != NULL))
        fail_msg("%s: %s, and %d problems", what, rc_text(rc), problems.count);
    for (int i = 0; i < problems.count; i++)
        for (const char *at = problems.rows[i].said.text; *at || at == problems.rows[i].said.text;
             at++)
            if ((unsigned char)*at < ' ' || *at == 0x7F)
                fail_msg("%s: '%s'", what, problems.rows[i].said.text);
    guides_free(guide);
}

static void a_half_written_file_is_right_or_told(void **state)
{
    static const char *const names[] = {"welcome.conf", "missions.conf", "hello.fr.txt"};
    static char text[8192];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t length = welcome_folder_read(&folder, names[i], text, sizeof text);
        for (size_t end = 0; end < length; end++) {
            welcome_folder_write(&folder, names[i], text, end);
            must_be_right_or_told(names[i]);
        }
        welcome_folder_write(&folder, names[i], text, length);
        must_be_right_or_told(names[i]);
        assert_int_equal(problems.count, 0);
    }
}

static void random_changes_never_do_harm(void **state)
{
    static const char *const names[] = {"welcome.conf", "missions.conf", "hello.fr.txt",
                                        "mission-door.en.txt"};
    static char text[8192], changed[8192];
    struct random random = random_for_test("changes");
    int wrong = 0;
    (void)state;
    for (int i = 0; i < 1000; i++) {
        const char *name = names[random_below(&random, 4)];
        size_t length = welcome_folder_read(&folder, name, text, sizeof text);
        memcpy(changed, text, length);
        for (int changes = 0; changes < 3; changes++)
            changed[random_below(&random, (unsigned)length)] = (char)random_below(&random, 256);
        welcome_folder_write(&folder, name, changed, length);
        must_be_right_or_told(name);
        wrong += problems.count > 0;
        welcome_folder_write(&folder, name, text, length);
    }
    assert_true(wrong > 100); /* it did come to that */
}

static void random_bytes_never_do_harm(void **state)
{
    static char bytes[2000];
    struct random random = random_for_test("bytes");
    (void)state;
    for (int i = 0; i < 1000; i++) {
        size_t length = random_below(&random, sizeof bytes);
        for (size_t at = 0; at < length; at++)
            bytes[at] = random_below(&random, 3) ? "[]=#\n :;a"[random_below(&random, 9)]
                                                 : (char)random_below(&random, 256);
        const char *name = random_below(&random, 2) ? "hello.fr.txt" : "welcome.conf";
        welcome_folder_write(&folder, name, bytes, length);
        must_be_right_or_told(name);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_content_that_comes_along_is_whole_and_fits),
        TEST(what_may_be_skipped_by_default_is_what_is_not_needed),
        TEST(a_house_without_any_folder_has_a_language_a_name_and_a_badge),
        TEST(a_folder_of_ones_own_is_never_mixed_with_the_other),
        TEST(what_is_no_folder_is_told),
        TEST(all_that_a_house_says_is_read),
        TEST(a_way_without_missions_needs_no_file_of_them),
        TEST(a_text_becomes_pages_and_paragraphs),
        TEST(another_text_has_another_hash),
        TEST(there_is_room_for_as_much_as_is_said),
        TEST(more_mistakes_than_are_told_are_counted),
        TEST(a_half_written_file_is_right_or_told),
        TEST(random_changes_never_do_harm),
        TEST(random_bytes_never_do_harm),
    };
    return hash_init() ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
