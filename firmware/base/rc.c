#include "firmware/base/rc.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "firmware/base/utf8.h"

static const char *const texts[] = {
    [RC_OK] = "done",
    [RC_EMPTY] = "nothing there yet",
    [RC_BAD_INPUT] = "not understood",
    [RC_LIMIT] = "too large",
    [RC_NOT_FOUND] = "not found",
    [RC_REFUSED] = "refused",
    [RC_BUSY] = "in use by somebody else",
    [RC_FULL] = "no space left",
    [RC_READ_ONLY] = "read-only",
    [RC_CORRUPT] = "damaged",
    [RC_NEWER] = "made by a newer version of Perron",
    [RC_GONE] = "gone",
    [RC_TIMEOUT] = "no answer in time",
    [RC_UNSUPPORTED] = "not supported here",
    [RC_NO_MEMORY] = "out of memory",
    [RC_IO] = "input or output failed",
};

const char *rc_text(enum rc rc)
{
    if ((unsigned)rc >= sizeof texts / sizeof texts[0])
        return "unknown result";
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

void reason_set(struct reason *reason, const char *format, ...)
{
    if (!reason)
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason->text, sizeof reason->text, format, arguments);
    va_end(arguments);
    utf8_defuse(reason->text);
}
