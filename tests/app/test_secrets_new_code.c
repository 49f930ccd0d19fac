/*
 * New codes: sealed beside the writer's thread, so nobody at the door waits for it, and never one
 * that somebody has. The slow hash is held up here for as long as a test wants.
 */
#include "app/secrets.h"

#include <dlfcn.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/office.h"
#include "app/taps.h"
#include "tests/support/keyroom.h"

#define TAKEN "BCDFGH"
#define HASH_FOR_EVER_MS 50 /* what is held up for ever has not come after it either */

/* --- the slow hash, held up --- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t moved = PTHREAD_COND_INITIALIZER;
static bool is_held;  /* whoever comes waits */
static bool is_there; /* somebody waits */
static int hashed;    /* how often */
static int taken;     /* so many are of TAKEN, whatever was to be hashed */

typedef int hash_function(unsigned char *out, unsigned long long out_length, const char *text,
                          unsigned long long length, const unsigned char *salt,
                          unsigned long long passes, size_t memory, int algorithm);

hash_function crypto_pwhash;

/* In front of libsodium's. */
int crypto_pwhash(unsigned char *out, unsigned long long out_length, const char *text,
                  unsigned long long length, const unsigned char *salt, unsigned long long passes,
                  size_t memory, int algorithm)
{
    static hash_function *real;
    pthread_mutex_lock(&lock);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "crypto_pwhash");
    hashed++;
    bool is_taken = taken > 0 && taken--;
    is_there = true;
    pthread_cond_broadcast(&moved);
    while (is_held)
        pthread_cond_wait(&moved, &lock);
    is_there = false;
    pthread_mutex_unlock(&lock);
    return is_taken ? real(out, out_length, TAKEN, strlen(TAKEN), salt, passes, memory, algorithm)
                    : real(out, out_length, text, length, salt, passes, memory, algorithm);
}

static void hold(void)
{
    pthread_mutex_lock(&lock);
    is_held = true;
    is_there = false;
    pthread_mutex_unlock(&lock);
}

static void wait_until_held(void)
{
    pthread_mutex_lock(&lock);
    while (!is_there)
        pthread_cond_wait(&moved, &lock);
    pthread_mutex_unlock(&lock);
}

static void let_go(void)
{
    pthread_mutex_lock(&lock);
    is_held = false;
    pthread_cond_broadcast(&moved);
    pthread_mutex_unlock(&lock);
}

/* --- a house with a writer: Ada is staff, Bilal has a code --- */

struct desk {
    struct keyroom room;
    struct taps *taps;
};

#define ADA(desk) ((desk)->room.house->people[HOUSE_IS_ADA])
#define BILAL(desk) ((desk)->room.house->people[HOUSE_IS_BILAL])
#define CHLOE(desk) ((desk)->room.house->people[HOUSE_IS_CHLOE])

static void give_code(struct house *house)
{
    char sealed[SECRET_SEALED_BYTES];
    const struct office office = {.now = house_now(house)};
    assert_int_equal(secret_seal_alike(journal_key(house->journal), TAKEN, sealed), RC_OK);
    assert_int_equal(office_set_code(house->journal, &office, house->people[HOUSE_IS_BILAL], sealed,
                                     &house->reason),
                     RC_OK);
}

static int set_up(void **state)
{
    static struct desk desk;
    desk.room.house = house_open();
    house_record(desk.room.house, FACT_ROLE_SET, ADA(&desk), json_pack("{s:s}", "role", "staff"));
    give_code(desk.room.house);
    keyroom_move_in(&desk.room);
    assert_int_equal(taps_open(desk.room.writer, desk.room.house->clock, LANGUAGE_FR, &desk.taps),
                     RC_OK);
    hashed = 0;
    *state = &desk;
    return 0;
}

/* The register is the house's again, to be looked at. */
static void move_out(struct desk *desk)
{
    keyroom_move_out(&desk->room);
    taps_close(desk->taps);
    desk->taps = NULL;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;
    let_go();
    taken = 0;
    move_out(desk);
    house_close(desk->room.house);
    return 0;
}

/* What came back from the writer; false when nothing came for so long. */
static bool wait_for_writer(struct desk *desk, int timeout_ms)
{
    struct job *job;
    struct pollfd fd = {.fd = writer_fd(desk->room.writer), .events = POLLIN};
    if (poll(&fd, 1, timeout_ms) <= 0)
        return false;
    while ((job = writer_next(desk->room.writer)))
        job->done(job, NULL);
    return true;
}

static struct secrets_event make(struct desk *desk, struct fact_id person, struct fact_id by)
{
    assert_int_equal(secrets_make_code(desk->room.secrets, person, by), RC_OK);
    return keyroom_hear(&desk->room);
}

static int64_t codes(struct house *house)
{
    char sql[80];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM fact WHERE kind=%d", FACT_CODE_SET);
    return house_number(house, sql);
}

static void tap(struct desk *desk)
{
    struct badge badge;
    assert_int_equal(badge_from_reader(HOUSE_ADA, &badge), RC_OK);
    assert_true(taps_badge(desk->taps, &badge, TAP_CLAIM_NONE, (struct fact_id){0, 0}));
}

/* --- beside taps --- */

static void a_tap_is_answered_while_a_code_is_sealed(void **state)
{
    struct desk *desk = *state;
    struct secrets_event event;
    struct taps_event answer;
    hold();
    assert_int_equal(secrets_make_code(desk->room.secrets, CHLOE(desk), ADA(desk)), RC_OK);
    wait_until_held();
    tap(desk);
    while (taps_next(desk->taps, &answer))
        assert_true(wait_for_writer(desk, 10000));
    assert_int_equal(answer.answer.kind, ANSWER_ARRIVAL);
    assert_int_equal(secrets_next(desk->room.secrets, &event), RC_EMPTY);
    let_go();
    assert_true(keyroom_hear(&desk->room).is_right);
}

static void seal(struct job *job, struct journal *journal)
{
    char sealed[SECRET_SEALED_BYTES];
    (void)job;
    assert_int_equal(secret_seal_alike(journal_key(journal), TAKEN, sealed), RC_OK);
}

static void nothing(struct job *job, void *context)
{
    (void)job;
    (void)context;
}

/* The control: where the writer seals, whoever taps waits. */
static void a_tap_waits_for_what_the_writer_seals(void **state)
{
    struct desk *desk = *state;
    struct job job = {.run = seal, .done = nothing};
    struct taps_event answer;
    hold();
    assert_int_equal(writer_submit(desk->room.writer, &job), RC_OK);
    wait_until_held();
    tap(desk);
    assert_false(wait_for_writer(desk, HASH_FOR_EVER_MS));
    assert_int_equal(taps_next(desk->taps, &answer), RC_EMPTY);
    let_go();
    while (taps_next(desk->taps, &answer))
        assert_true(wait_for_writer(desk, 10000));
    assert_int_equal(answer.answer.kind, ANSWER_ARRIVAL);
}

/* --- what is made --- */

static void a_new_code_is_told_after_it_is_on_disk_and_lets_its_owner_in(void **state)
{
    struct desk *desk = *state;
    struct secrets_event event = make(desk, CHLOE(desk), ADA(desk));
    assert_int_equal(event.rc, RC_OK);
    assert_true(event.is_new && event.is_right);
    assert_true(fact_id_is_same(event.person, CHLOE(desk)));
    assert_int_equal(hashed, 1);
    assert_int_equal(secrets_try_code(desk->room.secrets, event.made, NULL, 0), RC_OK);
    struct secrets_event tried = keyroom_hear(&desk->room);
    assert_false(tried.is_new);
    assert_true(tried.is_right);
    assert_true(fact_id_is_same(tried.person, CHLOE(desk)));
    assert_string_equal(tried.made, "");
    move_out(desk);
    assert_int_equal(codes(desk->room.house), 2);
    assert_true(house_holds(desk->room.house));
}

static void a_code_that_somebody_has_is_made_again(void **state)
{
    struct desk *desk = *state;
    taken = 2;
    struct secrets_event event = make(desk, CHLOE(desk), ADA(desk));
    assert_int_equal(event.rc, RC_OK);
    assert_int_equal(hashed, 3);
    assert_int_equal(secrets_try_code(desk->room.secrets, TAKEN, NULL, 0), RC_OK);
    assert_true(fact_id_is_same(keyroom_hear(&desk->room).person, BILAL(desk)));
    move_out(desk);
    assert_int_equal(codes(desk->room.house), 2);
    assert_true(house_holds(desk->room.house));
}

static void when_all_are_somebodys_none_is_given(void **state)
{
    struct desk *desk = *state;
    taken = SECRETS_MAKING_MAX;
    struct secrets_event event = make(desk, CHLOE(desk), ADA(desk));
    assert_int_equal(event.rc, RC_BUSY);
    assert_false(event.is_right);
    assert_string_equal(event.made, "");
    assert_int_equal(hashed, SECRETS_MAKING_MAX);
    move_out(desk);
    assert_int_equal(codes(desk->room.house), 1);
}

static void who_may_not_gives_none_and_hears_why(void **state)
{
    struct desk *desk = *state;
    struct secrets_event event = make(desk, CHLOE(desk), BILAL(desk));
    assert_int_equal(event.rc, RC_REFUSED);
    assert_string_equal(event.made, "");
    assert_non_null(strstr(event.why.text, "does not open this"));
    event = make(desk, (struct fact_id){1, 1}, ADA(desk));
    assert_int_equal(event.rc, RC_NOT_FOUND);
    assert_non_null(strstr(event.why.text, "not in the register"));
    move_out(desk);
    assert_int_equal(codes(desk->room.house), 1);
}

static void nothing_else_is_tried_or_made_meanwhile(void **state)
{
    struct desk *desk = *state;
    hold();
    assert_int_equal(secrets_make_code(desk->room.secrets, CHLOE(desk), ADA(desk)), RC_OK);
    assert_false(secrets_is_idle(desk->room.secrets));
    assert_int_equal(secrets_make_code(desk->room.secrets, BILAL(desk), ADA(desk)), RC_BUSY);
    assert_int_equal(secrets_try_code(desk->room.secrets, TAKEN, NULL, 0), RC_BUSY);
    assert_int_equal(secrets_try_pin(desk->room.secrets, ADA(desk), "1234"), RC_BUSY);
    let_go();
    assert_true(fact_id_is_same(keyroom_hear(&desk->room).person, CHLOE(desk)));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_tap_is_answered_while_a_code_is_sealed),
        TEST(a_tap_waits_for_what_the_writer_seals),
        TEST(a_new_code_is_told_after_it_is_on_disk_and_lets_its_owner_in),
        TEST(a_code_that_somebody_has_is_made_again),
        TEST(when_all_are_somebodys_none_is_given),
        TEST(who_may_not_gives_none_and_hears_why),
        TEST(nothing_else_is_tried_or_made_meanwhile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
