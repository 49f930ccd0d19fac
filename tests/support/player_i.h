/*
 * player_i.h - the inside of a player, shared by player.c (the story, the station's life, time),
 * player_hands.c (what hands do), player_reader.c (the real reader), player_plan.c (what the
 * calendar says), player_baskets.c (who has a basket), player_stick.c (the USB stick),
 * player_update.c (new versions of Perron),
 * player_eyes.c (what eyes see) and player_strip.c (what is kept of it). Nobody else includes it.
 */
#ifndef TESTS_SUPPORT_PLAYER_I_H
#define TESTS_SUPPORT_PLAYER_I_H

#include "app/station.h"
#include "app/tray.h"
#include "firmware/base/sign.h"
#include "tests/support/player.h"
#include "tests/support/pn532_sim.h"

#define PLAYER_PICTURES_MAX 64
#define PLAYER_FOLDER_BYTES 64

struct player_picture {
    char path[512], caption[120];
};

struct player {
    const struct player_config *config;
    struct tray tray;
    struct board board;
    struct clock *clock;
    struct trace *trace;
    struct station *station;
    unsigned boot;
    const char *flow;
    int line;
    struct reason *reason;
    char locale_dir[512], venue_dir[512];
    int touches;    /* of buttons, not of keys, and badges, since they were counted anew */
    char noted[64]; /* what the screen tells once, on somebody's paper; and as it stood there: */
    char told[64];

    struct pn532_sim *sim; /* NULL: the simulated reader */
    char lab[64], address[120];
    int64_t followed_ms; /* real time that the story's clock has followed */

    char stick[PLAYER_FOLDER_BYTES]; /* the folder that is the USB stick; "": none was made yet */
    char card[PLAYER_FOLDER_BYTES];  /* the boot partition; the same */

    struct {
        char folder[64], key[80], run[80];
        struct sign_secret ours, theirs;
    } update;

    char title[120];
    struct player_picture pictures[PLAYER_PICTURES_MAX];
    int picture_count;
};

/* The story is not true: what was expected, what was there. */
enum rc player_fail(struct player *player, const char *what, const char *there);

/* A line for whoever reads along. */
void player_tell(struct player *player, const char *what, const char *detail);

/* "2026-11-25 13:48" in local time; -1 where it is not one. */
int64_t player_time(const char *text);

/* Ends the station, or begins it again. */
void player_stop(struct player *player);
enum rc player_start(struct player *player) MUST_CHECK;

/* One round of the station; with the real reader its clock follows. */
enum rc player_step(struct player *player, int wait_ms) MUST_CHECK;

/* Lets the station finish what is under way: the writer's thread works in real time. */
enum rc player_settle(struct player *player) MUST_CHECK;

/* --- player_hands.c --- */

enum rc player_tap(struct player *player, const char *what) MUST_CHECK;
enum rc player_hold(struct player *player, const char *what) MUST_CHECK;
enum rc player_remove(struct player *player, const char *what) MUST_CHECK;
enum rc player_press(struct player *player, const char *what) MUST_CHECK;
enum rc player_press_twice(struct player *player, const char *what) MUST_CHECK;
enum rc player_type(struct player *player, const char *what) MUST_CHECK;
enum rc player_note(struct player *player, const char *what) MUST_CHECK;
enum rc player_draw(struct player *player, const char *what) MUST_CHECK;
enum rc player_plug(struct player *player, const char *what) MUST_CHECK;
enum rc player_push(struct player *player, const char *what) MUST_CHECK;
enum rc player_unplug(struct player *player, const char *what) MUST_CHECK;
enum rc player_disk(struct player *player, const char *what) MUST_CHECK;

/* --- player_reader.c: where it is the real one --- */

enum rc player_reader_open(struct player *player) MUST_CHECK;
void player_reader_close(struct player *player);
enum rc player_reader_present(struct player *player, const char *badge) MUST_CHECK;
enum rc player_reader_remove(struct player *player) MUST_CHECK;
enum rc player_reader_plug(struct player *player, bool is_plugged) MUST_CHECK;

/* So much time goes by, or as much as it takes until the trace has that. */
enum rc player_pass(struct player *player, int64_t ms) MUST_CHECK;
enum rc player_await(struct player *player, const char *what) MUST_CHECK;

/* --- player_plan.c --- */

enum rc player_plan(struct player *player, const char *what) MUST_CHECK;
enum rc player_occasion(struct player *player, const char *what) MUST_CHECK;
enum rc player_promise(struct player *player, const char *what) MUST_CHECK;
enum rc player_willing(struct player *player, const char *what) MUST_CHECK;

/* Changes the register while the station is down, and begins it again. */
enum rc player_change(struct player *player, const void *wanted,
                      enum rc (*act)(struct player *player, struct journal *journal,
                                     const struct clock_reading *now,
                                     const void *wanted)) MUST_CHECK;

/* --- player_baskets.c --- */

enum rc player_baskets(struct player *player, const char *what) MUST_CHECK;

/* --- player_update.c --- */

enum rc player_update_open(struct player *player) MUST_CHECK;
void player_update_close(struct player *player);
enum rc player_update_stick(struct player *player, const char *what) MUST_CHECK;
enum rc player_update_boot(struct player *player, const char *what) MUST_CHECK;
enum rc player_update_key(struct player *player, const char *what) MUST_CHECK;
enum rc player_update_says(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_brought(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_nothing_brought(struct player *player, const char *what) MUST_CHECK;

/* --- player_stick.c --- */

/* Makes one, and says which; nothing where there is one. */
enum rc player_folder_make(char folder[PLAYER_FOLDER_BYTES]) MUST_CHECK;

enum rc player_stick_plug(struct player *player, const char *what) MUST_CHECK;
enum rc player_stick_pull(struct player *player, const char *what) MUST_CHECK;
enum rc player_stick_hold(struct player *player, const char *what) MUST_CHECK;
enum rc player_stick_go_on(struct player *player, const char *what) MUST_CHECK;
enum rc player_stick_put(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_on_stick(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_not_on_stick(struct player *player, const char *what) MUST_CHECK;
enum rc player_card_put(struct player *player, const char *what) MUST_CHECK;
enum rc player_card_take(struct player *player, const char *what) MUST_CHECK;
void player_stick_close(struct player *player);

/* --- player_eyes.c --- */

enum rc player_expect_scene(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_page(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_language(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_button(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_no_button(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_text(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_no_text(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_typed(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_here(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_visits(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_visit(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_newcomers(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_newcomer(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_touches(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_trace(struct player *player, const char *what) MUST_CHECK;
enum rc player_expect_no_trace(struct player *player, const char *what) MUST_CHECK;

/* --- player_strip.c --- */

enum rc player_title(struct player *player, const char *what) MUST_CHECK;
enum rc player_screenshot(struct player *player, const char *what) MUST_CHECK;
enum rc player_write_strip(const struct player *player) MUST_CHECK;

#endif
