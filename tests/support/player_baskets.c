/* Who has a basket, and when they are fetched: as the command line would bring it in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/enrol.h"
#include "tests/support/player_i.h"

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
