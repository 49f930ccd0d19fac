#include "firmware/device/wiring.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* --- lines --- */

const char *wiring_pin_words(enum pin pin)
{
    static const char *const words[PIN_COUNT] = {
        [PIN_GREEN] = "the green lamp",
        [PIN_RED] = "the red lamp",
        [PIN_BLUE] = "the blue lamp",
        [PIN_BUZZER] = "the buzzer",
        [PIN_READER_RESET] = "the reader's reset (RSTPDN)",
        [PIN_CALL] = "the button that calls help",
    };
    assert((unsigned)pin < PIN_COUNT);
    return words[pin];
}

static const char *level_words(enum pin pin, bool is_active_low)
{
    if (pin == PIN_CALL)
        return is_active_low ? "pressed, it is at GND" : "pressed, it is at 3.3 V";
    if (pin == PIN_READER_RESET)
        return is_active_low ? "low resets" : "high resets";
    return is_active_low ? "on when low" : "on when high";
}

void wiring_of_pin(const struct board *board, enum pin pin, char out_text[WIRING_TEXT])
{
    int line = board->pins.lines[pin].offset;
    const char *level = level_words(pin, board->pins.lines[pin].is_active_low);
    if (line < 0)
        snprintf(out_text, WIRING_TEXT, "not wired");
    else if (board_has_header(board) && board_header_pin(line))
        snprintf(out_text, WIRING_TEXT, "pin %d (BCM %d), %s", board_header_pin(line), line, level);
    else if (board_has_header(board))
        snprintf(out_text, WIRING_TEXT, "BCM %d, which is not on the header of 40 pins, %s", line,
                 level);
    else
        snprintf(out_text, WIRING_TEXT, "line %d of %s, %s", line, board->pins.chip, level);
}

/* --- the reader --- */

#define UART_SWITCHES "0 and 0; on a Waveshare HAT L0 and L1 at L"
#define USB_SERIAL                                                                                 \
    "a USB-serial adapter: the reader's TX (SDA) to the adapter's RX, RX (SCL) to its TX, VCC to " \
    "5 V, GND to GND"

/* By how the address begins, the longest first. */
static const struct bus {
    const char *begin;
    const char *wires;
    const char *elsewhere; /* the same on a machine without a header; NULL: no other */
    const char *switches, *system;
} buses[] = {
    {"pn532_uart:/dev/ttyUSB", USB_SERIAL, NULL, UART_SWITCHES, ""},
    {"pn532_uart:/dev/ttyACM", USB_SERIAL, NULL, UART_SWITCHES, ""},
    {"pn532_uart:/dev/serial/", USB_SERIAL, NULL, UART_SWITCHES, ""},
    {"pn532_uart:",
     "the serial pins: the reader's TX (SDA) to pin 10, RX (SCL) to pin 8, VCC to pin 4, GND to "
     "pin 6",
     "a serial port: the reader's TX (SDA) to its RX, RX (SCL) to its TX, GND to GND",
     UART_SWITCHES,
     "enable_uart=1 and dtoverlay=disable-bt in config.txt, no console=serial0 in cmdline.txt; on "
     "a Raspberry Pi 5 dtparam=uart0=on in config.txt, and /dev/ttyAMA0"},
    {"pn532_i2c:", "I2C: the reader's SDA to pin 3, SCL to pin 5, VCC to pin 1, GND to pin 6",
     "I2C: SDA to SDA, SCL to SCL, GND to GND", "1 and 0; on a Waveshare HAT L0 at H, L1 at L",
     "dtparam=i2c_arm=on in config.txt"},
    {"pn532_spi:",
     "SPI: the reader's SCK to pin 23, MISO to pin 21, MOSI to pin 19, SS to pin 24, VCC to pin "
     "17, GND to pin 20",
     "SPI: SCK to SCK, MISO to MISO, MOSI to MOSI, SS to the first chip select, GND to GND",
     "0 and 1; on a Waveshare HAT L0 at L, L1 at H",
     "dtparam=spi=on in config.txt; for a Waveshare HAT dtoverlay=spi0-1cs,cs0_pin=4 as well"},
    {"wedge:", "a reader that types, on USB", NULL, "", ""},
    {"sim", "", NULL, "", ""},
    {"", "a reader on USB", NULL, "", ""},
};

static const struct bus *bus_of(const struct board *board)
{
    const struct bus *bus = buses;
    while (strncmp(board->reader, bus->begin, strlen(bus->begin)) != 0)
        bus++;
    return bus;
}

const char *wiring_of_reader(const struct board *board)
{
    const struct bus *bus = bus_of(board);
    return bus->elsewhere && !board_has_header(board) ? bus->elsewhere : bus->wires;
}

const char *wiring_of_reader_switches(const struct board *board)
{
    return bus_of(board)->switches;
}

const char *wiring_of_reader_system(const struct board *board)
{
    return board_has_header(board) ? bus_of(board)->system : "";
}
