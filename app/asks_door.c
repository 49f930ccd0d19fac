/* What visitors ask: in without a badge, who came along, when they left. */
#include <stdio.h>
#include <string.h>

#include "app/asks_i.h"
#include "app/store/lookup_people.h"
#include "firmware/base/hash.h"

enum rc asks_names(struct doing *doing, struct journal *journal)
{
    enum name_match_result result;
    struct told *told = &doing->told;
    enum rc rc = lookup_people_match(journal_db(journal), doing->ask.text, &doing->match, &result);
    if (rc)
        return rc;
    told->how = result == NAME_MATCH_FOUND      ? TOLD_YES
                : result == NAME_MATCH_TOO_MANY ? TOLD_MANY
                                                : TOLD_NO;
    told->count = result == NAME_MATCH_FOUND ? (int)doing->match.count : 0;
    for (int i = 0; i < told->count; i++)
        snprintf(told->rows[i].title, sizeof told->rows[i].title, "%s",
                 doing->match.tiles[i].display_name);
    return RC_OK;
}

static struct door_entry entry_of(const struct doing *doing)
{
    return (struct door_entry){.person = doing->ask.person,
                               .how = doing->how,
                               .by = doing->ask.by,
                               .now = doing->now,
                               .occasion = doing->occasion,
                               .home = doing->home};
}

enum rc asks_enter(struct doing *doing, struct journal *journal)
{
    const struct door_entry entry = entry_of(doing);
    bool is_vouched = doing->ask.kind == ASK_VOUCH;
    enum rc rc = is_vouched ? office_check_reach(journal, &doing->ask.reach, OFFICE_ABOUT_PERSON,
                                                 doing->ask.person, &doing->why)
                            : RC_OK;
    if (rc)
        return rc;
    door_enter(journal, &entry, &doing->result);
    doing->has_result = true;
    return doing->result.disk;
}

/* Whoever proved by their code who they are may say that a badge nobody had is theirs. */
enum rc asks_link(struct doing *doing, struct journal *journal)
{
    const struct door_entry entry = entry_of(doing);
    enum rc rc = asks_check_badge(doing);
    if (rc)
        return rc;
    door_link(journal, &entry, &doing->badge, &doing->result, &doing->why);
    doing->has_result = true;
    return doing->result.disk;
}

/* --- proving who one is --- */

/* The tile that was chosen; NULL: none, or one of an older search. */
static const struct name_match_tile *tile_of(const struct station *station, int choice)
{
    bool is_there = choice >= 0 && (size_t)choice < station->names.count;
    return is_there ? &station->names.tiles[choice] : NULL;
}

void asks_wait_for_secret(struct station *station, const struct ask *ask, enum rc rc)
{
    if (!rc)
        station->proving = *ask;
    else
        asks_answer(station, ask->kind, TOLD_NO,
                    rc == RC_BUSY ? WORDS_MARK("The station is busy. Try again in a moment.")
                                  : NULL);
}

void asks_code(struct station *station, const struct ask *ask)
{
    const struct name_match_tile *tile = tile_of(station, ask->number[0]);
    if (ask->kind == ASK_LINK && !strangers_find(&station->strangers, ask->number[1]))
        asks_answer(station, ask->kind, TOLD_NO, asks_badge_forgotten);
    else
        asks_wait_for_secret(station, ask,
                             secrets_try_code(station->secrets, ask->text,
                                              tile ? tile->people : NULL, tile ? tile->count : 0));
}

void asks_pin(struct station *station, const struct ask *ask)
{
    asks_wait_for_secret(station, ask, secrets_try_pin(station->secrets, ask->person, ask->text));
}

/* A code that fits lets its owner in, and may make an unknown badge theirs. */
static void let_in(struct station *station, const struct ask *asked, struct fact_id person)
{
    const struct stranger *stranger =
        asked->kind == ASK_LINK ? strangers_find(&station->strangers, asked->number[1]) : NULL;
    struct ask ask = *asked;
    ask.person = person;
    ask.by = (struct fact_id){0, 0};
    struct doing *doing = asks_begin(station, &ask,
                                     ask.kind == ASK_RESUME ? asks_resume
                                     : stranger             ? asks_link
                                                            : asks_enter);
    if (doing) {
        doing->how = PRESENCE_NAME;
        doing->has_badge = stranger != NULL;
        if (stranger)
            doing->badge = stranger->badge;
    }
    asks_submit(station, doing);
}

/* What a try, or a new code, came to. */
static void tell_of(const struct secrets_event *event, struct told *told)
{
    told->person = event->person;
    told->how = TOLD_NO;
    if (event->rc == RC_OK && event->is_right)
        told->how = TOLD_YES;
    else if (!event->is_new && (event->rc == RC_REFUSED || event->locked_ms > 0))
        told->how = TOLD_LOCKED;
    else if (event->rc)
        asks_copy(told->why, sizeof told->why,
                  asks_why(event->is_new ? event->rc : RC_IO, &event->why));
    snprintf(told->text, sizeof told->text, "%s", event->made);
}

bool asks_hear(struct station *station, const struct secrets_event *event)
{
    const struct ask asked = station->proving;
    struct told told = {.ask = asked.kind};
    if (asked.kind == ASK_NOTHING)
        return false;
    station->proving = (struct ask){.kind = ASK_NOTHING};
    if (event->rc == RC_OK && event->is_right && event->kind == KEYRING_CODE && !event->is_new) {
        let_in(station, &asked, event->person);
        return true;
    }
    if (asked.kind == ASK_BEGIN && event->rc == RC_OK) {
        asks_begun(station, &asked, event);
        return true;
    }
    tell_of(event, &told);
    asks_tell(station, &told);
    hash_forget(&told, sizeof told);
    return true;
}

void asks_vouch(struct station *station, const struct ask *ask)
{
    const struct name_match_tile *tile = tile_of(station, ask->number[0]);
    struct ask entry = *ask;
    if (!tile || tile->count != 1) {
        asks_answer(station, ask->kind, TOLD_NO,
                    WORDS_MARK("Several people have this name: their code is needed."));
        return;
    }
    entry.person = tile->people[0];
    struct doing *doing = asks_begin(station, &entry, asks_enter);
    if (doing)
        doing->how = PRESENCE_STAFF;
    asks_submit(station, doing);
}

/* --- somebody else, by name --- */

/* Who votes for whoever asks: one of the names they found, if it is one person's alone. */
void asks_proxy(struct station *station, const struct ask *ask)
{
    const struct name_match_tile *tile = tile_of(station, ask->number[0]);
    struct ask proxy = *ask;
    bool is_given = ask->number[0] >= 0;
    if (is_given && (!tile || tile->count != 1)) {
        asks_answer(station, ask->kind, TOLD_NO,
                    WORDS_MARK("Several people have this name: ask a member of staff to note it."));
        return;
    }
    proxy.other = is_given ? tile->people[0] : (struct fact_id){0, 0};
    asks_submit(station, asks_begin(station, &proxy, asks_give_proxy));
}

/* --- about a visit --- */

enum rc asks_guests(struct doing *doing, struct journal *journal)
{
    struct door_guests guests = {.person = doing->ask.person,
                                 .adults = doing->ask.number[0],
                                 .children = doing->ask.number[1],
                                 .now = doing->now,
                                 .home = doing->home};
    if (doing->ask.text[0]) {
        asks_copy(guests.names[0], sizeof guests.names[0], doing->ask.text);
        guests.name_count = 1;
    }
    door_guests(journal, &guests, &doing->result);
    doing->has_result = true;
    return doing->result.disk;
}

/* A shift to help at, or what brings them. */
enum rc asks_choose(struct doing *doing, struct journal *journal)
{
    bool is_help = doing->ask.kind == ASK_HELP;
    const struct door_choice choice = {.person = doing->ask.person,
                                       .of = {doing->ask.fact, is_help ? doing->ask.number[0] : 0},
                                       .now = doing->now,
                                       .occasion = doing->occasion,
                                       .home = doing->home};
    door_choose(journal, &choice, &doing->result, &doing->why);
    doing->has_result = true;
    return doing->result.disk;
}

/* What they take, say or hand over. */
enum rc asks_do(struct doing *doing, struct journal *journal)
{
    const struct door_deed deed = {.person = doing->ask.person,
                                   .kind = (enum deed_kind)doing->ask.number[0],
                                   .other = doing->ask.other,
                                   .text = doing->ask.text,
                                   .now = doing->now,
                                   .occasion = doing->occasion,
                                   .home = doing->home};
    if ((unsigned)deed.kind >= DEED_COUNT)
        return RC_BAD_INPUT;
    door_do(journal, &deed, &doing->result, &doing->why);
    doing->has_result = true;
    return doing->result.disk;
}

enum rc asks_propose(struct doing *doing, struct journal *journal)
{
    struct fact_id fact;
    const struct door_proposal proposal = {.person = doing->ask.person,
                                           .visit = doing->ask.fact,
                                           .left_ms = doing->ask.at_ms,
                                           .now = doing->now};
    return door_propose(journal, &proposal, &fact);
}
