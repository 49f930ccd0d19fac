/* What somebody asks who is here for the first time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/around.h"
#include "app/asks_i.h"
#include "app/domain/day.h"
#include "app/store/lookup.h"
#include "app/store/lookup_occasions.h"
#include "app/store/lookup_people.h"
#include "app/store/place.h"
#include "app/store/welcome.h"
#include "app/ui/words.h"

/* So far ahead somebody may be invited. */
#define NEXT_AHEAD_MS ((int64_t)45 * 24 * 3600 * 1000)
#define NEXT_MAX 4
#define REFERENTS_MAX 64

/* Who began within so long is a newcomer. */
#define NEWCOMERS_MS ((int64_t)365 * 24 * 3600 * 1000)

static enum rc tell_consents(struct told *told, struct db *db)
{
    struct consents consents;
    enum rc rc = welcome_consents(db, told->person, &consents);
    told->consents = 0;
    for (int field = 0; !rc && field < CONSENT_COUNT; field++)
        told->consents |= (uint32_t)consents.rows[field].is_given << field;
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* How far they are, for whoever goes on with it. */
static enum rc tell_way(struct doing *doing, struct journal *journal)
{
    struct person person;
    struct told *told = &doing->told;
    struct db *db = journal_db(journal);
    int day = day_number(place_now(journal, &doing->now), journal_day_end_min(journal));
    told->day_ms = day_number_begin(day, journal_day_end_min(journal));
    enum rc rc = welcome_find(db, told->person, &told->newcomer);
    if (rc && rc != RC_EMPTY)
        return rc;
    rc = tell_consents(told, db);
    if (!rc)
        rc = lookup_person(db, told->person, &person);
    if (!rc)
        snprintf(told->name, sizeof told->name, "%s", person.first_name);
    return rc;
}

enum rc asks_way(struct doing *doing, struct journal *journal)
{
    struct office office;
    enum rc rc = asks_check_self(doing, journal, &office);
    return rc ? rc : tell_way(doing, journal);
}

/* --- a name --- */

/* Each of several is called by a stand-in until they say who they are. */
void asks_begin_visit(struct station *station, const struct ask *ask)
{
    struct secrets_begin begin = {.language = ask->language,
                                  .hello = (enum newcomer_how)ask->number[1],
                                  .is_nameless = ask->number[0] > 0,
                                  .occasion = station->occasion};
    asks_copy(begin.first_name, sizeof begin.first_name, ask->text);
    if (begin.is_nameless)
        words_format(begin.first_name, sizeof begin.first_name,
                     words(ask->language, WORDS_MARK("Guest %d")), ask->number[0]);
    asks_wait_for_secret(station, ask, secrets_begin(station->secrets, &begin));
}

/* The code is told once, beside how far they are. */
void asks_begun(struct station *station, const struct ask *asked, const struct secrets_event *event)
{
    struct ask ask = *asked;
    ask.person = event->person;
    struct doing *doing = asks_begin(station, &ask, asks_way);
    if (doing)
        snprintf(doing->told.text, sizeof doing->told.text, "%s", event->made);
    around_look(station);
    station_play(station, CUE_ARRIVAL);
    asks_submit(station, doing);
}

/* By their code; who is out is in from here on, and who is in stays so. */
enum rc asks_resume(struct doing *doing, struct journal *journal)
{
    struct visit visit;
    const struct door_entry entry = {.person = doing->ask.person,
                                     .how = PRESENCE_NAME,
                                     .now = doing->now,
                                     .occasion = doing->occasion,
                                     .home = doing->home};
    int64_t now_ms = place_now(journal, &doing->now);
    enum rc rc = lookup_last_visit(journal_db(journal), doing->ask.person, &visit);
    if (rc && rc != RC_EMPTY)
        return rc;
    if (rc == RC_EMPTY || visit.how_out || now_ms >= visit.closes_ms) {
        door_enter(journal, &entry, &doing->result);
        if (doing->result.disk)
            return doing->result.disk;
    }
    return tell_way(doing, journal);
}

/* --- what they say --- */

enum rc asks_tell_of(struct doing *doing, struct journal *journal)
{
    struct office office;
    const struct ask *ask = &doing->ask;
    enum rc rc = asks_check_self(doing, journal, &office);
    if (!rc)
        rc = welcome_tell(journal, &office, ask->person, (enum person_key)ask->number[0], ask->text,
                          &doing->why);
    return rc ? rc : tell_way(doing, journal);
}

/* What stands for the bits, as long as the step is said. */
struct keys {
    char wishes[GUIDE_WISH_COUNT][NEWCOMER_KEYS_BYTES];
    char missions[NEWCOMER_KEYS_BYTES];
};

static void fill_why(const struct guide *guide, const struct ask *ask, struct keys *keys,
                     struct newcomer_said *said)
{
    for (int wish = 0; wish < GUIDE_WISH_COUNT; wish++) {
        guide_keys(guide, (enum guide_wish)wish, ask->bits[wish], keys->wishes[wish],
                   sizeof keys->wishes[wish]);
        said->wishes[wish] = keys->wishes[wish];
    }
}

static void fill_missions(const struct guide *guide, const struct ask *ask, struct keys *keys,
                          struct newcomer_said *said)
{
    guide_mission_keys(guide, ask->bits[0], keys->missions, sizeof keys->missions);
    said->missions = keys->missions;
    said->wants_shaping = ask->bits[1] != 0;
}

static void fill_text(const struct guide *guide, const struct ask *ask, const struct ink *ink,
                      struct newcomer_said *said)
{
    const struct guide_row *row = guide_find(guide, said->step);
    if (!row)
        return;
    said->version = row->version;
    said->text = row->texts[ask->language].hash;
    said->language = language_code(ask->language);
    if (!ink)
        return;
    said->begins = ink->begins;
    said->point_count = ink->count;
    said->stroke_count = ink->strokes;
}

/* x, y of each point, one after the other. */
static void fill_points(const struct ink *ink, int16_t *points, struct newcomer_said *said)
{
    for (int i = 0; i < ink->count; i++) {
        points[2 * i] = ink->x[i];
        points[2 * i + 1] = ink->y[i];
    }
    said->points = points;
}

/* What goes with a step, and is recorded with it or not at all. */
static struct welcome_with with_of(const struct ask *ask, const struct newcomer_said *said)
{
    struct welcome_with with = {.language = ask->language};
    const char *text = ask->text[0] ? ask->text : NULL;
    if (said->how != NEWCOMER_DONE)
        return with;
    if (said->step == GUIDE_CIRCLES)
        with.circle = text;
    if (said->step == GUIDE_PRESENT) {
        with.line = text;
        with.has_consents = true;
        with.consents = ask->bits[0];
    }
    return with;
}

enum rc asks_step(struct doing *doing, struct journal *journal)
{
    struct keys keys;
    struct office office;
    int16_t points[2 * INK_POINTS_MAX];
    const struct ask *ask = &doing->ask;
    const struct guide *guide = journal_guide(journal);
    const struct ink *ink = doing->has_ink ? &doing->ink : NULL;
    struct newcomer_said said = {.step = (enum guide_step)ask->number[0],
                                 .how = (enum newcomer_how)ask->number[1]};
    enum rc rc = asks_check_self(doing, journal, &office);
    if (rc)
        return rc;
    if (!guide || (unsigned)said.step >= GUIDE_WAY_STEPS)
        return RC_BAD_INPUT;
    if (said.step == GUIDE_WHY && said.how == NEWCOMER_DONE)
        fill_why(guide, ask, &keys, &said);
    if (said.step == GUIDE_MISSIONS && said.how == NEWCOMER_DONE)
        fill_missions(guide, ask, &keys, &said);
    if (said.step == GUIDE_CHARTER || said.step == GUIDE_NOTICE)
        fill_text(guide, ask, ink, &said);
    if (ink)
        fill_points(ink, points, &said);
    const struct welcome_with with = with_of(ask, &said);
    rc = welcome_step_with(journal, &office, ask->person, &said, &with, &doing->why);
    return rc ? rc : tell_way(doing, journal);
}

enum rc asks_consent(struct doing *doing, struct journal *journal)
{
    struct office office;
    const struct ask *ask = &doing->ask;
    enum rc rc = asks_check_self(doing, journal, &office);
    if (!rc && (unsigned)ask->number[0] >= CONSENT_COUNT)
        rc = RC_BAD_INPUT;
    if (!rc)
        rc = welcome_consent(journal, &office, ask->person, (enum consent)ask->number[0],
                             ask->number[1] != 0, ask->language, &doing->why);
    return rc ? rc : tell_way(doing, journal);
}

/* --- what fits them --- */

enum rc asks_missions(struct doing *doing, struct journal *journal)
{
    struct office office;
    struct match matches[GUIDE_MISSIONS_MAX];
    struct told *told = &doing->told;
    int count = 0;
    enum rc rc = asks_check_self(doing, journal, &office);
    if (!rc)
        rc = welcome_missions(journal, doing->ask.person, place_now(journal, &doing->now), matches,
                              &count);
    for (int i = 0; !rc && i < count; i++) {
        const struct match *match = &matches[i];
        told->rows[told->count++] = (struct row){.number = {match->mission, match->needed},
                                                 .at_ms = match->next_ms,
                                                 .mark = match->like >= 0    ? 1 + match->like
                                                         : match->skill >= 0 ? -1 - match->skill
                                                                             : 0};
    }
    return rc;
}

/* --- a buddy --- */

static bool is_named(struct journal *journal, struct fact_id id, const char *named)
{
    struct person person;
    if (lookup_person(journal_db(journal), id, &person))
        return false;
    bool is_called = person_is_called(&person, named);
    person.last_name[0] = 0; /* whoever the house calls by the first name alone */
    return is_called || person_is_called(&person, named);
}

/* Whom the house names, else whoever has most to say there. RC_EMPTY: there is nobody. */
static enum rc find_referent(struct journal *journal, struct fact_id *out_person, char *out_name,
                             size_t size)
{
    struct lookup_people_row rows[REFERENTS_MAX];
    size_t count;
    const struct guide *guide = journal_guide(journal);
    const char *named = guide ? guide->referent : "";
    enum rc rc = lookup_people_roles(journal_db(journal), REFERENTS_MAX, rows, &count);
    *out_person = (struct fact_id){0, 0};
    snprintf(out_name, size, "%s", named);
    for (size_t i = 0; !rc && i < count; i++) {
        if (named[0] && !is_named(journal, rows[i].person, named))
            continue;
        *out_person = rows[i].person;
        snprintf(out_name, size, "%s", rows[i].display_name);
        return RC_OK;
    }
    return rc ? rc : RC_EMPTY;
}

enum rc asks_buddies(struct doing *doing, struct journal *journal)
{
    struct office office;
    size_t count = 0;
    struct told *told = &doing->told;
    struct buddy *buddies = calloc(WELCOME_BUDDIES_MAX, sizeof *buddies);
    enum rc rc = buddies ? asks_check_self(doing, journal, &office) : RC_NO_MEMORY;
    if (!rc)
        rc = welcome_buddies(journal, doing->ask.person, doing->home,
                             place_now(journal, &doing->now), buddies, &count);
    for (size_t i = 0; !rc && i < count; i++) {
        struct row *row = &told->rows[told->count++];
        *row = (struct row){.id = buddies[i].person,
                            .mark = buddies[i].language == doing->ask.language};
        snprintf(row->title, sizeof row->title, "%s", buddies[i].name);
    }
    free(buddies);
    return rc;
}

/* Nobody of the register answers for them: the day to come is all there is. */
static enum rc put_off(struct doing *doing, struct journal *journal, const struct office *office)
{
    const struct newcomer_said said = {.step = GUIDE_BUDDY, .how = NEWCOMER_LATER};
    return welcome_step(journal, office, doing->ask.person, &said, &doing->why);
}

enum rc asks_buddy(struct doing *doing, struct journal *journal)
{
    struct office office;
    const struct ask *ask = &doing->ask;
    enum buddy_how how = (enum buddy_how)ask->number[0];
    struct fact_id buddy = ask->other;
    char name[100];
    enum rc rc = asks_check_self(doing, journal, &office);
    if (!rc && how == BUDDY_NAMED)
        rc = find_referent(journal, &buddy, name, sizeof name);
    if (rc && rc != RC_EMPTY)
        return rc;
    rc = fact_id_is_none(buddy)
             ? put_off(doing, journal, &office)
             : welcome_buddy(journal, &office, ask->person, buddy, how, &doing->why);
    return rc ? rc : tell_way(doing, journal);
}

/* --- a badge --- */

static enum rc look_at_blank(struct doing *doing, struct journal *journal)
{
    (void)journal;
    return asks_check_badge(doing);
}

static enum rc take_blank(struct doing *doing, struct journal *journal)
{
    struct office office;
    enum rc rc = asks_check_badge(doing);
    if (!rc)
        rc = asks_check_self(doing, journal, &office);
    if (!rc)
        rc = welcome_badge(journal, &office, doing->ask.person, &doing->badge, &doing->why);
    return rc ? rc : tell_way(doing, journal);
}

/* Once to see whether it can be, once more to see that it was no chance. */
void asks_blank(struct station *station, const struct ask *ask)
{
    bool is_second = ask->number[0] != 0;
    if (is_second && strcmp(station->blank.text, station->claimed.text) != 0) {
        asks_answer(station, ask->kind, TOLD_NO,
                    WORDS_MARK("That was another badge. Tap the same one twice."));
        return;
    }
    struct doing *doing = asks_begin(station, ask, is_second ? take_blank : look_at_blank);
    if (doing) {
        doing->badge = station->blank = station->claimed;
        doing->has_badge = is_second;
    }
    asks_submit(station, doing);
}

/* --- what comes --- */

struct search {
    struct told *told;
    int64_t now_ms;
    bool has_kind[OCCASION_COUNT];
};

/* The next one of each kind that somebody new may like to come to. */
static enum rc tell_next(void *context, const struct occasion *occasion)
{
    static const bool is_for_newcomers[OCCASION_COUNT] = {[OCCASION_INFO] = true,
                                                          [OCCASION_DRINKS] = true,
                                                          [OCCASION_OPEN_DAY] = true,
                                                          [OCCASION_WORKSHOP] = true};
    struct search *search = context;
    struct told *told = search->told;
    if (occasion->state == OCCASION_CANCELLED || occasion->from_ms <= search->now_ms ||
        !is_for_newcomers[occasion->kind] || search->has_kind[occasion->kind] ||
        told->count == NEXT_MAX)
        return RC_OK;
    search->has_kind[occasion->kind] = true;
    struct row *row = &told->rows[told->count++];
    *row = (struct row){.id = occasion->id,
                        .number = {(int)occasion->kind},
                        .at_ms = occasion->from_ms,
                        .to_ms = occasion->to_ms};
    asks_copy(row->title, sizeof row->title, occasion->title);
    return RC_OK;
}

enum rc asks_next(struct doing *doing, struct journal *journal)
{
    struct office office;
    struct fact_id referent;
    struct search search = {.told = &doing->told, .now_ms = place_now(journal, &doing->now)};
    enum rc rc = asks_check_self(doing, journal, &office);
    if (!rc)
        rc = lookup_occasions(journal_db(journal), search.now_ms, search.now_ms + NEXT_AHEAD_MS,
                              tell_next, &search);
    if (!rc)
        rc = find_referent(journal, &referent, doing->told.text, sizeof doing->told.text);
    return rc == RC_EMPTY ? RC_OK : rc;
}

/* --- for staff --- */

struct telling {
    struct told *told;
    const struct guide *guide;
};

static enum rc tell_newcomer(void *context, const struct welcome_row *found)
{
    const struct telling *telling = context;
    const struct guide *guide = telling->guide;
    struct told *told = telling->told;
    told->total++;
    if (told->count == TOLD_ROWS_MAX)
        return RC_OK;
    int next = newcomer_next(guide, &found->newcomer, INT64_MAX);
    struct row *row = &told->rows[told->count++];
    *row = (struct row){
        .id = found->person,
        .number = {next < guide->row_count ? (int)guide->rows[next].step : GUIDE_WAY_STEPS},
        .at_ms = found->newcomer.began_ms,
        .to_ms = found->last_ms,
        .mark = found->same_name > 0};
    asks_copy(row->title, sizeof row->title, found->full_name);
    asks_copy(row->line, sizeof row->line, found->buddy);
    return RC_OK;
}

enum rc asks_newcomers(struct doing *doing, struct journal *journal)
{
    const int64_t now_ms = place_now(journal, &doing->now);
    struct telling telling = {&doing->told, journal_guide(journal)};
    if (!telling.guide)
        return RC_OK;
    struct belonging belonging;
    enum rc rc = welcome_list(journal_db(journal), asks_whose(doing, journal, &belonging),
                              now_ms - NEWCOMERS_MS, now_ms, tell_newcomer, &telling);
    doing->told.beyond = doing->told.total - doing->told.count;
    return rc;
}
