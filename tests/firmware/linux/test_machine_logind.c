/* A real message bus of the test's own, with a stand-in for systemd's two services on it. */
#include "firmware/linux/machine_logind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <inttypes.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

#include "tests/support/message_bus.h"
#include "tests/support/real.h"

#define PATIENCE_MS 15000
#define WALL_MS 1795600000123
#define DENIED "org.freedesktop.DBus.Error.AccessDenied"

static const char *folder;
static struct machine *machine;
static int64_t now_ms; /* the loop's clock, which the tests turn */

/* --- the stand-in, on a thread of its own --- */

static struct {
    pthread_t thread;
    pthread_mutex_t lock;
    bool is_running, is_stopping, is_ready;
    char log[1024];           /* what was asked of it, a line each */
    const char *error;        /* what every call is answered with; NULL: success */
    const char *error_at_ntp; /* the same, of SetTime while no time server is asked */
    bool is_ntp, is_deaf;
} fake = {.lock = PTHREAD_MUTEX_INITIALIZER};

static int answer(sd_bus_message *message, const char *error)
{
    if (fake.is_deaf)
        return 1;
    return error ? sd_bus_reply_method_errorf(message, error, "told by the stand-in")
                 : sd_bus_reply_method_return(message, "");
}

static void note(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void note(const char *format, ...)
{
    va_list arguments;
    pthread_mutex_lock(&fake.lock);
    size_t used = strlen(fake.log);
    va_start(arguments, format);
    vsnprintf(fake.log + used, sizeof fake.log - used, format, arguments);
    va_end(arguments);
    pthread_mutex_unlock(&fake.lock);
}

static int take_power(sd_bus_message *message, void *context, sd_bus_error *error)
{
    int is_interactive = -1;
    (void)context;
    (void)error;
    sd_bus_message_read(message, "b", &is_interactive);
    note("%s %d\n", sd_bus_message_get_member(message), is_interactive);
    return answer(message, fake.error);
}

static int take_time(sd_bus_message *message, void *context, sd_bus_error *error)
{
    int64_t wall_us = -1;
    int is_relative = -1, is_interactive = -1;
    (void)context;
    (void)error;
    sd_bus_message_read(message, "xbb", &wall_us, &is_relative, &is_interactive);
    note("SetTime %" PRId64 " %d %d\n", wall_us, is_relative, is_interactive);
    if (fake.is_ntp)
        return answer(message, "org.freedesktop.timedate1.AutomaticTimeSyncEnabled");
    return answer(message, fake.error_at_ntp ? fake.error_at_ntp : fake.error);
}

static int take_ntp(sd_bus_message *message, void *context, sd_bus_error *error)
{
    int is_on = -1, is_interactive = -1;
    (void)context;
    (void)error;
    sd_bus_message_read(message, "bb", &is_on, &is_interactive);
    note("SetNTP %d %d\n", is_on, is_interactive);
    if (!fake.error)
        fake.is_ntp = is_on;
    return answer(message, fake.error);
}

static int take_start(sd_bus_message *message, void *context, sd_bus_error *error)
{
    const char *unit = "", *mode = "";
    (void)context;
    (void)error;
    sd_bus_message_read(message, "ss", &unit, &mode);
    note("StartUnit %s %s\n", unit, mode);
    if (fake.error || fake.is_deaf)
        return answer(message, fake.error);
    return sd_bus_reply_method_return(message, "o", "/org/freedesktop/systemd1/job/7");
}

static const sd_bus_vtable login_table[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Reboot", "b", "", take_power, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("PowerOff", "b", "", take_power, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_VTABLE_END,
};
static const sd_bus_vtable systemd_table[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("StartUnit", "ss", "o", take_start, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_VTABLE_END,
};
static const sd_bus_vtable time_table[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("SetTime", "xbb", "", take_time, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("SetNTP", "bb", "", take_ntp, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_VTABLE_END,
};

static sd_bus *connect_fake(void)
{
    sd_bus *bus = message_bus_connect("org.freedesktop.login1");
    if (!bus ||
        sd_bus_add_object_vtable(bus, NULL, "/org/freedesktop/login1",
                                 "org.freedesktop.login1.Manager", login_table, NULL) < 0 ||
        sd_bus_add_object_vtable(bus, NULL, "/org/freedesktop/timedate1",
                                 "org.freedesktop.timedate1", time_table, NULL) < 0 ||
        sd_bus_add_object_vtable(bus, NULL, "/org/freedesktop/systemd1",
                                 "org.freedesktop.systemd1.Manager", systemd_table, NULL) < 0 ||
        sd_bus_request_name(bus, "org.freedesktop.systemd1", 0) < 0 ||
        sd_bus_request_name(bus, "org.freedesktop.timedate1", 0) < 0)
        return sd_bus_close_unref(bus);
    return bus;
}

static bool is_over(void)
{
    pthread_mutex_lock(&fake.lock);
    bool is_stopping = fake.is_stopping;
    pthread_mutex_unlock(&fake.lock);
    return is_stopping;
}

static void *serve(void *unused)
{
    sd_bus *bus = connect_fake();
    pthread_mutex_lock(&fake.lock);
    fake.is_ready = bus != NULL;
    pthread_mutex_unlock(&fake.lock);
    while (bus && !is_over()) {
        int more = sd_bus_process(bus, NULL);
        if (more < 0)
            break;
        if (!more)
            sd_bus_wait(bus, 5000);
    }
    sd_bus_close_unref(bus);
    return unused;
}

static void stop_fake(void)
{
    if (!fake.is_running)
        return;
    pthread_mutex_lock(&fake.lock);
    fake.is_stopping = true;
    pthread_mutex_unlock(&fake.lock);
    pthread_join(fake.thread, NULL);
    fake.is_running = false;
}

static void start_fake(void)
{
    fake.is_stopping = fake.is_ready = fake.is_ntp = fake.is_deaf = false;
    fake.error = fake.error_at_ntp = NULL;
    fake.log[0] = 0;
    fake.is_running = pthread_create(&fake.thread, NULL, serve, NULL) == 0;
    for (int64_t end_us = real_us() + PATIENCE_MS * 1000; real_us() < end_us; poll(NULL, 0, 2)) {
        pthread_mutex_lock(&fake.lock);
        bool is_ready = fake.is_ready;
        pthread_mutex_unlock(&fake.lock);
        if (is_ready)
            return;
    }
    fail_msg("the stand-in found no bus");
}

/* --- what is there --- */

static int set_up(void **state)
{
    (void)state;
    folder = message_bus_make();
    if (!folder)
        return -1;
    now_ms = 5000;
    return machine_open_logind("", folder, &machine);
}

static int set_up_with_services(void **state)
{
    if (set_up(state) || !message_bus_start())
        return -1;
    start_fake();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    machine_close(machine);
    stop_fake();
    message_bus_remove();
    return 0;
}

/* --- what the station does --- */

/* The loop until a request is answered. Its clock goes on by 10 ms each round. */
static struct machine_event wait_for_event(void)
{
    struct machine_event event;
    for (int64_t end_us = real_us() + PATIENCE_MS * 1000; real_us() < end_us; poll(NULL, 0, 1)) {
        assert_true(machine_due_ms(machine) <= now_ms + 10);
        now_ms += 10;
        enum rc rc = machine_next(machine, now_ms, &event);
        if (!rc) {
            assert_true(machine_due_ms(machine) == INT64_MAX);
            return event;
        }
        assert_int_equal(rc, RC_EMPTY);
    }
    fail_msg("no answer came");
    abort();
}

static void expect(enum machine_act act, enum rc rc, const char *why)
{
    struct machine_event event = wait_for_event();
    assert_int_equal(event.act, act);
    if (event.rc != rc || !strstr(event.why.text, why) || !event.why.text[0] != !rc)
        fail_msg("%s: '%s', not '%s'", rc_text(event.rc), event.why.text, why);
}

static void restart_and_power_off_reach_the_system_and_ask_for_no_password(void **state)
{
    (void)state;
    assert_true(machine_due_ms(machine) == INT64_MAX);
    assert_int_equal(machine_restart(machine, now_ms, NULL), RC_OK);
    expect(MACHINE_RESTART, RC_OK, "");
    assert_int_equal(machine_power_off(machine, now_ms, NULL), RC_OK);
    expect(MACHINE_POWER_OFF, RC_OK, "");
    assert_string_equal(fake.log, "Reboot 0\nPowerOff 0\n");
}

static void an_update_starts_one_unit_and_no_other(void **state)
{
    (void)state;
    assert_int_equal(machine_update(machine, now_ms, NULL), RC_OK);
    expect(MACHINE_UPDATE, RC_OK, "");
    assert_string_equal(fake.log, "StartUnit perron-update.service replace\n");
    fake.error = "org.freedesktop.systemd1.NoSuchUnit";
    assert_int_equal(machine_update(machine, now_ms, NULL), RC_OK);
    expect(MACHINE_UPDATE, RC_UNSUPPORTED, "perron-update.service is not on this system");
    fake.error = DENIED;
    assert_int_equal(machine_update(machine, now_ms, NULL), RC_OK);
    expect(MACHINE_UPDATE, RC_REFUSED, "the update could not be begun: the system does not allow");
}

static void the_clock_is_set_to_the_microsecond(void **state)
{
    (void)state;
    assert_int_equal(machine_set_wall_ms(machine, WALL_MS, now_ms, NULL), RC_OK);
    expect(MACHINE_SET_CLOCK, RC_OK, "");
    assert_string_equal(fake.log, "SetTime 1795600000123000 0 0\n");
}

/* timedated refuses while a time server keeps the clock, even one that nobody can reach. */
static void a_clock_kept_by_a_time_server_is_set_all_the_same(void **state)
{
    int64_t first, second, begun_ms = now_ms;
    (void)state;
    fake.is_ntp = true;
    assert_int_equal(machine_set_wall_ms(machine, WALL_MS, now_ms, NULL), RC_OK);
    expect(MACHINE_SET_CLOCK, RC_OK, "");
    assert_int_equal(sscanf(fake.log,
                            "SetTime %" SCNd64 " 0 0\nSetNTP 0 0\nSetTime %" SCNd64
                            " 0 0\nSetNTP 1 0\n",
                            &first, &second),
                     2);
    assert_true(first == WALL_MS * 1000);
    assert_in_range(second, first, first + (now_ms - begun_ms) * 1000);
    assert_true(fake.is_ntp);
}

static void time_servers_are_asked_again_even_where_the_clock_could_not_be_set(void **state)
{
    (void)state;
    fake.is_ntp = true;
    fake.error_at_ntp = DENIED;
    assert_int_equal(machine_set_wall_ms(machine, WALL_MS, now_ms, NULL), RC_OK);
    expect(MACHINE_SET_CLOCK, RC_REFUSED, "the clock could not be set: the system does not allow");
    assert_true(fake.is_ntp);
}

static void a_time_server_that_may_not_be_interrupted_is_told(void **state)
{
    (void)state;
    fake.is_ntp = true;
    fake.error = DENIED;
    assert_int_equal(machine_set_wall_ms(machine, WALL_MS, now_ms, NULL), RC_OK);
    expect(MACHINE_SET_CLOCK, RC_REFUSED, "does not allow it");
    assert_true(strstr(fake.log, "SetNTP 1") == NULL);
}

static void a_time_that_cannot_be_meant_is_refused_at_once(void **state)
{
    struct reason reason = {.text = ""};
    (void)state;
    assert_int_equal(machine_set_wall_ms(machine, 0, now_ms, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, "2020"));
    assert_int_equal(machine_set_wall_ms(machine, INT64_MAX, now_ms, NULL), RC_BAD_INPUT);
    assert_string_equal(fake.log, "");
}

static void each_refusal_has_a_sentence(void **state)
{
    static const struct {
        const char *error;
        enum rc rc;
        const char *why;
    } rows[] = {
        {DENIED, RC_REFUSED, "could not be restarted: the system does not allow it"},
        {"org.freedesktop.DBus.Error.InteractiveAuthorizationRequired", RC_REFUSED, "polkit"},
        {"org.freedesktop.login1.OperationInProgress", RC_BUSY, "going down already"},
        {"org.freedesktop.DBus.Error.UnknownMethod", RC_UNSUPPORTED, "too old"},
        {"org.freedesktop.DBus.Error.NoReply", RC_TIMEOUT, "gave no answer"},
        {"org.example.Odd", RC_IO, "could not be restarted: told by the stand-in"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        fake.error = rows[i].error;
        assert_int_equal(machine_restart(machine, now_ms, NULL), RC_OK);
        expect(MACHINE_RESTART, rows[i].rc, rows[i].why);
    }
}

static void one_request_at_a_time(void **state)
{
    struct reason reason = {.text = ""};
    (void)state;
    assert_int_equal(machine_restart(machine, now_ms, NULL), RC_OK);
    assert_int_equal(machine_power_off(machine, now_ms, &reason), RC_BUSY);
    assert_non_null(strstr(reason.text, "still busy"));
    expect(MACHINE_RESTART, RC_OK, "");
    assert_int_equal(machine_power_off(machine, now_ms, NULL), RC_OK);
    expect(MACHINE_POWER_OFF, RC_OK, "");
}

static void without_a_bus_it_says_so_at_once(void **state)
{
    struct reason reason = {.text = ""};
    struct machine_event event;
    (void)state;
    assert_int_equal(machine_restart(machine, now_ms, &reason), RC_UNSUPPORTED);
    assert_non_null(strstr(reason.text, "could not be restarted: the system's message bus"));
    assert_true(machine_due_ms(machine) == INT64_MAX);
    assert_int_equal(machine_next(machine, now_ms, &event), RC_EMPTY);
    assert_true(message_bus_start()); /* and one that came later is found */
    start_fake();
    assert_int_equal(machine_restart(machine, now_ms, NULL), RC_OK);
    expect(MACHINE_RESTART, RC_OK, "");
}

static void a_system_without_systemd_says_so(void **state)
{
    (void)state;
    assert_true(message_bus_start());
    assert_int_equal(machine_power_off(machine, now_ms, NULL), RC_OK);
    expect(MACHINE_POWER_OFF, RC_UNSUPPORTED, "could not be shut down: systemd's service");
}

static void a_service_that_answers_nothing_is_given_up(void **state)
{
    (void)state;
    fake.is_deaf = true;
    assert_int_equal(machine_restart(machine, now_ms, NULL), RC_OK);
    for (int i = 0; i < 20; i++, poll(NULL, 0, 1))
        (void)!machine_next(machine, now_ms, &(struct machine_event){0});
    now_ms += MACHINE_LOGIND_PATIENCE_MS;
    expect(MACHINE_RESTART, RC_TIMEOUT, "gave no answer; try again");
}

static void a_bus_that_dies_meanwhile_is_told(void **state)
{
    (void)state;
    fake.is_deaf = true;
    assert_int_equal(machine_restart(machine, now_ms, NULL), RC_OK);
    for (int i = 0; i < 50; i++, poll(NULL, 0, 1))
        assert_int_equal(machine_next(machine, now_ms, &(struct machine_event){0}), RC_EMPTY);
    message_bus_stop();
    expect(MACHINE_RESTART, RC_TIMEOUT, "gave no answer"); /* sd-bus answers in its place */
}

/* Somebody listens at the bus's place and never says a word: no call may wait for it. */
static void a_bus_that_hangs_holds_nobody_up(void **state)
{
    struct sockaddr_un place = {.sun_family = AF_UNIX};
    int64_t longest_us = 0;
    (void)state;
    snprintf(place.sun_path, sizeof place.sun_path, "%s/bus", folder);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&place, sizeof place), 0);
    assert_int_equal(listen(fd, 1), 0);
    int64_t begun_us = real_us();
    assert_int_equal(machine_restart(machine, now_ms, NULL), RC_OK);
    longest_us = real_us() - begun_us;
    for (int i = 0; i < 100; i++) {
        begun_us = real_us();
        assert_int_equal(machine_next(machine, now_ms += 10, &(struct machine_event){0}), RC_EMPTY);
        longest_us = real_us() - begun_us > longest_us ? real_us() - begun_us : longest_us;
    }
    now_ms += MACHINE_LOGIND_PATIENCE_MS;
    expect(MACHINE_RESTART, RC_TIMEOUT, "gave no answer");
    print_message("longest call %" PRId64 " us\n", longest_us);
    close(fd);
}

static void who_closes_it_does_not_wait_for_an_answer(void **state)
{
    (void)state;
    fake.is_deaf = true;
    assert_int_equal(machine_restart(machine, now_ms, NULL), RC_OK);
    assert_int_equal(machine_next(machine, now_ms, &(struct machine_event){0}), RC_EMPTY);
    machine_close(machine);
    assert_int_equal(machine_open_logind("", folder, &machine), RC_OK);
}

int main(void)
{
#define ON_BUS(test) cmocka_unit_test_setup_teardown(test, set_up_with_services, tear_down)
#define ALONE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        ON_BUS(restart_and_power_off_reach_the_system_and_ask_for_no_password),
        ON_BUS(an_update_starts_one_unit_and_no_other),
        ON_BUS(the_clock_is_set_to_the_microsecond),
        ON_BUS(a_clock_kept_by_a_time_server_is_set_all_the_same),
        ON_BUS(time_servers_are_asked_again_even_where_the_clock_could_not_be_set),
        ON_BUS(a_time_server_that_may_not_be_interrupted_is_told),
        ON_BUS(a_time_that_cannot_be_meant_is_refused_at_once),
        ON_BUS(each_refusal_has_a_sentence),
        ON_BUS(one_request_at_a_time),
        ALONE(without_a_bus_it_says_so_at_once),
        ALONE(a_system_without_systemd_says_so),
        ON_BUS(a_service_that_answers_nothing_is_given_up),
        ON_BUS(a_bus_that_dies_meanwhile_is_told),
        ALONE(a_bus_that_hangs_holds_nobody_up),
        ON_BUS(who_closes_it_does_not_wait_for_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
