#include "app/outgoing_i.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/desk.h"
#include "app/domain/day.h"
#include "app/ui/words.h"
#include "firmware/base/log.h"

static void forget(struct outgoing *outgoing)
{
    json_decref(outgoing->status);
    free(outgoing);
}

/* --- what came of it, on the loop's thread --- */

/* First, and for so long that it can fail of itself; then the stick is let go by itself. */
static bool reads_register(enum load_work work)
{
    return work == LOAD_EXPORTS || work == LOAD_GIVES;
}

/* What a stick does has sentences of its own, without the names of files. */
static void find_why(const struct station *station, struct outgoing *outgoing)
{
    static const struct {
        enum rc rc;
        const char *text;
    } whys[] = {
        {RC_FULL, WORDS_MARK("There is not enough room on the stick. Make some, or take another "
                             "one.")},
        {RC_READ_ONLY, WORDS_MARK("The stick is write-protected. Slide its switch, or take another "
                                  "one.")},
        {RC_CORRUPT, WORDS_MARK("What was read back is not what was written: the stick is broken. "
                                "Take another one.")},
        {RC_GONE, WORDS_MARK("The stick does not answer as it should. Take another one.")},
        {RC_IO, WORDS_MARK("The stick does not answer as it should. Take another one.")},
    };
    enum rc rc = outgoing->trip.rc;
    bool is_of_register = station->load.stage == LOAD_GATHERS && rc != RC_FULL &&
                          rc != RC_READ_ONLY && reads_register(outgoing->work);
    for (size_t i = 0; !is_of_register && i < sizeof whys / sizeof whys[0]; i++)
        if (whys[i].rc == rc)
            reason_set(&outgoing->why, "%s", whys[i].text);
    if (!outgoing->why.text[0])
        reason_set(&outgoing->why, "%s", rc_text(rc));
}

static void tell_rows(struct load *load, const struct outgoing *outgoing)
{
    static const enum export_file files[LOAD_TABLES] = {[LOAD_VISITS] = EXPORT_VISITS,
                                                        [LOAD_HOURS] = EXPORT_HOURS,
                                                        [LOAD_PEOPLE] = EXPORT_PEOPLE,
                                                        [LOAD_NEWCOMERS] = EXPORT_NEWCOMERS};
    for (int i = 0; i < LOAD_TABLES; i++)
        load->rows[i] = outgoing->result.rows[files[i]];
    load->is_since = outgoing->choice.span == EXPORT_SINCE;
    load->is_sealed = outgoing->choice.seal != NULL;
    char naming[EXPORT_LIST_BYTES];
    export_list_files(outgoing->result.naming, naming);
    snprintf(load->naming, sizeof load->naming, "%.63s", naming);
    snprintf(load->folder, sizeof load->folder, "%s", outgoing->result.folder);
}

static void tell_left_out(struct load *load, const struct problems *problems)
{
    load->left_out.count = problems->count + problems->beyond;
    if (!problems->count)
        return;
    snprintf(load->left_out.file, sizeof load->left_out.file, "%s", problems->rows[0].file);
    snprintf(load->left_out.why, sizeof load->left_out.why, "%.*s",
             (int)sizeof load->left_out.why - 1, problems->rows[0].said.text);
}

static void finish(struct station *station, struct outgoing *outgoing)
{
    if (outgoing->work == LOAD_EXPORTS) {
        tell_rows(&station->load, outgoing);
        tell_left_out(&station->load, &outgoing->result.left_out);
    } else {
        snprintf(station->load.folder, sizeof station->load.folder, "%s", outgoing->name);
    }
    station_end_work(station, outgoing->work, LOAD_DONE, NULL);
    if (reads_register(outgoing->work))
        station_let_stick_go(station);
    forget(outgoing);
}

/* --- that it was taken out --- */

static struct outgoing *of_job(struct job *job)
{
    return (struct outgoing *)((char *)job - offsetof(struct outgoing, job));
}

static void note(struct job *job, struct journal *journal)
{
    struct outgoing *outgoing = of_job(job);
    const struct office office = {.by = outgoing->by, .now = outgoing->now};
    outgoing->trip.rc = mark_record(journal, &office, &outgoing->result.mark, &outgoing->why);
}

static void fail_to_note(struct station *station, struct outgoing *outgoing)
{
    log_warning("what was taken out could not be noted: %s", outgoing->why.text);
    reason_set(&outgoing->why, "%s",
               WORDS_MARK("It is on the stick, and whole; only the register could not note that. "
                          "Next time it is new once more."));
    station_end_work(station, outgoing->work, LOAD_FAILED, &outgoing->why);
    forget(outgoing);
}

static void noted(struct job *job, void *context)
{
    struct station *station = context;
    struct outgoing *outgoing = of_job(job);
    station->tasks--;
    if (outgoing->trip.rc)
        fail_to_note(station, outgoing);
    else
        finish(station, outgoing);
}

static void send_note(struct station *station, struct outgoing *outgoing)
{
    outgoing->job.run = note;
    outgoing->job.done = noted;
    clock_read(station->clock, &outgoing->now);
    if (!station->is_serving || writer_submit(station->writer, &outgoing->job)) {
        fail_to_note(station, outgoing);
        return;
    }
    station->tasks++;
    station->load.stage = LOAD_NOTES;
    station->load.percent = 100;
    station_tell_load(station);
}

static void done(struct trip *trip, void *context)
{
    struct station *station = context;
    struct outgoing *outgoing = (struct outgoing *)trip;
    bool is_awaited = station->load.work == outgoing->work;
    if (!is_awaited) { /* it was pulled out, and that was told */
        forget(outgoing);
    } else if (trip->rc == RC_GONE && station->is_load_stopped) {
        station_end_work(station, outgoing->work, LOAD_STOPPED, NULL);
        forget(outgoing);
    } else if (trip->rc) {
        log_warning("the USB stick: %s",
                    outgoing->why.text[0] ? outgoing->why.text : rc_text(trip->rc));
        find_why(station, outgoing);
        station_end_work(station, outgoing->work, LOAD_FAILED, &outgoing->why);
        forget(outgoing);
    } else if (outgoing->work == LOAD_EXPORTS && outgoing->result.mark.count) {
        send_note(station, outgoing);
    } else {
        finish(station, outgoing);
    }
}

/* --- beginning --- */

/* The last day of the month before that of `day`. */
static int end_of_month_before(int day)
{
    return day_number_add(day_first_of_month(day), -1);
}

/* What is new is known of the whole house alone; an organisation takes all that is its own. */
static void choose(struct outgoing *outgoing, enum ask_span span, int64_t now_ms)
{
    struct export_choice *choice = &outgoing->choice;
    int today = day_number(now_ms, outgoing->venue.day_end_min);
    choice->files = outgoing->venue.export.files;
    choice->profile = (enum csv_profile)outgoing->venue.export.profile;
    choice->seal = outgoing->venue.export.is_sealed ? &outgoing->venue.export.key : NULL;
    choice->span = EXPORT_PERIOD;
    choice->last_day = today;
    switch (span) {
    case ASK_SPAN_MONTH: choice->first_day = day_first_of_month(today); break;
    case ASK_SPAN_LAST_MONTH:
        choice->last_day = end_of_month_before(today);
        choice->first_day = day_first_of_month(choice->last_day);
        break;
    case ASK_SPAN_YEAR: choice->first_day = day_number_add(today - 10000, 1); break;
    case ASK_SPAN_ALL: choice->span = EXPORT_EVERYTHING; break;
    default:
        choice->span = fact_id_is_none(choice->organisation) ? EXPORT_SINCE : EXPORT_EVERYTHING;
        break;
    }
}

/* "2026-11-25_1348" */
static void write_stamp(int64_t wall_ms, char *out_text, size_t size)
{
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm local = {0};
    localtime_r(&seconds, &local);
    strftime(out_text, size, "%Y-%m-%d_%H%M", &local);
}

static void name_file(struct outgoing *outgoing, const char *begin, const char *end)
{
    char stamp[32];
    write_stamp(outgoing->now.wall_ms, stamp, sizeof stamp);
    snprintf(outgoing->name, sizeof outgoing->name, "%s_%s.%s", begin, stamp, end);
}

static void prepare_register(struct station *station, const struct ask *ask,
                             struct outgoing *outgoing)
{
    (void)station;
    outgoing->choice.organisation = ask->reach.organisation;
    choose(outgoing, (enum ask_span)ask->number[0], ask->at_ms);
}

static void prepare_roll_call(struct station *station, const struct ask *ask,
                              struct outgoing *outgoing)
{
    (void)station;
    (void)ask;
    name_file(outgoing, "roll-call", "pdf");
}

static void prepare_diagnostics(struct station *station, const struct ask *ask,
                                struct outgoing *outgoing)
{
    (void)ask;
    name_file(outgoing, "diagnostics", "txt");
    outgoing->board = *station->config.board;
    outgoing->health = machine_health_unknown();
    if (station->machine)
        machine_health(station->machine, &outgoing->health);
    outgoing->status = desk_status(station);
}

static void prepare_own_data(struct station *station, const struct ask *ask,
                             struct outgoing *outgoing)
{
    (void)station;
    outgoing->person = ask->person;
}

/* What goes out, one row per ask. */
static const struct way {
    enum load_work work;
    enum rc (*carry)(struct trip *trip, struct porter *porter);
    void (*prepare)(struct station *station, const struct ask *ask, struct outgoing *outgoing);
} ways[ASK_COUNT] = {
    [ASK_EXPORT] = {LOAD_EXPORTS, outgoing_carry_register, prepare_register},
    [ASK_PRINT] = {LOAD_PRINTS, outgoing_carry_file, prepare_roll_call},
    [ASK_DIAGNOSE] = {LOAD_DIAGNOSES, outgoing_carry_file, prepare_diagnostics},
    [ASK_OWN_DATA] = {LOAD_GIVES, outgoing_carry_own_data, prepare_own_data},
};

static void prepare(struct station *station, const struct ask *ask, struct outgoing *outgoing)
{
    const struct way *way = &ways[ask->kind];
    assert(way->carry);
    outgoing->trip.done = done;
    outgoing->trip.carry = way->carry;
    outgoing->work = way->work;
    outgoing->by = ask->by;
    outgoing->language = ask->language;
    outgoing->venue = station->venue;
    outgoing->free_bytes = station->load.info.free_bytes;
    snprintf(outgoing->data, sizeof outgoing->data, "%s", station->config.data);
    snprintf(outgoing->root, sizeof outgoing->root, "%s", station->stick_path);
    clock_read(station->clock, &outgoing->now);
    way->prepare(station, ask, outgoing);
}

const char *outgoing_begin(struct station *station, const struct ask *ask)
{
    if (ask->kind != ASK_DIAGNOSE && ask->reach.kind == REACH_NOBODY) /* it could not be read */
        return WORDS_MARK("The register cannot be written now. Try again in a moment.");
    struct outgoing *outgoing = calloc(1, sizeof *outgoing);
    if (!outgoing)
        return WORDS_MARK("The station is busy. Try again in a moment.");
    prepare(station, ask, outgoing);
    station->is_load_stopped = false;
    enum rc rc = station_send_trip(station, &outgoing->trip, outgoing->work);
    if (!rc)
        return NULL;
    forget(outgoing);
    return rc == RC_NOT_FOUND ? WORDS_MARK("There is no USB stick to put it on.")
                              : WORDS_MARK("The station is busy. Try again in a moment.");
}

void outgoing_stop(struct station *station)
{
    bool may_stop = station->load.work > LOAD_LOOKS && station->load.work != LOAD_TAKES &&
                    station->load.stage != LOAD_NOTES;
    if (!may_stop)
        return;
    station->is_load_stopped = true;
    porter_give_up(station->porter);
}
