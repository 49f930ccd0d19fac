/*
 * register.h - the register as tables for the office: visits.csv, hours.csv, people.csv and
 * newcomers.csv.
 *
 * Rows come out of one moment of the register and go on as they come, so memory stays the same for
 * any number. The Excel profile writes local time and a decimal comma for people, the strict one
 * UTC and a decimal point for programs (csv_writer.h). Which columns a table has and what they mean
 * is in README.md. Blocks as long as the sink does; one thread; local time is the process's
 * (day.h).
 *
 * Visits of a kind that the house counts by pseudonym carry the pseudonym in place of whose they
 * are; of a kind it counts by number there is no row, nor of what they gave. In a house that has
 * any of these the ids of visits and hours are not the journal's, which would say it all the same
 * (privacy_row_pseudonym). With an organisation
 * there is nothing but its visits, its hours, and the people and newcomers who have any of these.
 */
#ifndef APP_EXCHANGE_REGISTER_H
#define APP_EXCHANGE_REGISTER_H

#include "app/domain/circle.h"
#include "app/domain/privacy.h"
#include "app/exchange/csv_writer.h"
#include "app/exchange/sink.h"
#include "app/store/mark.h"
#include "app/store/report.h"
#include "app/store/snapshot.h"

enum register_table {
    REGISTER_VISITS,    /* visits.csv */
    REGISTER_HOURS,     /* hours.csv: what each visit that ended gave, by shift */
    REGISTER_PEOPLE,    /* people.csv; people.h reads it again, to the same people */
    REGISTER_NEWCOMERS, /* newcomers.csv: who began a first visit in that time */
    REGISTER_TABLE_COUNT,
};

struct register_source {
    struct snapshot *snapshot;
    const uint8_t *key;            /* the venue's, for pseudonyms */
    const struct privacy *privacy; /* per kind: name, pseudonym, number; NULL: all by name */
    int64_t now_ms;
    int first_day, last_day; /* venue days, REPORT_FIRST_DAY..REPORT_LAST_DAY for all; of people who
                                were here for what is counted by name */
    struct fact_id organisation;       /* none: everything; REPORT_HOUSE: the house's own */
    const struct circle_list *circles; /* whose members are an organisation's; NULL: none are */
    const struct mark *since; /* not NULL: what changed since then, with a column that says how */
};

/* "visits.csv", "hours.csv", ... */
const char *register_name(enum register_table table);

/*
 * Writes the table with its headings. What the sink says is said on, and the sink goes on saying
 * it; anything else is about the register. *out_rows: without the headings.
 */
enum rc register_write(enum register_table table, enum csv_profile profile,
                       const struct register_source *source, const struct sink *sink,
                       int64_t *out_rows) MUST_CHECK;

/*
 * The lines of visits.csv as text, for who writes no file: the first with what a file of the
 * profile begins with, and visits. CSV_WRITER_ROW_BYTES are enough; RC_LIMIT where `size` is not.
 * RC_EMPTY: this visit is counted by number, and has no line.
 */
enum rc register_headings(enum csv_profile profile, const struct register_source *source,
                          char *out_text, size_t size, size_t *out_length) MUST_CHECK;
enum rc register_visit_text(enum csv_profile profile, const struct register_source *source,
                            const struct snapshot_visit *visit, char *out_text, size_t size,
                            size_t *out_length) MUST_CHECK;

#endif
