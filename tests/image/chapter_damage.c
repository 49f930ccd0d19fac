/* A card that wears out: what can be mended is mended, what cannot is said. */
#include <stdio.h>
#include <string.h>

#include "tests/image/chapters.h"
#include "tests/image/door.h"
#include "tests/image/guest_screen.h"

#define STUCK_MS 300000

/* The shell's words for where the data partition begins in the card's image, in bytes. */
#define WITH_DATA                                                                                  \
    "card='%s' && at=$(($(sfdisk -d \"$card\" | sed -n 's/^.*3 *: start= *\\([0-9]*\\).*/\\1/p')"  \
    " * 512)) && disk=\"$card?offset=$at\""

/* Something that e2fsck mends without asking would prove nothing. */
static enum rc damage_folder(struct door *door, struct reason *said)
{
    return door_host(door, said,
                     WITH_DATA
                     " && block=$(debugfs -R 'blocks /timesync' \"$disk\") &&"
                     " head -c 4096 /dev/urandom | dd of=\"$card\" bs=4096 conv=notrunc"
                     " seek=$((at / 4096 + block)) && debugfs -w -R 'ssv state 2' \"$disk\""
                     " && { e2fsck -p \"$disk\"; [ $? -ge 4 ]; }",
                     door->card);
}

enum rc chapter_card_mended(void *context, struct reason *said)
{
    struct door *door = context;
    long before = 0, after = 0;
    enum rc rc = door_count_visits(door, 0, &before, said);
    if (!rc)
        rc = guest_do(door->guest, "sync", DOOR_WAIT_MS, said);
    door_cut(door);
    if (!rc)
        rc = damage_folder(door, said);
    if (!rc)
        rc = door_switch_on(door, said);
    if (!rc)
        rc = door_wait_ready(door, said);
    if (!rc)
        rc = door_count_visits(door, 0, &after, said);
    if (!rc && (after != before || !before)) {
        reason_set(said, "%ld visits before, %ld afterwards", before, after);
        rc = RC_REFUSED;
    }
    if (!rc)
        reason_set(said, "a folder in ruins was mended at the start, %ld visits are there", after);
    return rc;
}

enum rc chapter_card_lost(void *context, struct reason *said)
{
    struct door *door = context, lost = *door;
    char card[DOOR_PATH_MAX + 16];
    door_cut(door);
    snprintf(card, sizeof card, "%s/lost.img", door->folder);
    lost.card = card;
    lost.guest = NULL;
    lost.reader = NULL;
    enum rc rc = door_host(door, said,
                           "cp --sparse=always '%s' '%s' && " WITH_DATA
                           " && dd if=/dev/zero of=\"$card\" bs=1M count=64 conv=notrunc"
                           " seek=$((at / 1048576))",
                           door->card, card, card);
    if (!rc)
        rc = door_switch_on(&lost, said);
    if (!rc)
        rc =
            guest_do(lost.guest,
                     "i=0; until grep -q 'La carte ne se lit pas' /dev/vcs1; do i=$((i+1));"
                     " [ $i -lt 180 ] || { systemctl --failed --no-pager; exit 1; }; sleep 1; done",
                     STUCK_MS, said);
    if (!rc) /* grey letters are seen, not only written */
        rc = guest_screen_wait_colour(lost.guest, (struct difference_area){0}, 0xAAAAAA, 60, 0.005,
                                      STUCK_MS / 5, said);
    if (!rc)
        rc = guest_wait_end(lost.guest, STUCK_MS, said);
    door_cut(&lost);
    (void)!door_host(door, NULL, "rm -f '%s'", card);
    if (!rc)
        reason_set(said, "said on the screen; it starts again by itself");
    return rc;
}
