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
#include "tests/support/house.h"

#define PIN "274913"
#define WRONG "274914"
#define CODE "BCD FGH"

/* A house whose journal the writer has; Ada has a PIN, Bilal a code. */
struct desk {
    struct house *house;
    struct writer *writer;
    struct secrets *secrets;
    uint8_t key[HASH_KEY_BYTES];
};

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

static void move_in(struct desk *desk)
{
    memcpy(desk->key, journal_key(desk->house->journal), sizeof desk->key);
    assert_int_equal(writer_open(desk->house->journal, &desk->writer), RC_OK);
    assert_int_equal(secrets_open(desk->writer, desk->house->clock, desk->key, &desk->secrets),
                     RC_OK);
}

static int set_up(void **state)
{
    static struct desk desk;
    desk.house = house_open();
    give_keys(desk.house);
    move_in(&desk);
    *state = &desk;
    return 0;
}

static int set_up_on_fault_disk(void **state)
{
    static struct desk desk;
    fault_vfs_install();
    fault_disk_make("/data/perron.db");
    fault_disk_settle();
    desk.house = house_open_on_fault_disk("/data/perron.db");
    give_keys(desk.house);
    move_in(&desk);
    *state = &desk;
    return 0;
}

/* The register is the house's again, to be looked at. */
static void move_out(struct desk *desk)
{
    if (!desk->writer)
        return;
    writer_close(desk->writer);
    secrets_close(desk->secrets);
    desk->writer = NULL;
    desk->house->journal = NULL;
    house_reopen(desk->house);
}

static int tear_down(void **state)
{
    struct desk *desk = *state;
    move_out(desk);
    house_close(desk->house);
    return 0;
}

static int tear_down_fault_disk(void **state)
{
    tear_down(state);
    fault_vfs_remove();
    return 0;
}

/* As the station's loop does, until something is heard. */
static struct secrets_event hear(struct desk *desk)
{
    struct secrets_event event;
    while (secrets_next(desk->secrets, &event)) {
        struct job *job;
        struct pollfd fds[] = {{.fd = writer_fd(desk->writer), .events = POLLIN},
                               {.fd = secrets_fd(desk->secrets), .events = POLLIN}};
        assert_true(poll(fds, 2, 10000) > 0);
        while ((job = writer_next(desk->writer)))
            job->done(job, NULL);
    }
    assert_true(secrets_is_idle(desk->secrets));
    return event;
}

static struct secrets_event try_pin(struct desk *desk, enum house_person who, const char *digits)
{
    assert_int_equal(secrets_try_pin(desk->secrets, desk->house->people[who], digits), RC_OK);
    return hear(desk);
}

static void a_right_pin_is_heard_of_after_it_is_on_disk(void **state)
{
    struct desk *desk = *state;
    struct secrets_event event = try_pin(desk, HOUSE_IS_ADA, PIN);
    assert_int_equal(event.kind, KEYRING_PIN);
    assert_int_equal(event.rc, RC_OK);
    assert_true(event.is_right);
    assert_true(fact_id_is_same(event.person, desk->house->people[HOUSE_IS_ADA]));
    move_out(desk);
    assert_int_equal(house_number(desk->house, "SELECT count(*) FROM fact WHERE kind=18"), 1);
}

static void five_wrong_ones_lock_and_the_sixth_is_not_tried(void **state)
{
    struct desk *desk = *state;
    struct secrets_event event;
    for (int i = 1; i <= 5; i++) {
        event = try_pin(desk, HOUSE_IS_ADA, WRONG);
        assert_int_equal(event.rc, RC_OK);
        assert_false(event.is_right);
        assert_int_equal(event.locked_ms, i < 5 ? 0 : LOCK_FIRST_MS);
    }
    event = try_pin(desk, HOUSE_IS_ADA, PIN);
    assert_int_equal(event.rc, RC_REFUSED);
    assert_false(event.is_right);
    assert_int_equal(event.locked_ms, LOCK_FIRST_MS);
    house_wait(desk->house, LOCK_FIRST_MS);
    assert_true(try_pin(desk, HOUSE_IS_ADA, PIN).is_right);
}

static void one_at_a_time(void **state)
{
    struct desk *desk = *state;
    struct fact_id ada = desk->house->people[HOUSE_IS_ADA];
    assert_true(secrets_is_idle(desk->secrets));
    assert_int_equal(secrets_try_pin(desk->secrets, ada, PIN), RC_OK);
    assert_false(secrets_is_idle(desk->secrets));
    assert_int_equal(secrets_try_pin(desk->secrets, ada, WRONG), RC_BUSY);
    assert_int_equal(secrets_try_code(desk->secrets, CODE, NULL, 0), RC_BUSY);
    assert_true(hear(desk).is_right);
}

static void a_code_says_who_it_is(void **state)
{
    struct desk *desk = *state;
    struct fact_id bilal = desk->house->people[HOUSE_IS_BILAL];
    assert_int_equal(secrets_try_code(desk->secrets, "bcd-fgh", NULL, 0), RC_OK);
    struct secrets_event event = hear(desk);
    assert_int_equal(event.kind, KEYRING_CODE);
    assert_true(event.is_right);
    assert_true(fact_id_is_same(event.person, bilal));
    assert_int_equal(secrets_try_code(desk->secrets, CODE, &bilal, 1), RC_OK);
    assert_true(hear(desk).is_right);
}

static bool is_same_event(const struct secrets_event *a, const struct secrets_event *b)
{
    return a->kind == b->kind && a->rc == b->rc && a->is_right == b->is_right &&
           a->locked_ms == b->locked_ms && fact_id_is_same(a->person, b->person);
}

static void a_wrong_name_and_a_wrong_code_are_answered_alike(void **state)
{
    struct desk *desk = *state;
    const struct fact_id ada = desk->house->people[HOUSE_IS_ADA], none = {0, 0};
    struct secrets_event wrong_name, wrong_code, no_name;
    assert_int_equal(secrets_try_code(desk->secrets, CODE, &ada, 1), RC_OK);
    wrong_name = hear(desk);
    assert_int_equal(secrets_try_code(desk->secrets, "ZZZ ZZZ", &ada, 1), RC_OK);
    wrong_code = hear(desk);
    assert_int_equal(secrets_try_code(desk->secrets, CODE, &none, 0), RC_OK);
    no_name = hear(desk);
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
static int64_t least_us(struct desk *desk, enum house_person who, const char *digits)
{
    int64_t least = INT64_MAX;
    for (int i = 0; i < 4; i++) {
        int64_t begin_us = cpu_us();
        (void)try_pin(desk, who, digits);
        int64_t took_us = cpu_us() - begin_us;
        least = took_us < least ? took_us : least;
    }
    return least;
}

/* Not "nobody" at once and "wrong" after a while. */
static void somebody_without_a_pin_takes_as_long_as_a_wrong_one(void **state)
{
    struct desk *desk = *state;
    int64_t wrong_us = least_us(desk, HOUSE_IS_ADA, WRONG);
    int64_t nobody_us = least_us(desk, HOUSE_IS_CHLOE, WRONG);
    printf("a wrong PIN %lld us, nobody's %lld us\n", (long long)wrong_us, (long long)nobody_us);
    assert_true(nobody_us > wrong_us / 2 && wrong_us > nobody_us / 2);
}

static void what_cannot_be_a_code_or_a_pin_is_not_tried(void **state)
{
    struct desk *desk = *state;
    struct secrets_event event;
    assert_int_equal(secrets_try_code(desk->secrets, "BCDFG", NULL, 0), RC_BAD_INPUT);
    assert_int_equal(secrets_try_code(desk->secrets, "", NULL, 0), RC_BAD_INPUT);
    assert_int_equal(secrets_try_pin(desk->secrets, desk->house->people[HOUSE_IS_ADA], "274913274"),
                     RC_LIMIT);
    assert_int_equal(secrets_next(desk->secrets, &event), RC_EMPTY);
    move_out(desk);
    assert_int_equal(house_number(desk->house, "SELECT count(*) FROM fact WHERE kind IN (18,20)"),
                     0);
}

/* Closing while it is hashed, while it waits for the writer, or when it is there to be heard. */
static void it_can_be_closed_at_any_moment(void **state)
{
    struct desk *desk = *state;
    for (int wait_ms = 0; wait_ms < 120; wait_ms += 15) {
        struct secrets_event event;
        struct job *job;
        struct pollfd nothing;
        assert_int_equal(secrets_try_pin(desk->secrets, desk->house->people[HOUSE_IS_ADA], PIN),
                         RC_OK);
        for (int ms = 0; ms < wait_ms && secrets_next(desk->secrets, &event); ms += 5) {
            poll(&nothing, 0, 5);
            while ((job = writer_next(desk->writer)))
                job->done(job, NULL);
        }
        move_out(desk);
        move_in(desk);
    }
    secrets_close(NULL);
}

static void a_disk_that_refuses_says_nothing_of_the_pin(void **state)
{
    struct desk *desk = *state;
    fault_vfs_plan((struct fault_plan){FAULT_FULL, FAULT_WRITE, 1, true});
    struct secrets_event right = try_pin(desk, HOUSE_IS_ADA, PIN);
    struct secrets_event wrong = try_pin(desk, HOUSE_IS_ADA, WRONG);
    fault_vfs_plan((struct fault_plan){.kind = FAULT_NONE});
    assert_true(right.rc != RC_OK && right.rc != RC_REFUSED);
    assert_false(right.is_right);
    assert_int_equal(right.is_right, wrong.is_right);
    assert_int_equal(right.locked_ms, wrong.locked_ms);
    assert_true(try_pin(desk, HOUSE_IS_ADA, PIN).is_right);
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
