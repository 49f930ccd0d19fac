/* Two sticks, readers of cards, partitions: which one is meant. */
#include "firmware/linux/stick_udisks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/usb.h"

static void of_two_sticks_the_first_counts_until_it_is_gone(void **state)
{
    (void)state;
    usb_plug();
    usb_expect(STICK_PLUGGED);
    usb_plug_other(1); /* even one that says it came earlier */
    usb_expect_nothing(1);
    usb_take();
    usb_expect(STICK_TAKEN);
    udisks_sim_remove("Perron_Stick_1");
    usb_expect(STICK_PULLED);
    assert_string_equal(usb_expect(STICK_PLUGGED).info.label, "OTHER");
    usb_plug();
    usb_expect_nothing(1);
}

static void of_two_that_are_there_the_older_counts(void **state)
{
    (void)state;
    usb_plug();
    usb_plug_other(1000);
    usb_start_service();
    assert_string_equal(usb_expect(STICK_PLUGGED).info.label, "OTHER");
}

static void another_one_between_two_looks_is_told_as_gone_and_come(void **state)
{
    (void)state;
    usb_plug();
    usb_expect(STICK_PLUGGED);
    udisks_sim_remove("Perron_Stick_1");
    usb_plug(); /* with all the same names */
    usb_expect(STICK_PULLED);
    usb_expect(STICK_PLUGGED);
}

static void a_card_put_into_a_reader_is_another_stick(void **state)
{
    (void)state;
    usb_expect_nothing(1);
    udisks_sim_add_drive(&usb_usual_drive);
    udisks_sim_add_block(&(struct udisks_sim_block){
        .name = "sdb", .drive = "Perron_Stick_1", .major = 8, .minor = 16});
    assert_int_equal(usb_expect(STICK_PLUGGED).info.trouble, STICK_EMPTY);
    udisks_sim_lock();
    udisks_sim.blocks[0] = usb_usual_disk;
    udisks_sim_unlock();
    udisks_sim_add_block(&usb_usual_part);
    usb_expect(STICK_PULLED);
    assert_int_equal(usb_expect(STICK_PLUGGED).info.trouble, STICK_USABLE);
}

static void a_reader_of_cards_that_is_built_in_is_no_news(void **state)
{
    (void)state;
    udisks_sim_add_drive(&(struct udisks_sim_drive){.name = "Slot", .detected_us = 5});
    udisks_sim_add_block(
        &(struct udisks_sim_block){.name = "sdc", .drive = "Slot", .major = 8, .minor = 32});
    usb_start_service();
    usb_expect_nothing(1);
    usb_plug();
    assert_string_equal(usb_expect(STICK_PLUGGED).info.label, "AGORA");
}

static void partitions_that_come_singly_are_seen_together(void **state)
{
    struct udisks_sim_block part = usb_usual_part;
    (void)state;
    usb_expect_nothing(1);
    usb_plug();
    for (int i = 0; i < 20; i++)
        assert_int_equal(usb_step(&(struct stick_event){0}), RC_EMPTY);
    part.name = "sdb2";
    udisks_sim_add_block(&part);
    assert_int_equal(usb_expect(STICK_PLUGGED).info.trouble, STICK_SEVERAL);
}

int main(void)
{
#define WITH_SERVICE(test)                                                                         \
    cmocka_unit_test_setup_teardown(test, usb_set_up_with_service, usb_tear_down)
#define ON_BUS(test) cmocka_unit_test_setup_teardown(test, usb_set_up_with_bus, usb_tear_down)
    const struct CMUnitTest tests[] = {
        WITH_SERVICE(of_two_sticks_the_first_counts_until_it_is_gone),
        ON_BUS(of_two_that_are_there_the_older_counts),
        WITH_SERVICE(another_one_between_two_looks_is_told_as_gone_and_come),
        WITH_SERVICE(a_card_put_into_a_reader_is_another_stick),
        ON_BUS(a_reader_of_cards_that_is_built_in_is_no_news),
        WITH_SERVICE(partitions_that_come_singly_are_seen_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
