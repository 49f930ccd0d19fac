/* The directory of a zip. */
#include "app/exchange/workbook_zip.h"

#include <string.h>

uint32_t zip_number(const unsigned char *bytes, int count)
{
    uint32_t number = 0;
    for (int i = count - 1; i >= 0; i--)
        number = number << 8 | bytes[i];
    return number;
}

void zip_set_number(unsigned char *bytes, int count, uint32_t number)
{
    for (int i = 0; i < count; i++, number >>= 8)
        bytes[i] = (unsigned char)number;
}

bool zip_read_at(FILE *file, long at, unsigned char *out_bytes, size_t count)
{
    return !fseek(file, at, SEEK_SET) && fread(out_bytes, 1, count, file) == count;
}

static bool read_entry(FILE *file, long at, struct zip_part *out_part)
{
    unsigned char *entry = out_part->entry;
    if (!zip_read_at(file, at, entry, ZIP_ENTRY_BYTES) || zip_number(entry, 4) != 0x02014b50)
        return false;
    const size_t name = zip_number(entry + ZIP_ENTRY_NAME, 2);
    const size_t more = name + zip_number(entry + ZIP_ENTRY_NAME + 2, 2) +
                        zip_number(entry + ZIP_ENTRY_NAME + 4, 2);
    if (more > ZIP_NAME_BYTES || fread(entry + ZIP_ENTRY_BYTES, 1, more, file) != more)
        return false;
    out_part->entry_bytes = ZIP_ENTRY_BYTES + more;
    out_part->crc = zip_number(entry + ZIP_ENTRY_SUMS, 4);
    out_part->packed = zip_number(entry + ZIP_ENTRY_SUMS + 4, 4);
    out_part->length = zip_number(entry + ZIP_ENTRY_SUMS + 8, 4);
    out_part->at = zip_number(entry + ZIP_ENTRY_AT, 4);
    memcpy(out_part->name, entry + ZIP_ENTRY_BYTES, name);
    out_part->name[name] = 0;
    return true;
}

enum rc zip_each(FILE *file, const struct zip_hearer *hearer)
{
    unsigned char end[ZIP_END_BYTES];
    long size = fseek(file, 0, SEEK_END) ? -1 : ftell(file);
    if (size < ZIP_END_BYTES || !zip_read_at(file, size - ZIP_END_BYTES, end, sizeof end) ||
        zip_number(end, 4) != 0x06054b50)
        return RC_CORRUPT;
    const int count = (int)zip_number(end + ZIP_END_COUNT + 2, 2);
    long at = (long)zip_number(end + ZIP_END_AT, 4);
    enum rc rc = count > 0 ? RC_OK : RC_CORRUPT;
    for (int i = 0; !rc && i < count; i++) {
        struct zip_part part;
        if (!read_entry(file, at, &part))
            return RC_CORRUPT;
        rc = hearer->part(hearer->context, &part);
        at += (long)part.entry_bytes;
    }
    return rc;
}

enum rc zip_go_to(FILE *file, const struct zip_part *part)
{
    unsigned char local[ZIP_LOCAL_BYTES];
    if (!zip_read_at(file, part->at, local, sizeof local) || zip_number(local, 4) != 0x04034b50)
        return RC_CORRUPT;
    long skipped =
        (long)(zip_number(local + ZIP_LOCAL_NAME, 2) + zip_number(local + ZIP_LOCAL_MORE, 2));
    return fseek(file, skipped, SEEK_CUR) ? RC_IO : RC_OK;
}
