#include "app/ui/theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void contrast_is_what_the_guideline_computes(void **state)
{
    (void)state;
    assert_float_equal(theme_contrast(0x000000, 0xFFFFFF), 21.0, 0.01);
    assert_float_equal(theme_contrast(0x777777, 0xFFFFFF), 4.48, 0.01);
    assert_float_equal(theme_contrast(0x123456, 0x123456), 1.0, 0.001);
}

static void text_holds_seven_to_one_and_controls_three(void **state)
{
    (void)state;
    for (int evening = 0; evening < 2; evening++)
        for (int meaning = 0; meaning < THEME_MEANINGS; meaning++) {
            const struct theme_tones *t = theme_tones((enum theme_meaning)meaning, evening);
            const uint32_t grounds[] = {t->ground, t->panel};
            for (int i = 0; i < 2; i++) {
                if (theme_contrast(t->ink, grounds[i]) < 7)
                    fail_msg("ink of %d on %06X", meaning, grounds[i]);
                if (theme_contrast(t->soft, grounds[i]) < 7)
                    fail_msg("soft of %d on %06X: %.2f", meaning, grounds[i],
                             theme_contrast(t->soft, grounds[i]));
                if (theme_contrast(t->accent, grounds[i]) < 3)
                    fail_msg("accent of %d on %06X: %.2f", meaning, grounds[i],
                             theme_contrast(t->accent, grounds[i]));
            }
            assert_true(theme_contrast(t->edge, t->ground) >= 3);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contrast_is_what_the_guideline_computes),
        cmocka_unit_test(text_holds_seven_to_one_and_controls_three),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
