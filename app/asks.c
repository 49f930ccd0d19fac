#include "app/asks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/asks_i.h"
#include "app/desk.h"
#include "firmware/base/hash.h"

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
    station_play(station, CUE_CALL);
    trace_line(station->trace, "%s", ask->kind == ASK_WELCOME ? "welcome" : "call");
}

static void speak(struct station *station, const struct ask *ask)
{
    if (!ask->number[0] && station->speaker)
        speaker_hush(station->speaker);
}

/* --- who does what --- */

static const struct {
    void (*take)(struct station *station, const struct ask *ask);
    enum rc (*run)(struct doing *doing, struct journal *journal);
} rows[ASK_COUNT] = {
    [ASK_UNDO] = {undo, NULL},
    [ASK_LEAVE] = {leave, NULL},
    [ASK_BACK] = {come_back, NULL},
    [ASK_CALL] = {call, NULL},
    [ASK_WELCOME] = {call, NULL},
    [ASK_SPEECH] = {speak, NULL},
    [ASK_PROPOSE] = {NULL, asks_propose},
    [ASK_GUESTS] = {NULL, asks_guests},
    [ASK_NAMES] = {NULL, asks_names},
    [ASK_CODE] = {asks_code, NULL},
    [ASK_LINK] = {asks_code, NULL},
    [ASK_VOUCH] = {asks_vouch, NULL},
    [ASK_PIN] = {asks_pin, NULL},
    [ASK_HERE] = {NULL, asks_list},
    [ASK_PEOPLE] = {NULL, asks_list},
    [ASK_VISITS] = {NULL, asks_list},
    [ASK_CORRECT] = {NULL, asks_correct},
    [ASK_VOID] = {NULL, asks_correct},
    [ASK_BADGES] = {NULL, asks_list},
    [ASK_UNKNOWN] = {asks_unknown, NULL},
    [ASK_GIVE] = {asks_give, NULL},
    [ASK_REPLACE] = {asks_give, NULL},
    [ASK_LOSE] = {NULL, asks_lose},
    [ASK_NEW_CODE] = {asks_new_code, NULL},
    [ASK_ENTER] = {NULL, asks_record},
    [ASK_DEPART] = {NULL, asks_record},
    [ASK_OCCASION] = {NULL, asks_occasion},
    [ASK_HEALTH] = {asks_health, NULL},
    [ASK_CLOCK] = {asks_clock, NULL},
    [ASK_SETTING] = {asks_setting, NULL},
    [ASK_RESTART] = {asks_power, NULL},
    [ASK_POWER_OFF] = {asks_power, NULL},
};

void asks_take(struct station *station, const struct ask *ask)
{
    if (!station->is_serving)
        return;
    if (rows[ask->kind].take)
        rows[ask->kind].take(station, ask);
    else if (rows[ask->kind].run)
        asks_submit(station, asks_begin(station, ask, rows[ask->kind].run));
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

static void run(struct job *job, struct journal *journal)
{
    struct doing *doing = (struct doing *)job;
    /* After a disk that refused: it may take facts again by now, and nobody taps to find out. */
    doing->rc = journal_db(journal) ? RC_OK : journal_mend(journal, &doing->now);
    if (!doing->rc)
        doing->rc = doing->run(doing, journal);
}

/* What can be mended by whoever asked comes with a sentence of its own; the rest is the disk's. */
const char *asks_why(enum rc rc, const struct reason *why)
{
    bool is_refused =
        rc == RC_REFUSED || rc == RC_NOT_FOUND || rc == RC_LIMIT || rc == RC_BAD_INPUT;
    return is_refused ? why->text
                      : WORDS_MARK("The register cannot be written now. Try again in a moment.");
}

static void say_why(struct doing *doing)
{
    if (!doing->rc)
        return;
    doing->told.how = TOLD_NO;
    snprintf(doing->told.why, sizeof doing->told.why, "%.250s", asks_why(doing->rc, &doing->why));
}

/* Who is in the house may be another number afterwards. */
static bool is_about_visits(enum ask_kind kind)
{
    return kind == ASK_ENTER || kind == ASK_DEPART || kind == ASK_CORRECT || kind == ASK_VOID;
}

static void forget(struct doing *doing)
{
    hash_forget(doing, sizeof *doing);
    free(doing);
}

static void done(struct job *job, void *context)
{
    struct doing *doing = (struct doing *)job;
    struct station *station = context;
    station->tasks--;
    say_why(doing);
    if (doing->ask.kind == ASK_NAMES && !doing->rc)
        station->names = doing->match;
    if (doing->ask.kind == ASK_OCCASION && !doing->rc)
        station_set_occasion(station, doing->told.text, doing->now.wall_ms);
    if (doing->has_badge && !doing->rc)
        strangers_remove(&station->strangers, &doing->badge);
    if (doing->has_result && !doing->rc)
        station_show(station, &doing->result.answer);
    else if (!doing->rc && is_about_visits(doing->ask.kind))
        desk_count_here(station);
    asks_tell(station, &doing->told);
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
    doing->told = (struct told){.ask = ask->kind, .how = TOLD_YES, .person = ask->person};
    doing->occasion = occasion_tap(station->occasion);
    doing->home = (enum language)station->venue.language;
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
                        .role = (int)answer->role};
    snprintf(told.name, sizeof told.name, "%s", answer->first_name);
    station->claimed = event->badge;
    station_play(station, CUE_CLAIMED);
    asks_tell(station, &told);
}
