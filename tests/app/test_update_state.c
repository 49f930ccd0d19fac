/* How an update goes on: each row of the table, and power cuts anywhere. */
#include "app/update_go.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/random.h"

/* --- the table --- */

static const struct {
    enum update_step step;
    int tries;
    enum update_event event;
    enum update_step next;
    int next_tries;
    enum update_act act;
    enum update_why why;
} expected[] = {
    {UPDATE_NONE, 0, UPDATE_ASKED, UPDATE_INSTALLING, 0, UPDATE_INSTALL_NEW, 0},
    {UPDATE_INSTALLED, 2, UPDATE_ASKED, UPDATE_INSTALLING, 0, UPDATE_INSTALL_NEW, 0},
    {UPDATE_RETURNED, 1, UPDATE_ASKED, UPDATE_INSTALLING, 0, UPDATE_INSTALL_NEW, 0},
    {UPDATE_STUCK, 3, UPDATE_ASKED, UPDATE_INSTALLING, 0, UPDATE_INSTALL_NEW, 0},
    {UPDATE_INSTALLING, 0, UPDATE_DONE, UPDATE_TRYING, 0, UPDATE_RESTART, 0},
    {UPDATE_INSTALLING, 0, UPDATE_FAILED, UPDATE_RETURNING, 0, UPDATE_INSTALL_OLD,
     UPDATE_WHY_INSTALL},
    {UPDATE_INSTALLING, 0, UPDATE_START, UPDATE_RETURNING, 0, UPDATE_INSTALL_OLD, UPDATE_WHY_CUT},
    {UPDATE_TRYING, 0, UPDATE_START, UPDATE_TRYING, 1, UPDATE_WAIT, 0},
    {UPDATE_TRYING, 2, UPDATE_START, UPDATE_TRYING, 3, UPDATE_WAIT, 0},
    {UPDATE_TRYING, 3, UPDATE_START, UPDATE_RETURNING, 0, UPDATE_INSTALL_OLD, UPDATE_WHY_STARTS},
    {UPDATE_TRYING, 1, UPDATE_UP, UPDATE_INSTALLED, 0, UPDATE_TIDY, 0},
    {UPDATE_TRYING, 1, UPDATE_DOWN, UPDATE_RETURNING, 0, UPDATE_INSTALL_OLD, UPDATE_WHY_SILENT},
    {UPDATE_RETURNING, 0, UPDATE_START, UPDATE_RETURNING, 0, UPDATE_INSTALL_OLD, 0},
    {UPDATE_RETURNING, 3, UPDATE_START, UPDATE_RETURNING, 3, UPDATE_INSTALL_OLD, 0},
    {UPDATE_RETURNING, 0, UPDATE_DONE, UPDATE_RETURNED, 0, UPDATE_RESTART, 0},
    {UPDATE_RETURNING, 0, UPDATE_FAILED, UPDATE_RETURNING, 1, UPDATE_RESTART, 0},
    {UPDATE_RETURNING, 3, UPDATE_FAILED, UPDATE_STUCK, 0, UPDATE_REST, 0},
    {UPDATE_INSTALLED, 0, UPDATE_START, UPDATE_INSTALLED, 0, UPDATE_TIDY, 0},
    {UPDATE_RETURNED, 0, UPDATE_START, UPDATE_RETURNED, 0, UPDATE_TIDY, 0},
};
#define EXPECTED (sizeof expected / sizeof expected[0])

static void each_row_of_the_table_is_as_it_should_be(void **state)
{
    (void)state;
    for (size_t i = 0; i < EXPECTED; i++) {
        struct update_state now = {.step = expected[i].step, .tries = expected[i].tries};
        enum update_act act = update_state_go(&now, expected[i].event, UPDATE_WHY_NONE);
        if (now.step != expected[i].next || now.tries != expected[i].next_tries ||
            act != expected[i].act || now.why != expected[i].why)
            fail_msg("row %zu: %s, %d tries, act %d, why %d", i, update_step_name(now.step),
                     now.tries, act, now.why);
    }
}

static bool is_expected(enum update_step step, enum update_event event)
{
    for (size_t i = 0; i < EXPECTED; i++)
        if (expected[i].step == step && expected[i].event == event)
            return true;
    return false;
}

static void what_is_in_no_row_changes_nothing(void **state)
{
    int others = 0;
    (void)state;
    for (int step = 0; step < UPDATE_STEP_COUNT; step++)
        for (int event = 0; event < UPDATE_EVENT_COUNT; event++) {
            struct update_state now = {.step = (enum update_step)step, .why = UPDATE_WHY_CUT};
            const struct update_state before = now;
            bool is_beginning = event == UPDATE_ASKED && !update_state_is_open(now.step);
            if (is_beginning || is_expected(now.step, (enum update_event)event))
                continue;
            assert_int_equal(update_state_go(&now, (enum update_event)event, UPDATE_WHY_NONE),
                             UPDATE_REST);
            assert_memory_equal(&now, &before, sizeof now);
            others++;
        }
    assert_true(others > 20);
}

static void the_reason_of_what_failed_is_kept(void **state)
{
    struct update_state now = {.step = UPDATE_INSTALLING};
    (void)state;
    assert_int_equal(update_state_go(&now, UPDATE_FAILED, UPDATE_WHY_BROKEN), UPDATE_INSTALL_OLD);
    assert_int_equal(now.why, UPDATE_WHY_BROKEN);
    /* The old one fails, too: it is still the new one's reason that counts. */
    assert_int_equal(update_state_go(&now, UPDATE_FAILED, UPDATE_WHY_INSTALL), UPDATE_RESTART);
    assert_int_equal(now.why, UPDATE_WHY_BROKEN);
}

static void each_reason_has_a_sentence_and_comes_back_from_a_file(void **state)
{
    char folder[] = "/tmp/perron-update-XXXXXX", path[64];
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/state", folder);
    struct update_state back;
    assert_int_equal(update_state_read(path, &back), RC_NOT_FOUND);
    for (int why = 0; why < UPDATE_WHY_COUNT; why++)
        for (int step = 0; step < UPDATE_STEP_COUNT; step++) {
            struct update_state now = {.step = (enum update_step)step,
                                       .why = (enum update_why)why,
                                       .from = "0.9.0",
                                       .to = "0.9.1",
                                       .tries = step % 4,
                                       .detail = "dpkg said \"no\""};
            char *text = update_state_write(&now);
            assert_true((why == UPDATE_WHY_NONE) == !update_why_text(now.why)[0]);
            FILE *file = fopen(path, "w");
            fputs(text, file);
            fclose(file);
            free(text);
            assert_int_equal(update_state_read(path, &back), RC_OK);
            assert_memory_equal(&back, &now, sizeof now);
        }
    static const char *const wrong[] = {"",
                                        "{}",
                                        "[]",
                                        "{\"step\":\"trying\"}",
                                        "{\"step\":\"flying\",\"from\":\"1\",\"to\":\"2\",\"why\":"
                                        "\"\",\"tries\":0,\"detail\":\"\"}",
                                        "{\"step\":\"trying\",\"from\":\"1\",\"to\":\"2\",\"why\":"
                                        "\"\",\"tries\":9,\"detail\":\"\"}"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        FILE *file = fopen(path, "w");
        fputs(wrong[i], file);
        fclose(file);
        if (update_state_read(path, &back) != RC_BAD_INPUT)
            fail_msg("taken for a state: %s", wrong[i]);
    }
    unlink(path);
    rmdir(folder);
}

/* --- a computer that loses its power anywhere --- */

enum installed { OLD, NEW, HALF };

struct computer {
    struct update_state disk; /* what is remembered */
    enum installed installed; /* on the disk */
    enum installed running;   /* since the last start */
    bool is_new_good;         /* it comes up */
    bool is_new_installable;  /* dpkg takes it */
    bool forgets;             /* control: nothing is ever remembered */
    bool is_tidy;
    int failing; /* so many of the next writes of state fail */
    long power;  /* so many acts until it is cut; below 0: never */
    jmp_buf cut;
    bool is_restarting;
};

/* Before or after what it is about: both happen. */
static void use_power(struct computer *computer)
{
    if (computer->power >= 0 && computer->power-- == 0)
        longjmp(computer->cut, 1);
}

static enum rc save(void *context, const struct update_state *state)
{
    struct computer *computer = context;
    use_power(computer);
    if (computer->failing > 0 && computer->failing--)
        return RC_FULL;
    if (!computer->forgets)
        computer->disk = *state;
    use_power(computer);
    return RC_OK;
}

static enum update_why install(void *context, bool is_old)
{
    struct computer *computer = context;
    use_power(computer);
    computer->installed = HALF;
    use_power(computer);
    if (!is_old && !computer->is_new_installable)
        return UPDATE_WHY_INSTALL;
    computer->installed = is_old ? OLD : NEW;
    use_power(computer);
    return UPDATE_WHY_NONE;
}

static bool is_up(void *context, const struct update_state *state)
{
    struct computer *computer = context;
    (void)state;
    use_power(computer);
    return computer->running == NEW && computer->is_new_good;
}

static void restart(void *context)
{
    struct computer *computer = context;
    use_power(computer);
    computer->is_restarting = true;
}

static void tidy(void *context, bool is_installed)
{
    struct computer *computer = context;
    use_power(computer);
    assert_true(is_installed == (computer->installed == NEW));
    computer->is_tidy = true;
}

static enum rc go(struct computer *computer, enum update_event event)
{
    const struct update_hands hands = {computer, save, install, is_up, restart, tidy};
    struct update_state state = computer->disk;
    if (setjmp(computer->cut)) {
        computer->is_restarting = true;
        return RC_OK;
    }
    return update_go(&hands, &state, event);
}

/* From being asked to the end, with one cut after another; how often it started. */
static int live(struct computer *computer, struct random *random, int cuts)
{
    int starts = 0;
    computer->power = cuts-- > 0 ? (long)random_below(random, 14) : -1;
    if (go(computer, UPDATE_ASKED))
        return 0;
    while (computer->is_restarting && starts < 40) {
        computer->is_restarting = false;
        computer->running = computer->installed;
        starts++;
        computer->power = cuts-- > 0 ? (long)random_below(random, 14) : -1;
        (void)!go(computer, UPDATE_START);
    }
    return starts;
}

static bool works(const struct computer *computer)
{
    return computer->running == computer->installed &&
           (computer->installed == OLD || (computer->installed == NEW && computer->is_new_good));
}

static void a_cut_anywhere_ends_in_the_old_version_or_the_new_one(void **state)
{
    struct random random = random_for_test("cuts");
    int new_ones = 0, old_ones = 0;
    (void)state;
    for (int i = 0; i < 200000; i++) {
        struct computer computer = {.is_new_good = random_below(&random, 3) != 0,
                                    .is_new_installable = random_below(&random, 4) != 0};
        int cuts = (int)random_below(&random, 7);
        int starts = live(&computer, &random, cuts);
        if (!works(&computer) || update_state_is_open(computer.disk.step) || starts >= 40)
            fail_msg("round %d, %d cuts: installed %d, running %d, %s after %d starts", i, cuts,
                     computer.installed, computer.running, update_step_name(computer.disk.step),
                     starts);
        if (computer.disk.step == UPDATE_INSTALLED)
            assert_int_equal(computer.installed, NEW);
        new_ones += computer.installed == NEW;
        old_ones += computer.installed == OLD;
    }
    assert_true(new_ones > 20000 && old_ones > 20000);
}

static void without_a_cut_a_good_one_stays_and_a_bad_one_goes(void **state)
{
    struct random random = random_for_test("no cuts");
    (void)state;
    for (int good = 0; good < 2; good++) {
        struct computer computer = {.is_new_good = good, .is_new_installable = true};
        int starts = live(&computer, &random, 0);
        assert_int_equal(computer.installed, good ? NEW : OLD);
        assert_int_equal(computer.disk.step, good ? UPDATE_INSTALLED : UPDATE_RETURNED);
        assert_int_equal(computer.disk.why, good ? UPDATE_WHY_NONE : UPDATE_WHY_SILENT);
        assert_int_equal(starts, good ? 1 : 2);
        assert_true(computer.is_tidy);
    }
}

/* The control: a computer that remembers nothing is left half installed sooner or later. */
static void without_remembering_a_cut_does_harm(void **state)
{
    struct random random = random_for_test("harm");
    int harmed = 0;
    (void)state;
    for (int i = 0; i < 2000; i++) {
        struct computer computer = {
            .is_new_good = true, .is_new_installable = true, .forgets = true};
        (void)live(&computer, &random, 1);
        harmed += !works(&computer);
    }
    assert_true(harmed > 100);
}

static void what_cannot_be_remembered_is_not_begun(void **state)
{
    struct random random = random_for_test("full");
    (void)state;
    struct computer computer = {.is_new_good = true, .is_new_installable = true, .failing = 1};
    assert_int_equal(live(&computer, &random, 0), 0);
    assert_int_equal(computer.installed, OLD);
    assert_int_equal(computer.disk.step, UPDATE_NONE);
    for (int failing = 1; failing < 6; failing++) { /* later ones cost a start, and no more */
        struct computer full = {.is_new_good = true, .is_new_installable = true};
        full.power = 8;
        assert_int_equal(go(&full, UPDATE_ASKED), RC_OK);
        full.failing = failing;
        for (int starts = 0; (full.is_restarting || !works(&full)) && starts < 20; starts++) {
            full.is_restarting = false; /* or somebody switches it off and on */
            full.running = full.installed;
            full.power = -1;
            (void)!go(&full, UPDATE_START);
        }
        assert_true(works(&full));
    }
}

/* Each of these restarts would be the same as the one before: none would count. */
static void where_nothing_can_be_remembered_any_more_it_does_not_restart(void **state)
{
    static const struct update_state open[] = {{.step = UPDATE_INSTALLING},
                                               {.step = UPDATE_TRYING},
                                               {.step = UPDATE_TRYING, .tries = 3},
                                               {.step = UPDATE_RETURNING},
                                               {.step = UPDATE_RETURNING, .tries = 3}};
    (void)state;
    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++)
        for (int good = 0; good < 2; good++) {
            struct computer computer = {
                .disk = open[i], .installed = NEW, .is_new_good = good, .power = -1};
            computer.failing = 1000;
            assert_int_equal(go(&computer, UPDATE_START), RC_OK);
            assert_false(computer.is_restarting);
            computer.failing = 0; /* the control: it can be remembered again */
            computer.is_restarting = false;
            assert_int_equal(go(&computer, UPDATE_START), RC_OK);
            assert_true(computer.is_restarting || computer.disk.step == UPDATE_INSTALLED);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_of_the_table_is_as_it_should_be),
        cmocka_unit_test(what_is_in_no_row_changes_nothing),
        cmocka_unit_test(the_reason_of_what_failed_is_kept),
        cmocka_unit_test(each_reason_has_a_sentence_and_comes_back_from_a_file),
        cmocka_unit_test(a_cut_anywhere_ends_in_the_old_version_or_the_new_one),
        cmocka_unit_test(without_a_cut_a_good_one_stays_and_a_bad_one_goes),
        cmocka_unit_test(without_remembering_a_cut_does_harm),
        cmocka_unit_test(what_cannot_be_remembered_is_not_begun),
        cmocka_unit_test(where_nothing_can_be_remembered_any_more_it_does_not_restart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
