/* A stick comes, is told with its trouble or as fine, taken, let go and gone. */
#include "firmware/linux/stick_udisks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "tests/support/usb.h"

static void a_stick_comes_is_taken_let_go_and_gone(void **state)
{
    struct stick_event event;
    (void)state;
    usb_expect_nothing(1);
    usb_plug();
    event = usb_expect(STICK_PLUGGED);
    assert_string_equal(event.info.label, "AGORA");
    assert_string_equal(event.info.file_system, "vfat");
    assert_true(event.info.size_bytes == 7990000000 && event.info.free_bytes < 0);
    assert_int_equal(event.info.trouble, STICK_USABLE);
    usb_take();
    assert_int_equal(stick_take(usb.stick, usb.now_ms), RC_BUSY);
    assert_int_equal(stick_let_go(usb.stick, usb.now_ms), RC_BUSY);
    event = usb_expect(STICK_TAKEN);
    assert_string_equal(event.path, usb.media);
    assert_true(event.info.free_bytes > 0);
    assert_false(event.info.is_read_only);
    usb_take(); /* once more */
    usb_expect(STICK_TAKEN);
    assert_int_equal(stick_let_go(usb.stick, usb.now_ms), RC_OK);
    usb_expect(STICK_LET_GO);
    usb_expect_log(USB_MOUNT_LINE USB_UNMOUNT_LINE USB_POWER_LINE);
    udisks_sim_remove("Perron_Stick_1");
    usb_expect(STICK_PULLED);
    assert_int_equal(stick_take(usb.stick, usb.now_ms), RC_NOT_FOUND);
    assert_int_equal(stick_let_go(usb.stick, usb.now_ms), RC_NOT_FOUND);
    usb_expect_nothing(1);
}

static void one_that_was_there_before_is_told(void **state)
{
    (void)state;
    usb_plug();
    usb_start_service();
    assert_string_equal(usb_expect(STICK_PLUGGED).info.label, "AGORA");
}

static void one_without_a_table_of_partitions_is_fine(void **state)
{
    struct stick_event event;
    (void)state;
    usb_plug_other(1);
    event = usb_expect(STICK_PLUGGED);
    assert_string_equal(event.info.file_system, "exfat");
    assert_int_equal(event.info.trouble, STICK_USABLE);
    usb_write_mounts(USB_MOUNTED_WELL, "exfat", 32);
    usb_take();
    usb_expect(STICK_TAKEN);
    usb_expect_log(
        "Mount sdc auth.no_user_interaction=1 fstype=exfat options=nosuid,nodev,noexec\n");
}

static void a_switch_that_forbids_writing_is_told_and_kept_to(void **state)
{
    struct udisks_sim_block part = usb_usual_part;
    (void)state;
    part.is_read_only = true;
    usb_write_mounts("ro,nosuid,nodev,noexec,relatime", "vfat", 17);
    udisks_sim_add_drive(&usb_usual_drive);
    udisks_sim_add_block(&usb_usual_disk);
    udisks_sim_add_block(&part);
    assert_true(usb_expect(STICK_PLUGGED).info.is_read_only);
    usb_take();
    assert_true(usb_expect(STICK_TAKEN).info.is_read_only);
    usb_expect_log("Mount sdb1 auth.no_user_interaction=1 fstype=vfat "
                   "options=nosuid,nodev,noexec,ro\n");
}

static const struct {
    enum stick_trouble trouble;
    const char *file_system;
    struct udisks_sim_block disk, parts[2];
} troubles[] = {
    {STICK_BLANK, "", {.name = "sdb", .size_bytes = 1000}, {{0}}},
    {STICK_BLANK,
     "",
     {.name = "sdb", .size_bytes = 1000, .has_table = true},
     {{.name = "sdb1", .is_partition = true, .size_bytes = 900}}},
    {STICK_EMPTY, "", {.name = "sdb"}, {{0}}},
    {STICK_FOREIGN, "ntfs", {.name = "sdb", .type = "ntfs", .size_bytes = 1000}, {{0}}},
    {STICK_FOREIGN,
     "ext4",
     {.name = "sdb", .size_bytes = 1000, .has_table = true},
     {{.name = "sdb1", .is_partition = true, .type = "ext4", .size_bytes = 900}}},
    {STICK_FOREIGN,
     "crypto_LUKS",
     {.name = "sdb", .type = "crypto_LUKS", .usage = "crypto", .size_bytes = 1000},
     {{0}}},
    {STICK_FOREIGN,
     "iso9660", /* a system to start from, with a partition for EFI that nobody means */
     {.name = "sdb", .size_bytes = 1000, .has_table = true},
     {{.name = "sdb1", .is_partition = true, .type = "iso9660", .size_bytes = 900},
      {.name = "sdb2",
       .is_partition = true,
       .type = "vfat",
       .partition_type = "0xef",
       .size_bytes = 90}}},
    {STICK_SEVERAL,
     "",
     {.name = "sdb", .size_bytes = 1000, .has_table = true},
     {{.name = "sdb1", .is_partition = true, .type = "vfat", .size_bytes = 400},
      {.name = "sdb2", .is_partition = true, .type = "exfat", .size_bytes = 400}}},
};

static void each_trouble_is_told_and_nothing_is_mounted(void **state)
{
    (void)state;
    usb_expect_nothing(1);
    for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++) {
        struct udisks_sim_block block = troubles[i].disk;
        udisks_sim_add_drive(&usb_usual_drive);
        block.drive = usb_usual_drive.name;
        block.major = 8, block.minor = 16;
        udisks_sim_add_block(&block);
        for (int j = 0; j < 2 && troubles[i].parts[j].name; j++) {
            block = troubles[i].parts[j];
            block.drive = usb_usual_drive.name;
            block.major = 8, block.minor = 17 + (unsigned)j;
            udisks_sim_add_block(&block);
        }
        struct stick_event event = usb_expect(STICK_PLUGGED);
        if (event.info.trouble != troubles[i].trouble)
            fail_msg("row %zu: %s", i, stick_trouble_name(event.info.trouble));
        assert_string_equal(event.info.file_system, troubles[i].file_system);
        usb_take();
        usb_expect_refused(troubles[i].trouble, "the stick could not be opened: ");
        assert_int_equal(stick_let_go(usb.stick, usb.now_ms), RC_OK);
        usb_expect(STICK_LET_GO);
        udisks_sim_remove(usb_usual_drive.name);
        usb_expect(STICK_PULLED);
    }
    usb_expect_log("");
}

static void a_partition_for_efi_or_a_frame_of_others_is_not_meant(void **state)
{
    (void)state;
    udisks_sim_add_block(
        &(struct udisks_sim_block){.name = "sdb2",
                                   .drive = "Perron_Stick_1",
                                   .type = "vfat",
                                   .label = "EFI",
                                   .partition_type = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b",
                                   .size_bytes = 200000000,
                                   .is_partition = true});
    udisks_sim_add_block(&(struct udisks_sim_block){.name = "sdb3",
                                                    .drive = "Perron_Stick_1",
                                                    .size_bytes = 1024,
                                                    .is_partition = true,
                                                    .is_container = true});
    usb_plug();
    assert_string_equal(usb_expect(STICK_PLUGGED).info.label, "AGORA");
}

static void what_the_system_needs_is_no_stick(void **state)
{
    struct stat about;
    (void)state;
    assert_int_equal(stat("/", &about), 0);
    usb_make_disk("1-3", "mmcblk0", major(about.st_dev), minor(about.st_dev));
    const struct {
        struct udisks_sim_drive drive;
        struct udisks_sim_block disk;
    } rows[] = {
        {{.name = "A", .is_fixed = true, .bus = ""}, {.type = "vfat", .size_bytes = 1}},
        {{.name = "B"}, {.type = "vfat", .size_bytes = 1, .is_system = true}},
        {{.name = "C"}, {.type = "vfat", .size_bytes = 1, .is_ignored = true}},
        {{.name = "D"}, {.type = "vfat", .size_bytes = 1, .mounted = "/boot/firmware"}},
        {{.name = "E", .is_optical = true}, {.type = "iso9660", .size_bytes = 1}},
        {{.name = "F"},
         {.type = "vfat",
          .size_bytes = 1,
          .major = major(about.st_dev),
          .minor = minor(about.st_dev)}},
    };
    usb_expect_nothing(1);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct udisks_sim_block disk = rows[i].disk;
        disk.name = disk.drive = rows[i].drive.name;
        udisks_sim_add_drive(&rows[i].drive);
        udisks_sim_add_block(&disk);
    }
    usb_expect_nothing(1);
    usb_plug(); /* the control */
    usb_expect(STICK_PLUGGED);
}

static void a_stick_on_usb_counts_that_says_it_cannot_be_removed(void **state)
{
    struct udisks_sim_drive drive = usb_usual_drive;
    (void)state;
    drive.is_fixed = true;
    udisks_sim_add_drive(&drive);
    udisks_sim_add_block(&usb_usual_disk);
    udisks_sim_add_block(&usb_usual_part);
    usb_expect(STICK_PLUGGED);
}

static void a_stick_that_is_a_keyboard_too_is_refused(void **state)
{
    (void)state;
    usb_shell("mkdir -p %s/sys/devices/usb1/1-1/1-1:1.1/0003:16C0:27DB.0001/input/input7",
              usb.folder);
    usb_plug();
    assert_int_equal(usb_expect(STICK_PLUGGED).info.trouble, STICK_TYPES);
    usb_take();
    usb_expect_refused(STICK_TYPES, "keyboard");
    usb_expect_log("");
}

static void one_that_becomes_a_keyboard_later_is_refused_when_it_is_to_be_taken(void **state)
{
    (void)state;
    usb_plug();
    assert_int_equal(usb_expect(STICK_PLUGGED).info.trouble, STICK_USABLE);
    usb_shell("mkdir -p %s/sys/devices/usb1/1-1/1-1:1.1/0003:16C0:27DB.0001/input/input7",
              usb.folder);
    usb_take();
    usb_expect_refused(STICK_TYPES, "keyboard");
    usb_expect_log("");
}

static void a_keyboard_in_another_port_is_none_of_its_business(void **state)
{
    (void)state;
    usb_shell("mkdir -p %s/sys/devices/usb1/1-4/1-4:1.0/0003:16C0:27DB.0002/input/input8",
              usb.folder);
    usb_shell("ln -s ../1-4 %s/sys/devices/usb1/1-1/neighbour", usb.folder);
    usb_plug();
    assert_int_equal(usb_expect(STICK_PLUGGED).info.trouble, STICK_USABLE);
}

int main(void)
{
#define WITH_SERVICE(test)                                                                         \
    cmocka_unit_test_setup_teardown(test, usb_set_up_with_service, usb_tear_down)
#define ON_BUS(test) cmocka_unit_test_setup_teardown(test, usb_set_up_with_bus, usb_tear_down)
    const struct CMUnitTest tests[] = {
        WITH_SERVICE(a_stick_comes_is_taken_let_go_and_gone),
        ON_BUS(one_that_was_there_before_is_told),
        WITH_SERVICE(one_without_a_table_of_partitions_is_fine),
        WITH_SERVICE(a_switch_that_forbids_writing_is_told_and_kept_to),
        WITH_SERVICE(each_trouble_is_told_and_nothing_is_mounted),
        WITH_SERVICE(a_partition_for_efi_or_a_frame_of_others_is_not_meant),
        WITH_SERVICE(what_the_system_needs_is_no_stick),
        WITH_SERVICE(a_stick_on_usb_counts_that_says_it_cannot_be_removed),
        WITH_SERVICE(a_stick_that_is_a_keyboard_too_is_refused),
        WITH_SERVICE(one_that_becomes_a_keyboard_later_is_refused_when_it_is_to_be_taken),
        WITH_SERVICE(a_keyboard_in_another_port_is_none_of_its_business),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
