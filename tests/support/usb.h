/*
 * usb.h - a station's stick on a message bus of the test's own: a stand-in for udisks2 on it, a
 * tree of files that stands for the kernel's, and a loop whose clock the test turns.
 *
 * What should work and doesn't, or is other than expected, ends the program (house.h). One thread
 * besides the stand-in's; one at a time.
 */
#ifndef TESTS_SUPPORT_USB_H
#define TESTS_SUPPORT_USB_H

#include "firmware/linux/stick_udisks.h"
#include "tests/support/udisks_sim.h"

#define USB_PATIENCE_MS 15000
#define USB_MOUNTED_WELL "rw,nosuid,nodev,noexec,relatime"

/* What the stand-in was asked for, as usb_expect_log has it. */
#define USB_MOUNT_LINE                                                                             \
    "Mount sdb1 auth.no_user_interaction=1 fstype=vfat options=nosuid,nodev,noexec\n"
#define USB_UNMOUNT_LINE "Unmount sdb1 auth.no_user_interaction=1\n"
#define USB_POWER_LINE "PowerOff Perron_Stick_1 auth.no_user_interaction=1\n"

extern struct usb {
    const char *folder;  /* of the bus, and of the kernel's files */
    char media[200];     /* where the stick is "mounted" */
    struct stick *stick; /* what is tested */
    int64_t now_ms;      /* the loop's clock */
    int64_t longest_us;  /* that one round of it took */
} usb;

/* As cmocka's set-up and tear-down: alone, with a bus, with the stand-in on it. */
int usb_set_up(void **state);
int usb_set_up_with_bus(void **state);
int usb_set_up_with_service(void **state);
int usb_tear_down(void **state);
void usb_start_service(void);

/* --- the kernel's files --- */

/* A line of shell. */
void usb_shell(const char *format, ...) PRINTF_LIKE(1, 2);

/* A disk of USB device `port`, with one partition; 8:16 and 8:17 for "sdb", and so on. */
void usb_make_disk(const char *port, const char *name, unsigned major, unsigned minor);
void usb_write_mounts(const char *options, const char *file_system, unsigned minor);

/* --- sticks --- */

extern const struct udisks_sim_drive usb_usual_drive;
extern const struct udisks_sim_block usb_usual_disk, usb_usual_part;

void usb_plug(void);

/* A second one, in another port. */
void usb_plug_other(uint64_t detected_us);

/* --- what the station does --- */

/* One round of the loop, 10 ms later. */
enum rc usb_step(struct stick_event *out_event) MUST_CHECK;

/* The next that happens. */
struct stick_event usb_expect(enum stick_event_kind kind);
struct stick_event usb_expect_refused(enum stick_trouble trouble, const char *why);

/* Nothing happens until the list was read `lists` times more and all is quiet again. */
void usb_expect_nothing(int lists);

void usb_expect_log(const char *expected);
bool usb_was_asked(const char *what);

void usb_take(void);
void usb_plug_and_take(void);

#endif
