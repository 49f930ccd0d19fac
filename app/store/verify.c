#include "app/store/verify_i.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "app/store/facts.h"
#include "firmware/base/thread.h"

void verify_found(struct verify_result *result, int64_t *counter, const char *what,
                  struct fact_id id)
{
    if ((*counter)++ == 0 && !result->first[0])
        snprintf(result->first, sizeof result->first, "%s at station %lld, fact %lld", what,
                 (long long)id.station, (long long)id.seq);
}

/* --- the chain --- */

struct chain {
    struct fact_id last;
    uint8_t hash[HASH_BYTES];
    struct verify_redacted redacted; /* of all stations */
};

static enum rc check_link(const struct chain_link *link, struct chain *chain,
                          struct verify_result *result)
{
    const struct fact *fact = &link->fact;
    if (fact->id.seq != chain->last.seq + 1)
        verify_found(result, &result->broken, "a gap", fact->id);
    if (!chain_link_holds(link, chain->hash))
        verify_found(result, &result->broken, "a broken link", fact->id);
    chain->last = fact->id;
    memcpy(chain->hash, link->hash, HASH_BYTES);
    result->facts++;
    return verify_redacted_take(&chain->redacted, link);
}

/* --- one pass in the order of the chain --- */

struct pass {
    struct db *db;
    struct verify_result *result;
    struct chain chain;
    struct verify_times times;
    struct verify_kept kept;
    uint64_t prints;
};

static enum rc end_station(struct pass *pass)
{
    int64_t station = pass->chain.last.station;
    if (!pass->result->facts)
        return RC_OK;
    verify_times_end(&pass->times, station, pass->result);
    return verify_kept_end(&pass->kept, pass->db, station, pass->result);
}

static enum rc begin_station(struct pass *pass, int64_t station)
{
    enum rc rc = end_station(pass);
    pass->chain.last = (struct fact_id){station, 0};
    memset(pass->chain.hash, 0, HASH_BYTES);
    pass->result->stations++;
    return rc ? rc : verify_times_begin(&pass->times, pass->db, station, pass->result);
}

static enum rc take_fact(struct pass *pass, sqlite3_stmt *rows)
{
    struct chain_link link;
    const struct fact *fact = &link.fact;
    enum rc rc = chain_read_link(rows, &link);
    if (!rc && (!pass->result->facts || fact->id.station != pass->chain.last.station))
        rc = begin_station(pass, fact->id.station);
    if (!rc)
        rc = check_link(&link, &pass->chain, pass->result);
    if (rc)
        return rc;
    verify_times_take(&pass->times, fact, pass->result);
    if (fact->subject.seq > 0)
        pass->prints += facts_print(fact);
    return verify_kept_take(&pass->kept, pass->db, fact, pass->result);
}

static enum rc check_chains(struct pass *pass)
{
    sqlite3_stmt *rows = NULL;
    enum rc rc = db_query(
        pass->db, &rows,
        "SELECT " FACTS_COLUMNS_ALONE CHAIN_COLUMNS " FROM fact f ORDER BY f.station, f.seq", "");
    while (!rc && !(rc = db_step(pass->db, rows)))
        rc = take_fact(pass, rows);
    if (rows)
        db_done(rows);
    if (rc == RC_EMPTY)
        rc = end_station(pass);
    if (!rc)
        rc = verify_kept_close(&pass->kept, pass->db, pass->result);
    verify_redacted_close(&pass->chain.redacted, pass->result);
    enum rc closed = verify_times_close(&pass->times, pass->db, pass->result);
    return rc ? rc : closed;
}

/* --- both passes, beside each other where that can be --- */

struct views_pass {
    struct db *db;
    struct verify_result result;
    struct verify_walked walked;
    enum rc rc;
};

static void *check_views(void *argument)
{
    struct views_pass *pass = argument;
    pass->rc = verify_views(pass->db, &pass->walked, &pass->result);
    return NULL;
}

static enum rc check_both(struct snapshot *snapshot, struct pass *chains, struct views_pass *views)
{
    pthread_t thread;
    struct snapshot *twin = NULL;
    bool is_beside = !snapshot_twin(snapshot, &twin);
    views->db = snapshot_db(is_beside ? twin : snapshot);
    is_beside = is_beside && !thread_start(check_views, views, &thread);
    enum rc rc = check_chains(chains);
    if (is_beside)
        pthread_join(thread, NULL);
    else
        check_views(views);
    snapshot_close(twin);
    return rc ? rc : views->rc;
}

static void add_views(struct verify_result *result, const struct verify_result *views)
{
    result->people = views->people;
    result->occasions = views->occasions;
    result->differing += views->differing;
    if (!result->first[0])
        memcpy(result->first, views->first, sizeof result->first);
}

enum rc verify_run(struct snapshot *snapshot, struct verify_result *out_result)
{
    struct verify_result result = {.facts = 0};
    struct pass chains = {.db = snapshot_db(snapshot), .result = &result};
    struct views_pass views = {.db = NULL};
    enum rc rc = check_both(snapshot, &chains, &views);
    if (rc)
        return rc;
    add_views(&result, &views.result);
    if (views.walked.is_whole && views.walked.prints != chains.prints)
        verify_found(&result, &result.differing, "facts by subject that the chain does not have",
                     (struct fact_id){0, 0});
    *out_result = result;
    return RC_OK;
}

bool verify_holds(const struct verify_result *result)
{
    return !result->broken && !result->misplaced && !result->differing;
}
