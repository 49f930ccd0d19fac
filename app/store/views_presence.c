/* A person's visits, stints and sign-ups, since when, and the totals of what was closed. */
#include "app/store/rows.h"
#include "app/store/views_i.h"

static enum rc write_visit(struct db *db, const char *suffix, struct fact_id person,
                           const struct visit *visit)
{
    return views_run(db, suffix,
                     "INSERT INTO visit@(station, seq, person_station, person_seq,"
                     " organisation_station, organisation_seq, arrived_ms, left_ms, closes_ms,"
                     " how_in, how_out, is_doubtful_in, is_doubtful_out, guests, children,"
                     " occasion_station, occasion_seq, kind, day, is_staff, assumed_ms, stop_ms)"
                     " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                     "IIIiiiddddddIdddii", visit->id, person, visit->organisation,
                     visit->arrived_ms, visit->left_ms, visit->closes_ms, (int)visit->how_in,
                     (int)visit->how_out, (int)visit->is_doubtful_in, (int)visit->is_doubtful_out,
                     visit->guests, visit->children, visit->occasion, (int)visit->kind, visit->day,
                     (int)visit->is_staff, visit->assumed_ms, visit->stop_ms);
}

/* A new fact touches the end of a person's visits: what stands before it is left alone. */
static enum rc write_visits(struct db *db, const char *suffix, struct fact_id person,
                            const struct presence *before, const struct presence *after)
{
    enum rc rc = RC_OK;
    size_t same = fold_same_visits(before, after);
    for (size_t i = same; !rc && i < before->count; i++)
        rc = views_run(db, suffix,
                       "DELETE FROM visit@ WHERE person_station=? AND person_seq=?"
                       " AND arrived_ms=? AND station=? AND seq=?",
                       "IiI", person, before->visits[i].arrived_ms, before->visits[i].id);
    for (size_t i = same; !rc && i < after->count; i++)
        rc = write_visit(db, suffix, person, &after->visits[i]);
    return rc;
}

static enum rc write_since(struct db *db, const char *suffix, struct fact_id person,
                           const struct presence *presence)
{
    /* Where nothing is since, there is no row: the same facts make the same rows in any order. */
    enum rc rc =
        fact_id_is_none(presence->since)
            ? views_run(db, suffix, "DELETE FROM presence@ WHERE station=? AND seq=?", "I", person)
            : views_run(db, suffix,
                        "INSERT OR REPLACE INTO presence@(station, seq, since_station,"
                        " since_seq) VALUES(?,?,?,?)",
                        "II", person, presence->since);
    return rc;
}

static enum rc write_total(struct db *db, const char *suffix, struct fact_id person, size_t place,
                           const struct total *total)
{
    char sign_ups[ROWS_NUMBERS_BYTES], deeds[ROWS_NUMBERS_BYTES];
    enum rc rc = RC_OK;
    rows_write_numbers(total->sign_ups, SIGN_UP_OUTCOMES, sign_ups);
    rows_write_numbers(total->deeds, DEED_COUNT, deeds);
    for (int i = 0; !rc && i < total->part_count; i++) {
        const struct total_part *part = &total->parts[i];
        rc = views_run(db, suffix,
                       "INSERT INTO total@(station, seq, place, part, month, kind, is_staff,"
                       " visits, firsts, guests, children, sign_ups, organisation_station,"
                       " organisation_seq, part_kind, seconds, assumed_s, deeds)"
                       " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                       "IiddddiiiitIdiit", person, (int64_t)place, i, total->month,
                       (int)total->kind, (int)total->is_staff, total->visits, total->firsts,
                       total->guests, total->children, sign_ups, part->organisation,
                       (int)part->kind, part->seconds, part->assumed_s, deeds);
    }
    return rc;
}

static enum rc write_totals(struct db *db, const char *suffix, struct fact_id person,
                            const struct totals *totals)
{
    enum rc rc = views_run(db, suffix, "DELETE FROM total@ WHERE station=? AND seq=?", "I", person);
    for (size_t i = 0; !rc && i < totals->count; i++)
        rc = write_total(db, suffix, person, i, &totals->rows[i]);
    return rc;
}

/* Is the stint there of the same visit as the one before it? */
static bool continues(const struct presence *presence, size_t at)
{
    return at < presence->stint_count &&
           fact_id_is_same(presence->stints[at].visit, presence->stints[at - 1].visit);
}

static enum rc write_stints(struct db *db, const char *suffix, struct fact_id person,
                            const struct presence *before, const struct presence *after)
{
    enum rc rc = RC_OK;
    size_t same = fold_same_stints(before, after);
    /* Rows go and come by visit: begin again with the first of the visit that differs. */
    while (same > 0 && (continues(before, same) || continues(after, same)))
        same--;
    for (size_t i = same; !rc && i < before->stint_count; i++)
        rc = views_run(db, suffix,
                       "DELETE FROM stint@ WHERE person_station=? AND person_seq=?"
                       " AND station=? AND seq=?",
                       "II", person, before->stints[i].visit);
    for (size_t i = same, place = 0; !rc && i < after->stint_count; i++) {
        const struct stint *stint = &after->stints[i];
        bool is_next = i > same && fact_id_is_same(stint->visit, after->stints[i - 1].visit);
        place = is_next ? place + 1 : 0;
        rc =
            views_run(db, suffix,
                      "INSERT INTO stint@(station, seq, place, person_station, person_seq,"
                      " occasion_station, occasion_seq, shift, organisation_station,"
                      " organisation_seq, mission, day, is_staff, is_assumed, from_ms, seconds)"
                      " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                      "IiIIdItdddii", stint->visit, (int64_t)place, person, stint->of.occasion,
                      stint->of.number, stint->organisation, stint->mission, stint->day,
                      (int)stint->is_staff, (int)stint->is_assumed, stint->from_ms, stint->seconds);
    }
    return rc;
}

static enum rc write_sign_up(struct db *db, const char *suffix, struct fact_id person,
                             const struct sign_up *s)
{
    return views_run(
        db, suffix,
        "INSERT INTO sign_up@(person_station, person_seq, occasion_station, occasion_seq, shift,"
        " fact_station, fact_seq, organisation_station, organisation_seq, mission, from_ms, to_ms,"
        " end, is_stand_in_sought, replaced_station, replaced_seq, visit_station, visit_seq)"
        " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        "IIdIItiiddII", person, s->of.occasion, s->of.number, s->fact, s->organisation, s->mission,
        s->from_ms, s->to_ms, (int)s->end, (int)s->is_stand_in_sought, s->replaced_by, s->visit);
}

static enum rc write_sign_ups(struct db *db, const char *suffix, struct fact_id person,
                              const struct presence *before, const struct presence *after)
{
    enum rc rc = RC_OK;
    size_t same = fold_same_sign_ups(before, after);
    for (size_t i = same; !rc && i < before->sign_ups.count; i++)
        rc = views_run(db, suffix,
                       "DELETE FROM sign_up@ WHERE person_station=? AND person_seq=?"
                       " AND occasion_station=? AND occasion_seq=? AND shift=?",
                       "IId", person, before->sign_ups.rows[i].of.occasion,
                       before->sign_ups.rows[i].of.number);
    for (size_t i = same; !rc && i < after->sign_ups.count; i++)
        rc = write_sign_up(db, suffix, person, &after->sign_ups.rows[i]);
    return rc;
}

static enum rc write_proposals(struct db *db, const char *suffix, struct fact_id person,
                               const struct presence *presence)
{
    enum rc rc = views_run(
        db, suffix, "DELETE FROM proposal@ WHERE person_station=? AND person_seq=?", "I", person);
    for (size_t i = 0; !rc && i < presence->proposal_count; i++) {
        const struct proposal *r = &presence->proposals[i];
        rc = views_run(db, suffix,
                       "INSERT INTO proposal@(person_station, person_seq, place, fact_station,"
                       " fact_seq, visit_station, visit_seq, arrived_ms, left_ms, state,"
                       " answer_station, answer_seq) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)",
                       "IiIIiidI", person, (int64_t)i, r->fact, r->visit, r->arrived_ms, r->left_ms,
                       (int)r->state, r->answer);
    }
    return rc;
}

enum rc views_write_presence(struct db *db, const char *suffix, struct fact_id person,
                             const struct presence *before, const struct presence *after)
{
    enum rc rc = write_visits(db, suffix, person, before, after);
    if (!rc)
        rc = write_stints(db, suffix, person, before, after);
    if (!rc)
        rc = write_sign_ups(db, suffix, person, before, after);
    if (!rc && !fold_has_same_proposals(before, after))
        rc = write_proposals(db, suffix, person, after);
    if (!rc && !deeds_are_same(&before->deeds, &after->deeds))
        rc = views_write_deeds(db, suffix, person, &after->deeds);
    if (!rc && !fact_id_is_same(before->since, after->since))
        rc = write_since(db, suffix, person, after);
    if (!rc && !totals_are_same(&before->totals, &after->totals))
        rc = write_totals(db, suffix, person, &after->totals);
    return rc;
}
