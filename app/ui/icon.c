#include "app/ui/icon.h"

#include <assert.h>
#include <math.h>

#define STROKES_MAX 7
#define POINTS_MAX 5
#define WIDTH 0.115

enum shape { END, LINE, ARC, DOT };

/* In a square of side 1. LINE: x, y pairs. ARC: x, y, radius, from, to (turns). DOT: x, y, radius.
 */
struct stroke {
    enum shape shape;
    int count; /* of a line's points */
    double at[2 * POINTS_MAX];
};

static const struct stroke icons[ICON_COUNT][STROKES_MAX] = {
    [ICON_TICK] = {{LINE, 3, {0.14, 0.54, 0.40, 0.80, 0.87, 0.24}}},
    [ICON_WAVE] = {{LINE, 2, {0.325, 0.60, 0.27, 0.28}},
                   {LINE, 2, {0.45, 0.50, 0.425, 0.14}},
                   {LINE, 2, {0.59, 0.50, 0.60, 0.15}},
                   {LINE, 3, {0.735, 0.24, 0.715, 0.56, 0.715, 0.66}},
                   {LINE, 3, {0.12, 0.54, 0.225, 0.59, 0.34, 0.80}},
                   {ARC, 0, {0.50, 0.675, 0.215, 0.22, 0.66}}},
    [ICON_HOUSE] = {{LINE, 3, {0.06, 0.52, 0.50, 0.12, 0.94, 0.52}},
                    {LINE, 4, {0.20, 0.46, 0.20, 0.90, 0.80, 0.90, 0.80, 0.46}},
                    {DOT, 0, {0.50, 0.63, 0.10}}},
    [ICON_DOOR] = {{LINE, 4, {0.44, 0.10, 0.12, 0.10, 0.12, 0.90, 0.44, 0.90}},
                   {LINE, 2, {0.40, 0.50, 0.90, 0.50}},
                   {LINE, 3, {0.70, 0.28, 0.92, 0.50, 0.70, 0.72}}},
    [ICON_PERSON] = {{ARC, 0, {0.50, 0.30, 0.19, 0.0, 1.0}},
                     {ARC, 0, {0.50, 0.97, 0.37, -0.25, 0.25}}},
    [ICON_CLOCK] = {{ARC, 0, {0.50, 0.50, 0.42, 0.0, 1.0}},
                    {LINE, 3, {0.50, 0.24, 0.50, 0.52, 0.68, 0.62}}},
    [ICON_REST] = {{ARC, 0, {0.47, 0.53, 0.40, 0.28, 1.02}},
                   {ARC, 0, {0.73, 0.27, 0.355, 0.46, 0.80}}},
    [ICON_UNDO] = {{LINE, 3, {0.36, 0.10, 0.12, 0.34, 0.36, 0.58}},
                   {LINE, 2, {0.14, 0.34, 0.60, 0.34}},
                   {ARC, 0, {0.60, 0.60, 0.26, 0.0, 0.5}},
                   {LINE, 2, {0.60, 0.86, 0.32, 0.86}}},
    [ICON_CROSS] = {{LINE, 2, {0.20, 0.20, 0.80, 0.80}}, {LINE, 2, {0.80, 0.20, 0.20, 0.80}}},
    [ICON_RIGHT] = {{LINE, 2, {0.08, 0.50, 0.90, 0.50}},
                    {LINE, 3, {0.60, 0.20, 0.92, 0.50, 0.60, 0.80}}},
    [ICON_LEFT] = {{LINE, 2, {0.92, 0.50, 0.10, 0.50}},
                   {LINE, 3, {0.40, 0.20, 0.08, 0.50, 0.40, 0.80}}},
    [ICON_UP] = {{LINE, 2, {0.50, 0.92, 0.50, 0.10}},
                 {LINE, 3, {0.20, 0.40, 0.50, 0.08, 0.80, 0.40}}},
    [ICON_PLUS] = {{LINE, 2, {0.50, 0.10, 0.50, 0.90}}, {LINE, 2, {0.10, 0.50, 0.90, 0.50}}},
    [ICON_MINUS] = {{LINE, 2, {0.10, 0.50, 0.90, 0.50}}},
    [ICON_BADGE] = {{LINE, 3, {0.32, 0.04, 0.50, 0.24, 0.68, 0.04}},
                    {LINE, 5, {0.20, 0.26, 0.80, 0.26, 0.80, 0.94, 0.20, 0.94, 0.20, 0.26}},
                    {DOT, 0, {0.50, 0.50, 0.10}},
                    {LINE, 2, {0.38, 0.75, 0.62, 0.75}}},
    [ICON_KEY] = {{ARC, 0, {0.26, 0.50, 0.20, 0.0, 1.0}},
                  {LINE, 2, {0.46, 0.50, 0.94, 0.50}},
                  {LINE, 2, {0.90, 0.50, 0.90, 0.70}},
                  {LINE, 2, {0.70, 0.50, 0.70, 0.64}}},
    [ICON_PEOPLE] = {{ARC, 0, {0.36, 0.31, 0.17, 0.0, 1.0}},
                     {ARC, 0, {0.36, 0.90, 0.31, -0.25, 0.25}},
                     {ARC, 0, {0.66, 0.31, 0.17, 0.03, 0.47}},
                     {ARC, 0, {0.64, 0.90, 0.31, 0.07, 0.25}}},
    [ICON_PEN] = {{LINE, 5, {0.14, 0.86, 0.20, 0.64, 0.70, 0.14, 0.86, 0.30, 0.36, 0.80}},
                  {LINE, 2, {0.36, 0.80, 0.14, 0.86}}},
    [ICON_SOUND] = {{LINE, 5, {0.10, 0.38, 0.26, 0.38, 0.48, 0.18, 0.48, 0.82, 0.26, 0.62}},
                    {LINE, 3, {0.26, 0.62, 0.10, 0.62, 0.10, 0.38}},
                    {ARC, 0, {0.48, 0.50, 0.20, 0.12, 0.38}},
                    {ARC, 0, {0.48, 0.50, 0.40, 0.12, 0.38}}},
    [ICON_LETTERS] = {{LINE, 3, {0.06, 0.86, 0.34, 0.14, 0.62, 0.86}},
                      {LINE, 2, {0.16, 0.62, 0.52, 0.62}},
                      {LINE, 3, {0.66, 0.86, 0.80, 0.50, 0.94, 0.86}},
                      {LINE, 2, {0.71, 0.74, 0.89, 0.74}}},
    [ICON_HALF] = {{ARC, 0, {0.50, 0.50, 0.40, 0.0, 1.0}},
                   {LINE, 2, {0.55, 0.14, 0.55, 0.86}},
                   {LINE, 2, {0.65, 0.17, 0.65, 0.83}},
                   {LINE, 2, {0.75, 0.24, 0.75, 0.76}},
                   {LINE, 2, {0.82, 0.36, 0.82, 0.64}}},
    [ICON_HANDS] = {{LINE, 2, {0.675, 0.60, 0.73, 0.28}},
                    {LINE, 2, {0.55, 0.50, 0.575, 0.14}},
                    {LINE, 2, {0.41, 0.50, 0.40, 0.15}},
                    {LINE, 3, {0.265, 0.24, 0.285, 0.56, 0.285, 0.66}},
                    {LINE, 3, {0.88, 0.54, 0.775, 0.59, 0.66, 0.80}},
                    {ARC, 0, {0.50, 0.675, 0.215, 0.34, 0.78}}},
    [ICON_FLAG] = {{LINE, 2, {0.20, 0.08, 0.20, 0.94}},
                   {LINE, 5, {0.20, 0.12, 0.84, 0.12, 0.68, 0.34, 0.84, 0.56, 0.20, 0.56}}},
    [ICON_HEART] = {{ARC, 0, {0.295, 0.36, 0.205, 0.625, 1.25}},
                    {ARC, 0, {0.705, 0.36, 0.205, 0.75, 1.375}},
                    {LINE, 3, {0.15, 0.505, 0.50, 0.86, 0.85, 0.505}}},
    [ICON_POWER] = {{ARC, 0, {0.50, 0.54, 0.36, 0.12, 0.88}}, {LINE, 2, {0.50, 0.10, 0.50, 0.46}}},
    [ICON_BACK] = {{LINE, 5, {0.34, 0.16, 0.96, 0.16, 0.96, 0.84, 0.34, 0.84, 0.04, 0.50}},
                   {LINE, 2, {0.04, 0.50, 0.34, 0.16}},
                   {LINE, 2, {0.52, 0.39, 0.75, 0.61}},
                   {LINE, 2, {0.75, 0.39, 0.52, 0.61}}},
    [ICON_SHIFT] = {{LINE, 5, {0.32, 0.54, 0.10, 0.54, 0.50, 0.12, 0.90, 0.54, 0.68, 0.54}},
                    {LINE, 4, {0.68, 0.54, 0.68, 0.88, 0.32, 0.88, 0.32, 0.54}}},
    [ICON_STILL] = {{LINE, 2, {0.33, 0.18, 0.33, 0.82}}, {LINE, 2, {0.67, 0.18, 0.67, 0.82}}},
    [ICON_AGAIN] = {{ARC, 0, {0.49, 0.52, 0.37, 0.29, 1.16}},
                    {LINE, 3, {0.86, 0.08, 0.86, 0.35, 0.59, 0.35}}},
    [ICON_GLASS] = {{LINE, 4, {0.20, 0.30, 0.29, 0.92, 0.71, 0.92, 0.80, 0.30}},
                    {LINE, 2, {0.12, 0.30, 0.88, 0.30}},
                    {LINE, 2, {0.26, 0.54, 0.74, 0.54}},
                    {LINE, 3, {0.53, 0.30, 0.60, 0.07, 0.80, 0.07}}},
    [ICON_STICK] = {{LINE, 5, {0.28, 0.36, 0.72, 0.36, 0.72, 0.94, 0.28, 0.94, 0.28, 0.36}},
                    {LINE, 4, {0.36, 0.36, 0.36, 0.07, 0.64, 0.07, 0.64, 0.36}},
                    {DOT, 0, {0.50, 0.66, 0.09}}},
    [ICON_DOWN] = {{LINE, 2, {0.50, 0.08, 0.50, 0.90}},
                   {LINE, 3, {0.20, 0.60, 0.50, 0.92, 0.80, 0.60}}},
};

static void draw_stroke(struct canvas *canvas, const struct stroke *stroke, struct rect box,
                        uint32_t colour)
{
    struct canvas_point points[POINTS_MAX];
    const double *at = stroke->at;
    double x = box.x + at[0] * box.w, y = box.y + at[1] * box.h;
    if (stroke->shape == LINE) {
        for (int i = 0; i < stroke->count; i++)
            points[i] =
                (struct canvas_point){box.x + at[2 * i] * box.w, box.y + at[2 * i + 1] * box.h};
        canvas_line(canvas, points, stroke->count, WIDTH * box.w, colour);
    } else if (stroke->shape == ARC) {
        canvas_arc(canvas, x, y, at[2] * box.w, at[3], at[4], WIDTH * box.w, colour);
    } else {
        canvas_disc(canvas, x, y, at[2] * box.w, colour);
    }
}

static struct rect square_in(struct rect box)
{
    double side = fmin(box.w, box.h);
    return (struct rect){box.x + (box.w - side) / 2, box.y + (box.h - side) / 2, side, side};
}

void icon_draw(struct canvas *canvas, enum icon icon, struct rect box, uint32_t colour)
{
    assert(icon < ICON_COUNT);
    box = canvas_place(canvas, square_in(box));
    bool was_mirrored = canvas_set_mirror(canvas, false);
    for (int i = 0; i < STROKES_MAX && icons[icon][i].shape != END; i++)
        draw_stroke(canvas, &icons[icon][i], box, colour);
    canvas_set_mirror(canvas, was_mirrored);
}

void icon_draw_on_disc(struct canvas *canvas, enum icon icon, struct rect box, uint32_t disc,
                       uint32_t colour)
{
    box = square_in(box);
    canvas_disc(canvas, box.x + box.w / 2, box.y + box.h / 2, box.w / 2, disc);
    icon_draw(canvas, icon, rect_inset(box, box.w * 0.21), colour);
}
