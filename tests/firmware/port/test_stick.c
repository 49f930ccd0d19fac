#include "firmware/port/stick.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* Answers with another number for each call. */
static struct {
    struct stick stick;
    int64_t now_ms;
    int closed;
} fake;

static enum rc take(struct stick *stick, int64_t now_ms)
{
    assert_ptr_equal(stick, &fake.stick);
    fake.now_ms = now_ms;
    return RC_BUSY;
}

static enum rc let_go(struct stick *stick, int64_t now_ms)
{
    assert_ptr_equal(stick, &fake.stick);
    fake.now_ms = now_ms;
    return RC_NOT_FOUND;
}

static enum rc next(struct stick *stick, int64_t now_ms, struct stick_event *out_event)
{
    assert_ptr_equal(stick, &fake.stick);
    fake.now_ms = now_ms;
    *out_event = (struct stick_event){.kind = STICK_TAKEN};
    return RC_OK;
}

static int fds(const struct stick *stick, struct pollfd *out_fds)
{
    assert_ptr_equal(stick, &fake.stick);
    out_fds[0] = (struct pollfd){.fd = 7, .events = POLLIN};
    return 1;
}

static int64_t due_ms(const struct stick *stick)
{
    assert_ptr_equal(stick, &fake.stick);
    return 4711;
}

static void close_fake(struct stick *stick)
{
    assert_ptr_equal(stick, &fake.stick);
    fake.closed++;
}

static void each_call_reaches_the_stick_behind_the_port(void **state)
{
    static const struct stick_ops ops = {.take = take,
                                         .let_go = let_go,
                                         .next = next,
                                         .fds = fds,
                                         .due_ms = due_ms,
                                         .close = close_fake};
    struct stick_event event;
    struct pollfd polled[STICK_FDS_MAX];
    (void)state;
    fake.stick.ops = &ops;
    assert_int_equal(stick_take(&fake.stick, 1), RC_BUSY);
    assert_true(fake.now_ms == 1);
    assert_int_equal(stick_let_go(&fake.stick, 2), RC_NOT_FOUND);
    assert_true(fake.now_ms == 2);
    assert_int_equal(stick_next(&fake.stick, 3, &event), RC_OK);
    assert_true(fake.now_ms == 3 && event.kind == STICK_TAKEN);
    assert_int_equal(stick_fds(&fake.stick, polled), 1);
    assert_int_equal(polled[0].fd, 7);
    assert_true(stick_due_ms(&fake.stick) == 4711);
    stick_close(&fake.stick);
    stick_close(NULL);
    assert_int_equal(fake.closed, 1);
}

static void each_trouble_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (enum stick_trouble a = 0; a < STICK_TROUBLE_COUNT; a++) {
        assert_true(strlen(stick_trouble_name(a)) > 0);
        for (enum stick_trouble b = 0; b < a; b++)
            assert_string_not_equal(stick_trouble_name(a), stick_trouble_name(b));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_call_reaches_the_stick_behind_the_port),
        cmocka_unit_test(each_trouble_has_a_name_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
