/* unknown - nobody's badge yet. Never a dead end: it is somebody's first day, or a person comes. */
#include "app/ui/panel.h"
#include "app/ui/scene.h"
#include "app/ui/widget.h"

#define GAP 2.0
#define BUTTON_MM 3.9
#define MAIN_MM 5.0
#define MAIN_MOST_MM 24.0
#define HALF_MOST_MM 100.0

enum choice { FIRST_VISIT, CALL, MY_BADGE, CHOICES };

/* Somebody's page waits behind it: nobody else's begins then. */
static int count_choices(const struct sheet *sheet)
{
    return sheet->model->has_page ? MY_BADGE : CHOICES;
}

static void draw_choice(struct sheet *sheet, struct rect box, enum choice choice)
{
    const struct act call = {.kind = ACT_ASK, .value = ASK_CALL};
    const struct act begin = {.kind = ACT_GO, .to = &scene_first_visit};
    const struct widget_button buttons[CHOICES] = {
        [FIRST_VISIT] = {.name = "first-visit",
                         .label = sheet_say(sheet, "First time here"),
                         .act = sheet->model->has_page ? call : begin,
                         .style = WIDGET_FILLED,
                         .cap_mm = BUTTON_MM},
        [CALL] = {.name = "call",
                  .label = sheet_say(sheet, "Call someone"),
                  .act = call,
                  .cap_mm = BUTTON_MM},
        [MY_BADGE] = {.name = "my-badge",
                      .label = sheet_say(sheet, "This is my badge"),
                      .act = {.kind = ACT_GO, .value = true, .to = &scene_no_badge},
                      .cap_mm = BUTTON_MM},
    };
    struct widget_button button = buttons[choice];
    if (box.h > LAYOUT_LEAST_MM + 3)
        button.cap_mm = MAIN_MM;
    widget_button(sheet, box, &button);
}

/* Above a strip they stand in the foot; in large letters two of them, since "No badge" on the
 * resting screen leads to the third, too. */
static void draw_low(struct sheet *sheet, struct rect area)
{
    int count = sheet->model->mode.is_large ? 2 : count_choices(sheet);
    for (int i = 0; i < count; i++)
        draw_choice(sheet, scene_foot(sheet, area, count - 1 - i, count), (enum choice)i);
    if (sheet->model->has_page && !sheet->model->mode.is_large)
        scene_aside(sheet, area, count);
}

static void draw_wide(struct sheet *sheet, struct rect area, struct rect rest)
{
    struct rect main = scene_above_foot(sheet, rest);
    if (main.h < LAYOUT_LEAST_MM) {
        draw_low(sheet, area);
        return;
    }
    if (main.h > MAIN_MOST_MM)
        main.h = MAIN_MOST_MM;
    bool is_large = sheet->model->mode.is_large; /* then a word needs the whole row */
    int low = count_choices(sheet) - (is_large ? 1 : 2);
    draw_choice(sheet, is_large ? main : layout_column(main, 2, SCENE_GAP, 0), FIRST_VISIT);
    draw_choice(sheet,
                is_large ? scene_foot(sheet, area, low - 1, low)
                         : layout_column(main, 2, SCENE_GAP, 1),
                CALL);
    if (count_choices(sheet) == CHOICES)
        draw_choice(sheet, scene_foot(sheet, area, 0, low), MY_BADGE);
    scene_aside(sheet, area, low);
}

/* A row each; in half a screen the last two share one. */
static void draw_narrow(struct sheet *sheet, struct rect area, struct rect rest, double needed)
{
    bool is_half = area.h < HALF_MOST_MM;
    struct rect rows = rect_cut_bottom(&rest, needed, SCENE_GAP);
    if (!is_half && rest.h > 0)
        panel_text(sheet, THEME_HELP, rest, sheet_say(sheet, "Someone here will gladly help you."));
    int count = count_choices(sheet);
    for (int i = 0; i < count; i++) {
        struct rect row = layout_row(rows, is_half ? 2 : count, GAP, is_half && i ? 1 : i);
        bool is_shared = is_half && i && count == CHOICES;
        draw_choice(sheet, is_shared ? layout_column(row, 2, GAP, i - 1) : row, (enum choice)i);
    }
    scene_aside(sheet, area, 0);
}

static void draw(struct sheet *sheet, struct rect area)
{
    bool is_narrow = layout_is_narrow(area);
    int rows = area.h < HALF_MOST_MM ? 2 : count_choices(sheet);
    double needed = is_narrow ? rows * LAYOUT_LEAST_MM + (rows - 1) * GAP
                              : scene_button_mm(sheet, area) + SCENE_GAP;
    struct rect rest = scene_head_above(sheet, area, sheet_say(sheet, "Welcome"),
                                        sheet_say(sheet, "We don’t know this badge yet"), needed);
    if (sheet->model->is_heard) {
        panel_text(sheet, THEME_HELP, scene_above_aside(sheet, rest),
                   sheet_say(sheet, "Someone is coming to help you."));
        scene_aside(sheet, area, 0);
    } else if (is_narrow) {
        draw_narrow(sheet, area, rest, needed);
    } else {
        draw_wide(sheet, area, rest);
    }
}

const struct scene scene_unknown = {
    .name = "unknown", .meaning = THEME_HELP, .icon = ICON_PERSON, .draw = draw};
