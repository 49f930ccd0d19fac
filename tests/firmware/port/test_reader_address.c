#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/port/reader_address.h"

static void addresses_that_libnfc_understands_are_taken_apart(void **state)
{
    static const struct {
        const char *text, *device_path;
    } rows[] = {
        {"pn532_uart:/dev/serial0", "/dev/serial0"},
        {"pn532_uart:/dev/serial/by-id/usb-FTDI-if00:115200", "/dev/serial/by-id/usb-FTDI-if00"},
        {"pn532_i2c:/dev/i2c-1", "/dev/i2c-1"},
        {"pn532_spi:/dev/spidev0.0:500000", "/dev/spidev0.0"},
        {"acr122_usb", ""},
        {"pn53x_usb:001:004", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct reader_address address;
        assert_int_equal(reader_address_parse(rows[i].text, &address, NULL), RC_OK);
        assert_string_equal(address.text, rows[i].text);
        assert_string_equal(address.device_path, rows[i].device_path);
    }
}

static void addresses_that_would_go_wrong_are_refused_with_a_sentence(void **state)
{
    static const struct {
        const char *text, *word;
    } rows[] = {
        {"", "driver"},
        {"/dev/serial0", "driver"},
        {"pn532:/dev/serial0", "driver"},
        {"pn532_uart", "device"},
        {"pn532_uart:", "device"},
        {"pn532_uart:serial0", "device"},
        {"pn532_uart:/dev/serial/by-path/pci-0000:00:14.0-usb", "colon"},
        {"pn532_uart:/dev/ttyS0:abc", "colon"},
        {"pn532_uart:/dev/ttyS0:115200:9600", "colon"},
        {"pn532_uart:/dev/ttyS0:921600", "speed"},
        {"pn532_uart:/dev/ttyS0:", "colon"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct reader_address address = {.text = "untouched"};
        struct reason reason = {.text = ""};
        assert_int_equal(reader_address_parse(rows[i].text, &address, &reason), RC_BAD_INPUT);
        if (!strstr(reason.text, rows[i].word))
            fail_msg("'%s' is refused with: %s", rows[i].text, reason.text);
        assert_string_equal(address.text, "untouched");
    }
}

static void an_address_that_is_too_long_is_refused(void **state)
{
    char text[400] = "pn532_uart:/dev/";
    struct reader_address address;
    struct reason reason = {.text = ""};
    (void)state;
    memset(text + strlen(text), 'x', sizeof text - 1 - strlen(text));
    assert_int_equal(reader_address_parse(text, &address, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, "longer"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_that_libnfc_understands_are_taken_apart),
        cmocka_unit_test(addresses_that_would_go_wrong_are_refused_with_a_sentence),
        cmocka_unit_test(an_address_that_is_too_long_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
