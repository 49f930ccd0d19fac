#include "app/intake.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "app/exchange/refused.h"
#include "app/intake_i.h"

static const struct {
    const char *name;
    const struct intake_ops *ops;
} kinds[INTAKE_KIND_COUNT] = {
    [INTAKE_PEOPLE] = {"people", &intake_people},
    [INTAKE_BASKETS] = {"baskets", &intake_baskets},
    [INTAKE_CALENDAR] = {"calendar", &intake_calendar},
    [INTAKE_VENUE] = {"venue", &intake_venue},
};

const char *intake_kind_name(enum intake_kind kind)
{
    assert((unsigned)kind < INTAKE_KIND_COUNT);
    return kinds[kind].name;
}

const struct intake_ops *intake_ops_of(enum intake_kind kind)
{
    assert((unsigned)kind < INTAKE_KIND_COUNT);
    return kinds[kind].ops;
}

/* --- reading --- */

/* Of "people-2026-refused-2.csv": "people-2026". */
static void find_base(const struct intake *intake, char *out_base, size_t size)
{
    const char *slash = strrchr(intake->name, '/'), *name = slash ? slash + 1 : intake->name;
    const char *dot = strrchr(name, '.');
    size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    const char *end = refused_find_end(name);
    if (intake->is_refused && end > name)
        length = (size_t)(end - name);
    snprintf(out_base, size, "%.*s", (int)length, name);
}

/* One folder deep at most, and nothing that leads out of it. */
static bool is_below(const char *path)
{
    const char *slash = strchr(path, '/'), *name = slash ? slash + 1 : path;
    return path[0] && path[0] != '/' && strncmp(path, "../", 3) != 0 && name[0] &&
           !strchr(name, '/') && strcmp(name, "..") != 0;
}

/* The folder the file is in; *out_name is its name there. */
static enum rc open_folder(const char *root, const char *path, int *out_folder,
                           const char **out_name)
{
    char within[sizeof((struct intake_found *)0)->path];
    const char *slash = strchr(path, '/');
    if (!is_below(path))
        return RC_REFUSED;
    int top = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC), folder = -1;
    if (top < 0)
        return rc_from_errno(errno);
    *out_name = slash ? slash + 1 : path;
    if (!slash) {
        *out_folder = top;
        return RC_OK;
    }
    snprintf(within, sizeof within, "%.*s", (int)(slash - path), path);
    enum rc rc = infolder_open(top, within, &folder);
    close(top);
    if (!rc)
        *out_folder = folder;
    return rc;
}

/* What a device says where whoever read had nothing to say; a card stays where it is. */
static const struct {
    enum rc rc;
    const char *of_stick, *of_card;
} said_of[] = {
    {RC_NOT_FOUND, SAID("This is not on the stick any more. Look at the stick again."), NULL},
    {RC_GONE, SAID("The stick is gone. Plug it in again."), NULL},
    {RC_REFUSED, SAID("This is no ordinary file. Copy the list there again."),
     SAID("This is no ordinary file. Copy the list there again.")},
    {RC_NO_MEMORY, SAID("There is not enough memory to read this. Try again."),
     SAID("There is not enough memory to read this. Try again.")},
};

static enum rc tell_read(enum rc rc, enum intake_place place, struct reason *reason)
{
    const char *said = NULL;
    if (reason->text[0])
        return rc;
    for (size_t i = 0; i < sizeof said_of / sizeof said_of[0]; i++)
        if (said_of[i].rc == rc)
            said = place == INTAKE_CARD ? said_of[i].of_card : said_of[i].of_stick;
    if (!said)
        said = place == INTAKE_CARD
                   ? SAID("This cannot be read. Copy it there again.")
                   : SAID("The stick cannot be read. Try again, or take another one.");
    reason_set(reason, "%s", said);
    return rc;
}

static enum rc read_found(struct intake *intake, const struct intake_from *from,
                          const struct intake_found *found, struct reason *reason)
{
    int folder = -1;
    const char *name = NULL;
    enum rc rc = open_folder(from->root, found->path, &folder, &name);
    if (!rc) {
        rc = intake->ops->read(intake, from, folder, name, reason);
        close(folder);
    }
    return rc ? tell_read(rc, found->place, reason) : RC_OK;
}

enum rc intake_read(const struct intake_from *from, const struct intake_found *found,
                    struct intake **out_intake, struct reason *out_reason)
{
    struct reason reason = {.text = ""};
    if (found->why_not) {
        reason_set(out_reason, "%s", found->why_not);
        return RC_REFUSED;
    }
    struct intake *intake = calloc(1, sizeof *intake);
    if (!intake) {
        enum rc rc = tell_read(RC_NO_MEMORY, found->place, &reason);
        reason_copy(out_reason, &reason);
        return rc;
    }
    intake->kind = found->kind;
    intake->place = found->place;
    intake->parts = found->parts;
    intake->ops = intake_ops_of(found->kind);
    intake->is_refused = found->is_refused;
    intake->tongue = from->tongue;
    snprintf(intake->name, sizeof intake->name, "%s", found->name);
    find_base(intake, intake->base, sizeof intake->base);
    enum rc rc = read_found(intake, from, found, &reason);
    if (rc) {
        reason_copy(out_reason, &reason);
        intake_close(intake);
        return rc;
    }
    *out_intake = intake;
    return RC_OK;
}

void intake_close(struct intake *intake)
{
    if (!intake)
        return;
    intake->ops->close(intake);
    if (intake->bytes)
        hash_forget(intake->bytes, intake->length);
    free(intake->bytes);
    free(intake);
}

/* --- planning and taking --- */

/* In a transaction, after RC_OK, where there is a register to speak of. */
static enum rc begin(struct journal *journal, const struct office *office, enum right right,
                     struct reason *out_reason)
{
    if (!journal)
        return RC_OK;
    enum rc rc = journal_begin(journal, &office->now);
    if (rc)
        return db_tell(rc, journal_db(journal), out_reason);
    rc = office_may(journal, office, right, OFFICE_ABOUT_HOUSE, (struct fact_id){0, 0}, out_reason);
    if (!rc)
        return RC_OK;
    journal_rollback(journal);
    return rc == RC_REFUSED ? rc : db_tell(rc, journal_db(journal), out_reason);
}

static void roll_back(struct journal *journal)
{
    if (journal)
        journal_rollback(journal);
}

/* A sentence of whoever failed stays. */
static enum rc tell_failed(struct journal *journal, enum rc rc, struct reason *reason)
{
    if (rc == RC_NO_MEMORY)
        reason_set(reason, "%s", SAID("There is not enough memory to read this. Try again."));
    return !rc || reason->text[0] || !journal ? rc : db_tell(rc, journal_db(journal), reason);
}

/* Judges and tells; what it comes to is kept by the caller. */
static enum rc judge(struct intake *intake, struct journal *journal,
                     struct intake_preview *out_preview, uint8_t out_digest[HASH_BYTES],
                     struct reason *reason)
{
    enum rc rc = intake->ops->judge(intake, journal, reason);
    return rc ? rc : intake_tell(intake, out_preview, out_digest);
}

enum rc intake_plan(struct intake *intake, struct journal *journal, const struct office *office,
                    struct intake_preview *out_preview, struct reason *out_reason)
{
    struct reason reason = {.text = ""};
    intake->is_shown = false;
    enum rc rc = begin(journal, office, intake->ops->right, out_reason);
    if (rc)
        return rc;
    rc = judge(intake, journal, out_preview, intake->shown, &reason);
    roll_back(journal);
    intake->is_shown = !rc;
    if (tell_failed(journal, rc, &reason))
        reason_copy(out_reason, &reason);
    return rc;
}

static enum rc take(struct intake *intake, struct journal *journal, const struct office *office,
                    struct intake_preview *preview, struct reason *reason)
{
    uint8_t digest[HASH_BYTES];
    enum rc rc = judge(intake, journal, preview, digest, reason);
    if (rc)
        return rc;
    if (!intake->is_shown || memcmp(digest, intake->shown, sizeof digest) != 0) {
        reason_set(reason, "%s",
                   SAID("The house has changed meanwhile, and this would come to something else. "
                        "Look at it again."));
        return RC_BUSY;
    }
    if (!preview->is_takable) {
        reason_set(reason, "%s",
                   SAID("Nothing was taken: there are mistakes in these files. Mend them, and look "
                        "at them again."));
        return RC_REFUSED;
    }
    return preview->has_changes ? intake->ops->take(intake, journal, office, reason) : RC_OK;
}

enum rc intake_take(struct intake *intake, struct journal *journal, const struct office *office,
                    struct reason *out_reason)
{
    struct reason reason = {.text = ""};
    struct intake_preview *preview = calloc(1, sizeof *preview);
    enum rc rc = preview ? begin(journal, office, intake->ops->right, &reason) : RC_NO_MEMORY;
    if (!rc) {
        rc = take(intake, journal, office, preview, &reason);
        if (rc || !intake->ops->is_of_register)
            roll_back(journal);
        else
            rc = journal_commit(journal);
        intake->is_shown &= rc != RC_OK;
    }
    free(preview);
    if (tell_failed(journal, rc, &reason))
        reason_copy(out_reason, &reason);
    return rc;
}

enum rc intake_write_refused(const struct intake *intake, const char *root,
                             enum csv_profile profile, char out_name[INTAKE_REFUSED_NAME_BYTES],
                             struct reason *out_reason)
{
    return intake->ops->write_refused(intake, root, profile, out_name, out_reason);
}
