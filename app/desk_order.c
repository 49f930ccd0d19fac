#include "app/desk_order.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/around.h"
#include "app/exchange/infile.h"
#include "app/station_i.h"

/* An order on its way to the writer's thread and back. */
struct task {
    struct job job;
    const struct order_row *row;
    int client;
    json_t *request;
    char *bytes;
    struct order order;
    struct order_result result;
    enum rc rc;
    struct reason reason;
};

static void run(struct job *job, struct journal *journal)
{
    struct task *task = (struct task *)job;
    task->rc = task->row->carry_out(journal, &task->order, &task->result, &task->reason);
}

/* A text may be longer than a line of the protocol: it goes along as a file in memory. */
static void reply_with_file(struct station *station, const struct task *task, json_t *reply)
{
    size_t length = strlen(task->result.told);
    int file = memfd_create("told", MFD_CLOEXEC);
    if (file < 0 || write(file, task->result.told, length) != (ssize_t)length) {
        json_decref(reply);
        control_refuse(station->control, task->client, "there is no memory to tell what was done");
    } else {
        control_reply_file(station->control, task->client, reply, file);
    }
    if (file >= 0)
        close(file);
}

static void answer(struct station *station, struct task *task)
{
    json_t *reply = task->result.reply ? json_incref(task->result.reply) : json_object();
    if (task->rc && reply)
        json_object_set_new(reply, "why", json_string(task->reason.text));
    if (task->result.told)
        reply_with_file(station, task, reply);
    else
        control_reply(station->control, task->client, reply);
}

static void forget(struct task *task)
{
    json_decref(task->request);
    orders_forget(&task->result);
    free(task->bytes);
    free(task);
}

static void done(struct job *job, void *context)
{
    struct task *task = (struct task *)job;
    struct station *station = context;
    station->tasks--;
    if (task->rc && !task->result.told)
        control_refuse(station->control, task->client, task->reason.text);
    else
        answer(station, task);
    if (!task->rc)
        around_look(station);
    forget(task);
}

static enum rc read_file(struct task *task, int fd, struct reason *out_reason)
{
    if (!task->row->file_bytes)
        return RC_OK;
    if (fd < 0) {
        reason_set(out_reason, "the request brought no file");
        return RC_BAD_INPUT;
    }
    return infile_read_fd(fd, "the file", task->row->file_bytes, &task->bytes, &task->order.length,
                          out_reason);
}

void desk_order(struct station *station, const struct control_request *request,
                const struct order_row *row)
{
    struct reason reason = {.text = "there is no memory left"};
    struct task *task = calloc(1, sizeof *task);
    if (!task) {
        control_refuse(station->control, request->client, reason.text);
        return;
    }
    task->job.run = run;
    task->job.done = done;
    task->row = row;
    task->client = request->client;
    task->request = json_incref(request->object);
    task->order.request = task->request;
    clock_read(station->clock, &task->order.now);
    enum rc rc = read_file(task, request->fd, &reason);
    task->order.bytes = task->bytes;
    if (!rc && (rc = writer_submit(station->writer, &task->job)))
        reason_set(&reason, "the station is too busy; try again");
    if (!rc) {
        station->tasks++;
        return;
    }
    control_refuse(station->control, request->client, reason.text);
    forget(task);
}
