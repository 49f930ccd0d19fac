/* people_facts.c - the plan as facts. */
#include "app/exchange/people_i.h"

#include "firmware/base/hex.h"

static const struct fact_id nobody = {0, 0};

static json_t *changed_fields(const struct people_row *row)
{
    json_t *fields = json_object();
    for (int i = 0; fields && i < person_field_count; i++)
        if (row->changed >> i & 1 &&
            json_object_set_new(fields, person_fields[i].name,
                                json_string(person_text_const(&row->person, i)))) {
            json_decref(fields);
            return NULL;
        }
    return fields;
}

static enum rc append_person(const struct people_row *row, const struct people_journal *journal,
                             struct fact_id *out_person)
{
    struct fact_id id;
    enum rc rc = RC_OK;
    *out_person = row->person.id;
    if (row->verdict == PEOPLE_NEW)
        rc = journal->append(journal->context, FACT_PERSON_ADDED, nobody,
                             person_to_json(&row->person), out_person);
    else if (row->changed)
        rc = journal->append(journal->context, FACT_PERSON_CHANGED, row->person.id,
                             changed_fields(row), &id);
    return rc;
}

static enum rc append_badge(const struct badge *badge, const uint8_t *badge_key, const char *key_id,
                            struct fact_id person, const struct people_journal *journal)
{
    char hex[2 * BADGE_HASH_BYTES + 1];
    struct fact_id id;
    struct badge_hash hash = badge_hash(badge, badge_key);
    hex_encode(hash.bytes, sizeof hash.bytes, hex);
    return journal->append(journal->context, FACT_BADGE_GIVEN, person,
                           json_pack("{s:s,s:s}", "badge", hex, "key", key_id), &id);
}

static enum rc append_row(const struct people_row *row, const uint8_t *badge_key,
                          const char *key_id, const struct people_journal *journal)
{
    struct fact_id person;
    enum rc rc = append_person(row, journal, &person);
    for (int i = 0; !rc && i < row->badge_count; i++)
        if (row->new_badges >> i & 1)
            rc = append_badge(&row->badges[i], badge_key, key_id, person, journal);
    return rc;
}

enum rc people_facts(const struct people *people, const uint8_t *badge_key, const char *key_id,
                     const struct people_journal *journal)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < people->count; i++) {
        const struct people_row *row = &people->rows[i];
        if (row->verdict == PEOPLE_NEW || row->verdict == PEOPLE_CHANGED ||
            row->verdict == PEOPLE_ENDED)
            rc = append_row(row, badge_key, key_id, journal);
    }
    return rc;
}
