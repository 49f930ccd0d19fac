/*
 * formula.h - cells that a spreadsheet would run instead of show ("=HYPERLINK(...)", "+1-1",
 * "@SUM(1)"; OWASP, CSV injection). What people type at the door must not act in the office.
 *
 * Dangerous is a text that begins with = + - @ TAB CR LF, or with one of the full-width signs that
 * Excel takes for them; also behind spaces, and also behind apostrophes. Defusing puts one
 * apostrophe before it, restoring takes one away where what follows is dangerous. Because a text
 * that already has its apostrophe is dangerous too and gets a second one, restoring what was
 * defused gives back exactly what there was, whatever it was; and "'t Kint" and "'s Gravesande"
 * are never touched. Pure; any thread.
 */
#ifndef APP_EXCHANGE_FORMULA_H
#define APP_EXCHANGE_FORMULA_H

#include <stdbool.h>

bool formula_is_dangerous(const char *text);

/*
 * A plain number with its sign ("-1.5", "+32 466 59 91 35"): digits, spaces, dots, commas. A
 * spreadsheet may show it differently, but has nothing to run.
 */
bool formula_is_signed_number(const char *text);

/* Where the original begins: behind the apostrophe that defusing added, else `text` itself. */
const char *formula_restored(const char *text);

#endif
