#include "tests/support/give_up.h"

#include <stdio.h>
#include <stdlib.h>

void give_up_with(const char *who, const char *format, va_list arguments)
{
    fprintf(stderr, "%s: ", who);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    abort();
}

void give_up(const char *who, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    give_up_with(who, format, arguments);
}
