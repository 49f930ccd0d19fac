/* The station's window on a real X server, with a real pointer, real keys, and a server that dies.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/ui/sheet.h"
#include "app/ui/stage.h"
#include "tests/support/real.h"
#include "tests/support/session.h"
#include "tests/support/xserver.h"

#define DESKTOP "$P station --data $D --reader sim --board board/desktop.conf"
#define WITH_TRAY DESKTOP " --tray app/share/demo/people.csv"
#define PICTURE_WIDTH 800
#define PICTURE_HEIGHT 480
#define TRAY_HEIGHT 111

static const struct screen panel = {PICTURE_WIDTH, PICTURE_HEIGHT, 154, 86, 0};
static struct xserver server;

static int set_up(void **state)
{
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    xserver_start(&server);
    return session_set_up_people(state);
}

static int tear_down(void **state)
{
    int failed = session_tear_down(state);
    xserver_kill(&server);
    return failed;
}

/* --- where things are --- */

struct place {
    int x, y;
};

/* The middle of something that can be touched at rest, in pixels of the picture. */
static struct place place_of(const char *name)
{
    const struct stage_config config = {.screen = panel,
                                        .reader_side = SCENE_RIGHT,
                                        .home = LANGUAGE_FR,
                                        .venue = "Perron",
                                        .version = "0"};
    const struct target *targets;
    struct canvas *canvas;
    struct stage *stage;
    struct place place = {-1, -1};
    assert_int_equal(stage_open(&config, &stage), RC_OK);
    assert_int_equal(canvas_open(&panel, &canvas), RC_OK);
    stage_open_door(stage);
    stage_set_clock(stage, 1000000000, true);
    stage_draw(stage, 0, canvas);
    for (int i = stage_targets(stage, &targets) - 1; i >= 0; i--)
        if (strcmp(targets[i].name, name) == 0)
            place = (struct place){
                (int)((targets[i].box.x + targets[i].box.w / 2) * panel.width_px / panel.width_mm),
                (int)((targets[i].box.y + targets[i].box.h / 2) * panel.height_px /
                      panel.height_mm)};
    canvas_close(canvas);
    stage_close(stage);
    assert_true(place.x >= 0);
    return place;
}

static struct place place_of_badge(int number)
{
    return (struct place){PICTURE_WIDTH * (2 * number - 1) / 18, PICTURE_HEIGHT + TRAY_HEIGHT / 2};
}

static void point(const struct xserver_window *window, struct place place)
{
    xserver_do("mousemove %d %d", window->x + place.x, window->y + place.y);
}

/* Touches nothing: the first touch of a dimmed screen only wakes it. */
static void wake(const struct xserver_window *window)
{
    point(window, (struct place){300, 60});
    xserver_do("click 1");
    real_pause_ms(SHEET_READY_MS); /* nor does what has just come feel a finger */
}

/* --- what it shows --- */

static int count_different(const struct picture *screen, const struct picture *own, int x, int y)
{
    int different = 0;
    for (int row = 0; row < own->height; row++)
        for (int column = 0; column < own->width; column++)
            different += screen->pixels[(y + row) * screen->width + x + column] !=
                         (own->pixels[row * own->width + column] & 0xFFFFFF);
    return different;
}

/* Does the screen show there what the station's own picture shows, pixel by pixel? */
static bool has_picture_at(struct session *session, int x, int y)
{
    static struct said said;
    struct picture screen, own;
    char path[128];
    session_must(session, &said, "$P screenshot $F/own.png --data $D");
    snprintf(path, sizeof path, "%s/own.png", session->folder);
    assert_int_equal(picture_read(path, &own), RC_OK);
    xserver_look(&screen);
    bool is_there = count_different(&screen, &own, x, y) == 0;
    assert_true(count_different(&screen, &own, x + 1, y) > 0); /* control */
    picture_close(&own);
    picture_close(&screen);
    return is_there;
}

/* The picture may change between the two looks. */
static void expect_picture_at(struct session *session, int x, int y)
{
    bool is_there = has_picture_at(session, x, y);
    for (int tries = 0; tries < 50 && !is_there; tries++) {
        real_pause_ms(100);
        is_there = has_picture_at(session, x, y);
    }
    assert_true(is_there);
}

static uint32_t colour_at(int x, int y)
{
    struct picture screen;
    xserver_look(&screen);
    uint32_t colour = screen.pixels[y * screen.width + x];
    picture_close(&screen);
    return colour;
}

static void expect_scene(struct session *session, const char *scene)
{
    char line[64];
    snprintf(line, sizeof line, "scene      %s\n", scene);
    session_wait_for_status(session, line);
}

/* --- the stories --- */

static void keys_and_the_mouse_tap_badges_and_touch_buttons(void **state)
{
    static struct said said;
    session_start_station_by(*state, "exec " WITH_TRAY);
    struct xserver_window window = xserver_find_window();
    expect_scene(*state, "resting");
    expect_picture_at(*state, window.x, window.y);
    xserver_do("key 2");
    expect_scene(*state, "greeting");
    point(&window, place_of_badge(1));
    xserver_do("click 1");
    expect_scene(*state, "greeting+greeting");
    session_must(*state, &said, "$P visits --data $D --json");
    json_t *visits = session_json(&said);
    assert_int_equal(json_array_size(visits), 2);
    json_decref(visits);
    assert_int_equal(session_stop_station(*state), 0);
    session_must(*state, &said, "$P verify --data $D");
}

static void a_press_acts_when_it_is_lifted_on_the_button_it_began_on(void **state)
{
    session_start_station_by(*state, "exec " WITH_TRAY);
    struct xserver_window window = xserver_find_window();
    struct place help = place_of("help"), no_badge = place_of("no-badge");
    expect_scene(*state, "resting");
    wake(&window);
    point(&window, help);
    xserver_do("mousedown 1");
    expect_picture_at(*state, window.x, window.y); /* pressed, and nothing more */
    expect_scene(*state, "resting");
    point(&window, no_badge); /* slides off, onto another */
    xserver_do("mouseup 1");
    point(&window, help);
    xserver_do("click 3 click 2 click 4 click 5 click 8");
    point(&window, place_of_badge(1));
    xserver_do("mousedown 1");
    point(&window, place_of_badge(2));
    xserver_do("mouseup 1");
    /* What comes after all of this shows that nothing came of it. */
    point(&window, help);
    xserver_do("click 1");
    expect_scene(*state, "help");
    xserver_do("key 3");
    session_wait_for_status(*state, "here       1");
}

static void two_quick_clicks_are_one_tap(void **state)
{
    session_start_station_by(*state, "exec " WITH_TRAY);
    struct xserver_window window = xserver_find_window();
    point(&window, place_of_badge(4));
    xserver_do("click --repeat 2 --delay 40 1");
    expect_scene(*state, "greeting");
    session_wait_for_status(*state, "here       1");
    xserver_do("key 5"); /* another's is served beside it */
    expect_scene(*state, "greeting+greeting");
    session_wait_for_status(*state, "here       2");
}

static void a_window_that_is_moved_and_resized_shows_and_feels_the_same(void **state)
{
    session_start_station_by(*state, "exec " WITH_TRAY);
    struct xserver_window window = xserver_find_window();
    static const struct theme_mode day = {.is_evening = false};
    struct place help = place_of("help");
    xserver_do("windowmove --sync %lu 50 60 windowsize --sync %lu 1000 %d", window.id, window.id,
               PICTURE_HEIGHT + TRAY_HEIGHT + 100);
    window.x = 50 + 100;
    window.y = 60 + 50;
    expect_picture_at(*state, window.x, window.y);
    assert_int_equal(colour_at(55, 300), theme_tones(THEME_PAPER, &day)->ground);
    wake(&window);
    point(&window, (struct place){-50, help.y}); /* on the bar beside it */
    xserver_do("click 1");
    point(&window, help);
    xserver_do("click 1");
    expect_scene(*state, "help");
    expect_picture_at(*state, window.x, window.y);
}

static void a_full_screen_of_another_size_shows_it_in_its_middle(void **state)
{
    session_start_station_by(*state, "exec " DESKTOP " </dev/null");
    struct xserver_window window = xserver_find_window();
    assert_int_equal(window.width, XSERVER_WIDTH);
    assert_int_equal(window.height, XSERVER_HEIGHT);
    window.x += (XSERVER_WIDTH - PICTURE_WIDTH) / 2;
    window.y += (XSERVER_HEIGHT - PICTURE_HEIGHT) / 2;
    expect_picture_at(*state, window.x, window.y);
    wake(&window);
    point(&window, place_of("help"));
    xserver_do("click 1");
    expect_scene(*state, "help");
}

static void a_kiosk_is_not_ended_by_a_keyboard(void **state)
{
    session_start_station_by(*state, "exec " DESKTOP " </dev/null");
    struct xserver_window window = xserver_find_window();
    expect_scene(*state, "resting");
    xserver_do("key Escape Escape 1 a Return alt+F4");
    xserver_ask_to_close(&window);
    window.x += (XSERVER_WIDTH - PICTURE_WIDTH) / 2;
    window.y += (XSERVER_HEIGHT - PICTURE_HEIGHT) / 2;
    wake(&window);
    point(&window, place_of("help"));
    xserver_do("click 1");
    expect_scene(*state, "help");
    assert_int_equal(session_stop_station(*state), 0);
}

/* On a board that stands for its computer a terminal changes nothing. */
static void a_kiosk_is_not_ended_by_a_keyboard_from_a_terminal_either(void **state)
{
    static struct said said;
    session_must(*state, &said,
                 "printf '[board]\nparts = screen/official-7inch reader/sim machine/this\n' "
                 "> $F/kiosk.conf");
    session_start_station_by(*state, "exec script -qefc 'exec $P station --data $D --board "
                                     "$F/kiosk.conf --stick sim' /dev/null");
    struct xserver_window window = xserver_find_window();
    expect_scene(*state, "resting");
    xserver_do("key Escape Escape 1 a Return alt+F4 alt+Tab super ctrl+c ctrl+alt+F2 "
               "ctrl+alt+Delete ctrl+alt+BackSpace ctrl+q F11 Escape Escape");
    xserver_ask_to_close(&window);
    window.x += (XSERVER_WIDTH - PICTURE_WIDTH) / 2;
    window.y += (XSERVER_HEIGHT - PICTURE_HEIGHT) / 2;
    expect_picture_at(*state, window.x, window.y);
    wake(&window);
    point(&window, place_of("help"));
    xserver_do("click 1");
    expect_scene(*state, "help");
    session_must(*state, &said, "$P tap 04:D6:E5:B1:2F:1F:57 --data $D");
    session_wait_for_status(*state, "here       1");
}

static void two_escapes_end_what_was_started_by_hand(void **state)
{
    session_start_station_by(*state, "exec script -qefc 'exec " DESKTOP "' /dev/null");
    xserver_find_window();
    expect_scene(*state, "resting");
    xserver_do("key Escape Escape");
    assert_int_equal(session_await_station(*state), 0);
}

static void a_window_on_a_desktop_is_closed_by_its_frame(void **state)
{
    session_start_station_by(*state, "exec " WITH_TRAY);
    struct xserver_window window = xserver_find_window();
    xserver_ask_to_close(&window);
    assert_int_equal(session_await_station(*state), 0);
}

static int count_in_log(struct session *session, const char *words)
{
    static struct said said;
    int count = 0;
    session_must(session, &said, "cat $F/station.err");
    for (const char *at = said.out; (at = strstr(at, words)); at++)
        count++;
    return count;
}

static void badges_are_taken_without_a_display_and_the_picture_comes_back(void **state)
{
    static struct said said;
    session_start_station_by(*state, "exec " WITH_TRAY);
    xserver_find_window();
    expect_scene(*state, "resting");
    xserver_kill(&server);
    session_must(*state, &said, "$P tap 04:D6:E5:B1:2F:1F:57 --data $D");
    session_wait_for_status(*state, "here       1");
    real_pause_ms(1500); /* looked for twice, and told once */
    xserver_start_again(&server);
    struct xserver_window window = xserver_find_window();
    expect_picture_at(*state, window.x, window.y);
    xserver_do("key 3");
    session_wait_for_status(*state, "here       2");
    assert_int_equal(count_in_log(*state, "the display is lost"), 1);
    assert_int_equal(count_in_log(*state, "the display is back"), 1);
    assert_int_equal(count_in_log(*state, "XIO"), 0);
    assert_int_equal(session_stop_station(*state), 0);
}

static void a_display_that_goes_in_the_middle_of_a_touch_comes_back_too(void **state)
{
    session_start_station_by(*state, "exec " WITH_TRAY);
    struct xserver_window window = xserver_find_window();
    point(&window, place_of("help"));
    xserver_do("mousedown 1");
    xserver_kill(&server);
    xserver_start_again(&server);
    window = xserver_find_window();
    expect_picture_at(*state, window.x, window.y);
    xserver_do("windowkill %lu", window.id); /* only our connection is cut */
    window = xserver_find_window();
    expect_picture_at(*state, window.x, window.y);
    assert_int_equal(count_in_log(*state, "the display is back"), 2);
    assert_int_equal(session_stop_station(*state), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(keys_and_the_mouse_tap_badges_and_touch_buttons),
        TEST(a_press_acts_when_it_is_lifted_on_the_button_it_began_on),
        TEST(two_quick_clicks_are_one_tap),
        TEST(a_window_that_is_moved_and_resized_shows_and_feels_the_same),
        TEST(a_full_screen_of_another_size_shows_it_in_its_middle),
        TEST(a_kiosk_is_not_ended_by_a_keyboard),
        TEST(a_kiosk_is_not_ended_by_a_keyboard_from_a_terminal_either),
        TEST(two_escapes_end_what_was_started_by_hand),
        TEST(a_window_on_a_desktop_is_closed_by_its_frame),
        TEST(badges_are_taken_without_a_display_and_the_picture_comes_back),
        TEST(a_display_that_goes_in_the_middle_of_a_touch_comes_back_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
