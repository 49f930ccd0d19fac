/* The real perron-reader instead of the simulated one, and a card on its chip. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/domain/badge.h"
#include "firmware/base/hex.h"
#include "firmware/port/reader_line.h"
#include "tests/support/player_i.h"
#include "tests/support/real.h"

#define PATIENCE_MS 5000
#define MISSED_MS 120 /* two looks that find nothing, and some more */
#define STEP_MS 5

enum rc player_reader_open(struct player *player)
{
    char link_path[80];
    snprintf(player->lab, sizeof player->lab, "/tmp/perron-play-XXXXXX");
    if (!mkdtemp(player->lab))
        return rc_from_errno(errno);
    snprintf(link_path, sizeof link_path, "%s/pn532", player->lab);
    snprintf(player->address, sizeof player->address, "pn532_uart:%s", link_path);
    return pn532_sim_open(link_path, true, &player->sim);
}

void player_reader_close(struct player *player)
{
    if (!player->sim)
        return;
    pn532_sim_close(player->sim);
    rmdir(player->lab);
    player->sim = NULL;
}

/* The reader beats in real time, so the story's clock may not run ahead of it. */
enum rc player_step(struct player *player, int wait_ms)
{
    if (player->sim) {
        int64_t now_ms = real_ms();
        clock_advance(player->clock, now_ms - player->followed_ms);
        player->followed_ms = now_ms;
    }
    return station_step(player->station, wait_ms);
}

enum rc player_pass(struct player *player, int64_t ms)
{
    int64_t until_ms = real_ms() + ms;
    enum rc rc = RC_OK;
    while (!rc && real_ms() < until_ms)
        rc = player_step(player, STEP_MS);
    return rc;
}

/* Until the station has done something that leaves this line. */
enum rc player_await(struct player *player, const char *what)
{
    int64_t until_ms = real_ms() + PATIENCE_MS;
    bool is_there = false;
    enum rc rc = RC_OK;
    while (!rc && !is_there && real_ms() < until_ms) {
        rc = player_step(player, STEP_MS);
        char *text = trace_text(player->trace);
        is_there = text && strstr(text, what);
        free(text);
    }
    return rc || is_there ? rc : player_fail(player, what, "nothing of that from the reader");
}

enum rc player_reader_present(struct player *player, const char *badge)
{
    uint8_t uid[READER_LINE_UID_MAX];
    size_t length;
    static const char prefix[] = "uid:";
    const char *hex = badge + sizeof prefix - 1;
    if (strncmp(badge, prefix, sizeof prefix - 1) != 0 ||
        hex_decode(hex, strlen(hex), sizeof uid, uid, &length))
        return player_fail(player, "the real reader takes cards with a UID alone", badge);
    pn532_sim_tap(player->sim, uid, length);
    return player_await(player, "badge");
}

enum rc player_reader_remove(struct player *player)
{
    pn532_sim_remove(player->sim);
    return player_pass(player, MISSED_MS);
}

enum rc player_reader_plug(struct player *player, bool is_plugged)
{
    trace_clear(player->trace);
    if (!is_plugged) {
        pn532_sim_unplug(player->sim);
        return player_await(player, "reader resting");
    }
    enum rc rc = pn532_sim_plug(player->sim);
    return rc ? rc : player_await(player, "reader ready");
}
