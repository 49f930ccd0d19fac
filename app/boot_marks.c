#include "app/boot_marks.h"

#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/exchange/infile.h"

#define NAME "boot.taken"
#define FILE_BYTES 65536
#define HEX (2 * HASH_BYTES)
#define NAME_BYTES 256
/* "taken KEY CONTENT" */
#define LINE_BYTES (2 * HEX + 16)

static const char *const states[BOOT_STATES] = {"", "taken", "wrong", "away"};

void boot_marks_key(const char *kind, const char *name, uint8_t out_key[HASH_BYTES])
{
    char small[NAME_BYTES + 1];
    size_t length = strnlen(name, NAME_BYTES);
    for (size_t i = 0; i < length; i++)
        small[i] = (char)tolower((unsigned char)name[i]);
    const struct hash_part parts[] = {{kind, strlen(kind) + 1}, {small, length}};
    hash_parts(NULL, parts, 2, out_key, HASH_BYTES);
}

/* --- from text, and to it --- */

static int digit_of(char letter)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = letter ? strchr(digits, letter) : NULL;
    return at ? (int)(at - digits) : -1;
}

static bool read_hash(const char *text, uint8_t out_hash[HASH_BYTES])
{
    for (int i = 0; i < HASH_BYTES; i++) {
        int high = digit_of(text[2 * i]), low = high < 0 ? -1 : digit_of(text[2 * i + 1]);
        if (low < 0)
            return false;
        out_hash[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

static char *write_hash(char *at, const uint8_t hash[HASH_BYTES])
{
    for (int i = 0; i < HASH_BYTES; i++)
        at += sprintf(at, "%02x", hash[i]);
    return at;
}

static bool read_line(const char *line, size_t length, struct boot_mark *out_mark)
{
    for (int state = BOOT_TAKEN; state < BOOT_STATES; state++) {
        size_t word = strlen(states[state]);
        const char *key = line + word + 1, *content = key + HEX + 1;
        if (length != word + 2 * (HEX + 1) || strncmp(line, states[state], word) != 0)
            continue;
        out_mark->state = (enum boot_state)state;
        return key[-1] == ' ' && content[-1] == ' ' && read_hash(key, out_mark->key) &&
               read_hash(content, out_mark->content);
    }
    return false;
}

struct boot_marks boot_marks_read(const char *data)
{
    struct boot_marks marks = {.count = 0};
    char path[PATH_MAX], *text = NULL;
    size_t length = 0;
    if (snprintf(path, sizeof path, "%s/" NAME, data) >= (int)sizeof path ||
        infile_read(path, FILE_BYTES, &text, &length, NULL))
        return marks;
    for (const char *line = text; line < text + length;) {
        const char *end = memchr(line, '\n', (size_t)(text + length - line));
        struct boot_mark mark;
        if (!end) /* half a line */
            break;
        if (read_line(line, (size_t)(end - line), &mark))
            boot_marks_set(&marks, &mark);
        line = end + 1;
    }
    free(text);
    return marks;
}

enum rc boot_marks_begin(const struct boot_marks *marks, const char *data,
                         struct outfile **out_file, struct reason *out_reason)
{
    struct outfile *file;
    enum rc rc = outfile_create(data, NAME, &file, out_reason);
    if (rc)
        return rc;
    for (int i = 0; !rc && i < marks->count; i++) {
        char line[LINE_BYTES], *at = line;
        at += sprintf(at, "%s ", states[marks->rows[i].state]);
        at = write_hash(at, marks->rows[i].key);
        *at++ = ' ';
        at = write_hash(at, marks->rows[i].content);
        *at++ = '\n';
        rc = outfile_write(file, line, (size_t)(at - line));
    }
    if (!rc)
        rc = outfile_settle(file);
    if (rc) {
        outfile_abandon(file);
        return outfile_tell(rc, NAME, out_reason);
    }
    *out_file = file;
    return RC_OK;
}

/* --- which is which --- */

static int find(const struct boot_marks *marks, const uint8_t key[HASH_BYTES])
{
    int at = 0;
    while (at < marks->count && memcmp(marks->rows[at].key, key, HASH_BYTES) != 0)
        at++;
    return at < marks->count ? at : -1;
}

enum boot_state boot_marks_find(const struct boot_marks *marks, const struct boot_mark *mark)
{
    int at = find(marks, mark->key);
    bool is_same = at >= 0 && !memcmp(marks->rows[at].content, mark->content, HASH_BYTES);
    return is_same ? marks->rows[at].state : BOOT_NEW;
}

static void remove_at(struct boot_marks *marks, int at)
{
    memmove(&marks->rows[at], &marks->rows[at + 1],
            (size_t)(marks->count - at - 1) * sizeof marks->rows[0]);
    marks->count--;
}

void boot_marks_forget(struct boot_marks *marks, const struct boot_mark *mark)
{
    int at = find(marks, mark->key);
    if (at >= 0)
        remove_at(marks, at);
}

void boot_marks_set(struct boot_marks *marks, const struct boot_mark *mark)
{
    boot_marks_forget(marks, mark);
    if (marks->count == BOOT_MARKS_MAX)
        remove_at(marks, 0);
    if (mark->state != BOOT_NEW)
        marks->rows[marks->count++] = *mark;
}

void boot_marks_renew(struct boot_marks *marks, const uint8_t key[HASH_BYTES])
{
    int at = find(marks, key);
    if (at < 0)
        return;
    const struct boot_mark mark = marks->rows[at];
    remove_at(marks, at);
    marks->rows[marks->count++] = mark;
}
