/* Root's side with the real dpkg, on a root of the test's own. */
#include "app/update_root.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/update_make.h"
#include "app/update_take.h"
#include "firmware/linux/packages.h"
#include "tests/support/random.h"
#include "tests/support/real.h"
#include "tests/support/session.h"

/* The station that is started beside it says PERRON_VERSION: the new package is one of that. */
#define OLD_ONE "0.0.9"
#define NEW_ONE PERRON_VERSION "+2"

struct bench {
    struct session *session;
    struct update_places places;
    char data[128], kept[128], run[128], key[128], root[128];
};

static struct said said;
static struct sign_secret secret, other_secret;

/* --- the bench --- */

/* A program that says its version, on a root that has nothing else. */
static void make_program(struct bench *bench, const char *version, const char *how)
{
    session_must(bench->session, &said,
                 "mkdir -p $F/tree-%s/usr/lib/perron $F/tree-%s/DEBIAN && "
                 "printf '#include <stdio.h>\\nint main(void) { puts(\"perron %s\"); return %s; }' "
                 "| gcc -static -O0 -x c -o $F/tree-%s/usr/lib/perron/perron -",
                 version, version, version, how, version);
}

static void make_package(struct bench *bench, const char *version, const char *how,
                         const char *field)
{
    make_program(bench, version, how);
    session_must(bench->session, &said,
                 "printf 'Package: perron\\nVersion: %s\\nArchitecture: %s\\nMaintainer: Nobody "
                 "<nobody@example.org>\\nDescription: a test\\n%s' > $F/tree-%s/DEBIAN/control && "
                 "dpkg-deb --root-owner-group --build $F/tree-%s $F/%s.deb",
                 version, update_architecture(), field, version, version, version);
}

static void bring(struct bench *bench, const char *version)
{
    char path[160];
    struct update_claim claim;
    struct reason reason = {.text = ""};
    snprintf(path, sizeof path, "%s/%s.deb", bench->session->folder, version);
    if (update_sign(path, &secret, &claim, &reason))
        fail_msg("%s", reason.text);
    session_must(bench->session, &said,
                 "mkdir -p $D/update && cp $F/%s.deb $D/update/new.deb && cp $F/%s.deb.sig "
                 "$D/update/new.deb.sig",
                 version, version);
}

static int set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    if (!bench || session_set_up((void **)&bench->session))
        return -1;
    const char *folder = bench->session->folder;
    struct sign_public key;
    char text[KEY_TEXT_SIZE];
    snprintf(bench->data, sizeof bench->data, "%s", bench->session->data);
    snprintf(bench->kept, sizeof bench->kept, "%s/kept", folder);
    snprintf(bench->run, sizeof bench->run, "%s/run", folder);
    snprintf(bench->key, sizeof bench->key, "%s/update.pub", folder);
    snprintf(bench->root, sizeof bench->root, "%s/system", folder);
    bench->places = (struct update_places){.data = bench->data,
                                           .kept = bench->kept,
                                           .run = bench->run,
                                           .key = bench->key,
                                           .root = bench->root,
                                           .stays_on = true,
                                           .patience_ms = 10};
    *state = bench;
    if (hash_init())
        return -1;
    sign_make_keys(&key, &secret);
    sign_write_public(&key, text);
    session_must(bench->session, &said, "echo %s > $F/update.pub", text);
    sign_make_keys(&key, &other_secret);
    make_package(bench, OLD_ONE, "0", "");
    make_package(bench, NEW_ONE, "0", "");
    session_must(
        bench->session, &said,
        "mkdir -p $F/bin $F/kept $F/system/var/lib/dpkg/info $F/system/var/lib/dpkg/updates "
        "$F/system/usr/lib && touch $F/system/var/lib/dpkg/status && "
        "dpkg --root=$F/system --install $F/" OLD_ONE ".deb && cp $F/" OLD_ONE
        ".deb $F/kept/current.deb && "
        "printf '#!/bin/sh\\nexit 0\\n' > $F/bin/systemctl && chmod +x $F/bin/systemctl");
    char path[4096];
    snprintf(path, sizeof path, "%s/bin:%s", folder, getenv("PATH"));
    setenv("PATH", path, 1);
    return 0;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;
    int failed = session_tear_down((void **)&bench->session);
    free(bench);
    return failed;
}

static struct update_state apply(struct bench *bench)
{
    struct update_state now = {.step = UPDATE_NONE};
    struct reason reason = {.text = ""};
    if (update_apply(&bench->places, &now, &reason))
        fail_msg("%s", reason.text);
    return now;
}

static struct update_state settle(struct bench *bench)
{
    struct update_state now = {.step = UPDATE_NONE};
    struct reason reason = {.text = ""};
    if (update_settle(&bench->places, &now, &reason))
        fail_msg("%s", reason.text);
    return now;
}

static void assert_installed(struct bench *bench, const char *version)
{
    char there[64], line[128], expected[80];
    struct reason reason = {.text = ""};
    if (packages_version(bench->root, "perron", there, sizeof there, NULL, &reason))
        fail_msg("%s", reason.text);
    assert_string_equal(there, version);
    assert_int_equal(packages_ask(bench->root, UPDATE_PROGRAM, "--version", line, sizeof line),
                     RC_OK);
    snprintf(expected, sizeof expected, "perron %s", version);
    assert_string_equal(line, expected);
    session_must(bench->session, &said,
                 "dpkg --root=$F/system --audit && "
                 "test -z \"$(find $F/system -name '*.dpkg-*')\"");
    assert_string_equal(said.out, "");
}

static void assert_state(struct bench *bench, struct update_state now, enum update_step step,
                         enum update_why why)
{
    char path[160];
    struct update_state told = {.step = UPDATE_NONE};
    snprintf(path, sizeof path, "%s/said", bench->run);
    if (now.step != step || now.why != why)
        fail_msg("%s: %s (%s)", update_step_name(now.step), update_why_text(now.why), now.detail);
    assert_int_equal(update_state_read(path, &told), RC_OK);
    assert_int_equal(told.step, step);
    assert_int_equal(told.why, why);
}

/* --- it comes up, or not --- */

static void a_new_version_that_comes_up_stays(void **state)
{
    struct bench *bench = *state;
    bring(bench, NEW_ONE);
    assert_state(bench, apply(bench), UPDATE_TRYING, UPDATE_WHY_NONE);
    assert_installed(bench, NEW_ONE);
    session_must(
        bench->session, &said,
        "test -x $F/system/usr/lib/perron-update/perron && test \"$(stat -c %%a $F/run/said)\" "
        "= 644");
    assert_state(bench, apply(bench), UPDATE_REFUSED, UPDATE_WHY_BUSY);
    session_start_station(bench->session);
    bench->places.patience_ms = 10000;
    assert_state(bench, settle(bench), UPDATE_INSTALLED, UPDATE_WHY_NONE);
    session_stop_station(bench->session);
    assert_installed(bench, NEW_ONE);
    session_must(bench->session, &said,
                 "cmp $F/kept/current.deb $F/" NEW_ONE
                 ".deb && cmp $F/kept/previous.deb $F/" OLD_ONE
                 ".deb && test ! -e $F/kept/new.deb");
    assert_state(bench, settle(bench), UPDATE_INSTALLED, UPDATE_WHY_NONE); /* the next day */
    assert_state(bench, apply(bench), UPDATE_REFUSED, UPDATE_WHY_GONE); /* the station tidied up */
    bring(bench, NEW_ONE);
    assert_state(bench, apply(bench), UPDATE_REFUSED, UPDATE_WHY_SAME);
}

static void one_that_does_not_answer_goes(void **state)
{
    struct bench *bench = *state;
    bring(bench, NEW_ONE);
    assert_state(bench, apply(bench), UPDATE_TRYING, UPDATE_WHY_NONE);
    assert_state(bench, settle(bench), UPDATE_RETURNED, UPDATE_WHY_SILENT);
    assert_installed(bench, OLD_ONE);
    assert_state(bench, settle(bench), UPDATE_RETURNED, UPDATE_WHY_SILENT); /* still told */
    session_must(bench->session, &said,
                 "cmp $F/kept/current.deb $F/" OLD_ONE ".deb && test ! -e $F/kept/new.deb");
    assert_state(bench, apply(bench), UPDATE_TRYING, UPDATE_WHY_NONE); /* and may be tried again */
}

static void a_station_of_another_version_does_not_count(void **state)
{
    struct bench *bench = *state;
    make_package(bench, "7.0", "0", "");
    session_start_station(bench->session);
    bring(bench, "7.0");
    assert_state(bench, apply(bench), UPDATE_TRYING, UPDATE_WHY_NONE);
    assert_state(bench, settle(bench), UPDATE_RETURNED, UPDATE_WHY_SILENT);
    session_stop_station(bench->session);
    assert_installed(bench, OLD_ONE);
}

static void one_that_does_not_run_goes_at_once(void **state)
{
    struct bench *bench = *state;
    make_package(bench, "8.0", "1", "");
    bring(bench, "8.0");
    assert_state(bench, apply(bench), UPDATE_RETURNED, UPDATE_WHY_BROKEN);
    assert_installed(bench, OLD_ONE);
}

static void one_that_cannot_be_installed_goes_at_once(void **state)
{
    struct bench *bench = *state;
    make_package(bench, "8.1", "0", "Depends: what-nobody-has\\n");
    bring(bench, "8.1");
    struct update_state now = apply(bench);
    assert_state(bench, now, UPDATE_RETURNED, UPDATE_WHY_INSTALL);
    assert_installed(bench, OLD_ONE);
    make_package(bench, "8.2", "0", "Pre-Depends: what-nobody-has\\n");
    bring(bench, "8.2");
    assert_state(bench, apply(bench), UPDATE_RETURNED, UPDATE_WHY_INSTALL);
    assert_installed(bench, OLD_ONE);
}

static void after_three_starts_that_ended_too_soon_the_old_one_is_back(void **state)
{
    struct bench *bench = *state;
    bring(bench, NEW_ONE);
    assert_state(bench, apply(bench), UPDATE_TRYING, UPDATE_WHY_NONE);
    bench->places.patience_ms = 60000;
    for (int start = 0; start < 3; start++) {
        pid_t child = fork();
        if (!child) {
            (void)settle(bench);
            _exit(0);
        }
        session_must(bench->session, &said,
                     "for i in $(seq 100); do grep -q '\"tries\":%d' $F/kept/state && break; "
                     "sleep 0.05; done; grep -q '\"tries\":%d' $F/kept/state",
                     start + 1, start + 1);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
    }
    assert_state(bench, settle(bench), UPDATE_RETURNED, UPDATE_WHY_STARTS);
    assert_installed(bench, OLD_ONE);
}

/* The installation in a process group of its own, so that dpkg and all that it started can be
 * killed. */
static pid_t begin_apply(struct bench *bench)
{
    pid_t child = fork();
    if (!child) {
        setpgid(0, 0);
        (void)apply(bench);
        _exit(0);
    }
    setpgid(child, child);
    return child;
}

/* Until the installer is at work: it is about to change something, or has begun. */
static void await_installing(struct bench *bench)
{
    char path[160];
    struct update_state now = {.step = UPDATE_NONE};
    snprintf(path, sizeof path, "%s/state", bench->kept);
    for (int i = 0; i < 20000 && now.step != UPDATE_INSTALLING; i++) {
        usleep(1000);
        (void)!update_state_read(path, &now);
    }
    assert_int_equal(now.step, UPDATE_INSTALLING);
}

/* As it was before the update. */
static void begin_again(struct bench *bench)
{
    session_must(bench->session, &said,
                 "dpkg --root=$F/system --install $F/" OLD_ONE ".deb && cp $F/" OLD_ONE
                 ".deb $F/kept/current.deb && rm $F/kept/state");
}

/* At any moment of what one takes here, and of what the installer is at work; sanitizers and the
 * machine decide how long that is. */
static void killed_anywhere_it_ends_in_one_whole_version(void **state)
{
    struct bench *bench = *state;
    struct random random = random_for_test("kills");
    int rounds = 10, returned = 0;
    session_start_station(bench->session);
    bring(bench, NEW_ONE);
    bench->places.patience_ms = 5000;
    bench->places.installer_ms = 60000; /* a dpkg that is killed takes its time */
    int64_t begun_us = real_us();
    pid_t child = begin_apply(bench);
    await_installing(bench);
    int64_t installing_us = real_us();
    assert_int_equal(waitpid(child, NULL, 0), child);
    int64_t whole_us = real_us() - begun_us, installer_us = real_us() - installing_us;
    assert_state(bench, settle(bench), UPDATE_INSTALLED, UPDATE_WHY_NONE);
    begin_again(bench);
    for (int i = 0; i < rounds; i++) {
        bool is_at_work = i % 2;
        child = begin_apply(bench);
        if (is_at_work)
            await_installing(bench);
        usleep(random_below(&random, (unsigned)(is_at_work ? installer_us : whole_us)));
        kill(-child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
        struct update_state now = settle(bench);
        assert_false(update_state_is_open(now.step));
        assert_installed(bench, now.step == UPDATE_INSTALLED ? NEW_ONE : OLD_ONE);
        returned += now.step == UPDATE_RETURNED;
        if (now.step == UPDATE_INSTALLED)
            begin_again(bench);
    }
    session_stop_station(bench->session);
    print_message("%d of %d went back\n", returned, rounds);
    assert_true(returned);
}

/* As systemd kills what takes too long: the computer is not started again by that. */
static void one_that_was_killed_half_done_goes_back_with_the_next(void **state)
{
    struct bench *bench = *state;
    static const char *const steps[] = {"installing", "returning"};
    for (size_t i = 0; i < 2; i++) {
        session_must(bench->session, &said,
                     "dpkg --root=$F/system --unpack $F/" NEW_ONE ".deb && echo '{\"step\":\"%s\","
                     "\"from\":\"" OLD_ONE "\",\"to\":\"" NEW_ONE "\",\"why\":\"%s\","
                     "\"tries\":0,\"detail\":\"\"}' > $F/kept/state",
                     steps[i], i ? "cut" : "");
        bring(bench, NEW_ONE);
        assert_state(bench, apply(bench), UPDATE_RETURNED, UPDATE_WHY_CUT);
        assert_installed(bench, OLD_ONE);
        assert_state(bench, apply(bench), UPDATE_TRYING, UPDATE_WHY_NONE); /* and once more */
        assert_state(bench, settle(bench), UPDATE_RETURNED, UPDATE_WHY_SILENT);
    }
}

/* --- another program that installs --- */

/* As apt has it ("lock-frontend"), or a dpkg that outlived who started it ("lock"), for so long;
 * below 0 until it is killed, which a failing test does not. */
static pid_t hold_lock(struct bench *bench, const char *name, int for_ms)
{
    char path[160], ready = 0;
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int ends[2];
    snprintf(path, sizeof path, "%s/var/lib/dpkg/%s", bench->root, name);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (!child) {
        int fd = open(path, O_RDWR | O_CREAT, 0640);
        ready = fcntl(fd, F_SETLK, &whole) == 0;
        (void)!write(ends[1], &ready, 1);
        usleep(for_ms < 0 ? 20000000 : (useconds_t)for_ms * 1000);
        _exit(0);
    }
    assert_int_equal(read(ends[0], &ready, 1), 1);
    assert_true(ready);
    close(ends[0]);
    close(ends[1]);
    return child;
}

static void let_go(pid_t child)
{
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static void wait_for_whoever_holds(struct bench *bench, const char *name)
{
    bring(bench, NEW_ONE);
    pid_t child = hold_lock(bench, name, -1);
    bench->places.installer_ms = 3000;
    assert_state(bench, apply(bench), UPDATE_REFUSED, UPDATE_WHY_BUSY);
    let_go(child);
    assert_installed(bench, OLD_ONE);
    session_must(bench->session, &said, "test ! -e $F/kept/state");
    bench->places.installer_ms = 300000;
    child = hold_lock(bench, name, 1500);
    assert_state(bench, apply(bench), UPDATE_TRYING, UPDATE_WHY_NONE);
    let_go(child);
    child = hold_lock(bench, name, 1500);
    assert_state(bench, settle(bench), UPDATE_RETURNED, UPDATE_WHY_SILENT);
    let_go(child);
    assert_installed(bench, OLD_ONE);
}

static void who_installs_something_else_is_waited_for(void **state)
{
    wait_for_whoever_holds(*state, "lock-frontend");
}

static void a_dpkg_whose_parent_was_killed_is_waited_for(void **state)
{
    wait_for_whoever_holds(*state, "lock");
}

/* --- what is refused --- */

static void assert_refused(struct bench *bench, enum update_why why)
{
    assert_state(bench, apply(bench), UPDATE_REFUSED, why);
    assert_installed(bench, OLD_ONE);
    session_must(bench->session, &said, "test ! -e $F/kept/new.deb");
}

/* A line for whatever file, by whatever key: what update_sign would not write. */
static void forge(struct bench *bench, const struct sign_secret *by, const char *version,
                  const char *architecture, const char *package)
{
    struct update_claim claim;
    struct reason reason = {.text = ""};
    char path[160], line[UPDATE_LINE_MAX];
    snprintf(path, sizeof path, "%s/" NEW_ONE ".deb", bench->session->folder);
    if (update_sign(path, &secret, &claim, &reason))
        fail_msg("%s", reason.text);
    snprintf(claim.version, sizeof claim.version, "%s", version);
    snprintf(claim.architecture, sizeof claim.architecture, "%s", architecture);
    snprintf(claim.package, sizeof claim.package, "%s", package);
    assert_int_equal(update_claim_write(&claim, by, line), RC_OK);
    snprintf(path, sizeof path, "%s/update/new.deb.sig", bench->data);
    FILE *file = fopen(path, "w");
    fputs(line, file);
    fclose(file);
}

static void what_is_not_signed_by_the_stations_key_is_refused(void **state)
{
    struct bench *bench = *state;
    const char *mine = update_architecture();
    assert_refused(bench, UPDATE_WHY_GONE); /* nothing was brought */
    bring(bench, NEW_ONE);
    forge(bench, &other_secret, NEW_ONE, mine, "perron");
    assert_refused(bench, UPDATE_WHY_SIGNATURE);
    forge(bench, &secret, "9.9", mine, "perron");
    assert_refused(bench, UPDATE_WHY_OTHERWISE);
    forge(bench, &secret, NEW_ONE, "mips", "perron");
    assert_refused(bench, UPDATE_WHY_OTHERWISE);
    forge(bench, &secret, NEW_ONE, mine, "bash");
    assert_refused(bench, UPDATE_WHY_OTHERWISE);
    bring(bench, OLD_ONE);
    assert_refused(bench, UPDATE_WHY_SAME);
    make_package(bench, "0.0.8", "0", "");
    bring(bench, "0.0.8");
    assert_refused(bench, UPDATE_WHY_OLDER);
    bring(bench, NEW_ONE);
    session_must(bench->session, &said, "mv $F/update.pub $F/update.away");
    assert_refused(bench, UPDATE_WHY_NO_KEY);
    session_must(bench->session, &said, "echo perron-update-public-0 > $F/update.pub");
    assert_refused(bench, UPDATE_WHY_BAD_KEY);
    session_must(bench->session, &said, "mv $F/update.away $F/update.pub");
    assert_state(bench, apply(bench), UPDATE_TRYING, UPDATE_WHY_NONE); /* the control */
}

/* Another package in the place of the signed one: dpkg would have taken it without a word. */
static void another_package_under_the_signed_name_is_refused(void **state)
{
    struct bench *bench = *state;
    struct reason reason = {.text = ""};
    char path[160];
    make_package(bench, "6.6.6", "0", "");
    bring(bench, NEW_ONE);
    session_must(bench->session, &said, "cp $F/6.6.6.deb $D/update/new.deb");
    assert_refused(bench, UPDATE_WHY_FILE);
    snprintf(path, sizeof path, "%s/update/new.deb", bench->data);
    assert_int_equal(packages_install(bench->root, path, &reason), RC_OK);
    assert_installed(bench, "6.6.6");
}

static void links_and_pipes_and_large_files_are_refused(void **state)
{
    struct bench *bench = *state;
    static const struct {
        const char *line;
        enum update_why why;
    } tricks[] = {
        {"mv $D/update/new.deb $F/elsewhere && ln -s $F/elsewhere $D/update/new.deb",
         UPDATE_WHY_NO_FILE},
        {"rm $D/update/new.deb && mkfifo $D/update/new.deb", UPDATE_WHY_NO_FILE},
        {"rm $D/update/new.deb && mkdir $D/update/new.deb", UPDATE_WHY_NO_FILE},
        {"rm $D/update/new.deb", UPDATE_WHY_NO_FILE},
        {"rm $D/update/new.deb.sig", UPDATE_WHY_NO_FILE},
        {"ln -sf /etc/shadow $D/update/new.deb.sig", UPDATE_WHY_NO_FILE},
        {"truncate -s 65M $D/update/new.deb", UPDATE_WHY_LARGE},
        {"truncate -s -1 $D/update/new.deb", UPDATE_WHY_FILE},
        {"truncate -s +1 $D/update/new.deb", UPDATE_WHY_FILE},
        {"truncate -s 0 $D/update/new.deb.sig", UPDATE_WHY_NO_CLAIM},
        {"truncate -s 1M $D/update/new.deb.sig", UPDATE_WHY_NO_CLAIM},
        {"mv $D/update $F/brought && ln -s $F/brought $D/update", UPDATE_WHY_DISK},
    };
    for (size_t i = 0; i < sizeof tricks / sizeof tricks[0]; i++) {
        session_must(bench->session, &said, "rm -rf $D/update");
        bring(bench, NEW_ONE);
        session_must(bench->session, &said, "%s", tricks[i].line);
        struct update_state now = apply(bench);
        if (now.step != UPDATE_REFUSED || now.why != tricks[i].why)
            fail_msg("%s: %s, %s", tricks[i].line, update_step_name(now.step),
                     update_why_text(now.why));
        assert_installed(bench, OLD_ONE);
    }
}

/* Whoever waits before the screen hears it at once. */
static void what_cannot_even_be_tried_is_said(void **state)
{
    struct bench *bench = *state;
    struct reason reason = {.text = ""};
    struct update_state now;
    bring(bench, NEW_ONE);
    session_must(bench->session, &said, "touch $F/file");
    char path[160];
    snprintf(path, sizeof path, "%s/file/kept", bench->session->folder);
    bench->places.kept = path;
    assert_int_not_equal(update_apply(&bench->places, &now, &reason), RC_OK);
    assert_non_null(strstr(reason.text, "cannot be"));
    now = (struct update_state){.step = UPDATE_REFUSED, .why = UPDATE_WHY_STATION};
    assert_state(bench, now, UPDATE_REFUSED, UPDATE_WHY_STATION);
    bench->places.kept = bench->kept;
    pid_t child = fork(); /* another one at it */
    if (!child) {
        snprintf(path, sizeof path, "%s/lock", bench->kept);
        int fd = open(path, O_RDWR | O_CREAT, 0600);
        _exit(flock(fd, LOCK_EX) || (usleep(20000000), 0));
    }
    session_must(bench->session, &said,
                 "for i in $(seq 100); do test -e $F/kept/lock && ! flock -n $F/kept/lock true && "
                 "exit 0; sleep 0.05; done; exit 1");
    assert_int_equal(update_apply(&bench->places, &now, &reason), RC_BUSY);
    let_go(child);
    now.step = UPDATE_REFUSED;
    now.why = UPDATE_WHY_BUSY;
    assert_state(bench, now, UPDATE_REFUSED, UPDATE_WHY_BUSY);
}

static void without_a_way_back_nothing_is_installed(void **state)
{
    struct bench *bench = *state;
    struct reason reason = {.text = ""};
    char path[160];
    bring(bench, NEW_ONE);
    session_must(bench->session, &said, "rm $F/kept/current.deb");
    assert_refused(bench, UPDATE_WHY_NO_WAY_BACK);
    session_must(bench->session, &said, "cp $F/" NEW_ONE ".deb $F/kept/current.deb");
    assert_refused(bench, UPDATE_WHY_NO_WAY_BACK); /* it is not what runs */
    session_must(bench->session, &said, "cp $F/" OLD_ONE ".deb $F/kept/previous.deb");
    assert_state(bench, apply(bench), UPDATE_TRYING, UPDATE_WHY_NONE); /* an image has it there */
    assert_state(bench, settle(bench), UPDATE_RETURNED, UPDATE_WHY_SILENT);
    assert_installed(bench, OLD_ONE);
    session_must(bench->session, &said, "rm $F/kept/*.deb");
    snprintf(path, sizeof path, "%s/" NEW_ONE ".deb", bench->session->folder);
    assert_int_equal(update_keep(&bench->places, path, &reason), RC_REFUSED);
    snprintf(path, sizeof path, "%s/" OLD_ONE ".deb", bench->session->folder);
    assert_int_equal(update_keep(&bench->places, path, &reason), RC_OK);
    session_must(bench->session, &said,
                 "cmp $F/kept/current.deb $F/" OLD_ONE ".deb && "
                 "rm $F/kept/current.deb && "
                 "mkdir -p $F/system" UPDATE_GUARD_FOLDER " && cp $F/" OLD_ONE
                 ".deb $F/system" UPDATE_GUARD_FOLDER "/" UPDATE_FACTORY);
    assert_state(bench, apply(bench), UPDATE_TRYING, UPDATE_WHY_NONE);
    assert_state(bench, settle(bench), UPDATE_RETURNED, UPDATE_WHY_SILENT);
    assert_installed(bench, OLD_ONE);
}

/* Neither the new one nor the old one could be installed: half of one lies there. */
static void what_is_stuck_is_mended_by_another_package(void **state)
{
    struct bench *bench = *state;
    bring(bench, NEW_ONE);
    session_must(bench->session, &said,
                 "dpkg --root=$F/system --unpack $F/" NEW_ONE ".deb && echo '{\"step\":\"stuck\","
                 "\"from\":\"" OLD_ONE "\",\"to\":\"" NEW_ONE "\",\"why\":\"install\","
                 "\"tries\":0,\"detail\":\"\"}' > $F/kept/state");
    assert_state(bench, apply(bench), UPDATE_TRYING, UPDATE_WHY_NONE);
    assert_installed(bench, NEW_ONE);
    assert_state(bench, settle(bench), UPDATE_RETURNED, UPDATE_WHY_SILENT);
    assert_installed(bench, OLD_ONE);
    /* By hand, so that nothing is remembered: by what dpkg says. */
    make_package(bench, "7.0", "0", "");
    bring(bench, "7.0");
    session_must(bench->session, &said,
                 "dpkg --root=$F/system --unpack $F/" NEW_ONE ".deb && rm $F/kept/state");
    assert_state(bench, apply(bench), UPDATE_REFUSED, UPDATE_WHY_NO_WAY_BACK);
    session_must(bench->session, &said, "cp $F/" NEW_ONE ".deb $F/kept/current.deb");
    assert_state(bench, apply(bench), UPDATE_TRYING, UPDATE_WHY_NONE);
    assert_installed(bench, "7.0");
}

/* The new one has room there, and what was to go back to half. */
static void a_full_disk_keeps_nothing_of_a_copy(void **state)
{
    struct bench *bench = *state;
    bring(bench, NEW_ONE);
    session_run(bench->session, &said,
                "mkdir -p $F/system" UPDATE_GUARD_FOLDER " && cp $F/" OLD_ONE
                ".deb $F/system" UPDATE_GUARD_FOLDER "/" UPDATE_FACTORY " && "
                "mount -t tmpfs -o size=$(($(stat -c %%s $F/" OLD_ONE
                ".deb) * 3 / 2)) none $F/kept");
    if (said.code) {
        print_message("no file system could be mounted: skipped\n");
        return;
    }
    struct update_state now = apply(bench);
    session_must(bench->session, &said, "ls -A $F/kept > $F/left; umount $F/kept; cat $F/left");
    assert_int_equal(now.step, UPDATE_REFUSED);
    assert_int_equal(now.why, UPDATE_WHY_FULL);
    assert_string_equal(said.out, "lock\n");
}

/* Its first half says what it is, and cannot be installed. */
static void half_a_package_is_no_way_back(void **state)
{
    struct bench *bench = *state;
    struct reason reason = {.text = ""};
    char path[160];
    bring(bench, NEW_ONE);
    session_must(bench->session, &said,
                 "truncate -s $(($(stat -c %%s $F/kept/current.deb) * 3 / 4)) $F/kept/current.deb "
                 "&& dpkg-deb --show $F/kept/current.deb && cp $F/kept/current.deb $F/half.deb");
    assert_refused(bench, UPDATE_WHY_NO_WAY_BACK);
    snprintf(path, sizeof path, "%s/half.deb", bench->session->folder);
    assert_int_equal(update_keep(&bench->places, path, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, "not whole"));
    session_must(bench->session, &said, "cp $F/" OLD_ONE ".deb $F/kept/previous.deb");
    assert_state(bench, apply(bench), UPDATE_TRYING, UPDATE_WHY_NONE);
    session_must(bench->session, &said, "cmp $F/kept/current.deb $F/" OLD_ONE ".deb");
}

/* As the file system under an overlay: read-only, but while something is installed. */
static void a_root_that_may_not_be_written_is_opened_and_closed_again(void **state)
{
    struct bench *bench = *state;
    session_run(bench->session, &said,
                "mkdir $F/system/dev $F/system/proc $F/system/sys && mv $F/system $F/was && mkdir "
                "$F/system && "
                "mount -t tmpfs none $F/system && cp -a $F/was/. $F/system/ && "
                "mount -o remount,ro $F/system && ! touch $F/system/x 2>$F/why");
    if (said.code) {
        print_message("no file system could be mounted: skipped\n");
        return;
    }
    bring(bench, NEW_ONE);
    struct update_state now = apply(bench);
    session_run(bench->session, &said,
                "! touch $F/system/x 2>$F/why && test ! -e $F/system/dev/null && "
                "test $(grep -c $F/system /proc/self/mounts) = 1");
    int closed = said.code;
    enum update_step step = now.step;
    now = settle(bench);
    char there[64] = "";
    enum rc rc = packages_version(bench->root, "perron", there, sizeof there, NULL, NULL);
    session_must(bench->session, &said, "umount $F/system");
    assert_int_equal(closed, 0);
    assert_int_equal(step, UPDATE_TRYING);
    assert_int_equal(now.step, UPDATE_RETURNED);
    assert_int_equal(rc, RC_OK);
    assert_string_equal(there, OLD_ONE);
}

#define WITH_BENCH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_BENCH(a_new_version_that_comes_up_stays),
        WITH_BENCH(one_that_does_not_answer_goes),
        WITH_BENCH(a_station_of_another_version_does_not_count),
        WITH_BENCH(one_that_does_not_run_goes_at_once),
        WITH_BENCH(one_that_cannot_be_installed_goes_at_once),
        WITH_BENCH(after_three_starts_that_ended_too_soon_the_old_one_is_back),
        WITH_BENCH(killed_anywhere_it_ends_in_one_whole_version),
        WITH_BENCH(one_that_was_killed_half_done_goes_back_with_the_next),
        WITH_BENCH(who_installs_something_else_is_waited_for),
        WITH_BENCH(a_dpkg_whose_parent_was_killed_is_waited_for),
        WITH_BENCH(a_root_that_may_not_be_written_is_opened_and_closed_again),
        WITH_BENCH(what_is_not_signed_by_the_stations_key_is_refused),
        WITH_BENCH(another_package_under_the_signed_name_is_refused),
        WITH_BENCH(links_and_pipes_and_large_files_are_refused),
        WITH_BENCH(without_a_way_back_nothing_is_installed),
        WITH_BENCH(what_is_stuck_is_mended_by_another_package),
        WITH_BENCH(what_cannot_even_be_tried_is_said),
        WITH_BENCH(a_full_disk_keeps_nothing_of_a_copy),
        WITH_BENCH(half_a_package_is_no_way_back),
    };
    if (geteuid() != 0) {
        print_message("only root may change its root: skipped\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
