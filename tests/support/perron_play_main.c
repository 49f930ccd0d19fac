/*
 * perron-play - plays a story through a station without devices, in no time; or with the real
 * reader's process, in the time it takes.
 */
#include <stdio.h>
#include <string.h>

#include "firmware/base/hash.h"
#include "firmware/base/log.h"
#include "tests/support/demo.h"
#include "tests/support/player.h"

static void usage(FILE *out)
{
    fputs("usage: perron-play FLOW --data DIR [--out DIR [--strip FILE]]\n"
          "                   [--people FILE] [--board FILE] [--real-reader]\n"
          "       perron-play --house --data DIR\n\n"
          "Plays a flow through a station with a simulated reader and a clock of its own, on the\n"
          "register in DIR. Prints a line per step; pictures go to --out. Exit code 0: everything\n"
          "the story expects was there. tests/support/player.h lists the steps.\n\n"
          "--real-reader plays it with perron-reader and a simulated PN532, in real time. --strip "
          "FILE\n"
          "puts all pictures on one.\n\n"
          "--house fills DIR with the demo's people, staff and codes: see demo.h.\n",
          out);
}

int main(int argc, char **argv)
{
    struct reason reason = {.text = ""};
    const char *flow = NULL;
    bool is_making = false;
    struct player_config config = {
        .people = DEMO_PEOPLE, .board = "board/desktop.conf", .lines = stdout};
    const struct {
        const char *name;
        const char **value;
    } options[] = {{"--data", &config.data},
                   {"--out", &config.out},
                   {"--strip", &config.strip},
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
        if (strcmp(argv[i], "--house") == 0)
            is_making = true;
        else if (strcmp(argv[i], "--real-reader") == 0)
            config.is_real_reader = true;
        else if (o < sizeof options / sizeof options[0] && i + 1 < argc)
            *options[o].value = argv[++i];
        else
            flow = argv[i];
    }
    if (is_making == (flow != NULL) || !config.data || (config.strip && !config.out)) {
        usage(stderr);
        return 2;
    }
    log_init("perron-play");
    if (hash_init())
        return 1;
    if (is_making ? demo_make(config.data, &reason) : player_play(&config, flow, &reason)) {
        fprintf(stderr, "perron-play: %s\n", reason.text);
        return 1;
    }
    return 0;
}
