#include "tests/support/player.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/domain/day.h"
#include "tests/support/build.h"
#include "tests/support/player_i.h"
#include "tests/support/reader_lab.h"
#include "tests/support/real.h"

#define LINE_BYTES 256
#define STEPS_TO_SETTLE 2000
#define HOUR_MS INT64_C(3600000)

enum rc player_fail(struct player *player, const char *what, const char *there)
{
    reason_set(player->reason, "%s:%d: %s; there was: %s", player->flow, player->line, what, there);
    return RC_REFUSED;
}

void player_tell(struct player *player, const char *what, const char *detail)
{
    char time[32];
    struct clock_reading now;
    if (!player->config->lines)
        return;
    clock_read(player->clock, &now);
    day_format_local(now.wall_ms, time, sizeof time);
    fprintf(player->config->lines, "%s  %-10s %-28s %s\n", time, what, detail,
            station_scene(player->station));
}

enum rc player_settle(struct player *player)
{
    enum rc rc = player_step(player, 0);
    for (int i = 0; !rc && i < STEPS_TO_SETTLE; i++) {
        bool was_idle = station_is_idle(player->station);
        rc = player_step(player, was_idle ? 0 : 5);
        if (!rc && was_idle && station_is_idle(player->station))
            return RC_OK;
    }
    return rc ? rc : player_fail(player, "the station should come to rest", "it is still busy");
}

/* --- the station's life --- */

enum rc player_start(struct player *player)
{
    struct station_config config = {
        .data = player->config->data,
        .reader = player->sim ? player->address : "sim",
        .stick = "sim",
        .boot = player->card,
        .update_key = player->update.key,
        .update_run = player->update.run,
        .reader_program = reader_lab_program("perron-reader"),
        .locale_dir = player->locale_dir,
        .venue_dir = player->venue_dir,
        .board = &player->board,
        .is_headless = true,
        .clock = player->clock,
        .trace = player->trace,
    };
    trace_clear(player->trace);
    player->followed_ms = real_ms();
    enum rc rc = player_folder_make(player->card);
    if (!rc)
        rc = station_open(&config, &player->station, player->reason);
    if (!rc && player->sim)
        rc = player_await(player, "reader ready");
    return rc ? rc : player_settle(player);
}

int64_t player_time(const char *text)
{
    struct tm local = {.tm_isdst = -1};
    const char *end = strptime(text, "%Y-%m-%d %H:%M", &local);
    return end && !*end ? (int64_t)mktime(&local) * 1000 : -1;
}

static enum rc do_at(struct player *player, const char *what)
{
    int64_t wall_ms = player_time(what);
    if (wall_ms < 0 || player->station)
        return player_fail(player, "'at YYYY-MM-DD HH:MM' opens a flow", what);
    enum rc rc = clock_open_simulated(wall_ms, CLOCK_SYNCED, ++player->boot, &player->clock);
    return rc ? rc : player_start(player);
}

void player_stop(struct player *player)
{
    station_close(player->station);
    player->station = NULL;
}

static enum rc do_restart(struct player *player, const char *what)
{
    (void)what;
    player_stop(player);
    return player_start(player);
}

static enum rc do_reboot(struct player *player, const char *what)
{
    struct clock_reading now;
    player_stop(player);
    clock_read(player->clock, &now);
    clock_close(player->clock);
    player->clock = NULL;
    bool is_lost = strcmp(what, "without a clock") == 0;
    enum rc rc =
        clock_open_simulated(is_lost ? 0 : now.wall_ms + 30000,
                             is_lost ? CLOCK_UNSET : CLOCK_SYNCED, ++player->boot, &player->clock);
    return rc ? rc : player_start(player);
}

/* --- time --- */

/* In steps of a quarter of a second, so that everything due in between happens in its order. */
static enum rc do_wait(struct player *player, const char *what)
{
    static const struct {
        const char *unit;
        int64_t ms;
    } units[] = {{"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}};
    char *unit;
    int64_t count = strtoll(what, &unit, 10), left_ms = -1;
    for (unsigned i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(unit, units[i].unit) == 0)
            left_ms = count * units[i].ms;
    if (left_ms < 0)
        return player_fail(player, "'wait' takes a number with ms, s, m or h", what);
    enum rc rc = RC_OK;
    if (player->sim)
        return player_pass(player, left_ms);
    while (!rc && left_ms > 0) {
        /* Long after the last result nothing happens any more: take larger steps. */
        int64_t part_ms = left_ms > 48 * HOUR_MS  ? 6 * HOUR_MS
                          : left_ms > 2 * HOUR_MS ? HOUR_MS / 4
                          : left_ms > 120000      ? 60000
                          : left_ms > 250         ? 250
                                                  : left_ms;
        clock_advance(player->clock, part_ms);
        left_ms -= part_ms;
        rc = player_step(player, 0);
    }
    return rc ? rc : player_settle(player);
}

static enum rc do_clock(struct player *player, const char *what)
{
    if (strcmp(what, "unset") == 0) {
        clock_turn(player->clock, 0, CLOCK_UNSET);
    } else {
        int64_t wall_ms = player_time(what);
        if (wall_ms < 0)
            return player_fail(player, "'clock' takes unset or YYYY-MM-DD HH:MM", what);
        clock_turn(player->clock, wall_ms, CLOCK_STAFF);
    }
    return do_wait(player, "1s");
}

/* More of the house's settings, a line each between strokes; they count from the next start. */
static enum rc do_set(struct player *player, const char *what)
{
    char path[512];
    snprintf(path, sizeof path, "%s/perron.conf", player->config->data);
    FILE *file = fopen(path, "a");
    if (!file)
        return RC_IO;
    fputc('\n', file);
    for (const char *c = what; *c; c++)
        fputc(*c == '|' ? '\n' : *c, file);
    fputc('\n', file);
    return fclose(file) ? player_fail(player, "the settings can be written", what) : RC_OK;
}

/* A file of the house that has nothing in it. */
static enum rc do_empty(struct player *player, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", player->config->data, name);
    FILE *file = fopen(path, "w");
    return file && !fclose(file) ? RC_OK : player_fail(player, "the file can be emptied", name);
}

static enum rc do_say(struct player *player, const char *what)
{
    if (player->config->lines)
        fprintf(player->config->lines, "%s\n", what);
    return RC_OK;
}

/* --- reading --- */

static const struct {
    const char *verb; /* with the blank where something follows */
    enum rc (*play)(struct player *player, const char *what);
} verbs[] = {
    {"at ", do_at},
    {"tap ", player_tap},
    {"hold stick", player_stick_hold},
    {"hold ", player_hold},
    {"remove", player_remove},
    {"wait ", do_wait},
    {"press ", player_press},
    {"press-twice ", player_press_twice},
    {"type ", player_type},
    {"note", player_note},
    {"sign", player_draw},
    {"plan ", player_plan},
    {"promise ", player_promise},
    {"willing ", player_willing},
    {"occasion ", player_occasion},
    {"baskets ", player_baskets},
    {"plug stick", player_stick_plug},
    {"pull stick", player_stick_pull},
    {"let stick go on", player_stick_go_on},
    {"put ", player_stick_put},
    {"card takes ", player_card_put},
    {"card loses ", player_card_take},
    {"update stick ", player_update_stick},
    {"update boot ", player_update_boot},
    {"update key ", player_update_key},
    {"update says ", player_update_says},
    {"expect brought", player_expect_brought},
    {"expect nothing brought", player_expect_nothing_brought},
    {"unplug", player_unplug},
    {"plug", player_plug},
    {"push button", player_push},
    {"disk ", player_disk},
    {"clock ", do_clock},
    {"set ", do_set},
    {"empty ", do_empty},
    {"restart", do_restart},
    {"reboot ", do_reboot},
    {"reboot", do_reboot},
    {"expect on stick ", player_expect_on_stick},
    {"expect not on stick ", player_expect_not_on_stick},
    {"expect scene ", player_expect_scene},
    {"expect page ", player_expect_page},
    {"expect language ", player_expect_language},
    {"expect button ", player_expect_button},
    {"expect no button ", player_expect_no_button},
    {"expect text ", player_expect_text},
    {"expect no text ", player_expect_no_text},
    {"expect typed ", player_expect_typed},
    {"expect here ", player_expect_here},
    {"expect visits ", player_expect_visits},
    {"expect visit ", player_expect_visit},
    {"expect newcomers ", player_expect_newcomers},
    {"expect newcomer ", player_expect_newcomer},
    {"expect touches ", player_expect_touches},
    {"expect trace ", player_expect_trace},
    {"expect no trace ", player_expect_no_trace},
    {"screenshot ", player_screenshot},
    {"title ", player_title},
    {"say ", do_say},
};

static enum rc play_line(struct player *player, char *line)
{
    line[strcspn(line, "#\n")] = 0;
    size_t length = strlen(line);
    while (length && isspace((unsigned char)line[length - 1]))
        line[--length] = 0;
    if (!length)
        return RC_OK;
    for (unsigned i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        size_t verb = strlen(verbs[i].verb);
        bool is_opening = verbs[i].play == do_at || verbs[i].play == player_title;
        if (strncmp(line, verbs[i].verb, verb) == 0 && (is_opening || player->station))
            return verbs[i].play(player, line + verb);
    }
    return player_fail(player, "a step of a flow (the first is 'at')", line);
}

static enum rc play_file(struct player *player, FILE *file)
{
    char line[LINE_BYTES];
    enum rc rc = RC_OK;
    while (!rc && fgets(line, sizeof line, file)) {
        player->line++;
        rc = play_line(player, line);
    }
    return rc;
}

enum rc player_play(const struct player_config *config, const char *flow, struct reason *out_reason)
{
    struct player player = {.config = config, .flow = flow, .reason = out_reason};
    FILE *file = fopen(flow, "r");
    if (!file) {
        reason_set(out_reason, "%s cannot be read", flow);
        return RC_NOT_FOUND;
    }
    snprintf(player.locale_dir, sizeof player.locale_dir, "%s/locale", build_folder());
    snprintf(player.venue_dir, sizeof player.venue_dir, "%s/venue", build_folder());
    setenv("TZ", "Europe/Brussels", 1);
    tzset();
    enum rc rc = tray_read(config->people, &player.tray, out_reason);
    if (!rc)
        rc = board_read(config->board, &player.board, out_reason);
    if (!rc)
        rc = trace_open(-1, &player.trace);
    if (!rc)
        rc = player_update_open(&player);
    if (!rc && config->is_real_reader)
        rc = player_reader_open(&player);
    if (!rc)
        rc = play_file(&player, file);
    if (!rc && config->strip)
        rc = player_write_strip(&player);
    fclose(file);
    if (rc)
        (void)!player_disk(&player, "free");
    station_close(player.station);
    player_reader_close(&player);
    player_stick_close(&player);
    player_update_close(&player);
    trace_close(player.trace);
    clock_close(player.clock);
    return rc;
}
