/* The units of the package and of the card: how closed they are, as systemd itself judges, and that
 * it knows all their words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/session.h"

#define PACKAGE "board/systemd/"
#define CARD "board/image/etc/systemd/system/"

/*
 * systemd's figure, ten times: 0 is closed, 100 is open. What the package installs has one bar; on
 * the card there is root's work besides, with partitions and with the file system beneath the
 * overlay, each as closed as that lets it be.
 */
static const struct unit {
    const char *path;
    const char *drop_ins; /* "": none */
    int bar;
} units[] = {
    {PACKAGE "perron.service", "", 15},
    {PACKAGE "perron-update.service", "", 15},
    {PACKAGE "perron-update-settle.service", "", 15},
    {PACKAGE "perron-update.service", CARD "perron-update.service.d", 20},
    {PACKAGE "perron-update-settle.service", CARD "perron-update-settle.service.d", 20},
    {CARD "perron-grow.service", "", 23},
    {CARD "perron-boot.service", "", 38},
    {CARD "perron-boot-close.service", "", 38},
};
#define UNITS (sizeof units / sizeof units[0])

static struct said said;

/* Of those alone that are ours by name: Debian's that the card replaces run none of our work. */
static void every_unit_has_its_bar(void **state)
{
    size_t plain = 0, with = 0;
    for (size_t i = 0; i < UNITS; i++)
        units[i].drop_ins[0] ? with++ : plain++;
    session_must(*state, &said, "ls " PACKAGE "*.service " CARD "perron-*.service | wc -l");
    assert_int_equal(atoi(said.out), plain);
    session_must(*state, &said, "ls -d " CARD "perron*.d | wc -l");
    assert_int_equal(atoi(said.out), with);
}

/* A copy in the session's folder, changed by sed, with its drop-ins beside it. */
static void lay_unit(struct session *session, const struct unit *unit, const char *change)
{
    const char *name = strrchr(unit->path, '/') + 1;
    session_must(session, &said, "sed -E '%s' %s > $F/%s && rm -rf $F/*.d && %s%s%s", change,
                 unit->path, name, unit->drop_ins[0] ? "cp -r " : "true", unit->drop_ins,
                 unit->drop_ins[0] ? " $F/" : "");
}

static bool is_closed(struct session *session, const struct unit *unit)
{
    session_run(
        session, &said,
        "SYSTEMD_UNIT_PATH=$F: systemd-analyze security --offline=true --no-pager --threshold=%d "
        "$F/%s",
        unit->bar, strrchr(unit->path, '/') + 1);
    return said.code == 0;
}

static void each_unit_is_closed(void **state)
{
    for (size_t i = 0; i < UNITS; i++) {
        lay_unit(*state, &units[i], "");
        if (!is_closed(*state, &units[i]))
            fail_msg("%s is more open than %.1f:\n%s", units[i].path, units[i].bar / 10.0,
                     said.out);
    }
}

/* The control: without what closes it, a unit is found to be open. */
static void a_unit_that_closes_nothing_is_found_out(void **state)
{
    for (size_t i = 0; i < UNITS; i++) {
        lay_unit(*state, &units[i],
                 "/^(Protect|Private|Restrict|SystemCall|Capability|Ambient|NoNew|Device|"
                 "Lock|IPAddress|Keyring|RemoveIPC|MemoryDeny|UMask|User|Group)/d");
        assert_false(is_closed(*state, &units[i]));
        assert_non_null(strstr(said.out, "Overall exposure level"));
    }
}

/* The control: what is laid beside a unit is judged with it. */
static void a_drop_in_counts(void **state)
{
    for (size_t i = 0; i < UNITS; i++) {
        struct unit as_package = units[i];
        as_package.bar = 15;
        if (!units[i].drop_ins[0])
            continue;
        lay_unit(*state, &units[i], "");
        assert_false(is_closed(*state, &as_package));
    }
}

/* With a program that is there in the place of the installed one. */
static void verify(struct session *session, const struct unit *unit, const char *change)
{
    char changes[256];
    snprintf(changes, sizeof changes, "s|^ExecStart=[^ ]*|ExecStart=/bin/true|;%s", change);
    lay_unit(session, unit, changes);
    session_run(session, &said, "systemd-analyze verify --man=no $F/%s 2>&1 | grep -F '%s' || true",
                strrchr(unit->path, '/') + 1, session->folder);
}

static void systemd_knows_every_word(void **state)
{
    for (size_t i = 0; i < UNITS; i++) {
        verify(*state, &units[i], "");
        assert_string_equal(said.out, "");
    }
}

static void a_word_that_systemd_does_not_know_is_found_out(void **state)
{
    verify(*state, &units[0], "s/^ProtectHostname/ProtectHostnames/");
    assert_non_null(strstr(said.out, "ProtectHostnames"));
}

/* --- the way back --- */

/* Both at one start, as the machine does it; each word of systemd's about an order. */
static void verify_order(struct session *session, const char *change)
{
    session_must(session, &said,
                 "for i in perron perron-update-settle; do sed -E 's|^ExecStart=[^ "
                 "]*|ExecStart=/bin/true|' board/systemd/$i.service > $F/$i.service; done; "
                 "sed -i 's|^Documentation=.*|&\\nWants=perron.service|' "
                 "$F/perron-update-settle.service; %s",
                 change);
    session_run(session, &said,
                "SYSTEMD_UNIT_PATH=$F: systemd-analyze verify --man=no "
                "$F/perron-update-settle.service 2>&1 | grep -i 'cycle' || true");
}

/* Its patience begins when the station is up: that may take longer, where it rewrites the register.
 */
static void it_is_settled_when_the_station_has_come_up_or_not(void **state)
{
    session_must(*state, &said,
                 "grep -x 'After=perron.service' board/systemd/perron-update-settle.service");
    verify_order(*state, "true");
    assert_string_equal(said.out, "");
    verify_order(*state, "sed -i 's/^Conflicts=/After=perron-update-settle.service\\n&/' "
                         "$F/perron.service"); /* the control: both wait */
    assert_non_null(strstr(said.out, "perron-update-settle.service"));
}

/* Killed, or too late: that goes back. A refusal, which is the command's own exit code, does not.
 */
static void what_is_killed_goes_back_and_what_is_refused_does_not(void **state)
{
    session_must(*state, &said,
                 "grep -x 'OnFailure=perron-update-settle.service' "
                 "board/systemd/perron-update.service && "
                 "test -e board/systemd/perron-update-settle.service && "
                 "! grep OnFailure board/systemd/perron-update-settle.service");
    session_must(*state, &said,
                 "sed -n 's/^SuccessExitStatus=//p' board/systemd/perron-update.service");
    int expected = atoi(said.out);
    session_run(*state, &said,
                "$P update apply --data $D --kept $F/kept --run $F/run --root $F --no-restart");
    assert_int_equal(said.code, expected);
    assert_non_null(strstr(said.out, "nothing was installed"));
}

/* A unit with a group that is not there does not start. */
static void the_station_asks_for_no_group_that_nobody_makes(void **state)
{
    session_must(*state, &said,
                 "printf '%%s\\n' render input > $F/groups;" /* udev's, which is depended on */
                 "sed -n 's/^g \\([a-z0-9]*\\).*/\\1/p' board/debian/perron.sysusers >> $F/groups;"
                 "cut -d: -f1 /usr/share/base-passwd/group.master >> $F/groups;"
                 "sed -n 's/^SupplementaryGroups=//p' board/systemd/perron.service | tr ' ' '\\n' |"
                 "grep -vxFf $F/groups || true");
    assert_string_equal(said.out, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_unit_has_its_bar),
        cmocka_unit_test(each_unit_is_closed),
        cmocka_unit_test(a_unit_that_closes_nothing_is_found_out),
        cmocka_unit_test(a_drop_in_counts),
        cmocka_unit_test(systemd_knows_every_word),
        cmocka_unit_test(a_word_that_systemd_does_not_know_is_found_out),
        cmocka_unit_test(it_is_settled_when_the_station_has_come_up_or_not),
        cmocka_unit_test(what_is_killed_goes_back_and_what_is_refused_does_not),
        cmocka_unit_test(the_station_asks_for_no_group_that_nobody_makes),
    };
    return cmocka_run_group_tests(tests, session_set_up, session_tear_down);
}
