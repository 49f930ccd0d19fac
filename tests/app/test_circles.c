#include "app/circles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/random.h"

#define ACTIVE "[circle active]\nhours = 4\nfr = Actif\nnl = Actief\n"

static char path[64];

static int set_up(void **state)
{
    (void)state;
    strcpy(path, "/tmp/perron-circles-XXXXXX");
    close(mkstemp(path));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(path);
}

static enum rc read_bytes(const char *bytes, size_t length, struct circle_list *circles,
                          struct reason *reason)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
    reason->text[0] = 0;
    return circles_read(path, circles, reason);
}

static struct circle_list must_read(const char *text)
{
    struct circle_list circles;
    struct reason reason;
    if (read_bytes(text, strlen(text), &circles, &reason))
        fail_msg("%s", reason.text);
    return circles;
}

static int count_of(const struct circle_list *circles)
{
    int count = 0;
    while (count < CIRCLES_MAX && circles->circles[count].name[0])
        count++;
    return count;
}

static int how_many(const char *text)
{
    struct circle_list circles = must_read(text);
    return count_of(&circles);
}

/* --- what comes along --- */

static void the_file_that_comes_along_says_what_a_house_has_without_one(void **state)
{
    struct circle_list shipped, without, table = circle_default();
    struct reason reason = {.text = ""};
    (void)state;
    assert_int_equal(circles_read("/tmp/perron-nowhere/circles.conf", &without, &reason), RC_OK);
    if (circles_read("app/share/venue/circles.conf", &shipped, &reason))
        fail_msg("%s", reason.text);
    assert_int_equal(count_of(&shipped), count_of(&table));
    assert_int_equal(shipped.far_over, 150);
    assert_int_equal(shipped.far_under, 50);
    for (int i = 0; i < count_of(&table); i++) {
        const struct circle *circle = &shipped.circles[i];
        assert_string_equal(circle->name, table.circles[i].name);
        assert_int_equal(circle->minutes, table.circles[i].minutes);
        assert_string_equal(without.circles[i].name, table.circles[i].name);
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            assert_string_equal(circle->names[language], table.circles[i].names[language]);
            assert_string_equal(circle->lines[language], table.circles[i].lines[language]);
            assert_true(circle->lines[language][0]);
        }
    }
}

/* --- what a venue writes --- */

static void circles_stand_in_the_order_of_the_file(void **state)
{
    struct circle_list circles =
        must_read("[circle zebra]\nhours = 2,5\n[circles]\nfar_over = 200\nfar_under = 0\n"
                  "[circle Ami·e]\nhours = 0\nen = Friend\nen_line = Nothing promised.\n" ACTIVE);
    (void)state;
    assert_int_equal(count_of(&circles), 3);
    assert_string_equal(circles.circles[0].name, "zebra");
    assert_int_equal(circles.circles[0].minutes, 150);
    assert_int_equal(circles.circles[1].minutes, 0);
    assert_string_equal(circle_name(&circles.circles[1], LANGUAGE_EN), "Friend");
    assert_string_equal(circle_name(&circles.circles[1], LANGUAGE_FR), "Ami·e");
    assert_string_equal(circle_line(&circles.circles[1], LANGUAGE_EN), "Nothing promised.");
    assert_string_equal(circle_line(&circles.circles[1], LANGUAGE_NL), "");
    assert_int_equal(circles.circles[2].minutes, 4 * 60);
    assert_string_equal(circles.circles[2].organisation, "");
    assert_int_equal(circles.far_over, 200);
    assert_int_equal(circles.far_under, 0);
}

static void a_circle_can_be_of_one_organisation(void **state)
{
    char text[256] = ACTIVE "organisation = ";
    struct circle_list circles = must_read(ACTIVE "organisation = Café Vélo ; of three\n");
    struct reason reason;
    (void)state;
    assert_string_equal(circles.circles[0].organisation, "Café Vélo");
    memset(text + strlen(text), 'x', 100);
    assert_int_equal(read_bytes(text, strlen(text), &circles, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, "too long"));
}

static void an_empty_file_is_a_house_without_circles(void **state)
{
    (void)state;
    assert_int_equal(how_many(""), 0);
    assert_int_equal(how_many("# nothing yet\n"), 0);
    assert_int_equal(must_read("[circles]\nfar_over = 120\n").far_over, 120);
    assert_int_equal(
        must_read("[circle a]\nhours = 1\nmay = badges, roll-call\n").circles[0].rights,
        1u << RIGHT_BADGES | 1u << RIGHT_ROLL_CALL);
    assert_int_equal(must_read("[circle a]\nhours = 1\nmay = machine\n").circles[0].rights,
                     1u << RIGHT_MACHINE);
    assert_int_equal(
        must_read("[circle a]\nhours = 1\norganisation = BEES\nmay = export\n").circles[0].rights,
        1u << RIGHT_EXPORT);
}

static void files_of_windows_are_fine(void **state)
{
    (void)state;
    assert_int_equal(how_many("\xef\xbb\xbf[circle a]\r\nhours = 1\r\n[ circle]\r\n"), 1);
    assert_int_equal(how_many("\xef\xbb\xbf[circle  a ]\r\nhours = 1\r\n"), 1);
    assert_string_equal(must_read("[circle  a ]\r\nhours = 1\r\n").circles[0].name, "a");
}

/* --- what is wrong --- */

#define LONG_NAME "a name of a circle that is too long for screens"

static const struct {
    const char *text, *said;
} wrong[] = {
    {"[circle a]\n", ":1: 'hours' in [circle a] is missing"},
    {"[circle a]\nfr = A\n[circle b]\nhours = 1\n", ":1: 'hours' in [circle a] is missing"},
    {ACTIVE "\n[circle b]\nfr = B", ":6: 'hours' in [circle b] is missing"},
    {"[circle a]\nhours = 1\nmay = fly\n", ":3: 'may' in [circle a] knows vouch"},
    {"[circle a]\nhours = 1\norganisation = BEES\nmay = badges, machine\n",
     ":4: 'may' in [circle a] does not fit: 'machine' is the whole house's"},
    {"[circle a]\nhours = 1\nmay = roles\norganisation = BEES\n",
     ":4: 'organisation' in [circle a] does not fit: 'roles' is the whole house's"},
    {"[circle a]\nhours = -1\n", ":2: 'hours' in [circle a] takes hours a month from 0 to 400"},
    {"[circle a]\nhours = 10000\n", ":2: 'hours' in [circle a] takes"},
    {"[circle a]\nhours = 400.01\n", ":2: 'hours' in [circle a] takes"},
    {"[circle a]\nhours = 99999999999999999999\n", ":2: 'hours' in [circle a] takes"},
    {"[circle a]\nhours = 1e2\n", ":2: 'hours' in [circle a] takes"},
    {"[circle a]\nhours = nan\n", ":2: 'hours' in [circle a] takes"},
    {"[circle a]\nhours = 2.\n", ":2: 'hours' in [circle a] takes"},
    {"[circle a]\nhours = .5\n", ":2: 'hours' in [circle a] takes"},
    {"[circle a]\nhours = 2.125\n", ":2: 'hours' in [circle a] takes"},
    {"[circle a]\nhours =\n", ":2: 'hours' in [circle a] takes"},
    {"[circle a]\nhours\n", ":2:"},
    {"[circle a]\nhours = 1\nhours = 2\n",
     ":3: 'hours' in [circle a] stands there twice, first on"},
    {"[circle a]\nhours = 1\ncolour = red\n", ":3: unknown key 'colour' in [circle a]; known keys "
                                              "are hours, organisation, may, fr, nl, en, fr_line"},
    {"[circles]\ncolour = red\n", ":2: unknown key 'colour' in [circles]; known keys are far_over"},
    {"[circle a]\nhours = 1\n[venue]\nname = x\n",
     ":4: unknown section [venue]; known sections are circles, circle NAME"},
    {"[circle a]\nhours = 1\n[circle A]\nhours = 2\n", ":3: a circle above is called 'A' already"},
    {"[circle a]\nhours = 1\n[circle a]\n", ":3: a circle above is called 'a' already"},
    {ACTIVE "[circle actief]\nhours = 2\n", ":5: a circle above is called 'actief' already"},
    {ACTIVE "[circle b]\nhours = 2\nen = ACTIF\n",
     "[circle active] and [circle b] are both called 'ACTIF'; rename one"},
    {"[circle]\nhours = 1\n", ":1: a circle needs a name"},
    {"[circle ]\nhours = 1\n", ":1: a circle needs a name"},
    {"[circle \xe2\x80\x8b]\nhours = 1\n", ":1: a circle needs a name"},
    {"[circle " LONG_NAME "]\nhours = 1\n", ":1: the name of this circle is too long"},
    {"[circle " LONG_NAME LONG_NAME LONG_NAME "]\nhours = 1\n", ":1: the name of this"},
    {"[circle a]\nhours = 1\nfr = " LONG_NAME "\n", ":3: 'fr' in [circle a] is too long"},
    {"[circle a\xff]\nhours = 1\n", ":1: the name of this circle holds letters"},
    {"[circle a]\nhours = 1\nnl_line = \xc3\x28\n", ":3: 'nl_line' in [circle a] holds letters"},
    {"[circle a]\nhours = 1\nfr = A\n  [circle b]\nhours = 2\n", ":4: there are spaces before"},
    {"[circle a\nhours = 1\n", ":1: this [section] has no end"},
    {"[circles]\nfar_over = 99\n", ":2: 'far_over' in [circles] takes a whole number from 100"},
    {"[circles]\nfar_under = 101\n", ":2: 'far_under' in [circles] takes a whole number from 0"},
    {"[circles]\nfar_under = half\n", ":2: 'far_under' in [circles] takes"},
    {"hours = 1\n", ":1:"},
};

static void each_mistake_is_told_with_its_line_and_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct circle_list circles = {.far_over = -7};
        struct reason reason;
        enum rc rc = read_bytes(wrong[i].text, strlen(wrong[i].text), &circles, &reason);
        if (rc != RC_BAD_INPUT || !strstr(reason.text, wrong[i].said) ||
            strncmp(reason.text, "perron-circles-", 15) != 0 || circles.far_over != -7)
            fail_msg("file %zu: %s: %s", i, rc_text(rc), reason.text);
    }
}

static bool is_told(const struct problems *problems, const char *said)
{
    char line[PROBLEMS_LINE_BYTES];
    for (int i = 0; i < problems->count; i++) {
        problems_write(&problems->rows[i], line);
        if (strstr(line, said))
            return true;
    }
    return false;
}

static enum rc check_text(const char *text, struct circle_list *circles, struct problems *problems)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    memset(problems, 0, sizeof *problems);
    return circles_check(path, circles, problems);
}

/* Its line apart: a section that nobody knows is told where it begins. */
static void the_check_tells_the_same_and_changes_nothing(void **state)
{
    static struct problems problems;
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct circle_list circles = {.far_over = -7};
        bool is_section = strstr(wrong[i].said, "unknown section");
        const char *said = is_section ? strstr(wrong[i].said, "unknown") : wrong[i].said;
        enum rc rc = check_text(wrong[i].text, &circles, &problems);
        if (rc != RC_BAD_INPUT || !is_told(&problems, said) || circles.far_over != -7)
            fail_msg("file %zu: %s, %d told: %s", i, rc_text(rc), problems.count,
                     problems.rows[0].said.text);
    }
}

static void the_check_tells_all_mistakes(void **state)
{
    static struct problems problems;
    struct circle_list circles;
    (void)state;
    assert_int_equal(check_text("[circle a]\n[circle b]\nhours = x\n[circle c]\nhours = 1\n"
                                "fr = A\n[circle d]\nhours = 1\nfr = b\ncolour = red\n",
                                &circles, &problems),
                     RC_BAD_INPUT);
    assert_int_equal(problems.count, 5);
    assert_true(is_told(&problems, ":1: 'hours' in [circle a] is missing"));
    assert_true(is_told(&problems, ":3: 'hours' in [circle b] takes"));
    assert_true(is_told(&problems, "[circle a] and [circle c] are both called 'A'"));
    assert_true(is_told(&problems, "[circle b] and [circle d] are both called 'b'"));
    assert_true(is_told(&problems, ":10: unknown key 'colour'"));
    assert_int_equal(check_text(ACTIVE, &circles, &problems), RC_OK);
    assert_int_equal(circles.circles[0].minutes, 240);
    assert_int_equal(circles_check("/tmp/perron-nowhere/circles.conf", &circles, &problems), RC_OK);
    assert_string_equal(circles.circles[0].name, "friend");
    assert_int_equal(problems.count, 0);
}

static void there_is_room_for_sixteen_circles(void **state)
{
    char text[1024] = "";
    struct circle_list circles;
    struct reason reason;
    (void)state;
    for (int i = 0; i < CIRCLES_MAX; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "[circle c%d]\nhours=%d\n", i, i);
    assert_int_equal(how_many(text), CIRCLES_MAX);
    strcat(text, "[circle more]\nhours=1\n");
    assert_int_equal(read_bytes(text, strlen(text), &circles, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, ":33: there is room for 16 circles"));
}

static void what_is_no_text_file_is_refused(void **state)
{
    struct circle_list circles;
    struct reason reason;
    char *huge = calloc(1, 70000);
    (void)state;
    assert_non_null(huge);
    assert_int_equal(read_bytes(huge, 70000, &circles, &reason), RC_LIMIT);
    assert_non_null(strstr(reason.text, "larger than a settings file"));
    assert_int_equal(read_bytes("[circle a]\nhours\0= 1\n", 21, &circles, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, "NUL"));
    assert_int_not_equal(circles_read("/tmp", &circles, &reason), RC_OK);
    free(huge);
}

/* A card that was pulled out while somebody saved: whatever is left is right or told. */
static void a_half_written_file_is_right_or_told(void **state)
{
    static char text[8192];
    FILE *file = fopen("app/share/venue/circles.conf", "r");
    (void)state;
    assert_non_null(file);
    size_t length = fread(text, 1, sizeof text, file);
    fclose(file);
    for (size_t end = 0; end < length; end++) {
        struct circle_list circles;
        struct reason reason;
        enum rc rc = read_bytes(text, end, &circles, &reason);
        if (rc ? !reason.text[0] : count_of(&circles) > 5)
            fail_msg("cut at %zu: %s", end, rc_text(rc));
    }
}

static void random_changes_never_do_harm(void **state)
{
    static const char good[] = ACTIVE "[circles]\nfar_over = 120\n[circle b]\nhours = 2,5\n";
    struct random random;
    uint64_t seed = random_seed();
    (void)state;
    print_message("PERRON_SEED=%llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    for (int i = 0; i < 2000; i++) {
        char text[sizeof good];
        struct circle_list circles;
        struct reason reason;
        memcpy(text, good, sizeof good);
        for (int changes = 0; changes < 3; changes++)
            text[random_below(&random, sizeof good - 1)] = (char)random_below(&random, 256);
        enum rc rc = read_bytes(text, sizeof good - 1, &circles, &reason);
        if (rc ? !reason.text[0] : count_of(&circles) > CIRCLES_MAX)
            fail_msg("%s: %.*s", rc_text(rc), (int)sizeof text, text);
    }
}

static void a_house_names_who_to_talk_to(void **state)
{
    (void)state;
    assert_string_equal(must_read("[circles]\ntalk_to = Zoé du bureau\n" ACTIVE).talk_to,
                        "Zoé du bureau");
    assert_string_equal(must_read(ACTIVE).talk_to, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_house_names_who_to_talk_to),
        cmocka_unit_test(the_file_that_comes_along_says_what_a_house_has_without_one),
        cmocka_unit_test(circles_stand_in_the_order_of_the_file),
        cmocka_unit_test(a_circle_can_be_of_one_organisation),
        cmocka_unit_test(an_empty_file_is_a_house_without_circles),
        cmocka_unit_test(files_of_windows_are_fine),
        cmocka_unit_test(each_mistake_is_told_with_its_line_and_changes_nothing),
        cmocka_unit_test(the_check_tells_the_same_and_changes_nothing),
        cmocka_unit_test(the_check_tells_all_mistakes),
        cmocka_unit_test(there_is_room_for_sixteen_circles),
        cmocka_unit_test(what_is_no_text_file_is_refused),
        cmocka_unit_test(a_half_written_file_is_right_or_told),
        cmocka_unit_test(random_changes_never_do_harm),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
