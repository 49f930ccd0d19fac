/*
 * What a station takes from the boot partition of its card when it starts: the house's files before
 * the register is open, lists one by one while it serves, then who is staff; and how it tells what
 * could not be taken.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/around.h"
#include "app/boot_files.h"
#include "app/guides.h"
#include "app/staff_file.h"
#include "app/station_i.h"
#include "app/ui/words.h"
#include "firmware/base/log.h"

#define LOGGED 5

/* All of it on its way: to the porter, to the writer, and back, until nothing is left. */
struct boot_run {
    struct trip trip;
    struct job job;
    char root[PATH_MAX], data[PATH_MAX], welcome[PATH_MAX];
    struct clock_reading now;
    bool skips_venue; /* it was looked at before */
    struct intake_list list;
    bool has_looked;
    enum rc looked; /* what it came to */
    int next;       /* of the list */
    struct boot_item item;
    bool is_over; /* the list is at its end */
    struct boot_news *news;
    struct reason why;
};

/* --- what is told --- */

static void log_news(const struct boot_news *news)
{
    char line[PROBLEMS_LINE_BYTES];
    const struct problems *problems = &news->problems;
    for (int i = 0; i < problems->count && i < LOGGED; i++) {
        problems_write(&problems->rows[i], line);
        log_warning("on the boot partition: %s", line);
    }
    if (problems->count + problems->beyond > LOGGED)
        log_warning("on the boot partition: and %d more",
                    problems->count + problems->beyond - LOGGED);
}

static void tell_news(struct station *station, const char *reading)
{
    struct mistakes *mistakes = calloc(1, sizeof *mistakes);
    const struct boot_news *news = station->boot.news;
    if (!mistakes)
        return;
    snprintf(mistakes->reading, sizeof mistakes->reading, "%s", reading);
    int count = news ? news->problems.count : 0;
    mistakes->count = count < MISTAKES_MAX ? count : MISTAKES_MAX;
    mistakes->beyond = count - mistakes->count + (news ? news->problems.beyond : 0);
    for (int i = 0; i < mistakes->count; i++) {
        const struct problem *problem = &news->problems.rows[i];
        snprintf(mistakes->rows[i].file, sizeof mistakes->rows[i].file, "%s", problem->file);
        mistakes->rows[i].line = problem->line;
        mistakes->rows[i].said = problem->said;
    }
    bool is_told = mistakes_are_told(mistakes);
    if (is_told || station->boot.is_told) { /* else nothing is to be drawn anew */
        stage_set_mistakes(station->stage, mistakes);
        trace_line(station->trace, "card %d mistakes", mistakes->count + mistakes->beyond);
    }
    station->boot.is_told = is_told;
    free(mistakes);
}

static struct boot_news *news_of(struct station *station)
{
    if (!station->boot.news)
        station->boot.news = calloc(1, sizeof *station->boot.news);
    return station->boot.news;
}

/* --- the house's files, before anything is opened by them --- */

static struct intake_from from_of(const struct station *station, char welcome[PATH_MAX])
{
    welcome[0] = 0;
    if (station->config.venue_dir)
        snprintf(welcome, PATH_MAX, "%s/" GUIDES_FOLDER, station->config.venue_dir);
    return (struct intake_from){.root = station->config.boot,
                                .data = station->config.data,
                                .welcome = welcome[0] ? welcome : NULL};
}

/* Where the board's own file had a mistake, another one was taken for it. */
static void tell_board(struct station *station, struct boot_news *news)
{
    if (station->config.board_mistake)
        problems_add_told(&news->problems, "board.conf", station->config.board_mistake);
}

void station_take_boot_venue(struct station *station)
{
    char welcome[PATH_MAX];
    struct clock_reading now;
    struct boot_news *news = station->config.boot ? news_of(station) : NULL;
    if (!news || station->boot.has_looked)
        return;
    station->boot.has_looked = true;
    const struct intake_from from = from_of(station, welcome);
    clock_read(station->clock, &now);
    tell_board(station, news);
    station->boot.has_new_venue = boot_files_take_venue(&from, &now, news);
    if (!news->taken)
        return;
    trace_line(station->trace, "card venue");
    station_read_house_again(station);
}

/* --- lists --- */

static struct boot_run *run_of(struct job *job)
{
    return (struct boot_run *)((char *)job - offsetof(struct boot_run, job));
}

static void forget(struct boot_run *run)
{
    boot_item_close(&run->item);
    free(run->news);
    free(run);
}

static bool is_wanted(const struct boot_run *run, const struct intake_found *found)
{
    return !run->skips_venue || found->kind != INTAKE_VENUE || found->why_not;
}

/* On the porter's thread: looks once, then reads the next one that has something to say. */
static enum rc read_next(struct trip *trip, struct porter *porter)
{
    struct boot_run *run = (struct boot_run *)trip;
    const struct intake_from from = {.root = run->root,
                                     .data = run->data,
                                     .welcome = run->welcome[0] ? run->welcome : NULL,
                                     .now_ms = run->now.wall_ms};
    if (!run->has_looked)
        run->looked = boot_files_look(&from, &run->list, &run->news->problems, &run->why);
    run->has_looked = true;
    while (!run->looked && run->next < run->list.count) {
        const struct intake_found *found = &run->list.found[run->next++];
        if (!is_wanted(run, found))
            continue;
        boot_item_look(&from, found, &run->item);
        if (!boot_item_is_due(&run->item))
            continue;
        if (run->item.state == BOOT_NEW && porter_tell(porter, run->next, 0))
            return RC_GONE;
        boot_item_read(&run->item, &from);
        return RC_OK;
    }
    run->is_over = true;
    return RC_OK;
}

static void send(struct station *station, struct boot_run *run);

static bool submit(struct station *station, struct boot_run *run,
                   void (*act)(struct job *job, struct journal *journal),
                   void (*done)(struct job *job, void *context))
{
    run->job.run = act;
    run->job.done = done;
    if (!station->is_serving || writer_submit(station->writer, &run->job))
        return false;
    station->tasks++;
    return true;
}

/* The service ended meanwhile: it is all begun again with the next one. */
static void give_up(struct station *station, struct boot_run *run)
{
    station->boot.has_begun = station->boot.is_busy = false;
    tell_news(station, "");
    forget(run);
}

static void take_item(struct job *job, struct journal *journal)
{
    struct boot_run *run = run_of(job);
    boot_item_take(&run->item, run->data, journal, &run->now, run->news);
}

static void item_taken(struct job *job, void *context)
{
    struct station *station = context;
    struct boot_run *run = run_of(job);
    station->tasks--;
    boot_item_close(&run->item);
    around_look(station);
    send(station, run);
}

/* --- who is staff: behind the lists, which may name them --- */

static void take_staff_of(struct boot_run *run, const char *folder, struct journal *journal)
{
    struct reason reason = {.text = ""};
    enum rc rc = staff_file_take(folder, journal, &run->now, &reason);
    if (!rc)
        log_info("%s", reason.text);
    else if (rc != RC_EMPTY)
        problems_add_told(&run->news->problems, "staff.conf", &reason);
}

static void take_staff(struct job *job, struct journal *journal)
{
    struct boot_run *run = run_of(job);
    char beside[PATH_MAX];
    if (run->looked && run->looked != RC_EMPTY)
        return;
    take_staff_of(run, run->root, journal);
    if (!boot_files_find(run->root, "perron", beside))
        take_staff_of(run, beside, journal);
}

static void add_news(struct station *station, const struct boot_news *news)
{
    struct boot_news *all = news_of(station);
    if (!all)
        return;
    for (int i = 0; i < news->problems.count; i++)
        problems_add_reason(&all->problems, news->problems.rows[i].file,
                            news->problems.rows[i].line, &news->problems.rows[i].said);
    all->problems.beyond += news->problems.beyond;
    for (int i = 0; i < news->told.count; i++)
        boot_marks_set(&all->told, &news->told.rows[i]);
}

/* Whoever has just switched it on reads it at once; it goes home by itself. */
static void show_mistakes(struct station *station)
{
    struct ask ask;
    bool has_some = station->boot.news && station->boot.news->problems.count;
    if (has_some && strcmp(stage_scene_name(station->stage), "resting") == 0)
        stage_show(station->stage, &scene_mistakes, clock_mono_ms(station->clock), &ask);
}

static void staff_taken(struct job *job, void *context)
{
    struct station *station = context;
    struct boot_run *run = run_of(job);
    station->tasks--;
    station->boot.is_busy = false;
    if (run->looked && run->looked != RC_EMPTY)
        log_warning("nothing is read from the boot partition: %s", run->why.text);
    add_news(station, run->news);
    if (station->boot.news)
        log_news(station->boot.news);
    tell_news(station, "");
    trace_line(station->trace, "card done");
    show_mistakes(station);
    around_look(station);
    forget(run);
}

/* --- to and fro --- */

static void item_read(struct trip *trip, void *context)
{
    struct station *station = context;
    struct boot_run *run = (struct boot_run *)trip;
    bool is_sent = !trip->rc && (run->is_over ? submit(station, run, take_staff, staff_taken)
                                              : submit(station, run, take_item, item_taken));
    if (!is_sent)
        give_up(station, run);
}

static void send(struct station *station, struct boot_run *run)
{
    run->trip.carry = read_next;
    run->trip.done = item_read;
    if (porter_send(station->boot.porter, &run->trip))
        give_up(station, run);
    else
        station->boot.run = run;
}

static struct boot_run *begin(struct station *station)
{
    struct boot_run *run = calloc(1, sizeof *run);
    struct boot_news *news = calloc(1, sizeof *news);
    if (!run || !news) {
        free(run);
        free(news);
        return NULL;
    }
    run->news = news;
    run->skips_venue = station->boot.has_new_venue;
    clock_read(station->clock, &run->now);
    snprintf(run->root, sizeof run->root, "%s", station->config.boot);
    snprintf(run->data, sizeof run->data, "%s", station->config.data);
    from_of(station, run->welcome);
    return run;
}

void station_begin_boot(struct station *station)
{
    if (!station->config.boot || station->boot.has_begun)
        return;
    if (!station->boot.porter && porter_open(&station->boot.porter))
        return;
    struct boot_run *run = begin(station);
    if (!run)
        return;
    station->boot.has_begun = station->boot.is_busy = true;
    station->boot.told = 0;
    tell_news(station, "");
    send(station, run);
}

/* --- one round --- */

/* What is read now; it lies still from when that was told. */
static void tell_reading(struct station *station)
{
    int next, percent;
    porter_look(station->boot.porter, &next, &percent);
    if (!station->boot.is_busy || next <= station->boot.told || next > INTAKE_FOUND_MAX)
        return;
    station->boot.told = next;
    tell_news(station, station->boot.run->list.found[next - 1].name);
}

void station_serve_boot(struct station *station)
{
    if (!station->boot.porter)
        return;
    struct trip *trip = porter_next(station->boot.porter);
    tell_reading(station);
    if (trip)
        trip->done(trip, station);
}

int station_boot_fds(const struct station *station, struct pollfd *out_fds)
{
    if (!station->boot.porter)
        return 0;
    *out_fds = (struct pollfd){.fd = porter_fd(station->boot.porter), .events = POLLIN};
    return 1;
}

void station_close_boot(struct station *station)
{
    struct trip *trip = porter_close(station->boot.porter);
    station->boot.porter = NULL;
    if (trip)
        forget((struct boot_run *)trip);
    free(station->boot.news);
    station->boot.news = NULL;
}

/* --- put away --- */

void station_put_mistakes_away(struct station *station)
{
    struct reason reason = {.text = ""};
    struct boot_news *news = station->boot.news;
    if (!news || station->boot.is_busy)
        return;
    if (news->told.count && boot_files_put_away(station->config.data, &news->told, &reason))
        log_warning("what is wrong on the boot partition is told again: %s", reason.text);
    news->problems.count = news->problems.beyond = 0;
    tell_news(station, "");
}
