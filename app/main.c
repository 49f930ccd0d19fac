#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/command/command.h"
#include "firmware/base/hash.h"
#include "firmware/base/log.h"

static const struct command *const commands[] = {
    &command_station,     &command_people,      &command_visits,     &command_hours,
    &command_report,      &command_calendar,    &command_shifts,     &command_circles,
    &command_assembly,    &command_baskets,     &command_needs,      &command_gifts,
    &command_newcomers,   &command_verify,      &command_status,     &command_tap,
    &command_export,      &command_import,      &command_screenshot, &command_doctor,
    &command_venue,       &command_staff,       &command_demo,       &command_roll_call,
    &command_certificate, &command_diagnostics, &command_keys,       &command_open,
    &command_restore,     &command_update,
};
static const int command_count = sizeof commands / sizeof commands[0];

static void print_help(FILE *out)
{
    fputs("usage: perron VERB ...\n\n"
          "Perron greets, expects and counts the people of a house.\n\n",
          out);
    for (int i = 0; i < command_count; i++)
        fprintf(out, "  %-11s %.*s\n", commands[i]->name, (int)strcspn(commands[i]->help, "\n"),
                commands[i]->help);
    fputs("\nperron VERB --help tells more; man perron tells all.\n", out);
}

/* What could not be printed was not said: a script must not take the rest for the whole. */
static int finish(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    log_error("what was to be printed could not be written: %s", strerror(errno));
    return code == COMMAND_OK ? COMMAND_FAILED : code;
}

int main(int argc, char **argv)
{
    log_init("perron");
    if (argc < 2) {
        print_help(stderr);
        return COMMAND_MISUSED;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return COMMAND_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("perron " PERRON_VERSION);
        return COMMAND_OK;
    }
    if (hash_init()) {
        log_error("libsodium could not be started");
        return COMMAND_FAILED;
    }
    for (int i = 0; i < command_count; i++)
        if (strcmp(argv[1], commands[i]->name) == 0)
            return finish(commands[i]->run(argc - 2, argv + 2));
    fprintf(stderr, "perron: there is no verb '%s'\n", argv[1]);
    print_help(stderr);
    return COMMAND_MISUSED;
}
