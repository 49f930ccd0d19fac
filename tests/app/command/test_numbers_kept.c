/*
 * S4 over a whole data folder: after a thousand taps with badges of every length no file of the
 * house, of its station's log or of what was taken out of it has a badge's number in it.
 */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/needles.h"
#include "tests/support/random.h"
#include "tests/support/session.h"
#include "tests/support/whole.h"

#define TAPS (1000 / (int)whole_or_every(5))
#define TAPS_AT_ONCE 50
#define BADGES 45
#define STRANGERS 6 /* badges that nobody has */

#define PIN "90531746"

static struct said said;

struct badges {
    char digits[BADGES + STRANGERS][24];
    char text[BADGES + STRANGERS][32]; /* as a list or a reader writes them */
};

/* Four, seven and ten bytes in turn, in three ways of writing; random ones begin with 08. */
static void make_badges(struct random *random, struct badges *badges)
{
    static const int lengths[] = {7, 10, 4};
    static const char *const separators[] = {"", ":", " "};
    for (int i = 0; i < BADGES + STRANGERS; i++) {
        int length = lengths[i % 3], used = 0;
        badges->digits[i][0] = 0;
        for (int at = 0; at < length; at++) {
            unsigned byte = 0x11 + random_below(random, 0xee);
            if (at == 0)
                byte = length == 4 ? 0xa0 + random_below(random, 0x40) : 4;
            snprintf(badges->digits[i] + 2 * at, 3, "%02X", byte);
            used += snprintf(badges->text[i] + used, sizeof badges->text[i] - (size_t)used,
                             "%s%02X", at ? separators[i / 3 % 3] : "", byte);
        }
    }
}

static void write_list(const struct session *session, const struct badges *badges)
{
    char path[128];
    snprintf(path, sizeof path, "%s/list/people.csv", session->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("number;first_name;last_name;badge\n", file);
    for (int i = 0; i < BADGES; i++)
        fprintf(file, "%d;Person;Number%d;%s\n", 2000 + i, i, badges->text[i]);
    assert_int_equal(fclose(file), 0);
}

static void tap(struct session *session, struct random *random, const struct badges *badges)
{
    for (int done = 0; done < TAPS; done += TAPS_AT_ONCE) {
        char line[TAPS_AT_ONCE * 32] = "";
        size_t used = 0;
        for (int i = 0; i < TAPS_AT_ONCE; i++)
            used += (size_t)snprintf(line + used, sizeof line - used, "%s ",
                                     badges->digits[random_below(random, BADGES + STRANGERS)]);
        session_must(session, &said, "for b in %s; do $P tap $b --data $D >/dev/null; done; true",
                     line);
    }
}

static void look_everywhere(struct needles *needles, const struct session *session)
{
    static const char *const folders[] = {"data", "out"};
    static const char *const files[] = {"trace", "station.out", "station.err"};
    char path[160];
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", session->folder, folders[i]);
        needles_search_folder(needles, path);
    }
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", session->folder, files[i]);
        needles_search_file(needles, path);
    }
}

static void after_a_thousand_taps_no_number_is_anywhere(void **state)
{
    static struct needles needles;
    static struct badges badges;
    struct session *session = *state;
    struct random random = random_for_test("after_a_thousand_taps_no_number_is_anywhere");
    char options[128], path[160];
    make_badges(&random, &badges);
    session_must(session, &said, "mkdir -p $F/list $F/out");
    write_list(session, &badges);
    session_must(session, &said, "$P people import $F/list/people.csv --data $D");
    assert_non_null(strstr(said.out, "45"));
    snprintf(options, sizeof options, "--trace %s/trace", session->folder);
    setenv("S", options, 1);
    session_start_station(session);
    session_must(session, &said, "echo " PIN " | $P staff add 2000 --data $D");
    session_must(session, &said, "$P people codes $F/list/codes.csv --data $D");
    tap(session, &random, &badges);
    session_must(session, &said,
                 "$P export $F/out --data $D; $P people data 2001 $F/out/own.json --data $D");

    needles = (struct needles){.count = 0};
    for (int i = 0; i < BADGES + STRANGERS; i++)
        needles_add_badge(&needles, badges.digits[i]);
    needles_add_text(&needles, "the PIN", PIN);
    session_must(session, &said, "tail -n +2 $F/list/codes.csv | cut -d\\; -f3 | tr -d '\\r'");
    for (char *rest = said.out, *code; (code = strtok_r(rest, "\n", &rest));) {
        char joined[8];
        needles_add_text(&needles, "code", code);
        snprintf(joined, sizeof joined, "%.3s%.3s", code, code + 4);
        needles_add_text(&needles, "code", joined);
    }
    look_everywhere(&needles, session); /* with its log, while it runs */
    assert_int_equal(session_stop_station(session), 0);
    look_everywhere(&needles, session);
    printf("%zu forms in %ld files, %ld bytes: %ld found\n", needles.count, needles.files,
           needles.bytes, needles.found);
    if (needles.found)
        fail_msg("found: %s", needles.first);
    assert_true(needles.files >= 12);
    session_must(session, &said, "sqlite3 $D/perron.db 'SELECT count(*) FROM fact WHERE kind=9'");
    assert_true(strtol(said.out, NULL, 10) >= TAPS * BADGES / 1000);
    session_must(session, &said, "$P verify --data $D");

    /* The control: each badge and each code is found where it may stand. */
    snprintf(path, sizeof path, "%s/list", session->folder);
    needles_search_folder(&needles, path);
    assert_true(needles.found >= 2 * BADGES);
}

/* What a careless line of code would leave behind is seen, in whatever form. */
static void a_number_that_is_there_is_found_in_each_form(void **state)
{
    static const struct {
        const char *digits, *text;
        size_t length;
    } forms[] = {
        {"045C9AE217B368", "\x04\x5c\x9a\xe2\x17\xb3\x68", 7},
        {"045C9AE217B368", "\x68\xb3\x17\xe2\x9a\x5c\x04", 7},
        {"045C9AE217B368", "..045c9ae217b368..", 18},
        {"045C9AE217B368", "04-5C-9A-E2-17-B3-68", 20},
        {"045C9AE217B368", "68 b3 17 e2 9a 5c 04", 20},
        {"045C9AE217B368", "1227720194765672", 16},
        {"A1B2C3D4", "2712847316", 10},
        {"A1B2C3D4", "3569595041", 10},
        {"A1B2C3D4", "D4:C3:B2:A1", 11},
        {"04112233445566778899", "19205524969286327044249", 23},
        {"04112233445566778899", "\x99\x88\x77\x66\x55\x44\x33\x22\x11\x04", 10},
    };
    struct session *session = *state;
    session_must(session, &said, "mkdir -p $F/leak/deep");
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        static struct needles needles;
        char path[160];
        needles = (struct needles){.count = 0};
        needles_add_badge(&needles, forms[i].digits);
        snprintf(path, sizeof path, "%s/leak/deep/file", session->folder);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fwrite("xx", 1, 2, file);
        fwrite(forms[i].text, 1, forms[i].length, file);
        assert_int_equal(fclose(file), 0);
        snprintf(path, sizeof path, "%s/leak", session->folder);
        needles_search_folder(&needles, path);
        if (!needles.found)
            fail_msg("form %zu is not found", i);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, session_set_up, session_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(after_a_thousand_taps_no_number_is_anywhere),
        TEST(a_number_that_is_there_is_found_in_each_form),
    };
    return cmocka_run_group_tests_name("numbers kept", tests, NULL, NULL);
}
