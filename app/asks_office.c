/* What staff ask of the register. What each kind needs a right for is asks.c's table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/asks_i.h"
#include "app/domain/day.h"
#include "app/store/lookup_people.h"
#include "app/store/place.h"
#include "app/store/setting.h"

const char asks_no_right[] = WORDS_MARK("Your badge does not open this. Ask a member of staff.");

static struct office office_of(const struct doing *doing)
{
    return (struct office){.by = doing->ask.by, .now = doing->now};
}

const struct belonging *asks_whose(const struct doing *doing, struct journal *journal,
                                   struct belonging *belonging)
{
    if (doing->ask.reach.kind == REACH_HOUSE)
        return NULL;
    *belonging = belonging_of(doing->ask.reach.organisation, journal_circles(journal));
    return belonging;
}

/* --- lists: what is found, and what of it a row shows --- */

struct found {
    void *rows;
    size_t listed, total;
    size_t beyond; /* not listed: too many */
};

static enum rc find_here(const struct doing *doing, struct journal *journal, struct found *found)
{
    struct lookup_people_count count;
    enum rc rc = lookup_people_here(journal_db(journal), doing->at_ms, TOLD_ROWS_MAX, found->rows,
                                    &found->listed, &count);
    if (rc)
        return rc;
    found->total = count.people + count.guests + count.children;
    found->beyond = count.people - found->listed;
    return RC_OK;
}

static void show_here(const void *found, struct row *row)
{
    const struct lookup_people_here *here = found;
    row->id = here->person;
    asks_copy(row->title, sizeof row->title, here->full_name);
    row->at_ms = here->arrived_ms;
    row->is_doubtful_at = here->is_doubtful;
    row->number[0] = here->guests;
    row->number[1] = here->children;
    row->mark = here->is_long;
}

static enum rc find_people(const struct doing *doing, struct journal *journal, struct found *found)
{
    struct belonging belonging;
    enum rc rc = lookup_people_search(journal_db(journal), asks_whose(doing, journal, &belonging),
                                      doing->ask.text, LOOKUP_PEOPLE_FOUND_MAX, found->rows,
                                      &found->listed, &found->total);
    if (!rc)
        found->beyond = found->total - found->listed;
    return rc;
}

static void show_person(const void *found, struct row *row)
{
    const struct lookup_people_row *person = found;
    row->id = person->person;
    asks_copy(row->title, sizeof row->title, person->full_name);
    snprintf(row->line, sizeof row->line, "%s", person->number);
}

#define VISITS_MAX 64 /* the last ones */

static enum rc find_visits(const struct doing *doing, struct journal *journal, struct found *found)
{
    return lookup_people_visits(journal_db(journal), doing->ask.person,
                                doing->ask.reach.organisation, VISITS_MAX, found->rows,
                                &found->listed);
}

static int64_t end_of(enum presence_how how_out, int64_t left_ms)
{
    return how_out == PRESENCE_OPEN ? 0 : left_ms;
}

static void show_visit(const void *found, struct row *row)
{
    const struct visit *visit = &((const struct lookup_people_visit *)found)->visit;
    const struct visit_before *before = &visit->before;
    row->id = visit->id;
    row->at_ms = visit->arrived_ms;
    row->to_ms = end_of(visit->how_out, visit->left_ms);
    row->is_doubtful_at = visit->is_doubtful_in;
    row->is_doubtful_to = visit->is_doubtful_out;
    row->was_at_ms = before->arrived_ms;
    row->was_to_ms = end_of(before->how_out, before->left_ms);
    row->number[0] = visit->how_in;
    row->number[1] = visit->how_out;
    asks_copy(row->line, sizeof row->line, ((const struct lookup_people_visit *)found)->reason);
}

static enum rc find_badges(const struct doing *doing, struct journal *journal, struct found *found)
{
    return lookup_people_badges(journal_db(journal), doing->ask.person, FOLD_BADGES_MAX,
                                found->rows, &found->listed);
}

static void show_badge(const void *found, struct row *row)
{
    const struct lookup_people_badge *badge = found;
    snprintf(row->title, sizeof row->title, "%s", badge->handle);
    row->at_ms = badge->given_ms;
    row->to_ms = badge->withdrawn_ms ? badge->withdrawn_ms : badge->until_ms;
    row->mark = badge->withdrawn_ms != 0;
}

struct list {
    size_t max, row_size;
    enum rc (*find)(const struct doing *doing, struct journal *journal, struct found *found);
    void (*show)(const void *found, struct row *row);
};

static const struct list lists[ASK_COUNT] = {
    [ASK_HERE] = {TOLD_ROWS_MAX, sizeof(struct lookup_people_here), find_here, show_here},
    [ASK_PEOPLE] = {LOOKUP_PEOPLE_FOUND_MAX, sizeof(struct lookup_people_row), find_people,
                    show_person},
    [ASK_VISITS] = {VISITS_MAX, sizeof(struct lookup_people_visit), find_visits, show_visit},
    [ASK_BADGES] = {FOLD_BADGES_MAX, sizeof(struct lookup_people_badge), find_badges, show_badge},
};

_Static_assert(LOOKUP_PEOPLE_FOUND_MAX <= TOLD_ROWS_MAX && VISITS_MAX <= TOLD_ROWS_MAX &&
                   FOLD_BADGES_MAX <= TOLD_ROWS_MAX,
               "what is found can be told");

enum rc asks_list(struct doing *doing, struct journal *journal)
{
    const struct list *list = &lists[doing->ask.kind];
    doing->at_ms = place_now(journal, &doing->now); /* may open the database again */
    if (!journal_db(journal))
        return RC_IO;
    struct found found = {.rows = calloc(list->max, list->row_size)};
    enum rc rc = found.rows ? list->find(doing, journal, &found) : RC_NO_MEMORY;
    for (size_t i = 0; !rc && i < found.listed; i++)
        list->show((const char *)found.rows + i * list->row_size, &doing->told.rows[i]);
    free(found.rows);
    if (rc)
        return rc;
    doing->told.count = (int)found.listed;
    doing->told.total = (int)(found.total ? found.total : found.listed);
    doing->told.beyond = (int)found.beyond;
    return RC_OK;
}

/* --- acts --- */

enum rc asks_correct(struct doing *doing, struct journal *journal)
{
    const struct office office = office_of(doing);
    struct fact_id fact;
    const struct office_correction correction = {.visit = doing->ask.fact,
                                                 .arrived_ms = doing->ask.at_ms,
                                                 .left_ms = doing->ask.to_ms,
                                                 .is_void = doing->ask.kind == ASK_VOID,
                                                 .reason = doing->ask.text};
    return office_correct(journal, &office, &correction, &fact, &doing->why);
}

enum rc asks_check_badge(struct doing *doing)
{
    struct reason why;
    enum rc rc = badge_check_enrolment(&doing->badge, &why);
    if (rc)
        reason_set(&doing->why, "%s",
                   WORDS_MARK("A phone changes its number at every tap: take a card or a tag."));
    return rc;
}

enum rc asks_hand(struct doing *doing, struct journal *journal)
{
    const struct office office = office_of(doing);
    bool is_lent = doing->ask.number[1] != 0;
    const struct office_badge gift = {
        .person = doing->ask.person,
        .badge = doing->badge,
        .is_lent = is_lent,
        .until_ms = is_lent ? day_end_after(doing->now.wall_ms, journal_day_end_min(journal)) : 0};
    enum rc rc = asks_check_badge(doing);
    if (rc)
        return rc;
    return doing->ask.kind == ASK_REPLACE
               ? office_replace_badge(journal, &office, &gift, &doing->why)
               : office_give_badge(journal, &office, &gift, &doing->why);
}

enum rc asks_lose(struct doing *doing, struct journal *journal)
{
    const struct office office = office_of(doing);
    return office_withdraw(journal, &office, doing->ask.person, NULL, OFFICE_LOST, &doing->why);
}

enum rc asks_record(struct doing *doing, struct journal *journal)
{
    const struct office office = office_of(doing);
    struct fact_id fact;
    return office_record(journal, &office, doing->ask.person,
                         doing->ask.kind == ASK_ENTER ? ANSWER_ARRIVAL : ANSWER_DEPARTURE, &fact,
                         &doing->why);
}

/* On the loop's thread: what is slow in it is done beside taps. */
void asks_new_code(struct station *station, const struct ask *ask)
{
    asks_wait_for_secret(station, ask, secrets_make_code(station->secrets, ask->person, ask->by));
}

/* --- settings --- */

/* "?" only asks what was chosen; "" takes the choice back. It holds until the day is over. */
enum rc asks_occasion(struct doing *doing, struct journal *journal)
{
    const struct office office = office_of(doing);
    struct told *told = &doing->told;
    int64_t until_ms = day_end_after(doing->now.wall_ms, journal_day_end_min(journal));
    if (strcmp(doing->ask.text, "?") == 0)
        return setting_get(journal_db(journal), journal_station(journal), "occasion",
                           doing->now.wall_ms, told->text, sizeof told->text);
    const char *wish = doing->ask.text;
    enum rc rc =
        office_set(journal, &office, "occasion", wish, wish[0] ? until_ms : 0, &doing->why);
    if (!rc)
        asks_copy(told->text, sizeof told->text, wish);
    return rc;
}

/* What was changed on the screen, kept for the next start. */
enum rc asks_keep(struct doing *doing, struct journal *journal)
{
    const struct office office = office_of(doing);
    char value[16];
    snprintf(value, sizeof value, "%d", doing->ask.number[0]);
    return office_set(journal, &office, doing->ask.text, value, 0, &doing->why);
}
