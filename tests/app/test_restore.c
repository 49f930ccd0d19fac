#include "app/restore.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/export.h"
#include "app/store/forget.h"
#include "tests/support/build.h"
#include "tests/support/month.h"
#include "tests/support/random.h"

#define FILES (1u << EXPORT_JOURNAL | 1u << EXPORT_DATABASE)
#define TEXT_BYTES (8 << 20)

static struct seal_public to;
static struct seal_secret secret, other_secret;

/* A house, what was taken out of it, and where it is restored to. */
struct lab {
    struct house *house;
    char root[48];  /* everything below it is removed at the end */
    char from[256]; /* the export */
    char data[64];
    char first[64]; /* the house's own folder */
    char told[16384];
    struct reason reason;
    struct restore_result result;
};

static void shell(struct lab *lab, const char *format, ...)
{
    char line[1024];
    va_list arguments;
    int used = snprintf(line, sizeof line, "cd '%s' && ", lab->from[0] ? lab->from : lab->root);
    va_start(arguments, format);
    vsnprintf(line + used, sizeof line - (size_t)used, format, arguments);
    va_end(arguments);
    if (system(line))
        fail_msg("%s", line);
}

/* The sums anew, after something was changed on purpose. */
static void sum_again(struct lab *lab)
{
    shell(lab, "rm -f SHA256SUMS && sha256sum * > ../sums && mv ../sums SHA256SUMS");
}

static void take_out(struct lab *lab, const struct seal_public *seal)
{
    struct venue venue = venue_default();
    struct export_result result;
    struct export_job job = {.data = lab->house->data,
                             .root = lab->root,
                             .venue = &venue,
                             .now = house_now(lab->house),
                             .choice = {.span = EXPORT_EVERYTHING, .files = FILES, .seal = seal}};
    if (export_run(&job, NULL, &result, &lab->reason))
        fail_msg("%s", lab->reason.text);
    snprintf(lab->from, sizeof lab->from, "%s/%s", lab->root, result.folder);
}

/* At drinks, which are counted by number: what is left of it is redacted. */
static void become_a_number(struct house *house, struct fact_id person)
{
    struct privacy privacy = {.count = {[OCCASION_DRINKS] = PRIVACY_NUMBER}};
    int count = 0;
    house_record(house, FACT_PRESS, person,
                 json_pack("{s:s,s:s,s:s}", "answer", "arrival", "how", "staff", "kind", "drinks"));
    house_wait(house, HOUSE_HOUR_MS);
    (void)house_press(house, person, ANSWER_DEPARTURE);
    house_wait(house, 48 * HOUSE_HOUR_MS);
    const struct office office = {.now = house_now(house)};
    assert_int_equal(
        forget_who_was_counted(house->journal, &office, &privacy, &count, &house->reason), RC_OK);
    assert_int_equal(count, 1);
}

static int set_up(void **state)
{
    struct lab *lab = calloc(1, sizeof *lab);
    struct month month = month_open();
    lab->house = month.house;
    become_a_number(lab->house, month.bilal);
    house_tap(lab->house, HOUSE_BILAL);
    house_record(lab->house, FACT_GUESTS, month.bilal,
                 json_pack("{s:i,s:i,s:[s]}", "adults", 1, "children", 0, "names", "Noémie \"X\""));
    house_erase(lab->house, month.dora);
    snprintf(lab->root, sizeof lab->root, "%s/perron-restore-XXXXXX", build_scratch());
    assert_non_null(mkdtemp(lab->root));
    snprintf(lab->data, sizeof lab->data, "%s/data", lab->root);
    strcpy(lab->first, lab->house->data);
    *state = lab;
    return 0;
}

static int tear_down(void **state)
{
    struct lab *lab = *state;
    char line[256];
    house_close(lab->house);
    snprintf(line, sizeof line, "rm -rf --one-file-system %s %s", lab->root, lab->first);
    if (system(line))
        return -1;
    free(lab);
    return 0;
}

static void keep(void *context, const char *sentence)
{
    struct lab *lab = context;
    size_t used = strlen(lab->told);
    snprintf(lab->told + used, sizeof lab->told - used, "%s\n", sentence);
}

static enum rc restore(struct lab *lab, const struct seal_secret *key, bool may_be_partial,
                       bool may_lose_badges)
{
    struct restore_job job = {.from = lab->from,
                              .data = lab->data,
                              .key = key,
                              .may_be_partial = may_be_partial,
                              .may_lose_badges = may_lose_badges,
                              .now = house_now(lab->house)};
    lab->told[0] = 0;
    strcpy(lab->reason.text, "");
    enum rc rc = restore_run(&job, &(struct restore_hearer){lab, keep}, &lab->result, &lab->reason);
    if (rc && !lab->reason.text[0])
        fail_msg("no sentence for %s", rc_text(rc));
    return rc;
}

static void must_restore(struct lab *lab, const struct seal_secret *key)
{
    if (restore(lab, key, false, false))
        fail_msg("%s", lab->reason.text);
}

static bool is_there(const char *folder, const char *name)
{
    char path[512];
    struct stat status;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return lstat(path, &status) == 0;
}

static void expect_nothing(struct lab *lab)
{
    assert_false(is_there(lab->root, "data"));
}

/* --- all that a register says --- */

static void append_rows(struct db *db, const char *sql, char *out_text)
{
    static char row[70000];
    struct sqlite3_stmt *rows = NULL;
    size_t used = strlen(out_text);
    enum rc rc = db_query(db, &rows, sql, "");
    while (!rc && !(rc = db_step(db, rows))) {
        db_column_text(rows, 0, row, sizeof row);
        assert_true(used + strlen(row) + 2 < TEXT_BYTES);
        used += (size_t)sprintf(out_text + used, "%s\n", row);
    }
    assert_int_equal(rc, RC_EMPTY);
    db_done(rows);
}

/* Every row of every table but those of the station `but` itself, which began since. */
static char *dump(const char *data, int64_t but)
{
    char path[160], names[4096] = "", sql[4096];
    struct snapshot *snapshot;
    struct reason reason = {.text = ""};
    char *text = calloc(1, TEXT_BYTES);
    snprintf(path, sizeof path, "%s/perron.db", data);
    if (snapshot_open(path, &snapshot, &reason))
        fail_msg("%s", reason.text);
    struct db *db = snapshot_db(snapshot);
    append_rows(db,
                "SELECT name FROM sqlite_schema WHERE type='table' AND name<>'meta' ORDER BY name",
                names);
    for (char *rest = names, *table; (table = strtok_r(rest, "\n", &rest));) {
        char columns[2048] = "", where[64] = "";
        snprintf(sql, sizeof sql,
                 "SELECT group_concat('quote(\"'||name||'\")', '||''|''||')"
                 " FROM pragma_table_info('%s')",
                 table);
        append_rows(db, sql, columns);
        if (strstr(columns, "\"station\""))
            snprintf(where, sizeof where, "WHERE station<>%lld", (long long)but);
        snprintf(sql, sizeof sql, "SELECT '%s|'||%s FROM %s %s ORDER BY 1", table, columns, table,
                 where);
        append_rows(db, sql, text);
    }
    snapshot_close(snapshot);
    return text;
}

static void expect_the_same_register(struct lab *lab)
{
    char *before = dump(lab->house->data, 0);
    char *after = dump(lab->data, lab->result.counts.station);
    assert_non_null(strstr(before, "visit|"));
    assert_non_null(strstr(before, "stint|"));
    if (strcmp(before, after) != 0) {
        size_t at = 0;
        while (before[at] == after[at])
            at++;
        while (at && before[at - 1] != '\n')
            at--;
        fail_msg("before: %.300s\nafter: %.300s", before + at, after + at);
    }
    free(before);
    free(after);
}

static struct verify_result look(struct lab *lab)
{
    char path[160];
    struct snapshot *snapshot;
    struct verify_result result;
    struct reason reason;
    snprintf(path, sizeof path, "%s/perron.db", lab->data);
    assert_int_equal(snapshot_open(path, &snapshot, &reason), RC_OK);
    assert_int_equal(verify_run(snapshot, &result), RC_OK);
    snapshot_close(snapshot);
    return result;
}

/* Moves the house to the restored folder, and opens it there. */
static void move_in(struct lab *lab)
{
    struct house *house = lab->house;
    house_stop(house);
    strcpy(house->data, lab->data);
    snprintf(house->path, sizeof house->path, "%s/perron.db", lab->data);
    if (house_start(house))
        fail_msg("%s", house->reason.text);
}

/* --- whole exports --- */

static void expect_everything(struct lab *lab, int64_t before)
{
    assert_false(lab->result.is_partial);
    assert_true(lab->result.has_badges);
    assert_int_equal(lab->result.previous, before);
    assert_int_not_equal(lab->result.counts.station, before);
    expect_the_same_register(lab);
    struct verify_result verified = look(lab);
    assert_true(verify_holds(&verified));
    assert_false(is_there(lab->data, "restore.part"));
    assert_true(is_there(lab->data, "venue.key"));

    move_in(lab);
    assert_int_equal(journal_station(lab->house->journal), lab->result.counts.station);
    assert_int_equal(house_tap(lab->house, HOUSE_CHLOE).kind, ANSWER_ARRIVAL);
    assert_int_equal(house_number(lab->house,
                                  "SELECT count(*) FROM fact WHERE kind=1 AND"
                                  " CAST(body AS TEXT) LIKE '%\"copied or restored\"%'"),
                     1);
    assert_true(house_holds(lab->house));
}

static void the_database_copy_gives_the_same_views_and_knows_the_badges(void **state)
{
    struct lab *lab = *state;
    int64_t before = journal_station(lab->house->journal);
    take_out(lab, &to);
    must_restore(lab, &secret);
    assert_false(lab->result.is_from_journal);
    assert_string_equal(lab->told, "");
    expect_everything(lab, before);
}

static void the_journal_alone_gives_the_same_views_and_knows_the_badges(void **state)
{
    struct lab *lab = *state;
    int64_t before = journal_station(lab->house->journal);
    take_out(lab, &to);
    shell(lab, "rm perron.db.sealed");
    must_restore(lab, &secret);
    assert_true(lab->result.is_from_journal);
    assert_non_null(strstr(lab->told, "perron.db.sealed is missing."));
    expect_everything(lab, before);
}

static void a_damaged_database_copy_gives_way_to_the_journal(void **state)
{
    struct lab *lab = *state;
    int64_t before = journal_station(lab->house->journal);
    take_out(lab, &to);
    shell(lab, "printf x | dd of=perron.db.sealed bs=1 seek=90000 conv=notrunc 2>/dev/null");
    must_restore(lab, &secret);
    assert_true(lab->result.is_from_journal);
    assert_non_null(strstr(lab->told, "perron.db.sealed is damaged"));
    expect_everything(lab, before);
}

static void a_damaged_database_copy_alone_is_told_with_what_to_do(void **state)
{
    struct lab *lab = *state;
    take_out(lab, &to);
    shell(lab, "printf x | dd of=perron.db.sealed bs=1 seek=90000 conv=notrunc 2>/dev/null");
    shell(lab, "rm journal.jsonl*");
    assert_int_not_equal(restore(lab, &secret, false, false), RC_OK);
    assert_non_null(strstr(lab->reason.text, "take another export, an older one as well"));
    assert_non_null(strstr(lab->reason.text, "perron export"));
}

/* Its sums are right, and it does not hold: somebody changed it. */
static void a_database_copy_that_does_not_hold_gives_way_to_the_journal(void **state)
{
    static const char *const changes[] = {
        "UPDATE visit SET arrived_ms=arrived_ms+1",
        "DELETE FROM person",
        "UPDATE fact SET wall_ms=wall_ms+1 WHERE seq=3",
        "DROP TABLE visit",
        "CREATE TRIGGER t AFTER INSERT ON fact BEGIN DELETE FROM person; END",
        "CREATE VIEW v AS SELECT * FROM person",
        "PRAGMA application_id=7",
    };
    struct lab *lab = *state;
    take_out(lab, NULL);
    shell(lab, "cp perron.db ../perron.db");
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        char path[512], line[256];
        struct db *db;
        shell(lab, "cp ../perron.db perron.db");
        snprintf(path, sizeof path, "%s/perron.db", lab->from);
        assert_int_equal(db_open(path, DB_WRITE, &db), RC_OK);
        snprintf(line, sizeof line, "PRAGMA journal_mode=DELETE; %s", changes[i]);
        assert_int_equal(db_exec(db, changes[i]), RC_OK);
        (void)!db_checkpoint(db);
        db_close(db);
        shell(lab, "rm -f perron.db-wal perron.db-shm");
        sum_again(lab);
        if (restore(lab, NULL, false, true))
            fail_msg("%s: %s", changes[i], lab->reason.text);
        if (!lab->result.is_from_journal || !strstr(lab->told, "database copy cannot be used"))
            fail_msg("%s: %s", changes[i], lab->told);
        expect_the_same_register(lab);
        shell(lab, "rm -rf --one-file-system '%s'", lab->data);
    }
}

/* SQLite opens a file without a byte as a register without a fact. */
static void an_empty_database_copy_gives_way_to_the_journal(void **state)
{
    struct lab *lab = *state;
    int64_t before = journal_station(lab->house->journal);
    take_out(lab, &to);
    shell(lab, "rm perron.db.sealed && : > perron.db");
    sum_again(lab);
    must_restore(lab, &secret);
    assert_true(lab->result.is_from_journal);
    assert_non_null(strstr(lab->told, "The database copy cannot be used"));
    expect_everything(lab, before);
}

static void an_export_that_is_not_sealed_is_restored_where_the_key_lies_already(void **state)
{
    struct lab *lab = *state;
    int64_t before = journal_station(lab->house->journal);
    take_out(lab, NULL);
    assert_int_equal(restore(lab, NULL, false, false), RC_REFUSED);
    assert_non_null(strstr(lab->reason.text, "no badge would be known"));
    expect_nothing(lab);
    shell(lab, "mkdir -m 700 ../data && cp -p %s/venue.key ../data", lab->house->data);
    must_restore(lab, NULL);
    expect_everything(lab, before);
}

/* --- keys --- */

static void without_the_key_it_is_told_that_badges_are_lost(void **state)
{
    struct lab *lab = *state;
    take_out(lab, &to);
    assert_int_equal(restore(lab, NULL, false, false), RC_REFUSED);
    assert_non_null(strstr(lab->reason.text, "--key"));
    expect_nothing(lab);
    assert_int_equal(restore(lab, &other_secret, false, false), RC_REFUSED);
    assert_non_null(strstr(lab->reason.text, "another key"));
    expect_nothing(lab);

    shell(lab, "rm -rf ../20*");
    lab->from[0] = 0;
    take_out(lab, NULL);
    assert_int_equal(restore(lab, NULL, false, true), RC_OK);
    assert_false(lab->result.has_badges);
    expect_the_same_register(lab);
    move_in(lab);
    assert_int_equal(house_tap(lab->house, HOUSE_CHLOE).kind, ANSWER_UNKNOWN);
    assert_true(house_holds(lab->house));
}

static void the_key_of_another_venue_is_not_taken(void **state)
{
    struct lab *lab = *state;
    struct house *other = house_open();
    take_out(lab, NULL);
    shell(lab, "mkdir -m 700 ../data && cp -p %s/venue.key ../data", other->data);
    assert_int_equal(restore(lab, NULL, false, false), RC_REFUSED);
    assert_non_null(strstr(lab->reason.text, "not the one that badges were given under"));
    assert_false(is_there(lab->data, "perron.db"));
    shell(lab, "cmp %s/venue.key ../data/venue.key", other->data);
    house_close(other);
}

/* --- what must not be touched --- */

static void a_register_that_is_there_is_never_touched(void **state)
{
    struct lab *lab = *state;
    struct house *other = house_open();
    take_out(lab, &to);
    snprintf(lab->data, sizeof lab->data, "%s", other->data);
    char *before = dump(other->data, 0);
    assert_int_equal(restore(lab, &secret, true, true), RC_REFUSED);
    assert_non_null(strstr(lab->reason.text, "there is a register"));
    char *after = dump(other->data, 0);
    assert_string_equal(before, after);
    assert_true(house_holds(other));
    assert_false(is_there(other->data, "restore.part"));
    free(before);
    free(after);
    house_close(other);
}

static void settings_that_lie_there_stay_and_what_a_cut_left_goes(void **state)
{
    struct lab *lab = *state;
    take_out(lab, &to);
    shell(lab, "mkdir -m 700 ../data ../data/restore.part && echo '[venue]' > ../data/perron.conf "
               "&& echo half > ../data/restore.part/perron.db "
               "&& echo half > ../data/restore.part/perron.db-wal");
    must_restore(lab, &secret);
    expect_the_same_register(lab);
    shell(lab, "grep -q venue ../data/perron.conf");
    assert_false(is_there(lab->data, "restore.part"));
}

static void somebody_who_writes_there_is_not_disturbed(void **state)
{
    struct lab *lab = *state;
    struct folder *folder;
    take_out(lab, &to);
    shell(lab, "mkdir -m 700 ../data");
    assert_int_equal(folder_open(lab->data, FOLDER_WRITE, &folder, &lab->reason), RC_OK);
    shell(lab, "rm ../data/perron.db");
    assert_int_equal(restore(lab, &secret, false, false), RC_BUSY);
    folder_close(folder);
}

static void settings_come_along_where_there_are_none(void **state)
{
    struct lab *lab = *state;
    shell(lab,
          "printf '[venue]\\nname = Epi\\n' > %s/perron.conf && printf '[Jardin]\\n' > "
          "%s/circles.conf",
          lab->house->data, lab->house->data);
    take_out(lab, &to);
    shell(lab, "mkdir -m 700 ../data && echo mine > ../data/circles.conf");
    must_restore(lab, &secret);
    assert_true(lab->result.has_settings);
    shell(lab, "grep -q Epi ../data/perron.conf && grep -q mine ../data/circles.conf");
    expect_the_same_register(lab);
}

/* --- damaged ones --- */

static void from_a_damaged_export_nothing_is_restored_unless_asked(void **state)
{
    struct lab *lab = *state;
    int64_t facts = house_number(lab->house, "SELECT count(*) FROM fact");
    take_out(lab, NULL);
    shell(lab, "rm perron.db && sed -i '10s/\"hash\":\"./\"hash\":\"x/' journal.jsonl");
    assert_int_equal(restore(lab, NULL, false, true), RC_CORRUPT);
    assert_non_null(strstr(lab->reason.text, "--partial"));
    assert_non_null(strstr(lab->told, "journal.jsonl is damaged"));
    assert_non_null(strstr(lab->told, "perron.db is missing"));
    assert_non_null(strstr(lab->told, "line 10 of the journal is damaged"));
    expect_nothing(lab);

    assert_int_equal(restore(lab, NULL, true, true), RC_OK);
    assert_true(lab->result.is_partial);
    /* Line 1 is the header: eight facts are right, and behind the ninth none follows. */
    char expected[200];
    snprintf(expected, sizeof expected, "the facts from 9 to %lld are missing (%lld)",
             (long long)facts, (long long)facts - 8);
    assert_non_null(strstr(lab->told, expected));
    assert_int_equal(lab->result.counts.facts, 8 + 2);
    struct verify_result verified = look(lab);
    assert_true(verify_holds(&verified));
}

static void damage_to_one_station_leaves_the_others_whole(void **state)
{
    static struct house_fact facts[64];
    struct lab *lab = *state;
    struct house *other = house_open();
    size_t count = house_facts(other, facts, 64);
    int64_t own = journal_station(lab->house->journal);
    assert_int_equal(house_merge(lab->house, facts, count), RC_OK);
    bool is_first = journal_station(other->journal) < own;
    take_out(lab, NULL);
    shell(lab, "rm perron.db && sed -i '%dd' journal.jsonl", is_first ? (int)count + 4 : 4);
    assert_int_equal(restore(lab, NULL, true, true), RC_OK);
    char expected[200];
    snprintf(expected, sizeof expected, "Of station %lld the facts from 3 to ", (long long)own);
    assert_non_null(strstr(lab->told, expected));
    assert_int_equal(lab->result.counts.facts, 2 + (int64_t)count + 2);
    struct verify_result verified = look(lab);
    assert_true(verify_holds(&verified));
    house_close(other);
}

static void a_journal_that_was_cut_says_where(void **state)
{
    struct lab *lab = *state;
    take_out(lab, NULL);
    shell(lab, "rm perron.db && head -n 12 journal.jsonl | head -c -7 > ../j && mv ../j "
               "journal.jsonl");
    assert_int_equal(restore(lab, NULL, false, true), RC_CORRUPT);
    expect_nothing(lab);
    assert_non_null(strstr(lab->told, "The journal's end is missing"));
    assert_non_null(strstr(lab->told, "whatever came after fact 10"));
    assert_int_equal(restore(lab, NULL, true, true), RC_OK);
    assert_int_equal(lab->result.counts.facts, 10 + 2);
}

/* Whatever byte of the journal changes: all of it comes back, or it is told, and what is restored
 * holds. */
static void a_changed_byte_never_gives_another_register(void **state)
{
    struct lab *lab = *state;
    struct random random = random_for_test("restore bytes");
    struct stat status;
    char path[512];
    take_out(lab, NULL);
    shell(lab, "rm perron.db && cp journal.jsonl ../journal");
    snprintf(path, sizeof path, "%s/journal.jsonl", lab->from);
    assert_int_equal(stat(path, &status), 0);
    for (int round = 0; round < 12; round++) {
        long at = (long)random_below(&random, (unsigned)status.st_size);
        char byte = (char)random_below(&random, 256);
        shell(lab, "cp ../journal journal.jsonl");
        int fd = open(path, O_WRONLY);
        assert_int_equal(pwrite(fd, &byte, 1, at), 1);
        close(fd);
        sum_again(lab);
        enum rc rc = restore(lab, NULL, true, true);
        if (!rc) {
            struct verify_result verified = look(lab);
            assert_true(verify_holds(&verified));
            if (!lab->result.is_partial)
                expect_the_same_register(lab);
            else
                assert_string_not_equal(lab->told, "");
        }
        shell(lab, "rm -rf --one-file-system '%s'", lab->data);
    }
}

/* --- cuts --- */

/* Restores in a process of its own, which is killed after a while (below 0: it is not), or may
 * write no larger files (0: any). Its exit code; -1: it was killed. */
static int restore_apart(struct lab *lab, long kill_after_us, rlim_t file_bytes)
{
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit limit = {file_bytes, file_bytes};
        signal(SIGXFSZ, SIG_IGN);
        if (file_bytes)
            setrlimit(RLIMIT_FSIZE, &limit);
        _exit(restore(lab, &secret, false, false) ? 1 : 0);
    }
    if (kill_after_us >= 0) {
        usleep((useconds_t)kill_after_us);
        kill(child, SIGKILL);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void wherever_it_is_killed_there_is_no_register_or_the_whole_one(void **state)
{
    struct lab *lab = *state;
    struct random random = random_for_test("restore kills");
    int none = 0;
    shell(lab,
          "mkdir %s/welcome && echo hello > %s/welcome/hello.fr.txt && "
          "printf '[venue]\\nname = Epi\\n' > %s/perron.conf",
          lab->first, lab->first, lab->first);
    take_out(lab, &to);
    for (int from_journal = 0; from_journal < 2; from_journal++) {
        if (from_journal)
            shell(lab, "rm perron.db.sealed");
        int64_t began_us = now_us();
        assert_int_equal(restore_apart(lab, -1, 0), 0);
        unsigned took_us = (unsigned)(now_us() - began_us);
        shell(lab, "rm -rf --one-file-system ../data");
        for (int round = 0; round < 10; round++) {
            restore_apart(lab, (long)random_below(&random, took_us + took_us / 4), 0);
            if (!is_there(lab->data, "perron.db")) {
                none++;
                must_restore(lab, &secret); /* and nothing is in its way */
            }
            struct verify_result verified = look(lab);
            assert_true(verify_holds(&verified));
            assert_true(is_there(lab->data, "venue.key"));
            shell(lab,
                  "cmp ../data/perron.conf %s/perron.conf && diff -r ../data/welcome %s/welcome",
                  lab->first, lab->first);
            shell(lab, "rm -rf --one-file-system ../data");
        }
    }
    assert_true(none > 0);
}

static void a_disk_that_takes_no_more_leaves_nothing(void **state)
{
    struct lab *lab = *state;
    take_out(lab, &to);
    for (rlim_t bytes = 50; bytes < 200000; bytes = bytes * 3) {
        assert_int_equal(restore_apart(lab, -1, bytes), 1);
        expect_nothing(lab);
    }
    assert_int_equal(restore_apart(lab, -1, 64 << 20), 0);
}

/* --- hostile ones --- */

static void hostile_folders_restore_nothing_and_say_why(void **state)
{
    static const struct {
        const char *change, *sentence; /* in what is told, or in the reason */
    } changes[] = {
        {"rm *", "nothing in"},
        {"rm *; touch SHA256SUMS perron.db", "cut off"},
        {"rm SHA256SUMS perron.db journal.jsonl", "nothing in"},
        {"rm perron.db journal.jsonl; mkdir perron.db journal.jsonl", "damaged"},
        {"mv perron.db ../x; ln -s ../x perron.db; rm journal.jsonl", "damaged"},
        {"mv journal.jsonl ../y; ln -s ../y journal.jsonl; rm perron.db", "damaged"},
        {"rm perron.db journal.jsonl; mkfifo perron.db journal.jsonl", "damaged"},
        {": > perron.db; : > journal.jsonl", "damaged"},
        {": > perron.db; rm journal.jsonl; sha256sum perron.db > SHA256SUMS", "cannot be used"},
        {"head -c 5000000 /dev/zero > journal.jsonl; rm perron.db; sed -i /perron.db/d SHA256SUMS",
         "no journal"},
        {"truncate -s 200M perron.db; rm journal.jsonl", "damaged"},
        {"rm journal.jsonl perron.db; printf '%064d  %010000d\\n' 0 0 > SHA256SUMS", "nothing in"},
        {"rm journal.jsonl perron.db; printf '%064d  ../../etc/passwd\\n' 0 > SHA256SUMS",
         "nothing in"},
        {"rm perron.db; cat journal.jsonl journal.jsonl > j; mv j journal.jsonl; "
         "sha256sum journal.jsonl > SHA256SUMS",
         "behind the end"},
        {"rm perron.db; sed -i '3p' journal.jsonl; sha256sum journal.jsonl > SHA256SUMS", "line 4"},
        {"rm perron.db; sed -i 's/\"v\":2/\"v\":9/' journal.jsonl; "
         "sha256sum journal.jsonl > SHA256SUMS",
         "newer"},
        {"rm perron.db; sed -i 's/\"is_whole\":true/\"is_whole\":false/' journal.jsonl; "
         "sha256sum journal.jsonl > SHA256SUMS",
         "new since"},
    };
    struct lab *lab = *state;
    take_out(lab, NULL);
    shell(lab, "cp -a . ../copy");
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        shell(lab, "rm -rf --one-file-system ./* && cp -a ../copy/. .");
        shell(lab, "%s", changes[i].change);
        enum rc rc = restore(lab, NULL, false, true);
        if (!rc || (!strstr(lab->told, changes[i].sentence) &&
                    !strstr(lab->reason.text, changes[i].sentence)))
            fail_msg("%s: %s / %s / %s", changes[i].change, rc_text(rc), lab->told,
                     lab->reason.text);
        expect_nothing(lab);
    }
}

static void where_there_is_no_export_or_no_place_it_is_said(void **state)
{
    struct lab *lab = *state;
    strcpy(lab->from, "/nonexistent/export");
    assert_int_equal(restore(lab, NULL, false, true), RC_NOT_FOUND);
    lab->from[0] = 0;
    take_out(lab, NULL);
    strcpy(lab->data, "/proc/perron");
    assert_int_not_equal(restore(lab, NULL, false, true), RC_OK);
}

static int make_keys(void **state)
{
    struct seal_public other;
    (void)state;
    if (hash_init())
        return -1;
    seal_make_keys(&to, &secret);
    seal_make_keys(&other, &other_secret);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_database_copy_gives_the_same_views_and_knows_the_badges),
        TEST(the_journal_alone_gives_the_same_views_and_knows_the_badges),
        TEST(a_damaged_database_copy_gives_way_to_the_journal),
        TEST(a_damaged_database_copy_alone_is_told_with_what_to_do),
        TEST(a_database_copy_that_does_not_hold_gives_way_to_the_journal),
        TEST(an_empty_database_copy_gives_way_to_the_journal),
        TEST(an_export_that_is_not_sealed_is_restored_where_the_key_lies_already),
        TEST(without_the_key_it_is_told_that_badges_are_lost),
        TEST(the_key_of_another_venue_is_not_taken),
        TEST(a_register_that_is_there_is_never_touched),
        TEST(settings_that_lie_there_stay_and_what_a_cut_left_goes),
        TEST(settings_come_along_where_there_are_none),
        TEST(somebody_who_writes_there_is_not_disturbed),
        TEST(from_a_damaged_export_nothing_is_restored_unless_asked),
        TEST(damage_to_one_station_leaves_the_others_whole),
        TEST(a_journal_that_was_cut_says_where),
        TEST(a_changed_byte_never_gives_another_register),
        TEST(wherever_it_is_killed_there_is_no_register_or_the_whole_one),
        TEST(a_disk_that_takes_no_more_leaves_nothing),
        TEST(hostile_folders_restore_nothing_and_say_why),
        TEST(where_there_is_no_export_or_no_place_it_is_said),
    };
    return cmocka_run_group_tests(tests, make_keys, NULL);
}
