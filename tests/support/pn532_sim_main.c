/*
 * pn532-sim - the simulated PN532 as a program of its own, ruled by lines on standard input.
 */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/hex.h"
#include "tests/support/pn532_sim.h"

static void print_usage(FILE *out)
{
    fputs("usage: pn532-sim --link PATH [--paced]\n"
          "\n"
          "A PN532 on a pseudo-terminal, for libnfc programs without hardware:\n"
          "  LIBNFC_DEVICE=pn532_uart:PATH nfc-list\n"
          "\n"
          "  --link PATH  where the terminal appears; a path without a colon\n"
          "  --paced      the times of 115200 baud and a model of the radio\n"
          "  --help       this text\n"
          "\n"
          "It reads commands from standard input, one per line; 'help' lists them. It ends with\n"
          "'quit' or with its input.\n",
          out);
}

static void help(struct pn532_sim *sim, const char *argument);

static void put_card(struct pn532_sim *sim, const char *argument,
                     void (*put)(struct pn532_sim *, const uint8_t *, size_t))
{
    uint8_t uid[10];
    size_t length = 0;
    if (hex_decode(argument, strlen(argument), sizeof uid, uid, &length) ||
        (length != 4 && length != 7 && length != 10)) {
        printf("error: a UID is 8, 14 or 20 hexadecimal digits, as in: tap 04A1B2C3D4E5F6\n");
        return;
    }
    put(sim, uid, length);
    printf("ok: a card of %zu bytes is on the reader\n", length);
}

static void tap(struct pn532_sim *sim, const char *argument)
{
    put_card(sim, argument, pn532_sim_tap);
}

static void add(struct pn532_sim *sim, const char *argument)
{
    put_card(sim, argument, pn532_sim_add);
}

static void take_away(struct pn532_sim *sim, const char *argument)
{
    (void)argument;
    pn532_sim_remove(sim);
    printf("ok: no card is on the reader\n");
}

static void go_wrong(struct pn532_sim *sim, const char *argument)
{
    enum pn532_fault fault = pn532_fault_find(argument);
    if (fault != PN532_FAULT_COUNT) {
        pn532_sim_fault(sim, fault);
        printf("ok: %s\n", argument);
        return;
    }
    printf("error: fault takes one of:");
    for (int i = 0; i < PN532_FAULT_COUNT; i++)
        printf(" %s", pn532_fault_row((enum pn532_fault)i)->name);
    printf("\n");
}

static void unplug(struct pn532_sim *sim, const char *argument)
{
    (void)argument;
    pn532_sim_unplug(sim);
    printf("ok: the cable is out\n");
}

static void plug(struct pn532_sim *sim, const char *argument)
{
    (void)argument;
    enum rc rc = pn532_sim_plug(sim);
    printf(rc ? "error: the cable cannot be put back: %s\n" : "ok: the cable is in\n", rc_text(rc));
}

static const struct {
    const char *word;
    const char *text;
    void (*run)(struct pn532_sim *sim, const char *argument);
} commands[] = {
    {"tap", "HEX     lay one card on the reader: a UID of 4, 7 or 10 bytes", tap},
    {"add", "HEX     lay a second card beside it", add},
    {"remove", "     take all cards away", take_away},
    {"fault", "MODE  go wrong from now on; 'well' ends it", go_wrong},
    {"unplug", "     pull the cable out", unplug},
    {"plug", "       put the cable back", plug},
    {"help", "       this list", help},
    {"quit", "       end", NULL},
};

static void help(struct pn532_sim *sim, const char *argument)
{
    (void)sim, (void)argument;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        printf("  %s %s\n", commands[i].word, commands[i].text);
}

/* False: the line was "quit". */
static bool obey(struct pn532_sim *sim, char *line)
{
    char *rest = line;
    const char *word = strsep(&rest, " ");
    if (!*word)
        return true;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(commands[i].word, word) != 0)
            continue;
        if (commands[i].run)
            commands[i].run(sim, rest ? rest : "");
        return commands[i].run != NULL;
    }
    printf("error: no such command; 'help' lists them\n");
    return true;
}

static const char *read_options(int argc, char **argv, bool *out_is_paced)
{
    static const struct option options[] = {{"link", required_argument, NULL, 'l'},
                                            {"paced", no_argument, NULL, 'p'},
                                            {"help", no_argument, NULL, 'h'},
                                            {0}};
    const char *link_path = NULL;
    int option;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'l')
            link_path = optarg;
        else if (option == 'p')
            *out_is_paced = true;
        else {
            print_usage(option == 'h' ? stdout : stderr);
            exit(option == 'h' ? 0 : 2);
        }
    }
    if (link_path && optind == argc && !strchr(link_path, ':'))
        return link_path;
    print_usage(stderr);
    exit(2);
}

int main(int argc, char **argv)
{
    bool is_paced = false;
    char line[256];
    struct pn532_sim *sim;
    const char *link_path = read_options(argc, argv, &is_paced);
    signal(SIGPIPE, SIG_IGN);
    enum rc rc = pn532_sim_open(link_path, is_paced, &sim);
    if (rc) {
        fprintf(stderr, "pn532-sim: cannot make a terminal at %s: %s\n", link_path, rc_text(rc));
        return 1;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("ok: LIBNFC_DEVICE=pn532_uart:%s\n", link_path);
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\r\n")] = 0;
        if (!obey(sim, line))
            break;
    }
    pn532_sim_close(sim);
    return 0;
}
