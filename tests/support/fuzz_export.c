/* fuzz_export.c - what was taken out, and comes back from somebody's stick. */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/exchange/journal_lines.h"
#include "app/exchange/unseal.h"
#include "app/export.h"
#include "app/restore.h"
#include "app/store/verify.h"
#include "firmware/base/hash.h"
#include "firmware/base/hex.h"
#include "tests/support/fuzz_i.h"
#include "tests/support/tree.h"

#define HUGE_BYTES (INT64_C(24) << 20) /* no export is too large to be restored */
#define FILES (1u << EXPORT_JOURNAL | 1u << EXPORT_DATABASE | 1u << EXPORT_VISITS)
#define LINES_MAX 2000000
#define LEFT_TO_RESTORE 2 /* facts of the new station's beginning */

/* --- good ones --- */

static void take_out(struct fuzz *fuzz, struct house *house, const struct seal_public *seal,
                     const char *called)
{
    struct venue venue = venue_default();
    struct export_result result;
    struct reason reason = {.text = ""};
    char from[PATH_MAX], to[PATH_MAX];
    struct export_job job = {.data = house->data,
                             .root = fuzz->goods,
                             .venue = &venue,
                             .now = house_now(house),
                             .choice = {.span = EXPORT_EVERYTHING, .files = FILES, .seal = seal}};
    house_expect(!export_run(&job, NULL, &result, &reason), "%s", reason.text);
    snprintf(from, sizeof from, "%s/%s", fuzz->goods, result.folder);
    snprintf(to, sizeof to, "%s/%s", fuzz->goods, called);
    house_expect(!rename(from, to), "%s cannot be called %s", from, to);
}

void fuzz_make_exports(struct fuzz *fuzz)
{
    char path[PATH_MAX];
    struct reason reason = {.text = ""};
    struct house *house = house_open();
    for (int i = 0; i < 4; i++) {
        house_tap(house, house_badges[i % HOUSE_PEOPLE]);
        house_wait(house, HOUSE_HOUR_MS);
    }
    fuzz->facts = house_number(house, "SELECT count(*) FROM fact");
    snprintf(path, sizeof path, "%s/key", fuzz->goods);
    house_expect(!unseal_make_key(path, &fuzz->to, &reason), "%s", reason.text);
    house_expect(!unseal_read_key(path, &fuzz->key, &reason), "%s", reason.text);
    take_out(fuzz, house, NULL, "plain");
    take_out(fuzz, house, &fuzz->to, "sealed");
    house_close(house);
}

static struct fuzz_good load(const struct fuzz *fuzz, const char *folder, const char *name)
{
    char path[PATH_MAX];
    struct fuzz_good good = {.name = name};
    snprintf(path, sizeof path, "%s/%s/%s", fuzz->goods, folder, name);
    good.bytes = tree_read(path, &good.length);
    return good;
}

/* Maybe not a file any more. */
static void lay_one(struct fuzz *fuzz, const char *folder, const char *name)
{
    struct fuzz_good good = load(fuzz, folder, name);
    char path[PATH_MAX];
    size_t length;
    char *text = fuzz_mangle(fuzz, &good, &length);
    snprintf(path, sizeof path, "%s/%s", fuzz->stick, name);
    tree_write(path, text, length);
    free(text);
    free(good.bytes);
    if (random_below(&fuzz->random, 16) == 0) {
        const struct mangle_place place = {fuzz->stick, fuzz->secret, HUGE_BYTES};
        fuzz_note_harm(fuzz, name, mangle_file(&fuzz->random, &place, name));
    }
}

static void path_on_stick(const struct fuzz *fuzz, const char *name, char out_path[PATH_MAX])
{
    snprintf(out_path, PATH_MAX, "%s/%.3000s", fuzz->stick, name);
}

/* --- an export to restore from --- */

/* Somebody who means harm makes the sums anew. */
static void sum_again(const struct fuzz *fuzz)
{
    static char names[40][128];
    char sums[8192], path[PATH_MAX];
    size_t used = 0, length;
    int count = tree_list(fuzz->stick, names, 40);
    for (int i = 0; i < count; i++) {
        struct hash_sha256 hash;
        uint8_t digest[HASH_BYTES];
        char digits[2 * HASH_BYTES + 1];
        if (strcmp(names[i], PARCEL_SUMS) == 0 || strchr(names[i], '/'))
            continue;
        path_on_stick(fuzz, names[i], path);
        char *bytes = tree_read(path, &length);
        hash_sha256_begin(&hash);
        hash_sha256_add(&hash, bytes, length);
        hash_sha256_end(&hash, digest);
        free(bytes);
        hex_encode(digest, sizeof digest, digits);
        used += (size_t)snprintf(sums + used, sizeof sums - used, "%s  %s\n", digits, names[i]);
        house_expect(used < sizeof sums, "the sums are too long");
    }
    path_on_stick(fuzz, PARCEL_SUMS, path);
    tree_remove(path);
    tree_write(path, sums, used);
}

static void lay_export(struct fuzz *fuzz)
{
    char good[PATH_MAX], path[PATH_MAX];
    snprintf(good, sizeof good, "%s/%s", fuzz->goods,
             random_below(&fuzz->random, 3) ? "plain" : "sealed");
    house_expect(!rmdir(fuzz->stick), "%s is not empty", fuzz->stick);
    tree_copy(good, fuzz->stick);
    if (random_below(&fuzz->random, 3) == 0) {
        path_on_stick(fuzz, "perron.db", path);
        unlink(path);
        fuzz_note_harm(fuzz, "perron.db", "gone");
    }
    fuzz_mangle_folder(fuzz, fuzz->stick, HUGE_BYTES);
    if (random_below(&fuzz->random, 3)) {
        sum_again(fuzz);
        fuzz_note_harm(fuzz, PARCEL_SUMS, "made anew");
    }
}

static void hear(void *context, const char *sentence)
{
    fuzz_expect_words(context, "told", sentence);
}

/* *out_facts of a register that holds; RC_CORRUPT: it does not. */
static enum rc verify(const char *path, int64_t *out_facts, struct reason *out_reason)
{
    struct snapshot *snapshot;
    struct verify_result result;
    enum rc rc = snapshot_open(path, &snapshot, out_reason);
    if (rc)
        return rc;
    rc = verify_run(snapshot, &result);
    snapshot_close(snapshot);
    if (rc || !verify_holds(&result))
        reason_set(out_reason, "it does not hold: %s %s", rc_text(rc), result.first);
    *out_facts = result.facts;
    return rc ? rc : verify_holds(&result) ? RC_OK : RC_CORRUPT;
}

static void judge_restored(struct fuzz *fuzz, const char *data, const struct restore_result *result)
{
    char path[PATH_MAX];
    int64_t facts = 0;
    struct stat is;
    struct reason reason = {.text = ""};
    if (fuzz->rc) {
        if (!lstat(data, &is))
            fuzz_blame(fuzz, FUZZ_CHANGED, "nothing was restored, and there is a data folder");
        return;
    }
    snprintf(path, sizeof path, "%s/perron.db", data);
    if (verify(path, &facts, &reason))
        fuzz_blame(fuzz, FUZZ_BROKEN, "what was restored: %s", reason.text);
    else if (result->is_partial ? facts > fuzz->facts + LEFT_TO_RESTORE
                                : facts != fuzz->facts + LEFT_TO_RESTORE)
        fuzz_blame(fuzz, FUZZ_BROKEN, "%d facts were restored of %d", (int)facts, (int)fuzz->facts);
}

static void read_export(struct fuzz *fuzz)
{
    char data[128];
    struct restore_result result = {.is_partial = false};
    snprintf(data, sizeof data, "%s/data", fuzz->work);
    const struct restore_job job = {
        .from = fuzz->stick,
        .data = data,
        .key = random_below(&fuzz->random, 6) ? &fuzz->key : NULL,
        .may_be_partial = random_below(&fuzz->random, 2),
        .may_lose_badges = random_below(&fuzz->random, 4) != 0,
        .now = house_now(fuzz->house),
    };
    fuzz->rc = restore_run(&job, &(struct restore_hearer){fuzz, hear}, &result, &fuzz->reason);
    judge_restored(fuzz, data, &result);
}

/* --- a list of sums --- */

static void lay_sums(struct fuzz *fuzz)
{
    char good[PATH_MAX];
    snprintf(good, sizeof good, "%s/plain", fuzz->goods);
    house_expect(!rmdir(fuzz->stick), "%s is not empty", fuzz->stick);
    tree_copy(good, fuzz->stick);
    lay_one(fuzz, "plain", PARCEL_SUMS);
}

static void hear_file(void *context, const char *name, enum parcel_state state)
{
    struct fuzz *fuzz = context;
    if (state == PARCEL_RIGHT && (strchr(name, '/') || strcmp(name, "..") == 0))
        fuzz_blame(fuzz, FUZZ_OUTSIDE, "\"%.100s\" was read", name);
}

static void read_sums(struct fuzz *fuzz)
{
    fuzz->rc = parcel_check(fuzz->stick, hear_file, fuzz, &fuzz->reason);
}

/* --- a journal --- */

static void lay_journal(struct fuzz *fuzz)
{
    lay_one(fuzz, "plain", "journal.jsonl");
}

static enum rc read_lines(struct fuzz *fuzz, struct journal_lines *lines)
{
    struct chain_link link;
    struct reason first = {.text = ""};
    int64_t facts = 0, promised;
    bool is_whole = true;
    for (long left = LINES_MAX;; left--) {
        enum rc rc = journal_lines_next(lines, &link, &fuzz->reason);
        house_expect(left > 0, "a journal has no end");
        facts += !rc;
        if (!rc)
            continue;
        if (rc != RC_EMPTY)
            fuzz_expect_words(fuzz, "a line", fuzz->reason.text);
        if (rc == RC_EMPTY && is_whole &&
            (!journal_lines_promised(lines, &promised) || promised != facts))
            fuzz_blame(fuzz, FUZZ_BROKEN, "%d facts were read, and others promised", (int)facts);
        if (rc == RC_CORRUPT && is_whole)
            first = fuzz->reason;
        if (rc != RC_CORRUPT || !journal_lines_resync(lines)) {
            fuzz->reason = is_whole && rc != RC_CORRUPT ? fuzz->reason : first;
            return rc == RC_EMPTY ? is_whole ? RC_OK : RC_CORRUPT : rc;
        }
        is_whole = false;
    }
}

static void read_journal(struct fuzz *fuzz)
{
    char path[PATH_MAX];
    struct journal_lines *lines;
    path_on_stick(fuzz, "journal.jsonl", path);
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        fuzz->rc = RC_NOT_FOUND;
        reason_set(&fuzz->reason, "there is no journal");
        return;
    }
    fuzz->rc = journal_lines_open(fd, &lines, &fuzz->reason);
    if (fuzz->rc)
        return;
    fuzz->rc = read_lines(fuzz, lines);
    journal_lines_close(lines);
}

/* --- what is sealed, and its key --- */

static void lay_sealed(struct fuzz *fuzz)
{
    lay_one(fuzz, "sealed", "visits.csv.sealed");
    lay_one(fuzz, "", "key");
}

static void read_sealed(struct fuzz *fuzz)
{
    char path[PATH_MAX], opened[PATH_MAX];
    struct seal_secret key = fuzz->key;
    path_on_stick(fuzz, "key", path);
    fuzz->rc = unseal_read_key(path, &key, &fuzz->reason);
    if (fuzz->rc)
        fuzz_expect_words(fuzz, "a key", fuzz->reason.text);
    path_on_stick(fuzz, "visits.csv.sealed", path);
    fuzz->rc = unseal_to_file(path, &key, fuzz->work, "visits.csv", &fuzz->reason);
    snprintf(opened, sizeof opened, "%s/visits.csv", fuzz->work);
    if (fuzz->rc) {
        if (!access(opened, F_OK))
            fuzz_blame(fuzz, FUZZ_BROKEN, "it could not be opened, and is there");
        return;
    }
    struct fuzz_good good = load(fuzz, "plain", "visits.csv");
    size_t length;
    char *bytes = tree_read(opened, &length);
    if (length != good.length || memcmp(bytes, good.bytes, length) != 0)
        fuzz_blame(fuzz, FUZZ_BROKEN, "what was opened is not what was sealed");
    free(bytes);
    free(good.bytes);
}

/* --- a register that somebody copied --- */

static void lay_database(struct fuzz *fuzz)
{
    lay_one(fuzz, "plain", "perron.db");
}

/* In a place of its own: SQLite makes files beside it. */
static void read_database(struct fuzz *fuzz)
{
    char path[PATH_MAX], copy[PATH_MAX];
    int64_t facts = 0;
    path_on_stick(fuzz, "perron.db", path);
    snprintf(copy, sizeof copy, "%s/perron.db", fuzz->work);
    fuzz->rc = unseal_copy(path, fuzz->work, "perron.db", &fuzz->reason);
    if (!fuzz->rc)
        fuzz->rc = verify(copy, &facts, &fuzz->reason);
    if (!fuzz->rc && facts != fuzz->facts)
        fuzz_blame(fuzz, FUZZ_BROKEN, "%d facts hold of %d", (int)facts, (int)fuzz->facts);
}

const struct fuzz_subject fuzz_export_subjects[] = {
    {"an export", lay_export, read_export, FUZZ_OURS, 8},
    {"a list of sums", lay_sums, read_sums, FUZZ_OURS, 3},
    {"a journal", lay_journal, read_journal, FUZZ_OURS, 8},
    {"what is sealed", lay_sealed, read_sealed, FUZZ_OURS, 4},
    {"a copy of a register", lay_database, read_database, FUZZ_OURS, 6},
    {.weight = 0},
};
