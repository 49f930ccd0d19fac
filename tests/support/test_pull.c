#include "tests/support/pull.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>
#include <inttypes.h>

#include "tests/support/pull_calls.h"

#define ROUNDS 60

static char folder[64], stick[96], path[160];
static uint64_t seed;

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/perron-pull-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(stick, sizeof stick, "%s/stick", folder);
    return mkdir(stick, 0700) || !pull_begin(stick, ++seed) ? -1 : 0;
}

static int tear_down(void **state)
{
    char command[128];
    (void)state;
    pull_end();
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static const char *at(const char *name)
{
    snprintf(path, sizeof path, "%s/%s", stick, name);
    return path;
}

/* Brings a folder's names to the device. */
static int sync_stick(void)
{
    int fd = open(stick, O_RDONLY | O_DIRECTORY);
    int failed = fd < 0 || fsync(fd) ? -1 : 0;
    if (fd >= 0)
        close(fd);
    return failed;
}

static int put(const char *name, const char *text, bool is_synced)
{
    int fd = open(at(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ssize_t length = (ssize_t)strlen(text);
    int failed = fd < 0 || write(fd, text, (size_t)length) != length || (is_synced && fsync(fd));
    int error = errno;
    if (fd >= 0)
        close(fd);
    errno = error;
    return failed ? -1 : 0;
}

/* "": there is none. */
static const char *get(const char *name)
{
    static char text[8192];
    int fd = open(at(name), O_RDONLY);
    ssize_t length = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    text[length > 0 ? length : 0] = 0;
    return text;
}

static void a_sound_stick_is_a_folder_like_any_other(void **state)
{
    struct stat status;
    (void)state;
    assert_int_equal(put("a", "hello", true), 0);
    assert_string_equal(get("a"), "hello");
    assert_int_equal(mkdir(at("b"), 0700), 0);
    assert_int_equal(rmdir(at("b")), 0);
    assert_int_equal(stat(at("a"), &status), 0);
    assert_int_equal(status.st_size, 5);
    assert_true(pull_bytes() == 5 && pull_syncs() == 1 && pull_calls() > 5);
    assert_false(pull_has_struck());
}

static void one_pulled_at_a_byte_takes_no_more_and_says_nothing_else(void **state)
{
    struct stat status;
    char buffer[8];
    (void)state;
    assert_int_equal(put("old", "before", true), 0);
    assert_int_equal(sync_stick(), 0);
    int fd = open(at("old"), O_RDWR);
    assert_true(fd >= 0);
    pull_plan(PULL_AT_BYTE, 7);
    assert_int_equal(put("a", "12345", false), 0);
    assert_int_equal(put("b", "67890", false), -1);
    assert_true(errno == EIO || errno == ENODEV);
    assert_true(pull_bytes() == 7 && pull_has_struck());
    assert_int_equal(write(fd, "x", 1), -1);
    assert_int_equal(read(fd, buffer, 1), -1);
    assert_int_equal(fsync(fd), -1);
    assert_int_equal(ftruncate(fd, 0), -1);
    assert_int_equal(fstat(fd, &status), -1);
    assert_int_equal(open(at("old"), O_RDONLY), -1);
    assert_int_equal(stat(at("old"), &status), -1);
    assert_int_equal(mkdir(at("c"), 0700), -1);
    assert_int_equal(unlink(at("old")), -1);
    assert_int_equal(rename(at("old"), "/tmp/perron-never"), -1);
    assert_null(opendir(stick));
    assert_true(errno == EIO || errno == ENODEV);
    close(fd);
    pull_plug_in();
    assert_string_equal(get("old"), "before");
}

static void what_lies_beside_it_never_fails(void **state)
{
    char beside[96];
    (void)state;
    pull_plan(PULL_AT_CALL, 1);
    assert_int_equal(sync_stick(), -1);
    snprintf(beside, sizeof beside, "%s/stick-beside", folder);
    int fd = open(beside, O_RDWR | O_CREAT, 0600);
    assert_int_equal(write(fd, "x", 1), 1);
    assert_int_equal(fsync(fd), 0);
    close(fd);
    assert_int_equal(unlink(beside), 0);
}

/* What is in a folder is there as far as names lead to it. */
static void a_folder_whose_name_was_not_brought_there_takes_along_what_is_in_it(void **state)
{
    int gone = 0, there = 0;
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        assert_int_equal(mkdir(at("a"), 0700), 0);
        assert_int_equal(put("a/file", "hello", true), 0);
        int fd = open(at("a"), O_RDONLY | O_DIRECTORY);
        assert_int_equal(fsync(fd), 0);
        close(fd);
        pull_plug_in();
        bool is = strcmp(get("a/file"), "hello") == 0;
        there += is;
        gone += !is && access(at("a"), F_OK) != 0;
        char command[200];
        snprintf(command, sizeof command, "rm -rf %s", at("a"));
        assert_int_equal(system(command), 0);
    }
    assert_true(gone > 0 && there > 0);
    assert_int_equal(gone + there, ROUNDS);
}

static void a_folder_that_comes_back_has_what_was_in_it(void **state)
{
    int whole = 0;
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        char command[200];
        snprintf(command, sizeof command,
                 "cd %s && rm -rf a && mkdir -p a/b && echo hello >a/b/file", stick);
        assert_int_equal(system(command), 0);
        assert_int_equal(unlink(at("a/b/file")), 0);
        assert_int_equal(rmdir(at("a/b")), 0);
        assert_int_equal(rmdir(at("a")), 0);
        pull_plug_in();
        whole += strcmp(get("a/b/file"), "hello\n") == 0;
    }
    assert_true(whole > 0 && whole < ROUNDS);
}

/* All of it was brought there, files and names: nothing may go, whatever chance says. */
static void what_was_brought_to_it_stays(void **state)
{
    (void)state;
    assert_int_equal(put("gone", "gone", true), 0);
    assert_int_equal(sync_stick(), 0);
    for (int i = 0; i < ROUNDS; i++) {
        assert_int_equal(put("part", "whole", true), 0);
        unlink(at("gone"));
        char to[160];
        snprintf(to, sizeof to, "%s/name", stick);
        assert_int_equal(rename(at("part"), to), 0);
        assert_int_equal(sync_stick(), 0);
        pull_plug_in();
        assert_string_equal(get("name"), "whole");
        assert_string_equal(get("part"), "");
        assert_string_equal(get("gone"), "");
    }
}

/* The control: each of them is forgotten once, and is lost now and then. */
static void what_was_not_brought_to_it_is_lost_now_and_then(void **state)
{
    enum { BYTES, NAME, NEW_NAME, REMOVAL, KINDS };
    int lost[KINDS] = {0};
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        char to[160];
        snprintf(to, sizeof to, "%s/new", stick);
        unlink(to);
        assert_int_equal(put("bytes", "old", true), 0);
        assert_int_equal(put("old", "old", true), 0);
        assert_int_equal(put("removed", "removed", true), 0);
        unlink(at("name"));
        assert_int_equal(sync_stick(), 0);

        assert_int_equal(put("bytes", "new", false), 0);
        assert_int_equal(put("name", "name", true), 0);
        assert_int_equal(rename(at("old"), to), 0);
        assert_int_equal(unlink(at("removed")), 0);
        pull_plug_in();

        lost[BYTES] += strcmp(get("bytes"), "new") != 0;
        lost[NAME] += strcmp(get("name"), "name") != 0;
        lost[NEW_NAME] += strcmp(get("old"), "old") == 0;
        lost[REMOVAL] += strcmp(get("removed"), "removed") == 0;
        assert_true(strcmp(get("old"), "old") == 0 || strcmp(get("new"), "old") == 0);
    }
    for (int i = 0; i < KINDS; i++)
        if (lost[i] == 0 || lost[i] == ROUNDS)
            fail_msg("kind %d was lost %d times of %d", i, lost[i], ROUNDS);
}

static void a_full_one_takes_what_there_is_room_for_and_can_be_read(void **state)
{
    (void)state;
    assert_int_equal(put("old", "before", true), 0);
    pull_plan(PULL_FULL, 3);
    int fd = open(at("a"), O_WRONLY | O_CREAT, 0600);
    assert_int_equal(write(fd, "12345", 5), 3);
    assert_int_equal(write(fd, "45", 2), -1);
    assert_int_equal(errno, ENOSPC);
    assert_int_equal(fsync(fd), 0);
    close(fd);
    assert_int_equal(mkdir(at("folder"), 0700), -1);
    assert_int_equal(errno, ENOSPC);
    assert_string_equal(get("old"), "before");
    pull_plan(PULL_NEVER, 0);
    assert_string_equal(get("a"), "123");
}

static void a_read_only_one_changes_nothing(void **state)
{
    (void)state;
    assert_int_equal(put("old", "before", true), 0);
    pull_plan(PULL_READ_ONLY, 1);
    assert_int_equal(put("a", "x", false), -1);
    assert_int_equal(errno, EROFS);
    assert_int_equal(unlink(at("old")), -1);
    assert_int_equal(errno, EROFS);
    assert_string_equal(get("old"), "before");
}

static void an_error_comes_once_at_its_call(void **state)
{
    (void)state;
    for (int nth = 1; nth <= 3; nth++) { /* open, write, sync */
        pull_plan(PULL_ERROR, nth);
        assert_int_equal(put("a", "x", true), -1);
        assert_int_equal(errno, EIO);
        assert_int_equal(put("a", "x", true), 0);
    }
}

static void a_sync_that_fails_brings_nothing_there(void **state)
{
    int lost = 0;
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        assert_int_equal(put("a", "old", true), 0);
        assert_int_equal(sync_stick(), 0);
        pull_plan(PULL_SYNC_FAILS, 1);
        assert_int_equal(put("a", "new", true), -1);
        assert_int_equal(errno, EIO);
        assert_int_equal(put("a", "new", true), -1);
        pull_plug_in();
        lost += strcmp(get("a"), "new") != 0;
    }
    assert_true(lost > 0);
}

static void a_lie_is_one_bit_of_one_byte(void **state)
{
    char text[2001], *come_back;
    int bits = 0;
    (void)state;
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = 0;
    pull_plan(PULL_LIES, 1234);
    assert_int_equal(put("a", text, true), 0);
    assert_true(pull_has_struck());
    come_back = (char *)get("a");
    for (size_t i = 0; i + 1 < sizeof text; i++) {
        bits += __builtin_popcount((unsigned char)(text[i] ^ come_back[i]));
        assert_true(i == 1234 || text[i] == come_back[i]);
    }
    assert_int_equal(bits, 1);
}

static void bytes_that_are_copied_by_the_kernel_count(void **state)
{
    (void)state;
    assert_int_equal(put("a", "123456", true), 0);
    pull_plan(PULL_AT_BYTE, 4);
    int from = open(at("a"), O_RDONLY), to = open(at("b"), O_WRONLY | O_CREAT, 0600);
    off_t begin = 0;
    assert_int_equal(copy_file_range(from, &begin, to, NULL, 6, 0), -1);
    assert_true(pull_bytes() == 4);
    close(from);
    close(to);
}

int main(void)
{
#define ON_STICK(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        ON_STICK(a_sound_stick_is_a_folder_like_any_other),
        ON_STICK(one_pulled_at_a_byte_takes_no_more_and_says_nothing_else),
        ON_STICK(what_lies_beside_it_never_fails),
        ON_STICK(what_was_brought_to_it_stays),
        ON_STICK(a_folder_whose_name_was_not_brought_there_takes_along_what_is_in_it),
        ON_STICK(a_folder_that_comes_back_has_what_was_in_it),
        ON_STICK(what_was_not_brought_to_it_is_lost_now_and_then),
        ON_STICK(a_full_one_takes_what_there_is_room_for_and_can_be_read),
        ON_STICK(a_read_only_one_changes_nothing),
        ON_STICK(an_error_comes_once_at_its_call),
        ON_STICK(a_sync_that_fails_brings_nothing_there),
        ON_STICK(a_lie_is_one_bit_of_one_byte),
        ON_STICK(bytes_that_are_copied_by_the_kernel_count),
    };
    seed = random_seed();
    printf("test_pull: PERRON_SEED=%" PRIu64 "\n", seed);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
