/* The wedge against a named pipe: this file's ioctl makes it look like an input device. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/linux/reader_wedge.h"

static struct reader *reader;
static char folder[] = "/tmp/perron-wedge-XXXXXX";
static char device_path[64];
static int device = -1; /* the end at which keys are pressed */
static bool is_grabbed, is_taken_by_others, has_no_digits;

static int answer_ioctl(int fd, unsigned long request, void *result)
{
    struct stat about;
    if (fstat(fd, &about) || !S_ISFIFO(about.st_mode)) {
        errno = ENOTTY;
        return -1;
    }
    if (request == EVIOCGRAB) {
        errno = EBUSY;
        is_grabbed = !is_taken_by_others;
        return is_taken_by_others ? -1 : 0;
    }
    if (_IOC_NR(request) == _IOC_NR(EVIOCGNAME(0)))
        memcpy(result, "Sycreader", 10);
    if (_IOC_NR(request) == _IOC_NR(EVIOCGBIT(EV_KEY, 0)) && !has_no_digits)
        memset(result, 0xff, 4);
    return 0;
}

int ioctl(int fd, unsigned long request, ...)
{
    va_list arguments;
    va_start(arguments, request);
    void *result = va_arg(arguments, void *);
    va_end(arguments);
    return answer_ioctl(fd, request, result);
}

static void plug(void)
{
    assert_int_equal(mkfifo(device_path, 0600), 0);
    device = open(device_path, O_RDWR | O_NONBLOCK);
    assert_true(device >= 0);
}

static void unplug(void)
{
    assert_int_equal(unlink(device_path), 0);
    assert_int_equal(close(device), 0);
    device = -1;
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/perron-wedge-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(device_path, sizeof device_path, "%s/event-kbd", folder);
    is_grabbed = is_taken_by_others = has_no_digits = false;
    return reader_open_wedge(device_path, &reader);
}

static int tear_down(void **state)
{
    (void)state;
    reader_close(reader);
    if (device >= 0)
        unplug();
    return rmdir(folder);
}

static void press(const uint16_t *codes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct input_event event = {.type = EV_KEY, .code = codes[i], .value = 1};
        assert_int_equal(write(device, &event, sizeof event), sizeof event);
    }
}

static void press_badge(bool with_enter)
{
    static const uint16_t codes[] = {KEY_1, KEY_2, KEY_3, KEY_4,    KEY_5,
                                     KEY_6, KEY_7, KEY_8, KEY_ENTER};
    press(codes, with_enter ? 9 : 8);
}

static void expect(int64_t now_ms, enum reader_event_kind kind, const char *word)
{
    struct reader_event event = {.text = ""};
    assert_int_equal(reader_next(reader, now_ms, &event), RC_OK);
    assert_int_equal(event.kind, kind);
    if (!strstr(event.text, word))
        fail_msg("no '%s' in: %s", word, event.text);
}

static void expect_nothing(int64_t now_ms)
{
    struct reader_event event;
    assert_int_equal(reader_next(reader, now_ms, &event), RC_EMPTY);
}

static void a_badge_is_read_and_leaves_at_once(void **state)
{
    (void)state;
    plug();
    expect(0, READER_READY, "Sycreader");
    assert_true(is_grabbed);
    expect_nothing(0);
    assert_true(reader_due_ms(reader) == INT64_MAX);
    press_badge(true);
    expect(10, READER_TAG, "num:0012345678");
    expect(10, READER_LEFT, "");
    expect_nothing(10);
}

static void without_enter_the_badge_comes_after_a_tenth_of_a_second(void **state)
{
    (void)state;
    plug();
    expect(0, READER_READY, "");
    press_badge(false);
    expect_nothing(1000);
    assert_int_equal(reader_due_ms(reader), 1100);
    expect_nothing(1099);
    expect(1100, READER_TAG, "num:0012345678");
    expect(1100, READER_LEFT, "");
    expect_nothing(5000);
}

static void what_is_no_badge_is_passed_over(void **state)
{
    static const uint16_t codes[] = {KEY_1, KEY_2, KEY_ENTER};
    (void)state;
    plug();
    expect(0, READER_READY, "");
    press(codes, 3);
    expect_nothing(0);
    press_badge(true);
    expect(0, READER_TAG, "num:0012345678");
}

static void a_reader_that_comes_later_is_found_and_one_that_goes_is_missed(void **state)
{
    (void)state;
    expect(0, READER_RESTING, "no device");
    expect_nothing(0);
    assert_int_equal(reader_due_ms(reader), 1000);
    expect_nothing(1000); /* said once */
    plug();
    expect(2000, READER_READY, "");
    unplug();
    expect(3000, READER_RESTING, "gone");
    plug();
    expect_nothing(3999);
    expect(4000, READER_READY, "");
    press_badge(true);
    expect(4000, READER_TAG, "num:0012345678");
}

static void half_a_badge_is_forgotten_when_the_cable_is_pulled(void **state)
{
    (void)state;
    plug();
    expect(0, READER_READY, "");
    press_badge(false);
    expect_nothing(0);
    unplug();
    expect(50, READER_RESTING, "gone");
    plug();
    expect(1050, READER_READY, "");
    expect_nothing(9000);
}

static void a_device_that_somebody_else_holds_is_told(void **state)
{
    (void)state;
    is_taken_by_others = true;
    plug();
    expect(0, READER_RESTING, "Another program");
    is_taken_by_others = false;
    expect(1000, READER_READY, "");
}

static void a_path_with_a_star_is_the_one_device_that_fits(void **state)
{
    char pattern[64], other[80];
    (void)state;
    snprintf(pattern, sizeof pattern, "%s/*", folder);
    snprintf(other, sizeof other, "%s/another", folder);
    reader_close(reader);
    assert_int_equal(reader_open_wedge(pattern, &reader), RC_OK);
    expect(0, READER_RESTING, "no device");
    plug();
    assert_int_equal(mkfifo(other, 0600), 0);
    expect(1000, READER_RESTING, "Several devices fit");
    assert_int_equal(unlink(other), 0);
    expect(2000, READER_READY, "Sycreader");
    press_badge(true);
    expect(2000, READER_TAG, "num:");
    unplug();
}

static void what_is_no_keyboard_is_told_in_a_sentence(void **state)
{
    (void)state;
    reader_close(reader);
    assert_int_equal(reader_open_wedge("/dev/null", &reader), RC_OK);
    expect(0, READER_RESTING, "/dev/null is no keyboard");
    reader_close(reader);
    has_no_digits = true;
    plug();
    assert_int_equal(reader_open_wedge(device_path, &reader), RC_OK);
    expect(0, READER_RESTING, "is no keyboard");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_badge_is_read_and_leaves_at_once),
        TEST(without_enter_the_badge_comes_after_a_tenth_of_a_second),
        TEST(what_is_no_badge_is_passed_over),
        TEST(a_reader_that_comes_later_is_found_and_one_that_goes_is_missed),
        TEST(half_a_badge_is_forgotten_when_the_cable_is_pulled),
        TEST(a_device_that_somebody_else_holds_is_told),
        TEST(a_path_with_a_star_is_the_one_device_that_fits),
        TEST(what_is_no_keyboard_is_told_in_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
