#include "app/ui/paper_i.h"

#define FOOT_MM 5.0
#define HIGH_MM 1000.0 /* more than any text on a page */

static void begin_page(struct paper *paper)
{
    struct rect page = {0, 0, CANVAS_PAPER_W, CANVAS_PAPER_H};
    paper->page++;
    paper->rest = rect_inset(page, paper->form->margin_mm);
    paper->form->foot(paper, paper->what, rect_cut_bottom(&paper->rest, FOOT_MM, FOOT_MM));
    paper->form->head(paper, paper->what);
}

struct rect paper_take(struct paper *paper, double height)
{
    if (height > paper->rest.h) {
        canvas_turn_page(paper->canvas);
        begin_page(paper);
    }
    return rect_cut_top(&paper->rest, height, 0);
}

/* Draws it all; how many pages there are in all stands on each, so they are counted before. */
static enum rc print(struct paper *paper, int64_t made_ms, int *io_page_count,
                     const struct canvas_out *out)
{
    const struct canvas_paper about = {.title = paper->form->title,
                                       .language = language_code(paper->language),
                                       .made_ms = made_ms};
    enum rc rc = canvas_open_paper(&about, out, &paper->canvas);
    if (rc)
        return rc;
    paper->page = 0;
    paper->page_count = *io_page_count;
    begin_page(paper);
    paper->form->body(paper, paper->what);
    rc = canvas_finish_paper(paper->canvas);
    canvas_close(paper->canvas);
    *io_page_count = paper->page;
    return rc;
}

static enum rc to_nobody(void *context, const char *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    (void)length;
    return RC_OK;
}

enum rc paper_print(const struct paper_form *form, const void *what, enum language language,
                    int64_t made_ms, const struct canvas_out *out)
{
    struct paper paper = {.language = language, .form = form, .what = what};
    const struct canvas_out nobody = {.write = to_nobody};
    int page_count = 1;
    enum rc rc = print(&paper, made_ms, &page_count, &nobody);
    return rc ? rc : print(&paper, made_ms, &page_count, out);
}

static struct canvas_text text_of(const char *text, const struct paper_type *type)
{
    return (struct canvas_text){.text = text,
                                .cap_mm = type->cap_mm,
                                .least_mm = type->least_mm > 0 ? type->least_mm : type->cap_mm / 2,
                                .colour = type->colour,
                                .is_bold = type->is_bold,
                                .align = type->align,
                                .lines = type->lines,
                                .is_middle = type->is_middle};
}

double paper_say(struct paper *paper, struct rect box, const char *text,
                 const struct paper_type *type)
{
    const struct canvas_text set = text_of(text, type);
    return canvas_text(paper->canvas, box, &set);
}

double paper_height(struct paper *paper, double width, const char *text,
                    const struct paper_type *type)
{
    const struct canvas_text set = text_of(text, type);
    return canvas_text_height(paper->canvas, (struct rect){0, 0, width, HIGH_MM}, &set);
}

void paper_rule(struct paper *paper, struct rect box)
{
    canvas_fill(paper->canvas,
                (struct rect){box.x, box.y + box.h - PAPER_RULE_MM, box.w, PAPER_RULE_MM},
                PAPER_GREY);
}

const char *paper_page(const struct paper *paper, char *out_text, size_t size)
{
    return words_format(out_text, size, words(paper->language, "Page %d of %d"), paper->page,
                        paper->page_count);
}

const char *paper_date(enum language language, int64_t at_ms, char *out_text, size_t size)
{
    char date[WORDS_TIME_SIZE], year[WORDS_TIME_SIZE];
    words_date(language, at_ms, date, sizeof date);
    words_year(language, at_ms, year, sizeof year);
    /* In French the first of a month has a number of its own kind. */
    bool is_first = language == LANGUAGE_FR && date[0] == '1' && date[1] == ' ';
    return words_format(out_text, size, "%s%s %s", is_first ? "1er" : "",
                        is_first ? date + 1 : date, year);
}
