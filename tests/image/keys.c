#include "tests/image/keys.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define COUNT_OF(rows) ((int)(sizeof rows / sizeof rows[0]))

/* A key's name (qapi/ui.json, QKeyCode), and what it types alone and with shift; 0: nothing. */
static const struct {
    const char *name;
    char plain, shifted;
} keys[] = {
    {"a", 'a', 'A'},
    {"b", 'b', 'B'},
    {"c", 'c', 'C'},
    {"d", 'd', 'D'},
    {"e", 'e', 'E'},
    {"f", 'f', 'F'},
    {"g", 'g', 'G'},
    {"h", 'h', 'H'},
    {"i", 'i', 'I'},
    {"j", 'j', 'J'},
    {"k", 'k', 'K'},
    {"l", 'l', 'L'},
    {"m", 'm', 'M'},
    {"n", 'n', 'N'},
    {"o", 'o', 'O'},
    {"p", 'p', 'P'},
    {"q", 'q', 'Q'},
    {"r", 'r', 'R'},
    {"s", 's', 'S'},
    {"t", 't', 'T'},
    {"u", 'u', 'U'},
    {"v", 'v', 'V'},
    {"w", 'w', 'W'},
    {"x", 'x', 'X'},
    {"y", 'y', 'Y'},
    {"z", 'z', 'Z'},
    {"0", '0', ')'},
    {"1", '1', '!'},
    {"2", '2', '@'},
    {"3", '3', '#'},
    {"4", '4', '$'},
    {"5", '5', '%'},
    {"6", '6', '^'},
    {"7", '7', '&'},
    {"8", '8', '*'},
    {"9", '9', '('},
    {"minus", '-', '_'},
    {"equal", '=', '+'},
    {"bracket_left", '[', '{'},
    {"bracket_right", ']', '}'},
    {"backslash", '\\', '|'},
    {"semicolon", ';', ':'},
    {"apostrophe", '\'', '"'},
    {"grave_accent", '`', '~'},
    {"comma", ',', '<'},
    {"dot", '.', '>'},
    {"slash", '/', '?'},
    {"spc", ' ', 0},
    {"ret", '\n', 0},
    {"tab", '\t', 0},
    {"backspace", '\b', 0},
    {"esc", 0, 0},
    {"f1", 0, 0},
    {"f2", 0, 0},
    {"f3", 0, 0},
    {"f4", 0, 0},
    {"f5", 0, 0},
    {"f6", 0, 0},
    {"f7", 0, 0},
    {"f8", 0, 0},
    {"f9", 0, 0},
    {"f10", 0, 0},
    {"f11", 0, 0},
    {"f12", 0, 0},
    {"up", 0, 0},
    {"down", 0, 0},
    {"left", 0, 0},
    {"right", 0, 0},
    {"home", 0, 0},
    {"end", 0, 0},
    {"pgup", 0, 0},
    {"pgdn", 0, 0},
    {"insert", 0, 0},
    {"delete", 0, 0},
    {"print", 0, 0},
    {"pause", 0, 0},
    {"menu", 0, 0},
    {"caps_lock", 0, 0},
    {"num_lock", 0, 0},
    {"scroll_lock", 0, 0},
    {"sysrq", 0, 0},
    {"kp_enter", 0, 0},
    {"kp_0", 0, 0},
    {"kp_1", 0, 0},
    {"kp_5", 0, 0},
    {"kp_9", 0, 0},
    {"kp_add", 0, 0},
    {"kp_subtract", 0, 0},
    {"kp_multiply", 0, 0},
    {"kp_divide", 0, 0},
    {"kp_decimal", 0, 0},
    {"shift", 0, 0},
    {"shift_r", 0, 0},
    {"ctrl", 0, 0},
    {"ctrl_r", 0, 0},
    {"alt", 0, 0},
    {"alt_r", 0, 0},
    {"meta_l", 0, 0},
    {"meta_r", 0, 0},
};

static const char *const modifiers[] = {"shift", "ctrl", "alt", "meta_l", "alt_r", "ctrl_r"};

/* What moves a console, a desktop or a kernel that lets itself be moved. */
static const char *const escapes[] = {
    "ctrl-alt-f1", "ctrl-alt-f2",    "ctrl-alt-f3", "ctrl-alt-f7",    "ctrl-alt-delete",
    "alt-f2",      "alt-f4",         "alt-left",    "alt-right",      "alt-tab",
    "ctrl-c",      "ctrl-z",         "ctrl-d",      "ctrl-backslash", "ctrl-alt-backspace",
    "alt-sysrq-b", "alt-sysrq-k",    "alt-sysrq-r", "alt-sysrq-f",    "alt-print-b",
    "meta_l-l",    "meta_l-d",       "ctrl-alt-t",  "shift-pgup",     "ctrl-scroll_lock",
    "ctrl-esc",    "ctrl-shift-esc",
};

int keys_count(void)
{
    return COUNT_OF(keys);
}

const char *keys_name(int index)
{
    return keys[index].name;
}

/* The table's own name, or NULL. */
static const char *find_name(const char *name, size_t length)
{
    for (int i = 0; i < COUNT_OF(keys); i++)
        if (strlen(keys[i].name) == length && memcmp(keys[i].name, name, length) == 0)
            return keys[i].name;
    return NULL;
}

enum rc keys_read(const char *text, struct keys *out_keys, struct reason *reason)
{
    struct keys read = {.count = 0};
    const char *at = text;
    do {
        size_t length = strcspn(at, "-");
        const char *name = find_name(at, length);
        if (!name || read.count == KEYS_MAX) {
            reason_set(reason,
                       "'%s' is no key, and no more than %d of QEMU's names with '-' between", text,
                       KEYS_MAX);
            return RC_NOT_FOUND;
        }
        read.names[read.count++] = name;
        at += length;
    } while (*at++ == '-');
    *out_keys = read;
    return RC_OK;
}

enum rc keys_of_character(char character, struct keys *out_keys)
{
    if (!character)
        return RC_NOT_FOUND;
    for (int i = 0; i < COUNT_OF(keys); i++) {
        if (keys[i].plain == character) {
            *out_keys = (struct keys){1, {keys[i].name}};
            return RC_OK;
        }
        if (keys[i].shifted == character) {
            *out_keys = (struct keys){2, {find_name("shift", 5), keys[i].name}};
            return RC_OK;
        }
    }
    return RC_NOT_FOUND;
}

static bool is_in(const struct keys *pressed, const char *name)
{
    for (int i = 0; i < pressed->count; i++)
        if (strcmp(pressed->names[i], name) == 0)
            return true;
    return false;
}

static void press(struct keys *pressed, const char *name)
{
    if (pressed->count < KEYS_MAX && !is_in(pressed, name))
        pressed->names[pressed->count++] = find_name(name, strlen(name));
}

struct keys keys_random(struct random *random)
{
    struct keys pressed = {.count = 0};
    if (random_below(random, 4) == 0 &&
        !keys_read(escapes[random_below(random, COUNT_OF(escapes))], &pressed, NULL))
        return pressed;
    /* none, one or several modifiers: each more is half as likely */
    while (pressed.count < KEYS_MAX - 1 && random_below(random, 2) == 0)
        press(&pressed, modifiers[random_below(random, COUNT_OF(modifiers))]);
    press(&pressed, keys[random_below(random, COUNT_OF(keys))].name);
    return pressed;
}

const char *keys_write(const struct keys *written, char *out_text, size_t size)
{
    size_t used = 0;
    out_text[0] = 0;
    for (int i = 0; i < written->count && used < size; i++)
        used +=
            (size_t)snprintf(out_text + used, size - used, "%s%s", i ? "-" : "", written->names[i]);
    return out_text;
}
