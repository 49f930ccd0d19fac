/*
 * stick_tree.h - udisks2's list of all its objects, read into drives that could be a stick.
 *
 * The answer of GetManagedObjects is untrusted as the sticks are: labels, paths and their number
 * come from outside. Every block is folded into its drive while it is read, so memory does not grow
 * with them; drives beyond STICK_TREE_DRIVES are not seen. Source: udisks2's D-Bus interfaces
 * Drive, Block, Partition, PartitionTable and Filesystem, version 2.9. Pure; any thread.
 */
#ifndef FIRMWARE_LINUX_STICK_TREE_H
#define FIRMWARE_LINUX_STICK_TREE_H

#include <systemd/sd-bus.h>

#include "firmware/port/stick.h"

#define STICK_TREE_DRIVES 32
#define STICK_TREE_PATH 256 /* of an object on the bus */

/* A block device: the whole of it, or a partition. */
struct stick_part {
    char path[STICK_TREE_PATH]; /* of its object; "": there is none */
    uint64_t device;            /* its number, as of stat() */
    int64_t size_bytes;
    char label[64], file_system[16];
    bool is_read_only, is_mounted;
};

struct stick_drive {
    char path[STICK_TREE_PATH];
    bool is_told;     /* the drive itself was in the list, not only its blocks */
    bool can_be_held; /* in a hand: it is removable, or on the usb bus */
    bool has_medium, can_power_off;
    bool is_system; /* it holds the system, or whoever set this computer up keeps it for that */
    int64_t plugged_us;
    int partitions;
    int candidates; /* partitions that are taken */
    struct stick_part whole, candidate, foreign;
};

struct stick_tree {
    int count;
    struct stick_drive drives[STICK_TREE_DRIVES];
};

/* RC_BAD_INPUT: no such list. */
enum rc stick_tree_read(sd_bus_message *message, struct stick_tree *out_tree) MUST_CHECK;

/* What can be told of it before anybody looks at the kernel's files, and which part is meant.
 * False: it is no stick. */
bool stick_tree_judge(const struct stick_drive *drive, struct stick_info *out_info,
                      struct stick_part *out_part);

/* "vfat" and "exfat". */
bool stick_tree_takes(const char *file_system);

/* Fit to show: UTF-8 without controls, spaces at its ends or several in a row, cut to `size`. */
void stick_tree_clean_label(const char *text, char *out_label, size_t size);

#endif
