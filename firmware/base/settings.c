#include "firmware/base/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/settings_i.h"

#define UTF16                                                                                      \
    SAID("the file is written in UTF-16 (\"Unicode text\"); save it again with the encoding "      \
         "UTF-8")

#define NO_SETTING SAID("this is no setting; write key = value under a [section]")

/* --- members of families --- */

/* Whose is it: a family's word alone, or with a name behind it? NULL: nobody's. */
static const struct settings_family *family_of(const struct settings_reading *reading,
                                               const char *section)
{
    for (int i = 0; i < reading->family_count; i++) {
        const struct settings_family *family = &reading->families[i];
        size_t length = strlen(family->word);
        if (strncmp(section, family->word, length) == 0 &&
            (!section[length] || section[length] == ' '))
            return family;
    }
    return NULL;
}

static struct settings_table table_of(struct settings_reading *reading, const char *section)
{
    if (reading->member && family_of(reading, section))
        return (struct settings_table){reading->family->rows, reading->family->count,
                                       reading->member, reading->member_seen,
                                       reading->member_section};
    return (struct settings_table){reading->rows, reading->count, reading->values, reading->seen,
                                   NULL};
}

/* Blames the line that began the section. */
static void end_member(struct settings_reading *reading)
{
    int line = reading->line;
    reading->line = reading->member_line;
    for (int i = 0; reading->member && i < reading->family->count && !reading->is_over; i++)
        if (reading->family->rows[i].is_required && !reading->member_seen[i])
            settings_complain_of(reading, &reading->family->rows[i], SAID("is missing"));
    reading->line = line;
    reading->member = NULL;
    reading->is_lost = false;
}

static void begin_member(struct settings_reading *reading, const struct settings_family *family,
                         const char *section)
{
    struct reason why = {.text = ""};
    const char *name = section + strlen(family->word);
    name += strspn(name, " \t");
    reading->family = family;
    reading->member_line = reading->line;
    snprintf(reading->member_section, sizeof reading->member_section, "%s", section);
    memset(reading->member_seen, 0, sizeof reading->member_seen);
    if (strlen(name) >= SETTINGS_NAME_BYTES)
        settings_complain(reading, SAID("the name of this section is too long"));
    else if (family->add(reading->values, name, &reading->member, &why))
        settings_complain_why(reading, &why);
    reading->is_lost = !reading->member;
}

static bool is_known(const struct settings_reading *reading, const char *section)
{
    for (int i = 0; i < reading->count; i++)
        if (strcmp(reading->rows[i].section, section) == 0)
            return true;
    return family_of(reading, section);
}

/* libinih says nothing of a section without keys, nor of one that stands there twice. */
static void begin_section(struct settings_reading *reading, const char *section)
{
    const struct settings_family *family = family_of(reading, section);
    const struct settings_table table = {reading->rows, reading->count, NULL, NULL, NULL};
    if (family)
        begin_member(reading, family, section);
    else if (reading->told && !is_known(reading, section))
        settings_unknown(reading, &table, section, "");
}

/* What it would take for something else: a value that goes on, or nothing at all. */
static const char *wrong_head(const struct settings_reading *reading, const char *line,
                              const char *section, bool has_end)
{
    bool is_indented = *line == ' ' || *line == '\t';
    if (!has_end)
        return SAID("this [section] has no end; a ] is missing");
    if (is_indented && (reading->told || family_of(reading, section)))
        return SAID("there are spaces before this [section]; take them away");
    return NULL;
}

static void look_for_section(struct settings_reading *reading, char *line)
{
    char section[SETTINGS_SECTION_BYTES];
    const char *begin = line + strspn(line, "\xef\xbb\xbf \t");
    size_t length = strcspn(begin, "]");
    bool has_end = begin[length] == ']';
    if ((!reading->family_count && !reading->told) || reading->is_over || *begin != '[')
        return;
    end_member(reading);
    if (reading->is_over)
        return;
    while (length > 1 && (begin[length - 1] == ' ' || begin[length - 1] == '\t'))
        length--;
    snprintf(section, sizeof section, "%.*s", (int)length - 1, begin + 1);
    const char *wrong = wrong_head(reading, line, section, has_end);
    if (!wrong) {
        begin_section(reading, section);
        return;
    }
    settings_complain(reading, "%s", wrong);
    reading->is_lost = true;
    strcpy(line, "\n");
}

/* --- libinih --- */

/* It calls this for each setting; 0 stops the reading there. */
static int take(void *context, const char *section, const char *key, const char *text)
{
    struct settings_reading *reading = context;
    if (reading->is_over || reading->is_lost)
        return !reading->is_over;
    const struct settings_table table = table_of(reading, section);
    for (int i = 0; i < table.count; i++) {
        const struct settings_row *row = &table.rows[i];
        bool is_here = table.section || strcmp(row->section, section) == 0;
        if (is_here && strcmp(row->key, key) == 0)
            return settings_take(reading, &table, i, text);
    }
    return settings_unknown(reading, &table, section, key);
}

/* libinih tells of the first such line alone. */
static bool is_no_setting(const char *line)
{
    const char *begin = line + strspn(line, "\xef\xbb\xbf \t\r\n");
    return *begin && !strchr(";#[", *begin) && !strpbrk(begin, "=:");
}

/* The rest of a line that was too long. */
static void pass_over(struct settings_reading *reading)
{
    for (int c = 0; c != EOF && c != '\n';)
        c = fgetc(reading->file);
}

/* As editors save it that call UTF-16 "Unicode". */
static bool is_utf16(const char *line)
{
    return strncmp(line, "\xff\xfe", 2) == 0 || strncmp(line, "\xfe\xff", 2) == 0;
}

/* Hands libinih one line and counts; longer lines and NULs are refused here. */
static char *next_line(char *out_line, int size, void *context)
{
    struct settings_reading *reading = context;
    int used = 0, c = EOF;
    while (!reading->is_over && used < size - 1 && (c = fgetc(reading->file)) != EOF) {
        out_line[used++] = (char)c;
        if (c == '\n' || c == 0)
            break;
    }
    if (used == 0)
        return NULL;
    reading->line++;
    out_line[used] = 0;
    if (reading->line == 1 && is_utf16(out_line)) {
        settings_complain(reading, UTF16);
        reading->is_over = true;
    } else if (c == 0) {
        settings_complain(reading, SAID("there is a NUL byte: this is not a text file"));
        reading->is_over = true;
    } else if (used == size - 1 && c != '\n') {
        settings_complain(reading, SAID("the line is too long"));
        pass_over(reading);
        strcpy(out_line, "\n");
    }
    if (reading->told && is_no_setting(out_line)) {
        settings_complain(reading, NO_SETTING);
        strcpy(out_line, "\n");
    }
    look_for_section(reading, out_line);
    return reading->is_over ? NULL : out_line;
}

static void look_for_missing(struct settings_reading *reading)
{
    end_member(reading);
    reading->line = 0;
    for (int i = 0; i < reading->count && !reading->is_over && !reading->is_partial; i++)
        if (reading->rows[i].is_required && !reading->seen[i])
            settings_complain_of(reading, &reading->rows[i], SAID("is missing"));
}

/* One that is no regular file might never come to an end. */
static enum rc open_file(const char *path, FILE **out_file, struct reason *out_reason)
{
    struct stat is;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        reason_set(out_reason, SAID("%s cannot be read: %s"), path, strerror(errno));
        return rc_from_errno(errno);
    }
    enum rc rc = RC_OK;
    if (fstat(fd, &is) || !S_ISREG(is.st_mode)) {
        reason_set(out_reason, SAID("%s is no file"), path);
        rc = RC_REFUSED;
    } else if (is.st_size > SETTINGS_FILE_BYTES) {
        reason_set(out_reason, SAID("%s is larger than a settings file can be (64 KiB)"), path);
        rc = RC_LIMIT;
    } else if (!(*out_file = fdopen(fd, "r"))) {
        reason_set(out_reason, SAID("%s cannot be read: there is no memory"), path);
        rc = RC_NO_MEMORY;
    }
    if (rc)
        close(fd);
    return rc;
}

static enum rc read_opened(struct settings_reading *reading)
{
    int wrong_line = ini_parse_stream(next_line, reading, take, reading);
    fclose(reading->file);
    if (wrong_line > 0 && (reading->told || !reading->rc)) {
        reading->line = wrong_line;
        settings_complain(reading, NO_SETTING);
    }
    if (!reading->rc && wrong_line < 0)
        return RC_NO_MEMORY;
    look_for_missing(reading);
    return reading->rc;
}

static bool is_too_much(const struct settings_file *file)
{
    bool is_too_much = file->count > SETTINGS_ROWS_MAX;
    for (int i = 0; i < file->family_count; i++)
        is_too_much |= file->families[i].count > SETTINGS_ROWS_MAX;
    return is_too_much;
}

/* `out_lines`: NULL, or as settings_read_lines has them. */
static enum rc read_file(const char *path, const struct settings_file *file, int *out_lines,
                         struct reason *out_reason)
{
    const char *slash = strrchr(path, '/');
    struct settings_reading reading = {
        .name = slash ? slash + 1 : path,
        .rows = file->rows,
        .count = file->count,
        .values = file->values,
        .families = file->families,
        .family_count = file->family_count,
        .reason = out_reason,
        .told = file->tell ? file : NULL,
        .is_partial = out_lines != NULL,
    };
    if (is_too_much(file))
        return RC_LIMIT;
    enum rc rc = open_file(path, &reading.file, out_reason);
    if (!rc)
        rc = read_opened(&reading);
    if (out_lines)
        memcpy(out_lines, reading.seen, (size_t)file->count * sizeof *out_lines);
    return rc;
}

enum rc settings_read_file(const char *path, const struct settings_file *file)
{
    struct reason reason = {.text = ""};
    enum rc rc = read_file(path, file, NULL, &reason);
    if (reason.text[0] && rc != RC_NOT_FOUND) {
        file->tell(file->hearer, 0, &reason);
        rc = RC_BAD_INPUT;
    }
    return rc;
}

enum rc settings_read_family(const char *path, const struct settings_row *rows, int count,
                             const struct settings_family *family, void *values,
                             struct reason *out_reason)
{
    const struct settings_file file = {.rows = rows,
                                       .count = count,
                                       .families = family,
                                       .family_count = family ? 1 : 0,
                                       .values = values};
    return read_file(path, &file, NULL, out_reason);
}

enum rc settings_read_lines(const char *path, const struct settings_row *rows, int count,
                            void *values, int *out_lines, struct reason *out_reason)
{
    const struct settings_file file = {.rows = rows, .count = count, .values = values};
    return read_file(path, &file, out_lines, out_reason);
}

enum rc settings_read(const char *path, const struct settings_row *rows, int count, void *values,
                      struct reason *out_reason)
{
    return settings_read_family(path, rows, count, NULL, values, out_reason);
}
