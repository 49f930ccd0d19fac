#include "app/store/erase_named.h"

#include <stdlib.h>

#include "app/domain/basket.h"
#include "app/domain/body.h"
#include "app/domain/fold.h"
#include "app/store/named.h"
#include "app/store/office_i.h"
#include "app/store/stone.h"

struct rewriting {
    struct journal *journal;
    const struct office *office;
    struct wanted *wanted;
    struct facts facts;
};

static enum rc say_whole(struct rewriting *rewriting, enum fact_kind kind, struct fact_id subject,
                         struct fact_id organisation, json_t *body)
{
    if (body && json_object_set_new(body, FACT_WHOLE, json_true())) {
        json_decref(body);
        body = NULL;
    }
    return office_add_for(rewriting->journal, rewriting->office, kind, subject, organisation, body,
                          NULL);
}

static bool is_fetcher(void *context, const char *name)
{
    return named_means(context, name);
}

static enum rc say_person(struct rewriting *rewriting, struct fact_id subject)
{
    const struct fact_id house = {0, 0};
    struct fold fold;
    enum rc rc = fold_person(rewriting->facts.rows, rewriting->facts.count, &fold);
    if (rc)
        return rc;
    if (fold.is_known) {
        basket_drop_fetchers(&fold.person, is_fetcher, rewriting->wanted);
        rc = named_rc(rewriting->wanted);
        if (!rc)
            rc = say_whole(rewriting, FACT_PERSON_CHANGED, subject, house,
                           person_to_json(&fold.person));
    }
    fold_finish(&fold);
    return rc;
}

static enum rc say_occasion(struct rewriting *rewriting, struct fact_id subject)
{
    bool is_known = false;
    struct occasion *occasion = calloc(1, sizeof *occasion);
    if (!occasion)
        return RC_NO_MEMORY;
    enum rc rc = occasion_fold(rewriting->facts.rows, rewriting->facts.count, occasion, &is_known);
    for (int i = 0; !rc && i < occasion->shift_count; i++)
        if (named_means(rewriting->wanted, occasion->shifts[i].referent))
            occasion->shifts[i].referent[0] = 0;
    if (!rc)
        rc = named_rc(rewriting->wanted);
    if (!rc && is_known)
        rc = say_whole(rewriting, FACT_OCCASION_CHANGED, subject, occasion->organisation,
                       occasion_to_json(occasion));
    free(occasion);
    return rc;
}

/* Nobody votes for them at that assembly now. */
static enum rc say_proxy(struct rewriting *rewriting, const struct named_in *in)
{
    for (size_t i = 0; i < rewriting->facts.count; i++) {
        const struct fact *fact = &rewriting->facts.rows[i];
        struct deed deed = {.kind = DEED_PROXY};
        json_t *body = NULL;
        if (!fact_id_is_same(fact->id, in->fact))
            continue;
        enum rc rc = body_read(fact, &body);
        deed.occasion = body_id(body, "occasion");
        json_decref(body);
        return rc ? rc
                  : office_add_for(rewriting->journal, rewriting->office, FACT_DEED, in->subject,
                                   fact->organisation, deed_to_json(&deed), NULL);
    }
    return RC_OK;
}

/* A buddy's name is simply gone: whoever looks after a newcomer is asked anew. */
static enum rc say_anew(struct rewriting *rewriting, const struct named_in *in)
{
    switch (in->kind) {
    case FACT_PERSON_ADDED:
    case FACT_PERSON_CHANGED: return say_person(rewriting, in->subject);
    case FACT_OCCASION_ADDED:
    case FACT_OCCASION_CHANGED: return say_occasion(rewriting, in->subject);
    case FACT_DEED: return say_proxy(rewriting, in);
    default: return RC_OK;
    }
}

static bool is_record(enum fact_kind kind)
{
    return kind == FACT_PERSON_ADDED || kind == FACT_PERSON_CHANGED ||
           kind == FACT_OCCASION_ADDED || kind == FACT_OCCASION_CHANGED;
}

/* One subject's, which are rows [0, count). */
static enum rc rewrite(struct rewriting *rewriting, const struct named_in *rows, size_t count)
{
    struct stone stone = {
        .journal = rewriting->journal, .office = rewriting->office, .person = rows[0].subject};
    bool is_said = false;
    enum rc rc =
        facts_load_subject(journal_db(rewriting->journal), rows[0].subject, &rewriting->facts);
    for (size_t i = 0; !rc && i < count; i++) {
        if (!is_said || !is_record(rows[i].kind))
            rc = say_anew(rewriting, &rows[i]);
        is_said |= is_record(rows[i].kind);
    }
    for (size_t i = 0; !rc && i < count; i++)
        rc = stone_add(&stone, rows[i].fact);
    return stone_end(&stone, rc);
}

static enum rc rewrite_all(struct rewriting *rewriting, const struct named *named)
{
    enum rc rc = RC_OK;
    for (size_t at = 0, count; !rc && at < named->count; at += count) {
        for (count = 1; at + count < named->count &&
                        fact_id_is_same(named->rows[at + count].subject, named->rows[at].subject);)
            count++;
        rc = rewrite(rewriting, &named->rows[at], count);
    }
    return rc;
}

enum rc erase_named(struct journal *journal, const struct office *office, struct fact_id person,
                    const struct facts *theirs, int64_t now_ms)
{
    struct named named = {.rows = NULL};
    struct rewriting rewriting = {.journal = journal, .office = office};
    enum rc rc = named_begin(journal_db(journal), person, theirs, &rewriting.wanted);
    if (rc)
        return rc;
    rc = named_find(rewriting.wanted, now_ms, &named);
    if (!rc)
        rc = rewrite_all(&rewriting, &named);
    facts_finish(&rewriting.facts);
    named_finish(&named);
    named_end(rewriting.wanted);
    return rc;
}
