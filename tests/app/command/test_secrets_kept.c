/*
 * What a thief of the register and a vandal at the door get: no PIN, code or badge number in
 * anything that is written, and no free try by killing a real station.
 */
#include "app/command/command.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "firmware/base/hex.h"
#include "tests/support/random.h"
#include "tests/support/session.h"

#define PIN "90531746"
#define WRONG "41857203"
#define OTHER "27384950"
#define BADGE "045C9AE217B368"
#define GIVE(digits) "echo " digits " | "

static struct said said;

/* --- looking for secrets --- */

#define NEEDLES_MAX 512

struct needle {
    char what[40];
    uint8_t bytes[40];
    size_t length;
};

struct search {
    struct needle needles[NEEDLES_MAX];
    size_t count;
    long files, found;
    char first[512];
};

static void look_for(struct search *search, const char *what, const void *bytes, size_t length)
{
    struct needle *needle = &search->needles[search->count++];
    assert_true(search->count <= NEEDLES_MAX && length <= sizeof needle->bytes);
    snprintf(needle->what, sizeof needle->what, "%s", what);
    memcpy(needle->bytes, bytes, length);
    needle->length = length;
}

static void look_for_text(struct search *search, const char *what, const char *text)
{
    look_for(search, what, text, strlen(text));
}

static void look_for_digits(struct search *search, const uint8_t *bytes, size_t length)
{
    char text[32], spread[48] = "", small[32];
    uint64_t number = 0;
    hex_encode(bytes, length, text);
    for (size_t i = 0; i < length; i++) {
        number = number << 8 | bytes[i];
        snprintf(spread + strlen(spread), 4, "%s%.2s", i ? ":" : "", text + 2 * i);
    }
    for (size_t i = 0; i <= strlen(text); i++)
        small[i] = (char)tolower(text[i]);
    look_for(search, "badge, bytes", bytes, length);
    look_for_text(search, "badge, capitals", text);
    look_for_text(search, "badge, small letters", small);
    look_for_text(search, "badge, with colons", spread);
    snprintf(text, sizeof text, "%" PRIu64, number);
    look_for_text(search, "badge, decimal", text);
}

/* As bytes and as digits of every kind, in either order; `digits` are 14. */
static void look_for_badge(struct search *search, const char *digits)
{
    uint8_t bytes[7], reversed[7];
    size_t count;
    assert_int_equal(hex_decode(digits, strlen(digits), sizeof bytes, bytes, &count), RC_OK);
    for (size_t i = 0; i < sizeof bytes; i++)
        reversed[i] = bytes[sizeof bytes - 1 - i];
    look_for_digits(search, bytes, sizeof bytes);
    look_for_digits(search, reversed, sizeof reversed);
}

static void look_into(struct search *search, const char *path)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &status) || !S_ISREG(status.st_mode)) {
        if (fd >= 0)
            close(fd);
        return;
    }
    size_t size = (size_t)status.st_size;
    char *bytes = malloc(size + 1);
    assert_non_null(bytes);
    assert_int_equal(read(fd, bytes, size), (ssize_t)size);
    close(fd);
    search->files++;
    for (size_t i = 0; i < search->count; i++) {
        const struct needle *needle = &search->needles[i];
        if (!memmem(bytes, size, needle->bytes, needle->length))
            continue;
        if (!search->found++)
            snprintf(search->first, sizeof search->first, "%s in %s", needle->what, path);
    }
    free(bytes);
}

static void look_into_folder(struct search *search, const char *folder)
{
    char path[512];
    struct dirent *entry;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    while ((entry = readdir(dir))) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        look_into(search, path);
    }
    closedir(dir);
}

/* Codes and badges of everybody, by the lists they were made from. */
static void look_for_lists(struct search *search, struct session *session)
{
    session_must(session, &said, "tail -n +2 $F/secret/codes.csv | cut -d\\; -f3 | tr -d '\\r'");
    for (char *rest = said.out, *code; (code = strtok_r(rest, "\n", &rest));) {
        char joined[8];
        look_for_text(search, "code", code);
        snprintf(joined, sizeof joined, "%.3s%.3s", code, code + 4);
        look_for_text(search, "code", joined);
    }
    session_must(session, &said,
                 "cut -d\\; -f6 app/share/demo/people.csv | tr -d ' :\\r-' |"
                 " grep -E '^[0-9A-Fa-f]{14}$'");
    for (char *rest = said.out, *badge; (badge = strtok_r(rest, "\n", &rest));)
        look_for_badge(search, badge);
}

static void use_the_station(struct session *session)
{
    setenv("S", "", 1);
    session_must(session, &said,
                 "mkdir $F/secret $F/boot $F/out; $P people codes $F/secret/codes.csv --data $D;"
                 "printf '[staff]\\nnumber = 1001\\nbadge = " BADGE "\\npin = " PIN
                 "\\n' > $F/boot/staff.conf");
    char options[256];
    snprintf(options, sizeof options, "--boot %s/boot --trace %s/trace", session->folder,
             session->folder);
    setenv("S", options, 1);
    session_start_station(session);
    session_must(session, &said, GIVE(OTHER) "$P staff add 1002 --data $D 2>&1 >$F/out/said");
    for (int i = 0; i < 10; i++)
        session_run(
            session, &said,
            "for i in 1 2 3 4; do " GIVE(
                WRONG) "$P staff check 1001 --data $D; done;"
                       "for i in 1 2 3; do " GIVE(PIN) "$P staff check 1001 --data $D;" GIVE(
                           OTHER) "$P staff check 1002 --data $D; done >>$F/out/said 2>&1");
    session_must(session, &said,
                 "$P tap " BADGE " --data $D; $P tap 04:D6:E5:B1:2F:1F:57 --data $D;"
                 "$P export $F/out --data $D; $P export $F/out --strict --data $D;"
                 "$P staff list --data $D >>$F/out/said;"
                 "$P people list --json --data $D >>$F/out/said");
}

static void after_a_hundred_tries_no_secret_is_readable_anywhere(void **state)
{
    static struct search search;
    struct session *session = *state;
    char folder[160];
    use_the_station(session);
    search = (struct search){.count = 0};
    look_for_text(&search, "the right PIN", PIN);
    look_for_text(&search, "the wrong PIN", WRONG);
    look_for_text(&search, "another's PIN", OTHER);
    look_for_badge(&search, BADGE);
    look_for_lists(&search, session);
    static const char *const folders[] = {"data", "out", "boot"};
    static const char *const files[] = {"trace", "station.out", "station.err"};
    for (size_t i = 0; i < 3; i++) {
        snprintf(folder, sizeof folder, "%s/%s", session->folder, folders[i]);
        look_into_folder(&search, folder);
        snprintf(folder, sizeof folder, "%s/%s", session->folder, files[i]);
        look_into(&search, folder);
    }
    printf("%zu secrets in %ld files: %ld found\n", search.count, search.files, search.found);
    if (search.found)
        fail_msg("found: %s", search.first);
    assert_true(search.files >= 10);
    session_must(session, &said, "sqlite3 $D/perron.db 'SELECT count(*) FROM fact WHERE kind=18'");
    assert_string_equal(said.out, "100\n");

    /* The control: where they may stand, they are found. */
    look_into(&search, "app/share/demo/people.csv");
    long in_list = search.found;
    snprintf(folder, sizeof folder, "%s/secret", session->folder);
    look_into_folder(&search, folder);
    assert_true(in_list >= 5);
    assert_true(search.found >= in_list + 40);
}

/* --- killing the station --- */

static void kill_station(struct session *session)
{
    kill(session->station, SIGKILL);
    assert_int_equal(session_stop_station(session), 128 + SIGKILL);
}

static int64_t locked_s(struct session *session)
{
    session_must(session, &said, "$P staff list --json --data $D");
    json_t *array = session_json(&said);
    int64_t seconds = json_number(json_array_get(array, 0), "locked_s", -1);
    json_decref(array);
    return seconds;
}

static void a_lock_survives_kill_9(void **state)
{
    struct session *session = *state;
    session_start_station(session);
    session_must(session, &said, GIVE(PIN) "$P staff add 1001 --data $D");
    session_run(session, &said,
                "for i in 1 2 3 4 5; do " GIVE(WRONG) "$P staff check 1001 --data $D; done");
    assert_non_null(strstr(said.out, "1001 is locked for 30 s"));
    struct timespec begin, now;
    clock_gettime(CLOCK_BOOTTIME, &begin);
    for (int i = 0; i < 3; i++) {
        kill_station(session);
        session_start_station(session);
        session_run(session, &said, GIVE(PIN) "$P staff check 1001 --data $D");
        assert_int_equal(said.code, COMMAND_FAILED);
        assert_non_null(strstr(said.out, "nothing was tried, and 1001 is locked"));
        int64_t left_s = locked_s(session);
        clock_gettime(CLOCK_BOOTTIME, &now);
        assert_in_range(left_s, 30 - (now.tv_sec - begin.tv_sec) - 2, 30);
    }
}

/* Somebody types, hears or does not hear, and pulls the plug at that moment: what was heard counts.
 */
static void no_kill_gives_a_free_try(void **state)
{
    struct session *session = *state;
    struct random random = random_for_test("no_kill_gives_a_free_try");
    long heard = 0, rounds = 24;
    session_must(session, &said, GIVE(PIN) "$P staff add 1001 --data $D");
    for (long i = 0; i < rounds; i++) {
        session_start_station(session);
        session_run(session, &said,
                    "$P staff unlock 1001 --data $D >/dev/null;" GIVE(
                        WRONG) "$P staff check 1001 --data $D & sleep 0.%03u; kill -9 %d; wait",
                    random_below(&random, i % 2 ? 40 : 400), (int)session->station);
        heard += strstr(said.out, "that is not the PIN") != NULL;
        assert_null(strstr(said.out, "that is the PIN"));
        session_stop_station(session);
    }
    session_must(session, &said,
                 "sqlite3 $D/perron.db \"SELECT count(*) FROM fact WHERE kind=18"
                 " AND json_extract(body, '$.ok')=0\"");
    long counted = strtol(said.out, NULL, 10);
    printf("%ld tries heard of %ld, %ld counted\n", heard, rounds, counted);
    assert_true(counted >= heard);
    assert_true(heard > 0 && heard < rounds);
    session_must(session, &said, "$P verify --data $D");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, session_set_up_people, session_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(after_a_hundred_tries_no_secret_is_readable_anywhere),
        TEST(a_lock_survives_kill_9),
        TEST(no_kill_gives_a_free_try),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
