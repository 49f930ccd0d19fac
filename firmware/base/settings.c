#include "firmware/base/settings.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SETTINGS_SECTION_BYTES 160

struct reading {
    const char *name; /* of the file, without its folders */
    const struct settings_row *rows;
    int count;
    void *values;
    const struct settings_family *family; /* NULL: there is none */
    void *member;                         /* of the section that is being read; NULL: none yet */
    int member_line;
    char member_section[SETTINGS_SECTION_BYTES];
    struct reason *reason;
    enum rc rc;
    int line;                    /* of the line libinih was given last */
    int seen[SETTINGS_ROWS_MAX]; /* the line each row stood on; 0: not yet */
    int member_seen[SETTINGS_ROWS_MAX];
    FILE *file;
};

/* Some rows, where their values go, and which of them stood there by now. */
struct table {
    const struct settings_row *rows;
    int count;
    void *values;
    int *seen;
    const char *section; /* NULL: each row has its own */
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
    char text[480];
    snprintf(text, sizeof text, "'%s' in [%s] %s", row->key,
             row->section ? row->section : reading->member_section, what);
    return complain(reading, text);
}

/* --- what it could have been --- */

static void list_word(const char *word, char *text, size_t size)
{
    size_t used = strlen(text);
    snprintf(text + used, size - used, used ? ", %s" : "%s", word);
}

/* The keys of a section (NULL: of all rows), or the sections. */
static void list_known(const struct table *table, const char *section, bool is_sections,
                       char *out_text, size_t size)
{
    const char *before = "";
    for (int i = 0; i < table->count; i++) {
        const struct settings_row *row = &table->rows[i];
        const char *word = is_sections ? row->section : row->key;
        if ((section && strcmp(row->section, section) != 0) || strcmp(word, before) == 0)
            continue;
        list_word(word, out_text, size);
        before = word;
    }
}

static int complain_of_key(struct reading *reading, const struct table *table, const char *section,
                           const char *key)
{
    char known[200] = "", text[360], named[48];
    list_known(table, table->section ? NULL : section, false, known, sizeof known);
    if (known[0]) {
        snprintf(text, sizeof text, "unknown key '%.40s' in [%s]; known keys are %s", key, section,
                 known);
    } else {
        list_known(table, NULL, true, known, sizeof known);
        if (reading->family) {
            snprintf(named, sizeof named, "%s NAME", reading->family->word);
            list_word(named, known, sizeof known);
        }
        snprintf(text, sizeof text, "unknown section [%.40s]; known sections are %s", section,
                 known);
    }
    return complain(reading, text);
}

static int take_text(struct reading *reading, const struct settings_row *row, void *values,
                     const char *text)
{
    if (strlen(text) >= row->size)
        return complain_of_value(reading, row, "is too long");
    strcpy((char *)values + row->offset, text);
    return 1;
}

static int take_number(struct reading *reading, const struct settings_row *row, void *values,
                       const char *text)
{
    char *end, what[96];
    errno = 0;
    long number = strtol(text, &end, 10);
    if (end == text || *end || errno || number < row->min || number > row->max) {
        snprintf(what, sizeof what, "takes a whole number from %d to %d", row->min, row->max);
        return complain_of_value(reading, row, what);
    }
    *(int *)((char *)values + row->offset) = (int)number;
    return 1;
}

static int take_choice(struct reading *reading, const struct settings_row *row, void *values,
                       const char *text)
{
    char what[200] = "is one of:";
    for (int i = 0; row->words[i]; i++) {
        if (strcmp(row->words[i], text) == 0) {
            *(int *)((char *)values + row->offset) = i;
            return 1;
        }
        snprintf(what + strlen(what), sizeof what - strlen(what), " %s", row->words[i]);
    }
    return complain_of_value(reading, row, what);
}

static int take_time(struct reading *reading, const struct settings_row *row, void *values,
                     const char *text)
{
    unsigned hours, minutes;
    char rest;
    if (strlen(text) != 5 || sscanf(text, "%2u:%2u%c", &hours, &minutes, &rest) != 2 ||
        hours > 23 || minutes > 59)
        return complain_of_value(reading, row, "takes a time of the day such as 04:00");
    *(int *)((char *)values + row->offset) = (int)(hours * 60 + minutes);
    return 1;
}

static int take_yes_no(struct reading *reading, const struct settings_row *row, void *values,
                       const char *text)
{
    bool is_yes = strcmp(text, "yes") == 0;
    if (!is_yes && strcmp(text, "no") != 0)
        return complain_of_value(reading, row, "is yes or no");
    *(bool *)((char *)values + row->offset) = is_yes;
    return 1;
}

static int take_custom(struct reading *reading, const struct settings_row *row, void *values,
                       const char *text)
{
    struct reason why = {""};
    if (row->read(values, row, text, &why))
        return complain_of_value(reading, row, why.text);
    return 1;
}

static int take_row(struct reading *reading, const struct table *table, int place, const char *text)
{
    static int (*const takers[])(struct reading *, const struct settings_row *, void *,
                                 const char *) = {
        [SETTINGS_TEXT] = take_text,     [SETTINGS_NUMBER] = take_number,
        [SETTINGS_CHOICE] = take_choice, [SETTINGS_TIME] = take_time,
        [SETTINGS_YES_NO] = take_yes_no, [SETTINGS_CUSTOM] = take_custom,
    };
    const struct settings_row *row = &table->rows[place];
    if (table->seen[place]) {
        char what[64];
        snprintf(what, sizeof what, "stands there twice, first on line %d", table->seen[place]);
        return complain_of_value(reading, row, what);
    }
    table->seen[place] = reading->line;
    return takers[row->type](reading, row, table->values, text);
}

/* --- members of a family --- */

/* Is it one of the family's: its word alone, or with a name behind it? */
static bool is_member(const struct reading *reading, const char *section)
{
    size_t length = reading->family ? strlen(reading->family->word) : 0;
    return length && strncmp(section, reading->family->word, length) == 0 &&
           (!section[length] || section[length] == ' ');
}

static struct table table_of(struct reading *reading, const char *section)
{
    if (is_member(reading, section) && reading->member)
        return (struct table){reading->family->rows, reading->family->count, reading->member,
                              reading->member_seen, reading->member_section};
    return (struct table){reading->rows, reading->count, reading->values, reading->seen, NULL};
}

/* Blames the line that began the section. */
static void end_member(struct reading *reading)
{
    int line = reading->line;
    reading->line = reading->member_line;
    for (int i = 0; reading->member && i < reading->family->count && !reading->rc; i++)
        if (reading->family->rows[i].is_required && !reading->member_seen[i])
            complain_of_value(reading, &reading->family->rows[i], "is missing");
    reading->line = line;
    reading->member = NULL;
}

static void begin_member(struct reading *reading, const char *section)
{
    struct reason why = {""};
    const char *name = section + strlen(reading->family->word);
    name += strspn(name, " \t");
    reading->member_line = reading->line;
    snprintf(reading->member_section, sizeof reading->member_section, "%s", section);
    memset(reading->member_seen, 0, sizeof reading->member_seen);
    if (strlen(name) >= SETTINGS_NAME_BYTES)
        complain(reading, "the name of this section is too long");
    else if (reading->family->add(reading->values, name, &reading->member, &why))
        complain(reading, why.text);
}

/* libinih says nothing of a section without keys, nor of one that stands there twice. */
static void look_for_section(struct reading *reading, const char *line)
{
    char section[SETTINGS_SECTION_BYTES];
    const char *begin = line + strspn(line, "\xef\xbb\xbf \t");
    size_t length = strcspn(begin, "]");
    if (!reading->family || reading->rc || *begin != '[')
        return;
    end_member(reading);
    if (!reading->rc && begin[length] != ']')
        complain(reading, "this [section] has no end; a ] is missing");
    while (length > 1 && (begin[length - 1] == ' ' || begin[length - 1] == '\t'))
        length--;
    snprintf(section, sizeof section, "%.*s", (int)length - 1, begin + 1);
    if (reading->rc || !is_member(reading, section))
        return;
    if (*line == ' ' || *line == '\t') /* which libinih takes for more of the value above */
        complain(reading, "there are spaces before this [section]; take them away");
    else
        begin_member(reading, section);
}

/* --- libinih --- */

/* It calls this for each setting; 0 stops the reading there. */
static int take(void *context, const char *section, const char *key, const char *text)
{
    struct reading *reading = context;
    if (reading->rc)
        return 0;
    const struct table table = table_of(reading, section);
    for (int i = 0; i < table.count; i++) {
        const struct settings_row *row = &table.rows[i];
        bool is_here = table.section || strcmp(row->section, section) == 0;
        if (is_here && strcmp(row->key, key) == 0)
            return take_row(reading, &table, i, text);
    }
    return complain_of_key(reading, &table, section, key);
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
    look_for_section(reading, out_line);
    return reading->rc ? NULL : out_line;
}

static void look_for_missing(struct reading *reading)
{
    end_member(reading);
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

enum rc settings_read_family(const char *path, const struct settings_row *rows, int count,
                             const struct settings_family *family, void *values,
                             struct reason *out_reason)
{
    const char *slash = strrchr(path, '/');
    struct reading reading = {
        .name = slash ? slash + 1 : path,
        .rows = rows,
        .count = count,
        .values = values,
        .family = family,
        .reason = out_reason,
    };
    if (count > SETTINGS_ROWS_MAX || (family && family->count > SETTINGS_ROWS_MAX))
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

enum rc settings_read(const char *path, const struct settings_row *rows, int count, void *values,
                      struct reason *out_reason)
{
    return settings_read_family(path, rows, count, NULL, values, out_reason);
}
