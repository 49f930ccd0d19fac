/*
 * secrets.h - PINs and personal codes on their way: tried, counted, and only then answered; and new
 * codes, sealed, recorded, and only then told.
 *
 * The loop hands in what was typed, or for whom a code is to be, and goes on; what it came to is an
 * event later. One at a time. Reading and recording happen on the writer's thread, the slow hashing
 * on a thread of its own, so that taps go on meanwhile. The loop's thread only; the writer must be
 * closed before this is, and be drained into it (writer_next).
 */
#ifndef APP_SECRETS_H
#define APP_SECRETS_H

#include "app/domain/code.h"
#include "app/store/keyring.h"
#include "app/store/welcome.h"
#include "app/store/writer.h"

/* It is a wonder when two in a row are somebody's. */
#define SECRETS_MAKING_MAX 8

struct secrets;

/* Somebody new, who gets a code with their first fact: welcome.h. */
struct secrets_begin {
    char first_name[96];
    enum language language;
    enum newcomer_how hello;
    bool is_nameless;
    enum occasion_kind occasion;
};

struct secrets_event {
    enum keyring_kind kind;
    /*
     * RC_OK: it was tried, and is_right tells. RC_REFUSED: locked, nothing was tried. Else why it
     * could not be tried (no memory, the disk refuses): says nothing about the secret.
     */
    enum rc rc;
    bool is_right;
    int64_t locked_ms;     /* how long nobody may try again */
    struct fact_id person; /* whose PIN it was to be; whose code it is; none for a wrong code */

    bool is_new;                   /* of a new code; is_right where there is one */
    char made[CODE_WRITTEN_BYTES]; /* secret; "" where there is none */
    struct reason why;             /* RC_REFUSED and RC_NOT_FOUND of a new code: office.h's */
};

/* `key` is the venue's; it, the writer and the clock outlive this. */
enum rc secrets_open(struct writer *writer, const struct clock *clock, const uint8_t *key,
                     struct secrets **out_secrets) MUST_CHECK;

/* Waits for the hashing under way and wipes what was typed. Takes NULL. */
void secrets_close(struct secrets *secrets);

/* RC_BUSY while another one is tried; RC_LIMIT for what is too long to be a PIN. */
enum rc secrets_try_pin(struct secrets *secrets, struct fact_id person,
                        const char *digits) MUST_CHECK;

/*
 * A code as it was typed. With `candidates` (at most KEYRING_CANDIDATES_MAX; there may be none)
 * only these people's code counts; NULL: anybody's. RC_BAD_INPUT for what cannot be a code: nothing
 * is tried.
 */
enum rc secrets_try_code(struct secrets *secrets, const char *writing,
                         const struct fact_id *candidates, size_t count) MUST_CHECK;

/*
 * A new code for somebody, made by staff (office_set_code); RC_BUSY as above. One that somebody has
 * already is made again, SECRETS_MAKING_MAX times in all; then the event's rc is RC_BUSY.
 */
enum rc secrets_make_code(struct secrets *secrets, struct fact_id person,
                          struct fact_id by) MUST_CHECK;

/* The same for somebody new: the event's person is who that became. */
enum rc secrets_begin(struct secrets *secrets, const struct secrets_begin *begin) MUST_CHECK;

/* Is something under way? */
bool secrets_is_idle(const struct secrets *secrets);

/* Readable when secrets_next may have something; also call it after writer_next gave a job. */
int secrets_fd(const struct secrets *secrets);

/* What it came to; RC_EMPTY when there is nothing yet. */
enum rc secrets_next(struct secrets *secrets, struct secrets_event *out_event) MUST_CHECK;

#endif
