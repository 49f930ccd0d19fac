/*
 * stick_words.h - what is said of a USB stick to staff: why it cannot be used and what to do, how
 * large it is, what came of what was carried.
 */
#ifndef APP_UI_STICK_WORDS_H
#define APP_UI_STICK_WORDS_H

#include "app/ui/load.h"
#include "app/ui/sheet.h"

/* Two source texts: what is the matter, and what to do. */
struct stick_words {
    const char *what, *todo;
};

/* Of STICK_USABLE both are "". */
const struct stick_words *stick_words_of_trouble(enum stick_trouble trouble);

/* What came of it; `todo` may be "", as it is where stick_todo says more. Something has ended. */
struct stick_words stick_words_of_end(const struct load *load);

#define STICK_TODO_BYTES 600

/* What to do about it, or why it did not work, in the reader's language; "". */
const char *stick_todo(const struct sheet *sheet, const struct load *load,
                       char out_text[STICK_TODO_BYTES]);

/* What is being done now; a source text. */
const char *stick_words_of_stage(const struct load *load);

#define STICK_SPACE_BYTES 160

/* "16 GB, of which 12 GB free · PERRON": what it calls itself may be long. Returns `out_text`. */
const char *stick_space(const struct sheet *sheet, const struct stick_info *info,
                        char out_text[STICK_SPACE_BYTES]);

#endif
