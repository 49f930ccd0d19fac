#include "app/station.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/command/command.h"
#include "firmware/base/log.h"
#include "firmware/linux/watchdog_systemd.h"
#include "firmware/port/reader_address.h"

#define STATION_WAIT_MS 60000

static volatile sig_atomic_t is_asked_to_stop;

static void take_signal(int number)
{
    (void)number;
    is_asked_to_stop = 1;
}

/* /dev/tty1 and its like: the keyboard in front of the screen, not somebody's terminal. */
static bool is_console(void)
{
    char name[64];
    int number;
    return ttyname_r(STDIN_FILENO, name, sizeof name) == 0 &&
           sscanf(name, "/dev/tty%d", &number) == 1;
}

/*
 * SIGTERM and SIGINT end the station in order; poll comes back at once because of EINTR. What keys
 * of a kiosk's own console send does not.
 */
static void listen_for_signals(const struct board *board)
{
    static const int keys[] = {SIGINT, SIGQUIT, SIGTSTP};
    struct sigaction action = {.sa_handler = take_signal};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (board->machine != BOARD_THIS_MACHINE || !is_console())
        return;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        signal(keys[i], SIG_IGN);
}

static int serve(const struct station_config *config)
{
    struct reason reason = {.text = ""};
    struct station *station;
    if (station_open(config, &station, &reason))
        return command_fail(&reason);
    while (!is_asked_to_stop && station_step(station, STATION_WAIT_MS) == RC_OK)
        ;
    watchdog_stop(config->watchdog);
    station_close(station);
    return COMMAND_OK;
}

/* A number is a descriptor; everything else is a file, made new and open until the process ends. */
static enum rc open_trace(const char *target, struct trace **out_trace, struct reason *out_reason)
{
    char *end;
    int fd = (int)strtol(target, &end, 10);
    if (*end)
        fd = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) {
        reason_set(out_reason, "the trace %s cannot be written: %s", target, strerror(errno));
        return RC_IO;
    }
    return trace_open(fd, out_trace);
}

static bool is_reader(const char *text, struct reason *out_reason)
{
    struct reader_address address;
    return strcmp(text, "sim") == 0 || strncmp(text, "wedge:", 6) == 0 ||
           reader_address_parse(text, &address, out_reason) == RC_OK;
}

/* Another one than this machine's own. */
static bool is_stick(const char *text)
{
    return strcmp(text, "sim") == 0 || strncmp(text, "sim:/", 5) == 0;
}

static int run(int argc, char **argv)
{
    char reader_program[PATH_MAX], locale_dir[PATH_MAX], venue_dir[PATH_MAX];
    const char *data = NULL, *reader = NULL, *board_path = NULL, *trace = NULL, *tray = NULL,
               *boot = NULL, *stick = NULL;
    bool is_headless = false;
    int count, code;
    const struct command_option options[] = {
        {"data", &data, NULL},   {"reader", &reader, NULL},        {"board", &board_path, NULL},
        {"trace", &trace, NULL}, {"headless", NULL, &is_headless}, {"tray", &tray, NULL},
        {"boot", &boot, NULL},   {"stick", &stick, NULL},          {NULL, NULL, NULL}};
    if (!command_options(&command_station, argc, argv, options, NULL, 0, &count, &code))
        return code;

    struct reason reason = {.text = ""};
    struct board board;
    struct clock *clock = NULL;
    command_beside("perron-reader", reader_program);
    command_beside("locale", locale_dir);
    command_beside("venue", venue_dir);
    struct station_config config = {
        .data = command_data(data),
        .reader = reader,
        .reader_program = reader_program,
        .locale_dir = locale_dir,
        .venue_dir = venue_dir,
        .board = &board,
        .stick = stick,
        .boot = boot,
        .is_headless = is_headless,
        .tray = tray,
    };
    if (!board_path) {
        reason_set(&reason, "which board? For example: --board board/desktop.conf");
        command_fail(&reason);
        return COMMAND_MISUSED;
    }
    if (stick && !is_stick(stick)) {
        reason_set(&reason, "%s is no stick: sim, or sim:/a/folder", stick);
        command_fail(&reason);
        return COMMAND_MISUSED;
    }
    if (reader && !is_reader(reader, &reason)) {
        command_fail(&reason);
        return COMMAND_MISUSED;
    }
    if (command_read_board(board_path, &board, &reason) ||
        (trace && open_trace(trace, &config.trace, &reason)))
        return command_fail(&reason);
    listen_for_signals(&board);
    if (clock_open_system(&clock)) {
        reason_set(&reason, "the clock of this machine cannot be read");
        return command_fail(&reason);
    }
    config.clock = clock;
    (void)!watchdog_open_systemd(&config.watchdog); /* nobody watches who started it by hand */
    code = serve(&config);
    watchdog_close(config.watchdog);
    trace_close(config.trace);
    clock_close(clock);
    return code;
}

const struct command command_station = {
    "station",
    "--board FILE [--data DIR] [--reader R] [--boot DIR] [--stick S] [--headless]\n"
    "       [--tray FILE] [--trace FILE]",
    "runs the station: screen, reader, lamps, register\n"
    "--reader: a libnfc address (pn532_uart:/dev/serial0), wedge:/dev/input/by-id/... for a "
    "reader\n"
    "that types, or sim; the board's own where it is left out. --headless draws into memory.\n"
    "--boot: a folder whose staff.conf names the first staff badge and PIN, or gives them back. It "
    "is\n"
    "taken once, and written over.\n"
    "--stick: sim:/a/folder takes that folder for a USB stick that is plugged in, sim begins "
    "without\n"
    "one; left out it is this machine's, or sim where the board has no pins.\n"
    "--tray shows the first nine badges of a list of people under the picture, with --reader sim.\n"
    "--trace writes what the station does, a line each with its microsecond, to a file or "
    "descriptor.",
    run};
