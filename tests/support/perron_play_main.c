/*
 * perron-play - plays a story through a station without devices, in no time.
 */
#include <stdio.h>
#include <string.h>

#include "firmware/base/hash.h"
#include "firmware/base/log.h"
#include "tests/support/demo.h"
#include "tests/support/player.h"

static void usage(FILE *out)
{
    fputs("usage: perron-play FLOW --data DIR [--out DIR] [--people FILE] [--board FILE]\n"
          "       perron-play --appoint --data DIR\n\n"
          "Plays a flow through a station with a simulated reader and a clock of its own, on the\n"
          "register in DIR. Prints a line per step; pictures go to --out. Exit code 0: everything\n"
          "the story expects was there. tests/support/player.h lists the steps.\n\n"
          "--appoint makes some of the demo's people staff and gives them codes: see demo.h.\n",
          out);
}

/* Staff and codes in DIR, at this computer's time. */
static enum rc appoint(const char *data, struct reason *reason)
{
    struct clock *clock;
    struct clock_reading now;
    enum rc rc = clock_open_system(&clock);
    if (rc)
        return rc;
    clock_read(clock, &now);
    clock_close(clock);
    return demo_appoint(data, &now, reason);
}

int main(int argc, char **argv)
{
    struct reason reason = {""};
    const char *flow = NULL;
    bool is_appointing = false;
    struct player_config config = {
        .people = DEMO_PEOPLE, .board = "board/desktop.conf", .lines = stdout};
    const struct {
        const char *name;
        const char **value;
    } options[] = {{"--data", &config.data},
                   {"--out", &config.out},
                   {"--people", &config.people},
                   {"--board", &config.board}};
    for (int i = 1; i < argc; i++) {
        unsigned o = 0;
        if (strcmp(argv[i], "--help") == 0) {
            usage(stdout);
            return 0;
        }
        while (o < sizeof options / sizeof options[0] && strcmp(argv[i], options[o].name) != 0)
            o++;
        if (strcmp(argv[i], "--appoint") == 0)
            is_appointing = true;
        else if (o < sizeof options / sizeof options[0] && i + 1 < argc)
            *options[o].value = argv[++i];
        else
            flow = argv[i];
    }
    if (is_appointing == (flow != NULL) || !config.data) {
        usage(stderr);
        return 2;
    }
    log_init("perron-play");
    if (hash_init())
        return 1;
    if (is_appointing ? appoint(config.data, &reason) : player_play(&config, flow, &reason)) {
        fprintf(stderr, "perron-play: %s\n", reason.text);
        return 1;
    }
    return 0;
}
