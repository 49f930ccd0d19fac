/*
 * pn532-sim - the PN532 simulator on its own, so that anyone can try a station without hardware.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "firmware/base/hex.h"
#include "tests/support/pn532_sim.h"

static void usage(FILE *out)
{
    fputs("usage: pn532-sim --link PATH [--paced]\n\n"
          "A PN532 on a pseudo-terminal that PATH leads to; libnfc finds it as pn532_uart:PATH.\n"
          "--paced: 115200 baud and a model of the radio. Commands on standard input:\n\n"
          "  tap UID      a card comes into the field: 4, 7 or 10 bytes in hex\n"
          "  remove       it leaves\n"
          "  fault NAME   what goes wrong from now on; well ends it:\n"
          "              ",
          out);
    for (int i = 0; pn532_fault_name((enum pn532_fault)i); i++)
        fprintf(out, " %s", pn532_fault_name((enum pn532_fault)i));
    fputs("\n  unplug, plug the cable\n  help, quit\n", out);
}

static void tap(struct pn532_sim *sim, const char *text)
{
    uint8_t uid[10];
    size_t count;
    if (hex_decode(text, strlen(text), sizeof uid, uid, &count) ||
        (count != 4 && count != 7 && count != 10))
        puts("a UID has 4, 7 or 10 bytes in hex, such as 04D6E5B12F1F57");
    else
        pn532_sim_tap(sim, uid, count);
}

static void set_fault(struct pn532_sim *sim, const char *name)
{
    for (int i = 0; pn532_fault_name((enum pn532_fault)i); i++)
        if (strcmp(pn532_fault_name((enum pn532_fault)i), name) == 0) {
            pn532_sim_fault(sim, (enum pn532_fault)i);
            return;
        }
    puts("there is no such fault; help lists them");
}

/* False: the end. */
static int obey(struct pn532_sim *sim, char *line)
{
    line[strcspn(line, "\r\n")] = 0;
    if (strncmp(line, "tap ", 4) == 0)
        tap(sim, line + 4);
    else if (strcmp(line, "remove") == 0)
        pn532_sim_remove(sim);
    else if (strncmp(line, "fault ", 6) == 0)
        set_fault(sim, line + 6);
    else if (strcmp(line, "unplug") == 0)
        pn532_sim_unplug(sim);
    else if (strcmp(line, "plug") == 0)
        pn532_sim_plug(sim);
    else if (strcmp(line, "quit") == 0)
        return 0;
    else if (line[0])
        usage(stdout);
    return 1;
}

int main(int argc, char **argv)
{
    const char *link = NULL;
    bool is_paced = false;
    struct pn532_sim *sim;
    char line[256];
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--link") == 0 && i + 1 < argc) {
            link = argv[++i];
        } else if (strcmp(argv[i], "--paced") == 0) {
            is_paced = true;
        } else {
            bool is_help = strcmp(argv[i], "--help") == 0;
            usage(is_help ? stdout : stderr);
            return is_help ? 0 : 2;
        }
    }
    if (!link || strchr(link, ':')) {
        fputs(link ? "pn532-sim: libnfc cannot use a path with a colon\n" : "", stderr);
        usage(stderr);
        return 2;
    }
    if (pn532_sim_open(link, is_paced, &sim)) {
        fprintf(stderr, "pn532-sim: %s cannot be made\n", link);
        return 1;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("a PN532 is at pn532_uart:%s\n", link);
    while (fgets(line, sizeof line, stdin) && obey(sim, line))
        ;
    pn532_sim_close(sim);
    return 0;
}
