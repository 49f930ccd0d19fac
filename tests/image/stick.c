#include "tests/image/stick.h"

#include <stdio.h>

#include "tests/image/guest_usb.h"

#define DEVICE "stick"

void stick_path(const struct door *door, const char *name, char out_path[STICK_PATH_MAX])
{
    snprintf(out_path, STICK_PATH_MAX, "%s/%.*s.img", door->folder, STICK_NAME_MAX, name);
}

/* A sector a cluster: else FAT32 begins at half a gigabyte. */
enum rc stick_make(struct door *door, const char *name, int mebibytes, struct reason *said)
{
    char path[STICK_PATH_MAX];
    stick_path(door, name, path);
    return door_host(door, said,
                     "rm -f '%s' && truncate -s %dM '%s' &&"
                     " echo 'start=%dMiB, type=c' | sfdisk --quiet --label dos '%s' &&"
                     " mkfs.vfat -F 32 -s 1 -n CLE --offset %d '%s' %d",
                     path, mebibytes, path, STICK_BEGIN_MIB, path, STICK_BEGIN_MIB * 2048, path,
                     (mebibytes - STICK_BEGIN_MIB) * 1024);
}

enum rc stick_copy(struct door *door, const char *from, const char *name, struct reason *said)
{
    char path[STICK_PATH_MAX], copy[STICK_PATH_MAX];
    stick_path(door, from, path);
    stick_path(door, name, copy);
    return door_host(door, said, "rm -f '%s' && cp --sparse=always '%s' '%s'", copy, path, copy);
}

enum rc stick_pull(struct door *door, struct reason *said)
{
    return guest_usb_pull(door->guest, DEVICE, said);
}

enum rc stick_plug(struct door *door, const char *name, bool is_read_only, struct reason *said)
{
    char path[STICK_PATH_MAX];
    stick_path(door, name, path);
    enum rc rc = stick_pull(door, said);
    if (rc && rc != RC_NOT_FOUND)
        return rc;
    return guest_usb_plug_stick(door->guest, DEVICE, path, is_read_only, said);
}

enum rc stick_walk(struct door *door, struct reason *said)
{
    enum rc rc = door_open_staff(door, said);
    if (rc == RC_TIMEOUT) { /* a finger slipped: the page closes by itself meanwhile, or now */
        char line[DOOR_LINE_BYTES];
        rc = door_touch(door, "end", said);
        if (!rc)
            rc = door_hear(door, "present (resting|mistakes)", DOOR_WAIT_MS, line, said);
        if (!rc)
            rc = door_open_staff(door, said);
    }
    return rc ? rc : door_go(door, "stick", "stick", said);
}

enum rc stick_read_out(struct door *door, const char *name, struct reason *said)
{
    char path[STICK_PATH_MAX], out[STICK_PATH_MAX];
    stick_path(door, name, path);
    snprintf(out, sizeof out, "%s/%.*s-out", door->folder, STICK_NAME_MAX, name);
    return door_host(door, said,
                     "rm -rf '%s' && mkdir '%s' && mcopy -s -n -i '%s@@%dM' '::*' '%s/'", out, out,
                     path, STICK_BEGIN_MIB, out);
}
