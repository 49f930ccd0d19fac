#include "tests/support/needles.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/hex.h"
#include "tests/support/house.h"

#define BADGE_BYTES 10

void needles_add(struct needles *needles, const char *what, const void *bytes, size_t length)
{
    house_expect(needles->count < NEEDLES_MAX && length && length <= NEEDLE_BYTES,
                 "no room to look for %s", what);
    struct needle *needle = &needles->rows[needles->count++];
    *needle = (struct needle){.length = length};
    snprintf(needle->what, sizeof needle->what, "%s", what);
    memcpy(needle->bytes, bytes, length);
}

void needles_add_text(struct needles *needles, const char *what, const char *text)
{
    needles_add(needles, what, text, strlen(text));
}

/* --- words --- */

/* The next character of a text in UTF-8, below 0x10000. */
static unsigned next(const char **at)
{
    const unsigned char *c = (const unsigned char *)*at;
    int more = c[0] < 0x80 ? 0 : c[0] < 0xe0 ? 1 : 2;
    unsigned code = more == 0 ? c[0] : more == 1 ? c[0] & 0x1fU : c[0] & 0xfU;
    for (int i = 1; i <= more; i++)
        code = code << 6 | (c[i] & 0x3fU);
    *at += 1 + more;
    return code;
}

static void add_wide(struct needles *needles, const char *what, const char *text, int is_big)
{
    uint8_t bytes[NEEDLE_BYTES];
    size_t length = 0;
    while (*text && length + 2 <= sizeof bytes) {
        unsigned code = next(&text);
        bytes[length + !is_big] = (uint8_t)(code >> 8);
        bytes[length + is_big] = (uint8_t)code;
        length += 2;
    }
    needles_add(needles, what, bytes, length);
}

static void add_narrow(struct needles *needles, const char *what, const char *text)
{
    char latin[NEEDLE_BYTES], escaped[NEEDLE_BYTES];
    size_t length = 0, used = 0;
    while (*text && length < sizeof latin && used + 7 < sizeof escaped) {
        unsigned code = next(&text);
        latin[length++] = (char)code;
        used += (size_t)snprintf(escaped + used, sizeof escaped - used,
                                 code < 0x80 ? "%c" : "\\u%04x", code);
    }
    needles_add(needles, what, latin, length);
    needles_add(needles, what, escaped, used);
}

static void add_forms(struct needles *needles, const char *what, const char *text)
{
    needles_add_text(needles, what, text);
    add_wide(needles, what, text, 0);
    add_wide(needles, what, text, 1);
    add_narrow(needles, what, text);
}

void needles_add_words(struct needles *needles, const char *what, const char *text)
{
    char small[NEEDLE_BYTES];
    size_t length = strlen(text);
    house_expect(length >= 4 && length < sizeof small, "%s cannot be looked for", what);
    for (size_t i = 0; i <= length; i++)
        small[i] = (char)((unsigned char)text[i] < 0x80 ? tolower(text[i]) : text[i]);
    add_forms(needles, what, text);
    if (strcmp(small, text) != 0)
        add_forms(needles, what, small);
}

/* --- badges --- */

/* By hand: ten bytes are more than any type has. */
static void write_decimal(const uint8_t *bytes, size_t length, char *out_text)
{
    uint8_t rest[BADGE_BYTES];
    char digits[32];
    size_t count = 0;
    int is_left;
    memcpy(rest, bytes, length);
    do {
        unsigned carry = 0;
        is_left = 0;
        for (size_t i = 0; i < length; i++) {
            carry = carry << 8 | rest[i];
            rest[i] = (uint8_t)(carry / 10);
            carry %= 10;
            is_left |= rest[i];
        }
        digits[count++] = (char)('0' + carry);
    } while (is_left);
    for (size_t i = 0; i < count; i++)
        out_text[i] = digits[count - 1 - i];
    out_text[count] = 0;
}

static void add_digits(struct needles *needles, const uint8_t *bytes, size_t length)
{
    static const char separators[] = ":- ";
    char text[2 * BADGE_BYTES + 1], spread[3 * BADGE_BYTES + 1], decimal[32];
    hex_encode(bytes, length, text);
    for (int is_small = 0; is_small < 2; is_small++) {
        needles_add_text(needles, "badge, digits", text);
        for (size_t s = 0; s < 3; s++) {
            size_t used = 0;
            for (size_t i = 0; i < length; i++)
                used += (size_t)snprintf(spread + used, sizeof spread - used, "%.*s%.2s", i > 0,
                                         &separators[s], text + 2 * i);
            needles_add_text(needles, "badge, digits apart", spread);
        }
        for (char *at = text; *at; at++)
            *at = (char)tolower(*at);
    }
    write_decimal(bytes, length, decimal);
    needles_add_text(needles, "badge, decimal", decimal);
    if (length > 4)
        needles_add(needles, "badge, bytes", bytes, length);
}

void needles_add_badge(struct needles *needles, const char *digits)
{
    uint8_t bytes[BADGE_BYTES], reversed[BADGE_BYTES];
    size_t count;
    house_expect(!hex_decode(digits, strlen(digits), sizeof bytes, bytes, &count), "no badge: %s",
                 digits);
    for (size_t i = 0; i < count; i++)
        reversed[i] = bytes[count - 1 - i];
    add_digits(needles, bytes, count);
    add_digits(needles, reversed, count);
}

/* --- looking --- */

static void look(struct needles *needles, const char *path, const char *bytes, size_t size)
{
    needles->files++;
    needles->bytes += (long)size;
    for (size_t i = 0; i < needles->count; i++) {
        struct needle *needle = &needles->rows[i];
        if (!memmem(bytes, size, needle->bytes, needle->length))
            continue;
        needle->found++;
        if (!needles->found++)
            snprintf(needles->first, sizeof needles->first, "%s in %s", needle->what, path);
    }
}

void needles_search_file(struct needles *needles, const char *path)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) {
        size_t size = (size_t)status.st_size, done = 0;
        char *bytes = malloc(size + 1);
        house_expect(bytes != NULL, "no memory to look into %s", path);
        for (ssize_t got; done < size && (got = read(fd, bytes + done, size - done)) > 0;)
            done += (size_t)got;
        look(needles, path, bytes, done);
        free(bytes);
    }
    close(fd);
}

void needles_search_folder(struct needles *needles, const char *folder)
{
    struct dirent *entry;
    DIR *dir = opendir(folder);
    house_expect(dir != NULL, "there is no folder %s", folder);
    while ((entry = readdir(dir))) {
        char path[512];
        struct stat status;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            lstat(path, &status))
            continue;
        if (S_ISDIR(status.st_mode))
            needles_search_folder(needles, path);
        else
            needles_search_file(needles, path);
    }
    closedir(dir);
}
