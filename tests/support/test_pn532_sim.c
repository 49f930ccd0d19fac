/* The simulated PN532 at the end of a socket: frames in, frames out, and what becomes of the wire.
 */
#include "tests/support/pn532_sim.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/real.h"

#define LONG_MS 20000
#define SOON_MS 100

#define FOUND_BYTES 22 /* of the answer that tells of one card with seven bytes */

static int wire;
static struct pn532_sim *sim;

/* UM0701-02, 6.2.1: preamble, start, length, its sum, data, its sum, postamble. */
static const uint8_t wake[] = {0x55, 0x55, 0, 0, 0, 0, 0, 0, 0, 0};
static const uint8_t sam_configuration[] = {0, 0, 0xff, 3, 0xfd, 0xd4, 0x14, 1, 0x17, 0};
static const uint8_t list_target[] = {0, 0, 0xff, 4, 0xfc, 0xd4, 0x4a, 1, 0, 0xe1, 0};
static const uint8_t ack[] = {0, 0, 0xff, 0, 0xff, 0};
static const uint8_t uid[] = {0x04, 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6};

static int set_up(void **state)
{
    int pair[2];
    (void)state;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
        return -1;
    wire = pair[1];
    return pn532_sim_open_socket(pair[0], false, &sim) ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    pn532_sim_close(sim);
    if (wire >= 0)
        close(wire);
    return 0;
}

static void say(const uint8_t *bytes, size_t length)
{
    assert_int_equal(send(wire, bytes, length, MSG_NOSIGNAL), length);
}

/* Reads until `wanted` bytes are there; how many came. */
static size_t hear(uint8_t *out_bytes, size_t wanted, int limit_ms)
{
    int64_t until_ms = real_ms() + limit_ms;
    size_t heard = 0;
    while (heard < wanted && real_ms() < until_ms) {
        struct pollfd fd = {.fd = wire, .events = POLLIN};
        if (poll(&fd, 1, (int)(until_ms - real_ms())) != 1)
            continue;
        ssize_t got = recv(wire, out_bytes + heard, wanted - heard, 0);
        if (got <= 0)
            break;
        heard += (size_t)got;
    }
    return heard;
}

static void expect_ack(void)
{
    uint8_t bytes[sizeof ack];
    assert_int_equal(hear(bytes, sizeof bytes, LONG_MS), sizeof bytes);
    assert_memory_equal(bytes, ack, sizeof ack);
}

static void wake_up(void)
{
    static const uint8_t done[] = {0, 0, 0xff, 2, 0xfe, 0xd5, 0x15, 0x16, 0};
    uint8_t bytes[sizeof done];
    say(wake, sizeof wake);
    say(sam_configuration, sizeof sam_configuration);
    expect_ack();
    assert_int_equal(hear(bytes, sizeof bytes, LONG_MS), sizeof bytes);
    assert_memory_equal(bytes, done, sizeof done);
}

/* Asks for a card; true: one with our UID lies there. */
static bool finds_the_card(void)
{
    uint8_t bytes[64];
    say(list_target, sizeof list_target);
    expect_ack();
    size_t heard = hear(bytes, FOUND_BYTES, LONG_MS);
    return heard == FOUND_BYTES && memmem(bytes, heard, uid, sizeof uid);
}

static void a_card_is_found_over_a_socket(void **state)
{
    (void)state;
    wake_up();
    pn532_sim_tap(sim, uid, sizeof uid);
    assert_true(finds_the_card());
    assert_int_equal(pn532_sim_commands(sim), 2);
    assert_true(pn532_sim_seen_us(sim) > 0);
}

static void one_that_falls_silent_says_nothing(void **state)
{
    uint8_t byte;
    (void)state;
    wake_up();
    pn532_sim_fault(sim, PN532_SILENT);
    say(sam_configuration, sizeof sam_configuration);
    assert_int_equal(hear(&byte, 1, SOON_MS), 0);
    pn532_sim_fault(sim, PN532_WELL);
    wake_up();
}

static void what_is_said_while_the_wires_are_loose_is_lost(void **state)
{
    uint8_t byte;
    (void)state;
    wake_up();
    pn532_sim_unplug(sim);
    say(sam_configuration, sizeof sam_configuration);
    assert_int_equal(hear(&byte, 1, SOON_MS), 0);
    assert_int_equal(pn532_sim_plug(sim), RC_OK);
    assert_int_equal(hear(&byte, 1, SOON_MS), 0);
    /* without power it fell asleep, and hears nothing until it is woken */
    say(sam_configuration, sizeof sam_configuration);
    assert_int_equal(hear(&byte, 1, SOON_MS), 0);
    wake_up();
    pn532_sim_tap(sim, uid, sizeof uid);
    assert_true(finds_the_card());
}

/* A machine whose power is cut: the simulator neither dies of it (SIGPIPE) nor turns in circles. */
static void who_hangs_up_ends_the_talk_alone(void **state)
{
    (void)state;
    wake_up();
    pn532_sim_fault(sim, PN532_NACKS); /* which it sends all the time */
    shutdown(wire, SHUT_RD);           /* so that it writes to nobody before it reads of the end */
    real_pause_ms(SOON_MS);
    close(wire);
    wire = -1;
    int64_t until_ms = real_ms() + LONG_MS;
    enum rc rc = RC_OK;
    while (rc != RC_GONE && real_ms() < until_ms) {
        pn532_sim_unplug(sim);
        rc = pn532_sim_plug(sim);
    }
    assert_int_equal(rc, RC_GONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_card_is_found_over_a_socket),
        TEST(one_that_falls_silent_says_nothing),
        TEST(what_is_said_while_the_wires_are_loose_is_lost),
        TEST(who_hangs_up_ends_the_talk_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
