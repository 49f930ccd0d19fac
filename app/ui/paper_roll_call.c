/*
 * Who is in the house, for whoever stands in the yard with it, in the dark and in the rain: names
 * large, a box to tick for each head, how many there are above all else. Nothing is told for true
 * that nobody vouches for.
 */
#include <stdio.h>

#include "app/domain/day.h"
#include "app/ui/paper_i.h"

#define ROW_MM 11.5
#define BOX_MM 7.0
#define GUEST_BOX_MM 6.0
#define GUEST_ROW_MM 8.0
#define GAP_MM 3.0
#define TIME_MM 46.0
#define BLANK_ROWS 3

static const struct paper_type name_type = {
    .cap_mm = 4.4, .is_bold = true, .lines = 5, .least_mm = 2};
static const struct paper_type time_type = {
    .cap_mm = 3.8, .is_bold = true, .align = CANVAS_RIGHT, .least_mm = 2.4};
static const struct paper_type small_right = {.cap_mm = 2.6, .align = CANVAS_RIGHT};
static const struct paper_type note_type = {.cap_mm = 3, .lines = 4};

/* --- how many --- */

struct heads {
    int people, guests, children;
};

static struct heads count_heads(const struct paper_roll_call *call)
{
    struct heads heads = {(int)call->count, 0, 0};
    for (size_t i = 0; i < call->count; i++) {
        heads.guests += call->rows[i].guests;
        heads.children += call->rows[i].children;
    }
    return heads;
}

static int all_heads(struct heads heads)
{
    return heads.people + heads.guests + heads.children;
}

/* A number with its word below; the number of all stands out in the rain. */
static void draw_count(struct paper *paper, struct rect box, int number, const char *word,
                       bool is_total)
{
    char text[16];
    uint32_t ink = is_total ? PAPER_WHITE : PAPER_BLACK;
    if (is_total)
        canvas_fill(paper->canvas, box, PAPER_BLACK);
    else
        canvas_outline(paper->canvas, box, 0, 0.5, PAPER_BLACK);
    struct rect inside = rect_inset(box, 2);
    const struct paper_type small = {
        .cap_mm = 3, .align = CANVAS_CENTRE, .colour = ink, .is_bold = true, .is_middle = true};
    struct rect below = rect_cut_bottom(&inside, 6, 0);
    const struct paper_type large = {
        .cap_mm = 11, .align = CANVAS_CENTRE, .colour = ink, .is_bold = true, .is_middle = true};
    snprintf(text, sizeof text, "%d", number);
    paper_say(paper, inside, text, &large);
    paper_say(paper, below, word, &small);
}

static void draw_counts(struct paper *paper, const struct paper_roll_call *call)
{
    struct heads heads = count_heads(call);
    enum language language = paper->language;
    struct rect box = paper_take(paper, 30);
    rect_cut_bottom(&box, 4, 0);
    draw_count(paper, rect_cut_left(&box, 70, GAP_MM), all_heads(heads),
               words(language, "people in all"), true);
    double width = (box.w - 2 * GAP_MM) / 3;
    draw_count(paper, rect_cut_left(&box, width, GAP_MM), heads.people,
               words(language, "on this list"), false);
    draw_count(paper, rect_cut_left(&box, width, GAP_MM), heads.guests, words(language, "guests"),
               false);
    draw_count(paper, box, heads.children, words(language, "children"), false);
}

/* --- the top and the foot of pages --- */

static const char *moment(const struct paper_roll_call *call, char *out_text, size_t size)
{
    char date[2 * WORDS_TIME_SIZE], time[WORDS_TIME_SIZE];
    if (call->is_now_doubtful)
        return words_format(out_text, size, "%s", words(call->language, "The clock is not set"));
    return words_format(out_text, size, "%s · %s",
                        paper_date(call->language, call->now_ms, date, sizeof date),
                        words_time(call->language, call->now_ms, time, sizeof time));
}

static void draw_first_head(struct paper *paper, const struct paper_roll_call *call)
{
    char when[3 * WORDS_TIME_SIZE];
    const struct paper_type venue = {.cap_mm = 3.4, .lines = 2, .least_mm = 2};
    const struct paper_type time = {
        .cap_mm = 3.4, .align = CANVAS_RIGHT, .is_bold = true, .lines = 2, .least_mm = 2.4};
    struct rect line = paper_take(paper, 11);
    paper_say(paper, rect_cut_right(&line, 80, GAP_MM), moment(call, when, sizeof when), &time);
    paper_say(paper, line, call->venue, &venue);
    const struct paper_type title = {.cap_mm = 8, .is_bold = true};
    paper_say(paper, paper_take(paper, 16), words(paper->language, "Who is here"), &title);
    draw_counts(paper, call);
}

/* A page that got apart from the others still says what it belongs to, and how many there are. */
static void draw_next_head(struct paper *paper, const struct paper_roll_call *call)
{
    char when[3 * WORDS_TIME_SIZE], title[128];
    struct rect line = paper_take(paper, 10);
    const struct paper_type right = {.cap_mm = 3, .align = CANVAS_RIGHT, .least_mm = 2};
    const struct paper_type left = {.cap_mm = 3.4, .is_bold = true, .least_mm = 2};
    snprintf(title, sizeof title, "%s · %d %s", words(paper->language, "Who is here"),
             all_heads(count_heads(call)), words(paper->language, "people in all"));
    paper_rule(paper, line);
    paper_say(paper, rect_cut_right(&line, 70, GAP_MM), moment(call, when, sizeof when), &right);
    paper_say(paper, line, title, &left);
}

static void draw_head(struct paper *paper, const void *what)
{
    if (paper->page == 1)
        draw_first_head(paper, what);
    else
        draw_next_head(paper, what);
}

static void draw_foot(struct paper *paper, const void *what, struct rect box)
{
    const struct paper_roll_call *call = what;
    char page[64];
    box.y += 1;
    paper_say(paper, rect_cut_right(&box, 50, GAP_MM), paper_page(paper, page, sizeof page),
              &small_right);
    const struct paper_type venue = {.cap_mm = 2.4, .least_mm = 1.6};
    paper_say(paper, box, call->venue, &venue);
}

/* --- a person --- */

static const char *how_known(const struct paper_roll_call *call,
                             const struct paper_roll_call_row *row)
{
    static const char *const texts[] = {
        [PRESENCE_TAP] = WORDS_MARK("by badge"),
        [PRESENCE_NAME] = WORDS_MARK("by name"),
        [PRESENCE_STAFF] = WORDS_MARK("noted by staff"),
        [PRESENCE_CORRECTED] = WORDS_MARK("corrected by staff"),
        [PRESENCE_PROPOSED] = WORDS_MARK("as they say themselves"),
    };
    size_t how = row->how_in;
    bool has_text = how < sizeof texts / sizeof texts[0] && texts[how];
    return has_text ? words(call->language, texts[how]) : "";
}

/* "since 13:52", with the day where it was another one. */
static const char *since(const struct paper_roll_call *call, const struct paper_roll_call_row *row,
                         char *out_text, size_t size)
{
    char time[WORDS_TIME_SIZE], day[WORDS_TIME_SIZE] = "", both[2 * WORDS_TIME_SIZE];
    enum language language = call->language;
    if (row->is_doubtful)
        return words_format(out_text, size, "%s", words(language, "hour not known"));
    words_time(language, row->arrived_ms, time, sizeof time);
    if (day_number(row->arrived_ms, 0) != day_number(call->now_ms, 0))
        words_weekday_short(language, row->arrived_ms, day, sizeof day);
    snprintf(both, sizeof both, "%s%s%s", day, day[0] ? " " : "", time);
    return words_format(out_text, size, words(language, "in since %s"), both);
}

static double name_height(struct paper *paper, double width, const char *name)
{
    return paper_height(paper, width, name, &name_type);
}

static const char *name_of(const struct paper *paper, const struct paper_roll_call_row *row)
{
    return row->name[0] ? row->name : words(paper->language, "Name not known");
}

static int boxes_in_line(double width)
{
    return (int)((width - 32) / (GUEST_BOX_MM + 1.5));
}

static double company_height(int count, double width)
{
    int in_line = boxes_in_line(width);
    return count ? GUEST_ROW_MM * ((count + in_line - 1) / in_line) : 0;
}

/* A box to tick for each, and who they are behind the last. */
static void draw_company(struct paper *paper, struct rect area, int count, const char *text)
{
    int in_line = boxes_in_line(area.w);
    struct rect box = {area.x, area.y, GUEST_BOX_MM, GUEST_BOX_MM};
    for (int i = 0; i < count; i++) {
        if (i && i % in_line == 0) {
            box.x = area.x;
            box.y += GUEST_ROW_MM;
        }
        canvas_outline(paper->canvas, box, 0, 0.5, PAPER_BLACK);
        box.x += GUEST_BOX_MM + 1.5;
    }
    const struct paper_type type = {.cap_mm = 3.2, .is_middle = true, .least_mm = 2};
    paper_say(paper, (struct rect){box.x + 1, box.y, area.x + area.w - box.x - 1, GUEST_BOX_MM},
              text, &type);
}

static void draw_tag(struct paper *paper, struct rect box, const char *text)
{
    const struct paper_type type = {.cap_mm = 2.6,
                                    .colour = PAPER_WHITE,
                                    .is_bold = true,
                                    .align = CANVAS_CENTRE,
                                    .is_middle = true,
                                    .least_mm = 1.8};
    canvas_round(paper->canvas, box, 1, PAPER_BLACK);
    paper_say(paper, rect_inset(box, 0.6), text, &type);
}

struct measures {
    double width; /* of the name, and of what stands below it */
    double name, tag, guests, children;
    double all;
};

static struct measures measure(struct paper *paper, const struct paper_roll_call_row *row)
{
    struct measures m = {.width = paper->rest.w - BOX_MM - TIME_MM - 2 * GAP_MM};
    m.name = name_height(paper, m.width, name_of(paper, row));
    m.tag = row->is_long ? 7 : 0;
    m.guests = company_height(row->guests, m.width);
    m.children = company_height(row->children, m.width);
    m.all = m.name + m.tag + m.guests + m.children + 4.5;
    if (m.all < ROW_MM)
        m.all = ROW_MM;
    return m;
}

static void draw_below(struct paper *paper, const struct paper_roll_call_row *row,
                       const struct measures *m, struct rect area)
{
    char text[64];
    enum language language = paper->language;
    if (row->is_long) {
        struct rect tag = rect_cut_top(&area, m->tag, 0);
        draw_tag(paper, (struct rect){tag.x, tag.y + 0.3, 58, 5.4},
                 words(language, "in for over 12 hours: still here?"));
    }
    if (row->guests) {
        words_format(text, sizeof text,
                     words_plural(language, "with %d guest", "with %d guests", row->guests),
                     row->guests);
        draw_company(paper, rect_cut_top(&area, m->guests, 0), row->guests, text);
    }
    if (row->children) {
        words_format(text, sizeof text,
                     words_plural(language, "with %d child", "with %d children", row->children),
                     row->children);
        draw_company(paper, rect_cut_top(&area, m->children, 0), row->children, text);
    }
}

static void draw_row(struct paper *paper, const struct paper_roll_call *call,
                     const struct paper_roll_call_row *row)
{
    char time[3 * WORDS_TIME_SIZE];
    struct measures m = measure(paper, row);
    struct rect box = paper_take(paper, m.all);
    paper_rule(paper, box);
    box.y += 1.8;
    struct rect tick = rect_cut_left(&box, BOX_MM, GAP_MM);
    canvas_outline(paper->canvas, (struct rect){tick.x, tick.y, BOX_MM, BOX_MM}, 0, 0.6,
                   PAPER_BLACK);
    struct rect right = rect_cut_right(&box, TIME_MM, GAP_MM);
    right.h = 9;
    paper_say(paper, rect_cut_top(&box, m.name + 1, 0), name_of(paper, row), &name_type);
    paper_say(paper, rect_cut_top(&right, 5.6, 0), since(call, row, time, sizeof time), &time_type);
    paper_say(paper, right, how_known(call, row), &small_right);
    draw_below(paper, row, &m, box);
}

/* --- the end --- */

static void draw_blank(struct paper *paper)
{
    struct rect box = paper_take(paper, ROW_MM);
    paper_rule(paper, box);
    canvas_outline(paper->canvas, (struct rect){box.x, box.y + 1.8, BOX_MM, BOX_MM}, 0, 0.6,
                   PAPER_BLACK);
}

static void draw_end(struct paper *paper)
{
    struct rect note = paper_take(paper, 14);
    note.y += 4;
    paper_say(
        paper, note,
        words(paper->language, "Who came in unseen is not on this list. Add them here by hand:"),
        &note_type);
    for (int i = 0; i < BLANK_ROWS; i++)
        draw_blank(paper);
}

static void draw_body(struct paper *paper, const void *what)
{
    const struct paper_roll_call *call = what;
    if (call->is_now_doubtful)
        paper_say(paper, paper_take(paper, 12),
                  words(paper->language, "The station’s clock is not set: the hours below may be "
                                         "wrong."),
                  &note_type);
    for (size_t i = 0; i < call->count; i++)
        draw_row(paper, call, &call->rows[i]);
    if (!call->count) {
        const struct paper_type type = {.cap_mm = 5, .is_bold = true, .lines = 3};
        paper_say(paper, paper_take(paper, 20),
                  words(paper->language, "Nobody is noted as being in the house."), &type);
    }
    draw_end(paper);
}

enum rc paper_roll_call(const struct paper_roll_call *call, const struct canvas_out *out)
{
    const struct paper_form form = {.title = words(call->language, "Who is here"),
                                    .margin_mm = 13,
                                    .head = draw_head,
                                    .body = draw_body,
                                    .foot = draw_foot};
    return paper_print(&form, call, call->language, call->now_ms, out);
}
