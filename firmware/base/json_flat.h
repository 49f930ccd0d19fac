/*
 * json_flat.h - reads small objects as we write them ourselves, without taking memory: what a
 * journal is read again by.
 *
 * Plain means: no spaces, names and texts of printable ASCII without escapes, whole numbers of at
 * most 18 digits, pairs of them, true and false; no name twice. Whatever else may be JSON is left
 * to json_read_object, which says the same of plain objects. Pure; any thread.
 */
#ifndef FIRMWARE_BASE_JSON_FLAT_H
#define FIRMWARE_BASE_JSON_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JSON_FLAT_MEMBERS_MAX 12

enum json_flat_kind { JSON_FLAT_TEXT, JSON_FLAT_NUMBER, JSON_FLAT_PAIR, JSON_FLAT_BOOL };

struct json_flat_member {
    const char *name, *text; /* in the text that was read; not NUL-terminated */
    size_t name_length, text_length;
    enum json_flat_kind kind;
    int64_t numbers[2]; /* the number or 0 or 1, or both of a pair */
};

struct json_flat {
    struct json_flat_member members[JSON_FLAT_MEMBERS_MAX];
    size_t count;
};

/* False for an object that is not plain, and for what is none. */
bool json_flat_read(const char *text, size_t length, struct json_flat *out_object);

/* The member of that name and kind, or NULL. */
const struct json_flat_member *json_flat_find(const struct json_flat *object, const char *name,
                                              enum json_flat_kind kind);

#endif
