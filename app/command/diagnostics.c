#include "app/diagnostics.h"

#include <limits.h>
#include <stdio.h>

#include "app/command/talk.h"
#include "app/command/target.h"
#include "firmware/linux/machine_logind.h"

static enum rc print(void *context, const char *bytes, size_t length)
{
    (void)context;
    return fwrite(bytes, 1, length, stdout) == length ? RC_OK : RC_IO;
}

static struct machine_health look_at_machine(const char *data)
{
    struct machine_health health = machine_health_unknown();
    struct machine *machine;
    if (machine_open_logind("", data, &machine) == RC_OK) {
        machine_health(machine, &health);
        machine_close(machine);
    }
    return health;
}

/* Days are folded in the venue's time; one whose settings cannot be read is told of all the same.
 */
static void use_time_zone(const char *data)
{
    struct venue venue;
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/perron.conf", data);
    if (venue_read(path, &venue, NULL))
        venue = venue_default();
    venue_use_time_zone(&venue);
}

static enum rc write_file(const struct diagnostics *diagnostics, const char *path,
                          struct reason *out_reason)
{
    struct target target;
    enum rc rc = target_begin(path, &target, out_reason);
    if (rc)
        return rc;
    rc = diagnostics_write(diagnostics, &target.sink);
    return target_end(&target, rc, out_reason);
}

static int run(int argc, char **argv)
{
    const char *data = NULL, *board_path = NULL, *path = NULL;
    int count, code;
    const struct command_option options[] = {
        {"data", &data, NULL}, {"board", &board_path, NULL}, {NULL, NULL, NULL}};
    if (!command_options(&command_diagnostics, argc, argv, options, &path, 1, &count, &code))
        return code;
    struct reason reason = {.text = ""};
    struct board board;
    json_t *status = NULL;
    const struct sink screen = {.write = print};
    struct diagnostics diagnostics = {.data = command_data(data)};
    if (board_path && command_read_board(board_path, &board, &reason))
        return command_fail(&reason);
    if (command_now(&diagnostics.now, &reason))
        return command_fail(&reason);
    use_time_zone(diagnostics.data);
    struct machine_health health = look_at_machine(diagnostics.data);
    diagnostics.health = &health;
    diagnostics.board = board_path ? &board : NULL;
    if (talk_to_station(diagnostics.data, json_pack("{s:s}", "do", "status"), -1, &status, NULL) ==
        RC_OK)
        diagnostics.status = status;
    enum rc rc =
        count ? write_file(&diagnostics, path, &reason) : diagnostics_write(&diagnostics, &screen);
    json_decref(status);
    if (!count && rc)
        return COMMAND_FAILED; /* standard output tells why itself */
    return rc ? command_fail(&reason) : COMMAND_OK;
}

const struct command command_diagnostics = {
    "diagnostics", "[FILE] [--board FILE] [--data DIR]",
    "writes how this station is, without personal data, for whoever helps from afar\n"
    "Versions, clock, disk and memory, board, settings without what was typed, how many facts, "
    "and\n"
    "whether they hold. No name, number or badge of anybody, and no line of the log. Prints it, "
    "or\n"
    "writes FILE whole or not at all.",
    run};
