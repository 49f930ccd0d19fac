/*
 * saying.h - a sentence kept so that it can be said once more in another language: its English
 * source, which is a literal of the program, and apart from it what stands in it, as text.
 *
 * Nothing kept here is ever given to printf: a source or its translation only says which value
 * stands where ("%s", "%d", "%2$s"), whatever is in a value. Plain data, copied freely; pure; any
 * thread; never allocates.
 */
#ifndef FIRMWARE_BASE_SAYING_H
#define FIRMWARE_BASE_SAYING_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Marks a sentence for translation wherever one is made; xgettext reads it. */
#define SAID(sentence) sentence

#define SAYING_VALUES 8
#define SAYING_BYTES 400

struct saying {
    const char *source;     /* NULL: nothing is kept */
    unsigned short sources; /* 1 << index: this value is a source text, too, and translated */
    unsigned short
        sentences; /* 1 << index: it is one whose values are the next ones (saying_nest) */
    int count;
    char values[SAYING_BYTES]; /* each with its NUL; cut between two letters */
};

/* Who translates; `say` NULL: nobody, all is said as its source has it. */
struct tongue {
    const char *(*say)(int language, const char *text);
    int language;
};

/*
 * Keeps what vsnprintf would write of it, fit to show (utf8_defuse). `source` lives as long as the
 * program; it takes %c, %d, %i, %u, %x, %s and %f, with length, width and precision, and without
 * more of it nothing is kept.
 * "%s" alone: the value is the source text.
 */
void saying_set(struct saying *saying, const char *source, va_list arguments);

/* The value at `index` is a source text as well: what something is called, a second sentence. */
void saying_mark(struct saying *saying, int index);

/*
 * The last value is what `inner` said, and is translated with what stands in it. Where there is no
 * room, or `inner` keeps nothing, it stays as it is.
 */
void saying_nest(struct saying *saying, const struct saying *inner);

/*
 * What it quotes is not for everybody: each value that is neither a number, a single letter nor a
 * source text becomes "…".
 */
void saying_conceal(struct saying *saying);

/*
 * Only the value at `index` and those behind it are left: of "file:12: sentence" the sentence, said
 * as it was. False, and nothing changed, where there is none.
 */
bool saying_keep_from(struct saying *saying, int index);

/* Writes it, cut at `size`; "" where nothing is kept. */
void saying_write(const struct saying *saying, struct tongue tongue, char *out_text, size_t size);

#endif
