/* Who has a basket, and when they are fetched: as the command line would bring it in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/enrol.h"
#include "app/store/rota.h"
#include "tests/support/player_i.h"

#define HOUR_MS INT64_C(3600000)

static enum rc add(struct player *player, struct journal *journal, const struct clock_reading *now,
                   const void *wanted)
{
    const struct office office = {.now = *now};
    struct fact_id id;
    return rota_add_occasion(journal, &office, wanted, &id, player->reason);
}

/* pick-up "Paniers" at 2026-11-25 16:00 for 3h */
enum rc player_pick_up(struct player *player, const char *what)
{
    struct occasion occasion = {.kind = OCCASION_BASKET};
    char title[64], date[12], time[8], when[24];
    int hours;
    if (sscanf(what, "\"%63[^\"]\" at %11s %7s for %dh", title, date, time, &hours) != 4)
        return player_fail(player, "pick-up \"Paniers\" at 2026-11-25 16:00 for 3h", what);
    snprintf(when, sizeof when, "%s %s", date, time);
    occasion.from_ms = player_time(when);
    occasion.to_ms = occasion.from_ms + hours * HOUR_MS;
    snprintf(occasion.title, sizeof occasion.title, "%s", title);
    return player_change(player, &occasion, add);
}

static enum rc import(struct player *player, struct journal *journal,
                      const struct clock_reading *now, const void *wanted)
{
    const struct enrol_options options = {.is_of_baskets = true, .now = *now};
    char *told = NULL;
    enum rc rc = enrol_import(journal, wanted, strlen(wanted), &options, &told, player->reason);
    free(told);
    return rc;
}

/* baskets 1002;grand;;1003 | 1003;petit;2026-11-25;: number, size, pauses, who may fetch it */
enum rc player_baskets(struct player *player, const char *what)
{
    char list[512];
    snprintf(list, sizeof list, "number;size;pauses;fetchers\n%s\n", what);
    for (char *at = list; (at = strchr(at, '|'));)
        *at = '\n';
    return player_change(player, list, import);
}
