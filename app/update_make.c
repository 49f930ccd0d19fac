#include "app/update_make.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/exchange/key_file.h"
#include "app/exchange/outfile.h"
#include "firmware/linux/packages.h"

/* --- the key's file --- */

static void print_key(const struct sign_public *key, const struct sign_secret *secret,
                      char *out_text, size_t size)
{
    char half[KEY_TEXT_SIZE], secret_half[KEY_TEXT_SIZE];
    sign_write_public(key, half);
    sign_write_secret(secret, secret_half);
    snprintf(out_text, size,
             "# Signs updates of Perron for stations that have %s\n"
             "# Keep it away from every station, and a copy of it somewhere else.\n"
             "%s\n",
             half, secret_half);
    hash_forget(secret_half, sizeof secret_half);
}

enum rc update_make_key(const char *path, struct sign_public *out_public, struct reason *out_reason)
{
    char text[512];
    struct sign_public key;
    struct sign_secret secret;
    sign_make_keys(&key, &secret);
    print_key(&key, &secret, text, sizeof text);
    enum rc rc = key_file_write(path, text, out_reason);
    hash_forget(&secret, sizeof secret);
    hash_forget(text, sizeof text);
    if (!rc)
        *out_public = key;
    return rc;
}

enum rc update_read_secret(const char *path, struct sign_secret *out_key, struct reason *out_reason)
{
    char *text;
    struct reason why = {.text = ""};
    enum rc rc = key_file_read(path, &text, out_reason);
    if (rc)
        return rc;
    rc = sign_read_secret(text, out_key, &why);
    if (rc)
        reason_set(out_reason, "%.200s is no key to sign with: %s", path, why.text);
    key_file_forget(text);
    return rc;
}

/* --- a package --- */

static enum rc weigh(const char *path, struct update_claim *claim, struct reason *out_reason)
{
    char piece[65536];
    struct hash_sha256 hash;
    ssize_t count;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    enum rc rc = fd < 0 ? rc_from_errno(errno) : RC_OK;
    hash_sha256_begin(&hash);
    while (!rc && (count = read(fd, piece, sizeof piece)) != 0) {
        if (count < 0) {
            rc = rc_from_errno(errno);
            break;
        }
        claim->bytes += count;
        hash_sha256_add(&hash, piece, (size_t)count);
        rc = claim->bytes > UPDATE_BYTES_MAX ? RC_LIMIT : RC_OK;
    }
    if (fd >= 0)
        close(fd);
    hash_sha256_end(&hash, claim->sha256);
    if (rc == RC_LIMIT)
        reason_set(out_reason, "%s has more than %d MB: no station takes that", path,
                   (int)(UPDATE_BYTES_MAX >> 20));
    else if (rc)
        reason_set(out_reason, "%s cannot be read: %s", path, rc_text(rc));
    return rc;
}

static enum rc write_beside(const char *path, const char *line, struct reason *out_reason)
{
    char folder[PATH_MAX], name[PATH_MAX + sizeof UPDATE_SUFFIX], copy[PATH_MAX];
    struct outfile *file;
    snprintf(folder, sizeof folder, "%s", path);
    snprintf(copy, sizeof copy, "%s", path);
    snprintf(name, sizeof name, "%s" UPDATE_SUFFIX, basename(copy));
    enum rc rc = outfile_create(dirname(folder), name, &file, out_reason);
    if (rc)
        return rc;
    (void)!outfile_write(file, line, strlen(line));
    return outfile_commit(file, out_reason);
}

enum rc update_sign(const char *path, const struct sign_secret *by, struct update_claim *out_claim,
                    struct reason *out_reason)
{
    struct update_claim claim = {.bytes = 0};
    struct packages_fields fields;
    char line[UPDATE_LINE_MAX];
    enum rc rc = packages_read(path, &fields, out_reason);
    if (rc)
        return rc;
    if (strcmp(fields.package, UPDATE_PACKAGE) != 0) {
        reason_set(out_reason, "%s is a package of %s, not of " UPDATE_PACKAGE, path,
                   fields.package);
        return RC_REFUSED;
    }
    rc = weigh(path, &claim, out_reason);
    if (rc)
        return rc;
    snprintf(claim.package, sizeof claim.package, "%.31s", fields.package);
    snprintf(claim.version, sizeof claim.version, "%s", fields.version);
    snprintf(claim.architecture, sizeof claim.architecture, "%.15s", fields.architecture);
    if (update_claim_write(&claim, by, line)) {
        reason_set(out_reason, "%s has a version or an architecture that no station understands",
                   path);
        return RC_BAD_INPUT;
    }
    rc = write_beside(path, line, out_reason);
    if (!rc)
        *out_claim = claim;
    return rc;
}
