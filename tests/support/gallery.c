#include "tests/support/gallery_i.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/ui/words.h"
#include "tests/support/build.h"

#define HERE 27
#define HOUR_MS (INT64_C(3600) * 1000)

const struct gallery_name gallery_names[GALLERY_NAMES] = {
    {"Zoé", "Zoé D."},
    {"Jean-Baptiste", "Jean-Baptiste V."},
    {"Marie-Emmanuelle Clémentine", "Marie-Emmanuelle C."},
    {"Konstantinos Alexandros", "Konstantinos A."},
};

#define READ_MOST 60

void gallery_expect(bool is_true, const char *what)
{
    if (is_true)
        return;
    fprintf(stderr, "gallery: %s\n", what);
    abort();
}

/* A touch, as a finger would: on what was drawn. */
void gallery_press(struct stage *stage, const struct gallery_shot *shot, const char *name)
{
    struct ask ask;
    gallery_draw(stage, &shot->screen);
    gallery_expect(!stage_press(stage, name, GALLERY_NOW_MS, &ask), name);
}

void gallery_read(struct stage *stage, const struct gallery_shot *shot)
{
    struct ask ask;
    int turns = 0;
    do
        gallery_draw(stage, &shot->screen);
    while (turns++ < READ_MOST && !stage_press(stage, "turn", GALLERY_NOW_MS, &ask));
    gallery_expect(turns < READ_MOST, "a text has an end");
}

/* --- the list --- */

const struct gallery_row gallery_rows[] = {
    {"starting", NULL, false, false},
    {"resting", gallery_resting, false, false},
    {"resting-empty", gallery_resting_empty, false, false},
    {"resting-full", gallery_resting_full, false, false},
    {"occasion", gallery_resting_occasion, false, false},
    {"reader-resting", gallery_reader_resting, false, false},
    {"called", gallery_called, false, false},
    {"seen", gallery_seen, false, false},
    {"seen-over-a-result", gallery_seen_over_a_result, true, false},
    {"moment", gallery_moment, false, false},
    {"moment-over-a-result", gallery_moment_over_a_result, true, false},
    {"greeting", gallery_greeting, true, false},
    {"goodbye", gallery_goodbye, true, false},
    {"discreet", gallery_discreet, true, false},
    {"discreet-strip", gallery_discreet_strip, true, false},
    {"doubtful", gallery_doubtful, false, false},
    {"already-in", gallery_already_in, true, false},
    {"has-left", gallery_has_left, true, false},
    {"forgotten", gallery_forgotten, true, false},
    {"unknown", gallery_unknown, false, false},
    {"withdrawn", gallery_withdrawn, false, false},
    {"not-recorded", gallery_not_recorded, false, false},
    {"undone", gallery_undone, false, false},
    {"two", gallery_two, true, false},
    {"two-questions", gallery_two_questions, true, false},
    {"two-in-trouble", gallery_two_in_trouble, false, false},
    {"strip", gallery_strip, true, false},
    {"two-strips", gallery_two_strips, true, false},
    {"a-third-and-a-fourth", gallery_a_third_and_a_fourth, true, false},
    {"greeting-over-a-page", gallery_greeting_over_a_page, true, false},
    {"unknown-over-a-page", gallery_unknown_over_a_page, false, false},
    {"shift", gallery_shift, true, false},
    {"shift-long", gallery_shift_long, true, false},
    {"two-shifts", gallery_two_shifts, true, false},
    {"can-help", gallery_can_help, true, false},
    {"can-help-four", gallery_can_help_four, true, false},
    {"can-help-refused", gallery_can_help_refused, true, false},
    {"can-help-over-a-page", gallery_can_help_over_a_page, true, false},
    {"can-help-two", gallery_can_help_two, true, false},
    {"which", gallery_which, true, false},
    {"at-drinks", gallery_at_drinks, true, false},
    {"at-assembly", gallery_at_assembly, true, false},
    {"asks-drinks", gallery_asks_drinks, true, false},
    {"asks-drinks-two", gallery_asks_drinks_two, true, false},
    {"asks-drinks-refused", gallery_asks_drinks_refused, true, false},
    {"enjoy", gallery_enjoy, true, false},
    {"enjoy-two", gallery_enjoy_two, true, false},
    {"enjoy-strip", gallery_enjoy_strip, true, false},
    {"at-info", gallery_at_info, true, false},
    {"at-agora", gallery_at_agora, true, false},
    {"agora-two", gallery_agora_two, true, false},
    {"said", gallery_said, true, false},
    {"need", gallery_need, true, false},
    {"need-empty", gallery_need_empty, true, false},
    {"need-sure", gallery_need_sure, true, false},
    {"asks-assembly", gallery_asks_assembly, true, false},
    {"asks-basket", gallery_asks_basket, true, false},
    {"basket", gallery_basket, true, false},
    {"basket-three", gallery_basket_three, true, false},
    {"basket-hand", gallery_basket_hand, true, false},
    {"basket-paused", gallery_basket_paused, true, false},
    {"basket-paused-another", gallery_basket_paused_another, true, false},
    {"basket-fetched", gallery_basket_fetched, true, false},
    {"basket-refused", gallery_basket_refused, true, false},
    {"basket-two", gallery_basket_two, true, false},
    {"asks-baskets", gallery_asks_baskets, true, false},
    {"asks-basket-fetched", gallery_asks_basket_fetched, true, false},
    {"fetched", gallery_fetched, true, false},
    {"fetched-for", gallery_fetched_for, true, false},
    {"goodbye-of-month", gallery_goodbye_of_month, true, false},
    {"goodbye-over", gallery_goodbye_over, true, false},
    {"goodbye-private", gallery_goodbye_private, true, false},
    {"two-goodbyes", gallery_two_goodbyes, true, false},
    {"goodbye-sign-off", gallery_goodbye_sign_off, true, false},
    {"votes", gallery_votes, true, false},
    {"asks-votes", gallery_asks_votes, true, false},
    {"two-votes", gallery_two_votes, true, false},
    {"asks-part", gallery_asks_part, true, false},
    {"resting-quorum", gallery_resting_quorum, false, false},
    {"resting-colleges", gallery_resting_colleges, false, false},
    {"resting-hands", gallery_resting_hands, false, false},
    {"resting-hands-later", gallery_resting_hands_later, false, false},
    {"fault", gallery_fault, false, true},
    {"help", gallery_help, false, false},
    {"comfort", gallery_comfort, false, false},
    {"no-badge", gallery_no_badge, false, false},
    {"name", gallery_name, false, false},
    {"name-typed", gallery_name_typed, false, false},
    {"name-unknown", gallery_name_unknown, false, false},
    {"name-under-a-strip", gallery_name_under_a_strip, true, false},
    {"names", gallery_four_names, true, false},
    {"code", gallery_code, false, false},
    {"code-of-a-name", gallery_code_of_a_name, true, false},
    {"code-wrong", gallery_code_wrong, false, false},
    {"guests", gallery_guests, false, false},
    {"guest-name", gallery_guest_name, false, false},
    {"warned", gallery_warned, false, false},
    {"shifts", gallery_shifts, false, false},
    {"shifts-none", gallery_shifts_none, false, false},
    {"shift-to-come", gallery_open_shift, false, false},
    {"shift-full", gallery_shift_full, false, false},
    {"sign-up", gallery_sign_up, false, false},
    {"signed-up", gallery_signed_up, true, false},
    {"sign-up-refused", gallery_sign_up_refused, true, false},
    {"sign-off", gallery_sign_off, true, false},
    {"signed-off", gallery_signed_off, false, false},
    {"sign-off-word", gallery_sign_off_word, false, false},
    {"my-badge", gallery_my_badge, false, false},
    {"mine", gallery_mine, true, false},
    {"my-shift", gallery_my_shift, true, false},
    {"my-reason", gallery_my_reason, true, false},
    {"excused", gallery_excused, true, false},
    {"mine-given", gallery_mine_given, true, false},
    {"my-assembly", gallery_my_assembly, true, false},
    {"my-assembly-given", gallery_my_assembly_given, true, false},
    {"proxy-name", gallery_proxy_name, false, false},
    {"proxy-names", gallery_proxy_names, true, false},
    {"proxy-refused", gallery_proxy_refused, false, false},
    {"proxy-given", gallery_proxy_given, true, false},
    {"my-hours", gallery_my_hours, true, false},
    {"my-visits", gallery_my_visits, true, false},
    {"my-times", gallery_my_times, true, false},
    {"staff-badge", gallery_staff_badge, false, false},
    {"staff-pin", gallery_staff_pin, false, false},
    {"staff-pin-none", gallery_staff_pin_none, false, false},
    {"staff-pin-locked", gallery_staff_pin_locked, false, false},
    {"staff", gallery_staff, false, true},
    {"staff-referent", gallery_staff_referent, false, true},
    {"roll-call", gallery_roll_call, false, true},
    {"people", gallery_people, false, true},
    {"found", gallery_found, false, true},
    {"person", gallery_person, false, true},
    {"new-code-sure", gallery_new_code_sure, false, true},
    {"new-code", gallery_new_code, false, true},
    {"visits", gallery_visits, false, true},
    {"correct", gallery_correct, false, true},
    {"reason", gallery_reason, false, true},
    {"reason-typed", gallery_reason_typed, false, true},
    {"badges", gallery_badges, false, true},
    {"lose-sure", gallery_lose_sure, false, true},
    {"give", gallery_give, false, true},
    {"strangers", gallery_strangers, false, true},
    {"occasion", gallery_occasion, false, true},
    {"health", gallery_health, false, true},
    {"update", gallery_update, false, true},
    {"update-again", gallery_update_again, false, true},
    {"update-refused", gallery_update_refused, false, true},
    {"update-none", gallery_update_none, false, true},
    {"update-busy", gallery_update_busy, false, true},
    {"update-failed", gallery_update_failed, false, true},
    {"update-begun", gallery_update_begun, false, true},
    {"clock", gallery_clock, false, true},
    {"settings", gallery_settings, false, true},
    {"power", gallery_power, false, true},
    {"power-sure", gallery_power_sure, false, true},
    {"calendar", gallery_calendar, false, true},
    {"planned", gallery_planned, false, true},
    {"planned-needs", gallery_planned_needs, false, true},
    {"planned-vanished", gallery_planned_vanished, false, true},
    {"planned-baskets", gallery_planned_baskets, false, true},
    {"left-over", gallery_left_over, true, true},
    {"call-off-sure", gallery_call_off_sure, false, true},
    {"promised", gallery_promised, false, true},
    {"plan", gallery_plan, false, true},
    {"plan-kind", gallery_plan_kind, false, true},
    {"plan-title", gallery_plan_title, false, true},
    {"proposals", gallery_proposals, false, true},
    {"proposal", gallery_proposal, false, true},
    {"proposal-no", gallery_proposal_no, false, true},
    {"proposal-words", gallery_proposal_words, false, true},
    {"staff-waiting", gallery_staff_waiting, false, true},
    {"newcomers", gallery_newcomers, false, true},
    {"newcomers-none", gallery_newcomers_none, false, true},
    {"balances", gallery_balances, false, true},
    {"totals", gallery_totals, false, true},
    {"stick-banner", gallery_stick_banner, false, false},
    {"stick-banner-busy", gallery_stick_banner_busy, false, false},
    {"stick-banner-loose", gallery_stick_banner_loose, false, false},
    {"stick-banner-cut", gallery_stick_banner_cut, false, false},
    {"stick-banner-quorum", gallery_stick_banner_quorum, false, false},
    {"stick-banner-strip", gallery_stick_banner_strip, true, false},
    {"stick-banner-page", gallery_stick_banner_page, false, false},
    {"stick-banner-typing", gallery_stick_banner_typing, false, false},
    {"stick-banner-staff", gallery_stick_banner_staff, false, true},
    {"card-reads", gallery_card_reads, false, false},
    {"card-mistake", gallery_card_mistake, false, false},
    {"card-long", gallery_card_long, false, false},
    {"card-quorum", gallery_card_quorum, false, false},
    {"card-strip", gallery_card_strip, true, false},
    {"mistakes", gallery_mistakes, false, false},
    {"card-staff", gallery_card_staff, false, true},
    {"card", gallery_card, false, true},
    {"stick", gallery_stick, false, true},
    {"stick-blank", gallery_stick_blank, false, true},
    {"stick-foreign", gallery_stick_foreign, false, true},
    {"stick-several", gallery_stick_several, false, true},
    {"stick-empty", gallery_stick_empty, false, true},
    {"stick-damaged", gallery_stick_damaged, false, true},
    {"stick-not-allowed", gallery_stick_not_allowed, false, true},
    {"stick-types", gallery_stick_types, false, true},
    {"stick-opening", gallery_stick_opening, false, true},
    {"stick-open", gallery_stick_open, false, true},
    {"stick-open-lists", gallery_stick_open_lists, false, true},
    {"stick-open-update", gallery_stick_open_update, false, true},
    {"stick-read-only", gallery_stick_read_only, false, true},
    {"stick-loose", gallery_stick_loose, false, true},
    {"stick-out", gallery_stick_out, false, true},
    {"stick-out-first", gallery_stick_out_first, false, true},
    {"stick-carry", gallery_stick_carry, false, true},
    {"stick-closing", gallery_stick_closing, false, true},
    {"stick-done", gallery_stick_done, false, true},
    {"stick-named", gallery_stick_named, false, true},
    {"stick-left-out", gallery_stick_left_out, false, true},
    {"stick-nothing-new", gallery_stick_nothing_new, false, true},
    {"stick-cut", gallery_stick_cut, false, true},
    {"stick-failed", gallery_stick_failed, false, true},
    {"stick-stopped", gallery_stick_stopped, false, true},
    {"stick-failed-register", gallery_stick_failed_register, false, true},
    {"stick-printed", gallery_stick_printed, false, true},
    {"roll-call-stick", gallery_roll_call_stick, false, true},
    {"stick-in", gallery_stick_in, false, true},
    {"stick-preview", gallery_stick_preview, false, true},
    {"stick-preview-refused", gallery_stick_preview_refused, false, true},
    {"stick-taken", gallery_stick_taken, false, true},
    {"forget-sure", gallery_forget_sure, false, true},
    {"forget-done", gallery_forget_done, false, true},
    {"own-data", gallery_own_data, false, true},
    {"own-data-no-stick", gallery_own_data_no_stick, false, true},
    {"own-data-done", gallery_own_data_done, false, true},
    {"circles", gallery_circles, false, false},
    {"rest", gallery_rest, false, false},
    {"rest-back", gallery_rest_back, false, false},
    {"first-visit", gallery_first_visit, false, false},
    {"help-me", gallery_help_me, false, false},
    {"help-me-called", gallery_help_me_called, false, false},
    {"several", gallery_several, false, false},
    {"codes-half", gallery_codes_half, false, false},
    {"codes", gallery_codes, false, false},
    {"resume", gallery_resume, false, false},
    {"resume-wrong", gallery_resume_wrong, false, false},
    {"resume-locked", gallery_resume_locked, false, false},
    {"hello", gallery_hello, false, false},
    {"hello-last", gallery_hello_last, false, false},
    {"who", gallery_who, false, false},
    {"who-typed", gallery_who_typed, true, false},
    {"who-nameless", gallery_who_nameless, false, false},
    {"who-code", gallery_who_code, true, false},
    {"who-last", gallery_who_last, false, false},
    {"who-reach", gallery_who_reach, false, false},
    {"way-warned", gallery_way_warned, false, false},
    {"way-under-a-strip", gallery_way_under_a_strip, true, false},
    {"resting-newcomer", gallery_resting_newcomer, false, false},
    {"resting-newcomer-empty", gallery_resting_newcomer_empty, false, false},
    {"greeting-left", gallery_greeting_left, true, false},
    {"greeting-deepening", gallery_greeting_deepening, true, false},
    {"greeting-away", gallery_greeting_away, true, false},
    {"brings", gallery_brings, false, false},
    {"likes", gallery_likes, false, false},
    {"likes-chosen", gallery_likes_chosen, false, false},
    {"avoids", gallery_avoids, false, false},
    {"skills", gallery_skills, false, false},
    {"needs", gallery_needs, false, false},
    {"levels", gallery_levels, false, false},
    {"missions", gallery_missions, false, false},
    {"missions-none", gallery_missions_none, false, false},
    {"role", gallery_role, false, false},
    {"role-last", gallery_role_last, false, false},
    {"missions-chosen", gallery_missions_chosen, false, false},
    {"charter", gallery_charter, false, false},
    {"charter-last", gallery_charter_last, false, false},
    {"charter-sign", gallery_charter_sign, false, false},
    {"charter-signed", gallery_charter_signed, false, false},
    {"notice", gallery_notice, false, false},
    {"notice-last", gallery_notice_last, false, false},
    {"present", gallery_present, false, false},
    {"present-typed", gallery_present_typed, false, false},
    {"shown", gallery_shown, false, false},
    {"shown-three", gallery_shown_three, false, false},
    {"agreed", gallery_agreed, true, false},
    {"agreed-refused", gallery_agreed_refused, false, false},
    {"buddies-one", gallery_buddies_one, true, false},
    {"buddies", gallery_buddies, true, false},
    {"buddy-called", gallery_buddy_called, true, false},
    {"buddy-here", gallery_buddy_here, true, false},
    {"buddy-named", gallery_buddy_named, true, false},
    {"buddy-nobody", gallery_buddy_nobody, false, false},
    {"blank", gallery_blank, false, false},
    {"blank-again", gallery_blank_again, false, false},
    {"blank-refused", gallery_blank_refused, false, false},
    {"next", gallery_next, false, false},
    {"next-none", gallery_next_none, false, false},
    {"link", gallery_link, false, false},
    {"figures", gallery_figures, false, true},
    {"signature", gallery_signature, false, true},
};

const int gallery_row_count = (int)(sizeof gallery_rows / sizeof gallery_rows[0]);

const struct gallery_row *gallery_find(const char *name)
{
    for (int i = 0; i < gallery_row_count; i++)
        if (strcmp(gallery_rows[i].name, name) == 0)
            return &gallery_rows[i];
    return NULL;
}

/* --- stages --- */

void gallery_init(void)
{
    char locale_dir[512];
    setenv("TZ", "Europe/Brussels", 1);
    tzset();
    snprintf(locale_dir, sizeof locale_dir, "%s/locale", build_folder());
    gallery_expect(!words_init(locale_dir), "the languages are not built: make locales");
}

struct gallery_shot gallery_usual_shot(const struct screen *screen, enum language language)
{
    struct rect area = screen_area(screen);
    return (struct gallery_shot){.screen = *screen,
                                 .language = language,
                                 .name = &gallery_names[0],
                                 .venue = "L’épi commun",
                                 .reader_side = area.h > area.w ? SCENE_BELOW : SCENE_RIGHT};
}

struct stage *gallery_open(const struct gallery_row *row, const struct gallery_shot *shot)
{
    struct stage *stage;
    const struct stage_config config = {.screen = shot->screen,
                                        .reader_side = shot->reader_side,
                                        .home = shot->language,
                                        .venue = shot->venue,
                                        .version = "1.20.3",
                                        .mode = shot->mode,
                                        .has_speech = true};
    gallery_expect(!stage_open(&config, &stage), "there is no memory for a stage");
    if (!row->show)
        return stage;
    stage_open_door(stage);
    stage_set_clock(stage, GALLERY_WALL_MS, true);
    stage_set_here(stage, HERE);
    row->show(stage, shot);
    return stage;
}

struct picture gallery_picture(const struct gallery_row *row, const struct gallery_shot *shot)
{
    struct picture picture;
    struct stage *stage = gallery_open(row, shot);
    struct canvas *canvas = gallery_draw(stage, &shot->screen);
    gallery_expect(!picture_of_canvas(canvas, &shot->screen, &picture),
                   "there is no memory for a picture");
    stage_close(stage);
    return picture;
}
