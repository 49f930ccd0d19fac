#include "firmware/linux/stick_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

static char root[64];

static void shell(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void shell(const char *format, ...)
{
    char command[1500];
    va_list arguments;
    int used = snprintf(command, sizeof command, "cd %s && ", root);
    va_start(arguments, format);
    vsnprintf(command + used, sizeof command - (size_t)used, format, arguments);
    va_end(arguments);
    assert_int_equal(system(command), 0);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(root, "/tmp/perron-files-XXXXXX");
    if (!mkdtemp(root))
        return -1;
    shell("mkdir -p sys/dev/block proc/self sys/devices/usb1/1-1/1-1:1.0/host/block/sdb/sdb1 "
          "sys/devices/mmc/block/mmcblk0/mmcblk0p1 sys/devices/mmc/block/mmcblk0/mmcblk0p2 && "
          "touch sys/devices/usb1/1-1/idVendor sys/devices/usb1/idVendor "
          "sys/devices/usb1/1-1/1-1:1.0/host/block/sdb/sdb1/partition "
          "sys/devices/mmc/block/mmcblk0/mmcblk0p1/partition "
          "sys/devices/mmc/block/mmcblk0/mmcblk0p2/partition && cd sys/dev/block && "
          "ln -s ../../devices/usb1/1-1/1-1:1.0/host/block/sdb 8:16 && "
          "ln -s ../../devices/usb1/1-1/1-1:1.0/host/block/sdb/sdb1 8:17 && "
          "ln -s ../../devices/mmc/block/mmcblk0/mmcblk0p1 179:1 && "
          "ln -s ../../devices/mmc/block/mmcblk0/mmcblk0p2 179:2");
    return 0;
}

static int tear_down(void **state)
{
    char command[96];
    (void)state;
    snprintf(command, sizeof command, "rm -r %s", root);
    return system(command);
}

static void partitions_of_one_disk_are_known_as_such(void **state)
{
    (void)state;
    assert_true(stick_files_are_one_disk(root, makedev(8, 16), makedev(8, 17)));
    assert_true(stick_files_are_one_disk(root, makedev(179, 1), makedev(179, 2)));
    assert_false(stick_files_are_one_disk(root, makedev(179, 1), makedev(8, 17)));
    assert_false(stick_files_are_one_disk(root, makedev(0, 40), makedev(0, 40))); /* no disk */
    assert_false(stick_files_are_one_disk("/nowhere", makedev(8, 16), makedev(8, 17)));
}

static void an_input_device_of_the_same_usb_device_is_found(void **state)
{
    (void)state;
    assert_false(stick_files_types(root, makedev(8, 17)));
    /* one in another port, and a way out of this one */
    shell("mkdir -p sys/devices/usb1/1-2/1-2:1.0/hid/input/input3 && "
          "ln -s ../1-2 sys/devices/usb1/1-1/other");
    assert_false(stick_files_types(root, makedev(8, 17)));
    shell("mkdir -p sys/devices/usb1/1-1/1-1:1.1/0003:16C0:27DB.0001/input/input7");
    assert_true(stick_files_types(root, makedev(8, 17)));
    assert_true(stick_files_types(root, makedev(8, 16)));
    assert_false(stick_files_types(root, makedev(179, 1))); /* on no usb */
    assert_false(stick_files_types(root, makedev(1, 2)));   /* nowhere */
}

static void a_tree_without_an_end_ends(void **state)
{
    (void)state;
    shell("mkdir -p sys/devices/usb1/1-1/a/b/c/d/e/f/g/h/i/j/k/input");
    assert_false(stick_files_types(root, makedev(8, 17)));
    shell("cd sys/devices/usb1/1-1 && ln -s . loop && mkdir many && cd many && "
          "seq 1 9000 | xargs mkdir");
    assert_false(stick_files_types(root, makedev(8, 17)));
}

static void write_mounts(const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/proc/self/mountinfo", root);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void a_mount_is_read_as_the_kernel_tells_it(void **state)
{
    static const struct {
        const char *options;
        bool is_guarded, is_read_only;
    } rows[] = {
        {"rw,nosuid,nodev,noexec,relatime", true, false},
        {"ro,noexec,nodev,nosuid", true, true},
        {"rw,nosuid,nodev", false, false},
        {"rw,nosuid,nodev,noexecute", false, false},
        {"rw,xnosuid,nodev,noexec", false, false},
    };
    struct stick_mount mount;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[400];
        snprintf(text, sizeof text,
                 "22 1 254:0 / / rw - ext4 /dev/vda rw\n"
                 "36 22 8:17 / /media/MY\\040STICK\\134 %s shared:1 - vfat /dev/sdb1 rw,noexec\n",
                 rows[i].options);
        write_mounts(text);
        assert_int_equal(stick_files_mount(root, "/media/MY STICK\\", &mount), RC_OK);
        assert_true(mount.device == makedev(8, 17));
        assert_string_equal(mount.file_system, "vfat");
        assert_int_equal(mount.is_guarded, rows[i].is_guarded);
        assert_int_equal(mount.is_read_only, rows[i].is_read_only);
        assert_int_equal(stick_files_mount(root, "/media/MY", &mount), RC_NOT_FOUND);
    }
}

static void of_several_mounts_the_topmost_counts(void **state)
{
    struct stick_mount mount;
    (void)state;
    write_mounts("36 22 8:17 / /media/a rw,nosuid,nodev,noexec - vfat /dev/sdb1 rw\n"
                 "37 22 8:18 / /media/a rw - ext4 /dev/sdb2 rw\n");
    assert_int_equal(stick_files_mount(root, "/media/a", &mount), RC_OK);
    assert_string_equal(mount.file_system, "ext4");
    assert_false(mount.is_guarded);
}

static void broken_lines_are_no_mounts(void **state)
{
    static const char *const texts[] = {
        "",
        "\n\n",
        "36",
        "36 22 8:17 / /media/a",
        "36 22 8:17 / /media/a rw,nosuid,nodev,noexec",
        "36 22 x:y / /media/a rw - vfat /dev/sdb1 rw\n",
        " - \n",
        "36 22 8:17 /  - vfat",
    };
    struct stick_mount mount;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        write_mounts(texts[i]);
        assert_int_equal(stick_files_mount(root, "/media/a", &mount), RC_NOT_FOUND);
    }
    assert_int_equal(stick_files_mount("/nowhere", "/media/a", &mount), RC_NOT_FOUND);
}

/* Where a chroot has no mount of its own at "/", there is still this one. */
static void this_computer_s_own_mounts_are_read(void **state)
{
    struct stick_mount mount;
    (void)state;
    assert_int_equal(stick_files_mount("", "/proc", &mount), RC_OK);
}

int main(void)
{
#define IN_TREE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        IN_TREE(partitions_of_one_disk_are_known_as_such),
        IN_TREE(an_input_device_of_the_same_usb_device_is_found),
        IN_TREE(a_tree_without_an_end_ends),
        IN_TREE(a_mount_is_read_as_the_kernel_tells_it),
        IN_TREE(of_several_mounts_the_topmost_counts),
        IN_TREE(broken_lines_are_no_mounts),
        IN_TREE(this_computer_s_own_mounts_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
