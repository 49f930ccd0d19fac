#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/store/snapshot.h"
#include "app/store/welcome.h"
#include "app/ui/stage.h"
#include "tests/support/player_i.h"

/* --- the screen --- */

enum rc player_expect_scene(struct player *player, const char *what)
{
    const char *there = station_scene(player->station);
    return strcmp(there, what) == 0 ? RC_OK : player_fail(player, what, there);
}

enum rc player_expect_page(struct player *player, const char *what)
{
    const struct page *page = stage_page(station_stage(player->station));
    const char *there = page->scene ? page->scene->name : "none";
    return strcmp(there, what) == 0 ? RC_OK : player_fail(player, what, there);
}

enum rc player_expect_language(struct player *player, const char *what)
{
    const char *there = language_code(stage_language(station_stage(player->station)));
    return strcmp(there, what) == 0 ? RC_OK : player_fail(player, what, there);
}

enum rc player_expect_typed(struct player *player, const char *what)
{
    const struct page *page = stage_page(station_stage(player->station));
    const char *text = page_text(page, page->field), *there = text[0] ? text : "nothing";
    return strcmp(there, what) == 0 ? RC_OK : player_fail(player, what, there);
}

static bool has_button(const struct player *player, const char *name)
{
    const struct target *targets;
    int count = stage_targets(station_stage(player->station), &targets);
    for (int i = 0; i < count; i++)
        if (strcmp(targets[i].name, name) == 0)
            return true;
    return false;
}

enum rc player_expect_button(struct player *player, const char *what)
{
    return has_button(player, what) ? RC_OK : player_fail(player, "a button", "none of that name");
}

enum rc player_expect_no_button(struct player *player, const char *what)
{
    return has_button(player, what) ? player_fail(player, "no button", what) : RC_OK;
}

/* A story is written with plain spaces. */
static void plain_spaces(char *text)
{
    static const char *const kinds[] = {"\u00a0", "\u202f"};
    for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        for (char *at = text; at && (at = strstr(at, kinds[i]));) {
            size_t length = strlen(kinds[i]);
            *at++ = ' ';
            memmove(at, at + length - 1, strlen(at + length - 1) + 1);
        }
}

/* All that can be read, a line each; free it. */
static char *read_screen(const struct player *player)
{
    const struct canvas_mark *marks;
    char *text = NULL;
    size_t size;
    FILE *lines = open_memstream(&text, &size);
    int count = canvas_marks(station_canvas(player->station), &marks);
    for (int i = 0; lines && i < count; i++)
        if (!marks[i].is_control)
            fprintf(lines, "%s\n", marks[i].text);
    if (lines)
        fclose(lines);
    plain_spaces(text);
    return text;
}

static enum rc look_for_text(struct player *player, const char *what, bool is_expected)
{
    char *there = read_screen(player);
    if (strcmp(what, "noted") == 0)
        what = player->told;
    bool is_there = there && strstr(there, what);
    enum rc rc = is_there == is_expected ? RC_OK : player_fail(player, what, there);
    free(there);
    return rc;
}

enum rc player_expect_text(struct player *player, const char *what)
{
    return look_for_text(player, what, true);
}

enum rc player_expect_no_text(struct player *player, const char *what)
{
    return look_for_text(player, what, false);
}

enum rc player_expect_touches(struct player *player, const char *what)
{
    char count[32], told[80];
    snprintf(count, sizeof count, "%d", player->touches);
    snprintf(told, sizeof told, "%s beside typing; bar: %.12s", count, what);
    player_tell(player, "touches", told);
    bool is_more = player->touches > atoi(what);
    player->touches = 0;
    return is_more ? player_fail(player, "no more touches than that", count) : RC_OK;
}

/* --- the register --- */

struct reading {
    int count;
    int wanted; /* the visit to write down, from 1 */
    char text[256];
};

static const char *hour_of(int64_t wall_ms, char out_text[16])
{
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm local;
    localtime_r(&seconds, &local);
    strftime(out_text, 16, "%H:%M", &local);
    return out_text;
}

/* "Zoé 13:48 tap 16:00 corrected +2+1": who, from when, until when, guests. */
static enum rc write_visit(void *context, const struct snapshot_visit *row)
{
    struct reading *reading = context;
    const struct visit *visit = &row->visit;
    char from[16], to[16];
    if (++reading->count != reading->wanted)
        return RC_OK;
    size_t size = sizeof reading->text;
    size_t used =
        (size_t)snprintf(reading->text, size, "%s %s %s", row->person.first_name,
                         hour_of(visit->arrived_ms, from), presence_how_name(visit->how_in));
    if (visit->how_out != PRESENCE_OPEN)
        used += (size_t)snprintf(reading->text + used, size - used, " %s %s",
                                 hour_of(visit->left_ms, to), presence_how_name(visit->how_out));
    if (visit->guests || visit->children)
        snprintf(reading->text + used, size - used, " +%d+%d", visit->guests, visit->children);
    return RC_OK;
}

static enum rc list_visits(struct snapshot *snapshot, int64_t now_ms, struct reading *reading)
{
    return snapshot_visits(snapshot, INT64_MIN, INT64_MAX, now_ms, write_visit, reading);
}

/* One moment of the register, listed. */
static enum rc read_register(struct player *player,
                             enum rc (*list)(struct snapshot *snapshot, int64_t now_ms,
                                             struct reading *reading),
                             struct reading *reading)
{
    char path[512];
    struct snapshot *snapshot;
    struct clock_reading now;
    clock_read(player->clock, &now);
    snprintf(path, sizeof path, "%s/perron.db", player->config->data);
    enum rc rc = snapshot_open(path, &snapshot, player->reason);
    if (rc)
        return rc;
    rc = list(snapshot, now.wall_ms, reading);
    snapshot_close(snapshot);
    return rc;
}

/* "3": so many of them. */
static enum rc expect_count(struct player *player, const char *what, const char *expected,
                            enum rc (*list)(struct snapshot *snapshot, int64_t now_ms,
                                            struct reading *reading))
{
    char there[32];
    struct reading reading = {.count = 0};
    enum rc rc = read_register(player, list, &reading);
    if (rc)
        return rc;
    snprintf(there, sizeof there, "%d", reading.count);
    return strcmp(there, what) == 0 ? RC_OK : player_fail(player, expected, there);
}

/* "2 Zoé ...": the second is that one. */
static enum rc expect_row(struct player *player, const char *what,
                          enum rc (*list)(struct snapshot *snapshot, int64_t now_ms,
                                          struct reading *reading))
{
    char *rest;
    struct reading reading = {.wanted = (int)strtol(what, &rest, 10)};
    enum rc rc = read_register(player, list, &reading);
    if (rc)
        return rc;
    return *rest == ' ' && strcmp(reading.text, rest + 1) == 0
               ? RC_OK
               : player_fail(player, what, reading.text);
}

enum rc player_expect_visits(struct player *player, const char *what)
{
    return expect_count(player, what, "another number of visits expected", list_visits);
}

enum rc player_expect_visit(struct player *player, const char *what)
{
    return expect_row(player, what, list_visits);
}

enum rc player_expect_here(struct player *player, const char *what)
{
    char there[32];
    snprintf(there, sizeof there, "%d", station_here(player->station));
    return strcmp(there, what) == 0
               ? RC_OK
               : player_fail(player, "another number of people expected", there);
}

/* --- first visits --- */

static enum rc write_newcomer(void *context, const struct welcome_row *row)
{
    struct reading *reading = context;
    if (++reading->count == reading->wanted)
        snprintf(reading->text, sizeof reading->text, "%s same %d", row->full_name, row->same_name);
    return RC_OK;
}

static enum rc list_newcomers(struct snapshot *snapshot, int64_t now_ms, struct reading *reading)
{
    return welcome_list(snapshot_db(snapshot), NULL, 0, now_ms, write_newcomer, reading);
}

enum rc player_expect_newcomers(struct player *player, const char *what)
{
    return expect_count(player, what, "another number of newcomers expected", list_newcomers);
}

enum rc player_expect_newcomer(struct player *player, const char *what)
{
    return expect_row(player, what, list_newcomers);
}

/* --- effects --- */

static enum rc look_for_trace(struct player *player, const char *what, bool is_expected)
{
    char *text = trace_text(player->trace);
    bool is_there = text && strstr(text, what);
    enum rc rc =
        is_there == is_expected ? RC_OK : player_fail(player, what, text ? text : "nothing");
    free(text);
    return rc;
}

enum rc player_expect_trace(struct player *player, const char *what)
{
    return look_for_trace(player, what, true);
}

enum rc player_expect_no_trace(struct player *player, const char *what)
{
    return look_for_trace(player, what, false);
}
