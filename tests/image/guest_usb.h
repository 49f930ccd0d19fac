/*
 * guest_usb.h - what is plugged into a guest's USB sockets while it runs, and pulled out again. One
 * thread at a time.
 */
#ifndef TESTS_IMAGE_GUEST_USB_H
#define TESTS_IMAGE_GUEST_USB_H

#include "tests/image/guest.h"

/*
 * A stick whose content is the raw file at `path`. `id` names it for guest_usb_pull: letters and
 * digits, one stick or keyboard at a time of that name. The file must not be touched meanwhile.
 */
enum rc guest_usb_plug_stick(struct guest *guest, const char *id, const char *path,
                             bool is_read_only, struct reason *reason) MUST_CHECK;

enum rc guest_usb_plug_keyboard(struct guest *guest, const char *id,
                                struct reason *reason) MUST_CHECK;

/*
 * Pulls it out at once, whatever it is being used for. When this returns, the guest has no such
 * device and the file is ours again. RC_NOT_FOUND: nothing of that name is plugged in.
 */
enum rc guest_usb_pull(struct guest *guest, const char *id, struct reason *reason) MUST_CHECK;

/* Is something of that name plugged in? */
enum rc guest_usb_is_plugged(struct guest *guest, const char *id, bool *out_is_plugged,
                             struct reason *reason) MUST_CHECK;

#endif
