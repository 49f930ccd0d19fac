/* A bus and a udisks that die, hang and say what nobody should. */
#include "firmware/linux/stick_udisks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <inttypes.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "firmware/base/utf8.h"
#include "tests/support/message_bus.h"
#include "tests/support/real.h"
#include "tests/support/usb.h"

static void without_a_bus_it_is_quiet_and_finds_one_that_comes_late(void **state)
{
    (void)state;
    for (int i = 0; i < 2000; i++)
        assert_int_equal(usb_step(&(struct stick_event){0}), RC_EMPTY);
    assert_int_equal(stick_take(usb.stick, usb.now_ms), RC_NOT_FOUND);
    assert_true(message_bus_start());
    for (int i = 0; i < 1000; i++)
        assert_int_equal(usb_step(&(struct stick_event){0}), RC_EMPTY);
    usb_plug();
    usb_start_service();
    usb_expect(STICK_PLUGGED);
}

static void a_udisks_that_restarts_takes_no_stick_away(void **state)
{
    (void)state;
    usb_plug_and_take();
    udisks_sim_stop();
    for (int i = 0; i < 100; i++)
        assert_int_equal(usb_step(&(struct stick_event){0}), RC_EMPTY);
    usb_start_service();
    usb_expect_nothing(1);
    assert_int_equal(stick_let_go(usb.stick, usb.now_ms), RC_OK);
    usb_expect(STICK_LET_GO);
}

static void a_udisks_that_dies_takes_the_stick_with_it_after_a_while(void **state)
{
    (void)state;
    usb_plug_and_take();
    udisks_sim_stop();
    usb_expect(STICK_PULLED);
    usb_start_service();
    usb_expect(STICK_PLUGGED);
}

static void a_udisks_that_dies_while_it_mounts_is_told(void **state)
{
    (void)state;
    usb_plug();
    usb_expect(STICK_PLUGGED);
    udisks_sim.is_deaf = true;
    usb_take();
    for (int i = 0; i < 20; i++)
        assert_int_equal(usb_step(&(struct stick_event){0}), RC_EMPTY);
    udisks_sim_stop();
    usb_expect_refused(STICK_USABLE, "udisks2 went away; try again");
}

static void a_bus_that_dies_is_found_again(void **state)
{
    (void)state;
    usb_plug_and_take();
    udisks_sim_stop();
    message_bus_stop();
    usb_expect(STICK_PULLED);
    assert_true(message_bus_start());
    usb_start_service();
    usb_expect(STICK_PLUGGED);
}

static void a_udisks_that_is_deaf_is_given_up(void **state)
{
    (void)state;
    usb_plug();
    usb_expect(STICK_PLUGGED);
    udisks_sim.is_deaf = true;
    usb_take();
    for (int i = 0; i < 20; i++)
        assert_int_equal(usb_step(&(struct stick_event){0}), RC_EMPTY);
    usb.now_ms += STICK_UDISKS_PATIENCE_MS;
    assert_true(stick_due_ms(usb.stick) <= usb.now_ms);
    usb_expect_refused(STICK_USABLE, "no answer");
    udisks_sim.is_deaf = false;
    usb_take();
    usb_expect(STICK_TAKEN);
}

static void lists_that_never_come_or_are_nonsense_hold_nobody_up(void **state)
{
    (void)state;
    udisks_sim.is_deaf_to_lists = true;
    usb_plug();
    for (int i = 0; i < 50; i++)
        assert_int_equal(usb_step(&(struct stick_event){0}), RC_EMPTY);
    usb.now_ms += STICK_UDISKS_LIST_MS;
    assert_int_equal(usb_step(&(struct stick_event){0}), RC_EMPTY);
    udisks_sim_lock();
    udisks_sim.is_deaf_to_lists = false;
    udisks_sim.tells_nonsense = true;
    udisks_sim_unlock();
    usb.now_ms += STICK_UDISKS_RETRY_MS;
    usb_expect_nothing(1);
    udisks_sim_lock();
    udisks_sim.tells_nonsense = false;
    udisks_sim_unlock();
    usb_expect(STICK_PLUGGED);
}

/* Somebody listens at the bus's place and never says a word. */
static void a_bus_that_hangs_holds_nobody_up(void **state)
{
    struct sockaddr_un place = {.sun_family = AF_UNIX};
    (void)state;
    snprintf(place.sun_path, sizeof place.sun_path, "%s/bus", usb.folder);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&place, sizeof place), 0);
    assert_int_equal(listen(fd, 1), 0);
    for (int i = 0; i < 500; i++)
        assert_int_equal(usb_step(&(struct stick_event){0}), RC_EMPTY);
    for (int i = 0; i < 4; i++) {
        usb.now_ms += STICK_UDISKS_LIST_MS;
        assert_int_equal(usb_step(&(struct stick_event){0}), RC_EMPTY);
    }
    print_message("longest call %" PRId64 " us\n", usb.longest_us);
    close(fd);
}

static void a_hostile_label_is_made_fit_to_show(void **state)
{
    static const struct {
        const char *label, *shown;
    } rows[] = {
        {"  two   words \t", "two words"},
        {"\n\r\x1b[31mred\x07", "[31mred"},
        {"abc\xe2\x80\xaegpj.exe", "abcgpj.exe"}, /* turned around */
        {"%s%n<b>\"'\\", "%s%n<b>\"'\\"},
        {"\xc3\xa9\xc3\xa8\xce\xb1", "\xc3\xa9\xc3\xa8\xce\xb1"},
    };
    static char endless[40001];
    struct udisks_sim_block part = usb_usual_part;
    (void)state;
    for (size_t i = 0; i <= sizeof rows / sizeof rows[0]; i++) {
        for (size_t j = 0; j + 2 < sizeof endless; j += 2)
            memcpy(endless + j, "\xc3\xa9", 2);
        bool is_endless = i == sizeof rows / sizeof rows[0];
        part.label = is_endless ? endless : rows[i].label;
        udisks_sim_add_drive(&usb_usual_drive);
        udisks_sim_add_block(&usb_usual_disk);
        udisks_sim_add_block(&part);
        struct stick_event event = usb_expect(STICK_PLUGGED);
        if (is_endless) {
            assert_int_equal(strlen(event.info.label), 62);
            assert_true(utf8_is_valid(event.info.label, 62));
        } else
            assert_string_equal(event.info.label, rows[i].shown);
        udisks_sim_remove("Perron_Stick_1");
        usb_expect(STICK_PULLED);
    }
}

static void names_of_any_length_do_no_harm(void **state)
{
    static char name[300], type[5000];
    struct udisks_sim_block part = usb_usual_part;
    (void)state;
    memset(name, 'x', sizeof name - 1);
    memset(type, 'y', sizeof type - 1);
    udisks_sim_add_drive(&(struct udisks_sim_drive){.name = name});
    part.drive = name;
    udisks_sim_add_block(&part);
    usb_expect_nothing(1);
    part = usb_usual_part;
    part.type = type;
    udisks_sim_add_drive(&usb_usual_drive);
    udisks_sim_add_block(&usb_usual_disk);
    udisks_sim_add_block(&part);
    struct stick_event event = usb_expect(STICK_PLUGGED);
    assert_int_equal(event.info.trouble, STICK_FOREIGN);
    assert_int_equal(strlen(event.info.file_system), sizeof event.info.file_system - 1);
}

static void a_huge_tree_of_objects_is_read_and_the_stick_found_in_it(void **state)
{
    (void)state;
    udisks_sim.strangers = 5000;
    usb_plug();
    usb_start_service();
    usb_expect(STICK_PLUGGED);
    print_message("5000 objects more: longest call %" PRId64 " us\n", usb.longest_us);
}

static void hundreds_of_partitions_and_drives_do_no_harm(void **state)
{
    static char names[UDISKS_SIM_BLOCKS][16];
    struct udisks_sim_block part = usb_usual_part;
    (void)state;
    usb_plug();
    for (int i = 0; i < 300; i++) {
        snprintf(names[i], sizeof names[i], "sdb%d", i + 2);
        part.name = names[i];
        udisks_sim_add_block(&part);
    }
    for (int i = 0; i < 70; i++) {
        snprintf(names[300 + i], sizeof names[0], "Many%d", i);
        udisks_sim_add_drive(
            &(struct udisks_sim_drive){.name = names[300 + i], .detected_us = 9000 + (unsigned)i});
    }
    usb_start_service();
    assert_int_equal(usb_expect(STICK_PLUGGED).info.trouble, STICK_SEVERAL);
}

static void who_closes_it_lets_it_go_and_waits_for_nothing(void **state)
{
    (void)state;
    usb_plug_and_take();
    udisks_sim.is_deaf = true;
    int64_t begun_us = real_us();
    stick_close(usb.stick);
    usb.stick = NULL;
    assert_true(real_us() - begun_us < USB_PATIENCE_MS * 1000);
    for (int64_t end_us = real_us() + USB_PATIENCE_MS * 1000; real_us() < end_us; real_pause_ms(2))
        if (usb_was_asked("Unmount"))
            return;
    fail_msg("it was not let go");
}

int main(void)
{
#define WITH_SERVICE(test)                                                                         \
    cmocka_unit_test_setup_teardown(test, usb_set_up_with_service, usb_tear_down)
#define ON_BUS(test) cmocka_unit_test_setup_teardown(test, usb_set_up_with_bus, usb_tear_down)
#define ALONE(test) cmocka_unit_test_setup_teardown(test, usb_set_up, usb_tear_down)
    const struct CMUnitTest tests[] = {
        ALONE(without_a_bus_it_is_quiet_and_finds_one_that_comes_late),
        WITH_SERVICE(a_udisks_that_restarts_takes_no_stick_away),
        WITH_SERVICE(a_udisks_that_dies_takes_the_stick_with_it_after_a_while),
        WITH_SERVICE(a_udisks_that_dies_while_it_mounts_is_told),
        WITH_SERVICE(a_bus_that_dies_is_found_again),
        WITH_SERVICE(a_udisks_that_is_deaf_is_given_up),
        WITH_SERVICE(lists_that_never_come_or_are_nonsense_hold_nobody_up),
        ALONE(a_bus_that_hangs_holds_nobody_up),
        WITH_SERVICE(a_hostile_label_is_made_fit_to_show),
        WITH_SERVICE(names_of_any_length_do_no_harm),
        ON_BUS(a_huge_tree_of_objects_is_read_and_the_stick_found_in_it),
        ON_BUS(hundreds_of_partitions_and_drives_do_no_harm),
        WITH_SERVICE(who_closes_it_lets_it_go_and_waits_for_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
