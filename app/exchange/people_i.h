/*
 * people_i.h - the inside of struct people, for people*.c only.
 */
#ifndef APP_EXCHANGE_PEOPLE_I_H
#define APP_EXCHANGE_PEOPLE_I_H

#include <stdio.h>

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
    bool is_of_baskets;
    size_t read; /* rows of the file; who is not in it any more stands behind them */
};

/* One row more, empty; NULL without memory. */
struct people_row *people_add_row(struct people *people);

/* A list of baskets against the house: who that is, what changes; then whose ends. */
enum rc people_judge_baskets(struct people *people, const struct people_lookup *lookup) MUST_CHECK;
enum rc people_end_baskets(struct people *people, const struct people_lookup *lookup) MUST_CHECK;

/* What to know of a list of baskets; NULL: nothing. */
const char *people_baskets_note(const struct people *people);

/* What its lines say, and its JSON; see people_preview_text, people_preview_json. */
void people_print_baskets(FILE *out, const struct people *people);
json_t *people_baskets_to_json(const struct people *people);

/* What both previews say: ";" or "TAB"; headings of columns that are not used. */
const char *people_separator_name(const struct people *people);
void people_print_unused(FILE *out, const struct people *people);
json_t *people_unused_to_json(const struct people *people);
json_t *people_changes_to_json(const struct people_row *row);

/* Refuses a row with a sentence; the first one stays. Without memory it is refused without. */
void people_refuse(struct people_row *row, const char *format, ...) PRINTF_LIKE(2, 3);
void people_refuse_for(struct people_row *row, const struct reason *why);

/* On the heap, in the place of *reason; NULL without memory. */
void people_say(struct reason **reason, const char *format, ...) PRINTF_LIKE(2, 3);

/* Takes a cell that is not blank for a field of person_fields or a heading's (headings.h). */
void people_set_cell(struct people_row *row, int field, const char *text);

/* Nothing but spaces and the like? */
bool people_is_blank(const char *text);

#endif
