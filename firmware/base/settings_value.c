/* What may stand in a value, and what is said where it may not. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/settings_i.h"
#include "firmware/base/utf8.h"

static void tell_first(struct settings_reading *reading, const struct reason *why)
{
    if (reading->line)
        reason_set(reading->reason, "%s:%d: %s", reading->name, reading->line, why->text);
    else
        reason_set(reading->reason, "%s: %s", reading->name, why->text);
    reason_nest(reading->reason, why);
}

int settings_complain_why(struct settings_reading *reading, const struct reason *why)
{
    if (reading->told)
        reading->told->tell(reading->told->hearer, reading->line, why);
    else if (!reading->rc)
        tell_first(reading, why);
    reading->rc = RC_BAD_INPUT;
    reading->is_over = !reading->told;
    return !reading->is_over;
}

int settings_complain(struct settings_reading *reading, const char *format, ...)
{
    struct reason why;
    va_list arguments;
    va_start(arguments, format);
    reason_set_by(&why, format, arguments);
    va_end(arguments);
    return settings_complain_why(reading, &why);
}

static int complain_of(struct settings_reading *reading, const struct settings_row *row,
                       const struct reason *what)
{
    struct reason why;
    reason_set(&why, SAID("'%s' in [%s] %s"), row->key,
               row->section ? row->section : reading->member_section, what->text);
    reason_nest(&why, what);
    return settings_complain_why(reading, &why);
}

int settings_complain_of(struct settings_reading *reading, const struct settings_row *row,
                         const char *format, ...)
{
    struct reason what;
    va_list arguments;
    va_start(arguments, format);
    reason_set_by(&what, format, arguments);
    va_end(arguments);
    return complain_of(reading, row, &what);
}

/* --- what it could have been --- */

static void list_word(const char *word, char *text, size_t size)
{
    size_t used = strlen(text);
    snprintf(text + used, size - used, used ? ", %s" : "%s", word);
}

/* The keys of a section (NULL: of all rows), or the sections. */
static void list_known(const struct settings_table *table, const char *section, bool is_sections,
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

int settings_unknown(struct settings_reading *reading, const struct settings_table *table,
                     const char *section, const char *key)
{
    char known[200] = "", named[48];
    list_known(table, table->section ? NULL : section, false, known, sizeof known);
    if (known[0])
        return settings_complain(reading, SAID("unknown key '%.40s' in [%s]; known keys are %s"),
                                 key, section, known);
    list_known(table, NULL, true, known, sizeof known);
    for (int i = 0; i < reading->family_count; i++) {
        snprintf(named, sizeof named, "%s NAME", reading->families[i].word);
        list_word(named, known, sizeof known);
    }
    reading->is_lost = true;
    return settings_complain(reading, SAID("unknown section [%.40s]; known sections are %s"),
                             section, known);
}

static int take_text(struct settings_reading *reading, const struct settings_row *row, void *values,
                     const char *text)
{
    if (strlen(text) >= row->size)
        return settings_complain_of(reading, row, SAID("is too long"));
    strcpy((char *)values + row->offset, text);
    return 1;
}

static int take_number(struct settings_reading *reading, const struct settings_row *row,
                       void *values, const char *text)
{
    char *end;
    errno = 0;
    long number = strtol(text, &end, 10);
    if (end == text || *end || errno || number < row->min || number > row->max)
        return settings_complain_of(reading, row, SAID("takes a whole number from %d to %d"),
                                    row->min, row->max);
    *(int *)((char *)values + row->offset) = (int)number;
    return 1;
}

static int take_choice(struct settings_reading *reading, const struct settings_row *row,
                       void *values, const char *text)
{
    char known[200] = "";
    for (int i = 0; row->words[i]; i++) {
        if (strcmp(row->words[i], text) == 0) {
            *(int *)((char *)values + row->offset) = i;
            return 1;
        }
        snprintf(known + strlen(known), sizeof known - strlen(known), " %s", row->words[i]);
    }
    return settings_complain_of(reading, row, SAID("is one of:%s"), known);
}

static int take_time(struct settings_reading *reading, const struct settings_row *row, void *values,
                     const char *text)
{
    unsigned hours, minutes;
    char rest;
    if (strlen(text) != 5 || sscanf(text, "%2u:%2u%c", &hours, &minutes, &rest) != 2 ||
        hours > 23 || minutes > 59)
        return settings_complain_of(reading, row, SAID("takes a time of the day such as 04:00"));
    *(int *)((char *)values + row->offset) = (int)(hours * 60 + minutes);
    return 1;
}

static int take_yes_no(struct settings_reading *reading, const struct settings_row *row,
                       void *values, const char *text)
{
    bool is_yes = strcmp(text, "yes") == 0;
    if (!is_yes && strcmp(text, "no") != 0)
        return settings_complain_of(reading, row, SAID("is yes or no"));
    *(bool *)((char *)values + row->offset) = is_yes;
    return 1;
}

static int take_custom(struct settings_reading *reading, const struct settings_row *row,
                       void *values, const char *text)
{
    struct reason why = {.text = ""};
    if (row->read(values, row, text, &why))
        return complain_of(reading, row, &why);
    return 1;
}

int settings_take(struct settings_reading *reading, const struct settings_table *table, int place,
                  const char *text)
{
    static int (*const takers[])(struct settings_reading *, const struct settings_row *, void *,
                                 const char *) = {
        [SETTINGS_TEXT] = take_text,     [SETTINGS_NUMBER] = take_number,
        [SETTINGS_CHOICE] = take_choice, [SETTINGS_TIME] = take_time,
        [SETTINGS_YES_NO] = take_yes_no, [SETTINGS_CUSTOM] = take_custom,
    };
    const struct settings_row *row = &table->rows[place];
    if (table->seen[place])
        return settings_complain_of(reading, row, SAID("stands there twice, first on line %d"),
                                    table->seen[place]);
    table->seen[place] = reading->line;
    return takers[row->type](reading, row, table->values, text);
}

enum rc settings_words(const char *text, char *out_text, size_t size, struct reason *out_reason)
{
    enum rc rc = utf8_clean(text, out_text, size);
    if (rc == RC_LIMIT)
        reason_set(out_reason, SAID("is too long; it has room for %d letters"), (int)size - 1);
    else if (rc)
        reason_set(out_reason, SAID("holds letters that cannot be shown; save the file as UTF-8"));
    return rc ? RC_BAD_INPUT : RC_OK;
}
