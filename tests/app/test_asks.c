/* What staff ask of a station, where a story needs a house that the demo does not have. */
#include "app/asks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "app/station_i.h"
#include "app/store/office.h"
#include "app/ui/stage.h"
#include "app/update_claim.h"
#include "firmware/base/hash.h"
#include "firmware/sim/machine_sim.h"
#include "tests/support/place.h"

#define DAY_MS INT64_C(86400000)
#define CROWD 80

static const char staff_mode[] = "at 2026-11-25 13:48\npress help\npress staff\ntap Ada\n"
                                 "type 2580\npress key Done\n";

static void let_in(struct journal *journal, const struct clock_reading *now, int number)
{
    const struct office office = {.now = *now};
    struct reason reason = {.text = ""};
    struct fact_id person, fact;
    char last_name[16];
    snprintf(last_name, sizeof last_name, "Nr %02d", number);
    assert_int_equal(office_add_person(journal, &office, "Qa", last_name, &person, &reason), RC_OK);
    assert_int_equal(office_record(journal, &office, person, ANSWER_ARRIVAL, &fact, &reason),
                     RC_OK);
}

/* --- a station without a story: asks that no page would make --- */

struct served {
    struct place_served station;
    struct fact_id staff, member;
};

static struct served serve(struct place *place)
{
    const struct fact_id staff = place_find(place, "1001"), member = place_find(place, "1002");
    return (struct served){place_serve(place, NULL), staff, member};
}

/* Does asking for it leave this line of effects? */
static bool has_effect(struct served *served, struct ask ask, struct fact_id by, const char *line)
{
    place_ask(&served->station, ask, by);
    return place_has_line(&served->station, line);
}

static void the_machine_does_nothing_for_who_has_no_right_to_it(void **state)
{
    static const struct {
        struct ask ask;
        const char *line;
    } cases[] = {{{.kind = ASK_SETTING, .text = "volume", .number = {-10}}, "volume 60"},
                 {{.kind = ASK_RESTART}, "machine restart"},
                 {{.kind = ASK_POWER_OFF}, "machine power off"}};
    struct served served = serve(*state);
    const struct fact_id nobody = {0, 0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_false(has_effect(&served, cases[i].ask, nobody, cases[i].line));
        assert_false(has_effect(&served, cases[i].ask, served.member, cases[i].line));
        assert_true(has_effect(&served, cases[i].ask, served.staff, cases[i].line));
    }
    place_close_served(&served.station);
}

static void put_update(struct place *place)
{
    struct sign_public key;
    struct sign_secret secret;
    char path[128], text[KEY_TEXT_SIZE], line[UPDATE_LINE_MAX];
    struct update_claim claim = {.package = "perron", .version = "99.0", .bytes = 3};
    struct hash_sha256 hash;
    hash_sha256_begin(&hash);
    hash_sha256_add(&hash, "deb", 3);
    hash_sha256_end(&hash, claim.sha256);
    snprintf(claim.architecture, sizeof claim.architecture, "%s", update_architecture());
    sign_make_keys(&key, &secret);
    sign_write_public(&key, text);
    assert_int_equal(update_claim_write(&claim, &secret, line), RC_OK);
    const char *const files[][2] = {{"update.pub", text},
                                    {"boot/perron_99.0_x.deb", "deb"},
                                    {"boot/perron_99.0_x.deb.sig", line}};
    snprintf(path, sizeof path, "%s/boot", place->data);
    assert_int_equal(mkdir(path, 0700), 0);
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", place->data, files[i][0]);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(files[i][1], file);
        fclose(file);
    }
}

static void an_update_is_installed_by_nobody_who_has_no_right_to_the_machine(void **state)
{
    const struct ask look = {.kind = ASK_UPDATE}, install = {.kind = ASK_INSTALL};
    const struct fact_id nobody = {0, 0};
    put_update(*state);
    struct served served = serve(*state);
    assert_false(has_effect(&served, install, served.staff, "machine update")); /* nobody looked */
    (void)has_effect(&served, look, served.staff, "");
    assert_false(has_effect(&served, install, nobody, "machine update"));
    assert_false(has_effect(&served, install, served.member, "machine update"));
    assert_true(has_effect(&served, install, served.staff, "machine update"));
    place_close_served(&served.station);
}

/* What the page of the update says of an update that the machine answers so. */
static const char *said_of_install(struct served *served, enum rc rc)
{
    const struct ask look = {.kind = ASK_UPDATE}, install = {.kind = ASK_INSTALL};
    struct station *station = served->station.station;
    struct ask ask;
    stage_show(station->stage, &scene_update, clock_mono_ms(station->clock), &ask);
    place_ask(&served->station, look, served->staff);
    machine_sim_set_answer(station->machine, rc, "a sentence");
    place_ask(&served->station, install, served->staff);
    for (int i = 0; i < 20; i++)
        assert_int_equal(station_step(station, 5), RC_OK);
    return stage_page(station->stage)->told.why;
}

static void a_machine_that_has_something_else_to_do_is_no_machine_without_updates(void **state)
{
    put_update(*state);
    struct served served = serve(*state);
    assert_string_equal(said_of_install(&served, RC_BUSY), update_why_text(UPDATE_WHY_BUSY));
    assert_string_equal(said_of_install(&served, RC_UNSUPPORTED),
                        update_why_text(UPDATE_WHY_SYSTEM));
    place_close_served(&served.station);
}

static int64_t wall_after(struct served *served, struct fact_id by)
{
    struct clock_reading now;
    (void)has_effect(served, (struct ask){.kind = ASK_CLOCK, .at_ms = PLACE_NOON_MS + DAY_MS}, by,
                     "");
    clock_read(served->station.clock, &now);
    return now.wall_ms;
}

static void only_staff_set_the_clock(void **state)
{
    struct served served = serve(*state);
    const struct fact_id nobody = {0, 0};
    assert_true(wall_after(&served, nobody) < PLACE_NOON_MS + DAY_MS);
    assert_true(wall_after(&served, served.member) < PLACE_NOON_MS + DAY_MS);
    assert_true(wall_after(&served, served.staff) >= PLACE_NOON_MS + DAY_MS);
    place_close_served(&served.station);
}

/* --- what the venue's file says --- */

static void write_venue(struct place *place, const char *text)
{
    char path[64];
    snprintf(path, sizeof path, "%s/perron.conf", place->data);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void a_muted_house_is_silent_whatever_volume_was_kept(void **state)
{
    const struct ask louder = {.kind = ASK_SETTING, .text = "volume", .number = {10}};
    struct served served = serve(*state);
    assert_true(has_effect(&served, louder, served.staff, "volume 80"));
    place_close_served(&served.station);
    served = serve(*state);
    assert_true(place_has_line(&served.station, "volume 80")); /* the control: it is kept */
    place_close_served(&served.station);
    write_venue(*state, "[sound]\nmute = yes\n");
    served = serve(*state);
    assert_true(place_has_line(&served.station, "volume 0"));
    assert_false(place_has_line(&served.station, "volume 80"));
    assert_false(has_effect(&served, louder, served.staff, "volume 90"));
    place_close_served(&served.station);
}

static void settings_that_are_mended_are_taken_as_a_whole(void **state)
{
    write_venue(*state, "[screen]\nkeyboard = typewriter\n");
    struct served served = serve(*state);
    assert_false(station_is_serving(served.station.station));
    write_venue(*state, "[screen]\nkeyboard = qwerty\n[sound]\nvolume = 30\n");
    clock_advance(served.station.clock, 6000);
    assert_int_equal(station_step(served.station.station, 5), RC_OK);
    assert_true(station_is_serving(served.station.station));
    assert_true(place_has_line(&served.station, "volume 30"));
    assert_int_equal(stage_page(station_stage(served.station.station))->keyboard.arrangement,
                     KEYBOARD_QWERTY);
    place_close_served(&served.station);
}

/* --- stories --- */

/* An assembly: Qa Nr 01 to Qa Nr 80 are in the house. */
static void fill(struct place *place)
{
    struct place_register opened = place_open(place);
    for (int i = 1; i <= CROWD; i++)
        let_in(opened.journal, &opened.now, i);
    place_close(&opened);
}

static void the_roll_call_of_an_assembly_goes_on_to_the_last(void **state)
{
    fill(*state);
    place_expect(*state, staff_mode,
                 "press here\nexpect text 80 personnes\npress later x9\nexpect no button later\n"
                 "expect text Qa Nr 80\n");
}

static void a_list_that_is_too_long_says_how_many_it_does_not_have(void **state)
{
    fill(*state);
    place_expect(*state, staff_mode,
                 "press people\ntype Qa\npress key Done\nexpect page found\n"
                 "expect text 30 personnes de plus\n");
    /* the control: nobody is missing where all are found */
    assert_int_equal(place_play(*state, staff_mode,
                                "press people\ntype Ada\npress key Done\nexpect page found\n"
                                "expect text de plus\n"),
                     RC_REFUSED);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, place_copy, place_remove_copy)

int main(void)
{
    struct CMUnitTest tests[] = {
        TEST(the_machine_does_nothing_for_who_has_no_right_to_it),
        TEST(an_update_is_installed_by_nobody_who_has_no_right_to_the_machine),
        TEST(a_machine_that_has_something_else_to_do_is_no_machine_without_updates),
        TEST(only_staff_set_the_clock),
        TEST(a_muted_house_is_silent_whatever_volume_was_kept),
        TEST(settings_that_are_mended_are_taken_as_a_whole),
        TEST(the_roll_call_of_an_assembly_goes_on_to_the_last),
        TEST(a_list_that_is_too_long_says_how_many_it_does_not_have),
    };
    if (hash_init())
        return 1;
    return cmocka_run_group_tests(tests, place_make, place_remove);
}
