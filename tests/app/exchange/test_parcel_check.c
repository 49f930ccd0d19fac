/* A folder that came out is checked against its sums. */
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

static void assert_sent(const char *expected)
{
    char name[PARCEL_NAME_BYTES];
    struct reason reason = {.text = ""};
    enum rc rc = room_send(&room_plain, name, &reason);
    if (rc)
        print_error("%s\n", reason.text);
    assert_int_equal(rc, RC_OK);
    assert_string_equal(name, expected);
}

struct seen {
    int right, damaged, missing;
    char last[64];
};

static void see(void *context, const char *name, enum parcel_state state)
{
    struct seen *seen = context;
    seen->right += state == PARCEL_RIGHT;
    seen->damaged += state == PARCEL_DAMAGED;
    seen->missing += state == PARCEL_MISSING;
    if (state != PARCEL_RIGHT)
        snprintf(seen->last, sizeof seen->last, "%s", name);
}

static void a_folder_is_checked_against_its_sums(void **state)
{
    struct reason reason = {.text = ""};
    struct seen seen = {.right = 0};
    char folder[256];
    (void)state;
    assert_sent(ROOM_NAME);
    snprintf(folder, sizeof folder, "%s", room_path(ROOM_NAME));
    assert_int_equal(parcel_check(folder, see, &seen, &reason), RC_OK);
    assert_int_equal(seen.right, 4);

    assert_int_equal(room_shell("rm " ROOM_NAME "/empty.csv && touch " ROOM_NAME "/beside"), 0);
    seen = (struct seen){.right = 0};
    assert_int_equal(parcel_check(folder, see, &seen, &reason), RC_CORRUPT);
    assert_int_equal(seen.right, 3);
    assert_int_equal(seen.missing, 1);
    assert_non_null(strstr(reason.text, "empty.csv is missing"));

    room_put(ROOM_NAME "/empty.csv", "x");
    seen = (struct seen){.right = 0};
    assert_int_equal(parcel_check(folder, see, &seen, &reason), RC_CORRUPT);
    assert_int_equal(seen.damaged, 1);
    assert_string_equal(seen.last, "empty.csv");

    /* Never through a link, wherever that leads. */
    assert_int_equal(
        room_shell("rm " ROOM_NAME "/empty.csv && ln -s /dev/null " ROOM_NAME "/empty.csv"), 0);
    assert_int_equal(parcel_check(folder, NULL, NULL, &reason), RC_CORRUPT);
    assert_int_equal(room_shell("rm " ROOM_NAME "/empty.csv && mkfifo " ROOM_NAME "/empty.csv"), 0);
    assert_int_equal(parcel_check(folder, NULL, NULL, &reason), RC_CORRUPT);
}

/* What may lie where a folder should be, and what comes of its files. */
static void files_in_folders_are_checked_and_no_link_is_followed(void **state)
{
    static const struct {
        const char *change;
        int damaged, missing;
    } rows[] = {
        {"echo x > " ROOM_WELCOME "hello.fr.txt", 1, 0},
        {"rm " ROOM_WELCOME "hello.fr.txt", 0, 1},
        {"rm -r venue", 0, 2},
        {"rm -r venue && touch venue", 2, 0},
        {"mv venue ../elsewhere && ln -s ../elsewhere venue", 2, 0},
        {"mv " ROOM_WELCOME "hello.fr.txt ../x && ln -s ../../../x " ROOM_WELCOME "hello.fr.txt", 1,
         0},
        {"mv venue/welcome ../w && ln -s ../../w venue/welcome", 2, 0},
        {"rm " ROOM_WELCOME "hello.nl.txt && mkdir " ROOM_WELCOME "hello.nl.txt", 1, 0},
        {"rm -r venue/welcome && mkfifo venue/welcome", 2, 0},
    };
    struct reason reason;
    char folder[256], line[256];
    (void)state;
    snprintf(folder, sizeof folder, "%s", room_path(ROOM_NAME));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct seen seen = {.right = 0};
        assert_int_equal(room_shell("rm -rf ./*"), 0);
        assert_sent(ROOM_NAME);
        snprintf(line, sizeof line, "cd " ROOM_NAME " && %s", rows[i].change);
        assert_int_equal(room_shell(line), 0);
        assert_int_equal(parcel_check(folder, see, &seen, &reason), RC_CORRUPT);
        if (seen.damaged != rows[i].damaged || seen.missing != rows[i].missing)
            fail_msg("%s: %d damaged, %d missing", rows[i].change, seen.damaged, seen.missing);
        assert_int_equal(seen.right, 4 - seen.damaged - seen.missing);
        assert_non_null(strstr(seen.last, ROOM_WELCOME));
    }
}

static void sums_that_are_none_are_refused(void **state)
{
#define SUM "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    static const struct {
        const char *sums;
        enum rc rc;
    } rows[] = {
        {SUM "  empty\n", RC_OK},
        {SUM " *empty\r\n", RC_OK},
        {"", RC_BAD_INPUT},
        {SUM "  empty", RC_BAD_INPUT},
        {"\n", RC_BAD_INPUT},
        {"garbage\n", RC_BAD_INPUT},
        {SUM "  ../empty\n", RC_BAD_INPUT},
        {SUM "  /etc/passwd\n", RC_BAD_INPUT},
        {SUM "  \n", RC_BAD_INPUT},
        {SUM "  sub/empty\n", RC_OK},
        {SUM "  sub/../empty\n", RC_BAD_INPUT},
        {SUM "  sub//empty\n", RC_BAD_INPUT},
        {SUM "  sub/\n", RC_BAD_INPUT},
        {SUM "  a/b/c/d/e\n", RC_BAD_INPUT},
        {SUM "  sub\\empty\n", RC_BAD_INPUT},
        {SUM "x  empty\n", RC_BAD_INPUT},
        {"\\" SUM "  empty\n", RC_BAD_INPUT},
    };
    struct reason reason;
    (void)state;
    room_put("empty", "");
    assert_int_equal(room_shell("mkdir sub && touch sub/empty"), 0);
    assert_int_equal(parcel_check(room_root, NULL, NULL, &reason), RC_NOT_FOUND);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        room_put("SHA256SUMS", rows[i].sums);
        assert_int_equal(parcel_check(room_root, NULL, NULL, &reason), rows[i].rc);
    }
    assert_int_equal(room_shell("for i in $(seq 257); do echo " SUM "'  empty'; done > SHA256SUMS"),
                     0);
    assert_int_equal(parcel_check(room_root, NULL, NULL, &reason), RC_LIMIT);
    assert_int_equal(room_shell("head -c 100000 /dev/zero > SHA256SUMS"), 0);
    assert_int_equal(parcel_check(room_root, NULL, NULL, &reason), RC_LIMIT);
    assert_int_equal(room_shell("rm SHA256SUMS && ln -s empty SHA256SUMS"), 0);
    assert_int_not_equal(parcel_check(room_root, NULL, NULL, &reason), RC_OK);
    assert_int_equal(parcel_check("/nowhere/at/all", NULL, NULL, &reason), RC_NOT_FOUND);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_folder_is_checked_against_its_sums),
        TEST(files_in_folders_are_checked_and_no_link_is_followed),
        TEST(sums_that_are_none_are_refused),
    };
    if (hash_init())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
