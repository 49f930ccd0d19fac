/*
 * panel.h - the pieces that several scenes share: a person's head line, who is here, the hours.
 * A field that has no room for what it says leaves itself out.
 */
#ifndef APP_UI_PANEL_H
#define APP_UI_PANEL_H

#include "app/ui/scene.h"

/* How a result speaks to a person; source texts for words(). */
struct panel_speech {
    const char *hello;   /* takes the first name */
    const char *timed;   /* takes the time of day */
    const char *untimed; /* where no time may be shown as true */
};

/* The head of a result about a person. Returns what is left (see scene_head). */
struct rect panel_head(struct sheet *sheet, struct rect area, const struct panel_speech *speech,
                       int64_t at_ms);

/* The same, leaving at least `needed` millimetres below it where that can be. */
struct rect panel_head_above(struct sheet *sheet, struct rect area,
                             const struct panel_speech *speech, int64_t at_ms, double needed);

/* A field with a sentence, in the tones of `meaning`. */
void panel_text(struct sheet *sheet, enum theme_meaning meaning, struct rect rest,
                const char *text);

/* A field with how many people are here, in words and as dots; the last dot is the person. */
void panel_here(struct sheet *sheet, struct rect rest);

/* True where hours can be told: there are some, and the clock that measured them is believed. */
bool panel_has_hours(const struct scene_model *model);

/* A field with the hours of today and of the month. */
void panel_hours(struct sheet *sheet, struct rect rest);

/* The month's hours as a ring, today's part of it lit. `box` is about square. */
void panel_ring(struct sheet *sheet, struct rect box);

/*
 * What is shown of somebody who is in: the head, who is here, guests and the languages. Returns how
 * many buttons share the foot; the scene's own one stands at place 0.
 */
int panel_arrived(struct sheet *sheet, struct rect area, const struct panel_speech *speech,
                  int64_t at_ms);

/* The main button of a result, until it was pressed, at place 0 of `count`. */
void panel_main_button(struct sheet *sheet, struct rect area, int count, const char *name,
                       const char *label, enum ask_kind ask);

/* What was given today, and from when to when, without a field. Returns the height used. */
double panel_today(struct sheet *sheet, struct rect box);

/* The resting screen's field: the house now. */
void panel_house(struct sheet *sheet, struct rect box);

#endif
