#include "tests/image/qtest.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/image/wire.h"
#include "tests/support/real.h"

struct qtest {
    struct wire wire;
};

enum rc qtest_open(int fd, struct qtest **out_qtest, struct reason *reason)
{
    struct wire wire;
    uint32_t ignored;
    wire_init(&wire, fd);
    struct qtest *qtest = calloc(1, sizeof *qtest);
    if (!qtest) {
        wire_finish(&wire);
        return RC_NO_MEMORY;
    }
    qtest->wire = wire;
    /* an address where nothing is reads as something, once qtest is there */
    enum rc rc = qtest_read(qtest, 0, &ignored, reason);
    if (rc)
        qtest_close(qtest);
    else
        *out_qtest = qtest;
    return rc;
}

void qtest_close(struct qtest *qtest)
{
    if (!qtest)
        return;
    wire_finish(&qtest->wire);
    free(qtest);
}

/* The next line that is an answer; interrupts may be told of between ("IRQ raise 4"). */
static enum rc read_answer(struct qtest *qtest, int64_t until_ms, char **out_line)
{
    char *line = NULL;
    enum rc rc;
    do
        rc = wire_line(&qtest->wire, until_ms, &line);
    while (!rc && strncmp(line, "IRQ ", 4) == 0);
    if (!rc)
        *out_line = line;
    return rc;
}

/* Sends a line; `out_answer` is what follows "OK", valid until the next call. */
static enum rc ask(struct qtest *qtest, const char **out_answer, struct reason *reason,
                   const char *format, ...) PRINTF_LIKE(4, 5);
static enum rc ask(struct qtest *qtest, const char **out_answer, struct reason *reason,
                   const char *format, ...)
{
    int64_t until_ms = real_ms() + QTEST_WAIT_MS;
    char line[512], *answer = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line - 1, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof line - 1)
        return RC_LIMIT;
    strcpy(line + length, "\n");
    enum rc rc = wire_send(qtest->wire.fd, line, (size_t)length + 1, until_ms);
    if (!rc)
        rc = read_answer(qtest, until_ms, &answer);
    line[length] = 0;
    if (rc) {
        reason_set(reason, "QEMU's qtest does not answer '%s': %s", line, rc_text(rc));
        return rc;
    }
    if (strncmp(answer, "OK", 2) != 0) {
        reason_set(reason, "QEMU's qtest refuses '%s': %s", line, answer);
        return RC_REFUSED;
    }
    if (out_answer)
        *out_answer = answer + 2;
    return RC_OK;
}

enum rc qtest_read(struct qtest *qtest, uint64_t address, uint32_t *out_value,
                   struct reason *reason)
{
    const char *answer = "";
    char *end;
    enum rc rc = ask(qtest, &answer, reason, "readl 0x%" PRIx64, address);
    if (rc)
        return rc;
    unsigned long long value = strtoull(answer, &end, 16);
    if (end == answer || *end || value > UINT32_MAX) {
        reason_set(reason, "QEMU's qtest answers a read with '%s'", answer);
        return RC_BAD_INPUT;
    }
    *out_value = (uint32_t)value;
    return RC_OK;
}

enum rc qtest_write(struct qtest *qtest, uint64_t address, uint32_t value, struct reason *reason)
{
    return ask(qtest, NULL, reason, "writel 0x%" PRIx64 " 0x%" PRIx32, address, value);
}

enum rc qtest_set_line(struct qtest *qtest, const char *path, const char *lines, int line,
                       int level, struct reason *reason)
{
    return ask(qtest, NULL, reason, "set_irq_in %s %s %d %d", path,
               lines ? lines : "unnamed-gpio-in", line, level);
}
