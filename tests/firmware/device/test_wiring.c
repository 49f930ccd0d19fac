/* A board in a technician's words. */
#include "firmware/device/wiring.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct board board_of(const char *reader, const char *chip)
{
    struct board board = {.machine = BOARD_THIS_MACHINE};
    snprintf(board.reader, sizeof board.reader, "%s", reader);
    snprintf(board.pins.chip, sizeof board.pins.chip, "%s", chip);
    for (int pin = 0; pin < PIN_COUNT; pin++)
        board.pins.lines[pin].offset = -1;
    return board;
}

static void expect_pin(struct board *board, enum pin pin, int offset, bool is_active_low,
                       const char *expected)
{
    char text[WIRING_TEXT];
    board->pins.lines[pin].offset = offset;
    board->pins.lines[pin].is_active_low = is_active_low;
    wiring_of_pin(board, pin, text);
    assert_string_equal(text, expected);
}

static void a_line_is_a_pin_of_the_header_where_there_is_one(void **state)
{
    struct board pi = board_of("sim", "auto"), old = board_of("sim", "pinctrl-bcm2835");
    struct board virt = board_of("sim", "9030000.pl061");
    (void)state;
    expect_pin(&pi, PIN_GREEN, 17, false, "pin 11 (BCM 17), on when high");
    expect_pin(&pi, PIN_BUZZER, 18, true, "pin 12 (BCM 18), on when low");
    expect_pin(&old, PIN_READER_RESET, 20, true, "pin 38 (BCM 20), low resets");
    expect_pin(&pi, PIN_CALL, 23, true, "pin 16 (BCM 23), pressed, it is at GND");
    expect_pin(&pi, PIN_CALL, 23, false, "pin 16 (BCM 23), pressed, it is at 3.3 V");
    expect_pin(&pi, PIN_RED, 40, false,
               "BCM 40, which is not on the header of 40 pins, on when "
               "high");
    expect_pin(&pi, PIN_RED, -1, false, "not wired");
    expect_pin(&virt, PIN_GREEN, 0, false, "line 0 of 9030000.pl061, on when high");
}

static void each_bus_has_its_wires_switches_and_settings(void **state)
{
    static const struct {
        const char *reader, *wires, *switches, *system;
    } rows[] = {
        {"pn532_uart:/dev/serial0", "the serial pins: the reader's TX (SDA) to pin 10", "0 and 0",
         "enable_uart=1"},
        {"pn532_uart:/dev/ttyUSB0", "a USB-serial adapter", "0 and 0", ""},
        {"pn532_uart:/dev/serial/by-id/usb-1a86", "a USB-serial adapter", "0 and 0", ""},
        {"pn532_i2c:/dev/i2c-1", "I2C: the reader's SDA to pin 3", "1 and 0", "dtparam=i2c_arm=on"},
        {"pn532_spi:/dev/spidev0.0:500000", "SPI: the reader's SCK to pin 23", "0 and 1",
         "dtparam=spi=on"},
        {"wedge:/dev/input/by-id/*-event-kbd", "a reader that types", "", ""},
        {"pn53x_usb", "a reader on USB", "", ""},
        {"sim", "", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct board board = board_of(rows[i].reader, "auto");
        assert_ptr_equal(strstr(wiring_of_reader(&board), rows[i].wires), wiring_of_reader(&board));
        assert_ptr_equal(strstr(wiring_of_reader_switches(&board), rows[i].switches),
                         wiring_of_reader_switches(&board));
        assert_ptr_equal(strstr(wiring_of_reader_system(&board), rows[i].system),
                         wiring_of_reader_system(&board));
        assert_int_equal(!wiring_of_reader_switches(&board)[0], !rows[i].switches[0]);
        assert_int_equal(!wiring_of_reader_system(&board)[0], !rows[i].system[0]);
    }
}

static void without_a_header_no_pin_of_it_is_named(void **state)
{
    struct board virt = board_of("pn532_uart:/dev/ttyS0", "9030000.pl061");
    (void)state;
    assert_null(strstr(wiring_of_reader(&virt), "pin "));
    assert_string_equal(wiring_of_reader_system(&virt), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_a_pin_of_the_header_where_there_is_one),
        cmocka_unit_test(each_bus_has_its_wires_switches_and_settings),
        cmocka_unit_test(without_a_header_no_pin_of_it_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
