/*
 * workbook_zip.h - a workbook as the zip that it is (PKWARE APPNOTE 6.3, without zip64):
 * workbook_zip.c (its directory), workbook_pack.c (rows packed while they are written),
 * workbook_bind.c (these put into the parts they belong to) and workbook_check.c (read back).
 * Nobody else includes it.
 */
#ifndef APP_EXCHANGE_WORKBOOK_ZIP_H
#define APP_EXCHANGE_WORKBOOK_ZIP_H

#include <stdio.h>
#define ZLIB_CONST
#include <zlib.h>

#include "app/exchange/workbook_i.h"

#define WORKBOOK_PACK_MEMORY 8 /* zlib's own choice, 256 KiB */

#define ZIP_END_BYTES 22   /* of the record at the end, which names the directory */
#define ZIP_ENTRY_BYTES 46 /* of an entry there, before its name */
#define ZIP_LOCAL_BYTES 30 /* of what stands before the part itself, before its name */
#define ZIP_NAME_BYTES 256 /* of a name, and what else is said behind it */

/* Where numbers stand in these. */
enum { ZIP_END_COUNT = 8, ZIP_END_SIZE = 12, ZIP_END_AT = 16 };
enum { ZIP_LOCAL_SUMS = 14, ZIP_LOCAL_NAME = 26, ZIP_LOCAL_MORE = 28 };
enum { ZIP_ENTRY_SUMS = 16, ZIP_ENTRY_NAME = 28, ZIP_ENTRY_AT = 42 };

struct zip_part {
    uint32_t crc, packed, length; /* its sums, in the order both headers say them */
    uint32_t at;                  /* its local header */
    char name[ZIP_NAME_BYTES + 1];
    unsigned char entry[ZIP_ENTRY_BYTES + ZIP_NAME_BYTES];
    size_t entry_bytes;
};

struct zip_hearer {
    void *context;
    enum rc (*part)(void *context, const struct zip_part *part);
};

uint32_t zip_number(const unsigned char *bytes, int count);
void zip_set_number(unsigned char *bytes, int count, uint32_t number);
bool zip_read_at(FILE *file, long at, unsigned char *out_bytes, size_t count);

/*
 * Each part in the order of the directory, with its file wherever the hearer left it. RC_CORRUPT:
 * there is no directory, or nothing in it. What the hearer returns instead of RC_OK ends it.
 */
enum rc zip_each(FILE *file, const struct zip_hearer *hearer) MUST_CHECK;

/* Goes to the part itself, behind its local header. */
enum rc zip_go_to(FILE *file, const struct zip_part *part) MUST_CHECK;

/* --- rows that are packed --- */

/* Of one sheet: a deflate stream without an end, up to a whole byte. */
struct workbook_packed {
    int64_t at; /* in the file of all */
    uint64_t packed, length;
    uLong crc; /* of these rows alone */
};

/* The file of all rows, at those of this sheet (the first is 0). NULL: it cannot be read. */
FILE *workbook_pack_rows(const struct workbook_pack *pack, int sheet,
                         struct workbook_packed *out_packed);
int workbook_pack_sheets(const struct workbook_pack *pack);

#endif
