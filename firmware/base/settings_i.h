/*
 * settings_i.h - what settings.c and settings_value.c share: one file while it is read.
 */
#ifndef FIRMWARE_BASE_SETTINGS_I_H
#define FIRMWARE_BASE_SETTINGS_I_H

#include <stdio.h>

#include "firmware/base/settings.h"

#define SETTINGS_SECTION_BYTES 160

struct settings_reading {
    const char *name; /* of the file, without its folders */
    const struct settings_row *rows;
    int count;
    void *values;
    const struct settings_family *families;
    int family_count;
    const struct settings_family *family; /* of the section that is being read; NULL: no member */
    void *member;
    int member_line;
    char member_section[SETTINGS_SECTION_BYTES];
    struct reason *reason;
    const struct settings_file *told; /* that all mistakes are told to; NULL: the first ends it */
    enum rc rc;
    int line;                    /* of the line libinih was given last */
    bool is_over;                /* nothing more is read */
    bool is_lost;                /* what stands in this section was refused with its head */
    int seen[SETTINGS_ROWS_MAX]; /* the line each row stood on; 0: not yet */
    bool is_partial;             /* what is missing stands elsewhere */
    int member_seen[SETTINGS_ROWS_MAX];
    FILE *file;
};

/* Some rows, where their values go, and which of them stood there by now. */
struct settings_table {
    const struct settings_row *rows;
    int count;
    void *values;
    int *seen;
    const char *section; /* NULL: each row has its own */
};

/* Tells of a mistake on the line that is read. Returns what libinih is told: 0 to stop. */
int settings_complain(struct settings_reading *reading, const char *format, ...) PRINTF_LIKE(2, 3);
int settings_complain_why(struct settings_reading *reading, const struct reason *why);

/* The same, of a row's value or the lack of it. */
int settings_complain_of(struct settings_reading *reading, const struct settings_row *row,
                         const char *format, ...) PRINTF_LIKE(3, 4);

/* The same, of a key, or of a section, that no row of the table has. */
int settings_unknown(struct settings_reading *reading, const struct settings_table *table,
                     const char *section, const char *key);

/* Takes a row's value; once. */
int settings_take(struct settings_reading *reading, const struct settings_table *table, int place,
                  const char *text);

#endif
