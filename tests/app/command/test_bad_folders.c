/* Data folders that cannot be served from: the screen says why, and what can heal heals. */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/session.h"

#define STATION "$P station --board board/desktop.conf --reader sim --headless"

/* A shell in which file systems of our own can be mounted; the line goes on in it. */
#define OWN_MOUNTS "unshare $(test $(id -u) = 0 || echo -r) -m sh -c '"

static struct said said;

static void skip_without_own_mounts(struct session *session)
{
    session_run(session, &said, OWN_MOUNTS "mount -t tmpfs none /mnt'");
    if (said.code)
        skip();
}

/* What the commands and the screen say of a folder; nothing in the database may have changed. */
static void a_damaged_register_is_told_apart_and_left_alone(void **state)
{
    static const struct {
        const char *damage, *sentence;
    } folders[] = {
        {"echo hello > $D/perron.db", "the register is damaged"},
        {"truncate -s $(($(stat -c %s $D/perron.db) / 2)) $D/perron.db", "the register is damaged"},
        {"truncate -s 100 $D/perron.db", "the register is damaged"},
        {"sqlite3 $D/perron.db \"PRAGMA user_version=999\"", "written by a newer Perron"},
        {"sqlite3 $D/perron.db \"PRAGMA application_id=7\"", "another program"},
        {"rm $D/venue.key", "venue.key is missing"},
        {"echo x > $D/venue.key", "venue.key is damaged"},
        {"printf \"[venue]\\nname = A\\nnam = B\\n\" > $D/perron.conf",
         "perron.conf:3: unknown key 'nam' in [venue]"},
        {"printf \"[venue]\\nname = A\\nname = B\\n\" > $D/perron.conf", "perron.conf:3: 'name'"},
        {"printf \"[venue]\\ntime_zone = ../../etc/passwd\\n\" > $D/perron.conf",
         "names no time zone"},
    };
    session_must(*state, &said,
                 "sqlite3 $D/perron.db \"PRAGMA wal_checkpoint(TRUNCATE)\"; cp -a $D $F/good");
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        session_must(*state, &said, "rm -rf $D; cp -a $F/good $D; %s; md5sum $D/perron.db > $F/sum",
                     folders[i].damage);
        session_run(*state, &said, "$P visits --data $D; echo $?");
        if (strcmp(said.out, "1\n") != 0 || !strstr(said.err, folders[i].sentence))
            fail_msg("%s: visits: %s%s", folders[i].damage, said.out, said.err);
        session_run(*state, &said,
                    STATION " --data $D 2>$F/station.err & station=$!;"
                            " for i in $(seq 200); do grep -qF \"%s\" $F/station.err && break;"
                            " sleep 0.05; done;"
                            " $P status --data $D 2>/dev/null | grep fault; kill $station; wait;"
                            " cat $F/station.err >&2; md5sum -c --quiet $F/sum",
                    folders[i].sentence);
        if (said.code || !strstr(said.err, folders[i].sentence))
            fail_msg("%s: station: %d: %s%s", folders[i].damage, said.code, said.out, said.err);
    }
}

static void settings_put_right_are_taken_without_a_restart(void **state)
{
    struct session *session = *state;
    session_must(session, &said, "printf '[venue]\\nnam = Agora\\n' > $D/perron.conf");
    session_start_station(session);
    session_must(session, &said, "$P status --data $D");
    assert_non_null(strstr(said.out, "scene      fault"));
    assert_non_null(strstr(said.out, "unknown key 'nam'"));
    session_run(session, &said, "$P tap 04:D6:E5:B1:2F:1F:57 --data $D");
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "unknown key 'nam'"));
    session_must(session, &said, "printf '[venue]\\nname = Agora\\n' > $D/perron.conf");
    session_wait_for_status(session, "scene      resting");
    session_must(session, &said, "$P status --data $D");
    assert_non_null(strstr(said.out, "venue      Agora"));
}

static void a_folder_that_cannot_be_written_is_said_and_served_from_once_it_can(void **state)
{
    skip_without_own_mounts(*state);
    session_run(*state, &said,
                OWN_MOUNTS "mount --bind $D $D && mount -o remount,ro,bind $D || exit 9;"
                           " $P visits --data $D; echo visits $?;" STATION
                           " --data $D & station=$!; sleep 1; mount -o remount,rw,bind $D;"
                           " for i in $(seq 80); do sleep 0.1; $P tap 0410DCDABEC128 --data $D"
                           " 2>/dev/null && break; done;"
                           " sleep 0.5; $P status --data $D;"
                           " kill $station; wait $station; echo station $?'");
    assert_non_null(strstr(said.out, "visits 0"));
    assert_non_null(strstr(said.err, "cannot be written: Read-only file system"));
    assert_non_null(strstr(said.out, "here       1"));
    assert_non_null(strstr(said.out, "station 0"));
    session_run(*state, &said, "$P visits --data /proc/nowhere");
    assert_int_equal(said.code, COMMAND_FAILED);
}

static void a_register_taken_away_under_a_station_is_a_fault_until_it_is_back(void **state)
{
    struct session *session = *state;
    session_start_station(session);
    session_must(session, &said, "$P tap 04:D6:E5:B1:2F:1F:57 --data $D");
    session_wait_for_status(session, "here       1");
    session_must(session, &said,
                 "mv $D $F/away; until grep -q 'moved or replaced' $F/station.err; do sleep 0.05;"
                 " done; sleep 1; test ! -e $D");
    session_must(session, &said, "mv $F/away $D");
    session_wait_for_status(session, "running    yes");
    session_wait_for_status(session, "here       1");
    session_must(session, &said, "$P tap 0410DCDABEC128 --data $D");
    session_wait_for_status(session, "here       2");
    session_must(session, &said, "$P verify --data $D");
}

/* A full disk refuses each tap by name, keeps nothing of it, and heals when there is space. */
static void a_full_disk_refuses_and_heals(void **state)
{
    static const char script[] =
        "mount -t tmpfs -o size=2m none /mnt && cp -a $D /mnt/data || exit 9; D=/mnt/data;"
        "says() { until $P status --data $D 2>/dev/null | grep -q \"$1\"; do sleep 0.05; done; "
        "};" STATION " --data $D & station=$!; says running....yes;"
        "$P tap 0410DCDABEC128 --data $D; says here.......1; cat /dev/zero > /mnt/filler "
        "2>/dev/null;"
        "for badge in $(cut -d\\; -f6 app/share/demo/people.csv | tr -d :\\\\r | sed -n 2,25p); do"
        " $P tap $badge --data $D; sleep 0.1;"
        " $P status --data $D | grep scene; done | grep -c not-recorded;"
        "$P status --data $D | grep disk; $P verify --data $D;"
        "rm /mnt/filler; $P tap 04FFFFFFFFFFFF --data $D; sleep 1;"
        "$P tap 04:D6:E5:B1:2F:1F:57 --data $D; sleep 1;"
        "$P status --data $D | grep disk;"
        "kill $station; wait $station; $P verify --data $D; $P visits --data $D";
    skip_without_own_mounts(*state);
    session_run(*state, &said, OWN_MOUNTS "%s'", script);
    assert_int_equal(said.code, 0);
    assert_non_null(strstr(said.out, "disk       no space left"));
    assert_non_null(strstr(said.out, "disk       takes facts"));
    assert_non_null(strstr(said.out, "holds: "));
    assert_non_null(strstr(said.out, "Zoé Delacroix"));
    assert_non_null(strstr(said.out, "Ada Okonkwo"));
}

static void board_files_with_mistakes_are_named_with_their_line(void **state)
{
    static const struct {
        const char *make, *sentence;
    } boards[] = {
        {"(cat board/pi4-7inch.conf; printf \"[pins]\\nred = 17 active-high\\n\") > $F/b.conf",
         "b.conf:6: 'red' in [pins] uses pin 17, which 'green' has already (pins/lamps:4)"},
        {"printf \"[board]\\nparts = screen/round\\n\" > $F/b.conf",
         "b.conf:2: there is no part 'screen/round'; there are screen/hdmi-"},
        {"printf \"[screen]\\nwidth_px = many\\n\" > $F/b.conf", "b.conf:2: 'width_px'"},
        {"printf \"[lamps]\\n\" > $F/b.conf; printf \"x = 1\\n\" >> $F/b.conf",
         "b.conf:2: unknown"},
        {"head -c 100000 /dev/urandom > $F/b.conf", "b.conf"},
        {"rm -f $F/b.conf", "b.conf cannot be read: No such file"},
    };
    for (size_t i = 0; i < sizeof boards / sizeof boards[0]; i++) {
        session_must(*state, &said, "%s", boards[i].make);
        session_run(*state, &said, "$P station --board $F/b.conf --headless --data $D");
        if (said.code != COMMAND_FAILED || !strstr(said.err, boards[i].sentence))
            fail_msg("%s: exit code %d: %s", boards[i].make, said.code, said.err);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_damaged_register_is_told_apart_and_left_alone,
                                        session_set_up_people, session_tear_down),
        cmocka_unit_test_setup_teardown(settings_put_right_are_taken_without_a_restart,
                                        session_set_up_people, session_tear_down),
        cmocka_unit_test_setup_teardown(
            a_folder_that_cannot_be_written_is_said_and_served_from_once_it_can,
            session_set_up_people, session_tear_down),
        cmocka_unit_test_setup_teardown(
            a_register_taken_away_under_a_station_is_a_fault_until_it_is_back,
            session_set_up_people, session_tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_refuses_and_heals, session_set_up_people,
                                        session_tear_down),
        cmocka_unit_test_setup_teardown(board_files_with_mistakes_are_named_with_their_line,
                                        session_set_up_people, session_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
