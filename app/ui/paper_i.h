/*
 * paper_i.h - what all that is printed shares: margins, pages that are begun when there is no room
 * left, and their numbers. The files of paper.h alone include it.
 */
#ifndef APP_UI_PAPER_I_H
#define APP_UI_PAPER_I_H

#include "app/ui/paper.h"
#include "app/ui/words.h"

#define PAPER_BLACK 0x000000
#define PAPER_WHITE 0xFFFFFF
#define PAPER_GREY 0x4A4A4A
#define PAPER_RULE_MM 0.25

struct paper;

struct paper_form {
    const char *title; /* for the document, translated */
    double margin_mm;
    /* At the top of each page: cuts off what it takes. */
    void (*head)(struct paper *paper, const void *what);
    /* All that is on the pages, from paper_take to paper_take. */
    void (*body)(struct paper *paper, const void *what);
    /* In the bottom margin of each page. */
    void (*foot)(struct paper *paper, const void *what, struct rect box);
};

struct paper {
    struct canvas *canvas;
    enum language language;
    struct rect rest; /* what is left of this page */
    int page, page_count;
    const struct paper_form *form;
    const void *what;
};

/* All of it; what `out` says, or RC_NO_MEMORY. */
enum rc paper_print(const struct paper_form *form, const void *what, enum language language,
                    int64_t made_ms, const struct canvas_out *out) MUST_CHECK;

/* So much of the page from its top on, or of the next page where this one has not got it. */
struct rect paper_take(struct paper *paper, double height);

struct paper_type {
    double cap_mm;
    bool is_bold;
    enum canvas_align align;
    int lines;       /* 0: 1 */
    uint32_t colour; /* PAPER_BLACK where none is said */
    double least_mm; /* 0: the half */
    bool is_middle;
};

/* Text in that type; returns its height. */
double paper_say(struct paper *paper, struct rect box, const char *text,
                 const struct paper_type *type);

/* The height it would have. */
double paper_height(struct paper *paper, double width, const char *text,
                    const struct paper_type *type);

/* A fine line along the bottom of the box. */
void paper_rule(struct paper *paper, struct rect box);

/* "Page 2 of 5" */
const char *paper_page(const struct paper *paper, char *out_text, size_t size);

/* "26 November 2026", "1er novembre 2026" */
const char *paper_date(enum language language, int64_t at_ms, char *out_text, size_t size);

#endif
