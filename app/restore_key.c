#include <stdio.h>
#include <string.h>

#include "app/exchange/unseal.h"
#include "app/restore_i.h"

#define KEY_TEXT_BYTES 1024

struct key_text {
    size_t length;
    char bytes[KEY_TEXT_BYTES];
};

static enum rc take_text(void *context, const char *bytes, size_t length)
{
    struct key_text *text = context;
    if (length > sizeof text->bytes - text->length)
        return RC_LIMIT;
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    return RC_OK;
}

static enum rc unseal_key(struct restore *restore)
{
    char path[PATH_MAX];
    struct key_text text = {.length = 0};
    bool is_sink;
    snprintf(path, sizeof path, "%.*s/" VENUE_KEY_NAME SEAL_SUFFIX, PATH_MAX - 32,
             restore->job->from);
    enum rc rc = unseal(path, restore->job->key, &(struct sink){&text, take_text}, &is_sink,
                        restore->reason);
    if (!rc || is_sink) {
        rc = rc ? RC_CORRUPT : venue_key_parse(text.bytes, text.length, &restore->key);
        if (rc)
            reason_set(restore->reason,
                       VENUE_KEY_NAME SEAL_SUFFIX " does not have the key of a venue in it");
    }
    hash_forget(&text, sizeof text);
    restore->has_key = !rc;
    return rc;
}

/* One that lies in the data folder already, as where only the register was lost. */
static enum rc find_key_beside(struct restore *restore)
{
    struct venue_key beside;
    enum rc rc = venue_key_read(restore->data_fd, &beside);
    if (rc == RC_NOT_FOUND)
        return RC_OK;
    if (rc || (restore->has_key && strcmp(beside.id, restore->key.id) != 0)) {
        reason_set(restore->reason, "%s/" VENUE_KEY_NAME " is %s: move it away first, and keep it",
                   restore->job->data, rc ? "damaged" : "not the key of this export");
        return RC_REFUSED;
    }
    restore->key = beside;
    restore->has_key = true;
    hash_forget(&beside, sizeof beside);
    return RC_OK;
}

enum rc restore_find_key(struct restore *restore)
{
    enum rc rc = RC_OK;
    if (restore->job->key && restore->states[RESTORE_KEY] != PARCEL_MISSING)
        rc = unseal_key(restore);
    if (rc && restore->job->may_lose_badges) {
        restore_tell(restore, "%s", restore->reason->text);
        rc = RC_OK;
    }
    return rc ? rc : find_key_beside(restore);
}

static void say_why_not(const struct restore *restore)
{
    const char *why = "the export has no " VENUE_KEY_NAME SEAL_SUFFIX;
    if (restore->has_key)
        why = "the venue's key is not the one that badges were given under";
    else if (restore->states[RESTORE_KEY] != PARCEL_MISSING)
        why = "the venue's key is sealed, and the file with the secret key was not given (--key)";
    reason_set(restore->reason,
               "no badge would be known: %s. With --without-badges it is restored all the same; "
               "then all badges, PINs and codes have to be given again",
               why);
}

enum rc restore_settle_key(struct restore *restore)
{
    const char *given_under = restore->about.key_id;
    if (restore->has_key && (!given_under[0] || strcmp(restore->key.id, given_under) == 0)) {
        restore->result.has_badges = true;
        return RC_OK;
    }
    if (!restore->job->may_lose_badges) {
        say_why_not(restore);
        return RC_REFUSED;
    }
    if (!restore->has_key)
        venue_key_make(&restore->key);
    restore->has_key = true;
    return RC_OK;
}
