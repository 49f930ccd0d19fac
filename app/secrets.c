#include "app/secrets.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "app/domain/pin.h"
#include "app/store/office.h"
#include "firmware/base/thread.h"

/* Where the one try, or the making of one code, is. The loop's thread moves it on. */
enum step { STEP_NONE, STEP_PREPARE, STEP_COMPUTE, STEP_RECORD };

/* A new code on its way; making begins with STEP_COMPUTE. */
struct making {
    struct fact_id person, by;
    bool is_beginning; /* with the code the person, too: */
    struct secrets_begin begin;
    struct code code;
    char sealed[SECRET_SEALED_BYTES];
    int count; /* of codes made so far */
    struct reason why;
};

struct secrets {
    struct job job; /* first; with the writer during STEP_PREPARE and STEP_RECORD */
    struct writer *writer;
    const struct clock *clock;
    const uint8_t *key;
    enum step step;
    bool is_making;
    struct keyring_attempt attempt; /* whoever has the step has it, and making, too */
    struct making making;
    struct clock_reading now;
    enum rc rc; /* of the step */
    bool is_back;

    pthread_t thread;
    pthread_mutex_t lock; /* of the three below */
    pthread_cond_t wake;
    bool has_work;
    bool is_computed;
    bool is_stopping;
    int fd;
};

/* --- on the writer's thread --- */

static enum rc give(struct journal *journal, const struct clock_reading *now, struct making *making)
{
    const struct office office = {.by = making->by, .now = *now};
    const struct welcome_begin begin = {.first_name = making->begin.first_name,
                                        .language = making->begin.language,
                                        .sealed = making->sealed,
                                        .hello = making->begin.hello,
                                        .is_nameless = making->begin.is_nameless,
                                        .occasion = making->begin.occasion};
    if (making->is_beginning)
        return welcome_begin(journal, &office, &begin, &making->person, &making->why);
    return office_set_code(journal, &office, making->person, making->sealed, &making->why);
}

static void run(struct job *job, struct journal *journal)
{
    struct secrets *secrets = (struct secrets *)job;
    if (secrets->is_making)
        secrets->rc = give(journal, &secrets->now, &secrets->making);
    else if (secrets->step == STEP_PREPARE)
        secrets->rc = keyring_prepare(journal, &secrets->now, &secrets->attempt);
    else
        secrets->rc = keyring_record(journal, &secrets->now, &secrets->attempt);
}

/* --- on the thread that hashes --- */

static enum rc make(const uint8_t *key, struct making *making)
{
    code_make(&making->code);
    making->count++;
    return secret_seal_alike(key, making->code.text, making->sealed);
}

static void *work(void *argument)
{
    struct secrets *secrets = argument;
    const uint64_t one = 1;
    pthread_mutex_lock(&secrets->lock);
    while (!secrets->is_stopping) {
        if (!secrets->has_work) {
            pthread_cond_wait(&secrets->wake, &secrets->lock);
            continue;
        }
        secrets->has_work = false;
        pthread_mutex_unlock(&secrets->lock);
        secrets->rc = secrets->is_making ? make(secrets->key, &secrets->making)
                                         : keyring_compute(secrets->key, &secrets->attempt);
        pthread_mutex_lock(&secrets->lock);
        secrets->is_computed = true;
        ssize_t written = write(secrets->fd, &one, sizeof one);
        (void)written;
    }
    pthread_mutex_unlock(&secrets->lock);
    return NULL;
}

/* --- on the loop's thread --- */

static void done(struct job *job, void *context)
{
    (void)context;
    ((struct secrets *)job)->is_back = true;
}

static enum rc start_thread(struct secrets *secrets)
{
    pthread_mutex_init(&secrets->lock, NULL);
    pthread_cond_init(&secrets->wake, NULL);
    return thread_start(work, secrets, &secrets->thread);
}

enum rc secrets_open(struct writer *writer, const struct clock *clock, const uint8_t *key,
                     struct secrets **out_secrets)
{
    struct secrets *secrets = calloc(1, sizeof *secrets);
    if (!secrets)
        return RC_NO_MEMORY;
    secrets->job.run = run;
    secrets->job.done = done;
    secrets->writer = writer;
    secrets->clock = clock;
    secrets->key = key;
    secrets->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    enum rc rc = secrets->fd < 0 ? RC_IO : start_thread(secrets);
    if (rc) {
        if (secrets->fd >= 0)
            close(secrets->fd);
        free(secrets);
        return rc;
    }
    *out_secrets = secrets;
    return RC_OK;
}

static void forget(struct secrets *secrets)
{
    hash_forget(&secrets->attempt, sizeof secrets->attempt);
    hash_forget(&secrets->making, sizeof secrets->making);
    secrets->is_making = false;
    secrets->step = STEP_NONE;
}

void secrets_close(struct secrets *secrets)
{
    if (!secrets)
        return;
    pthread_mutex_lock(&secrets->lock);
    secrets->is_stopping = true;
    pthread_cond_signal(&secrets->wake);
    pthread_mutex_unlock(&secrets->lock);
    pthread_join(secrets->thread, NULL);
    pthread_mutex_destroy(&secrets->lock);
    pthread_cond_destroy(&secrets->wake);
    close(secrets->fd);
    forget(secrets);
    free(secrets);
}

/* Hands the try to the writer, for its first or its last step. */
static enum rc submit(struct secrets *secrets, enum step step)
{
    secrets->step = step;
    secrets->is_back = false;
    clock_read(secrets->clock, &secrets->now);
    return writer_submit(secrets->writer, &secrets->job);
}

static void compute(struct secrets *secrets)
{
    secrets->step = STEP_COMPUTE;
    pthread_mutex_lock(&secrets->lock);
    secrets->has_work = true;
    secrets->is_computed = false;
    pthread_cond_signal(&secrets->wake);
    pthread_mutex_unlock(&secrets->lock);
}

static enum rc begin(struct secrets *secrets)
{
    enum rc rc = submit(secrets, STEP_PREPARE);
    if (rc)
        forget(secrets);
    return rc;
}

enum rc secrets_try_pin(struct secrets *secrets, struct fact_id person, const char *digits)
{
    if (secrets->step != STEP_NONE)
        return RC_BUSY;
    if (strlen(digits) > PIN_DIGITS_MAX)
        return RC_LIMIT;
    secrets->attempt = (struct keyring_attempt){.kind = KEYRING_PIN, .person = person};
    strcpy(secrets->attempt.secret, digits);
    return begin(secrets);
}

enum rc secrets_try_code(struct secrets *secrets, const char *writing,
                         const struct fact_id *candidates, size_t count)
{
    struct code code;
    assert(count <= KEYRING_CANDIDATES_MAX);
    if (secrets->step != STEP_NONE)
        return RC_BUSY;
    enum rc rc = code_parse(writing, &code);
    if (rc)
        return rc;
    secrets->attempt = (struct keyring_attempt){
        .kind = KEYRING_CODE, .has_candidates = candidates != NULL, .candidate_count = count};
    if (count)
        memcpy(secrets->attempt.candidates, candidates, count * sizeof *candidates);
    strcpy(secrets->attempt.secret, code.text);
    hash_forget(&code, sizeof code);
    return begin(secrets);
}

enum rc secrets_make_code(struct secrets *secrets, struct fact_id person, struct fact_id by)
{
    if (secrets->step != STEP_NONE)
        return RC_BUSY;
    secrets->is_making = true;
    secrets->making = (struct making){.person = person, .by = by};
    compute(secrets);
    return RC_OK;
}

enum rc secrets_begin(struct secrets *secrets, const struct secrets_begin *begin)
{
    if (secrets->step != STEP_NONE)
        return RC_BUSY;
    secrets->is_making = true;
    secrets->making = (struct making){.is_beginning = true, .begin = *begin};
    compute(secrets);
    return RC_OK;
}

bool secrets_is_idle(const struct secrets *secrets)
{
    return secrets->step == STEP_NONE;
}

int secrets_fd(const struct secrets *secrets)
{
    return secrets->fd;
}

static bool is_computed(struct secrets *secrets)
{
    uint64_t count;
    pthread_mutex_lock(&secrets->lock);
    bool is_computed = secrets->is_computed;
    ssize_t got = read(secrets->fd, &count, sizeof count);
    (void)got;
    pthread_mutex_unlock(&secrets->lock);
    return is_computed;
}

static void tell_made(const struct making *making, enum rc rc, struct secrets_event *out_event)
{
    *out_event = (struct secrets_event){.kind = KEYRING_CODE,
                                        .rc = rc,
                                        .is_right = !rc,
                                        .person = making->person,
                                        .is_new = true,
                                        .why = making->why};
    if (!rc)
        code_write(&making->code, out_event->made);
}

static void tell_tried(const struct keyring_attempt *attempt, enum rc rc,
                       struct secrets_event *out_event)
{
    struct secrets_event event = {.kind = attempt->kind,
                                  .rc = rc,
                                  .locked_ms = rc && rc != RC_REFUSED ? 0 : attempt->locked_ms};
    event.is_right = !rc && attempt->is_right;
    if (attempt->kind == KEYRING_PIN)
        event.person = attempt->person;
    else if (event.is_right)
        event.person = attempt->owner;
    *out_event = event;
}

static enum rc finish(struct secrets *secrets, enum rc rc, struct secrets_event *out_event)
{
    if (secrets->is_making)
        tell_made(&secrets->making, rc, out_event);
    else
        tell_tried(&secrets->attempt, rc, out_event);
    forget(secrets);
    return RC_OK;
}

/* A code that somebody has already is made again. */
static bool is_taken(const struct secrets *secrets)
{
    return secrets->is_making && secrets->rc == RC_BUSY &&
           secrets->making.count < SECRETS_MAKING_MAX;
}

enum rc secrets_next(struct secrets *secrets, struct secrets_event *out_event)
{
    enum rc rc = RC_OK;
    switch (secrets->step) {
    case STEP_NONE: return RC_EMPTY;
    case STEP_PREPARE:
        if (!secrets->is_back)
            return RC_EMPTY;
        if (secrets->rc)
            return finish(secrets, secrets->rc, out_event);
        compute(secrets);
        return RC_EMPTY;
    case STEP_COMPUTE:
        if (!is_computed(secrets))
            return RC_EMPTY;
        rc = secrets->rc ? secrets->rc : submit(secrets, STEP_RECORD);
        return rc ? finish(secrets, rc, out_event) : RC_EMPTY;
    case STEP_RECORD:
        if (!secrets->is_back)
            return RC_EMPTY;
        if (!is_taken(secrets))
            return finish(secrets, secrets->rc, out_event);
        compute(secrets);
        return RC_EMPTY;
    }
    return RC_EMPTY;
}
