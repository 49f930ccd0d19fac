/* The texts of a house: files into pages. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/exchange/infile.h"
#include "app/guides_i.h"
#include "firmware/base/hash.h"
#include "firmware/base/hex.h"
#include "firmware/base/utf8.h"

/* A file that became pages; they point into it. */
struct kept {
    struct kept *next;
    char *bytes;
};

/* A file while its lines are taken. What is written never overtakes what is read. */
struct pages {
    const struct guides_reading *reading;
    const char *name;
    struct guide_text *text;
    char *out; /* where the next word goes */
    int line;
    bool has_gap;             /* an empty line came last */
    bool is_full, is_strange; /* told already */
};

static void complain(const struct pages *pages, int line, const char *sentence)
{
    problems_add(pages->reading->problems, pages->name, line, "%s", sentence);
}

/* --- lines --- */

/* NULL: nothing. */
static const char *wrong_title(const char *line, const char *title)
{
    if (line[1] && line[1] != ' ')
        return SAID("a title begins with one # and a space: \"# Title\"");
    if (!*title)
        return SAID("this page has no title; write it behind the #");
    if (strlen(title) >= GUIDES_TITLE_BYTES)
        return SAID("this title is too long; a few words are enough");
    return NULL;
}

static void take_title(struct pages *pages, char *line)
{
    struct guide_text *text = pages->text;
    const char *title = line + 1 + strspn(line + 1, " "), *wrong = wrong_title(line, title);
    pages->has_gap = false;
    if (wrong)
        complain(pages, pages->line, wrong);
    if (text->count == GUIDE_PAGES_MAX) {
        if (!pages->is_full)
            problems_add(pages->reading->problems, pages->name, pages->line,
                         SAID("there is room for %d pages, and this is one more; shorten the text"),
                         GUIDE_PAGES_MAX);
        pages->is_full = true;
        return;
    }
    size_t length = wrong ? 0 : strlen(title);
    memmove(pages->out, title, length);
    pages->out[length] = 0;
    text->pages[text->count++] = (struct guide_page){pages->out, ""};
    pages->out += length + 1;
}

static void take_words(struct pages *pages, const char *line)
{
    struct guide_text *text = pages->text;
    size_t length = strlen(line);
    if (!text->count) {
        if (!pages->is_strange)
            complain(pages, pages->line,
                     SAID("this stands before the first title; begin with a line "
                          "\"# Title\""));
        pages->is_strange = true;
        return;
    }
    if (pages->is_full)
        return;
    struct guide_page *page = &text->pages[text->count - 1];
    if (page->body[0])
        pages->out[-1] = pages->has_gap ? '\n' : ' ';
    else
        page->body = pages->out;
    memmove(pages->out, line, length + 1);
    pages->out += length + 1;
    pages->has_gap = false;
}

static void take_line(struct pages *pages, char *line)
{
    pages->line++;
    for (char *at = line; (at = strpbrk(at, "\t\r"));)
        *at = ' ';
    line += strspn(line, " ");
    for (size_t end = strlen(line); end > 0 && line[end - 1] == ' ';)
        line[--end] = 0;
    if (!*line)
        pages->has_gap = true;
    else if (*line == '#')
        take_title(pages, line);
    else
        take_words(pages, line);
}

/* --- files --- */

/* The line of the first letter that no screen can show; 0: there is none. */
static int find_strange(const char *bytes, size_t length)
{
    int line = 1;
    for (size_t at = 0; at < length;) {
        uint32_t point = 0;
        size_t step = utf8_step(bytes + at, length - at, &point);
        bool is_end = point == '\r' && at + 1 < length && bytes[at + 1] == '\n';
        if (!step || (utf8_is_control(point) && point != '\n' && point != '\t' && !is_end))
            return line;
        line += point == '\n';
        at += step;
    }
    return 0;
}

static void hash_text(const char *bytes, size_t length, char out_hash[GUIDE_HASH_BYTES])
{
    uint8_t hash[16];
    const struct hash_part part = {bytes, length};
    hash_parts(NULL, &part, 1, hash, sizeof hash);
    hex_encode(hash, (GUIDE_HASH_BYTES - 1) / 2, out_hash);
}

static void read_pages(struct pages *pages, char *bytes, size_t length)
{
    size_t mark = strncmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    int strange = find_strange(bytes + mark, length - mark);
    hash_text(bytes, length, pages->text->hash);
    if (strange) {
        complain(pages, strange,
                 "there is a letter here that cannot be shown; save the file as UTF-8");
        return;
    }
    pages->out = bytes;
    for (char *rest = bytes + mark, *line; (line = strsep(&rest, "\n"));)
        take_line(pages, line);
    if (!pages->text->count && !pages->is_strange)
        complain(pages, 0, SAID("is empty; begin with a line \"# Title\", and go on below it"));
}

static bool keep(struct guide *guide, char *bytes)
{
    struct kept *kept = calloc(1, sizeof *kept);
    if (!kept)
        return false;
    *kept = (struct kept){guide->texts, bytes};
    guide->texts = kept;
    return true;
}

/* What is told of a file that was not read. */
static const char *why_not(enum rc rc)
{
    switch (rc) {
    case RC_NOT_FOUND:
        return SAID("is missing; write it: each text is needed in all three languages");
    case RC_LIMIT: return SAID("is larger than a text can be (16 KiB); shorten it");
    case RC_NO_MEMORY: return SAID("found no memory; try again");
    default: return SAID("cannot be read; it has to be a file of its own that Perron may read");
    }
}

static void read_text(const struct guides_reading *reading, const char *name,
                      struct guide_text *text)
{
    struct pages pages = {.reading = reading, .name = name, .text = text};
    char path[PATH_MAX], *bytes;
    size_t length;
    snprintf(path, sizeof path, "%s/%s", reading->folder, name);
    enum rc rc = infile_read(path, GUIDES_TEXT_BYTES, &bytes, &length, NULL);
    if (!rc && !keep(reading->guide, bytes)) {
        free(bytes);
        rc = RC_NO_MEMORY;
    }
    if (rc)
        complain(&pages, 0, why_not(rc));
    else
        read_pages(&pages, bytes, length);
}

/* --- all of them --- */

bool guides_has_text(enum guide_step step)
{
    return step == GUIDE_HELLO || step == GUIDE_CHARTER || step == GUIDE_NOTICE;
}

void guides_text_name(const char *what, enum language language, char out_name[GUIDES_NAME_BYTES])
{
    snprintf(out_name, GUIDES_NAME_BYTES, "%s.%s.txt", what, language_code(language));
}

void guides_sheet_name(const struct guide_mission *mission, enum language language,
                       char out_name[GUIDES_NAME_BYTES])
{
    char what[GUIDE_KEY_BYTES + 8];
    snprintf(what, sizeof what, "mission-%s", mission->key);
    guides_text_name(what, language, out_name);
}

void guides_read_texts(struct guides_reading *reading)
{
    struct guide *guide = reading->guide;
    char name[GUIDES_NAME_BYTES];
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        for (int i = 0; i < guide->row_count; i++) {
            guides_text_name(guide_step_name(guide->rows[i].step), (enum language)language, name);
            if (guides_has_text(guide->rows[i].step))
                read_text(reading, name, &guide->rows[i].texts[language]);
        }
        for (int i = 0; i < guide->mission_count; i++) {
            guides_sheet_name(&guide->missions[i], (enum language)language, name);
            read_text(reading, name, &guide->missions[i].sheets[language]);
        }
    }
}

void guides_free_texts(struct guide *guide)
{
    for (struct kept *kept = guide->texts, *next; kept; kept = next) {
        next = kept->next;
        free(kept->bytes);
        free(kept);
    }
}
