#include <stdio.h>
#include <string.h>

#include "tests/image/chapters.h"
#include "tests/image/spoil.h"
#include "tests/image/stick_trial.h"

#define FUZZED 16
#define FUZZED_OUT 2 /* so many of them are exported to */

/* --- none that can be used --- */

/* As a computer of a Windows house has it: the first sector, and the records it leads to. */
#define NTFS                                                                                       \
    "truncate -s 16M \"$f\" && { printf '\\353R\\220NTFS    \\0\\2\\10' ;"                         \
    " head -c 7 /dev/zero; printf '\\370'; head -c 18 /dev/zero;"                                  \
    " printf '\\0\\170\\0\\0\\0\\0\\0\\0\\4\\0\\0\\0\\0\\0\\0\\0\\2\\0\\0\\0\\0\\0\\0\\0\\366'; }" \
    " | dd of=\"$f\" conv=notrunc status=none && for at in 8192 16384 17408 18432 19456; do"       \
    " printf 'FILE0' | dd of=\"$f\" conv=notrunc bs=1 seek=$at status=none; done &&"               \
    " printf 'U\\252' | dd of=\"$f\" conv=notrunc bs=1 seek=510 status=none"

/* Made by a shell of this machine: $f is the file, $good a good stick. */
static const struct unusable {
    const char *name, *make, *said;
} unusable[] = {
    {"zeros", "truncate -s 64M \"$f\"", "load there blank"},
    {"a table with nothing in it", "truncate -s 64M \"$f\" && echo 'label: dos' | sfdisk -q \"$f\"",
     "load there blank"},
    {"a reader without a card", ": >\"$f\"", "load there empty"},
    {"one sector", "truncate -s 512 \"$f\"", "load there blank"},
    {"ext4", "truncate -s 64M \"$f\" && mkfs.ext4 -q -F \"$f\"", "load there foreign"},
    {"swap", "truncate -s 64M \"$f\" && mkswap \"$f\"", "load there foreign"},
    {"NTFS", NTFS, "load there foreign"},
    {"two partitions",
     "cp --sparse=always \"$good\" \"$f\" && truncate -s 128M \"$f\" &&"
     " printf 'start=1MiB,size=63MiB,type=c\\nstart=64MiB,type=c\\n' | sfdisk -q --label dos \"$f\""
     " && mkfs.vfat -F 32 -s 1 --offset 131072 \"$f\" 65000",
     "load there several"},
    {"no table, FAT32 at once", "truncate -s 64M \"$f\" && mkfs.vfat -I -F 32 -s 1 \"$f\"",
     "load looked"},
    {"smaller than its table says", "cp --sparse=always \"$good\" \"$f\" && truncate -s 8M \"$f\"",
     "load (looked|refused damaged|there blank)"},
    {"cut off in its first table of clusters",
     "cp --sparse=always \"$good\" \"$f\" && truncate -s 1100K \"$f\"",
     "load (looked|refused damaged|there blank)"},
};

static enum rc try_unusable(struct door *door, const struct unusable *row, struct reason *said)
{
    char line[DOOR_LINE_BYTES], file[STICK_PATH_MAX];
    snprintf(file, sizeof file, "%s", trial_path(door, "unusable"));
    enum rc rc = door_host(door, said, "f='%s'; good='%s'; rm -f \"$f\"; %s", file,
                           trial_path(door, "good"), row->make);
    if (!rc)
        rc = stick_plug(door, "unusable", false, said);
    if (!rc)
        rc = door_hear(door, row->said, TRIAL_SETTLE_MS, line, said);
    if (!rc)
        rc = trial_pull(door, said);
    return rc ? rc : trial_check_alive(door, said);
}

enum rc chapter_sticks_unusable(void *context, struct reason *said)
{
    struct door *door = context;
    int count = sizeof unusable / sizeof unusable[0];
    enum rc rc = trial_make_good(door, "good", said);
    if (!rc)
        rc = trial_begin(door, said);
    if (!rc)
        rc = trial_tap_and_walk(door, said);
    for (int i = 0; !rc && i < count; i++) {
        rc = try_unusable(door, &unusable[i], said);
        if (rc) {
            struct reason why = *said;
            reason_set(said, "%s: %s", unusable[i].name, why.text);
        }
    }
    if (!rc)
        rc = trial_tap(door, said);
    if (!rc)
        reason_set(said, "%d of them, each told as what it is", count);
    return rc;
}

/* --- fuzzed --- */

/* Until it is open and looked through, or cannot be used: that line, or what it was opened as. */
static enum rc hear_settled(struct door *door, char out_line[DOOR_LINE_BYTES], struct reason *said)
{
    enum rc rc = door_hear(
        door,
        "load (there (blank|foreign|several|empty|types|damaged|not allowed)|refused .*|open.*)",
        TRIAL_SETTLE_MS, out_line, said);
    bool is_open = !rc && strncmp(out_line, "load open", 9) == 0;
    return is_open ? door_expect(door, "load looked", TRIAL_SETTLE_MS, said) : rc;
}

struct fuzzing {
    enum spoil spoil;
    int opened, refused, early, exports, done;
};

/*
 * What was said to be done is read again from the stick, by the kernel that wrote it: programs of
 * this machine refuse a table whose other entries are nonsense.
 */
static enum rc check_done(struct door *door, struct reason *said)
{
    char line[DOOR_LINE_BYTES];
    enum rc rc = stick_plug(door, "fuzzed", true, said);
    if (!rc)
        rc = hear_settled(door, line, said);
    if (!rc)
        rc = guest_do(
            door->guest,
            "cd \"$(findmnt -no TARGET -t vfat | grep -v '^/boot' | head -n 1)\"/" TRIAL_NEWER
            " && sha256sum -c --quiet SHA256SUMS",
            DOOR_WAIT_MS, said);
    return rc ? rc : trial_pull(door, said);
}

static enum rc export_to_fuzzed(struct door *door, struct fuzzing *fuzzing, struct reason *said)
{
    char line[DOOR_LINE_BYTES] = "";
    door_sleep_ms(1500); /* what can be done is on the screen */
    enum rc rc = trial_begin_export(door, said);
    if (!rc)
        rc = door_hear(door, "load (done|failed)", TRIAL_EXPORT_MS, line, said);
    bool is_done = strcmp(line, "load done") == 0;
    fuzzing->exports++;
    fuzzing->done += is_done;
    if (!rc)
        rc = stick_pull(door, said);
    if (!rc && !is_done)
        rc = door_expect(door, "load cut", DOOR_WAIT_MS, said);
    if (!rc)
        rc = trial_leave_export(door, is_done, said);
    return rc || !is_done ? rc : check_done(door, said);
}

/* What can be written to, more often than not. */
static bool may_export(const struct fuzzing *fuzzing)
{
    static const bool may[SPOIL_COUNT] = {
        [SPOIL_FAT_BYTES] = true,   [SPOIL_FAT_LOOPS] = true,    [SPOIL_ENTRY_EDGES] = true,
        [SPOIL_ENTRY_NAMES] = true, [SPOIL_FOLDER_LOOPS] = true, [SPOIL_EVERYWHERE] = true,
    };
    return fuzzing->exports < FUZZED_OUT && may[fuzzing->spoil];
}

static enum rc try_fuzzed(struct door *door, struct fuzzing *fuzzing, struct reason *said)
{
    char line[DOOR_LINE_BYTES];
    enum rc rc = stick_copy(door, "good", "fuzzed", said);
    if (!rc)
        rc = spoil_file(trial_path(door, "fuzzed"), fuzzing->spoil, &door->random, said);
    if (!rc)
        rc = door_seen(door, said);
    if (!rc)
        rc = stick_plug(door, "fuzzed", random_below(&door->random, 6) == 0, said);
    if (rc)
        return rc;
    if (random_below(&door->random, 4) == 0) { /* as soon as something is seen of it */
        rc = door_expect(door, "load there .*", TRIAL_SETTLE_MS, said);
        door_sleep_ms((int)random_below(&door->random, 1500));
        fuzzing->early++;
        return rc ? rc : trial_pull(door, said);
    }
    rc = hear_settled(door, line, said);
    bool is_open = !rc && strncmp(line, "load open", 9) == 0;
    fuzzing->opened += is_open;
    fuzzing->refused += !rc && !is_open;
    if (!rc && strcmp(line, "load open") == 0 && may_export(fuzzing))
        return export_to_fuzzed(door, fuzzing, said);
    return rc ? rc : trial_pull(door, said);
}

enum rc chapter_sticks_fuzzed(void *context, struct reason *said)
{
    struct door *door = context;
    struct fuzzing fuzzing = {0};
    enum rc rc = trial_make_good(door, "good", said);
    if (!rc)
        rc = trial_add_lists(door, "good", said);
    if (!rc)
        rc = trial_begin(door, said);
    for (int i = 0; !rc && i < FUZZED; i++) {
        fuzzing.spoil =
            i < SPOIL_COUNT ? (enum spoil)i : (enum spoil)random_below(&door->random, SPOIL_COUNT);
        if (i % 6 == 0)
            rc = trial_tap_and_walk(door, said);
        if (!rc)
            rc = try_fuzzed(door, &fuzzing, said);
        if (!rc)
            rc = trial_check_alive(door, said);
        if (rc) {
            struct reason why = *said;
            reason_set(said, "%d, %s: %s", i, spoil_name(fuzzing.spoil), why.text);
        }
    }
    if (!rc)
        rc = trial_tap(door, said);
    if (!rc)
        reason_set(said, "%d opened, %d refused, %d pulled out early; %d of %d exports done, whole",
                   fuzzing.opened, fuzzing.refused, fuzzing.early, fuzzing.done, fuzzing.exports);
    return rc;
}
