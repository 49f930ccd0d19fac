#include <stdio.h>
#include <string.h>

#include "tests/image/chapters.h"
#include "tests/image/door.h"
#include "tests/image/guest_usb.h"

#define STICK_PATH_MAX (DOOR_PATH_MAX + 16)

static void stick_path(const struct door *door, char out_path[STICK_PATH_MAX])
{
    snprintf(out_path, STICK_PATH_MAX, "%s/stick.img", door->folder);
}

/* One that a shop sells: a table with one FAT32 partition. */
static enum rc make_stick(struct door *door, struct reason *said)
{
    char path[STICK_PATH_MAX];
    stick_path(door, path);
    return door_host(door, said,
                     "rm -f '%s' && truncate -s 256M '%s' && echo 'start=1MiB, type=c' |"
                     " sfdisk --quiet --label dos '%s' &&"
                     " mkfs.vfat -F 32 -n CLE --offset 2048 '%s' $((255 * 1024))",
                     path, path, path, path);
}

/* In front of the screen with a stick in the hand: to the page that says what it holds. */
static enum rc open_stick(struct door *door, struct reason *said)
{
    char path[STICK_PATH_MAX];
    stick_path(door, path);
    enum rc rc = door_seen(door, said);
    (void)!guest_usb_pull(door->guest, "stick", NULL); /* one that an earlier chapter left */
    if (!rc)
        rc = guest_usb_plug_stick(door->guest, "stick", path, false, said);
    if (!rc)
        rc = door_go(door, "help", "help", said);
    if (!rc)
        rc = door_go(door, "staff", "staff-badge", said);
    if (!rc) {
        door_badge(door, 1, 700);
        rc = door_expect(door, "present staff-pin", DOOR_WAIT_MS, said);
    }
    if (!rc)
        rc = door_type_pin(door, said);
    return rc ? rc : door_go(door, "stick", "stick", said);
}

static enum rc begin_export(struct door *door, struct reason *said)
{
    enum rc rc = open_stick(door, said);
    door_sleep_ms(6000); /* it is mounted, and its space is told */
    if (!rc)
        rc = door_go(door, "take-out", "stick-out", said);
    if (!rc)
        rc = door_touch(door, "everything", said);
    return rc ? rc : door_expect(door, "load begins", DOOR_WAIT_MS, said);
}

/* What became of it was told; away from the staff's pages. */
static enum rc end_export(struct door *door, struct reason *said)
{
    enum rc rc = door_touch(door, "ok", said);
    door_sleep_ms(1000);
    return rc ? rc : door_touch(door, "end", said);
}

enum rc chapter_stick_pulled(void *context, struct reason *said)
{
    struct door *door = context;
    enum rc rc = make_stick(door, said);
    if (!rc)
        rc = begin_export(door, said);
    if (!rc)
        rc = guest_usb_pull(door->guest, "stick", said);
    if (!rc)
        rc = door_expect(door, "load cut", DOOR_WAIT_MS, said);
    if (!rc)
        rc = end_export(door, said);
    if (!rc)
        reason_set(said, "said to be pulled out too soon");
    return rc;
}

enum rc chapter_stick_out(void *context, struct reason *said)
{
    struct door *door = context;
    enum rc rc = begin_export(door, said);
    if (!rc)
        rc = door_expect(door, "load done", 120000, said);
    if (!rc)
        rc = end_export(door, said);
    if (!rc)
        rc = guest_usb_pull(door->guest, "stick", said);
    if (!rc)
        reason_set(said, "said to be out");
    return rc;
}

/* On this machine: one folder, its sums are right, and whoever was greeted is in it. */
enum rc chapter_stick_read(void *context, struct reason *said)
{
    struct door *door = context;
    char path[STICK_PATH_MAX];
    stick_path(door, path);
    enum rc rc = door_host(door, said,
                           "rm -rf '%s/out' && mkdir '%s/out' && fsck.vfat -n '%s/part' ; "
                           "dd if='%s' of='%s/part' bs=1M skip=1 status=none &&"
                           " mcopy -s -i '%s/part' '::*' '%s/out/'",
                           door->folder, door->folder, door->folder, path, door->folder,
                           door->folder, door->folder);
    if (!rc)
        rc = door_host(door, said,
                       "cd '%s/out' && set -- perron_* && [ $# -eq 1 ] && cd \"$1\" &&"
                       " sha256sum -c --quiet SHA256SUMS && grep -q Zo visits.csv &&"
                       " [ \"$(sqlite3 perron.db 'PRAGMA integrity_check')\" = ok ]",
                       door->folder);
    if (!rc)
        reason_set(said, "one folder, SHA256SUMS and database well, Zoé is in visits.csv");
    return rc;
}
