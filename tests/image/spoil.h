/*
 * spoil.h - a good stick made bad: what a worn chip, a pulled plug, a careless program or somebody
 * who means harm leaves of a table with one FAT32 partition. The same chance gives the same harm.
 */
#ifndef TESTS_IMAGE_SPOIL_H
#define TESTS_IMAGE_SPOIL_H

#include "firmware/base/rc.h"
#include "tests/support/random.h"

enum spoil {
    SPOIL_TABLE_BYTES,  /* of the partitions: any bytes */
    SPOIL_TABLE_EDGES,  /* begins and sizes at an edge, a chain of partitions that comes back */
    SPOIL_BOOT_BYTES,   /* of the boot sector: any bytes */
    SPOIL_BOOT_EDGES,   /* its numbers at an edge */
    SPOIL_FAT_BYTES,    /* the table of clusters: any bytes */
    SPOIL_FAT_LOOPS,    /* chains that come back, and cross */
    SPOIL_ROOT_BYTES,   /* the root folder: any bytes */
    SPOIL_ENTRY_EDGES,  /* its entries: size, first cluster and kind at an edge */
    SPOIL_ENTRY_NAMES,  /* ... with names that lead out, or that no screen can show */
    SPOIL_FOLDER_LOOPS, /* folders that lie in themselves */
    SPOIL_EVERYWHERE,   /* any bytes, anywhere in what was written */
    SPOIL_CUT_OFF,      /* it ends before its table says so */
    SPOIL_COUNT
};

/* "boot-edges", ... */
const char *spoil_name(enum spoil spoil);

/*
 * Does that to the file. RC_BAD_INPUT: it has no table with a FAT32 partition first.
 */
enum rc spoil_file(const char *path, enum spoil spoil, struct random *random,
                   struct reason *reason) MUST_CHECK;

#endif
