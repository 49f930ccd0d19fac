#include "app/taps.h"

#include <poll.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/fault_vfs.h"
#include "tests/support/house.h"

/* A house whose journal the writer has. */
struct door {
    struct house *house;
    struct writer *writer;
    struct taps *taps;
};

/* Holds the writer up until it is opened, as a slow card does. */
struct gate {
    struct job job;
    sem_t is_open;
    bool is_back;
};

static void wait_at(struct job *job, struct journal *journal)
{
    (void)journal;
    sem_wait(&((struct gate *)job)->is_open);
}

static void come_back(struct job *job, void *context)
{
    (void)context;
    ((struct gate *)job)->is_back = true;
}

static void close_gate(struct door *door, struct gate *gate)
{
    *gate = (struct gate){.job = {.run = wait_at, .done = come_back}};
    sem_init(&gate->is_open, 0, 0);
    assert_int_equal(writer_submit(door->writer, &gate->job), RC_OK);
}

static void open_gate(struct gate *gate)
{
    sem_post(&gate->is_open);
}

static void move_in(struct door *door)
{
    assert_int_equal(writer_open(door->house->journal, &door->writer), RC_OK);
    assert_int_equal(taps_open(door->writer, door->house->clock, LANGUAGE_FR, &door->taps), RC_OK);
}

static int set_up(void **state)
{
    static struct door door;
    door.house = house_open();
    move_in(&door);
    *state = &door;
    return 0;
}

static int set_up_on_fault_disk(void **state)
{
    static struct door door;
    fault_vfs_install();
    fault_disk_make("/data/perron.db");
    fault_disk_settle();
    door.house = house_open_on_fault_disk("/data/perron.db");
    move_in(&door);
    *state = &door;
    return 0;
}

/* The register is the house's again, to be looked at. */
static void move_out(struct door *door)
{
    if (!door->writer)
        return;
    writer_close(door->writer);
    taps_close(door->taps);
    door->writer = NULL;
    door->house->journal = NULL;
    house_reopen(door->house);
}

static int tear_down(void **state)
{
    struct door *door = *state;
    move_out(door);
    house_close(door->house);
    return 0;
}

static int tear_down_fault_disk(void **state)
{
    tear_down(state);
    fault_vfs_remove();
    return 0;
}

static bool tap(struct door *door, const char *text)
{
    struct badge badge;
    assert_int_equal(badge_from_reader(text, &badge), RC_OK);
    bool is_taken = taps_badge(door->taps, &badge, TAP_CLAIM_NONE, (struct fact_id){0, 0});
    taps_left(door->taps);
    return is_taken;
}

/* Takes what the writer has finished; waits for something at most that long. */
static void hear(struct door *door, int wait_ms)
{
    struct job *job;
    struct pollfd fd = {.fd = writer_fd(door->writer), .events = POLLIN};
    poll(&fd, 1, wait_ms);
    while ((job = writer_next(door->writer)))
        job->done(job, NULL);
}

/* The next event, for which the writer may still have to work. */
static struct taps_event expect(struct door *door, enum taps_event_kind kind)
{
    struct taps_event event = {.kind = TAPS_MOMENT};
    enum rc rc = taps_next(door->taps, &event);
    for (int i = 0; rc == RC_EMPTY && i < 20; i++) {
        hear(door, 250);
        rc = taps_next(door->taps, &event);
    }
    assert_int_equal(rc, RC_OK);
    assert_int_equal(event.kind, kind);
    return event;
}

static void expect_nothing(struct door *door)
{
    struct taps_event event;
    hear(door, 0);
    assert_int_equal(taps_next(door->taps, &event), RC_EMPTY);
}

/* Until nothing is with the writer any more; no event may come of it. */
static void settle(struct door *door)
{
    for (int i = 0; i < 20 && !taps_is_idle(door->taps); i++) {
        hear(door, 250);
        expect_nothing(door);
    }
    assert_true(taps_is_idle(door->taps));
}

static void a_tap_is_answered_and_the_next_one_long_after_leaves(void **state)
{
    struct door *door = *state;
    assert_true(taps_is_idle(door->taps));
    assert_int_equal(taps_due_ms(door->taps), INT64_MAX);
    assert_true(tap(door, HOUSE_ADA));
    assert_false(taps_is_idle(door->taps));
    assert_int_equal(expect(door, TAPS_ANSWER).answer.kind, ANSWER_ARRIVAL);
    house_wait(door->house, HOUSE_HOUR_MS);
    assert_true(tap(door, HOUSE_ADA));
    struct taps_event event = expect(door, TAPS_ANSWER);
    assert_int_equal(event.answer.kind, ANSWER_DEPARTURE);
    assert_int_equal(event.answer.today_s, 3600);
    assert_int_equal(event.disk, RC_OK);
}

static void a_badge_that_flickers_says_nothing_and_one_tapped_again_hears_the_same(void **state)
{
    struct door *door = *state;
    tap(door, HOUSE_ADA);
    expect(door, TAPS_ANSWER);
    house_wait(door->house, 1900);
    assert_false(tap(door, HOUSE_ADA));
    expect_nothing(door);
    house_wait(door->house, 3000);
    assert_true(tap(door, HOUSE_ADA));
    struct taps_event event = expect(door, TAPS_ANSWER);
    assert_int_equal(event.answer.kind, ANSWER_ARRIVAL);
    move_out(door);
    assert_int_equal(house_number(door->house, "SELECT count(*) FROM fact WHERE kind=9"), 1);
}

static void the_same_answer_again_has_the_number_of_people_of_now(void **state)
{
    struct door *door = *state;
    tap(door, HOUSE_ADA);
    assert_int_equal(expect(door, TAPS_ANSWER).answer.here, 1);
    tap(door, HOUSE_BILAL);
    assert_int_equal(expect(door, TAPS_ANSWER).answer.here, 2);
    house_wait(door->house, 4000);
    tap(door, HOUSE_ADA);
    struct taps_event event = expect(door, TAPS_ANSWER);
    assert_int_equal(event.answer.kind, ANSWER_ARRIVAL);
    assert_int_equal(event.answer.here, 2);
}

static void two_people_at_once_both_hear_of_it_in_their_order(void **state)
{
    struct door *door = *state;
    tap(door, HOUSE_BILAL);
    tap(door, HOUSE_ADA);
    assert_string_equal(expect(door, TAPS_ANSWER).answer.first_name, "Bilal");
    struct taps_event event = expect(door, TAPS_ANSWER);
    assert_string_equal(event.answer.first_name, "Ada");
    assert_int_equal(event.answer.here, 2);
}

static void what_takes_longer_says_one_moment_once(void **state)
{
    struct door *door = *state;
    struct gate gate;
    close_gate(door, &gate);
    tap(door, HOUSE_ADA);
    house_wait(door->house, TAPS_MOMENT_MS - 1);
    expect_nothing(door);
    assert_int_equal(taps_due_ms(door->taps), clock_mono_ms(door->house->clock) + 1);
    house_wait(door->house, 1);
    expect(door, TAPS_MOMENT);
    house_wait(door->house, 1000);
    expect_nothing(door);
    open_gate(&gate);
    assert_int_equal(expect(door, TAPS_ANSWER).answer.kind, ANSWER_ARRIVAL);
}

static void after_three_seconds_it_is_refused_and_can_be_tapped_again(void **state)
{
    struct door *door = *state;
    struct gate gate;
    close_gate(door, &gate);
    tap(door, HOUSE_ADA);
    house_wait(door->house, TAPS_REFUSE_MS);
    expect(door, TAPS_MOMENT);
    struct taps_event event = expect(door, TAPS_ANSWER);
    assert_int_equal(event.answer.kind, ANSWER_NOT_RECORDED);
    assert_int_equal(event.disk, RC_TIMEOUT);
    assert_int_equal(taps_due_ms(door->taps), INT64_MAX);
    house_wait(door->house, 2000);
    assert_true(tap(door, HOUSE_ADA));
    open_gate(&gate);
    assert_int_equal(expect(door, TAPS_ANSWER).answer.kind, ANSWER_ARRIVAL);
    settle(door);
    move_out(door);
    assert_int_equal(house_number(door->house, "SELECT count(*) FROM fact WHERE kind=9"), 1);
    assert_int_equal(house_number(door->house, "SELECT count(*) FROM visit"), 1);
}

/* Taps to leave while the card stalls, again, and is refused the first time. */
static void stall_twice(struct door *door, struct gate *gate)
{
    close_gate(door, gate);
    tap(door, HOUSE_ADA);
    house_wait(door->house, TAPS_MOMENT_MS);
    expect(door, TAPS_MOMENT);
    house_wait(door->house, 2200);
    assert_true(tap(door, HOUSE_ADA));
    house_wait(door->house, 600);
    expect(door, TAPS_MOMENT);
    assert_int_equal(expect(door, TAPS_ANSWER).answer.kind, ANSWER_NOT_RECORDED);
    open_gate(gate);
}

static void who_taps_again_before_the_first_tap_is_refused_is_answered_anew(void **state)
{
    struct door *door = *state;
    struct gate gate;
    tap(door, HOUSE_ADA);
    expect(door, TAPS_ANSWER);
    house_wait(door->house, 3 * HOUSE_HOUR_MS);
    stall_twice(door, &gate);
    assert_int_equal(expect(door, TAPS_ANSWER).answer.kind, ANSWER_DEPARTURE);
    settle(door);
    move_out(door);
    assert_int_equal(house_number(door->house, "SELECT count(*) FROM fact WHERE kind=9"), 2);
}

static void who_was_never_answered_is_not_passed_over_the_second_time(void **state)
{
    struct door *door = *state;
    struct gate gate;
    stall_twice(door, &gate);
    assert_int_equal(expect(door, TAPS_ANSWER).answer.kind, ANSWER_ARRIVAL);
    settle(door);
    move_out(door);
    assert_int_equal(house_number(door->house, "SELECT count(*) FROM visit"), 1);
}

static void somebody_who_is_gone_is_no_trouble_of_the_disk(void **state)
{
    struct door *door = *state;
    taps_press(door->taps, (struct fact_id){7, 7}, ANSWER_DEPARTURE);
    expect(door, TAPS_ANSWER);
    assert_int_equal(taps_disk(door->taps), RC_OK);
}

/* Taps, and refuses the tap while its sync is under way. */
static void be_refused_during_the_sync(struct door *door)
{
    struct taps_event event;
    fault_vfs_delay(0, 400);
    tap(door, HOUSE_ADA);
    usleep(150000);
    house_wait(door->house, TAPS_REFUSE_MS);
    assert_int_equal(taps_next(door->taps, &event), RC_OK);
    assert_int_equal(event.kind, TAPS_MOMENT);
    assert_int_equal(taps_next(door->taps, &event), RC_OK);
    assert_int_equal(event.answer.kind, ANSWER_NOT_RECORDED);
}

static void what_lands_after_it_was_refused_is_taken_back_before_the_next_tap(void **state)
{
    struct door *door = *state;
    be_refused_during_the_sync(door);
    house_wait(door->house, 2000);
    assert_true(tap(door, HOUSE_ADA));
    struct taps_event event = expect(door, TAPS_ANSWER);
    assert_int_equal(event.answer.kind, ANSWER_ARRIVAL);
    assert_int_equal(event.answer.here, 1);
    move_out(door);
    assert_int_equal(house_number(door->house, "SELECT count(*) FROM fact WHERE kind=9"), 2);
    assert_int_equal(house_number(door->house, "SELECT count(*) FROM visit"), 1);
    assert_true(house_holds(door->house));
}

static void what_cannot_be_taken_back_at_once_is_taken_back_first_of_all(void **state)
{
    struct door *door = *state;
    fault_vfs_plan((struct fault_plan){FAULT_ERROR, FAULT_SYNC, 2, true});
    be_refused_during_the_sync(door);
    settle(door);
    assert_int_not_equal(taps_disk(door->taps), RC_OK);
    fault_vfs_plan((struct fault_plan){.kind = FAULT_NONE});
    house_wait(door->house, 2000);
    tap(door, HOUSE_BILAL);
    assert_int_equal(expect(door, TAPS_ANSWER).answer.here, 1);
    move_out(door);
    assert_int_equal(house_number(door->house, "SELECT count(*) FROM fact WHERE kind=9"), 2);
    assert_int_equal(house_number(door->house, "SELECT count(*) FROM visit"), 1);
    assert_true(house_holds(door->house));
}

static void an_undone_arrival_can_be_tapped_again_at_once(void **state)
{
    struct door *door = *state;
    tap(door, HOUSE_ADA);
    struct answer answer = expect(door, TAPS_ANSWER).answer;
    taps_undo(door->taps, answer.person, answer.fact);
    struct taps_event undone = expect(door, TAPS_UNDONE);
    assert_true(fact_id_is_same(undone.answer.fact, answer.fact));
    house_wait(door->house, 2500);
    tap(door, HOUSE_ADA);
    assert_int_equal(expect(door, TAPS_ANSWER).answer.kind, ANSWER_ARRIVAL);
}

static void buttons_do_what_they_say_and_a_second_press_changes_nothing(void **state)
{
    struct door *door = *state;
    struct fact_id ada = door->house->people[HOUSE_IS_ADA];
    taps_press(door->taps, ada, ANSWER_ARRIVAL);
    assert_int_equal(expect(door, TAPS_ANSWER).answer.kind, ANSWER_ARRIVAL);
    house_wait(door->house, HOUSE_HOUR_MS);
    taps_press(door->taps, ada, ANSWER_DEPARTURE);
    taps_press(door->taps, ada, ANSWER_DEPARTURE);
    assert_int_equal(expect(door, TAPS_ANSWER).answer.kind, ANSWER_DEPARTURE);
    assert_int_equal(expect(door, TAPS_ANSWER).answer.kind, ANSWER_HAS_LEFT);
}

static void a_disk_that_refuses_is_said_and_heals_before_the_next_tap(void **state)
{
    struct door *door = *state;
    fault_vfs_plan((struct fault_plan){FAULT_ERROR, FAULT_SYNC, 1, true});
    tap(door, HOUSE_ADA);
    struct taps_event event = expect(door, TAPS_ANSWER);
    assert_int_equal(event.answer.kind, ANSWER_NOT_RECORDED);
    assert_string_equal(event.answer.first_name, "Ada");
    assert_int_not_equal(taps_disk(door->taps), RC_OK);
    fault_vfs_plan((struct fault_plan){.kind = FAULT_NONE});
    house_wait(door->house, 1000);
    assert_true(taps_due_ms(door->taps) <= clock_mono_ms(door->house->clock));
    expect_nothing(door);
    settle(door);
    assert_int_equal(taps_disk(door->taps), RC_OK);
    house_wait(door->house, 2000);
    tap(door, HOUSE_ADA);
    assert_int_equal(expect(door, TAPS_ANSWER).answer.kind, ANSWER_ARRIVAL);
    move_out(door);
    assert_int_equal(house_number(door->house, "SELECT count(*) FROM visit"), 1);
    assert_true(house_holds(door->house));
}

static void a_clock_that_was_set_while_the_disk_refused_is_set_once_it_takes_facts(void **state)
{
    struct door *door = *state;
    fault_vfs_plan((struct fault_plan){FAULT_ERROR, FAULT_SYNC, 1, true});
    taps_set_clock(door->taps);
    settle(door);
    assert_int_not_equal(taps_disk(door->taps), RC_OK);
    fault_vfs_plan((struct fault_plan){.kind = FAULT_NONE});
    house_wait(door->house, 1000);
    expect_nothing(door);
    settle(door);
    move_out(door);
    /* The refused one may have landed after all; twice is as good as once. */
    assert_true(house_number(door->house, "SELECT count(*) FROM fact WHERE kind=3") >= 1);
    assert_true(house_holds(door->house));
}

static void more_taps_than_can_wait_are_refused_at_once(void **state)
{
    struct door *door = *state;
    struct gate gate;
    char text[32];
    int refused = 0, answered = 0;
    close_gate(door, &gate);
    for (int i = 0; i < 300; i++) {
        struct taps_event event;
        snprintf(text, sizeof text, "uid:04%012X", i);
        assert_true(tap(door, text));
        if (taps_next(door->taps, &event) == RC_OK && event.kind == TAPS_ANSWER) {
            assert_int_equal(event.answer.kind, ANSWER_NOT_RECORDED);
            refused++;
        }
    }
    assert_true(refused > 0 && refused < 300);
    open_gate(&gate);
    while (!taps_is_idle(door->taps)) {
        assert_int_equal(expect(door, TAPS_ANSWER).answer.kind, ANSWER_UNKNOWN);
        answered++;
    }
    assert_int_equal(answered + refused, 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_tap_is_answered_and_the_next_one_long_after_leaves,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_badge_that_flickers_says_nothing_and_one_tapped_again_hears_the_same, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(the_same_answer_again_has_the_number_of_people_of_now,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_people_at_once_both_hear_of_it_in_their_order, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_takes_longer_says_one_moment_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(after_three_seconds_it_is_refused_and_can_be_tapped_again,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            who_taps_again_before_the_first_tap_is_refused_is_answered_anew, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_was_never_answered_is_not_passed_over_the_second_time,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(somebody_who_is_gone_is_no_trouble_of_the_disk, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            what_lands_after_it_was_refused_is_taken_back_before_the_next_tap, set_up_on_fault_disk,
            tear_down_fault_disk),
        cmocka_unit_test_setup_teardown(
            what_cannot_be_taken_back_at_once_is_taken_back_first_of_all, set_up_on_fault_disk,
            tear_down_fault_disk),
        cmocka_unit_test_setup_teardown(an_undone_arrival_can_be_tapped_again_at_once, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(buttons_do_what_they_say_and_a_second_press_changes_nothing,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_disk_that_refuses_is_said_and_heals_before_the_next_tap,
                                        set_up_on_fault_disk, tear_down_fault_disk),
        cmocka_unit_test_setup_teardown(
            a_clock_that_was_set_while_the_disk_refused_is_set_once_it_takes_facts,
            set_up_on_fault_disk, tear_down_fault_disk),
        cmocka_unit_test_setup_teardown(more_taps_than_can_wait_are_refused_at_once, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
