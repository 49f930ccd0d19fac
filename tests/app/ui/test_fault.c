/* Why the station cannot serve is read in the language of who stands there; the detail as it is. */
#include "app/ui/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/ui/words.h"
#include "tests/support/gallery.h"

#define DETAIL "perron.conf:3: unknown key 'nam'"

static const struct screen screens[] = {{800, 480, 154, 86, 0}, {720, 1280, 87, 155, 0}};

static bool is_said(const struct canvas *canvas, const char *text)
{
    const struct canvas_mark *marks;
    int count = canvas_marks(canvas, &marks);
    for (int i = 0; i < count; i++)
        if (strcmp(marks[i].text, text) == 0)
            return true;
    return false;
}

/* Every sentence is another one in each language, and a whole one. */
static void check_sentence(const char *text)
{
    const char *french = words(LANGUAGE_FR, text), *dutch = words(LANGUAGE_NL, text);
    assert_string_equal(words(LANGUAGE_EN, text), text);
    assert_string_not_equal(french, text);
    assert_string_not_equal(dutch, text);
    assert_string_not_equal(french, dutch);
    assert_int_equal(text[strlen(text) - 1], '.');
    assert_int_equal(french[strlen(french) - 1], '.');
    assert_int_equal(dutch[strlen(dutch) - 1], '.');
}

static void each_fault_says_what_happened_and_what_to_do_in_each_language(void **state)
{
    (void)state;
    for (int kind = FAULT_NONE + 1; kind < FAULT_KINDS; kind++) {
        check_sentence(fault_text((enum fault_kind)kind)->happened);
        check_sentence(fault_text((enum fault_kind)kind)->todo);
    }
    assert_string_equal(words(LANGUAGE_FR, "No such sentence."), "No such sentence."); /* control */
}

static void check_screen(const struct screen *screen, enum language language, enum fault_kind kind)
{
    const struct gallery_shot shot = gallery_usual_shot(screen, language);
    const struct fault_text *text = fault_text(kind);
    struct stage *stage = gallery_open(gallery_find("resting"), &shot);
    struct canvas *canvas;
    assert_int_equal(canvas_open(screen, &canvas), RC_OK);
    stage_set_fault(stage, kind, DETAIL);
    stage_draw(stage, GALLERY_NOW_MS, canvas);
    assert_true(is_said(canvas, words(language, text->happened)));
    assert_true(is_said(canvas, words(language, text->todo)));
    assert_true(is_said(canvas, DETAIL));
    for (int other = 0; other < LANGUAGE_COUNT; other++)
        if (other != (int)language)
            assert_false(is_said(canvas, words((enum language)other, text->happened)));
    canvas_close(canvas);
    stage_close(stage);
}

static void the_screen_says_it_in_the_language_of_the_house(void **state)
{
    (void)state;
    for (int kind = FAULT_NONE + 1; kind < FAULT_KINDS; kind++)
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            for (size_t s = 0; s < sizeof screens / sizeof screens[0]; s++)
                check_screen(&screens[s], (enum language)language, (enum fault_kind)kind);
}

static void who_reads_another_language_touches_its_name(void **state)
{
    const struct gallery_shot shot = gallery_usual_shot(&screens[0], LANGUAGE_FR);
    struct stage *stage = gallery_open(gallery_find("fault"), &shot);
    struct canvas *canvas;
    struct ask ask;
    (void)state;
    assert_int_equal(canvas_open(&screens[0], &canvas), RC_OK);
    stage_draw(stage, GALLERY_NOW_MS, canvas);
    assert_int_equal(stage_press(stage, "Nederlands", GALLERY_NOW_MS, &ask), RC_OK);
    stage_draw(stage, GALLERY_NOW_MS, canvas);
    assert_true(is_said(canvas, words(LANGUAGE_NL, fault_text(FAULT_SETTINGS)->happened)));
    canvas_close(canvas);
    stage_close(stage);
}

static int set_up(void **state)
{
    (void)state;
    gallery_init();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault_says_what_happened_and_what_to_do_in_each_language),
        cmocka_unit_test(the_screen_says_it_in_the_language_of_the_house),
        cmocka_unit_test(who_reads_another_language_touches_its_name),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
