/* What staff of one organisation see at a station, and take out of it: their own, and no more. */
#include "app/asks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/staff.h"
#include "app/store/lookup.h"
#include "app/store/lookup_occasions.h"
#include "app/store/office.h"
#include "app/store/rota.h"
#include "app/ui/scene.h"
#include "app/ui/stage.h"
#include "firmware/base/hash.h"
#include "tests/support/demo.h"
#include "tests/support/place.h"

#define HOUR_MS INT64_C(3600000)
#define BEYOND "Ton badge n’ouvre que ce qui concerne ton organisation"

/* Ada is staff of the whole house, Anneleen of the Épicerie. */
#define ENTER(name)                                                                                \
    "at 2026-11-25 15:00\npress help\npress staff\ntap " name "\ntype 2580\npress key Done\n"
static const char whole[] = ENTER("Ada");
static const char own[] = ENTER("Anneleen");

/* --- the house: Zoé came for the Épicerie, Mehmet for the Vélo --- */

static void move(struct place_register *opened, const char *number, struct fact_id organisation,
                 const char *answer)
{
    struct person person;
    assert_int_equal(lookup_number(journal_db(opened->journal), number, &person), RC_OK);
    clock_read(opened->clock, &opened->now);
    assert_int_equal(journal_begin(opened->journal, &opened->now), RC_OK);
    assert_int_equal(journal_add(opened->journal, FACT_PRESS, person.id, organisation,
                                 json_pack("{s:s,s:s}", "answer", answer, "how", "staff"), NULL),
                     RC_OK);
    assert_int_equal(journal_commit(opened->journal), RC_OK);
}

static struct fact_id add_organisation(struct place *place, struct place_register *opened,
                                       const char *name, const char *title)
{
    const struct office office = {.now = opened->now};
    struct occasion occasion = {.kind = OCCASION_WORKSHOP,
                                .from_ms = PLACE_NOON_MS + 24 * HOUR_MS,
                                .to_ms = PLACE_NOON_MS + 26 * HOUR_MS};
    struct fact_id id;
    snprintf(occasion.title, sizeof occasion.title, "%s", title);
    assert_int_equal(rota_add_organisation(opened->journal, &office, name, &occasion.organisation,
                                           &place->reason),
                     RC_OK);
    assert_int_equal(rota_add_occasion(opened->journal, &office, &occasion, &id, &place->reason),
                     RC_OK);
    return occasion.organisation;
}

static int share(void **state)
{
    if (place_copy(state))
        return -1;
    struct place *place = *state;
    struct place_register opened = place_open(place);
    struct staff_order order = {
        .act = STAFF_ADD, .who = "1007", .role = ROLE_STAFF, .organisation = "Épicerie"};
    struct fact_id grocer = add_organisation(place, &opened, "Épicerie", "Caisse");
    struct fact_id repair = add_organisation(place, &opened, "Vélo", "Rayons");
    assert_int_equal(secret_seal(folder_key(opened.folder), DEMO_PIN, order.sealed), RC_OK);
    assert_int_equal(staff_carry_out(opened.journal, &order, &opened.now, &place->reason), RC_OK);
    move(&opened, "1002", grocer, "arrival");
    move(&opened, "1006", repair, "arrival");
    clock_advance(opened.clock, HOUR_MS);
    move(&opened, "1002", grocer, "departure");
    move(&opened, "1006", repair, "departure");
    place_close(&opened);
    return 0;
}

/* --- stories --- */

static void the_menu_has_what_an_organisation_may(void **state)
{
    static const char steps[] =
        "expect page staff\nexpect button people\nexpect button newcomers\nexpect button calendar\n"
        "expect button proposals\nexpect button stick\nexpect %1$sbutton occasion\n"
        "expect %1$sbutton health\nexpect %1$sbutton clock\nexpect %1$sbutton settings\n"
        "expect %1$sbutton power\n";
    char text[600];
    snprintf(text, sizeof text, steps, "no ");
    place_expect(*state, own, text);
    snprintf(text, sizeof text, steps, "");
    place_expect(*state, whole, text);
}

static void people_are_found_who_are_theirs(void **state)
{
    place_expect(*state, own,
                 "press people\ntype Delac\npress key Done\nexpect text Zoé Delacroix\n"
                 "press back\ntype Meh\npress key Done\nexpect no text Mehmet\n");
    place_expect(*state, whole, "press people\ntype Meh\npress key Done\nexpect text Mehmet\n");
}

static void the_calendar_has_what_is_theirs(void **state)
{
    place_expect(*state, own, "press calendar\nexpect text Caisse\nexpect no text Rayons\n");
    place_expect(*state, whole, "press calendar\nexpect text Caisse\nexpect text Rayons\n");
}

static void they_vouch_at_the_door_for_their_own(void **state)
{
    place_expect(*state, "at 2026-11-25 15:00\n",
                 "press no-badge\npress name\ntype Mehmet\npress key Done\npress name-1\n"
                 "tap Anneleen\nexpect page code\nexpect text " BEYOND "\nexpect here 0\n");
    place_expect(*state, "at 2026-11-25 15:00\n",
                 "press no-badge\npress name\ntype Zoé\npress key Done\npress name-1\n"
                 "tap Anneleen\nexpect scene greeting\nexpect text Zoé\nexpect here 1\n");
}

static void the_roll_call_has_everybody_who_would_have_to_get_out(void **state)
{
    place_expect(*state, "at 2026-11-25 14:30\ntap Mehmet\nwait 20s\ntap Zoé\nwait 20s\n",
                 "press help\npress staff\ntap Anneleen\ntype 2580\npress key Done\npress here\n"
                 "expect text Mehmet\nexpect text Zoé\n");
}

static void the_stick_takes_out_their_tables_and_nothing_of_everybodys(void **state)
{
    place_expect(*state, own,
                 "plug stick\nput people.csv number;first_name|1050;Lou\npress stick\n"
                 "expect button out\nexpect no button in\nexpect no button print\n"
                 "press out\nexpect no button since\npress all\nexpect page stick-carry\n"
                 "expect on stick visits.csv\nexpect not on stick journal.jsonl\n"
                 "expect not on stick perron.db\nexpect not on stick roll-call.pdf\n");
    place_expect(*state, whole,
                 "plug stick\nput people.csv number;first_name|1050;Lou\npress stick\n"
                 "expect button in\nexpect button print\npress out\nexpect button since\n"
                 "press all\nexpect on stick journal.jsonl\nexpect on stick roll-call.pdf\n");
}

/* --- asks that no page would make --- */

/* Are these words in some file of that name on the stick? */
static bool has_on_stick(const char *stick, const char *file, const char *words)
{
    char command[256];
    snprintf(command, sizeof command, "find %s -type f -name '%s' -exec cat {} + | grep -q '%s'",
             stick, file, words);
    return system(command) == 0;
}

/* Until there is an end to what is carried; where nothing is to be carried, for a while. */
static void wait_for_end(struct place_served *served)
{
    const struct page *page = stage_page(station_stage(served->station));
    for (int i = 0; i < 6000 && !page->load->end; i++) {
        bool is_begun = page->load->work || page->load->stand == LOAD_OPENING;
        if (i > 100 && !is_begun)
            break;
        assert_int_equal(station_step(served->station, 5), RC_OK);
    }
}

static void take_out(struct place *place, const char *number, char stick[40], enum ask_kind kind)
{
    const struct fact_id by = place_find(place, number);
    const struct ask out = {.kind = kind,
                            .number = {ASK_SPAN_SINCE, 0},
                            .at_ms = PLACE_NOON_MS + HOUR_MS,
                            .reach = {.kind = REACH_HOUSE}}; /* nobody says so themselves */
    strcpy(stick, "/tmp/perron-stick-XXXXXX");
    assert_non_null(mkdtemp(stick));
    struct place_served served = place_serve(place, stick);
    struct page *page = (struct page *)stage_page(station_stage(served.station));
    page->staff = by; /* where nobody is, an open stick is let go */
    for (int i = 0; i < 6000 && page->load->stand != LOAD_THERE; i++)
        assert_int_equal(station_step(served.station, 5), RC_OK);
    place_ask(&served, out, by);
    wait_for_end(&served);
    place_close_served(&served);
}

static void forget_stick(const char *stick)
{
    char command[80];
    snprintf(command, sizeof command, "rm -r %s", stick);
    assert_int_equal(system(command), 0);
}

static void an_export_has_only_their_people_whatever_is_asked(void **state)
{
    char stick[40];
    take_out(*state, "1007", stick, ASK_EXPORT);
    assert_true(has_on_stick(stick, "people.csv", "Delacroix"));
    assert_true(has_on_stick(stick, "people.csv", "Anneleen"));
    assert_false(has_on_stick(stick, "people.csv", "Mehmet"));
    assert_false(has_on_stick(stick, "people.csv", "Okonkwo"));
    assert_true(has_on_stick(stick, "visits.csv", "Delacroix"));
    assert_false(has_on_stick(stick, "*", "Mehmet"));
    forget_stick(stick);
    take_out(*state, "1007", stick, ASK_PRINT);
    assert_false(has_on_stick(stick, "*", "."));
    forget_stick(stick);
    take_out(*state, "1001", stick, ASK_PRINT); /* the control, and of the tables */
    assert_true(has_on_stick(stick, "roll-call*", "."));
    forget_stick(stick);
    take_out(*state, "1001", stick, ASK_EXPORT);
    assert_true(has_on_stick(stick, "people.csv", "Mehmet"));
    assert_true(has_on_stick(stick, "people.csv", "Delacroix"));
    forget_stick(stick);
    take_out(*state, "1002", stick, ASK_EXPORT); /* and who has no right to it */
    assert_false(has_on_stick(stick, "*", "."));
    forget_stick(stick);
}

static int64_t facts(struct place *place)
{
    struct place_register opened = place_open(place);
    int64_t count;
    assert_int_equal(db_number(journal_db(opened.journal), &count,
                               "SELECT count(*) FROM fact WHERE kind NOT IN (1, 2, 3)"),
                     RC_OK);
    place_close(&opened);
    return count;
}

static struct fact_id visit_of(struct place *place, struct fact_id person)
{
    struct place_register opened = place_open(place);
    struct visit visit;
    assert_int_equal(lookup_last_visit(journal_db(opened.journal), person, &visit), RC_OK);
    place_close(&opened);
    return visit.id;
}

static struct fact_id occasion_called(struct place *place, const char *title)
{
    struct place_register opened = place_open(place);
    struct sqlite3_stmt *rows = NULL;
    assert_int_equal(db_query_row(journal_db(opened.journal), &rows,
                                  "SELECT station, seq FROM occasion WHERE title=?", "t", title),
                     RC_OK);
    struct fact_id id = db_column_id(rows, 0);
    db_done(rows);
    place_close(&opened);
    return id;
}

/* How many facts each of them, asked by that person, adds; those that add some are counted. */
static int count_done(struct place *place, struct fact_id by, const struct ask *asks, size_t count)
{
    int done = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t before = facts(place);
        struct place_served served = place_serve(place, NULL);
        place_ask(&served, asks[i], by);
        place_close_served(&served);
        done += facts(place) > before;
    }
    return done;
}

static void nothing_is_done_to_who_and_what_is_not_theirs(void **state)
{
    struct place *place = *state;
    const struct fact_id mehmet = place_find(place, "1006"), zoe = place_find(place, "1002");
    const struct fact_id anneleen = place_find(place, "1007"), ada = place_find(place, "1001");
    const struct fact_id visit = visit_of(place, mehmet), rayons = occasion_called(place, "Rayons");
    const struct ask asks[] = {
        /* theirs by the person that is named, and not by the visit that is meant */
        {.kind = ASK_VOID, .person = zoe, .fact = visit, .text = "x"},
        {.kind = ASK_CORRECT,
         .person = zoe,
         .fact = visit,
         .text = "x",
         .to_ms = PLACE_NOON_MS + 1},
        {.kind = ASK_CALL_OFF, .fact = rayons},
        {.kind = ASK_OCCASION, .text = "drink"},
        {.kind = ASK_NEW_CODE, .person = mehmet},
        {.kind = ASK_SETTING, .text = "volume", .number = {10, 0}},
        {.kind = ASK_PAUSE, .person = mehmet, .number = {1, 0}},
        {.kind = ASK_ENTER, .person = mehmet},
        {.kind = ASK_LOSE, .person = mehmet},
        {.kind = ASK_ERASE, .person = zoe},
    };
    const size_t count = sizeof asks / sizeof asks[0];
    assert_int_equal(count_done(place, anneleen, asks, count), 0);
    /* the control; what was struck out is not corrected, and in the house nobody is forgotten */
    assert_int_equal(count_done(place, ada, asks, count), count - 1);
}

/* What a page that had asked so would be told. */
static const struct told *told_of(struct place_served *served, struct ask ask, struct fact_id by)
{
    struct page *page = (struct page *)stage_page(station_stage(served->station));
    page->scene = &scene_health; /* one that goes on by nothing it is told */
    page->person = ask.person;
    page->asked = (struct page_asked){ask.kind, ask.fact, ask.number[0]};
    page->told = (struct told){.ask = ASK_NOTHING};
    place_ask(served, ask, by);
    assert_int_equal(page->told.ask, ask.kind);
    return &page->told;
}

static void no_list_tells_of_who_and_what_is_not_theirs(void **state)
{
    struct place *place = *state;
    const struct fact_id mehmet = place_find(place, "1006"), zoe = place_find(place, "1002");
    const struct fact_id anneleen = place_find(place, "1007"), ada = place_find(place, "1001");
    const struct fact_id rayons = occasion_called(place, "Rayons");
    const struct fact_id caisse = occasion_called(place, "Caisse");
    const struct {
        struct ask theirs, beyond;
    } asks[] = {
        {{.kind = ASK_VISITS, .person = zoe}, {.kind = ASK_VISITS, .person = mehmet}},
        {{.kind = ASK_BADGES, .person = zoe}, {.kind = ASK_BADGES, .person = mehmet}},
        {{.kind = ASK_PLANNED, .fact = caisse}, {.kind = ASK_PLANNED, .fact = rayons}},
        {{.kind = ASK_LEFT, .fact = caisse}, {.kind = ASK_LEFT, .fact = rayons}},
    };
    struct place_served served = place_serve(place, NULL);
    for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++) {
        assert_int_equal(told_of(&served, asks[i].theirs, anneleen)->how, TOLD_YES);
        assert_int_equal(told_of(&served, asks[i].beyond, ada)->how, TOLD_YES);
        const struct told *told = told_of(&served, asks[i].beyond, anneleen);
        assert_int_equal(told->how, TOLD_NO);
        assert_int_equal(told->count, 0);
        assert_non_null(strstr(told->why, "your organisation's"));
    }
    place_close_served(&served);
}

static int total(struct place_served *served, enum ask_total what, struct fact_id by)
{
    return told_of(served, (struct ask){.kind = ASK_TOTALS}, by)->rows[what].number[0];
}

static void sums_are_of_their_own(void **state)
{
    struct place *place = *state;
    const struct fact_id anneleen = place_find(place, "1007"), ada = place_find(place, "1001");
    struct place_served served = place_serve(place, NULL);
    assert_int_equal(total(&served, ASK_TOTAL_VISITS, anneleen), 1);
    assert_int_equal(total(&served, ASK_TOTAL_VISITS, ada), 2);
    place_close_served(&served);
}

static void what_they_add_to_the_calendar_is_theirs(void **state)
{
    struct place *place = *state;
    const struct fact_id anneleen = place_find(place, "1007"), ada = place_find(place, "1001");
    const struct ask add = {.kind = ASK_ADD,
                            .text = "Pain",
                            .number = {OCCASION_WORKSHOP, 0},
                            .at_ms = PLACE_NOON_MS + 48 * HOUR_MS,
                            .to_ms = PLACE_NOON_MS + 50 * HOUR_MS};
    struct ask of_all = add;
    strcpy(of_all.text, "Réunion");
    struct place_served served = place_serve(place, NULL);
    place_ask(&served, add, anneleen);
    place_ask(&served, of_all, ada);
    place_close_served(&served);
    struct place_register opened = place_open(place);
    struct occasion occasion;
    struct fact_id grocer;
    assert_int_equal(lookup_organisation(journal_db(opened.journal), "Épicerie", &grocer), RC_OK);
    place_close(&opened);
    const struct fact_id theirs = occasion_called(place, "Pain");
    const struct fact_id houses = occasion_called(place, "Réunion");
    opened = place_open(place);
    assert_int_equal(lookup_occasion(journal_db(opened.journal), theirs, &occasion), RC_OK);
    assert_true(fact_id_is_same(occasion.organisation, grocer));
    assert_int_equal(lookup_occasion(journal_db(opened.journal), houses, &occasion), RC_OK);
    assert_true(fact_id_is_none(occasion.organisation));
    place_close(&opened);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, share, place_remove_copy)

int main(void)
{
    struct CMUnitTest tests[] = {
        TEST(the_menu_has_what_an_organisation_may),
        TEST(people_are_found_who_are_theirs),
        TEST(the_calendar_has_what_is_theirs),
        TEST(they_vouch_at_the_door_for_their_own),
        TEST(the_roll_call_has_everybody_who_would_have_to_get_out),
        TEST(the_stick_takes_out_their_tables_and_nothing_of_everybodys),
        TEST(an_export_has_only_their_people_whatever_is_asked),
        TEST(no_list_tells_of_who_and_what_is_not_theirs),
        TEST(sums_are_of_their_own),
        TEST(what_they_add_to_the_calendar_is_theirs),
        TEST(nothing_is_done_to_who_and_what_is_not_theirs),
    };
    if (hash_init())
        return 1;
    return cmocka_run_group_tests(tests, place_make, place_remove);
}
