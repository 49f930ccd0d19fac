#include "app/exchange/own_data.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/body.h"
#include "app/domain/day.h"
#include "app/store/named.h"
#include "app/store/views.h"

/* --- words --- */

static json_t *time_text(int64_t at_ms)
{
    char text[32];
    if (!at_ms)
        return json_null();
    day_format_utc(at_ms, text, sizeof text);
    return json_string(text);
}

static json_t *day_text(int day)
{
    char text[16];
    snprintf(text, sizeof text, "%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
    return json_string(text);
}

/* As exports name rows: the station in hex, and the sequence. */
static json_t *id_text(struct fact_id id)
{
    char text[FACT_ID_BYTES];
    if (fact_id_is_none(id))
        return json_null();
    fact_id_write(id, text);
    return json_string(text);
}

static const char *how_text(enum presence_how how)
{
    const char *name = presence_how_name(how);
    return name ? name : "open";
}

/* Behind the others of the list under `name`; takes the row over, NULL for no memory. */
static bool add(json_t *data, const char *name, json_t *row)
{
    json_t *list = json_object_get(data, name);
    if (!list && json_object_set_new(data, name, list = json_array())) {
        json_decref(row);
        return false;
    }
    return json_array_append_new(list, row) == 0;
}

/* --- as it stands --- */

static bool add_badges(json_t *data, const struct fold *fold)
{
    bool is_whole = true;
    for (size_t i = 0; is_whole && i < fold->badge_count; i++) {
        const struct fold_badge *badge = &fold->badges[i];
        is_whole = add(data, "badges",
                       json_pack("{s:o,s:o,s:b,s:b}", "handle", id_text(badge->given), "until",
                                 time_text(badge->until_ms), "is_lent", (int)badge->is_lent,
                                 "is_withdrawn", (int)badge->is_withdrawn));
    }
    return is_whole;
}

static bool add_visits(json_t *data, const struct presence *presence)
{
    bool is_whole = true;
    for (size_t i = 0; is_whole && i < presence->count; i++) {
        const struct visit *visit = &presence->visits[i];
        is_whole =
            add(data, "visits",
                json_pack("{s:o,s:o,s:s,s:o,s:o,s:s,s:s,s:i,s:i,s:b}", "id", id_text(visit->id),
                          "day", day_text(visit->day), "kind", occasion_kind_name(visit->kind),
                          "arrived", time_text(visit->arrived_ms), "left",
                          time_text(visit->left_ms), "arrival_known_by", how_text(visit->how_in),
                          "departure_known_by", how_text(visit->how_out), "guests", visit->guests,
                          "children", visit->children, "as_staff", (int)visit->is_staff));
    }
    for (size_t i = 0; is_whole && i < presence->stint_count; i++) {
        const struct stint *stint = &presence->stints[i];
        is_whole =
            add(data, "hours",
                json_pack("{s:o,s:o,s:s,s:o,s:I,s:b,s:b}", "visit", id_text(stint->visit), "day",
                          day_text(stint->day), "mission", stint->mission, "from",
                          time_text(stint->from_ms), "seconds", (json_int_t)stint->seconds,
                          "is_assumed", (int)stint->is_assumed, "as_staff", (int)stint->is_staff));
    }
    return is_whole;
}

static bool add_said(json_t *data, const struct presence *presence)
{
    static const char *const states[] = {"taken", "waits", "accepted", "refused"};
    bool is_whole = true;
    for (size_t i = 0; is_whole && i < presence->sign_ups.count; i++) {
        const struct sign_up *s = &presence->sign_ups.rows[i];
        is_whole = add(data, "sign_ups",
                       json_pack("{s:s,s:o,s:o,s:s,s:o}", "mission", s->mission, "from",
                                 time_text(s->from_ms), "to", time_text(s->to_ms), "state",
                                 sign_up_end_name(s->end), "visit", id_text(s->visit)));
    }
    for (size_t i = 0; is_whole && i < presence->proposal_count; i++) {
        const struct proposal *p = &presence->proposals[i];
        is_whole = add(data, "proposals",
                       json_pack("{s:o,s:o,s:o,s:s}", "visit", id_text(p->visit), "arrived",
                                 time_text(p->arrived_ms), "left", time_text(p->left_ms), "state",
                                 states[p->state & 3]));
    }
    for (size_t i = 0; is_whole && i < presence->deeds.count; i++) {
        const struct deed *deed = &presence->deeds.rows[i];
        is_whole =
            add(data, "deeds",
                json_pack("{s:s,s:o,s:o,s:s}", "deed", deed_kind_name(deed->kind), "day",
                          day_text(deed->day), "at", time_text(deed->at_ms), "text", deed->text));
    }
    for (size_t i = 0; is_whole && i < presence->totals.count; i++)
        is_whole = add(data, "sums", total_to_json(&presence->totals.rows[i]));
    return is_whole;
}

static bool add_newcomer(json_t *data, const struct newcomer *newcomer)
{
    json_t *steps = json_object();
    bool is_whole = steps != NULL;
    for (int i = 0; is_whole && i < GUIDE_STEP_COUNT; i++)
        if (newcomer->steps[i] != NEWCOMER_NOT_YET)
            is_whole = json_object_set_new(steps, guide_step_name((enum guide_step)i),
                                           json_pack("{s:s,s:o}", "how",
                                                     newcomer_how_name(newcomer->steps[i]), "at",
                                                     time_text(newcomer->steps_ms[i]))) == 0;
    if (!newcomer->has_begun || !is_whole) {
        json_decref(steps);
        return is_whole;
    }
    return json_object_set_new(
               data, "first_visit",
               json_pack("{s:o,s:o,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:b,s:b}", "began",
                         time_text(newcomer->began_ms), "steps", steps, "brings",
                         newcomer->wishes[GUIDE_BRINGS], "likes", newcomer->wishes[GUIDE_LIKES],
                         "avoids", newcomer->wishes[GUIDE_AVOIDS], "skills",
                         newcomer->wishes[GUIDE_SKILLS], "needs", newcomer->wishes[GUIDE_NEEDS],
                         "missions", newcomer->missions, "charter", newcomer->charter,
                         "is_charter_signed", (int)newcomer->is_charter_signed, "has_buddy",
                         !fact_id_is_none(newcomer->buddy))) == 0;
}

static bool add_consents(json_t *data, const struct consents *consents)
{
    bool is_whole = true;
    for (int i = 0; is_whole && i < CONSENT_COUNT; i++) {
        const struct consent_row *row = &consents->rows[i];
        if (row->is_said)
            is_whole = add(data, "consents",
                           json_pack("{s:s,s:b,s:s,s:o}", "field", consent_name((enum consent)i),
                                     "is_given", (int)row->is_given, "version", row->version, "at",
                                     time_text(row->at_ms)));
    }
    return is_whole;
}

static bool add_fold(json_t *data, const struct fold *fold)
{
    const struct fold_keyholder *keys = &fold->keyholder;
    return json_object_set_new(data, "person", person_to_json(&fold->person)) == 0 &&
           json_object_set_new(data, "role", json_string(role_name(keys->role))) == 0 &&
           json_object_set_new(data, "role_organisation", id_text(keys->organisation)) == 0 &&
           json_object_set_new(data, "has_pin", json_boolean(keys->pin[0])) == 0 &&
           json_object_set_new(data, "has_code", json_boolean(keys->code[0])) == 0 &&
           add_badges(data, fold) && add_visits(data, &fold->presence) &&
           add_said(data, &fold->presence) && add_newcomer(data, &fold->newcomer) &&
           add_consents(data, &fold->consents);
}

/* --- fact by fact --- */

/* What would open a door, or be somebody's number. */
static void drop_secrets(json_t *body)
{
    static const char *const keys[] = {"badge", "key", "pin", "code"};
    for (size_t i = 0; body && i < sizeof keys / sizeof keys[0]; i++)
        json_object_del(body, keys[i]);
}

static bool add_fact(json_t *data, const struct fact *fact, json_t *body)
{
    const char *kind = fact_kind_name(fact->kind);
    return add(data, "facts",
               json_pack("{s:o,s:o,s:b,s:s,s:o}", "id", id_text(fact->id), "at",
                         time_text(fact->effective_ms), "is_time_doubtful", (int)fact->is_doubtful,
                         "kind", kind ? kind : "of a newer version", "said",
                         body ? body : json_null()));
}

static enum rc add_facts(json_t *data, const struct facts *facts)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < facts->count; i++) {
        json_t *body;
        rc = body_read(&facts->rows[i], &body);
        if (rc)
            break;
        drop_secrets(body);
        rc = add_fact(data, &facts->rows[i], body) ? RC_OK : RC_NO_MEMORY;
    }
    return rc;
}

/* " 5 17, 5 18,": facts that name them by what they are called. free() it. */
static enum rc list_named(struct db *db, struct fact_id person, const struct facts *theirs,
                          char **out_text)
{
    struct wanted *wanted;
    struct named named = {.rows = NULL};
    char *text = NULL;
    size_t size;
    enum rc rc = named_begin(db, person, theirs, &wanted);
    if (rc)
        return rc;
    rc = named_find(wanted, 0, &named);
    FILE *out = rc ? NULL : open_memstream(&text, &size);
    for (size_t i = 0; out && i < named.count; i++)
        fprintf(out, " %" PRId64 " %" PRId64 ",", named.rows[i].fact.station,
                named.rows[i].fact.seq);
    if (!rc && (!out || ferror(out) | fclose(out)))
        rc = RC_NO_MEMORY;
    named_finish(&named);
    named_end(wanted);
    if (rc)
        free(text);
    else
        *out_text = text;
    return rc;
}

/* By name or number, or as "by", "other", "buddy" and their like have them: [station,seq]. */
static enum rc add_mentions(json_t *data, struct db *db, struct fact_id person,
                            const struct facts *theirs)
{
    struct sqlite3_stmt *rows = NULL;
    char pair[48], *named = NULL;
    snprintf(pair, sizeof pair, "[%" PRId64 ",%" PRId64 "]", person.station, person.seq);
    enum rc rc = list_named(db, person, theirs, &named);
    if (!rc)
        rc = db_query(db, &rows,
                      "SELECT station, seq, kind, effective_ms FROM fact"
                      " WHERE body IS NOT NULL AND NOT (subject_station=? AND subject_seq=?)"
                      " AND (instr(body, cast(? AS BLOB))>0 OR"
                      " instr(?, ' ' || station || ' ' || seq || ',')>0) ORDER BY effective_ms",
                      "Itt", person, pair, named);
    while (!rc && !(rc = db_step(db, rows))) {
        const char *kind = fact_kind_name((enum fact_kind)db_column(rows, 2));
        if (!add(data, "named_in",
                 json_pack("{s:o,s:o,s:s}", "id", id_text(db_column_id(rows, 0)), "at",
                           time_text(db_column(rows, 3)), "kind",
                           kind ? kind : "of a newer version")))
            rc = RC_NO_MEMORY;
    }
    db_done(rows);
    free(named);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* --- all of it --- */

static enum rc read_all(struct db *db, struct fact_id person, struct facts *facts,
                        struct fold *fold, json_t *data)
{
    enum rc rc = facts_load_subject(db, person, facts);
    if (!rc && !facts->count)
        rc = RC_EMPTY;
    if (!rc)
        rc = views_load(db, VIEWS_LIVE, person, fold);
    if (!rc && !add_fold(data, fold))
        rc = RC_NO_MEMORY;
    if (!rc)
        rc = add_facts(data, facts);
    return rc ? rc : add_mentions(data, db, person, facts);
}

enum rc own_data_read(struct db *db, struct fact_id person, int64_t now_ms, json_t **out_data)
{
    struct facts facts = {.rows = NULL};
    struct fold fold = {.is_known = false};
    json_t *data = json_pack("{s:s,s:o,s:o}", "what", "all that the register has about a person",
                             "made", time_text(now_ms), "id", id_text(person));
    enum rc rc = data ? read_all(db, person, &facts, &fold, data) : RC_NO_MEMORY;
    fold_finish(&fold);
    facts_finish(&facts);
    if (rc)
        json_decref(data);
    else
        *out_data = data;
    return rc;
}
