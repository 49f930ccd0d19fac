/*
 * panel.h - the pieces that several scenes share: a person's head line, who is here, the hours.
 * A field that has no room for what it says leaves itself out.
 */
#ifndef APP_UI_PANEL_H
#define APP_UI_PANEL_H

#include "app/ui/scene.h"
#include "app/ui/slot.h"

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

/* How a result speaks to who came to that occasion, and to who is in and taps again. */
const struct panel_speech *panel_greets(const struct answer *answer);
const struct panel_speech *panel_knows(const struct answer *answer);

/* A field with what they came to: their shift, the occasion, or who is here. */
void panel_came(struct sheet *sheet, struct rect rest);

/*
 * What a first visit has to say to who arrives: the deepening session some months later; a newcomer
 * of theirs who was not here for long. Takes its place off the rest, where there is something.
 */
void panel_welcome(struct sheet *sheet, struct rect *rest);

/* When the deepening session is, as a sentence; false where there is none to come to. */
bool panel_deepening(const struct sheet *sheet, char *out_text, size_t size);

/* Baskets to fetch, and slots that are asked about, four in all. */
struct slot_choice panel_choices(const struct scene_model *model);

/*
 * What there is at a pick-up: baskets to fetch and hands that are needed as tiles; else a field
 * with what became of theirs; else `otherwise`.
 */
void panel_basket(struct sheet *sheet, struct rect rest,
                  void (*otherwise)(struct sheet *sheet, struct rect rest));

/* How much room its tiles are worth to the head; 0: there are none. */
double panel_basket_mm(const struct sheet *sheet, struct rect area);

/* "Your basket: paused until 5 January"; "" where there is none, or it is to be fetched. */
const char *panel_basket_line(const struct sheet *sheet, char *out_text, size_t size);

/* Are they expected at a shift? The field about it, with the day as a bar. */
bool panel_has_shift(const struct scene_model *model);
void panel_shift(struct sheet *sheet, struct rect rest);

/* How much room that field is worth to the head: a shift says more than when somebody came. */
double panel_shift_mm(const struct sheet *sheet, struct rect area);

/* A field with the occasion and how many are there. */
void panel_attends(struct sheet *sheet, struct rect rest);

/*
 * What the occasion has for them, as a tile: a drink, words to leave; why it could not be had; or
 * a step of their welcome that is done. False where there is nothing of it.
 */
bool panel_offer(struct sheet *sheet, struct rect rest);

/* How much room that is worth to the head; 0: there is nothing. */
double panel_offer_mm(const struct sheet *sheet, struct rect area);

/* A field with the vote somebody has at an assembly, whose votes they carry, and the quorum. */
void panel_vote(struct sheet *sheet, struct rect rest);

/* An assembly's quorum, for the room: in a box of the resting screen, in its tones. */
void panel_quorum(struct sheet *sheet, struct rect inside, const struct theme_tones *tones);

/* Are there colleges that may have to take turns in it? */
bool panel_quorum_turns(const struct scene_model *model);

/* May a button of this result lead to a page of the person's? */
bool panel_can_go(const struct sheet *sheet);

/* "My page", where a field can give room to it; takes that off the field. */
void panel_mine(struct sheet *sheet, struct rect *rest);

/* A field with a sentence, in the tones of `meaning`. */
void panel_text(struct sheet *sheet, enum theme_meaning meaning, struct rect rest,
                const char *text);

/* A field with how many people are here, in words and as dots; the last dot is the person. */
void panel_here(struct sheet *sheet, struct rect rest);

/*
 * True where hours can be told: there are some, the clock that measured them is believed, and the
 * person wants them on a public screen.
 */
bool panel_has_hours(const struct scene_model *model);

/* A field with the hours of today and of the month. */
void panel_hours(struct sheet *sheet, struct rect rest);

/*
 * The month's hours as a ring: what was given of what was intended, or where nothing was, today's
 * part of it lit. `box` is about square.
 */
void panel_ring(struct sheet *sheet, struct rect box);

/*
 * What is shown of somebody who is in: the head, a field of the scene's, my page, guests and the
 * languages. Returns how many buttons share the foot; the scene's own one stands at place 0.
 */
int panel_arrived(struct sheet *sheet, struct rect area, const struct panel_speech *speech,
                  int64_t at_ms, void (*field)(struct sheet *sheet, struct rect rest));

/* The main button of a result, until it was pressed, at place 0 of `count`. */
void panel_main_button(struct sheet *sheet, struct rect area, int count, const char *name,
                       const char *label, enum ask_kind ask);

/*
 * What was given today, without a field, and below it from when to when, or what there is to say of
 * far less or far more than was intended. Returns the height used.
 */
double panel_today(struct sheet *sheet, struct rect box);

/* The resting screen's field: what is on, where hands are needed, who is here, by turns. */
void panel_house(struct sheet *sheet, struct rect box);

#endif
