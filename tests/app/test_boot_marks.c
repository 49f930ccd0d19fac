#include "app/boot_marks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/loose_stick.h"

static struct loose_stick data;

static int set_up(void **state)
{
    (void)state;
    loose_stick_make(&data);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    loose_stick_remove(&data);
    return 0;
}

static struct boot_mark mark_of(const char *name, int content, enum boot_state state)
{
    struct boot_mark mark = {.state = state};
    boot_marks_key("people", name, mark.key);
    memset(mark.content, content, sizeof mark.content);
    return mark;
}

static void keep(const struct boot_marks *marks)
{
    struct reason reason = {.text = ""};
    struct outfile *file;
    if (boot_marks_begin(marks, data.root, &file, &reason) || outfile_commit(file, &reason))
        fail_msg("%s", reason.text);
}

static void what_was_noted_is_known_again(void **state)
{
    (void)state;
    struct boot_marks marks = {.count = 0};
    const struct boot_mark people = mark_of("people.csv", 1, BOOT_TAKEN),
                           other = mark_of("people.csv", 2, BOOT_TAKEN),
                           more = mark_of("people-2.csv", 1, BOOT_WRONG);
    boot_marks_set(&marks, &people);
    boot_marks_set(&marks, &more);
    keep(&marks);
    marks = boot_marks_read(data.root);
    assert_int_equal(marks.count, 2);
    assert_int_equal(boot_marks_find(&marks, &people), BOOT_TAKEN);
    assert_int_equal(boot_marks_find(&marks, &other), BOOT_NEW);
    assert_int_equal(boot_marks_find(&marks, &more), BOOT_WRONG);
    boot_marks_set(&marks, &other);
    assert_int_equal(marks.count, 2);
    assert_int_equal(boot_marks_find(&marks, &people), BOOT_NEW);
}

static void a_name_in_capitals_is_the_same_file(void **state)
{
    (void)state;
    const struct boot_mark small = mark_of("people.csv", 1, BOOT_TAKEN),
                           large = mark_of("PEOPLE.CSV", 1, BOOT_TAKEN);
    assert_memory_equal(small.key, large.key, HASH_BYTES);
    struct boot_mark venue = small;
    boot_marks_key("venue", "people.csv", venue.key);
    assert_memory_not_equal(small.key, venue.key, HASH_BYTES);
}

static void what_is_not_committed_does_not_count(void **state)
{
    (void)state;
    struct boot_marks marks = {.count = 0};
    struct outfile *file;
    const struct boot_mark people = mark_of("people.csv", 1, BOOT_TAKEN);
    boot_marks_set(&marks, &people);
    assert_int_equal(boot_marks_begin(&marks, data.root, &file, NULL), RC_OK);
    assert_int_equal(boot_marks_read(data.root).count, 0);
    outfile_leave(file); /* as a power cut does */
    assert_int_equal(boot_marks_read(data.root).count, 0);
    keep(&marks);
    assert_int_equal(boot_marks_read(data.root).count, 1);
}

/* Where they cannot be noted, whoever asks takes nothing. */
static void a_folder_that_cannot_be_written_is_said_beforehand(void **state)
{
    (void)state;
    struct boot_marks marks = {.count = 0};
    struct outfile *file;
    struct reason reason = {.text = ""};
    assert_int_not_equal(boot_marks_begin(&marks, "/proc/nowhere", &file, &reason), RC_OK);
    assert_true(reason.text[0]);
}

static void damaged_lines_are_passed_over(void **state)
{
    (void)state;
    struct boot_marks marks = {.count = 0};
    const struct boot_mark people = mark_of("people.csv", 1, BOOT_AWAY),
                           more = mark_of("more.csv", 2, BOOT_TAKEN);
    boot_marks_set(&marks, &people);
    boot_marks_set(&marks, &more);
    keep(&marks);
    loose_stick_run(&data, "(echo 'taken zz zz'; echo; head -c 5000 /dev/zero; echo; echo 'away';"
                           " cat boot.taken; head -n 1 boot.taken | head -c 60) > x;"
                           " mv x boot.taken");
    marks = boot_marks_read(data.root);
    assert_int_equal(marks.count, 2);
    assert_int_equal(boot_marks_find(&marks, &people), BOOT_AWAY);
    loose_stick_run(&data, "rm boot.taken; ln -s /etc/passwd boot.taken");
    assert_int_equal(boot_marks_read(data.root).count, 0);
    loose_stick_run(&data, "rm boot.taken; head -c 100000 /dev/zero > boot.taken");
    assert_int_equal(boot_marks_read(data.root).count, 0);
}

static void the_oldest_gives_way(void **state)
{
    (void)state;
    struct boot_marks marks = {.count = 0};
    char name[32];
    for (int i = 0; i <= BOOT_MARKS_MAX; i++) {
        snprintf(name, sizeof name, "people-%d.csv", i);
        const struct boot_mark mark = mark_of(name, i, BOOT_TAKEN);
        boot_marks_set(&marks, &mark);
    }
    const struct boot_mark first = mark_of("people-0.csv", 0, BOOT_TAKEN),
                           second = mark_of("people-1.csv", 1, BOOT_TAKEN);
    assert_int_equal(marks.count, BOOT_MARKS_MAX);
    assert_int_equal(boot_marks_find(&marks, &first), BOOT_NEW);
    assert_int_equal(boot_marks_find(&marks, &second), BOOT_TAKEN);
    keep(&marks);
    assert_int_equal(boot_marks_read(data.root).count, BOOT_MARKS_MAX);
    boot_marks_forget(&marks, &second);
    assert_int_equal(marks.count, BOOT_MARKS_MAX - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_noted_is_known_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_name_in_capitals_is_the_same_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_committed_does_not_count, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_folder_that_cannot_be_written_is_said_beforehand, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(damaged_lines_are_passed_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_oldest_gives_way, set_up, tear_down),
    };
    if (hash_init())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
