/* People and occasions as they were at the mark, and as they are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/domain/stint.h"
#include "app/store/changes_i.h"
#include "app/store/lookup.h"
#include "app/store/views.h"

static int compare_moved(const void *a, const void *b)
{
    const struct changes_moved *left = a, *right = b;
    return fact_id_compare(left->fact, right->fact);
}

/* Stations come in their order, and each one's facts do. */
const struct changes_moved *changes_moved_of(const struct changes *changes, struct fact_id fact)
{
    const struct changes_moved key = {.fact = fact};
    return changes->moved_count ? bsearch(&key, changes->moved, changes->moved_count,
                                          sizeof *changes->moved, compare_moved)
                                : NULL;
}

static void put_back(const struct changes *changes, struct fact *fact)
{
    const struct changes_moved *moved = changes_moved_of(changes, fact->id);
    if (!moved)
        return;
    fact->effective_ms = moved->effective_ms;
    fact->is_doubtful = moved->is_doubtful;
}

enum rc changes_load_past(struct changes *changes, struct fact_id subject)
{
    struct facts *past = &changes->past;
    size_t kept = 0;
    enum rc rc = facts_load_subject(changes->db, subject, past);
    if (rc)
        return rc;
    for (size_t i = 0; i < past->count; i++) {
        struct fact *fact = &past->rows[i];
        if (!mark_has(changes->since, fact->id))
            continue;
        put_back(changes, fact);
        past->rows[kept++] = *fact;
    }
    past->count = kept;
    return RC_OK;
}

bool changes_is_lost(const struct changes *changes, const struct fact *fact)
{
    if (fact->body || !mark_has(changes->since, fact->id))
        return false;
    for (size_t i = 0; i < changes->erased_count; i++) {
        const struct changes_erased *range = &changes->erased[i];
        if (range->station == fact->id.station && fact->id.seq >= range->first &&
            fact->id.seq <= range->last)
            return true;
    }
    return false;
}

/* --- a person at one moment --- */

/* What time alone has ended gave something, too; at most one visit is open. */
static enum rc add_stints(struct changes_side *side)
{
    struct stint cut[STINTS_MAX];
    const struct presence *presence = &side->fold.presence;
    const struct visit *open = presence_open_visit(presence);
    int count = 0;
    if (open && presence_visit_at(open, side->at_ms).how_out != PRESENCE_OPEN)
        count = stint_cut(open, &presence->sign_ups, side->at_ms, cut);
    side->stint_count = presence->stint_count + (size_t)count;
    side->stints = calloc(side->stint_count + 1, sizeof *side->stints);
    if (!side->stints)
        return RC_NO_MEMORY;
    if (presence->stint_count)
        memcpy(side->stints, presence->stints, presence->stint_count * sizeof *side->stints);
    memcpy(side->stints + presence->stint_count, cut, (size_t)count * sizeof *side->stints);
    return RC_OK;
}

enum rc changes_begin_side(struct facts *facts, struct fact_id id, int64_t at_ms, bool is_past,
                           struct changes_side *out_side)
{
    struct changes_side side = {.id = id, .at_ms = at_ms, .is_past = is_past};
    enum rc rc = fold_person(facts->rows, facts->count, &side.fold);
    if (rc)
        return rc;
    if (!side.fold.is_known)
        side.fold.person = (struct person){.first_name = ""};
    side.fold.person.id = id;
    rc = add_stints(&side);
    if (rc)
        changes_finish_side(&side);
    else
        *out_side = side;
    return rc;
}

void changes_finish_side(struct changes_side *side)
{
    fold_finish(&side->fold);
    free(side->stints);
    side->stints = NULL;
}

/* --- what stands beside their rows --- */

static bool is_touched(const struct changes *changes, struct fact_id subject)
{
    size_t low = 0, high = changes->touched.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = fact_id_compare(changes->touched.rows[middle], subject);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static enum rc find_past_person(struct changes *changes, struct fact_id id, struct person *out)
{
    struct fold fold;
    enum rc rc = changes_load_past(changes, id);
    if (!rc)
        rc = fold_person(changes->past.rows, changes->past.count, &fold);
    if (rc)
        return rc;
    *out = fold.is_known ? fold.person : (struct person){.first_name = ""};
    fold_finish(&fold);
    return RC_OK;
}

enum rc changes_name(struct changes *changes, struct fact_id person, bool is_past, char *out_name,
                     size_t size)
{
    struct person found = {.first_name = ""};
    enum rc rc = RC_OK;
    if (fact_id_is_none(person)) {
        out_name[0] = 0;
        return RC_OK;
    }
    if (is_past && is_touched(changes, person))
        rc = find_past_person(changes, person, &found);
    else if ((rc = lookup_person(changes->db, person, &found)) == RC_EMPTY)
        rc = RC_OK;
    if (!rc)
        snprintf(out_name, size, "%s%s%s", found.first_name,
                 found.first_name[0] && found.last_name[0] ? " " : "", found.last_name);
    return rc;
}

static enum rc find_past_occasion(struct changes *changes, struct fact_id id,
                                  struct occasion *occasion, bool *out_is_known)
{
    enum rc rc = changes_load_past(changes, id);
    return rc ? rc : occasion_fold(changes->past.rows, changes->past.count, occasion, out_is_known);
}

enum rc changes_find_title(struct changes *changes, struct fact_id id, bool is_past,
                           struct changes_title *out_title)
{
    struct changes_title *last = &changes->titles[is_past];
    if (!fact_id_is_none(last->occasion) && fact_id_is_same(last->occasion, id)) {
        *out_title = *last;
        return RC_OK;
    }
    struct changes_title title = {.occasion = id, .is_known = true};
    struct occasion *occasion = calloc(1, sizeof *occasion);
    if (!occasion)
        return RC_NO_MEMORY;
    enum rc rc = is_past && is_touched(changes, id)
                     ? find_past_occasion(changes, id, occasion, &title.is_known)
                     : views_load_occasion(changes->db, VIEWS_LIVE, id, occasion);
    if (rc == RC_EMPTY) {
        title.is_known = false;
        rc = RC_OK;
    }
    if (!rc && title.is_known) {
        title.kind = occasion->kind;
        snprintf(title.title, sizeof title.title, "%s", occasion->title);
    }
    free(occasion);
    if (!rc)
        *out_title = *last = title;
    return rc;
}
