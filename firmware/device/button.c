#include "firmware/device/button.h"

void button_init(struct button *button, bool is_on)
{
    *button = (struct button){.is_down = is_on, .is_on = is_on};
}

bool button_step(struct button *button, int64_t now_ms)
{
    if (now_ms < button_due_ms(button))
        return false;
    button->is_down = button->is_on;
    return button->is_down;
}

bool button_edge(struct button *button, bool is_on, int64_t at_ms)
{
    bool is_pressed = button_step(button, at_ms);
    if (button->is_on != is_on)
        button->since_ms = at_ms;
    button->is_on = is_on;
    return is_pressed;
}

int64_t button_due_ms(const struct button *button)
{
    return button->is_on == button->is_down ? INT64_MAX : button->since_ms + BUTTON_SETTLE_MS;
}
