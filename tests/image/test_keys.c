#include "tests/image/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct reason reason;

static const char *written(const struct keys *keys)
{
    static char text[100];
    return keys_write(keys, text, sizeof text);
}

static void keys_are_read_by_name_and_written_back(void **state)
{
    static const char *const rows[] = {"a", "ret", "ctrl-alt-f2", "shift-ctrl-alt-delete"};
    struct keys keys;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(keys_read(rows[i], &keys, &reason), RC_OK);
        assert_string_equal(written(&keys), rows[i]);
    }
    assert_int_equal(keys.count, 4);
}

static void what_is_no_key_is_refused(void **state)
{
    static const char *const rows[] = {"",  "enter",   "ctrl-", "-a",
                                       "A", "ctrl--a", "ctr",   "ctrl-alt-shift-meta_l-a"};
    struct keys keys = {.count = 77};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(keys_read(rows[i], &keys, &reason), RC_NOT_FOUND);
        assert_int_equal(keys.count, 77);
    }
}

static void characters_are_typed_by_the_us_keyboard(void **state)
{
    static const struct {
        char character;
        const char *keys;
    } rows[] = {{'a', "a"},
                {'A', "shift-a"},
                {'1', "1"},
                {'!', "shift-1"},
                {' ', "spc"},
                {'\n', "ret"},
                {'-', "minus"},
                {'_', "shift-minus"},
                {'/', "slash"},
                {'~', "shift-grave_accent"},
                {'"', "shift-apostrophe"}};
    struct keys keys;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(keys_of_character(rows[i].character, &keys), RC_OK);
        assert_string_equal(written(&keys), rows[i].keys);
    }
    assert_int_equal(keys_of_character('\xc3', &keys), RC_NOT_FOUND);
    assert_int_equal(keys_of_character('\0', &keys), RC_NOT_FOUND);
    for (char character = ' '; character < 127; character++)
        assert_int_equal(keys_of_character(character, &keys), RC_OK);
}

static void no_key_is_there_twice(void **state)
{
    (void)state;
    for (int i = 0; i < keys_count(); i++)
        for (int j = 0; j < i; j++)
            assert_string_not_equal(keys_name(i), keys_name(j));
}

/* Of a few thousand, every key is one, and what moves a console is often among them. */
static void random_keys_are_keys_and_all_of_them(void **state)
{
    static bool is_seen[200];
    struct random random = random_for_test("test_keys");
    int seen = 0, switches = 0;
    (void)state;
    assert_in_range(keys_count(), 90, 200);
    for (int round = 0; round < 20000; round++) {
        struct keys keys = keys_random(&random), again;
        assert_in_range(keys.count, 1, KEYS_MAX);
        assert_int_equal(keys_read(written(&keys), &again, &reason), RC_OK);
        switches += strcmp(written(&keys), "ctrl-alt-f2") == 0;
        for (int i = 0; i < keys_count(); i++)
            if (strcmp(keys.names[keys.count - 1], keys_name(i)) == 0 && !is_seen[i]) {
                is_seen[i] = true;
                seen++;
            }
    }
    assert_int_equal(seen, keys_count());
    assert_true(switches > 20);
}

static void the_same_seed_gives_the_same_keys(void **state)
{
    struct random one, other;
    (void)state;
    random_init(&one, 42);
    random_init(&other, 42);
    for (int round = 0; round < 100; round++) {
        char text[100];
        struct keys keys = keys_random(&one), again = keys_random(&other);
        assert_string_equal(written(&keys), keys_write(&again, text, sizeof text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_read_by_name_and_written_back),
        cmocka_unit_test(what_is_no_key_is_refused),
        cmocka_unit_test(characters_are_typed_by_the_us_keyboard),
        cmocka_unit_test(no_key_is_there_twice),
        cmocka_unit_test(random_keys_are_keys_and_all_of_them),
        cmocka_unit_test(the_same_seed_gives_the_same_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
