#include "app/ui/reading.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "firmware/base/utf8.h"

#define TITLE_MM 6.0
#define TITLE_LEAST_MM 4.4
#define BODY_MM 4.0
#define BODY_LEAST_MM 3.2
#define STEP_MM 0.1
#define TITLE_GAP 2.0
#define PART_GAP 0.55 /* between paragraphs, in capitals */
#define PART_BYTES 1200
#define LINES_MAX 24
#define LINE_OF_CAP 1.7
#define ROUNDING_MM 0.01

struct rect reading_box(struct rect area, bool is_large)
{
    const struct scene_model model = {.mode.is_large = is_large};
    const struct sheet sheet = {.model = &model};
    struct rect body = layout_page(area, is_large).body, foot[2];
    scene_pair(&sheet, area, &body, foot);
    return body;
}

static struct canvas_text title_of(const char *title)
{
    return (struct canvas_text){.text = title,
                                .cap_mm = TITLE_MM,
                                .least_mm = TITLE_LEAST_MM,
                                .one_line_mm = TITLE_LEAST_MM,
                                .is_bold = true,
                                .lines = 2};
}

static struct canvas_text part_of(const char *text, double cap_mm)
{
    return (struct canvas_text){
        .text = text, .cap_mm = cap_mm, .least_mm = cap_mm, .lines = LINES_MAX};
}

/* The next paragraph, or more of it than any screen has room for; false: there is none. */
static bool next_part(const char **rest, char out_part[PART_BYTES])
{
    *rest += strspn(*rest, "\n");
    size_t length = strcspn(*rest, "\n");
    size_t kept = length < PART_BYTES ? length : utf8_cut(*rest, PART_BYTES - 1);
    memcpy(out_part, *rest, kept);
    out_part[kept] = 0;
    *rest += length;
    return length > 0;
}

static bool parts_fit(struct canvas *canvas, struct rect box, const char *body, double cap_mm)
{
    char part[PART_BYTES];
    for (const char *rest = body; next_part(&rest, part);) {
        const struct canvas_text text = part_of(part, cap_mm);
        if (box.h <= 0 || strlen(part) + UTF8_MAX >= PART_BYTES ||
            !canvas_text_fits(canvas, box, &text))
            return false;
        rect_cut_top(&box, canvas_text_height(canvas, box, &text), cap_mm * PART_GAP);
    }
    return true;
}

/* The largest at which all of it fits, or the least. */
static double body_mm(struct canvas *canvas, struct rect box, const char *body)
{
    double cap_mm = BODY_MM;
    while (cap_mm > BODY_LEAST_MM + ROUNDING_MM && !parts_fit(canvas, box, body, cap_mm))
        cap_mm -= STEP_MM;
    return fmax(cap_mm, BODY_LEAST_MM);
}

bool reading_fits(struct canvas *canvas, struct rect box, const char *title, const char *body)
{
    const struct canvas_text head = title_of(title);
    bool is_whole = canvas_text_fits(canvas, box, &head);
    rect_cut_top(&box, canvas_text_height(canvas, box, &head), TITLE_GAP);
    return is_whole && parts_fit(canvas, box, body, body_mm(canvas, box, body));
}

/* --- drawn --- */

/* A text that does not fit, without the words that have no room. */
static void shorten(struct canvas *canvas, struct rect box, struct canvas_text *text,
                    char out_words[PART_BYTES + UTF8_MAX])
{
    char kept[PART_BYTES];
    snprintf(kept, sizeof kept, "%s", text->text);
    text->text = out_words;
    strcpy(out_words, kept);
    while (kept[0] && !canvas_text_fits(canvas, box, text)) {
        size_t reach = canvas_text_reach(canvas, box, text);
        do {
            char *space = strrchr(kept, ' ');
            *(space ? space : kept) = 0;
        } while (strlen(kept) > reach);
        snprintf(out_words, PART_BYTES + UTF8_MAX, "%s…", kept);
    }
}

/* As many words as have room; returns whether that is all. */
static bool draw_words(struct sheet *sheet, struct rect *box, struct canvas_text text, double gap)
{
    char words[PART_BYTES + UTF8_MAX];
    bool is_whole = canvas_text_fits(sheet->canvas, *box, &text);
    text.colour = sheet->tones->ink;
    if (!is_whole && sheet->model->mode.is_large)
        shorten(sheet->canvas, *box, &text, words);
    rect_cut_top(box, canvas_text(sheet->canvas, *box, &text), gap);
    return is_whole;
}

/* In large letters a line that has no room is left out, and the paragraphs behind it. */
static bool draw_body(struct sheet *sheet, struct rect box, const char *body)
{
    bool is_large = sheet->model->mode.is_large, is_whole = true;
    double cap_mm = is_large ? THEME_LARGE_MM : body_mm(sheet->canvas, box, body);
    char part[PART_BYTES];
    for (const char *rest = body; is_whole && next_part(&rest, part);)
        is_whole = (!is_large || box.h > cap_mm * LINE_OF_CAP) &&
                   draw_words(sheet, &box, part_of(part, cap_mm), cap_mm * PART_GAP);
    return is_whole;
}

bool reading_draw(struct sheet *sheet, struct rect box, const char *title, const char *body)
{
    bool is_whole = draw_words(sheet, &box, title_of(title), TITLE_GAP);
    return draw_body(sheet, box, body) && is_whole;
}

/* --- part by part --- */

/* How many bytes of a paragraph have room, whole words: at least one. */
static size_t words_reach(struct canvas *canvas, struct rect box, char part[PART_BYTES])
{
    struct canvas_text text = part_of(part, THEME_LARGE_MM);
    char *space;
    while (!canvas_text_fits(canvas, box, &text) && (space = strrchr(part, ' ')) && space > part)
        *space = 0;
    return strlen(part);
}

/* How many bytes of a body have room in large letters. */
static size_t body_reach(struct canvas *canvas, struct rect box, const char *body)
{
    char part[PART_BYTES];
    const char *rest = body;
    while (rest == body || box.h > THEME_LARGE_MM * LINE_OF_CAP) {
        const char *begin = rest + strspn(rest, "\n");
        if (!next_part(&rest, part))
            return strlen(body);
        const struct canvas_text text = part_of(part, THEME_LARGE_MM);
        if (!canvas_text_fits(canvas, box, &text) || strlen(part) + UTF8_MAX >= PART_BYTES)
            return (size_t)(begin - body) + words_reach(canvas, box, part);
        rect_cut_top(&box, canvas_text_height(canvas, box, &text), THEME_LARGE_MM * PART_GAP);
    }
    return (size_t)(rest - body);
}

/* The first part has the title; the others have all the room. */
static struct rect part_box(struct canvas *canvas, struct rect box, const char *title,
                            bool is_first)
{
    const struct canvas_text head = title_of(title);
    if (is_first)
        rect_cut_top(&box, canvas_text_height(canvas, box, &head), TITLE_GAP);
    return box;
}

static void turn_button(struct sheet *sheet, struct rect side, int index, size_t to)
{
    widget_sign_button(sheet, layout_row(side, 2, LAYOUT_GAP, index), index ? "later" : "earlier",
                       index ? ICON_DOWN : ICON_UP,
                       (struct act){.kind = ACT_TURN, .value = (int)to});
}

/* One picture of a body that has no room in one. */
struct part {
    size_t from, reach, before; /* before: where the part before it begins */
    bool is_all;
};

/* A part has the buttons that turn beside it, unless it is all. */
static struct part find_part(struct canvas *canvas, struct rect box, const char *title,
                             const char *body, int first)
{
    struct part part = {.from = 0};
    size_t wanted = first > 0 ? (size_t)first : 0, length = strlen(body);
    part.reach = body_reach(canvas, part_box(canvas, box, title, true), body);
    part.is_all = part.reach == length;
    if (part.is_all)
        return part;
    rect_cut_right(&box, LAYOUT_LEAST_MM, LAYOUT_GAP);
    part.reach = body_reach(canvas, part_box(canvas, box, title, true), body);
    while (wanted >= part.from + part.reach && part.from + part.reach < length) {
        part.before = part.from;
        part.from += part.reach;
        part.reach = body_reach(canvas, box, body + part.from);
    }
    return part;
}

int reading_next(struct canvas *canvas, struct rect box, const char *title, const char *body,
                 int first)
{
    struct part part = find_part(canvas, box, title, body, first);
    size_t next = part.from + part.reach;
    return next < strlen(body) ? (int)next : 0;
}

void reading_draw_from(struct sheet *sheet, struct rect box, const char *title, const char *body,
                       int first)
{
    char words[PART_BYTES * 2];
    struct part part = find_part(sheet->canvas, box, title, body, first);
    if (part.is_all) {
        reading_draw(sheet, box, title, body);
        return;
    }
    struct rect side = rect_cut_right(&box, LAYOUT_LEAST_MM, LAYOUT_GAP);
    if (part.from == 0)
        draw_words(sheet, &box, title_of(title), TITLE_GAP);
    const char *begin = body + part.from;
    size_t space = strspn(begin, " ");
    snprintf(words, sizeof words, "%.*s", (int)(part.reach - space), begin + space);
    draw_body(sheet, box, words);
    if (part.from > 0)
        turn_button(sheet, side, 0, part.before);
    if (part.from + part.reach < strlen(body))
        turn_button(sheet, side, 1, part.from + part.reach);
}

/* --- tiles --- */

struct rect reading_tile(struct rect box, int count, int index)
{
    int columns = layout_is_narrow(box) ? 2 : 3;
    int rows = layout_room(box.h, LAYOUT_LEAST_MM, LAYOUT_GAP);
    while (columns * rows < count)
        columns++;
    rows = (count + columns - 1) / columns;
    return layout_cell(box, columns, rows < 1 ? 1 : rows, LAYOUT_GAP, index);
}

bool reading_name_fits(struct canvas *canvas, struct rect tile, const char *name)
{
    static const struct theme_mode day = {.is_still = true};
    const struct scene_model model = {.mode = day};
    struct sheet sheet = {
        .canvas = canvas, .model = &model, .tones = theme_tones(THEME_PAPER, &day)};
    const struct canvas_mark *marks;
    canvas_begin(canvas, &day);
    widget_button(&sheet, tile,
                  &(struct widget_button){.name = "tile", .label = name, .style = WIDGET_OUTLINED});
    int count = canvas_marks(canvas, &marks);
    for (int i = 0; i < count; i++)
        if (marks[i].is_cut)
            return false;
    return true;
}
