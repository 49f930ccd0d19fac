/* A stick is mounted as it must be or refused with a sentence, and let go with its power. */
#include "firmware/linux/stick_udisks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/usb.h"

#define UDISKS_ERROR "org.freedesktop.UDisks2.Error."

static void each_refusal_to_mount_has_a_sentence(void **state)
{
    static const struct {
        const char *error;
        enum stick_trouble trouble;
        const char *why;
    } rows[] = {
        {UDISKS_ERROR "NotAuthorized", STICK_NOT_ALLOWED,
         "polkit rule for org.freedesktop.udisks2.filesystem-mount"},
        {UDISKS_ERROR "NotAuthorizedCanObtain", STICK_NOT_ALLOWED, "filesystem-mount-other-seat"},
        {"org.freedesktop.DBus.Error.AccessDenied", STICK_NOT_ALLOWED, "polkit rule"},
        {UDISKS_ERROR "OptionNotPermitted", STICK_NOT_ALLOWED, "mount_options.conf"},
        {UDISKS_ERROR "Failed", STICK_DAMAGED, "told by the stand-in"},
        {UDISKS_ERROR "NotSupported", STICK_FOREIGN, "does not know its file system"},
        {UDISKS_ERROR "DeviceBusy", STICK_USABLE, "still uses it"},
        {UDISKS_ERROR "MountedByOtherUser", STICK_USABLE, "somebody else"},
        {"org.freedesktop.DBus.Error.UnknownMethod", STICK_USABLE, "try again"},
    };
    (void)state;
    usb_plug();
    usb_expect(STICK_PLUGGED);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        udisks_sim_lock();
        for (int j = 0; j < 3; j++)
            udisks_sim.mount_errors[j] = i % 3 == (size_t)j ? rows[i].error : "org.example.Late";
        udisks_sim_unlock();
        if (i % 3 == 0 && i) { /* its errors are in turn: another beginning for each three */
            udisks_sim_stop();
            usb_start_service();
        }
        usb_take();
        usb_expect_refused(rows[i].trouble, rows[i].why);
    }
}

static void a_kernel_without_the_file_system_does_not_make_it_damaged(void **state)
{
    (void)state;
    udisks_sim.mount_errors[0] = UDISKS_ERROR "Failed";
    udisks_sim.message = "Error mounting /dev/sdb1: unknown filesystem type 'vfat'";
    usb_plug();
    usb_expect(STICK_PLUGGED);
    usb_take();
    usb_expect_refused(STICK_FOREIGN, "unknown filesystem type");
}

static void one_that_is_mounted_already_is_taken_over(void **state)
{
    struct udisks_sim_block part = usb_usual_part;
    (void)state;
    part.mounted = "/media/ada/AGORA";
    udisks_sim_add_drive(&usb_usual_drive);
    udisks_sim_add_block(&usb_usual_disk);
    udisks_sim_add_block(&part);
    usb_expect(STICK_PLUGGED);
    usb_take();
    usb_expect(STICK_TAKEN);
    usb_expect_log(USB_UNMOUNT_LINE USB_MOUNT_LINE);
}

static void one_that_somebody_mounts_in_between_is_taken_over_once(void **state)
{
    (void)state;
    udisks_sim.mount_errors[0] = UDISKS_ERROR "AlreadyMounted";
    udisks_sim.mount_errors[2] = UDISKS_ERROR "AlreadyMounted";
    usb_plug_and_take();
    usb_expect_log(USB_MOUNT_LINE USB_UNMOUNT_LINE USB_MOUNT_LINE);
    assert_int_equal(stick_let_go(usb.stick, usb.now_ms), RC_OK);
    usb_expect(STICK_LET_GO);
    udisks_sim_remove("Perron_Stick_1");
    usb_expect(STICK_PULLED);
    udisks_sim_lock();
    udisks_sim.mount_errors[0] = UDISKS_ERROR "AlreadyMounted";
    udisks_sim.mount_errors[1] = UDISKS_ERROR "AlreadyMounted";
    udisks_sim_unlock();
    udisks_sim_stop();
    usb_start_service();
    usb_plug();
    usb_expect(STICK_PLUGGED);
    usb_take();
    usb_expect_refused(STICK_USABLE, "again and again");
}

static void who_may_not_take_it_over_is_told_the_rule(void **state)
{
    struct udisks_sim_block part = usb_usual_part;
    (void)state;
    part.mounted = "/run/media/ada/AGORA";
    udisks_sim.unmount_error = UDISKS_ERROR "NotAuthorized";
    udisks_sim_add_drive(&usb_usual_drive);
    udisks_sim_add_block(&usb_usual_disk);
    udisks_sim_add_block(&part);
    usb_expect(STICK_PLUGGED);
    usb_take();
    usb_expect_refused(STICK_NOT_ALLOWED, "org.freedesktop.udisks2.filesystem-unmount-others");
}

/* udisks2 said yes: the kernel has the last word, and the usb.stick is given back. */
static void a_mount_that_is_not_guarded_is_undone(void **state)
{
    static const struct {
        const char *options, *file_system;
        unsigned minor;
        const char *why;
    } rows[] = {
        {"rw,nosuid,nodev,relatime", "vfat", 17, "without nosuid,nodev,noexec"},
        {"rw,nodev,noexec", "vfat", 17, "without nosuid,nodev,noexec"},
        {"rw,nosuid,noexec", "vfat", 17, "without nosuid,nodev,noexec"},
        {"rw,nosuidx,nodev,noexec", "vfat", 17, "without nosuid,nodev,noexec"},
        {USB_MOUNTED_WELL, "ext4", 17, "something else is mounted"},
        {USB_MOUNTED_WELL, "vfat", 33, "something else is mounted"},
    };
    (void)state;
    usb_plug();
    usb_expect(STICK_PLUGGED);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        usb_write_mounts(rows[i].options, rows[i].file_system, rows[i].minor);
        udisks_sim_lock();
        udisks_sim.log[0] = 0;
        udisks_sim_unlock();
        usb_take();
        usb_expect_refused(STICK_NOT_ALLOWED, rows[i].why);
        usb_expect_log(USB_MOUNT_LINE USB_UNMOUNT_LINE);
    }
    usb_write_mounts(USB_MOUNTED_WELL, "vfat", 17);
    usb_take();
    usb_expect(STICK_TAKEN);
}

static void a_place_that_is_not_there_or_cannot_be_is_refused(void **state)
{
    static char endless[20000];
    const struct {
        const char *path, *why;
    } rows[] = {
        {"/nowhere", "not to be seen from the station"},
        {"relative", "cannot be"},
        {"", "cannot be"},
        {endless, "cannot be"},
    };
    (void)state;
    memset(endless, '/', sizeof endless - 1);
    usb_plug();
    usb_expect(STICK_PLUGGED);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        udisks_sim_lock();
        udisks_sim.mount_path = rows[i].path;
        udisks_sim_unlock();
        usb_take();
        usb_expect_refused(STICK_NOT_ALLOWED, rows[i].why);
    }
}

static void a_stick_whose_space_cannot_be_read_is_damaged(void **state)
{
    (void)state;
    usb_plug();
    usb_expect(STICK_PLUGGED);
    usb_shell("rmdir %s", usb.media);
    usb_take();
    usb_expect_refused(STICK_DAMAGED, "could not be opened");
    usb_expect_log(USB_MOUNT_LINE USB_UNMOUNT_LINE);
}

static void one_that_is_pulled_while_it_is_mounted_is_gone(void **state)
{
    (void)state;
    usb_plug();
    usb_expect(STICK_PLUGGED);
    udisks_sim.is_deaf = true;
    usb_take();
    for (int i = 0; i < 20; i++)
        assert_int_equal(usb_step(&(struct stick_event){0}), RC_EMPTY);
    udisks_sim_remove("Perron_Stick_1");
    usb_expect(STICK_PULLED);
    usb_expect_nothing(1);
}

static void one_that_is_pulled_while_it_is_taken_is_gone_before_any_list(void **state)
{
    (void)state;
    usb_plug_and_take();
    udisks_sim_lock();
    udisks_sim.is_deaf_to_lists = true;
    udisks_sim_unlock();
    udisks_sim_remove("Perron_Stick_1");
    usb_expect(STICK_PULLED);
    assert_int_equal(stick_let_go(usb.stick, usb.now_ms), RC_NOT_FOUND);
}

static void one_that_loses_a_face_only_is_still_there(void **state)
{
    (void)state;
    usb_plug_and_take();
    udisks_sim_tell_face_gone("sdb1");
    udisks_sim_tell_changed("sdb");
    usb_expect_nothing(1);
    usb_take();
    usb_expect(STICK_TAKEN);
}

static void a_power_that_stays_on_is_no_failure(void **state)
{
    (void)state;
    udisks_sim.power_off_error = UDISKS_ERROR "NotAuthorized";
    usb_plug_and_take();
    assert_int_equal(stick_let_go(usb.stick, usb.now_ms), RC_OK);
    usb_expect(STICK_LET_GO);
    usb_expect_log(USB_MOUNT_LINE USB_UNMOUNT_LINE USB_POWER_LINE);
    usb_take(); /* and it can be taken once more */
    usb_expect(STICK_TAKEN);
}

static void one_whose_power_cannot_be_taken_is_let_go_without(void **state)
{
    struct udisks_sim_drive drive = usb_usual_drive;
    (void)state;
    drive.cannot_power_off = true;
    udisks_sim_add_drive(&drive);
    udisks_sim_add_block(&usb_usual_disk);
    udisks_sim_add_block(&usb_usual_part);
    usb_expect(STICK_PLUGGED);
    usb_take();
    usb_expect(STICK_TAKEN);
    assert_int_equal(stick_let_go(usb.stick, usb.now_ms), RC_OK);
    usb_expect(STICK_LET_GO);
    usb_expect_log(USB_MOUNT_LINE USB_UNMOUNT_LINE);
}

/* The objects go before the answer comes, and the answer may never come. */
static void one_that_vanishes_with_its_power_was_let_go(void **state)
{
    (void)state;
    usb_plug_and_take();
    assert_int_equal(stick_let_go(usb.stick, usb.now_ms), RC_OK);
    while (!usb_was_asked("Unmount"))
        assert_int_equal(usb_step(&(struct stick_event){0}), RC_EMPTY);
    udisks_sim_lock(); /* which it has answered */
    udisks_sim.is_deaf = true;
    udisks_sim_unlock();
    while (!usb_was_asked("PowerOff"))
        assert_int_equal(usb_step(&(struct stick_event){0}), RC_EMPTY);
    udisks_sim_remove("Perron_Stick_1");
    usb_expect(STICK_LET_GO);
    usb_expect(STICK_PULLED);
}

static void one_that_is_still_used_stays_taken(void **state)
{
    (void)state;
    udisks_sim.unmount_error = UDISKS_ERROR "DeviceBusy";
    usb_plug_and_take();
    assert_int_equal(stick_let_go(usb.stick, usb.now_ms), RC_OK);
    usb_expect_refused(STICK_USABLE,
                       "could not be let go: something on this computer still uses it");
    usb_take();
    usb_expect(STICK_TAKEN);
    udisks_sim_lock();
    udisks_sim.unmount_error = UDISKS_ERROR "NotMounted"; /* somebody else was faster */
    udisks_sim_unlock();
    assert_int_equal(stick_let_go(usb.stick, usb.now_ms), RC_OK);
    usb_expect(STICK_LET_GO);
}

static void what_cannot_be_written_to_it_is_told(void **state)
{
    (void)state;
    usb_plug_and_take();
    usb_shell("rmdir %s", usb.media);
    assert_int_equal(stick_let_go(usb.stick, usb.now_ms), RC_OK);
    usb_expect_refused(STICK_DAMAGED, "did not take all that was written");
}

int main(void)
{
#define WITH_SERVICE(test)                                                                         \
    cmocka_unit_test_setup_teardown(test, usb_set_up_with_service, usb_tear_down)
    const struct CMUnitTest tests[] = {
        WITH_SERVICE(each_refusal_to_mount_has_a_sentence),
        WITH_SERVICE(a_kernel_without_the_file_system_does_not_make_it_damaged),
        WITH_SERVICE(one_that_is_mounted_already_is_taken_over),
        WITH_SERVICE(one_that_somebody_mounts_in_between_is_taken_over_once),
        WITH_SERVICE(who_may_not_take_it_over_is_told_the_rule),
        WITH_SERVICE(a_mount_that_is_not_guarded_is_undone),
        WITH_SERVICE(a_place_that_is_not_there_or_cannot_be_is_refused),
        WITH_SERVICE(a_stick_whose_space_cannot_be_read_is_damaged),
        WITH_SERVICE(one_that_is_pulled_while_it_is_mounted_is_gone),
        WITH_SERVICE(one_that_is_pulled_while_it_is_taken_is_gone_before_any_list),
        WITH_SERVICE(one_that_loses_a_face_only_is_still_there),
        WITH_SERVICE(a_power_that_stays_on_is_no_failure),
        WITH_SERVICE(one_whose_power_cannot_be_taken_is_let_go_without),
        WITH_SERVICE(one_that_vanishes_with_its_power_was_let_go),
        WITH_SERVICE(one_that_is_still_used_stays_taken),
        WITH_SERVICE(what_cannot_be_written_to_it_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
