#include "tests/image/guest_input.h"

#include "tests/image/guest_i.h"
#include "tests/support/real.h"

#define AXIS_LIMIT 0x8000 /* qapi/ui.json, InputMoveEvent: 0 to 0x7fff */
#define TYPE_MS 20

/* `events` is taken; NULL: there was no memory for them. */
static enum rc send(struct guest *guest, json_t *events, struct reason *reason)
{
    json_t *arguments = events ? json_pack("{s:o}", "events", events) : NULL;
    if (!arguments)
        return RC_NO_MEMORY;
    return qmp_command(guest->qmp, "input-send-event", arguments, QMP_WAIT_MS, NULL, reason);
}

/* The middle of a pixel, in parts of the axis. */
static int on_axis(int pixel, int pixels)
{
    return (int)((2 * (int64_t)pixel + 1) * AXIS_LIMIT / (2 * (int64_t)pixels));
}

static enum rc check_place(const struct guest *guest, int x, int y, struct reason *reason)
{
    if (x >= 0 && y >= 0 && x < guest->width && y < guest->height)
        return RC_OK;
    reason_set(reason, "%d,%d is no place on a screen of %d x %d", x, y, guest->width,
               guest->height);
    return RC_BAD_INPUT;
}

/* --- the pointer --- */

static json_t *axis(const char *name, int value)
{
    return json_pack("{s:s, s:{s:s, s:i}}", "type", "abs", "data", "axis", name, "value", value);
}

enum rc guest_input_move(struct guest *guest, int x, int y, struct reason *reason)
{
    enum rc rc = check_place(guest, x, y, reason);
    if (rc)
        return rc;
    return send(guest,
                json_pack("[o, o]", axis("x", on_axis(x, guest->width)),
                          axis("y", on_axis(y, guest->height))),
                reason);
}

static enum rc button(struct guest *guest, bool is_down, struct reason *reason)
{
    return send(guest,
                json_pack("[{s:s, s:{s:s, s:b}}]", "type", "btn", "data", "button", "left", "down",
                          is_down),
                reason);
}

enum rc guest_input_press(struct guest *guest, int x, int y, struct reason *reason)
{
    enum rc rc = guest_input_move(guest, x, y, reason);
    return rc ? rc : button(guest, true, reason);
}

enum rc guest_input_release(struct guest *guest, struct reason *reason)
{
    return button(guest, false, reason);
}

enum rc guest_input_tap(struct guest *guest, int x, int y, struct reason *reason)
{
    enum rc rc = guest_input_press(guest, x, y, reason);
    real_pause_ms(GUEST_INPUT_HOLD_MS);
    return rc ? rc : guest_input_release(guest, reason);
}

enum rc guest_input_drag(struct guest *guest, int x, int y, int to_x, int to_y, int steps,
                         int for_ms, struct reason *reason)
{
    enum rc rc = check_place(guest, to_x, to_y, reason);
    if (!rc)
        rc = guest_input_press(guest, x, y, reason);
    for (int i = 1; i <= steps && !rc; i++) {
        real_pause_ms(for_ms / steps);
        rc =
            guest_input_move(guest, x + (to_x - x) * i / steps, y + (to_y - y) * i / steps, reason);
    }
    return rc ? rc : guest_input_release(guest, reason);
}

/* --- fingers --- */

/* As QEMU's own windows send them (ui/input.c, console_handle_touch_event). */
static json_t *finger_event(const char *type, int finger, int tracking, const char *axis_name,
                            int value)
{
    return json_pack("{s:s, s:{s:s, s:i, s:i, s:s, s:i}}", "type", "mtt", "data", "type", type,
                     "slot", finger, "tracking-id", tracking, "axis", axis_name, "value", value);
}

static json_t *touch_button(bool is_down)
{
    return json_pack("{s:s, s:{s:s, s:b}}", "type", "btn", "data", "button", "touch", "down",
                     is_down);
}

static enum rc check_finger(int finger, struct reason *reason)
{
    if (finger >= 0 && finger < GUEST_INPUT_FINGERS)
        return RC_OK;
    reason_set(reason, "there is no finger %d: they are 0 to %d", finger, GUEST_INPUT_FINGERS - 1);
    return RC_BAD_INPUT;
}

static enum rc put_finger(struct guest *guest, const char *type, int finger, int x, int y,
                          struct reason *reason)
{
    enum rc rc = check_finger(finger, reason);
    if (!rc)
        rc = check_place(guest, x, y, reason);
    if (rc)
        return rc;
    guest->fingers |= 1u << finger;
    return send(guest,
                json_pack("[o, o, o, o]", finger_event(type, finger, finger, "x", 0),
                          touch_button(true),
                          finger_event("data", finger, finger, "x", on_axis(x, guest->width)),
                          finger_event("data", finger, finger, "y", on_axis(y, guest->height))),
                reason);
}

enum rc guest_input_finger_down(struct guest *guest, int finger, int x, int y,
                                struct reason *reason)
{
    return put_finger(guest, "begin", finger, x, y, reason);
}

enum rc guest_input_finger_move(struct guest *guest, int finger, int x, int y,
                                struct reason *reason)
{
    return put_finger(guest, "update", finger, x, y, reason);
}

enum rc guest_input_finger_up(struct guest *guest, int finger, struct reason *reason)
{
    enum rc rc = check_finger(finger, reason);
    if (rc)
        return rc;
    guest->fingers &= ~(1u << finger);
    return send(guest,
                json_pack("[o, o]", finger_event("end", finger, -1, "x", 0),
                          touch_button(guest->fingers != 0)),
                reason);
}

/* --- keys --- */

static enum rc key(struct guest *guest, const char *name, bool is_down, struct reason *reason)
{
    return send(guest,
                json_pack("[{s:s, s:{s:b, s:{s:s, s:s}}}]", "type", "key", "data", "down", is_down,
                          "key", "type", "qcode", "data", name),
                reason);
}

enum rc guest_input_keys(struct guest *guest, const struct keys *keys, struct reason *reason)
{
    enum rc rc = RC_OK;
    for (int i = 0; i < keys->count && !rc; i++)
        rc = key(guest, keys->names[i], true, reason);
    real_pause_ms(TYPE_MS);
    /* all of them, also after a mistake: none stays pressed */
    for (int i = keys->count - 1; i >= 0; i--) {
        enum rc released = key(guest, keys->names[i], false, reason);
        rc = rc ? rc : released;
    }
    return rc;
}

enum rc guest_input_key(struct guest *guest, const char *names, struct reason *reason)
{
    struct keys keys;
    enum rc rc = keys_read(names, &keys, reason);
    return rc ? rc : guest_input_keys(guest, &keys, reason);
}

enum rc guest_input_type(struct guest *guest, const char *text, struct reason *reason)
{
    enum rc rc = RC_OK;
    for (; *text && !rc; text++) {
        struct keys keys;
        rc = keys_of_character(*text, &keys);
        if (rc)
            reason_set(reason, "no key types 0x%02x", (unsigned char)*text);
        else
            rc = guest_input_keys(guest, &keys, reason);
        real_pause_ms(TYPE_MS);
    }
    return rc;
}
