#include "app/venue_gather.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/exchange/infile.h"
#include "app/exchange/infolder.h"
#include "app/ui/words.h"
#include "app/venue.h"
#include "app/venue_take_i.h"
#include "firmware/base/settings.h"

#define TRIES 8
#define PAUSE_NS 100000000L
#define CLUSTER_BYTES 4096

static_assert(VENUE_TAKE_ENTRIES == 1000, "a sentence names it");

/* --- one file --- */

struct gathering {
    struct venue_gathered *gathered;
    int folder;
    const char *within; /* "" or "welcome/" */
};

static const char *why_not(enum rc rc)
{
    switch (rc) {
    case RC_REFUSED: return SAID("it is no ordinary file; put the file itself there");
    case RC_LIMIT: return SAID("it is larger than it can be; shorten it");
    case RC_EMPTY: return SAID("it is empty; write it, or take it away");
    default: return rc_text(rc);
    }
}

static enum rc read_one(struct gathering *gathering, const char *name, size_t limit,
                        struct venue_gathered_file *file)
{
    int fd;
    enum rc rc = infolder_open_file(gathering->folder, name, &fd);
    if (rc)
        return rc;
    rc = infile_read_fd(fd, name, limit, &file->bytes, &file->length, NULL);
    close(fd);
    if (rc || file->length)
        return rc;
    free(file->bytes);
    file->bytes = NULL;
    return RC_EMPTY;
}

/* What is not there is none; what cannot go along is told. */
static enum rc gather_file(struct gathering *gathering, const char *name, size_t limit)
{
    struct venue_gathered *gathered = gathering->gathered;
    enum rc rc = RC_LIMIT;
    if (gathered->count < VENUE_TAKE_FILES) {
        struct venue_gathered_file *file = &gathered->files[gathered->count];
        snprintf(file->name, sizeof file->name, "%s%s", gathering->within, name);
        rc = read_one(gathering, name, limit, file);
        gathered->count += !rc;
    }
    if (rc && rc != RC_NOT_FOUND && rc != RC_NO_MEMORY)
        problems_add(&gathered->left_out, name, 0, "%s", why_not(rc));
    return rc == RC_NO_MEMORY ? rc : RC_OK;
}

static enum rc gather_text(void *context, const char *name)
{
    size_t limit = venue_welcome_bytes(name);
    return limit ? gather_file(context, name, limit) : RC_OK;
}

/* --- all of them, once --- */

static enum rc gather_welcome(struct gathering *top)
{
    struct gathering below = {top->gathered, -1, GUIDES_FOLDER "/"};
    bool is_cut = false;
    enum rc rc = infolder_open(top->folder, GUIDES_FOLDER, &below.folder);
    if (!rc) {
        rc = infolder_each(below.folder, VENUE_TAKE_ENTRIES, gather_text, &below, &is_cut);
        close(below.folder);
    }
    if (rc == RC_REFUSED)
        problems_add(&top->gathered->left_out, GUIDES_FOLDER, 0, "%s",
                     SAID("it is no folder; put the folder itself there"));
    else if (rc && rc != RC_NOT_FOUND && rc != RC_NO_MEMORY)
        problems_add(&top->gathered->left_out, GUIDES_FOLDER, 0, "%s", rc_text(rc));
    if (is_cut)
        problems_add(&top->gathered->left_out, GUIDES_FOLDER, 0, "%s",
                     SAID("it has more than 1000 files; take away what is none of a welcome"));
    return rc == RC_NO_MEMORY ? rc : RC_OK;
}

static int compare(const void *one, const void *other)
{
    const struct venue_gathered_file *a = one, *b = other;
    return strcmp(a->name, b->name);
}

static enum rc gather_once(const char *data, struct venue_gathered **out_gathered)
{
    struct gathering top = {calloc(1, sizeof *top.gathered), -1, ""};
    if (!top.gathered)
        return RC_NO_MEMORY;
    top.folder = open(data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum rc rc = top.folder < 0 ? rc_from_errno(errno) : RC_OK;
    for (int part = 0; !rc && part < VENUE_WELCOME; part++)
        rc = gather_file(&top, venue_part_name((enum venue_part)part), SETTINGS_FILE_BYTES);
    if (!rc)
        rc = gather_welcome(&top);
    if (top.folder >= 0)
        close(top.folder);
    if (rc) {
        venue_gather_free(top.gathered);
        return rc;
    }
    qsort(top.gathered->files, (size_t)top.gathered->count, sizeof top.gathered->files[0], compare);
    *out_gathered = top.gathered;
    return RC_OK;
}

void venue_gather_free(struct venue_gathered *gathered)
{
    for (int i = 0; gathered && i < gathered->count; i++)
        free(gathered->files[i].bytes);
    free(gathered);
}

/* --- all of one moment --- */

static bool is_same(const struct venue_gathered *one, const struct venue_gathered *other)
{
    bool is = one->count == other->count && one->left_out.count == other->left_out.count;
    for (int i = 0; is && i < one->count; i++)
        is = strcmp(one->files[i].name, other->files[i].name) == 0 &&
             one->files[i].length == other->files[i].length &&
             memcmp(one->files[i].bytes, other->files[i].bytes, one->files[i].length) == 0;
    return is;
}

/* What is the same in two looks was so in between, when nobody was taking any. */
static enum rc gather_twice(const char *data, struct venue_gathered **out_gathered)
{
    struct venue_gathered *before, *after = NULL;
    enum rc rc = gather_once(data, &before);
    if (rc)
        return rc;
    rc = venue_take_finish(data);
    if (!rc)
        rc = gather_once(data, &after);
    if (!rc && !is_same(before, after))
        rc = RC_BUSY;
    venue_gather_free(before);
    if (rc)
        venue_gather_free(after);
    else
        *out_gathered = after;
    return rc;
}

enum rc venue_gather(const char *data, struct venue_gathered **out_gathered,
                     struct reason *out_reason)
{
    const struct timespec pause = {0, PAUSE_NS};
    enum rc rc = RC_BUSY;
    for (int i = 0; rc == RC_BUSY && i < TRIES; i++) {
        if (i)
            nanosleep(&pause, NULL);
        rc = gather_twice(data, out_gathered);
    }
    if (rc == RC_BUSY)
        reason_set(out_reason, "%s",
                   WORDS_MARK("Somebody is changing the house's own files (perron.conf, "
                              "circles.conf or welcome). Try again when they are done."));
    else if (rc) {
        reason_set(out_reason, SAID("the venue's files cannot be read: %s"), rc_text(rc));
        reason_mark(out_reason, 0);
    }
    return rc;
}

int64_t venue_gather_size(const char *data)
{
    struct venue_gathered *gathered;
    int64_t bytes = 0;
    if (gather_once(data, &gathered))
        return 0;
    for (int i = 0; i < gathered->count; i++)
        bytes += ((int64_t)gathered->files[i].length / CLUSTER_BYTES + 1) * CLUSTER_BYTES;
    venue_gather_free(gathered);
    return bytes;
}
