#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "app/domain/badge.h"
#include "app/ui/stage.h"
#include "firmware/base/utf8.h"
#include "tests/support/player_i.h"

/* --- badges --- */

static enum rc find_badge(struct player *player, const char *what, struct badge *out_badge)
{
    for (int i = 0; i < player->tray.count; i++)
        if (strcmp(player->tray.rows[i].name, what) == 0 ||
            strcmp(player->tray.rows[i].number, what) == 0) {
            *out_badge = player->tray.rows[i].badge;
            return RC_OK;
        }
    struct reason why = {.text = ""};
    return badge_parse(what, out_badge, &why) ? player_fail(player, "nobody has that badge", what)
                                              : RC_OK;
}

enum rc player_hold(struct player *player, const char *what)
{
    struct badge badge;
    enum rc rc = find_badge(player, what, &badge);
    if (rc)
        return rc;
    trace_clear(player->trace);
    rc = player->sim ? player_reader_present(player, badge.text)
                     : station_present(player->station, badge.text);
    player->touches++;
    return rc ? rc : player_settle(player);
}

enum rc player_remove(struct player *player, const char *what)
{
    (void)what;
    enum rc rc = player->sim ? player_reader_remove(player) : station_remove(player->station);
    return rc ? rc : player_settle(player);
}

enum rc player_tap(struct player *player, const char *what)
{
    enum rc rc = player_hold(player, what);
    if (!rc)
        rc = player_remove(player, what);
    if (!rc)
        player_tell(player, "tap", what);
    return rc;
}

/* --- fingers --- */

#define READY_MS 1000

/* "minute-more x5" is pressed five times. */
static int read_times(const char *what, char *out_name, size_t size)
{
    const char *times = strstr(what, " x");
    snprintf(out_name, size, "%.*s", times ? (int)(times - what) : (int)strlen(what), what);
    return times ? atoi(times + 2) : 1;
}

enum rc player_press(struct player *player, const char *what)
{
    char name[64];
    int times = read_times(what, name, sizeof name);
    enum rc rc = RC_OK;
    trace_clear(player->trace);
    for (int i = 0; !rc && i < times; i++)
        rc = station_press(player->station, name)
                 ? player_fail(player, "there should be a button of that name", name)
                 : player_settle(player);
    player->touches += times;
    if (!rc)
        player_tell(player, "press", what);
    return rc;
}

static const struct target *find_target(const struct player *player, const char *name)
{
    const struct target *targets;
    int count = stage_targets(station_stage(player->station), &targets);
    for (int i = 0; i < count; i++)
        if (strcmp(targets[i].name, name) == 0)
            return &targets[i];
    return NULL;
}

/* A finger that trembles, on a button that has been there for a while. */
enum rc player_press_twice(struct player *player, const char *what)
{
    clock_advance(player->clock, READY_MS);
    enum rc rc = player_settle(player);
    const struct target *target = rc ? NULL : find_target(player, what);
    if (!target)
        return rc ? rc : player_fail(player, "there should be a button of that name", what);
    double x = target->box.x + target->box.w / 2, y = target->box.y + target->box.h / 2;
    trace_clear(player->trace);
    for (int i = 0; i < 2; i++) {
        station_touch(player->station, STAGE_DOWN, x, y);
        station_touch(player->station, STAGE_UP, x, y);
    }
    player->touches++;
    rc = player_settle(player);
    if (!rc)
        player_tell(player, "press", what);
    return rc;
}

static uint32_t other_case(uint32_t point)
{
    return point >= 'A' && point <= 'Z' ? point + 'a' - 'A' : utf8_upper(point);
}

/* Whoever looks for a letter takes the key that shows it, small or capital. */
static enum rc press_key(struct player *player, uint32_t point)
{
    char letter[8] = "", other[8] = "", name[24];
    const char *labels[] = {letter, other};
    utf8_put(point, letter);
    utf8_put(other_case(point), other);
    for (int i = 0; i < 2; i++) {
        snprintf(name, sizeof name, "key %s", point == ' ' ? "space" : labels[i]);
        if (!station_press(player->station, name))
            return player_settle(player);
    }
    return player_fail(player, "there should be a key for that", letter);
}

enum rc player_type(struct player *player, const char *what)
{
    const char *text = strcmp(what, "noted") == 0 ? player->noted : what;
    size_t length = strlen(text);
    uint32_t point;
    enum rc rc = RC_OK;
    trace_clear(player->trace);
    for (size_t at = 0, step;
         !rc && at < length && (step = utf8_step(text + at, length - at, &point)); at += step)
        rc = press_key(player, point);
    if (!rc)
        player_tell(player, "type", what);
    return rc;
}

/* A code on paper has a blank in its middle, which no key types. */
enum rc player_note(struct player *player, const char *what)
{
    size_t used = 0;
    const struct page *page = stage_page(station_stage(player->station));
    int which = atoi(what);
    const char *told =
        which > 0 && which <= page->way.made ? page->way.codes[which - 1] : page->text;
    snprintf(player->told, sizeof player->told, "%s", told);
    for (const char *c = told; *c; c++)
        if (*c != ' ')
            player->noted[used++] = *c;
    player->noted[used] = 0;
    return used ? RC_OK : player_fail(player, "the screen should tell a code", "nothing");
}

#define POINTS 6

/* Up and down across the pad, as a finger would. */
enum rc player_draw(struct player *player, const char *what)
{
    static const struct {
        double x, y;
    } points[POINTS] = {{0.2, 0.5}, {0.3, 0.3}, {0.4, 0.7}, {0.5, 0.3}, {0.6, 0.7}, {0.8, 0.5}};
    const struct target *target = find_target(player, "sign");
    (void)what;
    if (!target)
        return player_fail(player, "there should be a place to sign", "none");
    struct rect pad = target->box;
    for (unsigned i = 0; i < POINTS; i++)
        station_touch(player->station, i ? STAGE_MOVE : STAGE_DOWN, pad.x + points[i].x * pad.w,
                      pad.y + points[i].y * pad.h);
    station_touch(player->station, STAGE_UP, pad.x + 0.8 * pad.w, pad.y + 0.5 * pad.h);
    player->touches++;
    player_tell(player, "sign", "");
    return player_settle(player);
}

/* --- plugs --- */

enum rc player_plug(struct player *player, const char *what)
{
    (void)what;
    enum rc rc =
        player->sim ? player_reader_plug(player, true) : station_plug(player->station, true);
    return rc ? rc : player_settle(player);
}

enum rc player_unplug(struct player *player, const char *what)
{
    (void)what;
    enum rc rc =
        player->sim ? player_reader_plug(player, false) : station_plug(player->station, false);
    if (!rc)
        rc = player_settle(player);
    if (!rc)
        player_tell(player, "unplug", "the reader");
    return rc;
}

/* As long as a finger does. */
enum rc player_push(struct player *player, const char *what)
{
    (void)what;
    enum rc rc = RC_OK;
    trace_clear(player->trace);
    for (int is_down = 1; !rc && is_down >= 0; is_down--) {
        rc = station_push(player->station, is_down);
        if (!rc)
            rc = player_step(player, 0);
        clock_advance(player->clock, 100);
        if (!rc)
            rc = player_settle(player);
    }
    if (!rc)
        player_tell(player, "push", "the button");
    return rc;
}

/* A file that may not grow is a full disk to whoever writes it. */
enum rc player_disk(struct player *player, const char *what)
{
    struct rlimit limit;
    bool is_full = strcmp(what, "full") == 0;
    if (!is_full && strcmp(what, "free") != 0)
        return player_fail(player, "'disk' is full or free", what);
    if (getrlimit(RLIMIT_FSIZE, &limit))
        return RC_IO;
    signal(SIGXFSZ, SIG_IGN);
    limit.rlim_cur = is_full ? 0 : limit.rlim_max;
    return setrlimit(RLIMIT_FSIZE, &limit) ? RC_IO : RC_OK;
}
