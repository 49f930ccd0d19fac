/*
 * How large a text can be in its box. To lay it out takes long, mostly because its letters are put
 * together anew at each size; but a text that is twice as high is twice as wide. So once it has
 * been found too large, its words are measured, and only what they leave open is laid out.
 */
#include <math.h>
#include <string.h>

#include "app/ui/canvas_i.h"

#define CAP_OF_SIZE 0.727 /* Inter 4: capitals are 1490 of 2048 units high */
#define TENTHS 10.0
#define LEAST_MM 3.2 /* below this nobody reads a screen standing */
#define WORDS_MAX 64
#define SLACK 0.1 /* of a capital: letters stand closer together inside a line than at its ends */
#define SLACK_HIGH 0.01

enum fit { FIT_UNKNOWN, FIT_NO, FIT_YES };

/* What cannot be broken, along one line without end. */
struct word {
    int left, right; /* in Pango's units, without the space behind it */
    size_t end;      /* the byte behind it */
};

struct search {
    struct canvas *canvas;
    struct rect box;
    const struct canvas_text *text;
    struct word words[WORDS_MAX]; /* at the text's own size */
    int word_count;               /* 0: not measured */
    int line_height;
    struct canvas_size size; /* the result */
};

int canvas_size_units(double mm)
{
    return (int)lround(mm * PANGO_SCALE);
}

void canvas_size_set(struct canvas *canvas, const struct canvas_text *text, double cap_mm)
{
    PangoFontDescription *font = canvas->font;
    pango_font_description_set_absolute_size(font, cap_mm / CAP_OF_SIZE * PANGO_SCALE);
    pango_font_description_set_weight(font,
                                      text->is_bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(canvas->layout, font);
}

double canvas_size_least(const struct canvas_text *text)
{
    double least = text->least_mm > 0 ? text->least_mm : fmax(text->cap_mm * 0.7, LEAST_MM);
    return fmin(least, text->cap_mm);
}

static int width_room(const struct search *search)
{
    return canvas_size_units(search->box.w * search->canvas->stretch);
}

static int height_room(const struct search *search)
{
    return canvas_size_units(search->box.h * 1.02 + 0.2);
}

/* --- by measure --- */

/* What breaks lines otherwise than between words, or has a width of its own at the end of one. */
static bool is_plain(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && text[length - 1] != ' ' && !strpbrk(text, "\t\r\n") &&
           !strstr(text, "  ") && !strstr(text, "\u00AD") && g_utf8_validate(text, -1, NULL);
}

/* Adds what is between two bytes; false: no room. */
static bool add_word(struct search *search, size_t from, size_t end)
{
    PangoLayoutLine *line = pango_layout_get_line_readonly(search->canvas->layout, 0);
    struct word *word = &search->words[search->word_count];
    if (search->word_count == WORDS_MAX)
        return false;
    word->end = end;
    pango_layout_line_index_to_x(line, (int)from, FALSE, &word->left);
    pango_layout_line_index_to_x(line, (int)end, FALSE, &word->right);
    search->word_count++;
    return word->right > word->left; /* no letters from right to left */
}

static bool list_words(struct search *search)
{
    const char *text = search->text->text, *from = text, *end = text;
    int count;
    const PangoLogAttr *attr = pango_layout_get_log_attrs_readonly(search->canvas->layout, &count);
    for (const char *at = text; *at;) {
        at = g_utf8_next_char(at);
        if (!attr++->is_white || !*at)
            end = at;
        if (*at && !attr->is_line_break)
            continue;
        if (!add_word(search, (size_t)(from - text), (size_t)(end - text)))
            return false;
        from = at;
    }
    return true;
}

static void measure_words(struct search *search)
{
    PangoLayout *layout = search->canvas->layout;
    PangoRectangle logical;
    if (!is_plain(search->text->text))
        return;
    pango_layout_set_width(layout, -1);
    canvas_size_set(search->canvas, search->text, search->text->cap_mm);
    pango_layout_get_extents(layout, NULL, &logical);
    search->line_height = logical.height;
    if (!list_words(search))
        search->word_count = 0;
    pango_layout_set_width(layout, width_room(search));
}

/* Fills lines one after the other, as Pango does: how many words find a place. */
static int fill(const struct search *search, double lines, double scale, double room)
{
    int first = 0;
    if (lines < 1)
        return 0;
    for (int i = 0; i < search->word_count; i++) {
        if ((search->words[i].right - search->words[first].left) * scale <= room)
            continue;
        if (i == first || --lines < 1)
            return i;
        first = i--;
    }
    return search->word_count;
}

static void note_reach(struct search *search, int words)
{
    size_t reach = strlen(search->text->text);
    if (words < search->word_count)
        reach = search->words[words].end - 1;
    if (reach > search->size.reach)
        search->size.reach = reach;
}

/* Where lines with somewhat more room have no place for all, and where some less have. */
static enum fit reckon(struct search *search, int lines, double cap_mm)
{
    double scale = cap_mm / search->text->cap_mm, room = width_room(search);
    double slack = SLACK * cap_mm * PANGO_SCALE;
    double high = search->word_count ? height_room(search) / (search->line_height * scale) : 0;
    int most = fill(search, fmin(lines, high * (1 + SLACK_HIGH)), scale, room + slack);
    if (most < search->word_count) {
        note_reach(search, most);
        return FIT_NO;
    }
    int least = fill(search, fmin(lines, high * (1 - SLACK_HIGH)), scale, room - slack);
    return least < search->word_count || !least ? FIT_UNKNOWN : FIT_YES;
}

/* --- by laying it out --- */

/* Do the words fit the lines allowed, and does the widest of them fit the box? */
static bool lay_out(struct search *search, int lines, double cap_mm)
{
    PangoLayout *layout = search->canvas->layout;
    PangoRectangle logical;
    canvas_size_set(search->canvas, search->text, cap_mm);
    pango_layout_get_extents(layout, NULL, &logical);
    return pango_layout_get_line_count(layout) <= lines && logical.width <= width_room(search) &&
           logical.height <= height_room(search);
}

/* --- the search --- */

static bool fits(struct search *search, int lines, double cap_mm)
{
    enum fit fit = reckon(search, lines, cap_mm);
    if (fit != FIT_UNKNOWN)
        return fit == FIT_YES;
    if (lay_out(search, lines, cap_mm))
        return true;
    if (!search->word_count)
        measure_words(search);
    if (reckon(search, lines, cap_mm) != FIT_NO)
        note_reach(search, search->word_count);
    return false;
}

/*
 * The largest size down to `least` that fits; false when none does. Whole tenths of a millimetre
 * between the two: a size that was used before costs no search for its font.
 */
static bool shrink(struct search *search, int lines, double least)
{
    double cap_mm = search->text->cap_mm;
    if (fits(search, lines, cap_mm)) {
        search->size.cap_mm = cap_mm;
        return true;
    }
    if (cap_mm <= least || !fits(search, lines, least))
        return false;
    search->size.cap_mm = least;
    int low = (int)ceil(least * TENTHS), high = (int)ceil(cap_mm * TENTHS) - 1;
    while (low <= high) {
        int between = (low + high) / 2;
        if (fits(search, lines, between / TENTHS)) {
            search->size.cap_mm = between / TENTHS;
            low = between + 1;
        } else {
            high = between - 1;
        }
    }
    return true;
}

/* Where nothing fits it is cut at its least size. */
static struct canvas_size measure(struct canvas *canvas, struct rect box,
                                  const struct canvas_text *text)
{
    struct search search = {.canvas = canvas, .box = box, .text = text};
    double least = canvas_size_least(text);
    if (text->one_line_mm > 0 && shrink(&search, 1, text->one_line_mm))
        return search.size;
    if (shrink(&search, text->lines ? text->lines : 1, least))
        return search.size;
    search.size.cap_mm = least;
    search.size.is_cut = true;
    return search.size;
}

static uint64_t mix(uint64_t key, const void *bytes, size_t length)
{
    for (const unsigned char *at = bytes; length--; at++)
        key = (key ^ *at) * UINT64_C(0x100000001b3); /* FNV-1a */
    return key;
}

/* All that a size depends on. */
static uint64_t key_of(struct rect box, const struct canvas_text *text)
{
    const double numbers[] = {box.w,
                              box.h,
                              text->cap_mm,
                              text->least_mm,
                              text->one_line_mm,
                              text->lines + (text->is_bold ? 100 : 0)};
    uint64_t key = mix(UINT64_C(0xcbf29ce484222325), text->text, strlen(text->text));
    return mix(key, numbers, sizeof numbers);
}

/* The same texts stand in the same boxes again and again: their sizes are remembered. */
struct canvas_size canvas_size_of(struct canvas *canvas, struct rect box,
                                  const struct canvas_text *text)
{
    uint64_t key = key_of(box, text);
    struct canvas_size *known = &canvas->sizes[key % CANVAS_SIZES];
    if (known->key != key) {
        *known = measure(canvas, box, text);
        known->key = key;
    }
    return *known;
}
