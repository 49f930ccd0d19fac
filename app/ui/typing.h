/*
 * typing.h - the text of one field while somebody types it. There is no cursor: it grows and
 * shrinks at its end.
 *
 * Owned by the screen that asks, plain data, one thread, pure. Knows what each kind of field takes
 * and where it expects a capital; never changes what stands there already, and never says whether
 * a finished text makes sense.
 */
#ifndef APP_UI_TYPING_H
#define APP_UI_TYPING_H

#include <stdbool.h>
#include <stddef.h>

#include "firmware/base/rc.h"

enum typing_kind {
    TYPING_NAME,
    TYPING_TEXT, /* sentences */
    TYPING_EMAIL,
    TYPING_DIGITS,
    TYPING_PIN, /* digits that nobody should read from the side */
    TYPING_CODE,
    TYPING_KINDS
};

/* The most bytes of any field, with the NUL. */
#define TYPING_SIZE 512

/* No vowels: no code spells a word, and none is mistaken for a digit. */
#define TYPING_CODE_LETTERS "BCDFGHJKLMNPQRSTVWXZ"

struct typing {
    enum typing_kind kind;
    int limit;   /* characters */
    size_t size; /* bytes, with the NUL */
    char text[TYPING_SIZE];
};

/* An empty field of at most `limit` characters that fit `size` bytes with the NUL. */
void typing_init(struct typing *typing, enum typing_kind kind, int limit, size_t size);

/*
 * Adds all of a text or nothing of it. RC_LIMIT: the field is full. RC_REFUSED: its kind does not
 * take that. RC_BAD_INPUT: it is not UTF-8. The screen shows each of them (a shake, a blink).
 *
 * A name takes whatever can be printed, but no space at its beginning and no two together: they
 * cannot be seen, and make two people of one. A code takes small letters and keeps capitals.
 */
enum rc typing_insert(struct typing *typing, const char *text) MUST_CHECK;

/* Takes the last character away, with the accents that stand on it; false: there was none. */
bool typing_delete(struct typing *typing);

/* Empties the field and leaves nothing of it in memory. */
void typing_clear(struct typing *typing);

/* Characters; an accent of its own counts with its letter. */
int typing_count(const struct typing *typing);

/*
 * Is the next letter a capital? In a name at the beginning and after a space or a hyphen, and
 * after an apostrophe that follows a single capital (D'Hondt, O'Neill, N'Diaye; but l'épi, 't
 * Kint, Sa'id); in a text where a sentence begins; always in a code.
 */
bool typing_wants_capital(const struct typing *typing);

#endif
