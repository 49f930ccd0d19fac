/*
 * torture-memory - R3 for what torture-faults does not reach: settings, boards, lists of people,
 * the data folder, exports. The Nth allocation fails, and from then on all, for N = 1, 2, ... until
 * none does. Nothing may crash, and what failed must say so; what was not touched must work.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/enrol.h"
#include "app/exchange/infile.h"
#include "app/exchange/outfile.h"
#include "app/exchange/register.h"
#include "app/store/folder.h"
#include "app/store/snapshot.h"
#include "app/tray.h"
#include "app/venue.h"
#include "firmware/device/board.h"
#include "tests/support/fault_memory.h"
#include "tests/support/house.h"
#include "tests/support/options.h"

#define LIST "app/share/demo/people.csv"

static struct house *house;
static char folder[64];

static enum rc read_board(struct reason *reason)
{
    struct board board;
    return board_read("board/pi4-7inch.conf", &board, reason);
}

static enum rc read_venue(struct reason *reason)
{
    char path[128];
    struct venue venue;
    snprintf(path, sizeof path, "%s/perron.conf", folder);
    return venue_read(path, &venue, reason);
}

static enum rc read_tray(struct reason *reason)
{
    static struct tray tray;
    return tray_read(LIST, &tray, reason);
}

static enum rc import(struct reason *reason)
{
    struct enrol_options options = {.is_dry_run = true, .wants_json = true};
    char *bytes = NULL, *told = NULL;
    size_t length;
    options.now = house_now(house);
    enum rc rc = infile_read(LIST, ENROL_FILE_BYTES, &bytes, &length, reason);
    if (!rc)
        rc = enrol_import(house->journal, bytes, length, &options, &told, reason);
    free(bytes);
    free(told);
    return rc;
}

static enum rc open_folder(struct reason *reason)
{
    char path[96];
    struct folder *opened;
    struct journal *journal;
    struct clock_reading now = house_now(house);
    snprintf(path, sizeof path, "%s/data", folder);
    enum rc rc = folder_open(path, FOLDER_WRITE, &opened, reason);
    if (rc)
        return rc;
    rc = folder_open_journal(opened, &house->rules, &now, &journal, reason);
    if (!rc)
        journal_close(journal);
    folder_close(opened);
    return rc;
}

static enum rc write_visits(struct snapshot *snapshot, struct reason *reason)
{
    struct register_source source = {.snapshot = snapshot,
                                     .now_ms = house_now(house).wall_ms,
                                     .first_day = REPORT_FIRST_DAY,
                                     .last_day = REPORT_LAST_DAY};
    struct outfile *file;
    int64_t rows;
    enum rc rc = outfile_create(folder, register_name(REGISTER_VISITS), &file, reason);
    if (rc)
        return rc;
    struct sink sink = outfile_sink(file);
    rc = register_write(REGISTER_VISITS, CSV_PROFILE_EXCEL, &source, &sink, &rows);
    if (!rc)
        return outfile_commit(file, reason);
    reason_set(reason, "the register could not be read: %s", rc_text(rc));
    outfile_abandon(file);
    return rc;
}

static enum rc write_register(struct reason *reason)
{
    struct snapshot *snapshot;
    enum rc rc = snapshot_open(house->path, &snapshot, reason);
    if (rc)
        return rc;
    rc = write_visits(snapshot, reason);
    snapshot_close(snapshot);
    return rc;
}

static const struct row {
    const char *name;
    enum rc (*act)(struct reason *reason);
} rows[] = {
    {"board", read_board}, {"settings", read_venue},     {"tray", read_tray},
    {"import", import},    {"data folder", open_folder}, {"export", write_register},
};

/* True when everything that failed said so. */
static bool torture(const struct row *row, bool is_lasting)
{
    long nth = 0, failed = 0, silent = 0, after = 0;
    bool has_failed = true;
    while (has_failed) {
        struct reason reason = {.text = ""};
        fault_memory_plan(++nth, is_lasting);
        enum rc rc = row->act(&reason);
        has_failed = fault_memory_has_failed();
        fault_memory_plan(0, false);
        failed += rc != RC_OK;
        silent += rc != RC_OK && !reason.text[0];
        after += row->act(&reason) != RC_OK;
    }
    printf("%-12s %-8s %6ld %8ld %8ld %8ld\n", row->name, is_lasting ? "lasting" : "once", nth - 1,
           failed, silent, after);
    return !silent && !after && failed > 0;
}

static bool run(void)
{
    bool is_good = true;
    printf("%-12s %-8s %6s %8s %8s %8s\n", "what", "memory", "N", "failed", "silent", "after");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        is_good &= torture(&rows[i], false);
        is_good &= torture(&rows[i], true);
    }
    return is_good;
}

static void prepare(void)
{
    char command[192];
    house = house_open();
    house_tap(house, HOUSE_ADA);
    snprintf(folder, sizeof folder, "/tmp/perron-memory-XXXXXX");
    house_expect(mkdtemp(folder) != NULL, "no folder under /tmp");
    snprintf(command, sizeof command, "printf '[venue]\\nname = Agora\\n' > %s/perron.conf",
             folder);
    house_expect(system(command) == 0, "%s", command);
}

static const char usage[] =
    "usage: torture-memory [--ci]\n"
    "Lets the Nth allocation fail under settings, lists, the data folder and exports.\n";

int main(int argc, char **argv)
{
    char command[128];
    bool is_short = false; /* it is short already */
    int code = 1;
    const struct option_row options[] = {{.name = "ci", .is_set = &is_short}, {.name = NULL}};
    if (!options_read(argc, argv, options, usage, &code))
        return code;
    fault_memory_load(argv);
    if (!fault_memory_is_possible()) {
        fputs("torture-memory: malloc_preload.so is not beside this program\n", stderr);
        return 1;
    }
    prepare();
    bool is_good = run();
    house_close(house);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) || !is_good;
}
