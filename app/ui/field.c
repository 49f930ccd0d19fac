#include "app/ui/field.h"

#include <math.h>

#include "app/ui/scene.h"

#define PAD_MM 4.0
#define PAD_LOW_MM 2.5
#define LOW_MM 22.0
#define GAP_MM 3.0
#define SPARE_MM 12.0 /* a field with little more room than it needs takes it all */
#define LINE_MM 7.0
#define LINE_LARGE_MM 10.5

struct canvas_text field_text(const struct sheet *sheet, const struct field_line *line)
{
    return (struct canvas_text){.text = line->text,
                                .cap_mm = line->cap_mm,
                                .least_mm = line->cap_mm > 4.4 ? 3.6 : 3.2,
                                .one_line_mm = line->cap_mm > 4.4 ? 4.2 : 3.3,
                                .colour = line->is_main ? sheet->tones->ink : sheet->tones->soft,
                                .is_bold = line->is_main,
                                .lines = line->lines};
}

double field_line_mm(const struct sheet *sheet)
{
    return sheet->model->mode.is_large ? LINE_LARGE_MM : LINE_MM;
}

double field_least_mm(const struct sheet *sheet)
{
    return sheet->model->mode.is_large ? LINE_LARGE_MM + 2 * PAD_LOW_MM : FIELD_LEAST_H;
}

double field_pad(struct rect rest)
{
    return rest.h < LOW_MM ? PAD_LOW_MM : PAD_MM;
}

/* What the first line may take, so that the one below it has room, too. */
static struct rect first_of(const struct sheet *sheet, struct rect box)
{
    if (box.h > 1.7 * field_line_mm(sheet))
        box.h -= field_line_mm(sheet);
    return box;
}

void field_shorten(const struct sheet *sheet, struct rect rest, struct field_line *line,
                   char out_words[WIDGET_WORDS_BYTES])
{
    struct rect first = first_of(sheet, rect_inset(rest, field_pad(rest)));
    if (first.h < 12)
        line->lines = 1;
    const struct canvas_text text = field_text(sheet, line);
    line->text = widget_shorten(sheet, first, &text, out_words);
}

/* Sets the lines that have room, one below the other; only measures without `is_drawn`. */
static double set_lines(struct sheet *sheet, struct rect box, const struct field_line *lines,
                        int count, bool is_drawn)
{
    double top = box.y;
    for (int i = 0; i < count; i++) {
        const struct canvas_text text = field_text(sheet, &lines[i]);
        struct rect room = i == 0 ? first_of(sheet, box) : box;
        if (!text.text[0] || box.h < 4 || !canvas_text_fits(sheet->canvas, room, &text))
            continue;
        rect_cut_top(&box,
                     is_drawn ? canvas_text(sheet->canvas, room, &text)
                              : canvas_text_height(sheet->canvas, room, &text),
                     0);
    }
    return box.y - top;
}

struct rect field_draw(struct sheet *sheet, struct rect rest, const struct field_line *lines,
                       int count, double figure_mm, double most_mm)
{
    double pad = field_pad(rest);
    struct rect inside = rect_inset(rest, pad);
    double height = set_lines(sheet, inside, lines, count, false), spare = inside.h - height;
    double gap = fmin(spare - figure_mm, GAP_MM);
    bool has_figure = figure_mm > 0 && gap >= 1;
    if (has_figure && spare > most_mm + gap)
        figure_mm = most_mm;
    rest.h = height + 2 * pad + (has_figure ? gap + figure_mm : spare < SPARE_MM ? spare : 2);
    canvas_round(sheet->canvas, rest, WIDGET_RADIUS + 0.5, sheet->tones->panel);
    if (!has_figure)
        inside.y += (rest.h - 2 * pad - height) / 2;
    set_lines(sheet, inside, lines, count, true);
    return (struct rect){inside.x, inside.y + height + gap, inside.w, has_figure ? figure_mm : 0};
}
