/* One thread that carries: handed over, heard of, given up, held. */
#include "app/porter.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>

#include <cmocka.h>

#define PATIENCE_MS 5000

struct walk {
    struct trip trip;
    int steps;
    atomic_int walked;
    bool is_done;
};

static enum rc carry(struct trip *trip, struct porter *porter)
{
    struct walk *walk = (struct walk *)trip;
    enum rc rc = RC_OK;
    for (int i = 1; !rc && i <= walk->steps; i++) {
        rc = porter_tell(porter, i < walk->steps ? 1 : 2, i * 100 / walk->steps);
        atomic_store(&walk->walked, i);
    }
    return rc;
}

static void done(struct trip *trip, void *context)
{
    (void)context;
    ((struct walk *)trip)->is_done = true;
}

static struct walk walk_of(int steps)
{
    return (struct walk){.trip = {.carry = carry, .done = done}, .steps = steps};
}

static int set_up(void **state)
{
    struct porter *porter;
    if (porter_open(&porter))
        return -1;
    *state = porter;
    return 0;
}

static int tear_down(void **state)
{
    porter_close(*state);
    return 0;
}

static bool is_heard(struct porter *porter, int wait_ms)
{
    struct pollfd fd = {.fd = porter_fd(porter), .events = POLLIN};
    return poll(&fd, 1, wait_ms) == 1;
}

static struct trip *await(struct porter *porter)
{
    struct trip *trip = NULL;
    while (!trip && is_heard(porter, PATIENCE_MS))
        trip = porter_next(porter);
    return trip;
}

/* Until it waits where it tells how far it is. */
static void await_hold(struct porter *porter)
{
    while (porter_is_under_way(porter))
        poll(NULL, 0, 1);
}

static void a_trip_comes_back_with_what_it_came_to(void **state)
{
    struct porter *porter = *state;
    struct walk walk = walk_of(5);
    int stage, percent;
    assert_false(porter_is_under_way(porter));
    assert_int_equal(porter_send(porter, &walk.trip), RC_OK);
    assert_ptr_equal(await(porter), &walk.trip);
    assert_int_equal(walk.trip.rc, RC_OK);
    porter_look(porter, &stage, &percent);
    assert_int_equal(stage, 2);
    assert_int_equal(percent, 100);
    assert_false(walk.is_done); /* that is for whoever takes it */
    assert_null(porter_next(porter));
    assert_int_equal(porter_send(porter, &walk.trip), RC_OK); /* and the next one goes */
    assert_ptr_equal(await(porter), &walk.trip);
}

static void one_trip_at_a_time(void **state)
{
    struct porter *porter = *state;
    struct walk first = walk_of(3), second = walk_of(1);
    porter_hold(porter, true);
    assert_int_equal(porter_send(porter, &first.trip), RC_OK);
    await_hold(porter);
    assert_int_equal(porter_send(porter, &second.trip), RC_BUSY);
    porter_hold(porter, false);
    assert_ptr_equal(await(porter), &first.trip);
    assert_int_equal(atomic_load(&second.walked), 0);
}

static void how_far_it_is_is_heard_on_the_way(void **state)
{
    struct porter *porter = *state;
    struct walk walk = walk_of(4);
    int stage, percent;
    porter_hold(porter, true);
    assert_int_equal(porter_send(porter, &walk.trip), RC_OK);
    assert_true(is_heard(porter, PATIENCE_MS));
    assert_null(porter_next(porter));
    await_hold(porter);
    porter_look(porter, &stage, &percent);
    assert_int_equal(stage, 1);
    assert_int_equal(percent, 25);
    assert_true(!is_heard(porter, 0)); /* what was heard is heard once */
    porter_hold(porter, false);
    assert_ptr_equal(await(porter), &walk.trip);
}

static void what_is_given_up_ends_where_it_tells_and_says_so(void **state)
{
    struct porter *porter = *state;
    struct walk walk = walk_of(1000);
    porter_hold(porter, true);
    assert_int_equal(porter_send(porter, &walk.trip), RC_OK);
    await_hold(porter);
    porter_give_up(porter); /* also while it is held */
    assert_ptr_equal(await(porter), &walk.trip);
    assert_int_equal(walk.trip.rc, RC_GONE);
    assert_true(atomic_load(&walk.walked) <= 1);
    porter_hold(porter, false);
    walk = walk_of(2); /* the next one is not given up */
    assert_int_equal(porter_send(porter, &walk.trip), RC_OK);
    assert_ptr_equal(await(porter), &walk.trip);
    assert_int_equal(walk.trip.rc, RC_OK);
}

static void closing_gives_up_and_gives_the_trip_back(void **state)
{
    struct porter *porter;
    struct walk walk = walk_of(1000);
    (void)state;
    assert_int_equal(porter_open(&porter), RC_OK);
    porter_hold(porter, true);
    assert_int_equal(porter_send(porter, &walk.trip), RC_OK);
    assert_ptr_equal(porter_close(porter), &walk.trip);
    assert_int_equal(walk.trip.rc, RC_GONE);
    assert_null(porter_close(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_trip_comes_back_with_what_it_came_to, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_trip_at_a_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(how_far_it_is_is_heard_on_the_way, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_given_up_ends_where_it_tells_and_says_so, set_up,
                                        tear_down),
        cmocka_unit_test(closing_gives_up_and_gives_the_trip_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
