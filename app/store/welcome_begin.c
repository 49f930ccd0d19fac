/* Somebody new. */
#include "app/store/door.h"
#include "app/store/keyring.h"
#include "app/store/welcome_i.h"

static const struct fact_id house = {0, 0};

static enum rc add_person(struct journal *journal, const struct office *office,
                          const struct welcome_begin *begin, struct fact_id *out_person,
                          struct reason *out_reason)
{
    struct person person = {.number = ""};
    enum rc rc = person_set(&person, PERSON_FIRST_NAME, begin->first_name);
    if (rc)
        return office_refuse(rc == RC_LIMIT ? OFFICE_NAME_LONG : OFFICE_NO_NAME, out_reason);
    rc = person_set(&person, PERSON_LANGUAGE, language_code(begin->language));
    return rc ? rc
              : office_add(journal, office, FACT_PERSON_ADDED, house, person_to_json(&person),
                           out_person);
}

/* Here nobody proved anything by knowing a code: what was tried in vain stays counted. */
static enum rc let_in(struct journal *journal, const struct office *office,
                      const struct welcome_begin *begin, struct fact_id person)
{
    struct answer answer = {.language = begin->language};
    const struct door_entry entry = {.person = person,
                                     .how = PRESENCE_NAME,
                                     .is_new = true,
                                     .by = office->by,
                                     .now = office->now,
                                     .occasion = begin->occasion,
                                     .home = begin->language};
    enum rc rc = journal_settle(journal);
    return rc ? rc : door_let_in(journal, &entry, &answer);
}

/* That a language was chosen is said of everybody: from there on they are on the way. */
static enum rc add_steps(struct journal *journal, const struct office *office,
                         const struct welcome_begin *begin, struct fact_id person)
{
    bool has_hello = guide_find(journal_guide(journal), GUIDE_HELLO) != NULL;
    enum rc rc = welcome_add_step(journal, office, person, GUIDE_LANGUAGE, NEWCOMER_DONE);
    if (!rc && has_hello && begin->hello != NEWCOMER_NOT_YET)
        rc = welcome_add_step(journal, office, person, GUIDE_HELLO, begin->hello);
    if (!rc && !begin->is_nameless)
        rc = welcome_add_step(journal, office, person, GUIDE_WHO, NEWCOMER_DONE);
    return rc;
}

static enum rc add_all(struct journal *journal, const struct office *office,
                       const struct welcome_begin *begin, struct fact_id *person,
                       struct reason *out_reason)
{
    enum rc rc = add_person(journal, office, begin, person, out_reason);
    if (!rc && (rc = keyring_set_code(journal, *person, begin->sealed)) == RC_REFUSED)
        rc = RC_BUSY;
    if (!rc)
        rc = add_steps(journal, office, begin, *person);
    return rc ? rc : let_in(journal, office, begin, *person);
}

enum rc welcome_begin(struct journal *journal, const struct office *office,
                      const struct welcome_begin *begin, struct fact_id *out_person,
                      struct reason *out_reason)
{
    struct fact_id person;
    enum rc rc = office_begin(journal, office, RIGHT_VOUCH, OFFICE_ABOUT_ANY, house, out_reason);
    if (rc)
        return rc;
    rc = journal_guide(journal) ? add_all(journal, office, begin, &person, out_reason)
                                : office_refuse(OFFICE_NO_WELCOME, out_reason);
    rc = office_end(journal, rc, out_reason);
    if (!rc)
        *out_person = person;
    return rc;
}
