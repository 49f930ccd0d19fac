#include "app/store/writer.h"

#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/support/house.h"

#define JOBS 100

struct note {
    struct job job;
    int number;
    pthread_t ran_on;
    bool is_done;
    enum rc rc;
};

struct desk {
    struct house *house;
    struct writer *writer;
    int next; /* the number whose turn it is to come back */
};

static int set_up(void **state)
{
    static struct desk desk;
    desk = (struct desk){.house = house_open()};
    assert_int_equal(writer_open(desk.house->journal, &desk.writer), RC_OK);
    *state = &desk;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;
    writer_close(desk->writer);
    desk->house->journal = NULL;
    house_close(desk->house);
    return 0;
}

/* A fact in a transaction of its own. */
static void write_down(struct job *job, struct journal *journal)
{
    struct note *note = (struct note *)job;
    struct clock_reading now = {.wall_ms = HOUSE_BEGIN_MS, .mono_ms = 1000, .trust = CLOCK_SYNCED};
    const struct fact_id nobody = {0, 0};
    note->ran_on = pthread_self();
    note->rc = journal_begin(journal, &now);
    if (!note->rc)
        note->rc = journal_add(journal, FACT_CLOCK_SET, nobody, nobody,
                               json_pack("{s:s,s:i}", "by", "test", "number", note->number), NULL);
    if (!note->rc)
        note->rc = journal_commit(journal);
}

static void check(struct job *job, void *context)
{
    struct note *note = (struct note *)job;
    struct desk *desk = context;
    assert_int_equal(note->number, desk->next++);
    assert_int_equal(note->rc, RC_OK);
    assert_false(pthread_equal(note->ran_on, pthread_self()));
    note->is_done = true;
}

static void submit(struct desk *desk, struct note *notes, int count)
{
    for (int i = 0; i < count; i++) {
        notes[i] = (struct note){.job = {.run = write_down, .done = check}, .number = i};
        assert_int_equal(writer_submit(desk->writer, &notes[i].job), RC_OK);
    }
}

static void jobs_run_on_a_thread_of_their_own_and_come_back_in_order(void **state)
{
    static struct note notes[JOBS];
    struct desk *desk = *state;
    struct job *job;
    assert_null(writer_next(desk->writer));
    submit(desk, notes, JOBS);
    while (desk->next < JOBS) {
        struct pollfd fd = {.fd = writer_fd(desk->writer), .events = POLLIN};
        assert_int_equal(poll(&fd, 1, 5000), 1);
        while ((job = writer_next(desk->writer)))
            job->done(job, desk);
    }
    struct pollfd fd = {.fd = writer_fd(desk->writer), .events = POLLIN};
    assert_int_equal(poll(&fd, 1, 0), 0);
}

static void what_was_handed_over_is_written_before_it_closes(void **state)
{
    static struct note notes[JOBS];
    struct desk *desk = *state;
    submit(desk, notes, JOBS);
    writer_close(desk->writer);
    desk->writer = NULL;
    desk->house->journal = NULL;
    house_reopen(desk->house);
    assert_int_equal(house_number(desk->house, "SELECT count(*) FROM fact WHERE kind=3"), JOBS);
    assert_true(house_holds(desk->house));
    house_stop(desk->house);
}

static void when_idle_the_log_moves_into_the_database(void **state)
{
    static struct note notes[1];
    struct desk *desk = *state;
    struct snapshot *snapshot;
    char path[256];
    submit(desk, notes, 1);
    int64_t facts = 0;
    /* Without its log the database has the fact only once it was moved there. */
    for (int i = 0; i < 50 && facts == 0; i++) {
        poll(NULL, 0, 100);
        snprintf(path, sizeof path, "cp %s %s.alone", desk->house->path, desk->house->path);
        assert_int_equal(system(path), 0);
        snprintf(path, sizeof path, "%s.alone", desk->house->path);
        if (snapshot_open(path, &snapshot, NULL) == RC_OK) {
            (void)!db_number(snapshot_db(snapshot), &facts,
                             "SELECT count(*) FROM fact WHERE kind=3");
            snapshot_close(snapshot);
        }
    }
    assert_int_equal(facts, 1);
    snprintf(path, sizeof path, "rm -f %s.alone*", desk->house->path);
    assert_int_equal(system(path), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(jobs_run_on_a_thread_of_their_own_and_come_back_in_order,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_handed_over_is_written_before_it_closes, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(when_idle_the_log_moves_into_the_database, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
