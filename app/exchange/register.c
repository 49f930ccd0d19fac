#include "app/exchange/register.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/exchange/duration.h"
#include "app/exchange/outfile.h"

#define COLUMNS_MAX 20
#define CELL_BYTES 224 /* longer than any text of a person or an organisation */

struct register_file {
    struct outfile *out;
    enum register_table table;
    enum csv_profile profile;
    char row[CSV_WRITER_ROW_BYTES];
};

/* What a cell is made from. */
struct source {
    enum csv_profile profile;
    const struct person *person;
    const struct register_visit *visit;
    int badges;
};

struct column {
    const char *heading;
    void (*write)(const struct source *source, int field, char *out_cell);
    int field; /* of the person */
};

/* --- cells --- */

static void write_field(const struct source *source, int field, char *out_cell)
{
    snprintf(out_cell, CELL_BYTES, "%s", person_text_const(source->person, field));
}

static void write_badges(const struct source *source, int field, char *out_cell)
{
    (void)field;
    snprintf(out_cell, CELL_BYTES, "%d", source->badges);
}

static void write_organisation(const struct source *source, int field, char *out_cell)
{
    (void)field;
    snprintf(out_cell, CELL_BYTES, "%s", source->visit->organisation);
}

static void write_time(const struct source *source, int64_t at_ms, char *out_cell)
{
    if (source->profile == CSV_PROFILE_EXCEL)
        day_format_local(at_ms, out_cell, CELL_BYTES);
    else
        day_format_utc(at_ms, out_cell, CELL_BYTES);
}

static void write_arrived(const struct source *source, int field, char *out_cell)
{
    (void)field;
    write_time(source, source->visit->visit->arrived_ms, out_cell);
}

static bool is_open(const struct source *source)
{
    return source->visit->visit->how_out == PRESENCE_OPEN;
}

static void write_left(const struct source *source, int field, char *out_cell)
{
    (void)field;
    if (!is_open(source))
        write_time(source, source->visit->visit->left_ms, out_cell);
}

static void write_duration(const struct source *source, int field, char *out_cell)
{
    (void)field;
    if (!is_open(source))
        duration_write_clock(source->visit->seconds, out_cell);
}

static void write_hours(const struct source *source, int field, char *out_cell)
{
    (void)field;
    if (!is_open(source))
        duration_write_hours(source->profile, source->visit->seconds, out_cell);
}

/* The venue's day, which a night belongs to as a whole. */
static void write_day(const struct source *source, int field, char *out_cell)
{
    int day = source->visit->visit->day;
    (void)field;
    snprintf(out_cell, CELL_BYTES, "%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
}

static void write_as(const struct source *source, int field, char *out_cell)
{
    (void)field;
    snprintf(out_cell, CELL_BYTES, "%s", source->visit->visit->is_staff ? "staff" : "volunteer");
}

static void write_occasion(const struct source *source, int field, char *out_cell)
{
    (void)field;
    snprintf(out_cell, CELL_BYTES, "%s", occasion_kind_name(source->visit->visit->kind));
}

static void write_how(enum presence_how how, char *out_cell)
{
    const char *name = presence_how_name(how);
    snprintf(out_cell, CELL_BYTES, "%s", name ? name : "");
}

static void write_how_in(const struct source *source, int field, char *out_cell)
{
    (void)field;
    write_how(source->visit->visit->how_in, out_cell);
}

static void write_how_out(const struct source *source, int field, char *out_cell)
{
    (void)field;
    write_how(source->visit->visit->how_out, out_cell);
}

static void write_guests(const struct source *source, int field, char *out_cell)
{
    (void)field;
    snprintf(out_cell, CELL_BYTES, "%d", source->visit->visit->guests);
}

static void write_children(const struct source *source, int field, char *out_cell)
{
    (void)field;
    snprintf(out_cell, CELL_BYTES, "%d", source->visit->visit->children);
}

static void write_clock(const struct source *source, int field, char *out_cell)
{
    (void)field;
    const struct visit *visit = source->visit->visit;
    bool is_doubtful = visit->is_doubtful_in || visit->is_doubtful_out;
    snprintf(out_cell, CELL_BYTES, "%s", is_doubtful ? "doubtful" : "trusted");
}

/* --- tables --- */

static const struct column visit_columns[] = {
    {"number", write_field, PERSON_NUMBER},
    {"last_name", write_field, PERSON_LAST_NAME},
    {"first_name", write_field, PERSON_FIRST_NAME},
    {"organisation", write_organisation, 0},
    {"day", write_day, 0},
    {"as", write_as, 0},
    {"occasion", write_occasion, 0},
    {"arrived_at", write_arrived, 0},
    {"left_at", write_left, 0},
    {"duration", write_duration, 0},
    {"hours", write_hours, 0},
    {"how_in", write_how_in, 0},
    {"how_out", write_how_out, 0},
    {"clock", write_clock, 0},
    {"guests", write_guests, 0},
    {"children", write_children, 0},
};

static const struct column people_columns[] = {
    {"number", write_field, PERSON_NUMBER},
    {"last_name", write_field, PERSON_LAST_NAME},
    {"first_name", write_field, PERSON_FIRST_NAME},
    {"language", write_field, PERSON_LANGUAGE},
    {"circle", write_field, PERSON_CIRCLE},
    {"email", write_field, PERSON_EMAIL},
    {"phone", write_field, PERSON_PHONE},
    {"since", write_field, PERSON_SINCE},
    {"external_id", write_field, PERSON_EXTERNAL_ID},
    {"college", write_field, PERSON_COLLEGE},
    {"shares", write_field, PERSON_SHARES},
    {"paused_until", write_field, PERSON_PAUSED_UNTIL},
    {"private_hours", write_field, PERSON_PRIVATE_HOURS},
    {"basket", write_field, PERSON_BASKET},
    {"basket_pauses", write_field, PERSON_BASKET_PAUSES},
    {"basket_fetchers", write_field, PERSON_BASKET_FETCHERS},
    {"line", write_field, PERSON_LINE},
    {"badges", write_badges, 0},
};

static const struct {
    const char *name;
    const struct column *columns;
    int count;
} tables[REGISTER_TABLE_COUNT] = {
    [REGISTER_VISITS] = {"visits.csv", visit_columns,
                         sizeof visit_columns / sizeof visit_columns[0]},
    [REGISTER_PEOPLE] = {"people.csv", people_columns,
                         sizeof people_columns / sizeof people_columns[0]},
};

const char *register_name(enum register_table table)
{
    assert((unsigned)table < REGISTER_TABLE_COUNT);
    return tables[table].name;
}

/* --- rows as text --- */

enum rc register_headings(enum register_table table, enum csv_profile profile, char *out_text,
                          size_t size, size_t *out_length)
{
    const char *cells[COLUMNS_MAX], *begin = csv_writer_begin(profile);
    size_t used = strlen(begin), length;
    for (int i = 0; i < tables[table].count; i++)
        cells[i] = tables[table].columns[i].heading;
    if (size < used)
        return RC_LIMIT;
    memcpy(out_text, begin, used);
    enum rc rc =
        csv_writer_row(profile, cells, tables[table].count, out_text + used, size - used, &length);
    if (!rc)
        *out_length = used + length;
    return rc;
}

static enum rc row_text(enum register_table table, const struct source *source, char *out_text,
                        size_t size, size_t *out_length)
{
    char texts[COLUMNS_MAX][CELL_BYTES];
    const char *cells[COLUMNS_MAX];
    for (int i = 0; i < tables[table].count; i++) {
        const struct column *column = &tables[table].columns[i];
        texts[i][0] = 0;
        column->write(source, column->field, texts[i]);
        cells[i] = texts[i];
    }
    return csv_writer_row(source->profile, cells, tables[table].count, out_text, size, out_length);
}

enum rc register_visit_text(enum csv_profile profile, const struct register_visit *row,
                            char *out_text, size_t size, size_t *out_length)
{
    struct source source = {.profile = profile, .person = row->person, .visit = row};
    return row_text(REGISTER_VISITS, &source, out_text, size, out_length);
}

static enum rc write_headings(struct register_file *file)
{
    size_t length;
    enum rc rc =
        register_headings(file->table, file->profile, file->row, sizeof file->row, &length);
    return rc ? rc : outfile_write(file->out, file->row, length);
}

static enum rc write_row(struct register_file *file, const struct source *source)
{
    size_t length;
    enum rc rc = row_text(file->table, source, file->row, sizeof file->row, &length);
    return rc ? rc : outfile_write(file->out, file->row, length);
}

/* --- files --- */

enum rc register_begin(const char *folder, enum register_table table, enum csv_profile profile,
                       struct register_file **out_file, struct reason *out_reason)
{
    struct register_file *file = calloc(1, sizeof *file);
    if (!file) {
        reason_set(out_reason, "There is not enough memory to write %s.", register_name(table));
        return RC_NO_MEMORY;
    }
    file->table = table;
    file->profile = profile;
    enum rc rc = outfile_create(folder, register_name(table), &file->out, out_reason);
    if (rc) {
        free(file);
        return rc;
    }
    rc = write_headings(file);
    if (rc) {
        register_abandon(file);
        return rc;
    }
    *out_file = file;
    return RC_OK;
}

enum rc register_add_visit(struct register_file *file, const struct register_visit *row)
{
    assert(file->table == REGISTER_VISITS);
    struct source source = {.profile = file->profile, .person = row->person, .visit = row};
    return write_row(file, &source);
}

enum rc register_add_person(struct register_file *file, const struct register_person *row)
{
    assert(file->table == REGISTER_PEOPLE);
    struct source source = {.profile = file->profile, .person = row->person, .badges = row->badges};
    return write_row(file, &source);
}

enum rc register_commit(struct register_file *file, struct reason *out_reason)
{
    enum rc rc = outfile_commit(file->out, out_reason);
    free(file);
    return rc;
}

void register_abandon(struct register_file *file)
{
    if (!file)
        return;
    outfile_abandon(file->out);
    free(file);
}
