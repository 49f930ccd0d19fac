#include "app/store/office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/store/lookup.h"
#include "tests/support/house.h"

#define SPARE "uid:04111111111111"
#define SPARE_2 "uid:04222222222222"
#define PHONE "uid:08A1B2C3"
#define ADA(house) ((house)->people[HOUSE_IS_ADA])
#define BILAL(house) ((house)->people[HOUSE_IS_BILAL])
#define CHLOE(house) ((house)->people[HOUSE_IS_CHLOE])

/* Chloé is staff and does what the tests do. */
static int set_up(void **state)
{
    struct house *house = house_open();
    house_record(house, FACT_ROLE_SET, CHLOE(house), json_pack("{s:s}", "role", "staff"));
    *state = house;
    return 0;
}

static int tear_down(void **state)
{
    house_close(*state);
    return 0;
}

static struct office desk(const struct house *house)
{
    return (struct office){.by = CHLOE(house), .now = house_now(house)};
}

static struct office_badge gift(struct fact_id person, const char *text)
{
    struct office_badge badge = {.person = person};
    assert_int_equal(badge_from_reader(text, &badge.badge), RC_OK);
    return badge;
}

static enum rc give(struct house *house, const struct office_badge *badge)
{
    struct office office = desk(house);
    return office_give_badge(house->journal, &office, badge, &house->reason);
}

static enum rc give_plain(struct house *house, struct fact_id person, const char *text)
{
    struct office_badge badge = gift(person, text);
    return give(house, &badge);
}

static enum rc lend(struct house *house, struct fact_id person, const char *text, int64_t until_ms)
{
    struct office_badge badge = gift(person, text);
    badge.is_lent = true;
    badge.until_ms = until_ms;
    return give(house, &badge);
}

static enum rc withdraw(struct house *house, struct fact_id person, const char *text,
                        enum office_why why)
{
    struct office office = desk(house);
    struct badge badge;
    assert_int_equal(badge_from_reader(text, &badge), RC_OK);
    struct badge_hash hash = badge_hash(&badge, journal_key(house->journal));
    return office_withdraw(house->journal, &office, person, &hash, why, &house->reason);
}

static enum rc withdraw_all(struct house *house, struct fact_id person)
{
    struct office office = desk(house);
    return office_withdraw(house->journal, &office, person, NULL, OFFICE_LOST, &house->reason);
}

static enum rc replace(struct house *house, struct fact_id person, const char *text)
{
    struct office office = desk(house);
    struct office_badge badge = gift(person, text);
    return office_replace_badge(house->journal, &office, &badge, &house->reason);
}

static enum rc set_role(struct house *house, struct fact_id person, enum role role)
{
    struct office office = desk(house);
    return office_set_role(house->journal, &office, person, role, &house->reason);
}

static enum rc correct(struct house *house, const struct office_correction *correction)
{
    struct office office = desk(house);
    struct fact_id fact;
    return office_correct(house->journal, &office, correction, &fact, &house->reason);
}

static enum rc record(struct house *house, struct fact_id person, enum answer_kind answer)
{
    struct office office = desk(house);
    struct fact_id fact;
    return office_record(house->journal, &office, person, answer, &fact, &house->reason);
}

static enum rc set(struct house *house, const char *name, const char *value)
{
    struct office office = desk(house);
    return office_set(house->journal, &office, name, value, 0, &house->reason);
}

static void assert_refused(struct house *house, enum rc rc, const char *sentence)
{
    assert_int_equal(rc, RC_REFUSED);
    if (!strstr(house->reason.text, sentence))
        fail_msg("said: %s", house->reason.text);
}

static int64_t facts(struct house *house)
{
    return house_number(house, "SELECT count(*) FROM fact");
}

/* --- badges --- */

static void a_badge_given_opens_at_once_and_says_who_gave_it(void **state)
{
    struct house *house = *state;
    char sql[200];
    assert_int_equal(give_plain(house, ADA(house), SPARE), RC_OK);
    assert_int_equal(house_tap(house, SPARE).kind, ANSWER_ARRIVAL);
    snprintf(sql, sizeof sql,
             "SELECT json_extract(CAST(body AS TEXT), '$.by[1]') FROM fact WHERE kind=%d"
             " ORDER BY seq DESC LIMIT 1",
             FACT_BADGE_GIVEN);
    assert_int_equal(house_number(house, sql), CHLOE(house).seq);
    assert_true(house_holds(house));
}

static void a_phone_is_refused_with_a_sentence(void **state)
{
    struct house *house = *state;
    int64_t before = facts(house);
    assert_refused(house, give_plain(house, ADA(house), PHONE), "phone");
    assert_int_equal(facts(house), before);
}

static void a_badge_that_is_somebodys_is_refused_in_whatever_writing(void **state)
{
    struct house *house = *state;
    char decimal[32];
    snprintf(decimal, sizeof decimal, "num:%010u", 0xFDE6F1C2u); /* Bilal's, as a wedge types it */
    assert_refused(house, give_plain(house, ADA(house), HOUSE_BILAL), "somebody else's");
    assert_refused(house, give_plain(house, ADA(house), decimal), "somebody else's");
    assert_refused(house, give_plain(house, ADA(house), HOUSE_ADA), "theirs already");
}

static void a_badge_for_nobody_is_not_found(void **state)
{
    struct house *house = *state;
    assert_int_equal(give_plain(house, (struct fact_id){1, 1}, SPARE), RC_NOT_FOUND);
    assert_non_null(strstr(house->reason.text, "not in the register"));
}

static void a_lost_badge_opens_nothing_and_is_not_given_again(void **state)
{
    struct house *house = *state;
    assert_int_equal(withdraw(house, ADA(house), HOUSE_ADA, OFFICE_LOST), RC_OK);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_WITHDRAWN);
    assert_refused(house, give_plain(house, BILAL(house), HOUSE_ADA), "lost or replaced");
    assert_int_equal(withdraw(house, ADA(house), HOUSE_ADA, OFFICE_LOST), RC_NOT_FOUND);
}

static void a_badge_that_came_back_can_be_given_again(void **state)
{
    struct house *house = *state;
    assert_int_equal(withdraw(house, ADA(house), HOUSE_ADA, OFFICE_RETURNED), RC_OK);
    assert_int_equal(give_plain(house, BILAL(house), HOUSE_ADA), RC_OK);
    assert_string_equal(house_tap(house, HOUSE_ADA).first_name, "Bilal");
    assert_true(house_holds(house));
}

static void a_lent_badge_passes_on_when_its_borrower_is_out(void **state)
{
    struct house *house = *state;
    assert_int_equal(lend(house, ADA(house), SPARE, 0), RC_OK);
    assert_string_equal(house_tap(house, SPARE).first_name, "Ada");
    assert_refused(house, lend(house, BILAL(house), SPARE, 0), "still in the house");
    house_wait(house, HOUSE_HOUR_MS);
    assert_true(house_tap(house, SPARE).is_badge_lent);
    assert_int_equal(lend(house, BILAL(house), SPARE, 0), RC_OK);
    assert_string_equal(house_tap(house, SPARE).first_name, "Bilal");
    assert_int_equal(house_number(house, "SELECT count(*) FROM badge WHERE is_lent"
                                         " AND NOT is_withdrawn"),
                     1);
    assert_true(house_holds(house));
}

static void a_lent_badge_whose_time_is_over_passes_on_although_its_borrower_is_in(void **state)
{
    struct house *house = *state;
    int64_t until_ms = house_now(house).wall_ms + HOUSE_HOUR_MS;
    assert_int_equal(lend(house, ADA(house), SPARE, until_ms), RC_OK);
    house_tap(house, SPARE);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, SPARE).kind, ANSWER_WITHDRAWN);
    assert_int_equal(lend(house, BILAL(house), SPARE, 0), RC_OK);
    assert_int_equal(house_tap(house, SPARE).kind, ANSWER_ARRIVAL);
}

static void a_lent_badge_can_be_lent_to_the_same_person_for_longer(void **state)
{
    struct house *house = *state;
    int64_t now_ms = house_now(house).wall_ms;
    assert_int_equal(lend(house, ADA(house), SPARE, now_ms + HOUSE_HOUR_MS), RC_OK);
    house_tap(house, SPARE);
    assert_int_equal(lend(house, ADA(house), SPARE, now_ms + 9 * HOUSE_HOUR_MS), RC_OK);
    house_wait(house, 5 * HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, SPARE).kind, ANSWER_DEPARTURE);
}

static void all_badges_of_a_person_are_withdrawn_at_once(void **state)
{
    struct house *house = *state;
    assert_int_equal(give_plain(house, ADA(house), SPARE), RC_OK);
    assert_int_equal(lend(house, ADA(house), SPARE_2, 0), RC_OK);
    assert_int_equal(withdraw_all(house, ADA(house)), RC_OK);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_WITHDRAWN);
    assert_int_equal(house_tap(house, SPARE).kind, ANSWER_WITHDRAWN);
    assert_int_equal(house_tap(house, SPARE_2).kind, ANSWER_WITHDRAWN);
    assert_int_equal(house_tap(house, HOUSE_BILAL).kind, ANSWER_ARRIVAL);
}

static void replacing_withdraws_what_is_for_good_and_leaves_what_is_lent(void **state)
{
    struct house *house = *state;
    assert_int_equal(lend(house, ADA(house), SPARE_2, 0), RC_OK);
    assert_int_equal(replace(house, ADA(house), SPARE), RC_OK);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_WITHDRAWN);
    assert_int_equal(house_tap(house, SPARE).kind, ANSWER_ARRIVAL);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, SPARE_2).kind, ANSWER_DEPARTURE);
    assert_true(house_holds(house));
}

static void replacing_by_a_badge_that_cannot_be_given_changes_nothing(void **state)
{
    struct house *house = *state;
    int64_t before = facts(house);
    assert_refused(house, replace(house, ADA(house), HOUSE_BILAL), "somebody else's");
    assert_refused(house, replace(house, ADA(house), HOUSE_ADA), "theirs already");
    assert_refused(house, replace(house, ADA(house), PHONE), "phone");
    assert_int_equal(facts(house), before);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ARRIVAL);
}

static void a_person_has_room_for_many_badges_and_a_sentence_for_too_many(void **state)
{
    struct house *house = *state;
    char text[32];
    for (int i = 1; i < FOLD_BADGES_MAX; i++) {
        snprintf(text, sizeof text, "uid:04%012X", i);
        assert_int_equal(give_plain(house, ADA(house), text), RC_OK);
    }
    assert_refused(house, give_plain(house, ADA(house), SPARE), "too many badges");
    assert_int_equal(withdraw(house, ADA(house), "uid:04000000000001", OFFICE_LOST), RC_OK);
    assert_int_equal(give_plain(house, ADA(house), SPARE),
                     RC_OK); /* in the place of the lost one */
    assert_int_equal(house_tap(house, SPARE).kind, ANSWER_ARRIVAL);
    assert_true(house_holds(house));
}

/* --- rights and roles --- */

static void who_has_no_right_changes_nothing(void **state)
{
    struct house *house = *state;
    int64_t before = facts(house);
    struct office office = {.by = BILAL(house), .now = house_now(house)};
    struct office_badge badge = gift(ADA(house), SPARE);
    struct fact_id fact;
    assert_refused(house, office_give_badge(house->journal, &office, &badge, &house->reason),
                   "does not open this");
    assert_refused(
        house, office_set_role(house->journal, &office, BILAL(house), ROLE_STAFF, &house->reason),
        "does not open this");
    assert_refused(house,
                   office_add_person(house->journal, &office, "Eve", "", &fact, &house->reason),
                   "does not open this");
    assert_refused(house, office_set(house->journal, &office, "volume", "9", 0, &house->reason),
                   "does not open this");
    assert_int_equal(facts(house), before);
}

static void a_host_notes_somebody_from_paper_and_no_more(void **state)
{
    struct house *house = *state;
    struct office office = {.by = BILAL(house), .now = house_now(house)};
    struct fact_id person, fact;
    assert_int_equal(set_role(house, BILAL(house), ROLE_HOST), RC_OK);
    assert_int_equal(
        office_add_person(house->journal, &office, " Fatou ", "Ndiaye", &person, &house->reason),
        RC_OK);
    assert_int_equal(
        office_record(house->journal, &office, person, ANSWER_ARRIVAL, &fact, &house->reason),
        RC_OK);
    assert_int_equal(house_number(house, "SELECT how_in FROM visit"), PRESENCE_STAFF);
    assert_refused(house, office_set(house->journal, &office, "volume", "9", 0, &house->reason),
                   "does not open this");
    assert_true(house_holds(house));
}

static void the_last_member_of_staff_stays_staff(void **state)
{
    struct house *house = *state;
    assert_refused(house, set_role(house, CHLOE(house), ROLE_NONE), "last member of staff");
    assert_refused(house, set_role(house, CHLOE(house), ROLE_HOST), "last member of staff");
    assert_int_equal(set_role(house, CHLOE(house), ROLE_STAFF), RC_OK);
    assert_int_equal(set_role(house, ADA(house), ROLE_STAFF), RC_OK);
    assert_int_equal(set_role(house, ADA(house), ROLE_REFERENT), RC_OK);
    assert_int_equal(set_role(house, ADA(house), ROLE_STAFF), RC_OK);
    assert_int_equal(set_role(house, CHLOE(house), ROLE_NONE), RC_OK);
    assert_refused(house, set_role(house, ADA(house), ROLE_NONE), "does not open this");
    assert_true(house_holds(house));
}

static void a_name_must_be_one(void **state)
{
    struct house *house = *state;
    struct office office = desk(house);
    struct fact_id person;
    char long_name[200];
    memset(long_name, 'a', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = 0;
    assert_refused(
        house, office_add_person(house->journal, &office, "  ", "Dupont", &person, &house->reason),
        "first name is needed");
    assert_refused(
        house,
        office_add_person(house->journal, &office, "Ada", long_name, &person, &house->reason),
        "too long");
}

/* --- arrivals and departures --- */

static void staff_note_an_arrival_and_a_departure_once(void **state)
{
    struct house *house = *state;
    assert_refused(house, record(house, ADA(house), ANSWER_DEPARTURE), "not in the house");
    assert_int_equal(record(house, ADA(house), ANSWER_ARRIVAL), RC_OK);
    assert_refused(house, record(house, ADA(house), ANSWER_ARRIVAL), "in the house already");
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(record(house, ADA(house), ANSWER_DEPARTURE), RC_OK);
    assert_int_equal(house_number(house, "SELECT how_out FROM visit"), PRESENCE_STAFF);
    house_wait(house, HOUSE_HOUR_MS);
    assert_int_equal(house_tap(house, HOUSE_ADA).kind, ANSWER_ARRIVAL);
    assert_true(house_holds(house));
}

static void a_visit_whose_day_is_over_is_corrected_and_not_ended_now(void **state)
{
    struct house *house = *state;
    house_tap(house, HOUSE_ADA);
    house_wait(house, 20 * HOUSE_HOUR_MS);
    assert_refused(house, record(house, ADA(house), ANSWER_DEPARTURE), "Correct its end");
    assert_int_equal(record(house, ADA(house), ANSWER_ARRIVAL), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit WHERE how_out=4"), 1);
    assert_true(house_holds(house));
}

/* --- corrections --- */

/* Ada was there from 14:00 to 16:00; it is 17:00. */
static struct fact_id a_visit(struct house *house)
{
    struct fact_id visit = house_tap(house, HOUSE_ADA).fact;
    house_wait(house, 2 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    house_wait(house, HOUSE_HOUR_MS);
    return visit;
}

static void a_correction_moves_the_times_and_the_hours(void **state)
{
    struct house *house = *state;
    struct office_correction correction = {.visit = a_visit(house), .reason = "as told on paper"};
    int64_t arrived_ms = house_number(house, "SELECT arrived_ms FROM visit");
    correction.arrived_ms = arrived_ms - HOUSE_HOUR_MS;
    correction.left_ms = arrived_ms + HOUSE_HOUR_MS;
    assert_int_equal(correct(house, &correction), RC_OK);
    assert_int_equal(house_number(house, "SELECT left_ms-arrived_ms FROM visit"),
                     2 * HOUSE_HOUR_MS);
    assert_int_equal(house_number(house, "SELECT how_in=5 AND how_out=5 FROM visit"), 1);
    assert_refused(house, correct(house, &correction), "Nothing would change");
    correction.left_ms -= HOUSE_MINUTE_MS;
    assert_int_equal(correct(house, &correction), RC_OK);
    assert_true(house_holds(house));
}

static void a_correction_leaves_the_side_alone_that_it_does_not_change(void **state)
{
    struct house *house = *state;
    struct office_correction correction = {.visit = a_visit(house), .reason = "left earlier"};
    correction.arrived_ms = house_number(house, "SELECT arrived_ms FROM visit");
    correction.left_ms = correction.arrived_ms + HOUSE_HOUR_MS;
    assert_int_equal(correct(house, &correction), RC_OK);
    assert_int_equal(house_number(house, "SELECT how_in FROM visit"), PRESENCE_TAP);
    assert_int_equal(house_number(house, "SELECT how_out FROM visit"), PRESENCE_CORRECTED);
}

static void a_correction_needs_a_reason_of_some_words(void **state)
{
    struct house *house = *state;
    char long_reason[300];
    struct office_correction correction = {.visit = a_visit(house), .is_void = true, .reason = " "};
    memset(long_reason, 'a', sizeof long_reason - 1);
    long_reason[OFFICE_REASON_BYTES + 1] = 0;
    assert_refused(house, correct(house, &correction), "needs a reason");
    correction.reason = long_reason;
    assert_refused(house, correct(house, &correction), "too long");
    long_reason[OFFICE_REASON_BYTES] = 0;
    assert_int_equal(correct(house, &correction), RC_OK);
}

static void times_that_cannot_be_are_refused_with_a_sentence(void **state)
{
    struct house *house = *state;
    struct fact_id visit = a_visit(house);
    int64_t now_ms = house_now(house).wall_ms;
    int64_t arrived_ms = house_number(house, "SELECT arrived_ms FROM visit");
    const struct {
        int64_t arrived_ms, left_ms;
        const char *sentence;
    } rows[] = {
        {0, arrived_ms, "before it begins"},
        {0, arrived_ms - 1, "before it begins"},
        {now_ms - HOUSE_MINUTE_MS, 0, "before it begins"},
        {0, now_ms + 1, "still to come"},
        {now_ms + 1, now_ms + 2, "still to come"},
        {arrived_ms - PRESENCE_VISIT_MAX_MS, 0, "seven days"},
    };
    int64_t before = facts(house);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct office_correction correction = {visit, rows[i].arrived_ms, rows[i].left_ms, false,
                                               "because"};
        assert_refused(house, correct(house, &correction), rows[i].sentence);
    }
    assert_int_equal(facts(house), before);
}

static void a_clock_that_nobody_vouches_for_knows_no_future(void **state)
{
    struct house *house = *state;
    struct fact_id visit = a_visit(house);
    struct office_correction correction = {.visit = visit, .reason = "the clock was wrong"};
    correction.left_ms = house_now(house).wall_ms + 24 * HOUSE_HOUR_MS;
    house_reboot(house, 0, CLOCK_UNSET);
    assert_int_equal(correct(house, &correction), RC_OK);
    assert_true(house_holds(house));
}

static void a_correction_does_not_reach_into_another_visit(void **state)
{
    struct house *house = *state;
    a_visit(house);
    struct fact_id second = house_tap(house, HOUSE_ADA).fact;
    house_wait(house, HOUSE_HOUR_MS);
    struct office_correction correction = {.visit = second, .reason = "came earlier"};
    correction.arrived_ms = house_now(house).wall_ms - 3 * HOUSE_HOUR_MS; /* 15:00 */
    assert_refused(house, correct(house, &correction), "another visit");
    correction.arrived_ms += HOUSE_HOUR_MS;
    assert_int_equal(correct(house, &correction), RC_OK);
    assert_true(house_holds(house));
}

static void an_assumed_end_can_be_confirmed(void **state)
{
    struct house *house = *state;
    struct fact_id visit = house_tap(house, HOUSE_ADA).fact;
    house_wait(house, 20 * HOUSE_HOUR_MS);
    house_tap(house, HOUSE_ADA);
    struct office_correction correction = {.visit = visit, .reason = "it was a long night"};
    correction.left_ms = house_number(house, "SELECT left_ms FROM visit WHERE how_out=4");
    assert_int_equal(correct(house, &correction), RC_OK);
    assert_int_equal(house_number(house, "SELECT how_out FROM visit ORDER BY seq LIMIT 1"),
                     PRESENCE_CORRECTED);
    assert_true(house_holds(house));
}

static void a_void_visit_is_gone_and_can_come_back(void **state)
{
    struct house *house = *state;
    struct office office = desk(house);
    struct clock_reading now = house_now(house);
    struct office_correction correction = {
        .visit = a_visit(house), .is_void = true, .reason = "somebody else's badge"};
    struct fact_id fact, undo;
    office.now = house_now(house);
    assert_int_equal(office_correct(house->journal, &office, &correction, &fact, &house->reason),
                     RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 0);
    assert_int_equal(correct(house, &correction), RC_NOT_FOUND);
    now = house_now(house);
    assert_int_equal(door_undo(house->journal, FACT_UNDO, ADA(house), fact, &now, &undo), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM visit"), 1);
    assert_true(house_holds(house));
}

/* --- settings --- */

static void the_latest_setting_counts(void **state)
{
    struct house *house = *state;
    assert_int_equal(set(house, "occasion", "drinks"), RC_OK);
    assert_int_equal(set(house, "volume", "7"), RC_OK);
    assert_int_equal(set(house, "occasion", "agora"), RC_OK);
    assert_int_equal(house_number(house, "SELECT count(*) FROM setting"), 2);
    assert_int_equal(house_number(house, "SELECT value='agora' FROM setting WHERE name='occasion'"),
                     1);
    assert_true(house_holds(house));
}

static void a_setting_has_a_name_and_one_line(void **state)
{
    static const char *const names[] = {"",        "Volume", "volume!",
                                        "vol ume", "v0lume", "abcdefghijklmnopqrstuvwxyz_abcdef"};
    struct house *house = *state;
    char value[OFFICE_SETTING_VALUE_BYTES + 2];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_refused(house, set(house, names[i], "7"), "no such setting");
    memset(value, 'a', sizeof value - 1);
    value[sizeof value - 1] = 0;
    assert_refused(house, set(house, "volume", value), "one line");
    value[sizeof value - 2] = 0;
    assert_int_equal(set(house, "volume", value), RC_OK);
    assert_refused(house, set(house, "volume", "a\nb"), "one line");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_badge_given_opens_at_once_and_says_who_gave_it),
        TEST(a_phone_is_refused_with_a_sentence),
        TEST(a_badge_that_is_somebodys_is_refused_in_whatever_writing),
        TEST(a_badge_for_nobody_is_not_found),
        TEST(a_lost_badge_opens_nothing_and_is_not_given_again),
        TEST(a_badge_that_came_back_can_be_given_again),
        TEST(a_lent_badge_passes_on_when_its_borrower_is_out),
        TEST(a_lent_badge_whose_time_is_over_passes_on_although_its_borrower_is_in),
        TEST(a_lent_badge_can_be_lent_to_the_same_person_for_longer),
        TEST(all_badges_of_a_person_are_withdrawn_at_once),
        TEST(replacing_withdraws_what_is_for_good_and_leaves_what_is_lent),
        TEST(replacing_by_a_badge_that_cannot_be_given_changes_nothing),
        TEST(a_person_has_room_for_many_badges_and_a_sentence_for_too_many),
        TEST(who_has_no_right_changes_nothing),
        TEST(a_host_notes_somebody_from_paper_and_no_more),
        TEST(the_last_member_of_staff_stays_staff),
        TEST(a_name_must_be_one),
        TEST(staff_note_an_arrival_and_a_departure_once),
        TEST(a_visit_whose_day_is_over_is_corrected_and_not_ended_now),
        TEST(a_correction_moves_the_times_and_the_hours),
        TEST(a_correction_leaves_the_side_alone_that_it_does_not_change),
        TEST(a_correction_needs_a_reason_of_some_words),
        TEST(times_that_cannot_be_are_refused_with_a_sentence),
        TEST(a_clock_that_nobody_vouches_for_knows_no_future),
        TEST(a_correction_does_not_reach_into_another_visit),
        TEST(an_assumed_end_can_be_confirmed),
        TEST(a_void_visit_is_gone_and_can_come_back),
        TEST(the_latest_setting_counts),
        TEST(a_setting_has_a_name_and_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
