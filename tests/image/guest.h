/*
 * guest.h - a computer in QEMU (qemu-system-aarch64, 7.2 or newer): started, watched, asked, and
 * cut off.
 *
 * A struct guest is one power-on: after guest_kill or the guest's own end it is closed, and started
 * again from the same description and the same disks. QEMU dies with the thread that started it.
 * Every wait has a limit. One thread at a time, the one that started it.
 *
 * In the description's folder are left, all of them named after the guest and each power-on's
 * added to the one before: NAME-console.log, NAME-shell.log (all that came over the two lines),
 * NAME-qemu.log (what QEMU itself said), NAME-screen.png (the last look at the screen), and what
 * guest_leave puts there.
 *
 * What the guest finds, on `virt`: the console at ttyAMA0, the PN532 at ttyS0, a line for a shell
 * at ttyS1 (the kernel argument systemd.debug_shell=ttyS1 puts a root shell there, systemd 255 and
 * newer), disks at vda, vdb, ..., eight pins (pl061.h), USB sockets (guest_usb.h). On `raspi3b`:
 * the console at ttyS1 (the mini UART), the PN532 at ttyAMA0 (the PL011), the disk in the SD slot,
 * no shell, no screen, no pl061; USB of its own.
 */
#ifndef TESTS_IMAGE_GUEST_H
#define TESTS_IMAGE_GUEST_H

#include <stdbool.h>

#include "firmware/base/rc.h"
#include "tests/image/console.h"
#include "tests/image/pl061.h"
#include "tests/image/qmp.h"
#include "tests/image/qtest.h"
#include "tests/image/shell.h"

#define GUEST_DISKS_MAX 4

enum guest_machine { GUEST_VIRT, GUEST_RASPI3B };

struct guest_disk {
    const char *path;
    const char *format; /* "qcow2" (guest_overlay makes one); NULL: raw */
    bool is_read_only;
};

/* What is 0 or NULL isn't there, but where another default is named. All strings are copied. */
struct guest_config {
    enum guest_machine machine;
    const char *name;   /* letters, digits and dashes; NULL: "guest" */
    const char *folder; /* must exist; without a comma, as every path here */
    const char *kernel, *initrd, *dtb, *append;
    const char *cpu;   /* NULL: cortex-a72 on `virt`, the machine's own else */
    int cpus;          /* 0: 2 on `virt` */
    int memory_mib;    /* 0: 1024 */
    const char *clock; /* what the battery clock says: "2026-11-25T11:00:00" UTC; NULL: real */
    bool is_stopped;   /* the processor waits for guest_go (QEMU's -S) */
    int width, height; /* the screen (virtio-gpu) */
    bool has_tablet;   /* a pointer at absolute places (virtio-tablet), or else ... */
    bool has_touch;    /* ... a touch panel (virtio-multitouch); RC_UNSUPPORTED before QEMU 8.1 */
    bool has_keyboard; /* virtio-keyboard */
    bool has_reader;   /* a serial line for a PN532: guest_reader_fd */
    bool has_shell;    /* a serial line for a root shell: guest_run */
    struct guest_disk disks[GUEST_DISKS_MAX];
    const char *const *more; /* further arguments of QEMU's, ended by NULL */
};

struct guest;

/* Is there a qemu-system-aarch64? A test that finds none says so and is skipped. */
bool guest_is_possible(void);

/*
 * A new qcow2 file at `path` (replaced where there is one), in which all is written that a disk
 * over `base` gets; `base` itself stays as it is and must stay where it is. Needs qemu-img.
 */
enum rc guest_overlay(const char *base, const char *base_format, const char *path,
                      struct reason *reason) MUST_CHECK;

/*
 * Starts QEMU and is connected to it when it returns; the guest boots from then on. RC_BUSY:
 * another QEMU has one of the disks. RC_UNSUPPORTED: this QEMU has no such device. RC_GONE: it did
 * not like its command line. `reason` has QEMU's own words.
 */
enum rc guest_start(const struct guest_config *config, struct guest **out_guest,
                    struct reason *reason) MUST_CHECK;

/* Kills it where it runs. */
void guest_close(struct guest *guest);

/* A stopped processor runs. */
enum rc guest_go(struct guest *guest, struct reason *reason) MUST_CHECK;

bool guest_is_running(struct guest *guest);

/* --- its end --- */

/* The power fails: SIGKILL. What the guest wrote to a disk before is in its file. */
void guest_kill(struct guest *guest);

/* QEMU ends by itself, disks closed; the guest isn't asked. */
enum rc guest_quit(struct guest *guest, int limit_ms, struct reason *reason) MUST_CHECK;

/* Presses the power button and waits until the guest has switched itself off. */
enum rc guest_shut_down(struct guest *guest, int limit_ms, struct reason *reason) MUST_CHECK;

/* Waits for it to end, as after "poweroff" or "reboot": QEMU ends at either (-no-reboot). */
enum rc guest_wait_end(struct guest *guest, int limit_ms, struct reason *reason) MUST_CHECK;

/* --- its lines --- */

/*
 * The console says that (console_expect); "Kernel panic" ends the wait at once. Lines end in "\r\n"
 * there.
 */
enum rc guest_expect(struct guest *guest, const char *text, int limit_ms,
                     struct reason *reason) MUST_CHECK;

/* A line to the console. */
enum rc guest_say(struct guest *guest, const char *line, struct reason *reason) MUST_CHECK;

/* Finds the root shell, once it is there. */
enum rc guest_find_shell(struct guest *guest, int limit_ms, struct reason *reason) MUST_CHECK;

/* shell_run and shell_do, there. */
enum rc guest_run(struct guest *guest, const char *command, int limit_ms,
                  struct shell_answer *out_answer, struct reason *reason) MUST_CHECK;
enum rc guest_do(struct guest *guest, const char *command, int limit_ms,
                 struct reason *reason) MUST_CHECK;

/*
 * Our end of the PN532's line: for pn532_sim_open_socket, which takes it. May be called once for
 * each power-on; -1 where there is none or it was taken. Close the simulator before the guest.
 */
int guest_reader_fd(struct guest *guest);

/* --- its parts; all NULL where there is no such thing; they end with the guest --- */

struct qmp *guest_qmp(struct guest *guest);
struct qtest *guest_qtest(struct guest *guest);
struct pl061 *guest_pins(struct guest *guest);
struct console *guest_console(struct guest *guest);
struct console *guest_shell(struct guest *guest);
int guest_width(const struct guest *guest);
int guest_height(const struct guest *guest);

/* A path in the guest's folder, NAME-`what`, in a buffer that the next call overwrites. */
const char *guest_path(struct guest *guest, const char *what);

/*
 * After a failure: leaves the screen as it is now (or the last look at it) and both lines as
 * NAME-failed-AFTER.png and .log; AFTER is made of what `step` has of letters and digits.
 */
void guest_leave(struct guest *guest, const char *step);

#endif
