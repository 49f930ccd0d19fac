/*
 * doctor_i.h - what doctor.c (the house) and doctor_board.c (the board) share.
 */
#ifndef APP_COMMAND_DOCTOR_I_H
#define APP_COMMAND_DOCTOR_I_H

#include <stddef.h>

#include "app/command/command.h"
#include "firmware/device/board.h"

struct doctor_visit {
    const char *data;
    const char *reader_program;
    struct board board;
};

/* WIRED: how it should be, from the board alone. */
enum finding { FINE, WIRED, WARNING, TROUBLE };

/* A line, printed or kept as JSON. */
struct doctor_paper {
    json_t *results; /* NULL: lines of text */
    enum finding worst;
};

void doctor_say(struct doctor_paper *paper, const char *what, enum finding finding,
                const char *text);

/* How the pins and the reader should be wired, a line each. */
void doctor_note_pins(const struct doctor_visit *house, struct doctor_paper *paper);
void doctor_note_reader(const struct doctor_visit *house, struct doctor_paper *paper);

/* What answers. */
enum finding doctor_look_at_screen(const struct doctor_visit *house, char *out_text, size_t size);
enum finding doctor_look_at_pins(const struct doctor_visit *house, char *out_text, size_t size);
enum finding doctor_look_at_reader(const struct doctor_visit *house, char *out_text, size_t size);

#endif
