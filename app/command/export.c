#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/command/command.h"
#include "app/command/format.h"
#include "app/exchange/register.h"

struct table {
    struct register_file *file;
    long rows;
    enum rc device; /* what it said of the last row */
};

static enum rc add_visit(void *context, const struct snapshot_visit *row)
{
    struct table *table = context;
    struct register_visit visit = {.person = &row->person,
                                   .visit = &row->visit,
                                   .seconds = row->seconds,
                                   .organisation = row->organisation};
    table->rows++;
    return table->device = register_add_visit(table->file, &visit);
}

static enum rc add_person(void *context, const struct snapshot_person *row)
{
    struct table *table = context;
    struct register_person person = {.person = &row->person, .badges = row->badges};
    table->rows++;
    return table->device = register_add_person(table->file, &person);
}

static enum rc write_table(struct command_register *opened, const char *folder,
                           enum register_table table, enum csv_profile profile, long *out_rows,
                           struct reason *out_reason)
{
    struct table out = {.file = NULL};
    enum rc rc = register_begin(folder, table, profile, &out.file, out_reason);
    if (rc)
        return rc;
    rc = table == REGISTER_VISITS
             ? snapshot_visits(opened->snapshot, INT64_MIN, INT64_MAX, opened->now_ms, add_visit,
                               &out)
             : snapshot_people(opened->snapshot, opened->now_ms, add_person, &out);
    if (rc && !out.device) {
        register_abandon(out.file);
        reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
        return rc;
    }
    /* A device that refused rows refuses the end too, and knows the sentence. */
    rc = register_commit(out.file, out_reason);
    if (!rc)
        *out_rows = out.rows;
    return rc;
}

static enum rc make_folder(const char *folder, struct reason *out_reason)
{
    if (mkdir(folder, 0755) == 0 || errno == EEXIST)
        return RC_OK;
    reason_set(out_reason, "the folder %s cannot be made: %s", folder, strerror(errno));
    return rc_from_errno(errno);
}

static int run(int argc, char **argv)
{
    const char *data = NULL, *folder = NULL, *profile_name = NULL;
    bool is_strict = false;
    int count, code;
    const struct command_option options[] = {{"data", &data, NULL},
                                             {"profile", &profile_name, NULL},
                                             {"strict", NULL, &is_strict},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_export, argc, argv, options, &folder, 1, &count, &code))
        return code;
    struct reason reason = {""};
    struct command_register opened;
    if (count != 1) {
        reason_set(&reason, "which folder? For example: perron export /media/stick/register");
        command_fail(&reason);
        return COMMAND_MISUSED;
    }
    enum csv_profile profile = is_strict ? CSV_PROFILE_STRICT : CSV_PROFILE_EXCEL;
    if (profile_name && format_read_profile(profile_name, &profile, &reason)) {
        command_fail(&reason);
        return COMMAND_MISUSED;
    }
    if (command_open_register(command_data(data), &opened, &reason))
        return command_fail(&reason);
    enum rc rc = make_folder(folder, &reason);
    for (int table = 0; !rc && table < REGISTER_TABLE_COUNT; table++) {
        long rows = 0;
        rc = write_table(&opened, folder, (enum register_table)table, profile, &rows, &reason);
        if (!rc)
            printf("%s/%s: %ld rows\n", folder, register_name((enum register_table)table), rows);
    }
    command_close_register(&opened);
    return rc ? command_fail(&reason) : COMMAND_OK;
}

const struct command command_export = {
    "export", "[--data DIR] [--profile excel|strict] FOLDER",
    "writes the register as visits.csv and people.csv\n"
    "For Excel in French and Dutch (byte order mark, semicolons, decimal comma, local time), or "
    "with\n"
    "--profile strict (or --strict) by RFC 4180 with times in UTC. Each file appears whole or not "
    "at\nall.",
    run};
