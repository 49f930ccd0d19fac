/*
 * folder.h - the data folder: the database, the venue's key, and who may write.
 *
 *   perron.db    the journal and its views
 *   venue.key    the secret badge numbers are hashed with (0600); on disk before the first fact
 *   perron.conf  the venue's settings, if any
 *   boot.taken   what was taken from the boot partition last, if anything (boot_marks.h)
 *   lock         held by the one process that writes
 *   socket       where a running station listens
 *
 * One process at a time opens it FOLDER_WRITE.
 */
#ifndef APP_STORE_FOLDER_H
#define APP_STORE_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

#include "app/store/journal.h"
#include "app/store/venue_key.h"
#include "firmware/base/rc.h"

enum folder_mode { FOLDER_READ, FOLDER_WRITE };

struct folder;

/*
 * FOLDER_WRITE makes the folder (0700) and the key where they are missing, and takes the lock:
 * RC_BUSY when another process has it. A database without its key is RC_CORRUPT. Each failure
 * comes with a sentence.
 */
enum rc folder_open(const char *path, enum folder_mode mode, struct folder **out_folder,
                    struct reason *out_reason) MUST_CHECK;

/*
 * Makes the folder ready for a register that comes from elsewhere with its key: whatever key lies
 * there is replaced, and a perron.db that lies there is its own from now on. Else as FOLDER_WRITE.
 */
enum rc folder_adopt(const char *path, const struct venue_key *key, struct folder **out_folder,
                     struct reason *out_reason) MUST_CHECK;

/* Gives the lock back and forgets the key. Takes NULL. */
void folder_close(struct folder *folder);

/* HASH_KEY_BYTES; owned by the folder. */
const uint8_t *folder_key(const struct folder *folder);

/* What names the key beside each hash: 16 hex digits of BLAKE2b over the key. */
const char *folder_key_id(const struct folder *folder);

/*
 * The key as a file that only the owner of `to` can open ("venue.key.sealed"), so that a restored
 * register knows its badges. `venue`: what the place is called. As seal_put fails.
 */
enum rc folder_seal_key(const struct folder *folder, const char *venue,
                        const struct seal_public *to, const struct seal_out *out) MUST_CHECK;

/*
 * What tells this folder on this machine from a copy of it: a text made from the machine and the
 * database file. It changes when the folder is copied or restored.
 */
void folder_fingerprint(const struct folder *folder, char *out_text, size_t size);

/*
 * Opens the journal of a folder that is open for writing. A sentence comes with each failure.
 * The folder outlives the journal.
 */
enum rc folder_open_journal(const struct folder *folder, const struct journal_rules *rules,
                            const struct clock_reading *now, struct journal **out_journal,
                            struct reason *out_reason) MUST_CHECK;

/*
 * Is perron.db still the file that was there at folder_open (FOLDER_WRITE)? One that was moved,
 * deleted or replaced takes facts into nowhere.
 */
bool folder_has_its_database(const struct folder *folder);

/* Path of a file in the folder, in a buffer of PATH_MAX. */
void folder_path(const struct folder *folder, const char *name, char *out_path);

#endif
