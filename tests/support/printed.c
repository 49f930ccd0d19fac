#include "tests/support/printed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/house.h"

#define HAIR_MM 0.6

static void expect(bool is_true, const char *sentence)
{
    if (is_true)
        return;
    fprintf(stderr, "printed: %s\n", sentence);
    abort();
}

/* --- taking it --- */

static enum rc take(void *context, const char *bytes, size_t length)
{
    struct printed *printed = context;
    if (printed->limit && printed->length + length > printed->limit)
        return RC_FULL;
    printed->bytes = realloc(printed->bytes, printed->length + length + 1);
    expect(printed->bytes, "no memory");
    memcpy(printed->bytes + printed->length, bytes, length);
    printed->length += length;
    return RC_OK;
}

static void note(struct printed *printed, int *counter, const char *what,
                 const struct canvas_mark *mark)
{
    (*counter)++;
    if (!printed->first[0])
        snprintf(printed->first, sizeof printed->first, "%s on page %d: %s", what, printed->pages,
                 mark->text);
}

static bool is_within(struct rect inner, struct rect outer, double by)
{
    return inner.x >= outer.x - by && inner.y >= outer.y - by &&
           inner.x + inner.w <= outer.x + outer.w + by &&
           inner.y + inner.h <= outer.y + outer.h + by;
}

static bool is_on(struct rect a, struct rect b)
{
    return a.x + HAIR_MM < b.x + b.w && b.x + HAIR_MM < a.x + a.w && a.y + HAIR_MM < b.y + b.h &&
           b.y + HAIR_MM < a.y + a.h;
}

static void look(void *context, const struct canvas *canvas)
{
    const struct rect paper = {0, 0, CANVAS_PAPER_W, CANVAS_PAPER_H};
    struct printed *printed = context;
    const struct canvas_mark *marks;
    int count = canvas_marks(canvas, &marks);
    printed->pages++;
    expect(count < CANVAS_MARKS_MAX, "a page has more texts than a canvas remembers");
    for (int i = 0; i < count; i++) {
        if (marks[i].is_cut)
            note(printed, &printed->cut, "cut", &marks[i]);
        if (!is_within(marks[i].ink, rect_inset(paper, 5), 0) ||
            !is_within(marks[i].ink, marks[i].box, 1.5))
            note(printed, &printed->outside, "outside", &marks[i]);
        for (int j = 0; j < i; j++)
            if (is_on(marks[i].ink, marks[j].ink))
                note(printed, &printed->overlaps, "on another text", &marks[i]);
    }
}

void printed_begin(struct printed *printed)
{
    *printed = (struct printed){.bytes = NULL};
    printed->out = (struct canvas_out){printed, take, look};
}

void printed_finish(struct printed *printed)
{
    free(printed->bytes);
    *printed = (struct printed){.bytes = NULL};
}

/* --- reading it back --- */

bool printed_can_be_read(void)
{
    static bool is_said;
    if (system("command -v pdftotext >/dev/null && command -v pdfinfo >/dev/null") == 0)
        return true;
    if (!is_said)
        fprintf(stderr,
                "note: poppler is not here (scripts/setup.sh office): no PDF was read back\n");
    is_said = true;
    return false;
}

/* What a program says of the file; free it. */
static char *ask(const struct printed *printed, const char *program)
{
    char path[] = "/tmp/perron-printed-XXXXXX", line[256];
    char *said = NULL;
    size_t length = 0, count;
    int fd = mkstemp(path);
    expect(fd >= 0 && write(fd, printed->bytes, printed->length) == (ssize_t)printed->length,
           "the file could not be written");
    close(fd);
    snprintf(line, sizeof line, program, path);
    FILE *pipe = popen(line, "re");
    expect(pipe, "the program could not be started");
    do {
        said = realloc(said, length + 65537);
        expect(said, "no memory");
        count = fread(said + length, 1, 65536, pipe);
        length += count;
    } while (count);
    said[length] = 0;
    expect(pclose(pipe) == 0, line);
    unlink(path);
    return said;
}

/* How many bytes of blank the text begins with, also of one that does not break. */
static size_t blank_length(const char *text)
{
    static const char *const blanks[] = {" ", "\n", "\f", "\u00a0", "\u202f"};
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++)
        if (strncmp(text, blanks[i], strlen(blanks[i])) == 0)
            return strlen(blanks[i]);
    return 0;
}

static char *without_blanks(char *text)
{
    char *to = text;
    for (const char *from = text; *from;) {
        size_t blank = blank_length(from);
        if (!blank)
            *to++ = *from;
        from += blank ? blank : 1;
    }
    *to = 0;
    return text;
}

char *printed_read(const struct printed *printed)
{
    return without_blanks(ask(printed, "pdftotext -raw -enc UTF-8 %s -"));
}

bool printed_says(const char *read, const char *words)
{
    char *tight = strdup(words);
    expect(tight, "no memory");
    bool says = strstr(read, without_blanks(tight));
    free(tight);
    return says;
}

char *printed_about(const struct printed *printed, const char *name)
{
    char *said = ask(printed, "pdfinfo -isodates %s"), *found = NULL;
    size_t length = strlen(name);
    for (char *rest = said, *line; !found && (line = strsep(&rest, "\n"));)
        if (strncmp(line, name, length) == 0 && line[length] == ':')
            found = strdup(line + length + 1 + strspn(line + length + 1, " "));
    free(said);
    expect(found, name);
    return found;
}

int printed_set_up(void **state)
{
    printed_begin(*state);
    return 0;
}

int printed_tear_down(void **state)
{
    printed_finish(*state);
    return 0;
}

void printed_expect_sound(const struct printed *printed)
{
    house_expect(!printed->cut && !printed->outside && !printed->overlaps,
                 "%d cut, %d outside, %d overlap; %s", printed->cut, printed->outside,
                 printed->overlaps, printed->first);
}

void printed_expect_says(const char *read, const char *words)
{
    house_expect(printed_says(read, words), "\"%s\" is missing in: %.1500s", words, read);
}
