#include "app/diagnostics_i.h"

#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/domain/day.h"
#include "app/store/folder.h"
#include "app/store/verify.h"
#include "app/venue.h"

/* --- lines --- */

static void put(struct diagnostics_text *text, const char *bytes)
{
    if (!text->rc)
        text->rc = sink_write(text->sink, bytes, strlen(bytes));
}

void diagnostics_head(struct diagnostics_text *text, const char *title)
{
    put(text, "\n[");
    put(text, title);
    put(text, "]\n");
}

void diagnostics_line(struct diagnostics_text *text, const char *name, const char *format, ...)
{
    char line[512], value[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(value, sizeof value, format, arguments);
    va_end(arguments);
    snprintf(line, sizeof line - 1, "%-24s = %s", name, value);
    for (char *at = line; *at; at++)
        if (*at < ' ' || *at > '~')
            *at = '?';
    put(text, line);
    put(text, "\n");
}

/* --- the clock --- */

static void write_clock(struct diagnostics_text *text, const struct clock_reading *now)
{
    static const char *const trusts[] = {[CLOCK_UNSET] = "not set",
                                         [CLOCK_PLAUSIBLE] = "plausible",
                                         [CLOCK_STAFF] = "set by staff",
                                         [CLOCK_SYNCED] = "synchronised"};
    char time[32];
    day_format_utc(now->wall_ms, time, sizeof time);
    diagnostics_head(text, "clock");
    diagnostics_line(text, "now", "%s", time);
    diagnostics_line(text, "trust", "%s", trusts[now->trust]);
}

/* --- the data folder --- */

/* Only files of our own: what else lies there may be called after somebody. */
static const char *const files[] = {
    "perron.db",    "perron.db-wal", "venue.key", "perron.conf",
    "circles.conf", "welcome",       "lock",      "socket",
};

static void write_files(struct diagnostics_text *text, const char *data)
{
    struct stat status;
    char path[PATH_MAX];
    diagnostics_head(text, "files");
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", data, files[i]);
        if (stat(path, &status))
            diagnostics_line(text, files[i], "not there");
        else
            diagnostics_line(text, files[i], "%" PRId64 " bytes, mode %04o",
                             (int64_t)status.st_size, (unsigned)status.st_mode & 07777);
    }
}

static void write_setting(void *context, const char *section, const char *key, const char *value)
{
    char name[64];
    snprintf(name, sizeof name, "%s.%s", section, key);
    diagnostics_line(context, name, "%s", value);
}

static void write_settings(struct diagnostics_text *text, const char *data)
{
    struct venue venue;
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/perron.conf", data);
    diagnostics_head(text, "settings");
    /* The sentence may repeat what somebody typed. */
    enum rc rc = venue_read(path, &venue, NULL);
    if (rc) {
        diagnostics_line(text, "perron.conf", "cannot be used (%s): perron venue check tells why",
                         rc_text(rc));
        return;
    }
    diagnostics_line(text, "venue.time_zone", "%s", venue.time_zone);
    venue_each_plain(&venue, write_setting, text);
}

/* --- the register --- */

static void write_versions_of(struct diagnostics_text *text, struct db *db)
{
    static const struct {
        const char *name, *sql;
    } rows[] = {
        {"schema", "PRAGMA user_version"},
        {"pages", "PRAGMA page_count"},
        {"free_pages", "PRAGMA freelist_count"},
        {"occasions", "SELECT count(*) FROM occasion"},
        {"stations", "SELECT count(DISTINCT station) FROM fact"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t number = 0;
        enum rc rc = db_number(db, &number, rows[i].sql);
        if (rc)
            diagnostics_line(text, rows[i].name, "%s", rc_text(rc));
        else
            diagnostics_line(text, rows[i].name, "%" PRId64, number);
    }
}

static void write_sqlite(struct diagnostics_text *text, struct db *db)
{
    struct sqlite3_stmt *rows = NULL;
    char version[32] = "not known";
    enum rc rc = db_query(db, &rows, "SELECT sqlite_version()", "");
    if (!rc && !db_step(db, rows))
        db_column_text(rows, 0, version, sizeof version);
    db_done(rows);
    diagnostics_line(text, "sqlite", "%s", version);
}

static void write_counts(struct diagnostics_text *text, struct snapshot *snapshot, int64_t now_ms)
{
    struct snapshot_counts counts;
    enum rc rc = snapshot_counts(snapshot, now_ms, &counts);
    if (rc) {
        diagnostics_line(text, "counts", "%s", rc_text(rc));
        return;
    }
    diagnostics_line(text, "fold_version", "%s", counts.fold_version);
    diagnostics_line(text, "facts", "%" PRId64, counts.facts);
    diagnostics_line(text, "people", "%" PRId64, counts.people);
    diagnostics_line(text, "visits", "%" PRId64, counts.visits);
    diagnostics_line(text, "here", "%d", counts.here);
}

static void write_verify(struct diagnostics_text *text, struct snapshot *snapshot)
{
    struct verify_result result;
    enum rc rc = verify_run(snapshot, &result);
    if (rc) {
        diagnostics_line(text, "verify", "%s", rc_text(rc));
        return;
    }
    diagnostics_line(text, "verify", "%s", verify_holds(&result) ? "holds" : "does not hold");
    diagnostics_line(text, "verify_broken", "%" PRId64, result.broken);
    diagnostics_line(text, "verify_misplaced", "%" PRId64, result.misplaced);
    diagnostics_line(text, "verify_differing", "%" PRId64, result.differing);
    if (result.first[0])
        diagnostics_line(text, "verify_first", "%s", result.first);
}

static void write_register(struct diagnostics_text *text, const struct diagnostics *diagnostics)
{
    struct snapshot *snapshot;
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/perron.db", diagnostics->data);
    diagnostics_head(text, "register");
    enum rc rc = snapshot_open(path, &snapshot, NULL);
    if (rc) {
        diagnostics_line(text, "perron.db", "%s", rc_text(rc));
        return;
    }
    write_sqlite(text, snapshot_db(snapshot));
    write_versions_of(text, snapshot_db(snapshot));
    write_counts(text, snapshot, diagnostics->now.wall_ms);
    write_verify(text, snapshot);
    snapshot_close(snapshot);
}

/* --- the running station --- */

/* What it says that nobody typed: not its venue, and of a fault only that there is one. */
static const char *const said[] = {"version", "scene", "reader", "disk", "clock"};

static void write_status(struct diagnostics_text *text, const json_t *status)
{
    diagnostics_head(text, "station");
    diagnostics_line(text, "running", "%s", status ? "yes" : "no");
    for (size_t i = 0; status && i < sizeof said / sizeof said[0]; i++) {
        const char *value = json_string_value(json_object_get(status, said[i]));
        if (value)
            diagnostics_line(text, said[i], "%s", value);
    }
    if (json_object_get(status, "fault"))
        diagnostics_line(text, "fault", "yes: its screen says which");
}

enum rc diagnostics_write(const struct diagnostics *diagnostics, const struct sink *sink)
{
    struct diagnostics_text text = {.sink = sink};
    put(&text, "Perron: how this station is. Numbers and states; nothing about people is in here.\n"
               "Its log is not copied, since lines may name somebody: journalctl -u perron\n");
    diagnostics_versions(&text);
    write_clock(&text, &diagnostics->now);
    diagnostics_machine(&text, diagnostics->health);
    diagnostics_board(&text, diagnostics->board);
    write_status(&text, diagnostics->status);
    write_files(&text, diagnostics->data);
    write_settings(&text, diagnostics->data);
    write_register(&text, diagnostics);
    return text.rc;
}
