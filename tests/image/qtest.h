/*
 * qtest.h - the machine's bus and its interrupt lines from outside: QEMU's qtest protocol, lines of
 * text over a stream socket (QEMU's system/qtest.c). It works beside a running guest.
 *
 * One thread at a time. Every call waits at most QTEST_WAIT_MS.
 */
#ifndef TESTS_IMAGE_QTEST_H
#define TESTS_IMAGE_QTEST_H

#include <stdint.h>

#include "firmware/base/rc.h"

#define QTEST_WAIT_MS 10000

struct qtest;

/* Takes the connected socket; qtest_close closes it. */
enum rc qtest_open(int fd, struct qtest **out_qtest, struct reason *reason) MUST_CHECK;
void qtest_close(struct qtest *qtest);

/* 32 bits at a physical address, in the machine's byte order. RC_REFUSED, RC_TIMEOUT, RC_GONE. */
enum rc qtest_read(struct qtest *qtest, uint64_t address, uint32_t *out_value,
                   struct reason *reason) MUST_CHECK;
enum rc qtest_write(struct qtest *qtest, uint64_t address, uint32_t value,
                    struct reason *reason) MUST_CHECK;

/* Sets an input line of a device, by the device's QOM path; `lines` NULL: those without a name. */
enum rc qtest_set_line(struct qtest *qtest, const char *path, const char *lines, int line,
                       int level, struct reason *reason) MUST_CHECK;

#endif
