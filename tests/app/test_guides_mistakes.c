/* Each mistake a house can make in its welcome: which file, which line, and what is said of it. */
#include <fcntl.h>
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
#include "firmware/base/settings.h"
#include "tests/support/welcome_folder.h"

static struct welcome_folder folder;
static struct problems problems;

static void check(const struct circle_list *circles, enum rc expected)
{
    struct guide *guide = NULL;
    memset(&problems, 0, sizeof problems);
    assert_int_equal(guides_check(folder.path, circles, &guide, &problems, &problems), expected);
    assert_true((guide != NULL) == (expected == RC_OK));
    guides_free(guide);
}

/* What must be the only problem. */
static void must_tell(size_t row, const char *file, int line, const char *said)
{
    const struct circle_list circles = circle_default();
    const struct problem *problem = &problems.rows[0];
    check(&circles, RC_BAD_INPUT);
    for (int i = 0; i < problems.count; i++)
        if (problems.count > 1 || strcmp(problem->file, file) != 0 || problem->line != line ||
            !strstr(problem->said.text, said))
            fail_msg("row %zu, %s:%d \"%s\": %s:%d: %s", row, file, line, said,
                     problems.rows[i].file, problems.rows[i].line, problems.rows[i].said.text);
}

#define W "welcome.conf"
#define M "missions.conf"
#define NAMES "\nfr = a\nnl = b\nen = c\n"
#define LONG "a-key-that-is-longer-than-thirty1"
#define MANY "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"
#define URL "[link x]" NAMES "url = "
#define DOMAIN "https://example.org/"

/* What is added to the house's file, and what is said then. */
static const struct {
    const char *file, *added;
    int line;
    const char *said;
} added[] = {
    /* steps */
    {W, "[step party]\n", 14, "there is no step 'party'; there are language, hello, who"},
    {W, "[step info]\n", 14, "there is no step 'info'"},
    {W, "[step]\n", 14, "there is no step ''"},
    {W, "[step who]\n", 14, "[step who] stands there twice"},
    {W, "[step next]\nlater = yes\n", 15, "only charter and notice"},
    {W, "[step next]\nlater = maybe\n", 15, "'later' in [step next] is yes or no"},
    {W, "[step next]\noptional = maybe\n", 15, "'optional' in [step next] is yes or no"},
    {W, "[step next]\noptional = yes\noptional = no\n", 16, "stands there twice, first on line 15"},
    {W, "[step next]\nversion = a version longer than this\n", 15, "is too long"},
    {W, "[step next]\ncolour = red\n", 15, "unknown key 'colour' in [step next]"},
    /* tiles */
    {W, "[likes x]\nfr = a\nnl = b\n", 14, "'en' in [likes x] is missing"},
    {W, "[brings x]\nfr = a\nen = b\n", 14, "'nl' in [brings x] is missing"},
    {W, "[needs x]\nnl = a\nen = b\n", 14, "'fr' in [needs x] is missing"},
    {W, "[skills x]\nfr =\nnl = b\nen = c\n", 15, "'fr' in [skills x] is empty"},
    {W, "[likes cook]" NAMES, 14, "[likes cook] stands there twice"},
    {W, "[likes ]" NAMES, 14, "'' cannot be a key"},
    {W, "[likes Cook]" NAMES, 14, "'Cook' cannot be a key"},
    {W, "[likes ../x]" NAMES, 14, "'../x' cannot be a key"},
    {W, "[likes \x1b[31m]" NAMES, 14, "cannot be a key"},
    {W, "[likes " LONG "]" NAMES, 14, "cannot be a key; take up to 31"},
    {W, "[likes " LONG LONG "]" NAMES, 14, "the name of this section is too long"},
    {W, "[likes x]\nfr = \xff\nnl = b\nen = c\n", 15, "save the file as UTF-8"},
    {W, "[likes x]\nfr = a\x07\nnl = b\nen = c\n", 15, "save the file as UTF-8"},
    {W, "[likes x]\nfr = " MANY "\nnl = b\nen = c\n", 15, "is too long; it has room for 60"},
    {W, "[likes x]\nfr = Wwwwwwwwwwwwwwwwwwwwww\nnl = b\nen = c\n", 14,
     "'fr' in [likes x] does not fit"},
    {W, "[avoids x]" NAMES, 14, "unknown section [avoids x]; known sections are welcome, step"},
    /* links */
    {W, "[link x]" NAMES, 14, "'url' in [link x] is missing"},
    {W, URL "\n", 18, "is no address"},
    {W, URL "example.org\n", 18, "is no address"},
    {W, URL "https://\n", 18, "is no address"},
    {W, URL "https:///example.org\n", 18, "is no address"},
    {W, URL "https://nothing\n", 18, "is no address"},
    {W, URL "javascript:alert(1)\n", 18, "is no address"},
    {W, URL "https://example.org/a b\n", 18, "is no address"},
    {W, URL "https://ex\xc3\xa4mple.org/\n", 18, "is no address"},
    {W, URL DOMAIN MANY MANY "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww\n", 18,
     "is too long for a QR code that a phone reads from here"},
    {W, URL DOMAIN "a\n" URL DOMAIN "b\n", 19, "[link x] stands there twice"},
    /* numbers, and what is no setting */
    {W, "[welcome]\nseveral_max = 0\n", 15, "takes a whole number from 1 to 30"},
    {W, "[welcome]\nseveral_max = 99999999999999999999\n", 15, "takes a whole number"},
    {W, "[welcome]\nforget_days = soon\n", 15, "takes a whole number from 0"},
    {W, "[welcome]\nreferent =\n", 15, "'referent' in [welcome] is empty"},
    {W, "[welcom]\n", 14, "unknown section [welcom]"},
    {W, "[welcom]\na = b\nc = d\n", 14, "unknown section [welcom]"},
    {W, "nonsense\n", 14, "this is no setting; write key = value"},
    {W, "[step next\noptional = yes\n", 14, "this [section] has no end"},
    {W, "  [step next]\noptional = yes\n", 14, "there are spaces before this [section]"},
    {W, "; " MANY MANY MANY MANY "\n", 14, "the line is too long"},
    /* missions */
    {M, "[mission ../door]" NAMES, 7, "'../door' cannot be a key"},
    {M, "[mission door]\nfr = x\n", 7, "[mission door] stands there twice"},
    {M, "circle = royalty\n", 7, "names 'royalty', and the house has no such circle"},
    {M, "referent =\n", 7, "'referent' in [mission door] is empty"},
    {M, "organisation = x\n", 7, "unknown key 'organisation' in [mission door]"},
    {M, "[missions]\n", 7, "unknown section [missions]; known sections are mission NAME"},
    {M, "[likes x]" NAMES, 7, "unknown section [likes x]"},
};

static void each_mistake_in_settings_is_told_once_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof added / sizeof added[0]; i++) {
        welcome_folder_make(&folder);
        welcome_folder_append(&folder, added[i].file, added[i].added);
        must_tell(i, added[i].file, added[i].line, added[i].said);
        welcome_folder_remove(&folder);
    }
}

#define H "hello.nl.txt"
#define WHO "[step who]\n"
#define LIKES "[likes cook]\nfr = a\nnl = b\nen = c\n[skills tools]\nfr = a\nnl = b\nen = c\n"
#define DOOR "[mission door]\nfr = Accueil\nnl = Onthaal\nen = Door\n"
#define PAGE "# Titel\n\nWoorden.\n"
#define SENTENCE "Dit is een zin die heel wat woorden heeft, en die maar doorgaat en doorgaat. "

/* What stands in the file instead; NULL: it is taken away. */
static const struct {
    const char *file, *text;
    int line;
    const char *said;
} instead[] = {
    {W, WHO "optional = yes\n[step missions]\n" LIKES, 2, "nobody can be welcomed without a name"},
    {W, WHO "[step hello]\n[step missions]\n" LIKES, 2, "[step hello] comes before [step who]"},
    {W, WHO "[step language]\n[step missions]\n" LIKES, 2, "comes before [step who]; move it up"},
    {W, "[step badge]\n" WHO "[step missions]\n" LIKES, 1,
     "[step badge] keeps something of a person, so it comes after [step who]; move it down"},
    {W, "\n[step missions]\n" LIKES, 0, "[step who] is missing"},
    {W, WHO LIKES "[step party]\n", 10, "there is no step 'party'"},
    {M, "", 0, "has no missions; write one, or take [step missions] out"},
    {M, NULL, 0, "has no missions; write one, or take [step missions] out"},
    {M, "# nothing yet\n", 0, "has no missions"},
    {M, DOOR "likes = cook bake\n", 5, "names 'bake', and welcome.conf has no [likes] of that"},
    {M, DOOR "likes = tools coo cook-\n", 5, "names 'tools', 'coo', 'cook-', and"},
    {M, DOOR "skills = cook\n", 5, "names 'cook', and welcome.conf has no [skills] of that key"},
    {M, "[mission door]\nfr = A\nnl = B\n", 1, "'en' in [mission door] is missing"},
    {M, "[mission door]\nfr = " MANY "\nnl = B\nen = C\n", 2, "is too long"},
    {M, "[mission door]\nfr = Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww\nnl = B\nen = C\n", 1,
     "'fr' in [mission door] does not fit"},
    {H, NULL, 0, "is missing; write it"},
    {H, "", 0, "is empty; begin with a line \"# Title\""},
    {H, " \n\n\t\n", 0, "is empty"},
    {H, "Woorden.\nMeer.\n", 1, "this stands before the first title"},
    {H, "\n\nWoorden.\n" PAGE, 3, "this stands before the first title"},
    {H, PAGE "#\n\nWoorden.\n", 4, "this page has no title"},
    {H, PAGE "#  \n", 4, "this page has no title"},
    {H, PAGE "#Titel\n", 4, "a title begins with one # and a space"},
    {H, PAGE "## Titel\n", 4, "a title begins with one # and a space"},
    {H, PAGE "# " MANY MANY "\n", 4, "this title is too long"},
    {H, PAGE "# Titel van een blad dat maar niet wil eindigen, hoe lang het ook al is\n", 4,
     "this page does not fit the upright screen of 7 inches; shorten it"},
    {H, PAGE PAGE "# Titel\n" SENTENCE SENTENCE SENTENCE SENTENCE SENTENCE SENTENCE, 7,
     "this page does not fit"},
    {H, PAGE "# Titel\n- a\n\n- b\n\n- c\n\n- d\n\n- e\n\n- f\n\n- g\n\n- h\n", 4, "does not fit"},
    {H, PAGE PAGE PAGE PAGE PAGE PAGE PAGE PAGE PAGE PAGE PAGE PAGE PAGE PAGE, 37,
     "there is room for 12 pages"},
    {H, PAGE "\n\xff\n", 5, "there is a letter here that cannot be shown; save the file as UTF-8"},
    {H, "# Caf\xe9\n", 1, "save the file as UTF-8"},
    {H, PAGE "\x1b[31mrood\n", 4, "cannot be shown"},
    {H, "# Titel\r\n\r\nA\rB\r\n", 3, "cannot be shown"},
    {H, "# Titel \xe2\x80\xae\n", 1, "cannot be shown"}, /* turns the direction around */
    {"mission-door.en.txt", NULL, 0, "is missing; write it"},
    {"mission-door.en.txt", "Hello\n", 1, "this stands before the first title"},
};

static void each_mistake_in_a_file_is_told_once_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof instead / sizeof instead[0]; i++) {
        welcome_folder_make(&folder);
        if (instead[i].text)
            welcome_folder_write(&folder, instead[i].file, instead[i].text,
                                 strlen(instead[i].text));
        else
            welcome_folder_take(&folder, instead[i].file);
        must_tell(i, instead[i].file, instead[i].line, instead[i].said);
        welcome_folder_remove(&folder);
    }
}

static int set_up(void **state)
{
    (void)state;
    welcome_folder_make(&folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    welcome_folder_remove(&folder);
    return 0;
}

/* The control: what the tables put their mistakes into has none. */
static void the_same_folder_without_a_mistake_is_right(void **state)
{
    const struct circle_list circles = circle_default();
    (void)state;
    check(&circles, RC_OK);
    assert_int_equal(problems.count, 0);
    welcome_folder_append(&folder, M, "circle = membre\n");
    welcome_folder_append(&folder, W, URL DOMAIN MANY MANY "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww\n");
    check(&circles, RC_OK);
}

static void without_circles_to_look_at_a_mission_may_name_any(void **state)
{
    (void)state;
    welcome_folder_append(&folder, M, "circle = royalty\n");
    check(NULL, RC_OK);
}

static void a_missing_welcome_conf_is_told(void **state)
{
    (void)state;
    welcome_folder_take(&folder, W);
    check(NULL, RC_BAD_INPUT);
    assert_string_equal(problems.rows[0].file, W);
    assert_non_null(strstr(problems.rows[0].said.text, "copy the one that comes with Perron"));
}

static void all_mistakes_are_told_not_the_first_alone(void **state)
{
    (void)state;
    welcome_folder_append(&folder, W, "[step party]\n[likes x]\nfr = a\n[link y]\nurl = b\n");
    welcome_folder_append(&folder, M, "circle = royalty\n[mission z]\n");
    welcome_folder_take(&folder, "hello.fr.txt");
    welcome_folder_text(&folder, "hello", LANGUAGE_EN, "Words.\n#\n");
    const struct circle_list circles = circle_default();
    check(&circles, RC_BAD_INPUT);
    /* party; x: nl, en; y: an address, fr, nl, en; a circle; z: fr, nl, en; hello.fr; hello.en
     * twice; three sheets of z */
    assert_int_equal(problems.count, 1 + 2 + 4 + 1 + 3 + 1 + 2 + 3);
}

static void two_missions_of_one_name_are_told(void **state)
{
    (void)state;
    welcome_folder_append(&folder, M, "[mission b]\nfr = B\nnl = C\nen = ACCUEIL\n");
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        welcome_folder_text(&folder, "mission-b", (enum language)language, "# B\n");
    must_tell(0, M, 7, "[mission b] has a name that [mission door] has, too; rename one");
}

static void one_more_than_there_is_room_for_is_told(void **state)
{
    char more[128];
    (void)state;
    for (int i = 0; i < GUIDE_TILES_MAX; i++) {
        snprintf(more, sizeof more, "[likes t%d]" NAMES, i);
        welcome_folder_append(&folder, W, more);
    }
    must_tell(0, W, 14 + 4 * (GUIDE_TILES_MAX - 1), "a screen has room for 12 of [likes]");
    welcome_folder_remove(&folder);
    welcome_folder_make(&folder);
    for (int i = 0; i <= GUIDE_LINKS_MAX; i++) {
        snprintf(more, sizeof more, "[link t%d]" NAMES "url = " DOMAIN "\n", i);
        welcome_folder_append(&folder, W, more);
    }
    must_tell(1, W, 14 + 5 * GUIDE_LINKS_MAX, "a screen has room for 4 links");
    welcome_folder_remove(&folder);
    welcome_folder_make(&folder);
    for (int i = 1; i <= GUIDE_MISSIONS_MAX; i++) {
        snprintf(more, sizeof more, "[mission m%d]\nfr=a%d\nnl=b%d\nen=c%d\n", i, i, i, i);
        welcome_folder_append(&folder, M, more);
        snprintf(more, sizeof more, "mission-m%d", i);
        for (int language = 0; language < LANGUAGE_COUNT && i < GUIDE_MISSIONS_MAX; language++)
            welcome_folder_text(&folder, more, (enum language)language, "# A\n");
    }
    must_tell(2, M, 7 + 4 * (GUIDE_MISSIONS_MAX - 1), "there is room for 24 missions");
}

/* --- what is no file of a house's --- */

static void must_refuse(const char *file, const char *said)
{
    check(NULL, RC_BAD_INPUT);
    assert_string_equal(problems.rows[0].file, file);
    if (!strstr(problems.rows[0].said.text, said))
        fail_msg("%s: %s", file, problems.rows[0].said.text);
}

static void a_file_that_never_ends_is_refused_without_waiting(void **state)
{
    char path[128];
    (void)state;
    welcome_folder_take(&folder, H);
    snprintf(path, sizeof path, "%s/" H, folder.path);
    assert_int_equal(mkfifo(path, 0600), 0);
    must_refuse(H, "cannot be read");
    welcome_folder_take(&folder, H);
    assert_int_equal(symlink("/etc/hostname", path), 0);
    must_refuse(H, "cannot be read");
    welcome_folder_take(&folder, H);
    assert_int_equal(mkdir(path, 0700), 0);
    must_refuse(H, "cannot be read");
    welcome_folder_take(&folder, H);
    welcome_folder_take(&folder, W);
    snprintf(path, sizeof path, "%s/" W, folder.path);
    assert_int_equal(mkfifo(path, 0600), 0);
    must_refuse(W, "is no file");
}

static void a_file_that_is_too_large_is_refused(void **state)
{
    static char large[SETTINGS_FILE_BYTES + 1];
    (void)state;
    memset(large, '\n', sizeof large);
    memcpy(large, "# T\n", 4);
    welcome_folder_write(&folder, H, large, GUIDES_TEXT_BYTES + 1);
    must_refuse(H, "is larger than a text can be (16 KiB)");
    welcome_folder_write(&folder, H, large, GUIDES_TEXT_BYTES);
    check(NULL, RC_OK);
    welcome_folder_write(&folder, W, large, sizeof large);
    must_refuse(W, "is larger than a settings file can be");
}

static void a_file_that_is_no_text_is_refused(void **state)
{
    (void)state;
    welcome_folder_write(&folder, H, "# T\n\0\n", 6);
    must_refuse(H, "cannot be shown");
    welcome_folder_write(&folder, W, "[step who]\n\0\n", 13);
    check(NULL, RC_BAD_INPUT);
    assert_int_equal(problems.rows[0].line, 2);
    assert_non_null(strstr(problems.rows[0].said.text, "NUL"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_mistake_in_settings_is_told_once_with_its_line),
        cmocka_unit_test(each_mistake_in_a_file_is_told_once_with_its_line),
        TEST(the_same_folder_without_a_mistake_is_right),
        TEST(without_circles_to_look_at_a_mission_may_name_any),
        TEST(a_missing_welcome_conf_is_told),
        TEST(all_mistakes_are_told_not_the_first_alone),
        TEST(two_missions_of_one_name_are_told),
        TEST(one_more_than_there_is_room_for_is_told),
        TEST(a_file_that_never_ends_is_refused_without_waiting),
        TEST(a_file_that_is_too_large_is_refused),
        TEST(a_file_that_is_no_text_is_refused),
    };
    return hash_init() ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
