/* What a newcomer says: of themselves, of a step, of what may be shown; and their first badge. */
#include <assert.h>
#include <string.h>

#include "app/store/welcome_i.h"

/* The second touch of one that was meant. */
#define AGAIN_MS 10000

static const struct fact_id house = {0, 0};

/* --- of themselves --- */

static bool is_theirs_to_say(enum person_key field)
{
    return field == PERSON_FIRST_NAME || field == PERSON_LAST_NAME || field == PERSON_LANGUAGE ||
           field == PERSON_EMAIL || field == PERSON_PHONE || field == PERSON_LINE;
}

static enum rc refuse_text(enum person_key field, enum rc rc, struct reason *out_reason)
{
    bool is_name = field == PERSON_FIRST_NAME || field == PERSON_LAST_NAME;
    if (rc == RC_BAD_INPUT && is_name)
        return office_refuse(OFFICE_NO_NAME, out_reason);
    return office_refuse(is_name ? OFFICE_NAME_LONG : OFFICE_WORD_LONG, out_reason);
}

static enum rc tell(const struct welcome_one *one, enum person_key field, const char *text)
{
    struct person after = one->person;
    enum rc rc = person_set(&after, field, text);
    if (rc)
        return refuse_text(field, rc, one->out_reason);
    if (strcmp(person_text_const(&one->person, field), person_text_const(&after, field)) != 0)
        rc = office_add(one->journal, &one->office, FACT_PERSON_CHANGED, after.id,
                        person_changes(&one->person, &after), NULL);
    bool closes_who = field == PERSON_FIRST_NAME && one->newcomer.has_begun;
    return !rc && closes_who ? welcome_mark(one, GUIDE_WHO, NEWCOMER_DONE) : rc;
}

enum rc welcome_tell(struct journal *journal, const struct office *office, struct fact_id person,
                     enum person_key field, const char *text, struct reason *out_reason)
{
    struct welcome_one one;
    assert(is_theirs_to_say(field));
    enum rc rc = welcome_open(journal, office, person, house, &one, out_reason);
    return rc ? rc : office_end(journal, tell(&one, field, text), out_reason);
}

/* --- of a step --- */

/* Of a text that was read the register keeps less than the fact says: only a moment is the same. */
static bool has_text(enum guide_step step)
{
    return step == GUIDE_CHARTER || step == GUIDE_NOTICE;
}

static enum rc is_said_already(const struct welcome_one *one, enum guide_step step,
                               const json_t *body, bool *out_is)
{
    const struct fact fact = {.kind = FACT_WELCOME, .effective_ms = one->at_ms};
    struct newcomer after = one->newcomer;
    enum rc rc = newcomer_take(&after, &fact, body);
    if (rc)
        return rc;
    bool is_recent = one->at_ms - one->newcomer.steps_ms[step] < AGAIN_MS;
    after.steps_ms[step] = one->newcomer.steps_ms[step];
    *out_is = newcomer_is_same(&after, &one->newcomer) && (!has_text(step) || is_recent);
    return RC_OK;
}

static enum rc step_once(const struct welcome_one *one, const struct newcomer_said *said)
{
    bool is_known = false;
    json_t *body = newcomer_said_to_json(said);
    enum rc rc = body ? is_said_already(one, said->step, body, &is_known) : RC_NO_MEMORY;
    if (rc || is_known) {
        json_decref(body);
        return rc;
    }
    return office_add(one->journal, &one->office, FACT_WELCOME, one->person.id, body, NULL);
}

enum rc welcome_step(struct journal *journal, const struct office *office, struct fact_id person,
                     const struct newcomer_said *said, struct reason *out_reason)
{
    struct welcome_one one;
    enum rc rc = welcome_open(journal, office, person, house, &one, out_reason);
    return rc ? rc : office_end(journal, step_once(&one, said), out_reason);
}

/* --- of what may be shown --- */

/* Whose word it was is kept here also where it was their own. */
static enum rc agree(const struct welcome_one *one, const struct office *office, enum consent field,
                     bool is_given, enum language language)
{
    struct consents consents;
    enum rc rc = welcome_consents(journal_db(one->journal), one->person.id, &consents);
    const struct consent_row *row = &consents.rows[field];
    if (rc || (row->is_said && row->is_given == is_given &&
               strcmp(row->version, CONSENT_TEXT_VERSION) == 0))
        return rc;
    return office_add(one->journal, office, FACT_CONSENT, one->person.id,
                      consent_to_json(field, is_given, language_code(language)), NULL);
}

/* --- of a step, with what goes with it --- */

static enum rc tell_circle(const struct welcome_one *one, const char *name)
{
    const struct circle *circle = circle_find(journal_circles(one->journal), name);
    if (!circle)
        return office_refuse(OFFICE_NO_CIRCLE, one->out_reason);
    return circle->rights ? office_refuse(OFFICE_NO_RIGHT, one->out_reason)
                          : tell(one, PERSON_CIRCLE, circle->name);
}

static enum rc say_all(const struct welcome_one *one, const struct office *office,
                       const struct newcomer_said *said, const struct welcome_with *with)
{
    enum rc rc = with->circle ? tell_circle(one, with->circle) : RC_OK;
    if (!rc && with->line)
        rc = tell(one, PERSON_LINE, with->line);
    for (int field = CONSENT_NAME; !rc && with->has_consents && field <= CONSENT_HERE; field++)
        rc = agree(one, office, (enum consent)field, with->consents >> field & 1, with->language);
    return rc ? rc : step_once(one, said);
}

enum rc welcome_step_with(struct journal *journal, const struct office *office,
                          struct fact_id person, const struct newcomer_said *said,
                          const struct welcome_with *with, struct reason *out_reason)
{
    struct welcome_one one;
    enum rc rc = welcome_open(journal, office, person, house, &one, out_reason);
    return rc ? rc : office_end(journal, say_all(&one, office, said, with), out_reason);
}

enum rc welcome_consent(struct journal *journal, const struct office *office, struct fact_id person,
                        enum consent field, bool is_given, enum language language,
                        struct reason *out_reason)
{
    struct welcome_one one;
    enum rc rc = welcome_open(journal, office, person, house, &one, out_reason);
    return rc ? rc
              : office_end(journal, agree(&one, office, field, is_given, language), out_reason);
}

enum rc welcome_set_willing(struct journal *journal, const struct office *office,
                            struct fact_id person, bool is_willing, enum language language,
                            struct reason *out_reason)
{
    struct welcome_one one;
    enum rc rc = welcome_open(journal, office, person, house, &one, out_reason);
    if (rc)
        return rc;
    if (is_willing)
        rc = agree(&one, office, CONSENT_HERE, true, language);
    if (!rc)
        rc = agree(&one, office, CONSENT_BUDDY, is_willing, language);
    return office_end(journal, rc, out_reason);
}

/* --- their badge --- */

static bool works(const struct fold_badge *badge, int64_t at_ms)
{
    return !badge->is_withdrawn && (!badge->until_ms || at_ms < badge->until_ms);
}

/* Theirs since a touch before, or since a disk that refused and had it all the same. */
static enum rc is_theirs(const struct welcome_one *one, const struct badge *badge, bool *out_is)
{
    struct fact_id owner;
    struct fold_badge owned;
    enum rc rc =
        lookup_owner(journal_db(one->journal), journal_key(one->journal), badge, &owner, &owned);
    if (rc && rc != RC_EMPTY)
        return rc;
    *out_is = !rc && works(&owned, one->at_ms) && fact_id_is_same(owner, one->person.id);
    return RC_OK;
}

static enum rc check_first(const struct welcome_one *one)
{
    struct fold_badge badges[FOLD_BADGES_MAX];
    size_t count;
    if (!one->newcomer.has_begun)
        return office_refuse(OFFICE_NOT_NEW, one->out_reason);
    enum rc rc =
        lookup_badges(journal_db(one->journal), one->person.id, badges, FOLD_BADGES_MAX, &count);
    for (size_t i = 0; !rc && i < count; i++)
        if (works(&badges[i], one->at_ms))
            return office_refuse(OFFICE_HAS_BADGE, one->out_reason);
    return rc;
}

static enum rc take_badge(const struct welcome_one *one, const struct badge *badge)
{
    const struct office_badge gift = {.person = one->person.id, .badge = *badge};
    bool is_known;
    enum rc rc = is_theirs(one, badge, &is_known);
    if (!rc && !is_known) {
        rc = check_first(one);
        if (!rc)
            rc = office_hand_badge(one->journal, &one->office, &gift, one->out_reason);
    }
    return rc ? rc : welcome_mark(one, GUIDE_BADGE, NEWCOMER_DONE);
}

enum rc welcome_badge(struct journal *journal, const struct office *office, struct fact_id person,
                      const struct badge *badge, struct reason *out_reason)
{
    struct welcome_one one;
    enum rc rc = welcome_open(journal, office, person, house, &one, out_reason);
    return rc ? rc : office_end(journal, take_badge(&one, badge), out_reason);
}
