#include "app/problems.h"

#include <stdarg.h>
#include <stdio.h>

#include "firmware/base/utf8.h"

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
    /* Control characters of a file's text must not reach a terminal. */
    utf8_defuse(problem->file);
    utf8_defuse(problem->text);
}

void problems_hear(void *hearer, int line, const char *sentence)
{
    const struct problems_hearer *of = hearer;
    problems_add(of->problems, of->file, line, "%s", sentence);
}

void problems_write(const struct problem *problem, char out_line[PROBLEMS_LINE_BYTES])
{
    if (problem->line)
        snprintf(out_line, PROBLEMS_LINE_BYTES, "%s:%d: %s", problem->file, problem->line,
                 problem->text);
    else
        snprintf(out_line, PROBLEMS_LINE_BYTES, "%s: %s", problem->file, problem->text);
}
