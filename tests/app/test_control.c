#include "app/control.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/control_call.h"
#include "tests/support/session.h"

static char folder[64];
static char path[108];

static int set_up(void **state)
{
    struct control *control;
    snprintf(folder, sizeof folder, "/tmp/perron-control-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/socket", folder);
    assert_int_equal(control_open(path, &control, NULL), RC_OK);
    *state = control;
    return 0;
}

static int tear_down(void **state)
{
    control_close(*state);
    assert_int_equal(rmdir(folder), 0);
    return 0;
}

static int dial(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static void say(int fd, const char *text)
{
    assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

/* What the station said, or "" when it hung up without a word. */
static const char *hear(int fd)
{
    static char text[8192];
    ssize_t got = recv(fd, text, sizeof text - 1, 0);
    text[got > 0 ? got : 0] = 0;
    return text;
}

static void only_the_owner_may_open_the_socket(void **state)
{
    struct stat status;
    (void)state;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void a_request_is_answered_on_one_line(void **state)
{
    struct control *control = *state;
    struct control_request request;
    int fd = dial();
    say(fd, "{\"v\":1,\"do\":\"status\",\"more\":5}\n");
    assert_int_equal(control_next(control, 0, &request), RC_OK);
    assert_string_equal(request.verb, "status");
    assert_int_equal(json_number(request.object, "more", 0), 5);
    assert_int_equal(request.fd, -1);
    control_reply(control, request.client, json_pack("{s:i}", "here", 3));
    json_decref(request.object);
    assert_string_equal(hear(fd), "{\"here\":3,\"v\":1,\"ok\":true}\n");
    close(fd);
}

static void a_request_may_come_in_pieces_and_two_at_once(void **state)
{
    struct control *control = *state;
    struct control_request request;
    int fd = dial();
    say(fd, "{\"v\":1,\"do\":");
    assert_int_equal(control_next(control, 0, &request), RC_EMPTY);
    say(fd, "\"tap\"}\n{\"v\":1,\"do\":\"stop\"}\n");
    assert_int_equal(control_next(control, 0, &request), RC_OK);
    assert_string_equal(request.verb, "tap");
    json_decref(request.object);
    assert_int_equal(control_next(control, 0, &request), RC_OK);
    assert_string_equal(request.verb, "stop");
    json_decref(request.object);
    close(fd);
}

static void noise_is_answered_with_a_sentence_and_cut_off(void **state)
{
    static const char *const noises[] = {"hello\n",
                                         "\n",
                                         "{}\n",
                                         "[1]\n",
                                         "{\"v\":2,\"do\":\"tap\"}\n",
                                         "{\"v\":1}\n",
                                         "{\"v\":1,\"v\":1,\"do\":\"tap\"}\n",
                                         "\xff\xfe\n"};
    struct control_request request;
    for (size_t i = 0; i < sizeof noises / sizeof noises[0]; i++) {
        int fd = dial();
        say(fd, noises[i]);
        assert_int_equal(control_next(*state, 0, &request), RC_EMPTY);
        assert_non_null(strstr(hear(fd), "not a request of protocol version 1"));
        assert_string_equal(hear(fd), "");
        close(fd);
    }
}

static void a_line_without_end_is_cut_off(void **state)
{
    struct control_request request;
    char *flood = malloc(CONTROL_LINE_BYTES + 1);
    int fd = dial();
    memset(flood, 'x', CONTROL_LINE_BYTES + 1);
    size_t sent = 0;
    while (sent <= CONTROL_LINE_BYTES) {
        ssize_t part =
            send(fd, flood + sent, CONTROL_LINE_BYTES + 1 - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        sent += part > 0 ? (size_t)part : 0;
        assert_int_equal(control_next(*state, 0, &request), RC_EMPTY);
        if (part < 0)
            break;
    }
    for (int i = 0; i < 4; i++)
        assert_int_equal(control_next(*state, 0, &request), RC_EMPTY);
    assert_non_null(strstr(hear(fd), "too long"));
    close(fd);
    free(flood);
}

static void who_says_nothing_is_cut_off_and_makes_room(void **state)
{
    struct control *control = *state;
    struct control_request request;
    int fds[CONTROL_CLIENTS + 1];
    for (int i = 0; i <= CONTROL_CLIENTS; i++)
        fds[i] = dial();
    assert_int_equal(control_next(control, 1000, &request), RC_EMPTY);
    assert_int_equal(control_due_ms(control), 1000 + CONTROL_IDLE_MS);
    say(fds[CONTROL_CLIENTS], "{\"v\":1,\"do\":\"status\"}\n");
    assert_int_equal(control_next(control, 2000, &request), RC_EMPTY);
    assert_int_equal(control_next(control, 1000 + CONTROL_IDLE_MS, &request), RC_EMPTY);
    assert_int_equal(control_next(control, 1001 + CONTROL_IDLE_MS, &request), RC_OK);
    assert_string_equal(request.verb, "status");
    json_decref(request.object);
    for (int i = 0; i <= CONTROL_CLIENTS; i++)
        close(fds[i]);
}

static void who_waits_for_an_answer_is_not_cut_off(void **state)
{
    struct control *control = *state;
    struct control_request request, other;
    int fd = dial();
    say(fd, "{\"v\":1,\"do\":\"import\"}\n");
    assert_int_equal(control_next(control, 1000, &request), RC_OK);
    json_decref(request.object);
    assert_int_equal(control_due_ms(control), INT64_MAX);
    assert_int_equal(control_next(control, 1000 + 10 * CONTROL_IDLE_MS, &other), RC_EMPTY);
    control_reply(control, request.client, json_pack("{}"));
    assert_non_null(strstr(hear(fd), "\"ok\""));
    assert_int_equal(control_due_ms(control), 1000 + 11 * CONTROL_IDLE_MS);
    assert_int_equal(control_next(control, 1000 + 11 * CONTROL_IDLE_MS, &other), RC_EMPTY);
    assert_string_equal(hear(fd), ""); /* has said nothing since */
    close(fd);
}

static void a_file_comes_along_with_its_request(void **state)
{
    struct control *control = *state;
    struct control_request request;
    struct reason reason = {.text = ""};
    json_t *reply;
    int ends[2];
    char byte = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        enum rc rc =
            control_call(path, json_pack("{s:s}", "do", "import"), ends[0], 5000, &reply, &reason);
        _exit(rc == RC_REFUSED && strcmp(reason.text, "no such list") == 0 ? 0 : 1);
    }
    while (control_next(control, 0, &request) == RC_EMPTY)
        usleep(1000);
    assert_true(request.fd >= 0);
    assert_int_equal(write(ends[1], "p", 1), 1);
    assert_int_equal(read(request.fd, &byte, 1), 1);
    assert_int_equal(byte, 'p');
    control_refuse(control, request.client, "no such list");
    json_decref(request.object);
    close(request.fd);
    close(ends[0]);
    close(ends[1]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void nobody_listening_is_told_apart_from_a_silent_station(void **state)
{
    struct reason reason = {.text = ""};
    json_t *reply;
    assert_int_equal(control_call("/tmp/perron-nowhere/socket", json_pack("{s:s}", "do", "tap"), -1,
                                  100, &reply, &reason),
                     RC_NOT_FOUND);
    assert_string_equal(reason.text, "no station is running here");
    (void)state;
    assert_int_equal(control_call(path, json_pack("{s:s}", "do", "tap"), -1, 50, &reply, &reason),
                     RC_TIMEOUT);
}

/* --- for ever --- */

static void a_later_protocol_still_answers_the_first_status(void **state)
{
    (void)state;
    for (int spoken = 1; spoken < 4; spoken++) {
        assert_true(control_understands(spoken, 1, "status"));
        assert_true(control_understands(spoken, spoken, "import"));
        assert_int_equal(control_understands(spoken, 1, "import"), spoken == 1);
        assert_false(control_understands(spoken, spoken + 1, "status"));
        assert_false(control_understands(spoken, 0, "status"));
    }
}

/* Byte for byte what an older version's settle sends, and the names it reads. */
static void an_older_program_knows_the_station_by_its_version(void **state)
{
    struct session *session = *state;
    session_start_station(session);
    snprintf(path, sizeof path, "%.90s/socket", session->data);
    int fd = dial();
    say(fd, "{\"v\":1,\"do\":\"status\"}\n");
    const char *heard = hear(fd);
    assert_non_null(strstr(heard, "\"ok\":true"));
    assert_non_null(strstr(heard, "\"version\":\"" PERRON_VERSION "\""));
    assert_null(strstr(heard, "\"fault\""));
    close(fd);
    session_stop_station(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_the_owner_may_open_the_socket, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_request_is_answered_on_one_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_request_may_come_in_pieces_and_two_at_once, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(noise_is_answered_with_a_sentence_and_cut_off, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_line_without_end_is_cut_off, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_says_nothing_is_cut_off_and_makes_room, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(who_waits_for_an_answer_is_not_cut_off, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_comes_along_with_its_request, set_up, tear_down),
        cmocka_unit_test(a_later_protocol_still_answers_the_first_status),
        cmocka_unit_test_setup_teardown(an_older_program_knows_the_station_by_its_version,
                                        session_set_up, session_tear_down),
        cmocka_unit_test_setup_teardown(nobody_listening_is_told_apart_from_a_silent_station,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
