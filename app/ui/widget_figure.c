/* Widgets that show more than they say: how far, how much, who, when. */
#include <math.h>
#include <qrencode.h>
#include <stdio.h>
#include <string.h>

#include "app/ui/scene.h"
#include "app/ui/widget.h"
#include "firmware/base/utf8.h"

#define DOT_MM 4.0
#define DOT_LEAST_MM 2.4
#define DOT_STEP 1.5    /* from one dot to the next, in dots */
#define QR_QUIET 4      /* modules around the code: ISO/IEC 18004, 5.3.8 */
#define QR_LEAST_MM 0.4 /* a module that a phone reads from 20 cm */

void widget_progress(struct sheet *sheet, struct rect box, double part)
{
    struct rect done = box;
    part = fmin(fmax(part, 0), 1);
    canvas_round(sheet->canvas, box, box.h / 2, sheet->tones->track);
    done.w = fmax(box.w * part, box.h);
    if (part > 0)
        canvas_round(sheet->canvas, done, box.h / 2, sheet->tones->accent);
}

void widget_ring(struct sheet *sheet, struct rect box, double from, double to, const char *big,
                 const char *small)
{
    const struct theme_tones *tones = sheet->tones;
    double width = fmin(box.w, box.h) * 0.105, radius = fmin(box.w, box.h) / 2 - width / 2;
    struct rect placed = canvas_place(sheet->canvas, box);
    double x = placed.x + box.w / 2, y = box.y + box.h / 2;
    canvas_arc(sheet->canvas, x, y, radius, 0, 1, width, tones->track);
    if (to > from)
        canvas_arc(sheet->canvas, x, y, radius, from, to, width, tones->accent);
    double inner = (radius - width / 2) * 1.7;
    struct canvas_text total = {.text = big,
                                .cap_mm = fmin(5.6, radius * (small && small[0] ? 0.34 : 0.6)),
                                .least_mm = 3,
                                .colour = tones->ink,
                                .is_bold = true,
                                .align = CANVAS_CENTRE,
                                .is_middle = true,
                                .is_sign = true};
    struct canvas_text below = {.text = small,
                                .cap_mm = 3.6,
                                .least_mm = 3,
                                .colour = tones->soft,
                                .align = CANVAS_CENTRE,
                                .is_sign = true};
    bool has_small = small && small[0];
    double left = box.x + box.w / 2 - inner / 2, height = has_small ? 9.5 : 2 * radius - width;
    canvas_text(sheet->canvas, (struct rect){left, y - (has_small ? 8 : height / 2), inner, height},
                &total);
    if (has_small)
        canvas_text(sheet->canvas, (struct rect){left, y + 1.5, inner, radius - 2}, &below);
}

void widget_day(struct sheet *sheet, struct rect box, const struct widget_span *spans, int count,
                const char *begin, const char *end)
{
    const struct theme_tones *tones = sheet->tones;
    struct rect texts = begin ? rect_cut_bottom(&box, 6, 0.5) : box;
    canvas_round(sheet->canvas, box, box.h / 2, tones->track);
    for (int i = 0; i < count; i++) {
        double from = fmin(fmax(spans[i].from, 0), 1), to = fmin(fmax(spans[i].to, from), 1);
        struct rect span = {box.x + box.w * from, box.y, fmax(box.w * (to - from), box.h), box.h};
        span.x = fmin(span.x, box.x + box.w - span.w);
        if (spans[i].is_promised)
            canvas_outline(sheet->canvas, span, box.h / 2, 0.6, tones->accent);
        else
            canvas_round(sheet->canvas, span, box.h / 2, tones->accent);
    }
    if (!begin)
        return;
    struct canvas_text text = {.text = begin, .cap_mm = 3.4, .least_mm = 3, .colour = tones->soft};
    canvas_text(sheet->canvas, layout_column(texts, 2, 2, 0), &text);
    text.text = end;
    text.align = CANVAS_RIGHT;
    canvas_text(sheet->canvas, layout_column(texts, 2, 2, 1), &text);
}

void widget_dots(struct sheet *sheet, struct rect box, int count, uint32_t colour, uint32_t last)
{
    double size = count > 0 ? box.w / (count * DOT_STEP) : DOT_MM;
    size = fmax(fmin(size, DOT_MM), DOT_LEAST_MM);
    int room = (int)((box.w + size * (DOT_STEP - 1)) / (size * DOT_STEP));
    int shown = count < room ? count : room;
    for (int i = 0; i < shown; i++)
        canvas_disc(sheet->canvas, box.x + size / 2 + i * size * DOT_STEP, box.y + box.h / 2,
                    size / 2, i + 1 == shown ? last : colour);
}

/* The first letters of the first two words, in capitals. */
static void initials_of(const char *name, char *out_text, size_t size)
{
    size_t used = 0;
    int words = 0;
    bool is_begin = true;
    for (const char *at = name; *at && words < 2 && used + UTF8_MAX < size;) {
        uint32_t point = 0;
        size_t step = utf8_step(at, strlen(at), &point);
        if (!step)
            break;
        if (is_begin && !utf8_is_space(point)) {
            used += utf8_put(utf8_upper(point), out_text + used);
            words++;
        }
        is_begin = utf8_is_space(point) || point == '-';
        at += step;
    }
    out_text[used] = 0;
}

void widget_initials(struct sheet *sheet, struct rect box, const char *name,
                     const struct theme_tones *tones)
{
    char text[16];
    double size = fmin(box.w, box.h);
    initials_of(name, text, sizeof text);
    canvas_disc(sheet->canvas, box.x + box.w / 2, box.y + box.h / 2, size / 2, tones->panel);
    const struct canvas_text letters = {.text = text,
                                        .cap_mm = size * 0.34,
                                        .least_mm = 2.5,
                                        .colour = tones->ink,
                                        .is_bold = true,
                                        .align = CANVAS_CENTRE,
                                        .is_middle = true,
                                        .is_sign = true};
    canvas_text(sheet->canvas, box, &letters);
}

bool widget_qr(struct sheet *sheet, struct rect box, const char *text)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (!code)
        return false;
    int modules = code->width + 2 * QR_QUIET;
    double module = fmin(box.w, box.h) / modules;
    if (module >= QR_LEAST_MM) {
        box.w = box.h = module * modules;
        box = canvas_place(sheet->canvas, box);
        bool was_mirrored = canvas_set_mirror(sheet->canvas, false);
        canvas_fill(sheet->canvas, box, 0xFFFFFF);
        for (int i = 0; i < code->width * code->width; i++)
            if (code->data[i] & 1)
                canvas_fill(sheet->canvas,
                            (struct rect){box.x + (i % code->width + QR_QUIET) * module,
                                          box.y + (i / code->width + QR_QUIET) * module, module,
                                          module},
                            0x000000);
        canvas_set_mirror(sheet->canvas, was_mirrored);
    }
    QRcode_free(code);
    return module >= QR_LEAST_MM;
}

static void draw_stroke(struct sheet *sheet, struct rect box, const struct ink *ink, int stroke)
{
    struct canvas_point points[INK_POINTS_MAX];
    int begin = ink->begins[stroke];
    int end = stroke + 1 < ink->strokes ? ink->begins[stroke + 1] : ink->count;
    for (int i = begin; i < end; i++)
        points[i - begin] = (struct canvas_point){box.x + box.w * ink->x[i] / INK_FULL,
                                                  box.y + box.h * ink->y[i] / INK_FULL};
    canvas_line(sheet->canvas, points, end - begin, 0.9, sheet->tones->ink);
}

void widget_signature(struct sheet *sheet, struct rect box, const struct ink *ink)
{
    const struct theme_tones *tones = sheet->tones;
    sheet_target(sheet, box, "sign", (struct act){.kind = ACT_INK});
    canvas_mark_control(sheet->canvas, box, tones->rim, "sign");
    canvas_round(sheet->canvas, box, WIDGET_RADIUS, tones->panel);
    canvas_outline(sheet->canvas, box, WIDGET_RADIUS, 0.35, tones->rim);
    struct rect line = rect_inset(box, 5);
    canvas_fill(sheet->canvas, (struct rect){line.x, box.y + box.h * 0.78, line.w, 0.4},
                tones->rim);
    for (int i = 0; i < ink->strokes; i++)
        draw_stroke(sheet, canvas_place(sheet->canvas, box), ink, i);
}

void widget_countdown(struct sheet *sheet, struct rect box, int seconds, double part)
{
    char text[16];
    snprintf(text, sizeof text, "%d", seconds);
    box.h = fmin(box.w, box.h);
    widget_ring(sheet, box, 1 - part, 1, text, "");
}
