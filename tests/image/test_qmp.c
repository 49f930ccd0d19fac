/* What QEMU says is written into the socket before it is asked: its answers have known numbers. */
#include "tests/image/qmp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define GREETING "{\"QMP\": {\"version\": {}, \"capabilities\": [\"oob\"]}}\r\n"
#define READY GREETING "{\"return\": {}, \"id\": 1}\r\n"
#define SOON_MS 50

static int far_end;
static struct qmp *qmp;
static struct reason reason;

static void say(const char *text)
{
    assert_int_equal(write(far_end, text, strlen(text)), strlen(text));
}

static enum rc open_with(const char *text)
{
    int pair[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    far_end = pair[1];
    say(text);
    reason.text[0] = 0;
    return qmp_open(pair[0], SOON_MS, &qmp, &reason);
}

static int set_up(void **state)
{
    (void)state;
    qmp = NULL;
    far_end = -1;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    qmp_close(qmp);
    if (far_end >= 0)
        close(far_end);
    return 0;
}

/* What was sent to the far end up to now. */
static const char *heard(void)
{
    static char text[4096];
    ssize_t got = recv(far_end, text, sizeof text - 1, MSG_DONTWAIT);
    text[got > 0 ? got : 0] = 0;
    return text;
}

static void a_command_is_sent_as_one_line_and_its_answer_handed_out(void **state)
{
    json_t *answer;
    (void)state;
    assert_int_equal(open_with(READY), RC_OK);
    assert_string_equal(heard(), "{\"execute\":\"qmp_capabilities\",\"id\":1}\n");
    say("{\"return\": {\"status\": \"running\"}, \"id\": 2}\r\n");
    assert_int_equal(
        qmp_command(qmp, "query-status", json_pack("{s:i}", "deep", 3), SOON_MS, &answer, &reason),
        RC_OK);
    assert_string_equal(heard(),
                        "{\"execute\":\"query-status\",\"id\":2,\"arguments\":{\"deep\":3}}\n");
    assert_string_equal(json_text(answer, "status"), "running");
    json_decref(answer);
}

static void what_qemu_refuses_is_told_in_its_words(void **state)
{
    (void)state;
    assert_int_equal(open_with(READY), RC_OK);
    say("{\"error\": {\"class\": \"GenericError\", \"desc\": \"no such disk\"}, \"id\": 2}\n");
    assert_int_equal(qmp_command(qmp, "eject", NULL, SOON_MS, NULL, &reason), RC_REFUSED);
    assert_string_equal(reason.text, "QEMU refuses 'eject': no such disk");
}

static void events_between_are_kept_until_somebody_asks(void **state)
{
    json_t *data;
    (void)state;
    assert_int_equal(open_with(READY), RC_OK);
    say("{\"event\": \"STOP\"}\n{\"event\": \"DEVICE_DELETED\", \"data\": {\"device\": \"a\"}}\n"
        "{\"return\": 7, \"id\": 2}\n{\"event\": \"DEVICE_DELETED\", \"data\": {\"device\": "
        "\"b\"}}\n");
    assert_int_equal(qmp_command(qmp, "x", NULL, SOON_MS, NULL, &reason), RC_OK);
    assert_int_equal(qmp_event(qmp, "DEVICE_DELETED", SOON_MS, &data, &reason), RC_OK);
    assert_string_equal(json_text(data, "device"), "a");
    json_decref(data);
    assert_int_equal(qmp_event(qmp, "DEVICE_DELETED", SOON_MS, &data, &reason), RC_OK);
    assert_string_equal(json_text(data, "device"), "b");
    json_decref(data);
    assert_int_equal(qmp_event(qmp, "STOP", SOON_MS, &data, &reason), RC_OK);
    assert_null(data);
    assert_int_equal(qmp_event(qmp, "STOP", SOON_MS, NULL, &reason), RC_TIMEOUT);
    assert_non_null(strstr(reason.text, "STOP"));
}

static void events_from_before_are_forgotten_when_that_is_wanted(void **state)
{
    (void)state;
    assert_int_equal(open_with(READY "{\"event\": \"STOP\"}\n{\"return\": 7, \"id\": 2}\n"), RC_OK);
    assert_int_equal(qmp_command(qmp, "x", NULL, SOON_MS, NULL, &reason), RC_OK);
    qmp_forget_events(qmp);
    assert_int_equal(qmp_event(qmp, "STOP", SOON_MS, NULL, &reason), RC_TIMEOUT);
}

static void of_too_many_events_the_newest_are_kept(void **state)
{
    json_t *data;
    char line[64];
    (void)state;
    assert_int_equal(open_with(READY), RC_OK);
    for (int i = 0; i < QMP_EVENTS_MAX + 3; i++) {
        snprintf(line, sizeof line, "{\"event\": \"E\", \"data\": {\"n\": %d}}\n", i);
        say(line);
    }
    say("{\"return\": 7, \"id\": 2}\n");
    assert_int_equal(qmp_command(qmp, "x", NULL, SOON_MS, NULL, &reason), RC_OK);
    for (int i = 3; i < QMP_EVENTS_MAX + 3; i++) {
        assert_int_equal(qmp_event(qmp, "E", SOON_MS, &data, &reason), RC_OK);
        assert_int_equal(json_number(data, "n", -1), i);
        json_decref(data);
    }
}

static void an_answer_after_its_time_is_not_taken_for_the_next_one(void **state)
{
    json_t *answer;
    (void)state;
    assert_int_equal(open_with(READY), RC_OK);
    assert_int_equal(qmp_command(qmp, "slow", NULL, SOON_MS, NULL, &reason), RC_TIMEOUT);
    say("{\"return\": {\"of\": \"slow\"}, \"id\": 2}\n{\"return\": {\"of\": \"next\"}, \"id\": "
        "3}\n");
    assert_int_equal(qmp_command(qmp, "next", NULL, SOON_MS, &answer, &reason), RC_OK);
    assert_string_equal(json_text(answer, "of"), "next");
    json_decref(answer);
}

static void one_that_ends_is_gone_at_once(void **state)
{
    (void)state;
    assert_int_equal(open_with(READY), RC_OK);
    close(far_end);
    far_end = -1;
    assert_int_equal(qmp_command(qmp, "x", NULL, 60000, NULL, &reason), RC_GONE);
    assert_int_equal(qmp_event(qmp, "STOP", 60000, NULL, &reason), RC_GONE);
}

static void who_does_not_greet_as_qemu_does_is_refused(void **state)
{
    static const struct {
        const char *said;
        enum rc rc;
    } rows[] = {
        {"", RC_TIMEOUT},
        {"SSH-2.0-OpenSSH_9.2p1\r\n", RC_BAD_INPUT},
        {"{\"hello\": 1}\n", RC_BAD_INPUT},
        {"[]\n", RC_BAD_INPUT},
        {GREETING, RC_TIMEOUT},
        {GREETING "{\"error\": {\"desc\": \"no\"}, \"id\": 1}\n", RC_REFUSED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(open_with(rows[i].said), rows[i].rc);
        assert_string_not_equal(reason.text, "");
        close(far_end);
        far_end = -1;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_command_is_sent_as_one_line_and_its_answer_handed_out,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_qemu_refuses_is_told_in_its_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(events_between_are_kept_until_somebody_asks, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(events_from_before_are_forgotten_when_that_is_wanted,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_too_many_events_the_newest_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_answer_after_its_time_is_not_taken_for_the_next_one,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_ends_is_gone_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_does_not_greet_as_qemu_does_is_refused, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
