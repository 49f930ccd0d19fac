#include "app/staff_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/domain/badge.h"
#include "app/domain/day.h"
#include "app/domain/pin.h"
#include "app/enrol.h"
#include "app/store/keyring.h"
#include "app/store/keys.h"
#include "app/store/lookup.h"
#include "firmware/base/settings.h"
#include "firmware/base/utf8.h"

#define NAME "staff.conf"

/* What the file says. */
struct wanted {
    struct person person; /* number and names */
    struct badge badge;   /* "" for none */
    char pin[PIN_DIGITS_MAX + 1];
};

/* A whole sentence about the file, that is said in any language. */
static enum rc say(struct reason *out_reason, enum rc rc, const char *sentence)
{
    reason_set(out_reason, "%s: %s", NAME, sentence);
    reason_mark(out_reason, 1);
    return rc;
}

/* --- reading --- */

static enum rc read_text(void *values, const struct settings_row *row, const char *text,
                         struct reason *out_reason)
{
    struct wanted *wanted = values;
    if (!person_set(&wanted->person, row->number, text))
        return RC_OK;
    reason_set(out_reason, SAID("is empty, too long, or no text"));
    return RC_BAD_INPUT;
}

/* No number and no PIN in what is said of them: it goes into the log. */
static enum rc read_badge(void *values, const struct settings_row *row, const char *text,
                          struct reason *out_reason)
{
    struct wanted *wanted = values;
    struct reason why;
    (void)row;
    if (badge_parse(text, &wanted->badge, &why)) {
        reason_set(out_reason, SAID("is no badge number; it has 8, 14 or 20 digits from 0 to F"));
        return RC_BAD_INPUT;
    }
    if (badge_check_enrolment(&wanted->badge, &why)) {
        reason_set(out_reason,
                   SAID("is a phone's or half a number, which nobody recognises again"));
        return RC_BAD_INPUT;
    }
    return RC_OK;
}

static enum rc read_pin(void *values, const struct settings_row *row, const char *text,
                        struct reason *out_reason)
{
    struct wanted *wanted = values;
    struct reason why;
    (void)row;
    enum rc rc = pin_check(text, &why);
    if (rc == RC_REFUSED)
        reason_set(out_reason,
                   SAID("is a run or one digit only, which is tried first; take another"));
    else if (rc)
        reason_set(out_reason, SAID("takes %d to %d digits"), PIN_DIGITS_MIN, PIN_DIGITS_MAX);
    else
        strcpy(wanted->pin, text);
    return rc ? RC_BAD_INPUT : RC_OK;
}

#define ROW(name, reader, field)                                                                   \
    {                                                                                              \
        .section = "staff", .key = name, .type = SETTINGS_CUSTOM, .read = reader, .number = field  \
    }

static const struct settings_row rows[] = {
    ROW("number", read_text, PERSON_NUMBER),
    ROW("first_name", read_text, PERSON_FIRST_NAME),
    ROW("last_name", read_text, PERSON_LAST_NAME),
    ROW("badge", read_badge, 0),
    ROW("pin", read_pin, 0),
};

/* A pipe or a device in its place would hold the station up. */
static enum rc check_file(const char *path, struct reason *out_reason)
{
    struct stat status;
    if (lstat(path, &status))
        return errno == ENOENT || errno == ENOTDIR ? RC_EMPTY : rc_from_errno(errno);
    if (S_ISREG(status.st_mode))
        return RC_OK;
    return say(out_reason, RC_BAD_INPUT, SAID("is no ordinary file; copy the file itself there"));
}

/* Half a badge number can be another one: a file that was cut off is not taken. */
static enum rc check_end(const char *path, struct reason *out_reason)
{
    FILE *file = fopen(path, "re");
    bool is_ended = file && !fseek(file, -1, SEEK_END) && fgetc(file) == '\n';
    if (file)
        fclose(file);
    if (is_ended)
        return RC_OK;
    return say(out_reason, RC_BAD_INPUT,
               SAID("the last line has no end, so the file may be cut off; put an empty line "
                    "behind it"));
}

static enum rc read_file(const char *path, struct wanted *wanted, struct reason *out_reason)
{
    enum rc rc = check_file(path, out_reason);
    if (!rc)
        rc = settings_read(path, rows, sizeof rows / sizeof rows[0], wanted, out_reason);
    if (rc)
        return rc;
    const struct person *person = &wanted->person;
    bool has_who = person->number[0] || person->first_name[0];
    if (!has_who && !wanted->pin[0] && !wanted->badge.text[0] && !person->last_name[0])
        return RC_EMPTY;
    if (has_who && wanted->pin[0])
        return check_end(path, out_reason);
    return say(out_reason, RC_BAD_INPUT,
               has_who ? SAID("'pin' in [staff] is missing")
                       : SAID("'number' or 'first_name' in [staff] is missing"));
}

/* --- the register --- */

static enum rc refuse(struct reason *out_reason, const char *sentence)
{
    return say(out_reason, RC_REFUSED, sentence);
}

static bool is_same_name(const char *a, const char *b)
{
    char left[sizeof((struct person *)0)->first_name], right[sizeof left];
    utf8_fold(a, left, sizeof left);
    utf8_fold(b, right, sizeof right);
    return strcmp(left, right) == 0;
}

static enum rc find_person(struct journal *journal, const struct person *wanted,
                           struct person *out_person, struct reason *out_reason)
{
    struct db *db = journal_db(journal);
    enum rc rc = wanted->number[0]
                     ? lookup_number(db, wanted->number, out_person)
                     : lookup_name(db, wanted->first_name, wanted->last_name, out_person);
    if (rc == RC_REFUSED)
        return refuse(
            out_reason,
            SAID("several people have that name, so it takes their 'number'; nothing was taken"));
    if (!rc && wanted->first_name[0] && !is_same_name(wanted->first_name, out_person->first_name))
        return refuse(
            out_reason,
            SAID("the 'number' is that of somebody with another name; nothing was taken"));
    return rc;
}

static enum rc add_person(struct journal *journal, struct person *person, struct reason *out_reason)
{
    const struct fact_id none = {0, 0};
    struct fact fact;
    if (!person->first_name[0])
        return refuse(
            out_reason,
            SAID("nobody has that 'number', and without a 'first_name' nobody can be made; "
                 "nothing was taken"));
    enum rc rc = journal_add(journal, FACT_PERSON_ADDED, none, none, person_to_json(person), &fact);
    if (!rc)
        person->id = fact.id;
    return rc;
}

/* Everything that differs from what the register has; so a file that could not be written over adds
   nothing the second time. */
static enum rc take_role(struct journal *journal, struct fact_id person)
{
    const struct fact_id none = {0, 0};
    struct fold_keyholder keyholder;
    enum rc rc = keys_find(journal_db(journal), person, &keyholder);
    return rc || keyholder.role == ROLE_STAFF
               ? rc
               : journal_add(journal, FACT_ROLE_SET, person, none,
                             json_pack("{s:s}", "role", role_name(ROLE_STAFF)), NULL);
}

static enum rc take_pin(struct journal *journal, struct fact_id person, const char *pin)
{
    struct fold_keyholder keyholder;
    char sealed[SECRET_SEALED_BYTES];
    bool is_right = false;
    enum rc rc = keys_find(journal_db(journal), person, &keyholder);
    if (!rc && keyholder.pin[0])
        rc = secret_fits(journal_key(journal), pin, keyholder.pin, &is_right);
    if (rc || is_right)
        return rc;
    rc = secret_seal(journal_key(journal), pin, sealed);
    return rc ? rc : keyring_set_pin(journal, person, sealed);
}

static enum rc take(struct journal *journal, struct wanted *wanted, const struct clock_reading *now,
                    struct reason *out_reason)
{
    struct person person;
    enum rc rc = find_person(journal, &wanted->person, &person, out_reason);
    if (rc == RC_EMPTY)
        rc = add_person(journal, &wanted->person, out_reason);
    else if (!rc)
        wanted->person.id = person.id;
    if (!rc)
        rc = take_role(journal, wanted->person.id);
    if (!rc)
        rc = journal_settle(journal); /* the person stands in the views before a badge is theirs */
    if (!rc && wanted->badge.text[0]) {
        rc = enrol_give(journal, wanted->person.id, &wanted->badge, now, NULL);
        if (rc == RC_REFUSED)
            rc =
                refuse(out_reason,
                       SAID("the 'badge' is somebody else's, or was withdrawn; nothing was taken"));
    }
    if (!rc && wanted->pin[0])
        rc = take_pin(journal, wanted->person.id, wanted->pin);
    return rc;
}

static enum rc record(struct journal *journal, struct wanted *wanted,
                      const struct clock_reading *now, struct reason *out_reason)
{
    enum rc rc = journal_begin(journal, now);
    if (!rc) {
        rc = take(journal, wanted, now, out_reason);
        if (!rc)
            return journal_commit(journal);
        journal_rollback(journal);
    }
    return rc;
}

/* --- writing over it --- */

static size_t make_note(const struct clock_reading *now, char *out_note, size_t size)
{
    char when[32];
    day_format_local(now->wall_ms, when, sizeof when);
    return (size_t)snprintf(out_note, size,
                            "# Perron took what stood here on %s%s and wrote over it,\n"
                            "# so that no PIN stays readable. To name staff again, write a new\n"
                            "# [staff] section; perron staff does the same.\n",
                            when, now->trust == CLOCK_UNSET ? " (by a clock nobody had set)" : "");
}

/* Over the old bytes where they stand, then cut to length. */
static enum rc write_over(const char *path, const struct clock_reading *now)
{
    char text[SETTINGS_FILE_BYTES];
    struct stat status;
    size_t length = make_note(now, text, sizeof text);
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 || fstat(fd, &status)) {
        enum rc rc = rc_from_errno(errno);
        if (fd >= 0)
            close(fd);
        return rc;
    }
    memset(text + length, '\n', sizeof text - length);
    size_t whole = (size_t)status.st_size > length ? (size_t)status.st_size : length;
    if (whole > sizeof text)
        whole = sizeof text;
    bool is_written = pwrite(fd, text, whole, 0) == (ssize_t)whole && !fsync(fd) &&
                      !ftruncate(fd, (off_t)length) && !fsync(fd);
    enum rc rc = is_written ? RC_OK : errno ? rc_from_errno(errno) : RC_FULL;
    close(fd);
    return rc;
}

enum rc staff_file_take(const char *folder, struct journal *journal,
                        const struct clock_reading *now, struct reason *out_reason)
{
    char path[PATH_MAX];
    struct wanted wanted = {.pin = ""};
    if (snprintf(path, sizeof path, "%s/" NAME, folder) >= (int)sizeof path) {
        reason_set(out_reason, "the path of " NAME " is too long");
        return RC_LIMIT;
    }
    if (access(folder, X_OK)) {
        reason_set(out_reason, "the folder %s, where " NAME " may lie, is not there", folder);
        return RC_NOT_FOUND;
    }
    enum rc rc = read_file(path, &wanted, out_reason);
    if (!rc) {
        rc = record(journal, &wanted, now, out_reason);
        if (rc && rc != RC_REFUSED)
            (void)say(out_reason, rc, rc_text(rc));
    }
    hash_forget(&wanted, sizeof wanted);
    if (rc)
        return rc;
    rc = write_over(path, now);
    if (rc)
        (void)say(
            out_reason, rc,
            SAID("it was taken, but cannot be written over: delete it, the PIN stands in it"));
    else
        reason_set(out_reason, "%s was taken: it named staff, and has been written over", path);
    return rc;
}
