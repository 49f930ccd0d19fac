/*
 * restore.h - a register out of an export, for a station that has none: after a fire, a theft, a
 * broken disk.
 *
 * What the export's SHA256SUMS says is looked at first. The database copy is taken where it is
 * right and holds (verify), else the journal, whose chain proves each fact: a damaged one gives a
 * part only, and only who asks for that gets it. The register is built in a folder inside the data
 * folder and moved to its place at the end: a cut before leaves no register, a cut after it the
 * whole one. The station goes on as a new one; people's badges are known by the venue's key, which
 * the export has sealed. What the house set (venue/) comes along where the data folder has none of
 * its own, with mistakes told and not mended. Views come out to the byte as they were. One thread;
 * blocks for as long as it takes.
 */
#ifndef APP_RESTORE_H
#define APP_RESTORE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/store/snapshot.h"
#include "firmware/base/clock.h"
#include "firmware/base/seal.h"

struct restore_job {
    const char *from;              /* the exported folder; untrusted */
    const char *data;              /* the data folder; made where it is missing */
    const struct seal_secret *key; /* NULL: none */
    bool may_be_partial;           /* take what a damaged export still has */
    bool may_lose_badges;          /* no venue's key: all badges, PINs and codes are to be given
                                      again */
    struct clock_reading now;
};

/* Hears, in sentences, what is damaged and what is missing, as it is found. */
struct restore_hearer {
    void *context;
    void (*tell)(void *context, const char *sentence);
};

struct restore_result {
    bool is_from_journal; /* else the database copy */
    bool is_partial;
    bool has_settings;             /* perron.conf or circles.conf came along */
    bool has_welcome;              /* and the welcome */
    bool has_badges;               /* the venue's key is the one they were given under */
    struct snapshot_counts counts; /* of what is there now; the station is the new one */
    int64_t previous;              /* the station that made the export */
};

/*
 * RC_REFUSED: the data folder has a register (it is untouched), or a key is missing; RC_CORRUPT:
 * the export is damaged, and nothing was restored; RC_NEWER. Always with a sentence, and then the
 * data folder is as it was.
 */
enum rc restore_run(const struct restore_job *job, const struct restore_hearer *hearer,
                    struct restore_result *out_result, struct reason *out_reason) MUST_CHECK;

#endif
