/* What the calendar says: written as the command line would, while the station is down. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/store/folder.h"
#include "app/store/lookup.h"
#include "app/store/rota.h"
#include "app/store/welcome.h"
#include "tests/support/player_i.h"

#define HOUR_MS INT64_C(3600000)

enum rc player_change(struct player *player, const void *wanted,
                      enum rc (*act)(struct player *player, struct journal *journal,
                                     const struct clock_reading *now, const void *wanted))
{
    struct folder *folder;
    struct journal *journal;
    struct clock_reading now;
    const struct journal_rules rules = {240, "Europe/Brussels"};
    player_stop(player);
    clock_read(player->clock, &now);
    enum rc rc = folder_open(player->config->data, FOLDER_WRITE, &folder, player->reason);
    if (rc)
        return rc;
    rc = folder_open_journal(folder, &rules, &now, &journal, player->reason);
    if (!rc) {
        rc = act(player, journal, &now, wanted);
        journal_close(journal);
    }
    folder_close(folder);
    return rc ? rc : player_start(player);
}

static enum rc add(struct player *player, struct journal *journal, const struct clock_reading *now,
                   const void *wanted)
{
    const struct office office = {.now = *now};
    struct fact_id id;
    return rota_add_occasion(journal, &office, wanted, &id, player->reason);
}

/* plan "Till" at 2026-11-25 16:00 for 2h places 2 with 1004 */
enum rc player_plan(struct player *player, const char *what)
{
    struct occasion occasion = {.kind = OCCASION_SHIFT, .shift_count = 1};
    struct shift *shift = &occasion.shifts[0];
    char title[64], date[12], time[8], referent[32] = "", when[24];
    int hours, places;
    if (sscanf(what, "\"%63[^\"]\" at %11s %7s for %dh places %d with %31s", title, date, time,
               &hours, &places, referent) < 5)
        return player_fail(player, "plan \"Till\" at 2026-11-25 16:00 for 2h places 2", what);
    snprintf(when, sizeof when, "%s %s", date, time);
    occasion.from_ms = player_time(when);
    occasion.to_ms = occasion.from_ms + hours * HOUR_MS;
    snprintf(occasion.title, sizeof occasion.title, "%s", title);
    *shift = (struct shift){
        .number = 1, .from_ms = occasion.from_ms, .to_ms = occasion.to_ms, .places = places};
    snprintf(shift->referent, sizeof shift->referent, "%s", referent);
    return player_change(player, &occasion, add);
}

/* occasion drinks "Apéro" at 2026-11-25 16:00 for 3h */
enum rc player_occasion(struct player *player, const char *what)
{
    struct occasion occasion = {.shift_count = 0};
    char kind[32], title[64], date[12], time[8], when[24];
    int hours;
    if (sscanf(what, "%31s \"%63[^\"]\" at %11s %7s for %dh", kind, title, date, time, &hours) !=
            5 ||
        (occasion.kind = occasion_kind_from_name(kind)) == OCCASION_COUNT)
        return player_fail(player, "occasion drinks \"Apéro\" at 2026-11-25 16:00 for 3h", what);
    snprintf(when, sizeof when, "%s %s", date, time);
    occasion.from_ms = player_time(when);
    occasion.to_ms = occasion.from_ms + hours * HOUR_MS;
    snprintf(occasion.title, sizeof occasion.title, "%s", title);
    return player_change(player, &occasion, add);
}

struct promise {
    char number[32], title[64];
};

struct titled {
    const char *title;
    struct fact_id id;
};

static enum rc note_shift(void *context, const struct occasion *occasion)
{
    struct titled *wanted = context;
    if (strcmp(occasion->title, wanted->title) == 0)
        wanted->id = occasion->id;
    return RC_OK;
}

static enum rc promise(struct player *player, struct journal *journal,
                       const struct clock_reading *now, const void *wanted)
{
    const struct promise *said = wanted;
    const struct office office = {.now = *now};
    struct titled shift = {.title = said->title};
    struct person person;
    struct fact_id fact;
    enum rc rc = lookup_occasions(journal_db(journal), 0, INT64_MAX / 2, note_shift, &shift);
    if (!rc)
        rc = lookup_number(journal_db(journal), said->number, &person);
    return rc ? rc
              : rota_sign_up(journal, &office, person.id, (struct shift_id){shift.id, 1}, &fact,
                             player->reason);
}

/* promise 1004 Till: the person of that number will come. */
enum rc player_promise(struct player *player, const char *what)
{
    struct promise said;
    if (sscanf(what, "%31s %63[^\n]", said.number, said.title) != 2)
        return player_fail(player, "promise 1004 Till", what);
    return player_change(player, &said, promise);
}

static enum rc agree(struct player *player, struct journal *journal,
                     const struct clock_reading *now, const void *wanted)
{
    struct person person;
    const struct office office = {.now = *now};
    enum rc rc = lookup_number(journal_db(journal), wanted, &person);
    for (int field = CONSENT_HERE; !rc && field <= CONSENT_BUDDY; field++)
        rc = welcome_consent(journal, &office, person.id, (enum consent)field, true, LANGUAGE_FR,
                             player->reason);
    return rc;
}

/* willing 1003: looks after newcomers, and may be seen in the house. */
enum rc player_willing(struct player *player, const char *what)
{
    return player_change(player, what, agree);
}
