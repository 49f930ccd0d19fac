/*
 * asks_i.h - the inside of asks, shared by asks.c (who does what, and what is told), asks_door.c
 * (what visitors ask), asks_rota.c (shifts), asks_mine.c (a person's own page), asks_welcome.c (a
 * first visit), asks_office.c (what staff ask of the register), asks_plan.c (the calendar),
 * asks_sums.c (how it goes), asks_stick.c (the USB stick) and asks_house.c (what they ask of the
 * station itself), and by incoming.c. Nobody else includes it.
 */
#ifndef APP_ASKS_I_H
#define APP_ASKS_I_H

#include "app/asks.h"
#include "app/domain/name_match.h"
#include "app/station_i.h"
#include "app/store/belonging.h"
#include "app/store/office.h"

/* One ask on its way to the writer's thread and back. */
struct doing {
    struct job job;
    enum rc (*run)(struct doing *doing, struct journal *journal);
    struct ask ask;
    struct clock_reading now;
    int64_t at_ms;               /* the register's time, for what is looked up */
    enum occasion_kind occasion; /* chosen by staff; OCCASION_COUNT: as the calendar says */
    enum language home;
    struct badge badge; /* the one in question; secret */
    struct ink ink;     /* a signature, where has_ink */
    bool has_ink;
    bool has_badge;
    bool is_sealed; /* what goes out is encrypted */
    enum presence_how how;

    enum rc rc;
    struct reason why; /* a source text, or "" */
    struct told told;
    struct name_match match;
    struct door_result result;
    bool has_result; /* a result to be shown */
};

/*
 * A doing with the ask in it; NULL without memory. Hand it to asks_submit. Without `run` only the
 * right to it is asked of the register, and then it is taken on the loop's thread.
 */
struct doing *asks_begin(struct station *station, const struct ask *ask,
                         enum rc (*run)(struct doing *doing, struct journal *journal));
void asks_submit(struct station *station, struct doing *doing);

/* Tells that it is so, or not, with a source text that says why; NULL: nothing more is known. */
void asks_answer(struct station *station, enum ask_kind ask, enum told_how how, const char *why);

/* Why somebody may not; a source text. */
extern const char asks_no_right[];

/*
 * What people do for themselves: *out_office says so. RC_REFUSED where nobody is named, since
 * without anybody it would be the command line, which may all; and for anybody else's who has no
 * right to it over the whole house.
 */
enum rc asks_check_self(struct doing *doing, struct journal *journal,
                        struct office *out_office) MUST_CHECK;

/* Whose people a list is of: *belonging is filled and returned; NULL: everybody's. */
const struct belonging *asks_whose(const struct doing *doing, struct journal *journal,
                                   struct belonging *belonging);

/* Why a badge that nobody knew cannot be given any more; a source text. */
extern const char asks_badge_forgotten[];

/* Why it was not done, as a source text: what was refused has a sentence of its own. */
const char *asks_why(enum rc rc, const struct reason *why);

/* `rc` of handing a PIN or a code to secrets: it is its answer that is waited for, or none comes.
 */
void asks_wait_for_secret(struct station *station, const struct ask *ask, enum rc rc);

/* Can the badge in question be given? RC_REFUSED with a sentence that a screen can say. */
enum rc asks_check_badge(struct doing *doing) MUST_CHECK;

/* As much of a text as there is room for, cutting no letter. */
void asks_copy(char *out_text, size_t size, const char *text);

/* --- rows: at once on the loop's thread --- */

void asks_code(struct station *station, const struct ask *ask);
void asks_pin(struct station *station, const struct ask *ask);
void asks_new_code(struct station *station, const struct ask *ask);
void asks_vouch(struct station *station, const struct ask *ask);
void asks_proxy(struct station *station, const struct ask *ask);
void asks_give(struct station *station, const struct ask *ask);
void asks_unknown(struct station *station, const struct ask *ask);
void asks_health(struct station *station, const struct ask *ask);
void asks_clock(struct station *station, const struct ask *ask);
void asks_power(struct station *station, const struct ask *ask);
void asks_setting(struct station *station, const struct ask *ask);
void asks_put_away(struct station *station, const struct ask *ask);
void asks_begin_visit(struct station *station, const struct ask *ask);
void asks_blank(struct station *station, const struct ask *ask);

void asks_seen(struct station *station, const struct ask *ask);
void asks_let_go(struct station *station, const struct ask *ask);
void asks_carry_out(struct station *station, const struct ask *ask);
void asks_stop(struct station *station, const struct ask *ask);
void asks_found(struct station *station, const struct ask *ask);
void asks_carry_in(struct station *station, const struct ask *ask);

/* Somebody new has their code. */
void asks_begun(struct station *station, const struct ask *asked,
                const struct secrets_event *event);

/* --- rows: on the writer's thread --- */

enum rc asks_circles(struct doing *doing, struct journal *journal);
enum rc asks_intend(struct doing *doing, struct journal *journal);
enum rc asks_calendar(struct doing *doing, struct journal *journal);
enum rc asks_planned(struct doing *doing, struct journal *journal);
enum rc asks_left(struct doing *doing, struct journal *journal);
enum rc asks_promises(struct doing *doing, struct journal *journal);
enum rc asks_add(struct doing *doing, struct journal *journal);
enum rc asks_set_state(struct doing *doing, struct journal *journal);
enum rc asks_proposals(struct doing *doing, struct journal *journal);
enum rc asks_accept(struct doing *doing, struct journal *journal);
enum rc asks_balances(struct doing *doing, struct journal *journal);
enum rc asks_totals(struct doing *doing, struct journal *journal);
enum rc asks_names(struct doing *doing, struct journal *journal);
enum rc asks_guests(struct doing *doing, struct journal *journal);
enum rc asks_choose(struct doing *doing, struct journal *journal);
enum rc asks_do(struct doing *doing, struct journal *journal);
enum rc asks_propose(struct doing *doing, struct journal *journal);
enum rc asks_enter(struct doing *doing, struct journal *journal);
enum rc asks_link(struct doing *doing, struct journal *journal);
enum rc asks_list(struct doing *doing, struct journal *journal);
enum rc asks_correct(struct doing *doing, struct journal *journal);
enum rc asks_hand(struct doing *doing, struct journal *journal);
enum rc asks_lose(struct doing *doing, struct journal *journal);
enum rc asks_record(struct doing *doing, struct journal *journal);
enum rc asks_occasion(struct doing *doing, struct journal *journal);
enum rc asks_keep(struct doing *doing, struct journal *journal);
enum rc asks_shifts(struct doing *doing, struct journal *journal);
enum rc asks_shift(struct doing *doing, struct journal *journal);
enum rc asks_promise(struct doing *doing, struct journal *journal);
enum rc asks_take_back(struct doing *doing, struct journal *journal);
enum rc asks_sign_off(struct doing *doing, struct journal *journal);
enum rc asks_signed_off(struct doing *doing, struct journal *journal);
enum rc asks_mine(struct doing *doing, struct journal *journal);
enum rc asks_give_proxy(struct doing *doing, struct journal *journal);
enum rc asks_my_hours(struct doing *doing, struct journal *journal);
enum rc asks_my_visits(struct doing *doing, struct journal *journal);
enum rc asks_my_times(struct doing *doing, struct journal *journal);
enum rc asks_way(struct doing *doing, struct journal *journal);
enum rc asks_resume(struct doing *doing, struct journal *journal);
enum rc asks_tell_of(struct doing *doing, struct journal *journal);
enum rc asks_step(struct doing *doing, struct journal *journal);
enum rc asks_consent(struct doing *doing, struct journal *journal);
enum rc asks_missions(struct doing *doing, struct journal *journal);
enum rc asks_buddies(struct doing *doing, struct journal *journal);
enum rc asks_buddy(struct doing *doing, struct journal *journal);
enum rc asks_next(struct doing *doing, struct journal *journal);
enum rc asks_newcomers(struct doing *doing, struct journal *journal);
enum rc asks_stick(struct doing *doing, struct journal *journal);
enum rc asks_outlook(struct doing *doing, struct journal *journal);
enum rc asks_erase(struct doing *doing, struct journal *journal);

#endif
