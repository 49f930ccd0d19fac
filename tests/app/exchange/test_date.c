#include "app/exchange/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void dates_become_iso(void **state)
{
    static const struct {
        const char *text, *iso;
    } rows[] = {
        {"25/10/2021", "2021-10-25"},
        {"5/1/2021", "2021-01-05"},
        {"25-10-2021", "2021-10-25"},
        {"25.10.2021", "2021-10-25"},
        {"2021-10-25", "2021-10-25"},
        {"2021/1/5", "2021-01-05"},
        {"29/02/2024", "2024-02-29"},
        {"2021-10-25 00:00:00", "2021-10-25"},
        {" 25/10/2021 ", "2021-10-25"},
        {"2021-10-25T10:00:00Z", "2021-10-25"},
        {"29/02/2023", NULL},
        {"10/25/2021", NULL},
        {"25/10/21", NULL},
        {"25/10-2021", NULL},
        {"0/1/2021", NULL},
        {"", NULL},
        {"today", NULL},
        {"2021", NULL},
        {"25/10/2021x", NULL},
        {"25/10/", NULL},
        {"99999/1/1", NULL},
        {"44494", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char iso[DATE_BYTES] = "before";
        assert_int_equal(date_parse(rows[i].text, iso), rows[i].iso ? RC_OK : RC_BAD_INPUT);
        assert_string_equal(iso, rows[i].iso ? rows[i].iso : "before");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_become_iso),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
