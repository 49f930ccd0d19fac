#include "app/exchange/journal_lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/house.h"
#include "tests/support/malloc_calls.h"
#include "tests/support/random.h"

/* --- a journal as text --- */

struct text {
    size_t length, room; /* more than that is refused */
    char bytes[1 << 21];
};

static struct text text, changed;

static enum rc take(void *context, const char *bytes, size_t length)
{
    struct text *out = context;
    if (length > out->room - out->length)
        return RC_FULL;
    memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
    return RC_OK;
}

static enum rc try_writing(struct house *house, const struct mark *since, size_t room,
                           int64_t *out_facts)
{
    struct snapshot *snapshot;
    struct reason reason;
    text.length = 0;
    text.room = room;
    assert_int_equal(snapshot_open(house->path, &snapshot, &reason), RC_OK);
    enum rc rc = journal_lines_write(snapshot, since, &(struct sink){&text, take}, out_facts);
    snapshot_close(snapshot);
    return rc;
}

static int64_t write_journal(struct house *house, const struct mark *since)
{
    int64_t facts = -1;
    assert_int_equal(try_writing(house, since, sizeof text.bytes - 1, &facts), RC_OK);
    text.bytes[text.length] = 0;
    return facts;
}

static int file_of(const char *bytes, size_t length)
{
    int fd = memfd_create("journal", MFD_CLOEXEC);
    assert_int_equal(write(fd, bytes, length), length);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

/* --- what it says --- */

struct copy {
    struct chain_link link;
    char body[FACT_BODY_LIMIT];
};

#define COPIES_MAX 1200

struct copies {
    size_t count;
    struct copy rows[COPIES_MAX];
};

static struct copies kept, seen;

static enum rc copy_link(void *context, const struct chain_link *link)
{
    struct copies *copies = context;
    assert_true(copies->count < COPIES_MAX);
    struct copy *copy = &copies->rows[copies->count++];
    copy->link = *link;
    if (link->fact.body)
        memcpy(copy->body, link->fact.body, link->fact.body_length);
    return RC_OK;
}

/* All facts of a house's register. */
static void keep(struct house *house)
{
    int64_t station = 0;
    kept.count = 0;
    while (!chain_next_station(journal_db(house->journal), station, &station))
        assert_int_equal(
            chain_each(journal_db(house->journal), station, 0, INT64_MAX, copy_link, &kept), RC_OK);
}

static bool is_same(const struct copy *a, const struct copy *b)
{
    const struct fact *left = &a->link.fact, *right = &b->link.fact;
    return fact_id_is_same(left->id, right->id) && left->wall_ms == right->wall_ms &&
           left->mono_ms == right->mono_ms && left->trust == right->trust &&
           left->kind == right->kind && fact_id_is_same(left->subject, right->subject) &&
           fact_id_is_same(left->organisation, right->organisation) &&
           left->rules_seq == right->rules_seq && !left->body == !right->body &&
           left->body_length == right->body_length &&
           memcmp(left->boot, right->boot, sizeof left->boot) == 0 &&
           memcmp(left->salt, right->salt, sizeof left->salt) == 0 &&
           memcmp(a->body, b->body, left->body_length) == 0 &&
           a->link.is_redacted == b->link.is_redacted &&
           memcmp(a->link.body_hash, b->link.body_hash, chain_link_body_hash_bytes(&a->link)) ==
               0 &&
           memcmp(a->link.hash, b->link.hash, HASH_BYTES) == 0;
}

/* Reads it to its end, or to what is wrong; RC_OK: it is whole. */
static enum rc read_journal(const char *bytes, size_t length, struct reason *reason)
{
    struct journal_lines *lines;
    struct chain_link link;
    seen.count = 0;
    enum rc rc = journal_lines_open(file_of(bytes, length), &lines, reason);
    if (rc)
        return rc;
    while (!(rc = journal_lines_next(lines, &link, reason)))
        (void)!copy_link(&seen, &link);
    journal_lines_close(lines);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* Is what was read a chain that holds? */
static bool is_chain(const struct copies *copies)
{
    static const uint8_t none[HASH_BYTES];
    for (size_t i = 0; i < copies->count; i++) {
        struct chain_link link = copies->rows[i].link;
        link.fact.body = link.fact.body ? copies->rows[i].body : NULL;
        if (!chain_link_holds(&link, link.fact.id.seq == 1 ? none : copies->rows[i - 1].link.hash))
            return false;
    }
    return true;
}

static void expect_the_same_facts(void)
{
    assert_int_equal(seen.count, kept.count);
    for (size_t i = 0; i < seen.count; i++)
        assert_true(is_same(&seen.rows[i], &kept.rows[i]));
}

/* --- houses --- */

static int set_up(void **state)
{
    *state = house_open();
    return 0;
}

static int tear_down(void **state)
{
    house_close(*state);
    return 0;
}

static void live(struct house *house)
{
    struct fact_id zoe = house_add(house, "Zoé", NULL);
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_BILAL);
    house_press(house, zoe, ANSWER_ARRIVAL);
    house_record(house, FACT_GUESTS, zoe,
                 json_pack("{s:i,s:i,s:[s]}", "adults", 1, "children", 0, "names",
                           "Noémie \"la\\ grande\"\t\x7f"));
    struct fact_id gone = house_record(house, FACT_GUESTS, zoe, json_pack("{s:i}", "adults", 2));
    house_record(house, FACT_TOMBSTONE, (struct fact_id){0, 0},
                 json_pack("{s:[[I,I,I]]}", "of", (json_int_t)gone.station, (json_int_t)gone.seq,
                           (json_int_t)gone.seq));
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    house_erase(house, house->people[HOUSE_IS_BILAL]);
}

/* A fact of another station, which may write anything, taken in. */
static void merge_noise(struct house *house, int64_t station, int count, struct random *random)
{
    static char body[FACT_BODY_LIMIT];
    uint8_t previous[HASH_BYTES] = {0};
    struct clock_reading now = house_now(house);
    assert_int_equal(journal_begin(house->journal, &now), RC_OK);
    for (int i = 0; i < count; i++) {
        struct fact fact = {.id = {station, i + 1},
                            .wall_ms = (int64_t)random->state * (i % 3 - 1),
                            .mono_ms = (int64_t)random_below(random, 1u << 30),
                            .trust = (enum clock_trust)random_below(random, 4),
                            .kind = (enum fact_kind)(1000 + random_below(random, 9)),
                            .organisation = {random_below(random, 9), random_below(random, 9)},
                            .body = body,
                            .body_length = 1 + random_below(random, 300)};
        if (i == 0 || i == 1)
            fact.body_length = FACT_BODY_LIMIT;
        for (size_t j = 0; j < fact.body_length; j++)
            body[j] = i % 3 == 0 ? 1 : (char)random_below(random, i % 3 == 1 ? 256 : 128);
        hash_random(fact.boot, sizeof fact.boot);
        hash_random(fact.salt, sizeof fact.salt);
        struct chain_link link = {.fact = fact};
        fact_hash_body(&fact, link.body_hash);
        fact_hash(&fact, previous, link.body_hash, link.hash);
        assert_int_equal(journal_merge(house->journal, &link), RC_OK);
        memcpy(previous, link.hash, HASH_BYTES);
    }
    assert_int_equal(journal_commit(house->journal), RC_OK);
}

/* --- tests --- */

static void every_fact_comes_back_to_the_byte(void **state)
{
    struct house *house = *state;
    struct reason reason = {.text = ""};
    live(house);
    keep(house);
    assert_int_equal(write_journal(house, NULL), kept.count);
    assert_int_equal(read_journal(text.bytes, text.length, &reason), RC_OK);
    expect_the_same_facts();
    assert_true(is_chain(&seen));
    assert_non_null(strstr(text.bytes, "Noémie \\\\\\\"la"));
    assert_non_null(strstr(text.bytes, "\"salt\":null,\"body\":null"));
}

static void whatever_another_station_wrote_comes_back_to_the_byte(void **state)
{
    struct house *house = *state;
    struct random random = random_for_test("journal lines");
    struct reason reason = {.text = ""};
    live(house);
    merge_noise(house, 5, 90, &random);
    merge_noise(house, INT64_MAX, 90, &random);
    keep(house);
    assert_int_equal(write_journal(house, NULL), kept.count);
    assert_int_equal(read_journal(text.bytes, text.length, &reason), RC_OK);
    expect_the_same_facts();
    assert_true(is_chain(&seen));
    assert_non_null(strstr(text.bytes, "\"body_hex\""));
}

static void the_header_says_whose_journal_it_is(void **state)
{
    struct house *house = *state;
    struct journal_lines *lines;
    struct chain_about about;
    struct reason reason = {.text = ""};
    bool is_whole = false;
    write_journal(house, NULL);
    assert_int_equal(journal_lines_open(file_of(text.bytes, text.length), &lines, &reason), RC_OK);
    journal_lines_about(lines, &about, &is_whole);
    journal_lines_close(lines);
    assert_true(is_whole);
    assert_int_equal(about.station, journal_station(house->journal));
    assert_string_equal(about.key_id, folder_key_id(house->folder));
    assert_string_equal(about.time_zone, house->rules.time_zone);
    assert_int_equal(about.day_end_min, house->rules.day_end_min);
}

static void another_register_takes_it_over_and_holds(void **state)
{
    struct house *house = *state, *other = house_open();
    struct journal_lines *lines;
    struct chain_link link;
    struct reason reason = {.text = ""};
    struct clock_reading now = house_now(other);
    live(house);
    write_journal(house, NULL);
    assert_int_equal(journal_lines_open(file_of(text.bytes, text.length), &lines, &reason), RC_OK);
    assert_int_equal(journal_begin(other->journal, &now), RC_OK);
    enum rc rc;
    while (!(rc = journal_lines_next(lines, &link, &reason)))
        assert_int_equal(journal_merge(other->journal, &link), RC_OK);
    assert_int_equal(rc, RC_EMPTY);
    assert_int_equal(journal_commit(other->journal), RC_OK);
    journal_lines_close(lines);
    assert_true(house_holds(other));
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM visit WHERE person_station=%lld",
             (long long)journal_station(house->journal));
    assert_int_equal(house_number(other, sql), house_number(house, "SELECT count(*) FROM visit"));
    house_close(other);
}

static void after_an_export_only_what_is_new_is_written(void **state)
{
    struct house *house = *state;
    struct random random = random_for_test("journal lines since");
    struct reason reason = {.text = ""};
    struct mark since = {.count = 1, .upto = {{journal_station(house->journal), 0}}};
    live(house);
    assert_int_equal(
        chain_last(journal_db(house->journal), since.upto[0].station, &since.upto[0].seq), RC_OK);
    assert_int_equal(write_journal(house, &since), 0);
    assert_int_equal(read_journal(text.bytes, text.length, &reason), RC_OK);
    assert_int_equal(seen.count, 0);

    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_CHLOE);
    merge_noise(house, 5, 4, &random);
    assert_int_equal(write_journal(house, &since), 5);
    assert_int_equal(read_journal(text.bytes, text.length, &reason), RC_OK);
    assert_int_equal(seen.count, 5);
    assert_int_equal(seen.rows[0].link.fact.id.station, 5);
    assert_int_equal(seen.rows[4].link.fact.id.seq, since.upto[0].seq + 1);
    assert_non_null(strstr(text.bytes, "\"is_whole\":false"));

    /* One of no export at all is a whole one. */
    since = (struct mark){.at_ms = 0};
    keep(house);
    assert_int_equal(write_journal(house, &since), kept.count);
    assert_non_null(strstr(text.bytes, "\"is_whole\":true"));
}

static void a_journal_that_was_cut_anywhere_is_not_whole(void **state)
{
    struct house *house = *state;
    live(house);
    keep(house);
    write_journal(house, NULL);
    for (size_t cut = 0; cut < text.length; cut++) {
        struct reason reason = {.text = ""};
        enum rc rc = read_journal(text.bytes, cut, &reason);
        bool has_header = memchr(text.bytes, '\n', cut);
        assert_int_equal(rc, has_header ? RC_CORRUPT : RC_UNSUPPORTED);
        assert_string_not_equal(reason.text, "");
        assert_true(seen.count <= kept.count);
    }
}

static void a_changed_byte_is_found_by_the_reader_or_by_the_chain(void **state)
{
    struct house *house = *state;
    struct random random = random_for_test("journal lines bytes");
    long found = 0;
    live(house);
    keep(house);
    write_journal(house, NULL);
    size_t header = (size_t)(strchr(text.bytes, '\n') - text.bytes) + 1;
    memcpy(changed.bytes, text.bytes, text.length);
    for (int round = 0; round < 4000; round++) {
        struct reason reason = {.text = ""};
        size_t at = header + random_below(&random, (unsigned)(text.length - header));
        changed.bytes[at] = (char)random_below(&random, 256);
        enum rc rc = read_journal(changed.bytes, text.length, &reason);
        if (rc) {
            assert_int_equal(rc, RC_CORRUPT);
            assert_non_null(strstr(reason.text, "journal"));
        }
        /* The same digit in a small letter says the same. */
        bool is_found = rc || !is_chain(&seen);
        found += is_found;
        if (!is_found)
            expect_the_same_facts();
        changed.bytes[at] = text.bytes[at];
    }
    assert_true(found > 3000);
}

#define HEADER                                                                                     \
    "{\"perron\":\"journal\",\"v\":1,\"station\":7,\"fold_version\":1,\"key\":\"\","               \
    "\"day_end_min\":240,\"time_zone\":\"Europe/Brussels\",\"is_whole\":true}\n"
#define HEX32 "00000000000000000000000000000000"
#define FACT_REST                                                                                  \
    "\"boot\":\"" HEX32 "\",\"trust\":1,\"kind\":5,\"subject\":[7,1],\"organisation\":[0,0],"      \
    "\"rules_seq\":0,\"body_hash\":\"" HEX32 HEX32 "\",\"hash\":\"" HEX32 HEX32                    \
    "\",\"salt\":\"" HEX32 "\","
#define FACT_BEGIN "{\"station\":7,\"seq\":1,\"wall_ms\":1,\"mono_ms\":1,"
#define FACT FACT_BEGIN FACT_REST "\"body\":\"{}\"}\n"
#define END "{\"end\":true,\"facts\":1}\n"

static const struct {
    const char *line, *with; /* of FACT: what stands there instead */
} swaps[] = {
    {"\"station\":7", "\"station\":-7"},
    {"\"station\":7", "\"station\":0"},
    {"\"station\":7", "\"station\":\"7\""},
    {"\"station\":7", "\"station\":7.0"},
    {"\"station\":7", "\"station\":7e0"},
    {"\"station\":7", "\"station\":99999999999999999999999999"},
    {"\"station\":7", "\"station\":null"},
    {"\"station\":7", "\"station\":7,\"station\":7"},
    {"\"seq\":1", "\"seq\":-1"},
    {"\"seq\":1", "\"seq\":0"},
    {"\"seq\":1", "\"seq\":2"},
    {"\"seq\":1", "\"seq\":9223372036854775807"},
    {"\"seq\":1", "\"seq\":9223372036854775808"},
    {"\"seq\":1,", ""},
    {"\"wall_ms\":1", "\"wall_ms\":true"},
    {"\"wall_ms\":1", "\"wall_ms\":1e400"},
    {"\"mono_ms\":1", "\"mono_ms\":{}"},
    {"\"boot\":\"00", "\"boot\":\"0"},
    {"\"boot\":\"00", "\"boot\":\"0000"},
    {"\"boot\":\"00", "\"boot\":\"xy"},
    {"\"trust\":1", "\"trust\":4"},
    {"\"trust\":1", "\"trust\":-1"},
    {"\"kind\":5", "\"kind\":0"},
    {"\"kind\":5", "\"kind\":2147483648"},
    {"\"kind\":5", "\"kind\":-5"},
    {"\"subject\":[7,1]", "\"subject\":[7]"},
    {"\"subject\":[7,1]", "\"subject\":[7,1,1]"},
    {"\"subject\":[7,1]", "\"subject\":[7,-1]"},
    {"\"subject\":[7,1]", "\"subject\":[[7,1]]"},
    {"\"subject\":[7,1]", "\"subject\":{\"7\":1}"},
    {"\"organisation\":[0,0]", "\"organisation\":0"},
    {"\"rules_seq\":0", "\"rules_seq\":-1"},
    {"\"salt\":\"00", "\"salt\":\""},
    {"\"salt\":\"" HEX32 "\"", "\"salt\":null"},
    {"\"body\":\"{}\"", "\"body\":null"},
    {"\"body\":\"{}\"", "\"body\":{}"},
    {"\"body\":\"{}\"", "\"body\":\"a\\u0000b\""},
    {"\"body\":\"{}\"", "\"body\":\"\\ud800\""},
    {"\"body\":\"{}\"", "\"body\":\"\xff\""},
    {"\"body\":\"{}\"", "\"body_hex\":\"7\""},
    {"\"body\":\"{}\"", "\"body_hex\":7"},
    {"\"body\":\"{}\"", "\"body\":\"{}\",\"body_hex\":\"7B7D\""},
    {"\"body\":\"{}\"", "\"body\":\"{}\",\"more\":1"},
    {"\"body\":\"{}\"", "\"bodies\":\"{}\""},
    {FACT, "\n"},
    {FACT, "[]\n"},
    {FACT, "{}\n"},
    {FACT, "null\n"},
    {FACT, FACT_BEGIN "\n"},
    {FACT, FACT FACT},
    {FACT, HEADER},
    {FACT, "{\"end\":false}\n"},
    {FACT, "{\"end\":true,\"facts\":0,\"more\":1}\n"},
};

static void lines_that_are_none_are_named(void **state)
{
    struct reason reason = {.text = ""};
    char whole[4096];
    (void)state;
    assert_int_equal(read_journal(HEADER FACT END, strlen(HEADER FACT END), &reason), RC_OK);
    for (size_t i = 0; i < sizeof swaps / sizeof swaps[0]; i++) {
        const char *at = strstr(FACT, swaps[i].line);
        assert_non_null(at);
        snprintf(whole, sizeof whole, HEADER "%.*s%s%s" END, (int)(at - FACT), FACT, swaps[i].with,
                 at + strlen(swaps[i].line));
        strcpy(reason.text, "");
        enum rc rc = read_journal(whole, strlen(whole), &reason);
        if (rc != RC_CORRUPT || !strstr(reason.text, "line "))
            fail_msg("%s: %s", swaps[i].with, reason.text);
    }
}

static void the_end_must_be_right(void **state)
{
    static const char *const bad[] = {
        HEADER FACT "{\"end\":true,\"facts\":2}\n",
        HEADER FACT "{\"end\":true,\"facts\":0}\n",
        HEADER FACT "{\"end\":true}\n",
        HEADER FACT "{\"end\":true,\"facts\":1}",
        HEADER FACT END "\n",
        HEADER FACT END FACT,
        HEADER FACT END END,
        HEADER FACT END " ",
        HEADER FACT,
        HEADER,
        HEADER END,
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct reason reason = {.text = ""};
        assert_int_equal(read_journal(bad[i], strlen(bad[i]), &reason), RC_CORRUPT);
        assert_non_null(strstr(reason.text, "journal"));
    }
}

static void what_is_no_journal_is_told_from_a_newer_one(void **state)
{
    static const struct {
        const char *text;
        enum rc rc;
    } files[] = {
        {"", RC_UNSUPPORTED},
        {"\n", RC_UNSUPPORTED},
        {"id;first name\n", RC_UNSUPPORTED},
        {"{}\n", RC_UNSUPPORTED},
        {"{\"perron\":\"calendar\",\"v\":1}\n", RC_UNSUPPORTED},
        {"{\"perron\":\"journal\",\"v\":\"1\"}\n", RC_UNSUPPORTED},
        {"{\"perron\":\"journal\",\"v\":3,\"anything\":{}}\n", RC_NEWER},
        {"{\"perron\":\"journal\",\"v\":1,\"fold_version\":1000000}\n", RC_NEWER},
        {"{\"perron\":\"journal\",\"v\":1}\n", RC_CORRUPT},
        {FACT, RC_UNSUPPORTED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct reason reason = {.text = ""};
        assert_int_equal(read_journal(files[i].text, strlen(files[i].text), &reason), files[i].rc);
        assert_string_not_equal(reason.text, "");
    }
}

static void endless_and_deep_lines_are_refused(void **state)
{
    struct reason reason = {.text = ""};
    char *long_line = malloc(4 * JOURNAL_LINES_BYTES);
    (void)state;
    memset(long_line, '[', 4 * JOURNAL_LINES_BYTES);
    assert_int_equal(read_journal(long_line, 4 * JOURNAL_LINES_BYTES, &reason), RC_UNSUPPORTED);
    memcpy(long_line, HEADER, strlen(HEADER));
    assert_int_equal(read_journal(long_line, 4 * JOURNAL_LINES_BYTES, &reason), RC_CORRUPT);
    assert_non_null(strstr(reason.text, "line 2"));
    assert_non_null(strstr(reason.text, "longer"));
    long_line[100000] = '\n';
    assert_int_equal(read_journal(long_line, 4 * JOURNAL_LINES_BYTES, &reason), RC_CORRUPT);
    assert_non_null(strstr(reason.text, "line 2"));
    free(long_line);
}

static void who_cannot_take_it_ends_the_writing(void **state)
{
    struct house *house = *state;
    int64_t facts = -1;
    live(house);
    write_journal(house, NULL);
    size_t length = text.length;
    for (size_t room = 0; room < length; room += 97)
        assert_int_equal(try_writing(house, NULL, room, &facts), RC_FULL);
    assert_int_equal(facts, -1);
    assert_int_equal(try_writing(house, NULL, length, &facts), RC_OK);
}

static void without_memory_nothing_is_said_to_be_whole(void **state)
{
    struct house *house = *state;
    struct reason reason;
    int64_t facts;
    long tried = 0;
    live(house);
    keep(house);
    write_journal(house, NULL);
    memcpy(changed.bytes, text.bytes, text.length);
    changed.length = text.length;
    int fd = file_of(text.bytes, text.length);
    for (long nth = 1; nth < 100000; nth = nth < 60 ? nth + 1 : nth + nth / 9) {
        struct journal_lines *lines = NULL;
        struct chain_link link;
        assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
        int copy = dup(fd);
        size_t count = 0;
        strcpy(reason.text, "");
        malloc_fail_at(nth);
        enum rc rc = journal_lines_open(copy, &lines, &reason);
        while (!rc && !(rc = journal_lines_next(lines, &link, &reason)))
            count++;
        bool has_failed = malloc_end();
        journal_lines_close(lines);
        if (!has_failed) {
            assert_int_equal(rc, RC_EMPTY);
            assert_int_equal(count, kept.count);
            break;
        }
        tried++;
        assert_int_equal(rc, RC_NO_MEMORY);
        assert_string_not_equal(reason.text, "");
    }
    close(fd);
    assert_true(tried > 60);
    struct snapshot *snapshot;
    assert_int_equal(snapshot_open(house->path, &snapshot, &reason), RC_OK);
    for (long nth = 1;; nth++) {
        text.length = 0;
        malloc_fail_at(nth);
        enum rc rc = journal_lines_write(snapshot, NULL, &(struct sink){&text, take}, &facts);
        bool has_failed = malloc_end();
        if (!has_failed) {
            assert_int_equal(rc, RC_OK);
            break;
        }
        /* SQLite may do without, and then all of it is there. */
        if (!rc) {
            assert_int_equal(text.length, changed.length);
            assert_memory_equal(text.bytes, changed.bytes, text.length);
        }
    }
    snapshot_close(snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_fact_comes_back_to_the_byte, set_up, tear_down),
        cmocka_unit_test_setup_teardown(whatever_another_station_wrote_comes_back_to_the_byte,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_header_says_whose_journal_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_register_takes_it_over_and_holds, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(after_an_export_only_what_is_new_is_written, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_journal_that_was_cut_anywhere_is_not_whole, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_changed_byte_is_found_by_the_reader_or_by_the_chain,
                                        set_up, tear_down),
        cmocka_unit_test(lines_that_are_none_are_named),
        cmocka_unit_test(the_end_must_be_right),
        cmocka_unit_test(what_is_no_journal_is_told_from_a_newer_one),
        cmocka_unit_test(endless_and_deep_lines_are_refused),
        cmocka_unit_test_setup_teardown(who_cannot_take_it_ends_the_writing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_memory_nothing_is_said_to_be_whole, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
