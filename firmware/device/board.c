#include "firmware/device/board.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/settings.h"

#define BOARD_PIN_MAX 53 /* BCM2835 ARM Peripherals, table 6-31: GPIO 0 to 53 */

/* Pins with a job of their own (Raspberry Pi, "Raspberry Pi hardware", 40-pin header). */
static const struct {
    int first, last;
    const char *reader; /* taken only when the reader's address begins so; NULL: always */
    const char *job;
} taken[] = {
    {0, 1, NULL, "the HAT's EEPROM"},
    {2, 3, "pn532_i2c:", "the reader's I2C bus"},
    {7, 11, "pn532_spi:", "the reader's SPI bus"},
    {14, 15, "pn532_uart:", "the reader's UART"},
};

/* "17 active-high" */
static enum rc read_pin(void *values, const struct settings_row *row, const char *text,
                        struct reason *out_reason)
{
    struct board *board = values;
    int offset = -1, used = 0;
    char level[16] = "";
    if (sscanf(text, "%d %15s%n", &offset, level, &used) != 2 || text[used] || offset < 0 ||
        offset > BOARD_PIN_MAX ||
        (strcmp(level, "active-high") != 0 && strcmp(level, "active-low") != 0)) {
        reason_set(out_reason, "takes a BCM number and a level, such as 17 active-high");
        return RC_BAD_INPUT;
    }
    for (int pin = 0; pin < PIN_COUNT; pin++)
        if (board->pins.lines[pin].offset == offset) {
            reason_set(out_reason, "uses pin %d, which '%s' has already", offset,
                       pins_name((enum pin)pin));
            return RC_BAD_INPUT;
        }
    board->pins.lines[row->number].offset = offset;
    board->pins.lines[row->number].is_active_low = strcmp(level, "active-low") == 0;
    return RC_OK;
}

/* Degrees, clockwise. */
static enum rc read_rotation(void *values, const struct settings_row *row, const char *text,
                             struct reason *out_reason)
{
    static const char *const angles[] = {"0", "90", "180", "270"};
    (void)row;
    for (int i = 0; i < 4; i++)
        if (strcmp(text, angles[i]) == 0) {
            ((struct board *)values)->rotation = 90 * i;
            return RC_OK;
        }
    reason_set(out_reason, "takes 0, 90, 180 or 270");
    return RC_BAD_INPUT;
}

static const char *const machines[] = {"this", "simulated", NULL}; /* as enum board_machine */
static const char *const sides[] = {"right", "left", "above", "below", NULL};

#define NUMBER(section_, key_, field_, min_, max_)                                                 \
    {                                                                                              \
        .section = (section_), .key = (key_), .type = SETTINGS_NUMBER,                             \
        .offset = offsetof(struct board, field_), .min = (min_), .max = (max_),                    \
        .is_required = true                                                                        \
    }
#define PIN(key_, pin_)                                                                            \
    {                                                                                              \
        .section = "pins", .key = (key_), .type = SETTINGS_CUSTOM, .read = read_pin,               \
        .number = (pin_)                                                                           \
    }

static const struct settings_row rows[] = {
    NUMBER("screen", "width_px", width_px, 320, 7680),
    NUMBER("screen", "height_px", height_px, 320, 7680),
    NUMBER("screen", "width_mm", width_mm, 50, 2000),
    NUMBER("screen", "height_mm", height_mm, 50, 2000),
    {.section = "screen", .key = "rotation", .type = SETTINGS_CUSTOM, .read = read_rotation},
    {.section = "reader",
     .key = "address",
     .type = SETTINGS_TEXT,
     .offset = offsetof(struct board, reader),
     .size = sizeof((struct board *)0)->reader,
     .is_required = true},
    {.section = "reader",
     .key = "position",
     .type = SETTINGS_CHOICE,
     .offset = offsetof(struct board, reader_side),
     .words = sides},
    {.section = "pins",
     .key = "chip",
     .type = SETTINGS_TEXT,
     .offset = offsetof(struct board, pins.chip),
     .size = sizeof((struct board *)0)->pins.chip},
    PIN("green", PIN_GREEN),
    PIN("red", PIN_RED),
    PIN("blue", PIN_BLUE),
    PIN("buzzer", PIN_BUZZER),
    PIN("reader_reset", PIN_READER_RESET),
    {.section = "machine",
     .key = "kind",
     .type = SETTINGS_CHOICE,
     .offset = offsetof(struct board, machine),
     .words = machines},
};

static enum rc check_taken(const char *path, const struct board *board, struct reason *out_reason)
{
    for (int pin = 0; pin < PIN_COUNT; pin++) {
        int offset = board->pins.lines[pin].offset;
        for (unsigned i = 0; i < sizeof taken / sizeof taken[0]; i++) {
            const char *reader = taken[i].reader;
            bool is_taken = !reader || strncmp(board->reader, reader, strlen(reader)) == 0;
            if (offset < taken[i].first || offset > taken[i].last || !is_taken)
                continue;
            reason_set(out_reason, "%s: '%s' in [pins] uses pin %d, which belongs to %s", path,
                       pins_name((enum pin)pin), offset, taken[i].job);
            return RC_BAD_INPUT;
        }
    }
    return RC_OK;
}

enum rc board_read(const char *path, struct board *out_board, struct reason *out_reason)
{
    struct board board = {.pins.chip = "auto", .machine = -1};
    for (int pin = 0; pin < PIN_COUNT; pin++)
        board.pins.lines[pin].offset = -1;
    enum rc rc = settings_read(path, rows, sizeof rows / sizeof rows[0], &board, out_reason);
    if (!rc)
        rc = check_taken(path, &board, out_reason);
    if (board.machine < 0)
        board.machine =
            pins_layout_is_empty(&board.pins) ? BOARD_SIMULATED_MACHINE : BOARD_THIS_MACHINE;
    if (!rc)
        *out_board = board;
    return rc;
}
