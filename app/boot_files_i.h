/*
 * boot_files_i.h - what boot_files.c and boot_digest.c (what is in a file, in 32 bytes) share.
 */
#ifndef APP_BOOT_FILES_I_H
#define APP_BOOT_FILES_I_H

#include "app/boot_files.h"

/* Which file it is: boot_marks_key. */
void boot_files_key(const struct intake_found *found, uint8_t out_key[HASH_BYTES]);

/* The item's marks as its files are now, and of a venue the parts that are there. */
void boot_files_digest(const char *root, struct boot_item *item);

/* Which part of a venue its mark at `index` is of. */
enum venue_part boot_files_part(const struct boot_item *item, int index);

#endif
