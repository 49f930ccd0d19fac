/*
 * stick.h - USB sticks for a station in a guest: files on this machine that are plugged in, and the
 * way of staff to the page that says what one holds. A stick is called by the file it is in:
 * "NAME.img" in the door's folder. One at a time is plugged in.
 */
#ifndef TESTS_IMAGE_STICK_H
#define TESTS_IMAGE_STICK_H

#include "tests/image/door.h"

#define STICK_NAME_MAX 40
#define STICK_PATH_MAX (DOOR_PATH_MAX + STICK_NAME_MAX + 8)
#define STICK_BEGIN_MIB 1 /* where its partition begins */

void stick_path(const struct door *door, const char *name, char out_path[STICK_PATH_MAX]);

/* One that a shop sells: a table with one FAT32 partition, nothing on it. Replaces what has that
 * name. At least 64 MiB. */
enum rc stick_make(struct door *door, const char *name, int mebibytes,
                   struct reason *said) MUST_CHECK;

/* As `from` is now. */
enum rc stick_copy(struct door *door, const char *from, const char *name,
                   struct reason *said) MUST_CHECK;

/* What is plugged in is pulled out before. */
enum rc stick_plug(struct door *door, const char *name, bool is_read_only,
                   struct reason *said) MUST_CHECK;

/* RC_NOT_FOUND: none is plugged in. */
enum rc stick_pull(struct door *door, struct reason *said) MUST_CHECK;

/* From the resting screen to the staff's page of the stick: as long as that is there, each stick
 * that is plugged in is opened. */
enum rc stick_walk(struct door *door, struct reason *said) MUST_CHECK;

/* What lies on its partition, copied to `folder`/NAME-out on this machine. */
enum rc stick_read_out(struct door *door, const char *name, struct reason *said) MUST_CHECK;

#endif
