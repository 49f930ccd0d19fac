/*
 * register.h - the register as tables for the office: visits.csv and people.csv.
 *
 * Rows are added one by one and go out as they come, so memory stays the same for any number. The
 * file appears under its name whole or not at all (outfile.h). The Excel profile writes local time
 * and a decimal comma for people, the strict one UTC and a decimal point for programs
 * (csv_writer.h). A file belongs to one thread; local time is the process's (day.h).
 */
#ifndef APP_EXCHANGE_REGISTER_H
#define APP_EXCHANGE_REGISTER_H

#include <stdbool.h>

#include "app/domain/person.h"
#include "app/domain/presence.h"
#include "app/exchange/csv_writer.h"
#include "firmware/base/rc.h"

enum register_table {
    REGISTER_VISITS, /* visits.csv */
    REGISTER_PEOPLE, /* people.csv; people.h reads it again, to the same people */
    REGISTER_TABLE_COUNT,
};

/* "visits.csv", "people.csv". */
const char *register_name(enum register_table table);

struct register_visit {
    const struct person *person; /* its texts are "" once it is erased */
    const struct visit *visit;   /* open: no departure and no duration */
    int64_t seconds;             /* that it gives, see stint.h */
    const char *organisation;    /* "" for the house itself */
};

struct register_person {
    const struct person *person;
    int badges; /* in use; their numbers are secrets and never leave */
};

/*
 * The lines of a table as text, for who writes no file: the first with what a file of the profile
 * begins with, and visits. CSV_WRITER_ROW_BYTES are enough. RC_LIMIT where `size` is not.
 */
enum rc register_headings(enum register_table table, enum csv_profile profile, char *out_text,
                          size_t size, size_t *out_length) MUST_CHECK;
enum rc register_visit_text(enum csv_profile profile, const struct register_visit *row,
                            char *out_text, size_t size, size_t *out_length) MUST_CHECK;

struct register_file;

/* Begins the table in the folder, which must exist. End with register_commit or register_abandon.
 */
enum rc register_begin(const char *folder, enum register_table table, enum csv_profile profile,
                       struct register_file **out_file, struct reason *out_reason) MUST_CHECK;

/*
 * Adds a row to the table of its kind. RC_FULL, RC_READ_ONLY, RC_GONE, RC_IO: the device refuses,
 * and will go on doing so; abandon the file, or commit it for the sentence.
 */
enum rc register_add_visit(struct register_file *file, const struct register_visit *row) MUST_CHECK;
enum rc register_add_person(struct register_file *file,
                            const struct register_person *row) MUST_CHECK;

/* Brings the file to the device and gives it its name; frees it in any case (outfile_commit). */
enum rc register_commit(struct register_file *file, struct reason *out_reason) MUST_CHECK;

/* Leaves nothing behind. Takes NULL. */
void register_abandon(struct register_file *file);

#endif
