#include "app/store/venue_key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "firmware/base/hex.h"

#define HEADER "perron-venue-key 1 "
#define HEADER_LENGTH (sizeof HEADER - 1)
#define DIGITS (2 * HASH_KEY_BYTES)
#define LINE_LENGTH (HEADER_LENGTH + DIGITS + 1)
#define ID_LINE "id "

static void name_key(struct venue_key *key)
{
    uint8_t hash[16];
    struct hash_part part = {key->bytes, sizeof key->bytes};
    hash_parts(NULL, &part, 1, hash, sizeof hash);
    hex_encode(hash, VENUE_KEY_ID_BYTES, key->id);
}

void venue_key_make(struct venue_key *out_key)
{
    hash_random(out_key->bytes, sizeof out_key->bytes);
    name_key(out_key);
}

static void write_line(const struct venue_key *key, char out_text[LINE_LENGTH + 1])
{
    memcpy(out_text, HEADER, HEADER_LENGTH);
    hex_encode(key->bytes, sizeof key->bytes, out_text + HEADER_LENGTH);
    strcpy(out_text + HEADER_LENGTH + DIGITS, "\n");
}

static enum rc read_line(const char *text, struct venue_key *out_key)
{
    struct venue_key key;
    size_t count = 0;
    if (memcmp(text, HEADER, HEADER_LENGTH) != 0 || text[LINE_LENGTH - 1] != '\n' ||
        hex_decode(text + HEADER_LENGTH, DIGITS, sizeof key.bytes, key.bytes, &count))
        return RC_CORRUPT;
    name_key(&key);
    *out_key = key;
    hash_forget(&key, sizeof key);
    return RC_OK;
}

enum rc venue_key_read(int folder_fd, struct venue_key *out_key)
{
    char text[256] = "";
    int fd = openat(folder_fd, VENUE_KEY_NAME, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return rc_from_errno(errno);
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    enum rc rc = length == (ssize_t)LINE_LENGTH ? read_line(text, out_key) : RC_CORRUPT;
    hash_forget(text, sizeof text);
    return rc;
}

enum rc venue_key_write(int folder_fd, const struct venue_key *key)
{
    char text[LINE_LENGTH + 1];
    int fd =
        openat(folder_fd, VENUE_KEY_NAME ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return rc_from_errno(errno);
    write_line(key, text);
    bool is_written = write(fd, text, LINE_LENGTH) == (ssize_t)LINE_LENGTH && fsync(fd) == 0;
    int error = errno;
    close(fd);
    hash_forget(text, sizeof text);
    if (!is_written)
        return error ? rc_from_errno(error) : RC_FULL;
    if (renameat(folder_fd, VENUE_KEY_NAME ".new", folder_fd, VENUE_KEY_NAME) || fsync(folder_fd))
        return rc_from_errno(errno);
    return RC_OK;
}

enum rc venue_key_seal(const struct venue_key *key, const char *venue, const struct seal_public *to,
                       const struct seal_out *out)
{
    char text[LINE_LENGTH + 400];
    struct seal *seal;
    enum rc rc = seal_begin(to, out, &seal);
    if (rc)
        return rc;
    write_line(key, text);
    int more = snprintf(text + LINE_LENGTH, sizeof text - LINE_LENGTH, ID_LINE "%s\nvenue %.200s\n",
                        key->id, venue);
    rc = seal_put(seal, text, LINE_LENGTH + (size_t)more);
    if (!rc)
        rc = seal_end(seal);
    seal_close(seal);
    hash_forget(text, sizeof text);
    return rc;
}

enum rc venue_key_parse(const char *text, size_t length, struct venue_key *out_key)
{
    struct venue_key key;
    size_t id_at = LINE_LENGTH + sizeof ID_LINE - 1, id_length = sizeof key.id - 1;
    if (length < id_at + id_length + 1)
        return RC_CORRUPT;
    enum rc rc = read_line(text, &key);
    if (!rc && (memcmp(text + LINE_LENGTH, ID_LINE, sizeof ID_LINE - 1) != 0 ||
                memcmp(text + id_at, key.id, id_length) != 0 || text[id_at + id_length] != '\n'))
        rc = RC_CORRUPT;
    if (!rc)
        *out_key = key;
    hash_forget(&key, sizeof key);
    return rc;
}
