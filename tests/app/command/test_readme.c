/* "A day with it" of README.md, word for word and in its order, from a fresh clone. */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/session.h"

#define CHAPTER "## A day with it"
#define LINES_AT_LEAST 30
#define WAITS_MAX 12 /* of ten seconds: a line of a session has not that long */

static struct said said;

/*
 * What differs from a day with hardware: where the stick is, that the door needs none and stays
 * open beside the rest, and who types the PIN. The place itself is the reader's home.
 */
static const char beginning[] =
    "export HOME=$F/home; mkdir -p $HOME $F/stick $F/clone; cd $F/clone;"
    "ln -s \"$1\" build; ln -s \"$2/app\" app; ln -s \"$2/board\" board;"
    "ln -s \"$2/tests\" tests;"
    "echo 274913 > $F/pin; trap 'kill $station 2>/dev/null' EXIT\n";

static void write_line(FILE *script, char *line)
{
    char *stick;
    bool is_door = strncmp(line, "perron station ", 15) == 0;
    line[strcspn(line, "\n")] = 0;
    if (is_door) {
        fputs("perron station --board board/desktop.conf --reader sim --headless & station=$!\n"
              "for i in $(seq 200); do perron status | grep -q resting && break; sleep 0.1; done\n",
              script);
        return;
    }
    fputs("{ ", script);
    for (; (stick = strstr(line, "/media/stick")); line = stick + strlen("/media/stick"))
        fprintf(script, "%.*s$F/stick", (int)(stick - line), line);
    fprintf(script,
            "%s\n} < $F/pin || { echo \"line $LINENO of the chapter failed\" >&2; exit 1; }\n",
            line);
}

static int write_script(const char *path)
{
    char line[512];
    int count = 0;
    bool is_in = false;
    FILE *readme = fopen("README.md", "r"), *script = fopen(path, "w");
    assert_true(readme && script);
    fputs(beginning, script);
    while (fgets(line, sizeof line, readme)) {
        if (strncmp(line, "## ", 3) == 0)
            is_in = strncmp(line, CHAPTER, strlen(CHAPTER)) == 0;
        if (strncmp(line, "The place itself", 16) == 0) /* settings, not commands */
            is_in = false;
        if (!is_in || strncmp(line, "    ", 4) != 0)
            continue;
        write_line(script, line + 4);
        count++;
    }
    fclose(readme);
    assert_int_equal(fclose(script), 0);
    return count;
}

static void each_line_works_after_the_one_before(void **state)
{
    const struct session *session = *state;
    const char *build = getenv("PERRON_BUILD");
    char path[160];
    snprintf(path, sizeof path, "%s/chapter.sh", session->folder);
    assert_in_range(write_script(path), LINES_AT_LEAST, 100);
    session_must(
        *state, &said,
        "top=$PWD; { F=$F timeout 110 bash $F/chapter.sh \"$top/%s\" \"$top\"; echo ended $?; "
        "} >$F/out 2>$F/err </dev/null & echo $!",
        build ? build : "build");
    for (int i = 0; i < WAITS_MAX && !said.code; i++)
        session_run(*state, &said,
                    "for i in $(seq 100); do ! tail -n 1 $F/out | grep -q '^ended ' "
                    "|| exit 9; sleep 0.1; done");
    session_run(*state, &said,
                "test \"$(tail -n 1 $F/out)\" = 'ended 0' || { tail -n 5 $F/err; exit 1; }");
    if (said.code)
        fail_msg("%s", said.out);
    /* and each did what it says */
    session_must(
        *state, &said,
        "cd $F/clone && grep -q 1001 codes.csv && grep -q 1005 ayse.json && "
        "head -c 4 ayse.pdf | grep -q PDF && head -c 4 here.pdf | grep -q PDF && "
        "test -s $F/stick/20*/perron.db.sealed && test -s $F/home/register/20*/visits.csv");
    session_must(*state, &said, "tail -n 60 $F/out");
    assert_non_null(strstr(said.out, "The badges, PINs and codes that people have are known."));
    assert_non_null(strstr(said.out, "holds: "));
    assert_null(strstr(said.out, "not sealed"));
    session_must(*state, &said, "HOME=$F/home; $P verify --data $F/home/house-2");
    session_must(*state, &said,
                 "$P restore $F/home/register/20* --key $F/clone/co-ordinator.key --data $F/again");
    assert_non_null(strstr(said.out, "restored from the database copy"));
    assert_non_null(strstr(said.out, "that people have are known"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_line_works_after_the_one_before, session_set_up,
                                        session_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
