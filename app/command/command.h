/*
 * command.h - the command line: one file per verb, one `const struct command` each.
 *
 * A command gets its arguments without the verb, says what it has to say on standard output and
 * what went wrong on standard error, and returns the exit code. Never calls exit.
 */
#ifndef APP_COMMAND_COMMAND_H
#define APP_COMMAND_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "app/domain/language.h"
#include "app/store/folder.h"
#include "app/store/snapshot.h"
#include "app/venue.h"
#include "firmware/base/json.h"

struct board;

enum command_exit { COMMAND_OK = 0, COMMAND_FAILED = 1, COMMAND_MISUSED = 2 };

struct command {
    const char *name;
    const char *usage; /* what follows the verb */
    const char *help;  /* a line or more: what it does */
    int (*run)(int argc, char **argv);
};

extern const struct command command_station, command_visits, command_people, command_verify,
    command_status, command_tap, command_screenshot, command_export, command_import, command_doctor,
    command_staff, command_calendar, command_shifts, command_hours, command_report, command_circles,
    command_demo, command_assembly, command_baskets, command_needs, command_gifts,
    command_newcomers, command_venue, command_roll_call, command_certificate, command_diagnostics,
    command_keys, command_open, command_restore, command_update;

/* The option of every command that looks at a register: --data, or $PERRON_DATA, or the default. */
#define COMMAND_DATA_DEFAULT "/var/lib/perron"

/*
 * Options as a table. `value` is filled with the argument's text, `is_set` for options without one.
 */
struct command_option {
    const char *name; /* without the dashes */
    const char **value;
    bool *is_set;
};

/*
 * Reads options in any order; what is left over goes to `out_rest` (at most `rest_max`) with its
 * number in *out_count. --help prints the usage and gives COMMAND_OK through *out_exit, wrong use
 * tells what is wrong and gives COMMAND_MISUSED; false then means: return *out_exit.
 */
bool command_options(const struct command *command, int argc, char **argv,
                     const struct command_option *options, const char **out_rest, int rest_max,
                     int *out_count, int *out_exit);

/* command_options for commands that take --data and --json and nothing else. */
bool command_look(const struct command *command, int argc, char **argv, const char **out_data,
                  bool *out_is_json, int *out_exit);

/* "perron: SENTENCE" on standard error; returns COMMAND_FAILED. */
int command_fail(const struct reason *reason);

/* The same for what was asked wrongly, with where to read more; returns COMMAND_MISUSED. */
int command_misuse(const struct command *command, const struct reason *reason);

/* The data folder named by the option (NULL: environment, default). */
const char *command_data(const char *option);

/* One moment of the register in a data folder, with the venue's settings in force (time zone). */
struct command_register {
    struct folder *folder;
    struct venue venue;
    struct snapshot *snapshot;
    int64_t now_ms;
};

enum rc command_open_register(const char *data, struct command_register *out_register,
                              struct reason *out_reason) MUST_CHECK;
void command_close_register(struct command_register *opened);

/* By number, id or whole name: see lookup_named. */
enum rc command_find_person(struct command_register *opened, const char *words,
                            struct person *out_person, struct reason *out_reason) MUST_CHECK;

/* The machine's clock, once. */
enum rc command_now(struct clock_reading *out_now, struct reason *out_reason) MUST_CHECK;

/* "fr", "nl" or "en". RC_BAD_INPUT with a sentence. */
enum rc command_language(const char *name, enum language *out_language,
                         struct reason *out_reason) MUST_CHECK;

/* The languages beside this program, for commands that write papers. */
void command_use_languages(void);

/* The path of something that lies beside this program (perron-reader, locale), in PATH_MAX. */
void command_beside(const char *name, char *out_path);

/* A board's file; parts that do not lie beside it lie beside this program. */
enum rc command_read_board(const char *path, struct board *out_board,
                           struct reason *out_reason) MUST_CHECK;

/* Prints an object or array on one line of standard output, and frees it. */
void command_print(json_t *value);

#endif
