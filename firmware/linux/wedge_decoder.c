#include "firmware/linux/wedge_decoder.h"

#include <stdio.h>
#include <string.h>

#define VALUE_DOWN 1 /* 0 is up, 2 is repeated */
#define END '\n'
#define PASSED_OVER ' '

static const struct {
    uint16_t code;
    char meaning;
} keys[] = {
    {KEY_0, '0'},
    {KEY_1, '1'},
    {KEY_2, '2'},
    {KEY_3, '3'},
    {KEY_4, '4'},
    {KEY_5, '5'},
    {KEY_6, '6'},
    {KEY_7, '7'},
    {KEY_8, '8'},
    {KEY_9, '9'},
    {KEY_KP0, '0'},
    {KEY_KP1, '1'},
    {KEY_KP2, '2'},
    {KEY_KP3, '3'},
    {KEY_KP4, '4'},
    {KEY_KP5, '5'},
    {KEY_KP6, '6'},
    {KEY_KP7, '7'},
    {KEY_KP8, '8'},
    {KEY_KP9, '9'},
    {KEY_A, 'A'},
    {KEY_B, 'B'},
    {KEY_C, 'C'},
    {KEY_D, 'D'},
    {KEY_E, 'E'},
    {KEY_F, 'F'},
    {KEY_ENTER, END},
    {KEY_KPENTER, END},
    {KEY_TAB, END},
    {KEY_LEFTSHIFT, PASSED_OVER},
    {KEY_RIGHTSHIFT, PASSED_OVER},
    {KEY_CAPSLOCK, PASSED_OVER},
    {KEY_NUMLOCK, PASSED_OVER},
};

void wedge_decoder_init(struct wedge_decoder *decoder)
{
    memset(decoder, 0, sizeof *decoder);
}

bool wedge_decoder_is_waiting(const struct wedge_decoder *decoder)
{
    return decoder->count > 0 || decoder->is_spoilt;
}

/* --- what it means --- */

static bool has_right_check_digit(const char *digits)
{
    int sum = 0;
    for (int i = 0; i < 13; i++)
        sum += (digits[i] - '0') * (i % 2 ? 3 : 1);
    return sum % 10 == 0;
}

static bool is_uid_length(size_t digits)
{
    return digits == 8 || digits == 14 || digits == 20;
}

static enum rc read_badge(const char *typed, struct wedge_badge *out_badge)
{
    static const char zeros[] = "0000000000";
    size_t count = strlen(typed);
    bool is_decimal = strspn(typed, "0123456789") == count;
    const char *kind = NULL;
    size_t missing = 0;
    if (count == 13 && is_decimal && has_right_check_digit(typed))
        kind = "ean";
    else if (count >= 8 && count <= 12 && is_decimal)
        kind = "num";
    else if (is_uid_length(count))
        kind = "uid";
    if (!kind)
        return RC_BAD_INPUT;
    if (is_decimal && count < 10)
        missing = 10 - count;
    snprintf(out_badge->text, sizeof out_badge->text, "%s:%.*s%s", kind, (int)missing, zeros,
             typed);
    return RC_OK;
}

/* --- what is typed --- */

enum rc wedge_decoder_end(struct wedge_decoder *decoder, struct wedge_badge *out_badge)
{
    struct wedge_decoder ended = *decoder;
    wedge_decoder_init(decoder);
    if (ended.is_spoilt)
        return RC_BAD_INPUT;
    return ended.count ? read_badge(ended.typed, out_badge) : RC_EMPTY;
}

static char meaning_of(uint16_t code)
{
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (keys[i].code == code)
            return keys[i].meaning;
    return 0;
}

static void type(struct wedge_decoder *decoder, char character)
{
    if (character && decoder->count < WEDGE_TYPED_MAX)
        decoder->typed[decoder->count++] = character;
    else
        decoder->is_spoilt = true;
}

enum rc wedge_decoder_take(struct wedge_decoder *decoder, const struct input_event *event,
                           struct wedge_badge *out_badge)
{
    enum rc rc = RC_EMPTY;
    if (event->type == EV_SYN && event->code == SYN_DROPPED) {
        decoder->is_spoilt = true; /* the kernel lost keys: half a badge is none */
        return RC_EMPTY;
    }
    if (event->type != EV_KEY || event->value != VALUE_DOWN)
        return RC_EMPTY;
    char meaning = meaning_of(event->code);
    int64_t now_us =
        (int64_t)((uint64_t)event->input_event_sec * 1000000 + (uint64_t)event->input_event_usec);
    if (meaning == PASSED_OVER)
        return RC_EMPTY;
    if (wedge_decoder_is_waiting(decoder) && decoder->key_us <= INT64_MAX - WEDGE_GAP_MS * 1000 &&
        now_us > decoder->key_us + WEDGE_GAP_MS * 1000)
        rc = wedge_decoder_end(decoder, out_badge);
    if (meaning == END)
        return rc == RC_EMPTY ? wedge_decoder_end(decoder, out_badge) : rc;
    type(decoder, meaning);
    decoder->key_us = now_us;
    return rc;
}
