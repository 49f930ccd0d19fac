/*
 * outfile.h - a file that is there whole or not at all, whenever the stick is pulled out.
 *
 * It grows under "NAME.part"; only outfile_commit, once everything is on the device, gives it its
 * name, and then brings the folder to the device too. An older file of that name stays as it was
 * until then. Memory does not grow with the file. A file belongs to one thread; calls block as
 * long as the device does.
 */
#ifndef APP_EXCHANGE_OUTFILE_H
#define APP_EXCHANGE_OUTFILE_H

#include <stddef.h>

#include "app/exchange/sink.h"
#include "firmware/base/rc.h"

struct outfile;

/*
 * Begins `name` (no folders in it, else RC_LIMIT) in the folder `folder`, which must exist. A part
 * left over from last time goes. Nobody but its owner may read it: it is about people. End with
 * outfile_commit or outfile_abandon.
 */
enum rc outfile_create(const char *folder, const char *name, struct outfile **out_file,
                       struct reason *out_reason) MUST_CHECK;

/*
 * RC_FULL, RC_READ_ONLY, RC_GONE, RC_IO; after the first failure every further call says the same.
 */
enum rc outfile_write(struct outfile *file, const char *bytes, size_t length) MUST_CHECK;

/* outfile_write as a sink; the file's, as long as it. */
struct sink outfile_sink(struct outfile *file);

/*
 * Brings what was written so far to the device, still under its part's name: for files that may get
 * their name only after something else was done too. From then on a failing outfile_commit leaves
 * the part, which is whole. Failures as outfile_write has them.
 */
enum rc outfile_settle(struct outfile *file) MUST_CHECK;

/*
 * Writes what is left, brings it to the device, gives it its name. Frees the file in any case; on
 * failure (also an earlier one of outfile_write) the part is removed, if the device still lets us,
 * and a sentence says what to do.
 */
enum rc outfile_commit(struct outfile *file, struct reason *out_reason) MUST_CHECK;

/* Removes the part and frees the file. Takes NULL. */
void outfile_abandon(struct outfile *file);

/* Leaves the part as it is and frees the file. */
void outfile_leave(struct outfile *file);

/* Why something of this name could not be written, and what to do; returns `rc`. */
enum rc outfile_tell(enum rc rc, const char *name, struct reason *out_reason);

#endif
