#include "app/ui/theme.h"

#include <math.h>

/* Rows: ground, panel, ink, soft, edge, accent, track, rim. */
static const struct theme_tones day[THEME_MEANINGS] = {
    [THEME_PAPER] = {0xFBF7F0, 0xF1EADD, 0x1E2330, 0x454A57, 0x1E2330, 0x155C39, 0xE3D9C8,
                     0x857C6B},
    [THEME_IN] = {0x155C39, 0x0E452A, 0xFFFFFF, 0xEAF6EF, 0xFFFFFF, 0xFFC857, 0x1F6A45, 0xB9DCC8},
    [THEME_OUT] = {0x24408A, 0x1B326F, 0xFFFFFF, 0xDCE4FA, 0xFFFFFF, 0xFFC857, 0x3A58A8, 0xB4C2EC},
    [THEME_IS_IN] = {0xD9EEE0, 0xC6E3D0, 0x0B3A23, 0x124A2E, 0x0B3A23, 0x155C39, 0x9CCBAE,
                     0x3D6B52},
    [THEME_IS_OUT] = {0xDDE6FB, 0xCBD8F6, 0x16285C, 0x233570, 0x16285C, 0x24408A, 0xA4B8EA,
                      0x4A5C94},
    [THEME_QUESTION] = {0xFFE9BF, 0xFFDC97, 0x2B1D05, 0x4F3300, 0x4F3300, 0x6B4200, 0xE9C06F,
                        0x8A6414},
    [THEME_HELP] = {0xE6E3F3, 0xD6D1EA, 0x241C4A, 0x3A3166, 0x3A3166, 0x5B4BA8, 0xBDB4DF, 0x6E6499},
    [THEME_FAULT] = {0x8C1D18, 0x6E1410, 0xFFFFFF, 0xFFE3E0, 0xFFFFFF, 0xFFB4AB, 0xA63A33,
                     0xE8B4AF},
};

static const struct theme_tones evening[THEME_MEANINGS] = {
    [THEME_PAPER] = {0x16181D, 0x23262E, 0xF6F1E7, 0xC9C4BA, 0xF6F1E7, 0x6FCF97, 0x3A3E48,
                     0x8D8A84},
    [THEME_IN] = {0x0F4329, 0x0A321E, 0xFFFFFF, 0xDDEFE4, 0xFFFFFF, 0xFFC857, 0x1F6A45, 0x9CC4AF},
    [THEME_OUT] = {0x1A2F68, 0x132450, 0xFFFFFF, 0xD6E0FA, 0xFFFFFF, 0xFFC857, 0x3A58A8, 0x98A9DC},
    [THEME_IS_IN] = {0x22352B, 0x1A2A21, 0xE6F5EC, 0xC8E0D2, 0xE6F5EC, 0x8FD3AC, 0x3B5A49,
                     0x8FB29F},
    [THEME_IS_OUT] = {0x252E47, 0x1C2438, 0xE8EEFF, 0xCBD6F5, 0xE8EEFF, 0x9DB4F2, 0x435077,
                      0x93A2CC},
    [THEME_QUESTION] = {0x3A2A08, 0x4B380F, 0xFFF3D9, 0xF4DDAA, 0xFFE9BF, 0xFFC857, 0x6B5320,
                        0xC09A55},
    [THEME_HELP] = {0x2A2348, 0x362D5C, 0xF3F0FF, 0xD9D2F5, 0xE6E3F3, 0xB7A8F2, 0x51467F, 0x9F93CC},
    [THEME_FAULT] = {0x6E1410, 0x560F0C, 0xFFFFFF, 0xFFE3E0, 0xFFFFFF, 0xFFB4AB, 0xA63A33,
                     0xE0A29C},
};

/* Nothing soft: black or white on grounds that still differ by meaning. */
static const struct theme_tones contrast[THEME_MEANINGS] = {
    [THEME_PAPER] = {0x000000, 0x000000, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0x4A4A4A,
                     0xFFFFFF},
    [THEME_IN] = {0xFFFFFF, 0xFFFFFF, 0x000000, 0x000000, 0x000000, 0x000000, 0xB0B0B0, 0x000000},
    [THEME_OUT] = {0x000040, 0x000040, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0xFFFF00, 0x4A4A70, 0xFFFFFF},
    [THEME_IS_IN] = {0xF0FFF0, 0xF0FFF0, 0x000000, 0x000000, 0x000000, 0x000000, 0xA8B0A8,
                     0x000000},
    [THEME_IS_OUT] = {0x101028, 0x101028, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0xFFFF00, 0x50506A,
                      0xFFFFFF},
    [THEME_QUESTION] = {0xFFFF00, 0xFFFF00, 0x000000, 0x000000, 0x000000, 0x000000, 0xA8A800,
                        0x000000},
    [THEME_HELP] = {0x101010, 0x101010, 0xFFFF00, 0xFFFF00, 0xFFFF00, 0xFFFF00, 0x50504A, 0xFFFF00},
    [THEME_FAULT] = {0x600000, 0x600000, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0x905050,
                     0xFFFFFF},
};

const struct theme_tones *theme_tones(enum theme_meaning meaning, const struct theme_mode *mode)
{
    return &(mode->is_contrast ? contrast : mode->is_evening ? evening : day)[meaning];
}

/* Relative luminance of one channel, sRGB. */
static double channel(uint32_t value)
{
    double c = (double)(value & 255) / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t colour)
{
    return 0.2126 * channel(colour >> 16) + 0.7152 * channel(colour >> 8) +
           0.0722 * channel(colour);
}

double theme_contrast(uint32_t a, uint32_t b)
{
    double la = luminance(a), lb = luminance(b);
    return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}
