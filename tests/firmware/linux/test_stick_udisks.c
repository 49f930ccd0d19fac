/* A real message bus of the test's own, with a stand-in for udisks2 on it and a tree of files that
 * stands for the kernel's. */
#include "firmware/linux/stick_udisks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <inttypes.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

#include "firmware/base/utf8.h"
#include "tests/support/message_bus.h"
#include "tests/support/real.h"
#include "tests/support/udisks_sim.h"

#define PATIENCE_MS 15000
#define UDISKS_ERROR "org.freedesktop.UDisks2.Error."
#define MOUNTED_WELL "rw,nosuid,nodev,noexec,relatime"

static const char *folder;
static char media[200]; /* where the stick is "mounted" */
static struct stick *stick;
static int64_t now_ms; /* the loop's clock, which the tests turn */
static int64_t longest_us;

/* --- the kernel's files --- */

static void shell(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void shell(const char *format, ...)
{
    char command[1500];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    assert_int_equal(system(command), 0);
}

/* A disk of USB device `port`, with one partition; 8:16 and 8:17 for "sdb", and so on. */
static void make_disk(const char *port, const char *name, unsigned major, unsigned minor)
{
    shell("cd %s && mkdir -p sys/dev/block sys/devices/usb1/%s/%s:1.0/host/block/%s/%s1 && "
          "touch sys/devices/usb1/%s/idVendor "
          "sys/devices/usb1/%s/%s:1.0/host/block/%s/%s1/partition && "
          "ln -sfn ../../devices/usb1/%s/%s:1.0/host/block/%s sys/dev/block/%u:%u && "
          "ln -sfn ../../devices/usb1/%s/%s:1.0/host/block/%s/%s1 sys/dev/block/%u:%u",
          folder, port, port, name, name, port, port, port, name, name, port, port, name, major,
          minor, port, port, name, name, major, minor + 1);
}

static void write_mounts(const char *options, const char *file_system, unsigned minor)
{
    char path[200];
    snprintf(path, sizeof path, "%s/proc/self/mountinfo", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file,
            "22 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n"
            "36 22 8:%u / %s %s shared:9 - %s /dev/sdb1 rw,fmask=0022\n",
            minor, media, options, file_system);
    fclose(file);
}

/* --- sticks --- */

static const struct udisks_sim_drive usual_drive = {.name = "Perron_Stick_1", .detected_us = 2000};
static const struct udisks_sim_block usual_disk = {.name = "sdb",
                                                   .drive = "Perron_Stick_1",
                                                   .size_bytes = 8000000000,
                                                   .major = 8,
                                                   .minor = 16,
                                                   .has_table = true};
static const struct udisks_sim_block usual_part = {.name = "sdb1",
                                                   .drive = "Perron_Stick_1",
                                                   .type = "vfat",
                                                   .label = "AGORA",
                                                   .size_bytes = 7990000000,
                                                   .major = 8,
                                                   .minor = 17,
                                                   .is_partition = true};

static void plug_usual(void)
{
    udisks_sim_add_drive(&usual_drive);
    udisks_sim_add_block(&usual_disk);
    udisks_sim_add_block(&usual_part);
}

/* A second one, in another port. */
static void plug_other(uint64_t detected_us)
{
    udisks_sim_add_drive(&(struct udisks_sim_drive){.name = "Other_2", .detected_us = detected_us});
    udisks_sim_add_block(&(struct udisks_sim_block){.name = "sdc",
                                                    .drive = "Other_2",
                                                    .type = "exfat",
                                                    .label = "OTHER",
                                                    .size_bytes = 64000000000,
                                                    .major = 8,
                                                    .minor = 32});
}

/* --- what the station does --- */

static int set_up(void **state)
{
    (void)state;
    folder = message_bus_make();
    if (!folder)
        return -1;
    snprintf(media, sizeof media, "%s/media", folder);
    shell("mkdir -p %s %s/proc/self", media, folder);
    make_disk("1-1", "sdb", 8, 16);
    make_disk("1-2", "sdc", 8, 32);
    write_mounts(MOUNTED_WELL, "vfat", 17);
    udisks_sim_reset();
    udisks_sim.mount_path = media;
    now_ms = 5000;
    longest_us = 0;
    return stick_open_udisks(folder, folder, &stick);
}

static void start_service(void)
{
    if (!udisks_sim_start())
        fail_msg("the stand-in found no bus");
}

static int set_up_with_bus(void **state)
{
    return set_up(state) || !message_bus_start() ? -1 : 0;
}

static int set_up_with_service(void **state)
{
    if (set_up_with_bus(state))
        return -1;
    start_service();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    stick_close(stick);
    udisks_sim_stop();
    message_bus_remove();
    return 0;
}

/* One round of the loop, 10 ms later. */
static enum rc step(struct stick_event *out_event)
{
    struct pollfd polled[STICK_FDS_MAX];
    int count = stick_fds(stick, polled);
    if (count)
        poll(polled, (nfds_t)count, 1);
    now_ms += 10;
    int64_t begun_us = real_us();
    enum rc rc = stick_next(stick, now_ms, out_event);
    if (real_us() - begun_us > longest_us)
        longest_us = real_us() - begun_us;
    return rc;
}

static struct stick_event expect(enum stick_event_kind kind)
{
    static struct stick_event event;
    for (int64_t end_us = real_us() + PATIENCE_MS * 1000; real_us() < end_us;) {
        enum rc rc = step(&event);
        if (rc == RC_EMPTY)
            continue;
        assert_int_equal(rc, RC_OK);
        if (event.kind != kind)
            fail_msg("event %d, not %d: %s %s", event.kind, kind, event.info.label, event.why.text);
        return event;
    }
    fail_msg("event %d did not come", kind);
    abort();
}

static struct stick_event expect_refused(enum stick_trouble trouble, const char *why)
{
    struct stick_event event = expect(STICK_REFUSED);
    if (event.info.trouble != trouble || !strstr(event.why.text, why))
        fail_msg("%s, '%s': not %s, '%s'", stick_trouble_name(event.info.trouble), event.why.text,
                 stick_trouble_name(trouble), why);
    return event;
}

/* Nothing happens until the list was read `lists` times more and all is quiet again. */
static void expect_nothing(int lists)
{
    struct stick_event event;
    int before = udisks_sim.lists, rounds = 0;
    for (int64_t end_us = real_us() + PATIENCE_MS * 1000; real_us() < end_us && rounds < 20;) {
        if (step(&event) != RC_EMPTY)
            fail_msg("event %d of '%s' %s", event.kind, event.info.label, event.why.text);
        udisks_sim_lock();
        rounds += udisks_sim.lists - before >= lists;
        udisks_sim_unlock();
    }
    assert_int_equal(rounds, 20);
}

static void expect_log(const char *expected)
{
    udisks_sim_lock();
    char *log = strdup(udisks_sim.log);
    udisks_sim_unlock();
    assert_string_equal(log, expected);
    free(log);
}

static bool was_asked(const char *what)
{
    udisks_sim_lock();
    bool was = strstr(udisks_sim.log, what) != NULL;
    udisks_sim_unlock();
    return was;
}

static void ask_take(void)
{
    assert_int_equal(stick_take(stick, now_ms), RC_OK);
}

static void plug_and_take(void)
{
    plug_usual();
    expect(STICK_PLUGGED);
    ask_take();
    expect(STICK_TAKEN);
}

#define MOUNT_LINE "Mount sdb1 auth.no_user_interaction=1 fstype=vfat options=nosuid,nodev,noexec\n"
#define UNMOUNT_LINE "Unmount sdb1 auth.no_user_interaction=1\n"
#define POWER_LINE "PowerOff Perron_Stick_1 auth.no_user_interaction=1\n"

static void a_stick_comes_is_taken_let_go_and_gone(void **state)
{
    struct stick_event event;
    (void)state;
    expect_nothing(1);
    plug_usual();
    event = expect(STICK_PLUGGED);
    assert_string_equal(event.info.label, "AGORA");
    assert_string_equal(event.info.file_system, "vfat");
    assert_true(event.info.size_bytes == 7990000000 && event.info.free_bytes < 0);
    assert_int_equal(event.info.trouble, STICK_USABLE);
    ask_take();
    assert_int_equal(stick_take(stick, now_ms), RC_BUSY);
    assert_int_equal(stick_let_go(stick, now_ms), RC_BUSY);
    event = expect(STICK_TAKEN);
    assert_string_equal(event.path, media);
    assert_true(event.info.free_bytes > 0);
    assert_false(event.info.is_read_only);
    ask_take(); /* once more */
    expect(STICK_TAKEN);
    assert_int_equal(stick_let_go(stick, now_ms), RC_OK);
    expect(STICK_LET_GO);
    expect_log(MOUNT_LINE UNMOUNT_LINE POWER_LINE);
    udisks_sim_remove("Perron_Stick_1");
    expect(STICK_PULLED);
    assert_int_equal(stick_take(stick, now_ms), RC_NOT_FOUND);
    assert_int_equal(stick_let_go(stick, now_ms), RC_NOT_FOUND);
    expect_nothing(1);
}

static void one_that_was_there_before_is_told(void **state)
{
    (void)state;
    plug_usual();
    start_service();
    assert_string_equal(expect(STICK_PLUGGED).info.label, "AGORA");
}

static void one_without_a_table_of_partitions_is_fine(void **state)
{
    struct stick_event event;
    (void)state;
    plug_other(1);
    event = expect(STICK_PLUGGED);
    assert_string_equal(event.info.file_system, "exfat");
    assert_int_equal(event.info.trouble, STICK_USABLE);
    write_mounts(MOUNTED_WELL, "exfat", 32);
    ask_take();
    expect(STICK_TAKEN);
    expect_log("Mount sdc auth.no_user_interaction=1 fstype=exfat options=nosuid,nodev,noexec\n");
}

static void a_switch_that_forbids_writing_is_told_and_kept_to(void **state)
{
    struct udisks_sim_block part = usual_part;
    (void)state;
    part.is_read_only = true;
    write_mounts("ro,nosuid,nodev,noexec,relatime", "vfat", 17);
    udisks_sim_add_drive(&usual_drive);
    udisks_sim_add_block(&usual_disk);
    udisks_sim_add_block(&part);
    assert_true(expect(STICK_PLUGGED).info.is_read_only);
    ask_take();
    assert_true(expect(STICK_TAKEN).info.is_read_only);
    expect_log("Mount sdb1 auth.no_user_interaction=1 fstype=vfat "
               "options=nosuid,nodev,noexec,ro\n");
}

static void each_trouble_is_told_and_nothing_is_mounted(void **state)
{
    static const struct {
        enum stick_trouble trouble;
        const char *file_system;
        struct udisks_sim_block disk, parts[2];
    } rows[] = {
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
    (void)state;
    expect_nothing(1);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct udisks_sim_block block = rows[i].disk;
        udisks_sim_add_drive(&usual_drive);
        block.drive = usual_drive.name;
        block.major = 8, block.minor = 16;
        udisks_sim_add_block(&block);
        for (int j = 0; j < 2 && rows[i].parts[j].name; j++) {
            block = rows[i].parts[j];
            block.drive = usual_drive.name;
            block.major = 8, block.minor = 17 + (unsigned)j;
            udisks_sim_add_block(&block);
        }
        struct stick_event event = expect(STICK_PLUGGED);
        if (event.info.trouble != rows[i].trouble)
            fail_msg("row %zu: %s", i, stick_trouble_name(event.info.trouble));
        assert_string_equal(event.info.file_system, rows[i].file_system);
        ask_take();
        expect_refused(rows[i].trouble, "the stick could not be opened: ");
        assert_int_equal(stick_let_go(stick, now_ms), RC_OK);
        expect(STICK_LET_GO);
        udisks_sim_remove(usual_drive.name);
        expect(STICK_PULLED);
    }
    expect_log("");
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
    plug_usual();
    assert_string_equal(expect(STICK_PLUGGED).info.label, "AGORA");
}

static void what_the_system_needs_is_no_stick(void **state)
{
    struct stat about;
    (void)state;
    assert_int_equal(stat("/", &about), 0);
    make_disk("1-3", "mmcblk0", major(about.st_dev), minor(about.st_dev));
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
    expect_nothing(1);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct udisks_sim_block disk = rows[i].disk;
        disk.name = disk.drive = rows[i].drive.name;
        udisks_sim_add_drive(&rows[i].drive);
        udisks_sim_add_block(&disk);
    }
    expect_nothing(1);
    plug_usual(); /* the control */
    expect(STICK_PLUGGED);
}

static void a_stick_on_usb_counts_that_says_it_cannot_be_removed(void **state)
{
    struct udisks_sim_drive drive = usual_drive;
    (void)state;
    drive.is_fixed = true;
    udisks_sim_add_drive(&drive);
    udisks_sim_add_block(&usual_disk);
    udisks_sim_add_block(&usual_part);
    expect(STICK_PLUGGED);
}

static void a_stick_that_is_a_keyboard_too_is_refused(void **state)
{
    (void)state;
    shell("mkdir -p %s/sys/devices/usb1/1-1/1-1:1.1/0003:16C0:27DB.0001/input/input7", folder);
    plug_usual();
    assert_int_equal(expect(STICK_PLUGGED).info.trouble, STICK_TYPES);
    ask_take();
    expect_refused(STICK_TYPES, "keyboard");
    expect_log("");
}

static void one_that_becomes_a_keyboard_later_is_refused_when_it_is_to_be_taken(void **state)
{
    (void)state;
    plug_usual();
    assert_int_equal(expect(STICK_PLUGGED).info.trouble, STICK_USABLE);
    shell("mkdir -p %s/sys/devices/usb1/1-1/1-1:1.1/0003:16C0:27DB.0001/input/input7", folder);
    ask_take();
    expect_refused(STICK_TYPES, "keyboard");
    expect_log("");
}

static void a_keyboard_in_another_port_is_none_of_its_business(void **state)
{
    (void)state;
    shell("mkdir -p %s/sys/devices/usb1/1-4/1-4:1.0/0003:16C0:27DB.0002/input/input8", folder);
    shell("ln -s ../1-4 %s/sys/devices/usb1/1-1/neighbour", folder);
    plug_usual();
    assert_int_equal(expect(STICK_PLUGGED).info.trouble, STICK_USABLE);
}

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
    plug_usual();
    expect(STICK_PLUGGED);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        udisks_sim_lock();
        for (int j = 0; j < 3; j++)
            udisks_sim.mount_errors[j] = i % 3 == (size_t)j ? rows[i].error : "org.example.Late";
        udisks_sim_unlock();
        if (i % 3 == 0 && i) { /* its errors are in turn: another beginning for each three */
            udisks_sim_stop();
            start_service();
        }
        ask_take();
        expect_refused(rows[i].trouble, rows[i].why);
    }
}

static void a_kernel_without_the_file_system_does_not_make_it_damaged(void **state)
{
    (void)state;
    udisks_sim.mount_errors[0] = UDISKS_ERROR "Failed";
    udisks_sim.message = "Error mounting /dev/sdb1: unknown filesystem type 'vfat'";
    plug_usual();
    expect(STICK_PLUGGED);
    ask_take();
    expect_refused(STICK_FOREIGN, "unknown filesystem type");
}

static void one_that_is_mounted_already_is_taken_over(void **state)
{
    struct udisks_sim_block part = usual_part;
    (void)state;
    part.mounted = "/media/ada/AGORA";
    udisks_sim_add_drive(&usual_drive);
    udisks_sim_add_block(&usual_disk);
    udisks_sim_add_block(&part);
    expect(STICK_PLUGGED);
    ask_take();
    expect(STICK_TAKEN);
    expect_log(UNMOUNT_LINE MOUNT_LINE);
}

static void one_that_somebody_mounts_in_between_is_taken_over_once(void **state)
{
    (void)state;
    udisks_sim.mount_errors[0] = UDISKS_ERROR "AlreadyMounted";
    udisks_sim.mount_errors[2] = UDISKS_ERROR "AlreadyMounted";
    plug_and_take();
    expect_log(MOUNT_LINE UNMOUNT_LINE MOUNT_LINE);
    assert_int_equal(stick_let_go(stick, now_ms), RC_OK);
    expect(STICK_LET_GO);
    udisks_sim_remove("Perron_Stick_1");
    expect(STICK_PULLED);
    udisks_sim_lock();
    udisks_sim.mount_errors[0] = UDISKS_ERROR "AlreadyMounted";
    udisks_sim.mount_errors[1] = UDISKS_ERROR "AlreadyMounted";
    udisks_sim_unlock();
    udisks_sim_stop();
    start_service();
    plug_usual();
    expect(STICK_PLUGGED);
    ask_take();
    expect_refused(STICK_USABLE, "again and again");
}

static void who_may_not_take_it_over_is_told_the_rule(void **state)
{
    struct udisks_sim_block part = usual_part;
    (void)state;
    part.mounted = "/run/media/ada/AGORA";
    udisks_sim.unmount_error = UDISKS_ERROR "NotAuthorized";
    udisks_sim_add_drive(&usual_drive);
    udisks_sim_add_block(&usual_disk);
    udisks_sim_add_block(&part);
    expect(STICK_PLUGGED);
    ask_take();
    expect_refused(STICK_NOT_ALLOWED, "org.freedesktop.udisks2.filesystem-unmount-others");
}

/* udisks2 said yes: the kernel has the last word, and the stick is given back. */
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
        {MOUNTED_WELL, "ext4", 17, "something else is mounted"},
        {MOUNTED_WELL, "vfat", 33, "something else is mounted"},
    };
    (void)state;
    plug_usual();
    expect(STICK_PLUGGED);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        write_mounts(rows[i].options, rows[i].file_system, rows[i].minor);
        udisks_sim_lock();
        udisks_sim.log[0] = 0;
        udisks_sim_unlock();
        ask_take();
        expect_refused(STICK_NOT_ALLOWED, rows[i].why);
        expect_log(MOUNT_LINE UNMOUNT_LINE);
    }
    write_mounts(MOUNTED_WELL, "vfat", 17);
    ask_take();
    expect(STICK_TAKEN);
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
    plug_usual();
    expect(STICK_PLUGGED);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        udisks_sim_lock();
        udisks_sim.mount_path = rows[i].path;
        udisks_sim_unlock();
        ask_take();
        expect_refused(STICK_NOT_ALLOWED, rows[i].why);
    }
}

static void a_stick_whose_space_cannot_be_read_is_damaged(void **state)
{
    (void)state;
    plug_usual();
    expect(STICK_PLUGGED);
    shell("rmdir %s", media);
    ask_take();
    expect_refused(STICK_DAMAGED, "could not be opened");
    expect_log(MOUNT_LINE UNMOUNT_LINE);
}

static void one_that_is_pulled_while_it_is_mounted_is_gone(void **state)
{
    (void)state;
    plug_usual();
    expect(STICK_PLUGGED);
    udisks_sim.is_deaf = true;
    ask_take();
    for (int i = 0; i < 20; i++)
        assert_int_equal(step(&(struct stick_event){0}), RC_EMPTY);
    udisks_sim_remove("Perron_Stick_1");
    expect(STICK_PULLED);
    expect_nothing(1);
}

static void one_that_is_pulled_while_it_is_taken_is_gone_before_any_list(void **state)
{
    (void)state;
    plug_and_take();
    udisks_sim_lock();
    udisks_sim.is_deaf_to_lists = true;
    udisks_sim_unlock();
    udisks_sim_remove("Perron_Stick_1");
    expect(STICK_PULLED);
    assert_int_equal(stick_let_go(stick, now_ms), RC_NOT_FOUND);
}

static void one_that_loses_a_face_only_is_still_there(void **state)
{
    (void)state;
    plug_and_take();
    udisks_sim_tell_face_gone("sdb1");
    udisks_sim_tell_changed("sdb");
    expect_nothing(1);
    ask_take();
    expect(STICK_TAKEN);
}

static void a_power_that_stays_on_is_no_failure(void **state)
{
    (void)state;
    udisks_sim.power_off_error = UDISKS_ERROR "NotAuthorized";
    plug_and_take();
    assert_int_equal(stick_let_go(stick, now_ms), RC_OK);
    expect(STICK_LET_GO);
    expect_log(MOUNT_LINE UNMOUNT_LINE POWER_LINE);
    ask_take(); /* and it can be taken once more */
    expect(STICK_TAKEN);
}

static void one_whose_power_cannot_be_taken_is_let_go_without(void **state)
{
    struct udisks_sim_drive drive = usual_drive;
    (void)state;
    drive.cannot_power_off = true;
    udisks_sim_add_drive(&drive);
    udisks_sim_add_block(&usual_disk);
    udisks_sim_add_block(&usual_part);
    expect(STICK_PLUGGED);
    ask_take();
    expect(STICK_TAKEN);
    assert_int_equal(stick_let_go(stick, now_ms), RC_OK);
    expect(STICK_LET_GO);
    expect_log(MOUNT_LINE UNMOUNT_LINE);
}

/* The objects go before the answer comes, and the answer may never come. */
static void one_that_vanishes_with_its_power_was_let_go(void **state)
{
    (void)state;
    plug_and_take();
    assert_int_equal(stick_let_go(stick, now_ms), RC_OK);
    while (!was_asked("Unmount"))
        assert_int_equal(step(&(struct stick_event){0}), RC_EMPTY);
    udisks_sim_lock(); /* which it has answered */
    udisks_sim.is_deaf = true;
    udisks_sim_unlock();
    while (!was_asked("PowerOff"))
        assert_int_equal(step(&(struct stick_event){0}), RC_EMPTY);
    udisks_sim_remove("Perron_Stick_1");
    expect(STICK_LET_GO);
    expect(STICK_PULLED);
}

static void one_that_is_still_used_stays_taken(void **state)
{
    (void)state;
    udisks_sim.unmount_error = UDISKS_ERROR "DeviceBusy";
    plug_and_take();
    assert_int_equal(stick_let_go(stick, now_ms), RC_OK);
    expect_refused(STICK_USABLE, "could not be let go: something on this computer still uses it");
    ask_take();
    expect(STICK_TAKEN);
    udisks_sim_lock();
    udisks_sim.unmount_error = UDISKS_ERROR "NotMounted"; /* somebody else was faster */
    udisks_sim_unlock();
    assert_int_equal(stick_let_go(stick, now_ms), RC_OK);
    expect(STICK_LET_GO);
}

static void what_cannot_be_written_to_it_is_told(void **state)
{
    (void)state;
    plug_and_take();
    shell("rmdir %s", media);
    assert_int_equal(stick_let_go(stick, now_ms), RC_OK);
    expect_refused(STICK_DAMAGED, "did not take all that was written");
}

static void of_two_sticks_the_first_counts_until_it_is_gone(void **state)
{
    (void)state;
    plug_usual();
    expect(STICK_PLUGGED);
    plug_other(1); /* even one that says it came earlier */
    expect_nothing(1);
    ask_take();
    expect(STICK_TAKEN);
    udisks_sim_remove("Perron_Stick_1");
    expect(STICK_PULLED);
    assert_string_equal(expect(STICK_PLUGGED).info.label, "OTHER");
    plug_usual();
    expect_nothing(1);
}

static void of_two_that_are_there_the_older_counts(void **state)
{
    (void)state;
    plug_usual();
    plug_other(1000);
    start_service();
    assert_string_equal(expect(STICK_PLUGGED).info.label, "OTHER");
}

static void another_one_between_two_looks_is_told_as_gone_and_come(void **state)
{
    (void)state;
    plug_usual();
    expect(STICK_PLUGGED);
    udisks_sim_remove("Perron_Stick_1");
    plug_usual(); /* with all the same names */
    expect(STICK_PULLED);
    expect(STICK_PLUGGED);
}

static void a_card_put_into_a_reader_is_another_stick(void **state)
{
    (void)state;
    expect_nothing(1);
    udisks_sim_add_drive(&usual_drive);
    udisks_sim_add_block(&(struct udisks_sim_block){
        .name = "sdb", .drive = "Perron_Stick_1", .major = 8, .minor = 16});
    assert_int_equal(expect(STICK_PLUGGED).info.trouble, STICK_EMPTY);
    udisks_sim_lock();
    udisks_sim.blocks[0] = usual_disk;
    udisks_sim_unlock();
    udisks_sim_add_block(&usual_part);
    expect(STICK_PULLED);
    assert_int_equal(expect(STICK_PLUGGED).info.trouble, STICK_USABLE);
}

static void a_reader_of_cards_that_is_built_in_is_no_news(void **state)
{
    (void)state;
    udisks_sim_add_drive(&(struct udisks_sim_drive){.name = "Slot", .detected_us = 5});
    udisks_sim_add_block(
        &(struct udisks_sim_block){.name = "sdc", .drive = "Slot", .major = 8, .minor = 32});
    start_service();
    expect_nothing(1);
    plug_usual();
    assert_string_equal(expect(STICK_PLUGGED).info.label, "AGORA");
}

static void partitions_that_come_singly_are_seen_together(void **state)
{
    struct udisks_sim_block part = usual_part;
    (void)state;
    expect_nothing(1);
    plug_usual();
    for (int i = 0; i < 20; i++)
        assert_int_equal(step(&(struct stick_event){0}), RC_EMPTY);
    part.name = "sdb2";
    udisks_sim_add_block(&part);
    assert_int_equal(expect(STICK_PLUGGED).info.trouble, STICK_SEVERAL);
}

static void without_a_bus_it_is_quiet_and_finds_one_that_comes_late(void **state)
{
    (void)state;
    for (int i = 0; i < 2000; i++)
        assert_int_equal(step(&(struct stick_event){0}), RC_EMPTY);
    assert_int_equal(stick_take(stick, now_ms), RC_NOT_FOUND);
    assert_true(message_bus_start());
    for (int i = 0; i < 1000; i++)
        assert_int_equal(step(&(struct stick_event){0}), RC_EMPTY);
    plug_usual();
    start_service();
    expect(STICK_PLUGGED);
}

static void a_udisks_that_restarts_takes_no_stick_away(void **state)
{
    (void)state;
    plug_and_take();
    udisks_sim_stop();
    for (int i = 0; i < 100; i++)
        assert_int_equal(step(&(struct stick_event){0}), RC_EMPTY);
    start_service();
    expect_nothing(1);
    assert_int_equal(stick_let_go(stick, now_ms), RC_OK);
    expect(STICK_LET_GO);
}

static void a_udisks_that_dies_takes_the_stick_with_it_after_a_while(void **state)
{
    (void)state;
    plug_and_take();
    udisks_sim_stop();
    expect(STICK_PULLED);
    start_service();
    expect(STICK_PLUGGED);
}

static void a_udisks_that_dies_while_it_mounts_is_told(void **state)
{
    (void)state;
    plug_usual();
    expect(STICK_PLUGGED);
    udisks_sim.is_deaf = true;
    ask_take();
    for (int i = 0; i < 20; i++)
        assert_int_equal(step(&(struct stick_event){0}), RC_EMPTY);
    udisks_sim_stop();
    expect_refused(STICK_USABLE, "udisks2 went away; try again");
}

static void a_bus_that_dies_is_found_again(void **state)
{
    (void)state;
    plug_and_take();
    udisks_sim_stop();
    message_bus_stop();
    expect(STICK_PULLED);
    assert_true(message_bus_start());
    start_service();
    expect(STICK_PLUGGED);
}

static void a_udisks_that_is_deaf_is_given_up(void **state)
{
    (void)state;
    plug_usual();
    expect(STICK_PLUGGED);
    udisks_sim.is_deaf = true;
    ask_take();
    for (int i = 0; i < 20; i++)
        assert_int_equal(step(&(struct stick_event){0}), RC_EMPTY);
    now_ms += STICK_UDISKS_PATIENCE_MS;
    assert_true(stick_due_ms(stick) <= now_ms);
    expect_refused(STICK_USABLE, "no answer");
    udisks_sim.is_deaf = false;
    ask_take();
    expect(STICK_TAKEN);
}

static void lists_that_never_come_or_are_nonsense_hold_nobody_up(void **state)
{
    (void)state;
    udisks_sim.is_deaf_to_lists = true;
    plug_usual();
    for (int i = 0; i < 50; i++)
        assert_int_equal(step(&(struct stick_event){0}), RC_EMPTY);
    now_ms += STICK_UDISKS_LIST_MS;
    assert_int_equal(step(&(struct stick_event){0}), RC_EMPTY);
    udisks_sim_lock();
    udisks_sim.is_deaf_to_lists = false;
    udisks_sim.tells_nonsense = true;
    udisks_sim_unlock();
    now_ms += STICK_UDISKS_RETRY_MS;
    expect_nothing(1);
    udisks_sim_lock();
    udisks_sim.tells_nonsense = false;
    udisks_sim_unlock();
    expect(STICK_PLUGGED);
}

/* Somebody listens at the bus's place and never says a word. */
static void a_bus_that_hangs_holds_nobody_up(void **state)
{
    struct sockaddr_un place = {.sun_family = AF_UNIX};
    (void)state;
    snprintf(place.sun_path, sizeof place.sun_path, "%s/bus", folder);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&place, sizeof place), 0);
    assert_int_equal(listen(fd, 1), 0);
    for (int i = 0; i < 500; i++)
        assert_int_equal(step(&(struct stick_event){0}), RC_EMPTY);
    for (int i = 0; i < 4; i++) {
        now_ms += STICK_UDISKS_LIST_MS;
        assert_int_equal(step(&(struct stick_event){0}), RC_EMPTY);
    }
    print_message("longest call %" PRId64 " us\n", longest_us);
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
    struct udisks_sim_block part = usual_part;
    (void)state;
    for (size_t i = 0; i <= sizeof rows / sizeof rows[0]; i++) {
        for (size_t j = 0; j + 2 < sizeof endless; j += 2)
            memcpy(endless + j, "\xc3\xa9", 2);
        bool is_endless = i == sizeof rows / sizeof rows[0];
        part.label = is_endless ? endless : rows[i].label;
        udisks_sim_add_drive(&usual_drive);
        udisks_sim_add_block(&usual_disk);
        udisks_sim_add_block(&part);
        struct stick_event event = expect(STICK_PLUGGED);
        if (is_endless) {
            assert_int_equal(strlen(event.info.label), 62);
            assert_true(utf8_is_valid(event.info.label, 62));
        } else
            assert_string_equal(event.info.label, rows[i].shown);
        udisks_sim_remove("Perron_Stick_1");
        expect(STICK_PULLED);
    }
}

static void names_of_any_length_do_no_harm(void **state)
{
    static char name[300], type[5000];
    struct udisks_sim_block part = usual_part;
    (void)state;
    memset(name, 'x', sizeof name - 1);
    memset(type, 'y', sizeof type - 1);
    udisks_sim_add_drive(&(struct udisks_sim_drive){.name = name});
    part.drive = name;
    udisks_sim_add_block(&part);
    expect_nothing(1);
    part = usual_part;
    part.type = type;
    udisks_sim_add_drive(&usual_drive);
    udisks_sim_add_block(&usual_disk);
    udisks_sim_add_block(&part);
    struct stick_event event = expect(STICK_PLUGGED);
    assert_int_equal(event.info.trouble, STICK_FOREIGN);
    assert_int_equal(strlen(event.info.file_system), sizeof event.info.file_system - 1);
}

static void a_huge_tree_of_objects_is_read_and_the_stick_found_in_it(void **state)
{
    (void)state;
    udisks_sim.strangers = 5000;
    plug_usual();
    start_service();
    expect(STICK_PLUGGED);
    print_message("5000 objects more: longest call %" PRId64 " us\n", longest_us);
}

static void hundreds_of_partitions_and_drives_do_no_harm(void **state)
{
    static char names[UDISKS_SIM_BLOCKS][16];
    struct udisks_sim_block part = usual_part;
    (void)state;
    plug_usual();
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
    start_service();
    assert_int_equal(expect(STICK_PLUGGED).info.trouble, STICK_SEVERAL);
}

static void who_closes_it_lets_it_go_and_waits_for_nothing(void **state)
{
    (void)state;
    plug_and_take();
    udisks_sim.is_deaf = true;
    int64_t begun_us = real_us();
    stick_close(stick);
    stick = NULL;
    assert_true(real_us() - begun_us < PATIENCE_MS * 1000);
    for (int64_t end_us = real_us() + PATIENCE_MS * 1000; real_us() < end_us; real_pause_ms(2))
        if (was_asked("Unmount"))
            return;
    fail_msg("it was not let go");
}

int main(void)
{
#define WITH_SERVICE(test) cmocka_unit_test_setup_teardown(test, set_up_with_service, tear_down)
#define ON_BUS(test) cmocka_unit_test_setup_teardown(test, set_up_with_bus, tear_down)
#define ALONE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
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
        WITH_SERVICE(of_two_sticks_the_first_counts_until_it_is_gone),
        ON_BUS(of_two_that_are_there_the_older_counts),
        WITH_SERVICE(another_one_between_two_looks_is_told_as_gone_and_come),
        WITH_SERVICE(a_card_put_into_a_reader_is_another_stick),
        ON_BUS(a_reader_of_cards_that_is_built_in_is_no_news),
        WITH_SERVICE(partitions_that_come_singly_are_seen_together),
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
