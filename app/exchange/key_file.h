/*
 * key_file.h - a file with the secret half of a key: lines that begin with '#' say what it is for,
 * then one line is the half. It is this machine's alone (0600), on disk when it is said to be, and
 * never written over. One that is over 4 KiB is none. Any thread.
 */
#ifndef APP_EXCHANGE_KEY_FILE_H
#define APP_EXCHANGE_KEY_FILE_H

#include "firmware/base/rc.h"

/* A new file of that text. RC_REFUSED: there is one already. On failure there is none. */
enum rc key_file_write(const char *path, const char *text, struct reason *out_reason) MUST_CHECK;

/* What stands in it behind its notes; key_file_forget frees it. As infile_read where it fails. */
enum rc key_file_read(const char *path, char **out_text, struct reason *out_reason) MUST_CHECK;

/* Takes NULL. */
void key_file_forget(char *text);

#endif
