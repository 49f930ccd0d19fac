/* What people ask about shifts: which there are, who comes, whether there were enough. */
#include <stdio.h>
#include <stdlib.h>

#include "app/asks_i.h"
#include "app/store/keys.h"
#include "app/store/lookup.h"
#include "app/store/lookup_occasions.h"
#include "app/store/place.h"
#include "app/store/rota.h"

#define SHIFTS_AHEAD_MS ((int64_t)14 * 24 * 3600 * 1000)

enum rc asks_check_self(struct doing *doing, struct journal *journal, struct office *out_office)
{
    const struct ask *ask = &doing->ask;
    enum rc rc = RC_OK;
    struct fact_id by = fact_id_is_none(ask->by) ? ask->person : ask->by;
    const struct office office = {.by = by, .now = doing->now};
    if (fact_id_is_none(ask->person)) {
        reason_set(&doing->why, "%s", asks_no_right);
        rc = RC_REFUSED;
    } else if (!fact_id_is_same(by, ask->person)) {
        rc = office_may(journal, &office, RIGHT_ROTA, OFFICE_ABOUT_HOUSE, ask->person, &doing->why);
    }
    if (!rc)
        *out_office = office;
    return rc;
}

static struct shift_id shift_of(const struct doing *doing)
{
    return (struct shift_id){doing->ask.fact, doing->ask.number[0]};
}

static enum rc find_shift(struct doing *doing, struct db *db, struct lookup_shift *out_shift)
{
    enum rc rc = lookup_one_shift(db, shift_of(doing), out_shift);
    if (rc != RC_EMPTY)
        return rc;
    reason_set(&doing->why, "%s", WORDS_MARK("This shift is not in the calendar any more."));
    return RC_NOT_FOUND;
}

static struct row *add_row(struct told *told)
{
    return &told->rows[told->count++];
}

/* --- which there are --- */

static void tell_shift(struct told *told, const struct lookup_shift *shift)
{
    const struct answer_slot *slot = &shift->slot;
    struct row *row = add_row(told);
    *row = (struct row){.id = slot->of.occasion,
                        .at_ms = slot->from_ms,
                        .to_ms = slot->to_ms,
                        .number = {slot->of.number, slot->needed},
                        .mark = shift->places && !slot->needed};
    snprintf(row->title, sizeof row->title, "%s", slot->title);
}

/* Where hands are needed first, each half soonest first. */
enum rc asks_shifts(struct doing *doing, struct journal *journal)
{
    int64_t now_ms = place_now(journal, &doing->now);
    struct db *db = journal_db(journal);
    size_t listed = 0, total = 0;
    if (!db)
        return RC_IO;
    struct lookup_shift *shifts = calloc(TOLD_ROWS_MAX, sizeof *shifts);
    enum rc rc = shifts ? lookup_shifts(db, now_ms, now_ms + SHIFTS_AHEAD_MS, false, TOLD_ROWS_MAX,
                                        shifts, &listed, &total)
                        : RC_NO_MEMORY;
    for (int is_last = 0; !rc && is_last < 2; is_last++)
        for (size_t i = 0; i < listed; i++)
            if ((shifts[i].slot.needed == 0) == is_last)
                tell_shift(&doing->told, &shifts[i]);
    free(shifts);
    doing->told.total = (int)total;
    doing->told.beyond = (int)(total - listed);
    return rc;
}

static void tell_about(struct told *told, enum ask_about about, const char *text)
{
    if (!text[0])
        return;
    struct row *row = add_row(told);
    row->number[0] = about;
    asks_copy(row->line, sizeof row->line, text);
}

/* A number of theirs says nothing to who reads it; a name stands as the calendar has it. */
static enum rc name_referent(struct db *db, const char *referent, char *out_name, size_t size)
{
    struct person person;
    snprintf(out_name, size, "%s", referent);
    if (!referent[0])
        return RC_OK;
    enum rc rc = lookup_number(db, referent, &person);
    if (!rc)
        person_display_name(&person, out_name, size);
    return rc == RC_EMPTY ? RC_OK : rc;
}

enum rc asks_shift(struct doing *doing, struct journal *journal)
{
    char name[100], word[204] = "";
    struct lookup_shift shift;
    struct told *told = &doing->told;
    struct db *db = journal_db(journal);
    struct occasion *occasion = calloc(1, sizeof *occasion);
    enum rc rc = occasion ? find_shift(doing, db, &shift) : RC_NO_MEMORY;
    if (!rc)
        rc = lookup_occasion(db, doing->ask.fact, occasion);
    if (!rc)
        rc = name_referent(db, shift.referent, name, sizeof name);
    if (!rc)
        rc = lookup_last_word(db, &shift, word, sizeof word);
    if (!rc) {
        tell_about(told, ASK_ABOUT_PLACE, occasion->place);
        tell_about(told, ASK_ABOUT_REFERENT, name);
        tell_about(told, ASK_ABOUT_SKILL, shift.skill);
        tell_about(told, ASK_ABOUT_WORD, word);
        tell_about(told, ASK_ABOUT_CIRCLE, shift.circle);
    }
    free(occasion);
    return rc;
}

/* --- who comes --- */

enum rc asks_promise(struct doing *doing, struct journal *journal)
{
    struct office office;
    struct fact_id fact = {0, 0};
    const struct ask *ask = &doing->ask;
    enum rc rc = asks_check_self(doing, journal, &office);
    if (rc)
        return rc;
    if (ask->kind == ASK_SIGN_UP)
        rc = rota_sign_up(journal, &office, ask->person, shift_of(doing), &fact, &doing->why);
    else if (ask->kind == ASK_EXCUSE)
        rc = rota_excuse(journal, &office, ask->person, shift_of(doing), ask->text, &fact,
                         &doing->why);
    else
        rc = rota_seek_stand_in(journal, &office, ask->person, shift_of(doing), ask->number[1] != 0,
                                &fact, &doing->why);
    if (!rc)
        add_row(&doing->told)->id = fact;
    return rc;
}

enum rc asks_take_back(struct doing *doing, struct journal *journal)
{
    struct office office;
    struct fact_id undo;
    enum rc rc = asks_check_self(doing, journal, &office);
    return rc ? rc
              : door_undo(journal, FACT_UNDO, doing->ask.person, doing->ask.fact, &doing->now,
                          &undo);
}

/* --- its end --- */

static enum rc check_referent(struct doing *doing, struct journal *journal,
                              const struct office *office)
{
    struct db *db = journal_db(journal);
    struct lookup_shift shift;
    struct person person;
    struct mandate mandate;
    enum rc rc = find_shift(doing, db, &shift);
    if (!rc)
        rc = lookup_person(db, office->by, &person);
    if (!rc)
        rc = keys_mandate(db, journal_circles(journal), office->by, &mandate);
    if (rc)
        return rc;
    if (rota_is_referent(&person, mandate_reach(&mandate, RIGHT_ROTA), &shift)) {
        snprintf(doing->told.name, sizeof doing->told.name, "%s", shift.slot.title);
        return RC_OK;
    }
    reason_set(&doing->why, "%s", asks_no_right);
    return RC_REFUSED;
}

static void tell_promise(struct told *told, const struct lookup_promise *promise)
{
    bool is_gone = promise->outcome >= SIGN_UP_IS_EXCUSED;
    if (is_gone || told->count == TOLD_ROWS_MAX)
        return;
    struct row *row = add_row(told);
    row->id = promise->person;
    row->mark = promise->outcome == SIGN_UP_CAME || promise->arrived_ms;
    snprintf(row->title, sizeof row->title, "%s", promise->display_name);
}

enum rc asks_sign_off(struct doing *doing, struct journal *journal)
{
    struct office office;
    size_t listed = 0;
    int64_t now_ms = place_now(journal, &doing->now);
    struct db *db = journal_db(journal);
    enum rc rc = db ? asks_check_self(doing, journal, &office) : RC_IO;
    if (!rc)
        rc = check_referent(doing, journal, &office);
    if (rc)
        return rc;
    struct lookup_promise *promises = calloc(TOLD_ROWS_MAX, sizeof *promises);
    rc = promises ? lookup_promises(db, shift_of(doing), now_ms, TOLD_ROWS_MAX, promises, &listed)
                  : RC_NO_MEMORY;
    for (size_t i = 0; !rc && i < listed; i++)
        tell_promise(&doing->told, &promises[i]);
    free(promises);
    return rc;
}

enum rc asks_signed_off(struct doing *doing, struct journal *journal)
{
    struct office office;
    const struct ask *ask = &doing->ask;
    enum rc rc = asks_check_self(doing, journal, &office);
    return rc ? rc
              : rota_sign_off(journal, &office, shift_of(doing), (enum shift_enough)ask->number[1],
                              ask->text, &doing->why);
}
