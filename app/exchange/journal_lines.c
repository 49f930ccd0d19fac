#include "app/exchange/journal_lines.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/hex.h"
#include "firmware/base/json.h"
#include "firmware/base/utf8.h"

struct writing {
    const struct sink *sink;
    int64_t facts;
    size_t used;
    char line[JOURNAL_LINES_BYTES];
};

/* The longest body, each byte of it escaped, and all the rest. */
_Static_assert(6 * FACT_BODY_LIMIT + 2048 < JOURNAL_LINES_BYTES, "a line has room for any fact");

static void put_text(struct writing *out, const char *text)
{
    size_t length = strlen(text);
    memcpy(out->line + out->used, text, length);
    out->used += length;
}

static void put_hex(struct writing *out, const char *name, const uint8_t *bytes, size_t count)
{
    out->used += (size_t)sprintf(out->line + out->used, ",\"%s\":\"", name);
    hex_encode(bytes, count, out->line + out->used);
    out->used += 2 * count;
    put_text(out, "\"");
}

static void put_id(struct writing *out, const char *name, struct fact_id id)
{
    out->used += (size_t)sprintf(out->line + out->used, ",\"%s\":[%" PRId64 ",%" PRId64 "]", name,
                                 id.station, id.seq);
}

static void put_escaped(struct writing *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < 0x20) {
            out->used += (size_t)sprintf(out->line + out->used, "\\u%04x", byte);
            continue;
        }
        if (byte == '"' || byte == '\\')
            out->line[out->used++] = '\\';
        out->line[out->used++] = (char)byte;
    }
}

static void put_body(struct writing *out, const struct fact *fact)
{
    if (!fact->body) {
        put_text(out, ",\"salt\":null,\"body\":null");
        return;
    }
    put_hex(out, "salt", fact->salt, sizeof fact->salt);
    if (!utf8_is_valid(fact->body, fact->body_length) || memchr(fact->body, 0, fact->body_length)) {
        put_hex(out, "body_hex", (const uint8_t *)fact->body, fact->body_length);
        return;
    }
    put_text(out, ",\"body\":\"");
    put_escaped(out, fact->body, fact->body_length);
    put_text(out, "\"");
}

static enum rc end_line(struct writing *out)
{
    put_text(out, "\n");
    size_t length = out->used;
    out->used = 0;
    return sink_write(out->sink, out->line, length);
}

static enum rc write_link(void *context, const struct chain_link *link)
{
    struct writing *out = context;
    const struct fact *fact = &link->fact;
    if (fact->body_length > FACT_BODY_LIMIT)
        return RC_CORRUPT;
    out->used = (size_t)sprintf(out->line,
                                "{\"station\":%" PRId64 ",\"seq\":%" PRId64 ",\"wall_ms\":%" PRId64
                                ",\"mono_ms\":%" PRId64,
                                fact->id.station, fact->id.seq, fact->wall_ms, fact->mono_ms);
    put_hex(out, "boot", fact->boot, sizeof fact->boot);
    out->used += (size_t)sprintf(out->line + out->used, ",\"trust\":%d,\"kind\":%d",
                                 (int)fact->trust, (int)fact->kind);
    put_id(out, "subject", fact->subject);
    put_id(out, "organisation", fact->organisation);
    out->used += (size_t)sprintf(out->line + out->used, ",\"rules_seq\":%" PRId64, fact->rules_seq);
    put_hex(out, "body_hash", link->body_hash, chain_link_body_hash_bytes(link));
    put_hex(out, "hash", link->hash, HASH_BYTES);
    put_body(out, fact);
    put_text(out, "}");
    out->facts++;
    return end_line(out);
}

static enum rc write_header(struct writing *out, struct db *db, bool is_whole)
{
    struct chain_about about;
    enum rc rc = chain_about(db, &about);
    if (rc)
        return rc;
    json_t *header =
        json_pack("{s:s,s:i,s:I,s:i,s:s,s:i,s:s,s:b}", "perron", "journal", "v",
                  JOURNAL_LINES_VERSION, "station", (json_int_t)about.station, "fold_version",
                  atoi(about.fold_version), "key", about.key_id, "day_end_min", about.day_end_min,
                  "time_zone", about.time_zone, "is_whole", is_whole);
    char *text = header ? json_write(header, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    json_decref(header);
    if (!text)
        return RC_NO_MEMORY;
    put_text(out, text);
    free(text);
    return end_line(out);
}

/* The last fact of this station that the mark had. */
static int64_t last_known(const struct mark *since, int64_t station)
{
    for (size_t i = 0; since && i < since->count; i++)
        if (since->upto[i].station == station)
            return since->upto[i].seq;
    return 0;
}

static enum rc write_facts(struct writing *out, struct db *db, const struct mark *since)
{
    int64_t station = 0;
    enum rc rc;
    while (!(rc = chain_next_station(db, station, &station))) {
        rc = chain_each(db, station, last_known(since, station), INT64_MAX, write_link, out);
        if (rc)
            return rc;
    }
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc journal_lines_write(struct snapshot *snapshot, const struct mark *since,
                            const struct sink *sink, int64_t *out_facts)
{
    struct writing *out = calloc(1, sizeof *out);
    if (!out)
        return RC_NO_MEMORY;
    out->sink = sink;
    enum rc rc = write_header(out, snapshot_db(snapshot), !since || !since->count);
    if (!rc)
        rc = write_facts(out, snapshot_db(snapshot), since);
    if (!rc) {
        out->used = (size_t)sprintf(out->line, "{\"end\":true,\"facts\":%" PRId64 "}", out->facts);
        rc = end_line(out);
    }
    if (!rc)
        *out_facts = out->facts;
    hash_forget(out, sizeof *out); /* it was about people */
    free(out);
    return rc;
}
