/* This program stands between a parcel and the system: see fails_at. */
#include "app/exchange/parcel.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "firmware/base/hash.h"
#include "tests/support/file_calls.h"
#include "tests/support/room.h"

/* --- more calls that fail, and the device lies --- */

static bool has_no_flags; /* renameat2 as a file system without it has it */
static long lies_at;      /* the Nth read comes back different */

ssize_t read(int fd, void *bytes, size_t length)
{
    ssize_t count = is_failing() ? -1 : syscall(SYS_read, fd, bytes, length);
    if (count > 0 && lies_at > 0 && --lies_at == 0)
        ((char *)bytes)[count / 2] ^= 0x10;
    return count;
}

static bool was_synced(ino_t number)
{
    for (size_t i = 0; i < synced_count; i++)
        if (synced[i] == number)
            return true;
    return false;
}

int mkdirat(int folder, const char *name, mode_t mode)
{
    return is_failing() ? -1 : (int)syscall(SYS_mkdirat, folder, name, mode);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    if (flags && has_no_flags) {
        errno = EINVAL;
        return -1;
    }
    return is_failing() ? -1 : (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

static int set_up(void **state)
{
    (void)state;
    fails_at = lies_at = 0;
    fails_for_ever = has_failed = has_no_flags = false;
    return room_make();
}

static int tear_down(void **state)
{
    (void)state;
    fails_at = lies_at = 0;
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

static void a_file_system_that_knows_no_flags_of_renaming_is_no_obstacle(void **state)
{
    (void)state;
    has_no_flags = true;
    assert_sent(ROOM_NAME);
    assert_sent(ROOM_NAME "_2");
}

static void a_device_that_gives_back_something_else_is_found_out(void **state)
{
    struct reason reason = {.text = ""};
    char name[PARCEL_NAME_BYTES] = "untouched";
    (void)state;
    /* On top, in a folder, and the last: the sums themselves. An empty file reads nothing. */
    for (long at = 1; at <= 4; at++) {
        char broken[64];
        lies_at = at;
        assert_int_equal(room_send(&room_plain, name, &reason), RC_CORRUPT);
        assert_string_equal(name, "untouched");
        assert_non_null(strstr(reason.text, "damaged"));
        assert_false(room_has(ROOM_NAME));
        snprintf(broken, sizeof broken, ROOM_NAME "_%ld.broken/" ROOM_WELCOME "hello.fr.txt", at);
        assert_true(room_has(at == 1 ? ROOM_NAME ".broken/visits.csv" : broken));
    }
    lies_at = 5;
    assert_sent(ROOM_NAME);
}

static void a_call_that_fails_leaves_no_whole_folder_or_a_right_one(void **state)
{
    static const int errors[] = {ENOSPC, EIO, EROFS, EFBIG, ENODEV};
    (void)state;
    for (size_t e = 0; e < sizeof errors / sizeof errors[0]; e++)
        for (int lasts = 0; lasts < 2; lasts++)
            for (long nth = 1;; nth++) {
                struct reason reason = {.text = ""};
                char name[PARCEL_NAME_BYTES] = "";
                assert_int_equal(room_shell("rm -rf ./* ./.2*"), 0);
                fails_at = nth;
                fails_with = errors[e];
                fails_for_ever = lasts;
                has_failed = false;
                enum rc rc = room_send(&room_plain, name, &reason);
                fails_at = 0;
                if (!has_failed) {
                    assert_int_equal(rc, RC_OK);
                    assert_true(nth > 8);
                    break;
                }
                /* Nothing but the failing clean-up of what is gone may be passed over. */
                if (!rc)
                    assert_string_equal(name, ROOM_NAME);
                else
                    assert_true(reason.text[0]);
                assert_true(!room_has(ROOM_NAME) ||
                            room_shell("cd " ROOM_NAME " && sha256sum --strict -c SHA256SUMS") ==
                                0);
                assert_sent(room_has(ROOM_NAME) ? ROOM_NAME "_2" : ROOM_NAME); /* next time works */
                assert_int_equal(room_shell("test -z \"$(ls -d .2* 2>/dev/null)\""), 0);
            }
}

static void each_failure_has_a_sentence_that_says_what_to_do(void **state)
{
    static const struct {
        int error;
        enum rc rc;
        const char *word;
    } rows[] = {{ENOSPC, RC_FULL, "space"},
                {EROFS, RC_READ_ONLY, "lock switch"},
                {EFBIG, RC_LIMIT, "exFAT"},
                {ENODEV, RC_GONE, "Plug it in again"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct reason reason = {.text = ""};
        char name[PARCEL_NAME_BYTES];
        fails_at = 2; /* the first is the making of the folder */
        fails_with = rows[i].error;
        assert_int_equal(room_send(&room_plain, name, &reason), rows[i].rc);
        assert_non_null(strstr(reason.text, rows[i].word));
    }
}

static void a_limit_of_the_file_system_is_said(void **state)
{
    struct rlimit before, small;
    struct reason reason = {.text = ""};
    struct parcel *parcel;
    struct sink sink;
    static char bytes[1 << 20];
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 1 << 20;
    assert_int_equal(parcel_begin(&room_plain, &parcel, &reason), RC_OK);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_int_equal(parcel_open_file(parcel, "visits.csv", &sink), RC_OK);
    enum rc rc = RC_OK;
    for (int i = 0; !rc && i < 4; i++)
        rc = sink_write(&sink, bytes, sizeof bytes);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(rc, RC_LIMIT);
    assert_int_equal(sink_write(&sink, "x", 1), RC_LIMIT); /* the same again */
    parcel_tell(parcel, rc, &reason);
    assert_non_null(strstr(reason.text, "4 GB"));
    parcel_abandon(parcel);
    assert_int_equal(room_count_others(""), 0);
}

/* The name of each folder is in one that was brought to the device after it. */
static void every_folder_is_brought_to_the_device(void **state)
{
    static const char *const folders[] = {ROOM_NAME, ROOM_NAME "/venue",
                                          ROOM_NAME "/" ROOM_WELCOME};
    (void)state;
    synced_count = 0;
    assert_sent(ROOM_NAME);
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        struct stat status;
        assert_int_equal(stat(room_path(folders[i]), &status), 0);
        if (!was_synced(status.st_ino))
            fail_msg("%s", folders[i]);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_file_system_that_knows_no_flags_of_renaming_is_no_obstacle),
        TEST(a_device_that_gives_back_something_else_is_found_out),
        TEST(a_call_that_fails_leaves_no_whole_folder_or_a_right_one),
        TEST(each_failure_has_a_sentence_that_says_what_to_do),
        TEST(a_limit_of_the_file_system_is_said),
        TEST(every_folder_is_brought_to_the_device),
    };
    if (hash_init())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
