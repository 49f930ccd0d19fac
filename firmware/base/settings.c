#include "firmware/base/settings.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reading {
    const char *name; /* of the file, without its folders */
    const struct settings_row *rows;
    int count;
    void *values;
    struct reason *reason;
    enum rc rc;
    int line;                    /* of the line libinih was given last */
    int seen[SETTINGS_ROWS_MAX]; /* the line each row stood on; 0: not yet */
    FILE *file;
};

static int complain(struct reading *reading, const char *what)
{
    if (!reading->rc)
        reason_set(reading->reason, "%s:%d: %s", reading->name, reading->line, what);
    reading->rc = RC_BAD_INPUT;
    return 0;
}

static int complain_of_value(struct reading *reading, const struct settings_row *row,
                             const char *what)
{
    char text[320];
    snprintf(text, sizeof text, "'%s' in [%s] %s", row->key, row->section, what);
    return complain(reading, text);
}

/* "known keys are a, b, c" (or sections). */
static void list_known(const struct reading *reading, const char *section, char *out_text,
                       size_t size)
{
    size_t used = 0;
    const char *before = "";
    out_text[0] = 0;
    for (int i = 0; i < reading->count && used < size; i++) {
        const struct settings_row *row = &reading->rows[i];
        const char *word = section ? row->key : row->section;
        if ((section && strcmp(row->section, section) != 0) || strcmp(word, before) == 0)
            continue;
        used += (size_t)snprintf(out_text + used, size - used, "%s%s", used ? ", " : "", word);
        before = word;
    }
}

static int complain_of_key(struct reading *reading, const char *section, const char *key)
{
    char known[200], text[360];
    list_known(reading, section, known, sizeof known);
    if (known[0]) {
        snprintf(text, sizeof text, "unknown key '%.40s' in [%s]; known keys are %s", key, section,
                 known);
    } else {
        list_known(reading, NULL, known, sizeof known);
        snprintf(text, sizeof text, "unknown section [%.40s]; known sections are %s", section,
                 known);
    }
    return complain(reading, text);
}

static int take_text(struct reading *reading, const struct settings_row *row, const char *text)
{
    if (strlen(text) >= row->size)
        return complain_of_value(reading, row, "is too long");
    strcpy((char *)reading->values + row->offset, text);
    return 1;
}

static int take_number(struct reading *reading, const struct settings_row *row, const char *text)
{
    char *end, what[96];
    errno = 0;
    long number = strtol(text, &end, 10);
    if (end == text || *end || errno || number < row->min || number > row->max) {
        snprintf(what, sizeof what, "takes a whole number from %d to %d", row->min, row->max);
        return complain_of_value(reading, row, what);
    }
    *(int *)((char *)reading->values + row->offset) = (int)number;
    return 1;
}

static int take_choice(struct reading *reading, const struct settings_row *row, const char *text)
{
    char what[200] = "is one of:";
    for (int i = 0; row->words[i]; i++) {
        if (strcmp(row->words[i], text) == 0) {
            *(int *)((char *)reading->values + row->offset) = i;
            return 1;
        }
        snprintf(what + strlen(what), sizeof what - strlen(what), " %s", row->words[i]);
    }
    return complain_of_value(reading, row, what);
}

static int take_time(struct reading *reading, const struct settings_row *row, const char *text)
{
    unsigned hours, minutes;
    char rest;
    if (strlen(text) != 5 || sscanf(text, "%2u:%2u%c", &hours, &minutes, &rest) != 2 ||
        hours > 23 || minutes > 59)
        return complain_of_value(reading, row, "takes a time of the day such as 04:00");
    *(int *)((char *)reading->values + row->offset) = (int)(hours * 60 + minutes);
    return 1;
}

static int take_yes_no(struct reading *reading, const struct settings_row *row, const char *text)
{
    bool is_yes = strcmp(text, "yes") == 0;
    if (!is_yes && strcmp(text, "no") != 0)
        return complain_of_value(reading, row, "is yes or no");
    *(bool *)((char *)reading->values + row->offset) = is_yes;
    return 1;
}

static int take_custom(struct reading *reading, const struct settings_row *row, const char *text)
{
    struct reason why = {""};
    if (row->read(reading->values, row, text, &why))
        return complain_of_value(reading, row, why.text);
    return 1;
}

/* libinih calls it for each setting; 0 stops the reading there. */
static int take(void *context, const char *section, const char *key, const char *text)
{
    static int (*const takers[])(struct reading *, const struct settings_row *, const char *) = {
        [SETTINGS_TEXT] = take_text,     [SETTINGS_NUMBER] = take_number,
        [SETTINGS_CHOICE] = take_choice, [SETTINGS_TIME] = take_time,
        [SETTINGS_YES_NO] = take_yes_no, [SETTINGS_CUSTOM] = take_custom,
    };
    struct reading *reading = context;
    if (reading->rc)
        return 0;
    for (int i = 0; i < reading->count; i++) {
        const struct settings_row *row = &reading->rows[i];
        if (strcmp(row->section, section) != 0 || strcmp(row->key, key) != 0)
            continue;
        if (reading->seen[i]) {
            char what[64];
            snprintf(what, sizeof what, "stands there twice, first on line %d", reading->seen[i]);
            return complain_of_value(reading, row, what);
        }
        reading->seen[i] = reading->line;
        return takers[row->type](reading, row, text);
    }
    return complain_of_key(reading, section, key);
}

/* Hands libinih one line and counts; longer lines and NULs are refused here. */
static char *next_line(char *out_line, int size, void *context)
{
    struct reading *reading = context;
    int used = 0, c = EOF;
    while (used < size - 1 && (c = fgetc(reading->file)) != EOF) {
        out_line[used++] = (char)c;
        if (c == '\n' || c == 0)
            break;
    }
    if (used == 0)
        return NULL;
    reading->line++;
    out_line[used] = 0;
    if (c == 0)
        complain(reading, "there is a NUL byte: this is not a text file");
    else if (used == size - 1 && c != '\n')
        complain(reading, "the line is too long");
    return reading->rc ? NULL : out_line;
}

static void look_for_missing(struct reading *reading)
{
    for (int i = 0; i < reading->count && !reading->rc; i++)
        if (reading->rows[i].is_required && !reading->seen[i]) {
            reading->rc = RC_BAD_INPUT;
            reason_set(reading->reason, "%s: '%s' in [%s] is missing", reading->name,
                       reading->rows[i].key, reading->rows[i].section);
        }
}

static enum rc open_file(const char *path, struct reading *reading)
{
    reading->file = fopen(path, "re");
    if (!reading->file) {
        reason_set(reading->reason, "%s cannot be read: %s", path, strerror(errno));
        return rc_from_errno(errno);
    }
    if (fseek(reading->file, 0, SEEK_END) || ftell(reading->file) > SETTINGS_FILE_BYTES) {
        reason_set(reading->reason, "%s is larger than a settings file can be (64 KiB)", path);
        fclose(reading->file);
        return RC_LIMIT;
    }
    rewind(reading->file);
    return RC_OK;
}

enum rc settings_read(const char *path, const struct settings_row *rows, int count, void *values,
                      struct reason *out_reason)
{
    const char *slash = strrchr(path, '/');
    struct reading reading = {
        .name = slash ? slash + 1 : path,
        .rows = rows,
        .count = count,
        .values = values,
        .reason = out_reason,
    };
    if (count > SETTINGS_ROWS_MAX)
        return RC_LIMIT;
    enum rc rc = open_file(path, &reading);
    if (rc)
        return rc;
    int wrong_line = ini_parse_stream(next_line, &reading, take, &reading);
    fclose(reading.file);
    if (!reading.rc && wrong_line > 0) {
        reading.line = wrong_line;
        complain(&reading, "this is no setting; write key = value under a [section]");
    }
    if (!reading.rc && wrong_line < 0)
        return RC_NO_MEMORY;
    look_for_missing(&reading);
    return reading.rc;
}
