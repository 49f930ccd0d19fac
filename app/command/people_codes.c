#include "app/command/people_codes.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/command/command.h"
#include "app/command/order.h"
#include "app/exchange/codes.h"
#include "app/store/keyring.h"
#include "app/store/keys.h"

/* The people without a code, and what is made for them. */
struct making {
    struct command_register opened;
    bool replaces;
    struct person *people;
    struct code *made;
    size_t count, capacity;
    size_t known;       /* people of the register, with or without */
    struct codes *list; /* the paper's */
    int file;           /* what the register gets: in memory */
};

static enum rc take_person(void *context, const struct snapshot_person *row)
{
    struct making *making = context;
    struct fold_keyholder keys;
    enum rc rc = keys_find(snapshot_db(making->opened.snapshot), row->person.id, &keys);
    making->known++;
    if (rc || (keys.code[0] && !making->replaces))
        return rc;
    if (making->count == making->capacity) {
        size_t capacity = making->capacity ? 2 * making->capacity : 64;
        struct person *people = realloc(making->people, capacity * sizeof *people);
        if (!people)
            return RC_NO_MEMORY;
        making->people = people;
        making->capacity = capacity;
    }
    making->people[making->count++] = row->person;
    return RC_OK;
}

/* --- making --- */

static bool is_made_already(const struct making *making, size_t count, const struct code *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(making->made[i].text, code->text) == 0)
            return true;
    return false;
}

/* One that nobody has, neither of this list nor of the register. */
static enum rc make_code(struct making *making, size_t at, char *out_sealed)
{
    struct fact_id owner;
    size_t owners = 1;
    enum rc rc = RC_OK;
    while (!rc && owners) {
        do
            code_make(&making->made[at]);
        while (is_made_already(making, at, &making->made[at]));
        rc =
            secret_seal_alike(folder_key(making->opened.folder), making->made[at].text, out_sealed);
        if (!rc)
            rc = keys_find_owners(snapshot_db(making->opened.snapshot), out_sealed, &owner, 1,
                                  &owners);
    }
    return rc;
}

static enum rc make_codes(struct making *making)
{
    char sealed[SECRET_SEALED_BYTES];
    enum rc rc = RC_OK;
    making->made = calloc(making->count, sizeof *making->made);
    if (!making->made)
        return RC_NO_MEMORY;
    for (size_t i = 0; !rc && i < making->count; i++) {
        const struct person *person = &making->people[i];
        rc = make_code(making, i, sealed);
        if (!rc && dprintf(making->file, "%" PRId64 " %" PRId64 " %s\n", person->id.station,
                           person->id.seq, sealed) < 0)
            rc = RC_NO_MEMORY;
        if (!rc)
            rc = codes_add(making->list, person, &making->made[i]);
        if (isatty(STDERR_FILENO))
            fprintf(stderr, "\r%zu of %zu", i + 1, making->count);
    }
    if (isatty(STDERR_FILENO))
        fputc('\n', stderr);
    return rc;
}

/* --- recording --- */

static enum rc record(const struct making *making, const char *data, struct reason *out_reason)
{
    struct order_result result;
    lseek(making->file, 0, SEEK_SET);
    enum rc rc = order_send(data, json_pack("{s:s,s:b}", "do", "codes", "all", making->replaces),
                            making->file, "the codes", &result, out_reason);
    orders_forget(&result);
    return rc;
}

/* --- all of it --- */

/* On paper first, then in the register, then by its name. */
static enum rc write_codes(struct making *making, const char *data, const char *path,
                           struct reason *out_reason)
{
    enum rc rc = codes_begin(path, &making->list, out_reason);
    if (rc)
        return rc;
    rc = make_codes(making);
    if (rc)
        reason_set(out_reason, "the codes could not be made: %s", rc_text(rc));
    else
        rc = codes_settle(making->list, out_reason);
    if (rc) {
        codes_abandon(making->list);
        return rc;
    }
    rc = record(making, data, out_reason);
    if (rc) {
        codes_leave(making->list);
        return rc;
    }
    rc = codes_commit(making->list, NULL);
    if (rc)
        reason_set(out_reason,
                   "the register has the codes, but their list could not get its name "
                   "(%s): rename %s.part",
                   rc_text(rc), path);
    return rc;
}

static int tell(const struct making *making, const char *path, bool is_json)
{
    char part[PATH_MAX];
    snprintf(part, sizeof part, "%s.part", path);
    if (is_json)
        command_print(json_pack("{s:s,s:I}", "file", path, "codes", (json_int_t)making->count));
    else if (making->count)
        printf("%s: %zu codes; print it, hand them out, delete it\n", path, making->count);
    else if (!making->known)
        puts("the house knows nobody yet");
    else if (access(part, F_OK) == 0)
        printf("everybody has a code already; %s has those of a run that was cut off: rename it\n",
               part);
    else
        puts("everybody has a code already");
    return COMMAND_OK;
}

static void finish(struct making *making)
{
    command_close_register(&making->opened);
    if (making->made)
        hash_forget(making->made, making->count * sizeof *making->made);
    if (making->file >= 0)
        close(making->file);
    free(making->made);
    free(making->people);
}

int people_codes(const char *data, const char *path, bool replaces, bool is_json)
{
    struct reason reason = {.text = ""};
    struct making making = {.replaces = replaces, .file = memfd_create("codes", MFD_CLOEXEC)};
    if (making.file < 0) {
        reason_set(&reason, "there is no memory to make codes in");
        return command_fail(&reason);
    }
    if (command_open_register(data, &making.opened, &reason)) {
        close(making.file);
        return command_fail(&reason);
    }
    enum rc rc =
        snapshot_people(making.opened.snapshot, making.opened.now_ms, take_person, &making);
    if (rc)
        reason_set(&reason, "the register could not be read: %s", rc_text(rc));
    else if (making.count)
        rc = write_codes(&making, data, path, &reason);
    int code = rc ? command_fail(&reason) : tell(&making, path, is_json);
    finish(&making);
    return code;
}
