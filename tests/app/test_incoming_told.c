/* A list that comes in, as a screen tells it. */
#include "app/incoming.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct intake_preview *preview;
static struct told told;

static int set_up(void **state)
{
    (void)state;
    preview = calloc(1, sizeof *preview);
    return preview ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    free(preview);
    return 0;
}

static struct intake_row *add(enum intake_verdict verdict, int line, const char *title)
{
    struct intake_row *row = &preview->rows[preview->row_count++];
    preview->counts[verdict]++;
    row->verdict = verdict;
    row->line = line;
    snprintf(row->title, sizeof row->title, "%s", title);
    return row;
}

static void each_row_says_what_becomes_of_it(void **state)
{
    (void)state;
    snprintf(add(INTAKE_REFUSED, 4, "Lou")->why.text, 40, "There is no first name.");
    struct intake_row *row = add(INTAKE_CHANGED, 7, "Zoé");
    row->changes[0] = "last_name";
    row->changes[1] = "something_else";
    row->change_count = 2;
    add(INTAKE_CANCELLED, 9, "Drinks");
    add(INTAKE_NEW, 2, "Kim");
    preview->counts[INTAKE_SAME] = 40;
    incoming_write_told(preview, LANGUAGE_EN, &told);
    assert_int_equal(told.count, 4);
    assert_int_equal(told.sums[ASK_SORT_REFUSED], 1);
    assert_int_equal(told.sums[ASK_SORT_CHANGED], 2);
    assert_int_equal(told.sums[ASK_SORT_NEW], 1);
    assert_int_equal(told.rows[0].mark, ASK_SORT_REFUSED);
    assert_int_equal(told.rows[0].number[0], 4);
    assert_string_equal(told.rows[0].line, "There is no first name.");
    assert_string_equal(told.rows[1].line, "last name, something_else");
    assert_string_equal(told.rows[2].line, "called off");
    assert_int_equal(told.rows[3].mark, ASK_SORT_NEW);
    assert_string_equal(told.rows[3].line, "");
}

static void it_can_be_taken_only_where_it_may_be_and_changes_something(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        preview->has_changes = i & 1;
        preview->is_takable = i & 2;
        incoming_write_told(preview, LANGUAGE_EN, &told);
        assert_int_equal(told.total, i == 3);
    }
}

/* At its fullest, with texts longer than a row: nothing is written beyond its place. */
static void a_full_preview_has_room_and_what_is_beyond_is_told(void **state)
{
    (void)state;
    for (int i = 0; i < INTAKE_NOTES_MAX; i++)
        memset(preview->notes[preview->note_count++].said.text, 'n',
               sizeof preview->notes[0].said.text - 1);
    for (int i = 0; i < INTAKE_ROWS_MAX; i++) {
        struct intake_row *row = add(INTAKE_REFUSED, i + 2, "");
        memset(row->title, 't', sizeof row->title - 1);
        memset(row->why.text, 'w', sizeof row->why.text - 1);
        for (; row->change_count < INTAKE_CHANGES_MAX; row->change_count++)
            row->changes[row->change_count] = "basket_fetchers";
    }
    preview->rows_beyond = 12;
    incoming_write_told(preview, LANGUAGE_EN, &told);
    assert_int_equal(told.count, INTAKE_NOTES_MAX + INTAKE_ROWS_MAX + 1);
    assert_true(told.count <= TOLD_ROWS_MAX);
    assert_int_equal(told.rows[0].mark, ASK_SORT_NOTE);
    assert_true(strlen(told.rows[20].line) < sizeof told.rows[20].line);
    assert_string_equal(told.rows[told.count - 1].line, "12 more lines are not shown here.");
    preview->rows_beyond = 0; /* the control */
    incoming_write_told(preview, LANGUAGE_EN, &told);
    assert_int_equal(told.count, INTAKE_NOTES_MAX + INTAKE_ROWS_MAX);
}

#define TOLD_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOLD_TEST(each_row_says_what_becomes_of_it),
        TOLD_TEST(it_can_be_taken_only_where_it_may_be_and_changes_something),
        TOLD_TEST(a_full_preview_has_room_and_what_is_beyond_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
