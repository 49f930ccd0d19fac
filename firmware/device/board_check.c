/* What is missing on a board, and what makes no sense together. */
#include <stdio.h>
#include <string.h>

#include "firmware/device/board_i.h"
#include "firmware/port/reader_address.h"

/* Pins with a job of their own (Raspberry Pi, "Raspberry Pi hardware", 40-pin header). */
static const struct {
    int first, last;
    const char *reader; /* taken only when the reader's address begins so; NULL: always */
    const char *job;
} taken[] = {
    {0, 1, NULL, "the HAT's EEPROM"},
    {2, 3, "pn532_i2c:", "the reader's I2C bus"},
    {7, 11, "pn532_spi:", "the reader's SPI bus"},
    {14, 15, "pn532_uart:/dev/serial", "the reader's UART"},
    {14, 15, "pn532_uart:/dev/ttyAMA", "the reader's UART"},
    {14, 15, "pn532_uart:/dev/ttyS", "the reader's UART"},
};

static const struct board_origin *origin_of(const struct board_reading *reading,
                                            const char *section, const char *key)
{
    for (int i = 0; i < reading->count; i++)
        if (strcmp(reading->rows[i].section, section) == 0 &&
            strcmp(reading->rows[i].key, key) == 0)
            return &reading->origins[i];
    return &reading->origins[0]; /* cannot be */
}

static const struct board_origin *origin_of_pin(const struct board_reading *reading, int pin)
{
    return origin_of(reading, "pins", pins_name((enum pin)pin));
}

static enum rc check_missing(const struct board_reading *reading)
{
    for (int i = 0; i < reading->count; i++) {
        const struct settings_row *row = &reading->rows[i];
        if (!row->is_required || reading->origins[i].file[0])
            continue;
        reason_set(reading->reason,
                   "%s: '%s' in [%s] is missing; write it, or name a part that says it: parts = "
                   "%s/... in [board]",
                   reading->name, row->key, row->section, row->section);
        return RC_BAD_INPUT;
    }
    return RC_OK;
}

static enum rc check_reader(const struct board_reading *reading)
{
    struct reader_address address;
    struct reason why = {.text = ""};
    const char *text = reading->board.reader;
    if (strcmp(text, "sim") == 0 || strncmp(text, "wedge:/", 7) == 0 ||
        !reader_address_parse(text, &address, &why))
        return RC_OK;
    const struct board_origin *origin = origin_of(reading, "reader", "address");
    reason_set(reading->reason, "%s:%d: 'address' in [reader] cannot be '%s': %s", origin->file,
               origin->line, text, why.text);
    return RC_BAD_INPUT;
}

static enum rc check_taken(const struct board_reading *reading, int pin)
{
    const struct board *board = &reading->board;
    int offset = board->pins.lines[pin].offset;
    for (unsigned i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        const char *reader = taken[i].reader;
        bool is_taken = !reader || strncmp(board->reader, reader, strlen(reader)) == 0;
        if (offset < taken[i].first || offset > taken[i].last || !is_taken)
            continue;
        const struct board_origin *origin = origin_of_pin(reading, pin);
        reason_set(reading->reason,
                   "%s:%d: '%s' in [pins] uses pin %d, which belongs to %s; take another one",
                   origin->file, origin->line, pins_name((enum pin)pin), offset, taken[i].job);
        return RC_BAD_INPUT;
    }
    return RC_OK;
}

/* Blames the file itself where it and a part want the same pin. */
static enum rc tell_twice(const struct board_reading *reading, int pin, int other)
{
    const struct board_origin *origin = origin_of_pin(reading, pin);
    const struct board_origin *before = origin_of_pin(reading, other);
    if ((origin->is_part && !before->is_part) ||
        (origin->is_part == before->is_part && origin->line < before->line)) {
        const struct board_origin *swapped = origin;
        origin = before;
        before = swapped;
        int number = pin;
        pin = other;
        other = number;
    }
    reason_set(reading->reason, "%s:%d: '%s' in [pins] uses pin %d, which '%s' has already (%s:%d)",
               origin->file, origin->line, pins_name((enum pin)pin),
               reading->board.pins.lines[pin].offset, pins_name((enum pin)other), before->file,
               before->line);
    return RC_BAD_INPUT;
}

static enum rc check_pins(const struct board_reading *reading)
{
    const struct pins_layout *pins = &reading->board.pins;
    for (int pin = 0; pin < PIN_COUNT; pin++) {
        if (pins->lines[pin].offset < 0)
            continue;
        for (int other = 0; other < pin; other++)
            if (pins->lines[other].offset == pins->lines[pin].offset)
                return tell_twice(reading, pin, other);
        if (board_has_header(&reading->board) && check_taken(reading, pin))
            return RC_BAD_INPUT;
    }
    return RC_OK;
}

enum rc board_check(const struct board_reading *reading)
{
    enum rc rc = check_missing(reading);
    if (!rc)
        rc = check_reader(reading);
    return rc ? rc : check_pins(reading);
}
