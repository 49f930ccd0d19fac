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

/* How somebody wants to see it; all false is the day. */
struct theme_mode {
    bool is_evening;  /* dark, for evening drinks */
    bool is_contrast; /* black and white, whatever the time of day */
    bool is_large;    /* no capital under THEME_LARGE_MM */
    bool is_mirrored; /* for the left hand */
    bool is_still;    /* nothing moves */
};

/* EN 301 549, 5.1.4: capitals of 0.7 degrees, seen from half a metre. */
#define THEME_LARGE_MM 6.2

struct theme_tones {
    uint32_t ground; /* 0xRRGGBB */
    uint32_t panel;  /* a field on the ground */
    uint32_t ink;    /* text on ground and panel */
    uint32_t soft;   /* lesser text on ground and panel */
    uint32_t edge;   /* outline of buttons on the ground */
    uint32_t accent; /* rings, bars, dots */
    uint32_t track;  /* what an accent runs on */
    uint32_t rim;    /* the fine outline of quiet buttons and fields, on ground and panel */
};

const struct theme_tones *theme_tones(enum theme_meaning meaning, const struct theme_mode *mode);

/* Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio"). */
double theme_contrast(uint32_t a, uint32_t b);

#endif
