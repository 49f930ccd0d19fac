/*
 * stick_udisks_i.h - what stick_udisks.c (which stick there is) and stick_steps.c (taking it and
 * letting it go) share. Theirs alone.
 */
#ifndef FIRMWARE_LINUX_STICK_UDISKS_I_H
#define FIRMWARE_LINUX_STICK_UDISKS_I_H

#include "firmware/linux/stick_tree.h"
#include "firmware/linux/stick_udisks.h"

#define STICK_UDISKS_SERVICE "org.freedesktop.UDisks2"

struct stick_found {
    char drive[STICK_TREE_PATH]; /* its object */
    struct stick_part part;      /* the one that is meant, or the whole */
    struct stick_info info;
    bool can_power_off;
    int64_t plugged_us;
};

/* One thing at a time is asked of the stick; the order is the one they come in. */
enum step {
    STEP_NONE,
    STEP_CLEAR, /* somebody else mounted it, with options that are not ours */
    STEP_MOUNT,
    STEP_MEASURE,
    STEP_UNDO, /* it is mounted, and not as it should be */
    STEP_FLUSH,
    STEP_UNMOUNT,
    STEP_POWER_OFF,
    STEP_COUNT
};

struct stick_udisks {
    struct stick stick;
    char root[PATH_MAX];
    uint64_t systems[2]; /* the devices of "/" and of the data folder */
    int64_t now_ms;

    sd_bus *bus; /* NULL: not connected, tried again at retry_ms */
    int64_t retry_ms;
    bool has_more;          /* the bus has more to read than was read at once */
    sd_bus_slot *list_slot; /* not NULL: the list was asked for, at list_asked_ms */
    int64_t list_asked_ms;
    int64_t list_due_ms; /* INT64_MAX: nothing new */
    int64_t news_ms;     /* the first that is not in the list yet; INT64_MAX: there are none */
    int failures;        /* of lists, in a row */
    bool has_list;
    int64_t there_us; /* what was plugged in until then was there when the first list came */
    struct stick_tree tree;

    struct stick_found found;
    unsigned plugs, in, told; /* sticks so far; which is in; which the station knows of; 0: none */
    bool is_taken;
    char path[PATH_MAX]; /* where it is mounted */

    enum step step;
    int64_t step_ms;        /* when it began */
    sd_bus_slot *step_slot; /* of a call */
    int chore_fd;           /* of a chore; -1: none */
    bool is_cleared;        /* once is enough */
    struct stick_event answer;
    bool has_answer;
};

/* Begin taking it, or letting it go; an answer follows. */
void stick_steps_take(struct stick_udisks *udisks);
void stick_steps_let_go(struct stick_udisks *udisks);

/* Looks after the thread, and at the clock. */
void stick_steps_serve(struct stick_udisks *udisks);

/* INT64_MAX: nothing is under way. */
int64_t stick_steps_due_ms(const struct stick_udisks *udisks);

/* It is gone: what goes on is forgotten, but that it was let go. */
void stick_steps_forget(struct stick_udisks *udisks);

/* The bus is: what goes on is refused. */
void stick_steps_give_up(struct stick_udisks *udisks);

/* Nobody waits any more: what is taken is let go without looking how that ends. */
void stick_steps_close(struct stick_udisks *udisks);

#endif
