/* What the register has of a first visit, beside what was told. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/store/folder.h"
#include "app/store/lookup.h"
#include "app/store/verify.h"
#include "app/store/welcome.h"
#include "tests/support/give_up.h"
#include "tests/support/visitor.h"

static void found(struct visitor_loss *loss, long *counter, const char *format, ...)
{
    va_list arguments;
    (*counter)++;
    if (loss->first[0])
        return;
    va_start(arguments, format);
    vsnprintf(loss->first, sizeof loss->first, format, arguments);
    va_end(arguments);
}

static int64_t count(struct db *db, const char *sql, struct fact_id person)
{
    struct sqlite3_stmt *rows;
    int64_t number = -1;
    if (!db_query_row(db, &rows, sql, "I", person)) {
        number = db_column(rows, 0);
        db_done(rows);
    }
    return number;
}

/* --- never half of one --- */

/* What goes with a step is there exactly where the step is done. */
static void check_step(struct visitor_loss *loss, const struct newcomer *newcomer,
                       enum guide_step step, bool has_it, const char *what)
{
    bool is_done = newcomer->steps[step] == NEWCOMER_DONE;
    if (is_done && !has_it)
        found(loss, &loss->half, "the step %s is done, without %s", guide_step_name(step), what);
    else if (!is_done && has_it)
        found(loss, &loss->half, "there is %s, and the step %s is open", what,
              guide_step_name(step));
}

static int consents_said(struct db *db, struct fact_id person)
{
    struct consents consents;
    int said = 0;
    if (!welcome_consents(db, person, &consents))
        for (int field = 0; field < CONSENT_BUDDY; field++)
            said += consents.rows[field].is_said;
    return said;
}

static void check_whole(struct db *db, const struct welcome_row *row, struct visitor_loss *loss)
{
    struct person person;
    const struct newcomer *newcomer = &row->newcomer;
    struct fold_badge badges[FOLD_BADGES_MAX];
    size_t badge_count = 0;
    if (lookup_person(db, row->person, &person) || !person.first_name[0]) {
        found(loss, &loss->half, "somebody is on the way and has no name");
        return;
    }
    if (count(db, "SELECT count(*) FROM fact WHERE kind=19 AND subject_station=? AND subject_seq=?",
              row->person) != 1)
        found(loss, &loss->half, "%s has no code", person.first_name);
    if (!row->is_in)
        found(loss, &loss->half, "%s is not in the house", person.first_name);
    if (newcomer->steps[GUIDE_LANGUAGE] != NEWCOMER_DONE ||
        newcomer->steps[GUIDE_WHO] != NEWCOMER_DONE)
        found(loss, &loss->half, "%s has a code, and their way has not begun", person.first_name);
    (void)!lookup_badges(db, row->person, badges, FOLD_BADGES_MAX, &badge_count);
    int said = consents_said(db, row->person);
    check_step(loss, newcomer, GUIDE_WHY, newcomer->wishes[GUIDE_BRINGS][0] != 0, "a wish");
    check_step(loss, newcomer, GUIDE_CIRCLES, person.circle[0] != 0, "a circle");
    check_step(loss, newcomer, GUIDE_MISSIONS, newcomer->missions[0] != 0, "a mission");
    check_step(loss, newcomer, GUIDE_CHARTER,
               newcomer->charter[0] != 0 && newcomer->is_charter_signed, "a signature");
    check_step(loss, newcomer, GUIDE_PRESENT, person.line[0] && said == CONSENT_BUDDY,
               "what may be shown");
    if (newcomer->steps[GUIDE_PRESENT] != NEWCOMER_DONE && (person.line[0] || said))
        found(loss, &loss->half, "a part of what may be shown is there, and the step is open");
    check_step(loss, newcomer, GUIDE_BADGE, badge_count == 1, "a badge");
}

struct search {
    struct db *db;
    struct visitor_loss *loss;
    int count;
};

static enum rc check_row(void *context, const struct welcome_row *row)
{
    struct search *search = context;
    search->count++;
    check_whole(search->db, row, search->loss);
    return RC_OK;
}

/* --- all that was told --- */

/* At most the step under way may be there already. */
static void check_told(struct db *db, const struct visitor_told *told, struct visitor_loss *loss)
{
    static struct newcomer there;
    int ahead = 0;
    if (fact_id_is_none(told->person))
        return;
    if (welcome_find(db, told->person, &there)) {
        found(loss, &loss->lost, "somebody had a code, and the register has nobody");
        return;
    }
    for (int step = 0; step < GUIDE_STEP_COUNT; step++) {
        enum newcomer_how had = told->newcomer.steps[step];
        if (there.steps[step] == had)
            continue;
        ahead++;
        if (had != NEWCOMER_NOT_YET)
            found(loss, &loss->lost, "the step %s was said to be %s, and is %s",
                  guide_step_name((enum guide_step)step), newcomer_how_name(had),
                  newcomer_how_name(there.steps[step]));
    }
    if (ahead > 1)
        found(loss, &loss->half, "%d steps are there that nobody was told of", ahead);
    if (told->newcomer.buddy_state == NEWCOMER_BUDDY_TAKEN &&
        there.buddy_state != NEWCOMER_BUDDY_TAKEN)
        found(loss, &loss->lost, "the buddy is gone");
}

static void check_verified(const char *data, struct visitor_loss *loss)
{
    char path[512];
    struct snapshot *snapshot;
    struct verify_result result;
    struct reason reason = {.text = ""};
    snprintf(path, sizeof path, "%s/perron.db", data);
    if (snapshot_open(path, &snapshot, &reason)) {
        found(loss, &loss->corrupt, "does not open: %.160s", reason.text);
        return;
    }
    if (verify_run(snapshot, &result) || !verify_holds(&result))
        found(loss, &loss->corrupt, "verify found: %.160s", result.first);
    snapshot_close(snapshot);
}

static enum rc open_register(const struct visitor *visitor, struct folder **out_folder,
                             struct journal **out_journal, struct clock_reading *out_now,
                             struct reason *reason)
{
    const struct journal_rules rules = {240, "Europe/Brussels"};
    struct clock *clock;
    enum rc rc = clock_open_simulated(visitor->told->wall_ms + 60000, CLOCK_SYNCED,
                                      visitor->told->boot + 1000, &clock);
    if (rc)
        give_up("visitor", "there is no clock");
    clock_read(clock, out_now);
    clock_close(clock);
    rc = folder_open(visitor->data, FOLDER_WRITE, out_folder, reason);
    if (rc)
        return rc;
    rc = folder_open_journal(*out_folder, &rules, out_now, out_journal, reason);
    if (rc)
        folder_close(*out_folder);
    return rc;
}

bool visitor_has_loss(const struct visitor_loss *loss)
{
    return loss->corrupt || loss->lost || loss->half || loss->astray;
}

void visitor_check(const struct visitor *visitor, struct visitor_loss *loss)
{
    struct folder *folder;
    struct journal *journal;
    struct clock_reading now;
    struct reason reason = {.text = ""};
    if (open_register(visitor, &folder, &journal, &now, &reason)) {
        found(loss, &loss->corrupt, "does not open: %.160s", reason.text);
        return;
    }
    struct search search = {journal_db(journal), loss, 0};
    if (welcome_list(search.db, NULL, 0, now.wall_ms, check_row, &search))
        found(loss, &loss->corrupt, "who began cannot be listed");
    check_told(search.db, visitor->told, loss);
    journal_close(journal);
    folder_close(folder);
    check_verified(visitor->data, loss);
    if (visitor->told->is_astray)
        found(loss, &loss->astray, "came back to %s, which is not where it stopped",
              visitor->told->page);
}
