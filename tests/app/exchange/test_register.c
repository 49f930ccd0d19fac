#include "app/exchange/register.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "app/exchange/people.h"
#include "tests/support/ledger.h"

/* The sanitizer keeps what was freed for a while: little enough to see whether memory grows. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "quarantine_size_mb=1:thread_local_quarantine_size_kb=64";
}

/* --- the Nth allocation fails: all our own memory comes from calloc --- */

static int fails_at; /* counts down; 0: nothing fails */
static bool has_failed;

void *calloc(size_t count, size_t size)
{
    static void *(*real)(size_t, size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "calloc");
    if (fails_at && !--fails_at) {
        has_failed = true;
        return NULL;
    }
    return real(count, size);
}

static int set_up(void **state)
{
    *state = ledger_open();
    return 0;
}

static int tear_down(void **state)
{
    ledger_close(*state);
    return 0;
}

static const struct person zoe = {.number = "1001",
                                  .external_id = "odoo_1",
                                  .first_name = "Zoé",
                                  .last_name = "de Ridder",
                                  .language = "fr",
                                  .circle = "working group",
                                  .email = "zoe@example.org",
                                  .phone = "+32 466 599 13 59",
                                  .since = "2021-10-25",
                                  .college = "workers & friends",
                                  .shares = "12",
                                  .paused_until = "2026-12-31",
                                  .private_hours = "yes",
                                  .discreet = "yes",
                                  .basket = "2 x half",
                                  .basket_pauses = "2026-12-20/2027-01-05,2027-02-01",
                                  .basket_fetchers = "1002;Béatrice de Ridder"};
static const struct person formula = {.first_name = "=HYPERLINK(\"x\")", .last_name = "a;b"};
static const struct fact_id erased = {LEDGER_STATION, 99};

static const struct visit visits[] = {
    {.day = LEDGER_DAY,
     .arrived_ms = LEDGER_MS,
     .left_ms = LEDGER_MS + 9015000,
     .how_in = PRESENCE_TAP,
     .how_out = PRESENCE_TAP,
     .guests = 2,
     .children = 1},
    {.day = LEDGER_DAY,
     .is_staff = true,
     .kind = OCCASION_ASSEMBLY,
     .arrived_ms = LEDGER_MS + 1000,
     .closes_ms = LEDGER_MS + 36000000,
     .how_in = PRESENCE_NAME,
     .how_out = PRESENCE_OPEN},
    {.day = LEDGER_DAY,
     .arrived_ms = LEDGER_MS + 2000,
     .left_ms = LEDGER_MS + 36002000,
     .how_in = PRESENCE_TAP,
     .how_out = PRESENCE_ASSUMED,
     .is_doubtful_in = true},
    {.day = LEDGER_DAY,
     .arrived_ms = LEDGER_MS + 3000,
     .left_ms = LEDGER_MS + 90003000,
     .how_in = PRESENCE_STAFF,
     .how_out = PRESENCE_CORRECTED},
};

static struct stint stint_of(struct fact_id visit, int64_t seconds)
{
    return (struct stint){
        .visit = visit, .day = LEDGER_DAY, .from_ms = LEDGER_MS, .seconds = seconds};
}

/* The table as text; free it. */
static char *write(const struct register_source *source, enum register_table table,
                   enum csv_profile profile, int64_t *out_rows)
{
    struct ledger_text text = {.fails_after = -1};
    struct sink sink = ledger_sink(&text);
    assert_int_equal(register_write(table, profile, source, &sink, out_rows), RC_OK);
    return text.bytes;
}

static void expect(const struct register_source *source, enum register_table table,
                   enum csv_profile profile, const char *text)
{
    int64_t rows;
    char *written = write(source, table, profile, &rows);
    int lines = -1;
    assert_string_equal(written, text);
    for (const char *at = text; (at = strstr(at, "\r\n")); at += 2)
        lines++;
    assert_int_equal(rows, lines);
    free(written);
}

/* --- visits --- */

/* a11ce-1 Zoé, a11ce-2 with a formula, a11ce-3 and a11ce-4 organisations, then visits. */
static void fill(struct ledger *ledger)
{
    struct fact_id a = ledger_person(ledger, &zoe), b = ledger_person(ledger, &formula);
    struct fact_id bikes = ledger_organisation(ledger, "Vélo; café");
    struct fact_id hostile = ledger_organisation(ledger, "=1+1");
    const struct fact_id people[] = {a, erased, b, a};
    const struct fact_id organisations[] = {{0, 0}, bikes, hostile, {0, 0}};
    const int64_t seconds[] = {9015, 0, 0, 90000};
    for (int i = 0; i < 4; i++) {
        struct visit visit = visits[i];
        visit.organisation = organisations[i];
        struct stint stint = stint_of(ledger_visit(ledger, people[i], &visit), seconds[i]);
        if (stint.seconds)
            ledger_stint(ledger, people[i], &stint);
    }
}

static void visits_are_written_for_people(void **state)
{
    fill(*state);
    struct register_source source = ledger_source(*state);
    expect(
        &source, REGISTER_VISITS, CSV_PROFILE_EXCEL,
        "\xEF\xBB\xBFid;person;number;last_name;first_name;organisation;day;as;occasion;"
        "arrived_at;left_at;duration;hours;how_in;how_out;clock;guests;children\r\n"
        "a11ce-5;a11ce-1;1001;de Ridder;Zoé;;2026-11-23;volunteer;open-day;2026-11-23 14:02:11;"
        "2026-11-23 16:32:26;2:30:15;\"2,50\";tap;tap;trusted;2;1\r\n"
        "a11ce-6;;;;;\"Vélo; café\";2026-11-23;staff;assembly;2026-11-23 14:02:12;;;;name;;trusted;"
        "0;0\r\n"
        "a11ce-7;a11ce-2;;\"a;b\";\"'=HYPERLINK(\"\"x\"\")\";'=1+1;2026-11-23;volunteer;open-day;"
        "2026-11-23 14:02:13;2026-11-24 00:02:13;0:00:00;\"0,00\";tap;assumed;doubtful;0;0\r\n"
        "a11ce-8;a11ce-1;1001;de Ridder;Zoé;;2026-11-23;volunteer;open-day;2026-11-23 14:02:14;"
        "2026-11-24 15:02:14;25:00:00;\"25,00\";staff;corrected;trusted;0;0\r\n");
}

static void visits_are_written_for_programs(void **state)
{
    fill(*state);
    struct register_source source = ledger_source(*state);
    expect(
        &source, REGISTER_VISITS, CSV_PROFILE_STRICT,
        "id,person,number,last_name,first_name,organisation,day,as,occasion,arrived_at,left_at,"
        "duration,hours,how_in,how_out,clock,guests,children\r\n"
        "a11ce-5,a11ce-1,1001,de Ridder,Zoé,,2026-11-23,volunteer,open-day,2026-11-23T13:02:11Z,"
        "2026-11-23T15:32:26Z,2:30:15,2.50,tap,tap,trusted,2,1\r\n"
        "a11ce-6,,,,,\"Vélo; "
        "café\",2026-11-23,staff,assembly,2026-11-23T13:02:12Z,,,,name,,trusted,"
        "0,0\r\n"
        "a11ce-7,a11ce-2,,\"a;b\",\"'=HYPERLINK(\"\"x\"\")\",'=1+1,2026-11-23,volunteer,open-day,"
        "2026-11-23T13:02:13Z,2026-11-23T23:02:13Z,0:00:00,0.00,tap,assumed,doubtful,0,0\r\n"
        "a11ce-8,a11ce-1,1001,de Ridder,Zoé,,2026-11-23,volunteer,open-day,2026-11-23T13:02:14Z,"
        "2026-11-24T14:02:14Z,25:00:00,25.00,staff,corrected,trusted,0,0\r\n");
}

static void only_the_days_asked_for_are_written(void **state)
{
    struct fact_id a = ledger_person(*state, &zoe);
    struct visit visit = visits[0];
    int64_t rows;
    for (int day = 20261121; day <= 20261125; day++) {
        visit.day = day;
        visit.arrived_ms = LEDGER_MS + (day - LEDGER_DAY) * INT64_C(86400000);
        struct stint stint = stint_of(ledger_visit(*state, a, &visit), 60);
        stint.day = day;
        ledger_stint(*state, a, &stint);
        ledger_newcomer(*state, (struct fact_id){2, day}, visit.arrived_ms, (struct fact_id){0, 0});
    }
    struct register_source source = ledger_source(*state);
    source.first_day = 20261122;
    source.last_day = 20261124;
    for (int table = REGISTER_VISITS; table <= REGISTER_HOURS; table++) {
        char *text = write(&source, (enum register_table)table, CSV_PROFILE_STRICT, &rows);
        assert_int_equal(rows, 3);
        assert_null(strstr(text, "2026-11-21"));
        assert_null(strstr(text, "2026-11-25"));
        free(text);
    }
}

/* By what is counted by name: else who is in the list would say who came. */
static void people_of_some_days_are_those_who_were_there(void **state)
{
    static const char *const names[] = {"Ada", "Bilal", "Chloe"};
    const enum occasion_kind kinds[] = {OCCASION_OPEN_DAY, OCCASION_AGORA, OCCASION_OPEN_DAY};
    struct privacy privacy = {.count = {[OCCASION_AGORA] = PRIVACY_PSEUDONYM}};
    int64_t rows;
    for (int i = 0; i < 3; i++) {
        struct person person = {.first_name = ""};
        struct visit visit = visits[0];
        strcpy(person.first_name, names[i]);
        visit.kind = kinds[i];
        visit.day = i == 2 ? 20261122 : LEDGER_DAY;
        ledger_visit(*state, ledger_person(*state, &person), &visit);
    }
    struct register_source source = ledger_source(*state);
    source.privacy = &privacy;
    free(write(&source, REGISTER_PEOPLE, CSV_PROFILE_STRICT, &rows));
    assert_int_equal(rows, 3);
    source.first_day = source.last_day = LEDGER_DAY;
    char *text = write(&source, REGISTER_PEOPLE, CSV_PROFILE_STRICT, &rows);
    assert_int_equal(rows, 1);
    assert_non_null(strstr(text, "Ada"));
    free(text);
    source.privacy = NULL;
    free(write(&source, REGISTER_PEOPLE, CSV_PROFILE_STRICT, &rows));
    assert_int_equal(rows, 2);
}

static void lines_without_a_file_are_the_same(void **state)
{
    struct visit visit = visits[0];
    static char text[2 * CSV_WRITER_ROW_BYTES];
    size_t head, length;
    struct fact_id a = ledger_person(*state, &zoe);
    struct snapshot_visit row = {.visit = visit, .person = zoe};
    row.person.id = a;
    row.visit.id = ledger_visit(*state, a, &visit);
    struct register_source source = ledger_source(*state);
    for (int profile = CSV_PROFILE_EXCEL; profile <= CSV_PROFILE_STRICT; profile++) {
        assert_int_equal(register_headings(profile, &source, text, sizeof text, &head), RC_OK);
        assert_int_equal(
            register_visit_text(profile, &source, &row, text + head, sizeof text - head, &length),
            RC_OK);
        text[head + length] = 0;
        expect(&source, REGISTER_VISITS, profile, text);
        assert_int_equal(register_headings(profile, &source, text, 2, &head), RC_LIMIT);
        assert_int_equal(register_visit_text(profile, &source, &row, text, 20, &length), RC_LIMIT);
    }
    struct privacy privacy = {.count = {[OCCASION_OPEN_DAY] = PRIVACY_NUMBER}};
    source.privacy = &privacy;
    assert_int_equal(
        register_visit_text(CSV_PROFILE_EXCEL, &source, &row, text, sizeof text, &length),
        RC_EMPTY);
}

/* --- hours --- */

static void hours_have_a_row_for_each_shift(void **state)
{
    struct fact_id a = ledger_person(*state, &zoe);
    struct fact_id of = ledger_occasion(*state, OCCASION_SHIFT, "Vendredi soir");
    struct fact_id bikes = ledger_organisation(*state, "Vélo");
    struct visit visit = visits[3];
    visit.is_doubtful_out = true;
    struct stint stint = stint_of(ledger_visit(*state, a, &visit), 5400);
    ledger_stint(*state, a, &stint);
    stint.of = (struct shift_id){of, 3};
    stint.organisation = bikes;
    stint.from_ms += 5400000;
    stint.seconds = 45;
    stint.is_staff = stint.is_assumed = true;
    strcpy(stint.mission, "Caisse");
    ledger_stint(*state, a, &stint);
    struct register_source source = ledger_source(*state);
    expect(
        &source, REGISTER_HOURS, CSV_PROFILE_EXCEL,
        "\xEF\xBB\xBFid;person;number;last_name;first_name;organisation;day;as;mission;occasion;"
        "title;begins_at;duration;hours;end;clock\r\n"
        "a11ce-4;a11ce-1;1001;de Ridder;Zoé;;2026-11-23;volunteer;;open-day;;2026-11-23 14:02:11;"
        "1:30:00;\"1,50\";known;doubtful\r\n"
        "a11ce-4.a11ce-2.3;a11ce-1;1001;de Ridder;Zoé;Vélo;2026-11-23;staff;Caisse;shift;Vendredi "
        "soir;"
        "2026-11-23 15:32:11;0:00:45;\"0,01\";assumed;doubtful\r\n");
}

static void hours_of_a_visit_begin_to_count_when_it_has_ended(void **state)
{
    struct fact_id a = ledger_person(*state, &zoe);
    struct visit visit = visits[0];
    int64_t rows;
    visit.how_out = PRESENCE_OPEN;
    visit.left_ms = 0;
    visit.assumed_ms = LEDGER_MS + 3600000;
    visit.closes_ms = LEDGER_MS + 7200000;
    ledger_visit(*state, a, &visit);
    struct register_source source = ledger_source(*state);
    free(write(&source, REGISTER_HOURS, CSV_PROFILE_STRICT, &rows));
    assert_int_equal(rows, 0);
    char *text = write(&source, REGISTER_VISITS, CSV_PROFILE_STRICT, &rows);
    assert_non_null(strstr(text, ",2026-11-23T13:02:11Z,,,,tap,,trusted,2,1\r\n"));
    free(text);
}

/* --- people --- */

static void people_come_back_as_they_were(void **state)
{
    struct person hostile = {.number = "7",
                             .first_name = "'=1+1",
                             .last_name = "'t Kint",
                             .phone = "-1+cmd|x",
                             .circle = "\"a\";b,c",
                             .since = "2020-02-29",
                             .college = "=A1"};
    const struct person *const all[] = {&formula, &zoe, &hostile};
    for (int i = 0; i < 3; i++)
        ledger_person(*state, all[i]);
    struct register_source source = ledger_source(*state);
    for (int profile = CSV_PROFILE_EXCEL; profile <= CSV_PROFILE_STRICT; profile++) {
        struct people *people;
        int64_t rows;
        char *bytes = write(&source, REGISTER_PEOPLE, profile, &rows);
        assert_non_null(strstr(bytes, profile == CSV_PROFILE_EXCEL ? ";'+32 466 599 13 59;"
                                                                   : ",+32 466 599 13 59,"));
        assert_int_equal(people_read(bytes, strlen(bytes), &people, NULL), RC_OK);
        assert_int_equal(people_count(people), 3);
        for (size_t i = 0; i < 3; i++)
            for (int f = 0; f < person_field_count; f++)
                assert_string_equal(person_text_const(&people_row(people, i)->person, f),
                                    person_text_const(all[i], f));
        people_close(people);
        free(bytes);
    }
}

static void newcomers_are_told_with_where_they_stopped(void **state)
{
    struct person ada = {.first_name = "Ada", .language = "nl"};
    struct fact_id a = ledger_person(*state, &ada), b = ledger_person(*state, &zoe);
    ledger_newcomer(*state, a, LEDGER_MS, b);
    ledger_newcomer(*state, b, LEDGER_MS + 1, (struct fact_id){0, 0});
    ledger_newcomer(*state, erased, LEDGER_MS, b);
    ledger_visit(*state, a, &visits[0]);
    struct register_source source = ledger_source(*state);
    expect(&source, REGISTER_NEWCOMERS, CSV_PROFILE_STRICT,
           "id,number,last_name,first_name,language,began_at,last_step,last_step_how,buddy,"
           "buddy_state,last_visit_at\r\n"
           "a11ce-1,,,Ada,nl,2026-11-23T13:02:11Z,why,skipped,Zoé de Ridder,taken,"
           "2026-11-23T13:02:11Z\r\n"
           "a11ce-2,1001,de Ridder,Zoé,fr,2026-11-23T13:02:11Z,why,skipped,,,\r\n");
}

/* --- privacy, organisations --- */

static bool has(const char *text, const char *what)
{
    return strstr(text, what) != NULL;
}

static void kinds_counted_without_names_show_none(void **state)
{
    struct fact_id a = ledger_person(*state, &zoe);
    ledger_person(*state, &(struct person){.first_name = "Ada"});
    char word[PRIVACY_PSEUDONYM_BYTES], id[PRIVACY_ROW_BYTES], named[PRIVACY_ROW_BYTES];
    struct fact_id rows_of[3];
    const enum occasion_kind kinds[] = {OCCASION_INFO, OCCASION_AGORA, OCCASION_OPEN_DAY};
    for (int i = 0; i < 3; i++) {
        struct visit visit = visits[0];
        visit.kind = kinds[i];
        rows_of[i] = ledger_visit(*state, a, &visit);
        struct stint stint = stint_of(rows_of[i], 60);
        ledger_stint(*state, a, &stint);
    }
    struct privacy privacy = {
        .count = {[OCCASION_INFO] = PRIVACY_PSEUDONYM, [OCCASION_AGORA] = PRIVACY_NUMBER}};
    struct register_source source = ledger_source(*state);
    source.privacy = &privacy;
    privacy_pseudonym(source.key, a, word);
    for (int table = REGISTER_VISITS; table <= REGISTER_HOURS; table++) {
        int64_t rows;
        char *text = write(&source, (enum register_table)table, CSV_PROFILE_STRICT, &rows);
        char line[96];
        enum privacy_row row = table == REGISTER_VISITS ? PRIVACY_OF_VISIT : PRIVACY_OF_HOURS;
        privacy_row_pseudonym(source.key, row, rows_of[0], id);
        privacy_row_pseudonym(source.key, row, rows_of[2], named);
        assert_int_equal(rows, 2);
        snprintf(line, sizeof line, "\r\n%s,%s,,,,,2026-11-23,", id, word);
        assert_true(has(text, line));
        snprintf(line, sizeof line, "\r\n%s,a11ce-1,1001,de Ridder,Zoé,", named);
        assert_true(has(text, line));
        for (int i = 0; i < 3; i++) {
            fact_id_write(rows_of[i], line);
            assert_false(has(text, line));
        }
        assert_false(has(text, "agora"));
        free(text);
    }
}

static void hours_are_counted_as_the_stricter_of_visit_and_shift(void **state)
{
    struct fact_id a = ledger_person(*state, &zoe);
    struct fact_id of = ledger_occasion(*state, OCCASION_AGORA, "Agora");
    struct visit visit = visits[0];
    struct privacy privacy = {.count = {[OCCASION_AGORA] = PRIVACY_NUMBER}};
    struct stint stint = stint_of(ledger_visit(*state, a, &visit), 60);
    int64_t rows;
    stint.of = (struct shift_id){of, 1};
    ledger_stint(*state, a, &stint);
    visit.kind = OCCASION_AGORA;
    stint = stint_of(ledger_visit(*state, a, &visit), 60);
    ledger_stint(*state, a, &stint);
    struct register_source source = ledger_source(*state);
    free(write(&source, REGISTER_HOURS, CSV_PROFILE_STRICT, &rows));
    assert_int_equal(rows, 2); /* the control */
    source.privacy = &privacy;
    free(write(&source, REGISTER_HOURS, CSV_PROFILE_STRICT, &rows));
    assert_int_equal(rows, 0);
}

static void the_last_visit_of_a_newcomer_is_one_counted_by_name(void **state)
{
    struct fact_id a = ledger_person(*state, &zoe);
    struct privacy privacy = {.count = {[OCCASION_INFO] = PRIVACY_PSEUDONYM}};
    struct visit visit = visits[0];
    int64_t rows;
    ledger_visit(*state, a, &visit);
    visit.kind = OCCASION_INFO;
    visit.arrived_ms += 3600000;
    ledger_visit(*state, a, &visit);
    ledger_newcomer(*state, a, LEDGER_MS, (struct fact_id){0, 0});
    struct register_source source = ledger_source(*state);
    source.privacy = &privacy;
    char *text = write(&source, REGISTER_NEWCOMERS, CSV_PROFILE_STRICT, &rows);
    assert_true(has(text, ",,,2026-11-23T13:02:11Z\r\n"));
    free(text);
}

static void an_organisation_sees_only_its_own(void **state)
{
    static const char *const names[] = {"Ada", "Bilal", "Chloe", "Dina"};
    struct fact_id mine = ledger_organisation(*state, "Mine"), people[4];
    struct fact_id others = ledger_organisation(*state, "Others");
    for (int i = 0; i < 4; i++) {
        struct person person = {.first_name = ""};
        strcpy(person.first_name, names[i]);
        people[i] = ledger_person(*state, &person);
    }
    struct visit visit = visits[0];
    visit.organisation = mine;
    ledger_visit(*state, people[0], &visit); /* Ada came for us */
    visit.organisation = others;
    struct stint stint = stint_of(ledger_visit(*state, people[1], &visit), 60);
    stint.organisation = mine;
    ledger_stint(*state, people[1], &stint); /* Bilal gave us an hour */
    ledger_visit(*state, people[2], &visit);
    for (int i = 0; i < 4; i++)
        ledger_newcomer(*state, people[i], LEDGER_MS, i ? people[0] : people[2]);
    struct register_source source = ledger_source(*state);
    source.organisation = mine;
    const int wanted[] = {[REGISTER_VISITS] = 1,
                          [REGISTER_HOURS] = 1,
                          [REGISTER_PEOPLE] = 2,
                          [REGISTER_NEWCOMERS] = 2};
    for (int table = 0; table < REGISTER_TABLE_COUNT; table++) {
        int64_t rows;
        char *text = write(&source, (enum register_table)table, CSV_PROFILE_STRICT, &rows);
        assert_int_equal(rows, wanted[table]);
        assert_false(has(text, "Others"));
        assert_false(has(text, "Chloe")); /* not even as a buddy */
        assert_false(has(text, "Dina"));
        assert_int_equal(has(text, "Bilal"), table != REGISTER_VISITS);
        free(text);
    }
    int64_t rows;
    source.organisation = REPORT_HOUSE;
    free(write(&source, REGISTER_PEOPLE, CSV_PROFILE_STRICT, &rows));
    assert_int_equal(rows, 0);
    struct privacy privacy = {.count = {[OCCASION_OPEN_DAY] = PRIVACY_PSEUDONYM}};
    source.organisation = mine;
    source.privacy = &privacy;
    free(write(&source, REGISTER_PEOPLE, CSV_PROFILE_STRICT, &rows));
    assert_int_equal(rows, 0); /* the list would give away who the words are */
}

/* --- sizes and faults --- */

static void the_longest_texts_fit(void **state)
{
    struct person huge = {.number = ""};
    for (int field = 0; field < person_field_count; field++) {
        memset(person_text(&huge, field), '"', person_fields[field].size - 1);
        person_text(&huge, field)[person_fields[field].size - 1] = 0;
    }
    struct fact_id a = ledger_person(*state, &huge);
    char name[160];
    memset(name, '"', sizeof name - 1);
    name[sizeof name - 1] = 0;
    struct visit visit = visits[0];
    visit.organisation = ledger_organisation(*state, name);
    struct stint stint = stint_of(ledger_visit(*state, a, &visit), INT64_C(9000000000));
    memset(stint.mission, '"', sizeof stint.mission - 1);
    name[127] = 0;
    stint.of = (struct shift_id){ledger_occasion(*state, OCCASION_SHIFT, name), SHIFT_NUMBER_MAX};
    ledger_stint(*state, a, &stint);
    ledger_newcomer(*state, a, LEDGER_MS, a);
    struct register_source source = ledger_source(*state);
    for (int table = 0; table < REGISTER_TABLE_COUNT; table++) {
        int64_t rows;
        char *text = write(&source, (enum register_table)table, CSV_PROFILE_EXCEL, &rows);
        size_t quotes = 0;
        for (const char *at = text; (at = strchr(at, '"')); at++)
            quotes++;
        assert_int_equal(rows, 1);
        assert_int_equal(quotes % 2, 0);
        assert_true(quotes > 700);
        free(text);
    }
}

static void what_the_sink_says_ends_it(void **state)
{
    ledger_visits(*state, ledger_person(*state, &zoe), 2000);
    struct register_source source = ledger_source(*state);
    for (long after = 0; after < 200000; after += 66666) {
        struct ledger_text text = {.fails_after = after, .failure = RC_GONE};
        struct sink sink = ledger_sink(&text);
        int64_t rows = -1;
        assert_int_equal(register_write(REGISTER_VISITS, CSV_PROFILE_EXCEL, &source, &sink, &rows),
                         RC_GONE);
        assert_int_equal(rows, -1);
        free(text.bytes);
    }
}

static void without_memory_it_says_so(void **state)
{
    int64_t rows = -1;
    fill(*state);
    struct register_source source = ledger_source(*state);
    for (int table = 0; table < REGISTER_TABLE_COUNT; table++) {
        struct ledger_text text = {.fails_after = -1};
        struct sink sink = ledger_sink(&text);
        has_failed = false;
        fails_at = 1;
        assert_int_equal(
            register_write((enum register_table)table, CSV_PROFILE_EXCEL, &source, &sink, &rows),
            RC_NO_MEMORY);
        fails_at = 0;
        assert_true(has_failed);
        assert_int_equal(rows, -1);
        assert_null(text.bytes);
    }
}

static void a_hundred_thousand_visits_take_no_more_memory(void **state)
{
    struct rusage before, after;
    struct ledger_text text = {.fails_after = 0, .failure = RC_OK}; /* keeps nothing */
    struct sink sink = ledger_sink(&text);
    int64_t rows;
    ledger_visits(*state, ledger_person(*state, &zoe), 100000);
    struct register_source source = ledger_source(*state);
    source.last_day = 20261122;
    assert_int_equal(register_write(REGISTER_VISITS, CSV_PROFILE_EXCEL, &source, &sink, &rows),
                     RC_OK);
    source.last_day = REPORT_LAST_DAY;
    getrusage(RUSAGE_SELF, &before);
    for (int table = 0; table <= REGISTER_HOURS; table++) {
        assert_int_equal(
            register_write((enum register_table)table, CSV_PROFILE_EXCEL, &source, &sink, &rows),
            RC_OK);
        assert_int_equal(rows, 100000);
    }
    getrusage(RUSAGE_SELF, &after);
    assert_true(after.ru_maxrss - before.ru_maxrss < 12 << 10); /* SQLite's cache fills up */
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(visits_are_written_for_people),
        TEST(visits_are_written_for_programs),
        TEST(only_the_days_asked_for_are_written),
        TEST(people_of_some_days_are_those_who_were_there),
        TEST(lines_without_a_file_are_the_same),
        TEST(hours_have_a_row_for_each_shift),
        TEST(hours_of_a_visit_begin_to_count_when_it_has_ended),
        TEST(people_come_back_as_they_were),
        TEST(newcomers_are_told_with_where_they_stopped),
        TEST(kinds_counted_without_names_show_none),
        TEST(hours_are_counted_as_the_stricter_of_visit_and_shift),
        TEST(the_last_visit_of_a_newcomer_is_one_counted_by_name),
        TEST(an_organisation_sees_only_its_own),
        TEST(the_longest_texts_fit),
        TEST(what_the_sink_says_ends_it),
        TEST(without_memory_it_says_so),
        TEST(a_hundred_thousand_visits_take_no_more_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
