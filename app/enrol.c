#include "app/enrol.h"

#include <stdlib.h>
#include <string.h>

#include "app/store/lookup.h"
#include "app/store/lookup_named.h"

/* --- the store as the plan asks about it --- */

static enum rc ask_number(void *context, const char *number, struct person *out_person)
{
    return lookup_number(context, number, out_person);
}

static enum rc ask_external_id(void *context, const char *external_id, struct person *out_person)
{
    return lookup_external_id(context, external_id, out_person);
}

static enum rc ask_person(void *context, struct fact_id id, struct person *out_person)
{
    return lookup_person(context, id, out_person);
}

static enum rc ask_badge(void *context, const struct badge_hash *hash, struct fact_id *out_person,
                         bool *out_is_withdrawn)
{
    return lookup_badge(context, hash, out_person, out_is_withdrawn);
}

static enum rc ask_each(void *context, enum rc (*row)(void *of_row, const struct person *person),
                        void *of_row)
{
    return lookup_each(context, row, of_row);
}

static struct people_lookup lookup_of(struct db *db, const uint8_t *key)
{
    return (struct people_lookup){
        .context = db,
        .badge_key = key,
        .number = ask_number,
        .external_id = ask_external_id,
        .person = ask_person,
        .badge = ask_badge,
        .each = ask_each,
    };
}

/* --- a list, planned and taken --- */

struct taking {
    struct journal *journal;
    const struct office *office;
};

static enum rc append(void *context, enum fact_kind kind, struct fact_id subject, json_t *body,
                      struct fact_id *out_id)
{
    const struct taking *taking = context;
    return office_add_for(taking->journal, taking->office, kind, subject, (struct fact_id){0, 0},
                          body, out_id);
}

enum rc enrol_plan(struct journal *journal, struct people *people)
{
    struct db *db = journal_db(journal);
    const struct people_lookup lookup = lookup_of(db, journal_key(journal));
    return db ? people_plan(people, &lookup) : RC_IO;
}

enum rc enrol_take(struct journal *journal, const struct office *office,
                   const struct people *people)
{
    struct taking taking = {journal, office};
    const struct people_journal to = {.context = &taking, .append = append};
    return people_facts(people, journal_key(journal), journal_key_id(journal), &to);
}

/* --- importing --- */

static enum rc tell(const struct people *people, bool wants_json, char **out_told)
{
    if (!wants_json)
        return people_preview_text(people, out_told);
    json_t *preview = people_preview_json(people);
    char *text = preview ? json_write(preview, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    json_decref(preview);
    if (!text)
        return RC_NO_MEMORY;
    *out_told = text;
    return RC_OK;
}

/* Plans inside the transaction that then takes the list: nothing changes in between. */
static enum rc take(struct journal *journal, struct people *people,
                    const struct enrol_options *options, char **out_told)
{
    const struct office office = {.now = options->now};
    char *told = NULL;
    enum rc rc = enrol_plan(journal, people);
    if (!rc)
        rc = tell(people, options->wants_json, &told);
    if (rc)
        return rc;
    struct people_counts counts = people_count_plan(people);
    *out_told = told;
    if (options->is_dry_run)
        return RC_EMPTY;
    if (counts.rows[PEOPLE_REFUSED] && !options->skips_refused)
        return RC_REFUSED;
    return enrol_take(journal, &office, people);
}

enum rc enrol_import(struct journal *journal, const char *bytes, size_t length,
                     const struct enrol_options *options, char **out_told,
                     struct reason *out_reason)
{
    struct people *people;
    enum rc rc = options->is_of_baskets ? people_read_baskets(bytes, length, &people, out_reason)
                                        : people_read(bytes, length, &people, out_reason);
    if (rc)
        return rc;
    rc = journal_begin(journal, &options->now);
    if (!rc) {
        rc = take(journal, people, options, out_told);
        if (!rc)
            rc = journal_commit(journal);
        else
            journal_rollback(journal);
    }
    people_close(people);
    if (rc == RC_EMPTY)
        return RC_OK;
    if (rc == RC_REFUSED)
        reason_set(out_reason, "nothing was taken: mend the refused lines, or take the others with "
                               "--skip-refused");
    else if (rc)
        reason_set(out_reason, "nothing was taken: the register cannot be written (%s)",
                   rc_text(rc));
    return rc;
}

/* --- one badge --- */

/* At the command line it helps to know whose badge it is. */
static void name_owner(struct journal *journal, const struct badge *badge, struct fact_id except,
                       struct reason *out_reason)
{
    struct fact_id owner;
    struct fold_badge owned;
    struct person person;
    if (lookup_owner(journal_db(journal), journal_key(journal), badge, &owner, &owned) ||
        owned.is_withdrawn || fact_id_is_same(owner, except) ||
        lookup_person(journal_db(journal), owner, &person))
        return;
    reason_set(out_reason, "this badge belongs to %s %s already", person.first_name,
               person.last_name);
}

/* Who has it already keeps it. */
static bool is_theirs(struct journal *journal, struct fact_id person, const struct badge *badge)
{
    struct fact_id owner;
    struct fold_badge owned;
    return !lookup_owner(journal_db(journal), journal_key(journal), badge, &owner, &owned) &&
           !owned.is_withdrawn && fact_id_is_same(owner, person);
}

enum rc enrol_give(struct journal *journal, struct fact_id person, const struct badge *badge,
                   const struct clock_reading *now, struct reason *out_reason)
{
    const struct office office = {.now = *now};
    const struct office_badge gift = {.person = person, .badge = *badge};
    struct reason reason = {""};
    if (is_theirs(journal, person, badge))
        return RC_OK;
    enum rc rc = office_hand_badge(journal, &office, &gift, &reason);
    if (rc == RC_REFUSED)
        name_owner(journal, badge, person, &reason);
    if (rc && out_reason)
        *out_reason = reason;
    return rc;
}

static enum rc give(struct journal *journal, const char *words, const struct badge *badge,
                    const struct clock_reading *now, struct reason *out_reason)
{
    struct person person;
    enum rc rc = lookup_named(journal_db(journal), words, &person, out_reason);
    return rc ? rc : enrol_give(journal, person.id, badge, now, out_reason);
}

enum rc enrol_badge(struct journal *journal, const char *number, const char *writing,
                    const struct clock_reading *now, struct reason *out_reason)
{
    struct badge badge;
    enum rc rc = badge_parse(writing, &badge, out_reason);
    if (rc)
        return rc;
    rc = journal_begin(journal, now);
    if (!rc) {
        rc = give(journal, number, &badge, now, out_reason);
        if (!rc)
            return journal_commit(journal);
        journal_rollback(journal);
    }
    if (rc != RC_NOT_FOUND && rc != RC_REFUSED)
        reason_set(out_reason, "the register cannot be written: %s", rc_text(rc));
    return rc;
}
