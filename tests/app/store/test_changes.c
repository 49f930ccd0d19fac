/*
 * Who takes out what is new, time after time, has in the end what who takes out everything has: by
 * chance, with all that can happen to a register in between.
 */
#include "app/store/changes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/domain/day.h"
#include "app/store/closing.h"
#include "app/store/erase.h"
#include "tests/support/house.h"
#include "tests/support/random.h"

#define ROWS_MAX 3000
#define KEY_BYTES 96
#define TEXT_BYTES 800

/* A table as an office keeps it: a row by its id. */
struct table {
    struct row {
        char key[KEY_BYTES], text[TEXT_BYTES];
    } rows[ROWS_MAX];
    size_t count;
};

/* What an office has, and what it was told last. */
struct office_copy {
    struct table table;
    int told, same, strange; /* rows; those that were there already; gone ones that never were */
};

static struct house *house;
static struct office_copy copy;
static bool
    is_erased; /* something was, since the last export: what was said of them is not known */
static struct table whole;

static struct row *find(struct table *table, const char *key)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->rows[i].key, key) == 0)
            return &table->rows[i];
    return NULL;
}

static void put(struct table *table, const char *key, const char *text)
{
    struct row *row = find(table, key);
    if (!row) {
        assert_true(table->count < ROWS_MAX);
        row = &table->rows[table->count++];
    }
    snprintf(row->key, sizeof row->key, "%s", key);
    snprintf(row->text, sizeof row->text, "%s", text);
}

static bool drop(struct table *table, const char *key)
{
    struct row *row = find(table, key);
    if (row)
        *row = table->rows[--table->count];
    return row;
}

/* --- rows as text --- */

static void write_person(const struct snapshot_person *row, char *key, char *text)
{
    const struct person *p = &row->person;
    snprintf(key, KEY_BYTES, "person %lld-%lld", (long long)p->id.station, (long long)p->id.seq);
    snprintf(text, TEXT_BYTES, "%s|%s|%s|%s|%s|%d", p->number, p->first_name, p->last_name,
             p->email, p->basket_fetchers, row->badges);
}

static void write_visit(const struct snapshot_visit *row, char *key, char *text)
{
    const struct visit *v = &row->visit;
    snprintf(key, KEY_BYTES, "visit %lld-%lld", (long long)v->id.station, (long long)v->id.seq);
    snprintf(text, TEXT_BYTES, "%lld|%s|%s|%s|%lld|%lld|%d|%d|%d|%d|%d|%d|%d|%d|%d|%lld|%s",
             (long long)row->person.id.seq, row->person.number, row->person.first_name,
             row->person.last_name, (long long)v->arrived_ms, (long long)v->left_ms, v->how_in,
             v->how_out, v->is_doubtful_in, v->is_doubtful_out, v->guests, v->children, v->day,
             v->kind, v->is_staff, (long long)row->seconds, row->organisation);
}

static void write_stint(const struct snapshot_stint *row, char *key, char *text)
{
    const struct stint *s = &row->stint;
    snprintf(key, KEY_BYTES, "stint %lld-%lld %lld-%lld %d", (long long)s->visit.station,
             (long long)s->visit.seq, (long long)s->of.occasion.station,
             (long long)s->of.occasion.seq, s->of.number);
    snprintf(text, TEXT_BYTES, "%lld|%s|%s|%s|%s|%d|%d|%d|%lld|%lld|%d|%d|%d|%s|%s",
             (long long)row->person.id.seq, row->person.number, row->person.first_name,
             row->person.last_name, s->mission, s->day, s->is_staff, s->is_assumed,
             (long long)s->from_ms, (long long)s->seconds, row->kind, row->visit_kind,
             row->is_doubtful, row->title, row->organisation);
}

static void write_newcomer(const struct snapshot_newcomer *row, char *key, char *text)
{
    const struct person *p = &row->person;
    snprintf(key, KEY_BYTES, "newcomer %lld-%lld", (long long)p->id.station, (long long)p->id.seq);
    const struct newcomer *n = &row->newcomer;
    snprintf(text, TEXT_BYTES, "%s|%s|%s|%lld|%d|%lld|%d|%s|%lld", p->number, p->first_name,
             p->last_name, (long long)n->began_ms, n->steps[GUIDE_WHY],
             (long long)n->steps_ms[GUIDE_WHY], n->buddy_state, row->buddy,
             (long long)row->last_ms);
}

/* --- all of it --- */

static enum rc all_person(void *context, const struct snapshot_person *row)
{
    char key[KEY_BYTES], text[TEXT_BYTES];
    write_person(row, key, text);
    put(context, key, text);
    return RC_OK;
}

static enum rc all_visit(void *context, const struct snapshot_visit *row)
{
    char key[KEY_BYTES], text[TEXT_BYTES];
    write_visit(row, key, text);
    put(context, key, text);
    return RC_OK;
}

static enum rc all_stint(void *context, const struct snapshot_stint *row)
{
    char key[KEY_BYTES], text[TEXT_BYTES];
    write_stint(row, key, text);
    put(context, key, text);
    return RC_OK;
}

static enum rc all_newcomer(void *context, const struct snapshot_newcomer *row)
{
    char key[KEY_BYTES], text[TEXT_BYTES];
    write_newcomer(row, key, text);
    put(context, key, text);
    return RC_OK;
}

static void take_all(struct snapshot *snapshot, int64_t now_ms)
{
    whole.count = 0;
    assert_int_equal(snapshot_people(snapshot, now_ms, all_person, &whole), RC_OK);
    assert_int_equal(snapshot_visits(snapshot, INT64_MIN, INT64_MAX, now_ms, all_visit, &whole),
                     RC_OK);
    assert_int_equal(snapshot_stints(snapshot, 0, 99999999, now_ms, all_stint, &whole), RC_OK);
    assert_int_equal(snapshot_newcomers(snapshot, INT64_MIN, INT64_MAX, all_newcomer, &whole),
                     RC_OK);
}

/* --- what is new --- */

static void take(enum changes_how how, const char *key, const char *text)
{
    struct row *row = find(&copy.table, key);
    copy.told++;
    if (how == CHANGES_GONE) {
        copy.strange += !drop(&copy.table, key);
        return;
    }
    if ((how == CHANGES_NEW) != (row == NULL) && !(is_erased && how == CHANGES_CHANGED))
        fail_msg("%s is told as %s", key, how == CHANGES_NEW ? "new" : "changed");
    if (row && strcmp(row->text, text) == 0 && !is_erased) {
        print_message("the same again: %s: %s\n", key, text);
        copy.same++;
    }
    put(&copy.table, key, text);
}

static enum rc new_person(void *context, enum changes_how how, const struct snapshot_person *row)
{
    char key[KEY_BYTES], text[TEXT_BYTES];
    (void)context;
    write_person(row, key, text);
    take(how, key, text);
    return RC_OK;
}

static enum rc new_visit(void *context, enum changes_how how, const struct snapshot_visit *row)
{
    char key[KEY_BYTES], text[TEXT_BYTES];
    (void)context;
    write_visit(row, key, text);
    take(how, key, text);
    return RC_OK;
}

/* An erased visit takes all its hours with it. */
static void drop_stints_of(const struct stint *stint)
{
    char begin[KEY_BYTES];
    snprintf(begin, sizeof begin, "stint %lld-%lld ", (long long)stint->visit.station,
             (long long)stint->visit.seq);
    for (size_t i = copy.table.count; i-- > 0;)
        if (strncmp(copy.table.rows[i].key, begin, strlen(begin)) == 0)
            copy.table.rows[i] = copy.table.rows[--copy.table.count];
}

static enum rc new_stint(void *context, enum changes_how how, const struct snapshot_stint *row)
{
    char key[KEY_BYTES], text[TEXT_BYTES];
    (void)context;
    write_stint(row, key, text);
    if (how == CHANGES_GONE && row->stint.day == 0) {
        drop_stints_of(&row->stint);
        copy.told++;
    } else {
        take(how, key, text);
    }
    return RC_OK;
}

static enum rc new_newcomer(void *context, enum changes_how how,
                            const struct snapshot_newcomer *row)
{
    char key[KEY_BYTES], text[TEXT_BYTES];
    (void)context;
    write_newcomer(row, key, text);
    take(how, key, text);
    return RC_OK;
}

static const struct changes_hearer hearer = {NULL, new_person, new_visit, new_stint, new_newcomer};

static int compare_rows(const void *a, const void *b)
{
    return strcmp(((const struct row *)a)->key, ((const struct row *)b)->key);
}

static void sort(struct table *table)
{
    qsort(table->rows, table->count, sizeof table->rows[0], compare_rows);
}

static void assert_copy_is_whole(void)
{
    sort(&copy.table);
    sort(&whole);
    for (size_t i = 0; i < copy.table.count || i < whole.count; i++) {
        const struct row *has = i < copy.table.count ? &copy.table.rows[i] : NULL;
        const struct row *is = i < whole.count ? &whole.rows[i] : NULL;
        if (!has || !is || strcmp(has->key, is->key) != 0 || strcmp(has->text, is->text) != 0)
            fail_msg("the office has  %s: %s\n       the register %s: %s", has ? has->key : "",
                     has ? has->text : "", is ? is->key : "", is ? is->text : "");
    }
}

/* One export of what is new; it may fail before the end, and then nothing of it counts. */
static void export_new(bool fails)
{
    struct snapshot *snapshot;
    struct mark since, here;
    static struct office_copy before;
    assert_int_equal(snapshot_open(house->path, &snapshot, &house->reason), RC_OK);
    struct db *db = snapshot_db(snapshot);
    int64_t now_ms = house_now(house).wall_ms;
    assert_true(house_holds(house)); /* or it says nothing about exports */
    assert_int_equal(mark_get(db, &since), RC_OK);
    assert_int_equal(mark_here(db, now_ms, &here), RC_OK);
    before = copy;
    copy.told = copy.same = copy.strange = 0;
    assert_int_equal(changes_each(snapshot, &since, now_ms, &hearer), RC_OK);
    if (fails) {
        copy = before;
    } else {
        take_all(snapshot, now_ms);
        assert_copy_is_whole();
        struct office office = {.now = house_now(house)};
        assert_int_equal(mark_record(house->journal, &office, &here, &house->reason), RC_OK);
        is_erased = false;
    }
    snapshot_close(snapshot);
}

static void close_visits(struct fact_id person, const struct closing_rule *rule)
{
    struct office office = {.now = house_now(house)};
    struct closing closing;
    struct totals sums = {.rows = NULL};
    struct stone stone = {.journal = house->journal, .office = &office};
    assert_int_equal(journal_begin(house->journal, &office.now), RC_OK);
    assert_int_equal(closing_begin(house->journal, &office, person, rule, &closing), RC_OK);
    assert_int_equal(closing_write(&closing, &sums), RC_OK);
    assert_int_equal(stone_end(&stone, closing_bury(&closing, &stone)), RC_OK);
    is_erased = true;
    closing_finish(&closing);
    totals_finish(&sums);
    assert_int_equal(journal_commit(house->journal), RC_OK);
}

/* --- single things --- */

static int set_up(void **state)
{
    (void)state;
    house = house_open();
    copy = (struct office_copy){.told = 0};
    is_erased = false;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    house_close(house);
    return 0;
}

static void what_is_taken_out_twice_has_nothing_new_the_second_time(void **state)
{
    (void)state;
    house_tap(house, HOUSE_ADA);
    export_new(false);
    assert_true(copy.told >= 4);
    export_new(false);
    assert_int_equal(copy.told, 0);
}

static void what_time_alone_ends_is_told_once(void **state)
{
    (void)state;
    house_tap(house, HOUSE_ADA);
    export_new(false);
    house_wait(house, 30 * HOUSE_HOUR_MS);
    export_new(false);
    assert_int_equal(copy.told, 1);
    assert_int_equal(copy.same, 0);
    export_new(false);
    assert_int_equal(copy.told, 0);
}

static void an_export_that_failed_is_made_good_by_the_next(void **state)
{
    (void)state;
    house_tap(house, HOUSE_ADA);
    export_new(true);
    house_tap(house, HOUSE_BILAL);
    export_new(true);
    export_new(false);
    export_new(false);
    assert_int_equal(copy.told, 0);
}

static void another_name_comes_with_all_rows_that_say_it(void **state)
{
    (void)state;
    for (int i = 0; i < 6; i++) {
        house_tap(house, HOUSE_ADA);
        house_wait(house, HOUSE_HOUR_MS);
    }
    export_new(false);
    house_record(house, FACT_PERSON_CHANGED, house->people[HOUSE_IS_ADA],
                 json_pack("{s:s}", "last_name", "Byron"));
    export_new(false);
    assert_int_equal(copy.told, 1 + 3 + 3); /* herself, visits, hours */
    house_record(house, FACT_PERSON_CHANGED, house->people[HOUSE_IS_ADA],
                 json_pack("{s:s}", "email", "ada@example.org"));
    export_new(false);
    assert_int_equal(copy.told, 1);
    assert_int_equal(copy.same, 0);
}

static void a_clock_set_later_moves_rows_that_no_fact_is_about(void **state)
{
    (void)state;
    house_reboot(house, HOUSE_BEGIN_MS + 5 * HOUSE_HOUR_MS, CLOCK_PLAUSIBLE);
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    export_new(false);
    house_reboot_clock(house, HOUSE_BEGIN_MS + 9 * HOUSE_HOUR_MS, CLOCK_STAFF);
    house_tap(house, HOUSE_BILAL);
    export_new(false);
    struct clock_reading now = house_now(house);
    (void)now;
    export_new(false);
    assert_int_equal(copy.told, 0);
}

static void who_is_erased_goes_from_every_table(void **state)
{
    (void)state;
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    house_tap(house, HOUSE_BILAL);
    export_new(false);
    house_erase(house, house->people[HOUSE_IS_ADA]);
    export_new(false);
    assert_true(copy.told >= 3);
    export_new(false);
    assert_int_equal(copy.told, 0);
}

/* Also where nothing else of the record is different from what is left of the facts. */
static void who_named_somebody_erased_is_told_anew(void **state)
{
    struct fact_id bilal = house->people[HOUSE_IS_BILAL], chloe = house->people[HOUSE_IS_CHLOE];
    struct fact_id zoe = house_add(house, "Zoe", NULL);
    (void)state;
    house_record(house, FACT_PERSON_CHANGED, bilal,
                 json_pack("{s:s}", "basket_fetchers", "Zoe Dubois"));
    house_record(house, FACT_PERSON_CHANGED, chloe,
                 json_pack("{s:s,s:s}", "basket_fetchers", "Zoe Dubois", "email", "c@x.example"));
    house_tap(house, HOUSE_BILAL);
    export_new(false);
    const struct office office = {.now = house_now(house)};
    assert_int_equal(journal_begin(house->journal, &office.now), RC_OK);
    assert_int_equal(erase_person(house->journal, &office, zoe), RC_OK);
    is_erased = true;
    assert_int_equal(journal_commit(house->journal), RC_OK);
    export_new(false);
    assert_true(copy.told >= 3);
    export_new(false);
    assert_int_equal(copy.told, 0);
}

/* The first visit goes with the tap that ended it, though that lies where the second one begins. */
static void what_begins_where_a_closed_visit_ended_stays_as_it_was_told(void **state)
{
    struct fact_id ada = house->people[HOUSE_IS_ADA];
    (void)state;
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    struct fact_id second = house_record(
        house, FACT_PRESS, ada, json_pack("{s:s,s:s}", "answer", "arrival", "kind", "shift"));
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    export_new(false);
    int64_t now_ms = house_now(house).wall_ms;
    close_visits(ada, &(struct closing_rule){.before_day = 99991231,
                                             .kinds = {[OCCASION_OPEN_DAY] = true},
                                             .now_ms = now_ms});
    struct presence left = house_visits(house, ada);
    assert_int_equal(left.count, 1);
    assert_true(fact_id_is_same(left.visits[0].id, second));
    assert_int_equal(left.visits[0].kind, OCCASION_SHIFT);
    presence_finish(&left);
    export_new(false);
    export_new(false);
    assert_int_equal(copy.told, 0);
}

static struct closing_rule of_kind(enum occasion_kind kind)
{
    struct closing_rule rule = {
        .before_day = 99991231, .is_nobodys = true, .now_ms = house_now(house).wall_ms};
    rule.kinds[kind] = true;
    return rule;
}

static void press_for(struct house *at, const char *answer, enum occasion_kind kind)
{
    house_record(at, FACT_PRESS, house->people[HOUSE_IS_ADA],
                 json_pack("{s:s,s:s}", "answer", answer, "kind", occasion_kind_name(kind)));
}

/* No fact says any more that they were here. */
static void a_newcomer_whose_last_visit_became_a_number_is_told(void **state)
{
    struct fact_id ada = house->people[HOUSE_IS_ADA];
    (void)state;
    house_record(house, FACT_WELCOME, ada, json_pack("{s:s,s:s}", "step", "why", "how", "done"));
    press_for(house, "arrival", OCCASION_SHIFT);
    house_wait(house, HOUSE_HOUR_MS);
    press_for(house, "departure", OCCASION_SHIFT);
    export_new(false);
    const struct closing_rule rule = of_kind(OCCASION_SHIFT);
    close_visits(ada, &rule);
    export_new(false);
    assert_int_equal(copy.told, 2 * 2 + 1); /* two taps that may have begun one, the newcomer */
    export_new(false);
    assert_int_equal(copy.told, 0);
}

/*
 * The second tap was a departure and the third an arrival, until the back door told that Ada had
 * left there: then they are a visit, which stays when the first one becomes a number.
 */
static void what_was_read_otherwise_beside_what_became_a_number_is_told(void **state)
{
    static struct house_fact facts[256];
    struct house *back = house_open();
    (void)state;
    press_for(house, "arrival", OCCASION_SHIFT);
    size_t count = house_facts(house, facts, 256);
    assert_int_equal(house_merge(back, facts, count), RC_OK);
    house_wait(back, HOUSE_HOUR_MS);
    press_for(back, "departure", OCCASION_SHIFT);
    house_wait(house, 2 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    export_new(false);
    count = house_facts(back, facts, 256);
    assert_int_equal(house_merge(house, facts, count), RC_OK);
    struct presence both = house_visits(house, house->people[HOUSE_IS_ADA]);
    assert_int_equal(both.count, 2);
    presence_finish(&both);
    house_wait(house, 48 * HOUSE_HOUR_MS);
    const struct closing_rule rule = of_kind(OCCASION_SHIFT);
    close_visits(house->people[HOUSE_IS_ADA], &rule);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 1);
    export_new(false);
    export_new(false);
    assert_int_equal(copy.told, 0);
    house_close(back);
}

/*
 * Part of Ada's hours went to a shift that she had promised. Then it comes out that she left before
 * it began: nobody was there for it, so the promise becomes a number and the visit stays.
 */
static void hours_that_a_promise_cut_go_with_it(void **state)
{
    struct fact_id ada = house->people[HOUSE_IS_ADA];
    int64_t begin_ms = house_now(house).wall_ms, from_ms = begin_ms + 2 * HOUSE_HOUR_MS,
            to_ms = from_ms + HOUSE_HOUR_MS;
    (void)state;
    struct visit visit = {.arrived_ms = 0};
    struct fact_id occasion = house_record(
        house, FACT_OCCASION_ADDED, (struct fact_id){0, 0},
        json_pack("{s:s,s:s,s:I,s:I,s:[{s:i,s:I,s:I,s:i}]}", "kind", "shift", "title", "Shop",
                  "from_ms", (json_int_t)from_ms, "to_ms", (json_int_t)to_ms, "shifts", "number", 1,
                  "from_ms", (json_int_t)from_ms, "to_ms", (json_int_t)to_ms, "places", 2));
    house_record(house, FACT_SIGN_UP, ada,
                 json_pack("{s:[I,I],s:i,s:I,s:I,s:s}", "occasion", (json_int_t)occasion.station,
                           (json_int_t)occasion.seq, "shift", 1, "from_ms", (json_int_t)from_ms,
                           "to_ms", (json_int_t)to_ms, "mission", "Shop"));
    house_tap(house, HOUSE_ADA);
    house_wait(house, 4 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    export_new(false);
    struct presence presence = house_visits(house, ada);
    assert_int_equal(presence.stint_count, 2);
    visit = presence.visits[0];
    presence_finish(&presence);
    house_record(house, FACT_CORRECTION, ada,
                 json_pack("{s:[I,I],s:s,s:I}", "visit", (json_int_t)visit.id.station,
                           (json_int_t)visit.id.seq, "reason", "left sooner", "left_ms",
                           (json_int_t)begin_ms + HOUSE_HOUR_MS));
    house_wait(house, 48 * HOUSE_HOUR_MS);
    struct closing_rule rule = of_kind(OCCASION_SHIFT);
    rule.is_nobodys = false;
    close_visits(ada, &rule);
    assert_int_equal(house_number(house, "SELECT count(*) FROM sign_up"), 0);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 1);
    export_new(false);
    export_new(false);
    assert_int_equal(copy.told, 0);
}

/* --- by chance --- */

static struct random chance;

static unsigned below(unsigned limit)
{
    return random_below(&chance, limit);
}

static struct fact_id anybody(void)
{
    return house->people[below(HOUSE_PEOPLE)];
}

static struct visit any_visit(struct fact_id person)
{
    struct visit visit = {.arrived_ms = 0};
    struct presence presence = house_visits(house, person);
    if (presence.count)
        visit = presence.visits[below((unsigned)presence.count)];
    presence_finish(&presence);
    return visit;
}

static void tap_somebody(void)
{
    house_tap(house, house_badges[below(HOUSE_PEOPLE)]);
}

static void press_somebody(void)
{
    house_press(house, anybody(), below(2) ? ANSWER_ARRIVAL : ANSWER_DEPARTURE);
}

static void correct_something(void)
{
    struct fact_id person = anybody();
    struct visit visit = any_visit(person);
    if (!visit.arrived_ms)
        return;
    json_t *body = json_pack("{s:[I,I],s:s}", "visit", (json_int_t)visit.id.station,
                             (json_int_t)visit.id.seq, "reason", "chance");
    if (below(3) == 0)
        json_object_set_new(body, "is_void", json_true());
    else
        json_object_set_new(body, "left_ms",
                            json_integer(visit.arrived_ms + (1 + below(300)) * HOUSE_MINUTE_MS));
    house_record(house, FACT_CORRECTION, person, body);
}

static void bring_guests(void)
{
    house_record(house, FACT_GUESTS, anybody(),
                 json_pack("{s:i,s:i}", "adults", (int)below(4), "children", (int)below(3)));
}

static void change_somebody(void)
{
    static const char *const fields[] = {"last_name", "email", "number"};
    char value[32];
    snprintf(value, sizeof value, "x%u", below(4));
    house_record(house, FACT_PERSON_CHANGED, anybody(),
                 json_pack("{s:s}", fields[below(3)], value));
}

static void wait_a_while(void)
{
    house_wait(house, (1 + below(90)) * 10 * HOUSE_MINUTE_MS);
}

static void set_the_clock(void)
{
    house_record(house, FACT_CLOCK_SET, (struct fact_id){0, 0}, json_pack("{s:s}", "by", "staff"));
}

static void lose_power(void)
{
    static const enum clock_trust trusts[] = {CLOCK_UNSET, CLOCK_PLAUSIBLE, CLOCK_STAFF,
                                              CLOCK_SYNCED};
    int64_t now_ms = house_now(house).wall_ms;
    int64_t wall_ms = now_ms + ((int64_t)below(400) - 100) * HOUSE_MINUTE_MS;
    house_reboot(house, wall_ms, trusts[below(4)]);
}

static void begin_a_first_visit(void)
{
    house_record(house, FACT_WELCOME, anybody(),
                 json_pack("{s:s,s:s}", "step", "why", "how", "done"));
}

static void give_a_buddy(void)
{
    struct fact_id buddy = anybody();
    house_record(house, FACT_BUDDY, anybody(),
                 json_pack("{s:[I,I],s:s}", "buddy", (json_int_t)buddy.station,
                           (json_int_t)buddy.seq, "how", "named"));
}

static struct fact_id occasions[4];

static void plan_something(void)
{
    int64_t from_ms = house_now(house).wall_ms + below(6) * HOUSE_HOUR_MS;
    int64_t to_ms = from_ms + 2 * HOUSE_HOUR_MS;
    struct fact_id *place = &occasions[below(4)];
    *place = house_record(house, FACT_OCCASION_ADDED, (struct fact_id){0, 0},
                          json_pack("{s:s,s:s,s:I,s:I,s:[{s:i,s:I,s:I,s:i}]}", "kind", "shift",
                                    "title", "Shop", "from_ms", (json_int_t)from_ms, "to_ms",
                                    (json_int_t)to_ms, "shifts", "number", 1, "from_ms",
                                    (json_int_t)from_ms, "to_ms", (json_int_t)to_ms, "places", 2));
    house_record(house, FACT_SIGN_UP, anybody(),
                 json_pack("{s:[I,I],s:i,s:I,s:I,s:s}", "occasion", (json_int_t)place->station,
                           (json_int_t)place->seq, "shift", 1, "from_ms", (json_int_t)from_ms,
                           "to_ms", (json_int_t)to_ms, "mission", "Shop"));
}

static void rename_an_occasion(void)
{
    static const char *const titles[] = {"Shop", "Market", "Bakery"};
    struct fact_id occasion = occasions[below(4)];
    if (!fact_id_is_none(occasion))
        house_record(house, FACT_OCCASION_CHANGED, occasion,
                     json_pack("{s:s}", "title", titles[below(3)]));
}

/* As staff do it, with the sums that stay; the first three are needed for their badges. */
static void erase_somebody(void)
{
    struct fact_id id = house_add(house, "Zoe", NULL);
    if (below(2))
        house_record(house, FACT_PERSON_CHANGED, anybody(),
                     json_pack("{s:s}", "basket_fetchers", "Ada;Zoe Dubois"));
    house_press(house, id, ANSWER_ARRIVAL);
    wait_a_while();
    if (below(2))
        export_new(false);
    struct office office = {.now = house_now(house)};
    assert_int_equal(journal_begin(house->journal, &office.now), RC_OK);
    assert_int_equal(erase_person(house->journal, &office, id), RC_OK);
    is_erased = true;
    assert_int_equal(journal_commit(house->journal), RC_OK);
}

/* Visits of days that are over become sums, as they do once their time is up. */
static void close_old_visits(void)
{
    int64_t now_ms = house_now(house).wall_ms;
    struct closing_rule rule = {
        .before_day = day_number_add(day_number(now_ms, 240), -(int)below(3)), .now_ms = now_ms};
    for (int kind = 0; kind < OCCASION_COUNT; kind++)
        rule.kinds[kind] = below(3) > 0;
    close_visits(anybody(), &rule);
}

static void (*const deeds[])(void) = {
    tap_somebody,      tap_somebody,       tap_somebody,        tap_somebody, press_somebody,
    correct_something, bring_guests,       change_somebody,     wait_a_while, wait_a_while,
    set_the_clock,     lose_power,         begin_a_first_visit, give_a_buddy, plan_something,
    close_old_visits,  rename_an_occasion, erase_somebody,
};

static void exports_one_after_the_other_come_to_one_of_everything(void **state)
{
    long told = 0, all = 0;
    (void)state;
    chance = random_for_test("changes");
    for (int round = 0; round < 60; round++) {
        for (unsigned deed = below(12) + 1; deed > 0; deed--)
            deeds[below(sizeof deeds / sizeof deeds[0])]();
        export_new(below(4) == 0);
        assert_int_equal(copy.same, 0);
        told += copy.told;
        all += (long)whole.count;
    }
    export_new(false);
    assert_true(house_holds(house));
    assert_true(told > 100 && told < all); /* or it tells everything each time */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_taken_out_twice_has_nothing_new_the_second_time),
        TEST(what_time_alone_ends_is_told_once),
        TEST(an_export_that_failed_is_made_good_by_the_next),
        TEST(another_name_comes_with_all_rows_that_say_it),
        TEST(a_clock_set_later_moves_rows_that_no_fact_is_about),
        TEST(who_is_erased_goes_from_every_table),
        TEST(who_named_somebody_erased_is_told_anew),
        TEST(what_begins_where_a_closed_visit_ended_stays_as_it_was_told),
        TEST(a_newcomer_whose_last_visit_became_a_number_is_told),
        TEST(what_was_read_otherwise_beside_what_became_a_number_is_told),
        TEST(hours_that_a_promise_cut_go_with_it),
        TEST(exports_one_after_the_other_come_to_one_of_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
