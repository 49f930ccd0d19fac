#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/command/command.h"
#include "app/command/format.h"
#include "app/command/order.h"
#include "app/command/period.h"
#include "app/export.h"
#include "app/store/report.h"
#include "app/venue_files.h"

/* What the options say. */
struct asked {
    const char *data, *files, *profile, *organisation;
    struct period_asked period;
    bool is_new, is_all, is_strict, is_plain, is_json;
};

/* --- what is to be done --- */

static enum rc choose_span(const struct asked *asked, struct export_choice *choice,
                           struct reason *out_reason)
{
    struct period period;
    bool is_period = period_is_asked(&asked->period);
    if (is_period + asked->is_new + asked->is_all > 1) {
        reason_set(out_reason, "--new, --all and a period exclude each other");
        return RC_BAD_INPUT;
    }
    enum rc rc = period_read(&asked->period, &period, out_reason);
    if (rc)
        return rc;
    choice->span = is_period ? EXPORT_PERIOD : asked->is_new ? EXPORT_SINCE : EXPORT_EVERYTHING;
    choice->first_day = period.first_day;
    choice->last_day = period.last_day;
    return RC_OK;
}

static enum rc choose(const struct asked *asked, const struct venue *venue,
                      struct export_choice *out_choice, struct reason *out_reason)
{
    struct export_choice choice = {.files = venue->export.files,
                                   .profile = (enum csv_profile)venue->export.profile};
    enum rc rc = choose_span(asked, &choice, out_reason);
    choice.are_files_named = asked->files != NULL;
    if (!rc && asked->files)
        rc = export_read_files(asked->files, &choice.files, out_reason);
    if (asked->is_strict)
        choice.profile = CSV_PROFILE_STRICT;
    if (!rc && asked->profile)
        rc = format_read_profile(asked->profile, &choice.profile, out_reason);
    if (venue->export.is_sealed && !asked->is_plain)
        choice.seal = &venue->export.key;
    if (!rc)
        *out_choice = choice;
    return rc;
}

static enum rc read_venue(const char *data, struct venue *out_venue, struct reason *out_reason)
{
    char path[PATH_MAX];
    struct folder *folder;
    enum rc rc = folder_open(data, FOLDER_READ, &folder, out_reason);
    if (rc)
        return rc;
    folder_path(folder, "perron.conf", path);
    folder_close(folder);
    rc = venue_read(path, out_venue, out_reason);
    if (!rc)
        venue_use_time_zone(out_venue);
    return rc;
}

/* Whose tables alone are asked for. */
static enum rc find_organisation(const struct asked *asked, struct fact_id *out_organisation,
                                 struct reason *out_reason)
{
    struct command_register opened;
    if (!asked->organisation)
        return RC_OK;
    enum rc rc = command_open_register(asked->data, &opened, out_reason);
    if (rc)
        return rc;
    rc = report_find_organisation(snapshot_db(opened.snapshot), asked->organisation,
                                  out_organisation, out_reason);
    command_close_register(&opened);
    return rc;
}

static bool is_inside(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || !path[length]);
}

/* A stick that is not in must not become a folder of the station's own disk. */
static enum rc check_folder(const char *data, const char *folder, struct reason *out_reason)
{
    char path[PATH_MAX], data_path[PATH_MAX];
    struct stat is;
    if (stat(folder, &is)) {
        reason_set(out_reason, "there is no folder %s%s", folder,
                   errno == ENOENT ? ": is the stick in, and mounted there? A folder of the disk "
                                     "has to be made first (mkdir)"
                                   : "");
        return rc_from_errno(errno);
    }
    if (!S_ISDIR(is.st_mode)) {
        reason_set(out_reason, "%s is no folder: name the one to put the register into", folder);
        return RC_BAD_INPUT;
    }
    if (realpath(folder, path) && realpath(data, data_path) && is_inside(path, data_path)) {
        reason_set(out_reason,
                   "%s is in the data folder itself: name a folder elsewhere, best on a stick",
                   folder);
        return RC_BAD_INPUT;
    }
    return RC_OK;
}

/* --- what is told --- */

static enum rc show_progress(void *context, enum export_stage stage, int percent)
{
    static const char *const words[] = {"reading", "writing", "checking"};
    (void)context;
    fprintf(stderr, "\r%-9s %3d %%", words[stage], percent);
    return RC_OK;
}

static void hide_progress(void)
{
    fprintf(stderr, "\r%16s\r", "");
}

/* The register is worth more than a text of the welcome: it goes without. */
static void print_left_out(const struct problems *problems)
{
    char line[PROBLEMS_LINE_BYTES];
    for (int i = 0; i < problems->count; i++) {
        problems_write(&problems->rows[i], line);
        fprintf(stderr, "perron: left out: %s\n", line);
    }
    if (problems->beyond)
        fprintf(stderr, "perron: left out: %d more\n", problems->beyond);
}

/* What an export is good for, and for whom, where nothing seals it. */
static void print_unsealed(const struct export_job *job, const struct export_result *result)
{
    bool may_restore = result->rows[EXPORT_DATABASE] >= 0 || result->rows[EXPORT_JOURNAL] >= 0;
    if (job->choice.seal)
        return;
    printf("not sealed: whoever finds this folder can read it%s\n",
           may_restore ? ", and badges, PINs and codes can never be restored from it" : "");
    if (!job->venue->export.is_sealed)
        puts("perron keys make FILE makes the key for that, and prints the line for perron.conf");
}

/* What whoever hands the folder on has to know. */
static void print_warnings(enum export_span span, const struct export_result *result)
{
    static const char *const empty[] = {
        [EXPORT_SINCE] = "nothing is new since the last export",
        [EXPORT_PERIOD] = "there is nothing in these days",
        [EXPORT_EVERYTHING] = "there is nothing in the register yet",
    };
    char files[EXPORT_LIST_BYTES];
    if (result->is_empty)
        puts(empty[span]);
    export_list_files(result->whole, files);
    if (files[0])
        printf("not only what was asked for: everybody and all times are in %s\n", files);
    export_list_files(result->naming, files);
    if (files[0])
        printf("however the house counts, everybody is named in %s: hand on only the tables\n",
               files);
}

static void print_table(const struct export_job *job, const struct export_result *result,
                        bool is_marked)
{
    const char *root = job->root;
    for (int file = 0; file < EXPORT_FILE_COUNT; file++)
        if (result->rows[file] >= 0) {
            printf("%s/%s/%s", root, result->folder, export_file_called((enum export_file)file));
            if (file == EXPORT_DATABASE)
                puts("");
            else
                printf(": %" PRId64 " rows\n", result->rows[file]);
        }
    if (result->venue_files)
        printf("%s/%s/" VENUE_FILES_FOLDER ": %d file%s\n", root, result->folder,
               result->venue_files, result->venue_files == 1 ? "" : "s");
    print_warnings(job->choice.span, result);
    printf("read back and right: %" PRId64 " bytes\n", result->bytes);
    if (is_marked)
        puts("the next export with --new goes on from here");
}

static json_t *files_to_json(unsigned files)
{
    json_t *array = json_array();
    for (int file = 0; file < EXPORT_FILE_COUNT; file++)
        if (files & (1u << file))
            json_array_append_new(array, json_string(export_file_called((enum export_file)file)));
    return array;
}

static void print_json(const struct export_job *job, const struct export_result *result,
                       bool is_marked)
{
    json_t *rows = json_object();
    for (int file = 0; file < EXPORT_FILE_COUNT; file++)
        if (result->rows[file] >= 0)
            json_object_set_new(rows, export_file_name((enum export_file)file),
                                json_integer(result->rows[file]));
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", job->root, result->folder);
    command_print(json_pack("{s:s,s:I,s:b,s:i,s:o,s:b,s:o,s:o}", "folder", path, "bytes",
                            (json_int_t)result->bytes, "is_marked", (int)is_marked, "venue_files",
                            result->venue_files, "rows", rows, "is_empty", (int)result->is_empty,
                            "of_everybody", files_to_json(result->whole), "naming",
                            files_to_json(result->naming)));
}

/* Only what was read back and is right is recorded as taken out. */
static enum rc record(const char *data, const struct export_result *result,
                      struct reason *out_reason)
{
    struct order_result told;
    struct reason why = {.text = ""};
    json_t *request = json_pack("{s:s,s:o}", "do", "exported", "mark", mark_to_json(&result->mark));
    enum rc rc = order_send(data, request, -1, NULL, &told, &why);
    orders_forget(&told);
    if (rc)
        reason_set(out_reason,
                   "%s is whole, but it could not be recorded (%s): the next export with --new has "
                   "the same again",
                   result->folder, why.text);
    return rc;
}

static int carry_out(const struct asked *asked, const struct export_job *job)
{
    const struct export_watcher watcher = {NULL, show_progress};
    struct export_result result;
    struct reason reason = {.text = ""};
    bool is_shown = isatty(STDERR_FILENO);
    enum rc rc = check_folder(job->data, job->root, &reason);
    if (!rc) {
        rc = export_run(job, is_shown ? &watcher : NULL, &result, &reason);
        if (is_shown)
            hide_progress();
    }
    if (rc)
        return command_fail(&reason);
    print_left_out(&result.left_out);
    bool is_due = result.mark.count > 0;
    rc = is_due ? record(job->data, &result, &reason) : RC_OK;
    (asked->is_json ? print_json : print_table)(job, &result, is_due && !rc);
    if (!asked->is_json)
        print_unsealed(job, &result);
    return rc ? command_fail(&reason) : COMMAND_OK;
}

static int run(int argc, char **argv)
{
    struct asked asked = {.data = NULL};
    const char *folder = NULL;
    int count, code;
    const struct command_option options[] = {{"data", &asked.data, NULL},
                                             {"new", NULL, &asked.is_new},
                                             {"all", NULL, &asked.is_all},
                                             {"from", &asked.period.from, NULL},
                                             {"to", &asked.period.to, NULL},
                                             {"month", &asked.period.month, NULL},
                                             {"files", &asked.files, NULL},
                                             {"profile", &asked.profile, NULL},
                                             {"organisation", &asked.organisation, NULL},
                                             {"strict", NULL, &asked.is_strict},
                                             {"no-seal", NULL, &asked.is_plain},
                                             {"json", NULL, &asked.is_json},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_export, argc, argv, options, &folder, 1, &count, &code))
        return code;
    struct reason reason = {.text = ""};
    struct venue venue = venue_default();
    struct export_job job = {.data = command_data(asked.data), .root = folder, .venue = &venue};
    if (count != 1) {
        reason_set(&reason, "which folder? For example: perron export /media/stick");
        return command_misuse(&command_export, &reason);
    }
    /* What is asked wrongly is told before anything is opened. */
    if (choose(&asked, &venue, &job.choice, &reason))
        return command_misuse(&command_export, &reason);
    command_use_languages();
    enum rc rc = read_venue(job.data, &venue, &reason);
    if (!rc)
        rc = choose(&asked, &venue, &job.choice, &reason);
    asked.data = job.data;
    if (!rc)
        rc = find_organisation(&asked, &job.choice.organisation, &reason);
    if (!rc)
        rc = command_now(&job.now, &reason);
    return rc ? command_fail(&reason) : carry_out(&asked, &job);
}

const struct command command_export = {
    "export",
    "[--data DIR] [--all | --new | --from DATE --to DATE | --month YYYY-MM]\n"
    "                     [--files LIST] [--organisation NAME] [--profile excel|strict]\n"
    "                     [--no-seal] [--json] FOLDER",
    "takes the register out into a dated folder inside FOLDER, a stick for example\n"
    "Everything (--all), what is new since the last export (--new), or some days. LIST is some of\n"
    "visits, hours, people, newcomers, workbook, journal, database, roll-call, with commas. Tables "
    "are\n"
    "for Excel in French and Dutch, or by RFC 4180 with --profile strict (or --strict). With a key "
    "in\n"
    "perron.conf ([export] key) all is sealed to it. The folder gets its name once it is whole; it "
    "is\n"
    "read back from the device, and only then recorded, so that --new counts from there.\n"
    "FOLDER must be there. Some days, or one organisation (- is the house itself), are for "
    "reading:\n"
    "tables and workbook of that part. The journal and the database have everybody and all times:\n"
    "they go with everything, the journal's part also with --new, and with days where --files "
    "names\n"
    "them. What the house set (perron.conf, circles.conf, welcome) goes along with the database, "
    "in\n"
    "the folder venue.",
    run};
