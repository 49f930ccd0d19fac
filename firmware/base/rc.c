#include "firmware/base/rc.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/utf8.h"

static const char *const texts[] = {
    [RC_OK] = SAID("done"),
    [RC_EMPTY] = SAID("nothing there yet"),
    [RC_BAD_INPUT] = SAID("not understood"),
    [RC_LIMIT] = SAID("too large"),
    [RC_NOT_FOUND] = SAID("not found"),
    [RC_REFUSED] = SAID("refused"),
    [RC_BUSY] = SAID("in use by somebody else"),
    [RC_FULL] = SAID("no space left"),
    [RC_READ_ONLY] = SAID("read-only"),
    [RC_CORRUPT] = SAID("damaged"),
    [RC_NEWER] = SAID("made by a newer version of Perron"),
    [RC_GONE] = SAID("gone"),
    [RC_TIMEOUT] = SAID("no answer in time"),
    [RC_UNSUPPORTED] = SAID("not supported here"),
    [RC_NO_MEMORY] = SAID("out of memory"),
    [RC_IO] = SAID("input or output failed"),
};

const char *rc_text(enum rc rc)
{
    if ((unsigned)rc >= sizeof texts / sizeof texts[0])
        return SAID("unknown result");
    return texts[rc];
}

enum rc rc_from_errno(int error_number)
{
    static const struct {
        int error_number;
        enum rc rc;
    } rows[] = {
        {0, RC_OK},
        {EAGAIN, RC_EMPTY},
        {ENOENT, RC_NOT_FOUND},
        {ENOTDIR, RC_NOT_FOUND},
        {ENXIO, RC_GONE},
        {ENODEV, RC_GONE},
        {EPIPE, RC_GONE},
        {ECONNRESET, RC_GONE},
        {ECONNREFUSED, RC_GONE},
        {EACCES, RC_REFUSED},
        {EPERM, RC_REFUSED},
        {EBUSY, RC_BUSY},
        {EADDRINUSE, RC_BUSY},
        {ENOSPC, RC_FULL},
        {EDQUOT, RC_FULL},
        {EROFS, RC_READ_ONLY},
        {ETIMEDOUT, RC_TIMEOUT},
        {ENOMEM, RC_NO_MEMORY},
        {ENAMETOOLONG, RC_LIMIT},
        {EFBIG, RC_LIMIT},
        {ENOTTY, RC_UNSUPPORTED},
    };
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].error_number == error_number)
            return rows[i].rc;
    return RC_IO;
}

void reason_set_by(struct reason *reason, const char *format, va_list arguments)
{
    va_list again;
    if (!reason)
        return;
    va_copy(again, arguments);
    vsnprintf(reason->text, sizeof reason->text, format, arguments);
    utf8_defuse(reason->text);
    saying_set(&reason->saying, format, again);
    va_end(again);
}

void reason_set(struct reason *reason, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    reason_set_by(reason, format, arguments);
    va_end(arguments);
}

void reason_copy(struct reason *out_copy, const struct reason *reason)
{
    if (out_copy && reason)
        *out_copy = *reason;
}

void reason_mark(struct reason *reason, int index)
{
    if (reason)
        saying_mark(&reason->saying, index);
}

void reason_nest(struct reason *reason, const struct reason *inner)
{
    if (reason)
        saying_nest(&reason->saying, &inner->saying);
}

bool reason_conceal(struct reason *reason)
{
    const struct tongue nobody = {.say = NULL};
    bool is_kept = reason->saying.source != NULL;
    saying_conceal(&reason->saying);
    if (is_kept)
        saying_write(&reason->saying, nobody, reason->text, sizeof reason->text);
    else
        strcpy(reason->text, "…");
    return is_kept;
}

const char *reason_say(const struct reason *reason, struct tongue tongue, char *out_text,
                       size_t size)
{
    bool is_kept = reason->text[0] && reason->saying.source;
    if (is_kept)
        saying_write(&reason->saying, tongue, out_text, size);
    else
        snprintf(out_text, size, "%s",
                 tongue.say && reason->text[0] ? tongue.say(tongue.language, reason->text)
                                               : reason->text);
    return out_text;
}
