/* For the fault tests this program stands between a parcel and the system: see fails_at. */
#include "app/exchange/parcel.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "firmware/base/hash.h"
#include "tests/support/file_calls.h"

/* --- more calls that fail, and the device lies --- */

static bool has_no_flags; /* renameat2 as a file system without it has it */
static long lies_at;      /* the Nth read comes back different */

ssize_t read(int fd, void *bytes, size_t length)
{
    ssize_t count = is_failing() ? -1 : syscall(SYS_read, fd, bytes, length);
    if (count > 0 && lies_at > 0 && --lies_at == 0)
        ((char *)bytes)[count / 2] ^= 0x10;
    return count;
}

static bool was_synced(ino_t number)
{
    for (size_t i = 0; i < synced_count; i++)
        if (synced[i] == number)
            return true;
    return false;
}

int mkdirat(int folder, const char *name, mode_t mode)
{
    return is_failing() ? -1 : (int)syscall(SYS_mkdirat, folder, name, mode);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    if (flags && has_no_flags) {
        errno = EINVAL;
        return -1;
    }
    return is_failing() ? -1 : (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

/* --- a folder for each test --- */

#define NAME "2026-11-26_l-epi-commun"
#define PART "." NAME ".part"
#define WELCOME "venue/welcome/"

static char root[64];

static int make_root(void **state)
{
    (void)state;
    strcpy(root, "/tmp/perron-test-XXXXXX");
    fails_at = lies_at = 0;
    fails_for_ever = has_failed = has_no_flags = false;
    return mkdtemp(root) ? 0 : -1;
}

static int shell(const char *command)
{
    char line[512];
    snprintf(line, sizeof line, "cd %s && { %s; } >/dev/null 2>&1", root, command);
    return system(line);
}

static int remove_root(void **state)
{
    char line[128];
    (void)state;
    fails_at = lies_at = 0;
    snprintf(line, sizeof line, "rm -rf --one-file-system %s", root);
    return system(line);
}

static const char *path_of(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", root, name);
    return path;
}

static bool is_there(const char *name)
{
    struct stat status;
    return lstat(path_of(name), &status) == 0;
}

static void put_file(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* Names in the root but for `but`. */
static int count_others(const char *but)
{
    int count = 0;
    DIR *folder = opendir(root);
    struct dirent *entry;
    assert_non_null(folder);
    while ((entry = readdir(folder)))
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
                 strcmp(entry->d_name, but) != 0;
    closedir(folder);
    return count;
}

/* --- parcels --- */

static const struct parcel_config plain = {.root = root, .name = NAME};

static enum rc put_text(struct parcel *parcel, const char *name, const char *text)
{
    struct sink sink;
    enum rc rc = parcel_open_file(parcel, name, &sink);
    if (!rc)
        rc = sink_write(&sink, text, strlen(text));
    enum rc closed = parcel_close_file(parcel);
    return rc ? rc : closed;
}

static enum rc send(const struct parcel_config *config, char *out_name, struct reason *out_reason)
{
    struct parcel *parcel;
    enum rc rc = parcel_begin(config, &parcel, out_reason);
    if (rc)
        return rc;
    rc = put_text(parcel, "visits.csv", "day;hours\r\n2026-11-26;3,5\r\n");
    if (!rc)
        rc = put_text(parcel, "empty.csv", "");
    if (!rc)
        rc = put_text(parcel, WELCOME "hello.fr.txt", "# Bienvenue\n");
    if (!rc)
        rc = put_text(parcel, WELCOME "hello.nl.txt", "# Welkom\n");
    if (rc) {
        parcel_tell(parcel, rc, out_reason);
        parcel_abandon(parcel);
        return rc;
    }
    return parcel_finish(parcel, out_name, out_reason);
}

static void assert_sent(const char *expected)
{
    char name[PARCEL_NAME_BYTES];
    struct reason reason = {.text = ""};
    enum rc rc = send(&plain, name, &reason);
    if (rc)
        print_error("%s\n", reason.text);
    assert_int_equal(rc, RC_OK);
    assert_string_equal(name, expected);
}

static void sha256_is_what_the_standard_has(void **state)
{
    (void)state;
    struct hash_sha256 hash;
    uint8_t out[HASH_BYTES];
    static const uint8_t abc[] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea};
    hash_sha256_begin(&hash);
    hash_sha256_add(&hash, "a", 1);
    hash_sha256_add(&hash, "bc", 2);
    hash_sha256_end(&hash, out);
    assert_memory_equal(out, abc, sizeof abc);
}

static void a_parcel_checks_with_sha256sum(void **state)
{
    (void)state;
    assert_sent(NAME);
    assert_int_equal(shell("cd " NAME " && sha256sum --strict -c SHA256SUMS"), 0);
    assert_int_equal(count_others(NAME), 0);
    /* control */
    put_file(NAME "/visits.csv", "day;hours\r\n2026-11-26;9,5\r\n");
    assert_int_not_equal(shell("cd " NAME " && sha256sum --strict -c SHA256SUMS"), 0);
}

static void a_name_that_is_taken_gets_a_number(void **state)
{
    (void)state;
    assert_sent(NAME);
    put_file(NAME "_2", "somebody's file");
    assert_sent(NAME "_3");
    assert_sent(NAME "_4");
}

static void a_file_system_that_knows_no_flags_of_renaming_is_no_obstacle(void **state)
{
    (void)state;
    has_no_flags = true;
    assert_sent(NAME);
    assert_sent(NAME "_2");
}

static void names_are_safe_on_every_file_system(void **state)
{
    static const struct {
        const char *venue, *expected;
    } rows[] = {
        {"L'\xc3\x89pi Commun", "2026-11-26_l-epi-commun"},
        {"", "2026-11-26_perron"},
        {"   ", "2026-11-26_perron"},
        {"CON", "2026-11-26_con"},
        {"../../etc/passwd", "2026-11-26_etc-passwd"},
        {"a:b*c?d\"e<f>g|h\\i/j.", "2026-11-26_a-b-c-d-e-f-g-h-i-j"},
        {"\xce\xb1\xce\xb2", "2026-11-26_perron"},
        {"\xff\xfe\x01\n", "2026-11-26_perron"},
        {"0123456789012345678901234567890123456789012345678901234567890123456789",
         "2026-11-26_01234567890123456789012345678901234567890123456"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char name[PARCEL_NAME_BYTES];
        parcel_make_name(20261126, rows[i].venue, name);
        assert_string_equal(name, rows[i].expected);
    }
}

static void what_is_left_over_from_last_time_goes_and_nothing_else(void **state)
{
    (void)state;
    assert_int_equal(shell("mkdir .2026-11-25_l-epi-commun.part .2026-11-24_x.part/ .git.part .part"
                           " mine.part"
                           " && touch .2026-11-25_l-epi-commun.part/visits.csv"
                           " .2026-11-24_x.part/a .git.part/kept"
                           " .2026-11-23_x.part && ln -s mine.part .2026-11-22_x.part"),
                     0);
    assert_int_equal(shell("cd .2026-11-25_l-epi-commun.part && mkdir -p " WELCOME
                           " && touch venue/perron.conf " WELCOME "hello.fr.txt"),
                     0);
    assert_int_equal(shell("cd .2026-11-24_x.part && mkdir -p 1/2/3/4 && touch 1/2/3/4/kept 1/gone"
                           " '1/my photo.jpg' 1/.hidden && ln -s ../../mine.part 1/2/link"),
                     0);
    put_file("mine.part/kept", "");
    assert_sent(NAME);
    assert_false(is_there(".2026-11-25_l-epi-commun.part"));
    /* No parcel makes such names, nor goes so deep; a link is gone, and not what it leads to. */
    assert_true(is_there(".2026-11-24_x.part/1/2/3/4/kept"));
    assert_true(is_there(".2026-11-24_x.part/1/my photo.jpg"));
    assert_true(is_there(".2026-11-24_x.part/1/.hidden"));
    assert_false(is_there(".2026-11-24_x.part/1/gone"));
    assert_false(is_there(".2026-11-24_x.part/1/2/link"));
    assert_true(is_there(".git.part/kept"));
    assert_true(is_there(".2026-11-23_x.part")); /* a file */
    assert_true(is_there(".2026-11-22_x.part")); /* a link */
    assert_true(is_there("mine.part/kept"));
}

static void a_part_that_somebody_is_at_stays(void **state)
{
    struct parcel *first;
    struct reason reason;
    char name[PARCEL_NAME_BYTES];
    (void)state;
    assert_int_equal(parcel_begin(&plain, &first, &reason), RC_OK);
    assert_int_equal(put_text(first, "visits.csv", "x"), RC_OK);
    assert_sent(NAME);
    assert_true(is_there(PART "/visits.csv"));
    assert_int_equal(parcel_finish(first, name, &reason), RC_OK);
    assert_string_equal(name, NAME "_2");
}

static void giving_up_leaves_nothing(void **state)
{
    struct parcel *parcel;
    struct reason reason;
    struct sink sink;
    (void)state;
    assert_int_equal(parcel_begin(&plain, &parcel, &reason), RC_OK);
    assert_int_equal(put_text(parcel, "visits.csv", "x"), RC_OK);
    assert_int_equal(parcel_open_file(parcel, "hours.csv", &sink), RC_OK);
    assert_int_equal(sink_write(&sink, "y", 1), RC_OK);
    parcel_abandon(parcel);
    assert_int_equal(count_others(""), 0);
    parcel_abandon(NULL);
}

static void a_device_that_gives_back_something_else_is_found_out(void **state)
{
    struct reason reason = {.text = ""};
    char name[PARCEL_NAME_BYTES] = "untouched";
    (void)state;
    /* On top, in a folder, and the last: the sums themselves. An empty file reads nothing. */
    for (long at = 1; at <= 4; at++) {
        char broken[64];
        lies_at = at;
        assert_int_equal(send(&plain, name, &reason), RC_CORRUPT);
        assert_string_equal(name, "untouched");
        assert_non_null(strstr(reason.text, "damaged"));
        assert_false(is_there(NAME));
        snprintf(broken, sizeof broken, NAME "_%ld.broken/" WELCOME "hello.fr.txt", at);
        assert_true(is_there(at == 1 ? NAME ".broken/visits.csv" : broken));
    }
    lies_at = 5;
    assert_sent(NAME);
}

static void a_call_that_fails_leaves_no_whole_folder_or_a_right_one(void **state)
{
    static const int errors[] = {ENOSPC, EIO, EROFS, EFBIG, ENODEV};
    (void)state;
    for (size_t e = 0; e < sizeof errors / sizeof errors[0]; e++)
        for (int lasts = 0; lasts < 2; lasts++)
            for (long nth = 1;; nth++) {
                struct reason reason = {.text = ""};
                char name[PARCEL_NAME_BYTES] = "";
                assert_int_equal(shell("rm -rf ./* ./.2*"), 0);
                fails_at = nth;
                fails_with = errors[e];
                fails_for_ever = lasts;
                has_failed = false;
                enum rc rc = send(&plain, name, &reason);
                fails_at = 0;
                if (!has_failed) {
                    assert_int_equal(rc, RC_OK);
                    assert_true(nth > 8);
                    break;
                }
                /* Nothing but the failing clean-up of what is gone may be passed over. */
                if (!rc)
                    assert_string_equal(name, NAME);
                else
                    assert_true(reason.text[0]);
                assert_true(!is_there(NAME) ||
                            shell("cd " NAME " && sha256sum --strict -c SHA256SUMS") == 0);
                assert_sent(is_there(NAME) ? NAME "_2" : NAME); /* next time works */
                assert_int_equal(shell("test -z \"$(ls -d .2* 2>/dev/null)\""), 0);
            }
}

static void each_failure_has_a_sentence_that_says_what_to_do(void **state)
{
    static const struct {
        int error;
        enum rc rc;
        const char *word;
    } rows[] = {{ENOSPC, RC_FULL, "space"},
                {EROFS, RC_READ_ONLY, "lock switch"},
                {EFBIG, RC_LIMIT, "exFAT"},
                {ENODEV, RC_GONE, "Plug it in again"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct reason reason = {.text = ""};
        char name[PARCEL_NAME_BYTES];
        fails_at = 2; /* the first is the making of the folder */
        fails_with = rows[i].error;
        assert_int_equal(send(&plain, name, &reason), rows[i].rc);
        assert_non_null(strstr(reason.text, rows[i].word));
    }
}

static void a_limit_of_the_file_system_is_said(void **state)
{
    struct rlimit before, small;
    struct reason reason = {.text = ""};
    struct parcel *parcel;
    struct sink sink;
    static char bytes[1 << 20];
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 1 << 20;
    assert_int_equal(parcel_begin(&plain, &parcel, &reason), RC_OK);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_int_equal(parcel_open_file(parcel, "visits.csv", &sink), RC_OK);
    enum rc rc = RC_OK;
    for (int i = 0; !rc && i < 4; i++)
        rc = sink_write(&sink, bytes, sizeof bytes);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(rc, RC_LIMIT);
    assert_int_equal(sink_write(&sink, "x", 1), RC_LIMIT); /* the same again */
    parcel_tell(parcel, rc, &reason);
    assert_non_null(strstr(reason.text, "4 GB"));
    parcel_abandon(parcel);
    assert_int_equal(count_others(""), 0);
}

static void names_that_are_no_plain_files_are_refused(void **state)
{
    static const char *const names[] = {
        "",     ".",       "..",    "../x",      "a/b/c/d/e", "/a",     "a/",  "a//b",
        "a/..", "a/../b",  "a/.b",  ".hidden",   "-rf",       "a b",    "a\n", "a\\b",
        "con",  "NUL.txt", "aux/a", "a/com1.fr", "Lpt9",      "a/b./c", "a:b", "a?",
    };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct parcel *parcel;
        struct reason reason = {.text = ""};
        struct sink sink;
        char name[PARCEL_NAME_BYTES];
        const struct parcel_config config = {.root = root, .name = names[i]};
        assert_int_equal(parcel_begin(&config, &parcel, &reason), RC_LIMIT);
        assert_int_equal(parcel_begin(&plain, &parcel, &reason), RC_OK);
        assert_int_equal(parcel_open_file(parcel, names[i], &sink), RC_LIMIT);
        assert_int_equal(parcel_finish(parcel, name, &reason), RC_LIMIT);
    }
    const struct parcel_config within = {.root = root, .name = "a/b"};
    struct parcel *none;
    struct reason reason = {.text = ""};
    assert_int_equal(parcel_begin(&within, &none, &reason), RC_LIMIT);
    assert_int_equal(count_others(""), 0);
}

/* Also where a name is free on this file system. */
static void names_that_are_one_somewhere_are_refused_everywhere(void **state)
{
    static const struct {
        const char *first, *second;
        enum rc rc;
    } rows[] = {
        {"venue/a", "venue/b", RC_OK},          {"venue", "venues/a", RC_OK},
        {"venue/a/x", "venue/b/x", RC_OK},      {"com/a", "com10", RC_OK},
        {"console.txt", "nul-1/a", RC_OK},      {"a", "a", RC_LIMIT},
        {"people.csv", "People.csv", RC_LIMIT}, {"venue", "venue/a", RC_LIMIT},
        {"venue/a", "venue", RC_LIMIT},         {"venue/a", "Venue/b", RC_LIMIT},
        {"venue/a", "venue/A", RC_LIMIT},       {"venue/a", "VENUE", RC_LIMIT},
        {"a/b/x", "a/B/y", RC_LIMIT},           {"a/b", "a/b/c", RC_LIMIT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct parcel *parcel;
        struct reason reason = {.text = ""};
        char name[PARCEL_NAME_BYTES];
        assert_int_equal(parcel_begin(&plain, &parcel, &reason), RC_OK);
        assert_int_equal(put_text(parcel, rows[i].first, "x"), RC_OK);
        if (put_text(parcel, rows[i].second, "y") != rows[i].rc)
            fail_msg("%s, %s", rows[i].first, rows[i].second);
        assert_int_equal(parcel_finish(parcel, name, &reason), rows[i].rc);
    }
}

static void names_and_numbers_have_a_limit(void **state)
{
    static char longest[10001];
    struct parcel *parcel;
    struct reason reason;
    struct sink sink;
    char folder[32];
    enum rc rc = RC_OK;
    int count = 0;
    (void)state;
    memset(longest, 'a', sizeof longest - 1);
    assert_int_equal(parcel_begin(&plain, &parcel, &reason), RC_OK);
    assert_int_equal(parcel_open_file(parcel, longest, &sink), RC_LIMIT);
    parcel_abandon(parcel);
    assert_int_equal(parcel_begin(&plain, &parcel, &reason), RC_OK);
    longest[PARCEL_FILE_BYTES - 1] = 0;
    memcpy(longest, "v/", 2);
    assert_int_equal(put_text(parcel, longest, "x"), RC_OK);
    for (count = 1; !rc; count++) {
        snprintf(folder, sizeof folder, "f%d/a", count);
        rc = put_text(parcel, folder, "x");
    }
    assert_int_equal(rc, RC_LIMIT);
    assert_true(count > 8 && count < 100);
    parcel_abandon(parcel);
    assert_int_equal(count_others(""), 0);
}

static void nobody_else_may_read_what_is_about_people(void **state)
{
    struct stat status;
    (void)state;
    assert_sent(NAME);
    assert_int_equal(stat(path_of(NAME), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    assert_int_equal(stat(path_of(NAME "/visits.csv"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(stat(path_of(NAME "/" WELCOME), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
}

/* The name of each folder is in one that was brought to the device after it. */
static void every_folder_is_brought_to_the_device(void **state)
{
    static const char *const folders[] = {NAME, NAME "/venue", NAME "/" WELCOME};
    (void)state;
    synced_count = 0;
    assert_sent(NAME);
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        struct stat status;
        assert_int_equal(stat(path_of(folders[i]), &status), 0);
        if (!was_synced(status.st_ino))
            fail_msg("%s", folders[i]);
    }
}

static void a_file_made_elsewhere_is_copied_in_whole(void **state)
{
    struct parcel *parcel;
    struct reason reason;
    char name[PARCEL_NAME_BYTES];
    (void)state;
    assert_int_equal(shell("head -c 3000001 /dev/urandom > made && mkdir stick"), 0);
    const struct parcel_config config = {.root = path_of("stick"), .name = NAME};
    assert_int_equal(parcel_begin(&config, &parcel, &reason), RC_OK);
    assert_int_equal(parcel_add_file(parcel, "attendance.xlsx", path_of("made")), RC_OK);
    assert_int_equal(parcel_finish(parcel, name, &reason), RC_OK);
    assert_int_equal(shell("cmp made stick/" NAME "/attendance.xlsx"), 0);
    /* One that is not there fails the whole. */
    const struct parcel_config again = {.root = path_of("stick"), .name = NAME};
    assert_int_equal(parcel_begin(&again, &parcel, &reason), RC_OK);
    assert_int_equal(parcel_add_file(parcel, "attendance.xlsx", path_of("nothing")), RC_NOT_FOUND);
    assert_int_equal(parcel_finish(parcel, name, &reason), RC_NOT_FOUND);
}

/* --- sealed --- */

struct opened {
    char text[128];
    size_t used;
};

static enum rc take(void *context, const char *bytes, size_t length)
{
    struct opened *opened = context;
    assert_true(opened->used + length < sizeof opened->text);
    memcpy(opened->text + opened->used, bytes, length);
    opened->used += length;
    opened->text[opened->used] = 0;
    return RC_OK;
}

static void with_a_key_nothing_leaves_that_others_can_read(void **state)
{
    struct seal_public to;
    struct seal_secret with;
    struct parcel_config config = plain;
    struct parcel *parcel;
    struct reason reason;
    struct sink sink;
    char name[PARCEL_NAME_BYTES], bytes[1024];
    (void)state;
    seal_make_keys(&to, &with);
    config.seal = &to;
    assert_int_equal(parcel_begin(&config, &parcel, &reason), RC_OK);
    assert_int_equal(put_text(parcel, "visits.csv", "Bilal was here"), RC_OK);
    assert_int_equal(put_text(parcel, WELCOME "hello.fr.txt", "Bilal says hello"), RC_OK);
    assert_int_equal(parcel_open_plain(parcel, "README.txt", &sink), RC_OK);
    assert_int_equal(sink_write(&sink, "read me", 7), RC_OK);
    assert_int_equal(parcel_close_file(parcel), RC_OK);
    assert_int_equal(parcel_finish(parcel, name, &reason), RC_OK);
    assert_int_equal(shell("cd " NAME " && sha256sum --strict -c SHA256SUMS"), 0);
    assert_int_not_equal(shell("grep -r Bilal ."), 0);
    assert_int_equal(shell("grep -q 'read me' " NAME "/README.txt"), 0); /* control */
    assert_true(is_there(NAME "/" WELCOME "hello.fr.txt" SEAL_SUFFIX));
    assert_false(is_there(NAME "/visits.csv"));

    FILE *file = fopen(path_of(NAME "/visits.csv" SEAL_SUFFIX), "r");
    assert_non_null(file);
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    struct opened opened = {.used = 0};
    const struct seal_out out = {&opened, take};
    struct seal *seal;
    assert_int_equal(seal_open(&with, &out, &seal), RC_OK);
    assert_int_equal(seal_put(seal, bytes, length), RC_OK);
    assert_int_equal(seal_end(seal), RC_OK);
    seal_close(seal);
    assert_string_equal(opened.text, "Bilal was here");
}

/* --- watching --- */

struct watch {
    int64_t written, read_back;
    int64_t stops_at; /* bytes written and read back together */
    int calls;
};

static enum rc tell(void *context, int64_t written, int64_t read_back)
{
    struct watch *watch = context;
    assert_true(written >= watch->written && read_back >= watch->read_back);
    watch->written = written;
    watch->read_back = read_back;
    watch->calls++;
    return watch->stops_at && written + read_back >= watch->stops_at ? RC_REFUSED : RC_OK;
}

static void who_watches_hears_of_all_bytes_and_may_stop_it_anywhere(void **state)
{
    struct watch watch = {.calls = 0};
    const struct parcel_watcher watcher = {&watch, tell};
    struct parcel_config config = plain;
    struct reason reason;
    char name[PARCEL_NAME_BYTES];
    (void)state;
    config.watcher = &watcher;
    assert_int_equal(send(&config, name, &reason), RC_OK);
    assert_int_equal(watch.written, watch.read_back);
    int64_t all = watch.written + watch.read_back;
    assert_int_equal(shell("rm -r " NAME), 0);
    for (int64_t at = 1; at <= all; at += 7) {
        watch = (struct watch){.stops_at = at};
        assert_int_equal(send(&config, name, &reason), RC_REFUSED);
        assert_non_null(strstr(reason.text, "stopped"));
        assert_int_equal(count_others(""), 0);
    }
}

/* --- checking a folder --- */

struct seen {
    int right, damaged, missing;
    char last[64];
};

static void see(void *context, const char *name, enum parcel_state state)
{
    struct seen *seen = context;
    seen->right += state == PARCEL_RIGHT;
    seen->damaged += state == PARCEL_DAMAGED;
    seen->missing += state == PARCEL_MISSING;
    if (state != PARCEL_RIGHT)
        snprintf(seen->last, sizeof seen->last, "%s", name);
}

static void a_folder_is_checked_against_its_sums(void **state)
{
    struct reason reason = {.text = ""};
    struct seen seen = {.right = 0};
    char folder[256];
    (void)state;
    assert_sent(NAME);
    snprintf(folder, sizeof folder, "%s", path_of(NAME));
    assert_int_equal(parcel_check(folder, see, &seen, &reason), RC_OK);
    assert_int_equal(seen.right, 4);

    assert_int_equal(shell("rm " NAME "/empty.csv && touch " NAME "/beside"), 0);
    seen = (struct seen){.right = 0};
    assert_int_equal(parcel_check(folder, see, &seen, &reason), RC_CORRUPT);
    assert_int_equal(seen.right, 3);
    assert_int_equal(seen.missing, 1);
    assert_non_null(strstr(reason.text, "empty.csv is missing"));

    put_file(NAME "/empty.csv", "x");
    seen = (struct seen){.right = 0};
    assert_int_equal(parcel_check(folder, see, &seen, &reason), RC_CORRUPT);
    assert_int_equal(seen.damaged, 1);
    assert_string_equal(seen.last, "empty.csv");

    /* Never through a link, wherever that leads. */
    assert_int_equal(shell("rm " NAME "/empty.csv && ln -s /dev/null " NAME "/empty.csv"), 0);
    assert_int_equal(parcel_check(folder, NULL, NULL, &reason), RC_CORRUPT);
    assert_int_equal(shell("rm " NAME "/empty.csv && mkfifo " NAME "/empty.csv"), 0);
    assert_int_equal(parcel_check(folder, NULL, NULL, &reason), RC_CORRUPT);
}

/* What may lie where a folder should be, and what comes of its files. */
static void files_in_folders_are_checked_and_no_link_is_followed(void **state)
{
    static const struct {
        const char *change;
        int damaged, missing;
    } rows[] = {
        {"echo x > " WELCOME "hello.fr.txt", 1, 0},
        {"rm " WELCOME "hello.fr.txt", 0, 1},
        {"rm -r venue", 0, 2},
        {"rm -r venue && touch venue", 2, 0},
        {"mv venue ../elsewhere && ln -s ../elsewhere venue", 2, 0},
        {"mv " WELCOME "hello.fr.txt ../x && ln -s ../../../x " WELCOME "hello.fr.txt", 1, 0},
        {"mv venue/welcome ../w && ln -s ../../w venue/welcome", 2, 0},
        {"rm " WELCOME "hello.nl.txt && mkdir " WELCOME "hello.nl.txt", 1, 0},
        {"rm -r venue/welcome && mkfifo venue/welcome", 2, 0},
    };
    struct reason reason;
    char folder[256], line[256];
    (void)state;
    snprintf(folder, sizeof folder, "%s", path_of(NAME));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct seen seen = {.right = 0};
        assert_int_equal(shell("rm -rf ./*"), 0);
        assert_sent(NAME);
        snprintf(line, sizeof line, "cd " NAME " && %s", rows[i].change);
        assert_int_equal(shell(line), 0);
        assert_int_equal(parcel_check(folder, see, &seen, &reason), RC_CORRUPT);
        if (seen.damaged != rows[i].damaged || seen.missing != rows[i].missing)
            fail_msg("%s: %d damaged, %d missing", rows[i].change, seen.damaged, seen.missing);
        assert_int_equal(seen.right, 4 - seen.damaged - seen.missing);
        assert_non_null(strstr(seen.last, WELCOME));
    }
}

static void sums_that_are_none_are_refused(void **state)
{
#define SUM "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    static const struct {
        const char *sums;
        enum rc rc;
    } rows[] = {
        {SUM "  empty\n", RC_OK},
        {SUM " *empty\r\n", RC_OK},
        {"", RC_BAD_INPUT},
        {SUM "  empty", RC_BAD_INPUT},
        {"\n", RC_BAD_INPUT},
        {"garbage\n", RC_BAD_INPUT},
        {SUM "  ../empty\n", RC_BAD_INPUT},
        {SUM "  /etc/passwd\n", RC_BAD_INPUT},
        {SUM "  \n", RC_BAD_INPUT},
        {SUM "  sub/empty\n", RC_OK},
        {SUM "  sub/../empty\n", RC_BAD_INPUT},
        {SUM "  sub//empty\n", RC_BAD_INPUT},
        {SUM "  sub/\n", RC_BAD_INPUT},
        {SUM "  a/b/c/d/e\n", RC_BAD_INPUT},
        {SUM "  sub\\empty\n", RC_BAD_INPUT},
        {SUM "x  empty\n", RC_BAD_INPUT},
        {"\\" SUM "  empty\n", RC_BAD_INPUT},
    };
    struct reason reason;
    (void)state;
    put_file("empty", "");
    assert_int_equal(shell("mkdir sub && touch sub/empty"), 0);
    assert_int_equal(parcel_check(root, NULL, NULL, &reason), RC_NOT_FOUND);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        put_file("SHA256SUMS", rows[i].sums);
        assert_int_equal(parcel_check(root, NULL, NULL, &reason), rows[i].rc);
    }
    assert_int_equal(shell("for i in $(seq 257); do echo " SUM "'  empty'; done > SHA256SUMS"), 0);
    assert_int_equal(parcel_check(root, NULL, NULL, &reason), RC_LIMIT);
    assert_int_equal(shell("head -c 100000 /dev/zero > SHA256SUMS"), 0);
    assert_int_equal(parcel_check(root, NULL, NULL, &reason), RC_LIMIT);
    assert_int_equal(shell("rm SHA256SUMS && ln -s empty SHA256SUMS"), 0);
    assert_int_not_equal(parcel_check(root, NULL, NULL, &reason), RC_OK);
    assert_int_equal(parcel_check("/nowhere/at/all", NULL, NULL, &reason), RC_NOT_FOUND);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_root, remove_root)
    const struct CMUnitTest tests[] = {
        TEST(sha256_is_what_the_standard_has),
        TEST(a_parcel_checks_with_sha256sum),
        TEST(a_name_that_is_taken_gets_a_number),
        TEST(a_file_system_that_knows_no_flags_of_renaming_is_no_obstacle),
        TEST(names_are_safe_on_every_file_system),
        TEST(what_is_left_over_from_last_time_goes_and_nothing_else),
        TEST(a_part_that_somebody_is_at_stays),
        TEST(giving_up_leaves_nothing),
        TEST(a_device_that_gives_back_something_else_is_found_out),
        TEST(a_call_that_fails_leaves_no_whole_folder_or_a_right_one),
        TEST(each_failure_has_a_sentence_that_says_what_to_do),
        TEST(a_limit_of_the_file_system_is_said),
        TEST(names_that_are_no_plain_files_are_refused),
        TEST(names_that_are_one_somewhere_are_refused_everywhere),
        TEST(names_and_numbers_have_a_limit),
        TEST(every_folder_is_brought_to_the_device),
        TEST(nobody_else_may_read_what_is_about_people),
        TEST(a_file_made_elsewhere_is_copied_in_whole),
        TEST(with_a_key_nothing_leaves_that_others_can_read),
        TEST(who_watches_hears_of_all_bytes_and_may_stop_it_anywhere),
        TEST(a_folder_is_checked_against_its_sums),
        TEST(files_in_folders_are_checked_and_no_link_is_followed),
        TEST(sums_that_are_none_are_refused),
    };
    if (hash_init())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
