/* What a house set, read while somebody changes it. */
#include "app/venue_gather.h"

#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/exchange/infolder.h"
#include "firmware/base/thread.h"

static char root[64], data[80];
static atomic_bool is_over, has_failed;

static int run(const char *format, ...) PRINTF_LIKE(1, 2);
static int run(const char *format, ...)
{
    char command[400], line[500];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    snprintf(line, sizeof line, "cd '%s' && { %s; }", root, command);
    return system(line);
}

/* --- the file that somebody writes whenever it is opened --- */

static int changes; /* how often still */

int openat(int folder, const char *name, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    if (changes > 0 && strcmp(name, "hello.fr.txt") == 0)
        changes -= !run("echo %d > data/welcome/hello.fr.txt", changes - 1);
    return (int)syscall(SYS_openat, folder, name, flags, mode);
}

/* Two houses, each with its own word in each file, and a data folder with the first. */
static int set_up(void **state)
{
    (void)state;
    strcpy(root, "/tmp/perron-gather-XXXXXX");
    if (!mkdtemp(root))
        return -1;
    snprintf(data, sizeof data, "%s/data", root);
    is_over = has_failed = false;
    return run(
        "for word in one two; do mkdir -p $word/welcome; for name in perron.conf "
        "circles.conf welcome/welcome.conf welcome/hello.fr.txt welcome/mission-$word.fr.txt; "
        "do echo $word > $word/$name; done; done; cp -r one data");
}

static int tear_down(void **state)
{
    (void)state;
    return run("rm -rf --one-file-system '%s'", root);
}

static void swap(const char *word)
{
    struct venue_take *take;
    struct reason reason = {""};
    int from = -1, folder = open(root, O_RDONLY | O_DIRECTORY);
    if (folder < 0 || infolder_open(folder, word, &from) ||
        venue_take_open(data, from, &take, &reason)) {
        has_failed |= strstr(reason.text, "somebody else") == NULL;
    } else {
        has_failed |= venue_take_swap(take, &reason) != RC_OK;
        venue_take_close(take);
    }
    close(from);
    close(folder);
}

static void *swap_to_and_fro(void *unused)
{
    for (int i = 0; !is_over; i++) {
        swap(i % 2 ? "one" : "two");
        usleep(150000);
    }
    return unused;
}

/* Is each file of that house, and none missing? */
static bool is_all_of(const struct venue_gathered *gathered, const char *word)
{
    bool is = gathered->count == 5 && !gathered->left_out.count;
    for (int i = 0; is && i < gathered->count; i++)
        is = gathered->files[i].length == strlen(word) + 1 &&
             strncmp(gathered->files[i].bytes, word, strlen(word)) == 0;
    return is;
}

static void it_is_one_house_whoever_takes_another_meanwhile(void **state)
{
    pthread_t swapper;
    int ones = 0, twos = 0;
    (void)state;
    assert_int_equal(thread_start(swap_to_and_fro, NULL, &swapper), 0);
    for (int i = 0; i < 200; i++) {
        struct venue_gathered *gathered;
        struct reason reason = {""};
        enum rc rc = venue_gather(data, &gathered, &reason);
        if (rc == RC_BUSY) {
            assert_non_null(strstr(reason.text, "Try again"));
            continue;
        }
        assert_int_equal(rc, RC_OK);
        ones += is_all_of(gathered, "one");
        twos += is_all_of(gathered, "two");
        if (!is_all_of(gathered, "one") && !is_all_of(gathered, "two"))
            fail_msg("some of each house: %d files", gathered->count);
        venue_gather_free(gathered);
        usleep(5000);
    }
    is_over = true;
    pthread_join(swapper, NULL);
    assert_false(has_failed);
    assert_true(ones > 0 && twos > 0);
}

static void what_a_power_cut_left_half_taken_is_ended_first(void **state)
{
    struct venue_gathered *gathered;
    struct reason reason;
    (void)state;
    assert_int_equal(run("cp -r two data/venue.next && mv data/venue.next/perron.conf data"), 0);
    assert_int_equal(venue_gather(data, &gathered, &reason), RC_OK);
    assert_true(is_all_of(gathered, "two"));
    venue_gather_free(gathered);
}

static void what_changes_while_it_is_read_is_read_again(void **state)
{
    (void)state;
    for (changes = 1; changes < 4; changes++) {
        struct venue_gathered *gathered;
        struct reason reason;
        const int before = changes;
        assert_int_equal(venue_gather(data, &gathered, &reason), RC_OK);
        assert_int_equal(changes, 0);
        assert_string_equal(gathered->files[2].name, "welcome/hello.fr.txt");
        assert_memory_equal(gathered->files[2].bytes, "0", 1); /* the last one */
        venue_gather_free(gathered);
        changes = before;
    }
    changes = 0;
}

static void who_never_stops_changing_it_is_told_of(void **state)
{
    struct venue_gathered *gathered;
    struct reason reason = {""};
    (void)state;
    changes = 1000;
    assert_int_equal(venue_gather(data, &gathered, &reason), RC_BUSY);
    changes = 0;
    assert_non_null(strstr(reason.text, "Try again"));
}

static void a_folder_that_is_not_there_has_a_sentence(void **state)
{
    struct venue_gathered *gathered;
    struct reason reason = {""};
    (void)state;
    assert_int_equal(venue_gather("/nowhere/at/all", &gathered, &reason), RC_NOT_FOUND);
    assert_non_null(strstr(reason.text, "cannot be read"));
    assert_int_equal(venue_gather_size("/nowhere/at/all"), 0);
    assert_int_equal(venue_gather_size(data), 5 * 4096);
    venue_gather_free(NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_is_one_house_whoever_takes_another_meanwhile),
        TEST(what_a_power_cut_left_half_taken_is_ended_first),
        TEST(what_changes_while_it_is_read_is_read_again),
        TEST(who_never_stops_changing_it_is_told_of),
        TEST(a_folder_that_is_not_there_has_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
