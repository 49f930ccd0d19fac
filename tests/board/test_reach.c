/*
 * What the station reaches for, seen by strace: it executes nothing but its reader, and opens no
 * socket but those of this machine and the one on which the kernel tells of devices.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/session.h"

#define WATCH "strace -f -qq -e trace=execve,execveat,socket,socketpair -o $F/trace "

static struct said said;

static int set_up(void **state)
{
    char more[320];
    const char *options = getenv("ASAN_OPTIONS");
    session_set_up_people(state);
    /* two debuggers have no room in one process */
    snprintf(more, sizeof more, "%.200s:detect_leaks=0", options ? options : "");
    setenv("ASAN_OPTIONS", more, 1);
    return 0;
}

/* Programs that were executed, by their last name, each once, in order of the alphabet. */
static const char *executed(struct session *session)
{
    session_must(
        session, &said,
        "sed -n 's|.* execve[at]*([^\"]*\"\\([^\"]*/\\)*\\([^\"/]*\\)\", \\[.*|\\2|p' $F/trace |"
        "sort -u | paste -s -d ' '");
    said.out[strcspn(said.out, "\n")] = 0;
    return said.out;
}

/* Families of sockets, likewise; of AF_NETLINK its protocol. */
static const char *sockets(struct session *session)
{
    session_must(session, &said,
                 "sed -n -e 's/.* socket(AF_NETLINK, [^,]*, \\([A-Z_0-9]*\\)).*/\\1/p'"
                 " -e 's/.* socket[pair]*(\\([A-Z_0-9]*\\),.*/\\1/p' $F/trace |"
                 "grep -vx AF_NETLINK | sort -u | paste -s -d ' '");
    said.out[strcspn(said.out, "\n")] = 0;
    return said.out;
}

/* An evening in short: a tap by the real reader, a stick, an export, a list, a picture. */
static void a_station_executes_its_reader_alone_and_speaks_to_this_machine(void **state)
{
    struct session *session = *state;
    session_must(session, &said, "mkfifo $F/hand && mkdir $F/stick");
    session_start_station_by(
        session,
        "($PERRON_BUILD/pn532-sim --link $F/pn532 < $F/hand > /dev/null &); exec 3> $F/hand; "
        "exec " WATCH "$P station --board board/desktop.conf --reader pn532_uart:$F/pn532 "
        "--stick sim:$F/stick --headless --data $D");
    session_wait_for_status(session, "reader     ready");
    session_must(session, &said, "echo tap 04D6E5B12F1F57 > $F/hand");
    session_wait_for_status(session, "here       1");
    session_must(session, &said,
                 "$P screenshot $F/now.png --data $D && $P export $F --data $D && "
                 "$P people import app/share/demo/people.csv --data $D && "
                 "$P calendar import app/share/demo/calendar.ics --data $D");
    session_wait_for_status(session, "reader     ready");
    session_must(session, &said, "kill -TERM $(sed -n '1s/ .*//p' $F/trace)");
    assert_int_equal(session_await_station(session), 0);
    assert_string_equal(executed(session), "perron perron-reader");
    assert_string_equal(sockets(session), "AF_UNIX NETLINK_KOBJECT_UEVENT");
}

/* The control: whoever executes another program or opens another socket is seen. */
static void what_reaches_further_is_seen(void **state)
{
    session_run(*state, &said, WATCH "bash -c 'env true; : < /dev/tcp/127.0.0.1/9'");
    assert_string_equal(executed(*state), "bash env true");
    assert_non_null(strstr(sockets(*state), "AF_INET"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_station_executes_its_reader_alone_and_speaks_to_this_machine, set_up,
            session_tear_down),
        cmocka_unit_test_setup_teardown(what_reaches_further_is_seen, set_up, session_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
