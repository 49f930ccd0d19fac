/* perron update on the side of who makes packages, and what it says of the last one. */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/update_claim.h"
#include "tests/support/session.h"

static struct said said;

/* A package of some hundred bytes; `package` and `architecture` as they are given. */
static void make_package(struct session *session, const char *package, const char *version,
                         const char *architecture)
{
    session_must(session, &said,
                 "mkdir -p $F/tree/DEBIAN && printf 'Package: %s\\nVersion: %s\\nArchitecture: "
                 "%s\\nMaintainer: Nobody <nobody@example.org>\\nDescription: a test\\n' > "
                 "$F/tree/DEBIAN/control && dpkg-deb --root-owner-group --build $F/tree "
                 "$F/%s_%s_%s.deb",
                 package, version, architecture, package, version, architecture);
}

static int set_up(void **state)
{
    if (session_set_up(state))
        return -1;
    session_must(*state, &said, "$P update keys $F/update.key > $F/update.pub");
    assert_non_null(strstr(said.err, "Keep it away from them"));
    return 0;
}

static void a_key_is_made_once_and_only_for_its_owner(void **state)
{
    session_must(*state, &said,
                 "test \"$(stat -c %%a $F/update.key)\" = 600 && grep -c perron-update-public- "
                 "$F/update.pub");
    session_run(*state, &said, "$P update keys $F/update.key");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "never written over"));
    session_must(*state, &said, "$P update keys $F/other.key --json");
    assert_non_null(strstr(said.out, "{\"public\":\"perron-update-public-"));
    session_run(*state, &said, "$P update sign $F/x.deb --key $F/update.pub");
    assert_non_null(strstr(said.err, "public half"));
    session_must(*state, &said, "! grep -l perron-update-secret $F/update.pub");
}

static void what_is_signed_can_be_checked(void **state)
{
    const char *mine = update_architecture();
    make_package(*state, "perron", "99.1", mine);
    session_must(*state, &said, "$P update sign $F/perron_99.1_%s.deb --key $F/update.key", mine);
    assert_non_null(strstr(said.out, "perron 99.1 for "));
    session_must(*state, &said, "$P update check $F/perron_99.1_%s.deb --key $F/update.pub", mine);
    assert_non_null(strstr(said.out, "newer than this one"));
    session_must(*state, &said, "$P update check $F/perron_99.1_%s.deb --key $F/update.pub --json",
                 mine);
    assert_non_null(strstr(said.out, "\"verdict\":\"newer than this one\""));
    /* The control: the line is sha256sum's, too. */
    session_must(*state, &said,
                 "grep -q \"$(sha256sum $F/perron_99.1_%s.deb | cut -c1-64)\" "
                 "$F/perron_99.1_%s.deb.sig",
                 mine, mine);
}

static void what_is_not_right_is_told_in_a_sentence(void **state)
{
    const char *mine = update_architecture();
    static const struct {
        const char *before, *sentence;
    } rows[] = {
        {"true", "newer than this one"},
        {"rm $F/x.deb.sig", "side by side"},
        {"echo >> $F/x.deb.sig", "damaged"},
        {"printf x >> $F/x.deb", "damaged, or not whole"},
        {"truncate -s -1 $F/x.deb", "damaged, or not whole"},
        {"sed -i 's/ 99.1 / 99.2 /' $F/x.deb.sig", "not signed by"},
        {"$P update keys $F/third.key > $F/update.pub", "not signed by"},
        {"rm $F/update.pub", "no key"},
        {"echo rubbish > $F/update.pub", "cannot be read whole"},
        {": > $F/update.pub", "is empty or"},
        {"printf '\\357\\273\\277' > $F/update.pub", "is empty or"},
        {"truncate -s 40 $F/update.pub", "cannot be read whole"},
        {"rm $F/x.deb", "side by side"},
    };
    make_package(*state, "perron", "99.1", mine);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        session_must(*state, &said,
                     "rm -f $F/third.key $F/x.deb; cp $F/perron_99.1_%s.deb $F/x.deb && "
                     "rm -f $F/x.deb.sig; $P update sign $F/x.deb --key $F/update.key && "
                     "$P update keys $F/third.key > $F/third.pub; rm $F/third.key; "
                     "cp $F/update.pub $F/kept.pub; %s",
                     mine, rows[i].before);
        session_run(*state, &said, "$P update check $F/x.deb --key $F/update.pub");
        if (!strstr(i ? said.err : said.out, rows[i].sentence) || (said.code == 0) != (i == 0))
            fail_msg("%s: exit code %d: %s%s", rows[i].before, said.code, said.out, said.err);
        session_must(*state, &said, "cp $F/kept.pub $F/update.pub");
    }
}

/* Notepad's: a byte order mark in front, line ends of its own. */
static void a_key_that_an_editor_saved_again_is_the_same(void **state)
{
    const char *mine = update_architecture();
    make_package(*state, "perron", "99.1", mine);
    session_must(
        *state, &said,
        "mv $F/perron_99.1_%s.deb $F/x.deb && $P update sign $F/x.deb --key $F/update.key "
        "&& { printf '\\357\\273\\277\\r\\n'; sed 's/$/\\r/' $F/update.pub; } > $F/saved.pub "
        "&& ! cmp -s $F/saved.pub $F/update.pub",
        mine);
    session_must(*state, &said, "$P update check $F/x.deb --key $F/saved.pub");
    assert_non_null(strstr(said.out, "newer than this one"));
}

static void older_the_same_and_foreign_ones_are_told_apart(void **state)
{
    static const struct {
        const char *version, *architecture, *verdict;
    } rows[] = {
        {"0.0.1", NULL, "older than this one"},
        {PERRON_VERSION, NULL, "the same version as this one"},
        {PERRON_VERSION "+deb13", NULL, "the same version as this one"},
        {"99.1", "mips", "another kind of computer"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *for_what = rows[i].architecture ? rows[i].architecture : update_architecture();
        make_package(*state, "perron", rows[i].version, for_what);
        session_must(
            *state, &said,
            "mv $F/perron_%s_%s.deb $F/y.deb && $P update sign $F/y.deb --key $F/update.key",
            rows[i].version, for_what);
        session_run(*state, &said, "$P update check $F/y.deb --key $F/update.pub");
        if (said.code != COMMAND_FAILED || !strstr(said.out, rows[i].verdict))
            fail_msg("%s: exit code %d: %s%s", rows[i].version, said.code, said.out, said.err);
    }
    make_package(*state, "bash", "99.1", "all");
    session_run(*state, &said, "$P update sign $F/bash_99.1_all.deb --key $F/update.key");
    assert_non_null(strstr(said.err, "a package of bash"));
    session_run(*state, &said, "$P update sign README.md --key $F/update.key");
    assert_non_null(strstr(said.err, "no Debian package"));
}

static void status_says_how_the_last_one_ended(void **state)
{
    session_must(*state, &said, "$P update status --run $F/run");
    assert_string_equal(said.out, "no update was ever installed\n");
    session_must(*state, &said,
                 "mkdir $F/run && echo '{\"step\":\"returned\",\"from\":\"0.1.0\",\"to\":\"0.2.0\","
                 "\"why\":\"silent\",\"tries\":0,\"detail\":\"\"}' > $F/run/said && "
                 "$P update status --run $F/run");
    assert_string_equal(
        said.out, "0.2.0 did not come up; 0.1.0 is back\nIt did not come up in two minutes.\n");
    session_must(*state, &said, "$P update status --run $F/run --json");
    assert_non_null(strstr(said.out, "\"step\":\"returned\""));
    session_run(*state, &said, "echo x > $F/run/said; $P update status --run $F/run");
    assert_int_equal(said.code, COMMAND_FAILED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_key_is_made_once_and_only_for_its_owner, set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(what_is_signed_can_be_checked, set_up, session_tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_right_is_told_in_a_sentence, set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(a_key_that_an_editor_saved_again_is_the_same, set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(older_the_same_and_foreign_ones_are_told_apart, set_up,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(status_says_how_the_last_one_ended, set_up,
                                        session_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
