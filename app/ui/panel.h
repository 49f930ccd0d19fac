/*
 * panel.h - the pieces that several scenes share: a person's head line, who is here, the hours.
 */
#ifndef APP_UI_PANEL_H
#define APP_UI_PANEL_H

#include "app/ui/scene.h"

/*
 * The head of a result about a person: `hello` takes the first name, `timed` the time of day, and
 * `untimed` stands in where no time may be shown as true. Returns what is left (see scene_head).
 */
struct rect panel_person_head(const struct scene_model *model, struct rect area,
                              enum theme_meaning meaning, enum canvas_icon icon, const char *hello,
                              const char *timed, const char *untimed, int64_t at_ms,
                              struct canvas *canvas);

/* A field with a sentence. */
void panel_text(const struct scene_model *model, struct rect box, enum theme_meaning meaning,
                const char *text, struct canvas *canvas);

/* A field with how many people are in the house, as dots and in words. */
void panel_here(const struct scene_model *model, struct rect box, enum theme_meaning meaning,
                int here, struct canvas *canvas);

/* A field with the hours of today and of the month, and the visit as a bar of the day. */
void panel_hours(const struct scene_model *model, struct rect box, enum theme_meaning meaning,
                 struct canvas *canvas);

/* The resting screen's field: the house now. */
void panel_house(const struct scene_model *model, struct rect box, struct canvas *canvas);

#endif
