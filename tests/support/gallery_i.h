/*
 * gallery_i.h - the inside of the gallery, shared by gallery.c (the list), gallery_results.c
 * (results of taps), gallery_occasions.c (what people come to), gallery_baskets.c (what they
 * fetch), gallery_pages.c (pages), gallery_welcome.c, gallery_way.c, gallery_buddy.c (a first
 * visit), gallery_rota.c (shifts), gallery_staff.c (the calendar),
 * gallery_stick.c (the USB stick), gallery_card.c (the card), gallery_canvas.c (what they are
 * drawn on) and gallery_widgets.c (what no scene uses yet). Nobody else includes it.
 */
#ifndef TESTS_SUPPORT_GALLERY_I_H
#define TESTS_SUPPORT_GALLERY_I_H

#include "tests/support/gallery.h"

/* Ends the program where what should work does not. */
void gallery_expect(bool is_true, const char *what);

/* A touch, as a finger would: on what was drawn. */
void gallery_press(struct stage *stage, const struct gallery_shot *shot, const char *name);

/* Turns as long as there is something to turn: in large letters a page has several parts. */
void gallery_read(struct stage *stage, const struct gallery_shot *shot);

/* Keys, on what was drawn: gallery_pages.c. */
void gallery_type(struct stage *stage, const struct gallery_shot *shot, const char *text);

/* A signature, on what was drawn: gallery_widgets.c. */
void gallery_sign(struct stage *stage, const struct gallery_shot *shot);

/* A strip with a name above whatever is shown. */
void gallery_strip(struct stage *stage, const struct gallery_shot *shot);

/* What people come to. */
void gallery_shift(struct stage *stage, const struct gallery_shot *shot);
void gallery_shift_long(struct stage *stage, const struct gallery_shot *shot);
void gallery_two_shifts(struct stage *stage, const struct gallery_shot *shot);
void gallery_can_help(struct stage *stage, const struct gallery_shot *shot);
void gallery_can_help_four(struct stage *stage, const struct gallery_shot *shot);
void gallery_can_help_refused(struct stage *stage, const struct gallery_shot *shot);
void gallery_can_help_over_a_page(struct stage *stage, const struct gallery_shot *shot);
void gallery_can_help_two(struct stage *stage, const struct gallery_shot *shot);
void gallery_which(struct stage *stage, const struct gallery_shot *shot);
void gallery_at_drinks(struct stage *stage, const struct gallery_shot *shot);
void gallery_at_assembly(struct stage *stage, const struct gallery_shot *shot);
void gallery_asks_drinks(struct stage *stage, const struct gallery_shot *shot);
void gallery_asks_drinks_two(struct stage *stage, const struct gallery_shot *shot);
void gallery_asks_drinks_refused(struct stage *stage, const struct gallery_shot *shot);
void gallery_enjoy(struct stage *stage, const struct gallery_shot *shot);
void gallery_enjoy_two(struct stage *stage, const struct gallery_shot *shot);
void gallery_enjoy_strip(struct stage *stage, const struct gallery_shot *shot);
void gallery_at_info(struct stage *stage, const struct gallery_shot *shot);
void gallery_at_agora(struct stage *stage, const struct gallery_shot *shot);
void gallery_agora_two(struct stage *stage, const struct gallery_shot *shot);
void gallery_said(struct stage *stage, const struct gallery_shot *shot);
void gallery_need(struct stage *stage, const struct gallery_shot *shot);
void gallery_need_empty(struct stage *stage, const struct gallery_shot *shot);
void gallery_need_sure(struct stage *stage, const struct gallery_shot *shot);
void gallery_asks_assembly(struct stage *stage, const struct gallery_shot *shot);
void gallery_asks_basket(struct stage *stage, const struct gallery_shot *shot);
struct answer_slot gallery_slot(int index);

/* Baskets: gallery_baskets.c. */
void gallery_basket(struct stage *stage, const struct gallery_shot *shot);
void gallery_basket_three(struct stage *stage, const struct gallery_shot *shot);
void gallery_basket_hand(struct stage *stage, const struct gallery_shot *shot);
void gallery_basket_paused(struct stage *stage, const struct gallery_shot *shot);
void gallery_basket_paused_another(struct stage *stage, const struct gallery_shot *shot);
void gallery_basket_fetched(struct stage *stage, const struct gallery_shot *shot);
void gallery_basket_refused(struct stage *stage, const struct gallery_shot *shot);
void gallery_basket_two(struct stage *stage, const struct gallery_shot *shot);
void gallery_asks_baskets(struct stage *stage, const struct gallery_shot *shot);
void gallery_asks_basket_fetched(struct stage *stage, const struct gallery_shot *shot);
void gallery_fetched(struct stage *stage, const struct gallery_shot *shot);
void gallery_fetched_for(struct stage *stage, const struct gallery_shot *shot);

void gallery_goodbye_of_month(struct stage *stage, const struct gallery_shot *shot);
void gallery_goodbye_over(struct stage *stage, const struct gallery_shot *shot);
void gallery_goodbye_private(struct stage *stage, const struct gallery_shot *shot);
void gallery_two_goodbyes(struct stage *stage, const struct gallery_shot *shot);
void gallery_goodbye_sign_off(struct stage *stage, const struct gallery_shot *shot);
void gallery_votes(struct stage *stage, const struct gallery_shot *shot);
void gallery_asks_votes(struct stage *stage, const struct gallery_shot *shot);
void gallery_two_votes(struct stage *stage, const struct gallery_shot *shot);
void gallery_asks_part(struct stage *stage, const struct gallery_shot *shot);
void gallery_resting_quorum(struct stage *stage, const struct gallery_shot *shot);
void gallery_resting_colleges(struct stage *stage, const struct gallery_shot *shot);
void gallery_resting_hands(struct stage *stage, const struct gallery_shot *shot);
void gallery_resting_hands_later(struct stage *stage, const struct gallery_shot *shot);

/* Pages of visitors. */
void gallery_help(struct stage *stage, const struct gallery_shot *shot);
void gallery_comfort(struct stage *stage, const struct gallery_shot *shot);
void gallery_no_badge(struct stage *stage, const struct gallery_shot *shot);
void gallery_name(struct stage *stage, const struct gallery_shot *shot);
void gallery_name_typed(struct stage *stage, const struct gallery_shot *shot);
void gallery_name_unknown(struct stage *stage, const struct gallery_shot *shot);
void gallery_name_under_a_strip(struct stage *stage, const struct gallery_shot *shot);
void gallery_four_names(struct stage *stage, const struct gallery_shot *shot);
void gallery_code(struct stage *stage, const struct gallery_shot *shot);
void gallery_code_of_a_name(struct stage *stage, const struct gallery_shot *shot);
void gallery_code_wrong(struct stage *stage, const struct gallery_shot *shot);
void gallery_guests(struct stage *stage, const struct gallery_shot *shot);
void gallery_guest_name(struct stage *stage, const struct gallery_shot *shot);
void gallery_warned(struct stage *stage, const struct gallery_shot *shot);

/* Shifts, and a person's own page. */
void gallery_shifts(struct stage *stage, const struct gallery_shot *shot);
void gallery_shifts_none(struct stage *stage, const struct gallery_shot *shot);
void gallery_open_shift(struct stage *stage, const struct gallery_shot *shot);
void gallery_shift_full(struct stage *stage, const struct gallery_shot *shot);
void gallery_sign_up(struct stage *stage, const struct gallery_shot *shot);
void gallery_signed_up(struct stage *stage, const struct gallery_shot *shot);
void gallery_sign_up_refused(struct stage *stage, const struct gallery_shot *shot);
void gallery_sign_off(struct stage *stage, const struct gallery_shot *shot);
void gallery_signed_off(struct stage *stage, const struct gallery_shot *shot);
void gallery_sign_off_word(struct stage *stage, const struct gallery_shot *shot);
void gallery_my_badge(struct stage *stage, const struct gallery_shot *shot);
void gallery_mine(struct stage *stage, const struct gallery_shot *shot);
void gallery_my_shift(struct stage *stage, const struct gallery_shot *shot);
void gallery_my_reason(struct stage *stage, const struct gallery_shot *shot);
void gallery_excused(struct stage *stage, const struct gallery_shot *shot);
void gallery_mine_given(struct stage *stage, const struct gallery_shot *shot);
void gallery_my_assembly(struct stage *stage, const struct gallery_shot *shot);
void gallery_my_assembly_given(struct stage *stage, const struct gallery_shot *shot);
void gallery_proxy_name(struct stage *stage, const struct gallery_shot *shot);
void gallery_proxy_names(struct stage *stage, const struct gallery_shot *shot);
void gallery_proxy_refused(struct stage *stage, const struct gallery_shot *shot);
void gallery_proxy_given(struct stage *stage, const struct gallery_shot *shot);
void gallery_my_hours(struct stage *stage, const struct gallery_shot *shot);
void gallery_my_visits(struct stage *stage, const struct gallery_shot *shot);
void gallery_my_times(struct stage *stage, const struct gallery_shot *shot);

/* Pages of staff. */
void gallery_staff_badge(struct stage *stage, const struct gallery_shot *shot);
void gallery_staff_pin(struct stage *stage, const struct gallery_shot *shot);
void gallery_staff_pin_none(struct stage *stage, const struct gallery_shot *shot);
void gallery_staff_pin_locked(struct stage *stage, const struct gallery_shot *shot);
void gallery_staff(struct stage *stage, const struct gallery_shot *shot);
void gallery_staff_referent(struct stage *stage, const struct gallery_shot *shot);
void gallery_roll_call(struct stage *stage, const struct gallery_shot *shot);
void gallery_people(struct stage *stage, const struct gallery_shot *shot);
void gallery_found(struct stage *stage, const struct gallery_shot *shot);
void gallery_person(struct stage *stage, const struct gallery_shot *shot);
void gallery_new_code_sure(struct stage *stage, const struct gallery_shot *shot);
void gallery_new_code(struct stage *stage, const struct gallery_shot *shot);
void gallery_visits(struct stage *stage, const struct gallery_shot *shot);
void gallery_correct(struct stage *stage, const struct gallery_shot *shot);
void gallery_reason(struct stage *stage, const struct gallery_shot *shot);
void gallery_reason_typed(struct stage *stage, const struct gallery_shot *shot);
void gallery_badges(struct stage *stage, const struct gallery_shot *shot);
void gallery_lose_sure(struct stage *stage, const struct gallery_shot *shot);
void gallery_give(struct stage *stage, const struct gallery_shot *shot);
void gallery_strangers(struct stage *stage, const struct gallery_shot *shot);
void gallery_occasion(struct stage *stage, const struct gallery_shot *shot);
void gallery_health(struct stage *stage, const struct gallery_shot *shot);
void gallery_update(struct stage *stage, const struct gallery_shot *shot);
void gallery_update_again(struct stage *stage, const struct gallery_shot *shot);
void gallery_update_refused(struct stage *stage, const struct gallery_shot *shot);
void gallery_update_none(struct stage *stage, const struct gallery_shot *shot);
void gallery_update_busy(struct stage *stage, const struct gallery_shot *shot);
void gallery_update_failed(struct stage *stage, const struct gallery_shot *shot);
void gallery_update_begun(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_open_update(struct stage *stage, const struct gallery_shot *shot);
void gallery_clock(struct stage *stage, const struct gallery_shot *shot);
void gallery_settings(struct stage *stage, const struct gallery_shot *shot);
void gallery_power(struct stage *stage, const struct gallery_shot *shot);
void gallery_power_sure(struct stage *stage, const struct gallery_shot *shot);

/* The calendar, proposals, numbers; what somebody intends: gallery_staff.c. */
void gallery_calendar(struct stage *stage, const struct gallery_shot *shot);
void gallery_planned(struct stage *stage, const struct gallery_shot *shot);
void gallery_planned_needs(struct stage *stage, const struct gallery_shot *shot);
void gallery_planned_vanished(struct stage *stage, const struct gallery_shot *shot);
void gallery_planned_baskets(struct stage *stage, const struct gallery_shot *shot);
void gallery_left_over(struct stage *stage, const struct gallery_shot *shot);
void gallery_call_off_sure(struct stage *stage, const struct gallery_shot *shot);
void gallery_promised(struct stage *stage, const struct gallery_shot *shot);
void gallery_plan(struct stage *stage, const struct gallery_shot *shot);
void gallery_plan_kind(struct stage *stage, const struct gallery_shot *shot);
void gallery_plan_title(struct stage *stage, const struct gallery_shot *shot);
void gallery_proposals(struct stage *stage, const struct gallery_shot *shot);
void gallery_proposal(struct stage *stage, const struct gallery_shot *shot);
void gallery_proposal_no(struct stage *stage, const struct gallery_shot *shot);
void gallery_proposal_words(struct stage *stage, const struct gallery_shot *shot);
void gallery_staff_waiting(struct stage *stage, const struct gallery_shot *shot);
void gallery_newcomers(struct stage *stage, const struct gallery_shot *shot);
void gallery_newcomers_none(struct stage *stage, const struct gallery_shot *shot);
void gallery_balances(struct stage *stage, const struct gallery_shot *shot);
void gallery_totals(struct stage *stage, const struct gallery_shot *shot);
void gallery_circles(struct stage *stage, const struct gallery_shot *shot);
void gallery_rest(struct stage *stage, const struct gallery_shot *shot);
void gallery_rest_back(struct stage *stage, const struct gallery_shot *shot);

/* The USB stick, and somebody forgotten: gallery_stick.c. */
void gallery_stick_banner(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_banner_busy(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_banner_loose(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_banner_cut(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_banner_quorum(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_banner_strip(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_banner_page(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_banner_typing(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_banner_staff(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_blank(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_foreign(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_several(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_empty(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_damaged(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_not_allowed(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_types(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_opening(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_open(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_open_lists(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_read_only(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_loose(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_out(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_out_first(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_carry(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_closing(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_done(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_named(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_left_out(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_nothing_new(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_cut(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_failed(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_stopped(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_printed(struct stage *stage, const struct gallery_shot *shot);
void gallery_roll_call_stick(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_in(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_preview(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_preview_refused(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_taken(struct stage *stage, const struct gallery_shot *shot);
void gallery_forget_sure(struct stage *stage, const struct gallery_shot *shot);
void gallery_forget_done(struct stage *stage, const struct gallery_shot *shot);
void gallery_own_data(struct stage *stage, const struct gallery_shot *shot);
void gallery_own_data_no_stick(struct stage *stage, const struct gallery_shot *shot);
void gallery_own_data_done(struct stage *stage, const struct gallery_shot *shot);
void gallery_stick_failed_register(struct stage *stage, const struct gallery_shot *shot);

/* The station's own card: gallery_card.c. */
void gallery_card_reads(struct stage *stage, const struct gallery_shot *shot);
void gallery_card_mistake(struct stage *stage, const struct gallery_shot *shot);
void gallery_card_long(struct stage *stage, const struct gallery_shot *shot);
void gallery_card_quorum(struct stage *stage, const struct gallery_shot *shot);
void gallery_card_strip(struct stage *stage, const struct gallery_shot *shot);
void gallery_mistakes(struct stage *stage, const struct gallery_shot *shot);
void gallery_card_staff(struct stage *stage, const struct gallery_shot *shot);
void gallery_card(struct stage *stage, const struct gallery_shot *shot);

/* A first visit until there is a name: gallery_welcome.c. */
const struct guide *gallery_guide(void);
void gallery_first_visit(struct stage *stage, const struct gallery_shot *shot);
void gallery_help_me(struct stage *stage, const struct gallery_shot *shot);
void gallery_help_me_called(struct stage *stage, const struct gallery_shot *shot);
void gallery_several(struct stage *stage, const struct gallery_shot *shot);
void gallery_codes_half(struct stage *stage, const struct gallery_shot *shot);
void gallery_codes(struct stage *stage, const struct gallery_shot *shot);
void gallery_resume(struct stage *stage, const struct gallery_shot *shot);
void gallery_resume_wrong(struct stage *stage, const struct gallery_shot *shot);
void gallery_resume_locked(struct stage *stage, const struct gallery_shot *shot);
void gallery_hello(struct stage *stage, const struct gallery_shot *shot);
void gallery_hello_last(struct stage *stage, const struct gallery_shot *shot);
void gallery_who(struct stage *stage, const struct gallery_shot *shot);
void gallery_who_typed(struct stage *stage, const struct gallery_shot *shot);
void gallery_who_nameless(struct stage *stage, const struct gallery_shot *shot);
void gallery_who_code(struct stage *stage, const struct gallery_shot *shot);
void gallery_who_last(struct stage *stage, const struct gallery_shot *shot);
void gallery_who_reach(struct stage *stage, const struct gallery_shot *shot);
void gallery_way_warned(struct stage *stage, const struct gallery_shot *shot);
void gallery_way_under_a_strip(struct stage *stage, const struct gallery_shot *shot);
void gallery_resting_newcomer(struct stage *stage, const struct gallery_shot *shot);
void gallery_resting_newcomer_empty(struct stage *stage, const struct gallery_shot *shot);
void gallery_greeting_left(struct stage *stage, const struct gallery_shot *shot);
void gallery_greeting_deepening(struct stage *stage, const struct gallery_shot *shot);
void gallery_greeting_away(struct stage *stage, const struct gallery_shot *shot);

/* Somebody comes back, and has done all but this; what they are told: gallery_way.c. */
void gallery_go_on_with(struct stage *stage, const struct gallery_shot *shot, enum guide_step step);
struct told gallery_told_newcomer(enum ask_kind kind, int count);

/* Its steps behind the name: gallery_way.c, and from the buddy on gallery_buddy.c. */
void gallery_brings(struct stage *stage, const struct gallery_shot *shot);
void gallery_likes(struct stage *stage, const struct gallery_shot *shot);
void gallery_likes_chosen(struct stage *stage, const struct gallery_shot *shot);
void gallery_avoids(struct stage *stage, const struct gallery_shot *shot);
void gallery_skills(struct stage *stage, const struct gallery_shot *shot);
void gallery_needs(struct stage *stage, const struct gallery_shot *shot);
void gallery_levels(struct stage *stage, const struct gallery_shot *shot);
void gallery_missions(struct stage *stage, const struct gallery_shot *shot);
void gallery_missions_none(struct stage *stage, const struct gallery_shot *shot);
void gallery_role(struct stage *stage, const struct gallery_shot *shot);
void gallery_role_last(struct stage *stage, const struct gallery_shot *shot);
void gallery_missions_chosen(struct stage *stage, const struct gallery_shot *shot);
void gallery_charter(struct stage *stage, const struct gallery_shot *shot);
void gallery_charter_last(struct stage *stage, const struct gallery_shot *shot);
void gallery_charter_sign(struct stage *stage, const struct gallery_shot *shot);
void gallery_charter_signed(struct stage *stage, const struct gallery_shot *shot);
void gallery_notice(struct stage *stage, const struct gallery_shot *shot);
void gallery_notice_last(struct stage *stage, const struct gallery_shot *shot);
void gallery_present(struct stage *stage, const struct gallery_shot *shot);
void gallery_present_typed(struct stage *stage, const struct gallery_shot *shot);
void gallery_shown(struct stage *stage, const struct gallery_shot *shot);
void gallery_shown_three(struct stage *stage, const struct gallery_shot *shot);
void gallery_agreed(struct stage *stage, const struct gallery_shot *shot);
void gallery_agreed_refused(struct stage *stage, const struct gallery_shot *shot);
void gallery_buddies_one(struct stage *stage, const struct gallery_shot *shot);
void gallery_buddies(struct stage *stage, const struct gallery_shot *shot);
void gallery_buddy_called(struct stage *stage, const struct gallery_shot *shot);
void gallery_buddy_here(struct stage *stage, const struct gallery_shot *shot);
void gallery_buddy_named(struct stage *stage, const struct gallery_shot *shot);
void gallery_buddy_nobody(struct stage *stage, const struct gallery_shot *shot);
void gallery_blank(struct stage *stage, const struct gallery_shot *shot);
void gallery_blank_again(struct stage *stage, const struct gallery_shot *shot);
void gallery_blank_refused(struct stage *stage, const struct gallery_shot *shot);
void gallery_next(struct stage *stage, const struct gallery_shot *shot);
void gallery_next_none(struct stage *stage, const struct gallery_shot *shot);
void gallery_link(struct stage *stage, const struct gallery_shot *shot);

/* Results of taps, and the resting screen. */
void gallery_resting_occasion(struct stage *stage, const struct gallery_shot *shot);
void gallery_greeting(struct stage *stage, const struct gallery_shot *shot);
void gallery_goodbye(struct stage *stage, const struct gallery_shot *shot);
void gallery_discreet(struct stage *stage, const struct gallery_shot *shot);
void gallery_discreet_strip(struct stage *stage, const struct gallery_shot *shot);
void gallery_doubtful(struct stage *stage, const struct gallery_shot *shot);
void gallery_already_in(struct stage *stage, const struct gallery_shot *shot);
void gallery_has_left(struct stage *stage, const struct gallery_shot *shot);
void gallery_forgotten(struct stage *stage, const struct gallery_shot *shot);
void gallery_unknown(struct stage *stage, const struct gallery_shot *shot);
void gallery_withdrawn(struct stage *stage, const struct gallery_shot *shot);
void gallery_not_recorded(struct stage *stage, const struct gallery_shot *shot);
void gallery_undone(struct stage *stage, const struct gallery_shot *shot);
void gallery_two(struct stage *stage, const struct gallery_shot *shot);
void gallery_two_questions(struct stage *stage, const struct gallery_shot *shot);
void gallery_two_in_trouble(struct stage *stage, const struct gallery_shot *shot);
void gallery_two_strips(struct stage *stage, const struct gallery_shot *shot);
void gallery_a_third_and_a_fourth(struct stage *stage, const struct gallery_shot *shot);
void gallery_greeting_over_a_page(struct stage *stage, const struct gallery_shot *shot);
void gallery_unknown_over_a_page(struct stage *stage, const struct gallery_shot *shot);
void gallery_resting(struct stage *stage, const struct gallery_shot *shot);
void gallery_resting_empty(struct stage *stage, const struct gallery_shot *shot);
void gallery_resting_full(struct stage *stage, const struct gallery_shot *shot);
void gallery_reader_resting(struct stage *stage, const struct gallery_shot *shot);
void gallery_seen(struct stage *stage, const struct gallery_shot *shot);
void gallery_seen_over_a_result(struct stage *stage, const struct gallery_shot *shot);
void gallery_moment(struct stage *stage, const struct gallery_shot *shot);
void gallery_moment_over_a_result(struct stage *stage, const struct gallery_shot *shot);
void gallery_called(struct stage *stage, const struct gallery_shot *shot);
void gallery_fault(struct stage *stage, const struct gallery_shot *shot);

/* Widgets that no scene has yet. */
void gallery_figures(struct stage *stage, const struct gallery_shot *shot);
void gallery_signature(struct stage *stage, const struct gallery_shot *shot);

#endif
