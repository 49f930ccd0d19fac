#include "app/ui/theme.h"

#include <math.h>

/*
 * One row for each meaning: by day, in the evening, in high contrast. What repeats is said once:
 * buttons are outlined in the ink, and in high contrast nothing is soft.
 */
#define TONES(ground, panel, ink, soft, accent, track, rim)                                        \
    {                                                                                              \
        ground, panel, ink, soft, ink, accent, track, rim                                          \
    }
#define OUTLINED(ground, panel, ink, soft, edge, accent, track, rim)                               \
    {                                                                                              \
        ground, panel, ink, soft, edge, accent, track, rim                                         \
    }
#define CONTRAST(ground, ink, accent, track)                                                       \
    {                                                                                              \
        ground, ground, ink, ink, ink, accent, track, ink                                          \
    }

static const struct {
    struct theme_tones day, evening, contrast;
} palette[THEME_MEANINGS] = {
    [THEME_PAPER] = {TONES(0xFBF7F0, 0xF1EADD, 0x1E2330, 0x454A57, 0x155C39, 0xE3D9C8, 0x857C6B),
                     TONES(0x16181D, 0x23262E, 0xF6F1E7, 0xC9C4BA, 0x6FCF97, 0x3A3E48, 0x8D8A84),
                     CONTRAST(0x000000, 0xFFFFFF, 0xFFFFFF, 0x4A4A4A)},
    [THEME_IN] = {TONES(0x155C39, 0x0E452A, 0xFFFFFF, 0xEAF6EF, 0xFFC857, 0x1F6A45, 0xB9DCC8),
                  TONES(0x0F4329, 0x0A321E, 0xFFFFFF, 0xDDEFE4, 0xFFC857, 0x1F6A45, 0x9CC4AF),
                  CONTRAST(0xFFFFFF, 0x000000, 0x000000, 0xB0B0B0)},
    [THEME_OUT] = {TONES(0x24408A, 0x1B326F, 0xFFFFFF, 0xDCE4FA, 0xFFC857, 0x3A58A8, 0xB4C2EC),
                   TONES(0x1A2F68, 0x132450, 0xFFFFFF, 0xD6E0FA, 0xFFC857, 0x3A58A8, 0x98A9DC),
                   CONTRAST(0x000040, 0xFFFFFF, 0xFFFF00, 0x4A4A70)},
    [THEME_IS_IN] = {TONES(0xD9EEE0, 0xC6E3D0, 0x0B3A23, 0x124A2E, 0x155C39, 0x9CCBAE, 0x3D6B52),
                     TONES(0x22352B, 0x1A2A21, 0xE6F5EC, 0xC8E0D2, 0x8FD3AC, 0x3B5A49, 0x8FB29F),
                     CONTRAST(0xF0FFF0, 0x000000, 0x000000, 0xA8B0A8)},
    [THEME_IS_OUT] = {TONES(0xDDE6FB, 0xCBD8F6, 0x16285C, 0x233570, 0x24408A, 0xA4B8EA, 0x4A5C94),
                      TONES(0x252E47, 0x1C2438, 0xE8EEFF, 0xCBD6F5, 0x9DB4F2, 0x435077, 0x93A2CC),
                      CONTRAST(0x101028, 0xFFFFFF, 0xFFFF00, 0x50506A)},
    [THEME_QUESTION] = {OUTLINED(0xFFE9BF, 0xFFDC97, 0x2B1D05, 0x4F3300, 0x4F3300, 0x6B4200,
                                 0xE9C06F, 0x8A6414),
                        OUTLINED(0x3A2A08, 0x4B380F, 0xFFF3D9, 0xF4DDAA, 0xFFE9BF, 0xFFC857,
                                 0x6B5320, 0xC09A55),
                        CONTRAST(0xFFFF00, 0x000000, 0x000000, 0xA8A800)},
    [THEME_HELP] = {OUTLINED(0xE6E3F3, 0xD6D1EA, 0x241C4A, 0x3A3166, 0x3A3166, 0x5B4BA8, 0xBDB4DF,
                             0x6E6499),
                    OUTLINED(0x2A2348, 0x362D5C, 0xF3F0FF, 0xD9D2F5, 0xE6E3F3, 0xB7A8F2, 0x51467F,
                             0x9F93CC),
                    CONTRAST(0x101010, 0xFFFF00, 0xFFFF00, 0x50504A)},
    [THEME_FAULT] = {TONES(0x8C1D18, 0x6E1410, 0xFFFFFF, 0xFFE3E0, 0xFFB4AB, 0xA63A33, 0xE8B4AF),
                     TONES(0x6E1410, 0x560F0C, 0xFFFFFF, 0xFFE3E0, 0xFFB4AB, 0xA63A33, 0xE0A29C),
                     CONTRAST(0x600000, 0xFFFFFF, 0xFFFFFF, 0x905050)},
};

const struct theme_tones *theme_tones(enum theme_meaning meaning, const struct theme_mode *mode)
{
    if (mode->is_contrast)
        return &palette[meaning].contrast;
    return mode->is_evening ? &palette[meaning].evening : &palette[meaning].day;
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
