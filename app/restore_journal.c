/* Facts line by line, as far as their chain holds. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/exchange/journal_lines.h"
#include "app/restore_i.h"

#define PART_FACTS 20000 /* of one transaction */
#define STATIONS_MAX MARK_STATIONS_MAX

/* How far one station's chain came. */
struct reached {
    int64_t station;
    int64_t seq; /* of its last fact that was taken */
    uint8_t hash[HASH_BYTES];
    int64_t seen; /* its last one on a line that could be read */
};

struct reading {
    struct restore *restore;
    struct journal_lines *lines;
    int64_t taken;
    bool is_damaged;
    size_t count, at; /* of stations; the one looked at last */
    struct reached stations[STATIONS_MAX];
};

static struct reached *find_station(struct reading *reading, int64_t station)
{
    if (reading->at < reading->count && reading->stations[reading->at].station == station)
        return &reading->stations[reading->at];
    for (reading->at = 0; reading->at < reading->count; reading->at++)
        if (reading->stations[reading->at].station == station)
            return &reading->stations[reading->at];
    if (reading->count == STATIONS_MAX)
        return NULL;
    reading->stations[reading->count++] = (struct reached){.station = station};
    return &reading->stations[reading->at];
}

/* Is it the next one, and what was written? */
static bool follows(const struct reached *reached, const struct chain_link *link)
{
    return link->fact.id.seq == reached->seq + 1 && chain_link_holds(link, reached->hash);
}

static enum rc take(struct reading *reading, const struct chain_link *link)
{
    struct restore *restore = reading->restore;
    struct reached *reached = find_station(reading, link->fact.id.station);
    if (!reached) {
        reason_set(restore->reason, "the journal has facts of more than %d stations", STATIONS_MAX);
        return RC_LIMIT;
    }
    if (link->fact.id.seq > reached->seen)
        reached->seen = link->fact.id.seq;
    if (!follows(reached, link)) {
        reading->is_damaged = true;
        return RC_OK;
    }
    enum rc rc = journal_merge(restore->journal, link);
    if (rc)
        return db_tell(rc, journal_db(restore->journal), restore->reason);
    reached->seq = link->fact.id.seq;
    memcpy(reached->hash, link->hash, HASH_BYTES);
    reading->taken++;
    return RC_OK;
}

/* The next line into the register. RC_EMPTY: that was the last one. */
static enum rc take_line(struct reading *reading)
{
    struct chain_link link;
    struct reason why = {.text = ""};
    enum rc rc = journal_lines_next(reading->lines, &link, &why);
    if (!rc)
        return take(reading, &link);
    if (rc == RC_CORRUPT) {
        if (!reading->is_damaged)
            restore_tell(reading->restore, "%s.", why.text); /* what comes of it is told later */
        reading->is_damaged = true;
        return journal_lines_resync(reading->lines) ? RC_OK : RC_EMPTY;
    }
    if (rc != RC_EMPTY)
        *reading->restore->reason = why;
    return rc;
}

/* RC_EMPTY: all is in. */
static enum rc take_some(struct reading *reading)
{
    struct restore *restore = reading->restore;
    struct journal *journal = restore->journal;
    enum rc end = RC_OK;
    enum rc rc = journal_begin(journal, &restore->job->now);
    if (rc)
        return db_tell(rc, journal_db(journal), restore->reason);
    for (int i = 0; i < PART_FACTS && !end; i++)
        end = take_line(reading);
    if (end && end != RC_EMPTY) {
        journal_rollback(journal);
        return end;
    }
    rc = journal_commit(journal);
    if (!rc)
        rc = journal_checkpoint(journal);
    return rc ? db_tell(rc, journal_db(journal), restore->reason) : end;
}

static enum rc go_on(void *context, int64_t at, int64_t of)
{
    (void)context, (void)at, (void)of;
    return RC_OK;
}

static enum rc take_all(struct reading *reading)
{
    const struct journal_watcher nobody = {go_on, NULL};
    struct restore *restore = reading->restore;
    enum rc rc = journal_bulk_begin(restore->journal);
    if (rc)
        return db_tell(rc, journal_db(restore->journal), restore->reason);
    while (!(rc = take_some(reading)))
        ;
    if (rc != RC_EMPTY)
        return rc;
    rc = journal_bulk_end(restore->journal, &nobody);
    return rc ? db_tell(rc, journal_db(restore->journal), restore->reason) : RC_OK;
}

/* --- what is missing --- */

static void tell_missing(struct reading *reading)
{
    struct restore *restore = reading->restore;
    int64_t known = 0, promised = 0;
    bool has_end = journal_lines_promised(reading->lines, &promised);
    for (size_t i = 0; i < reading->count; i++) {
        const struct reached *reached = &reading->stations[i];
        if (reached->seen <= reached->seq)
            continue;
        known += reached->seen - reached->seq;
        restore_tell(restore,
                     "Of station %lld the facts from %lld to %lld are missing (%lld), as they "
                     "follow one that is damaged.",
                     (long long)reached->station, (long long)reached->seq + 1,
                     (long long)reached->seen, (long long)(reached->seen - reached->seq));
    }
    int64_t rest = promised - reading->taken - known;
    if (has_end && rest > 0)
        restore_tell(restore, "%lld more facts stood on lines that cannot be read.",
                     (long long)rest);
    if (!has_end && reading->count) {
        const struct reached *last = &reading->stations[reading->at];
        restore_tell(restore,
                     "The journal's end is missing: of station %lld whatever came after fact %lld, "
                     "and all stations with a higher number.",
                     (long long)last->station, (long long)last->seen);
    }
}

static enum rc judge(struct reading *reading)
{
    struct restore *restore = reading->restore;
    int64_t promised;
    bool has_all = !reading->is_damaged && journal_lines_promised(reading->lines, &promised) &&
                   promised == reading->taken;
    if (has_all)
        return RC_OK;
    tell_missing(reading);
    if (restore->job->may_be_partial) {
        restore->result.is_partial = true;
        return RC_OK;
    }
    reason_set(restore->reason,
               "the journal is damaged: %lld facts of it can be restored. Take another export, or "
               "--partial for those that are left",
               (long long)reading->taken);
    return RC_CORRUPT;
}

static enum rc begin(struct reading *reading)
{
    char path[PATH_MAX + 32];
    bool is_whole;
    struct restore *restore = reading->restore;
    snprintf(path, sizeof path, "%s/journal.jsonl", restore->part);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        reason_set(restore->reason, "the journal cannot be read: %s", strerror(errno));
        return rc_from_errno(errno);
    }
    enum rc rc = journal_lines_open(fd, &reading->lines, restore->reason);
    if (rc)
        return rc;
    journal_lines_about(reading->lines, &restore->about, &is_whole);
    if (is_whole || restore->job->may_be_partial)
        return RC_OK;
    reason_set(restore->reason, "this journal has only what was new since the export before it: "
                                "take one of everything");
    return RC_REFUSED;
}

enum rc restore_from_journal(struct restore *restore)
{
    struct reading *reading = calloc(1, sizeof *reading);
    if (!reading)
        return db_tell(RC_NO_MEMORY, NULL, restore->reason);
    reading->restore = restore;
    enum rc rc = begin(reading);
    if (!rc)
        rc = restore_settle_key(restore);
    if (!rc)
        rc = restore_open_register(restore);
    if (!rc)
        rc = take_all(reading);
    if (!rc)
        rc = judge(reading);
    journal_lines_close(reading->lines);
    free(reading);
    return rc;
}
