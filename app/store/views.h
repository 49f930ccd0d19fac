/*
 * views.h - the tables that folds make: person, badge, keyholder, visit, stint, sign_up,
 * presence, total, newcomer, consent; occasion, shift.
 *
 * They can be thrown away and built again from the journal. A set of views is named by a suffix:
 * the live one has none, a rebuild fills another set beside it and then takes its place.
 */
#ifndef APP_STORE_VIEWS_H
#define APP_STORE_VIEWS_H

#include "app/domain/fold.h"
#include "app/store/facts.h"

#define VIEWS_LIVE ""
#define VIEWS_NEXT "_next"

enum rc views_create(struct db *db, const char *suffix) MUST_CHECK;
enum rc views_drop(struct db *db, const char *suffix) MUST_CHECK;

/* The next set takes the place of the live one; inside the caller's transaction. */
enum rc views_swap(struct db *db) MUST_CHECK;

/*
 * The next set to be filled by views_fill alone, with all facts of one subject after the other, in
 * the order of subjects, and to be indexed by views_end_filling: millions of rows are written in
 * order, once, instead of a page for each.
 */
enum rc views_begin_filling(struct db *db) MUST_CHECK;
enum rc views_fill(struct db *db, const char *suffix, struct facts *facts) MUST_CHECK;
enum rc views_end_filling(struct db *db) MUST_CHECK;

/*
 * Folds the facts about one person or one occasion and writes what differs; inside the caller's
 * transaction. `scratch` is memory to use again (zeroed before the first call).
 */
enum rc views_refold(struct db *db, const char *suffix, struct fact_id subject,
                     struct facts *scratch) MUST_CHECK;

/*
 * What the facts of one subject are about. A person, or an occasion; both where a fact of one names
 * the other (another station may say anything): then each has its own view.
 */
struct views_parts {
    bool has_person, has_occasion;
};

struct views_parts views_parts_of(const struct facts *facts);

/* The person's rows as they stand in the live set, in the shape of a fold, for comparing. */
enum rc views_load(struct db *db, const char *suffix, struct fact_id person,
                   struct fold *out_fold) MUST_CHECK;

/*
 * The rows of all people of a set, person by person, for comparing too: one pass through each
 * table. Zeroed at the beginning; finish it with views_finish_reading.
 */
#define VIEWS_PARTS 12

struct views_reader {
    struct db *db;
    struct views_reader_part {
        struct sqlite3_stmt *rows;
        bool has_row;
        struct fact_id whose; /* the next row */
    } parts[VIEWS_PARTS];
};

enum rc views_begin_reading(struct db *db, const char *suffix,
                            struct views_reader *reader) MUST_CHECK;

/* Who has rows and comes next; RC_EMPTY: nobody. */
enum rc views_next_person(const struct views_reader *reader, struct fact_id *out_person) MUST_CHECK;

/* Their rows, none where another comes next. Nobody who came next before may be left out. */
enum rc views_read_person(struct views_reader *reader, struct fact_id person,
                          struct fold *out_fold) MUST_CHECK;
void views_finish_reading(struct views_reader *reader);

/* An occasion with its shifts. RC_EMPTY: there is none. */
enum rc views_load_occasion(struct db *db, const char *suffix, struct fact_id id,
                            struct occasion *out_occasion) MUST_CHECK;

#endif
