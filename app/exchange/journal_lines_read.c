#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/domain/fold.h"
#include "app/exchange/journal_lines.h"
#include "firmware/base/hex.h"
#include "firmware/base/json.h"

#define LINE_MEMBERS 14 /* of a fact */

struct journal_lines {
    int fd;
    struct chain_about about;
    bool is_whole;
    bool is_broken;   /* something was passed over */
    bool is_too_long; /* the line that begins here */
    bool has_ended;   /* the file */
    int64_t promised; /* facts, by its end; below 0: it has none so far */
    int64_t line;     /* the number of the one read last */
    int64_t facts;    /* read so far */
    struct fact_id last;
    json_t *object; /* of the line read last */
    size_t used, at;
    char buffer[JOURNAL_LINES_BYTES];
    uint8_t body[FACT_BODY_LIMIT];
};

static enum rc say_bad_line(const struct journal_lines *lines, const char *what,
                            struct reason *out_reason)
{
    reason_set(out_reason, "line %lld of the journal %s", (long long)lines->line, what);
    return RC_CORRUPT;
}

/* --- lines --- */

/* RC_EMPTY: nothing comes any more. */
static enum rc fill(struct journal_lines *lines)
{
    ssize_t count;
    memmove(lines->buffer, lines->buffer + lines->at, lines->used - lines->at);
    lines->used -= lines->at;
    lines->at = 0;
    if (lines->used == sizeof lines->buffer)
        return RC_LIMIT;
    do
        count = read(lines->fd, lines->buffer + lines->used, sizeof lines->buffer - lines->used);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        return rc_from_errno(errno);
    lines->used += (size_t)count;
    return count ? RC_OK : RC_EMPTY;
}

/* The next line without its end. RC_EMPTY: the file ends before one does. */
static enum rc next_line(struct journal_lines *lines, const char **out_text, size_t *out_length,
                         struct reason *out_reason)
{
    size_t searched = 0;
    const char *end = NULL;
    enum rc rc = RC_OK;
    lines->line++;
    while (!rc) {
        end =
            memchr(lines->buffer + lines->at + searched, '\n', lines->used - lines->at - searched);
        if (end)
            break;
        searched = lines->used - lines->at;
        rc = fill(lines);
    }
    lines->is_too_long = rc == RC_LIMIT;
    lines->has_ended = rc == RC_EMPTY;
    if (rc == RC_LIMIT)
        return say_bad_line(lines, "is longer than any that Perron writes", out_reason);
    if (rc && rc != RC_EMPTY)
        reason_set(out_reason, "the journal could not be read on from line %lld: %s",
                   (long long)lines->line, rc_text(rc));
    if (rc)
        return rc;
    *out_text = lines->buffer + lines->at;
    *out_length = (size_t)(end - *out_text);
    lines->at += *out_length + 1;
    return RC_OK;
}

static enum rc next_object(struct journal_lines *lines, struct reason *out_reason)
{
    const char *text;
    size_t length;
    json_decref(lines->object);
    lines->object = NULL;
    enum rc rc = next_line(lines, &text, &length, out_reason);
    if (rc)
        return rc;
    rc = json_read_object(text, length, JOURNAL_LINES_BYTES, &lines->object);
    if (rc == RC_NO_MEMORY)
        reason_set(out_reason, "there is not enough memory to read the journal");
    else if (rc)
        rc = say_bad_line(lines, "is damaged", out_reason);
    return rc;
}

/* --- what stands in one --- */

static bool take_number(const json_t *value, int64_t least, int64_t most, int64_t *out_number)
{
    if (!json_is_integer(value) || json_integer_value(value) < least ||
        json_integer_value(value) > most)
        return false;
    *out_number = json_integer_value(value);
    return true;
}

static bool take_id(const json_t *value, struct fact_id *out_id)
{
    return json_is_array(value) && json_array_size(value) == 2 &&
           take_number(json_array_get(value, 0), 0, INT64_MAX, &out_id->station) &&
           take_number(json_array_get(value, 1), 0, INT64_MAX, &out_id->seq);
}

static bool take_hex(const json_t *object, const char *name, uint8_t *out_bytes, size_t size)
{
    size_t count;
    const json_t *value = json_object_get(object, name);
    return json_is_string(value) && json_string_length(value) == 2 * size &&
           !hex_decode(json_string_value(value), 2 * size, size, out_bytes, &count);
}

static bool take_hex_body(struct journal_lines *lines, const json_t *value, struct fact *fact)
{
    fact->body = (const char *)lines->body;
    return json_is_string(value) &&
           !hex_decode(json_string_value(value), json_string_length(value), sizeof lines->body,
                       lines->body, &fact->body_length);
}

static bool take_body(struct journal_lines *lines, struct fact *fact)
{
    const json_t *body = json_object_get(lines->object, "body");
    if (json_is_null(body))
        return json_is_null(json_object_get(lines->object, "salt"));
    if (!take_hex(lines->object, "salt", fact->salt, sizeof fact->salt))
        return false;
    if (!body)
        return take_hex_body(lines, json_object_get(lines->object, "body_hex"), fact);
    if (!json_is_string(body) || json_string_length(body) > FACT_BODY_LIMIT)
        return false;
    fact->body = json_string_value(body);
    fact->body_length = json_string_length(body);
    return true;
}

static bool take_body_hash(const json_t *object, struct chain_link *link)
{
    link->is_redacted = true;
    if (take_hex(object, "body_hash", link->body_hash, CHAIN_REST_BYTES))
        return true;
    link->is_redacted = false;
    return take_hex(object, "body_hash", link->body_hash, HASH_BYTES);
}

static bool take_fact(struct journal_lines *lines, struct chain_link *link)
{
    const json_t *object = lines->object;
    struct fact *fact = &link->fact;
    int64_t trust, kind;
    if (json_object_size(object) != LINE_MEMBERS ||
        !take_number(json_object_get(object, "station"), 1, INT64_MAX, &fact->id.station) ||
        !take_number(json_object_get(object, "seq"), 1, INT64_MAX, &fact->id.seq) ||
        !take_number(json_object_get(object, "wall_ms"), INT64_MIN, INT64_MAX, &fact->wall_ms) ||
        !take_number(json_object_get(object, "mono_ms"), INT64_MIN, INT64_MAX, &fact->mono_ms) ||
        !take_number(json_object_get(object, "trust"), CLOCK_UNSET, CLOCK_SYNCED, &trust) ||
        !take_number(json_object_get(object, "kind"), 1, INT_MAX, &kind) ||
        !take_number(json_object_get(object, "rules_seq"), 0, INT64_MAX, &fact->rules_seq))
        return false;
    fact->trust = (enum clock_trust)trust;
    fact->kind = (enum fact_kind)kind;
    return take_id(json_object_get(object, "subject"), &fact->subject) &&
           take_id(json_object_get(object, "organisation"), &fact->organisation) &&
           take_hex(object, "boot", fact->boot, sizeof fact->boot) &&
           take_body_hash(object, link) && take_hex(object, "hash", link->hash, HASH_BYTES) &&
           take_body(lines, fact);
}

/* Station after station, and of each every fact; the first may have some before it. */
static bool is_next(const struct journal_lines *lines, struct fact_id id)
{
    if (lines->is_broken)
        return true;
    if (id.station == lines->last.station)
        return id.seq == lines->last.seq + 1;
    return id.station > lines->last.station && (!lines->is_whole || id.seq == 1);
}

/* --- the file --- */

static enum rc read_end(struct journal_lines *lines, struct reason *out_reason)
{
    int64_t facts;
    if (json_object_size(lines->object) != 2 ||
        !json_is_true(json_object_get(lines->object, "end")) ||
        !take_number(json_object_get(lines->object, "facts"), 0, INT64_MAX, &facts))
        return say_bad_line(lines, "is damaged", out_reason);
    lines->promised = facts;
    if (facts != lines->facts) {
        reason_set(out_reason, "the journal says that it has %lld facts, and has %lld",
                   (long long)facts, (long long)lines->facts);
        return RC_CORRUPT;
    }
    if (lines->at < lines->used || fill(lines) != RC_EMPTY) {
        lines->line++;
        return say_bad_line(lines, "stands behind the end", out_reason);
    }
    return RC_EMPTY;
}

enum rc journal_lines_next(struct journal_lines *lines, struct chain_link *out_link,
                           struct reason *out_reason)
{
    struct chain_link link = {.fact = {.body = NULL}};
    enum rc rc = next_object(lines, out_reason);
    if (rc == RC_EMPTY)
        return say_bad_line(lines, "is missing or cut off: the end of the file is not there",
                            out_reason);
    if (rc)
        return rc;
    if (json_object_get(lines->object, "end"))
        return read_end(lines, out_reason);
    if (!take_fact(lines, &link))
        return say_bad_line(lines, "is damaged", out_reason);
    if (!is_next(lines, link.fact.id))
        return say_bad_line(lines, "is not the fact that comes next", out_reason);
    lines->last = link.fact.id;
    lines->facts++;
    *out_link = link;
    return RC_OK;
}

bool journal_lines_resync(struct journal_lines *lines)
{
    lines->is_broken = true;
    while (lines->is_too_long) {
        const char *at = lines->buffer + lines->at;
        const char *end = memchr(at, '\n', lines->used - lines->at);
        lines->at = end ? (size_t)(end + 1 - lines->buffer) : lines->used;
        lines->is_too_long = !end;
        lines->has_ended = !end && fill(lines) != RC_OK;
        if (lines->has_ended)
            break;
    }
    return !lines->has_ended;
}

bool journal_lines_promised(const struct journal_lines *lines, int64_t *out_facts)
{
    if (lines->promised < 0)
        return false;
    *out_facts = lines->promised;
    return true;
}

static bool take_text(const json_t *object, const char *name, char *out_text, size_t size)
{
    const char *text = json_text(object, name);
    if (!text || strlen(text) >= size)
        return false;
    strcpy(out_text, text);
    return true;
}

static enum rc read_header(struct journal_lines *lines, struct reason *out_reason)
{
    struct chain_about *about = &lines->about;
    int64_t version = 0, fold_version = 0, day_end_min = 0;
    const char *what;
    struct reason ignored;
    enum rc rc = next_object(lines, &ignored);
    if (rc == RC_NO_MEMORY || rc == RC_IO) {
        *out_reason = ignored;
        return rc;
    }
    what = rc ? NULL : json_text(lines->object, "perron");
    if (!what || strcmp(what, "journal") != 0 ||
        !take_number(json_object_get(lines->object, "v"), 1, INT64_MAX, &version)) {
        reason_set(out_reason, "this is no journal that Perron wrote");
        return RC_UNSUPPORTED;
    }
    if (version > JOURNAL_LINES_VERSION ||
        json_number(lines->object, "fold_version", 0) > FOLD_VERSION) {
        reason_set(out_reason, "a newer Perron wrote this journal; update this one first");
        return RC_NEWER;
    }
    const json_t *is_whole = json_object_get(lines->object, "is_whole");
    if (!json_is_boolean(is_whole) ||
        !take_number(json_object_get(lines->object, "station"), 0, INT64_MAX, &about->station) ||
        !take_number(json_object_get(lines->object, "fold_version"), 0, INT_MAX, &fold_version) ||
        !take_number(json_object_get(lines->object, "day_end_min"), 0, 24 * 60 - 1, &day_end_min) ||
        !take_text(lines->object, "key", about->key_id, sizeof about->key_id) ||
        !take_text(lines->object, "time_zone", about->time_zone, sizeof about->time_zone))
        return say_bad_line(lines, "is damaged", out_reason);
    lines->is_whole = json_is_true(is_whole);
    about->day_end_min = (int)day_end_min;
    snprintf(about->fold_version, sizeof about->fold_version, "%d", (int)fold_version);
    return RC_OK;
}

enum rc journal_lines_open(int fd, struct journal_lines **out_lines, struct reason *out_reason)
{
    struct journal_lines *lines = calloc(1, sizeof *lines);
    if (!lines) {
        close(fd);
        reason_set(out_reason, "there is not enough memory to read the journal");
        return RC_NO_MEMORY;
    }
    lines->fd = fd;
    lines->promised = -1;
    enum rc rc = read_header(lines, out_reason);
    if (rc)
        journal_lines_close(lines);
    else
        *out_lines = lines;
    return rc;
}

void journal_lines_about(const struct journal_lines *lines, struct chain_about *out_about,
                         bool *out_is_whole)
{
    *out_about = lines->about;
    *out_is_whole = lines->is_whole;
}

void journal_lines_close(struct journal_lines *lines)
{
    if (!lines)
        return;
    close(lines->fd);
    json_decref(lines->object);
    hash_forget(lines, sizeof *lines); /* it was about people */
    free(lines);
}
