#include "tests/image/pl061.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/real.h"

/* DDI 0190B, 3.2: the address's bits 9 to 2 mask the data register. */
#define DATA (PL061_BASE + 0x3fc)
#define DIRECTION (PL061_BASE + 0x400)
#define LOOK_MS 2
#define LOOK_WAIT_MS 20

static const char place[] = "/machine/unattached"; /* of devices that a machine is born with */

struct pl061 {
    struct qtest *qtest;
    char path[128];
};

static enum rc find_path(const json_t *children, char *out_path, size_t size, struct reason *reason)
{
    for (size_t i = 0; i < json_array_size(children); i++) {
        const json_t *child = json_array_get(children, i);
        const char *type = json_text(child, "type"), *name = json_text(child, "name");
        if (!type || !name || strcmp(type, "child<pl061>") != 0)
            continue;
        return snprintf(out_path, size, "%s/%s", place, name) < (int)size ? RC_OK : RC_LIMIT;
    }
    reason_set(reason, "this machine has no PL061: it has no pins to look at");
    return RC_NOT_FOUND;
}

enum rc pl061_open(struct qmp *qmp, struct qtest *qtest, struct pl061 **out_pl061,
                   struct reason *reason)
{
    json_t *children = NULL;
    struct pl061 *pl061 = calloc(1, sizeof *pl061);
    if (!pl061)
        return RC_NO_MEMORY;
    pl061->qtest = qtest;
    enum rc rc = qmp_command(qmp, "qom-list", json_pack("{s:s}", "path", place), QMP_WAIT_MS,
                             &children, reason);
    if (!rc)
        rc = find_path(children, pl061->path, sizeof pl061->path, reason);
    json_decref(children);
    if (rc)
        pl061_close(pl061);
    else
        *out_pl061 = pl061;
    return rc;
}

void pl061_close(struct pl061 *pl061)
{
    free(pl061);
}

enum rc pl061_read(struct pl061 *pl061, struct pl061_pins *out_pins, struct reason *reason)
{
    uint32_t outputs = 0, high = 0;
    enum rc rc = qtest_read(pl061->qtest, DIRECTION, &outputs, reason);
    if (!rc)
        rc = qtest_read(pl061->qtest, DATA, &high, reason);
    if (!rc)
        *out_pins = (struct pl061_pins){(uint8_t)outputs, (uint8_t)high};
    return rc;
}

enum rc pl061_drive(struct pl061 *pl061, int line, bool is_high, struct reason *reason)
{
    struct pl061_pins pins;
    if (line < 0 || line >= PL061_LINES) {
        reason_set(reason, "there is no line %d: they are 0 to %d", line, PL061_LINES - 1);
        return RC_BAD_INPUT;
    }
    enum rc rc = pl061_read(pl061, &pins, reason);
    if (rc)
        return rc;
    if (pins.outputs & 1u << line) {
        reason_set(reason, "line %d is an output of the guest's", line);
        return RC_REFUSED;
    }
    return qtest_set_line(pl061->qtest, pl061->path, NULL, line, is_high, reason);
}

enum rc pl061_wait(struct pl061 *pl061, uint8_t lines, uint8_t high, int limit_ms,
                   struct reason *reason)
{
    int64_t until_ms = real_ms() + limit_ms;
    for (;;) {
        struct pl061_pins pins;
        enum rc rc = pl061_read(pl061, &pins, reason);
        if (rc)
            return rc;
        if ((pins.outputs & lines) == lines && (pins.high & lines) == (high & lines))
            return RC_OK;
        if (real_ms() >= until_ms) {
            reason_set(reason,
                       "after %d ms the lines 0x%02x are not outputs at 0x%02x: outputs are "
                       "0x%02x, high are 0x%02x",
                       limit_ms, lines, high & lines, pins.outputs, pins.high);
            return RC_TIMEOUT;
        }
        real_pause_ms(LOOK_WAIT_MS);
    }
}

/* What an observer sees of the outputs: a line that isn't driven is low. */
static enum rc look(struct pl061 *pl061, uint8_t lines, uint8_t *out_high, struct reason *reason)
{
    struct pl061_pins pins;
    enum rc rc = pl061_read(pl061, &pins, reason);
    if (!rc)
        *out_high = pins.outputs & pins.high & lines;
    return rc;
}

enum rc pl061_record(struct pl061 *pl061, uint8_t lines, int for_ms, struct pl061_edge *out_edges,
                     int max, int *out_count, struct reason *reason)
{
    int64_t until_ms = real_ms() + for_ms;
    int count = 0;
    uint8_t before;
    enum rc rc = look(pl061, lines, &before, reason);
    while (!rc && real_ms() < until_ms) {
        uint8_t now = before;
        real_pause_ms(LOOK_MS);
        rc = look(pl061, lines, &now, reason);
        for (int line = 0; line < PL061_LINES && !rc; line++) {
            if (!((before ^ now) & 1u << line))
                continue;
            if (count == max) {
                reason_set(reason, "more than %d changes of the lines 0x%02x", max, lines);
                rc = RC_FULL;
            } else {
                out_edges[count++] = (struct pl061_edge){real_ms(), line, (now & 1u << line) != 0};
            }
        }
        before = now;
    }
    if (!rc)
        *out_count = count;
    return rc;
}
