#include "firmware/base/trace.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define TRACE_KEPT_BYTES 65536
#define TRACE_LINE_BYTES 512

struct trace {
    pthread_mutex_t lock;
    int fd;
    size_t used;
    char kept[TRACE_KEPT_BYTES + 1];
};

enum rc trace_open(int fd, struct trace **out_trace)
{
    struct trace *trace = calloc(1, sizeof *trace);
    if (!trace)
        return RC_NO_MEMORY;
    pthread_mutex_init(&trace->lock, NULL);
    trace->fd = fd;
    *out_trace = trace;
    return RC_OK;
}

void trace_close(struct trace *trace)
{
    if (!trace)
        return;
    pthread_mutex_destroy(&trace->lock);
    free(trace);
}

/* Makes room by dropping whole old lines. */
static void trace_keep(struct trace *trace, const char *line, size_t length)
{
    while (trace->used + length > TRACE_KEPT_BYTES) {
        char *end = memchr(trace->kept, '\n', trace->used);
        size_t drop = (size_t)(end - trace->kept) + 1;
        trace->used -= drop;
        memmove(trace->kept, end + 1, trace->used);
    }
    memcpy(trace->kept + trace->used, line, length);
    trace->used += length;
    trace->kept[trace->used] = 0;
}

void trace_line(struct trace *trace, const char *format, ...)
{
    char line[TRACE_LINE_BYTES];
    struct timespec now;
    va_list arguments;
    if (!trace)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int stamp =
        snprintf(line, sizeof line, "%lld ", (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000);
    va_start(arguments, format);
    vsnprintf(line + stamp, sizeof line - (size_t)stamp - 1, format, arguments);
    va_end(arguments);
    size_t length = strlen(line);
    line[length++] = '\n';

    pthread_mutex_lock(&trace->lock);
    trace_keep(trace, line + stamp, length - (size_t)stamp);
    if (trace->fd >= 0 && write(trace->fd, line, length) < 0)
        trace->fd = -1;
    pthread_mutex_unlock(&trace->lock);
}

char *trace_text(struct trace *trace)
{
    pthread_mutex_lock(&trace->lock);
    char *text = strdup(trace->kept);
    pthread_mutex_unlock(&trace->lock);
    return text;
}

void trace_clear(struct trace *trace)
{
    pthread_mutex_lock(&trace->lock);
    trace->used = 0;
    trace->kept[0] = 0;
    pthread_mutex_unlock(&trace->lock);
}
