/* A station and its boot partition: what it takes, in which order, and what it says of it. */
#include "app/station.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/store/snapshot.h"
#include "app/ui/stage.h"
#include "firmware/base/hash.h"
#include "tests/support/build.h"
#include "tests/support/loose_stick.h"

#define STEPS 400
#define WAIT_MS 20

static struct place {
    struct loose_stick data, card;
    struct board board;
    struct clock *clock;
    struct trace *trace;
    struct station *station;
    const char *boot;
    const struct reason *board_mistake;
} place;

static enum rc try_open(struct reason *reason)
{
    char locale_dir[512];
    snprintf(locale_dir, sizeof locale_dir, "%s/locale", build_folder());
    const struct station_config config = {.data = place.data.root,
                                          .reader = "sim",
                                          .stick = "sim",
                                          .locale_dir = locale_dir,
                                          .board = &place.board,
                                          .boot = place.boot,
                                          .board_mistake = place.board_mistake,
                                          .is_headless = true,
                                          .clock = place.clock,
                                          .trace = place.trace};
    return station_open(&config, &place.station, reason);
}

/* Until nothing is under way. */
static void settle(void)
{
    for (int i = 0, idle = 0; i < STEPS && idle < 3; i++) {
        assert_int_equal(station_step(place.station, WAIT_MS / 4), RC_OK);
        idle = station_is_idle(place.station) ? idle + 1 : 0;
    }
    assert_true(station_is_serving(place.station));
}

static void open_station(void)
{
    struct reason reason = {.text = ""};
    if (try_open(&reason))
        fail_msg("%s", reason.text);
    settle();
}

static void restart(void)
{
    station_close(place.station);
    place.station = NULL;
    open_station();
}

static int set_up(void **state)
{
    struct reason reason = {.text = ""};
    (void)state;
    memset(&place, 0, sizeof place);
    loose_stick_make(&place.data);
    loose_stick_make(&place.card);
    place.boot = place.card.root;
    return board_read("board/desktop.conf", &place.board, &reason) ||
           clock_open_simulated(1764074880000, CLOCK_SYNCED, 1, &place.clock) ||
           trace_open(-1, &place.trace);
}

static int tear_down(void **state)
{
    (void)state;
    station_close(place.station);
    trace_close(place.trace);
    clock_close(place.clock);
    loose_stick_remove(&place.data);
    loose_stick_run(&place.card, "chmod -R u+w .");
    loose_stick_remove(&place.card);
    return 0;
}

static int64_t number(const char *sql)
{
    char path[128];
    struct snapshot *snapshot;
    int64_t count = -1;
    struct reason reason = {.text = ""};
    snprintf(path, sizeof path, "%s/perron.db", place.data.root);
    if (snapshot_open(path, &snapshot, &reason))
        fail_msg("%s", reason.text);
    assert_int_equal(db_number(snapshot_db(snapshot), &count, sql), RC_OK);
    snapshot_close(snapshot);
    return count;
}

static bool was_traced(const char *line)
{
    char *text = trace_text(place.trace);
    bool is_there = text && strstr(text, line);
    free(text);
    return is_there;
}

static bool has_target(const char *name)
{
    const struct target *targets;
    int count = stage_targets(station_stage(place.station), &targets);
    for (int i = 0; i < count; i++)
        if (strcmp(targets[i].name, name) == 0)
            return true;
    return false;
}

/* --- nothing there --- */

static void a_folder_that_is_missing_or_none_stops_nobody(void **state)
{
    (void)state;
    const char *const wrong[] = {"/nowhere/at/all", "/etc/passwd", ""};
    for (int i = 0; i < 3; i++) {
        place.boot = wrong[i];
        open_station();
        assert_string_equal(station_scene(place.station), "resting");
        station_close(place.station);
        place.station = NULL;
    }
}

static void without_anything_new_nothing_is_said(void **state)
{
    (void)state;
    loose_stick_put(&place.card, "cmdline.txt", "quiet\n");
    open_station();
    assert_string_equal(station_scene(place.station), "resting");
    assert_false(has_target("mistakes"));
    assert_false(was_traced("card venue"));
    assert_int_equal(access(place.card.root, W_OK), 0);
}

/* By what read it before the register was open, and then by what reads the lists. */
static void a_mistake_of_the_house_is_told_once_at_each_start(void **state)
{
    (void)state;
    loose_stick_put(&place.card, "perron.conf", "[venue]\nlangage = nl\n");
    for (int i = 0; i < 2; i++) {
        open_station();
        assert_string_equal(station_scene(place.station), "mistakes");
        assert_true(was_traced("card 1 mistakes"));
        assert_false(was_traced("card 2 mistakes"));
        station_close(place.station);
        place.station = NULL;
        trace_clear(place.trace);
    }
}

/* --- who is staff --- */

/* The list has just brought whom the other file names by number. */
static void staff_may_be_named_by_a_list_on_the_same_card(void **state)
{
    (void)state;
    loose_stick_put(&place.card, "people.csv", "number;first_name\n2001;Lou\n");
    loose_stick_put(&place.card, "perron/staff.conf", "[staff]\nnumber = 2001\npin = 274913\n");
    open_station();
    assert_int_equal(number("SELECT count(*) FROM person WHERE first_name='Lou'"), 1);
    assert_int_equal(number("SELECT count(*) FROM fact f JOIN person p ON f.subject_seq=p.seq "
                            "WHERE f.kind=16"),
                     1);
    char *text = loose_stick_read(place.card.root, "perron/staff.conf");
    assert_null(strstr(text, "274913"));
    free(text);
    assert_false(has_target("mistakes"));
}

static void a_mistake_about_staff_is_told_on_the_screen(void **state)
{
    (void)state;
    loose_stick_put(&place.card, "staff.conf", "[staff]\nfirst_name = Ada\npin = 1111\n");
    open_station();
    assert_string_equal(station_scene(place.station), "mistakes");
}

/* Nothing else lies there; it may hold a PIN, which nobody took. */
static void one_that_windows_called_txt_is_told_on_the_screen(void **state)
{
    (void)state;
    loose_stick_put(&place.card, "staff.conf.txt", "[staff]\nfirst_name = Ada\npin = 274913\n");
    open_station();
    assert_string_equal(station_scene(place.station), "mistakes");
    assert_true(was_traced("card 1 mistakes"));
}

/* --- the board --- */

static void a_mistake_in_the_boards_file_is_told(void **state)
{
    (void)state;
    struct reason mistake;
    reason_set(&mistake, "board.conf:3: unknown key");
    place.board_mistake = &mistake;
    open_station();
    assert_string_equal(station_scene(place.station), "mistakes");
    assert_true(was_traced("card 1 mistakes"));
}

/* --- what it does to the partition --- */

static void the_partition_is_only_read(void **state)
{
    (void)state;
    loose_stick_put(&place.card, "people.csv", "number;first_name\n2001;Lou\n2002;\n");
    loose_stick_put(&place.card, "perron.conf", "[venue]\nname = Un\n");
    loose_stick_run(&place.card, "touch -d '2026-01-01' . *; chmod a-w . *");
    open_station();
    assert_string_equal(station_scene(place.station), "mistakes");
    loose_stick_run(&place.card, "test \"$(echo $(ls -A))\" = 'people.csv perron.conf';"
                                 " test -z \"$(find . -newermt 2026-01-02)\"");
}

/* --- at any moment --- */

static void it_can_be_closed_in_the_middle_and_goes_on_at_the_next_start(void **state)
{
    (void)state;
    struct reason reason = {.text = ""};
    loose_stick_put(&place.card, "people.csv", "number;first_name\n2001;Lou\n");
    loose_stick_put(&place.card, "people-2.csv", "number;first_name\n2002;Kim\n");
    for (int steps = 0; steps < 6; steps++) {
        if (try_open(&reason))
            fail_msg("%s", reason.text);
        for (int i = 0; i < steps; i++)
            assert_int_equal(station_step(place.station, 1), RC_OK);
        station_close(place.station);
        place.station = NULL;
    }
    open_station();
    assert_int_equal(number("SELECT count(*) FROM person"), 2);
    int64_t facts = number("SELECT count(*) FROM fact");
    restart();
    assert_int_equal(number("SELECT count(*) FROM fact"), facts);
}

/* A register that is taken away meanwhile: lists are read when there is one again. */
static void a_register_that_comes_late_gets_its_lists(void **state)
{
    (void)state;
    struct reason reason = {.text = ""};
    loose_stick_put(&place.card, "people.csv", "number;first_name\n2001;Lou\n");
    loose_stick_put(&place.data, "perron.conf", "[venue]\nnonsense\n");
    if (try_open(&reason))
        fail_msg("%s", reason.text);
    assert_int_equal(station_step(place.station, 1), RC_OK);
    assert_false(station_is_serving(place.station));
    loose_stick_put(&place.data, "perron.conf", "[venue]\nname = Un\n");
    clock_advance(place.clock, 6000);
    settle();
    assert_int_equal(number("SELECT count(*) FROM person"), 1);
}

/* The card mends what the data folder has wrong. */
static void a_good_file_on_the_card_mends_the_house(void **state)
{
    (void)state;
    loose_stick_put(&place.data, "perron.conf", "[venue]\nnonsense\n");
    loose_stick_put(&place.card, "perron.conf", "[venue]\nname = La Remise\nlanguage = nl\n");
    open_station();
    assert_true(was_traced("card venue"));
    assert_int_equal(stage_language(station_stage(place.station)), LANGUAGE_NL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_folder_that_is_missing_or_none_stops_nobody),
        TEST(without_anything_new_nothing_is_said),
        TEST(a_mistake_of_the_house_is_told_once_at_each_start),
        TEST(staff_may_be_named_by_a_list_on_the_same_card),
        TEST(a_mistake_about_staff_is_told_on_the_screen),
        TEST(one_that_windows_called_txt_is_told_on_the_screen),
        TEST(a_mistake_in_the_boards_file_is_told),
        TEST(the_partition_is_only_read),
        TEST(it_can_be_closed_in_the_middle_and_goes_on_at_the_next_start),
        TEST(a_register_that_comes_late_gets_its_lists),
        TEST(a_good_file_on_the_card_mends_the_house),
    };
    if (hash_init())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
