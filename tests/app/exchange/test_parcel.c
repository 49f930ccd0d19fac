/* How a folder goes out: written beside its name, read back, put in its place. */
#include "app/exchange/parcel.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "firmware/base/hash.h"
#include "tests/support/room.h"

static int set_up(void **state)
{
    (void)state;
    return room_make();
}

static int tear_down(void **state)
{
    (void)state;
    return room_remove();
}

static void assert_sent(const char *expected)
{
    char name[PARCEL_NAME_BYTES];
    struct reason reason = {.text = ""};
    enum rc rc = room_send(&room_plain, name, &reason);
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
    assert_sent(ROOM_NAME);
    assert_int_equal(room_shell("cd " ROOM_NAME " && sha256sum --strict -c SHA256SUMS"), 0);
    assert_int_equal(room_count_others(ROOM_NAME), 0);
    /* control */
    room_put(ROOM_NAME "/visits.csv", "day;hours\r\n2026-11-26;9,5\r\n");
    assert_int_not_equal(room_shell("cd " ROOM_NAME " && sha256sum --strict -c SHA256SUMS"), 0);
}

static void a_name_that_is_taken_gets_a_number(void **state)
{
    (void)state;
    assert_sent(ROOM_NAME);
    room_put(ROOM_NAME "_2", "somebody's file");
    assert_sent(ROOM_NAME "_3");
    assert_sent(ROOM_NAME "_4");
}

static void what_is_left_over_from_last_time_goes_and_nothing_else(void **state)
{
    (void)state;
    assert_int_equal(
        room_shell("mkdir .2026-11-25_l-epi-commun.part .2026-11-24_x.part/ .git.part .part"
                   " mine.part"
                   " && touch .2026-11-25_l-epi-commun.part/visits.csv"
                   " .2026-11-24_x.part/a .git.part/kept"
                   " .2026-11-23_x.part && ln -s mine.part .2026-11-22_x.part"),
        0);
    assert_int_equal(room_shell("cd .2026-11-25_l-epi-commun.part && mkdir -p " ROOM_WELCOME
                                " && touch venue/perron.conf " ROOM_WELCOME "hello.fr.txt"),
                     0);
    assert_int_equal(
        room_shell("cd .2026-11-24_x.part && mkdir -p 1/2/3/4 && touch 1/2/3/4/kept 1/gone"
                   " '1/my photo.jpg' 1/.hidden && ln -s ../../mine.part 1/2/link"),
        0);
    room_put("mine.part/kept", "");
    assert_sent(ROOM_NAME);
    assert_false(room_has(".2026-11-25_l-epi-commun.part"));
    /* No parcel makes such names, nor goes so deep; a link is gone, and not what it leads to. */
    assert_true(room_has(".2026-11-24_x.part/1/2/3/4/kept"));
    assert_true(room_has(".2026-11-24_x.part/1/my photo.jpg"));
    assert_true(room_has(".2026-11-24_x.part/1/.hidden"));
    assert_false(room_has(".2026-11-24_x.part/1/gone"));
    assert_false(room_has(".2026-11-24_x.part/1/2/link"));
    assert_true(room_has(".git.part/kept"));
    assert_true(room_has(".2026-11-23_x.part")); /* a file */
    assert_true(room_has(".2026-11-22_x.part")); /* a link */
    assert_true(room_has("mine.part/kept"));
}

static void a_part_that_somebody_is_at_stays(void **state)
{
    struct parcel *first;
    struct reason reason;
    char name[PARCEL_NAME_BYTES];
    (void)state;
    assert_int_equal(parcel_begin(&room_plain, &first, &reason), RC_OK);
    assert_int_equal(room_add(first, "visits.csv", "x"), RC_OK);
    assert_sent(ROOM_NAME);
    assert_true(room_has(ROOM_PART "/visits.csv"));
    assert_int_equal(parcel_finish(first, name, &reason), RC_OK);
    assert_string_equal(name, ROOM_NAME "_2");
}

static void giving_up_leaves_nothing(void **state)
{
    struct parcel *parcel;
    struct reason reason;
    struct sink sink;
    (void)state;
    assert_int_equal(parcel_begin(&room_plain, &parcel, &reason), RC_OK);
    assert_int_equal(room_add(parcel, "visits.csv", "x"), RC_OK);
    assert_int_equal(parcel_open_file(parcel, "hours.csv", &sink), RC_OK);
    assert_int_equal(sink_write(&sink, "y", 1), RC_OK);
    parcel_abandon(parcel);
    assert_int_equal(room_count_others(""), 0);
    parcel_abandon(NULL);
}

static void nobody_else_may_read_what_is_about_people(void **state)
{
    struct stat status;
    (void)state;
    assert_sent(ROOM_NAME);
    assert_int_equal(stat(room_path(ROOM_NAME), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    assert_int_equal(stat(room_path(ROOM_NAME "/visits.csv"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(stat(room_path(ROOM_NAME "/" ROOM_WELCOME), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
}

static void a_file_made_elsewhere_is_copied_in_whole(void **state)
{
    struct parcel *parcel;
    struct reason reason;
    char name[PARCEL_NAME_BYTES];
    (void)state;
    assert_int_equal(room_shell("head -c 3000001 /dev/urandom > made && mkdir stick"), 0);
    const struct parcel_config config = {.root = room_path("stick"), .name = ROOM_NAME};
    assert_int_equal(parcel_begin(&config, &parcel, &reason), RC_OK);
    assert_int_equal(parcel_add_file(parcel, "attendance.xlsx", room_path("made")), RC_OK);
    assert_int_equal(parcel_finish(parcel, name, &reason), RC_OK);
    assert_int_equal(room_shell("cmp made stick/" ROOM_NAME "/attendance.xlsx"), 0);
    /* One that is not there fails the whole. */
    const struct parcel_config again = {.root = room_path("stick"), .name = ROOM_NAME};
    assert_int_equal(parcel_begin(&again, &parcel, &reason), RC_OK);
    assert_int_equal(parcel_add_file(parcel, "attendance.xlsx", room_path("nothing")),
                     RC_NOT_FOUND);
    assert_int_equal(parcel_finish(parcel, name, &reason), RC_NOT_FOUND);
}

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
    struct parcel_config config = room_plain;
    struct parcel *parcel;
    struct reason reason;
    struct sink sink;
    char name[PARCEL_NAME_BYTES], bytes[1024];
    (void)state;
    seal_make_keys(&to, &with);
    config.seal = &to;
    assert_int_equal(parcel_begin(&config, &parcel, &reason), RC_OK);
    assert_int_equal(room_add(parcel, "visits.csv", "Bilal was here"), RC_OK);
    assert_int_equal(room_add(parcel, ROOM_WELCOME "hello.fr.txt", "Bilal says hello"), RC_OK);
    assert_int_equal(parcel_open_plain(parcel, "README.txt", &sink), RC_OK);
    assert_int_equal(sink_write(&sink, "read me", 7), RC_OK);
    assert_int_equal(parcel_close_file(parcel), RC_OK);
    assert_int_equal(parcel_finish(parcel, name, &reason), RC_OK);
    assert_int_equal(room_shell("cd " ROOM_NAME " && sha256sum --strict -c SHA256SUMS"), 0);
    assert_int_not_equal(room_shell("grep -r Bilal ."), 0);
    assert_int_equal(room_shell("grep -q 'read me' " ROOM_NAME "/README.txt"), 0); /* control */
    assert_true(room_has(ROOM_NAME "/" ROOM_WELCOME "hello.fr.txt" SEAL_SUFFIX));
    assert_false(room_has(ROOM_NAME "/visits.csv"));

    FILE *file = fopen(room_path(ROOM_NAME "/visits.csv" SEAL_SUFFIX), "r");
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
    struct parcel_config config = room_plain;
    struct reason reason;
    char name[PARCEL_NAME_BYTES];
    (void)state;
    config.watcher = &watcher;
    assert_int_equal(room_send(&config, name, &reason), RC_OK);
    assert_int_equal(watch.written, watch.read_back);
    int64_t all = watch.written + watch.read_back;
    assert_int_equal(room_shell("rm -r " ROOM_NAME), 0);
    for (int64_t at = 1; at <= all; at += 7) {
        watch = (struct watch){.stops_at = at};
        assert_int_equal(room_send(&config, name, &reason), RC_REFUSED);
        assert_non_null(strstr(reason.text, "stopped"));
        assert_int_equal(room_count_others(""), 0);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(sha256_is_what_the_standard_has),
        TEST(a_parcel_checks_with_sha256sum),
        TEST(a_name_that_is_taken_gets_a_number),
        TEST(what_is_left_over_from_last_time_goes_and_nothing_else),
        TEST(a_part_that_somebody_is_at_stays),
        TEST(giving_up_leaves_nothing),
        TEST(nobody_else_may_read_what_is_about_people),
        TEST(a_file_made_elsewhere_is_copied_in_whole),
        TEST(with_a_key_nothing_leaves_that_others_can_read),
        TEST(who_watches_hears_of_all_bytes_and_may_stop_it_anywhere),
    };
    if (hash_init())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
