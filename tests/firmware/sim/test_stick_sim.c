#include "firmware/sim/stick_sim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct trace *trace;
static struct stick *stick;

static int set_up(void **state)
{
    (void)state;
    return trace_open(-1, &trace) || stick_open_sim(trace, &stick);
}

static int tear_down(void **state)
{
    (void)state;
    stick_close(stick);
    trace_close(trace);
    return 0;
}

static void expect_trace(const char *expected)
{
    char *text = trace_text(trace);
    assert_string_equal(text, expected);
    free(text);
}

static struct stick_event expect(enum stick_event_kind kind, int64_t now_ms)
{
    struct stick_event event;
    assert_true(stick_due_ms(stick) <= now_ms);
    assert_int_equal(stick_next(stick, now_ms, &event), RC_OK);
    assert_int_equal(event.kind, kind);
    return event;
}

static void expect_nothing(int64_t now_ms)
{
    struct stick_event event;
    assert_true(stick_due_ms(stick) > now_ms);
    assert_int_equal(stick_next(stick, now_ms, &event), RC_EMPTY);
}

static void plug(const struct stick_sim_spec *spec)
{
    assert_int_equal(stick_sim_plug(stick, spec), RC_OK);
    expect(STICK_PLUGGED, 0);
}

static void a_stick_comes_is_taken_let_go_and_loses_its_power(void **state)
{
    struct stick_event event;
    struct pollfd fds[STICK_FDS_MAX];
    (void)state;
    expect_nothing(0);
    assert_int_equal(stick_fds(stick, fds), 0);
    assert_int_equal(stick_sim_plug(stick, &(struct stick_sim_spec){.folder = "/tmp",
                                                                    .label = "AGORA",
                                                                    .size_bytes = 8000000,
                                                                    .free_bytes = 5000000,
                                                                    .take_ms = 700,
                                                                    .let_go_ms = 300}),
                     RC_OK);
    event = expect(STICK_PLUGGED, 0);
    assert_string_equal(event.info.label, "AGORA");
    assert_string_equal(event.info.file_system, "vfat");
    assert_true(event.info.size_bytes == 8000000 && event.info.free_bytes < 0);
    assert_int_equal(stick_take(stick, 1000), RC_OK);
    assert_int_equal(stick_take(stick, 1000), RC_BUSY);
    assert_int_equal(stick_let_go(stick, 1000), RC_BUSY);
    expect_nothing(1699);
    event = expect(STICK_TAKEN, 1700);
    assert_string_equal(event.path, "/tmp");
    assert_true(event.info.free_bytes == 5000000);
    assert_int_equal(stick_let_go(stick, 2000), RC_OK);
    expect_nothing(2299);
    expect(STICK_LET_GO, 2300);
    expect(STICK_PULLED, 2300);
    expect_nothing(9000);
    assert_int_equal(stick_take(stick, 9000), RC_NOT_FOUND);
    expect_trace("stick plugged\nstick take\nstick let go\n");
}

static void one_that_keeps_its_power_can_be_taken_again(void **state)
{
    (void)state;
    plug(&(struct stick_sim_spec){.folder = "/tmp", .keeps_power = true});
    for (int i = 0; i < 3; i++) {
        assert_int_equal(stick_take(stick, 0), RC_OK);
        expect(STICK_TAKEN, 0);
        assert_int_equal(stick_take(stick, 0), RC_OK);
        expect(STICK_TAKEN, 0);
        assert_int_equal(stick_let_go(stick, 0), RC_OK);
        expect(STICK_LET_GO, 0);
        expect_nothing(0);
    }
}

static void what_is_not_said_is_as_the_folder_has_it(void **state)
{
    struct stick_event event;
    (void)state;
    plug(&(struct stick_sim_spec){.folder = "/tmp"});
    assert_int_equal(stick_take(stick, 0), RC_OK);
    event = expect(STICK_TAKEN, 0);
    assert_true(event.info.size_bytes > 0 && event.info.free_bytes > 0);
    assert_true(event.info.free_bytes <= event.info.size_bytes);
    assert_string_equal(event.info.label, "");
    assert_int_equal(event.info.trouble, STICK_USABLE);
}

static void each_trouble_is_told_at_once_and_again_when_it_is_to_be_taken(void **state)
{
    (void)state;
    for (enum stick_trouble trouble = STICK_BLANK; trouble < STICK_TROUBLE_COUNT; trouble++) {
        struct stick_event event;
        assert_int_equal(
            stick_sim_plug(stick, &(struct stick_sim_spec){.folder = "/tmp", .trouble = trouble}),
            RC_OK);
        event = expect(STICK_PLUGGED, 0);
        assert_int_equal(event.info.trouble, trouble);
        assert_int_equal(stick_take(stick, 0), RC_OK);
        event = expect(STICK_REFUSED, 0);
        assert_int_equal(event.info.trouble, trouble);
        assert_non_null(strstr(event.why.text, stick_trouble_name(trouble)));
        stick_sim_pull(stick);
        expect(STICK_PULLED, 0);
    }
}

static void what_is_refused_is_refused_with_its_sentence(void **state)
{
    struct stick_event event;
    (void)state;
    plug(&(struct stick_sim_spec){
        .folder = "/tmp", .take_trouble = STICK_DAMAGED, .take_why = "its file system is damaged"});
    assert_int_equal(stick_take(stick, 0), RC_OK);
    event = expect(STICK_REFUSED, 0);
    assert_int_equal(event.info.trouble, STICK_DAMAGED);
    assert_string_equal(event.why.text, "its file system is damaged");
    stick_sim_pull(stick);
    expect(STICK_PULLED, 0);
    plug(&(struct stick_sim_spec){.folder = "/tmp", .let_go_why = "something still uses it"});
    assert_int_equal(stick_take(stick, 0), RC_OK);
    expect(STICK_TAKEN, 0);
    assert_int_equal(stick_let_go(stick, 0), RC_OK);
    event = expect(STICK_REFUSED, 0);
    assert_string_equal(event.why.text, "something still uses it");
    assert_int_equal(event.info.trouble, STICK_USABLE);
    assert_int_equal(stick_take(stick, 0), RC_OK); /* it is still taken */
    expect(STICK_TAKEN, 0);
}

static void one_that_is_pulled_is_gone_whatever_went_on(void **state)
{
    (void)state;
    plug(&(struct stick_sim_spec){.folder = "/tmp", .take_ms = 500});
    assert_int_equal(stick_take(stick, 0), RC_OK);
    stick_sim_pull(stick);
    stick_sim_pull(stick);
    assert_int_equal(stick_let_go(stick, 0), RC_NOT_FOUND);
    expect(STICK_PULLED, 0);
    expect_nothing(9000);
    expect_trace("stick plugged\nstick take\nstick pulled\n");
}

static void another_one_between_two_looks_is_told_as_gone_and_come(void **state)
{
    struct stick_event event;
    (void)state;
    plug(&(struct stick_sim_spec){.folder = "/tmp", .label = "ONE"});
    assert_int_equal(stick_sim_plug(stick, &(struct stick_sim_spec){.folder = "/tmp"}), RC_BUSY);
    stick_sim_pull(stick);
    assert_int_equal(
        stick_sim_plug(stick, &(struct stick_sim_spec){.folder = "/tmp", .label = "TWO"}), RC_OK);
    assert_int_equal(stick_take(stick, 0), RC_NOT_FOUND);
    expect(STICK_PULLED, 0);
    event = expect(STICK_PLUGGED, 0);
    assert_string_equal(event.info.label, "TWO");
    stick_sim_pull(stick);
    expect(STICK_PULLED, 0);
    assert_int_equal(stick_sim_plug(stick, &(struct stick_sim_spec){.folder = "/tmp"}), RC_OK);
    stick_sim_pull(stick); /* before anybody looked: there was none */
    expect_nothing(0);
}

static void a_folder_that_cannot_be_meant_is_refused(void **state)
{
    static char path[PATH_MAX + 1];
    (void)state;
    assert_int_equal(stick_sim_plug(stick, &(struct stick_sim_spec){.folder = "tmp"}),
                     RC_BAD_INPUT);
    memset(path, '/', PATH_MAX);
    assert_int_equal(stick_sim_plug(stick, &(struct stick_sim_spec){.folder = path}), RC_LIMIT);
    expect_nothing(0);
}

int main(void)
{
#define WITH_STICK(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_STICK(a_stick_comes_is_taken_let_go_and_loses_its_power),
        WITH_STICK(one_that_keeps_its_power_can_be_taken_again),
        WITH_STICK(what_is_not_said_is_as_the_folder_has_it),
        WITH_STICK(each_trouble_is_told_at_once_and_again_when_it_is_to_be_taken),
        WITH_STICK(what_is_refused_is_refused_with_its_sentence),
        WITH_STICK(one_that_is_pulled_is_gone_whatever_went_on),
        WITH_STICK(another_one_between_two_looks_is_told_as_gone_and_come),
        WITH_STICK(a_folder_that_cannot_be_meant_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
