/* A whole first visit on a station with the real reader's process, and a strip of it to look at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "firmware/base/hash.h"
#include "tests/support/demo.h"
#include "tests/support/picture.h"
#include "tests/support/player.h"

#define FLOW "tests/flows/first-visit-fr.flow"
#define STRIP_LEAST_PX 1000 /* its pictures can be read */

struct stage_set {
    char folder[64], data[80], strip[80];
    struct player_config config;
};

static int set_up(void **state)
{
    static struct stage_set set;
    struct reason reason = {.text = ""};
    set = (struct stage_set){.folder = "/tmp/perron-visit-XXXXXX"};
    if (!mkdtemp(set.folder))
        return -1;
    snprintf(set.data, sizeof set.data, "%s/data", set.folder);
    snprintf(set.strip, sizeof set.strip, "%s/strip.png", set.folder);
    set.config = (struct player_config){.data = set.data,
                                        .people = DEMO_PEOPLE,
                                        .board = "board/desktop.conf",
                                        .out = set.folder,
                                        .strip = set.strip,
                                        .is_real_reader = true};
    if (demo_make(set.data, &reason))
        fail_msg("%s", reason.text);
    *state = &set;
    return 0;
}

static int tear_down(void **state)
{
    struct stage_set *set = *state;
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", set->folder);
    return system(command);
}

/* Processes that this one has started and that are still there, dead or alive. */
static bool has_children(void)
{
    char path[64], text[64] = "";
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    bool is_read = fgets(text, sizeof text, file) != NULL;
    fclose(file);
    return is_read && strtol(text, NULL, 10) > 0;
}

static void a_first_visit_goes_its_way_with_the_real_reader(void **state)
{
    struct stage_set *set = *state;
    struct reason reason = {.text = ""};
    int width, height;
    if (player_play(&set->config, FLOW, &reason))
        fail_msg("%s", reason.text);
    assert_int_equal(picture_measure(set->strip, &width, &height), RC_OK);
    assert_true(width >= STRIP_LEAST_PX && height >= STRIP_LEAST_PX);
    assert_false(has_children());
}

/* The control: it is the reader that sees badges, and nothing else. */
static void a_badge_that_no_reader_can_see_is_missed(void **state)
{
    struct stage_set *set = *state;
    struct reason reason = {.text = ""};
    char path[96];
    snprintf(path, sizeof path, "%s/unplugged.flow", set->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("at 2026-11-25 13:48\nunplug\ntap Mehmet\n", file);
    fclose(file);
    assert_int_equal(player_play(&set->config, path, &reason), RC_REFUSED);
    assert_non_null(strstr(reason.text, "unplugged.flow:3: badge; there was: nothing"));
    assert_false(has_children());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_first_visit_goes_its_way_with_the_real_reader, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_badge_that_no_reader_can_see_is_missed, set_up,
                                        tear_down),
    };
    return hash_init() ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
