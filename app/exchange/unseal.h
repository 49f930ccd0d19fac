/*
 * unseal.h - sealed files on the side of whoever may open them: the file with the secret key, and
 * what a failure comes to in words. Any thread; blocks as long as the device does.
 */
#ifndef APP_EXCHANGE_UNSEAL_H
#define APP_EXCHANGE_UNSEAL_H

#include <stdbool.h>

#include "app/exchange/sink.h"
#include "firmware/base/rc.h"
#include "firmware/base/seal.h"

/*
 * Makes a new pair and keeps the secret half in a new file that only its owner may read; it is on
 * disk before this returns. RC_REFUSED: something of that name is there; always with a sentence.
 */
enum rc unseal_make_key(const char *path, struct seal_public *out_public,
                        struct reason *out_reason) MUST_CHECK;

/* From such a file. RC_BAD_INPUT: no secret key stands in it; always with a sentence. */
enum rc unseal_read_key(const char *path, struct seal_secret *out_key,
                        struct reason *out_reason) MUST_CHECK;

/*
 * Opens a sealed file into the sink, which may keep what it got only after RC_OK. Failures as
 * seal_end has them, and what reading it or the sink comes to; *out_reason says it in words, but
 * not of the sink: *out_is_sink then.
 */
enum rc unseal(const char *path, const struct seal_secret *key, const struct sink *sink,
               bool *out_is_sink, struct reason *out_reason) MUST_CHECK;

/*
 * RC_REFUSED with its sentence where that file is sealed to another key. RC_OK else: what more is
 * wrong is found when it is opened.
 */
enum rc unseal_try(const char *path, const struct seal_secret *key,
                   struct reason *out_reason) MUST_CHECK;

/*
 * Into a new file of that folder, which is there whole or not at all. In the name may be folders,
 * such as a parcel has; they are made where they are missing, and never gone through where they are
 * links. RC_REFUSED where a file of that name is there already, or the key is another; always with
 * a sentence.
 */
enum rc unseal_to_file(const char *path, const struct seal_secret *key, const char *folder,
                       const char *name, struct reason *out_reason) MUST_CHECK;

/* The same of a file that is not sealed: copied as it is. */
enum rc unseal_copy(const char *path, const char *folder, const char *name,
                    struct reason *out_reason) MUST_CHECK;

/* "visits.csv" of "somewhere/visits.csv.sealed"; false where that is no name of a sealed file. */
bool unseal_name(const char *path, char *out_name, size_t size);

/*
 * Calls `file` for each sealed file of an exported folder by its name, with the folders it is in
 * ("venue/welcome/hello.fr.txt.sealed"), in order; ends with its first result that is not RC_OK.
 * Folders that are links, names that no parcel gives, and more files than one has are passed over.
 * RC_EMPTY: there is none; always with a sentence, but for what `file` says.
 */
enum rc unseal_each(const char *folder, enum rc (*file)(void *context, const char *name),
                    void *context, struct reason *out_reason) MUST_CHECK;

#endif
