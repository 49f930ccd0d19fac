#include "app/station.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/boot_files.h"
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

/*
 * The one on the boot partition, else `path`. RC_OK also where the first had a mistake and the
 * other had none: then *out_mistake says which.
 */
static enum rc read_board(const char *boot, const char *path, struct board *out_board,
                          struct reason *out_mistake, struct reason *out_reason)
{
    char there[PATH_MAX];
    bool has_own = boot && boot_files_find(boot, "board.conf", there) == RC_OK;
    if (has_own && command_read_board(there, out_board, out_mistake) == RC_OK)
        return RC_OK;
    if (path)
        return command_read_board(path, out_board, out_reason);
    *out_reason = *out_mistake;
    if (!has_own)
        reason_set(out_reason, "which board? For example: --board board/desktop.conf");
    return has_own ? RC_BAD_INPUT : RC_NOT_FOUND;
}

/* NULL is what the machine has itself. */
static bool may_be_meant(const char *stick, const char *reader, struct reason *out_reason)
{
    if (stick && !is_stick(stick)) {
        reason_set(out_reason, "%s is no stick: sim, or sim:/a/folder", stick);
        return false;
    }
    return !reader || is_reader(reader, out_reason);
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

    struct reason reason = {.text = ""}, mistake = {.text = ""};
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
    if (!may_be_meant(stick, reader, &reason)) {
        command_fail(&reason);
        return COMMAND_MISUSED;
    }
    enum rc rc = read_board(boot, board_path, &board, &mistake, &reason);
    if (rc == RC_NOT_FOUND && !board_path) {
        command_fail(&reason);
        return COMMAND_MISUSED;
    }
    config.board_mistake = mistake.text[0] ? &mistake : NULL;
    if (rc || (trace && open_trace(trace, &config.trace, &reason)))
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
    "--boot: the boot partition. What lies there is taken when it is new: perron.conf, "
    "circles.conf,\n"
    "welcome or the folder venue, people*.csv, baskets*.csv, calendars; and staff.conf, which "
    "names "
    "the\n"
    "first staff badge and PIN, and is written over. Its board.conf is taken instead of --board.\n"
    "--stick: sim:/a/folder takes that folder for a USB stick that is plugged in, sim begins "
    "without\n"
    "one; left out it is this machine's, or sim where the board has no pins.\n"
    "--tray shows the first nine badges of a list of people under the picture, with --reader sim.\n"
    "--trace writes what the station does, a line each with its microsecond, to a file or "
    "descriptor.",
    run};
