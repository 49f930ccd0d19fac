#include "app/domain/badge.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/hex.h"
#include "firmware/base/utf8.h"

#define UID_PREFIX "uid:"
#define EAN_PREFIX "ean:"
#define NUM_PREFIX "num:"
#define PREFIX_LENGTH 4

/* A 125 kHz tag's number as its readers type it: ten digits. */
#define NUM_DIGITS 10
#define NUM_DIGITS_MIN 4
#define NUM_DIGITS_MAX 20

static bool is_all(const char *text, const char *allowed)
{
    return text[0] && text[strspn(text, allowed)] == 0;
}

static bool is_digits(const char *text)
{
    return is_all(text, "0123456789");
}

static bool is_hex(const char *text)
{
    return is_all(text, "0123456789ABCDEF");
}

/* ISO 14443-3: single, double and triple size UIDs. */
static bool is_uid_length(size_t digits)
{
    return digits == 8 || digits == 14 || digits == 20;
}

static void make(struct badge *out_badge, const char *prefix, const char *rest)
{
    assert(strlen(rest) < BADGE_TEXT_BYTES - PREFIX_LENGTH);
    memcpy(out_badge->text, prefix, PREFIX_LENGTH);
    memcpy(out_badge->text + PREFIX_LENGTH, rest, strlen(rest) + 1);
}

/* Readers that type leave leading zeros out, or not: with them it is one number. */
static void make_num(struct badge *out_badge, const char *digits)
{
    char padded[NUM_DIGITS_MAX + 1];
    size_t length = strlen(digits), zeros = length < NUM_DIGITS ? NUM_DIGITS - length : 0;
    memset(padded, '0', zeros);
    memcpy(padded + zeros, digits, length + 1);
    make(out_badge, NUM_PREFIX, padded);
}

bool badge_is_ean13(const char *digits)
{
    if (strlen(digits) != 13 || !is_digits(digits))
        return false;
    int sum = 0;
    for (int i = 0; i < 13; i++)
        sum += (digits[i] - '0') * (i % 2 ? 3 : 1);
    return sum % 10 == 0;
}

enum rc badge_from_reader(const char *text, struct badge *out_badge)
{
    if (strlen(text) >= BADGE_TEXT_BYTES)
        return RC_BAD_INPUT;
    const char *rest = text + PREFIX_LENGTH;
    if (strncmp(text, UID_PREFIX, PREFIX_LENGTH) == 0 && is_hex(rest) &&
        is_uid_length(strlen(rest)))
        make(out_badge, UID_PREFIX, rest);
    else if (strncmp(text, EAN_PREFIX, PREFIX_LENGTH) == 0 && badge_is_ean13(rest))
        make(out_badge, EAN_PREFIX, rest);
    else if (strncmp(text, NUM_PREFIX, PREFIX_LENGTH) == 0 && is_digits(rest) &&
             strlen(rest) >= NUM_DIGITS_MIN && strlen(rest) <= NUM_DIGITS_MAX)
        make_num(out_badge, rest);
    else
        return RC_BAD_INPUT;
    return RC_OK;
}

/*
 * Takes out what people put between the digits, and a "0x" before them; capital letters.
 * Returns false where too much is left to be a badge.
 */
static bool squeeze(const char *writing, char *out_digits, size_t size)
{
    size_t used = 0;
    char folded[64];
    if (strlen(writing) >= sizeof folded)
        return false;
    utf8_fold(writing, folded, sizeof folded);
    for (const char *at = folded; *at; at++) {
        if (strchr(" :-.", *at))
            continue;
        if (used + 1 >= size)
            return false;
        out_digits[used++] = (char)toupper((unsigned char)*at);
    }
    out_digits[used] = 0;
    if (strncmp(out_digits, "0X", 2) == 0)
        memmove(out_digits, out_digits + 2, used - 1);
    return used > 0;
}

/* "2,41E+12": what a spreadsheet makes of a long number. */
static bool is_rounded_number(const char *writing)
{
    const char *e = strpbrk(writing, "eE");
    return e && e > writing && e[1] == '+' && is_digits(e + 2) &&
           strspn(writing, "0123456789.,") == (size_t)(e - writing);
}

static void explain(const char *writing, const char *digits, struct reason *out_reason)
{
    if (is_rounded_number(writing))
        reason_set(
            out_reason,
            SAID("\"%s\" is a badge number that a spreadsheet has rounded; format that column as "
                 "text and type the number again."),
            writing);
    else if (is_digits(digits) && strlen(digits) == 13)
        reason_set(out_reason,
                   SAID("\"%s\" looks like a bar code, but its last digit does not fit the others; "
                        "compare it with the card."),
                   digits);
    else
        reason_set(
            out_reason,
            SAID("\"%.*s\" is no badge number; a badge has 8, 14 or 20 digits from 0 to F, a "
                 "bar code 13 digits, a 125 kHz tag up to 10."),
            (int)utf8_cut(writing, 40), writing);
}

enum rc badge_parse(const char *writing, struct badge *out_badge, struct reason *out_reason)
{
    char digits[BADGE_TEXT_BYTES - PREFIX_LENGTH] = "";
    if (badge_from_reader(writing, out_badge) == RC_OK)
        return RC_OK;
    if (!squeeze(writing, digits, sizeof digits)) {
        reason_set(out_reason, SAID("\"%.*s\" is no badge number."), (int)utf8_cut(writing, 40),
                   writing);
        return RC_BAD_INPUT;
    }
    size_t length = strlen(digits);
    if (badge_is_ean13(digits)) {
        make(out_badge, EAN_PREFIX, digits);
    } else if (is_hex(digits) && is_uid_length(length)) {
        make(out_badge, UID_PREFIX, digits);
    } else if (is_digits(digits) && (length == NUM_DIGITS || length == NUM_DIGITS - 1)) {
        make_num(out_badge, digits);
    } else {
        explain(writing, digits, out_reason);
        return RC_BAD_INPUT;
    }
    return RC_OK;
}

enum rc badge_check_enrolment(const struct badge *badge, struct reason *out_reason)
{
    /* ISO 14443-3, 6.5.4: a single-size UID beginning 08 is random; one beginning 88 cannot be,
     * 88 being the mark that a longer one goes on. */
    bool is_single = strlen(badge->text) == PREFIX_LENGTH + 8;
    if (is_single && strncmp(badge->text, UID_PREFIX "08", PREFIX_LENGTH + 2) == 0) {
        reason_set(out_reason,
                   SAID("This is a phone or a bank card that makes up another number at "
                        "every tap, so it cannot be recognised again. Give a badge instead."));
        return RC_REFUSED;
    }
    if (is_single && strncmp(badge->text, UID_PREFIX "88", PREFIX_LENGTH + 2) == 0) {
        reason_set(out_reason,
                   SAID("This number is only the first half of a longer one: the reader "
                        "that made it cuts them. Tap the badge here instead."));
        return RC_REFUSED;
    }
    return RC_OK;
}

static uint32_t swap_bytes(uint32_t value)
{
    return value >> 24 | (value >> 8 & 0xFF00) | (value << 8 & 0xFF0000) | value << 24;
}

/* Adds a form that is not there yet. */
static int add_form(struct badge *forms, int count, const char *format_prefix, uint32_t value)
{
    struct badge form;
    if (strcmp(format_prefix, UID_PREFIX) == 0)
        snprintf(form.text, sizeof form.text, UID_PREFIX "%08" PRIX32, value);
    else
        snprintf(form.text, sizeof form.text, NUM_PREFIX "%010" PRIu32, value);
    for (int i = 0; i < count; i++)
        if (strcmp(forms[i].text, form.text) == 0)
            return count;
    forms[count] = form;
    return count + 1;
}

/* The 32-bit number a badge stands for, and under which prefix it may be listed too. */
static bool read_number(const struct badge *badge, uint32_t *out_value, const char **out_other)
{
    const char *rest = badge->text + PREFIX_LENGTH;
    uint64_t value = 0;
    bool is_uid = strncmp(badge->text, UID_PREFIX, PREFIX_LENGTH) == 0;
    bool is_num = strncmp(badge->text, NUM_PREFIX, PREFIX_LENGTH) == 0;
    if (!(is_uid && strlen(rest) == 8) && !(is_num && strlen(rest) == NUM_DIGITS))
        return false;
    if (sscanf(rest, is_uid ? "%" SCNx64 : "%" SCNu64, &value) != 1 || value > UINT32_MAX)
        return false;
    *out_value = (uint32_t)value;
    *out_other = is_uid ? NUM_PREFIX : UID_PREFIX;
    return true;
}

int badge_forms(const struct badge *badge, struct badge *out_forms)
{
    uint32_t value;
    const char *other;
    out_forms[0] = *badge;
    if (!read_number(badge, &value, &other))
        return 1;
    int count = add_form(out_forms, 1, other, value);
    return add_form(out_forms, count, other, swap_bytes(value));
}

struct badge_hash badge_hash(const struct badge *badge, const uint8_t *key)
{
    struct badge_hash hash;
    struct hash_part part = {badge->text, strlen(badge->text)};
    hash_parts(key, &part, 1, hash.bytes, sizeof hash.bytes);
    return hash;
}
