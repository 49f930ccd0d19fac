/*
 * welcome.h - first visits in the register: somebody new is added and comes in, each step, what may
 * be shown, their buddy; who is on the way, and who is forgotten. Each is one transaction: all of
 * it or none, also over a power cut.
 *
 * `office->by` is who does it: the newcomer themselves (for what is theirs), somebody with the
 * right to vouch, or none for the command line, which may all. Runs where the journal runs.
 * RC_REFUSED and RC_NOT_FOUND come with a sentence of office_refuse's table; what the disk refuses
 * with db_tell's.
 */
#ifndef APP_STORE_WELCOME_H
#define APP_STORE_WELCOME_H

#include "app/domain/buddy.h"
#include "app/domain/consent.h"
#include "app/domain/match.h"
#include "app/store/belonging.h"
#include "app/store/journal.h"
#include "app/store/office.h"

/*
 * Somebody new: added with that first name and language, with the code `sealed`
 * (secret_seal_alike), in the house from now on (known by name), and the steps up to GUIDE_WHO
 * said.
 */
struct welcome_begin {
    const char *first_name;
    enum language language;
    const char *sealed;
    enum newcomer_how hello;     /* what became of that step; NEWCOMER_NOT_YET: nothing is said */
    bool is_nameless;            /* one of several: the name is a stand-in, GUIDE_WHO stays open */
    enum occasion_kind occasion; /* chosen by staff; OCCASION_COUNT: as the calendar says */
};

/*
 * `office->by`: none, or a host. RC_BUSY: somebody else has that code by chance, so nothing was
 * recorded: make another.
 */
enum rc welcome_begin(struct journal *journal, const struct office *office,
                      const struct welcome_begin *begin, struct fact_id *out_person,
                      struct reason *out_reason) MUST_CHECK;

/*
 * What they say of themselves: a field of person.h that is theirs to say (first and last name,
 * language, email, phone, line). For a nameless one the first name closes GUIDE_WHO, too. The same
 * as it is already: no fact.
 */
enum rc welcome_tell(struct journal *journal, const struct office *office, struct fact_id person,
                     enum person_key field, const char *text, struct reason *out_reason) MUST_CHECK;

/* A step of theirs; the same again a moment later is no other fact. */
enum rc welcome_step(struct journal *journal, const struct office *office, struct fact_id person,
                     const struct newcomer_said *said, struct reason *out_reason) MUST_CHECK;

/* The same with what is said at the step: all of it or none. */
struct welcome_with {
    const char *circle; /* by any of its names; NULL: nothing is said of it */
    const char *line;   /* about themselves; NULL: the same */
    bool has_consents;  /* a yes or a no to each field up to CONSENT_HERE */
    uint32_t consents;  /* bits of what is given */
    enum language language;
};

enum rc welcome_step_with(struct journal *journal, const struct office *office,
                          struct fact_id person, const struct newcomer_said *said,
                          const struct welcome_with *with, struct reason *out_reason) MUST_CHECK;

/* The same as it is already, to the same text: no fact. */
enum rc welcome_consent(struct journal *journal, const struct office *office, struct fact_id person,
                        enum consent field, bool is_given, enum language language,
                        struct reason *out_reason) MUST_CHECK;

/*
 * Willing to look after newcomers: a yes to being offered to them and, with it, to being seen in
 * the house. Not willing: a no to being offered; whether they are seen stays as it is.
 */
enum rc welcome_set_willing(struct journal *journal, const struct office *office,
                            struct fact_id person, bool is_willing, enum language language,
                            struct reason *out_reason) MUST_CHECK;

/*
 * Of the newcomer `person`; `office->by` may be the buddy, too. Taken by somebody who was not
 * asked: theirs all the same, as long as nobody else has it. The same as it is already: no fact.
 */
enum rc welcome_buddy(struct journal *journal, const struct office *office, struct fact_id person,
                      struct fact_id buddy, enum buddy_how how,
                      struct reason *out_reason) MUST_CHECK;

/*
 * A first badge by the newcomer themselves, by office_give_badge's rules; GUIDE_BADGE is done.
 * Refused where another one of theirs works already; said again it stays as it is.
 */
enum rc welcome_badge(struct journal *journal, const struct office *office, struct fact_id person,
                      const struct badge *badge, struct reason *out_reason) MUST_CHECK;

/* --- looked up --- */

/* RC_EMPTY: they never began. */
enum rc welcome_find(struct db *db, struct fact_id person,
                     struct newcomer *out_newcomer) MUST_CHECK;
enum rc welcome_consents(struct db *db, struct fact_id person,
                         struct consents *out_consents) MUST_CHECK;

#define WELCOME_BUDDIES_MAX 64

/*
 * Who could be asked now, best first (buddy_choose): in the house, agreed to being seen there and
 * to be offered, welcomed themselves. `home`: the language of people without one.
 */
enum rc welcome_buddies(struct journal *journal, struct fact_id person, enum language home,
                        int64_t now_ms, struct buddy *out_buddies, size_t *out_count) MUST_CHECK;

/* Missions that fit, with where hands are needed in the next WELCOME_DAYS. */
#define WELCOME_DAYS 14
enum rc welcome_missions(struct journal *journal, struct fact_id person, int64_t now_ms,
                         struct match *out_matches, int *out_count) MUST_CHECK;

/* So long a buddy looks after somebody, from the beginning of their way. */
#define WELCOME_LOOKED_AFTER_MS ((int64_t)180 * 24 * 3600 * 1000)

/*
 * A newcomer whom the buddy looks after and who was not here for so long (guide's away_days): of
 * several, the one who was here last. RC_EMPTY: there is none.
 */
struct welcome_away {
    struct fact_id person;
    char name[100]; /* as screens show it */
    int64_t last_ms;
    int count; /* of all such */
};

enum rc welcome_away(struct journal *journal, struct fact_id buddy, int64_t now_ms,
                     struct welcome_away *out_away) MUST_CHECK;

/* Somebody who began; for staff's eyes. */
struct welcome_row {
    struct fact_id person;
    char full_name[200];
    struct newcomer newcomer;
    char buddy[200]; /* full name; "" */
    int64_t last_ms; /* their last arrival; 0: never */
    bool is_in;
    int same_name; /* how many others of that very name began, too: perhaps the same person */
};

/*
 * Who began since then, the newest first; nobody who was erased. A `row` that returns something
 * else than RC_OK ends it with that. `whose` NULL: all of them; else those of an organisation, with
 * its visits and its buddies, and nothing of who is called alike elsewhere.
 */
enum rc welcome_list(struct db *db, const struct belonging *whose, int64_t since_ms, int64_t now_ms,
                     enum rc (*row)(void *context, const struct welcome_row *row),
                     void *context) MUST_CHECK;

/* --- forgetting --- */

/* At most so many at once, so that nobody at the door waits: call it again where it says so many.
 */
#define WELCOME_FORGET_MAX 20

/*
 * Forgets newcomers who began more than `days` ago, never came back after that first day, and are
 * nobody in any other way: no number, no role, no badge that works, nothing promised. Their facts'
 * bodies go, their visits stay as a number (erase.h). Nobody is forgotten by a clock that cannot be
 * trusted. *out_count: how many.
 */
enum rc welcome_forget(struct journal *journal, const struct office *office, int days,
                       int *out_count, struct reason *out_reason) MUST_CHECK;

/* How many that would be at `now_ms`. */
enum rc welcome_count_to_forget(struct db *db, int days, int64_t now_ms, int *out_count) MUST_CHECK;

/*
 * The same of one, whenever they began: by themselves, or with the right to say who has which role.
 * RC_REFUSED where they are more than a first visit by now.
 */
enum rc welcome_forget_one(struct journal *journal, const struct office *office,
                           struct fact_id person, struct reason *out_reason) MUST_CHECK;

#endif
