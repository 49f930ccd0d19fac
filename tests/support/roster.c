#include "tests/support/roster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/exchange/csv.h"
#include "app/exchange/infile.h"
#include "firmware/base/hex.h"

const uint8_t roster_key[HASH_KEY_BYTES] = {7};

/* --- what it is asked, and told --- */

static enum rc find(struct roster *house, int field, const char *text, struct person *out_person)
{
    if (house->lookup_fails)
        return house->lookup_fails;
    for (int i = 0; i < house->count; i++) {
        if (strcmp(person_text(&house->people[i], field), text) == 0) {
            *out_person = house->people[i];
            return RC_OK;
        }
    }
    return RC_EMPTY;
}

static enum rc find_number(void *context, const char *number, struct person *out_person)
{
    return find(context, PERSON_NUMBER, number, out_person);
}

static enum rc find_external_id(void *context, const char *id, struct person *out_person)
{
    return find(context, PERSON_EXTERNAL_ID, id, out_person);
}

static enum rc find_person(void *context, struct fact_id id, struct person *out_person)
{
    struct roster *house = context;
    for (int i = 0; i < house->count; i++) {
        if (fact_id_is_same(house->people[i].id, id)) {
            *out_person = house->people[i];
            return RC_OK;
        }
    }
    return RC_EMPTY;
}

static enum rc find_badge(void *context, const struct badge_hash *hash, struct fact_id *out_person,
                          bool *out_is_withdrawn)
{
    struct roster *house = context;
    for (int i = 0; i < house->badge_count; i++) {
        if (memcmp(&house->badges[i].hash, hash, sizeof *hash) == 0) {
            *out_person = house->badges[i].person;
            *out_is_withdrawn = house->badges[i].is_withdrawn;
            return RC_OK;
        }
    }
    return RC_EMPTY;
}

static struct person *person_of(struct roster *house, struct fact_id id)
{
    for (int i = 0; i < house->count; i++)
        if (fact_id_is_same(house->people[i].id, id))
            return &house->people[i];
    fail_msg("a fact about nobody");
    return NULL;
}

static void give(struct roster *house, struct fact_id person, const char *hex)
{
    size_t count = 0;
    assert_true(house->badge_count < ROSTER_MAX);
    assert_int_equal(hex_decode(hex, strlen(hex), BADGE_HASH_BYTES,
                                house->badges[house->badge_count].hash.bytes, &count),
                     RC_OK);
    assert_int_equal(count, BADGE_HASH_BYTES);
    house->badges[house->badge_count++].person = person;
}

static enum rc append(void *context, enum fact_kind kind, struct fact_id subject, json_t *body,
                      struct fact_id *out_id)
{
    struct roster *house = context;
    assert_non_null(body);
    house->facts++;
    *out_id = (struct fact_id){1, house->facts};
    if (house->facts == house->fails_at) {
        json_decref(body);
        return RC_FULL;
    }
    if (kind == FACT_PERSON_ADDED) {
        assert_true(fact_id_is_none(subject) && house->count < ROSTER_MAX);
        struct person *person = &house->people[house->count++];
        assert_int_equal(person_apply(person, body), RC_OK);
        person->id = *out_id;
    } else if (kind == FACT_PERSON_CHANGED) {
        assert_int_equal(person_apply(person_of(house, subject), body), RC_OK);
    } else {
        assert_int_equal(kind, FACT_BADGE_GIVEN);
        assert_non_null(person_of(house, subject));
        assert_string_equal(json_text(body, "key"), "k1");
        give(house, subject, json_text(body, "badge"));
    }
    json_decref(body);
    return RC_OK;
}

/* --- lists --- */

struct people_lookup roster_lookup(struct roster *house)
{
    return (struct people_lookup){house,       roster_key, find_number, find_external_id,
                                  find_person, find_badge};
}

void roster_plan(struct people *people, struct roster *house)
{
    struct people_lookup lookup = roster_lookup(house);
    assert_int_equal(people_plan(people, &lookup), RC_OK);
}

enum rc roster_take(struct people *people, struct roster *house)
{
    struct people_journal journal = {house, append};
    return people_facts(people, roster_key, "k1", &journal);
}

struct people *roster_read_bytes(const char *bytes, size_t length)
{
    struct people *people = NULL;
    struct reason reason = {""};
    if (people_read(bytes, length, &people, &reason))
        fail_msg("%s", reason.text);
    return people;
}

struct people *roster_read_text(const char *text)
{
    return roster_read_bytes(text, strlen(text));
}

char *roster_load(const char *name, size_t *out_length)
{
    char *bytes = NULL;
    assert_int_equal(infile_read(name, CSV_FILE_BYTES, &bytes, out_length, NULL), RC_OK);
    return bytes;
}

struct people *roster_read_file(const char *name)
{
    size_t length;
    char *bytes = roster_load(name, &length);
    struct people *people = roster_read_bytes(bytes, length);
    free(bytes);
    return people;
}

int roster_set_up(void **state)
{
    (void)state;
    return hash_init();
}

struct roster roster_with_zoe(void)
{
    struct roster house = {.count = 1, .facts = 10};
    struct badge badge = {"uid:04A1B2C3"};
    house.people[0] = (struct person){.id = {1, 5},
                                      .number = "7",
                                      .first_name = "Zoé",
                                      .last_name = "Dubois",
                                      .email = "zoe@example.org"};
    house.badges[0].hash = badge_hash(&badge, roster_key);
    house.badges[0].person = house.people[0].id;
    house.badge_count = 1;
    return house;
}

/* --- what is expected --- */

void roster_assert_counts(const struct people *people, size_t new, size_t changed, size_t same,
                          size_t refused, size_t badges)
{
    struct people_counts counts = people_count_plan(people);
    assert_int_equal(counts.rows[PEOPLE_NEW], new);
    assert_int_equal(counts.rows[PEOPLE_CHANGED], changed);
    assert_int_equal(counts.rows[PEOPLE_SAME], same);
    assert_int_equal(counts.rows[PEOPLE_REFUSED], refused);
    assert_int_equal(counts.badges, badges);
}

void roster_assert_row(const struct people *people, size_t index, int line,
                       enum people_verdict verdict, const char *says)
{
    const struct people_row *row = people_row(people, index);
    assert_int_equal(row->line, line);
    if (row->verdict != verdict)
        fail_msg("line %d is %s: %s", line, people_verdict_name(row->verdict), row->reason);
    if (!says)
        assert_null(row->reason);
    else if (!row->reason || !strstr(row->reason, says))
        fail_msg("line %d says: %s", line, row->reason);
}
