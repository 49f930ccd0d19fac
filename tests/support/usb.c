#include "tests/support/usb.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/house.h"
#include "tests/support/message_bus.h"
#include "tests/support/real.h"

struct usb usb;

/* --- the kernel's files --- */

void usb_shell(const char *format, ...)
{
    char command[1500];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    house_expect(system(command) == 0, "this did not work: %s", command);
}

void usb_make_disk(const char *port, const char *name, unsigned major, unsigned minor)
{
    usb_shell("cd %s && mkdir -p sys/dev/block sys/devices/usb1/%s/%s:1.0/host/block/%s/%s1 && "
              "touch sys/devices/usb1/%s/idVendor "
              "sys/devices/usb1/%s/%s:1.0/host/block/%s/%s1/partition && "
              "ln -sfn ../../devices/usb1/%s/%s:1.0/host/block/%s sys/dev/block/%u:%u && "
              "ln -sfn ../../devices/usb1/%s/%s:1.0/host/block/%s/%s1 sys/dev/block/%u:%u",
              usb.folder, port, port, name, name, port, port, port, name, name, port, port, name,
              major, minor, port, port, name, name, major, minor + 1);
}

void usb_write_mounts(const char *options, const char *file_system, unsigned minor)
{
    char path[200];
    snprintf(path, sizeof path, "%s/proc/self/mountinfo", usb.folder);
    FILE *file = fopen(path, "w");
    house_expect(file != NULL, "%s cannot be written", path);
    fprintf(file,
            "22 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n"
            "36 22 8:%u / %s %s shared:9 - %s /dev/sdb1 rw,fmask=0022\n",
            minor, usb.media, options, file_system);
    fclose(file);
}

/* --- sticks --- */

const struct udisks_sim_drive usb_usual_drive = {.name = "Perron_Stick_1", .detected_us = 2000};
const struct udisks_sim_block usb_usual_disk = {.name = "sdb",
                                                .drive = "Perron_Stick_1",
                                                .size_bytes = 8000000000,
                                                .major = 8,
                                                .minor = 16,
                                                .has_table = true};
const struct udisks_sim_block usb_usual_part = {.name = "sdb1",
                                                .drive = "Perron_Stick_1",
                                                .type = "vfat",
                                                .label = "AGORA",
                                                .size_bytes = 7990000000,
                                                .major = 8,
                                                .minor = 17,
                                                .is_partition = true};

void usb_plug(void)
{
    udisks_sim_add_drive(&usb_usual_drive);
    udisks_sim_add_block(&usb_usual_disk);
    udisks_sim_add_block(&usb_usual_part);
}

void usb_plug_other(uint64_t detected_us)
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

int usb_set_up(void **state)
{
    (void)state;
    usb.folder = message_bus_make();
    if (!usb.folder)
        return -1;
    snprintf(usb.media, sizeof usb.media, "%s/media", usb.folder);
    usb_shell("mkdir -p %s %s/proc/self", usb.media, usb.folder);
    usb_make_disk("1-1", "sdb", 8, 16);
    usb_make_disk("1-2", "sdc", 8, 32);
    usb_write_mounts(USB_MOUNTED_WELL, "vfat", 17);
    udisks_sim_reset();
    udisks_sim.mount_path = usb.media;
    usb.now_ms = 5000;
    usb.longest_us = 0;
    return stick_open_udisks(usb.folder, usb.folder, &usb.stick);
}

void usb_start_service(void)
{
    house_expect(udisks_sim_start(), "the stand-in found no bus");
}

int usb_set_up_with_bus(void **state)
{
    return usb_set_up(state) || !message_bus_start() ? -1 : 0;
}

int usb_set_up_with_service(void **state)
{
    if (usb_set_up_with_bus(state))
        return -1;
    usb_start_service();
    return 0;
}

int usb_tear_down(void **state)
{
    (void)state;
    stick_close(usb.stick);
    udisks_sim_stop();
    message_bus_remove();
    return 0;
}

enum rc usb_step(struct stick_event *out_event)
{
    struct pollfd polled[STICK_FDS_MAX];
    int count = stick_fds(usb.stick, polled);
    if (count)
        poll(polled, (nfds_t)count, 1);
    usb.now_ms += 10;
    int64_t begun_us = real_us();
    enum rc rc = stick_next(usb.stick, usb.now_ms, out_event);
    if (real_us() - begun_us > usb.longest_us)
        usb.longest_us = real_us() - begun_us;
    return rc;
}

struct stick_event usb_expect(enum stick_event_kind kind)
{
    static struct stick_event event;
    for (int64_t end_us = real_us() + USB_PATIENCE_MS * 1000; real_us() < end_us;) {
        enum rc rc = usb_step(&event);
        if (rc == RC_EMPTY)
            continue;
        house_expect(!rc && event.kind == kind, "%s: event %d, not %d: %s %s", rc_text(rc),
                     event.kind, kind, event.info.label, event.why.text);
        return event;
    }
    house_expect(false, "event %d did not come", kind);
    abort();
}

struct stick_event usb_expect_refused(enum stick_trouble trouble, const char *why)
{
    struct stick_event event = usb_expect(STICK_REFUSED);
    house_expect(event.info.trouble == trouble && strstr(event.why.text, why),
                 "%s, '%s': not %s, '%s'", stick_trouble_name(event.info.trouble), event.why.text,
                 stick_trouble_name(trouble), why);
    return event;
}

void usb_expect_nothing(int lists)
{
    struct stick_event event;
    int before = udisks_sim.lists, rounds = 0;
    for (int64_t end_us = real_us() + USB_PATIENCE_MS * 1000; real_us() < end_us && rounds < 20;) {
        house_expect(usb_step(&event) == RC_EMPTY, "event %d of '%s' %s", event.kind,
                     event.info.label, event.why.text);
        udisks_sim_lock();
        rounds += udisks_sim.lists - before >= lists;
        udisks_sim_unlock();
    }
    house_expect(rounds == 20, "it did not become quiet");
}

void usb_expect_log(const char *expected)
{
    udisks_sim_lock();
    char *log = strdup(udisks_sim.log);
    udisks_sim_unlock();
    house_expect(strcmp(log, expected) == 0, "asked was \"%s\", not \"%s\"", log, expected);
    free(log);
}

bool usb_was_asked(const char *what)
{
    udisks_sim_lock();
    bool was = strstr(udisks_sim.log, what) != NULL;
    udisks_sim_unlock();
    return was;
}

void usb_take(void)
{
    house_expect(!stick_take(usb.stick, usb.now_ms), "the stick is not taken");
}

void usb_plug_and_take(void)
{
    usb_plug();
    usb_expect(STICK_PLUGGED);
    usb_take();
    usb_expect(STICK_TAKEN);
}
