/* SHA256SUMS: a line of it, and the whole list of a folder that no parcel made. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/exchange/outfile.h"
#include "app/exchange/parcel_i.h"
#include "firmware/base/hex.h"

static void lower(char *digits)
{
    for (; *digits; digits++)
        if (*digits >= 'A' && *digits <= 'F')
            *digits = (char)(*digits + ('a' - 'A'));
}

void parcel_write_line(const char *name, const uint8_t hash[HASH_BYTES],
                       char out_line[PARCEL_LINE_BYTES])
{
    char digits[2 * HASH_BYTES + 1];
    hex_encode(hash, HASH_BYTES, digits);
    lower(digits);
    snprintf(out_line, PARCEL_LINE_BYTES, "%s  %s\n", digits, name);
}

static enum rc write_line(struct outfile *file, int folder, const char *name, char *buffer)
{
    char line[PARCEL_LINE_BYTES];
    uint8_t hash[HASH_BYTES];
    int64_t bytes;
    const struct parcel_reader reader = {.buffer = buffer};
    enum rc rc = parcel_hash_file(folder, name, &reader, hash, &bytes);
    if (rc)
        return rc;
    parcel_write_line(name, hash, line);
    return outfile_write(file, line, strlen(line));
}

static enum rc write_lines(struct outfile *file, int folder, const char (*names)[PARCEL_FILE_BYTES],
                           size_t count)
{
    char *buffer = parcel_make_buffer();
    enum rc rc = buffer ? RC_OK : RC_NO_MEMORY;
    for (size_t i = 0; !rc && i < count; i++)
        rc = write_line(file, folder, names[i], buffer);
    free(buffer);
    return rc;
}

enum rc parcel_write_sums(const char *folder, const char (*names)[PARCEL_FILE_BYTES], size_t count,
                          struct reason *out_reason)
{
    struct outfile *file;
    enum rc rc = outfile_create(folder, PARCEL_SUMS, &file, out_reason);
    if (rc)
        return rc;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    rc = fd < 0 ? RC_IO : write_lines(file, fd, names, count);
    if (fd >= 0)
        close(fd);
    if (!rc)
        return outfile_commit(file, out_reason);
    outfile_abandon(file);
    return outfile_tell(rc, PARCEL_SUMS, out_reason);
}
