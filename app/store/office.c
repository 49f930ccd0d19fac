#include "app/store/office.h"

#include <string.h>

#include "app/store/keyring.h"
#include "app/store/keys.h"
#include "app/store/office_i.h"
#include "firmware/base/utf8.h"

static const struct fact_id house = {0, 0};

static const struct {
    enum rc rc;
    const char *sentence;
} refusals[] = {
    [OFFICE_NO_RIGHT] = {RC_REFUSED, SAID("Your badge does not open this. Ask a member of staff.")},
    [OFFICE_NOT_YOURS] = {RC_REFUSED, SAID("Your badge opens only what is your organisation's. Ask "
                                           "staff of the whole house.")},
    [OFFICE_NO_PERSON] = {RC_NOT_FOUND, SAID("This person is not in the register any more.")},
    [OFFICE_NO_BADGE] = {RC_NOT_FOUND, SAID("This badge is not theirs any more.")},
    [OFFICE_NO_VISIT] = {RC_NOT_FOUND, SAID("This visit is not in the register any more.")},
    [OFFICE_BADGE_THEIRS] = {RC_REFUSED, SAID("This badge is theirs already.")},
    [OFFICE_BADGE_ANOTHERS] = {RC_REFUSED,
                               SAID("This badge is somebody else's. Give another one, or "
                                    "withdraw it from them first.")},
    [OFFICE_BADGE_WITHDRAWN] = {RC_REFUSED,
                                SAID("This badge was lost or replaced once. Give another "
                                     "one.")},
    [OFFICE_BADGE_OUT] = {RC_REFUSED,
                          SAID("Whom this badge was lent to is still in the house. Lend "
                               "another one.")},
    [OFFICE_BADGES_MANY] = {RC_REFUSED,
                            SAID("This person has too many badges. Withdraw some first.")},
    [OFFICE_LAST_STAFF] = {RC_REFUSED, SAID("This is the last member of staff. Make somebody else "
                                            "staff first.")},
    [OFFICE_STILL_HERE] = {RC_REFUSED,
                           SAID("This person is in the house, where the roll-call needs "
                                "their name. Note their departure first.")},
    [OFFICE_NO_NAME] = {RC_REFUSED, SAID("A first name is needed, in letters that can be shown.")},
    [OFFICE_NAME_LONG] = {RC_REFUSED, SAID("This name is too long. Shorten it.")},
    [OFFICE_IN_ALREADY] = {RC_REFUSED, SAID("This person is in the house already.")},
    [OFFICE_OUT_ALREADY] = {RC_REFUSED, SAID("This person is not in the house.")},
    [OFFICE_DAY_OVER] = {RC_REFUSED,
                         SAID("The day of this visit is over. Correct its end instead.")},
    [OFFICE_NO_REASON] = {RC_REFUSED, SAID("A correction needs a reason. Say it in a few words.")},
    [OFFICE_REASON_LONG] = {RC_REFUSED, SAID("This reason is too long. Say it in fewer words.")},
    [OFFICE_NO_CHANGE] = {RC_REFUSED, SAID("Nothing would change. Set another time first.")},
    [OFFICE_ENDS_FIRST] = {RC_REFUSED,
                           SAID("The visit would end before it begins. Look at both times "
                                "again.")},
    [OFFICE_TO_COME] = {RC_REFUSED,
                        SAID("This time is still to come. Look at the date and the hour "
                             "again.")},
    [OFFICE_TOO_LONG] = {RC_REFUSED, SAID("The visit would be longer than seven days. Look at both "
                                          "dates again.")},
    [OFFICE_OVERLAPS] = {RC_REFUSED,
                         SAID("At that time another visit of this person is noted. Correct "
                              "that one first.")},
    [OFFICE_SETTING_NAME] = {RC_REFUSED, SAID("There is no such setting.")},
    [OFFICE_SETTING_VALUE] = {RC_REFUSED,
                              SAID("This cannot be kept as a setting. Shorten it to one "
                                   "line.")},
    [OFFICE_NO_SHIFT] = {RC_NOT_FOUND, SAID("This shift is not in the calendar any more.")},
    [OFFICE_SHIFT_FULL] = {RC_REFUSED,
                           SAID("All places of this shift are taken. Choose another one.")},
    [OFFICE_SHIFT_OVER] = {RC_REFUSED, SAID("This shift is over. Choose one that is to come.")},
    [OFFICE_SHIFT_OFF] = {RC_REFUSED, SAID("This shift does not take place. Choose another one.")},
    [OFFICE_SHIFT_CLASHES] = {RC_REFUSED,
                              SAID("At that time another shift is promised already. Choose "
                                   "another one.")},
    [OFFICE_SHIFT_FIRST] = {RC_REFUSED,
                            SAID("A first shift is with somebody who knows the work, and nobody "
                                 "like that is there yet. Choose another day.")},
    [OFFICE_SHIFT_NOT_THEIRS] = {RC_NOT_FOUND, SAID("This shift is not promised any more.")},
    [OFFICE_SHIFT_TO_COME] = {RC_REFUSED, SAID("This shift has not begun yet. Sign it off at its "
                                               "end.")},
    [OFFICE_NO_OCCASION] = {RC_NOT_FOUND, SAID("This is not in the calendar any more.")},
    [OFFICE_OCCASION_FAULTY] = {RC_REFUSED,
                                SAID("This cannot be in the calendar. Look at its title and its "
                                     "times again.")},
    [OFFICE_NOT_IN] = {RC_REFUSED, SAID("Only who is in the house can do that. Tap your badge "
                                        "first.")},
    [OFFICE_NO_PROPOSAL] = {RC_NOT_FOUND, SAID("This proposal is answered already.")},
    [OFFICE_NOT_THEIRS] = {RC_REFUSED, SAID("This is somebody else's visit.")},
    [OFFICE_NO_CIRCLE] = {RC_REFUSED, SAID("There is no such circle in this house.")},
    [OFFICE_REST_NO_DAY] = {RC_REFUSED, SAID("The calendar has no such day. Choose another one.")},
    [OFFICE_REST_OVER] = {RC_REFUSED, SAID("This day is over. Choose one that is to come.")},
    [OFFICE_NO_BASKET] = {RC_REFUSED, SAID("There is no basket under this name. Ask whoever hands "
                                           "them out.")},
    [OFFICE_BASKET_PAUSED] = {RC_REFUSED,
                              SAID("This basket is paused today. Ask whoever hands them out.")},
    [OFFICE_BASKET_FETCHED] = {RC_REFUSED,
                               SAID("This basket has been fetched already. Tap again to see when, "
                                    "and by whom.")},
    [OFFICE_BASKET_OTHERS] = {RC_REFUSED,
                              SAID("Its owner has not named you to fetch this basket. Ask whoever "
                                   "hands them out.")},
    [OFFICE_NO_ASSEMBLY] = {RC_REFUSED, SAID("This is no assembly, so nobody votes there. Choose "
                                             "one from the calendar.")},
    [OFFICE_ASSEMBLY_OVER] = {RC_REFUSED, SAID("This assembly is over. Choose one that is to "
                                               "come.")},
    [OFFICE_ASSEMBLY_OFF] = {RC_REFUSED, SAID("This assembly does not take place. Choose another "
                                              "one.")},
    [OFFICE_PROXIES_NONE] = {RC_REFUSED, SAID("In this house everybody votes in person. Who wants "
                                              "to vote comes along.")},
    [OFFICE_NO_PROXY] = {RC_REFUSED, SAID("No vote was given to anybody here, so there is none to "
                                          "take back.")},
    [OFFICE_NO_DEED] = {RC_NOT_FOUND, SAID("Nothing of it is noted, so there is nothing to take "
                                           "back.")},
    [OFFICE_PROXY_SELF] = {RC_REFUSED, SAID("Somebody else has to carry this vote. Choose another "
                                            "person.")},
    [OFFICE_PROXY_FULL] = {RC_REFUSED, SAID("This person carries as many votes as the statutes "
                                            "allow. Choose somebody else.")},
    [OFFICE_GIVER_NO_VOTE] = {RC_REFUSED, SAID("By the statutes there is no vote to give here. "
                                               "Ask a member of staff.")},
    [OFFICE_HOLDER_NO_VOTE] = {RC_REFUSED, SAID("This person has no vote by the statutes. Choose "
                                                "somebody who has one.")},
    [OFFICE_WORD_LONG] = {RC_REFUSED, SAID("This is too long. Say it in fewer words.")},
    [OFFICE_NO_WORDS] = {RC_REFUSED, SAID("Nothing is written yet. Say it in a few words.")},
    [OFFICE_NO_WELCOME] = {RC_REFUSED, SAID("Nobody is welcomed at this screen yet. Ask a member "
                                            "of staff.")},
    [OFFICE_NOT_NEW] = {RC_REFUSED, SAID("This belongs to a first visit, and nobody began one "
                                         "here. Ask a member of staff.")},
    [OFFICE_HAS_BADGE] = {RC_REFUSED, SAID("A badge works already. For another one, ask a member "
                                           "of staff.")},
    [OFFICE_BUDDY_TAKEN] = {RC_REFUSED, SAID("Somebody else looks after this person already. Say "
                                             "hello all the same.")},
    [OFFICE_BUDDY_SELF] = {RC_REFUSED, SAID("A buddy is somebody else. Choose another person.")},
    [OFFICE_KEPT] = {RC_REFUSED, SAID("This person is more than a first visit by now, and is not "
                                      "forgotten like one. Ask a member of staff.")},
};

enum rc office_refuse(enum office_refusal refusal, struct reason *out_reason)
{
    reason_set(out_reason, "%s", refusals[refusal].sentence);
    return refusals[refusal].rc;
}

/* --- transactions --- */

enum rc office_begin(struct journal *journal, const struct office *office, enum right right,
                     enum office_about about, struct fact_id id, struct reason *out_reason)
{
    enum rc rc = journal_begin(journal, &office->now);
    if (rc)
        return db_tell(rc, journal_db(journal), out_reason);
    rc = office_may(journal, office, right, about, id, out_reason);
    return rc ? office_end(journal, rc, out_reason) : RC_OK;
}

enum rc office_check_self(struct journal *journal, const struct office *office,
                          struct fact_id person, enum right right, struct reason *out_reason)
{
    return fact_id_is_same(office->by, person)
               ? RC_OK
               : office_may(journal, office, right, OFFICE_ABOUT_PERSON, person, out_reason);
}

enum rc office_end(struct journal *journal, enum rc rc, struct reason *out_reason)
{
    if (!rc)
        rc = journal_commit(journal);
    else
        journal_rollback(journal);
    bool is_said = !rc || rc == RC_REFUSED || rc == RC_NOT_FOUND;
    return is_said ? rc : db_tell(rc, journal_db(journal), out_reason);
}

enum rc office_clean(const char *text, size_t bytes, enum office_refusal too_long, char *out_text,
                     struct reason *out_reason)
{
    enum rc rc = utf8_clean(text ? text : "", out_text, bytes);
    return rc == RC_LIMIT || rc == RC_BAD_INPUT ? office_refuse(too_long, out_reason) : rc;
}

enum rc office_find(struct journal *journal, struct fact_id id, struct person *out_person,
                    struct reason *out_reason)
{
    enum rc rc = lookup_person(journal_db(journal), id, out_person);
    return rc == RC_EMPTY ? office_refuse(OFFICE_NO_PERSON, out_reason) : rc;
}

enum rc office_add(struct journal *journal, const struct office *office, enum fact_kind kind,
                   struct fact_id subject, json_t *body, struct fact_id *out_fact)
{
    return office_add_for(journal, office, kind, subject, house, body, out_fact);
}

enum rc office_add_for(struct journal *journal, const struct office *office, enum fact_kind kind,
                       struct fact_id subject, struct fact_id organisation, json_t *body,
                       struct fact_id *out_fact)
{
    struct fact fact;
    json_t *by = fact_id_is_none(office->by) ? NULL
                                             : json_pack("[I,I]", (json_int_t)office->by.station,
                                                         (json_int_t)office->by.seq);
    if (!fact_id_is_none(office->by) && json_object_set_new(body, "by", by)) {
        json_decref(body);
        return RC_NO_MEMORY;
    }
    enum rc rc = journal_add(journal, kind, subject, organisation, body, &fact);
    if (!rc && out_fact)
        *out_fact = fact.id;
    return rc;
}

/* --- people --- */

static bool is_house_staff(const struct fold_keyholder *keyholder)
{
    return keyholder->role == ROLE_STAFF && fact_id_is_none(keyholder->organisation);
}

static enum rc check_last_staff(struct journal *journal, const struct fold_keyholder *before,
                                struct reason *out_reason)
{
    int64_t count;
    if (!is_house_staff(before))
        return RC_OK;
    enum rc rc = lookup_count_role(journal_db(journal), ROLE_STAFF, &count);
    return !rc && count <= 1 ? office_refuse(OFFICE_LAST_STAFF, out_reason) : rc;
}

static enum rc set_role(struct journal *journal, const struct office *office, struct fact_id id,
                        enum role role, struct reason *out_reason)
{
    struct person person;
    struct fold_keyholder keyholder = {.role = ROLE_NONE};
    enum rc rc = office_find(journal, id, &person, out_reason);
    if (!rc)
        rc = keys_find(journal_db(journal), id, &keyholder);
    if (rc || (keyholder.role == role && fact_id_is_none(keyholder.organisation)))
        return rc;
    rc = check_last_staff(journal, &keyholder, out_reason);
    return rc ? rc
              : office_add(journal, office, FACT_ROLE_SET, id,
                           json_pack("{s:s}", "role", role_name(role)), NULL);
}

enum rc office_set_role(struct journal *journal, const struct office *office, struct fact_id person,
                        enum role role, struct reason *out_reason)
{
    enum rc rc = office_begin(journal, office, RIGHT_ROLES, OFFICE_ABOUT_HOUSE, house, out_reason);
    return rc ? rc
              : office_end(journal, set_role(journal, office, person, role, out_reason),
                           out_reason);
}

enum rc office_add_person(struct journal *journal, const struct office *office,
                          const char *first_name, const char *last_name, struct fact_id *out_person,
                          struct reason *out_reason)
{
    struct person person = {.first_name = ""};
    struct fact_id id;
    enum rc rc = person_set(&person, PERSON_FIRST_NAME, first_name);
    if (!rc)
        rc = person_set(&person, PERSON_LAST_NAME, last_name);
    if (rc)
        return office_refuse(rc == RC_LIMIT ? OFFICE_NAME_LONG : OFFICE_NO_NAME, out_reason);
    rc = office_begin(journal, office, RIGHT_VOUCH, OFFICE_ABOUT_ANY, house, out_reason);
    if (rc)
        return rc;
    rc = office_add(journal, office, FACT_PERSON_ADDED, house, person_to_json(&person), &id);
    rc = office_end(journal, rc, out_reason);
    if (!rc)
        *out_person = id;
    return rc;
}

static enum rc set_code(struct journal *journal, struct fact_id id, const char *sealed,
                        struct reason *out_reason)
{
    struct person person;
    enum rc rc = office_find(journal, id, &person, out_reason);
    if (rc)
        return rc;
    rc = keyring_set_code(journal, id, sealed);
    return rc == RC_REFUSED ? RC_BUSY : rc;
}

enum rc office_set_code(struct journal *journal, const struct office *office, struct fact_id person,
                        const char *sealed, struct reason *out_reason)
{
    enum rc rc =
        office_begin(journal, office, RIGHT_BADGES, OFFICE_ABOUT_PERSON, person, out_reason);
    return rc ? rc : office_end(journal, set_code(journal, person, sealed, out_reason), out_reason);
}

/* --- settings --- */

static bool is_setting_name(const char *name)
{
    size_t length = strlen(name);
    return length >= 1 && length <= OFFICE_SETTING_NAME_BYTES &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz_") == length;
}

enum rc office_set(struct journal *journal, const struct office *office, const char *name,
                   const char *value, int64_t until_ms, struct reason *out_reason)
{
    char clean[OFFICE_SETTING_VALUE_BYTES + 1];
    enum right right = strcmp(name, "occasion") == 0 ? RIGHT_OCCASION : RIGHT_MACHINE;
    if (!is_setting_name(name))
        return office_refuse(OFFICE_SETTING_NAME, out_reason);
    if (utf8_clean(value, clean, sizeof clean))
        return office_refuse(OFFICE_SETTING_VALUE, out_reason);
    enum rc rc = office_begin(journal, office, right, OFFICE_ABOUT_HOUSE, house, out_reason);
    if (rc)
        return rc;
    rc = office_add(
        journal, office, FACT_SETTING_SET, house,
        json_pack("{s:s,s:s,s:I}", "name", name, "value", clean, "until_ms", (json_int_t)until_ms),
        NULL);
    return office_end(journal, rc, out_reason);
}
