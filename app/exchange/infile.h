/*
 * infile.h - a file from outside, read whole and with a limit. A stick is untrusted: only a
 * regular file is opened, links are not followed, and nothing larger than agreed is taken into
 * memory. Any thread; blocks as long as the device does.
 */
#ifndef APP_EXCHANGE_INFILE_H
#define APP_EXCHANGE_INFILE_H

#include <stddef.h>

#include "firmware/base/rc.h"

/*
 * Reads at most `limit_bytes`. *out_bytes has a NUL behind its *out_length bytes; free it with
 * free(). RC_LIMIT for a larger file, RC_REFUSED for a link or no regular file, else what the
 * system says; always with a sentence.
 */
enum rc infile_read(const char *path, size_t limit_bytes, char **out_bytes, size_t *out_length,
                    struct reason *out_reason) MUST_CHECK;

/* The same from an open descriptor, which stays open; `path` is only for the sentence. */
enum rc infile_read_fd(int fd, const char *path, size_t limit_bytes, char **out_bytes,
                       size_t *out_length, struct reason *out_reason) MUST_CHECK;

#endif
