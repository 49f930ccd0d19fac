#include "tests/image/console.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/build.h"
#include "tests/support/real.h"
#include "tests/support/tree.h"

#define SOON_MS 60
#define LONG_MS 20000

static int far_end;
static struct console *console;
static struct reason reason;

static void say(const char *text)
{
    assert_int_equal(write(far_end, text, strlen(text)), strlen(text));
}

static int set_up(void **state)
{
    int pair[2];
    (void)state;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
        return -1;
    far_end = pair[1];
    reason.text[0] = 0;
    return console_open(pair[0], &console) ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    console_close(console);
    close(far_end);
    return 0;
}

static void a_text_is_found_once_and_what_is_before_it_is_behind_us(void **state)
{
    (void)state;
    say("one two three two");
    assert_int_equal(console_expect(console, "two", LONG_MS, &reason), RC_OK);
    assert_int_equal(console_expect(console, "one", SOON_MS, &reason), RC_TIMEOUT);
    assert_int_equal(console_expect(console, "two", LONG_MS, &reason), RC_OK);
    assert_int_equal(console_expect(console, "two", SOON_MS, &reason), RC_TIMEOUT);
}

static void a_text_in_pieces_is_found(void **state)
{
    (void)state;
    say("logi");
    assert_int_equal(console_expect(console, "login:", SOON_MS, &reason), RC_TIMEOUT);
    say("n:");
    assert_int_equal(console_expect(console, "login:", LONG_MS, &reason), RC_OK);
}

static void what_did_not_come_is_told_with_what_came_last(void **state)
{
    (void)state;
    say("a line\nthe last line\n");
    int64_t begin_ms = real_ms();
    assert_int_equal(console_expect(console, "login:", SOON_MS, &reason), RC_TIMEOUT);
    assert_in_range(real_ms() - begin_ms, SOON_MS, SOON_MS + 5000);
    assert_non_null(strstr(reason.text, "'login:'"));
    assert_non_null(strstr(reason.text, "the last line"));
}

static void a_line_that_is_cut_ends_the_wait_at_once(void **state)
{
    (void)state;
    say("goodbye");
    shutdown(far_end, SHUT_RDWR);
    assert_int_equal(console_expect(console, "bye", LONG_MS, &reason), RC_OK);
    assert_int_equal(console_expect(console, "hello", 600000, &reason), RC_GONE);
    assert_int_equal(console_say(console, "anybody?", &reason), RC_GONE);
}

static void an_alarm_ends_every_wait_but_that_for_what_came_before_it(void **state)
{
    (void)state;
    console_alarm(console, "Kernel panic");
    say("login: Kernel panic - not syncing\nlogin: ");
    assert_int_equal(console_expect(console, "login:", LONG_MS, &reason), RC_OK);
    assert_int_equal(console_expect(console, "login:", LONG_MS, &reason), RC_REFUSED);
    assert_non_null(strstr(reason.text, "Kernel panic"));
}

static void what_came_before_a_text_is_handed_out(void **state)
{
    char *before;
    (void)state;
    say("rubbish$ 12\n13\n$ ");
    assert_int_equal(console_expect(console, "$ ", LONG_MS, &reason), RC_OK);
    assert_int_equal(console_read_until(console, "\n$ ", LONG_MS, &before, &reason), RC_OK);
    assert_string_equal(before, "12\n13");
    free(before);
}

static void a_nul_in_between_hides_nothing(void **state)
{
    (void)state;
    assert_int_equal(write(far_end, "a\0b\0c", 5), 5);
    assert_int_equal(console_expect(console, "abc", LONG_MS, &reason), RC_OK);
}

static void what_is_passed_over_is_counted_and_saved_all_the_same(void **state)
{
    char path[200];
    size_t length;
    (void)state;
    say("tap tap tap.");
    assert_int_equal(console_expect(console, ".", LONG_MS, &reason), RC_OK);
    console_skip(console);
    assert_int_equal(console_count(console, "tap"), 3);
    assert_int_equal(console_count(console, "top"), 0);
    snprintf(path, sizeof path, "%s/console-XXXXXX", build_scratch());
    close(mkstemp(path));
    assert_int_equal(console_save(console, path), RC_OK);
    char *kept = tree_read(path, &length);
    assert_int_equal(length, 12);
    assert_memory_equal(kept, "tap tap tap.", length);
    free(kept);
    unlink(path);
    assert_int_equal(console_save(console, "/nowhere/at/all"), RC_IO);
}

/* More than is kept: the far end never has to wait for us, and the newest can be found. */
static void of_a_flood_the_newest_is_kept(void **state)
{
    static char piece[1 << 16];
    (void)state;
    memset(piece, 'x', sizeof piece - 1);
    say("first ");
    for (size_t sent = 0; sent < CONSOLE_BYTES_MAX + (1 << 20); sent += sizeof piece - 1)
        say(piece);
    say("last");
    assert_int_equal(console_expect(console, "last", LONG_MS, &reason), RC_OK);
    assert_int_equal(console_count(console, "first"), 0);
}

static void what_is_said_arrives_as_a_line(void **state)
{
    char heard[16];
    (void)state;
    assert_int_equal(console_say(console, "root", &reason), RC_OK);
    assert_int_equal(recv(far_end, heard, sizeof heard, 0), 5);
    assert_memory_equal(heard, "root\n", 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_text_is_found_once_and_what_is_before_it_is_behind_us),
        TEST(a_text_in_pieces_is_found),
        TEST(what_did_not_come_is_told_with_what_came_last),
        TEST(a_line_that_is_cut_ends_the_wait_at_once),
        TEST(an_alarm_ends_every_wait_but_that_for_what_came_before_it),
        TEST(what_came_before_a_text_is_handed_out),
        TEST(a_nul_in_between_hides_nothing),
        TEST(what_is_passed_over_is_counted_and_saved_all_the_same),
        TEST(of_a_flood_the_newest_is_kept),
        TEST(what_is_said_arrives_as_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
