/*
 * Rows, packed while they are written. Left alone, the library writes the rows of a sheet into a
 * file, copies them into another, and packs that when all is over: most of the time, and most of
 * the disk. So it is given a file for them that packs what it is told. The last row of a sheet is
 * still the library's when the sheet ends, and goes its way: its file is back by then.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/exchange/workbook_zip.h"

#define LEVEL 5 /* the size of 6, which the library takes, in two thirds of the time */
#define CHUNK_BYTES (64 << 10)

struct workbook_pack {
    FILE *file; /* the rows of all sheets, one behind the other */
    struct workbook_packed *sheets;
    int count;
    z_stream stream;
    lxw_worksheet *sheet; /* whose rows are coming; NULL: nobody's */
    FILE *rows, *theirs;  /* its file for rows: ours, and the library's own */
    enum rc rc;           /* the first failure */
    unsigned char out[CHUNK_BYTES];
};

/* --- the file --- */

/* It has no name by which anybody could open it, or find it after a power cut. */
static enum rc open_nameless(const char *folder, FILE **out_file)
{
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/rows-XXXXXX", folder) >= (int)sizeof path)
        return RC_LIMIT;
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd < 0)
        return rc_from_errno(errno);
    unlink(path);
    *out_file = fdopen(fd, "w+");
    if (*out_file)
        return RC_OK;
    close(fd);
    return RC_NO_MEMORY;
}

enum rc workbook_pack_new(const char *scratch_folder, struct workbook_pack **out_pack)
{
    struct workbook_pack *pack = calloc(1, sizeof *pack);
    if (!pack)
        return RC_NO_MEMORY;
    enum rc rc = deflateInit2(&pack->stream, LEVEL, Z_DEFLATED, -MAX_WBITS, WORKBOOK_PACK_MEMORY,
                              Z_DEFAULT_STRATEGY) == Z_OK
                     ? open_nameless(scratch_folder, &pack->file)
                     : RC_NO_MEMORY;
    if (rc)
        workbook_pack_free(pack);
    else
        *out_pack = pack;
    return rc;
}

void workbook_pack_free(struct workbook_pack *pack)
{
    if (!pack)
        return;
    (void)!workbook_pack_end(pack);
    deflateEnd(&pack->stream);
    if (pack->file)
        fclose(pack->file);
    free(pack->sheets);
    free(pack);
}

/* --- rows --- */

static enum rc deflate_all(struct workbook_pack *pack, int flush)
{
    struct workbook_packed *sheet = &pack->sheets[pack->count - 1];
    do {
        pack->stream.next_out = pack->out;
        pack->stream.avail_out = CHUNK_BYTES;
        deflate(&pack->stream, flush);
        size_t count = CHUNK_BYTES - pack->stream.avail_out;
        errno = 0;
        if (fwrite(pack->out, 1, count, pack->file) != count)
            return errno ? rc_from_errno(errno) : RC_IO;
        sheet->packed += count;
    } while (pack->stream.avail_out == 0);
    return RC_OK;
}

static ssize_t on_rows(void *cookie, const char *bytes, size_t count)
{
    struct workbook_pack *pack = cookie;
    struct workbook_packed *sheet = &pack->sheets[pack->count - 1];
    pack->stream.next_in = (const unsigned char *)bytes;
    pack->stream.avail_in = (unsigned)count;
    sheet->crc = crc32(sheet->crc, pack->stream.next_in, (unsigned)count);
    sheet->length += count;
    if (!pack->rc)
        pack->rc = deflate_all(pack, Z_NO_FLUSH);
    return pack->rc ? 0 : (ssize_t)count;
}

static enum rc add_sheet(struct workbook_pack *pack)
{
    size_t size = ((size_t)pack->count + 1) * sizeof *pack->sheets;
    struct workbook_packed *sheets = realloc(pack->sheets, size);
    if (!sheets)
        return RC_NO_MEMORY;
    pack->sheets = sheets;
    sheets[pack->count++] = (struct workbook_packed){.at = ftello(pack->file)};
    return RC_OK;
}

enum rc workbook_pack_begin(struct workbook_pack *pack, lxw_worksheet *sheet)
{
    enum rc rc = workbook_pack_end(pack);
    if (!rc)
        rc = add_sheet(pack);
    if (rc)
        return rc;
    pack->rows = fopencookie(pack, "w", (cookie_io_functions_t){.write = on_rows});
    if (!pack->rows)
        return RC_NO_MEMORY;
    setvbuf(pack->rows, NULL, _IOFBF, CHUNK_BYTES);
    deflateReset(&pack->stream);
    pack->sheet = sheet;
    pack->theirs = sheet->optimize_tmpfile;
    sheet->file = sheet->optimize_tmpfile = pack->rows;
    return RC_OK;
}

enum rc workbook_pack_settle(struct workbook_pack *pack)
{
    errno = 0;
    if (pack->rows && fflush(pack->rows) && !pack->rc)
        pack->rc = RC_IO;
    if (!pack->rc && fflush(pack->file))
        pack->rc = errno ? rc_from_errno(errno) : RC_FULL;
    return pack->rc;
}

/* To a whole byte, where another stream can follow. */
enum rc workbook_pack_end(struct workbook_pack *pack)
{
    if (!pack->sheet)
        return pack->rc;
    pack->sheet->file = pack->sheet->optimize_tmpfile = pack->theirs;
    pack->sheet = NULL;
    if (fclose(pack->rows) && !pack->rc)
        pack->rc = RC_IO;
    pack->rows = NULL;
    if (!pack->rc)
        pack->rc = deflate_all(pack, Z_SYNC_FLUSH);
    return workbook_pack_settle(pack);
}

FILE *workbook_pack_rows(const struct workbook_pack *pack, int sheet,
                         struct workbook_packed *out_packed)
{
    *out_packed = pack->sheets[sheet];
    return fseeko(pack->file, (off_t)out_packed->at, SEEK_SET) ? NULL : pack->file;
}

int workbook_pack_sheets(const struct workbook_pack *pack)
{
    return pack->count;
}
