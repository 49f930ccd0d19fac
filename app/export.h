/*
 * export.h - the register taken out: one moment of it as a checked folder on a stick or elsewhere.
 *
 * One read-only snapshot, whatever people do at the door meanwhile; every file of a table in one
 * pass. Nothing is marked as exported in here: whoever calls records the mark (mark_record, the
 * order "exported") once this has said RC_OK, and only then tells anybody that it is done. Files
 * that can only be made by name are made in DATA/scratch first; one export at a time does that. Any
 * thread, with the venue's time zone and words (words_init) set; blocks as long as the device does.
 * The commands and the station both come this way.
 *
 * A part of the register (some days, one organisation) is for reading: tables and workbook of that
 * part. The journal and the database have everybody and all times, to restore or to merge: they go
 * with everything, the journal with what is new, too, and with some days only where they are named.
 */
#ifndef APP_EXPORT_H
#define APP_EXPORT_H

#include "app/exchange/csv_writer.h"
#include "app/exchange/parcel.h"
#include "app/problems.h"
#include "app/store/mark.h"
#include "app/venue.h"

/* Kept in perron.conf by name ([export] files = ...). */
enum export_file {
    EXPORT_VISITS,    /* visits.csv */
    EXPORT_HOURS,     /* hours.csv */
    EXPORT_PEOPLE,    /* people.csv */
    EXPORT_NEWCOMERS, /* newcomers.csv */
    EXPORT_WORKBOOK,  /* attendance.xlsx */
    EXPORT_JOURNAL,   /* journal.jsonl */
    EXPORT_DATABASE,  /* perron.db, what the house set (venue/), and venue.key sealed where there is
                         a key to seal it to: what a restore needs */
    EXPORT_ROLL_CALL, /* roll-call.pdf */
    EXPORT_FILE_COUNT
};

#define EXPORT_ALL_FILES ((1u << EXPORT_FILE_COUNT) - 1)

/* For reading, with rows of what was asked for. */
#define EXPORT_TABLES                                                                              \
    (1u << EXPORT_VISITS | 1u << EXPORT_HOURS | 1u << EXPORT_PEOPLE | 1u << EXPORT_NEWCOMERS |     \
     1u << EXPORT_WORKBOOK)

/* They name everybody, however the house counts, and are no organisation's. */
#define EXPORT_NAMING (1u << EXPORT_JOURNAL | 1u << EXPORT_DATABASE | 1u << EXPORT_ROLL_CALL)

/* "visits", "hours", ...; and what it is called in the folder: "visits.csv", ... */
const char *export_file_name(enum export_file file);
const char *export_file_called(enum export_file file);

/* "visits,hours": what of it is asked for. RC_BAD_INPUT with a sentence that names all there are.
 */
enum rc export_read_files(const char *text, unsigned *out_files,
                          struct reason *out_reason) MUST_CHECK;

enum export_span { EXPORT_SINCE, EXPORT_PERIOD, EXPORT_EVERYTHING };

struct export_choice {
    enum export_span span;   /* new since the last verified export; some days; all */
    int first_day, last_day; /* of EXPORT_PERIOD, as 20261125; both belong to it */
    unsigned files;          /* 1 << enum export_file */
    bool are_files_named;    /* by who asks now: what they name goes with some days, too */
    enum csv_profile profile;
    struct fact_id organisation;    /* only its own tables; none: everything */
    const struct seal_public *seal; /* NULL: as they are */
};

/* Those of the choice's files that go with it. */
unsigned export_files_of(const struct export_choice *choice);

/* "journal.jsonl, perron.db"; "" for none. */
#define EXPORT_LIST_BYTES 160
void export_list_files(unsigned files, char out_text[EXPORT_LIST_BYTES]);

/* RC_BAD_INPUT with a sentence: nothing goes with it, or something named does not. */
enum rc export_check(const struct export_choice *choice, struct reason *out_reason) MUST_CHECK;

struct export_job {
    const char *data; /* the data folder */
    const char *root; /* where the folder is to be made */
    const struct venue *venue;
    struct clock_reading now;
    struct export_choice choice;
};

enum export_stage { EXPORT_READS, EXPORT_WRITES, EXPORT_CHECKS };

/* How far it is, 0 to 100; something else than RC_OK gives up. */
struct export_watcher {
    void *context;
    enum rc (*tell)(void *context, enum export_stage stage, int percent);
};

struct export_result {
    char folder[PARCEL_NAME_BYTES];
    int64_t rows[EXPORT_FILE_COUNT]; /* below 0: not written */
    int venue_files;                 /* in venue/ */
    struct problems left_out;        /* of the house's files; each is a source text */
    int64_t bytes;
    bool is_empty;    /* no row in any table */
    unsigned whole;   /* files that have everybody and all times, where a part was asked for */
    unsigned naming;  /* files that name those, too, of whom the tables say nothing */
    struct mark mark; /* to be recorded; its count is 0 where that is not to be */
};

/*
 * With a sentence that says what to do. There is a mark where all that the house takes out (its
 * [export] files: tables and journal) is in it, of everybody, and not of a period only. What time
 * it goes by, `watcher` hears in percents that never go back.
 */
enum rc export_run(const struct export_job *job, const struct export_watcher *watcher,
                   struct export_result *out_result, struct reason *out_reason) MUST_CHECK;

/* Roughly what it takes on the stick, to tell before it begins that there is no room. */
enum rc export_estimate(const struct export_job *job, int64_t *out_bytes) MUST_CHECK;

#endif
