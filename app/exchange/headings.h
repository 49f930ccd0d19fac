/*
 * headings.h - what a column of a list of people is about, by the heading people gave it.
 *
 * French, Dutch and English, Odoo's technical names, the headings of older member tools and our
 * own; compared without case, accents, punctuation and a number at the end ("Badge 2"). Pure.
 */
#ifndef APP_EXCHANGE_HEADINGS_H
#define APP_EXCHANGE_HEADINGS_H

#include <stddef.h>

/* Beside the fields of a person (enum person_key), a column may hold: */
enum {
    HEADING_UNKNOWN = -1,
    HEADING_WHOLE_NAME = 100, /* first name, a space, last name */
    HEADING_BADGE = 101,
    HEADING_SIZE = 102, /* of a basket */
};

/* The field's number in person_fields, or one of the above. */
int headings_find(const char *heading);

/*
 * The same in a list of baskets, where short words are about them: "Taille", "Pauzes", "Afhalers".
 * In a list of people they could be anything.
 */
int headings_find_of_basket(const char *heading);

/* The heading as it is compared: "Prénom " becomes "prenom". Cut at `size`. */
void headings_fold(const char *heading, char *out_folded, size_t size);

#endif
