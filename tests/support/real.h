/*
 * real.h - time as it really passes, for what no turned clock reaches. Any thread.
 */
#ifndef TESTS_SUPPORT_REAL_H
#define TESTS_SUPPORT_REAL_H

#include <stdint.h>

/* Monotonic, since the machine's start. */
int64_t real_us(void);
int64_t real_ms(void);

void real_pause_ms(int ms);

#endif
