/*
 * The library's workbook, in whose sheets only the last row is, and the packed rows of all others,
 * become one file. A part of a sheet is made of three deflate streams: what stands before its rows,
 * these, and the rest with the end.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/exchange/workbook_zip.h"

#define CHUNK_BYTES (64 << 10)
#define SHEET_BYTES_MAX (1 << 20) /* of a sheet with one row */
#define BEFORE_ROWS "<sheetData>"
#define LAST_ROW "<row "
#define BEHIND_ROWS "</row></sheetData>"
#define NAME_FORMAT "xl/worksheets/sheet%d.xml" /* the library's, from 1 */

struct binding {
    const struct workbook_pack *pack;
    FILE *in, *out;
    unsigned char *directory; /* of what is written */
    size_t directory_bytes;
    int count, bound; /* parts, and those that are sheets */
    char chunk[CHUNK_BYTES];
};

/* A piece of a part. */
struct piece {
    const unsigned char *bytes;
    size_t length;
    unsigned char *packed;
    size_t packed_bytes;
};

static enum rc put_bytes(struct binding *binding, const void *bytes, size_t count)
{
    errno = 0;
    if (fwrite(bytes, 1, count, binding->out) == count)
        return RC_OK;
    return errno ? rc_from_errno(errno) : RC_FULL;
}

static enum rc copy_bytes(struct binding *binding, FILE *in, uint64_t count)
{
    enum rc rc = RC_OK;
    while (!rc && count > 0) {
        size_t step = count < CHUNK_BYTES ? (size_t)count : CHUNK_BYTES;
        if (fread(binding->chunk, 1, step, in) != step)
            return ferror(in) ? RC_IO : RC_CORRUPT;
        rc = put_bytes(binding, binding->chunk, step);
        count -= step;
    }
    return rc;
}

/* --- headers --- */

static void set_sums(unsigned char *bytes, const struct zip_part *part)
{
    zip_set_number(bytes, 4, part->crc);
    zip_set_number(bytes + 4, 4, part->packed);
    zip_set_number(bytes + 8, 4, part->length);
}

static enum rc note_part(struct binding *binding, const struct zip_part *part, long at)
{
    size_t size = binding->directory_bytes + part->entry_bytes;
    unsigned char *directory = realloc(binding->directory, size);
    if (!directory)
        return RC_NO_MEMORY;
    unsigned char *entry = directory + binding->directory_bytes;
    memcpy(entry, part->entry, part->entry_bytes);
    set_sums(entry + ZIP_ENTRY_SUMS, part);
    zip_set_number(entry + ZIP_ENTRY_AT, 4, (uint32_t)at);
    binding->directory = directory;
    binding->directory_bytes = size;
    binding->count++;
    return RC_OK;
}

/* The local header that the library wrote, with the sums of this part. */
static enum rc begin_part(struct binding *binding, const struct zip_part *part)
{
    unsigned char local[ZIP_LOCAL_BYTES];
    long at = ftell(binding->out);
    if (at < 0 || at > (long)UINT32_MAX - part->packed)
        return RC_LIMIT;
    if (!zip_read_at(binding->in, part->at, local, sizeof local))
        return RC_CORRUPT;
    set_sums(local + ZIP_LOCAL_SUMS, part);
    enum rc rc = note_part(binding, part, at);
    if (!rc)
        rc = put_bytes(binding, local, sizeof local);
    return rc ? rc
              : copy_bytes(binding, binding->in,
                           zip_number(local + ZIP_LOCAL_NAME, 2) +
                               zip_number(local + ZIP_LOCAL_MORE, 2));
}

static enum rc put_end(struct binding *binding)
{
    unsigned char end[ZIP_END_BYTES] = {'P', 'K', 5, 6};
    long at = ftell(binding->out);
    if (at < 0 || at > (long)UINT32_MAX || binding->count > UINT16_MAX)
        return RC_LIMIT;
    zip_set_number(end + ZIP_END_COUNT, 2, (uint32_t)binding->count);
    zip_set_number(end + ZIP_END_COUNT + 2, 2, (uint32_t)binding->count);
    zip_set_number(end + ZIP_END_SIZE, 4, (uint32_t)binding->directory_bytes);
    zip_set_number(end + ZIP_END_AT, 4, (uint32_t)at);
    enum rc rc = put_bytes(binding, binding->directory, binding->directory_bytes);
    return rc ? rc : put_bytes(binding, end, sizeof end);
}

/* --- a sheet --- */

/* Free it. */
static enum rc unpack(struct binding *binding, const struct zip_part *part, unsigned char **out_xml)
{
    z_stream stream = {.avail_in = part->packed, .avail_out = part->length};
    if (part->packed > SHEET_BYTES_MAX || part->length > SHEET_BYTES_MAX)
        return RC_LIMIT;
    unsigned char *packed = malloc((size_t)part->packed + part->length + 1);
    if (!packed)
        return RC_NO_MEMORY;
    unsigned char *xml = packed + part->packed;
    enum rc rc = zip_go_to(binding->in, part);
    if (!rc && fread(packed, 1, part->packed, binding->in) != part->packed)
        rc = RC_CORRUPT;
    stream.next_in = packed;
    stream.next_out = xml;
    if (!rc && inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        rc = RC_NO_MEMORY;
    else if (!rc) {
        rc = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_out == 0 ? RC_OK
                                                                                 : RC_CORRUPT;
        inflateEnd(&stream);
    }
    memmove(packed, xml, part->length);
    packed[part->length] = 0;
    *out_xml = packed;
    return rc;
}

/* Where the packed rows go: before the last one, which must be there to its end. */
static const unsigned char *find_place(const unsigned char *xml)
{
    const char *begin = strstr((const char *)xml, BEFORE_ROWS);
    const char *place = begin ? begin + strlen(BEFORE_ROWS) : NULL;
    return place && strncmp(place, LAST_ROW, strlen(LAST_ROW)) == 0 && strstr(place, BEHIND_ROWS)
               ? (const unsigned char *)place
               : NULL;
}

static enum rc pack_piece(struct piece *piece, int flush)
{
    z_stream stream = {.next_in = piece->bytes, .avail_in = (unsigned)piece->length};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, WORKBOOK_PACK_MEMORY,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return RC_NO_MEMORY;
    size_t room = deflateBound(&stream, (uLong)piece->length) + 16; /* and the flush */
    stream.next_out = piece->packed = malloc(room);
    stream.avail_out = (unsigned)room;
    if (piece->packed)
        deflate(&stream, flush);
    piece->packed_bytes = room - stream.avail_out;
    deflateEnd(&stream);
    return piece->packed ? RC_OK : RC_NO_MEMORY;
}

static uint32_t crc_of(const struct piece *before, const struct workbook_packed *rows,
                       const struct piece *behind)
{
    uLong crc = crc32(0, before->bytes, (unsigned)before->length);
    crc = crc32_combine(crc, rows->crc, (z_off_t)rows->length);
    uLong rest = crc32(0, behind->bytes, (unsigned)behind->length);
    return (uint32_t)crc32_combine(crc, rest, (z_off_t)behind->length);
}

static enum rc put_pieces(struct binding *binding, const struct zip_part *part, int sheet,
                          const struct piece *before, const struct piece *behind)
{
    struct workbook_packed rows;
    FILE *file = workbook_pack_rows(binding->pack, sheet, &rows);
    struct zip_part bound = *part;
    uint64_t packed = before->packed_bytes + rows.packed + behind->packed_bytes;
    uint64_t length = before->length + rows.length + behind->length;
    if (packed > UINT32_MAX || length > UINT32_MAX)
        return RC_LIMIT;
    bound.packed = (uint32_t)packed;
    bound.length = (uint32_t)length;
    bound.crc = crc_of(before, &rows, behind);
    enum rc rc = file ? begin_part(binding, &bound) : RC_IO;
    if (!rc)
        rc = put_bytes(binding, before->packed, before->packed_bytes);
    if (!rc)
        rc = copy_bytes(binding, file, rows.packed);
    return rc ? rc : put_bytes(binding, behind->packed, behind->packed_bytes);
}

static enum rc bind_sheet(struct binding *binding, const struct zip_part *part, int sheet)
{
    unsigned char *xml = NULL;
    struct piece before = {.packed = NULL}, behind = {.packed = NULL};
    enum rc rc = unpack(binding, part, &xml);
    const unsigned char *place = rc ? NULL : find_place(xml);
    if (!rc && !place)
        rc = RC_CORRUPT;
    if (!rc) {
        before = (struct piece){.bytes = xml, .length = (size_t)(place - xml)};
        behind = (struct piece){.bytes = place, .length = part->length - before.length};
        rc = pack_piece(&before, Z_SYNC_FLUSH);
    }
    if (!rc)
        rc = pack_piece(&behind, Z_FINISH);
    if (!rc)
        rc = put_pieces(binding, part, sheet, &before, &behind);
    binding->bound++;
    free(before.packed);
    free(behind.packed);
    free(xml);
    return rc;
}

/* --- all parts --- */

static int sheet_called(const struct binding *binding, const char *name)
{
    char called[sizeof NAME_FORMAT + 16];
    for (int sheet = 0; sheet < workbook_pack_sheets(binding->pack); sheet++) {
        snprintf(called, sizeof called, NAME_FORMAT, sheet + 1);
        if (strcmp(name, called) == 0)
            return sheet;
    }
    return -1;
}

static enum rc on_part(void *context, const struct zip_part *part)
{
    struct binding *binding = context;
    int sheet = sheet_called(binding, part->name);
    if (sheet >= 0)
        return bind_sheet(binding, part, sheet);
    enum rc rc = begin_part(binding, part);
    return rc ? rc : copy_bytes(binding, binding->in, part->packed);
}

enum rc workbook_bind(FILE *in, const struct workbook_pack *pack, FILE *out)
{
    struct binding *binding = calloc(1, sizeof *binding);
    if (!binding)
        return RC_NO_MEMORY;
    *binding = (struct binding){.pack = pack, .in = in, .out = out};
    const struct zip_hearer hearer = {binding, on_part};
    enum rc rc = zip_each(in, &hearer);
    if (!rc)
        rc = binding->bound == workbook_pack_sheets(pack) ? put_end(binding) : RC_CORRUPT;
    errno = 0;
    if (!rc && fflush(out))
        rc = errno ? rc_from_errno(errno) : RC_FULL;
    free(binding->directory);
    free(binding);
    return rc;
}
