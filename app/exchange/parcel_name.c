/* What parcels are called, so that every file system takes it. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "app/exchange/parcel_i.h"
#include "firmware/base/utf8.h"

#define DATE_LENGTH 10
#define VENUE_LENGTH 48
#define NUMBER_MAX 999
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."

void parcel_make_name(int day, const char *venue, char out_name[PARCEL_NAME_BYTES])
{
    char folded[4 * VENUE_LENGTH];
    size_t used = (size_t)snprintf(out_name, PARCEL_NAME_BYTES, "%04d-%02d-%02d", day / 10000,
                                   day / 100 % 100, day % 100);
    const size_t end = used + VENUE_LENGTH;
    utf8_fold(venue, folded, sizeof folded);
    bool is_between = true; /* the words so far end */
    for (const char *at = folded; *at && used < end; at++) {
        bool is_letter = isascii((unsigned char)*at) && isalnum((unsigned char)*at);
        if (is_letter && is_between) {
            out_name[used] = used == DATE_LENGTH ? '_' : '-';
            used++;
        }
        if (is_letter)
            out_name[used++] = *at;
        is_between = !is_letter;
    }
    out_name[used] = 0;
    if (used == DATE_LENGTH)
        snprintf(out_name + used, PARCEL_NAME_BYTES - used, "_perron");
}

/* What Windows takes for a device, whatever comes behind the first dot. */
static bool is_device(const char *name, size_t length)
{
    static const char *const devices[] = {"con", "prn", "aux", "nul", "com?", "lpt?"};
    size_t end = strcspn(name, ".");
    end = end < length ? end : length;
    for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++) {
        size_t letters = strcspn(devices[i], "?");
        bool is_numbered = devices[i][letters];
        if (end == letters + is_numbered && strncasecmp(name, devices[i], letters) == 0 &&
            (!is_numbered || isdigit((unsigned char)name[letters])))
            return true;
    }
    return false;
}

static bool is_step(const char *name, size_t length)
{
    return length > 0 && strspn(name, LETTERS) >= length && name[0] != '.' && name[0] != '-' &&
           name[length - 1] != '.' && !is_device(name, length);
}

bool parcel_is_plain(const char *name)
{
    size_t length = strlen(name);
    return length < PARCEL_FILE_BYTES && is_step(name, length);
}

bool parcel_is_path(const char *name)
{
    if (strlen(name) >= PARCEL_FILE_BYTES)
        return false;
    for (int depth = 0; depth <= PARCEL_DEPTH_MAX; depth++) {
        size_t length = strcspn(name, "/");
        if (!is_step(name, length))
            return false;
        if (!name[length])
            return true;
        name += length + 1;
    }
    return false;
}

bool parcel_is_clash(const char *one, const char *other)
{
    for (;;) {
        size_t length = strcspn(one, "/");
        if (length != strcspn(other, "/") || strncasecmp(one, other, length) != 0)
            return false;
        if (!one[length] || !other[length] || strncmp(one, other, length) != 0)
            return true;
        one += length + 1;
        other += length + 1;
    }
}

bool parcel_number_name(const char *base, int number, char out_name[PARCEL_NAME_BYTES])
{
    char suffix[8] = "";
    if (number > NUMBER_MAX)
        return false;
    if (number > 1)
        snprintf(suffix, sizeof suffix, "_%d", number);
    snprintf(out_name, PARCEL_NAME_BYTES, "%.*s%s", PARCEL_BASE_BYTES - 1, base, suffix);
    return true;
}

bool parcel_is_part(const char *name)
{
    static const char shape[] = ".dddd-dd-dd_";
    size_t length = strlen(name), suffix = strlen(PARCEL_PART);
    if (length <= strlen(shape) + suffix || length >= PARCEL_NAME_BYTES ||
        strcmp(name + length - suffix, PARCEL_PART) != 0)
        return false;
    for (size_t i = 0; shape[i]; i++)
        if (shape[i] == 'd' ? !isdigit((unsigned char)name[i]) : name[i] != shape[i])
            return false;
    return strspn(name, LETTERS) == length;
}
