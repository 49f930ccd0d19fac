/* What is on when somebody comes or goes: what they are expected at, what a tap means there. */
#include <string.h>

#include "app/domain/day.h"
#include "app/store/assembly.h"
#include "app/store/door_i.h"
#include "app/store/lookup_hours.h"
#include "app/store/rota.h"
#include "firmware/base/utf8.h"

#define MINUTES(count) ((int64_t)(count)*60000)

/* So long before it begins anybody comes for an occasion. */
#define ON_BEFORE_MS MINUTES(30)

/* Hands are asked for at shifts that begin within so long. */
#define HELP_BEFORE_MS MINUTES(120)

/* A referent signs off from so long before the end until so long after it. */
#define SIGN_OFF_BEFORE_MS MINUTES(15)
#define SIGN_OFF_AFTER_MS MINUTES(120)

static void cut_text(const char *text, char *out_text, size_t size)
{
    size_t length = utf8_cut(text, size - 1);
    memcpy(out_text, text, length);
    out_text[length] = 0;
}

/* --- what is on --- */

struct door_occasion door_describe(const struct occasion *occasion)
{
    struct door_occasion on = {.id = occasion->id,
                               .organisation = occasion->organisation,
                               .kind = occasion->kind,
                               .from_ms = occasion->from_ms,
                               .to_ms = occasion->to_ms};
    cut_text(occasion->title, on.title, sizeof on.title);
    return on;
}

static enum rc add_on(void *context, const struct occasion *occasion)
{
    struct door_found *found = context;
    if (occasion->state != OCCASION_CANCELLED && found->on_count < DOOR_ON_MAX)
        found->on[found->on_count++] = door_describe(occasion);
    return RC_OK;
}

static bool is_on(const struct door_occasion *on, int64_t at_ms)
{
    return on->from_ms <= at_ms && at_ms < on->to_ms;
}

static const struct door_occasion *find_kind(const struct door_found *found,
                                             enum occasion_kind kind)
{
    for (int i = 0; i < found->on_count; i++)
        if (found->on[i].kind == kind)
            return &found->on[i];
    return NULL;
}

static const struct door_occasion *find_id(const struct door_found *found, struct fact_id id)
{
    for (int i = 0; i < found->on_count; i++)
        if (fact_id_is_same(found->on[i].id, id))
            return &found->on[i];
    return NULL;
}

/* Staff know better than the calendar. */
static void take_chosen(struct door_found *found, enum occasion_kind chosen)
{
    const struct door_occasion *of_kind = find_kind(found, chosen);
    found->on[0] = of_kind ? *of_kind : (struct door_occasion){.kind = chosen};
    found->on_count = 1;
    found->is_chosen = true;
}

/* --- who is in --- */

/* The shift of theirs that is on, or NULL. */
static const struct sign_up *find_shift_of_now(const struct door_found *found, int64_t at_ms,
                                               int64_t before_ms)
{
    for (size_t i = 0; i < found->sign_ups.count; i++) {
        const struct sign_up *sign_up = &found->sign_ups.rows[i];
        if (sign_up->end == SIGN_UP_STANDS && sign_up->from_ms - before_ms <= at_ms &&
            at_ms < sign_up->to_ms)
            return sign_up;
    }
    return NULL;
}

static const struct door_occasion *find_asking(const struct door_found *found, int64_t at_ms)
{
    for (int i = 0; i < found->on_count; i++)
        if (is_on(&found->on[i], at_ms) &&
            occasion_kind_tap(found->on[i].kind) == TAP_OCCASION_ASKS)
            return &found->on[i];
    return NULL;
}

/*
 * What they came for, if it is on. Who came early for something that asks is at it already, and who
 * is at an assembly stays there as long as it may last: no tap to vote signs anybody out.
 */
static enum rc find_theirs(struct db *db, const struct door_found *found, int64_t at_ms,
                           struct door_occasion *out_theirs)
{
    struct occasion occasion;
    const struct visit *visit = &found->visit;
    const struct door_occasion *listed = find_id(found, visit->occasion);
    bool asks = occasion_kind_tap(visit->kind) == TAP_OCCASION_ASKS;
    if (fact_id_is_none(visit->occasion))
        return RC_EMPTY;
    if (listed && (asks || is_on(listed, at_ms))) {
        *out_theirs = *listed;
        return RC_OK;
    }
    if (visit->kind != OCCASION_ASSEMBLY)
        return RC_EMPTY;
    enum rc rc = lookup_occasion(db, visit->occasion, &occasion);
    if (!rc && (occasion.state == OCCASION_CANCELLED || assembly_is_over(&occasion, at_ms)))
        rc = RC_EMPTY;
    if (!rc)
        *out_theirs = door_describe(&occasion);
    return rc;
}

/*
 * Their own shift first, then what they came for, then whatever asks something. Who helps at an
 * assembly votes there, too: it comes before their shift.
 */
static enum rc decide_tap(struct db *db, struct door_found *found, int64_t at_ms,
                          struct tap_situation *situation)
{
    struct door_occasion theirs = {.kind = OCCASION_OPEN_DAY};
    const struct door_occasion *asking = find_asking(found, at_ms);
    enum rc rc = find_theirs(db, found, at_ms, &theirs);
    bool is_at_assembly = !rc && theirs.kind == OCCASION_ASSEMBLY;
    if (found->is_chosen)
        found->here = found->on[0];
    else if (!is_at_assembly && find_shift_of_now(found, at_ms, 0))
        found->here = (struct door_occasion){.kind = OCCASION_SHIFT};
    else if (!rc)
        found->here = theirs;
    else if (asking)
        found->here = *asking;
    situation->occasion = occasion_kind_tap(found->here.kind);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* --- who arrives --- */

/* An open day is what takes place where nothing else does. */
static int count_real(const struct door_found *found, const struct door_occasion **out_only)
{
    int count = 0;
    for (int i = 0; i < found->on_count; i++)
        if (found->on[i].kind != OCCASION_OPEN_DAY) {
            *out_only = &found->on[i];
            count++;
        }
    if (!count && found->on_count)
        *out_only = &found->on[0];
    return count;
}

static enum rc expect(struct db *db, struct door_found *found, const struct sign_up *sign_up)
{
    struct occasion occasion;
    enum rc rc = lookup_occasion(db, sign_up->of.occasion, &occasion);
    if (rc && rc != RC_EMPTY)
        return rc;
    if (!rc)
        found->here = door_describe(&occasion);
    found->here.organisation = sign_up->organisation;
    found->shift = (struct answer_slot){.of = sign_up->of,
                                        .kind = found->here.kind,
                                        .from_ms = sign_up->from_ms,
                                        .to_ms = sign_up->to_ms};
    cut_text(sign_up->mission, found->shift.title, sizeof found->shift.title);
    if (!rc)
        cut_text(occasion.place, found->shift.place, sizeof found->shift.place);
    return RC_OK;
}

enum rc door_find_occasion(struct journal *journal, enum occasion_kind chosen, int64_t at_ms,
                           struct door_found *found, struct tap_situation *situation)
{
    struct db *db = journal_db(journal);
    found->on_count = 0;
    found->here = (struct door_occasion){.kind = OCCASION_OPEN_DAY};
    enum rc rc = lookup_occasions(db, at_ms, at_ms + ON_BEFORE_MS, add_on, found);
    if (!rc)
        rc = lookup_hours_sign_ups(db, found->person.id, at_ms - DOOR_LOOK_BACK_MS,
                                   &found->sign_ups);
    if (rc)
        return rc;
    if (chosen < OCCASION_COUNT)
        take_chosen(found, chosen);
    if (situation->is_in && !situation->is_past_end)
        return decide_tap(db, found, at_ms, situation);
    const struct sign_up *expected = find_shift_of_now(found, at_ms, SIGN_UP_BEFORE_MS);
    const struct door_occasion *only = NULL;
    if (expected)
        return expect(db, found, expected);
    if (count_real(found, &only) <= 1 && only)
        found->here = *only;
    return RC_OK;
}

json_t *door_attendance(struct journal *journal, const struct door_found *found, int64_t at_ms)
{
    int64_t stop_ms = 0, until_ms = day_end_after(at_ms, journal_day_end_min(journal));
    enum rc rc = rota_stop(journal_db(journal), found->here.kind, at_ms, until_ms, &stop_ms);
    return rc ? NULL : rota_attendance(found->here.id, found->here.kind, stop_ms);
}

/* --- what is shown of it --- */

static enum rc list_beside(struct db *db, const struct door_found *found, int64_t at_ms,
                           struct answer *answer)
{
    struct lookup_promise others[32];
    size_t listed = 0;
    enum rc rc = lookup_promises(db, found->shift.of, at_ms, 32, others, &listed);
    for (size_t i = 0; !rc && i < listed; i++) {
        bool stands = others[i].outcome <= SIGN_UP_DID_NOT_COME && others[i].display_name[0];
        if (!stands || fact_id_is_same(others[i].person, answer->person))
            continue;
        if (answer->beside_count < ANSWER_BESIDE_MAX && !others[i].is_discreet)
            memcpy(answer->beside[answer->beside_count], others[i].display_name,
                   sizeof others[i].display_name);
        answer->beside_count++;
    }
    return rc;
}

static void ask_which(const struct door_found *found, struct answer *answer)
{
    for (int i = 0; i < found->on_count && answer->slot_count < ANSWER_SLOTS_MAX; i++) {
        struct answer_slot *slot = &answer->slots[answer->slot_count];
        if (found->on[i].kind == OCCASION_OPEN_DAY)
            continue;
        *slot = (struct answer_slot){.of = {found->on[i].id, 0},
                                     .kind = found->on[i].kind,
                                     .from_ms = found->on[i].from_ms,
                                     .to_ms = found->on[i].to_ms};
        cut_text(found->on[i].title, slot->title, sizeof slot->title);
        answer->slot_count++;
    }
    answer->question = ANSWER_ASKS_WHICH;
}

static enum rc ask_help(struct journal *journal, int64_t at_ms, struct answer *answer)
{
    struct lookup_shift shifts[4 * ANSWER_SLOTS_MAX];
    size_t listed, total;
    enum rc rc = lookup_shifts(journal_db(journal), at_ms, at_ms + HELP_BEFORE_MS, true,
                               4 * ANSWER_SLOTS_MAX, shifts, &listed, &total);
    for (size_t i = 0; !rc && i < listed && answer->slot_count < ANSWER_SLOTS_MAX; i++) {
        bool may;
        rc = rota_may(journal, answer->person, shifts[i].slot.of, &may);
        if (!rc && may)
            answer->slots[answer->slot_count++] = shifts[i].slot;
    }
    if (answer->slot_count)
        answer->question = ANSWER_ASKS_HELP;
    return rc;
}

/* Who comes for work, or for nothing in particular, may be asked for a hand; so may baskets. */
static bool may_be_asked(enum occasion_kind kind)
{
    return occasion_kind_has_hours(kind) || kind == OCCASION_BASKET;
}

static enum rc ask(struct journal *journal, const struct door_found *found, struct answer *answer)
{
    const struct door_occasion *only = NULL;
    bool is_expected = !fact_id_is_none(found->shift.of.occasion);
    if (!is_expected && answer->kind == ANSWER_ARRIVAL && count_real(found, &only) > 1)
        ask_which(found, answer);
    else if (!is_expected && may_be_asked(found->here.kind) &&
             (answer->kind == ANSWER_ARRIVAL || answer->kind == ANSWER_ASKS))
        return ask_help(journal, answer->at_ms, answer);
    return RC_OK;
}

/* The shift that ends now, if it is theirs to sign off. */
static enum rc find_to_sign_off(struct journal *journal, const struct door_found *found,
                                struct answer *answer)
{
    struct db *db = journal_db(journal);
    for (size_t i = found->sign_ups.count; i-- > 0;) {
        const struct sign_up *sign_up = &found->sign_ups.rows[i];
        struct lookup_shift shift;
        bool is_theirs = false, is_now = sign_up->end == SIGN_UP_STANDS &&
                                         answer->at_ms >= sign_up->to_ms - SIGN_OFF_BEFORE_MS &&
                                         answer->at_ms < sign_up->to_ms + SIGN_OFF_AFTER_MS;
        if (!is_now)
            continue;
        enum rc rc = lookup_one_shift(db, sign_up->of, &shift);
        if (rc && rc != RC_EMPTY)
            return rc;
        if (!rc && fact_id_is_none(shift.closed))
            is_theirs = rota_is_referent(&found->person, mandate_reach(&found->mandate, RIGHT_ROTA),
                                         &shift);
        if (is_theirs) {
            answer->shift = shift.slot;
            answer->is_to_sign_off = true;
            answer->shown_ms = tap_row_of(ANSWER_ASKS)->shown_ms; /* a button to be reached */
            return RC_OK;
        }
    }
    return RC_OK;
}

enum rc door_fill_company(struct journal *journal, const struct door_found *found,
                          struct answer *answer)
{
    answer->occasion = found->here.kind;
    answer->occasion_id = found->here.id;
    cut_text(found->here.title, answer->occasion_title, sizeof answer->occasion_title);
    answer->shift = found->shift;
    enum rc rc = door_fill_offer(journal, answer);
    return rc || fact_id_is_none(found->shift.of.occasion)
               ? rc
               : list_beside(journal_db(journal), found, answer->at_ms, answer);
}

/* A question, or a button to be reached: words may be left with the arrival. */
static bool is_asking(const struct answer *answer)
{
    return answer->question != ANSWER_ASKS_NOTHING ||
           (answer->kind == ANSWER_ARRIVAL && answer->occasion == OCCASION_AGORA);
}

enum rc door_fill_occasion(struct journal *journal, const struct door_found *found,
                           struct answer *answer)
{
    enum rc rc = door_fill_company(journal, found, answer);
    if (!rc && answer->kind == ANSWER_DEPARTURE)
        return find_to_sign_off(journal, found, answer);
    if (!rc)
        rc = ask(journal, found, answer);
    if (!rc && is_asking(answer))
        answer->shown_ms = tap_row_of(ANSWER_ASKS)->shown_ms;
    return rc;
}
