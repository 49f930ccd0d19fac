/* What somebody may ask for: names of files, what goes together, and how much it is. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/export_i.h"
#include "app/ui/words.h"
#include "app/venue_gather.h"

#define FILE_BIT(file) (1u << (file))
#define WITH(span) (1u << (span))
#define WITH_ANY (WITH(EXPORT_SINCE) | WITH(EXPORT_PERIOD) | WITH(EXPORT_EVERYTHING))

/* Who is here is of now, and of no days. */
static const struct {
    const char *name, *called;
    unsigned spans; /* it goes with, without being named */
} all[EXPORT_FILE_COUNT] = {
    [EXPORT_VISITS] = {"visits", "visits.csv", WITH_ANY},
    [EXPORT_HOURS] = {"hours", "hours.csv", WITH_ANY},
    [EXPORT_PEOPLE] = {"people", "people.csv", WITH_ANY},
    [EXPORT_NEWCOMERS] = {"newcomers", "newcomers.csv", WITH_ANY},
    [EXPORT_WORKBOOK] = {"workbook", "attendance.xlsx", WITH_ANY},
    [EXPORT_JOURNAL] = {"journal", "journal.jsonl", WITH(EXPORT_SINCE) | WITH(EXPORT_EVERYTHING)},
    [EXPORT_DATABASE] = {"database", "perron.db", WITH(EXPORT_EVERYTHING)},
    [EXPORT_ROLL_CALL] = {"roll-call", "roll-call.pdf",
                          WITH(EXPORT_SINCE) | WITH(EXPORT_EVERYTHING)},
};

const char *export_file_name(enum export_file file)
{
    assert((unsigned)file < EXPORT_FILE_COUNT);
    return all[file].name;
}

const char *export_file_called(enum export_file file)
{
    assert((unsigned)file < EXPORT_FILE_COUNT);
    return all[file].called;
}

/* Of `length` bytes at `name`; 0: none is called so. */
static unsigned find_bit(const char *name, size_t length)
{
    for (int file = 0; file < EXPORT_FILE_COUNT; file++)
        if (strlen(all[file].name) == length && strncmp(all[file].name, name, length) == 0)
            return FILE_BIT(file);
    return 0;
}

static enum rc refuse(const char *word, size_t length, struct reason *out_reason)
{
    char list[160] = "";
    for (int file = 0; file < EXPORT_FILE_COUNT; file++) {
        strcat(list, file ? ", " : "");
        strcat(list, all[file].name);
    }
    reason_set(out_reason, SAID("names no file that can be taken out: '%.*s'; there are %s"),
               length < 40 ? (int)length : 40, word, list);
    return RC_BAD_INPUT;
}

enum rc export_read_files(const char *text, unsigned *out_files, struct reason *out_reason)
{
    unsigned files = 0;
    for (const char *at = text;; at++) {
        at += strspn(at, " ");
        size_t length = strcspn(at, ","), word = length;
        while (word > 0 && at[word - 1] == ' ')
            word--;
        unsigned bit = find_bit(at, word);
        if (!bit)
            return refuse(at, word, out_reason);
        files |= bit;
        at += length;
        if (!*at)
            break;
    }
    *out_files = files;
    return RC_OK;
}

/* --- what goes together --- */

unsigned export_files_of(const struct export_choice *choice)
{
    unsigned files = choice->files;
    if (!fact_id_is_none(choice->organisation))
        files &= ~EXPORT_NAMING;
    for (int file = 0; !choice->are_files_named && file < EXPORT_FILE_COUNT; file++)
        if (!(all[file].spans & WITH(choice->span)))
            files &= ~FILE_BIT(file);
    return files;
}

void export_list_files(unsigned files, char out_text[EXPORT_LIST_BYTES])
{
    size_t used = 0;
    out_text[0] = 0;
    for (int file = 0; file < EXPORT_FILE_COUNT && used < EXPORT_LIST_BYTES; file++)
        if (files & FILE_BIT(file))
            used += (size_t)snprintf(out_text + used, EXPORT_LIST_BYTES - used, "%s%s",
                                     used ? ", " : "", all[file].called);
}

enum rc export_check(const struct export_choice *choice, struct reason *out_reason)
{
    unsigned files = export_files_of(choice);
    char left[EXPORT_LIST_BYTES];
    export_list_files(choice->files & ~files, left);
    if (choice->span == EXPORT_SINCE && !fact_id_is_none(choice->organisation)) {
        reason_set(out_reason, "%s",
                   WORDS_MARK("What is new is known of the whole house alone: take out some days, "
                              "or everything, of one organisation."));
        return RC_BAD_INPUT;
    }
    if (choice->are_files_named && left[0]) {
        reason_set(out_reason, "%s: that is of everybody, and does not go with one organisation",
                   left);
        return RC_BAD_INPUT;
    }
    if (files)
        return RC_OK;
    reason_set(out_reason, "%s",
               WORDS_MARK("The house takes out no table and no workbook, and nothing else goes "
                          "with a part: change [export] files in perron.conf, or take out "
                          "everything."));
    return RC_BAD_INPUT;
}

bool export_is_marked(const struct export_job *job)
{
    const struct export_choice *choice = &job->choice;
    unsigned due = job->venue->export.files &
                   ((EXPORT_TABLES | FILE_BIT(EXPORT_JOURNAL)) & ~FILE_BIT(EXPORT_WORKBOOK));
    return choice->span != EXPORT_PERIOD && fact_id_is_none(choice->organisation) && due &&
           !(due & ~choice->files);
}

/* --- how much --- */

struct counts {
    int64_t visits, people, facts, database;
};

static enum rc count_visits(struct db *db, const struct export_choice *choice, int64_t *out_count)
{
    struct sqlite3_stmt *rows = NULL;
    if (choice->span != EXPORT_PERIOD)
        return db_number(db, out_count, "SELECT count(*) FROM visit");
    enum rc rc = db_query_row(db, &rows, "SELECT count(*) FROM visit WHERE day BETWEEN ? AND ?",
                              "dd", choice->first_day, choice->last_day);
    if (rc)
        return rc;
    *out_count = db_column(rows, 0);
    db_done(rows);
    return RC_OK;
}

/* Facts that the mark had not; each station counts from 1 without gaps. */
static int64_t count_new(const struct mark *here, const struct mark *before)
{
    int64_t count = 0;
    for (size_t i = 0; i < here->count; i++) {
        count += here->upto[i].seq;
        for (size_t j = 0; j < before->count; j++)
            if (before->upto[j].station == here->upto[i].station)
                count -= before->upto[j].seq;
    }
    return count;
}

static enum rc count_all(struct snapshot *snapshot, const struct export_job *job,
                         const struct mark *before, struct counts *out_counts)
{
    static const struct mark never;
    struct counts counts = {.visits = 0};
    struct mark here;
    struct db *db = snapshot_db(snapshot);
    int64_t page_bytes = 0;
    enum rc rc = mark_here(db, job->now.wall_ms, &here);
    if (!rc)
        rc = count_visits(db, &job->choice, &counts.visits);
    if (!rc)
        rc = db_number(db, &counts.people, "SELECT count(*) FROM person");
    if (!rc)
        rc = db_number(db, &counts.database, "PRAGMA page_count");
    if (!rc)
        rc = db_number(db, &page_bytes, "PRAGMA page_size");
    if (rc)
        return rc;
    bool is_since = job->choice.span == EXPORT_SINCE;
    counts.facts = count_new(&here, is_since ? before : &never);
    if (is_since && counts.visits > counts.facts)
        counts.visits = counts.facts;
    counts.database *= page_bytes;
    *out_counts = counts;
    return RC_OK;
}

/* As the rows of a demo house of two years have it, with some room. */
enum rc export_size(struct snapshot *snapshot, const struct export_job *job,
                    const struct mark *before, int64_t *out_bytes)
{
    struct counts counts;
    enum rc rc = count_all(snapshot, job, before, &counts);
    if (rc)
        return rc;
    const int64_t sizes[EXPORT_FILE_COUNT] = {
        [EXPORT_VISITS] = counts.visits * 190,
        [EXPORT_HOURS] = counts.visits * 210,
        [EXPORT_PEOPLE] = counts.people * 200,
        [EXPORT_NEWCOMERS] = counts.people * 100,
        [EXPORT_WORKBOOK] = counts.visits * 130 + counts.people * 100,
        [EXPORT_JOURNAL] = counts.facts * 620,
        [EXPORT_DATABASE] = counts.database,
        [EXPORT_ROLL_CALL] = 40000,
    };
    int64_t bytes = 32768; /* what each file takes beside its bytes, and the sums */
    unsigned files = export_files_of(&job->choice);
    for (int file = 0; file < EXPORT_FILE_COUNT; file++)
        if (files & FILE_BIT(file))
            bytes += sizes[file];
    if (files & FILE_BIT(EXPORT_DATABASE))
        bytes += venue_gather_size(job->data);
    *out_bytes = bytes;
    return RC_OK;
}
