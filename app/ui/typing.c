#include "app/ui/typing.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "firmware/base/utf8.h"

#define DIGITS "0123456789"
#define SMALL "abcdefghijklmnopqrstuvwxyz"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* --- looking back from the end --- */

/* The character before `*at`, and moves there; 0 at the beginning. */
static uint32_t look_back(const char *text, size_t *at)
{
    uint32_t point = 0;
    size_t end = *at;
    if (!end)
        return 0;
    do
        --*at;
    while (*at && (text[*at] & 0xC0) == 0x80);
    utf8_step(text + *at, end - *at, &point);
    return point;
}

static bool begins_word(uint32_t before)
{
    return !before || before == '-' || utf8_is_space(before);
}

static bool begins_name(const char *text)
{
    size_t at = strlen(text);
    uint32_t last = look_back(text, &at);
    if (begins_word(last))
        return true;
    if (last != '\'' && last != 0x2019)
        return false;
    uint32_t letter = look_back(text, &at);
    return letter >= 'A' && letter <= 'Z' && begins_word(look_back(text, &at));
}

static bool begins_sentence(const char *text)
{
    size_t at = strlen(text);
    uint32_t last = look_back(text, &at);
    if (last && !utf8_is_space(last))
        return false;
    while (last && utf8_is_space(last))
        last = look_back(text, &at);
    return !last || last == '.' || last == '!' || last == '?' || last == 0x2026;
}

static bool always(const char *text)
{
    (void)text;
    return true;
}

static bool never(const char *text)
{
    (void)text;
    return false;
}

/* --- what each kind takes --- */

static const struct {
    const char *only; /* the characters it takes; NULL: whatever can be printed */
    bool (*wants_capital)(const char *text);
} kinds[TYPING_KINDS] = {
    [TYPING_NAME] = {NULL, begins_name},
    [TYPING_TEXT] = {NULL, begins_sentence},
    /* RFC 5322, 3.2.3, without the quoted names that nobody has */
    [TYPING_EMAIL] = {SMALL CAPITALS DIGITS "@.!#$%&'*+-/=?^_`{|}~", never},
    [TYPING_DIGITS] = {DIGITS, never},
    [TYPING_PIN] = {DIGITS, never},
    [TYPING_CODE] = {TYPING_CODE_LETTERS, always},
};

static bool is_taken(const struct typing *typing, uint32_t point)
{
    const char *only = kinds[typing->kind].only;
    size_t at = strlen(typing->text);
    uint32_t last = look_back(typing->text, &at);
    if (only)
        return point && point < 0x80 && strchr(only, (int)point);
    if (typing->kind == TYPING_NAME && utf8_is_space(point) && (!last || utf8_is_space(last)))
        return false;
    if (utf8_is_combining(point) && !last)
        return false;
    return !utf8_is_control(point);
}

void typing_init(struct typing *typing, enum typing_kind kind, int limit, size_t size)
{
    assert(kind < TYPING_KINDS && limit > 0 && size > 0 && size <= TYPING_SIZE);
    *typing = (struct typing){.kind = kind, .limit = limit, .size = size};
}

/* What is cut off leaves no trace: it may have been a PIN. */
static void cut(struct typing *typing, size_t length)
{
    explicit_bzero(typing->text + length, sizeof typing->text - length);
}

static enum rc append(struct typing *typing, uint32_t point)
{
    char bytes[UTF8_MAX];
    size_t length = strlen(typing->text);
    if (typing->kind == TYPING_CODE)
        point = utf8_upper(point);
    if (!is_taken(typing, point))
        return RC_REFUSED;
    size_t count = utf8_put(point, bytes);
    bool is_full = !utf8_is_combining(point) && typing_count(typing) >= typing->limit;
    if (is_full || length + count >= typing->size)
        return RC_LIMIT;
    memcpy(typing->text + length, bytes, count);
    return RC_OK;
}

enum rc typing_insert(struct typing *typing, const char *text)
{
    size_t before = strlen(typing->text), left = strlen(text);
    enum rc rc = RC_OK;
    while (left && !rc) {
        uint32_t point = 0;
        size_t step = utf8_step(text, left, &point);
        rc = step ? append(typing, point) : RC_BAD_INPUT;
        text += step;
        left -= step;
    }
    if (rc)
        cut(typing, before);
    return rc;
}

bool typing_delete(struct typing *typing)
{
    size_t at = strlen(typing->text);
    if (!at)
        return false;
    while (utf8_is_combining(look_back(typing->text, &at)))
        continue;
    cut(typing, at);
    return true;
}

void typing_clear(struct typing *typing)
{
    cut(typing, 0);
}

int typing_count(const struct typing *typing)
{
    size_t at = strlen(typing->text);
    int count = 0;
    while (at)
        count += !utf8_is_combining(look_back(typing->text, &at));
    return count;
}

bool typing_wants_capital(const struct typing *typing)
{
    return kinds[typing->kind].wants_capital(typing->text);
}
