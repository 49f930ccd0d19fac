/*
 * give_up.h - the end of a program whose surroundings do not work: a sentence and abort(), so that
 * a debugger sees where. Never for what is tested. Any thread.
 */
#ifndef TESTS_SUPPORT_GIVE_UP_H
#define TESTS_SUPPORT_GIVE_UP_H

#include <stdarg.h>
#include <stdnoreturn.h>

#include "firmware/base/rc.h"

/* `who` cannot go on, and why. */
noreturn void give_up(const char *who, const char *format, ...) PRINTF_LIKE(2, 3);
noreturn void give_up_with(const char *who, const char *format, va_list arguments)
    PRINTF_LIKE(2, 0);

#endif
