#include "tests/image/raspi_pen.h"

#include <stdio.h>

#include "tests/support/real.h"

#define WAITING_AT 0x30c
#define WFE 0xd503205f
#define WFI 0xd503207f
#define SPIN_TABLE 0xd8 /* eight bytes a processor: 0, or where it goes */
#define PROCESSORS 4
#define CALLED_MS 60000
#define WAKE_TIMES 10
#define WAKE_MS 20

enum rc raspi_pen_close(struct qtest *bus, struct reason *reason)
{
    uint32_t code = 0;
    enum rc rc = qtest_read(bus, WAITING_AT, &code, reason);
    if (!rc && code != WFE) {
        reason_set(reason, "this QEMU's boot code is another one: 0x%08x at 0x%x, not wfe", code,
                   WAITING_AT);
        return RC_UNSUPPORTED;
    }
    return rc ? rc : qtest_write(bus, WAITING_AT, WFI, reason);
}

static enum rc wait_called(struct qtest *bus, struct reason *reason)
{
    int64_t until_ms = real_ms() + CALLED_MS;
    uint32_t last = 0;
    enum rc rc = RC_OK;
    while (!rc && !last && real_ms() < until_ms) {
        real_pause_ms(WAKE_MS);
        rc = qtest_read(bus, SPIN_TABLE + 8 * (PROCESSORS - 1), &last, reason);
    }
    if (!rc && !last) {
        reason_set(reason, "the kernel called no other processor within %d s", CALLED_MS / 1000);
        rc = RC_TIMEOUT;
    }
    return rc;
}

static enum rc set_interrupts(struct qtest *bus, int level, struct reason *reason)
{
    enum rc rc = RC_OK;
    for (int i = 1; !rc && i < PROCESSORS; i++) {
        char path[40];
        snprintf(path, sizeof path, "/machine/soc/cpu[%d]", i);
        rc = qtest_set_line(bus, path, NULL, 0, level, reason);
    }
    real_pause_ms(WAKE_MS);
    return rc;
}

/* Any interrupt ends `wfi`, also one that is masked; later ones find nothing and go again. */
enum rc raspi_pen_open(struct qtest *bus, struct reason *reason)
{
    enum rc rc = wait_called(bus, reason);
    for (int i = 0; !rc && i < 2 * WAKE_TIMES; i++)
        rc = set_interrupts(bus, i % 2 == 0, reason);
    return rc;
}
