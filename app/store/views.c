#include "app/store/views_i.h"

static enum rc write_person(struct db *db, const char *suffix, struct fact_id id,
                            const struct fold *fold)
{
    const struct person *p = &fold->person;
    if (!fold->is_known)
        return views_run(db, suffix, "DELETE FROM person@ WHERE station=? AND seq=?", "I", id);
    return views_run(
        db, suffix,
        "INSERT OR REPLACE INTO person@(station, seq, number, external_id, first_name,"
        " last_name, language, circle, email, phone, since, college, shares, paused_until,"
        " private_hours, basket, basket_pauses, basket_fetchers, line, discreet)"
        " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        "Itttttttttttttttttt", id, p->number, p->external_id, p->first_name, p->last_name,
        p->language, p->circle, p->email, p->phone, p->since, p->college, p->shares,
        p->paused_until, p->private_hours, p->basket, p->basket_pauses, p->basket_fetchers, p->line,
        p->discreet);
}

static enum rc write_badges(struct db *db, const char *suffix, struct fact_id id,
                            const struct fold *before, const struct fold *after)
{
    enum rc rc = RC_OK;
    if (before->badge_count)
        rc = views_run(db, suffix, "DELETE FROM badge@ WHERE station=? AND seq=?", "I", id);
    for (size_t i = 0; !rc && i < after->badge_count; i++) {
        const struct fold_badge *badge = &after->badges[i];
        rc =
            views_run(db, suffix,
                      "INSERT INTO badge@(hash, station, seq, key_id, given_station,"
                      " given_seq, is_withdrawn, until_ms, is_lent) VALUES(?,?,?,?,?,?,?,?,?)",
                      "bItIdid", badge->hash.bytes, sizeof badge->hash.bytes, id, badge->key_id,
                      badge->given, (int)badge->is_withdrawn, badge->until_ms, (int)badge->is_lent);
    }
    return rc;
}

static enum rc write_keyholder(struct db *db, const char *suffix, struct fact_id id,
                               const struct fold_keyholder *keyholder)
{
    if (fold_is_empty_keyholder(keyholder))
        return views_run(db, suffix, "DELETE FROM keyholder@ WHERE station=? AND seq=?", "I", id);
    return views_run(db, suffix,
                     "INSERT OR REPLACE INTO keyholder@(station, seq, role, pin, code, misses,"
                     " miss_station, miss_seq, organisation_station, organisation_seq)"
                     " VALUES(?,?,?,?,?,?,?,?,?,?)",
                     "IdttdII", id, (int)keyholder->role, keyholder->pin, keyholder->code,
                     keyholder->misses, keyholder->last_miss, keyholder->organisation);
}

static enum rc write_fold(struct db *db, const char *suffix, struct fact_id id,
                          const struct fold *before, const struct fold *after)
{
    enum rc rc = RC_OK;
    if (!fold_is_same_person(before, after))
        rc = write_person(db, suffix, id, after);
    if (!rc && !fold_has_same_badges(before, after))
        rc = write_badges(db, suffix, id, before, after);
    if (!rc && !fold_is_same_keyholder(&before->keyholder, &after->keyholder))
        rc = write_keyholder(db, suffix, id, &after->keyholder);
    if (!rc && !newcomer_is_same(&before->newcomer, &after->newcomer))
        rc = views_write_newcomer(db, suffix, id, &after->newcomer);
    if (!rc && !consents_are_same(&before->consents, &after->consents))
        rc = views_write_consents(db, suffix, id, &after->consents);
    if (!rc)
        rc = views_write_presence(db, suffix, id, &before->presence, &after->presence);
    return rc;
}

static enum rc refold_person(struct db *db, const char *suffix, struct fact_id person,
                             struct facts *facts)
{
    struct fold before, after;
    enum rc rc = fold_person(facts->rows, facts->count, &after);
    if (rc)
        return rc;
    rc = views_load(db, suffix, person, &before);
    if (!rc) {
        rc = write_fold(db, suffix, person, &before, &after);
        fold_finish(&before);
    }
    fold_finish(&after);
    return rc;
}

struct views_parts views_parts_of(const struct facts *facts)
{
    struct views_parts parts = {.has_person = facts->count == 0};
    for (size_t i = 0; i < facts->count; i++)
        if (fact_kind_about(facts->rows[i].kind) == FACT_ABOUT_OCCASION)
            parts.has_occasion = true;
        else
            parts.has_person = true;
    return parts;
}

static enum rc fill_person(struct db *db, const char *suffix, struct fact_id person,
                           struct facts *facts)
{
    static const struct fold nobody;
    struct fold after;
    enum rc rc = fold_person(facts->rows, facts->count, &after);
    if (rc)
        return rc;
    rc = write_fold(db, suffix, person, &nobody, &after);
    fold_finish(&after);
    return rc;
}

enum rc views_refold(struct db *db, const char *suffix, struct fact_id subject,
                     struct facts *scratch)
{
    enum rc rc = facts_load_subject(db, subject, scratch);
    if (rc)
        return rc;
    struct views_parts parts = views_parts_of(scratch);
    if (parts.has_person)
        rc = refold_person(db, suffix, subject, scratch);
    if (!rc && parts.has_occasion)
        rc = views_refold_occasion(db, suffix, subject, scratch);
    return rc;
}

enum rc views_fill(struct db *db, const char *suffix, struct facts *facts)
{
    struct fact_id subject = facts->rows[0].subject;
    struct views_parts parts = views_parts_of(facts);
    enum rc rc = parts.has_person ? fill_person(db, suffix, subject, facts) : RC_OK;
    if (!rc && parts.has_occasion)
        rc = views_refold_occasion(db, suffix, subject, facts);
    return rc;
}
