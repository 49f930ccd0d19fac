#include "app/problems.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Control characters of a file's text must not reach a terminal. */
static void defuse(char *text)
{
    for (unsigned char *at = (unsigned char *)text; *at; at++)
        if (*at < ' ' || *at == 0x7F)
            *at = '?';
}

void problems_add(struct problems *problems, const char *file, int line, const char *format, ...)
{
    va_list arguments;
    if (problems->count == PROBLEMS_MAX) {
        problems->beyond++;
        return;
    }
    struct problem *problem = &problems->rows[problems->count++];
    snprintf(problem->file, sizeof problem->file, "%s", file);
    problem->line = line;
    va_start(arguments, format);
    vsnprintf(problem->text, sizeof problem->text, format, arguments);
    va_end(arguments);
    defuse(problem->file);
    defuse(problem->text);
}

void problems_add_reason(struct problems *problems, const char *file, const struct reason *reason)
{
    const char *text = reason->text;
    size_t length = strlen(file);
    char *end;
    if (strncmp(text, file, length) != 0 || text[length] != ':') {
        problems_add(problems, file, 0, "%s", text);
        return;
    }
    long line = strtol(text + length + 1, &end, 10);
    const char *sentence = line > 0 && *end == ':' ? end + 1 : text + length + 1;
    problems_add(problems, file, line > 0 ? (int)line : 0, "%s", sentence + strspn(sentence, " "));
}

void problems_write(const struct problem *problem, char out_line[PROBLEMS_LINE_BYTES])
{
    if (problem->line)
        snprintf(out_line, PROBLEMS_LINE_BYTES, "%s:%d: %s", problem->file, problem->line,
                 problem->text);
    else
        snprintf(out_line, PROBLEMS_LINE_BYTES, "%s: %s", problem->file, problem->text);
}
