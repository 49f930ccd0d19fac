#include "app/problems.h"

#include <stdarg.h>
#include <stdio.h>

#include "firmware/base/utf8.h"

void problems_add_reason(struct problems *problems, const char *file, int line,
                         const struct reason *why)
{
    if (problems->count == PROBLEMS_MAX) {
        problems->beyond++;
        return;
    }
    struct problem *problem = &problems->rows[problems->count++];
    *problem = (struct problem){.line = line, .said = *why};
    snprintf(problem->file, sizeof problem->file, "%s", file);
    /* Control characters of a file's name must not reach a terminal. */
    utf8_defuse(problem->file);
}

void problems_add(struct problems *problems, const char *file, int line, const char *format, ...)
{
    struct reason why;
    va_list arguments;
    va_start(arguments, format);
    reason_set_by(&why, format, arguments);
    va_end(arguments);
    problems_add_reason(problems, file, line, &why);
}

void problems_hear(void *hearer, int line, const struct reason *why)
{
    const struct problems_hearer *of = hearer;
    problems_add_reason(of->problems, of->file, line, why);
}

void problems_tell(const struct problem *problem, struct reason *out_reason)
{
    if (problem->line)
        reason_set(out_reason, "%s:%d: %s", problem->file, problem->line, problem->said.text);
    else
        reason_set(out_reason, "%s: %s", problem->file, problem->said.text);
    reason_nest(out_reason, &problem->said);
}

void problems_write(const struct problem *problem, char out_line[PROBLEMS_LINE_BYTES])
{
    if (problem->line)
        snprintf(out_line, PROBLEMS_LINE_BYTES, "%s:%d: %s", problem->file, problem->line,
                 problem->said.text);
    else
        snprintf(out_line, PROBLEMS_LINE_BYTES, "%s: %s", problem->file, problem->said.text);
}
