/*
 * udisks_sim.h - a stand-in for udisks2 on a message bus, on a thread of its own: objects as it
 * tells them, signals when they come and go, and calls answered as a test wishes.
 *
 * Nothing is mounted. Its fields are the test's before udisks_sim_start; later udisks_sim_lock
 * stands around a change.
 */
#ifndef TESTS_SUPPORT_UDISKS_SIM_H
#define TESTS_SUPPORT_UDISKS_SIM_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#define UDISKS_SIM_DRIVES 80
#define UDISKS_SIM_BLOCKS 400

struct udisks_sim_drive {
    const char *name; /* the last of its object's path */
    const char *bus;  /* NULL: "usb" */
    bool is_fixed;    /* it cannot be removed; nor its medium */
    bool is_optical, has_no_medium, cannot_power_off;
    uint64_t detected_us;
};

struct udisks_sim_block {
    const char *name, *drive; /* NULL: none, as a loop device has */
    const char *type, *label; /* of its file system; NULL: none */
    const char *usage;        /* NULL: "filesystem" where there is a type */
    uint64_t size_bytes;
    unsigned major, minor;
    bool is_partition, has_table, is_container, is_read_only, is_system, is_ignored;
    const char *partition_type; /* NULL: "0x0c" */
    const char *mounted;        /* NULL: it is not */
};

struct udisks_sim {
    struct udisks_sim_drive drives[UDISKS_SIM_DRIVES];
    struct udisks_sim_block blocks[UDISKS_SIM_BLOCKS];
    int drive_count, block_count;
    int strangers; /* so many objects more that are none of our business */
    const char *mount_path;
    const char *mount_errors[3]; /* of one call after the other; NULL: it works */
    const char *message;         /* what comes with an error; NULL: something */
    const char *unmount_error, *power_off_error, *list_error;
    bool is_deaf; /* calls on sticks are never answered */
    bool is_deaf_to_lists, tells_nonsense;
    char log[4096]; /* what was asked of it but for lists, a line each */
    int lists;      /* how often it was asked for one */
};

extern struct udisks_sim udisks_sim;

/* As it was at the beginning: no objects, calls work. */
void udisks_sim_reset(void);

/* False: it found no bus. */
bool udisks_sim_start(void);
void udisks_sim_stop(void);

void udisks_sim_lock(void);
void udisks_sim_unlock(void);

/* Adds it, and tells who listens once it runs. */
void udisks_sim_add_drive(const struct udisks_sim_drive *drive);
void udisks_sim_add_block(const struct udisks_sim_block *block);

/* Takes a drive away with its blocks. */
void udisks_sim_remove(const char *drive);

/* Something about an object is different now, or one of its faces is gone. */
void udisks_sim_tell_changed(const char *block);
void udisks_sim_tell_face_gone(const char *block);

#endif
