/*
 * sink.h - where bytes go that somebody makes one after another: a file, a file on a stick, a text
 * in a test. Whoever makes them knows nothing of the end they come to.
 */
#ifndef APP_EXCHANGE_SINK_H
#define APP_EXCHANGE_SINK_H

#include <stddef.h>

#include "firmware/base/rc.h"

struct sink {
    void *context;
    /* After its first failure every further call says the same. */
    enum rc (*write)(void *context, const char *bytes, size_t length);
};

static inline enum rc sink_write(const struct sink *sink, const char *bytes, size_t length)
{
    return sink->write(sink->context, bytes, length);
}

#endif
