/* What QEMU says is written into the socket before it is asked. */
#include "tests/image/qtest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

static int far_end;
static struct qtest *qtest;
static struct reason reason;

static void say(const char *text)
{
    assert_int_equal(write(far_end, text, strlen(text)), strlen(text));
}

static const char *heard(void)
{
    static char text[4096];
    ssize_t got = recv(far_end, text, sizeof text - 1, MSG_DONTWAIT);
    text[got > 0 ? got : 0] = 0;
    return text;
}

static int set_up(void **state)
{
    int pair[2];
    (void)state;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
        return -1;
    far_end = pair[1];
    say("OK 0x0000000000000000\n");
    enum rc rc = qtest_open(pair[0], &qtest, &reason);
    heard();
    return rc ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    qtest_close(qtest);
    close(far_end);
    return 0;
}

static void memory_is_read_and_written_by_lines(void **state)
{
    uint32_t value;
    (void)state;
    say("OK 0x0000000080000020\nOK\n");
    assert_int_equal(qtest_read(qtest, 0x90303fc, &value, &reason), RC_OK);
    assert_int_equal(value, 0x80000020);
    assert_string_equal(heard(), "readl 0x90303fc\n");
    assert_int_equal(qtest_write(qtest, 0x9030400, 0xff, &reason), RC_OK);
    assert_string_equal(heard(), "writel 0x9030400 0xff\n");
}

static void an_interrupt_told_of_between_is_no_answer(void **state)
{
    uint32_t value;
    (void)state;
    say("IRQ raise 4\nIRQ lower 4\nOK 0x7\n");
    assert_int_equal(qtest_read(qtest, 0, &value, &reason), RC_OK);
    assert_int_equal(value, 7);
}

static void an_input_line_is_set_by_its_devices_path(void **state)
{
    (void)state;
    say("OK\nOK\n");
    assert_int_equal(qtest_set_line(qtest, "/machine/unattached/device[7]", NULL, 6, 1, &reason),
                     RC_OK);
    assert_string_equal(heard(), "set_irq_in /machine/unattached/device[7] unnamed-gpio-in 6 1\n");
    assert_int_equal(qtest_set_line(qtest, "/machine/x", "reset", 0, 0, &reason), RC_OK);
    assert_string_equal(heard(), "set_irq_in /machine/x reset 0 0\n");
}

static void what_is_no_answer_is_an_error(void **state)
{
    static const struct {
        const char *said;
        enum rc rc;
    } rows[] = {
        {"FAIL Unknown device\n", RC_REFUSED},
        {"ERR\n", RC_REFUSED},
        {"OK\n", RC_BAD_INPUT},
        {"OK 12monkeys\n", RC_BAD_INPUT},
        {"OK 0x100000000\n", RC_BAD_INPUT},
    };
    uint32_t value = 5;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        say(rows[i].said);
        assert_int_equal(qtest_read(qtest, 0, &value, &reason), rows[i].rc);
        assert_int_equal(value, 5);
    }
    assert_int_equal(shutdown(far_end, SHUT_RDWR), 0);
    assert_int_equal(qtest_read(qtest, 0, &value, &reason), RC_GONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(memory_is_read_and_written_by_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_interrupt_told_of_between_is_no_answer, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_input_line_is_set_by_its_devices_path, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_answer_is_an_error, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
