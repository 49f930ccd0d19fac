#include "app/store/assembly.h"

#include <stdlib.h>
#include <string.h>

#include "app/domain/presence.h"
#include "app/store/deeds.h"
#include "app/store/lookup.h"
#include "app/store/lookup_occasions.h"
#include "app/store/office_i.h"

/* --- who has a vote --- */

/* One more row of `size` bytes behind the last; NULL without memory. */
static void *grow(void *rows, size_t count, size_t size)
{
    bool is_full = count == 0 || (count >= 16 && (count & (count - 1)) == 0);
    size_t capacity = count < 16 ? 16 : 2 * count;
    return is_full ? realloc(rows, capacity * size) : rows;
}

static enum rc add_voter(const struct quorum_statutes *statutes, const struct person *person,
                         struct assembly *assembly)
{
    if (!quorum_has_vote(statutes, person))
        return RC_OK;
    struct quorum_voter *voters = grow(assembly->voters, assembly->count, sizeof *voters);
    if (!voters)
        return RC_NO_MEMORY;
    assembly->voters = voters;
    struct quorum_voter *voter = &voters[assembly->count++];
    *voter = (struct quorum_voter){.id = person->id, .weight = quorum_weight(statutes, person)};
    memcpy(voter->college, person->college, sizeof voter->college);
    return RC_OK;
}

/* The few columns that statutes ask for. */
static enum rc find_voters(struct db *db, const struct quorum_statutes *statutes,
                           struct assembly *assembly)
{
    struct sqlite3_stmt *rows = NULL;
    struct person person = {.number = ""};
    enum rc rc = db_query(db, &rows,
                          "SELECT station, seq, number, college, shares FROM person"
                          " ORDER BY station, seq",
                          "");
    while (!rc && !(rc = db_step(db, rows))) {
        person.id = db_column_id(rows, 0);
        db_column_text(rows, 2, person.number, sizeof person.number);
        db_column_text(rows, 3, person.college, sizeof person.college);
        db_column_text(rows, 4, person.shares, sizeof person.shares);
        rc = add_voter(statutes, &person, assembly);
    }
    if (rc != RC_EMPTY)
        db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* --- who is here --- */

static enum rc find_here(struct db *db, struct assembly_of of, int64_t now_ms,
                         struct assembly *assembly)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(db, &rows,
                          "SELECT person_station, person_seq FROM visit WHERE how_out=0"
                          " AND closes_ms>? AND (occasion_station=? AND occasion_seq=?"
                          " AND occasion_seq>0 OR occasion_seq=0 AND kind=?)",
                          "iId", now_ms, of.occasion, (int)OCCASION_ASSEMBLY);
    while (!rc && !(rc = db_step(db, rows))) {
        struct quorum_voter *voter =
            quorum_find(assembly->voters, assembly->count, db_column_id(rows, 0));
        if (voter)
            voter->is_here = true;
    }
    if (rc != RC_EMPTY)
        db_done(rows);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* --- who carries whose --- */

static enum rc add_proxy(void *context, struct fact_id giver, const struct deed *deed)
{
    struct assembly *assembly = context;
    struct quorum_proxy *proxies = grow(assembly->proxies, assembly->proxy_count, sizeof *proxies);
    if (!proxies)
        return RC_NO_MEMORY;
    assembly->proxies = proxies;
    proxies[assembly->proxy_count++] = (struct quorum_proxy){.giver = giver, .holder = deed->other};
    return RC_OK;
}

static enum rc find_proxies(struct db *db, struct assembly_of of, struct assembly *assembly)
{
    const struct deeds_at at = {.kind = DEED_PROXY, .occasion = of.occasion, .day = of.day};
    return deeds_list(db, &at, add_proxy, assembly);
}

/* --- all of it --- */

enum rc assembly_open(struct db *db, const struct quorum_statutes *statutes, struct assembly_of of,
                      int64_t now_ms, struct assembly *out_assembly)
{
    struct assembly assembly = {.count = 0};
    enum rc rc = find_voters(db, statutes, &assembly);
    if (!rc)
        rc = find_here(db, of, now_ms, &assembly);
    if (!rc)
        rc = find_proxies(db, of, &assembly);
    if (rc) {
        assembly_finish(&assembly);
        return rc;
    }
    quorum_count(statutes, assembly.voters, assembly.count, assembly.proxies, assembly.proxy_count,
                 &assembly.quorum);
    *out_assembly = assembly;
    return RC_OK;
}

void assembly_finish(struct assembly *assembly)
{
    free(assembly->voters);
    free(assembly->proxies);
    *assembly = (struct assembly){.count = 0};
}

enum rc assembly_count(struct db *db, const struct quorum_statutes *statutes, struct assembly_of of,
                       int64_t now_ms, struct quorum *out_quorum)
{
    struct assembly assembly;
    enum rc rc = assembly_open(db, statutes, of, now_ms, &assembly);
    if (rc)
        return rc;
    *out_quorum = assembly.quorum;
    assembly_finish(&assembly);
    return RC_OK;
}

/* --- which one --- */

bool assembly_is_over(const struct occasion *assembly, int64_t at_ms)
{
    return at_ms >= assembly->to_ms + ASSEMBLY_OVERRUN_MS;
}

enum rc assembly_next(struct db *db, int64_t from_ms, int64_t to_ms, struct occasion *out_occasion)
{
    struct sqlite3_stmt *rows = NULL;
    enum rc rc =
        db_query_row(db, &rows,
                     "SELECT station, seq FROM occasion WHERE to_ms>? AND from_ms<?"
                     " AND kind=? AND state<>? ORDER BY from_ms, station, seq LIMIT 1",
                     "iidd", from_ms, to_ms, (int)OCCASION_ASSEMBLY, (int)OCCASION_CANCELLED);
    if (rc)
        return rc;
    struct fact_id id = db_column_id(rows, 0);
    db_done(rows);
    return lookup_occasion(db, id, out_occasion);
}

/* --- may they? --- */

static enum rc check_assembly(struct db *db, const struct deed *deed, struct reason *out_reason)
{
    struct occasion occasion;
    if (fact_id_is_none(deed->occasion))
        return office_refuse(OFFICE_NO_ASSEMBLY, out_reason);
    enum rc rc = lookup_occasion(db, deed->occasion, &occasion);
    if (rc)
        return rc == RC_EMPTY ? office_refuse(OFFICE_NO_OCCASION, out_reason) : rc;
    if (occasion.kind != OCCASION_ASSEMBLY)
        return office_refuse(OFFICE_NO_ASSEMBLY, out_reason);
    if (occasion.state == OCCASION_CANCELLED)
        return office_refuse(OFFICE_ASSEMBLY_OFF, out_reason);
    bool is_over = assembly_is_over(&occasion, deed->at_ms);
    return is_over ? office_refuse(OFFICE_ASSEMBLY_OVER, out_reason) : RC_OK;
}

static enum rc check_vote(struct journal *journal, struct fact_id id, enum office_refusal refusal,
                          struct reason *out_reason)
{
    struct person person;
    enum rc rc = office_find(journal, id, &person, out_reason);
    bool has_vote = !rc && quorum_has_vote(journal_statutes(journal), &person);
    return rc || has_vote ? rc : office_refuse(refusal, out_reason);
}

/* Whoever gives theirs again does not stand in their own way. */
static enum rc check_room(struct journal *journal, struct fact_id giver, const struct deed *deed,
                          struct reason *out_reason)
{
    struct assembly assembly = {.count = 0};
    const struct assembly_of of = {.occasion = deed->occasion};
    int carried = 0;
    enum rc rc = find_proxies(journal_db(journal), of, &assembly);
    for (size_t i = 0; i < assembly.proxy_count; i++)
        carried += fact_id_is_same(assembly.proxies[i].holder, deed->other) &&
                   !fact_id_is_same(assembly.proxies[i].giver, giver);
    assembly_finish(&assembly);
    bool is_full = carried >= journal_statutes(journal)->proxies;
    return !rc && is_full ? office_refuse(OFFICE_PROXY_FULL, out_reason) : rc;
}

/* What was never given cannot be taken back. */
static enum rc check_given(struct db *db, struct fact_id giver, const struct deed *deed,
                           struct reason *out_reason)
{
    const struct deeds_at at = {.kind = DEED_PROXY, .occasion = deed->occasion};
    int given;
    enum rc rc = deeds_count(db, &at, giver, &given);
    return !rc && !given ? office_refuse(OFFICE_NO_PROXY, out_reason) : rc;
}

enum rc assembly_check_proxy(struct journal *journal, struct fact_id giver, const struct deed *deed,
                             struct reason *out_reason)
{
    enum rc rc = check_assembly(journal_db(journal), deed, out_reason);
    if (!rc && fact_id_is_none(deed->other))
        return check_given(journal_db(journal), giver, deed, out_reason);
    if (rc)
        return rc;
    if (!journal_statutes(journal)->proxies)
        return office_refuse(OFFICE_PROXIES_NONE, out_reason);
    if (fact_id_is_same(giver, deed->other))
        return office_refuse(OFFICE_PROXY_SELF, out_reason);
    rc = check_vote(journal, giver, OFFICE_GIVER_NO_VOTE, out_reason);
    if (!rc)
        rc = check_vote(journal, deed->other, OFFICE_HOLDER_NO_VOTE, out_reason);
    return rc ? rc : check_room(journal, giver, deed, out_reason);
}
