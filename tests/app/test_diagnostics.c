/*
 * How a station is, for strangers to read: numbers, and nothing that anybody typed. A register full
 * of telling names is searched for each of them.
 */
#include "app/diagnostics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "app/domain/badge.h"
#include "app/venue.h"
#include "firmware/base/hex.h"
#include "tests/support/plan.h"

static struct house *house;
static char text[32768];
static size_t length, limit;

/* All that is told of somebody, and what a house has typed. */
static const char *const secrets[] = {
    "Zebulon",          "Quetzalcoatl", "M-778899",      "zebulon@example.org",
    "+32 470 99 88 77", "sel-ext-5",    "Vindrique",     "Hors-piste",
    "Le Grand Secret",  "Rue Cachee",   "Merci Zebulon", "Fanfreluche",
    "Calembredaine",    "Ada",          "Bilal",
};

static enum rc keep(void *context, const char *bytes, size_t count)
{
    (void)context;
    if (limit && length + count > limit)
        return RC_FULL;
    assert_true(length + count < sizeof text);
    memcpy(text + length, bytes, count);
    text[length += count] = 0;
    return RC_OK;
}

static const struct sink sink = {NULL, keep};

static void write_settings(const char *words)
{
    char path[128];
    snprintf(path, sizeof path, "%s/perron.conf", house->data);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(words, file);
    fclose(file);
}

static int set_up(void **state)
{
    (void)state;
    length = limit = 0;
    house = house_open();
    house_record(house, FACT_PERSON_CHANGED, house->people[HOUSE_IS_ADA],
                 json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "first_name", "Zebulon",
                           "last_name", "Quetzalcoatl", "number", "M-778899", "email",
                           "zebulon@example.org", "phone", "+32 470 99 88 77", "external_id",
                           "sel-ext-5", "circle", "Vindrique", "line", "Hors-piste"));
    plan_one(house, "Fanfreluche", 0, 60, 2);
    struct occasion drinks = plan_occasion(house, OCCASION_DRINKS, "Calembredaine", 0, 90);
    plan_put(house, &drinks);
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_NOBODY);
    write_settings("[venue]\nname = Le Grand Secret\nlanguage = nl\n"
                   "[certificate]\nplace = Rue Cachee\nwords_fr = Merci Zebulon\n");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    house_close(house);
    return 0;
}

static enum rc write_it(const json_t *status)
{
    static const struct machine_health health = {.temperature_c = 51,
                                                 .disk_free_bytes = INT64_C(7) << 30,
                                                 .disk_total_bytes = INT64_C(29) << 30,
                                                 .memory_free_bytes = MACHINE_NO_NUMBER,
                                                 .memory_total_bytes = MACHINE_NO_NUMBER,
                                                 .uptime_s = 7200,
                                                 .under_voltage = MACHINE_YES,
                                                 .address_count = 1,
                                                 .addresses = {{"eth0", "192.0.2.7"}}};
    static const struct board board = {.width_px = 800,
                                       .height_px = 480,
                                       .width_mm = 154,
                                       .height_mm = 86,
                                       .reader = "pn532_uart:/dev/ttyS0"};
    const struct diagnostics diagnostics = {.data = house->data,
                                            .now = house_now(house),
                                            .board = &board,
                                            .health = &health,
                                            .status = status};
    return diagnostics_write(&diagnostics, &sink);
}

/* A line of that name with that value. */
static void assert_line(const char *name, const char *value)
{
    char line[128];
    snprintf(line, sizeof line, "\n%-24s = %s", name, value);
    if (!strstr(text, line))
        fail_msg("there is no \"%s\" in:\n%s", line + 1, text);
}

static void assert_tells_nobody(void)
{
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++)
        if (strcasestr(text, secrets[i]))
            fail_msg("\"%s\" is in:\n%s", secrets[i], text);
}

/* Neither its number nor its hash, nor the four signs of that which staff know it by. */
static void assert_has_no_badge(const char *badge_text)
{
    struct badge badge;
    char hex[2 * BADGE_HASH_BYTES + 1];
    assert_int_equal(badge_from_reader(badge_text, &badge), RC_OK);
    struct badge_hash hash = badge_hash(&badge, folder_key(house->folder));
    hex_encode(hash.bytes, sizeof hash.bytes, hex);
    hex[16] = 0;
    assert_null(strcasestr(text, hex));
    assert_null(strcasestr(text, strchr(badge_text, ':') + 1));
    hex[4] = 0;
    if (strpbrk(hex, "ABCDEF")) /* digits alone stand in many a number */
        assert_null(strstr(text, hex));
}

static void it_says_how_the_station_is(void **state)
{
    (void)state;
    json_t *status = json_pack("{s:b,s:s,s:s,s:s,s:s}", "running", 1, "venue", "Le Grand Secret",
                               "scene", "resting", "reader", "ready", "disk", "takes facts");
    assert_int_equal(write_it(status), RC_OK);
    json_decref(status);
    assert_line("perron", PERRON_VERSION);
    assert_line("kernel", "Linux ");
    assert_line("sqlite", "3.");
    assert_line("screen", "800 x 480 pixels, 154 x 86 mm");
    assert_line("reader", "pn532_uart:/dev/ttyS0");
    assert_line("disk_free", "7168 MB");
    assert_line("memory_free", "not known");
    assert_line("under_voltage", "yes");
    assert_line("eth0", "192.0.2.7");
    assert_line("running", "yes");
    assert_line("reader", "ready");
    assert_line("venue.language", "nl");
    assert_line("people", "3\n");
    assert_line("visits", "1\n");
    assert_line("here", "1\n");
    assert_line("verify", "holds");
    assert_line("venue.key", "84 bytes, mode 0600");
}

static void nobody_is_in_it(void **state)
{
    (void)state;
    json_t *status = json_pack("{s:s,s:s,s:s}", "venue", "Le Grand Secret", "fault",
                               "perron.conf:2: Quetzalcoatl is no language", "version", "1");
    assert_int_equal(write_it(status), RC_OK);
    json_decref(status);
    assert_tells_nobody();
    assert_has_no_badge(HOUSE_ADA);
    assert_has_no_badge(HOUSE_BILAL);
    assert_has_no_badge(HOUSE_NOBODY);
    assert_null(strstr(text, house->data));
    assert_line("fault", "yes");
    for (size_t i = 0; i < length; i++)
        assert_true(text[i] == '\n' || (text[i] >= ' ' && text[i] <= '~'));
}

/* The control: what is searched for would be found. */
static void the_register_it_is_about_is_full_of_names(void **state)
{
    (void)state;
    assert_int_equal(house_number(house, "SELECT count(*) FROM person WHERE last_name="
                                         "'Quetzalcoatl' AND number='M-778899'"),
                     1);
    assert_int_equal(write_it(NULL), RC_OK);
    snprintf(text + length, sizeof text - length, "name = zebulon\n");
    assert_non_null(strcasestr(text, secrets[0]));
}

static void files_that_others_left_there_are_not_named(void **state)
{
    char path[160];
    (void)state;
    snprintf(path, sizeof path, "%s/Zebulon.csv", house->data);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
    assert_int_equal(write_it(NULL), RC_OK);
    assert_tells_nobody();
    assert_line("running", "no");
}

static void settings_with_a_mistake_are_not_repeated(void **state)
{
    (void)state;
    write_settings("[venue]\nlanguage = Quetzalcoatl\nname = Le Grand Secret\n");
    assert_int_equal(write_it(NULL), RC_OK);
    assert_tells_nobody();
    assert_line("perron.conf", "cannot be used");
}

static void a_register_that_does_not_hold_is_told_by_its_fact(void **state)
{
    (void)state;
    house_tamper(house, "UPDATE person SET first_name='Quetzalcoatl'");
    assert_int_equal(write_it(NULL), RC_OK);
    assert_tells_nobody();
    assert_line("verify", "does not hold");
    assert_line("verify_differing", "3");
    assert_line("verify_first", "another view of the person at station ");
}

static void a_folder_without_a_register_is_told_all_the_same(void **state)
{
    const struct diagnostics diagnostics = {.data = "/tmp/perron-nowhere"};
    (void)state;
    assert_int_equal(diagnostics_write(&diagnostics, &sink), RC_OK);
    assert_line("perron.db", "not found");
    assert_line("board", "not known");
}

static void a_full_stick_is_said(void **state)
{
    (void)state;
    for (limit = 1; limit < 2000; limit += 250) {
        length = 0;
        assert_int_equal(write_it(NULL), RC_FULL);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_says_how_the_station_is),
        TEST(nobody_is_in_it),
        TEST(the_register_it_is_about_is_full_of_names),
        TEST(files_that_others_left_there_are_not_named),
        TEST(settings_with_a_mistake_are_not_repeated),
        TEST(a_register_that_does_not_hold_is_told_by_its_fact),
        TEST(a_folder_without_a_register_is_told_all_the_same),
        TEST(a_full_stick_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
