/*
 * guest_input.h - hands in front of a guest: pointer, touch, keys, as QMP's input-send-event
 * carries them. Places are pixels of the guest's screen. One thread at a time.
 */
#ifndef TESTS_IMAGE_GUEST_INPUT_H
#define TESTS_IMAGE_GUEST_INPUT_H

#include "tests/image/guest.h"
#include "tests/image/keys.h"

#define GUEST_INPUT_HOLD_MS 80 /* of a tap and a key, unless said otherwise */

/* --- the pointer (has_tablet) --- */

enum rc guest_input_move(struct guest *guest, int x, int y, struct reason *reason) MUST_CHECK;
enum rc guest_input_press(struct guest *guest, int x, int y, struct reason *reason) MUST_CHECK;
enum rc guest_input_release(struct guest *guest, struct reason *reason) MUST_CHECK;

/* Press, hold, release. */
enum rc guest_input_tap(struct guest *guest, int x, int y, struct reason *reason) MUST_CHECK;

/* Pressed at one place, moved to another in `steps`, over `for_ms`, and released there. */
enum rc guest_input_drag(struct guest *guest, int x, int y, int to_x, int to_y, int steps,
                         int for_ms, struct reason *reason) MUST_CHECK;

/* --- fingers (has_touch), 0 to GUEST_INPUT_FINGERS - 1 --- */

#define GUEST_INPUT_FINGERS 10

enum rc guest_input_finger_down(struct guest *guest, int finger, int x, int y,
                                struct reason *reason) MUST_CHECK;
enum rc guest_input_finger_move(struct guest *guest, int finger, int x, int y,
                                struct reason *reason) MUST_CHECK;
enum rc guest_input_finger_up(struct guest *guest, int finger, struct reason *reason) MUST_CHECK;

/* --- keys (has_keyboard, or a keyboard plugged in by guest_usb.h: of two, the later one) --- */

/* Pressed together, held, released. */
enum rc guest_input_keys(struct guest *guest, const struct keys *keys,
                         struct reason *reason) MUST_CHECK;

/* The same by name: "ctrl-alt-f2". */
enum rc guest_input_key(struct guest *guest, const char *names, struct reason *reason) MUST_CHECK;

/* Types a text of the US keyboard; "\n" is the return key. */
enum rc guest_input_type(struct guest *guest, const char *text, struct reason *reason) MUST_CHECK;

#endif
