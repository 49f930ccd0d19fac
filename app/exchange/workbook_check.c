/*
 * A workbook read back: a zip of XML parts. The library copies parts through files of its own and
 * does not notice when their disk is full, so each part must come out as long as it is said to be,
 * and end with the element it began with.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/exchange/workbook_zip.h"

#define NAME_BYTES 48 /* of an element */
#define CHUNK_BYTES (64 << 10)

struct reading {
    FILE *file;
    z_stream stream;
    char head[512]; /* of the part */
    char tail[NAME_BYTES];
    size_t head_used, tail_used;
    unsigned char in[CHUNK_BYTES], out[CHUNK_BYTES];
};

/* --- a part --- */

static void keep_ends(struct reading *reading, size_t count)
{
    const char *out = (const char *)reading->out;
    size_t room = sizeof reading->head - 1 - reading->head_used;
    size_t more = count < room ? count : room;
    memcpy(reading->head + reading->head_used, out, more);
    reading->head_used += more;
    if (count >= sizeof reading->tail) {
        memcpy(reading->tail, out + count - sizeof reading->tail, sizeof reading->tail);
        reading->tail_used = sizeof reading->tail;
        return;
    }
    size_t kept = sizeof reading->tail - count;
    kept = kept < reading->tail_used ? kept : reading->tail_used;
    memmove(reading->tail, reading->tail + reading->tail_used - kept, kept);
    memcpy(reading->tail + kept, out, count);
    reading->tail_used = kept + count;
}

/* <?xml ...?> <name ...> ... </name> */
static bool ends_as_it_began(struct reading *reading)
{
    char name[NAME_BYTES - 3], end[NAME_BYTES];
    reading->head[reading->head_used] = 0;
    const char *begin = strstr(reading->head, "?>");
    begin = begin ? strchr(begin, '<') : NULL;
    if (!begin)
        return false;
    size_t length = strcspn(begin + 1, " >/\r\n");
    if (length >= sizeof name)
        return false;
    snprintf(name, sizeof name, "%.*s", (int)length, begin + 1);
    size_t count = (size_t)snprintf(end, sizeof end, "</%s>", name);
    while (reading->tail_used && strchr("\r\n", reading->tail[reading->tail_used - 1]))
        reading->tail_used--;
    return reading->tail_used >= count &&
           memcmp(reading->tail + reading->tail_used - count, end, count) == 0;
}

static bool unpack(struct reading *reading, const struct zip_part *part)
{
    uint32_t left = part->packed, crc = 0, length = 0;
    int said = Z_OK;
    reading->head_used = reading->tail_used = 0;
    while (said == Z_OK) {
        if (!reading->stream.avail_in && left) {
            size_t count = left < CHUNK_BYTES ? left : CHUNK_BYTES;
            if (fread(reading->in, 1, count, reading->file) != count)
                return false;
            reading->stream.next_in = reading->in;
            reading->stream.avail_in = (unsigned)count;
            left -= (uint32_t)count;
        }
        reading->stream.next_out = reading->out;
        reading->stream.avail_out = CHUNK_BYTES;
        said = inflate(&reading->stream, Z_NO_FLUSH);
        size_t count = CHUNK_BYTES - reading->stream.avail_out;
        crc = (uint32_t)crc32(crc, reading->out, (unsigned)count);
        length += (uint32_t)count;
        keep_ends(reading, count);
    }
    return said == Z_STREAM_END && crc == part->crc && length == part->length &&
           ends_as_it_began(reading);
}

static enum rc check_part(void *context, const struct zip_part *part)
{
    struct reading *reading = context;
    if (zip_go_to(reading->file, part))
        return RC_CORRUPT;
    reading->stream = (z_stream){.next_in = NULL};
    if (inflateInit2(&reading->stream, -MAX_WBITS) != Z_OK)
        return RC_NO_MEMORY;
    bool is_whole = unpack(reading, part);
    inflateEnd(&reading->stream);
    return is_whole ? RC_OK : RC_CORRUPT;
}

enum rc workbook_check(const char *path)
{
    struct reading *reading = calloc(1, sizeof *reading);
    if (!reading)
        return RC_NO_MEMORY;
    const struct zip_hearer hearer = {reading, check_part};
    reading->file = fopen(path, "re");
    enum rc rc = reading->file ? zip_each(reading->file, &hearer) : rc_from_errno(errno);
    if (reading->file)
        fclose(reading->file);
    free(reading);
    return rc;
}
