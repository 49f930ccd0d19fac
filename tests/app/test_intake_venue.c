/* What a venue sets for itself, from a stick: all or none, also over a power cut. */
#include "app/intake.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/venue_take.h"
#include "firmware/base/hash.h"
#include "tests/support/loose_stick.h"

static struct loose_stick stick, data;
static struct intake_preview preview;
static struct reason reason;
static const struct office nobody;

/* The nth change of the data folder's names and all after it fail, as after a power cut; 0: none.
 */
static int fails_at, renames;

static bool is_cut(void)
{
    renames++;
    if (!fails_at || renames < fails_at)
        return false;
    errno = EIO;
    return true;
}

int renameat(int from, const char *name, int to, const char *new_name)
{
    static int (*real)(int, const char *, int, const char *);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "renameat");
    return is_cut() ? -1 : real(from, name, to, new_name);
}

int unlinkat(int at, const char *name, int flags)
{
    static int (*real)(int, const char *, int);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "unlinkat");
    return is_cut() ? -1 : real(at, name, flags);
}

static int set_up(void **state)
{
    (void)state;
    fails_at = 0;
    reason = (struct reason){.text = ""};
    loose_stick_make(&stick);
    loose_stick_make(&data);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fails_at = 0;
    loose_stick_remove(&stick);
    loose_stick_remove(&data);
    return 0;
}

/* --- in a line each --- */

static void put_venue(const struct loose_stick *folder, const char *within, const char *circle)
{
    char line[512], text[128];
    snprintf(line, sizeof line,
             "mkdir -p './%s' && cp -r \"$OLDPWD/app/share/venue/welcome\" './%s'", within, within);
    loose_stick_run(folder, line);
    snprintf(line, sizeof line, "%s/circles.conf", within);
    snprintf(text, sizeof text, "[circle %s]\nhours = 1\n", circle);
    loose_stick_put(folder, line, text);
    snprintf(line, sizeof line, "%s/perron.conf", within);
    snprintf(text, sizeof text, "[venue]\nname = %s\n", circle);
    loose_stick_put(folder, line, text);
    snprintf(line, sizeof line, "printf '# Titre\\n\\n%s\\n' > './%s/welcome/notice.fr.txt'",
             circle, within);
    loose_stick_run(folder, line);
}

static enum rc read_venue(struct intake **out_intake)
{
    struct intake_list list;
    const struct intake_from from = {
        .root = stick.root, .data = data.root, .welcome = "app/share/venue/welcome", .now_ms = 0};
    if (intake_look(stick.root, &list, &reason))
        fail_msg("%s", reason.text);
    for (int i = 0; i < list.count; i++)
        if (list.found[i].kind == INTAKE_VENUE)
            return intake_read(&from, &list.found[i], out_intake, &reason);
    fail_msg("there is no venue on the stick");
    return RC_OK;
}

static struct intake *plan(void)
{
    struct intake *intake = NULL;
    if (read_venue(&intake) || intake_plan(intake, NULL, &nobody, &preview, &reason))
        fail_msg("%s", reason.text);
    return intake;
}

static enum rc take(struct intake *intake)
{
    reason = (struct reason){.text = ""};
    return intake_take(intake, NULL, &nobody, &reason);
}

static bool has(const char *name, const char *words)
{
    char *text = loose_stick_read(data.root, name);
    bool is_there = text && strstr(text, words);
    free(text);
    return is_there;
}

static bool is_all_of(const char *circle)
{
    return has("perron.conf", circle) && has("circles.conf", circle) &&
           has("welcome/notice.fr.txt", circle);
}

static const struct intake_row *row_of(const char *title)
{
    for (int i = 0; i < preview.row_count; i++)
        if (strcmp(preview.rows[i].title, title) == 0)
            return &preview.rows[i];
    fail_msg("no row says %s", title);
    return NULL;
}

static void expect_refused(const char *title, const char *words)
{
    const struct intake_row *row = row_of(title);
    if (row->verdict != INTAKE_REFUSED || !strstr(row->why.text, words))
        fail_msg("%s: %s: %s", title, intake_verdict_name(row->verdict), row->why.text);
    assert_false(preview.is_takable);
}

/* --- taking --- */

static void a_venue_is_shown_first_and_then_taken_as_a_whole(void **state)
{
    (void)state;
    put_venue(&data, ".", "before");
    put_venue(&stick, "venue", "after");
    loose_stick_run(&data, "echo x > welcome/mission-gone.fr.txt");
    loose_stick_put(&stick, "venue/notes.odt", "x");
    struct intake *intake = plan();
    assert_true(preview.is_takable && preview.has_changes && preview.needs_start);
    assert_int_equal(preview.counts[INTAKE_CHANGED], 3);
    assert_int_equal(preview.counts[INTAKE_NEW], 0);
    assert_int_equal(preview.counts[INTAKE_ENDED], 1);
    assert_int_equal(preview.counts[INTAKE_REFUSED], 0);
    assert_true(preview.counts[INTAKE_SAME] > 20);
    assert_int_equal(row_of("welcome/notice.fr.txt")->verdict, INTAKE_CHANGED);
    assert_int_equal(row_of("welcome/mission-gone.fr.txt")->verdict, INTAKE_ENDED);
    assert_string_equal(preview.notes[0].said.text, "notes.odt is not used.");
    assert_true(is_all_of("before"));
    assert_int_equal(take(intake), RC_OK);
    assert_true(is_all_of("after"));
    assert_true(has("venue.before/perron.conf", "before"));
    assert_true(has("venue.before/circles.conf", "before"));
    assert_true(has("venue.before/welcome/mission-gone.fr.txt", "x"));
    assert_int_equal(take(intake), RC_REFUSED); /* once only */
    intake_close(intake);
    loose_stick_run(&data, "test \"$(ls)\" = \"$(printf 'circles.conf\\nperron.conf\\n"
                           "venue.before\\nwelcome')\"");
    intake = plan();
    assert_false(preview.has_changes || preview.needs_start);
    assert_int_equal(take(intake), RC_OK);
    intake_close(intake);
    assert_true(has("venue.before/perron.conf", "before")); /* nothing was taken, nothing moved */
}

static void what_is_not_on_the_stick_stays_as_it_is(void **state)
{
    (void)state;
    put_venue(&data, ".", "before");
    loose_stick_put(&stick, "VENUE/CIRCLES.CONF", "[circle after]\nhours = 2\n");
    struct intake *intake = plan();
    assert_int_equal(preview.row_count, 1);
    assert_false(preview.needs_start);
    assert_int_equal(take(intake), RC_OK);
    intake_close(intake);
    assert_true(has("circles.conf", "after"));
    assert_true(has("perron.conf", "before"));
    assert_true(has("welcome/notice.fr.txt", "before"));
}

static void closing_leaves_nothing_behind(void **state)
{
    (void)state;
    put_venue(&stick, "venue", "after");
    intake_close(plan());
    loose_stick_run(&data, "test -z \"$(ls -A)\"");
}

/* --- mistakes --- */

static void a_mistake_is_told_with_file_and_line_and_nothing_is_taken(void **state)
{
    char name[INTAKE_REFUSED_NAME_BYTES];
    (void)state;
    put_venue(&data, ".", "before");
    put_venue(&stick, "venue", "after");
    loose_stick_put(&stick, "venue/perron.conf", "[venue]\nnam = x\n");
    loose_stick_run(&stick, "rm venue/welcome/charter.nl.txt");
    struct intake *intake = plan();
    expect_refused("perron.conf", "unknown key 'nam'");
    assert_int_equal(row_of("perron.conf")->line, 2);
    expect_refused("charter.nl.txt", "is missing");
    assert_int_equal(preview.counts[INTAKE_REFUSED], 2);
    assert_int_equal(take(intake), RC_REFUSED);
    assert_non_null(strstr(reason.text, "Nothing was taken"));
    assert_true(is_all_of("before"));
    assert_int_equal(intake_write_refused(intake, stick.root, CSV_PROFILE_EXCEL, name, &reason),
                     RC_OK);
    assert_string_equal(name, "venue-refused.txt");
    char *text = loose_stick_read(stick.root, name);
    assert_non_null(strstr(text, "perron.conf:2: unknown key"));
    free(text);
    intake_close(intake);
    assert_true(is_all_of("before"));
}

/* A mission of the house's own names a circle that the new list has not. */
static void what_stays_is_checked_beside_what_comes(void **state)
{
    (void)state;
    put_venue(&data, ".", "core");
    loose_stick_run(&data, "echo 'circle = core' >> welcome/missions.conf");
    loose_stick_put(&stick, "venue/circles.conf", "[circle other]\nhours = 1\n");
    intake_close(plan());
    expect_refused("missions.conf", "no such circle");
}

static void a_text_without_room_is_a_note_and_no_mistake(void **state)
{
    (void)state;
    put_venue(&stick, "venue", "after");
    loose_stick_run(&stick, "{ printf '# Titre\\n\\n'; yes 'des mots et des mots' | head -100; } "
                            "> venue/welcome/notice.fr.txt");
    struct intake *intake = plan();
    assert_true(preview.is_takable);
    assert_non_null(strstr(preview.notes[0].said.text, "notice.fr.txt:1: this page does not fit"));
    assert_int_equal(take(intake), RC_OK);
    intake_close(intake);
}

static void files_that_are_none_are_told_and_not_followed(void **state)
{
    static const struct {
        const char *line, *title, *words;
    } rows[] = {
        {"ln -sf /etc/passwd venue/perron.conf", "perron.conf", "no ordinary file"},
        {"rm venue/circles.conf; mkdir venue/circles.conf", "circles.conf", "no ordinary file"},
        {"rm venue/circles.conf; mkfifo venue/circles.conf", "circles.conf", "no ordinary file"},
        {"truncate -s 1G venue/perron.conf", "perron.conf", "larger than it can be (64 KiB)"},
        {"truncate -s 0 venue/perron.conf", "perron.conf", "is empty"},
        {"rm -r venue/welcome; ln -s /etc venue/welcome", "welcome", "no folder"},
        {"rm -r venue/welcome; echo x > venue/welcome", "welcome", "no folder"},
        {"cp venue/perron.conf venue/Perron.conf", "perron.conf", "is there twice"},
        {"truncate -s 20K venue/welcome/hello.fr.txt", "hello.fr.txt", "(16 KiB)"},
        {"for i in $(seq 200); do echo '# T' > venue/welcome/mission-m$i.fr.txt; done", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        loose_stick_run(&stick, "rm -rf venue");
        put_venue(&stick, "venue", "after");
        loose_stick_run(&stick, rows[i].line);
        struct intake *intake = plan();
        assert_false(preview.is_takable);
        if (rows[i].title[0])
            expect_refused(rows[i].title, rows[i].words);
        else
            assert_non_null(strstr(preview.rows[0].why.text, "one more than a welcome can have"));
        assert_int_equal(take(intake), RC_REFUSED);
        intake_close(intake);
    }
    loose_stick_run(&data, "test -z \"$(ls -A)\"");
}

static void a_folder_of_thousands_is_refused(void **state)
{
    struct intake *intake = NULL;
    (void)state;
    put_venue(&stick, "venue", "after");
    loose_stick_run(&stick, "cd venue/welcome && seq 2000 | xargs touch");
    assert_int_equal(read_venue(&intake), RC_LIMIT);
    assert_non_null(strstr(reason.text, "more than 1000 files"));
    loose_stick_run(&data, "test -z \"$(ls -A)\"");
}

static void a_data_folder_that_is_missing_is_told(void **state)
{
    struct intake *intake = NULL;
    (void)state;
    put_venue(&stick, "venue", "after");
    loose_stick_remove(&data);
    assert_int_equal(read_venue(&intake), RC_NOT_FOUND);
    assert_non_null(strstr(reason.text, "data folder"));
    loose_stick_make(&data);
}

/* --- others --- */

static void one_takes_at_a_time(void **state)
{
    struct intake *other = NULL;
    (void)state;
    put_venue(&stick, "venue", "after");
    struct intake *intake = plan();
    assert_int_equal(read_venue(&other), RC_BUSY);
    assert_non_null(strstr(reason.text, "somebody else"));
    assert_int_equal(take(intake), RC_OK);
    intake_close(intake);
    intake_close(plan());
}

static void a_house_that_changed_since_is_shown_anew(void **state)
{
    (void)state;
    put_venue(&stick, "venue", "after");
    struct intake *intake = plan();
    put_venue(&data, ".", "meanwhile");
    assert_int_equal(take(intake), RC_BUSY);
    assert_true(is_all_of("meanwhile"));
    assert_int_equal(intake_plan(intake, NULL, &nobody, &preview, &reason), RC_OK);
    assert_int_equal(take(intake), RC_OK);
    assert_true(is_all_of("after"));
    intake_close(intake);
}

/* --- power cuts --- */

/* Wherever it is cut: all of the old ones, or once the station starts all of the new ones. */
static void a_power_cut_leaves_the_old_ones_or_the_new_ones(void **state)
{
    int old = 0, new = 0;
    (void)state;
    char path[128];
    put_venue(&stick, "venue", "after");
    snprintf(path, sizeof path, "%s/venue", stick.root);
    int from = open(path, O_RDONLY | O_DIRECTORY);
    for (int nth = 1;; nth++) {
        loose_stick_run(&data, "rm -rf ./*");
        put_venue(&data, ".", "before");
        loose_stick_run(&data, "mkdir venue.before && echo earlier > venue.before/perron.conf");
        struct venue_take *one = NULL;
        assert_int_equal(venue_take_open(data.root, from, &one, &reason), RC_OK);
        renames = 0;
        fails_at = nth;
        enum rc rc = venue_take_swap(one, &reason);
        /* What happens after the cut happens at the next start, which is cut as well, once. */
        venue_take_close(one);
        bool was_cut = renames >= nth;
        renames = 0;
        fails_at = nth % 3 + 1;
        (void)!venue_take_finish(data.root);
        fails_at = 0;
        assert_int_equal(venue_take_finish(data.root), RC_OK);
        bool is_new = is_all_of("after");
        assert_true(is_new || is_all_of("before"));
        assert_true(rc || is_new);
        assert_true(has("venue.before/perron.conf", is_new ? "before" : "earlier"));
        assert_true(access(data.root, F_OK) == 0);
        loose_stick_run(&data, "test ! -e venue.next");
        new += is_new;
        old += !is_new;
        if (!was_cut)
            break;
    }
    close(from);
    assert_true(old > 0 && new > 5);
}

static void nothing_to_end_is_no_mistake(void **state)
{
    (void)state;
    assert_int_equal(venue_take_finish("/tmp/perron-nowhere"), RC_OK);
    assert_int_equal(venue_take_finish(data.root), RC_OK);
    loose_stick_run(&data, "mkdir venue.next");
    int fd = open(data.root, O_RDONLY | O_DIRECTORY);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    assert_int_equal(venue_take_finish(data.root), RC_BUSY);
    close(fd);
    assert_int_equal(venue_take_finish(data.root), RC_OK);
    loose_stick_run(&data, "test -z \"$(ls -A)\"");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_venue_is_shown_first_and_then_taken_as_a_whole),
        TEST(what_is_not_on_the_stick_stays_as_it_is),
        TEST(closing_leaves_nothing_behind),
        TEST(a_mistake_is_told_with_file_and_line_and_nothing_is_taken),
        TEST(what_stays_is_checked_beside_what_comes),
        TEST(a_text_without_room_is_a_note_and_no_mistake),
        TEST(files_that_are_none_are_told_and_not_followed),
        TEST(a_folder_of_thousands_is_refused),
        TEST(a_data_folder_that_is_missing_is_told),
        TEST(one_takes_at_a_time),
        TEST(a_house_that_changed_since_is_shown_anew),
        TEST(a_power_cut_leaves_the_old_ones_or_the_new_ones),
        TEST(nothing_to_end_is_no_mistake),
    };
    return hash_init() ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
