/*
 * presence_i.h - the inside of the fold to visits, shared by presence.c (which facts count, and
 * what they come to), presence_move.c (arrivals and departures), presence_said.c (what is said
 * about a visit afterwards) and presence_closed.c (what was closed). Nobody else includes it.
 */
#ifndef APP_DOMAIN_PRESENCE_I_H
#define APP_DOMAIN_PRESENCE_I_H

#include "app/domain/body.h"
#include "app/domain/presence.h"

/* While facts are folded: the open visit, or NULL. */
struct visit *presence_last_open(struct presence *presence);

/* Takes a tap or a press with a body. */
enum rc presence_take_move(struct presence *presence, const struct fact *fact) MUST_CHECK;

/* Its last moment, its day, and when it is assumed to have ended, by the shifts of its day. */
void presence_set_end(struct visit *visit, const struct sign_ups *sign_ups, int day_end_min);

/* {"occasion","kind","stop_ms"}: what a visit is for. */
void presence_read_attendance(struct visit *visit, const json_t *body);

/* Takes guests, a proposal or its answer, a correction or what a visit is for. */
enum rc presence_take_said(struct presence *presence, const struct fact *fact,
                           const json_t *body) MUST_CHECK;

/* Moves that lie there are in a sum already, also those that come in late. */
struct closed {
    struct fact_span *spans;
    size_t count;
    size_t capacity;
    size_t start; /* the fact behind the last closing without spans: all before it is summed up */
};

/* Zeroed at the beginning; presence_forget_closings it. */
enum rc presence_read_closings(const struct fact *facts, size_t count, struct closed *closed,
                               struct totals *totals) MUST_CHECK;
bool presence_is_closed(const struct closed *closed, const struct fact *fact);
void presence_forget_closings(struct closed *closed);

#endif
