#include "tests/support/reader_lab.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "firmware/linux/reader_child.h"
#include "tests/support/build.h"
#include "tests/support/real.h"

const char *reader_lab_program(const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", build_folder(), name);
    return path;
}

enum rc reader_lab_open(bool is_paced, struct reader_lab *out_lab)
{
    struct reader_lab lab = {.folder = "/tmp/perron-lab-XXXXXX"};
    if (!mkdtemp(lab.folder))
        return rc_from_errno(errno);
    snprintf(lab.link_path, sizeof lab.link_path, "%s/pn532", lab.folder);
    snprintf(lab.address, sizeof lab.address, "pn532_uart:%s", lab.link_path);
    enum rc rc = pn532_sim_open(lab.link_path, is_paced, &lab.sim);
    if (!rc)
        rc = trace_open(-1, &lab.trace);
    if (!rc)
        rc = reader_open_child(reader_lab_program("perron-reader"), lab.address, lab.trace,
                               &lab.reader);
    if (rc)
        reader_lab_close(&lab);
    else
        *out_lab = lab;
    return rc;
}

void reader_lab_close(struct reader_lab *lab)
{
    reader_close(lab->reader);
    trace_close(lab->trace);
    pn532_sim_close(lab->sim);
    rmdir(lab->folder);
}

enum rc reader_lab_next(struct reader_lab *lab, int64_t until_ms, struct reader_event *out_event)
{
    int64_t now_ms = real_ms();
    enum rc rc = reader_next(lab->reader, now_ms, out_event);
    if (rc != RC_EMPTY)
        return rc;
    int64_t due_ms = reader_due_ms(lab->reader);
    if (due_ms > until_ms)
        due_ms = until_ms;
    struct pollfd fd = {.fd = reader_fd(lab->reader), .events = POLLIN};
    poll(&fd, 1, due_ms > now_ms ? (int)(due_ms - now_ms) : 0);
    return reader_next(lab->reader, real_ms(), out_event);
}

bool reader_lab_wait(struct reader_lab *lab, enum reader_event_kind kind, int64_t limit_ms,
                     struct reader_event *out_event)
{
    int64_t until_ms = real_ms() + limit_ms;
    while (real_ms() < until_ms)
        if (!reader_lab_next(lab, until_ms, out_event) && out_event->kind == kind)
            return true;
    return false;
}
