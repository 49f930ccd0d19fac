#include "tests/support/keyroom.h"

#include <poll.h>
#include <string.h>

#include "tests/support/give_up.h"

#define PATIENCE_MS 10000

void keyroom_move_in(struct keyroom *room)
{
    memcpy(room->key, journal_key(room->house->journal), sizeof room->key);
    if (writer_open(room->house->journal, &room->writer) ||
        secrets_open(room->writer, room->house->clock, room->key, &room->secrets))
        give_up("keyroom", "the writer or the secrets do not start");
}

void keyroom_move_out(struct keyroom *room)
{
    if (!room->writer)
        return;
    writer_close(room->writer);
    secrets_close(room->secrets);
    room->writer = NULL;
    room->house->journal = NULL;
    house_reopen(room->house);
}

struct secrets_event keyroom_hear(struct keyroom *room)
{
    struct secrets_event event;
    while (secrets_next(room->secrets, &event)) {
        struct job *job;
        struct pollfd fds[] = {{.fd = writer_fd(room->writer), .events = POLLIN},
                               {.fd = secrets_fd(room->secrets), .events = POLLIN}};
        if (poll(fds, 2, PATIENCE_MS) <= 0)
            give_up("keyroom", "nothing is heard of a secret");
        while ((job = writer_next(room->writer)))
            job->done(job, NULL);
    }
    if (!secrets_is_idle(room->secrets))
        give_up("keyroom", "something is under way after its event");
    return event;
}
