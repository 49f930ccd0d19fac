#include "firmware/linux/wedge_decoder.h"

#include <linux/input-event-codes.h>
#include <stdio.h>
#include <string.h>

/* GS1 General Specifications 7.9: weights 1 and 3 from the left, the sum a multiple of ten. */
static bool is_ean13(const char *digits)
{
    int sum = 0;
    for (int i = 0; i < 13; i++)
        sum += (digits[i] - '0') * (i % 2 ? 3 : 1);
    return sum % 10 == 0;
}

static char digit_of(unsigned code)
{
    static const struct {
        unsigned code;
        char digit;
    } rows[] = {
        {KEY_1, '1'},   {KEY_2, '2'},   {KEY_3, '3'},   {KEY_4, '4'},   {KEY_5, '5'},
        {KEY_6, '6'},   {KEY_7, '7'},   {KEY_8, '8'},   {KEY_9, '9'},   {KEY_0, '0'},
        {KEY_KP1, '1'}, {KEY_KP2, '2'}, {KEY_KP3, '3'}, {KEY_KP4, '4'}, {KEY_KP5, '5'},
        {KEY_KP6, '6'}, {KEY_KP7, '7'}, {KEY_KP8, '8'}, {KEY_KP9, '9'}, {KEY_KP0, '0'},
        {KEY_A, 'A'},   {KEY_B, 'B'},   {KEY_C, 'C'},   {KEY_D, 'D'},   {KEY_E, 'E'},
        {KEY_F, 'F'},
    };
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].code == code)
            return rows[i].digit;
    return 0;
}

static bool is_modifier(unsigned code)
{
    return code == KEY_LEFTSHIFT || code == KEY_RIGHTSHIFT || code == KEY_CAPSLOCK ||
           code == KEY_NUMLOCK;
}

/* What was typed, as a badge; false when it is none. */
static bool read_typed(const struct wedge_decoder *decoder, char *out_text)
{
    const char *typed = decoder->typed;
    int count = decoder->count;
    bool is_decimal = (int)strspn(typed, "0123456789") == count;
    if (decoder->is_spoilt)
        return false;
    if (is_decimal && count == 13 && is_ean13(typed))
        snprintf(out_text, WEDGE_TEXT_BYTES, "ean:%s", typed);
    else if (is_decimal && count >= 8 && count <= 10)
        snprintf(out_text, WEDGE_TEXT_BYTES, "num:%.*s%s", 10 - count, "00", typed);
    else if (count == 14 || count == 20 || (count == 8 && !is_decimal))
        snprintf(out_text, WEDGE_TEXT_BYTES, "uid:%s", typed);
    else
        return false;
    return true;
}

static bool end(struct wedge_decoder *decoder, char *out_text)
{
    bool is_badge = read_typed(decoder, out_text);
    *decoder = (struct wedge_decoder){.count = 0};
    return is_badge;
}

bool wedge_decoder_key(struct wedge_decoder *decoder, unsigned code, int64_t now_ms, char *out_text)
{
    char digit = digit_of(code);
    if (code == KEY_ENTER || code == KEY_KPENTER)
        return end(decoder, out_text);
    if (is_modifier(code))
        return false;
    decoder->last_ms = now_ms;
    if (!digit || decoder->count == WEDGE_TYPED_MAX)
        decoder->is_spoilt = true;
    else
        decoder->typed[decoder->count++] = digit;
    return false;
}

bool wedge_decoder_pause(struct wedge_decoder *decoder, int64_t now_ms, char *out_text)
{
    if ((!decoder->count && !decoder->is_spoilt) || now_ms < decoder->last_ms + WEDGE_GAP_MS)
        return false;
    return end(decoder, out_text);
}
