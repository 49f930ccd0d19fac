#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/base/hash.h"
#include "tests/support/demo.h"
#include "tests/support/player.h"

#define FLOWS_MAX 128

/* The demo's house, made once: sealing PINs and codes takes its time. */
static char house[64];

static void run(const char *format, const char *a, const char *b)
{
    char command[256];
    snprintf(command, sizeof command, format, a, b);
    assert_int_equal(system(command), 0);
}

static int make_house(void **state)
{
    struct reason reason = {""};
    (void)state;
    strcpy(house, "/tmp/perron-house-XXXXXX");
    if (!mkdtemp(house) || demo_make(house, &reason))
        fail_msg("%s", reason.text);
    return 0;
}

static int remove_house(void **state)
{
    (void)state;
    run("rm -rf %s%s", house, "");
    return 0;
}

/* A copy of it, with no station on it. */
static void make_folder(char *out_path)
{
    strcpy(out_path, "/tmp/perron-flow-XXXXXX");
    assert_non_null(mkdtemp(out_path));
    run("cp -a %s/. %s", house, out_path);
}

static void a_flow_finds_what_it_expects(void **state)
{
    char folder[64];
    struct reason reason = {""};
    struct player_config config = {
        .data = folder, .people = DEMO_PEOPLE, .board = "board/desktop.conf"};
    make_folder(folder);
    enum rc rc = player_play(&config, *state, &reason);
    run("rm -rf %s%s", folder, "");
    if (rc)
        fail_msg("%s", reason.text);
}

/* The control: a story that is not true must be found out. */
static void a_flow_that_is_not_true_fails(void **state)
{
    char folder[64], path[96];
    struct reason reason = {""};
    struct player_config config = {
        .data = folder, .people = DEMO_PEOPLE, .board = "board/desktop.conf"};
    (void)state;
    make_folder(folder);
    snprintf(path, sizeof path, "%s/lie.flow", folder);
    FILE *file = fopen(path, "w");
    fputs("at 2026-11-25 13:48\ntap Ada\nexpect scene goodbye\n", file);
    fclose(file);
    assert_int_equal(player_play(&config, path, &reason), RC_REFUSED);
    assert_non_null(strstr(reason.text, "lie.flow:3: goodbye; there was: greeting"));
    run("rm -rf %s%s", folder, "");
}

static int is_flow(const struct dirent *entry)
{
    return strstr(entry->d_name, ".flow") != NULL;
}

/* With a word: only the flows whose path fits it (* and ? stand for anything). */
int main(int argc, char **argv)
{
    static char paths[FLOWS_MAX][320];
    static struct CMUnitTest tests[FLOWS_MAX + 2];
    struct dirent **entries;
    int count = scandir("tests/flows", &entries, is_flow, alphasort), used = 0;
    if (count < 1 || count > FLOWS_MAX || hash_init())
        return 1;
    for (int i = 0; i < count; i++) {
        snprintf(paths[i], sizeof paths[i], "tests/flows/%s", entries[i]->d_name);
        tests[used++] =
            (struct CMUnitTest){paths[i], a_flow_finds_what_it_expects, NULL, NULL, paths[i]};
        free(entries[i]);
    }
    free(entries);
    strcpy(paths[FLOWS_MAX - 1], "app/share/demo/evening.flow");
    tests[used++] = (struct CMUnitTest){"the demo's evening", a_flow_finds_what_it_expects, NULL,
                                        NULL, paths[FLOWS_MAX - 1]};
    tests[used++] = (struct CMUnitTest)cmocka_unit_test(a_flow_that_is_not_true_fails);
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    return _cmocka_run_group_tests("flows", tests, (size_t)used, make_house, remove_house);
}
