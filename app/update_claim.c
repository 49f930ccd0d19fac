#include "app/update_claim.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "app/update_version.h"
#include "firmware/base/hex.h"

#define MARK "perron-update-1"

static bool is_name(const char *text)
{
    size_t length = strlen(text);
    return length && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

static void write_hex(const uint8_t *bytes, size_t count, char *out_text)
{
    hex_encode(bytes, count, out_text);
    for (; *out_text; out_text++)
        *out_text = (char)tolower((unsigned char)*out_text);
}

/* All that is signed; its length, or 0 where that cannot be said in a line. */
static size_t write_said(const struct update_claim *claim, char *out_text)
{
    char hash[2 * HASH_BYTES + 1];
    if (!is_name(claim->package) || !is_name(claim->architecture) ||
        !update_version_is_valid(claim->version) || claim->bytes <= 0 ||
        claim->bytes > UPDATE_BYTES_MAX)
        return 0;
    write_hex(claim->sha256, sizeof claim->sha256, hash);
    return (size_t)snprintf(out_text, UPDATE_LINE_MAX, MARK " %s %s %s %" PRId64 " %s",
                            claim->package, claim->version, claim->architecture, claim->bytes,
                            hash);
}

static void end_line(char *line, size_t length, const uint8_t *signature)
{
    char text[2 * SIGN_BYTES + 1];
    write_hex(signature, SIGN_BYTES, text);
    snprintf(line + length, UPDATE_LINE_MAX - length, " %s\n", text);
}

enum rc update_claim_write(const struct update_claim *claim, const struct sign_secret *by,
                           char out_line[UPDATE_LINE_MAX])
{
    uint8_t signature[SIGN_BYTES];
    char line[UPDATE_LINE_MAX];
    size_t length = write_said(claim, line);
    if (!length)
        return RC_BAD_INPUT;
    sign_text(by, line, length, signature);
    end_line(line, length, signature);
    memcpy(out_line, line, sizeof line);
    return RC_OK;
}

/* Reads it, and writes it again: what is not the same was not written by us. */
static enum rc parse(const char *line, size_t length, struct update_claim *out_claim,
                     uint8_t *out_signature, size_t *out_said)
{
    struct update_claim claim = {.bytes = 0};
    char text[UPDATE_LINE_MAX], again[UPDATE_LINE_MAX];
    char hash[2 * HASH_BYTES + 1], signed_by[2 * SIGN_BYTES + 1];
    size_t hash_bytes, sign_bytes;
    if (length >= sizeof text || memchr(line, 0, length))
        return RC_BAD_INPUT;
    memcpy(text, line, length);
    text[length] = 0;
    int parts = sscanf(text, MARK " %31s %63s %15s %10" SCNd64 " %64s %128s", claim.package,
                       claim.version, claim.architecture, &claim.bytes, hash, signed_by);
    if (parts != 6 ||
        hex_decode(hash, strlen(hash), sizeof claim.sha256, claim.sha256, &hash_bytes) ||
        hash_bytes != sizeof claim.sha256 ||
        hex_decode(signed_by, strlen(signed_by), SIGN_BYTES, out_signature, &sign_bytes) ||
        sign_bytes != SIGN_BYTES)
        return RC_BAD_INPUT;
    *out_said = write_said(&claim, again);
    if (!*out_said)
        return RC_BAD_INPUT;
    end_line(again, *out_said, out_signature);
    if (strcmp(again, text) != 0)
        return RC_BAD_INPUT;
    *out_claim = claim;
    return RC_OK;
}

enum rc update_claim_read(const char *line, size_t length, const struct sign_public *key,
                          struct update_claim *out_claim)
{
    struct update_claim claim;
    uint8_t signature[SIGN_BYTES];
    size_t said;
    enum rc rc = parse(line, length, &claim, signature, &said);
    if (!rc)
        rc = sign_check(key, line, said, signature);
    if (!rc)
        *out_claim = claim;
    return rc;
}

enum rc update_claim_parse(const char *line, size_t length, struct update_claim *out_claim)
{
    uint8_t signature[SIGN_BYTES];
    size_t said;
    return parse(line, length, out_claim, signature, &said);
}

const char *update_architecture(void)
{
#if defined(__x86_64__)
    return "amd64";
#elif defined(__aarch64__)
    return "arm64";
#elif defined(__arm__)
    return "armhf";
#else
    return "unknown";
#endif
}
