/* What guests were called: how many they were is said anew, of the visit, and the names go. */
#include <stdlib.h>
#include <string.h>

#include "app/domain/extent.h"
#include "app/domain/fold.h"
#include "app/store/forget_i.h"
#include "app/store/office_i.h"
#include "app/store/stone.h"

#define MS_PER_DAY ((int64_t)24 * 3600 * 1000)

/* As the index by time of such facts has it. */
#define HAS_NAMES "kind = 21 AND instr(body, X'226E616D657322') > 0"
static const char names_key[] = "\"names\"";

static int64_t forgotten_before_ms(const struct forget_work *work, int64_t now_ms)
{
    return now_ms - work->privacy->guest_days * MS_PER_DAY;
}

static enum rc find(struct db *db, const struct forget_work *work, int64_t now_ms,
                    struct forget_people *people)
{
    struct sqlite3_stmt *rows = NULL;
    _Static_assert(FACT_GUESTS == 21, "as the index has it");
    enum rc rc =
        db_query(db, &rows,
                 "SELECT DISTINCT +subject_station, +subject_seq FROM fact WHERE " HAS_NAMES
                 " AND effective_ms<?",
                 "i", forgotten_before_ms(work, now_ms));
    return rc ? rc : forget_read_people(db, rows, people);
}

struct guests {
    struct facts facts;
    struct fold fold;
    struct extent *extents;
    bool *is_said_anew; /* by visit */
};

static enum rc begin(struct journal *journal, struct fact_id person, struct guests *guests)
{
    *guests = (struct guests){.extents = NULL};
    enum rc rc = facts_load_subject(journal_db(journal), person, &guests->facts);
    if (!rc)
        rc = fold_person(guests->facts.rows, guests->facts.count, &guests->fold);
    if (!rc)
        rc = extents_find(&guests->fold.presence, guests->facts.rows, guests->facts.count,
                          &guests->extents);
    if (rc)
        return rc;
    guests->is_said_anew = calloc(guests->fold.presence.count + 1, sizeof *guests->is_said_anew);
    return guests->is_said_anew ? RC_OK : RC_NO_MEMORY;
}

static void finish(struct guests *guests)
{
    free(guests->is_said_anew);
    free(guests->extents);
    fold_finish(&guests->fold);
    facts_finish(&guests->facts);
}

/* The visit it was said in; NULL: none that is left. */
static const struct extent *find_visit(const struct guests *guests, const struct fact *fact)
{
    for (size_t i = 0; i < guests->fold.presence.count; i++)
        if (fact_span_has(&guests->extents[i].span, fact_place_of(fact)))
            return &guests->extents[i];
    return NULL;
}

static bool has_names(const struct fact *fact)
{
    return fact->kind == FACT_GUESTS && fact->body &&
           memmem(fact->body, fact->body_length, names_key, sizeof names_key - 1);
}

/* While somebody is in, their guests are, too. */
static bool does_go(struct guests *guests, const struct fact *fact, int64_t before_ms)
{
    if (!has_names(fact) || fact->effective_ms >= before_ms)
        return false;
    const struct extent *extent = find_visit(guests, fact);
    if (!extent)
        return true;
    const struct visit *visit = &guests->fold.presence.visits[extent->visit];
    if (visit->how_out == PRESENCE_OPEN && visit->closes_ms > before_ms)
        return false;
    guests->is_said_anew[extent->visit] = true;
    return true;
}

static enum rc bury(struct guests *guests, struct stone *stone, int64_t before_ms)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < guests->facts.count; i++)
        if (does_go(guests, &guests->facts.rows[i], before_ms))
            rc = stone_add(stone, guests->facts.rows[i].id);
    return stone_end(stone, rc);
}

static enum rc say_anew(const struct guests *guests, struct journal *journal,
                        const struct office *office, struct fact_id person)
{
    const struct presence *presence = &guests->fold.presence;
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < presence->count; i++) {
        const struct visit *visit = &presence->visits[i];
        if (!guests->is_said_anew[i] || !(visit->guests || visit->children))
            continue;
        rc = office_add(journal, office, FACT_GUESTS, person,
                        json_pack("{s:[I,I],s:i,s:i}", "visit", (json_int_t)visit->id.station,
                                  (json_int_t)visit->id.seq, "adults", visit->guests, "children",
                                  visit->children),
                        NULL);
    }
    return rc;
}

static enum rc forget_of(struct journal *journal, const struct office *office,
                         struct fact_id person, int64_t before_ms)
{
    struct guests guests;
    struct stone stone = {.journal = journal, .office = office};
    enum rc rc = begin(journal, person, &guests);
    if (!rc)
        rc = bury(&guests, &stone, before_ms);
    if (!rc)
        rc = say_anew(&guests, journal, office, person);
    finish(&guests);
    return rc;
}

static enum rc forget(struct journal *journal, const struct office *office,
                      const struct forget_work *work, int64_t now_ms,
                      const struct forget_people *people)
{
    enum rc rc = RC_OK;
    for (int i = 0; !rc && i < people->count; i++)
        rc = forget_of(journal, office, people->ids[i], forgotten_before_ms(work, now_ms));
    return rc;
}

enum rc forget_guest_names(struct journal *journal, const struct office *office,
                           const struct privacy *privacy, int *out_count, struct reason *out_reason)
{
    const struct forget_work work = {.privacy = privacy, .find = find, .forget = forget};
    if (privacy->guest_days)
        return forget_part(&work, journal, office, out_count, out_reason);
    *out_count = 0;
    return RC_OK;
}
