/*
 * What somebody gave, to frame or to show: their name and their hours in the middle, and thanks. It
 * is no slip of wages: no money, no day-by-day.
 */
#include <stdio.h>

#include "app/ui/paper_i.h"

#define TABLE_MM 120.0
#define ROW_MM 7.0
#define HOURS_MM 34.0
#define FRAME_MM 9.0
#define LINE_MM 66.0

static const struct paper_type centred = {
    .cap_mm = 3.4, .align = CANVAS_CENTRE, .lines = 4, .least_mm = 2.4};

static uint32_t accent(void)
{
    return theme_tones(THEME_PAPER, &(struct theme_mode){.is_evening = false})->accent;
}

static void draw_frame(struct paper *paper)
{
    struct rect page = {0, 0, CANVAS_PAPER_W, CANVAS_PAPER_H};
    canvas_outline(paper->canvas, rect_inset(page, FRAME_MM), 0, 0.7, accent());
    canvas_outline(paper->canvas, rect_inset(page, FRAME_MM + 1.6), 0, 0.2, accent());
}

static struct rect middle(struct rect box, double width)
{
    return (struct rect){box.x + (box.w - width) / 2, box.y, width, box.h};
}

/* Takes as much as the text is high, and a gap below. */
static void flow(struct paper *paper, const char *text, const struct paper_type *type, double gap)
{
    double height = paper_height(paper, paper->rest.w, text, type);
    struct rect box = paper_take(paper, height + gap);
    box.h = height + 0.5;
    paper_say(paper, box, text, type);
}

/* --- top and foot --- */

static void draw_head(struct paper *paper, const void *what)
{
    const struct paper_certificate *certificate = what;
    const struct paper_type small = {.cap_mm = 2.8, .align = CANVAS_CENTRE, .least_mm = 1.8};
    draw_frame(paper);
    if (paper->page > 1)
        paper_say(paper, paper_take(paper, 12), certificate->person, &small);
}

/* One page needs no number. */
static void draw_foot(struct paper *paper, const void *what, struct rect box)
{
    char page[64];
    const struct paper_type small = {
        .cap_mm = 2.2, .align = CANVAS_CENTRE, .colour = PAPER_GREY, .least_mm = 1.6};
    (void)what;
    if (paper->page_count > 1)
        paper_say(paper, box, paper_page(paper, page, sizeof page), &small);
}

/* --- what was given --- */

static void draw_opening(struct paper *paper, const struct paper_certificate *certificate)
{
    enum language language = paper->language;
    const struct paper_type venue = {
        .cap_mm = 4.6, .is_bold = true, .align = CANVAS_CENTRE, .lines = 3, .least_mm = 3};
    const struct paper_type title = {
        .cap_mm = 7.4, .is_bold = true, .align = CANVAS_CENTRE, .lines = 2, .colour = accent()};
    const struct paper_type person = {
        .cap_mm = 8, .is_bold = true, .align = CANVAS_CENTRE, .lines = 4, .least_mm = 3};
    paper_take(paper, 6);
    flow(paper, certificate->venue, &venue, 9);
    flow(paper, words(language, "Certificate of volunteering"), &title, 10);
    flow(paper, words(language, "We gladly certify that"), &centred, 5);
    flow(paper, certificate->person, &person, 5);
}

static void draw_sum(struct paper *paper, const struct paper_certificate *certificate)
{
    char text[512], hours[WORDS_TIME_SIZE], from[2 * WORDS_TIME_SIZE], to[2 * WORDS_TIME_SIZE];
    enum language language = paper->language;
    const struct paper_type large = {
        .cap_mm = 12, .is_bold = true, .align = CANVAS_CENTRE, .colour = accent()};
    flow(paper, words(language, "gave the house, as a volunteer,"), &centred, 5);
    flow(paper, words_hours(language, certificate->seconds, hours, sizeof hours), &large, 4);
    words_format(text, sizeof text, words(language, "of their time from %s to %s."),
                 paper_date(language, certificate->from_ms, from, sizeof from),
                 paper_date(language, certificate->to_ms, to, sizeof to));
    flow(paper, text, &centred, 7);
}

/* --- by year, by mission --- */

static void draw_heading(struct paper *paper, const char *text)
{
    const struct paper_type type = {.cap_mm = 2.8, .is_bold = true, .colour = accent()};
    struct rect box = middle(paper_take(paper, 11), TABLE_MM);
    box.y += 4;
    paper_say(paper, box, text, &type);
}

static void draw_part(struct paper *paper, const char *label, int64_t seconds)
{
    char hours[WORDS_TIME_SIZE];
    const struct paper_type left = {.cap_mm = 3, .lines = 4, .least_mm = 2};
    const struct paper_type right = {.cap_mm = 3, .align = CANVAS_RIGHT, .least_mm = 2};
    double height = paper_height(paper, TABLE_MM - HOURS_MM, label, &left) + 2;
    struct rect box = middle(paper_take(paper, height > ROW_MM ? height : ROW_MM), TABLE_MM);
    paper_rule(paper, box);
    box.y += 1;
    struct rect end = rect_cut_right(&box, HOURS_MM, 0);
    paper_say(paper, box, label, &left);
    paper_say(paper, end, words_hours(paper->language, seconds, hours, sizeof hours), &right);
}

/* Whole minutes that come to the whole minutes of the sum: none is lost between the lines. */
static void draw_parts(struct paper *paper, const char *heading,
                       const struct paper_certificate_part *parts, size_t count)
{
    int64_t so_far = 0;
    draw_heading(paper, heading);
    for (size_t i = 0; i < count; i++) {
        int64_t before = so_far / 60 * 60;
        so_far += parts[i].seconds;
        draw_part(paper, parts[i].label[0] ? parts[i].label : words(paper->language, "Other help"),
                  so_far / 60 * 60 - before);
    }
}

/* --- the end --- */

static void draw_line(struct paper *paper, struct rect box, const char *below)
{
    const struct paper_type small = {.cap_mm = 2.4, .colour = PAPER_GREY, .least_mm = 1.8};
    canvas_fill(paper->canvas, (struct rect){box.x, box.y, box.w, PAPER_RULE_MM}, PAPER_BLACK);
    paper_say(paper, (struct rect){box.x, box.y + 1.5, box.w, 8}, below, &small);
}

static void draw_place(struct paper *paper, struct rect box,
                       const struct paper_certificate *certificate)
{
    char date[2 * WORDS_TIME_SIZE], text[256];
    const struct paper_type type = {.cap_mm = 3, .lines = 2, .least_mm = 2};
    const char *day = paper_date(paper->language, certificate->now_ms, date, sizeof date);
    struct rect above = {box.x, box.y - 9, box.w, 9};
    if (certificate->place[0])
        snprintf(text, sizeof text, "%s, %s", certificate->place, day);
    else
        snprintf(text, sizeof text, "%s", day);
    above.y -= paper_height(paper, box.w, text, &type) > 6 ? 5 : 0;
    paper_say(paper, above, text, &type);
    draw_line(paper, box, words(paper->language, "Place and date"));
}

static void draw_closing(struct paper *paper, const struct paper_certificate *certificate)
{
    const struct paper_type type = {.cap_mm = 3.2, .align = CANVAS_CENTRE, .lines = 12};
    const char *said =
        certificate->words[0]
            ? certificate->words
            : words(paper->language, "This time was given freely. A house like ours lives from it. "
                                     "Thank you.");
    double width = paper->rest.w - 12;
    double height = paper_height(paper, width, said, &type);
    struct rect box = paper_take(paper, height + 52);
    /* Kept together, and at the foot of its page, as a signature is. */
    box.y += 7;
    paper_say(paper, (struct rect){middle(box, width).x, box.y, width, height + 0.5}, said, &type);
    double y = CANVAS_PAPER_H - paper->form->margin_mm - 24;
    draw_place(paper, (struct rect){box.x, y, LINE_MM, 9}, certificate);
    draw_line(paper, (struct rect){box.x + box.w - LINE_MM, y, LINE_MM, 9},
              words(paper->language, "For the house: name and signature"));
}

static void draw_body(struct paper *paper, const void *what)
{
    const struct paper_certificate *certificate = what;
    draw_opening(paper, certificate);
    draw_sum(paper, certificate);
    /* One line that says the sum again says nothing, but for what it was that one did. */
    if (certificate->year_count > 1)
        draw_parts(paper, words(paper->language, "By year"), certificate->years,
                   certificate->year_count);
    if (certificate->mission_count > 1 ||
        (certificate->mission_count == 1 && certificate->missions[0].label[0]))
        draw_parts(paper, words(paper->language, "By mission"), certificate->missions,
                   certificate->mission_count);
    draw_closing(paper, certificate);
}

enum rc paper_certificate(const struct paper_certificate *certificate, const struct canvas_out *out)
{
    const struct paper_form form = {.title =
                                        words(certificate->language, "Certificate of volunteering"),
                                    .margin_mm = 20,
                                    .head = draw_head,
                                    .body = draw_body,
                                    .foot = draw_foot};
    return paper_print(&form, certificate, certificate->language, certificate->now_ms, out);
}
