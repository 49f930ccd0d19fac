/* A data folder on a disk without a byte free: what reads goes on, what cannot says what to free.
 */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/session.h"

/* A name that means something else in an address; it is full once the dots are printed. */
#define DISK "$F/disk/da%%20ta?#"
#define ON_A_FULL_DISK(line)                                                                       \
    "unshare $(test $(id -u) = 0 || echo -r) -m sh -c 'mkdir $F/disk && mount -t tmpfs -o "        \
    "size=6m none $F/disk && export PERRON_DATA=\"" DISK "\" && cp -a $D \"" DISK                  \
    "\" && rm -f \"" DISK "\"/*-shm && { dd if=/dev/zero of=$F/disk/fill bs=4k 2>$F/dd; test "     \
    "$(df --output=avail $F/disk | tail -1) -eq 0 || exit 9; } && " line "'"

static struct said said;

static void skip_without_own_mounts(struct session *session)
{
    session_run(session, &said,
                "unshare $(test $(id -u) = 0 || echo -r) -m sh -c 'mount -t tmpfs none /mnt'");
    if (said.code)
        skip();
}

static void what_only_reads_goes_on(void **state)
{
    skip_without_own_mounts(*state);
    session_must(*state, &said, "$P people list --data $D > $F/people; $P verify --data $D");
    session_must(*state, &said,
                 ON_A_FULL_DISK("$P people list >$F/full && $P visits && $P verify && "
                                "$P people erase 1007 && $P roll-call && $P staff list"));
    assert_non_null(strstr(said.out, "holds: "));
    assert_non_null(strstr(said.out, "1007 would be erased"));
    session_must(*state, &said, "cmp $F/people $F/full && test -s $F/full");
}

static void what_has_to_write_says_what_to_free(void **state)
{
    skip_without_own_mounts(*state);
    session_run(*state, &said, ON_A_FULL_DISK("$P people erase 1007 --yes"));
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "the disk that the register is on is full: delete on it"));
}

static void an_export_says_whose_disk_is_full_and_what_needs_no_room(void **state)
{
    skip_without_own_mounts(*state);
    session_run(*state, &said, ON_A_FULL_DISK("mkdir -p $F/out && $P export $F/out"));
    assert_int_equal(said.code, COMMAND_FAILED);
    assert_non_null(strstr(said.err, "the station's own disk that is too full"));
    assert_non_null(strstr(said.err, " MB "));
    assert_non_null(strstr(said.err, "--files visits,hours"));
    session_must(*state, &said, "rm -r $F/disk");
    session_must(*state, &said, ON_A_FULL_DISK("$P export $F/out --files visits,hours"));
    assert_non_null(strstr(said.out, "read back and right"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, session_set_up_people, session_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_only_reads_goes_on),
        TEST(what_has_to_write_says_what_to_free),
        TEST(an_export_says_whose_disk_is_full_and_what_needs_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
