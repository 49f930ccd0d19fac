/* ics_split.c - the file cut into its events and zones, unfolded, with the line of each. */
#include "app/exchange/ics_i.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/hash.h"
#include "firmware/base/hex.h"
#include "firmware/base/utf8.h"

enum where { OUTSIDE, IN_EVENT, IN_ZONE, IN_OTHER };

static const char cut_fault[] =
    SAID("The file was cut in the middle of this event: export the calendar again.");
static const char open_fault[] =
    SAID("This event has no END:VEVENT: something cut it out, export the calendar again.");

struct splitter {
    struct ics *ics;
    enum where where;
    int nested;
    struct ics_block block;
    size_t line_at; /* of the line being unfolded, in the text */
    int line;
    bool has_line;
};

static bool is_name(const char *line, size_t length, const char *name)
{
    size_t n = strlen(name);
    return length >= n && strncasecmp(line, name, n) == 0 &&
           (length == n || strchr(":; \t", line[n]));
}

/* What stands behind "UID:" or "UID;X=y:". */
static const char *value_of(const char *line, size_t length, size_t *out_length)
{
    const char *colon = memchr(line, ':', length);
    *out_length = colon ? length - (size_t)(colon + 1 - line) : 0;
    return colon ? colon + 1 : line;
}

static char *hashed_uid(const char *bytes, size_t length)
{
    uint8_t hash[16];
    char hex[2 * sizeof hash + 1], *uid = calloc(1, 6 + sizeof hex);
    const struct hash_part part = {bytes, length};
    hash_parts(NULL, &part, 1, hash, sizeof hash);
    hex_encode(hash, sizeof hash, hex);
    if (uid)
        sprintf(uid, "made:%s", hex);
    return uid;
}

/* A UID that fits and can be shown stays; of others, and of events without, one is made. */
static enum rc set_uid(struct ics_block *block, const char *value, size_t length)
{
    char text[ICS_UID_BYTES + 4], clean[ICS_UID_BYTES];
    free(block->uid);
    snprintf(text, sizeof text, "%.*s", (int)(length < sizeof text ? length : sizeof text - 1),
             value);
    bool is_fit = length < sizeof clean && !utf8_clean(text, clean, sizeof clean) && clean[0];
    block->uid = is_fit ? calloc(1, strlen(clean) + 1) : hashed_uid(value, length);
    if (block->uid && is_fit)
        strcpy(block->uid, clean);
    return block->uid ? RC_OK : RC_NO_MEMORY;
}

/* Without a UID an event is known by its beginning and its title. */
static enum rc make_uid(const struct ics *ics, struct ics_block *block)
{
    char key[600];
    size_t used = 0;
    const char *at = ics->text + block->at, *end = at + block->length;
    for (const char *next; at < end; at = next) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((stop ? stop : end) - at), room = sizeof key - used;
        next = stop ? stop + 1 : end;
        if (is_name(at, length, "DTSTART") || is_name(at, length, "SUMMARY"))
            used += length < room ? (memcpy(key + used, at, length), length) : 0;
    }
    block->uid = hashed_uid(key, used);
    return block->uid ? RC_OK : RC_NO_MEMORY;
}

static enum rc make_room(struct ics *ics)
{
    if (ics->count < ics->capacity)
        return RC_OK;
    size_t capacity = ics->capacity ? ics->capacity * 2 : 64;
    struct ics_block *blocks = calloc(capacity, sizeof *blocks);
    if (!blocks)
        return RC_NO_MEMORY;
    if (ics->count)
        memcpy(blocks, ics->blocks, ics->count * sizeof *blocks);
    free(ics->blocks);
    ics->blocks = blocks;
    ics->capacity = capacity;
    return RC_OK;
}

static enum rc add_event(struct splitter *splitter, const char *fault)
{
    struct ics *ics = splitter->ics;
    struct ics_block *block = &splitter->block;
    block->length = ics->length - block->at;
    block->fault = fault;
    if (block->length > ICS_EVENT_BYTES)
        block->fault = SAID("This event has more than a million letters: shorten its description.");
    enum rc rc = block->uid ? RC_OK : make_uid(ics, block);
    if (!rc && ics->count == ICS_EVENTS)
        rc = RC_LIMIT;
    if (!rc)
        rc = make_room(ics);
    if (!rc)
        ics->blocks[ics->count++] = *block;
    else
        free(block->uid);
    *block = (struct ics_block){0};
    splitter->where = OUTSIDE;
    return rc;
}

static void begin_block(struct splitter *splitter, enum where where)
{
    splitter->where = where;
    splitter->nested = 0;
    splitter->block = (struct ics_block){.at = splitter->line_at, .line = splitter->line};
}

/* A BEGIN. *out_is_kept: its line stays in the text; an event's is written anew for Libical. */
static enum rc take_begin(struct splitter *splitter, const char *name, size_t length,
                          bool *out_is_kept)
{
    enum rc rc = RC_OK;
    *out_is_kept = splitter->where == IN_ZONE;
    if (is_name(name, length, "VEVENT")) {
        splitter->ics->length = splitter->line_at;
        if (splitter->where == IN_EVENT)
            rc = add_event(splitter, open_fault);
        begin_block(splitter, IN_EVENT);
        *out_is_kept = false;
    } else if (splitter->where != OUTSIDE) {
        splitter->nested++;
    } else if (is_name(name, length, "VCALENDAR")) {
        splitter->ics->is_calendar = true;
        splitter->ics->calendars++;
    } else {
        *out_is_kept = is_name(name, length, "VTIMEZONE");
        begin_block(splitter, *out_is_kept ? IN_ZONE : IN_OTHER);
    }
    return rc;
}

static enum rc take_end(struct splitter *splitter, const char *name, size_t length,
                        bool *out_is_kept)
{
    struct ics *ics = splitter->ics;
    bool is_calendar = is_name(name, length, "VCALENDAR");
    enum where where = splitter->where;
    *out_is_kept = where == IN_ZONE;
    if (is_calendar)
        ics->calendars--;
    if (where != OUTSIDE && splitter->nested > 0 && !is_calendar) {
        splitter->nested--;
        return RC_OK;
    }
    splitter->where = OUTSIDE;
    if (where == IN_EVENT) {
        ics->length = splitter->line_at;
        return add_event(splitter, is_name(name, length, "VEVENT") ? NULL : open_fault);
    }
    if (where != IN_ZONE || is_calendar)
        return RC_OK;
    splitter->block.length = ics->length - splitter->block.at;
    return ics_add_zone(ics, &splitter->block);
}

/* PUBLISH is a calendar; the others are letters about single events. */
static void take_method(struct ics *ics, const char *value, size_t length)
{
    ics->is_message |= length && !is_name(value, length, "PUBLISH");
    ics->is_cancelling |= is_name(value, length, "CANCEL");
}

static enum rc take_line(struct splitter *splitter)
{
    struct ics *ics = splitter->ics;
    const char *line = ics->text + splitter->line_at, *value;
    size_t length = ics->length - 1 - splitter->line_at, value_length;
    bool is_kept = splitter->where == IN_ZONE || (splitter->where == IN_EVENT && !splitter->nested);
    enum rc rc = RC_OK;
    value = value_of(line, length, &value_length);
    if (is_name(line, length, "BEGIN"))
        rc = take_begin(splitter, value, value_length, &is_kept);
    else if (is_name(line, length, "END"))
        rc = take_end(splitter, value, value_length, &is_kept);
    else if (splitter->where == OUTSIDE && is_name(line, length, "METHOD"))
        take_method(ics, value, value_length);
    else if (splitter->where == IN_EVENT && is_kept && is_name(line, length, "UID"))
        rc = value_length ? set_uid(&splitter->block, value, value_length) : RC_OK;
    else if (splitter->where == IN_EVENT && length && !memchr(line, ':', length))
        is_kept = false; /* no property: a line that was broken and not folded */
    if (!is_kept)
        ics->length = splitter->line_at;
    return rc;
}

static void append_bytes(struct ics *ics, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        bool is_control = byte < 0x20 && byte != '\t';
        ics->controls += is_control;
        ics->text[ics->length++] = is_control ? ' ' : bytes[i];
    }
    ics->text[ics->length++] = '\n';
}

static enum rc take_raw(struct splitter *splitter, const char *bytes, size_t length, int line)
{
    struct ics *ics = splitter->ics;
    enum rc rc = RC_OK;
    if (splitter->has_line && length && (bytes[0] == ' ' || bytes[0] == '\t')) {
        ics->length--;
        append_bytes(ics, bytes + 1, length - 1);
        return RC_OK;
    }
    if (splitter->has_line)
        rc = take_line(splitter);
    splitter->has_line = length > 0;
    splitter->line_at = ics->length;
    splitter->line = line;
    if (length)
        append_bytes(ics, bytes, length);
    return rc;
}

enum rc ics_split(struct ics *ics, const char *bytes, size_t length)
{
    struct splitter splitter = {.ics = ics};
    enum rc rc = RC_OK;
    int line = 0;
    ics->text = calloc(1, length + 2);
    if (!ics->text)
        return RC_NO_MEMORY;
    for (size_t at = 0, end; !rc && at < length; at = end) {
        end = at;
        while (end < length && bytes[end] != '\n' && bytes[end] != '\r')
            end++;
        rc = take_raw(&splitter, bytes + at, end - at, ++line);
        end += end + 1 < length && bytes[end] == '\r' && bytes[end + 1] == '\n' ? 2 : 1;
    }
    if (!rc)
        rc = take_raw(&splitter, "", 0, line);
    ics->is_cut = ics->calendars > 0 || splitter.where != OUTSIDE;
    if (!rc && splitter.where == IN_EVENT)
        rc = add_event(&splitter, cut_fault);
    free(splitter.block.uid);
    return rc;
}
