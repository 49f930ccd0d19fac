#include "app/ui/theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const meanings[THEME_MEANINGS] = {
    [THEME_PAPER] = "paper", [THEME_IN] = "in",         [THEME_OUT] = "out",
    [THEME_IS_IN] = "is in", [THEME_IS_OUT] = "is out", [THEME_QUESTION] = "question",
    [THEME_HELP] = "help",   [THEME_FAULT] = "fault",
};

static const struct theme_mode modes[] = {
    {.is_evening = false}, {.is_evening = true}, {.is_contrast = true}};

static const char *const mode_names[] = {"", " in the evening", " in high contrast"};

#define MODES ((int)(sizeof modes / sizeof modes[0]))

/* One of all tones there are. */
static const struct theme_tones *tones_of(int i)
{
    return theme_tones((enum theme_meaning)(i / MODES), &modes[i % MODES]);
}

static void check(int meaning, int mode, const char *what, uint32_t a, uint32_t b, double least)
{
    double contrast = theme_contrast(a, b);
    if (contrast < least)
        fail_msg("%s of \"%s\"%s: %06X on %06X has %.2f:1, wants %.0f:1", what, meanings[meaning],
                 mode_names[mode], a, b, contrast, least);
}

static void every_text_has_a_contrast_of_seven(void **state)
{
    (void)state;
    for (int i = 0; i < MODES * THEME_MEANINGS; i++) {
        const struct theme_tones *tones = tones_of(i);
        check(i / MODES, i % MODES, "ink", tones->ink, tones->ground, 7);
        check(i / MODES, i % MODES, "ink on a field", tones->ink, tones->panel, 7);
        check(i / MODES, i % MODES, "soft text", tones->soft, tones->ground, 7);
        check(i / MODES, i % MODES, "soft text on a field", tones->soft, tones->panel, 7);
    }
}

static void every_control_has_a_contrast_of_three(void **state)
{
    (void)state;
    for (int i = 0; i < MODES * THEME_MEANINGS; i++) {
        const struct theme_tones *tones = tones_of(i);
        check(i / MODES, i % MODES, "edge", tones->edge, tones->ground, 3);
        check(i / MODES, i % MODES, "rim", tones->rim, tones->ground, 3);
        check(i / MODES, i % MODES, "rim of a field", tones->rim, tones->panel, 3);
        check(i / MODES, i % MODES, "accent", tones->accent, tones->ground, 3);
        check(i / MODES, i % MODES, "accent on a field", tones->accent, tones->panel, 3);
        check(i / MODES, i % MODES, "accent on its track", tones->accent, tones->track, 3);
    }
}

static void no_two_meanings_share_a_ground(void **state)
{
    (void)state;
    for (int i = 0; i < MODES * THEME_MEANINGS; i++)
        for (int j = i / MODES + 1; j < THEME_MEANINGS; j++)
            assert_int_not_equal(tones_of(i)->ground,
                                 theme_tones((enum theme_meaning)j, &modes[i % MODES])->ground);
}

static void contrast_is_what_the_standard_says(void **state)
{
    (void)state;
    assert_true(theme_contrast(0x000000, 0xFFFFFF) > 20.99);
    assert_true(theme_contrast(0x123456, 0x123456) < 1.01);
    /* The known edge case of WCAG: 4.54 for #767676 on white, either way round. */
    assert_true(theme_contrast(0x767676, 0xFFFFFF) > 4.53);
    assert_true(theme_contrast(0xFFFFFF, 0x767676) < 4.55);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_has_a_contrast_of_seven),
        cmocka_unit_test(every_control_has_a_contrast_of_three),
        cmocka_unit_test(no_two_meanings_share_a_ground),
        cmocka_unit_test(contrast_is_what_the_standard_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
