#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "firmware/sim/reader_sim.h"

static struct reader *reader;

static int open_reader(void **state)
{
    (void)state;
    return reader_open_sim(&reader);
}

static int close_reader(void **state)
{
    (void)state;
    reader_close(reader);
    return 0;
}

static void expect(enum reader_event_kind kind, const char *text)
{
    struct reader_event event;
    assert_int_equal(reader_next(reader, 0, &event), RC_OK);
    assert_int_equal(event.kind, kind);
    if (text)
        assert_string_equal(event.text, text);
}

static void expect_nothing(void)
{
    struct reader_event event;
    assert_int_equal(reader_next(reader, 0, &event), RC_EMPTY);
    assert_true(reader_due_ms(reader) == INT64_MAX);
    assert_int_equal(reader_fd(reader), -1);
}

static void it_is_ready_from_the_start(void **state)
{
    (void)state;
    assert_true(reader_due_ms(reader) == 0);
    expect(READER_READY, NULL);
    expect_nothing();
}

static void a_badge_comes_and_goes(void **state)
{
    (void)state;
    expect(READER_READY, NULL);
    assert_int_equal(reader_sim_present(reader, "uid:04A1B2C3D4E5F6"), RC_OK);
    assert_int_equal(reader_sim_remove(reader), RC_OK);
    assert_int_equal(reader_sim_remove(reader), RC_OK);
    expect(READER_TAG, "uid:04A1B2C3D4E5F6");
    expect(READER_LEFT, "");
    expect_nothing();
}

static void another_badge_makes_the_first_leave(void **state)
{
    (void)state;
    expect(READER_READY, NULL);
    assert_int_equal(reader_sim_present(reader, "ean:2410000001613"), RC_OK);
    assert_int_equal(reader_sim_present(reader, "num:0012345678"), RC_OK);
    expect(READER_TAG, "ean:2410000001613");
    expect(READER_LEFT, NULL);
    expect(READER_TAG, "num:0012345678");
    expect_nothing();
}

static void without_its_cable_it_reads_nothing(void **state)
{
    (void)state;
    expect(READER_READY, NULL);
    assert_int_equal(reader_sim_present(reader, "uid:04A1B2C3"), RC_OK);
    assert_int_equal(reader_sim_plug(reader, false), RC_OK);
    assert_int_equal(reader_sim_plug(reader, false), RC_OK);
    assert_int_equal(reader_sim_present(reader, "uid:04A1B2C3"), RC_GONE);
    assert_int_equal(reader_sim_plug(reader, true), RC_OK);
    expect(READER_TAG, "uid:04A1B2C3");
    expect(READER_LEFT, NULL);
    expect(READER_RESTING, NULL);
    expect(READER_READY, NULL);
    expect_nothing();
}

static void what_is_no_badge_is_refused(void **state)
{
    static const char *const wrong[] = {
        "",        "uid:",      "04A1B2C3", "uid:04a1b2c3",
        "ean:12A", "num:12 34", "key:1",    "uid:0102030405060708090A0B"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(reader_sim_present(reader, wrong[i]), RC_BAD_INPUT);
}

static void a_full_queue_refuses_and_loses_nothing(void **state)
{
    struct reader_event event;
    int taken = 0, tags = 0, lefts = 0;
    (void)state;
    while (reader_sim_present(reader, "uid:04A1B2C3") == RC_OK)
        taken++;
    assert_in_range(taken, READER_SIM_WAITING / 2 - 4, READER_SIM_WAITING / 2);
    assert_int_equal(reader_sim_present(reader, "uid:04A1B2C3"), RC_FULL);
    assert_int_equal(reader_sim_plug(reader, false), RC_OK);
    while (!reader_next(reader, 0, &event)) {
        tags += event.kind == READER_TAG;
        lefts += event.kind == READER_LEFT;
    }
    assert_int_equal(tags, taken);
    assert_int_equal(lefts, taken);
    assert_int_equal(reader_sim_plug(reader, true), RC_OK);
    assert_int_equal(reader_sim_present(reader, "uid:04A1B2C3"), RC_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_reader, close_reader)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_is_ready_from_the_start),          TEST(a_badge_comes_and_goes),
        TEST(another_badge_makes_the_first_leave), TEST(without_its_cable_it_reads_nothing),
        TEST(what_is_no_badge_is_refused),         TEST(a_full_queue_refuses_and_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
