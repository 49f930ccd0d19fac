/* A file of several families, read as far as it can be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "firmware/base/settings.h"
#include "tests/support/random.h"

#define HEARD_MAX 20

struct house {
    int size;
    int apples, pears;
    int weight; /* of the last of them */
};

struct heard {
    int lines[HEARD_MAX];
    char sentences[HEARD_MAX][400];
    int count;
};

static struct house house;
static struct heard heard;
static char path[64];

static void hear(void *hearer, int line, const struct reason *why)
{
    struct heard *to = hearer;
    if (to->count == HEARD_MAX)
        return;
    to->lines[to->count] = line;
    snprintf(to->sentences[to->count++], sizeof to->sentences[0], "%s", why->text);
}

static enum rc add(const char *name, int *count, void **out_member, struct reason *out_reason)
{
    if (strcmp(name, "bad") == 0) {
        reason_set(out_reason, "nobody eats a bad one");
        return RC_BAD_INPUT;
    }
    ++*count;
    *out_member = &house;
    return RC_OK;
}

static enum rc add_apple(void *values, const char *name, void **out_member,
                         struct reason *out_reason)
{
    return add(name, &((struct house *)values)->apples, out_member, out_reason);
}

static enum rc add_pear(void *values, const char *name, void **out_member,
                        struct reason *out_reason)
{
    return add(name, &((struct house *)values)->pears, out_member, out_reason);
}

static const struct settings_row rows[] = {{.section = "house",
                                            .key = "size",
                                            .type = SETTINGS_NUMBER,
                                            .offset = offsetof(struct house, size),
                                            .max = 9,
                                            .is_required = true}};
static const struct settings_row fruit[] = {{.key = "weight",
                                             .type = SETTINGS_NUMBER,
                                             .offset = offsetof(struct house, weight),
                                             .max = 9,
                                             .is_required = true}};
static const struct settings_family families[] = {{"apple", fruit, 1, add_apple},
                                                  {"pear", fruit, 1, add_pear}};

static enum rc read_bytes(const char *bytes, size_t length)
{
    const struct settings_file settings = {rows, 1, families, 2, &house, hear, &heard};
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
    memset(&heard, 0, sizeof heard);
    memset(&house, 0, sizeof house);
    return settings_read_file(path, &settings);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(path, "/tmp/perron-settings-XXXXXX");
    close(mkstemp(path));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(path);
}

static void members_of_several_families_stand_in_one_file(void **state)
{
    static const char text[] = "[apple a]\nweight = 1\n[house]\nsize = 5\n[pear b]\nweight = 2\n"
                               "[apple c]\nweight = 3 ; heavy\n";
    (void)state;
    assert_int_equal(read_bytes(text, strlen(text)), RC_OK);
    assert_int_equal(heard.count, 0);
    assert_int_equal(house.apples, 2);
    assert_int_equal(house.pears, 1);
    assert_int_equal(house.size, 5);
    assert_int_equal(house.weight, 3);
}

#define HOUSE "[house]\nsize = 5\n"

/* Each with what is told of it, the lines first. */
static const struct {
    const char *text;
    int count, lines[4];
    const char *said; /* of the last one */
} wrong[] = {
    {"", 1, {0}, "'size' in [house] is missing"},
    {HOUSE "[apple a]\n[pear b]\n", 2, {3, 4}, "'weight' in [pear b] is missing"},
    {HOUSE "[apple bad]\nweight = x\ncolour = y\n[pear b]\nweight = z\n",
     2,
     {3, 7},
     "'weight' in [pear b] takes a whole number"},
    {HOUSE "[plum a]\nweight = 1\nsize = 2\n[plum b]\n",
     2,
     {3, 6},
     "unknown section [plum b]; known sections are house, apple NAME, pear NAME"},
    {HOUSE "[applesauce]\nweight = 1\n", 1, {3}, "unknown section [applesauce]"},
    {HOUSE "a\nb\n c\n", 3, {3, 4, 5}, "this is no setting"},
    {HOUSE "a ; b = c\n", 1, {3}, "this is no setting"},
    {HOUSE "[apple a\nweight = 1\n[pear b]\n", 2, {3, 5}, "'weight' in [pear b] is missing"},
    {HOUSE " [apple a]\nweight = 1\n", 1, {3}, "there are spaces before this [section]"},
    {"[house]\nsize = 10\nsize = 1\ncolour = x\n", 3, {2, 3, 4}, "unknown key 'colour' in [house]"},
    {"\xef\xbb\xbf" HOUSE "[apple]\nweight = 1\n\n\n; [pear\n# x\n", 0, {0}, ""},
};

static void every_mistake_is_told_and_reading_goes_on_behind_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int count = wrong[i].count;
        enum rc rc = read_bytes(wrong[i].text, strlen(wrong[i].text));
        if (heard.count != count || rc != (count ? RC_BAD_INPUT : RC_OK))
            fail_msg("file %zu: %s, %d told, last: %s", i, rc_text(rc), heard.count,
                     heard.sentences[heard.count ? heard.count - 1 : 0]);
        for (int j = 0; j < count; j++)
            assert_int_equal(heard.lines[j], wrong[i].lines[j]);
        if (count && !strstr(heard.sentences[count - 1], wrong[i].said))
            fail_msg("file %zu: %s", i, heard.sentences[count - 1]);
    }
}

static void a_line_that_is_too_long_hides_none_of_those_behind_it(void **state)
{
    static char text[5000] = HOUSE;
    (void)state;
    memset(text + strlen(text), 'x', 3000);
    strcat(text, " = 1\n[pear b]\n");
    assert_int_equal(read_bytes(text, strlen(text)), RC_BAD_INPUT);
    assert_int_equal(heard.count, 2);
    assert_string_equal(heard.sentences[0], "the line is too long");
    assert_int_equal(heard.lines[1], 4);
}

static void nothing_but_a_file_is_read(void **state)
{
    const struct settings_file settings = {rows, 1, families, 2, &house, hear, &heard};
    (void)state;
    memset(&heard, 0, sizeof heard);
    unlink(path);
    assert_int_equal(settings_read_file(path, &settings), RC_NOT_FOUND);
    assert_int_equal(heard.count, 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(settings_read_file(path, &settings), RC_BAD_INPUT);
    assert_int_equal(heard.count, 1);
    assert_non_null(strstr(heard.sentences[0], "is no file"));
}

static void random_bytes_are_right_or_told(void **state)
{
    struct random random = random_for_test("bytes");
    char bytes[600];
    (void)state;
    for (int i = 0; i < 3000; i++) {
        size_t length = random_below(&random, sizeof bytes);
        for (size_t at = 0; at < length; at++)
            bytes[at] = random_below(&random, 8)
                            ? "[] =\n;#applepearweight19"[random_below(&random, 24)]
                            : (char)random_below(&random, 256);
        enum rc rc = read_bytes(bytes, length);
        assert_true((rc == RC_OK) == (heard.count == 0));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(members_of_several_families_stand_in_one_file),
        TEST(every_mistake_is_told_and_reading_goes_on_behind_it),
        TEST(a_line_that_is_too_long_hides_none_of_those_behind_it),
        TEST(nothing_but_a_file_is_read),
        TEST(random_bytes_are_right_or_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
