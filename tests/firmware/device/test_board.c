/* Boards made of parts: those that come along, and all that can be wrong with one's own. */
#include "firmware/device/board.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glob.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#define LIBRARY "board"

static char folder[] = "/tmp/perron-board-XXXXXX";
static struct board board;
static struct reason reason;

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/perron-board-XXXXXX");
    reason.text[0] = 0;
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    char command[64];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static void path_of(const char *name, char *out_path)
{
    snprintf(out_path, PATH_MAX, "%s/%s", folder, name);
}

static void put(const char *name, const char *text)
{
    char path[PATH_MAX];
    path_of(name, path);
    char *slash = strrchr(path, '/');
    *slash = 0;
    mkdir(path, 0700);
    *slash = '/';
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* Reads board.conf of that text. */
static enum rc read_text(const char *text)
{
    char path[PATH_MAX];
    put("board.conf", text);
    path_of("board.conf", path);
    return board_read_with(path, LIBRARY, &board, &reason);
}

static void must_read(const char *text)
{
    if (read_text(text))
        fail_msg("%s", reason.text);
}

static void must_say(const char *text, const char *sentence)
{
    assert_int_equal(read_text(text), RC_BAD_INPUT);
    if (!strstr(reason.text, sentence))
        fail_msg("no '%s' in: %s", sentence, reason.text);
}

/* --- what comes along --- */

static void every_board_that_comes_along_is_whole(void **state)
{
    glob_t boards;
    (void)state;
    assert_int_equal(glob(LIBRARY "/*.conf", 0, NULL, &boards), 0);
    assert_true(boards.gl_pathc >= 6);
    for (size_t i = 0; i < boards.gl_pathc; i++)
        if (board_read(boards.gl_pathv[i], &board, &reason))
            fail_msg("%s", reason.text);
    globfree(&boards);
}

/* "board/screen/x.conf" is the part "screen/x". */
static void part_of(const char *path, char *out_part)
{
    size_t length = strlen(path) - strlen(LIBRARY "/") - strlen(".conf");
    assert_true(length < 64);
    snprintf(out_part, 64, "%.*s", (int)length, path + strlen(LIBRARY "/"));
}

static void every_screen_goes_with_every_reader_and_its_pins(void **state)
{
    static const char *const pins[] = {"pins/lamps", "pins/lamps pins/button",
                                       "pins/lamps pins/button pins/reset",
                                       "pins/lamps pins/button pins/waveshare-reset", "pins/pl061"};
    glob_t screens, readers;
    char text[256], screen[64], reader[64];
    (void)state;
    assert_int_equal(glob(LIBRARY "/screen/*.conf", 0, NULL, &screens), 0);
    assert_int_equal(glob(LIBRARY "/reader/*.conf", 0, NULL, &readers), 0);
    for (size_t s = 0; s < screens.gl_pathc; s++)
        for (size_t r = 0; r < readers.gl_pathc; r++)
            for (size_t p = 0; p < sizeof pins / sizeof pins[0]; p++) {
                part_of(screens.gl_pathv[s], screen);
                part_of(readers.gl_pathv[r], reader);
                snprintf(text, sizeof text, "[board]\nparts = %s %s %s\n", screen, reader, pins[p]);
                must_read(text);
                assert_int_equal(board.machine, BOARD_THIS_MACHINE);
            }
    globfree(&screens);
    globfree(&readers);
}

/* --- of one's own --- */

static void three_lines_are_a_board(void **state)
{
    (void)state;
    must_read("[board]\n"
              "parts = screen/touch-display-2, reader/pn532-spi, pins/lamps, pins/button\n"
              "[reader]\nposition = below\n");
    assert_int_equal(board.width_px, 720);
    assert_int_equal(board.height_mm, 155);
    assert_string_equal(board.reader, "pn532_spi:/dev/spidev0.0:500000");
    assert_int_equal(board.reader_side, BOARD_BELOW);
    assert_int_equal(board.pins.lines[PIN_GREEN].offset, 17);
    assert_int_equal(board.pins.lines[PIN_CALL].offset, 23);
    assert_true(board.pins.lines[PIN_CALL].is_active_low);
    assert_int_equal(board.pins.lines[PIN_READER_RESET].offset, -1);
    assert_int_equal(board.machine, BOARD_THIS_MACHINE);
}

static void what_the_file_says_counts_above_its_parts(void **state)
{
    (void)state;
    must_read("[screen]\nrotation = 90\n"
              "[pins]\nred = 17 active-low\ngreen = 27 active-high\nbuzzer = none\n"
              "[board]\nparts = screen/touch-display-2 reader/pn532-uart pins/lamps\n");
    assert_int_equal(board.rotation, 90);
    assert_int_equal(board.pins.lines[PIN_RED].offset, 17);
    assert_true(board.pins.lines[PIN_RED].is_active_low);
    assert_int_equal(board.pins.lines[PIN_GREEN].offset, 27);
    assert_int_equal(board.pins.lines[PIN_BUZZER].offset, -1);
}

static void a_file_may_say_all_by_itself(void **state)
{
    (void)state;
    must_read("[screen]\nwidth_px=800\nheight_px=480\nwidth_mm=154\nheight_mm=86\n"
              "[reader]\naddress=sim\n");
    assert_string_equal(board.reader, "sim");
    assert_int_equal(board.machine, BOARD_SIMULATED_MACHINE);
}

static void a_part_of_ones_own_lies_beside_the_file_and_comes_first(void **state)
{
    (void)state;
    put("screen/official-7inch.conf",
        "[screen]\nwidth_px=1024\nheight_px=600\nwidth_mm=154\nheight_mm=86\n");
    must_read("[board]\nparts = screen/official-7inch.conf reader/sim\n");
    assert_int_equal(board.width_px, 1024);
}

static void a_kiosk_without_pins_says_that_it_is_one(void **state)
{
    (void)state;
    must_read("[board]\nparts = screen/official-7inch reader/wedge machine/this\n");
    assert_int_equal(board.machine, BOARD_THIS_MACHINE);
    assert_true(pins_layout_is_empty(&board.pins));
}

static void pins_of_another_chip_are_not_those_of_the_header(void **state)
{
    (void)state;
    must_read("[board]\nparts = screen/official-7inch reader/pn532-uart pins/pl061\n");
    assert_false(board_has_header(&board));
    assert_int_equal(board.pins.lines[PIN_GREEN].offset, 0);
    must_say("[board]\nparts = screen/official-7inch reader/pn532-uart pins/pl061\n"
             "[pins]\nchip = auto\n",
             "'green' in [pins] uses pin 0, which belongs to the HAT's EEPROM");
}

static void the_header_has_each_pin_once(void **state)
{
    bool is_there[41] = {false};
    (void)state;
    for (int bcm = 0; bcm < 28; bcm++) {
        int pin = board_header_pin(bcm);
        assert_in_range(pin, 3, 40);
        assert_false(is_there[pin]);
        is_there[pin] = true;
    }
    assert_int_equal(board_header_pin(17), 11);
    assert_int_equal(board_header_pin(23), 16);
    assert_int_equal(board_header_pin(28), 0);
    assert_int_equal(board_header_pin(-1), 0);
}

/* --- mistakes --- */

#define SCREEN "screen/official-7inch "

static void every_mistake_has_a_sentence_with_its_place(void **state)
{
    static const struct {
        const char *text, *sentence;
    } rows[] = {
        {"[board]\nparts = screen/official-7 reader/sim\n",
         "board.conf:2: there is no part 'screen/official-7'; there are screen/hdmi-"},
        {"[board]\nparts = keyboard\n", "board.conf:2: there is no part 'keyboard', not beside"},
        {"[board]\nparts = ../board/screen/official-7inch\n", "board.conf:2: '../board/screen/"},
        {"[board]\nparts = /etc/passwd\n", "'/etc/passwd' is no name of a part; write one such as"},
        {"[board]\nparts = screen//official-7inch\n", "is no name of a part"},
        {"[board]\nparts = screen/\n", "is no name of a part"},
        {"\n[board]\nparts = " SCREEN "screen/touch-display-2 reader/sim\n",
         "board.conf:3: screen/official-7inch and 'screen/touch-display-2' both say 'width_px' in "
         "[screen]; name one of them"},
        {"[board]\nparts = " SCREEN "pins/lamps\n",
         "board.conf: 'address' in [reader] is missing; write it, or name a part that says it: "
         "parts = reader/... in [board]"},
        {"[board]\nparts = reader/sim\n", "'width_px' in [screen] is missing"},
        {"[board]\nparts = " SCREEN "reader/sim\nscreen = large\n", "board.conf:3: "},
        {"[board]\nparts = " SCREEN "reader/sim\n[reader]\nposition = behind\n",
         "board.conf:4: 'position' in [reader]"},
        {"[board]\nparts = " SCREEN "reader/sim pins/lamps\n[pins]\ncall = 17 active-low\n",
         "board.conf:4: 'call' in [pins] uses pin 17, which 'green' has already (pins/lamps:4)"},
        {"[board]\nparts = " SCREEN "reader/sim\n[pins]\nred = 5 active-low\ngreen = 5 "
         "active-low\n",
         "board.conf:5: 'green' in [pins] uses pin 5, which 'red' has already (board.conf:4)"},
        {"[board]\nparts = " SCREEN "reader/pn532-i2c\n[pins]\nred = 3 active-low\n",
         "board.conf:4: 'red' in [pins] uses pin 3, which belongs to the reader's I2C bus"},
        {"[board]\nparts = " SCREEN "reader/pn532-uart\n[pins]\nred = 15 active-low\n",
         "board.conf:4: 'red' in [pins] uses pin 15, which belongs to the reader's UART"},
        {"[board]\nparts = " SCREEN "reader/sim\n[pins]\nred = 17\n",
         "board.conf:4: 'red' in [pins] takes a number and a level, such as 17 active-high"},
        {"[board]\nparts = " SCREEN "reader/sim\n[pins]\nred = 17 active-higher\n", "board.conf:4"},
        {"[board]\nparts = " SCREEN "\n[reader]\naddress = pn532:/dev/serial0\n",
         "board.conf:4: 'address' in [reader] cannot be 'pn532:/dev/serial0': The reader's address "
         "must begin with a driver"},
        {"[board]\nparts = a b c d e f g h i\n", "board.conf:2: there is no part 'a'"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        must_say(rows[i].text, rows[i].sentence);
}

static void what_is_wrong_in_a_part_is_told_with_both_places(void **state)
{
    (void)state;
    put("screen/mine.conf", "[screen]\nwidth_px = 800\nheight = 480\n");
    must_say("[board]\nparts = screen/mine reader/sim\n",
             "board.conf:2: in the part 'screen/mine': mine.conf:3: ");
}

static void a_part_names_no_parts(void **state)
{
    (void)state;
    put("screen/mine.conf", "[board]\nparts = screen/official-7inch\n");
    must_say("[board]\nparts = screen/mine reader/sim\n",
             "board.conf:2: the part 'screen/mine' names parts itself (line 2); name all of them");
    must_say("[board]\nparts = pi4-7inch\n", "names parts itself");
    put("screen/round.conf", "[board]\nparts = screen/round\n");
    must_say("[board]\nparts = screen/round\n", "names parts itself");
}

static void a_link_that_leads_out_is_refused(void **state)
{
    char link[PATH_MAX];
    (void)state;
    put("screen/mine.conf", "");
    path_of("screen/out.conf", link);
    assert_int_equal(symlink("/etc/hostname", link), 0);
    must_say("[board]\nparts = screen/out reader/sim\n", "the part 'screen/out' leads out of ");
    path_of("screen/in.conf", link);
    assert_int_equal(symlink("mine.conf", link), 0);
    must_say("[board]\nparts = screen/in reader/sim\n", "'width_px' in [screen] is missing");
}

static void too_many_parts_are_too_many(void **state)
{
    char text[256] = "[board]\nparts =", name[24];
    (void)state;
    for (int i = 0; i < 9; i++) {
        snprintf(name, sizeof name, "screen/%d.conf", i);
        put(name, "# nothing\n");
        snprintf(text + strlen(text), sizeof text - strlen(text), " screen/%d", i);
    }
    must_say(text, "board.conf:2: a board has at most 8 parts");
}

static void without_a_library_parts_lie_beside_the_file(void **state)
{
    char path[PATH_MAX];
    (void)state;
    put("board.conf", "[board]\nparts = " SCREEN "reader/sim\n");
    path_of("board.conf", path);
    assert_int_equal(board_read(path, &board, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, "there is no part 'screen/official-7inch'"));
    assert_int_equal(board_read("/nowhere/board.conf", &board, &reason), RC_NOT_FOUND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_board_that_comes_along_is_whole),
        TEST(every_screen_goes_with_every_reader_and_its_pins),
        TEST(three_lines_are_a_board),
        TEST(what_the_file_says_counts_above_its_parts),
        TEST(a_file_may_say_all_by_itself),
        TEST(a_part_of_ones_own_lies_beside_the_file_and_comes_first),
        TEST(a_kiosk_without_pins_says_that_it_is_one),
        TEST(pins_of_another_chip_are_not_those_of_the_header),
        TEST(the_header_has_each_pin_once),
        TEST(every_mistake_has_a_sentence_with_its_place),
        TEST(what_is_wrong_in_a_part_is_told_with_both_places),
        TEST(a_part_names_no_parts),
        TEST(a_link_that_leads_out_is_refused),
        TEST(too_many_parts_are_too_many),
        TEST(without_a_library_parts_lie_beside_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
