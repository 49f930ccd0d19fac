/*
 * people_i.h - the inside of struct people, for people*.c only.
 */
#ifndef APP_EXCHANGE_PEOPLE_I_H
#define APP_EXCHANGE_PEOPLE_I_H

#include "app/exchange/csv.h"
#include "app/exchange/people.h"

struct people {
    struct people_row *rows;
    size_t count, capacity;

    int columns;
    int fields[CSV_COLUMNS];      /* headings_find of each column */
    char unused[CSV_COLUMNS][64]; /* headings, cut */
    size_t unused_count;
    char headings[CSV_COLUMNS][64]; /* folded, to know that row again */

    enum charset charset;
    char separator;
    bool has_key; /* a column for the member number or the external id */
};

/* Refuses a row with a sentence; the first one stays. Without memory it is refused without. */
void people_refuse(struct people_row *row, const char *format, ...) PRINTF_LIKE(2, 3);

/* Takes a cell that is not blank for a field of person_fields or a heading's (headings.h). */
void people_set_cell(struct people_row *row, int field, const char *text);

/* Nothing but spaces and the like? */
bool people_is_blank(const char *text);

#endif
