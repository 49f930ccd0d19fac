/*
 * The station under the filter of its unit: what the kernel may be asked for, and which sockets
 * there may be. systemd is not asked to run it, because where tests run it seldom is the first
 * process: the same filter is made of the unit's lines and of what systemd-analyze says of its
 * groups. What the unit refuses ends the process here, so that nothing works by being refused
 * quietly.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>
#include <seccomp.h>

#include "tests/support/build.h"
#include "tests/support/give_up.h"
#include "tests/support/session.h"

#define UNIT "board/systemd/perron.service"
#define CALLS_MAX 1024
#define KILLED_BY_FILTER (128 + 31) /* SIGSYS */

/* --- the filter --- */

/* Flags whether each call of this machine is allowed; foreign and unknown ones are left out. */
struct filter {
    bool is_allowed[CALLS_MAX];
    bool has_unix, has_netlink;
};

static void set_call(struct filter *filter, const char *name, bool is_allowed)
{
    int number = seccomp_syscall_resolve_name(name);
    if (number >= 0 && number < CALLS_MAX)
        filter->is_allowed[number] = is_allowed;
}

/* A group is asked of systemd, and has groups in it itself. */
static void set_group(struct filter *filter, const char *name, bool is_allowed)
{
    char line[256];
    if (name[0] != '@') {
        set_call(filter, name, is_allowed);
        return;
    }
    snprintf(line, sizeof line, "systemd-analyze --no-pager syscall-filter %s", name);
    FILE *said = popen(line, "r");
    int count = 0;
    while (said && fgets(line, sizeof line, said)) {
        char *word = line + strspn(line, " \t");
        word[strcspn(word, "\n")] = 0;
        if (word == line || word[0] == '#' || !word[0])
            continue;
        set_group(filter, word, is_allowed);
        count++;
    }
    if (!said || pclose(said) || !count)
        give_up("filter", "systemd-analyze does not know the group %s", name);
}

static void read_unit(const char *path, struct filter *filter)
{
    static const char calls[] = "SystemCallFilter=", families[] = "RestrictAddressFamilies=";
    char line[512];
    int lines = 0;
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) {
        char *rest;
        if (strncmp(line, families, strlen(families)) == 0) {
            filter->has_unix = strstr(line, "AF_UNIX");
            filter->has_netlink = strstr(line, "AF_NETLINK");
        }
        if (strncmp(line, calls, strlen(calls)) != 0)
            continue;
        bool is_allowed = line[strlen(calls)] != '~';
        for (char *word = strtok_r(line + strlen(calls) + !is_allowed, " \n", &rest); word;
             word = strtok_r(NULL, " \n", &rest))
            set_group(filter, word, is_allowed);
        lines++;
    }
    if (!file || !lines || !filter->has_unix)
        give_up("filter", "%s says nothing of calls and sockets", path);
    fclose(file);
}

static void allow_family(scmp_filter_ctx context, int family)
{
    if (seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1,
                         SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)family, 0)))
        give_up("filter", "no rule for sockets");
}

static void install(const struct filter *filter)
{
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_KILL_PROCESS);
    for (int number = 0; number < CALLS_MAX; number++)
        if (filter->is_allowed[number] && number != SCMP_SYS(socket))
            (void)seccomp_rule_add(context, SCMP_ACT_ALLOW, number, 0);
    allow_family(context, AF_UNIX);
    if (filter->has_netlink)
        allow_family(context, AF_NETLINK);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || seccomp_load(context))
        give_up("filter", "the kernel does not take the filter");
    seccomp_release(context);
}

/* Becomes that program, under the filter. */
static int run_under(const char *unit, char **arguments)
{
    static struct filter filter;
    read_unit(unit, &filter);
    if (geteuid() ==
        0) /* then SQLite gives its files to whom the database is; a station is not root */
        set_call(&filter, "fchown", true);
    install(&filter);
    execvp(arguments[0], arguments);
    return 127;
}

/* --- what is run under it --- */

static struct said said;

static int set_up(void **state)
{
    char under[256], more[320];
    session_set_up_people(state);
    snprintf(under, sizeof under, "%s/tests/board/test_filter --under " UNIT, build_folder());
    setenv("UNDER", under, 1);
    /* a sanitizer that looks for leaks does so as a debugger, which the filter is there to end */
    const char *options = getenv("ASAN_OPTIONS");
    snprintf(more, sizeof more, "%.200s:detect_leaks=0", options ? options : "");
    setenv("ASAN_OPTIONS", more, 1);
    return 0;
}

static void a_station_with_its_reader_serves_and_ends(void **state)
{
    struct session *session = *state;
    session_must(session, &said, "mkfifo $F/hand");
    session_start_station_by(
        session, "$PERRON_BUILD/pn532-sim --link $F/pn532 < $F/hand > /dev/null & exec 3> $F/hand; "
                 "exec $UNDER $P station --board board/desktop.conf --reader pn532_uart:$F/pn532 "
                 "--headless --data $D");
    session_wait_for_status(session, "reader     ready");
    session_must(session, &said, "echo tap 04D6E5B12F1F57 > $F/hand");
    session_wait_for_status(session, "here       1");
    session_must(session, &said, "$P screenshot $F/now.png --data $D && $P export $F --data $D");
    assert_int_equal(session_stop_station(session), 0);
}

static void the_commands_work_under_it(void **state)
{
    static const char *const lines[] = {"visits", "report", "verify",
                                        "doctor --board board/desktop.conf"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        session_run(*state, &said, "$UNDER $P %s --data $D", lines[i]);
        if (said.code > 1)
            fail_msg("%s ends with %d: %s", lines[i], said.code, said.err);
    }
}

/* ProtectClock has a filter of its own, which is not made here: a clock that was set by the network
 * would be nobody's. */
static void the_unit_lets_the_clock_be_asked(void **state)
{
    session_must(*state, &said, "! grep ^ProtectClock " UNIT);
}

/* Each on a house of its own, beside each other: they wait for clocks more than they work. */
static void the_stories_are_true_under_it(void **state)
{
    static const char names[] = "arrival-and-departure restart basket staff-badges stick-out "
                                "stick-in first-visit-fr";
    session_run(
        *state, &said,
        "play() { $UNDER $PERRON_BUILD/perron-play --house --data $F/$1 && "
        "$UNDER $PERRON_BUILD/perron-play tests/flows/$1.flow --data $F/$1 > $F/$1.out 2>&1 ||"
        " { echo $1 ends with $?; tail -n 5 $F/$1.out; }; };"
        "for story in %s; do play $story & done; wait",
        names);
    assert_string_equal(said.out, "");
}

/* --- the controls --- */

static void what_the_unit_refuses_ends_the_process(void **state)
{
    static const char *const lines[] = {
        "chroot / true",                      /* @mount */
        "taskset 1 true",                     /* @resources */
        "bash -c ': < /dev/tcp/127.0.0.1/9'", /* AF_INET */
        "strace -f -o /dev/null true",        /* @debug */
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        session_run(*state, &said, "$UNDER %s", lines[i]);
        if (said.code != KILLED_BY_FILTER)
            fail_msg("%s ends with %d: %s", lines[i], said.code, said.err);
    }
    session_must(*state, &said, "$UNDER true");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_station_with_its_reader_serves_and_ends, set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(the_commands_work_under_it, set_up, session_tear_down),
        cmocka_unit_test_setup_teardown(the_unit_lets_the_clock_be_asked, set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(the_stories_are_true_under_it, set_up, session_tear_down),
        cmocka_unit_test_setup_teardown(what_the_unit_refuses_ends_the_process, set_up,
                                        session_tear_down),
    };
    if (argc > 3 && strcmp(argv[1], "--under") == 0)
        return run_under(argv[2], argv + 3);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
