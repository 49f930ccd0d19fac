/*
 * diagnostics_i.h - what the files of diagnostics.h share: lines. diagnostics.c knows the house,
 * diagnostics_system.c the computer under it. Nobody else includes it.
 */
#ifndef APP_DIAGNOSTICS_I_H
#define APP_DIAGNOSTICS_I_H

#include "app/diagnostics.h"

struct diagnostics_text {
    const struct sink *sink;
    enum rc rc; /* what the sink said first */
};

/* "[title]", with a line of air before it. */
void diagnostics_head(struct diagnostics_text *text, const char *title);

/* "name = value"; what is no printable ASCII becomes a question mark. */
void diagnostics_line(struct diagnostics_text *text, const char *name, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Versions of what Perron stands on. */
void diagnostics_versions(struct diagnostics_text *text);

void diagnostics_machine(struct diagnostics_text *text, const struct machine_health *health);
void diagnostics_board(struct diagnostics_text *text, const struct board *board);

#endif
