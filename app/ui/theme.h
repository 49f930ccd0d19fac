/*
 * theme.h - the palette, once. Colours have meanings, not names: a scene asks for the ground of
 * "in", never for green. Every pair that text is set in holds 7:1, every control 3:1 (WCAG 2.2,
 * 1.4.6 and 1.4.11); a test computes it. Pure.
 */
#ifndef APP_UI_THEME_H
#define APP_UI_THEME_H

#include <stdbool.h>
#include <stdint.h>

/* What a whole screen, or half of one, says before a word is read. */
enum theme_meaning {
    THEME_PAPER,    /* nothing in particular: resting */
    THEME_IN,       /* you are counted in */
    THEME_OUT,      /* you are counted out */
    THEME_IS_IN,    /* nothing new: you are in */
    THEME_IS_OUT,   /* nothing new: you have left */
    THEME_QUESTION, /* it is your turn to say something; what is on now */
    THEME_HELP,     /* a person will help */
    THEME_FAULT,    /* Perron failed; never a person */
    THEME_MEANINGS
};

struct theme_tones {
    uint32_t ground; /* 0xRRGGBB */
    uint32_t panel;  /* a field on the ground */
    uint32_t ink;    /* text on ground and panel */
    uint32_t soft;   /* lesser text on ground and panel */
    uint32_t edge;   /* outline of buttons on the ground */
    uint32_t accent; /* rings, bars, dots */
    uint32_t track;  /* what an accent runs on */
};

const struct theme_tones *theme_tones(enum theme_meaning meaning, bool is_evening);

/* Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio"). */
double theme_contrast(uint32_t a, uint32_t b);

#endif
