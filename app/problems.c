#include "app/problems.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Behind "board.conf:4: ", with or without folders and line; NULL: it does not begin so. */
static const char *find_sentence(const char *text, const char *file, int *out_line)
{
    const char *end = strstr(text, ": ");
    size_t length = strlen(file);
    *out_line = 0;
    for (const char *at = text; end && (at = strcasestr(at, file)) && at < end; at += length) {
        if (at > text && at[-1] != '/')
            continue;
        if (at + length == end)
            return end + 2;
        char *behind = NULL;
        long line = at[length] == ':' ? strtol(at + length + 1, &behind, 10) : 0;
        if (line > 0 && line <= INT_MAX && behind == end) {
            *out_line = (int)line;
            return end + 2;
        }
    }
    return NULL;
}

void problems_add_told(struct problems *problems, const char *file, const struct reason *told)
{
    struct reason said = *told;
    int line;
    const char *sentence = find_sentence(told->text, file, &line);
    if (sentence) {
        memmove(said.text, said.text + (sentence - told->text), strlen(sentence) + 1);
        bool is_apart = told->saying.source &&
                        strcmp(told->saying.source, line ? "%s:%d: %s" : "%s: %s") == 0 &&
                        saying_keep_from(&said.saying, line ? 2 : 1);
        if (!is_apart)
            said.saying.source = NULL;
    }
    problems_add_reason(problems, file, line, &said);
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
