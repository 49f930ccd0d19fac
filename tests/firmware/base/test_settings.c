#include "firmware/base/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "firmware/device/board.h"
#include "tests/support/random.h"

static char path[64];

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

static void write_file(const char *text, size_t length)
{
    FILE *file = fopen(path, "w");
    assert_int_equal(fwrite(text, 1, length, file), length);
    fclose(file);
}

#define SCREEN "[screen]\nwidth_px = 800\nheight_px = 480\nwidth_mm = 154\nheight_mm = 86\n"
#define READER "[reader]\naddress = pn532_uart:/dev/serial0\n"

/* A board's file as it is, and what is said of it; NULL: it is fine. */
static const struct {
    const char *text;
    const char *said;
} boards[] = {
    {SCREEN READER, NULL},
    {"\xef\xbb\xbf[screen]\r\nwidth_px = 800\r\nheight_px = 480\r\nwidth_mm = 154\r\n"
     "height_mm = 86\r\nrotation = 90\r\n[reader]\r\naddress = sim\r\n",
     NULL},
    {"", "'width_px' in [screen] is missing"},
    {SCREEN, "'address' in [reader] is missing"},
    {SCREEN READER "colour = red\n",
     ":8: unknown key 'colour' in [reader]; known keys are address"},
    {SCREEN READER "[lamp]\na = b\n",
     ":9: unknown section [lamp]; known sections are board, screen"},
    {SCREEN "width_px = 800\n" READER,
     ":6: 'width_px' in [screen] stands there twice, first on line 2"},
    {"[screen]\nwidth_px = wide\n", ":2: 'width_px' in [screen] takes a whole number from 320"},
    {"[screen]\nwidth_px = 99999999999999\n", ":2: 'width_px'"},
    {"[screen]\nwidth_px\n", ":2:"},
    {SCREEN "rotation = 45\n" READER, ":6: 'rotation' in [screen] takes 0, 90, 180 or 270"},
    {SCREEN READER "position = behind\n",
     "'position' in [reader] is one of: right left above below"},
    {SCREEN READER "[pins]\ngreen = 17 active-high\nred = 17 active-high\n",
     ":10: 'red' in [pins] uses pin 17, which 'green' has already"},
    {SCREEN READER "[pins]\ngreen = 17\n",
     "takes a number and a level, such as 17 active-high, or none"},
    {SCREEN READER "[pins]\ngreen = 14 active-high\n",
     "uses pin 14, which belongs to the reader's UART"},
    {SCREEN "[reader]\naddress = sim\n[pins]\ngreen = 14 active-low\n", NULL},
    {SCREEN READER "[pins]\ngreen = 0 active-high\n", "belongs to the HAT's EEPROM"},
    {SCREEN READER "[pins]\ngreen = 99 active-high\n", "takes a number and a level"},
    {SCREEN READER "[machine]\nkind = simulated\n", NULL},
    {SCREEN READER "[machine]\nkind = that\n", ":9: 'kind' in [machine] is one of: this simulated"},
};

static void each_mistake_on_a_board_is_told_with_file_and_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof boards / sizeof boards[0]; i++) {
        struct board board;
        struct reason reason = {.text = ""};
        write_file(boards[i].text, strlen(boards[i].text));
        enum rc rc = board_read(path, &board, &reason);
        if (!boards[i].said && rc)
            fail_msg("board %zu: %s", i, reason.text);
        if (boards[i].said && (!rc || !strstr(reason.text, boards[i].said)))
            fail_msg("board %zu: '%s' was said, not '%s'", i, reason.text, boards[i].said);
    }
}

static void what_is_no_text_file_is_refused(void **state)
{
    struct board board;
    struct reason reason = {.text = ""};
    static char large[SETTINGS_FILE_BYTES + 2];
    (void)state;
    write_file("[screen]\nwidth\0px = 1\n", 21);
    assert_int_equal(board_read(path, &board, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, "NUL"));
    write_file("\xff\xfe[\0s\0]\0\n\0", 10);
    assert_int_equal(board_read(path, &board, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, ":1: the file is written in UTF-16"));
    write_file("\xfe\xff\0[\0s\0]\0\n", 10);
    assert_int_equal(board_read(path, &board, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, ":1: the file is written in UTF-16"));
    memset(large, '#', sizeof large);
    write_file(large, sizeof large);
    assert_int_equal(board_read(path, &board, &reason), RC_LIMIT);
    write_file(large, 5000);
    assert_int_equal(board_read(path, &board, &reason), RC_BAD_INPUT);
    assert_int_equal(board_read("/tmp/perron-nowhere.conf", &board, &reason), RC_NOT_FOUND);
}

static void nobodys_own_computer_is_shut_down_unless_the_board_says_so(void **state)
{
    static const struct {
        const char *text;
        enum board_machine machine;
    } rows[] = {
        {SCREEN READER, BOARD_SIMULATED_MACHINE},
        {SCREEN READER "[pins]\nchip = auto\n", BOARD_SIMULATED_MACHINE},
        {SCREEN READER "[pins]\ngreen = 17 active-high\n", BOARD_THIS_MACHINE},
        {SCREEN READER "[machine]\nkind = this\n", BOARD_THIS_MACHINE},
        {SCREEN READER "[pins]\ngreen = 17 active-high\n[machine]\nkind = simulated\n",
         BOARD_SIMULATED_MACHINE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct board board;
        write_file(rows[i].text, strlen(rows[i].text));
        assert_int_equal(board_read(path, &board, NULL), RC_OK);
        if (board.machine != (int)rows[i].machine)
            fail_msg("board %zu", i);
    }
}

static void the_boards_that_come_along_are_right(void **state)
{
    static const char *const files[] = {"board/desktop.conf", "board/pi4-7inch.conf",
                                        "board/pi4-touch-display-2.conf"};
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct board board;
        struct reason reason = {.text = ""};
        if (board_read(files[i], &board, &reason))
            fail_msg("%s", reason.text);
        assert_int_equal(pins_layout_is_empty(&board.pins), i == 0);
        assert_int_equal(board.machine, i == 0 ? BOARD_SIMULATED_MACHINE : BOARD_THIS_MACHINE);
    }
}

struct switches {
    bool is_first, is_second;
    char between[8];
};

static void a_switch_is_yes_or_no_and_nothing_else(void **state)
{
    static const struct settings_row rows[] = {
        {.section = "s",
         .key = "first",
         .type = SETTINGS_YES_NO,
         .offset = offsetof(struct switches, is_first)},
        {.section = "s",
         .key = "second",
         .type = SETTINGS_YES_NO,
         .offset = offsetof(struct switches, is_second)},
    };
    static const struct {
        const char *text;
        bool is_first, is_second;
        const char *said;
    } files[] = {
        {"[s]\nfirst = yes\n", true, true, NULL},
        {"[s]\nsecond = no\n", false, false, NULL},
        {"[s]\nfirst = yes\nsecond = no\n", true, false, NULL},
        {"[s]\nfirst = true\n", false, true, ":2: 'first' in [s] is yes or no"},
        {"[s]\nfirst = 1\n", false, true, "is yes or no"},
        {"[s]\nfirst =\n", false, true, "is yes or no"},
        {"[s]\nfirst = yes and no\n", false, true, "is yes or no"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct switches switches = {.is_second = true, .between = "?"};
        struct reason reason = {.text = ""};
        write_file(files[i].text, strlen(files[i].text));
        enum rc rc = settings_read(path, rows, 2, &switches, &reason);
        if (!files[i].said != (rc == RC_OK) || (rc && !strstr(reason.text, files[i].said)))
            fail_msg("file %zu: %s", i, reason.text);
        assert_int_equal(switches.is_first, files[i].is_first);
        assert_int_equal(switches.is_second, files[i].is_second);
        assert_string_equal(switches.between, "?");
    }
}

static void random_changes_never_do_harm(void **state)
{
    static const char good[] = SCREEN READER "[pins]\ngreen = 17 active-high\n";
    struct random random;
    uint64_t seed = random_seed();
    (void)state;
    print_message("PERRON_SEED=%llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    for (int i = 0; i < 2000; i++) {
        char text[sizeof good];
        struct board board;
        memcpy(text, good, sizeof good);
        for (int changes = 0; changes < 3; changes++)
            text[random_below(&random, sizeof good - 1)] = (char)random_below(&random, 256);
        write_file(text, sizeof good - 1);
        (void)!board_read(path, &board, NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_mistake_on_a_board_is_told_with_file_and_line, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_text_file_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nobodys_own_computer_is_shut_down_unless_the_board_says_so,
                                        set_up, tear_down),
        cmocka_unit_test(the_boards_that_come_along_are_right),
        cmocka_unit_test_setup_teardown(a_switch_is_yes_or_no_and_nothing_else, set_up, tear_down),
        cmocka_unit_test_setup_teardown(random_changes_never_do_harm, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
