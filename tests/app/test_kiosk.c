/*
 * A kiosk that people play with: whatever they press and however they touch it, it is there
 * afterwards, greets who taps, and shows nobody's page. The real station with its real window, on
 * SDL's dummy display, started from a terminal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <SDL2/SDL.h>
#include <cmocka.h>
#include <pty.h>
#include <unistd.h>

#include "app/station.h"
#include "app/ui/scene.h"
#include "app/ui/stage.h"
#include "tests/support/demo.h"
#include "tests/support/random.h"

#define NOON_MS INT64_C(1795604400000)
#define ACTS 2000
#define FINGERS 3
#define UNTOUCHED "uid:04B4B053E7B622" /* Anneleen, who comes afterwards */

static const char *const badges[] = {
    "uid:04D6E5B12F1F57", /* Ada's, who is staff */
    "uid:0410DCDABEC128", "uid:31F2DAE5", "uid:D4BCA4A2", "uid:04FFEEDDCCBBAA", /* nobody's */
};

struct kiosk {
    char data[40];
    struct board board;
    struct clock *clock;
    struct trace *trace;
    struct station *station;
    struct random random;
    bool is_down[FINGERS];
    int private_pages; /* that were seen meanwhile: the test reaches some */
    bool is_ended;
};

static const char *board_text;

static void read_board(struct kiosk *kiosk, const char *text)
{
    struct reason reason;
    char path[64];
    snprintf(path, sizeof path, "%s/board.conf", kiosk->data);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    if (board_read_with(path, "board", &kiosk->board, &reason))
        fail_msg("%s", reason.text);
}

static int begin(void **state)
{
    static struct kiosk kiosk;
    struct reason reason;
    kiosk = (struct kiosk){.random = random_for_test("kiosk")};
    strcpy(kiosk.data, "/tmp/perron-kiosk-XXXXXX");
    if (!mkdtemp(kiosk.data) || demo_make(kiosk.data, &reason))
        fail_msg("%s", reason.text);
    read_board(&kiosk, board_text);
    assert_int_equal(clock_open_simulated(NOON_MS, CLOCK_SYNCED, 79, &kiosk.clock), RC_OK);
    assert_int_equal(trace_open(-1, &kiosk.trace), RC_OK);
    const struct station_config config = {.data = kiosk.data,
                                          .locale_dir = "build/locale",
                                          .venue_dir = "app/share/venue",
                                          .board = &kiosk.board,
                                          .stick = "sim",
                                          .clock = kiosk.clock,
                                          .trace = kiosk.trace};
    if (station_open(&config, &kiosk.station, &reason))
        fail_msg("%s", reason.text);
    *state = &kiosk;
    return 0;
}

static int begin_kiosk(void **state)
{
    board_text = "[board]\nparts = screen/official-7inch reader/sim machine/this\n";
    return begin(state);
}

static int begin_desktop(void **state)
{
    board_text = "[board]\nparts = screen/official-7inch reader/sim machine/simulated\n";
    return begin(state);
}

static int end(void **state)
{
    struct kiosk *kiosk = *state;
    char command[64];
    station_close(kiosk->station);
    trace_close(kiosk->trace);
    clock_close(kiosk->clock);
    snprintf(command, sizeof command, "rm -rf %s", kiosk->data);
    return system(command);
}

/* --- what people do --- */

static int below(struct kiosk *kiosk, int limit)
{
    return (int)random_below(&kiosk->random, (unsigned)limit);
}

static void push(SDL_Event event)
{
    assert_int_equal(SDL_PushEvent(&event), 1);
}

static void press_key(SDL_Scancode code, Uint16 modifiers)
{
    for (int is_up = 0; is_up < 2; is_up++) {
        SDL_Event event = {.key = {.type = is_up ? SDL_KEYUP : SDL_KEYDOWN}};
        event.key.keysym.scancode = code;
        event.key.keysym.sym = SDL_GetKeyFromScancode(code);
        event.key.keysym.mod = modifiers;
        push(event);
    }
}

/* What leads out of other programs, and any other key. */
static void some_key(struct kiosk *kiosk)
{
    static const struct {
        SDL_Scancode code;
        Uint16 modifiers;
    } ways_out[] = {
        {SDL_SCANCODE_ESCAPE, 0},
        {SDL_SCANCODE_ESCAPE, 0},
        {SDL_SCANCODE_F4, KMOD_LALT},
        {SDL_SCANCODE_C, KMOD_LCTRL},
        {SDL_SCANCODE_D, KMOD_LCTRL},
        {SDL_SCANCODE_Q, KMOD_LCTRL},
        {SDL_SCANCODE_W, KMOD_LCTRL},
        {SDL_SCANCODE_Z, KMOD_LCTRL},
        {SDL_SCANCODE_BACKSLASH, KMOD_LCTRL},
        {SDL_SCANCODE_TAB, KMOD_LALT},
        {SDL_SCANCODE_F1, KMOD_LCTRL | KMOD_LALT},
        {SDL_SCANCODE_F2, KMOD_LCTRL | KMOD_LALT},
        {SDL_SCANCODE_F7, KMOD_LCTRL | KMOD_LALT},
        {SDL_SCANCODE_DELETE, KMOD_LCTRL | KMOD_LALT},
        {SDL_SCANCODE_BACKSPACE, KMOD_LCTRL | KMOD_LALT},
        {SDL_SCANCODE_ESCAPE, KMOD_LCTRL | KMOD_LSHIFT},
        {SDL_SCANCODE_SYSREQ, KMOD_LALT},
        {SDL_SCANCODE_LGUI, 0},
        {SDL_SCANCODE_F11, 0},
        {SDL_SCANCODE_POWER, 0},
        {SDL_SCANCODE_SLEEP, 0},
        {SDL_SCANCODE_AC_HOME, 0},
        {SDL_SCANCODE_1, 0},
    };
    int count = (int)(sizeof ways_out / sizeof ways_out[0]), which = below(kiosk, 2 * count);
    if (which < count)
        press_key(ways_out[which].code, ways_out[which].modifiers);
    else
        press_key((SDL_Scancode)below(kiosk, SDL_NUM_SCANCODES), (Uint16)below(kiosk, 0x1000));
}

static void some_text(struct kiosk *kiosk)
{
    static const char *const texts[] = {"a", "1", "é", "\b", "\n", "\x03", "\x1b", "2580", "💥"};
    SDL_Event event = {.text = {.type = SDL_TEXTINPUT}};
    strcpy(event.text.text, texts[below(kiosk, (int)(sizeof texts / sizeof texts[0]))]);
    push(event);
}

static void finger(struct kiosk *kiosk, Uint32 type, int which, double x, double y)
{
    kiosk->is_down[which] = type != SDL_FINGERUP;
    push((SDL_Event){
        .tfinger = {.type = type, .touchId = 1, .fingerId = which, .x = (float)x, .y = (float)y}});
}

static double somewhere(struct kiosk *kiosk)
{
    return below(kiosk, 1001) / 1000.0;
}

/* Fingers come, slide and go, one beside the other. */
static void some_fingers(struct kiosk *kiosk)
{
    int which = below(kiosk, FINGERS);
    static const Uint32 types[] = {SDL_FINGERMOTION, SDL_FINGERUP};
    finger(kiosk, kiosk->is_down[which] ? types[below(kiosk, 2)] : SDL_FINGERDOWN, which,
           somewhere(kiosk), somewhere(kiosk));
}

static void lift_all(struct kiosk *kiosk)
{
    for (int which = 0; which < FINGERS; which++)
        if (kiosk->is_down[which])
            finger(kiosk, SDL_FINGERUP, which, 0.5, 0.5);
}

/* From beyond an edge to the middle, with one finger or three. */
static void some_swipe(struct kiosk *kiosk)
{
    int edge = below(kiosk, 4), fingers = 1 + below(kiosk, FINGERS);
    double along = somewhere(kiosk);
    lift_all(kiosk);
    for (int step = 0; step <= 5; step++)
        for (int which = 0; which < fingers; which++) {
            double across = edge < 2 ? step / 10.0 : 1 - step / 10.0;
            double x = edge % 2 ? along + which / 20.0 : across;
            double y = edge % 2 ? across : along + which / 20.0;
            finger(kiosk,
                   step == 0   ? SDL_FINGERDOWN
                   : step == 5 ? SDL_FINGERUP
                               : SDL_FINGERMOTION,
                   which, x, y);
        }
}

static void step(struct kiosk *kiosk)
{
    for (int i = 0; i < 200 && !kiosk->is_ended; i++) {
        kiosk->is_ended =
            station_step(kiosk->station, i ? 5 : 0) != RC_OK; /* the writer works in real time */
        if (station_is_idle(kiosk->station))
            break;
    }
}

static void pass(struct kiosk *kiosk, int ms)
{
    clock_advance(kiosk->clock, ms);
    step(kiosk);
}

/* For much longer than anybody means it. */
static void some_long_press(struct kiosk *kiosk)
{
    double x = somewhere(kiosk), y = somewhere(kiosk);
    lift_all(kiosk);
    finger(kiosk, SDL_FINGERDOWN, 0, x, y);
    pass(kiosk, 1000 + below(kiosk, 20000));
    finger(kiosk, SDL_FINGERUP, 0, x, y);
}

/* A button that is there, so that pages behind pages are reached. */
static void some_button(struct kiosk *kiosk)
{
    const struct target *targets;
    int count = stage_targets(station_stage(kiosk->station), &targets);
    char name[64];
    if (count == 0)
        return;
    snprintf(name, sizeof name, "%s", targets[below(kiosk, count)].name);
    (void)!station_press(kiosk->station, name);
}

static void some_window_event(struct kiosk *kiosk)
{
    static const Uint8 events[] = {SDL_WINDOWEVENT_CLOSE,      SDL_WINDOWEVENT_MINIMIZED,
                                   SDL_WINDOWEVENT_HIDDEN,     SDL_WINDOWEVENT_FOCUS_LOST,
                                   SDL_WINDOWEVENT_LEAVE,      SDL_WINDOWEVENT_EXPOSED,
                                   SDL_WINDOWEVENT_TAKE_FOCUS, SDL_WINDOWEVENT_RESTORED};
    push((SDL_Event){.window = {.type = SDL_WINDOWEVENT,
                                .windowID = 1,
                                .event = events[below(kiosk, (int)sizeof events)]}});
}

static void quit(struct kiosk *kiosk)
{
    (void)kiosk;
    push((SDL_Event){.type = SDL_QUIT});
}

static void some_badge(struct kiosk *kiosk)
{
    int which = below(kiosk, (int)(sizeof badges / sizeof badges[0]));
    assert_int_equal(station_present(kiosk->station, badges[which]), RC_OK);
    step(kiosk);
    assert_int_equal(station_remove(kiosk->station), RC_OK);
}

/* Somebody opens their own page, and leaves it open. */
static void some_page(struct kiosk *kiosk)
{
    (void)!station_press(kiosk->station, "help");
    pass(kiosk, 600);
    (void)!station_press(kiosk->station, "mine");
    pass(kiosk, 600);
    some_badge(kiosk);
}

static void act(struct kiosk *kiosk)
{
    static const struct {
        int weight;
        void (*act)(struct kiosk *kiosk);
    } acts[] = {{30, some_key},         {8, some_text},    {25, some_fingers}, {8, some_swipe},
                {4, some_long_press},   {14, some_button}, {2, some_page},     {6, some_badge},
                {2, some_window_event}, {1, quit}};
    int left = below(kiosk, 100);
    size_t which = 0;
    while (left >= acts[which].weight)
        left -= acts[which++].weight;
    acts[which].act(kiosk);
    pass(kiosk, below(kiosk, 10) ? below(kiosk, 400) : below(kiosk, 8000));
    const struct page *page = stage_page(station_stage(kiosk->station));
    kiosk->private_pages += page->scene && !fact_id_is_none(page->person);
}

static void play_wild(struct kiosk *kiosk)
{
    for (int i = 0; i < ACTS && !kiosk->is_ended; i++)
        act(kiosk);
}

/* --- what is left of it --- */

static void whatever_people_do_it_greets_the_next_and_shows_nobodys_page(void **state)
{
    struct kiosk *kiosk = *state;
    const char *newcomer = "uid:04FFEEDDCCBB00";
    play_wild(kiosk);
    assert_false(kiosk->is_ended);
    print_message("%d looks found somebody's page\n", kiosk->private_pages);
    assert_true(kiosk->private_pages > 0);
    lift_all(kiosk);
    for (int i = 0; i < 1200; i++)
        pass(kiosk, 500);
    const struct page *page = stage_page(station_stage(kiosk->station));
    assert_null(page->scene);
    assert_true(fact_id_is_none(page->person));
    assert_string_equal(station_scene(kiosk->station), "resting");
    assert_int_equal(station_present(kiosk->station, newcomer), RC_OK);
    step(kiosk);
    assert_string_equal(station_scene(kiosk->station), "unknown");
    assert_int_equal(station_remove(kiosk->station), RC_OK);
    pass(kiosk, 60000);
    assert_int_equal(station_present(kiosk->station, UNTOUCHED), RC_OK);
    step(kiosk);
    assert_string_equal(station_scene(kiosk->station), "greeting");
}

static void escape_twice(struct kiosk *kiosk)
{
    pass(kiosk, 5000);
    press_key(SDL_SCANCODE_ESCAPE, 0);
    pass(kiosk, 200);
    press_key(SDL_SCANCODE_ESCAPE, 0);
    pass(kiosk, 200);
}

static void escape_twice_ends_no_kiosk_though_a_terminal_is_there(void **state)
{
    struct kiosk *kiosk = *state;
    assert_true(isatty(STDIN_FILENO));
    escape_twice(kiosk);
    assert_false(kiosk->is_ended);
    push((SDL_Event){
        .window = {.type = SDL_WINDOWEVENT, .windowID = 1, .event = SDL_WINDOWEVENT_CLOSE}});
    pass(kiosk, 200);
    assert_false(kiosk->is_ended);
}

/* The control: the same hands, the same terminal, another board. */
static void escape_twice_ends_a_desktop(void **state)
{
    struct kiosk *kiosk = *state;
    escape_twice(kiosk);
    assert_true(kiosk->is_ended);
}

static void playing_wild_ends_a_desktop_soon(void **state)
{
    struct kiosk *kiosk = *state;
    play_wild(kiosk);
    assert_true(kiosk->is_ended);
}

/* Standard input is a terminal, as for who starts it by hand. */
static void sit_down(void)
{
    int terminal, other;
    if (openpty(&terminal, &other, NULL, NULL, NULL) || dup2(other, STDIN_FILENO) < 0)
        abort();
}

int main(void)
{
#define TEST(test, begin_) cmocka_unit_test_setup_teardown(test, begin_, end)
    const struct CMUnitTest tests[] = {
        TEST(escape_twice_ends_no_kiosk_though_a_terminal_is_there, begin_kiosk),
        TEST(escape_twice_ends_a_desktop, begin_desktop),
        TEST(playing_wild_ends_a_desktop_soon, begin_desktop),
        TEST(whatever_people_do_it_greets_the_next_and_shows_nobodys_page, begin_kiosk),
    };
    sit_down();
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
