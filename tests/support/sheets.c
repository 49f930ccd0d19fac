#include "tests/support/sheets.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/exchange/infile.h"
#include "tests/support/house.h"

#define SHEETS_MAX 8
#define FILE_BYTES (64 << 20)

struct place {
    int sheet, row, column;
    struct sheets_cell cell;
};

struct sheets {
    char *names[SHEETS_MAX];
    int rows[SHEETS_MAX];
    int count;
    struct place *cells; /* by sheet, row, column */
    size_t used, room;
};

/* --- the office --- */

bool sheets_are_possible(void)
{
    bool is_there = system("command -v soffice >/dev/null") == 0;
    house_expect(is_there || getenv("PERRON_NO_OFFICE"),
                 "no LibreOffice here: scripts/setup.sh office installs it");
    if (!is_there)
        puts("passed over: there is no office suite here, and PERRON_NO_OFFICE says that is meant");
    return is_there;
}

void sheets_convert(const char *folder, const char *filter, const char *const *names, int count)
{
    static char command[1 << 16];
    /* Sanitizers of the test are not its. */
    int used = snprintf(command, sizeof command,
                        "cd '%s' && HOME='%s' LD_PRELOAD= timeout 90 soffice"
                        " -env:UserInstallation=file://%s/office --headless --convert-to fods",
                        folder, folder, folder);
    if (filter)
        used += snprintf(command + used, sizeof command - (size_t)used, " --infilter='%s'", filter);
    for (int i = 0; i < count; i++)
        used += snprintf(command + used, sizeof command - (size_t)used, " %s", names[i]);
    snprintf(command + used, sizeof command - (size_t)used, " >office.log 2>&1");
    house_expect(system(command) == 0, "soffice failed: %s", command);
}

/* --- flat OpenDocument --- */

static char *copy_of(const char *begin, size_t length)
{
    char *copy = calloc(1, length + 1);
    house_expect(copy != NULL, "no memory");
    memcpy(copy, begin, length);
    return copy;
}

/* One character of XML text, its entity undone. */
static const char *step(const char *at, char **out)
{
    static const struct {
        const char *entity;
        char byte;
    } entities[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        size_t length = strlen(entities[i].entity);
        if (strncmp(at, entities[i].entity, length) == 0) {
            *(*out)++ = entities[i].byte;
            return at + length;
        }
    }
    if (strncmp(at, "&#", 2) == 0) {
        char *end;
        *(*out)++ = (char)strtol(at + 2 + (at[2] == 'x'), &end, at[2] == 'x' ? 16 : 10);
        return end + 1;
    }
    *(*out)++ = *at;
    return at + 1;
}

static char *plain(const char *begin, const char *end)
{
    char *text = copy_of(begin, (size_t)(end - begin)), *out = text;
    while (begin < end)
        begin = step(begin, &out);
    *out = 0;
    return text;
}

/* The value of an attribute of the tag at `tag`; "" where it has none. Free it. */
static char *attribute(const char *tag, const char *name)
{
    const char *end = strchr(tag, '>');
    size_t length = strlen(name);
    for (const char *at = tag; (at = strstr(at, name)) && at < end; at += length)
        if (at[-1] == ' ' && at[length] == '=' && at[length + 1] == '"')
            return plain(at + length + 2, strchr(at + length + 2, '"'));
    return copy_of("", 0);
}

static int number_of(const char *tag, const char *name, int otherwise)
{
    char *text = attribute(tag, name);
    int number = text[0] ? atoi(text) : otherwise;
    free(text);
    return number;
}

static bool is_tag(const char *at, const char *name)
{
    size_t length = strlen(name);
    return strncmp(at, name, length) == 0 && strchr(" />", at[length]);
}

/* What stands between a cell's tags. */
static char *text_of(const char *begin, const char *end)
{
    size_t room = (size_t)(end - begin) * 8 + 1; /* for runs of spaces */
    char *text = calloc(1, room), *out = text;
    bool has_paragraph = false, is_first = true;
    house_expect(text != NULL, "no memory");
    for (const char *at = begin; at < end;) {
        if (*at != '<') {
            /* Outside of paragraphs there is only what lays the file out. */
            at = has_paragraph ? step(at, &out) : at + 1;
            continue;
        }
        if (is_tag(at, "<text:p") && !is_first)
            *out++ = '\n';
        if (is_tag(at, "<text:s"))
            for (int i = number_of(at, "text:c", 1); i > 0; i--)
                *out++ = ' ';
        if (is_tag(at, "<text:tab"))
            *out++ = '\t';
        if (is_tag(at, "<text:line-break"))
            *out++ = '\n';
        if (is_tag(at, "<text:p")) {
            has_paragraph = strchr(at, '>')[-1] != '/';
            is_first = false;
        }
        if (is_tag(at, "</text:p"))
            has_paragraph = false;
        at = strchr(at, '>') + 1;
    }
    *out = 0;
    return text;
}

static void add(struct sheets *sheets, int row, int column, const struct sheets_cell *cell)
{
    if (sheets->used == sheets->room) {
        sheets->room = sheets->room ? 2 * sheets->room : 1024;
        sheets->cells = realloc(sheets->cells, sheets->room * sizeof *sheets->cells);
        house_expect(sheets->cells != NULL, "no memory");
    }
    struct place *place = &sheets->cells[sheets->used++];
    *place = (struct place){sheets->count - 1, row, column, *cell};
    place->cell.text = copy_of(cell->text, strlen(cell->text));
    place->cell.type = copy_of(cell->type, strlen(cell->type));
    place->cell.value = copy_of(cell->value, strlen(cell->value));
    if (row >= sheets->rows[sheets->count - 1])
        sheets->rows[sheets->count - 1] = row + 1;
}

static char *value_of(const char *tag)
{
    static const char *const names[] = {"office:date-value", "office:time-value", "office:value"};
    char *value = attribute(tag, names[0]);
    for (size_t i = 1; !value[0] && i < sizeof names / sizeof names[0]; i++) {
        free(value);
        value = attribute(tag, names[i]);
    }
    return value;
}

/* A cell, as often as it is repeated; returns what stands behind it. */
static const char *read_cell(struct sheets *sheets, const char *at, int row, int times, int *column)
{
    const char *open = strchr(at, '>'), *end = open;
    int repeated = number_of(at, "table:number-columns-repeated", 1);
    char *type = attribute(at, "office:value-type"), *value = value_of(at);
    char *formula = attribute(at, "table:formula"), *text = NULL;
    if (open[-1] != '/')
        end = strstr(open, "</table:table-cell>");
    text = text_of(open + 1, end > open ? end : open + 1);
    struct sheets_cell cell = {text, type, value, formula[0] != 0};
    for (int i = 0; type[0] && i < times; i++)
        for (int k = 0; k < repeated; k++)
            add(sheets, row + i, *column + k, &cell);
    *column += repeated;
    free(type);
    free(value);
    free(formula);
    free(text);
    return end + 1;
}

/* A chart lies in a frame, and has tables of its own. */
static void drop_frames(char *text)
{
    for (char *at = text; (at = strstr(at, "<draw:frame"));) {
        const char *end = strstr(at, "</draw:frame>");
        house_expect(end != NULL, "a frame does not end");
        memset(at, ' ', (size_t)(end - at));
        memset(at + (end - at), ' ', strlen("</draw:frame>"));
    }
}

static int compare(const void *a, const void *b)
{
    const struct place *one = a, *other = b;
    int by = one->sheet != other->sheet ? one->sheet - other->sheet
             : one->row != other->row   ? one->row - other->row
                                        : one->column - other->column;
    return by;
}

static void read_sheets(struct sheets *sheets, const char *at)
{
    int row = 0, times = 0, column = 0;
    while ((at = strchr(at, '<'))) {
        if (is_tag(at, "<table:table")) {
            house_expect(sheets->count < SHEETS_MAX, "too many sheets");
            sheets->names[sheets->count++] = attribute(at, "table:name");
            row = times = 0;
        } else if (is_tag(at, "<table:table-row")) {
            row += times;
            times = number_of(at, "table:number-rows-repeated", 1);
            column = 0;
        } else if (is_tag(at, "<table:table-cell") || is_tag(at, "<table:covered-table-cell")) {
            at = read_cell(sheets, at, row, times, &column);
            continue;
        }
        at++;
    }
}

struct sheets *sheets_open(const char *folder, const char *name)
{
    char path[256], *bytes = NULL;
    size_t length;
    struct reason reason = {.text = ""};
    struct sheets *sheets = calloc(1, sizeof *sheets);
    house_expect(sheets != NULL, "no memory");
    snprintf(path, sizeof path, "%s/%s", folder, name);
    enum rc rc = infile_read(path, FILE_BYTES, &bytes, &length, &reason);
    house_expect(!rc, "%s was not made: %s", path, reason.text);
    drop_frames(bytes);
    read_sheets(sheets, bytes);
    free(bytes);
    qsort(sheets->cells, sheets->used, sizeof *sheets->cells, compare);
    return sheets;
}

void sheets_close(struct sheets *sheets)
{
    for (size_t i = 0; i < sheets->used; i++) {
        free((char *)(uintptr_t)sheets->cells[i].cell.text);
        free((char *)(uintptr_t)sheets->cells[i].cell.type);
        free((char *)(uintptr_t)sheets->cells[i].cell.value);
    }
    for (int i = 0; i < sheets->count; i++)
        free(sheets->names[i]);
    free(sheets->cells);
    free(sheets);
}

int sheets_count(const struct sheets *sheets)
{
    return sheets->count;
}

const char *sheets_name(const struct sheets *sheets, int sheet)
{
    return sheets->names[sheet];
}

const struct sheets_cell *sheets_cell(const struct sheets *sheets, int sheet, int row, int column)
{
    static const struct sheets_cell nothing = {"", "", "", false};
    struct place wanted = {.sheet = sheet, .row = row, .column = column};
    const struct place *found =
        bsearch(&wanted, sheets->cells, sheets->used, sizeof *sheets->cells, compare);
    return found ? &found->cell : &nothing;
}

int sheets_rows(const struct sheets *sheets, int sheet)
{
    return sheets->rows[sheet];
}

int sheets_formulas(const struct sheets *sheets, int sheet)
{
    int count = 0;
    for (size_t i = 0; i < sheets->used; i++)
        count += sheets->cells[i].sheet == sheet && sheets->cells[i].cell.is_formula;
    return count;
}
