/*
 * stick_sim.h - a USB stick that is a folder of this machine.
 *
 * Deterministic: no time of its own, no thread, no descriptor, and nothing is mounted. What happens
 * to it becomes lines of the trace ("stick plugged", "stick take", "stick let go", "stick pulled").
 * The loop's thread only.
 */
#ifndef FIRMWARE_SIM_STICK_SIM_H
#define FIRMWARE_SIM_STICK_SIM_H

#include "firmware/base/trace.h"
#include "firmware/port/stick.h"

/* All texts are copied. What is left 0 or NULL makes a good stick that answers at once. */
struct stick_sim_spec {
    const char *folder;                /* absolute; whose it is, it stays */
    const char *label;                 /* NULL: "" */
    const char *file_system;           /* NULL: "vfat", or "" for one that is blank or empty */
    int64_t size_bytes, free_bytes;    /* 0: what the folder's own file system has */
    bool is_read_only;                 /* it says so; the folder is left as it is */
    enum stick_trouble trouble;        /* known as soon as it is plugged in */
    int64_t take_ms, let_go_ms;        /* how long either takes */
    enum stick_trouble take_trouble;   /* found out only when it is to be taken */
    const char *take_why, *let_go_why; /* not NULL: it is refused with this sentence */
    bool keeps_power;                  /* after it was let go it is there until it is pulled */
};

/* None is plugged in. `trace` outlives it; it may be NULL. */
enum rc stick_open_sim(struct trace *trace, struct stick **out_stick) MUST_CHECK;

/* RC_BUSY: one is in; RC_LIMIT: the folder's name is too long; RC_BAD_INPUT: it is not absolute. */
enum rc stick_sim_plug(struct stick *stick, const struct stick_sim_spec *spec) MUST_CHECK;

/* Whatever is going on. Without one nothing happens. */
void stick_sim_pull(struct stick *stick);

#endif
