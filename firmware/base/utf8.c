#include "firmware/base/utf8.h"

#include <string.h>

struct letters {
    uint16_t first, last;
    char plain[3];
};

/* Letters of either case and what they are compared as; sorted. Made from Unicode's compatibility
 * decompositions, with the letters it does not take apart (æ, ð, ø, þ, đ, ł, ...) by hand. */
static const struct letters plain_letters[] = {
    {0x00C0, 0x00C5, "a"},  {0x00C6, 0x00C6, "ae"}, {0x00C7, 0x00C7, "c"},  {0x00C8, 0x00CB, "e"},
    {0x00CC, 0x00CF, "i"},  {0x00D0, 0x00D0, "d"},  {0x00D1, 0x00D1, "n"},  {0x00D2, 0x00D6, "o"},
    {0x00D8, 0x00D8, "o"},  {0x00D9, 0x00DC, "u"},  {0x00DD, 0x00DD, "y"},  {0x00DE, 0x00DE, "th"},
    {0x00DF, 0x00DF, "ss"}, {0x00E0, 0x00E5, "a"},  {0x00E6, 0x00E6, "ae"}, {0x00E7, 0x00E7, "c"},
    {0x00E8, 0x00EB, "e"},  {0x00EC, 0x00EF, "i"},  {0x00F0, 0x00F0, "d"},  {0x00F1, 0x00F1, "n"},
    {0x00F2, 0x00F6, "o"},  {0x00F8, 0x00F8, "o"},  {0x00F9, 0x00FC, "u"},  {0x00FD, 0x00FD, "y"},
    {0x00FE, 0x00FE, "th"}, {0x00FF, 0x00FF, "y"},  {0x0100, 0x0105, "a"},  {0x0106, 0x010D, "c"},
    {0x010E, 0x0111, "d"},  {0x0112, 0x011B, "e"},  {0x011C, 0x0123, "g"},  {0x0124, 0x0127, "h"},
    {0x0128, 0x0131, "i"},  {0x0132, 0x0133, "ij"}, {0x0134, 0x0135, "j"},  {0x0136, 0x0138, "k"},
    {0x0139, 0x0142, "l"},  {0x0143, 0x014B, "n"},  {0x014C, 0x0151, "o"},  {0x0152, 0x0153, "oe"},
    {0x0154, 0x0159, "r"},  {0x015A, 0x0161, "s"},  {0x0162, 0x0167, "t"},  {0x0168, 0x0173, "u"},
    {0x0174, 0x0175, "w"},  {0x0176, 0x0178, "y"},  {0x0179, 0x017E, "z"},  {0x017F, 0x017F, "s"},
    {0x0180, 0x0181, "b"},  {0x0187, 0x0188, "c"},  {0x0189, 0x018A, "d"},  {0x018F, 0x018F, "e"},
    {0x0191, 0x0192, "f"},  {0x0197, 0x0197, "i"},  {0x0198, 0x0199, "k"},  {0x019A, 0x019A, "l"},
    {0x019D, 0x019D, "n"},  {0x01A0, 0x01A1, "o"},  {0x01AB, 0x01AD, "t"},  {0x01AF, 0x01B0, "u"},
    {0x01B3, 0x01B4, "y"},  {0x01B5, 0x01B6, "z"},  {0x01C4, 0x01C6, "dz"}, {0x01C7, 0x01C9, "lj"},
    {0x01CA, 0x01CC, "nj"}, {0x01CD, 0x01CE, "a"},  {0x01CF, 0x01D0, "i"},  {0x01D1, 0x01D2, "o"},
    {0x01D3, 0x01DC, "u"},  {0x01DD, 0x01DD, "e"},  {0x01DE, 0x01E1, "a"},  {0x01E2, 0x01E3, "ae"},
    {0x01E4, 0x01E7, "g"},  {0x01E8, 0x01E9, "k"},  {0x01EA, 0x01ED, "o"},  {0x01F0, 0x01F0, "j"},
    {0x01F1, 0x01F3, "dz"}, {0x01F4, 0x01F5, "g"},  {0x01F8, 0x01F9, "n"},  {0x01FA, 0x01FB, "a"},
    {0x01FC, 0x01FD, "ae"}, {0x0200, 0x0203, "a"},  {0x0204, 0x0207, "e"},  {0x0208, 0x020B, "i"},
    {0x020C, 0x020F, "o"},  {0x0210, 0x0213, "r"},  {0x0214, 0x0217, "u"},  {0x0218, 0x0219, "s"},
    {0x021A, 0x021B, "t"},  {0x021E, 0x021F, "h"},  {0x0226, 0x0227, "a"},  {0x0228, 0x0229, "e"},
    {0x022A, 0x0231, "o"},  {0x0232, 0x0233, "y"},  {0x023A, 0x023A, "a"},  {0x023B, 0x023C, "c"},
    {0x023D, 0x023D, "l"},  {0x023E, 0x023E, "t"},  {0x0243, 0x0243, "b"},  {0x0244, 0x0244, "u"},
    {0x0246, 0x0247, "e"},  {0x0248, 0x0249, "j"},  {0x024C, 0x024D, "r"},  {0x024E, 0x024F, "y"},
    {0x0253, 0x0253, "b"},  {0x0257, 0x0257, "d"},  {0x0259, 0x0259, "e"},  {0x0268, 0x0268, "i"},
    {0x0272, 0x0272, "n"},  {0x1E00, 0x1E01, "a"},  {0x1E02, 0x1E07, "b"},  {0x1E08, 0x1E09, "c"},
    {0x1E0A, 0x1E13, "d"},  {0x1E14, 0x1E1D, "e"},  {0x1E1E, 0x1E1F, "f"},  {0x1E20, 0x1E21, "g"},
    {0x1E22, 0x1E2B, "h"},  {0x1E2C, 0x1E2F, "i"},  {0x1E30, 0x1E35, "k"},  {0x1E36, 0x1E3D, "l"},
    {0x1E3E, 0x1E43, "m"},  {0x1E44, 0x1E4B, "n"},  {0x1E4C, 0x1E53, "o"},  {0x1E54, 0x1E57, "p"},
    {0x1E58, 0x1E5F, "r"},  {0x1E60, 0x1E69, "s"},  {0x1E6A, 0x1E71, "t"},  {0x1E72, 0x1E7B, "u"},
    {0x1E7C, 0x1E7F, "v"},  {0x1E80, 0x1E89, "w"},  {0x1E8A, 0x1E8D, "x"},  {0x1E8E, 0x1E8F, "y"},
    {0x1E90, 0x1E95, "z"},  {0x1E96, 0x1E96, "h"},  {0x1E97, 0x1E97, "t"},  {0x1E98, 0x1E98, "w"},
    {0x1E99, 0x1E99, "y"},  {0x1E9A, 0x1E9A, "a"},  {0x1E9B, 0x1E9B, "s"},  {0x1E9E, 0x1E9E, "ss"},
    {0x1EA0, 0x1EB7, "a"},  {0x1EB8, 0x1EC7, "e"},  {0x1EC8, 0x1ECB, "i"},  {0x1ECC, 0x1EE3, "o"},
    {0x1EE4, 0x1EF1, "u"},  {0x1EF2, 0x1EF9, "y"},  {0x2010, 0x2015, "-"},  {0x2018, 0x201B, "'"},
};

/* Small letters whose capital stands `down` before them; every one or every second number. */
static const struct {
    uint16_t first, last;
    uint8_t down, step;
} capitals[] = {
    {0x0061, 0x007A, 32, 1}, {0x00E0, 0x00F6, 32, 1}, {0x00F8, 0x00FE, 32, 1},
    {0x0101, 0x012F, 1, 2},  {0x0133, 0x0137, 1, 2},  {0x013A, 0x0148, 1, 2},
    {0x014B, 0x0177, 1, 2},  {0x017A, 0x017E, 1, 2},  {0x01A1, 0x01A5, 1, 2},
    {0x01B0, 0x01B0, 1, 1},  {0x01CE, 0x01DC, 1, 2},  {0x01DF, 0x01EF, 1, 2},
    {0x01F9, 0x021F, 1, 2},  {0x0223, 0x0233, 1, 2},  {0x03AC, 0x03AC, 38, 1},
    {0x03AD, 0x03AF, 37, 1}, {0x03B1, 0x03C1, 32, 1}, {0x03C3, 0x03CB, 32, 1},
    {0x03CC, 0x03CC, 64, 1}, {0x03CD, 0x03CE, 63, 1}, {0x0430, 0x044F, 32, 1},
    {0x0450, 0x045F, 80, 1}, {0x0461, 0x0481, 1, 2},  {0x048B, 0x04BF, 1, 2},
    {0x1E01, 0x1E95, 1, 2},  {0x1EA1, 0x1EFF, 1, 2},
};

struct span {
    uint32_t first, last;
};

static const struct span controls[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x200E, 0x200F}, {0x2028, 0x202E},
    {0x2066, 0x2069}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB},
};

static const struct span spaces[] = {
    {0x0009, 0x000D}, {0x0020, 0x0020}, {0x00A0, 0x00A0}, {0x2000, 0x200B},
    {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
};

/* Direction and byte order marks, which come along unseen when people copy phone numbers. */
static const struct span marks[] = {
    {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF}};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static bool is_in(const struct span *spans, size_t count, uint32_t point)
{
    for (size_t i = 0; i < count; i++)
        if (point >= spans[i].first && point <= spans[i].last)
            return true;
    return false;
}

bool utf8_is_control(uint32_t point)
{
    return is_in(controls, COUNT(controls), point);
}

bool utf8_is_space(uint32_t point)
{
    return is_in(spaces, COUNT(spaces), point);
}

bool utf8_is_combining(uint32_t point)
{
    return point >= 0x300 && point <= 0x36F;
}

size_t utf8_step(const char *text, size_t length, uint32_t *out_point)
{
    /* RFC 3629, section 4: by the first byte, how long and the least number worth that length. */
    static const struct {
        uint8_t mask, mark, length;
        uint32_t least;
    } rows[] = {{0x80, 0x00, 1, 0},
                {0xE0, 0xC0, 2, 0x80},
                {0xF0, 0xE0, 3, 0x800},
                {0xF8, 0xF0, 4, 0x10000}};
    const uint8_t *bytes = (const uint8_t *)text;
    unsigned row = 0;
    while (length && row < COUNT(rows) && (bytes[0] & rows[row].mask) != rows[row].mark)
        row++;
    if (row == COUNT(rows) || length < rows[row].length)
        return 0;
    uint32_t point = bytes[0] & (uint8_t)~rows[row].mask;
    for (unsigned i = 1; i < rows[row].length; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
        point = point << 6 | (bytes[i] & 0x3F);
    }
    if (point < rows[row].least || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
        return 0;
    *out_point = point;
    return rows[row].length;
}

size_t utf8_put(uint32_t point, char out_bytes[UTF8_MAX])
{
    if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
        point = 0xFFFD;
    if (point < 0x80) {
        out_bytes[0] = (char)point;
        return 1;
    }
    size_t length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, point >>= 6)
        out_bytes[i] = (char)(0x80 | (point & 0x3F));
    static const uint8_t leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    out_bytes[0] = (char)(leads[length] | point);
    return length;
}

bool utf8_is_valid(const char *text, size_t length)
{
    uint32_t point;
    for (size_t at = 0, step; at < length; at += step) {
        step = utf8_step(text + at, length - at, &point);
        if (!step)
            return false;
    }
    return true;
}

uint32_t utf8_upper(uint32_t point)
{
    for (size_t i = 0; i < COUNT(capitals); i++)
        if (point >= capitals[i].first && point <= capitals[i].last)
            return (point - capitals[i].first) % capitals[i].step ? point
                                                                  : point - capitals[i].down;
    return point == 0xFF ? 0x178 : point;
}

/* Where the text without its outer spaces begins and ends; RC_BAD_INPUT where it is not clean. */
static enum rc find_body(const char *text, size_t *out_begin, size_t *out_end)
{
    size_t length = strlen(text), begin = 0, end = 0;
    bool is_begun = false;
    uint32_t odd = 0, point = 0;
    for (size_t at = 0, step; at < length; at += step) {
        step = utf8_step(text + at, length - at, &point);
        if (!step)
            return RC_BAD_INPUT;
        if (utf8_is_space(point) || is_in(marks, COUNT(marks), point)) {
            /* Around a text these go; inside it a TAB, a line break or a mark is a control. */
            odd = utf8_is_control(point) && is_begun ? point : odd;
            continue;
        }
        if (utf8_is_control(point) || odd)
            return RC_BAD_INPUT;
        begin = is_begun ? begin : at;
        is_begun = true;
        end = at + step;
    }
    *out_begin = begin;
    *out_end = end;
    return RC_OK;
}

enum rc utf8_clean(const char *text, char *out_text, size_t size)
{
    size_t begin, end;
    if (find_body(text, &begin, &end))
        return RC_BAD_INPUT;
    if (end - begin >= size)
        return RC_LIMIT;
    memmove(out_text, text + begin, end - begin);
    out_text[end - begin] = 0;
    return RC_OK;
}

void utf8_defuse(char *text)
{
    size_t length = strlen(text), used = 0, step;
    for (size_t at = 0; at < length; at += step ? step : 1) {
        uint32_t point;
        step = utf8_step(text + at, length - at, &point);
        if (!step || utf8_is_control(point)) {
            text[used++] = '?';
            continue;
        }
        memmove(text + used, text + at, step);
        used += step;
    }
    text[used] = 0;
}

size_t utf8_cut(const char *text, size_t limit)
{
    size_t length = strlen(text);
    if (length <= limit)
        return length;
    while (limit > 0 && (text[limit] & 0xC0) == 0x80)
        limit--;
    return limit;
}

static uint32_t lower(uint32_t point)
{
    if ((point >= 'A' && point <= 'Z') || (point >= 0x391 && point <= 0x3A9) ||
        (point >= 0x410 && point <= 0x42F))
        return point + 32;
    return point >= 0x400 && point <= 0x40F ? point + 80 : point;
}

/* The character's plain writing in `out`; returns its length, 0 for none. */
static size_t plain(uint32_t point, char out[UTF8_MAX])
{
    size_t low = 0, high = COUNT(plain_letters);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (point > plain_letters[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < COUNT(plain_letters) && point >= plain_letters[low].first) {
        size_t length = strlen(plain_letters[low].plain);
        memcpy(out, plain_letters[low].plain, length);
        return length;
    }
    if (utf8_is_combining(point))
        return 0;
    return utf8_put(utf8_is_space(point) ? ' ' : lower(point), out);
}

size_t utf8_fold(const char *text, char *out_folded, size_t size)
{
    size_t length = strlen(text), used = 0;
    char letter[UTF8_MAX];
    for (size_t at = 0, step; at < length; at += step) {
        uint32_t point;
        step = utf8_step(text + at, length - at, &point);
        if (!step) {
            step = 1;
            continue;
        }
        size_t count = plain(point, letter);
        if (used + count >= size)
            break;
        memcpy(out_folded + used, letter, count);
        used += count;
    }
    if (size)
        out_folded[used] = 0;
    return used;
}
