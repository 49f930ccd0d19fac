#include "app/asks.h"
#include "app/around.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/asks_i.h"
#include "app/desk.h"
#include "app/domain/buddy.h"
#include "app/ui/words.h"
#include "firmware/base/hash.h"

/* So long the resting screen says that somebody new is here. */
#define NEWCOMER_SHOWN_MS ((int64_t)10 * 60 * 1000)

/* --- what is done at the door, at once --- */

static void undo(struct station *station, const struct ask *ask)
{
    taps_undo(station->taps, ask->person, ask->fact);
}

static void leave(struct station *station, const struct ask *ask)
{
    taps_press(station->taps, ask->person, ANSWER_DEPARTURE);
}

static void come_back(struct station *station, const struct ask *ask)
{
    taps_press(station->taps, ask->person, ANSWER_ARRIVAL);
}

static void call(struct station *station, const struct ask *ask)
{
    (void)ask;
    station_call(station);
}

/* Somebody of the house comes to whoever is here for the first time. */
static void welcome(struct station *station, const struct ask *ask)
{
    station_play(station, CUE_CALL);
    trace_line(station->trace, "welcome");
    stage_set_newcomer(station->stage, clock_mono_ms(station->clock) + NEWCOMER_SHOWN_MS);
    asks_answer(station, ask->kind, TOLD_YES, NULL);
}

static void speak(struct station *station, const struct ask *ask)
{
    if (!ask->number[0] && station->speaker)
        speaker_hush(station->speaker);
}

/* --- who does what --- */

/*
 * Whoever asks what staff may needs a right, at that moment; and one that reaches what it is about.
 * What is about ANY is everybody's to see, or keeps by itself to what ask.reach covers.
 */
#define STAFF(right_, about_) .is_staff = true, .right = (right_), .about = OFFICE_ABOUT_##about_

static const struct doer {
    void (*take)(struct station *station, const struct ask *ask);
    enum rc (*run)(struct doing *doing, struct journal *journal);
    bool is_staff;
    enum right right;
    enum office_about about;
} doers[ASK_COUNT] = {
    [ASK_UNDO] = {.take = undo},
    [ASK_LEAVE] = {.take = leave},
    [ASK_BACK] = {.take = come_back},
    [ASK_CALL] = {.take = call},
    [ASK_WELCOME] = {.take = welcome},
    [ASK_BEGIN] = {.take = asks_begin_visit},
    [ASK_RESUME] = {.take = asks_code},
    [ASK_WAY] = {.run = asks_way},
    [ASK_TELL] = {.run = asks_tell_of},
    [ASK_STEP] = {.run = asks_step},
    [ASK_CONSENT] = {.run = asks_consent},
    [ASK_MISSIONS] = {.run = asks_missions},
    [ASK_BUDDIES] = {.run = asks_buddies},
    [ASK_BUDDY] = {.run = asks_buddy},
    [ASK_BLANK] = {.take = asks_blank},
    [ASK_NEXT] = {.run = asks_next},
    [ASK_SPEECH] = {.take = speak},
    [ASK_PROPOSE] = {.run = asks_propose},
    [ASK_GUESTS] = {.run = asks_guests},
    [ASK_HELP] = {.run = asks_choose},
    [ASK_ATTEND] = {.run = asks_choose},
    [ASK_DO] = {.run = asks_do},
    [ASK_SAY] = {.run = asks_do},
    [ASK_NAMES] = {.run = asks_names},
    [ASK_CODE] = {.take = asks_code},
    [ASK_LINK] = {.take = asks_code},
    [ASK_VOUCH] = {.take = asks_vouch, STAFF(RIGHT_VOUCH, ANY)},
    [ASK_SHIFTS] = {.run = asks_shifts},
    [ASK_SHIFT] = {.run = asks_shift},
    [ASK_SIGN_UP] = {.run = asks_promise},
    [ASK_EXCUSE] = {.run = asks_promise},
    [ASK_STAND_IN] = {.run = asks_promise},
    [ASK_TAKE_BACK] = {.run = asks_take_back},
    [ASK_SIGN_OFF] = {.run = asks_sign_off},
    [ASK_SIGNED_OFF] = {.run = asks_signed_off},
    [ASK_MINE] = {.run = asks_mine},
    [ASK_MY_HOURS] = {.run = asks_my_hours},
    [ASK_MY_VISITS] = {.run = asks_my_visits},
    [ASK_MY_TIMES] = {.run = asks_my_times},
    [ASK_PROXY] = {.take = asks_proxy},
    [ASK_CIRCLES] = {.run = asks_circles},
    [ASK_CIRCLE] = {.run = asks_intend},
    [ASK_PAUSE] = {.run = asks_intend},
    [ASK_PRIVATE] = {.run = asks_intend},
    [ASK_DISCREET] = {.run = asks_intend},
    [ASK_CALENDAR] = {.run = asks_calendar, STAFF(RIGHT_ROTA, ANY)},
    [ASK_PLANNED] = {.run = asks_planned, STAFF(RIGHT_ROTA, OCCASION)},
    [ASK_LEFT] = {.run = asks_left, STAFF(RIGHT_ROTA, OCCASION)},
    [ASK_PROMISES] = {.run = asks_promises, STAFF(RIGHT_ROTA, OCCASION)},
    [ASK_ADD] = {.run = asks_add, STAFF(RIGHT_OCCASION, ANY)},
    [ASK_CALL_OFF] = {.run = asks_set_state, STAFF(RIGHT_OCCASION, OCCASION)},
    [ASK_KEEP_ON] = {.run = asks_set_state, STAFF(RIGHT_OCCASION, OCCASION)},
    [ASK_PROPOSALS] = {.run = asks_proposals, STAFF(RIGHT_CORRECT, ANY)},
    [ASK_ACCEPT] = {.run = asks_accept, STAFF(RIGHT_CORRECT, PROPOSAL)},
    [ASK_BALANCES] = {.run = asks_balances, STAFF(RIGHT_ROTA, ANY)},
    [ASK_NEWCOMERS] = {.run = asks_newcomers, STAFF(RIGHT_BADGES, ANY)},
    [ASK_TOTALS] = {.run = asks_totals, STAFF(RIGHT_ROTA, ANY)},
    [ASK_PIN] = {.take = asks_pin},
    [ASK_HERE] = {.run = asks_list, STAFF(RIGHT_ROLL_CALL, ANY)},
    [ASK_PEOPLE] = {.run = asks_list, STAFF(RIGHT_BADGES, ANY)},
    [ASK_VISITS] = {.run = asks_list, STAFF(RIGHT_CORRECT, PERSON)},
    [ASK_CORRECT] = {.run = asks_correct, STAFF(RIGHT_CORRECT, VISIT)},
    [ASK_VOID] = {.run = asks_correct, STAFF(RIGHT_CORRECT, VISIT)},
    [ASK_BADGES] = {.run = asks_list, STAFF(RIGHT_BADGES, PERSON)},
    [ASK_UNKNOWN] = {.take = asks_unknown, STAFF(RIGHT_BADGES, ANY)},
    [ASK_GIVE] = {.take = asks_give, STAFF(RIGHT_BADGES, PERSON)},
    [ASK_REPLACE] = {.take = asks_give, STAFF(RIGHT_BADGES, PERSON)},
    [ASK_LOSE] = {.run = asks_lose, STAFF(RIGHT_BADGES, PERSON)},
    [ASK_NEW_CODE] = {.take = asks_new_code, STAFF(RIGHT_BADGES, PERSON)},
    [ASK_ENTER] = {.run = asks_record, STAFF(RIGHT_VOUCH, PERSON)},
    [ASK_DEPART] = {.run = asks_record, STAFF(RIGHT_VOUCH, PERSON)},
    [ASK_OCCASION] = {.run = asks_occasion, STAFF(RIGHT_OCCASION, HOUSE)},
    [ASK_HEALTH] = {.take = asks_health, STAFF(RIGHT_MACHINE, HOUSE)},
    [ASK_CLOCK] = {.take = asks_clock, STAFF(RIGHT_MACHINE, HOUSE)},
    [ASK_SETTING] = {.take = asks_setting, STAFF(RIGHT_MACHINE, HOUSE)},
    [ASK_RESTART] = {.take = asks_power, STAFF(RIGHT_MACHINE, HOUSE)},
    [ASK_POWER_OFF] = {.take = asks_power, STAFF(RIGHT_MACHINE, HOUSE)},
    [ASK_PUT_AWAY] = {.take = asks_put_away, STAFF(RIGHT_MACHINE, HOUSE)},
    [ASK_UPDATE] = {.take = updating_tell, STAFF(RIGHT_MACHINE, HOUSE)},
    [ASK_INSTALL] = {.take = updating_install, STAFF(RIGHT_MACHINE, HOUSE)},
    [ASK_OUTLOOK] = {.run = asks_outlook, STAFF(RIGHT_ROLES, HOUSE)},
    [ASK_ERASE] = {.run = asks_erase, STAFF(RIGHT_ROLES, HOUSE)},
    [ASK_STICK] = {.run = asks_stick, STAFF(RIGHT_EXPORT, ANY)},
    [ASK_SEEN] = {.take = asks_seen, STAFF(RIGHT_EXPORT, ANY)},
    [ASK_LET_GO] = {.take = asks_let_go, STAFF(RIGHT_EXPORT, ANY)},
    [ASK_EXPORT] = {.take = asks_carry_out, STAFF(RIGHT_EXPORT, ANY)},
    [ASK_PRINT] = {.take = asks_carry_out, STAFF(RIGHT_EXPORT, HOUSE)},
    [ASK_DIAGNOSE] = {.take = asks_carry_out, STAFF(RIGHT_EXPORT, ANY)},
    [ASK_OWN_DATA] = {.take = asks_carry_out, STAFF(RIGHT_EXPORT, HOUSE)},
    [ASK_STOP] = {.take = asks_stop, STAFF(RIGHT_EXPORT, ANY)},
    [ASK_FOUND] = {.take = asks_found, STAFF(RIGHT_EXPORT, HOUSE)},
    [ASK_PREVIEW] = {.take = asks_carry_in, STAFF(RIGHT_EXPORT, HOUSE)},
    [ASK_TAKE_IN] = {.take = asks_carry_in, STAFF(RIGHT_EXPORT, HOUSE)},
};

void asks_take(struct station *station, const struct ask *ask)
{
    const struct doer *doer = &doers[ask->kind];
    if (!station->is_serving)
        return;
    if (doer->is_staff && fact_id_is_none(ask->by))
        asks_answer(station, ask->kind, TOLD_NO, asks_no_right);
    else if (doer->take && !doer->is_staff)
        doer->take(station, ask);
    else if (doer->take || doer->run)
        asks_submit(station, asks_begin(station, ask, doer->run));
}

void asks_take_late(struct station *station)
{
    struct ask ask;
    stage_take_ask(station->stage, &ask);
    asks_take(station, &ask);
}

/* --- telling --- */

void asks_tell(struct station *station, const struct told *told)
{
    struct ask ask;
    stage_told(station->stage, told, clock_mono_ms(station->clock), &ask);
    asks_take(station, &ask);
}

void asks_answer(struct station *station, enum ask_kind ask, enum told_how how, const char *why)
{
    struct told told = {.ask = ask, .how = how};
    snprintf(told.why, sizeof told.why, "%s", why ? why : "");
    asks_tell(station, &told);
}

/* --- to the writer and back --- */

/* May they, and how far? The one place that asks so for what staff ask. */
static enum rc check_right(struct doing *doing, struct journal *journal, const struct doer *doer)
{
    const struct office office = {.by = doing->ask.by, .now = doing->now};
    bool is_person = doer->about == OFFICE_ABOUT_PERSON;
    enum rc rc = office_reach(journal, &office, doer->right, &doing->ask.reach, &doing->why);
    return rc ? rc
              : office_check_reach(journal, &doing->ask.reach, doer->about,
                                   is_person ? doing->ask.person : doing->ask.fact, &doing->why);
}

static void run(struct job *job, struct journal *journal)
{
    struct doing *doing = (struct doing *)job;
    /* After a disk that refused: it may take facts again by now, and nobody taps to find out. */
    doing->rc = journal_db(journal) ? RC_OK : journal_mend(journal, &doing->now);
    if (!doing->rc && doers[doing->ask.kind].is_staff)
        doing->rc = check_right(doing, journal, &doers[doing->ask.kind]);
    if (!doing->rc && doing->run)
        doing->rc = doing->run(doing, journal);
    /* A register that cannot be read must not keep who opened staff mode from restarting. */
    if (!doing->run && doing->rc != RC_REFUSED && doing->rc != RC_NOT_FOUND)
        doing->rc = RC_OK;
}

/* What can be mended by whoever asked comes with a sentence of its own; the rest is the disk's. */
const char *asks_why(enum rc rc, const struct reason *why)
{
    bool is_refused =
        rc == RC_REFUSED || rc == RC_NOT_FOUND || rc == RC_LIMIT || rc == RC_BAD_INPUT;
    return is_refused ? why->text
                      : WORDS_MARK("The register cannot be written now. Try again in a moment.");
}

/* Then its text is no source text, and is said once for all in the language of who asked. */
static bool has_values(const struct reason *why)
{
    return why->saying.count && strcmp(why->saying.source, "%s") != 0;
}

static void say_why(struct doing *doing)
{
    if (!doing->rc)
        return;
    const char *why = asks_why(doing->rc, &doing->why);
    char said[sizeof doing->told.why * 2];
    if (why == doing->why.text && has_values(&doing->why))
        why = words_reason(doing->ask.language, &doing->why, said, sizeof said);
    doing->told.how = TOLD_NO;
    asks_copy(doing->told.why, sizeof doing->told.why, why);
}

/* Who is in the house may be another number afterwards. */
static bool is_about_visits(enum ask_kind kind)
{
    return kind == ASK_ENTER || kind == ASK_DEPART || kind == ASK_CORRECT || kind == ASK_VOID ||
           kind == ASK_ERASE;
}

/* And so may be what is on, and where hands are needed. */
static bool is_about_hands(enum ask_kind kind)
{
    return kind == ASK_SIGN_UP || kind == ASK_EXCUSE || kind == ASK_STAND_IN ||
           kind == ASK_TAKE_BACK || kind == ASK_MY_TIMES || kind == ASK_ADD ||
           kind == ASK_CALL_OFF || kind == ASK_KEEP_ON || kind == ASK_ACCEPT ||
           kind == ASK_OCCASION || kind == ASK_PROXY || kind == ASK_RESUME;
}

static void forget(struct doing *doing)
{
    hash_forget(doing, sizeof *doing);
    free(doing);
}

/* Somebody of the house is with the newcomer, or their visit's pages are over. */
static bool is_met(const struct ask *ask)
{
    return (ask->kind == ASK_BUDDY && ask->number[0] == BUDDY_TAKEN) ||
           (ask->kind == ASK_STEP && ask->number[0] == GUIDE_NEXT);
}

/* What the station itself becomes by what is in the register now. */
static void take_effect(struct station *station, const struct doing *doing)
{
    if (doing->ask.kind == ASK_NAMES)
        station->names = doing->match;
    if (doing->ask.kind == ASK_OCCASION)
        station_set_occasion(station, doing->told.text, doing->now.wall_ms);
    if (doing->ask.kind == ASK_STICK)
        station_take_stick(station);
    if (doing->ask.kind == ASK_SETTING)
        station_set_level(station, doing->ask.text, doing->ask.number[0]);
    if (doing->ask.kind == ASK_BUDDY && doing->ask.number[0] == BUDDY_ASKED)
        station_play(station, CUE_CALL);
    if (is_met(&doing->ask))
        stage_set_newcomer(station->stage, 0);
    if (doing->has_badge)
        strangers_remove(&station->strangers, &doing->badge);
    if (doing->has_result && doing->result.answer.has_deed)
        taps_tell(station->taps, &doing->result.answer);
    if (doing->has_result)
        station_show(station, &doing->result.answer);
    else if (is_about_visits(doing->ask.kind) || is_about_hands(doing->ask.kind))
        around_look(station);
}

static void done(struct job *job, void *context)
{
    struct doing *doing = (struct doing *)job;
    struct station *station = context;
    station->tasks--;
    say_why(doing);
    if (!doing->rc && !doing->run) { /* they may, and it is done here */
        doers[doing->ask.kind].take(station, &doing->ask);
    } else {
        if (!doing->rc)
            take_effect(station, doing);
        asks_tell(station, &doing->told);
    }
    forget(doing);
}

struct doing *asks_begin(struct station *station, const struct ask *ask,
                         enum rc (*function)(struct doing *doing, struct journal *journal))
{
    struct doing *doing = calloc(1, sizeof *doing);
    if (!doing)
        return NULL;
    doing->job.run = run;
    doing->job.done = done;
    doing->run = function;
    doing->ask = *ask;
    doing->has_ink = ask->ink != NULL;
    if (ask->ink)
        doing->ink = *ask->ink;
    doing->ask.ink = NULL; /* the page's own */
    doing->ask.reach = (struct reach){.kind = REACH_NOBODY};
    doing->told = (struct told){.ask = ask->kind,
                                .how = TOLD_YES,
                                .person = ask->person,
                                .fact = ask->fact,
                                .number = ask->number[0]};
    doing->occasion = station->occasion;
    doing->home = (enum language)station->venue.language;
    doing->is_sealed = station->venue.export.is_sealed;
    clock_read(station->clock, &doing->now);
    return doing;
}

void asks_submit(struct station *station, struct doing *doing)
{
    if (doing && !writer_submit(station->writer, &doing->job)) {
        station->tasks++;
        return;
    }
    if (doing) {
        asks_answer(station, doing->ask.kind, TOLD_NO,
                    WORDS_MARK("The station is busy. Try again in a moment."));
        forget(doing);
    }
}

/* --- badges that the screen asked for --- */

void asks_claimed(struct station *station, const struct taps_event *event)
{
    const struct answer *answer = &event->answer;
    struct told told = {.ask = ASK_NOTHING,
                        .how = TOLD_CLAIMED,
                        .person = answer->person,
                        .rights = answer->rights,
                        .house_rights = answer->house_rights,
                        .has_pin = answer->has_pin};
    snprintf(told.name, sizeof told.name, "%s", answer->first_name);
    station->claimed = event->badge;
    station_play(station, CUE_CLAIMED);
    asks_tell(station, &told);
}
