/*
 * sheets.h - what an office suite made of a file: opened by LibreOffice, saved as flat OpenDocument
 * (ODF 1.2, .fods), and read cell by cell.
 *
 * LibreOffice starts without a window, with a profile of its own that goes again. What should work
 * and doesn't ends the test with a sentence (abort). One thread.
 */
#ifndef TESTS_SUPPORT_SHEETS_H
#define TESTS_SUPPORT_SHEETS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Is there an office suite? Where not, PERRON_NO_OFFICE must say that this is meant
 * (scripts/debian13.sh does), else the test ends: `make test` installs one.
 */
bool sheets_are_possible(void);

/*
 * Converts `count` files of `folder` at once, "a.csv" to "a.fods" beside it. `filter`: how they are
 * read ("CSV:59,34,76,1,..."); NULL: as what they are.
 */
void sheets_convert(const char *folder, const char *filter, const char *const *names, int count);

struct sheets_cell {
    const char *text;  /* as it is shown; paragraphs between newlines; "" */
    const char *type;  /* "string", "float", "date", "time", ...; "" where it is empty */
    const char *value; /* of what is no string, as ODF writes it ("PT02H30M15S"); "" */
    bool is_formula;
};

struct sheets;

struct sheets *sheets_open(const char *folder, const char *name);
void sheets_close(struct sheets *sheets);

int sheets_count(const struct sheets *sheets);
const char *sheets_name(const struct sheets *sheets, int sheet);

/* From 0; an empty one where there is none. */
const struct sheets_cell *sheets_cell(const struct sheets *sheets, int sheet, int row, int column);
int sheets_rows(const struct sheets *sheets, int sheet);
int sheets_formulas(const struct sheets *sheets, int sheet);

#endif
