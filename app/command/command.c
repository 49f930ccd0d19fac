#include "app/command/command.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/papers.h"
#include "app/store/lookup_named.h"
#include "firmware/base/clock.h"
#include "firmware/device/board.h"

static void print_usage(FILE *out, const struct command *command)
{
    fprintf(out, "usage: perron %s %s\n%s\n", command->name, command->usage, command->help);
}

static const struct command_option *find_option(const struct command_option *options,
                                                const char *name, size_t length)
{
    for (; options->name; options++)
        if (strlen(options->name) == length && !strncmp(options->name, name, length))
            return options;
    return NULL;
}

/* Takes "--name value", "--name=value" or "--name"; *at moves over what was used. */
static bool take_option(const struct command_option *options, int argc, char **argv, int *at)
{
    const char *name = argv[*at] + 2;
    const char *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    const struct command_option *option = find_option(options, name, length);
    if (!option || (option->is_set && equals)) {
        fprintf(stderr, "perron: there is no option --%.*s here\n", (int)length, name);
        return false;
    }
    if (option->is_set) {
        *option->is_set = true;
        return true;
    }
    if (!equals && *at + 1 >= argc) {
        fprintf(stderr, "perron: --%s needs a value\n", option->name);
        return false;
    }
    *option->value = equals ? equals + 1 : argv[++*at];
    if (!**option->value)
        fprintf(stderr, "perron: --%s needs a value\n", option->name);
    return **option->value != 0;
}

bool command_options(const struct command *command, int argc, char **argv,
                     const struct command_option *options, const char **out_rest, int rest_max,
                     int *out_count, int *out_exit)
{
    int count = 0;
    *out_exit = COMMAND_MISUSED;
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            print_usage(stdout, command);
            *out_exit = COMMAND_OK;
            return false;
        }
        if (strncmp(argv[i], "--", 2) == 0) {
            if (!take_option(options, argc, argv, &i)) {
                print_usage(stderr, command);
                return false;
            }
        } else if (count < rest_max) {
            out_rest[count++] = argv[i];
        } else {
            fprintf(stderr, "perron: '%s' is one word too many\n", argv[i]);
            print_usage(stderr, command);
            return false;
        }
    }
    *out_count = count;
    return true;
}

bool command_look(const struct command *command, int argc, char **argv, const char **out_data,
                  bool *out_is_json, int *out_exit)
{
    int count;
    const struct command_option options[] = {
        {"data", out_data, NULL}, {"json", NULL, out_is_json}, {NULL, NULL, NULL}};
    return command_options(command, argc, argv, options, NULL, 0, &count, out_exit);
}

int command_fail(const struct reason *reason)
{
    fprintf(stderr, "perron: %s\n", reason->text);
    return COMMAND_FAILED;
}

int command_misuse(const struct command *command, const struct reason *reason)
{
    fprintf(stderr, "perron: %s\nperron %s --help tells more\n", reason->text, command->name);
    return COMMAND_MISUSED;
}

const char *command_data(const char *option)
{
    const char *environment = getenv("PERRON_DATA");
    if (option)
        return option;
    return environment && environment[0] ? environment : COMMAND_DATA_DEFAULT;
}

enum rc command_now(struct clock_reading *out_now, struct reason *out_reason)
{
    struct clock *clock;
    enum rc rc = clock_open_system(&clock);
    if (rc) {
        reason_set(out_reason, "the clock of this machine cannot be read: %s", rc_text(rc));
        return rc;
    }
    clock_read(clock, out_now);
    clock_close(clock);
    return RC_OK;
}

enum rc command_open_register(const char *data, struct command_register *out_register,
                              struct reason *out_reason)
{
    char path[PATH_MAX];
    struct clock_reading now = {.wall_ms = 0};
    struct command_register opened = {.folder = NULL};
    enum rc rc = folder_open(data, FOLDER_READ, &opened.folder, out_reason);
    if (rc)
        return rc;
    folder_path(opened.folder, "perron.conf", path);
    rc = venue_read(path, &opened.venue, out_reason);
    if (!rc)
        venue_use_time_zone(&opened.venue);
    if (!rc)
        rc = command_now(&now, out_reason);
    opened.now_ms = now.wall_ms;
    folder_path(opened.folder, "perron.db", path);
    if (!rc)
        rc = snapshot_open(path, &opened.snapshot, out_reason);
    if (rc)
        command_close_register(&opened);
    else
        *out_register = opened;
    return rc;
}

void command_close_register(struct command_register *opened)
{
    snapshot_close(opened->snapshot);
    folder_close(opened->folder);
}

enum rc command_find_person(struct command_register *opened, const char *words,
                            struct person *out_person, struct reason *out_reason)
{
    return lookup_named(snapshot_db(opened->snapshot), words, out_person, out_reason);
}

enum rc command_language(const char *name, enum language *out_language, struct reason *out_reason)
{
    enum rc rc = language_parse(name, out_language);
    if (rc)
        reason_set(out_reason, "'%.20s' is no language here: fr, nl or en", name);
    return rc;
}

void command_use_languages(void)
{
    char locale[PATH_MAX];
    command_beside("locale", locale);
    papers_begin(locale);
}

void command_print(json_t *value)
{
    char *text = value ? json_write(value, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    puts(text ? text : "null");
    free(text);
    json_decref(value);
}

enum rc command_read_board(const char *path, struct board *out_board, struct reason *out_reason)
{
    char library[PATH_MAX];
    command_beside("board", library);
    return board_read_with(path, library, out_board, out_reason);
}

void command_beside(const char *name, char *out_path)
{
    ssize_t length = readlink("/proc/self/exe", out_path, PATH_MAX - 1);
    out_path[length > 0 ? length : 0] = 0;
    char *slash = strrchr(out_path, '/');
    size_t used = slash ? (size_t)(slash + 1 - out_path) : 0;
    snprintf(out_path + used, PATH_MAX - used, "%s", name);
}
