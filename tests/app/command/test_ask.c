/* A PIN from a terminal, a pipe, a descriptor: asked in a child, on a terminal of the test's own.
 */
#include "app/command/ask.h"

#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

/* Somebody at a terminal whose child asks. */
struct typist {
    pid_t child;
    int terminal;
    char seen[1024]; /* what stood on the terminal */
    size_t used;
};

/* Exits with the result and says on the terminal what it heard, between '<' and '>'. */
static void ask_in_child(bool is_new)
{
    char digits[ASK_PIN_BYTES] = "";
    struct reason reason = {.text = ""};
    enum rc rc = ask_pin("Ada", NULL, is_new, digits, &reason);
    printf("<%s%s>", rc ? "failed: " : "heard ", rc ? reason.text : digits);
    fflush(stdout);
    _exit((int)rc);
}

static void sit_down(struct typist *typist, bool is_new)
{
    *typist = (struct typist){.used = 0};
    typist->child = forkpty(&typist->terminal, NULL, NULL, NULL);
    assert_true(typist->child >= 0);
    if (typist->child == 0)
        ask_in_child(is_new);
}

static void wait_for(struct typist *typist, const char *what)
{
    while (!strstr(typist->seen, what)) {
        struct pollfd fd = {.fd = typist->terminal, .events = POLLIN};
        assert_int_equal(poll(&fd, 1, 5000), 1);
        ssize_t got = read(typist->terminal, typist->seen + typist->used,
                           sizeof typist->seen - 1 - typist->used);
        if (got <= 0)
            fail_msg("the terminal ended with: %s", typist->seen);
        typist->used += (size_t)got;
    }
}

static void type(struct typist *typist, const char *keys)
{
    assert_int_equal(write(typist->terminal, keys, strlen(keys)), (ssize_t)strlen(keys));
}

static bool is_shown_what_is_typed(struct typist *typist)
{
    struct termios mode;
    assert_int_equal(tcgetattr(typist->terminal, &mode), 0);
    return (mode.c_lflag & ECHO) != 0;
}

static int get_up(struct typist *typist)
{
    int status;
    assert_int_equal(waitpid(typist->child, &status, 0), typist->child);
    close(typist->terminal);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void a_new_pin_is_asked_for_twice_and_never_shown(void **state)
{
    struct typist typist;
    (void)state;
    sit_down(&typist, true);
    wait_for(&typist, "PIN of Ada: ");
    assert_false(is_shown_what_is_typed(&typist));
    type(&typist, "274913\n");
    wait_for(&typist, "once more: ");
    type(&typist, "274913\n");
    assert_null(strstr(typist.seen, "274913"));
    wait_for(&typist, "<heard 274913>");
    assert_true(is_shown_what_is_typed(&typist));
    assert_int_equal(get_up(&typist), RC_OK);
}

static void two_different_ones_change_nothing(void **state)
{
    struct typist typist;
    (void)state;
    sit_down(&typist, true);
    wait_for(&typist, "PIN of Ada: ");
    type(&typist, "274913\n");
    wait_for(&typist, "once more: ");
    type(&typist, "274914\n");
    wait_for(&typist, "<failed: the two were not the same");
    assert_int_equal(get_up(&typist), RC_BAD_INPUT);
}

static void a_weak_one_is_refused_before_it_is_typed_again(void **state)
{
    struct typist typist;
    (void)state;
    sit_down(&typist, true);
    wait_for(&typist, "PIN of Ada: ");
    type(&typist, "1234\n");
    wait_for(&typist, "<failed: that PIN only counts");
    assert_int_equal(get_up(&typist), RC_REFUSED);
}

static void a_pin_to_try_is_asked_for_once(void **state)
{
    struct typist typist;
    (void)state;
    sit_down(&typist, false);
    wait_for(&typist, "PIN of Ada: ");
    type(&typist, "1234\n");
    wait_for(&typist, "<heard 1234>");
    assert_int_equal(get_up(&typist), RC_OK);
}

static void ctrl_c_gives_the_terminal_back_as_it_was(void **state)
{
    struct typist typist;
    (void)state;
    sit_down(&typist, true);
    wait_for(&typist, "PIN of Ada: ");
    type(&typist, "27\003");
    wait_for(&typist, "<failed: no PIN could be read: it was broken off>");
    assert_true(is_shown_what_is_typed(&typist));
    assert_int_equal(get_up(&typist), RC_BAD_INPUT);
}

static void what_comes_through_a_pipe_is_one_line(void **state)
{
    static const struct {
        const char *sent, *digits;
        enum rc rc;
    } rows[] = {
        {"274913\n", "274913", RC_OK},
        {"274913", "274913", RC_OK},
        {"274913\r\n", "274913", RC_OK},
        {"274913\nrest\n", "274913", RC_OK},
        {"", NULL, RC_BAD_INPUT},
        {"\n", NULL, RC_BAD_INPUT},
        {" 274913\n", NULL, RC_BAD_INPUT},
        {"1111\n", NULL, RC_REFUSED},
        {"27491327491327491327491327491327491327491327491327491327491327491327491\n", NULL,
         RC_BAD_INPUT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int ends[2];
        char name[16], digits[ASK_PIN_BYTES];
        struct reason reason = {.text = ""};
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], rows[i].sent, strlen(rows[i].sent)),
                         (ssize_t)strlen(rows[i].sent));
        close(ends[1]);
        snprintf(name, sizeof name, "%d", ends[0]);
        assert_int_equal(ask_pin("Ada", name, true, digits, &reason), rows[i].rc);
        if (rows[i].digits)
            assert_string_equal(digits, rows[i].digits);
        else
            assert_true(reason.text[0]);
        close(ends[0]);
    }
}

static void a_descriptor_that_is_none_is_named(void **state)
{
    static const struct {
        const char *fd, *sentence;
    } rows[] = {{"274913", "number of an open descriptor"},
                {"x", "number of an open descriptor"},
                {"-1", "number of an open descriptor"},
                {"999", "no PIN could be read"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char digits[ASK_PIN_BYTES];
        struct reason reason = {.text = ""};
        assert_int_equal(ask_pin("Ada", rows[i].fd, true, digits, &reason), RC_BAD_INPUT);
        assert_non_null(strstr(reason.text, rows[i].sentence));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_pin_is_asked_for_twice_and_never_shown),
        cmocka_unit_test(two_different_ones_change_nothing),
        cmocka_unit_test(a_weak_one_is_refused_before_it_is_typed_again),
        cmocka_unit_test(a_pin_to_try_is_asked_for_once),
        cmocka_unit_test(ctrl_c_gives_the_terminal_back_as_it_was),
        cmocka_unit_test(what_comes_through_a_pipe_is_one_line),
        cmocka_unit_test(a_descriptor_that_is_none_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
