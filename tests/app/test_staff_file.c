#include "app/staff_file.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/store/keyring.h"
#include "app/store/keys.h"
#include "app/store/lookup.h"
#include "tests/support/house.h"

#define PIN "274913"
#define BADGE "04:11:22:33:44:55:66"
#define WHOLE "[staff]\nnumber = 1001\nfirst_name = Ada\nbadge = " BADGE "\npin = " PIN "\n"

/* A house, and the boot partition of its card. */
struct card {
    struct house *house;
    char folder[64];
    char path[96];
    struct reason reason;
};

static void write_file(struct card *card, const char *text, size_t length)
{
    int fd = open(card->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, length), (ssize_t)length);
    close(fd);
}

static size_t read_file(struct card *card, char *out_text, size_t size)
{
    int fd = open(card->path, O_RDONLY | O_CLOEXEC);
    ssize_t got = read(fd, out_text, size - 1);
    close(fd);
    assert_true(got >= 0);
    out_text[got] = 0;
    return (size_t)got;
}

static enum rc take(struct card *card)
{
    struct clock_reading now = house_now(card->house);
    card->reason.text[0] = 0;
    return staff_file_take(card->folder, card->house->journal, &now, &card->reason);
}

static enum rc take_text(struct card *card, const char *text)
{
    write_file(card, text, strlen(text));
    return take(card);
}

static int set_up(void **state)
{
    static struct card card;
    card = (struct card){.house = house_open(), .folder = "/tmp/perron-card-XXXXXX"};
    assert_non_null(mkdtemp(card.folder));
    snprintf(card.path, sizeof card.path, "%s/staff.conf", card.folder);
    *state = &card;
    return 0;
}

static int tear_down(void **state)
{
    struct card *card = *state;
    house_close(card->house);
    if (unlink(card->path))
        rmdir(card->path);
    return rmdir(card->folder);
}

static struct person known(struct card *card, const char *number)
{
    struct person person;
    assert_int_equal(lookup_number(journal_db(card->house->journal), number, &person), RC_OK);
    return person;
}

static bool is_staff(struct card *card, struct fact_id person)
{
    struct fold_keyholder keys;
    assert_int_equal(keys_find(journal_db(card->house->journal), person, &keys), RC_OK);
    return keys.role == ROLE_STAFF;
}

static bool has_pin(struct card *card, struct fact_id person, const char *digits)
{
    struct fold_keyholder keys;
    bool is_right = false;
    assert_int_equal(keys_find(journal_db(card->house->journal), person, &keys), RC_OK);
    assert_int_equal(secret_fits(journal_key(card->house->journal), digits,
                                 keys.pin[0] ? keys.pin : NULL, &is_right),
                     RC_OK);
    return is_right;
}

static int64_t facts(struct card *card)
{
    return house_number(card->house, "SELECT count(*) FROM fact");
}

static void somebody_new_becomes_staff_with_badge_and_pin(void **state)
{
    struct card *card = *state;
    assert_int_equal(take_text(card, WHOLE), RC_OK);
    struct person ada = known(card, "1001");
    assert_string_equal(ada.first_name, "Ada");
    assert_true(is_staff(card, ada.id));
    assert_true(has_pin(card, ada.id, PIN));
    assert_int_equal(house_tap(card->house, "uid:04112233445566").kind, ANSWER_ARRIVAL);
    assert_true(house_holds(card->house));
}

static void the_file_is_written_over_and_not_taken_again(void **state)
{
    struct card *card = *state;
    char text[2048];
    assert_int_equal(take_text(card, WHOLE), RC_OK);
    size_t length = read_file(card, text, sizeof text);
    assert_int_equal(strlen(text), length);
    assert_null(strstr(text, PIN));
    assert_null(strstr(text, "44:55"));
    assert_null(strstr(text, "Ada"));
    assert_non_null(strstr(text, "on 2026-11-21 14:00:00"));
    assert_int_equal(text[length - 1], '\n');
    int64_t before = facts(card);
    assert_int_equal(take(card), RC_EMPTY);
    assert_int_equal(facts(card), before);
}

/* Longer files leave no end of theirs behind; nor do their bytes stay where they were. */
static void a_long_file_leaves_nothing_behind(void **state)
{
    struct card *card = *state;
    char long_text[8192], text[8192];
    memset(long_text, '#', sizeof long_text);
    for (size_t i = 79; i < sizeof long_text; i += 80)
        long_text[i] = '\n';
    memcpy(long_text + sizeof long_text - strlen(WHOLE) - 1, "\n" WHOLE, strlen(WHOLE) + 1);
    write_file(card, long_text, sizeof long_text);
    assert_int_equal(take(card), RC_OK);
    assert_true(read_file(card, text, sizeof text) < 400);
    assert_null(strstr(text, PIN));
}

static void who_is_known_by_number_or_name_keeps_their_place(void **state)
{
    struct card *card = *state;
    struct house *house = card->house;
    int64_t people = house_number(house, "SELECT count(*) FROM person");
    assert_int_equal(take_text(card, "[staff]\nfirst_name = Chloé\nlast_name = Dubois\n"
                                     "pin = " PIN "\n"),
                     RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM person"), people);
    assert_true(is_staff(card, house->people[HOUSE_IS_CHLOE]));
    assert_int_equal(take_text(card, WHOLE), RC_OK);
    assert_int_equal(take_text(card, "[staff]\nnumber = 1001\npin = 905317\n"), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM person"), people + 1);
    assert_true(has_pin(card, known(card, "1001").id, "905317"));
}

static void ones_own_badge_again_is_no_mistake(void **state)
{
    struct card *card = *state;
    assert_int_equal(take_text(card, WHOLE), RC_OK);
    int64_t before = facts(card);
    assert_int_equal(take_text(card, WHOLE), RC_OK);
    assert_int_equal(facts(card), before);
}

static void no_file_and_an_empty_one_say_nothing(void **state)
{
    struct card *card = *state;
    int64_t before = facts(card);
    assert_int_equal(take(card), RC_EMPTY);
    assert_int_equal(take_text(card, ""), RC_EMPTY);
    assert_int_equal(take_text(card, "\xEF\xBB\xBF# nothing yet\r\n\r\n[staff]\r\n"), RC_EMPTY);
    assert_string_equal(card->reason.text, "");
    assert_int_equal(facts(card), before);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    struct card *card = *state;
    struct clock_reading now = house_now(card->house);
    assert_int_equal(staff_file_take("/nowhere", card->house->journal, &now, &card->reason),
                     RC_NOT_FOUND);
    assert_non_null(strstr(card->reason.text, "/nowhere"));
}

static void mistakes_are_told_with_their_line_and_without_secrets(void **state)
{
    static const struct {
        const char *text, *sentence;
    } files[] = {
        {"[staff]\nnumber = 1\nnam = Ada\n", "staff.conf:3: unknown key 'nam'"},
        {"[staf]\nnumber = 1\n", "staff.conf:2: unknown section [staf]"},
        {"[staff]\nnumber = 1\npin = 274913\npin = 905317\n",
         "staff.conf:4: 'pin' in [staff] stands"},
        {"[staff]\nnumber = 1\npin = 27\n", "staff.conf:3: 'pin' in [staff] takes 4 to 8 digits"},
        {"[staff]\nnumber = 1\npin = 1234\n", "staff.conf:3: 'pin' in [staff] is a run"},
        {"[staff]\nnumber = 1\nbadge = 04:11:22\n", "staff.conf:3: 'badge' in [staff] is no badge"},
        {"[staff]\nnumber = 1\nbadge = 08:A1:B2:C3\n",
         "staff.conf:3: 'badge' in [staff] is a phone"},
        {"[staff]\nnumber = 1\nbad", "staff.conf:3: this is no setting"},
        {"[staff]\nnumber = 1\n", "'pin' in [staff] is missing"},
        {"[staff]\nnumber = 1\nbadge = " BADGE "\n", "'pin' in [staff] is missing"},
        {"[staff]\nfirst_name = Eve\npin = 274913", "the last line has no end"},
        {"[staff]\npin = 274913\n", "'number' or 'first_name' in [staff] is missing"},
        {"[staff]\nlast_name = Dubois\npin = 274913\n", "'number' or 'first_name'"},
        {"[staff]\nnumber = 1\npin = 274913\n", "nobody can be made"},
        {"[staff]\nfirst_name =\npin = 274913\n", "'first_name' in [staff] is empty"},
        {"[staff]\nfirst_name = Eve\nbadge = FD:E6:F1:C2\npin = 274913\n", "is somebody else's"},
        {"[staff]\nfirst_name = \xC3\npin = 274913\n",
         "'first_name' in [staff] is empty, too long"},
    };
    struct card *card = *state;
    int64_t before = facts(card);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char text[256];
        enum rc rc = take_text(card, files[i].text);
        if (!rc || rc == RC_EMPTY || !strstr(card->reason.text, files[i].sentence))
            fail_msg("%s: %s: %s", files[i].text, rc_text(rc), card->reason.text);
        assert_null(strstr(card->reason.text, PIN));
        assert_null(strstr(card->reason.text, "1234"));
        assert_null(strstr(card->reason.text, "FD:E6"));
        assert_null(strstr(card->reason.text, "Bilal"));
        read_file(card, text, sizeof text);
        assert_string_equal(text, files[i].text); /* to be mended by whoever wrote it */
    }
    assert_int_equal(facts(card), before);
}

static void a_number_of_somebody_with_another_name_is_refused(void **state)
{
    struct card *card = *state;
    assert_int_equal(take_text(card, WHOLE), RC_OK);
    int64_t before = facts(card);
    assert_int_equal(take_text(card, "[staff]\nnumber = 1001\nfirst_name = Eve\npin = 905317\n"),
                     RC_REFUSED);
    assert_non_null(strstr(card->reason.text, "another name"));
    assert_int_equal(take_text(card, "[staff]\nnumber = 1001\nfirst_name = ÁDA\npin = 905317\n"),
                     RC_OK);
    assert_int_equal(facts(card), before + 1);
}

static void a_name_that_several_have_needs_a_number(void **state)
{
    struct card *card = *state;
    house_add(card->house, "Ada", NULL); /* Dubois, as all of the house */
    assert_int_equal(
        take_text(card, "[staff]\nfirst_name = Ada\nlast_name = Dubois\npin = " PIN "\n"),
        RC_REFUSED);
    assert_non_null(strstr(card->reason.text, "several people have that name"));
}

static void what_is_no_small_text_file_is_refused(void **state)
{
    struct card *card = *state;
    static char huge[70000];
    memset(huge, '\n', sizeof huge);
    write_file(card, huge, sizeof huge);
    assert_int_equal(take(card), RC_LIMIT);
    assert_non_null(strstr(card->reason.text, "64 KiB"));
    write_file(card, "[staff]\0\nnumber = 1\n", 20);
    assert_int_equal(take(card), RC_BAD_INPUT);
    unlink(card->path);
    assert_int_equal(mkfifo(card->path, 0600), 0);
    assert_int_equal(take(card), RC_BAD_INPUT);
    assert_non_null(strstr(card->reason.text, "no ordinary file"));
    unlink(card->path);
    assert_int_equal(symlink("/dev/zero", card->path), 0);
    assert_int_equal(take(card), RC_BAD_INPUT);
    unlink(card->path);
    assert_int_equal(mkdir(card->path, 0700), 0);
    assert_int_equal(take(card), RC_BAD_INPUT);
}

static void a_file_that_is_cut_off_anywhere_is_not_taken(void **state)
{
    struct card *card = *state;
    assert_int_equal(take_text(card, WHOLE), RC_OK);
    int64_t before = facts(card);
    for (size_t length = 0; length < strlen(WHOLE); length++) {
        write_file(card, WHOLE, length);
        enum rc rc = take(card);
        assert_true(rc == RC_EMPTY || (rc && card->reason.text[0]));
        assert_int_equal(facts(card), before);
    }
    assert_int_equal(take_text(card, WHOLE), RC_OK);
    assert_true(has_pin(card, known(card, "1001").id, PIN));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(somebody_new_becomes_staff_with_badge_and_pin),
        TEST(the_file_is_written_over_and_not_taken_again),
        TEST(a_long_file_leaves_nothing_behind),
        TEST(who_is_known_by_number_or_name_keeps_their_place),
        TEST(ones_own_badge_again_is_no_mistake),
        TEST(no_file_and_an_empty_one_say_nothing),
        TEST(a_folder_that_is_not_there_is_told),
        TEST(mistakes_are_told_with_their_line_and_without_secrets),
        TEST(a_number_of_somebody_with_another_name_is_refused),
        TEST(a_name_that_several_have_needs_a_number),
        TEST(what_is_no_small_text_file_is_refused),
        TEST(a_file_that_is_cut_off_anywhere_is_not_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
