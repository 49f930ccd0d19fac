#include "app/station.h"
#include "app/around.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "app/asks.h"
#include "app/desk.h"
#include "app/desk_staff.h"
#include "app/station_i.h"
#include "firmware/base/log.h"
#include "firmware/port/watchdog.h"

#define STATION_CLOCK_LOOK_MS 1000
#define STATION_JUMP_MS 1000
#define STATION_FDS_MAX (4 + 1 + CONTROL_CLIENTS + WINDOW_FDS_MAX + STATION_STICK_FDS + 1)

/* --- what an answer sounds and looks like --- */

static enum cue cue_of(const struct answer *answer)
{
    static const enum cue cues[ANSWER_COUNT] = {
        [ANSWER_WITHDRAWN] = CUE_CALL,
        [ANSWER_UNKNOWN] = CUE_UNKNOWN,
        [ANSWER_NOT_RECORDED] = CUE_NOT_RECORDED,
        [ANSWER_ARRIVAL_FORGOTTEN] = CUE_ARRIVAL,
        [ANSWER_ALREADY_IN] = CUE_QUESTION,
        [ANSWER_DEPARTURE] = CUE_DEPARTURE,
        [ANSWER_ASKS] = CUE_QUESTION,
        [ANSWER_HAS_LEFT] = CUE_QUESTION,
        [ANSWER_ARRIVAL] = CUE_ARRIVAL,
    };
    return answer->has_deed ? CUE_ARRIVAL : cues[answer->kind];
}

void station_play(struct station *station, enum cue cue)
{
    cue_play(station->cues, cue, clock_mono_ms(station->clock));
}

/* --- badges --- */

static enum tap_claim claim_of(enum scene_claim claim)
{
    static const enum tap_claim claims[] = {
        [SCENE_CLAIMS_NONE] = TAP_CLAIM_NONE,   [SCENE_CLAIMS_HOST] = TAP_CLAIM_HOST,
        [SCENE_CLAIMS_STAFF] = TAP_CLAIM_STAFF, [SCENE_CLAIMS_KNOWN] = TAP_CLAIM_KNOWN,
        [SCENE_CLAIMS_ANY] = TAP_CLAIM_ANY,     [SCENE_CLAIMS_BLANK] = TAP_CLAIM_BLANK,
        [SCENE_CLAIMS_ROW] = TAP_CLAIM_ONE,
    };
    return claims[claim];
}

static void take_tag(struct station *station, const char *text)
{
    struct badge badge;
    if (badge_from_reader(text, &badge)) {
        log_warning("the reader gave something that is no badge number; it was passed over");
        return;
    }
    trace_line(station->trace, "badge"); /* before the writer can be faster than this line */
    if (!taps_badge(station->taps, &badge, claim_of(stage_claims(station->stage)),
                    stage_claims_of(station->stage))) {
        trace_line(station->trace, "held");
        return;
    }
    stage_seen(station->stage, clock_mono_ms(station->clock));
    station_play(station, CUE_SEEN);
    trace_line(station->trace, "seen");
}

static void take_reader_event(struct station *station, const struct reader_event *event)
{
    switch (event->kind) {
    case READER_TAG: take_tag(station, event->text); break;
    case READER_LEFT: taps_left(station->taps); break;
    case READER_READY:
        log_info("the badge reader is ready: %s", event->text);
        station->is_reader_resting = false;
        break;
    case READER_RESTING:
        log_warning("the badge reader is resting: %s", event->text);
        station->is_reader_resting = true;
        taps_left(station->taps);
        break;
    }
    if (event->kind == READER_READY || event->kind == READER_RESTING) {
        trace_line(station->trace, "reader %s", station->is_reader_resting ? "resting" : "ready");
        memcpy(station->reader_text, event->text, sizeof station->reader_text);
        stage_set_reader_resting(station->stage, station->is_reader_resting);
    }
}

static void serve_reader(struct station *station)
{
    struct reader_event event;
    while (!reader_next(station->reader, clock_mono_ms(station->clock), &event))
        take_reader_event(station, &event);
}

/* --- answers --- */

void station_show(struct station *station, const struct answer *answer)
{
    int64_t now_ms = clock_mono_ms(station->clock);
    struct answer shown = *answer;
    if (fact_id_is_none(answer->person)) /* nobody's badge brings no language with it */
        shown.language = stage_language(station->stage);
    stage_answer(station->stage, &shown, now_ms);
    station_play(station, cue_of(answer));
    trace_line(station->trace, "answer %s", answer_name(answer->kind));
    if (answer->here || answer->kind == ANSWER_DEPARTURE) {
        station->here = answer->here;
        stage_set_here(station->stage, answer->here);
    }
    if (station->has_quorum || answer->occasion == OCCASION_ASSEMBLY)
        around_look(station);
}

static void take_answer(struct station *station, const struct taps_event *event)
{
    struct clock_reading now;
    struct answer answer = event->answer;
    if (answer.kind == ANSWER_CLAIMED) {
        trace_line(station->trace, "answer claimed");
        asks_claimed(station, event);
        return;
    }
    clock_read(station->clock, &now);
    if (answer.kind == ANSWER_UNKNOWN)
        answer.stranger = strangers_add(&station->strangers, &event->badge, now.wall_ms);
    station_show(station, &answer);
}

static void serve_taps(struct station *station)
{
    struct taps_event event;
    while (!taps_next(station->taps, &event)) {
        int64_t now_ms = clock_mono_ms(station->clock);
        switch (event.kind) {
        case TAPS_MOMENT: stage_moment(station->stage, now_ms); break;
        case TAPS_ANSWER: take_answer(station, &event); break;
        case TAPS_UNDONE:
            stage_undone(station->stage, event.answer.fact, now_ms);
            trace_line(station->trace, "undone");
            around_look(station);
            break;
        }
    }
}

static void serve_writer(struct station *station)
{
    struct job *job;
    while ((job = writer_next(station->writer)))
        job->done(job, station);
}

/* --- PINs and codes --- */

static void serve_secrets(struct station *station)
{
    struct secrets_event event;
    if (secrets_next(station->secrets, &event))
        return;
    bool is_heard = desk_staff_hear(station, &event) || asks_hear(station, &event);
    hash_forget(event.made, sizeof event.made);
    if (is_heard)
        return;
    trace_line(station->trace, "secret %s",
               event.rc         ? "not tried"
               : event.is_right ? "right"
                                : "wrong");
}

/* --- touches --- */

static void type(struct station *station, const char *text)
{
    struct ask ask;
    stage_type(station->stage, text, clock_mono_ms(station->clock), &ask);
    asks_take(station, &ask);
}

static void press_key(struct station *station, enum window_key key)
{
    static const char *const texts[] = {[WINDOW_KEY_BACKSPACE] = "\b", [WINDOW_KEY_RETURN] = "\n"};
    if (key < sizeof texts / sizeof texts[0])
        type(station, texts[key]);
}

static void serve_window(struct station *station)
{
    struct window_event event;
    int64_t now_ms = clock_mono_ms(station->clock);
    if (station->wake && input_wake_drain(station->wake))
        window_stir(station->window, now_ms);
    window_set_typing(station->window, stage_is_typing(station->stage));
    while (window_poll(station->window, now_ms, &event) == RC_OK) {
        struct ask ask = {.kind = ASK_NOTHING};
        switch (event.kind) {
        case WINDOW_TOUCH:
            stage_touch(station->stage, event.phase, event.x, event.y,
                        clock_mono_ms(station->clock), &ask);
            asks_take(station, &ask);
            break;
        case WINDOW_TRAY: desk_tap_tray(station, event.tray); break;
        case WINDOW_TEXT: type(station, event.text); break;
        case WINDOW_KEY: press_key(station, event.key); break;
        case WINDOW_EXPOSED: station->is_exposed = true; break;
        case WINDOW_LOST: station_lose_screen(station); break;
        case WINDOW_QUIT: station->is_stopping = true; break;
        }
    }
}

/* --- the clock --- */

/* A clock that was set, or became trusted, is a fact: it moves what this boot recorded before. */
static void look_at_clock(struct station *station)
{
    struct clock_reading now;
    clock_read(station->clock, &now);
    station->clock_look_ms = now.mono_ms + STATION_CLOCK_LOOK_MS;
    stage_set_clock(station->stage, now.wall_ms, now.trust != CLOCK_UNSET);
    station_look_at_day(station, &now);
    int64_t offset_ms = now.wall_ms - now.mono_ms;
    int64_t moved_ms = llabs(offset_ms - station->clock_offset_ms);
    bool is_better = now.trust > station->clock_trust;
    bool is_moved = moved_ms > STATION_JUMP_MS && now.trust != CLOCK_UNSET;
    station->clock_offset_ms = offset_ms;
    station->clock_trust = now.trust;
    if (!is_better && !is_moved)
        return;
    log_info("the clock was set: it moved by %lld s", (long long)(moved_ms / 1000));
    trace_line(station->trace, "clock set");
    taps_set_clock(station->taps);
    around_look(station); /* another time, another end of the day */
}

/* --- one round --- */

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t due_ms(const struct station *station)
{
    int64_t due = earlier(cue_due_ms(station->cues), stage_due_ms(station->stage));
    due = earlier(due, watchdog_due_ms(station->config.watchdog));
    due = earlier(due, window_due_ms(station->window, clock_mono_ms(station->clock)));
    if (station->has_lost_screen)
        due = earlier(due, station->screen_retry_ms);
    if (station->control)
        due = earlier(due, control_due_ms(station->control));
    due = earlier(due, station_stick_due_ms(station));
    due = earlier(due, station_pins_due_ms(station));
    if (!station->is_serving)
        return earlier(due, station->retry_ms);
    due = earlier(due, reader_due_ms(station->reader));
    due = earlier(due, taps_due_ms(station->taps));
    if (station->machine)
        due = earlier(due, machine_due_ms(station->machine));
    due = earlier(due, updating_due_ms(station));
    return earlier(due, station->clock_look_ms);
}

/* Sleeps until something is readable or due, at most `wait_ms`. False: it cannot be waited. */
static bool wait_for_something(struct station *station, int wait_ms)
{
    struct pollfd fds[STATION_FDS_MAX];
    int count = station->control ? control_fds(station->control, fds) : 0;
    count += window_fds(station->window, fds + count);
    count += station_stick_fds(station, fds + count);
    if (station->pins && pins_fd(station->pins) >= 0)
        fds[count++] = (struct pollfd){.fd = pins_fd(station->pins), .events = POLLIN};
    count += station_boot_fds(station, fds + count);
    if (station->is_serving) {
        int sources[] = {reader_fd(station->reader), writer_fd(station->writer),
                         secrets_fd(station->secrets)};
        for (unsigned i = 0; i < sizeof sources / sizeof sources[0]; i++)
            if (sources[i] >= 0)
                fds[count++] = (struct pollfd){.fd = sources[i], .events = POLLIN};
    }
    int64_t left_ms = due_ms(station) - clock_mono_ms(station->clock);
    if (left_ms < wait_ms)
        wait_ms = left_ms > 0 ? (int)left_ms : 0;
    return poll(fds, (nfds_t)count, wait_ms) >= 0 || errno == EINTR;
}

static void serve(struct station *station)
{
    serve_reader(station);
    serve_writer(station);
    serve_taps(station);
    serve_secrets(station);
    asks_take_late(station);
    asks_hear_machine(station);
    updating_serve(station);
    if (clock_mono_ms(station->clock) < station->clock_look_ms)
        return;
    look_at_clock(station);
    if (!folder_has_its_database(station->folder))
        station_lose_register(station);
}

/* To who wanted it: what stands on the screen now. */
static void read_aloud(struct station *station)
{
    enum language language;
    const char *text = stage_take_speech(station->stage, &language);
    if (text && station->speaker)
        (void)!speaker_say(station->speaker, text, language_code(language));
}

enum rc station_step(struct station *station, int wait_ms)
{
    bool is_well = wait_for_something(station, wait_ms);
    if (station->is_serving)
        serve(station);
    else if (clock_mono_ms(station->clock) >= station->retry_ms)
        station_try_to_serve(station);
    station_serve_pins(station);
    station_serve_stick(station);
    station_serve_boot(station);
    station_find_screen(station);
    serve_window(station);
    if (station->control)
        desk_serve(station);
    cue_step(station->cues, clock_mono_ms(station->clock));
    station_draw(station);
    read_aloud(station);
    if (is_well)
        watchdog_turn(station->config.watchdog, clock_mono_ms(station->clock));
    return station->is_stopping ? RC_GONE : RC_OK;
}

void station_touch(struct station *station, int phase, double x, double y)
{
    struct ask ask;
    const struct board *board = station->config.board;
    stage_touch(station->stage, (enum stage_touch)phase, x * board->width_px / board->width_mm,
                y * board->height_px / board->height_mm, clock_mono_ms(station->clock), &ask);
    asks_take(station, &ask);
}

enum rc station_press(struct station *station, const char *button)
{
    struct ask ask;
    enum rc rc = stage_press(station->stage, button, clock_mono_ms(station->clock), &ask);
    if (!rc)
        asks_take(station, &ask);
    return rc;
}

bool station_is_serving(const struct station *station)
{
    return station->is_serving;
}

bool station_is_idle(const struct station *station)
{
    return (!station->is_serving ||
            (taps_is_idle(station->taps) && secrets_is_idle(station->secrets))) &&
           station->tasks == 0 && !porter_is_under_way(station->porter) &&
           !porter_is_under_way(station->boot.porter) &&
           !stage_is_changed(station->stage, clock_mono_ms(station->clock));
}
