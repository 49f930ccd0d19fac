/*
 * parcel.h - a dated folder of files that is there whole and checked, or is said not to be there.
 *
 * It grows under a hidden temporary name ("NAME.part"). parcel_finish writes SHA256SUMS, brings
 * every file and the folder to the device, gives the folder its name, and reads all of it back from
 * the device (not from memory) against the sums: only then was it done. Files may lie in folders,
 * at most three deep. An older parcel stays as it is, and parts left over from last time go, with
 * what a parcel can have made in them. With a key every file is sealed on its way, named
 * "visits.csv.sealed" (firmware/base/seal.h); the sums are over what lies on the stick. Memory does
 * not grow with the files. One thread; calls block as long as the device does.
 */
#ifndef APP_EXCHANGE_PARCEL_H
#define APP_EXCHANGE_PARCEL_H

#include <stdbool.h>
#include <stdint.h>

#include "app/exchange/sink.h"
#include "firmware/base/rc.h"
#include "firmware/base/seal.h"

#define PARCEL_NAME_BYTES 96
#define PARCEL_FILES_MAX 256
#define PARCEL_FILE_BYTES 128    /* of a file's name with its folders', with its NUL */
#define PARCEL_DEPTH_MAX 3       /* folders that a file may be in, one in the other */
#define PARCEL_SUMS "SHA256SUMS" /* as sha256sum(1) writes and checks it */

/* Hears how far it is, and stops the work by returning something else than RC_OK. */
struct parcel_watcher {
    void *context;
    enum rc (*tell)(void *context, int64_t written_bytes, int64_t read_back_bytes);
};

/* "2026-11-26_l-epi-commun": what any file system takes, whatever the venue is called. */
void parcel_make_name(int day, const char *venue, char out_name[PARCEL_NAME_BYTES]);

struct parcel_config {
    const char *root;                     /* the folder it is made in, which must exist */
    const char *name;                     /* parcel_make_name's; "_2", ... where it is taken */
    const struct seal_public *seal;       /* NULL: as they are */
    const struct parcel_watcher *watcher; /* NULL: nobody */
};

struct parcel;

/* With a sentence: as outfile_create. End with parcel_finish or parcel_abandon. */
enum rc parcel_begin(const struct parcel_config *config, struct parcel **out_parcel,
                     struct reason *out_reason) MUST_CHECK;

/*
 * The next file, one at a time: "visits.csv", or "venue/welcome/hello.fr.txt" in folders that are
 * made for it. Names are such as every file system takes, or RC_LIMIT: letters, digits, '-', '_'
 * and '.', none that differ in capitals alone, none of Windows' devices. It is sealed where the
 * parcel is, but for parcel_open_plain's. The sink is the parcel's, good until parcel_close_file.
 */
enum rc parcel_open_file(struct parcel *parcel, const char *name, struct sink *out_sink) MUST_CHECK;
enum rc parcel_open_plain(struct parcel *parcel, const char *name,
                          struct sink *out_sink) MUST_CHECK;
enum rc parcel_close_file(struct parcel *parcel) MUST_CHECK;

/* A file that could only be made elsewhere, copied in, and sealed where the parcel is. */
enum rc parcel_add_file(struct parcel *parcel, const char *name, const char *path) MUST_CHECK;

/* The files in it so far, as they are called there: "visits.csv.sealed". NULL behind the last. */
const char *parcel_file_at(const struct parcel *parcel, size_t index);

/*
 * RC_OK: every byte was read back and is right; *out_name is what the folder is called now. Else a
 * sentence that says what to do. RC_CORRUPT: it came back different; the folder is called
 * "NAME.broken" from then on, so that nobody takes it for a whole one. Frees it in any case.
 */
enum rc parcel_finish(struct parcel *parcel, char out_name[PARCEL_NAME_BYTES],
                      struct reason *out_reason) MUST_CHECK;

/* Leaves as little behind as the device lets it. Takes NULL. */
void parcel_abandon(struct parcel *parcel);

/* The first failure of its files, which every further call says again; RC_OK: none so far. */
enum rc parcel_failure(const struct parcel *parcel);

/* The sentence for what a call above came to; for who gives up in between. */
void parcel_tell(const struct parcel *parcel, enum rc rc, struct reason *out_reason);

/*
 * Reads a folder back against its SHA256SUMS: *out_reason names the first file that is missing or
 * damaged (RC_CORRUPT); RC_NOT_FOUND: there are no sums; RC_BAD_INPUT: the list itself is damaged,
 * and nobody knows what belongs to it from there on. `each`, which may be NULL, hears of every
 * file in them, by its whole name. What else lies there is passed over: nobody vouches for it.
 */
enum parcel_state { PARCEL_RIGHT, PARCEL_DAMAGED, PARCEL_MISSING };
enum rc parcel_check(const char *folder,
                     void (*each)(void *context, const char *name, enum parcel_state state),
                     void *context, struct reason *out_reason) MUST_CHECK;

/*
 * Writes SHA256SUMS over these files of a folder that was made in another way, so that it can be
 * checked as a parcel is. With a sentence.
 */
enum rc parcel_write_sums(const char *folder, const char (*names)[PARCEL_FILE_BYTES], size_t count,
                          struct reason *out_reason) MUST_CHECK;

#endif
