/* A shell of this machine at a terminal of its own, with wires between it and us. */
#include "tests/image/shell.h"

#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define LONG_MS 20000

static struct console *console;
static struct reason reason;
static pid_t wires;

static bool pass_on(int from, int to)
{
    char bytes[1024];
    ssize_t got = read(from, bytes, sizeof bytes), sent = 0;
    while (sent < got) {
        ssize_t written = write(to, bytes + sent, (size_t)(got - sent));
        if (written <= 0)
            return false;
        sent += written;
    }
    return got > 0;
}

static pid_t start_shell(int *out_terminal)
{
    pid_t shell = forkpty(out_terminal, NULL, NULL, NULL);
    if (shell == 0) {
        setenv("PS1", "root@perron:~# ", 1);
        execlp("sh", "sh", "-i", (char *)NULL);
        _exit(127);
    }
    return shell;
}

/*
 * The child's part: a terminal with a shell, its bytes to and from a socket. A shell that ends is
 * followed by another one, as on a machine.
 */
static void be_wires(int fd)
{
    int terminal;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    pid_t shell = start_shell(&terminal);
    struct pollfd fds[2] = {{.fd = fd, .events = POLLIN}, {.fd = terminal, .events = POLLIN}};
    while (shell > 0 && poll(fds, 2, -1) > 0) {
        if (fds[0].revents && !pass_on(fd, terminal))
            break;
        if (fds[1].revents && !pass_on(terminal, fd)) {
            close(terminal);
            waitpid(shell, NULL, 0);
            shell = start_shell(&terminal);
            fds[1].fd = terminal;
        }
    }
    _exit(0); /* the terminal goes, and the shell with it */
}

static int set_up(void **state)
{
    int pair[2];
    (void)state;
    reason.text[0] = 0;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
        return -1;
    wires = fork();
    if (wires == 0) {
        close(pair[0]);
        be_wires(pair[1]);
    }
    close(pair[1]);
    enum rc rc = console_open(pair[0], &console);
    if (!rc)
        rc = shell_find(console, LONG_MS, &reason);
    if (rc)
        printf("%s: %s\n", rc_text(rc), reason.text);
    return rc ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    console_close(console);
    kill(wires, SIGKILL);
    waitpid(wires, NULL, 0);
    return 0;
}

static void a_command_gives_its_output_and_its_exit_code(void **state)
{
    static const struct {
        const char *command, *output;
        int code;
    } rows[] = {
        {"echo hello", "hello", 0},
        {"printf 'a\\nb\\n\\n'", "a\nb", 0},
        {"true", "", 0},
        {"exit 7", "", 7},
        {"echo to both >&2; false", "to both", 1},
        {"echo 'it'\\''s' \"$((1 + 2))\"", "it's 3", 0},
        {"cat; echo no input", "no input", 0},
        {"cd /; X=1", "", 0},
        {"printf '\\nperron-end-1 0\\n'", "\nperron-end-1 0", 0},
        {"for i in 1 2\ndo echo $i\ndone", "1\n2", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct shell_answer answer;
        assert_int_equal(shell_run(console, rows[i].command, LONG_MS, &answer, &reason), RC_OK);
        assert_string_equal(answer.output, rows[i].output);
        assert_int_equal(answer.code, rows[i].code);
        free(answer.output);
    }
}

static void what_cannot_be_read_as_a_command_ends_with_a_code(void **state)
{
    static const char *const commands[] = {"if then", "echo 'never closed", "(", "no-such-program"};
    (void)state;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        struct shell_answer answer;
        assert_int_equal(shell_run(console, commands[i], LONG_MS, &answer, &reason), RC_OK);
        assert_int_not_equal(answer.code, 0);
        free(answer.output);
    }
    assert_int_equal(shell_do(console, "true", LONG_MS, &reason), RC_OK);
}

static void a_failure_is_told_with_what_it_printed(void **state)
{
    (void)state;
    assert_int_equal(shell_do(console, "echo disk on fire; exit 3", LONG_MS, &reason), RC_REFUSED);
    assert_non_null(strstr(reason.text, "ended with 3"));
    assert_non_null(strstr(reason.text, "disk on fire"));
}

static void much_output_comes_whole(void **state)
{
    struct shell_answer answer;
    (void)state;
    assert_int_equal(shell_run(console, "seq 1 20000", LONG_MS, &answer, &reason), RC_OK);
    assert_int_equal(strlen(answer.output), 108893);
    assert_string_equal(answer.output + 108893 - 6, "\n20000");
    free(answer.output);
}

static void a_command_that_does_not_end_is_interrupted(void **state)
{
    struct shell_answer answer;
    (void)state;
    assert_int_equal(shell_run(console, "echo begun; sleep 600", 300, &answer, &reason),
                     RC_TIMEOUT);
    assert_non_null(strstr(reason.text, "did not end within 300 ms"));
    assert_int_equal(shell_find(console, LONG_MS, &reason), RC_OK);
    assert_int_equal(shell_run(console, "echo again", LONG_MS, &answer, &reason), RC_OK);
    assert_string_equal(answer.output, "again");
    free(answer.output);
}

static void a_command_too_long_for_a_terminal_is_not_sent(void **state)
{
    char command[SHELL_COMMAND_MAX + 2];
    struct shell_answer answer;
    (void)state;
    memset(command, '\'', sizeof command);
    command[sizeof command - 1] = 0;
    assert_int_equal(shell_run(console, command, LONG_MS, &answer, &reason), RC_LIMIT);
    command[SHELL_COMMAND_MAX] = 0;
    assert_int_equal(shell_run(console, command, LONG_MS, &answer, &reason), RC_LIMIT);
    memset(command, ' ', SHELL_COMMAND_MAX);
    memcpy(command + SHELL_COMMAND_MAX - 6, "exit 5", 6);
    assert_int_equal(shell_run(console, command, LONG_MS, &answer, &reason), RC_OK);
    assert_int_equal(answer.code, 5);
    free(answer.output);
}

static void a_shell_that_ends_is_found_again(void **state)
{
    (void)state;
    assert_int_equal(console_say(console, "exit", &reason), RC_OK);
    assert_int_equal(shell_find(console, LONG_MS, &reason), RC_OK);
    assert_int_equal(shell_do(console, "true", LONG_MS, &reason), RC_OK);
}

static void where_no_shell_is_none_is_found(void **state)
{
    int pair[2];
    struct console *deaf;
    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    assert_int_equal(console_open(pair[0], &deaf), RC_OK);
    assert_int_equal(shell_find(deaf, 1500, &reason), RC_TIMEOUT);
    close(pair[1]);
    console_close(deaf);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_command_gives_its_output_and_its_exit_code),
        TEST(what_cannot_be_read_as_a_command_ends_with_a_code),
        TEST(a_failure_is_told_with_what_it_printed),
        TEST(much_output_comes_whole),
        TEST(a_command_that_does_not_end_is_interrupted),
        TEST(a_command_too_long_for_a_terminal_is_not_sent),
        TEST(a_shell_that_ends_is_found_again),
        TEST(where_no_shell_is_none_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
