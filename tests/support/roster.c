#include "tests/support/roster.h"

#include <stdlib.h>
#include <string.h>

#include "app/exchange/csv.h"
#include "app/exchange/infile.h"
#include "firmware/base/hex.h"
#include "tests/support/give_up.h"

const uint8_t roster_key[HASH_KEY_BYTES] = {7};

static void expect(bool is_true, const char *what)
{
    if (!is_true)
        give_up("roster", "%s", what);
}

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

static enum rc each(void *context, enum rc (*row)(void *of_row, const struct person *person),
                    void *of_row)
{
    struct roster *house = context;
    enum rc rc = house->lookup_fails;
    for (int i = 0; !rc && i < house->count; i++)
        rc = row(of_row, &house->people[i]);
    return rc;
}

static struct person *person_of(struct roster *house, struct fact_id id)
{
    for (int i = 0; i < house->count; i++)
        if (fact_id_is_same(house->people[i].id, id))
            return &house->people[i];
    give_up("roster", "a fact about nobody");
}

static void give(struct roster *house, struct fact_id person, const char *hex)
{
    size_t count = 0;
    expect(house->badge_count < ROSTER_MAX, "there are too many badges");
    enum rc rc = hex_decode(hex, strlen(hex), BADGE_HASH_BYTES,
                            house->badges[house->badge_count].hash.bytes, &count);
    expect(!rc && count == BADGE_HASH_BYTES, "a badge is no hash");
    house->badges[house->badge_count++].person = person;
}

static enum rc append(void *context, enum fact_kind kind, struct fact_id subject, json_t *body,
                      struct fact_id *out_id)
{
    struct roster *house = context;
    expect(body != NULL, "a fact has no body");
    house->facts++;
    *out_id = (struct fact_id){1, house->facts};
    if (house->facts == house->fails_at) {
        json_decref(body);
        return RC_FULL;
    }
    if (kind == FACT_PERSON_ADDED) {
        expect(fact_id_is_none(subject) && house->count < ROSTER_MAX, "nobody can be added");
        struct person *person = &house->people[house->count++];
        expect(!person_apply(person, body), "somebody was added with a body that is none");
        person->id = *out_id;
    } else if (kind == FACT_PERSON_CHANGED) {
        expect(!person_apply(person_of(house, subject), body), "a change has a body that is none");
    } else {
        expect(kind == FACT_BADGE_GIVEN, "a list makes a fact of another kind");
        expect(strcmp(json_text(body, "key"), "k1") == 0, "a badge is hashed with another key");
        give(house, person_of(house, subject)->id, json_text(body, "badge"));
    }
    json_decref(body);
    return RC_OK;
}

/* --- lists --- */

struct people_lookup roster_lookup(struct roster *house)
{
    return (struct people_lookup){house,       roster_key, find_number, find_external_id,
                                  find_person, find_badge, each};
}

void roster_plan(struct people *people, struct roster *house)
{
    struct people_lookup lookup = roster_lookup(house);
    expect(!people_plan(people, &lookup), "the list cannot be planned");
}

enum rc roster_take(struct people *people, struct roster *house)
{
    struct people_journal journal = {house, append};
    return people_facts(people, roster_key, "k1", &journal);
}

struct people *roster_read_bytes(const char *bytes, size_t length)
{
    struct people *people = NULL;
    struct reason reason = {.text = ""};
    if (people_read(bytes, length, &people, &reason))
        give_up("roster", "%s", reason.text);
    return people;
}

struct people *roster_read_text(const char *text)
{
    return roster_read_bytes(text, strlen(text));
}

struct people *roster_read_baskets(const char *text)
{
    struct people *people = NULL;
    struct reason reason = {.text = ""};
    if (people_read_baskets(text, strlen(text), &people, &reason))
        give_up("roster", "%s", reason.text);
    return people;
}

char *roster_load(const char *name, size_t *out_length)
{
    char *bytes = NULL;
    expect(!infile_read(name, CSV_FILE_BYTES, &bytes, out_length, NULL), name);
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

void roster_expect_counts(const struct people *people, size_t new, size_t changed, size_t same,
                          size_t refused, size_t badges)
{
    struct people_counts counts = people_count_plan(people);
    expect(counts.rows[PEOPLE_NEW] == new, "other people are new");
    expect(counts.rows[PEOPLE_CHANGED] == changed, "other people are changed");
    expect(counts.rows[PEOPLE_SAME] == same, "other people are as they were");
    expect(counts.rows[PEOPLE_REFUSED] == refused, "other rows are refused");
    expect(counts.badges == badges, "there are other badges");
}

void roster_expect_row(const struct people *people, size_t index, int line,
                       enum people_verdict verdict, const char *says)
{
    const struct people_row *row = people_row(people, index);
    bool is_said = says ? row->reason && strstr(row->reason->text, says) : !row->reason;
    if (row->line != line || row->verdict != verdict || !is_said)
        give_up("roster", "line %d is %s and says: %s", row->line,
                people_verdict_name(row->verdict), row->reason ? row->reason->text : "nothing");
}
