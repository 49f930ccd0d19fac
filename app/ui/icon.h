/*
 * icon.h - the few symbols: strokes with round ends, drawn in any box. One thread per canvas.
 */
#ifndef APP_UI_ICON_H
#define APP_UI_ICON_H

#include <stdint.h>

#include "app/ui/canvas.h"

enum icon {
    ICON_TICK,
    ICON_WAVE,  /* a hand: goodbye */
    ICON_HOUSE, /* somebody is in */
    ICON_DOOR,  /* somebody went out */
    ICON_PERSON,
    ICON_CLOCK,
    ICON_REST, /* the moon: something is asleep */
    ICON_UNDO,
    ICON_CROSS, /* only where Perron failed */
    ICON_RIGHT, /* the arrows, in the order of enum scene_side */
    ICON_LEFT,
    ICON_UP,
    ICON_DOWN,
    ICON_PLUS,
    ICON_MINUS,
    ICON_BADGE,  /* a card on a ribbon */
    ICON_KEY,    /* staff */
    ICON_PEOPLE, /* several */
    ICON_PEN,    /* corrections */
    ICON_SOUND,
    ICON_LETTERS, /* a large and a small A */
    ICON_HALF,    /* a disc half dark: contrast */
    ICON_HANDS,   /* a left hand: the other side */
    ICON_FLAG,    /* an occasion */
    ICON_HEART,   /* health */
    ICON_POWER,
    ICON_BACK, /* delete a letter; an arrow with its stem */
    ICON_SHIFT,
    ICON_STILL, /* two bars: nothing moves */
    ICON_AGAIN, /* round and back: a restart */
    ICON_GLASS, /* something to drink */
    ICON_STICK, /* a USB stick */
    ICON_COUNT
};

/* In the largest square in the middle of the box. */
void icon_draw(struct canvas *canvas, enum icon icon, struct rect box, uint32_t colour);

/* The same on a disc that fills the square. */
void icon_draw_on_disc(struct canvas *canvas, enum icon icon, struct rect box, uint32_t disc,
                       uint32_t colour);

#endif
