#include "app/ui/layout.h"

bool layout_is_narrow(struct rect area)
{
    return area.w < 110;
}

static struct layout_page lying(struct rect rest, bool is_large)
{
    struct layout_page page = {.is_narrow = false};
    struct rect bar = rect_cut_top(&rest, LAYOUT_BAR_H, 2.5);
    double word = is_large ? 17 : 27;
    page.back = rect_cut_left(&bar, is_large ? 18 : 21, LAYOUT_GAP);
    page.help = rect_cut_right(&bar, is_large ? 30 : 18, LAYOUT_GAP);
    page.middle = bar;
    page.languages[1] = rect_cut_right(&bar, word, LAYOUT_GAP - 1);
    page.languages[0] = rect_cut_right(&bar, word, LAYOUT_GAP);
    page.title = bar;
    page.body = rest;
    return page;
}

static struct layout_page upright(struct rect rest, bool is_large)
{
    struct layout_page page = {.is_narrow = true};
    struct rect bar = rect_cut_top(&rest, LAYOUT_BAR_H, 2.5);
    struct rect foot = rect_cut_bottom(&rest, LAYOUT_BAR_H, LAYOUT_GAP);
    page.back = rect_cut_left(&bar, is_large ? 18 : 26, LAYOUT_GAP);
    page.help = rect_cut_right(&bar, is_large ? 32 : 26, LAYOUT_GAP);
    page.languages[0] = layout_column(foot, 2, LAYOUT_GAP, 0);
    page.languages[1] = layout_column(foot, 2, LAYOUT_GAP, 1);
    page.title = rect_cut_top(&rest, is_large ? 21 : 14, 2);
    page.body = rest;
    return page;
}

struct layout_page layout_page(struct rect area, bool is_large)
{
    struct rect rest = rect_inset(area, LAYOUT_MARGIN);
    return layout_is_narrow(area) ? upright(rest, is_large) : lying(rest, is_large);
}

struct rect layout_column(struct rect box, int count, double gap, int index)
{
    double width = (box.w - gap * (count - 1)) / count;
    return (struct rect){box.x + index * (width + gap), box.y, width, box.h};
}

struct rect layout_row(struct rect box, int count, double gap, int index)
{
    double height = (box.h - gap * (count - 1)) / count;
    return (struct rect){box.x, box.y + index * (height + gap), box.w, height};
}

struct rect layout_cell(struct rect box, int columns, int rows, double gap, int index)
{
    return layout_column(layout_row(box, rows, gap, index / columns), columns, gap,
                         index % columns);
}

struct rect layout_share(struct rect box, int columns, int count, double gap, int index)
{
    int rows = (count + columns - 1) / columns, first = count - (rows - 1) * columns;
    if (index < first)
        return layout_column(layout_row(box, rows, gap, 0), first, gap, index);
    return layout_cell(box, columns, rows, gap, index - first + columns);
}

int layout_room(double size, double least, double gap)
{
    int room = (int)((size + gap + 0.001) / (least + gap));
    return room < 1 ? 1 : room;
}
