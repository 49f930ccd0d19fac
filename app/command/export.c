#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/command/command.h"
#include "app/command/format.h"
#include "app/exchange/outfile.h"
#include "app/exchange/register.h"

static enum rc write_table(const struct register_source *source, const char *folder,
                           enum register_table table, enum csv_profile profile, int64_t *out_rows,
                           struct reason *out_reason)
{
    struct outfile *file;
    enum rc rc = outfile_create(folder, register_name(table), &file, out_reason);
    if (rc)
        return rc;
    struct sink sink = outfile_sink(file);
    rc = register_write(table, profile, source, &sink, out_rows);
    /* A device that refused rows refuses the end too, and knows the sentence. */
    if (!rc || sink_write(&sink, "", 0))
        return outfile_commit(file, out_reason);
    outfile_abandon(file);
    reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
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
    const struct register_source source = {.snapshot = opened.snapshot,
                                           .key = folder_key(opened.folder),
                                           .privacy = &opened.venue.privacy,
                                           .now_ms = opened.now_ms,
                                           .first_day = REPORT_FIRST_DAY,
                                           .last_day = REPORT_LAST_DAY};
    for (int table = 0; !rc && table < REGISTER_TABLE_COUNT; table++) {
        int64_t rows = 0;
        rc = write_table(&source, folder, (enum register_table)table, profile, &rows, &reason);
        if (!rc)
            printf("%s/%s: %" PRId64 " rows\n", folder, register_name((enum register_table)table),
                   rows);
    }
    command_close_register(&opened);
    return rc ? command_fail(&reason) : COMMAND_OK;
}

const struct command command_export = {
    "export", "[--data DIR] [--profile excel|strict] FOLDER",
    "writes the register as visits.csv, hours.csv, people.csv and newcomers.csv\n"
    "For Excel in French and Dutch (byte order mark, semicolons, decimal comma, local time), or "
    "with\n"
    "--profile strict (or --strict) by RFC 4180 with times in UTC. Each file appears whole or not "
    "at\nall.",
    run};
