#include "firmware/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *log_program = "perron";
static int log_is_for_journal;

void log_init(const char *program)
{
    log_program = program;
    log_is_for_journal = getenv("JOURNAL_STREAM") != NULL;
}

void log_line(enum log_level level, const char *format, ...)
{
    char line[1024];
    int used = log_is_for_journal ? snprintf(line, sizeof line, "<%d>", (int)level)
                                  : snprintf(line, sizeof line, "%s: ", log_program);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + used, sizeof line - (size_t)used - 1, format, arguments);
    va_end(arguments);
    size_t length = strlen(line);
    line[length] = '\n';
    /* One write per line, so that lines of several processes never mix. */
    ssize_t written = write(STDERR_FILENO, line, length + 1);
    (void)written;
}
