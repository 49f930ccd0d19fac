#include "app/guides.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/exchange/infile.h"
#include "app/guides_i.h"

/* --- a house that says nothing --- */

static const struct guide bare = {
    .rows = {{.step = GUIDE_LANGUAGE}, {.step = GUIDE_WHO}, {.step = GUIDE_BADGE}},
    .row_count = 3,
};

static void set_defaults(struct guide *guide)
{
    guide->several_max = 10;
    guide->deepening_months = 6;
    guide->away_days = 21;
    guide->buddy_newcomers = 3;
    guide->forget_days = 30;
}

/* --- a folder --- */

enum rc guides_read_settings(const struct guides_reading *reading, const char *name,
                             struct settings_file file)
{
    struct problems_hearer hearer = {reading->problems, name};
    char path[PATH_MAX];
    file.tell = problems_hear;
    file.hearer = &hearer;
    snprintf(path, sizeof path, "%s/%s", reading->folder, name);
    enum rc rc = settings_read_file(path, &file);
    if (rc && rc != RC_BAD_INPUT && rc != RC_NOT_FOUND) {
        struct reason why;
        reason_set(&why, SAID("cannot be read now: %s"), rc_text(rc));
        reason_mark(&why, 0);
        problems_add_reason(reading->problems, name, 0, &why);
    }
    return rc;
}

enum rc guides_take_key(const char *key, char out_key[GUIDE_KEY_BYTES], struct reason *out_reason)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    size_t length = strlen(key);
    if (!length || length >= GUIDE_KEY_BYTES || strspn(key, letters) != length) {
        reason_set(
            out_reason,
            SAID("'%.40s' cannot be a key; take up to %d of the letters a to z, digits and -"), key,
            GUIDE_KEY_BYTES - 1);
        return RC_BAD_INPUT;
    }
    strcpy(out_key, key);
    return RC_OK;
}

enum rc guides_take_words(void *values, const struct settings_row *row, const char *text,
                          struct reason *out_reason)
{
    char *words = (char *)values + row->offset;
    enum rc rc = settings_words(text, words, row->size, out_reason);
    if (rc || words[0])
        return rc;
    reason_set(out_reason, SAID("is empty; say it in a word or two"));
    return RC_BAD_INPUT;
}

/* RC_NOT_FOUND: there is none. */
static enum rc look_for(const char *folder, struct problems *problems)
{
    struct stat is;
    int wrong = stat(folder, &is) ? errno : 0;
    if (wrong == ENOENT || wrong == ENOTDIR)
        return RC_NOT_FOUND;
    if (!wrong && S_ISDIR(is.st_mode))
        return RC_OK;
    problems_add(problems, GUIDES_FOLDER, 0,
                 SAID("is no folder that can be read; look who owns it, or take it away"));
    return RC_BAD_INPUT;
}

static void read_folder(struct guides_reading *reading)
{
    guides_read_welcome(reading);
    guides_read_missions(reading);
    guides_read_texts(reading);
}

/* Which of the two; NULL: neither. */
static enum rc choose(const char *folder, const char *otherwise, struct problems *problems,
                      const char **out_chosen)
{
    const char *const folders[] = {folder, otherwise};
    *out_chosen = NULL;
    for (int i = 0; i < 2; i++) {
        enum rc rc = folders[i] ? look_for(folders[i], problems) : RC_NOT_FOUND;
        if (!rc)
            *out_chosen = folders[i];
        if (rc != RC_NOT_FOUND)
            return rc;
    }
    return RC_OK;
}

enum rc guides_read_anyway(const char *folder, const char *otherwise,
                           const struct circle_list *circles, struct guide **out_guide,
                           struct problems *problems)
{
    struct guides_reading reading = {.circles = circles, .problems = problems};
    enum rc rc = choose(folder, otherwise, problems, &reading.folder);
    if (rc)
        return rc;
    reading.guide = calloc(1, sizeof *reading.guide);
    if (!reading.guide)
        return RC_NO_MEMORY;
    if (!reading.folder)
        *reading.guide = bare;
    set_defaults(reading.guide);
    if (reading.folder)
        read_folder(&reading);
    *out_guide = reading.guide;
    return RC_OK;
}

enum rc guides_read(const char *folder, const char *otherwise, const struct circle_list *circles,
                    struct guide **out_guide, struct problems *out_problems)
{
    int before = out_problems->count + out_problems->beyond;
    struct guide *guide = NULL;
    enum rc rc = guides_read_anyway(folder, otherwise, circles, &guide, out_problems);
    if (!rc && out_problems->count + out_problems->beyond > before) {
        guides_free(guide);
        rc = RC_BAD_INPUT;
    }
    if (!rc)
        *out_guide = guide;
    return rc;
}

void guides_free(struct guide *guide)
{
    if (!guide)
        return;
    guides_free_texts(guide);
    free(guide);
}

/* --- where something stands --- */

/* Is the line "[word key]", whatever the spaces? */
static bool is_head(const char *line, const char *word, const char *key)
{
    line += strspn(line, "\xef\xbb\xbf \t");
    size_t length = strlen(word);
    if (*line != '[' || strncmp(line + 1, word, length) != 0)
        return false;
    line += 1 + length;
    line += strspn(line, " \t");
    length = strlen(key);
    return strncmp(line, key, length) == 0 && line[length + strspn(line + length, " \t")] == ']';
}

/* What is looked for: a section, or the titles of a text and how many of them come before. */
struct place {
    const char *word, *key;
    int titles;
};

static bool is_there(const char *line, struct place *place)
{
    if (place->word)
        return is_head(line, place->word, place->key);
    line += strspn(line, "\xef\xbb\xbf \t\r");
    return *line == '#' && place->titles-- == 0;
}

static int find(const char *folder, const char *file, size_t limit_bytes, struct place place)
{
    char path[PATH_MAX], *bytes;
    size_t length;
    int line = 0, found = 0;
    snprintf(path, sizeof path, "%s/%s", folder, file);
    if (infile_read(path, limit_bytes, &bytes, &length, NULL))
        return 0;
    for (char *rest = bytes, *at; !found && (at = strsep(&rest, "\n"));) {
        line++;
        found = is_there(at, &place) ? line : 0;
    }
    free(bytes);
    return found;
}

int guides_line(const char *folder, const char *file, const char *word, const char *key)
{
    return find(folder, file, SETTINGS_FILE_BYTES, (struct place){.word = word, .key = key});
}

int guides_page_line(const char *folder, const char *file, int page)
{
    return find(folder, file, GUIDES_TEXT_BYTES, (struct place){.titles = page});
}
