/*
 * tray.h - badges to play with: read from a list of people, because the register keeps only hashes
 * of badge numbers. For the desktop's tray and for players; never on a station at a door.
 */
#ifndef APP_TRAY_H
#define APP_TRAY_H

#include "app/domain/badge.h"
#include "firmware/base/rc.h"

#define TRAY_MAX 64

struct tray_row {
    char name[96];   /* first name */
    char number[32]; /* member number */
    struct badge badge;
};

struct tray {
    struct tray_row rows[TRAY_MAX];
    int count;
};

/* The first people of a list who have a badge. The list's mistakes are passed over. */
enum rc tray_read(const char *path, struct tray *out_tray, struct reason *out_reason) MUST_CHECK;

#endif
