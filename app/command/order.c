#include "app/command/order.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/command/alone.h"
#include "app/command/command.h"
#include "app/command/talk.h"
#include "app/exchange/infile.h"

#define TOLD_BYTES (64u << 20)

static enum rc send_to_station(const char *data, json_t *request, int fd,
                               struct order_result *result, struct reason *out_reason)
{
    int file = -1;
    size_t length;
    enum rc rc = talk_for_file(data, json_incref(request), fd, &result->reply, &file, out_reason);
    if (rc)
        return rc;
    if (file >= 0) { /* what was done counts more than what is said of it */
        bool is_read =
            lseek(file, 0, SEEK_SET) == 0 &&
            !infile_read_fd(file, "the preview", TOLD_BYTES, &result->told, &length, NULL);
        if (!is_read)
            result->told = NULL;
        close(file);
    }
    const char *why = json_text(result->reply, "why");
    if (!why)
        return RC_OK;
    reason_set(out_reason, "%s", why);
    return RC_REFUSED;
}

static enum rc carry_out(const char *data, const struct order_row *row, struct order *order,
                         struct order_result *result, struct reason *out_reason)
{
    struct alone alone;
    enum rc rc = row->makes_register ? alone_open(data, &alone, out_reason)
                                     : alone_open_existing(data, &alone, out_reason);
    if (rc)
        return rc;
    order->now = alone.now;
    rc = row->carry_out(alone.journal, order, result, out_reason);
    alone_close(&alone);
    return rc;
}

static enum rc carry_out_alone(const char *data, const json_t *request, int fd, const char *name,
                               struct order_result *result, struct reason *out_reason)
{
    const struct order_row *row = orders_find(json_text(request, "do"));
    struct order order = {.request = request};
    char *bytes = NULL;
    enum rc rc = RC_OK;
    if (row->file_bytes)
        rc = infile_read_fd(fd, name, row->file_bytes, &bytes, &order.length, out_reason);
    order.bytes = bytes;
    if (!rc)
        rc = carry_out(data, row, &order, result, out_reason);
    free(bytes);
    return rc;
}

enum rc order_send(const char *data, json_t *request, int fd, const char *name,
                   struct order_result *result, struct reason *out_reason)
{
    *result = (struct order_result){.reply = NULL};
    if (!request) {
        reason_set(out_reason, "there is no memory left");
        return RC_NO_MEMORY;
    }
    enum rc rc = send_to_station(data, request, fd, result, out_reason);
    if (rc == RC_NOT_FOUND)
        rc = carry_out_alone(data, request, fd, name, result, out_reason);
    json_decref(request);
    return rc;
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

void order_print_failed(const char *kind, const char *path, const char *why)
{
    command_print(json_pack("{s:s,s:s,s:s}", "kind", kind, "file", name_of(path), "failed", why));
}

/* What was told, as text or as JSON; of one of several with which it is. */
static void print_told(const char *told, const char *kind, const char *path, bool is_json)
{
    json_t *object = is_json && kind ? json_loads(told, 0, NULL) : NULL;
    if (json_is_object(object)) {
        json_object_set_new(object, "kind", json_string(kind));
        json_object_set_new(object, "file", json_string(name_of(path)));
        command_print(object);
        return;
    }
    json_decref(object);
    fputs(told, stdout);
    if (is_json)
        fputc('\n', stdout);
}

int order_send_file(const char *data, json_t *request, const char *path, const char *kind,
                    bool is_json)
{
    struct reason reason = {.text = ""};
    struct order_result result;
    bool is_dry_run = json_is_true(json_object_get(request, "dry_run"));
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0) {
        reason_set(&reason, "%s cannot be read: %s", path, strerror(errno));
        json_decref(request);
        return command_fail(&reason);
    }
    enum rc rc = order_send(data, request, fd, path, &result, &reason);
    close(fd);
    if (result.told)
        print_told(result.told, kind, path, is_json);
    else if (rc && kind && is_json)
        order_print_failed(kind, path, reason.text);
    if (result.told && !rc && is_dry_run && !is_json)
        puts("a dry run: nothing was written");
    orders_forget(&result);
    return rc ? command_fail(&reason) : COMMAND_OK;
}
