/*
 * rows.h - people, keyholders, visits, occasions and the like as the view tables have them: which
 * columns, and how to read them.
 *
 * In an SQL text the tables are called p, k, v, t, s, r, d, o, h, n, c and a ("FROM person p",
 * "FROM shift h", "FROM newcomer n", "FROM consent c", "FROM total a").
 */
#ifndef APP_STORE_ROWS_H
#define APP_STORE_ROWS_H

#include "app/domain/fold.h"
#include "app/store/db.h"

#define ROWS_PERSON                                                                                \
    " p.station, p.seq, p.number, p.external_id, p.first_name, p.last_name, p.language, p.circle," \
    " p.email, p.phone, p.since, p.college, p.shares, p.paused_until, p.private_hours,"            \
    " p.basket, p.basket_pauses, p.basket_fetchers, p.line,"                                       \
    " p.discreet "
#define ROWS_PERSON_COLUMNS 20

#define ROWS_KEYHOLDER " k.role, k.pin, k.code, k.misses, k.miss_station, k.miss_seq "
#define ROWS_KEYHOLDER_COLUMNS 6

#define ROWS_VISIT                                                                                 \
    " v.station, v.seq, v.organisation_station, v.organisation_seq, v.arrived_ms, v.left_ms,"      \
    " v.closes_ms, v.how_in, v.how_out, v.is_doubtful_in, v.is_doubtful_out, v.guests,"            \
    " v.children, v.occasion_station, v.occasion_seq, v.kind, v.day, v.is_staff, v.assumed_ms,"    \
    " v.stop_ms "
#define ROWS_VISIT_COLUMNS 20

#define ROWS_STINT                                                                                 \
    " t.station, t.seq, t.occasion_station, t.occasion_seq, t.shift, t.organisation_station,"      \
    " t.organisation_seq, t.mission, t.day, t.is_staff, t.is_assumed, t.from_ms, t.seconds "
#define ROWS_STINT_COLUMNS 13

#define ROWS_SIGN_UP                                                                               \
    " s.occasion_station, s.occasion_seq, s.shift, s.fact_station, s.fact_seq,"                    \
    " s.organisation_station, s.organisation_seq, s.mission, s.from_ms, s.to_ms, s.end,"           \
    " s.is_stand_in_sought, s.replaced_station, s.replaced_seq, s.visit_station, s.visit_seq "
#define ROWS_SIGN_UP_COLUMNS 16

#define ROWS_PROPOSAL                                                                              \
    " r.fact_station, r.fact_seq, r.visit_station, r.visit_seq, r.arrived_ms, r.left_ms, r.state," \
    " r.answer_station, r.answer_seq "
#define ROWS_PROPOSAL_COLUMNS 9

#define ROWS_DEED                                                                                  \
    " d.station, d.seq, d.kind, d.organisation_station, d.organisation_seq, d.occasion_station,"   \
    " d.occasion_seq, d.other_station, d.other_seq, d.day, d.at_ms, d.text "
#define ROWS_DEED_COLUMNS 12

#define ROWS_OCCASION                                                                              \
    " o.station, o.seq, o.organisation_station, o.organisation_seq, o.kind, o.state, o.uid,"       \
    " o.instance, o.title, o.place, o.from_ms, o.to_ms, o.is_all_day, o.source "
#define ROWS_OCCASION_COLUMNS 14

#define ROWS_SHIFT                                                                                 \
    " h.number, h.mission, h.from_ms, h.to_ms, h.places, h.circle, h.skill, h.referent,"           \
    " h.is_gone, h.closed_station, h.closed_seq, h.were_enough "
#define ROWS_SHIFT_COLUMNS 12

#define ROWS_NEWCOMER                                                                              \
    " n.began_ms, n.began_station, n.began_seq, n.steps, n.steps_ms, n.brings, n.likes,"           \
    " n.avoids, n.skills, n.needs, n.missions, n.wants_shaping, n.charter, n.charter_language,"    \
    " n.is_charter_signed, n.buddy_station, n.buddy_seq, n.buddy_state, n.buddy_ms, n.passed "
#define ROWS_NEWCOMER_COLUMNS 20

#define ROWS_TOTAL                                                                                 \
    " a.place, a.part, a.month, a.kind, a.is_staff, a.visits, a.firsts, a.guests, a.children,"     \
    " a.sign_ups, a.organisation_station, a.organisation_seq, a.part_kind, a.seconds,"             \
    " a.assumed_s, a.deeds "
#define ROWS_TOTAL_COLUMNS 16

#define ROWS_CONSENT " c.field, c.is_given, c.version, c.at_ms "
#define ROWS_CONSENT_COLUMNS 4

/* From the row a statement stands on; the columns begin at `at`. */
void rows_read_person(struct sqlite3_stmt *rows, int at, struct person *out_person);
void rows_read_keyholder(struct sqlite3_stmt *rows, int at, struct fold_keyholder *out_keyholder);
void rows_read_visit(struct sqlite3_stmt *rows, int at, struct visit *out_visit);
void rows_read_stint(struct sqlite3_stmt *rows, int at, struct stint *out_stint);
void rows_read_sign_up(struct sqlite3_stmt *rows, int at, struct sign_up *out_sign_up);

void rows_read_proposal(struct sqlite3_stmt *rows, int at, struct proposal *out_proposal);
void rows_read_deed(struct sqlite3_stmt *rows, int at, struct deed *out_deed);

/* Without its shifts. */
void rows_read_occasion(struct sqlite3_stmt *rows, int at, struct occasion *out_occasion);
void rows_read_shift(struct sqlite3_stmt *rows, int at, struct shift *out_shift);

/* Somebody who has begun. */
void rows_read_newcomer(struct sqlite3_stmt *rows, int at, struct newcomer *out_newcomer);

/* One part of a sum: behind the last of the rows, or a part more of it. */
enum rc rows_read_total(struct sqlite3_stmt *rows, int at, struct totals *totals) MUST_CHECK;

/* Its outcomes of sign-ups, as the column has them. */
void rows_read_outcomes(struct sqlite3_stmt *rows, int column,
                        int64_t out_outcomes[SIGN_UP_OUTCOMES]);

/* One field, into its place; a number that is no field of ours is passed over. */
void rows_read_consent(struct sqlite3_stmt *rows, int at, struct consents *consents);

/* Numbers between spaces, the way a column keeps a short list; and back, returns how many. */
#define ROWS_NUMBERS_BYTES 400
#define ROWS_NUMBERS_MAX 16
void rows_write_numbers(const int64_t *numbers, int count, char out_text[ROWS_NUMBERS_BYTES]);
int rows_read_numbers(const char *text, int64_t out_numbers[ROWS_NUMBERS_MAX]);

#endif
