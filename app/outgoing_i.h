/*
 * outgoing_i.h - the inside of what goes out, shared by outgoing.c (how it begins, and what came of
 * it) and outgoing_carry.c (the porter's part). Nobody else includes it.
 */
#ifndef APP_OUTGOING_I_H
#define APP_OUTGOING_I_H

#include <limits.h>

#include "app/diagnostics.h"
#include "app/export.h"
#include "app/outgoing.h"
#include "app/station_i.h"

struct outgoing {
    struct trip trip;
    struct job job; /* that it was taken out */
    enum load_work work;
    char data[PATH_MAX], root[PATH_MAX];
    struct venue venue; /* as it was: the loop reads it anew */
    struct clock_reading now;
    struct fact_id by;
    enum language language;
    int64_t free_bytes;
    struct reason why;

    struct export_choice choice;
    struct export_result result;

    char name[96]; /* of a single file, or of a person's folder */
    struct fact_id person;
    struct board board;
    struct machine_health health;
    json_t *status;
};

/* On the porter's thread; `trip` is the outgoing's. */
enum rc outgoing_carry_register(struct trip *trip, struct porter *porter) MUST_CHECK;
enum rc outgoing_carry_file(struct trip *trip, struct porter *porter) MUST_CHECK;
enum rc outgoing_carry_own_data(struct trip *trip, struct porter *porter) MUST_CHECK;

#endif
