/* A tree of files in place of the kernel's. */
#include "firmware/linux/machine_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[64];

static int set_up(void **state)
{
    (void)state;
    strcpy(root, "/tmp/perron-machine-XXXXXX");
    return mkdtemp(root) ? 0 : -1;
}

static int tear_down(void **state)
{
    char command[96];
    (void)state;
    snprintf(command, sizeof command, "rm -r %s", root);
    return system(command);
}

/* Writes a file below the root, with its folders. */
static void have(const char *path, const char *text)
{
    char whole[256];
    snprintf(whole, sizeof whole, "%s%s", root, path);
    for (char *slash = whole + strlen(root) + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = 0;
        mkdir(whole, 0700);
        *slash = '/';
    }
    FILE *file = fopen(whole, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static const char *content(const char *path)
{
    static char text[64];
    char whole[256];
    snprintf(whole, sizeof whole, "%s%s", root, path);
    FILE *file = fopen(whole, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    return text;
}

static struct machine_health look(void)
{
    struct machine_health health;
    machine_files_health(root, root, &health);
    return health;
}

/* --- brightness --- */

#define LIGHT "/sys/class/backlight/10-0045/"

static void a_screen_without_a_backlight_says_so(void **state)
{
    int percent = 77;
    (void)state;
    assert_int_equal(machine_files_brightness(root, &percent), RC_UNSUPPORTED);
    assert_int_equal(machine_files_set_brightness(root, 50), RC_UNSUPPORTED);
    assert_int_equal(percent, 77);
}

static void brightness_is_set_in_percent_of_what_the_panel_has(void **state)
{
    int percent;
    (void)state;
    have(LIGHT "max_brightness", "31\n");
    have(LIGHT "brightness", "31\n");
    assert_int_equal(machine_files_brightness(root, &percent), RC_OK);
    assert_int_equal(percent, 100);
    have(LIGHT "brightness", ""); /* a file keeps its old end where the kernel would not */
    assert_int_equal(machine_files_set_brightness(root, 40), RC_OK);
    assert_string_equal(content(LIGHT "brightness"), "12\n");
}

static void every_percent_is_kept_where_the_panel_is_fine_enough(void **state)
{
    int percent;
    (void)state;
    have(LIGHT "max_brightness", "255\n");
    for (int wanted = 1; wanted <= 100; wanted++) {
        have(LIGHT "brightness", "");
        assert_int_equal(machine_files_set_brightness(root, wanted), RC_OK);
        assert_int_equal(machine_files_brightness(root, &percent), RC_OK);
        assert_int_equal(percent, wanted);
    }
}

static void the_screen_never_goes_dark(void **state)
{
    int percent;
    (void)state;
    have(LIGHT "max_brightness", "7\n");
    have(LIGHT "brightness", "");
    assert_int_equal(machine_files_set_brightness(root, 1), RC_OK);
    assert_string_equal(content(LIGHT "brightness"), "1\n");
    have(LIGHT "brightness", "0\n");
    assert_int_equal(machine_files_brightness(root, &percent), RC_OK);
    assert_int_equal(percent, 1);
}

static void a_panel_that_talks_nonsense_cannot_be_dimmed(void **state)
{
    static const char *const most[] = {"0\n", "-5\n", "many\n", "", "99999999999999\n"};
    int percent;
    (void)state;
    have(LIGHT "brightness", "10\n");
    for (size_t i = 0; i < sizeof most / sizeof most[0]; i++) {
        have(LIGHT "max_brightness", most[i]);
        assert_int_equal(machine_files_brightness(root, &percent), RC_UNSUPPORTED);
        assert_int_equal(machine_files_set_brightness(root, 50), RC_UNSUPPORTED);
    }
}

static void what_the_station_may_not_write_is_told(void **state)
{
    char path[128];
    (void)state;
    have(LIGHT "max_brightness", "255\n");
    snprintf(path, sizeof path, "%s" LIGHT "brightness", root);
    assert_int_equal(mkdir(path, 0700), 0); /* root may write everything but a folder */
    assert_int_equal(machine_files_set_brightness(root, 50), RC_IO);
}

/* --- health --- */

static void a_machine_that_tells_nothing_is_unknown_and_not_fine(void **state)
{
    struct machine_health health = look();
    (void)state;
    assert_int_equal(health.temperature_c, MACHINE_NO_NUMBER);
    assert_int_equal(health.memory_free_bytes, MACHINE_NO_NUMBER);
    assert_int_equal(health.under_voltage, MACHINE_UNKNOWN);
    machine_files_health(root, "/nowhere/to/be/found", &health);
    assert_int_equal(health.disk_free_bytes, MACHINE_NO_NUMBER);
    assert_int_equal(health.disk_total_bytes, MACHINE_NO_NUMBER);
}

static void the_hottest_place_counts_and_sensors_that_are_not_there_do_not(void **state)
{
    (void)state;
    have("/sys/class/thermal/thermal_zone0/temp", "48250\n");
    have("/sys/class/thermal/thermal_zone1/temp", "61800\n");
    have("/sys/class/thermal/thermal_zone2/temp", "-274000\n");
    have("/sys/class/thermal/thermal_zone3/temp", "999000\n");
    have("/sys/class/thermal/thermal_zone4/temp", "warm\n");
    assert_int_equal(look().temperature_c, 62);
}

static void a_weak_supply_is_seen_where_the_board_tells(void **state)
{
    (void)state;
    have("/sys/class/hwmon/hwmon0/name", "cpu_thermal\n");
    have("/sys/class/hwmon/hwmon0/in0_lcrit_alarm", "1\n");
    assert_int_equal(look().under_voltage, MACHINE_UNKNOWN);
    have("/sys/class/hwmon/hwmon1/name", "rpi_volt\n");
    have("/sys/class/hwmon/hwmon1/in0_lcrit_alarm", "0\n");
    assert_int_equal(look().under_voltage, MACHINE_NO);
    have("/sys/class/hwmon/hwmon1/in0_lcrit_alarm", "1\n");
    assert_int_equal(look().under_voltage, MACHINE_YES);
}

static void memory_and_disk_are_in_bytes(void **state)
{
    (void)state;
    have("/proc/meminfo", "MemTotal:        1894188 kB\nMemFree:          912345 kB\n"
                          "MemAvailable:    1501234 kB\nBuffers: x\n");
    struct machine_health health = look();
    assert_int_equal(health.memory_total_bytes, 1894188LL * 1024);
    assert_int_equal(health.memory_free_bytes, 1501234LL * 1024);
    assert_true(health.disk_total_bytes > 0 && health.disk_free_bytes >= 0);
    assert_true(health.disk_free_bytes <= health.disk_total_bytes);
    assert_true(health.uptime_s > 0);
}

static void addresses_are_those_a_technician_can_reach(void **state)
{
    int found = 0;
    (void)state;
    have("/proc/self/net/if_inet6", "00000000000000000000000000000001 01 80 10 80       lo\n"
                                    "fe800000000000000123456789abcdef 02 40 20 80     eth0\n"
                                    "20010db8000000000000000000000007 02 40 00 00     eth0\n"
                                    "20010db8zz00000000000000000000 02 40 00 00 eth0\n"
                                    "\n2001\n");
    struct machine_health health = look();
    for (int i = 0; i < health.address_count; i++) {
        assert_null(strstr(health.addresses[i].text, "127.0.0.1"));
        assert_string_not_equal(health.addresses[i].interface, "lo");
        if (strchr(health.addresses[i].text, ':')) {
            assert_string_equal(health.addresses[i].text, "2001:db8::7");
            assert_string_equal(health.addresses[i].interface, "eth0");
            found++;
        }
    }
    assert_int_equal(found, 1);
}

static void more_addresses_than_there_is_room_for_are_left_out(void **state)
{
    char text[4096] = "";
    (void)state;
    for (int i = 0; i < 40; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text),
                 "20010db80000000000000000000000%02x 02 40 00 00 eth0\n", i + 1);
    have("/proc/self/net/if_inet6", text);
    assert_int_equal(look().address_count, MACHINE_ADDRESSES);
}

static void this_machine_tells_of_itself(void **state)
{
    struct machine_health health;
    (void)state;
    machine_files_health("", "/tmp", &health);
    assert_true(health.memory_total_bytes > health.memory_free_bytes);
    assert_true(health.memory_free_bytes > 0);
}

int main(void)
{
#define IN_TREE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        IN_TREE(a_screen_without_a_backlight_says_so),
        IN_TREE(brightness_is_set_in_percent_of_what_the_panel_has),
        IN_TREE(every_percent_is_kept_where_the_panel_is_fine_enough),
        IN_TREE(the_screen_never_goes_dark),
        IN_TREE(a_panel_that_talks_nonsense_cannot_be_dimmed),
        IN_TREE(what_the_station_may_not_write_is_told),
        IN_TREE(a_machine_that_tells_nothing_is_unknown_and_not_fine),
        IN_TREE(the_hottest_place_counts_and_sensors_that_are_not_there_do_not),
        IN_TREE(a_weak_supply_is_seen_where_the_board_tells),
        IN_TREE(memory_and_disk_are_in_bytes),
        IN_TREE(addresses_are_those_a_technician_can_reach),
        IN_TREE(more_addresses_than_there_is_room_for_are_left_out),
        IN_TREE(this_machine_tells_of_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
