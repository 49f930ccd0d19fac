/*
 * people.h - a list of people from outside: read, compared with the house, shown, then taken.
 *
 *     people_read     the file becomes rows; what cannot be right is refused, with a sentence
 *     people_read_baskets    the same of a list of who has a basket
 *     people_plan     who is new, changed, the same, refused? Nothing is written
 *     people_preview  the plan as lines for people, or as JSON
 *     people_write_refused   what is refused, as a file to mend
 *     people_facts    the plan as facts to append, in one transaction
 *
 * An import adds and changes; it never takes anything away: an empty cell leaves what the house
 * knows, a person who is not in the list stays, a badge that is not in it stays given. Refused
 * rows are left out, all others are taken together or not at all.
 *
 * A list of baskets is the whole of it: who is not in it has none from now on, an empty cell is
 * empty. It makes nobody new, and while one of its rows is refused nobody's basket ends.
 *
 * It knows no SQL: who is there comes through struct people_lookup. Badge numbers live in here, in
 * memory, until people_close, which overwrites them. A struct people belongs to one thread.
 */
#ifndef APP_EXCHANGE_PEOPLE_H
#define APP_EXCHANGE_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "app/domain/badge.h"
#include "app/domain/fact.h"
#include "app/domain/person.h"
#include "app/exchange/refused.h"
#include "firmware/base/json.h"
#include "firmware/base/rc.h"

#define PEOPLE_BADGES_MAX 4 /* of one person in one list */

enum people_verdict {
    PEOPLE_NEW,
    PEOPLE_CHANGED,
    PEOPLE_SAME,
    PEOPLE_ENDED, /* has a basket, and is not in the list of them: line 0 */
    PEOPLE_REFUSED,
    PEOPLE_VERDICT_COUNT,
};

/* "new", "changed", "same", "ended", "refused". */
const char *people_verdict_name(enum people_verdict verdict);

struct people_row {
    int line;             /* of the file */
    struct person person; /* as the file says; its id, once planned: who that is in the house */
    struct badge badges[PEOPLE_BADGES_MAX];
    int badge_count;
    enum people_verdict verdict;
    unsigned changed;    /* 1 << PERSON_...: the fields that differ from the house's */
    unsigned new_badges; /* 1 << index: the badges to give */
    int same_as_line;    /* an earlier row says exactly the same, so this one is passed over; 0 */
    bool is_unreadable;  /* refused by people_read already: no plan can mend it */
    char *reason;        /* why it is refused or passed over; NULL */
    char *note;          /* what to look at before it is taken; NULL */
};

struct people;

/*
 * Reads a list of `length` bytes (csv.h says what is understood). With a sentence: RC_EMPTY (no
 * rows), RC_BAD_INPUT (no text, no column for the name), RC_UNSUPPORTED (another format), RC_LIMIT,
 * RC_NO_MEMORY. Free with people_close.
 */
enum rc people_read(const char *bytes, size_t length, struct people **out_people,
                    struct reason *out_reason) MUST_CHECK;

/*
 * The same of a list of baskets: whose (by member number, external id, or a name that one person
 * has), its size, its pauses, who may fetch it. No size, or "none": no basket.
 */
enum rc people_read_baskets(const char *bytes, size_t length, struct people **out_people,
                            struct reason *out_reason) MUST_CHECK;

void people_close(struct people *people);

/* The rows, in the order of the file. */
size_t people_count(const struct people *people);
const struct people_row *people_row(const struct people *people, size_t index);

/* Headings of columns that are not used, as the file has them. */
size_t people_unused_count(const struct people *people);
const char *people_unused(const struct people *people, size_t index);

/* Sentences on what to know before the list is taken. */
size_t people_note_count(const struct people *people);
const char *people_note(const struct people *people, size_t index);

/*
 * The house, as people_plan asks about it. Each returns RC_EMPTY where there is none, and anything
 * else but RC_OK ends the plan with that. lookup.h of the store has the same questions.
 */
struct people_lookup {
    void *context;
    const uint8_t *badge_key; /* the venue's, HASH_KEY_BYTES */
    enum rc (*number)(void *context, const char *number, struct person *out_person);
    enum rc (*external_id)(void *context, const char *external_id, struct person *out_person);
    enum rc (*person)(void *context, struct fact_id id, struct person *out_person);
    enum rc (*badge)(void *context, const struct badge_hash *hash, struct fact_id *out_person,
                     bool *out_is_withdrawn);
    /* Everybody; for lists of baskets only. */
    enum rc (*each)(void *context, enum rc (*row)(void *of_row, const struct person *person),
                    void *of_row);
};

/*
 * Decides about each row; the same list and the same house give the same plan, and it may be made
 * again when the house has changed meanwhile.
 *
 * A row is somebody of the house by its member number, else by its external id, else by its badge
 * if the name is the same too (people who came before the list did). Refused are a number, an
 * external id or a badge that two different rows share (both: nobody knows which is right), and a
 * badge that somebody else has or that was withdrawn. A row of a list of baskets is refused where
 * it is about nobody of the house, or could be about several.
 */
enum rc people_plan(struct people *people, const struct people_lookup *lookup) MUST_CHECK;

struct people_counts {
    size_t rows[PEOPLE_VERDICT_COUNT];
    size_t badges; /* to be given */
};

struct people_counts people_count_plan(const struct people *people);

/*
 * The plan for people: a line of counts, what is not used, what to know, then one line per row that
 * is not simply the same. Free *out_text with free(). RC_NO_MEMORY.
 */
enum rc people_preview_text(const struct people *people, char **out_text) MUST_CHECK;

/*
 * The plan for programs: {"encoding","separator","new","changed","same","refused","badges",
 * "not_used":[],"notes":[],"rows":[{"line","verdict","name","number","changes":[],"badges",
 * "reason"}]}; of baskets {"encoding","separator","changed","same","ended","refused","baskets",
 * "not_used":[],"notes":[],"rows":[{"line","verdict","name","number","basket","pauses","fetchers",
 * "changes":[],"note","reason"}]}. json_decref it; NULL without memory.
 */
json_t *people_preview_json(const struct people *people);

/*
 * Writes the refused rows into `folder` as people-refused.csv (baskets-refused.csv; refused_name),
 * so that they can be mended there and read again. *out_name is the file's.
 * `bytes` is the list as people_read got it; of a row that cannot be read stands there what could
 * be. RC_EMPTY: nothing is refused, and nothing written. Else as outfile_commit, with a sentence.
 */
enum rc people_write_refused(const struct people *people, const char *bytes, size_t length,
                             enum csv_profile profile, const char *folder,
                             char out_name[REFUSED_NAME_BYTES],
                             struct reason *out_reason) MUST_CHECK;

/* Where the facts of an import go; journal.h's journal_add has the same shape. */
struct people_journal {
    void *context;
    /*
     * Appends one fact about `subject` (none for FACT_PERSON_ADDED, which becomes its own).
     * `body` is its own to json_decref, whatever it returns; NULL where there was no memory to
     * make one, and then it returns RC_NO_MEMORY. *out_id is the fact's name.
     */
    enum rc (*append)(void *context, enum fact_kind kind, struct fact_id subject, json_t *body,
                      struct fact_id *out_id);
};

/*
 * Appends what the plan comes to, row by row: FACT_PERSON_ADDED with all fields or
 * FACT_PERSON_CHANGED with the changed ones, then a FACT_BADGE_GIVEN {"badge","key"} for each new
 * badge. Badges of new people are given to the name that append returned for them. Ends at the
 * first append that fails, with its result; roll back then.
 */
enum rc people_facts(const struct people *people, const uint8_t *badge_key, const char *key_id,
                     const struct people_journal *journal) MUST_CHECK;

#endif
