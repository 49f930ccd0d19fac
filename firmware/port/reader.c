#include "firmware/port/reader.h"

int reader_fd(const struct reader *reader)
{
    return reader->ops->fd(reader);
}

int64_t reader_due_ms(const struct reader *reader)
{
    return reader->ops->due_ms(reader);
}

enum rc reader_next(struct reader *reader, int64_t now_ms, struct reader_event *out_event)
{
    struct reader_event event = {.kind = READER_READY};
    enum rc rc = reader->ops->next(reader, now_ms, &event);
    if (!rc)
        *out_event = event;
    return rc;
}

void reader_close(struct reader *reader)
{
    if (reader)
        reader->ops->close(reader);
}
