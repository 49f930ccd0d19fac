/*
 * copy.h - the register as one file: the very moment of a snapshot, whatever is written meanwhile.
 *
 * What was erased is not in it: its bytes were overwritten when they went. The copy needs no log
 * beside it (journal_mode DELETE), so it can be carried away alone. Whoever opens it as a data
 * folder of its own begins a new station there (folder_fingerprint). One thread, the snapshot's.
 */
#ifndef APP_STORE_COPY_H
#define APP_STORE_COPY_H

#include "app/store/snapshot.h"

/* Hears how far it is; what it returns instead of RC_OK ends the work. */
struct copy_watcher {
    void *context;
    enum rc (*tell)(void *context, int64_t at, int64_t of);
};

/*
 * Makes the file `path`, which must not be there, for its owner only. It is not synced: whoever
 * takes it on does that. After a failure it is gone again. `watcher` may be NULL.
 */
enum rc copy_database(struct snapshot *snapshot, const char *path,
                      const struct copy_watcher *watcher) MUST_CHECK;

#endif
