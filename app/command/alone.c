#include "app/command/alone.h"

#include <limits.h>

#include "app/command/command.h"
#include "app/venue_take.h"

void alone_close(struct alone *alone)
{
    journal_close(alone->journal);
    folder_close(alone->folder);
}

enum rc alone_open(const char *data, struct alone *out_alone, struct reason *out_reason)
{
    struct alone alone = {.folder = NULL};
    struct venue venue;
    char path[PATH_MAX];
    enum rc rc = folder_open(data, FOLDER_WRITE, &alone.folder, out_reason);
    if (rc)
        return rc;
    (void)!venue_take_finish(data); /* what cannot be ended now is ended at the next start */
    folder_path(alone.folder, "perron.conf", path);
    rc = venue_read(path, &venue, out_reason);
    if (!rc)
        rc = command_now(&alone.now, out_reason);
    if (!rc) {
        struct journal_rules rules = venue_rules(&venue);
        venue_use_time_zone(&venue);
        rc = folder_open_journal(alone.folder, &rules, &alone.now, &alone.journal, out_reason);
    }
    if (rc) {
        alone_close(&alone);
        return rc;
    }
    journal_set_circles(alone.journal, &venue.circles);
    journal_set_statutes(alone.journal, &venue.statutes);
    journal_set_privacy(alone.journal, &venue.privacy);
    *out_alone = alone;
    return RC_OK;
}

enum rc alone_open_existing(const char *data, struct alone *out_alone, struct reason *out_reason)
{
    struct folder *folder;
    enum rc rc = folder_open(data, FOLDER_READ, &folder, out_reason);
    if (rc)
        return rc;
    folder_close(folder);
    return alone_open(data, out_alone, out_reason);
}
