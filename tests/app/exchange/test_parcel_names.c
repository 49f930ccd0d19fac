/* Names of a folder and of the files in it, on every file system. */
#include "app/exchange/parcel.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/base/hash.h"
#include "tests/support/room.h"

static int set_up(void **state)
{
    (void)state;
    return room_make();
}

static int tear_down(void **state)
{
    (void)state;
    return room_remove();
}

static void names_are_safe_on_every_file_system(void **state)
{
    static const struct {
        const char *venue, *expected;
    } rows[] = {
        {"L'\xc3\x89pi Commun", "2026-11-26_l-epi-commun"},
        {"", "2026-11-26_perron"},
        {"   ", "2026-11-26_perron"},
        {"CON", "2026-11-26_con"},
        {"../../etc/passwd", "2026-11-26_etc-passwd"},
        {"a:b*c?d\"e<f>g|h\\i/j.", "2026-11-26_a-b-c-d-e-f-g-h-i-j"},
        {"\xce\xb1\xce\xb2", "2026-11-26_perron"},
        {"\xff\xfe\x01\n", "2026-11-26_perron"},
        {"0123456789012345678901234567890123456789012345678901234567890123456789",
         "2026-11-26_01234567890123456789012345678901234567890123456"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char name[PARCEL_NAME_BYTES];
        parcel_make_name(20261126, rows[i].venue, name);
        assert_string_equal(name, rows[i].expected);
    }
}

static void names_that_are_no_plain_files_are_refused(void **state)
{
    static const char *const names[] = {
        "",     ".",       "..",    "../x",      "a/b/c/d/e", "/a",     "a/",  "a//b",
        "a/..", "a/../b",  "a/.b",  ".hidden",   "-rf",       "a b",    "a\n", "a\\b",
        "con",  "NUL.txt", "aux/a", "a/com1.fr", "Lpt9",      "a/b./c", "a:b", "a?",
    };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct parcel *parcel;
        struct reason reason = {.text = ""};
        struct sink sink;
        char name[PARCEL_NAME_BYTES];
        const struct parcel_config config = {.root = room_root, .name = names[i]};
        assert_int_equal(parcel_begin(&config, &parcel, &reason), RC_LIMIT);
        assert_int_equal(parcel_begin(&room_plain, &parcel, &reason), RC_OK);
        assert_int_equal(parcel_open_file(parcel, names[i], &sink), RC_LIMIT);
        assert_int_equal(parcel_finish(parcel, name, &reason), RC_LIMIT);
    }
    const struct parcel_config within = {.root = room_root, .name = "a/b"};
    struct parcel *none;
    struct reason reason = {.text = ""};
    assert_int_equal(parcel_begin(&within, &none, &reason), RC_LIMIT);
    assert_int_equal(room_count_others(""), 0);
}

/* Also where a name is free on this file system. */
static void names_that_are_one_somewhere_are_refused_everywhere(void **state)
{
    static const struct {
        const char *first, *second;
        enum rc rc;
    } rows[] = {
        {"venue/a", "venue/b", RC_OK},          {"venue", "venues/a", RC_OK},
        {"venue/a/x", "venue/b/x", RC_OK},      {"com/a", "com10", RC_OK},
        {"console.txt", "nul-1/a", RC_OK},      {"a", "a", RC_LIMIT},
        {"people.csv", "People.csv", RC_LIMIT}, {"venue", "venue/a", RC_LIMIT},
        {"venue/a", "venue", RC_LIMIT},         {"venue/a", "Venue/b", RC_LIMIT},
        {"venue/a", "venue/A", RC_LIMIT},       {"venue/a", "VENUE", RC_LIMIT},
        {"a/b/x", "a/B/y", RC_LIMIT},           {"a/b", "a/b/c", RC_LIMIT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct parcel *parcel;
        struct reason reason = {.text = ""};
        char name[PARCEL_NAME_BYTES];
        assert_int_equal(parcel_begin(&room_plain, &parcel, &reason), RC_OK);
        assert_int_equal(room_add(parcel, rows[i].first, "x"), RC_OK);
        if (room_add(parcel, rows[i].second, "y") != rows[i].rc)
            fail_msg("%s, %s", rows[i].first, rows[i].second);
        assert_int_equal(parcel_finish(parcel, name, &reason), rows[i].rc);
    }
}

static void names_and_numbers_have_a_limit(void **state)
{
    static char longest[10001];
    struct parcel *parcel;
    struct reason reason;
    struct sink sink;
    char folder[32];
    enum rc rc = RC_OK;
    int count = 0;
    (void)state;
    memset(longest, 'a', sizeof longest - 1);
    assert_int_equal(parcel_begin(&room_plain, &parcel, &reason), RC_OK);
    assert_int_equal(parcel_open_file(parcel, longest, &sink), RC_LIMIT);
    parcel_abandon(parcel);
    assert_int_equal(parcel_begin(&room_plain, &parcel, &reason), RC_OK);
    longest[PARCEL_FILE_BYTES - 1] = 0;
    memcpy(longest, "v/", 2);
    assert_int_equal(room_add(parcel, longest, "x"), RC_OK);
    for (count = 1; !rc; count++) {
        snprintf(folder, sizeof folder, "f%d/a", count);
        rc = room_add(parcel, folder, "x");
    }
    assert_int_equal(rc, RC_LIMIT);
    assert_true(count > 8 && count < 100);
    parcel_abandon(parcel);
    assert_int_equal(room_count_others(""), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(names_are_safe_on_every_file_system),
        TEST(names_that_are_no_plain_files_are_refused),
        TEST(names_that_are_one_somewhere_are_refused_everywhere),
        TEST(names_and_numbers_have_a_limit),
    };
    if (hash_init())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
