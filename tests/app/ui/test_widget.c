/* The house's own words, of any length: as large as they fit, and as many as have room. */
#include "app/ui/widget.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/ui/scene.h"
#include "tests/support/gallery.h"
#include "tests/support/random.h"
#include "tests/support/whole.h"

#define ROUNDS (3000 / (int)whole_or_every(3))
#define SOFT_HYPHEN "\u00AD" /* has no width where no line is broken at it */

static const struct screen panel = {800, 480, 154, 86, 0};
static struct canvas *canvas;

/* Each with what stands behind it: spaces, and what no line may begin with. */
static const char *const pieces[] = {
    "Épicerie ",
    "sociale ",
    "et ",
    "solidaire : ",
    "réassort ",
    "des ",
    "Marie-Emmanuelle ",
    "l’accueil ",
    ": ",
    "! ",
    "à\u00A0la ",
    "AV ",
    "(To. ",
    "frais/vrac ",
    "– ",
    "Verenigingslokaal ",
    "klaarzetten, ",
    "1 000 ",
    "« T’as ",
    "Őszi ",
    "Vrijwilligersonthaalmedewerker ",
};

static void make_text(struct random *random, char *out_text, size_t size)
{
    unsigned count = 1 + random_below(random, 14);
    size_t length = 0;
    for (unsigned i = 0; i < count; i++)
        length += (size_t)snprintf(out_text + length, size - length, "%s",
                                   pieces[random_below(random, sizeof pieces / sizeof *pieces)]);
    while (length > 0 && out_text[length - 1] == ' ')
        out_text[--length] = 0;
}

static struct canvas_text make_case(struct random *random, const char *text, struct rect *out_box)
{
    double cap_mm = 3 + random_below(random, 40) / 10.0;
    *out_box = (struct rect){2, 2, 12 + random_below(random, 900) / 10.0,
                             3 + random_below(random, 250) / 10.0};
    return (struct canvas_text){.text = text,
                                .cap_mm = cap_mm,
                                .least_mm = random_below(random, 2) ? cap_mm * 0.7 : 0,
                                .one_line_mm = random_below(random, 2) ? cap_mm * 0.8 : 0,
                                .is_bold = random_below(random, 2),
                                .lines = (int)random_below(random, 5)};
}

static const struct canvas_mark *set(struct rect box, const struct canvas_text *text)
{
    static const struct theme_mode day = {.is_still = true};
    const struct canvas_mark *marks;
    canvas_begin(canvas, &day);
    canvas_text(canvas, box, text);
    assert_int_equal(canvas_marks(canvas, &marks), 1);
    return marks;
}

/* A soft hyphen may break a line anywhere, so a text that has one is laid out at each size. */
static void a_size_that_is_reckoned_is_the_one_that_would_have_been_tried(void **state)
{
    struct random random = random_for_test("sizes");
    char text[512], tried[520];
    int cut = 0, smaller = 0;
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct rect box;
        make_text(&random, text, sizeof text);
        snprintf(tried, sizeof tried, "%s" SOFT_HYPHEN, text);
        struct canvas_text said = make_case(&random, text, &box);
        struct canvas_mark reckoned = *set(box, &said);
        said.text = tried;
        const struct canvas_mark *laid_out = set(box, &said);
        if (reckoned.is_cut != laid_out->is_cut || reckoned.cap_mm != laid_out->cap_mm)
            fail_msg("\"%s\" in %.1f x %.1f mm: %.2f, and tried %.2f", text, box.w, box.h,
                     reckoned.cap_mm, laid_out->cap_mm);
        cut += reckoned.is_cut;
        smaller += !reckoned.is_cut && reckoned.cap_mm < said.cap_mm;
    }
    assert_true(cut > ROUNDS / 20 && smaller > ROUNDS / 20); /* it did come to that */
}

/* Takes the last word off, or the last letter where there is only one. */
static void take_word(char *text)
{
    char *space = strrchr(text, ' ');
    size_t end = space ? (size_t)(space - text) : strlen(text) - 1;
    while (!space && end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80)
        end--;
    text[end] = 0;
}

/* What there would be room for were each word tried; returns how many went. */
static int shorten_by_trying(struct rect box, const struct canvas_text *text, char *out_words)
{
    char kept[WIDGET_WORDS_BYTES - 4];
    struct canvas_text said = *text;
    int gone = 0;
    said.text = out_words;
    snprintf(kept, sizeof kept, "%s", text->text);
    snprintf(out_words, WIDGET_WORDS_BYTES, "%s", kept);
    for (; kept[0] && !canvas_text_fits(canvas, box, &said); gone++) {
        take_word(kept);
        snprintf(out_words, WIDGET_WORDS_BYTES, "%s…", kept);
    }
    return gone;
}

static void as_many_words_are_kept_as_if_each_had_been_tried(void **state)
{
    struct random random = random_for_test("words");
    const struct sheet sheet = {.canvas = canvas};
    char text[WIDGET_WORDS_BYTES - 4], kept[WIDGET_WORDS_BYTES], tried[WIDGET_WORDS_BYTES];
    int shortened = 0;
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct rect box;
        make_text(&random, text, sizeof text);
        const struct canvas_text said = make_case(&random, text, &box);
        widget_shorten(&sheet, box, &said, kept);
        shortened += shorten_by_trying(box, &said, tried) > 1;
        if (strcmp(kept, tried) != 0)
            fail_msg("\"%s\" in %.1f x %.1f mm: \"%s\", and tried \"%s\"", text, box.w, box.h, kept,
                     tried);
    }
    assert_true(shortened > ROUNDS / 20);
}

static void a_word_that_has_no_room_goes_whole_and_a_single_one_by_letters(void **state)
{
    const struct sheet sheet = {.canvas = canvas};
    const struct rect box = {2, 2, 40, 6};
    char kept[WIDGET_WORDS_BYTES];
    struct canvas_text said = {.text = "Épicerie sociale et solidaire : réassort", .cap_mm = 4};
    (void)state;
    assert_string_equal(widget_shorten(&sheet, box, &said, kept), "Épicerie sociale…");
    said.text = "Vrijwilligersonthaalmedewerkersoverleg";
    widget_shorten(&sheet, box, &said, kept);
    assert_true(strstr(kept, "Vrijwilligers") == kept && strstr(kept, "…"));
    said.text = "Caisse";
    assert_string_equal(widget_shorten(&sheet, box, &said, kept), "Caisse");
}

static int set_up(void **state)
{
    (void)state;
    gallery_init();
    return canvas_open(&panel, &canvas) ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    canvas_close(canvas);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_size_that_is_reckoned_is_the_one_that_would_have_been_tried),
        cmocka_unit_test(as_many_words_are_kept_as_if_each_had_been_tried),
        cmocka_unit_test(a_word_that_has_no_room_goes_whole_and_a_single_one_by_letters),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
