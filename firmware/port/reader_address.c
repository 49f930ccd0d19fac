#include "firmware/port/reader_address.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum place { PLACE_USB, PLACE_BUS, PLACE_SERIAL };

/* The drivers in Debian's build of libnfc 1.8.0. */
static const struct {
    const char *name;
    enum place place;
} drivers[] = {
    {"pn532_uart", PLACE_SERIAL}, {"pn532_i2c", PLACE_BUS}, {"pn532_spi", PLACE_BUS},
    {"acr122s", PLACE_SERIAL},    {"arygon", PLACE_SERIAL}, {"pn53x_usb", PLACE_USB},
    {"acr122_usb", PLACE_USB},
};

/* What uart_set_speed of libnfc 1.8.0 knows. */
static const long speeds[] = {9600, 19200, 38400, 57600, 115200, 230400, 460800};

static bool is_number(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits < 10 && !text[digits];
}

static bool is_speed(const char *text)
{
    for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++)
        if (is_number(text) && atol(text) == speeds[i])
            return true;
    return false;
}

static int find_driver(const char *address)
{
    size_t length = strcspn(address, ":");
    for (int i = 0; i < (int)(sizeof drivers / sizeof drivers[0]); i++)
        if (strlen(drivers[i].name) == length && strncmp(drivers[i].name, address, length) == 0)
            return i;
    return -1;
}

/* `rest` is what follows the driver's name and its colon. */
static enum rc take_path(enum place place, const char *rest, struct reader_address *address,
                         struct reason *out_reason)
{
    size_t length = strcspn(rest, ":");
    const char *speed = rest[length] ? rest + length + 1 : NULL;
    if (rest[0] != '/' || length < 2) {
        reason_set(out_reason, "The reader's address needs a device, as in "
                               "pn532_uart:/dev/serial0.");
        return RC_BAD_INPUT;
    }
    if (speed && !is_number(speed)) {
        reason_set(out_reason, "The path in the reader's address has a colon, which libnfc cannot "
                               "take. Use the path under /dev/serial/by-id.");
        return RC_BAD_INPUT;
    }
    if (speed && place == PLACE_SERIAL && !is_speed(speed)) {
        reason_set(out_reason,
                   "libnfc does not know the speed %s. Leave it out: 115200 is what "
                   "the PN532 starts with.",
                   speed);
        return RC_BAD_INPUT;
    }
    memcpy(address->device_path, rest, length);
    return RC_OK;
}

enum rc reader_address_parse(const char *text, struct reader_address *out_address,
                             struct reason *out_reason)
{
    struct reader_address address = {.text = ""};
    int driver = find_driver(text);
    if (strlen(text) >= sizeof address.text) {
        reason_set(out_reason, "The reader's address is longer than %d characters.",
                   READER_ADDRESS_BYTES - 1);
        return RC_BAD_INPUT;
    }
    if (driver < 0) {
        reason_set(out_reason, "The reader's address must begin with a driver, as in "
                               "pn532_uart:/dev/serial0.");
        return RC_BAD_INPUT;
    }
    strcpy(address.text, text);
    if (drivers[driver].place != PLACE_USB) {
        const char *rest = text + strlen(drivers[driver].name);
        enum rc rc =
            take_path(drivers[driver].place, *rest ? rest + 1 : rest, &address, out_reason);
        if (rc)
            return rc;
    }
    *out_address = address;
    return RC_OK;
}
