#include "app/secrets.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "app/domain/lock.h"
#include "app/domain/pin.h"
#include "tests/support/fault_vfs.h"
#include "tests/support/keyroom.h"

#define PIN "274913"
#define WRONG "274914"
#define CODE "BCD FGH"

/* Ada has a PIN, Bilal a code. */
static void give_keys(struct house *house)
{
    char pin[SECRET_SEALED_BYTES], code[SECRET_SEALED_BYTES];
    struct clock_reading now = house_now(house);
    assert_int_equal(secret_seal(journal_key(house->journal), PIN, pin), RC_OK);
    assert_int_equal(secret_seal_alike(journal_key(house->journal), "BCDFGH", code), RC_OK);
    assert_int_equal(journal_begin(house->journal, &now), RC_OK);
    assert_int_equal(keyring_set_pin(house->journal, house->people[HOUSE_IS_ADA], pin), RC_OK);
    assert_int_equal(keyring_set_code(house->journal, house->people[HOUSE_IS_BILAL], code), RC_OK);
    assert_int_equal(journal_commit(house->journal), RC_OK);
}

static int set_up(void **state)
{
    static struct keyroom room;
    room.house = house_open();
    give_keys(room.house);
    keyroom_move_in(&room);
    *state = &room;
    return 0;
}

static int set_up_on_fault_disk(void **state)
{
    static struct keyroom room;
    fault_vfs_install();
    fault_disk_make("/data/perron.db");
    fault_disk_settle();
    room.house = house_open_on_fault_disk("/data/perron.db");
    give_keys(room.house);
    keyroom_move_in(&room);
    *state = &room;
    return 0;
}

static int tear_down(void **state)
{
    struct keyroom *room = *state;
    keyroom_move_out(room);
    house_close(room->house);
    return 0;
}

static int tear_down_fault_disk(void **state)
{
    tear_down(state);
    fault_vfs_remove();
    return 0;
}

static struct secrets_event try_pin(struct keyroom *room, enum house_person who, const char *digits)
{
    assert_int_equal(secrets_try_pin(room->secrets, room->house->people[who], digits), RC_OK);
    return keyroom_hear(room);
}

static void a_right_pin_is_heard_of_after_it_is_on_disk(void **state)
{
    struct keyroom *room = *state;
    struct secrets_event event = try_pin(room, HOUSE_IS_ADA, PIN);
    assert_int_equal(event.kind, KEYRING_PIN);
    assert_int_equal(event.rc, RC_OK);
    assert_true(event.is_right);
    assert_true(fact_id_is_same(event.person, room->house->people[HOUSE_IS_ADA]));
    keyroom_move_out(room);
    assert_int_equal(house_number(room->house, "SELECT count(*) FROM fact WHERE kind=18"), 1);
}

static void five_wrong_ones_lock_and_the_sixth_is_not_tried(void **state)
{
    struct keyroom *room = *state;
    struct secrets_event event;
    for (int i = 1; i <= 5; i++) {
        event = try_pin(room, HOUSE_IS_ADA, WRONG);
        assert_int_equal(event.rc, RC_OK);
        assert_false(event.is_right);
        assert_int_equal(event.locked_ms, i < 5 ? 0 : LOCK_FIRST_MS);
    }
    event = try_pin(room, HOUSE_IS_ADA, PIN);
    assert_int_equal(event.rc, RC_REFUSED);
    assert_false(event.is_right);
    assert_int_equal(event.locked_ms, LOCK_FIRST_MS);
    house_wait(room->house, LOCK_FIRST_MS);
    assert_true(try_pin(room, HOUSE_IS_ADA, PIN).is_right);
}

static void one_at_a_time(void **state)
{
    struct keyroom *room = *state;
    struct fact_id ada = room->house->people[HOUSE_IS_ADA];
    assert_true(secrets_is_idle(room->secrets));
    assert_int_equal(secrets_try_pin(room->secrets, ada, PIN), RC_OK);
    assert_false(secrets_is_idle(room->secrets));
    assert_int_equal(secrets_try_pin(room->secrets, ada, WRONG), RC_BUSY);
    assert_int_equal(secrets_try_code(room->secrets, CODE, NULL, 0), RC_BUSY);
    assert_true(keyroom_hear(room).is_right);
}

static void a_code_says_who_it_is(void **state)
{
    struct keyroom *room = *state;
    struct fact_id bilal = room->house->people[HOUSE_IS_BILAL];
    assert_int_equal(secrets_try_code(room->secrets, "bcd-fgh", NULL, 0), RC_OK);
    struct secrets_event event = keyroom_hear(room);
    assert_int_equal(event.kind, KEYRING_CODE);
    assert_true(event.is_right);
    assert_true(fact_id_is_same(event.person, bilal));
    assert_int_equal(secrets_try_code(room->secrets, CODE, &bilal, 1), RC_OK);
    assert_true(keyroom_hear(room).is_right);
}

static bool is_same_event(const struct secrets_event *a, const struct secrets_event *b)
{
    return a->kind == b->kind && a->rc == b->rc && a->is_right == b->is_right &&
           a->locked_ms == b->locked_ms && fact_id_is_same(a->person, b->person);
}

static void a_wrong_name_and_a_wrong_code_are_answered_alike(void **state)
{
    struct keyroom *room = *state;
    const struct fact_id ada = room->house->people[HOUSE_IS_ADA], none = {0, 0};
    struct secrets_event wrong_name, wrong_code, no_name;
    assert_int_equal(secrets_try_code(room->secrets, CODE, &ada, 1), RC_OK);
    wrong_name = keyroom_hear(room);
    assert_int_equal(secrets_try_code(room->secrets, "ZZZ ZZZ", &ada, 1), RC_OK);
    wrong_code = keyroom_hear(room);
    assert_int_equal(secrets_try_code(room->secrets, CODE, &none, 0), RC_OK);
    no_name = keyroom_hear(room);
    assert_true(is_same_event(&wrong_name, &wrong_code));
    assert_true(is_same_event(&wrong_name, &no_name));
    assert_true(fact_id_is_none(wrong_name.person));
}

static int64_t cpu_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* The least of a few, in processor time: what the hashing costs, whatever else the machine does. */
static int64_t least_us(struct keyroom *room, enum house_person who, const char *digits)
{
    int64_t least = INT64_MAX;
    for (int i = 0; i < 4; i++) {
        int64_t begin_us = cpu_us();
        (void)try_pin(room, who, digits);
        int64_t took_us = cpu_us() - begin_us;
        least = took_us < least ? took_us : least;
    }
    return least;
}

/* Not "nobody" at once and "wrong" after a while. */
static void somebody_without_a_pin_takes_as_long_as_a_wrong_one(void **state)
{
    struct keyroom *room = *state;
    int64_t wrong_us = least_us(room, HOUSE_IS_ADA, WRONG);
    int64_t nobody_us = least_us(room, HOUSE_IS_CHLOE, WRONG);
    printf("a wrong PIN %lld us, nobody's %lld us\n", (long long)wrong_us, (long long)nobody_us);
    assert_true(nobody_us > wrong_us / 2 && wrong_us > nobody_us / 2);
}

static void what_cannot_be_a_code_or_a_pin_is_not_tried(void **state)
{
    struct keyroom *room = *state;
    struct secrets_event event;
    assert_int_equal(secrets_try_code(room->secrets, "BCDFG", NULL, 0), RC_BAD_INPUT);
    assert_int_equal(secrets_try_code(room->secrets, "", NULL, 0), RC_BAD_INPUT);
    assert_int_equal(secrets_try_pin(room->secrets, room->house->people[HOUSE_IS_ADA], "274913274"),
                     RC_LIMIT);
    assert_int_equal(secrets_next(room->secrets, &event), RC_EMPTY);
    keyroom_move_out(room);
    assert_int_equal(house_number(room->house, "SELECT count(*) FROM fact WHERE kind IN (18,20)"),
                     0);
}

/* Closing while it is hashed, while it waits for the writer, or when it is there to be heard. */
static void it_can_be_closed_at_any_moment(void **state)
{
    struct keyroom *room = *state;
    for (int wait_ms = 0; wait_ms < 120; wait_ms += 15) {
        struct secrets_event event;
        struct job *job;
        struct pollfd nothing;
        assert_int_equal(secrets_try_pin(room->secrets, room->house->people[HOUSE_IS_ADA], PIN),
                         RC_OK);
        for (int ms = 0; ms < wait_ms && secrets_next(room->secrets, &event); ms += 5) {
            poll(&nothing, 0, 5);
            while ((job = writer_next(room->writer)))
                job->done(job, NULL);
        }
        keyroom_move_out(room);
        keyroom_move_in(room);
    }
    secrets_close(NULL);
}

static void a_disk_that_refuses_says_nothing_of_the_pin(void **state)
{
    struct keyroom *room = *state;
    fault_vfs_plan((struct fault_plan){FAULT_FULL, FAULT_WRITE, 1, true});
    struct secrets_event right = try_pin(room, HOUSE_IS_ADA, PIN);
    struct secrets_event wrong = try_pin(room, HOUSE_IS_ADA, WRONG);
    fault_vfs_plan((struct fault_plan){.kind = FAULT_NONE});
    assert_true(right.rc != RC_OK && right.rc != RC_REFUSED);
    assert_false(right.is_right);
    assert_int_equal(right.is_right, wrong.is_right);
    assert_int_equal(right.locked_ms, wrong.locked_ms);
    assert_true(try_pin(room, HOUSE_IS_ADA, PIN).is_right);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_right_pin_is_heard_of_after_it_is_on_disk),
        TEST(five_wrong_ones_lock_and_the_sixth_is_not_tried),
        TEST(one_at_a_time),
        TEST(a_code_says_who_it_is),
        TEST(a_wrong_name_and_a_wrong_code_are_answered_alike),
        TEST(somebody_without_a_pin_takes_as_long_as_a_wrong_one),
        TEST(what_cannot_be_a_code_or_a_pin_is_not_tried),
        TEST(it_can_be_closed_at_any_moment),
        cmocka_unit_test_setup_teardown(a_disk_that_refuses_says_nothing_of_the_pin,
                                        set_up_on_fault_disk, tear_down_fault_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
