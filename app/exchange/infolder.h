/*
 * infolder.h - a folder from outside, looked through with a limit. A stick is untrusted: links are
 * not followed, names are made fit to show before anybody shows them. Any thread; blocks as long as
 * the device does.
 */
#ifndef APP_EXCHANGE_INFOLDER_H
#define APP_EXCHANGE_INFOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/rc.h"

enum infolder_kind {
    INFOLDER_FILE,
    INFOLDER_FOLDER,
    INFOLDER_LINK,
    INFOLDER_OTHER,  /* a device, a pipe */
    INFOLDER_UNKNOWN /* it cannot even be asked */
};

/*
 * Opens the folder `name` in the folder `at` (AT_FDCWD: a path), no link; close() it. RC_NOT_FOUND,
 * RC_REFUSED for what is none, else what the system says.
 */
enum rc infolder_open(int at, const char *name, int *out_fd) MUST_CHECK;

/*
 * Opens a file for infile_read_fd, which knows what is no file. RC_REFUSED for a link. Never waits
 * for somebody at the other end of a pipe.
 */
enum rc infolder_open_file(int at, const char *name, int *out_fd) MUST_CHECK;

/* What is there under that name, and its bytes where it is a file. */
enum infolder_kind infolder_look(int at, const char *name, int64_t *out_bytes);

/*
 * Calls `entry` for at most `max` names in a folder, without "." and ".."; ends with its first
 * result that is not RC_OK. *out_is_cut: there are more.
 */
enum rc infolder_each(int folder, int max, enum rc (*entry)(void *context, const char *name),
                      void *context, bool *out_is_cut) MUST_CHECK;

/* What systems leave behind: hidden files, "~$people.csv", "System Volume Information". */
bool infolder_is_litter(const char *name);

/* A name as a screen can show it: what cannot be shown becomes "?", what is too long is cut. */
void infolder_show(const char *name, char *out_text, size_t size);

/* Removes the files in a folder; folders in it stay, and are the failure. */
enum rc infolder_empty(int folder) MUST_CHECK;

/* Removes a file, or a folder with all that is in it, which is ours. RC_OK: it is gone. */
enum rc infolder_remove(int at, const char *name) MUST_CHECK;

#endif
