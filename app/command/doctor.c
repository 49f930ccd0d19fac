#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/command/doctor_i.h"
#include "firmware/base/clock.h"
#include "firmware/device/board.h"
#include "firmware/linux/machine_logind.h"

#define SPACE_LOW_MB 200
#define MEMORY_LOW_MB 100
#define HOT_C 80 /* a Raspberry Pi slows down from here on */

static enum finding look_at_clock(const struct doctor_visit *house, char *out_text, size_t size)
{
    static const char *const texts[] = {
        [CLOCK_UNSET] = "nobody vouches for the time; connect a network once, or set it by hand",
        [CLOCK_PLAUSIBLE] = "the time is plausible; no time server confirms it",
        [CLOCK_STAFF] = "the time was set by hand",
        [CLOCK_SYNCED] = "the time is kept by a time server",
    };
    struct clock *clock;
    struct clock_reading now;
    (void)house;
    if (clock_open_system(&clock)) {
        snprintf(out_text, size, "the clock cannot be read");
        return TROUBLE;
    }
    clock_read(clock, &now);
    clock_close(clock);
    snprintf(out_text, size, "%s", texts[now.trust]);
    return now.trust == CLOCK_UNSET ? WARNING : FINE;
}

static enum finding look_at_disk(const struct doctor_visit *house, char *out_text, size_t size)
{
    struct statvfs disk;
    struct stat status;
    if (stat(house->data, &status) || statvfs(house->data, &disk)) {
        snprintf(out_text, size, "%s: %s", house->data, strerror(errno));
        return errno == ENOENT ? WARNING : TROUBLE;
    }
    if (!S_ISDIR(status.st_mode)) {
        snprintf(out_text, size, "%s is no folder", house->data);
        return TROUBLE;
    }
    unsigned long long free_mb = (unsigned long long)disk.f_bavail * disk.f_frsize >> 20;
    if (access(house->data, W_OK)) {
        snprintf(out_text, size, "%s cannot be written: %s", house->data, strerror(errno));
        return TROUBLE;
    }
    snprintf(out_text, size, "%s has %llu MB free%s", house->data, free_mb,
             free_mb < SPACE_LOW_MB ? "; make room soon" : "");
    return free_mb == 0 ? TROUBLE : free_mb < SPACE_LOW_MB ? WARNING : FINE;
}

static enum finding look_at_register(const struct doctor_visit *house, char *out_text, size_t size)
{
    struct reason reason = {.text = ""};
    struct command_register opened;
    struct snapshot_counts counts;
    enum rc rc = command_open_register(house->data, &opened, &reason);
    if (rc) {
        snprintf(out_text, size, "%s", reason.text);
        return rc == RC_NOT_FOUND ? WARNING : TROUBLE;
    }
    rc = snapshot_counts(opened.snapshot, opened.now_ms, &counts);
    command_close_register(&opened);
    snprintf(out_text, size, "%lld people, %lld visits; perron verify checks every fact",
             (long long)counts.people, (long long)counts.visits);
    return rc ? TROUBLE : FINE;
}

static enum finding look_at_export(const struct doctor_visit *house, char *out_text, size_t size)
{
    struct reason reason = {.text = ""};
    struct venue venue;
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/" VENUE_FILE, house->data) >= (int)sizeof path)
        return TROUBLE;
    if (venue_read(path, &venue, &reason)) {
        snprintf(out_text, size, "%s", reason.text);
        return TROUBLE;
    }
    snprintf(out_text, size, "%s",
             venue.export.is_sealed
                 ? "what goes out is sealed to the key in perron.conf, and badges go along"
                 : "no key in perron.conf: whoever finds a stick can read it, and badges can "
                   "never be restored from it; perron keys make FILE prints the line for it");
    return venue.export.is_sealed ? FINE : WARNING;
}

/* Appends, cut at the size. */
static void say(char *text, size_t size, const char *format, ...) PRINTF_LIKE(3, 4);
static void say(char *text, size_t size, const char *format, ...)
{
    size_t used = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + used, size - used, format, arguments);
    va_end(arguments);
}

static void describe_machine(const struct machine_health *health, char *text, size_t size)
{
    say(text, size, "up for %lld h", (long long)health->uptime_s / 3600);
    if (health->temperature_c != MACHINE_NO_NUMBER)
        say(text, size, ", %d degrees", health->temperature_c);
    if (health->memory_free_bytes != MACHINE_NO_NUMBER)
        say(text, size, ", %lld MB of memory free", (long long)health->memory_free_bytes >> 20);
    for (int i = 0; i < health->address_count; i++)
        say(text, size, "%s%s (%s)", i ? ", " : ", reached at ", health->addresses[i].text,
            health->addresses[i].interface);
}

/* Appends what is wrong with it and what helps. */
static enum finding judge_machine(const struct machine_health *health, char *text, size_t size)
{
    bool knows_memory = health->memory_free_bytes != MACHINE_NO_NUMBER;
    const struct {
        bool is_so;
        const char *advice;
    } rows[] = {
        {health->temperature_c >= HOT_C, "it is too hot: give it air"},
        {knows_memory && health->memory_free_bytes >> 20 < MEMORY_LOW_MB,
         "its memory runs out: restart it, and see what takes it"},
        {health->under_voltage == MACHINE_YES, "its supply is too weak: take the one made for it"},
    };
    enum finding finding = FINE;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].is_so) {
            say(text, size, "; %s", rows[i].advice);
            finding = WARNING;
        }
    return finding;
}

static enum finding look_at_machine(const struct doctor_visit *house, char *out_text, size_t size)
{
    struct machine *machine;
    struct machine_health health;
    if (house->board.machine == BOARD_SIMULATED_MACHINE) {
        snprintf(out_text, size, "simulated: nobody restarts or shuts it down from the screen");
        return FINE;
    }
    if (machine_open_logind("", house->data, &machine)) {
        snprintf(out_text, size, "there is no memory to look at it");
        return TROUBLE;
    }
    machine_health(machine, &health);
    machine_close(machine);
    describe_machine(&health, out_text, size);
    return judge_machine(&health, out_text, size);
}

/* --- what there is to look at --- */

static enum finding look_at_board(const struct doctor_visit *house, char *out_text, size_t size)
{
    static const char *const sides[] = {
        [BOARD_RIGHT] = "right of",
        [BOARD_LEFT] = "left of",
        [BOARD_ABOVE] = "above",
        [BOARD_BELOW] = "below",
    };
    const struct board *board = &house->board;
    snprintf(out_text, size, "%s; the reader is %s the screen; staff restart and shut down %s",
             board->parts[0] ? board->parts : "no parts", sides[board->reader_side],
             board->machine == BOARD_THIS_MACHINE ? "this computer" : "nothing: it is simulated");
    return FINE;
}

static const struct {
    const char *name;
    enum finding (*look)(const struct doctor_visit *house, char *out_text, size_t size);
    void (*note)(const struct doctor_visit *house, struct doctor_paper *paper); /* before it */
} looks[] = {
    {"clock", look_at_clock, NULL},
    {"disk", look_at_disk, NULL},
    {"register", look_at_register, NULL},
    {"export", look_at_export, NULL},
    {"board", look_at_board, NULL},
    {"screen", doctor_look_at_screen, NULL},
    {"pins", doctor_look_at_pins, doctor_note_pins},
    {"reader", doctor_look_at_reader, doctor_note_reader},
    {"machine", look_at_machine, NULL},
};

void doctor_say(struct doctor_paper *paper, const char *what, enum finding finding,
                const char *text)
{
    static const char *const words[] = {"well", "wired", "look", "wrong"};
    paper->worst = finding > paper->worst ? finding : paper->worst;
    if (paper->results)
        json_array_append_new(paper->results, json_pack("{s:s,s:s,s:s}", "what", what, "how",
                                                        words[finding], "text", text));
    else
        printf("%-9s %-6s %s\n", what, words[finding], text);
}

static void look_at_all(const struct doctor_visit *house, struct doctor_paper *paper)
{
    for (unsigned i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        char text[512] = "";
        if (looks[i].note)
            looks[i].note(house, paper);
        enum finding finding = looks[i].look(house, text, sizeof text);
        doctor_say(paper, looks[i].name, finding, text);
    }
}

static int run(int argc, char **argv)
{
    const char *data = NULL, *board = NULL, *reader = NULL;
    bool is_json = false;
    int count, code;
    char program[PATH_MAX];
    const struct command_option options[] = {{"data", &data, NULL},
                                             {"board", &board, NULL},
                                             {"reader", &reader, NULL},
                                             {"json", NULL, &is_json},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_doctor, argc, argv, options, NULL, 0, &count, &code))
        return code;
    struct reason reason = {.text = ""};
    struct doctor_visit house = {.data = command_data(data), .reader_program = program};
    command_beside("perron-reader", program);
    if (!board) {
        reason_set(&reason, "which board? For example: --board board/pi4-7inch.conf");
        command_fail(&reason);
        return COMMAND_MISUSED;
    }
    if (command_read_board(board, &house.board, &reason))
        return command_fail(&reason);
    if (reader)
        snprintf(house.board.reader, sizeof house.board.reader, "%s", reader);
    struct doctor_paper paper = {.results = is_json ? json_array() : NULL};
    look_at_all(&house, &paper);
    if (is_json)
        command_print(paper.results);
    return paper.worst == TROUBLE ? COMMAND_FAILED : COMMAND_OK;
}

const struct command command_doctor = {
    "doctor", "--board FILE [--data DIR] [--reader R] [--json]",
    "says in words how a board is wired, tries clock, disk, register, export, screen, pins, "
    "reader\n"
    "and machine, and tells what it found\n"
    "What says 'wired' is how the board's file has it. Exit code 0: nothing is wrong; what says "
    "'look'\n"
    "may be as it should.",
    run};
