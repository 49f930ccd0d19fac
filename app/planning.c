#include "app/planning.h"

#include <string.h>

#include "app/store/rota.h"

/* --- the store as the plan asks about it --- */

static enum rc ask_known(void *context, const char *uid, const char *instance,
                         struct occasion *out_occasion)
{
    struct fact_id id;
    enum rc rc = lookup_imported(context, uid, instance, &id);
    return rc ? rc : lookup_occasion(context, id, out_occasion);
}

static enum rc ask_each(void *context, int64_t from_ms, int64_t to_ms,
                        enum rc (*take)(void *taker, const struct occasion *occasion), void *taker)
{
    return lookup_occasions(context, from_ms, to_ms, take, taker);
}

static enum rc ask_signed_up(void *context, struct fact_id occasion, int *out_count)
{
    return lookup_signed_up(context, occasion, out_count);
}

static enum rc ask_organisation(void *context, const char *name, struct fact_id *out_organisation)
{
    return lookup_organisation(context, name, out_organisation);
}

/* --- taking it --- */

struct taking {
    struct journal *journal;
    const struct office *office;
    const char *source;
};

static enum rc append(void *context, enum fact_kind kind, struct fact_id subject,
                      struct fact_id organisation, json_t *body, struct fact_id *out_id)
{
    const struct taking *taking = context;
    if (body && kind == FACT_OCCASION_ADDED &&
        json_object_set_new(body, "source", json_string(taking->source))) {
        json_decref(body);
        return RC_NO_MEMORY;
    }
    return office_add_for(taking->journal, taking->office, kind, subject, organisation, body,
                          out_id);
}

static bool is_moved(const struct calendar_row *row)
{
    return row->signed_up > 0 &&
           (row->verdict == CALENDAR_CHANGED || row->verdict == CALENDAR_CANCELLED);
}

static enum rc restate(const struct calendar *calendar, const struct taking *taking)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < calendar_count(calendar); i++)
        if (is_moved(calendar_row(calendar, i)))
            rc = rota_restate(taking->journal, taking->office, calendar_row(calendar, i)->id);
    return rc;
}

enum rc planning_plan(struct journal *journal, struct calendar *calendar, const char *source)
{
    struct db *db = journal_db(journal);
    const struct calendar_lookup lookup = {.context = db,
                                           .source = source,
                                           .known = ask_known,
                                           .each = ask_each,
                                           .signed_up = ask_signed_up,
                                           .organisation = ask_organisation};
    int64_t now_ms;
    bool is_doubtful;
    if (!db)
        return RC_IO;
    journal_place_now(journal, &now_ms, &is_doubtful);
    return calendar_plan(calendar, &lookup, now_ms);
}

enum rc planning_take(struct journal *journal, const struct office *office,
                      const struct calendar *calendar, const char *source)
{
    struct taking taking = {journal, office, source};
    const struct calendar_journal to = {.context = &taking, .append = append};
    enum rc rc = calendar_facts(calendar, &to);
    return rc ? rc : restate(calendar, &taking);
}

static enum rc tell(const struct calendar *calendar, bool wants_json, char **out_told)
{
    if (!wants_json)
        return calendar_preview_text(calendar, out_told);
    json_t *preview = calendar_preview_json(calendar);
    char *text = preview ? json_write(preview, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    json_decref(preview);
    if (!text)
        return RC_NO_MEMORY;
    *out_told = text;
    return RC_OK;
}

/* Plans inside the transaction that then takes the calendar: nothing changes in between. */
static enum rc take(struct journal *journal, struct calendar *calendar,
                    const struct planning_options *options, char **out_told)
{
    const struct office office = {.now = options->now};
    char *told = NULL;
    enum rc rc = planning_plan(journal, calendar, options->source);
    if (!rc)
        rc = tell(calendar, options->wants_json, &told);
    if (rc)
        return rc;
    *out_told = told;
    if (options->is_dry_run)
        return RC_EMPTY;
    if (calendar_count_plan(calendar).rows[CALENDAR_REFUSED] && !options->skips_refused)
        return RC_REFUSED;
    return planning_take(journal, &office, calendar, options->source);
}

enum rc planning_import(struct journal *journal, const char *bytes, size_t length,
                        const struct planning_options *options, char **out_told,
                        struct reason *out_reason)
{
    struct calendar *calendar;
    enum rc rc = calendar_read(bytes, length, calendar_horizon_around(options->now.wall_ms),
                               &calendar, out_reason);
    if (rc)
        return rc;
    if (options->is_part)
        calendar_keep_others(calendar);
    rc = journal_begin(journal, &options->now);
    if (!rc) {
        rc = take(journal, calendar, options, out_told);
        if (!rc)
            rc = journal_commit(journal);
        else
            journal_rollback(journal);
    }
    calendar_close(calendar);
    if (rc == RC_EMPTY)
        return RC_OK;
    if (rc == RC_REFUSED)
        reason_set(out_reason, "nothing was taken: mend what is refused, or take the others with "
                               "--skip-refused");
    else if (rc)
        reason_set(out_reason, "nothing was taken: the register cannot be written (%s)",
                   rc_text(rc));
    return rc;
}
