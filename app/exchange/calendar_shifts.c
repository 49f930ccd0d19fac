/* calendar_shifts.c - the shifts that people write into the description of an occasion. */
#include "app/exchange/calendar_i.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/exchange/headings.h"
#include "app/exchange/wall.h"

#define SEGMENT_BYTES 400

/* --- plain text --- */

static const struct {
    const char *from, *to;
} marks[] = {
    {"<br", "\n"},  {"</p", "\n"}, {"</li", "\n"}, {"</div", "\n"}, {"&nbsp;", " "},
    {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"},  {"&#39;", "'"},  {"&quot;", "\""},
};

/* Google writes descriptions as HTML: lines out of it, its other marks left out. */
static char *plain_text(const char *text)
{
    char *plain = calloc(1, strlen(text) + 1), *out = plain;
    const char *last = strrchr(text, '>');
    bool is_html = last && strchr(text, '<');
    for (const char *at = text; plain && *at;) {
        size_t i = 0, count = sizeof marks / sizeof marks[0];
        while (i < count && strncasecmp(at, marks[i].from, strlen(marks[i].from)) != 0)
            i++;
        bool is_tag = is_html && *at == '<' && at < last;
        if (i < count && is_html)
            *out++ = marks[i].to[0];
        else if (!is_tag)
            *out++ = *at;
        if (is_tag)
            at = strchr(at, '>') + 1;
        else
            at += i < count && is_html ? strlen(marks[i].from) : 1;
    }
    return plain;
}

/* --- what holds for all shifts --- */

static const struct {
    const char *words; /* folded, between spaces */
    size_t offset;     /* in struct shift; SIZE_MAX: the organisation */
    size_t size;
} keys[] = {
    {" circle cercle kring cirkel ", offsetof(struct shift, circle),
     sizeof((struct shift *)0)->circle},
    {" skill skills competence competences vaardigheid vaardigheden ",
     offsetof(struct shift, skill), sizeof((struct shift *)0)->skill},
    {" referent referente referenten verantwoordelijke responsable ",
     offsetof(struct shift, referent), sizeof((struct shift *)0)->referent},
    {" organisation organization organisatie ", SIZE_MAX, 0},
};

/* Which key the text up to `length` is, or -1. */
static int find_key(const char *text, size_t length)
{
    char name[64], word[66] = " ";
    if (length >= sizeof name)
        return -1;
    snprintf(name, sizeof name, "%.*s", (int)length, text);
    headings_fold(name, word + 1, sizeof word - 2);
    if (!word[1])
        return -1;
    strcat(word, " ");
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (strstr(keys[i].words, word))
            return (int)i;
    return -1;
}

struct reading {
    struct calendar_entries *entries;
    struct shift common;
};

/* "kring: vrienden" up to the next ";" or the end of its line; false where it is none. */
static bool read_key(struct reading *reading, const char *text, size_t *out_length)
{
    const char *colon = strpbrk(text, ":;,\n");
    int key = colon && *colon == ':' ? find_key(text, (size_t)(colon - text)) : -1;
    char value[SEGMENT_BYTES];
    if (key < 0)
        return false;
    size_t length = strcspn(colon + 1, ";\n");
    snprintf(value, sizeof value, "%.*s", (int)(length < sizeof value ? length : sizeof value - 1),
             colon + 1);
    if (keys[key].offset == SIZE_MAX)
        calendar_copy_text(value, reading->entries->organisation,
                           sizeof reading->entries->organisation);
    else
        calendar_copy_text(value, (char *)&reading->common + keys[key].offset, keys[key].size);
    *out_length = (size_t)(colon + 1 - text) + length;
    return true;
}

/* --- one entry --- */

static const char *skip_spaces(const char *text)
{
    return text + strspn(text, " \t");
}

/* "14:00-15:30", with any of the dashes and words people put between. */
static const char *read_span(const char *text, struct calendar_entry *entry)
{
    static const char *const between[] = {"-", "–", "—", "à", "tot", "to", "until"};
    const char *at = calendar_read_clock(text, &entry->from_min);
    if (!at)
        return text;
    at = skip_spaces(at);
    for (size_t i = 0; i < sizeof between / sizeof between[0]; i++) {
        size_t length = strlen(between[i]);
        if (strncasecmp(at, between[i], length) != 0)
            continue;
        const char *end = calendar_read_clock(skip_spaces(at + length), &entry->to_min);
        if (!end)
            return text;
        entry->has_clock = true;
        return end + strspn(end, " \t:");
    }
    return text;
}

/* Takes "x", "×", ":" and "(" off the end; returns whether an "x" was there. */
static bool trim_head(char *head)
{
    bool has_times = false;
    for (size_t length = strlen(head); length; length = strlen(head)) {
        bool is_x =
            strchr("xX", head[length - 1]) && (length == 1 || strchr(" :(", head[length - 2]));
        bool is_sign = length > 1 && strcmp(head + length - 2, "×") == 0;
        if (!is_x && !is_sign && !strchr(" \t:(-", head[length - 1]))
            break;
        has_times |= is_x || is_sign;
        head[length - (is_sign ? 2 : 1)] = 0;
    }
    return has_times;
}

/* "2 x Caisse": the number first. */
static bool read_number_first(const char *text, struct calendar_entry *entry)
{
    char *rest;
    long count = strtol(text, &rest, 10);
    const char *at = skip_spaces(rest);
    size_t sign = strncmp(at, "×", 2) == 0 ? 2 : (*at == 'x' || *at == 'X') && at[1] == ' ';
    if (rest == text || !sign || !*skip_spaces(at + sign))
        return false;
    entry->shift.places = count > 0 && count < 100000 ? (int)count : 100000;
    calendar_copy_text(skip_spaces(at + sign), entry->shift.mission, sizeof entry->shift.mission);
    return true;
}

/* "Caisse: 2 places", "Caisse x 2", "3 personen": the number last. */
static bool read_number_last(const char *text, struct calendar_entry *entry)
{
    char head[SEGMENT_BYTES], folded[SEGMENT_BYTES];
    size_t end = strlen(text), begin;
    while (end > 0 && !strchr("0123456789", text[end - 1]))
        end--;
    for (begin = end; begin > 0 && strchr("0123456789", text[begin - 1]);)
        begin--;
    if (begin == end)
        return false;
    calendar_fold(text + end, folded, sizeof folded);
    bool is_named = calendar_is_places(folded);
    snprintf(head, sizeof head, "%.*s", (int)begin, text);
    bool has_times = trim_head(head);
    calendar_fold(head, folded, sizeof folded);
    if (calendar_is_places(folded)) {
        is_named = true;
        head[0] = 0;
    } else if (!is_named && (!has_times || text[end + strspn(text + end, " \t).")])) {
        return false;
    }
    entry->shift.places = end - begin < 6 ? atoi(text + begin) : 100000;
    calendar_copy_text(head, entry->shift.mission, sizeof entry->shift.mission);
    return true;
}

static void read_segment(struct reading *reading, const char *text, size_t length)
{
    struct calendar_entries *entries = reading->entries;
    struct calendar_entry entry = {.has_clock = false};
    char segment[SEGMENT_BYTES];
    if (length >= sizeof segment)
        return;
    memcpy(segment, text, length);
    segment[length] = 0;
    const char *at = segment + strspn(segment, " \t-*\r");
    at += strncmp(at, "•", 3) == 0 ? 3 : 0;
    at = read_span(skip_spaces(at), &entry);
    if (!read_number_first(at, &entry) && !read_number_last(at, &entry))
        return;
    if (entries->count == OCCASION_SHIFTS_MAX)
        entries->is_limited = true;
    else
        entries->rows[entries->count++] = entry;
}

enum rc calendar_read_entries(const char *description, struct calendar_entries *out_entries)
{
    struct reading reading = {.entries = out_entries};
    char *text = plain_text(description);
    if (!text)
        return RC_NO_MEMORY;
    memset(out_entries, 0, sizeof *out_entries);
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, ",;\n");
        const char *begin = at + strspn(at, " \t-*\r");
        if (read_key(&reading, begin, &length))
            at = begin;
        else
            read_segment(&reading, at, length);
        at += length;
        at += *at != 0;
    }
    free(text);
    for (int i = 0; i < out_entries->count; i++) {
        struct shift *shift = &out_entries->rows[i].shift;
        memcpy(shift->circle, reading.common.circle, sizeof shift->circle);
        memcpy(shift->skill, reading.common.skill, sizeof shift->skill);
        memcpy(shift->referent, reading.common.referent, sizeof shift->referent);
    }
    /* Kept for the one shift of an occasion that names none. */
    if (!out_entries->count)
        out_entries->rows[0].shift = reading.common;
    return RC_OK;
}

/* --- in an occasion --- */

static void set_times(struct shift *shift, const struct calendar_entry *entry,
                      const struct occasion *occasion, int64_t origin_ms)
{
    int64_t origin_s = wall_from_ms(origin_ms), begin_s = wall_from_ms(occasion->from_ms);
    int64_t end_s = origin_s + (wall_from_ms(occasion->to_ms) - begin_s);
    int64_t from_s = wall_day(origin_s) + entry->from_min * 60;
    /* At two of an evening that began at ten: the next day. */
    if (from_s < origin_s && from_s + WALL_DAY_S < end_s)
        from_s += WALL_DAY_S;
    int64_t to_s = wall_day(from_s) + entry->to_min * 60;
    if (to_s <= from_s)
        to_s += WALL_DAY_S;
    shift->from_ms = wall_to_ms(from_s + begin_s - origin_s);
    shift->to_ms = wall_to_ms(to_s + begin_s - origin_s);
}

void calendar_set_shifts(struct occasion *occasion, const struct calendar_entries *entries,
                         int64_t origin_ms)
{
    int count = entries->count;
    if (!count && occasion->kind == OCCASION_SHIFT)
        count = 1;
    for (int i = 0; i < count; i++) {
        struct shift *shift = &occasion->shifts[i];
        *shift = entries->rows[i].shift;
        shift->number = i + 1;
        shift->from_ms = occasion->from_ms;
        shift->to_ms = occasion->to_ms;
        if (entries->rows[i].has_clock)
            set_times(shift, &entries->rows[i], occasion, origin_ms);
    }
    occasion->shift_count = count;
}
