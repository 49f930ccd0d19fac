#include "app/demo/demo.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/command/command.h"
#include "app/domain/day.h"

#define DEFAULT_PEOPLE 200
#define DEFAULT_YEARS 1
#define DEFAULT_SEED 1
#define SETTINGS "perron.conf"

static volatile sig_atomic_t is_cancelled;

/* A second signal ends it at once: the register that is left then mends itself when opened. */
static void cancel(int signal_number)
{
    is_cancelled = 1;
    signal(signal_number, SIG_DFL);
}

/* --- what is asked for --- */

/* A whole number from `least` to `most`; `otherwise` where the text is NULL. */
static bool read_number(const char *name, const char *text, int64_t least, int64_t most,
                        int64_t otherwise, int64_t *out_number)
{
    char *end = NULL;
    errno = 0;
    long long number = text ? strtoll(text, &end, 10) : otherwise;
    if (text && (*end || end == text || errno || number < least || number > most)) {
        fprintf(stderr, "perron: --%s takes a number from %lld to %lld\n", name, (long long)least,
                (long long)most);
        return false;
    }
    *out_number = number;
    return true;
}

/* The last moment of that day of the venue, or now where it is today or no day is named. */
static bool read_until(const char *text, int day_end_min, int64_t now_ms, int64_t *out_until_ms)
{
    struct tm date = {.tm_hour = 12, .tm_isdst = -1};
    const char *rest = text ? strptime(text, "%Y-%m-%d", &date) : "";
    if (!rest || *rest || (text && date.tm_year < 90)) {
        fprintf(stderr, "perron: --until takes a day such as 2026-06-30\n");
        return false;
    }
    int64_t until_ms =
        text ? day_end_after((int64_t)mktime(&date) * 1000, day_end_min) - 1 : now_ms;
    if (until_ms > now_ms && day_begin(until_ms, day_end_min) > now_ms) {
        fprintf(stderr, "perron: --until takes a day that has begun: a station would wait for "
                        "the others to come\n");
        return false;
    }
    *out_until_ms = until_ms < now_ms ? until_ms : now_ms;
    return true;
}

/* --- the folder --- */

static int is_somebodys(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
           strcmp(entry->d_name, SETTINGS) != 0;
}

/* Settings may lie there already; anything else is somebody's. */
static bool is_free(const char *data, struct reason *out_reason)
{
    struct dirent **found;
    int count = scandir(data, &found, is_somebodys, alphasort);
    if (count < 0 && errno == ENOENT)
        return true;
    if (count < 0) {
        reason_set(out_reason, "the folder %s cannot be opened: %s", data, strerror(errno));
        return false;
    }
    for (int i = 0; i < count; i++)
        free(found[i]);
    free(found);
    if (count)
        reason_set(out_reason, "something lies in %s already; choose an empty folder", data);
    return count == 0;
}

/* Only what this command made lies there. */
static void remove_register(const struct folder *folder)
{
    static const char *const names[] = {"perron.db",         "perron.db-wal", "perron.db-shm",
                                        "perron.db-journal", "venue.key",     "lock"};
    char path[PATH_MAX];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        folder_path(folder, names[i], path);
        unlink(path);
    }
}

/* --- progress --- */

struct progress {
    const char *what;
    int64_t begun_ms, told_ms;
};

static int64_t passed_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static enum rc tell_progress(void *context, int64_t at, int64_t of)
{
    struct progress *progress = context;
    int64_t now_ms = passed_ms(), took_ms = now_ms - progress->begun_ms;
    if (is_cancelled)
        return RC_GONE;
    if (now_ms - progress->told_ms < 1000 || !at)
        return RC_OK;
    progress->told_ms = now_ms;
    bool is_terminal = isatty(STDERR_FILENO);
    fprintf(stderr, "%s%s: %lld of %lld, %lld s left%s", is_terminal ? "\r\033[K" : "",
            progress->what, (long long)at, (long long)of,
            (long long)(took_ms * (of - at) / at / 1000), is_terminal ? "" : "\n");
    return RC_OK;
}

static struct progress progress_of(const char *what)
{
    return (struct progress){what, passed_ms(), passed_ms()};
}

/* --- the work --- */

static enum rc fill(struct demo *demo, struct journal *journal)
{
    struct progress days = progress_of("days");
    const struct journal_watcher of_days = {tell_progress, &days};
    enum rc rc = journal_bulk_begin(journal);
    if (!rc)
        rc = demo_write(demo, journal, &of_days);
    if (rc)
        return rc;
    struct progress people = progress_of("people and occasions");
    const struct journal_watcher of_people = {tell_progress, &people};
    rc = journal_bulk_end(journal, &of_people);
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
    return rc;
}

static enum rc fill_folder(const struct folder *folder, const struct journal_rules *rules,
                           struct demo *demo, struct reason *out_reason)
{
    struct clock_reading now;
    struct journal *journal;
    demo_begin(demo, &now);
    enum rc rc = folder_open_journal(folder, rules, &now, &journal, out_reason);
    if (rc)
        return rc;
    rc = fill(demo, journal);
    if (is_cancelled)
        reason_set(out_reason, "stopped; nothing was kept");
    else if (rc)
        db_tell(rc, journal_db(journal), out_reason);
    journal_close(journal);
    return rc;
}

/* Where the folder has no settings the house gets a name. */
static void name_venue(const struct folder *folder)
{
    char path[PATH_MAX];
    folder_path(folder, SETTINGS, path);
    FILE *file = fopen(path, "wx");
    if (!file)
        return;
    fputs("[venue]\nname = L'épi commun\n", file);
    fclose(file);
}

static void tell_members(const struct demo *demo, const char *data)
{
    struct demo_member member;
    printf("\nto try it:\n"
           "  perron station --data %s --board board/desktop.conf --reader sim\n",
           data);
    for (int place = 0; place < DEMO_STAFF + 3 && !demo_member(demo, place, &member); place++)
        printf("  perron tap %s --data %s   # %s, %s%s%s\n", member.badge, data, member.name,
               member.number, member.pin[0] ? ", staff, PIN " : "", member.pin);
    printf("  perron visits --data %s | tail\n  perron verify --data %s\n", data, data);
}

static void tell(const struct demo *demo, const char *data, int64_t took_ms)
{
    struct demo_counts counts = demo_counted(demo);
    printf("%s: %lld people, %lld occasions, %lld sign-ups, %lld visits: %lld facts in %.1f s "
           "(%lld a second)\n",
           data, (long long)counts.people, (long long)counts.occasions, (long long)counts.sign_ups,
           (long long)counts.visits, (long long)counts.facts, (double)took_ms / 1000,
           (long long)(counts.facts * 1000 / (took_ms ? took_ms : 1)));
    tell_members(demo, data);
}

static enum rc make(const char *data, const struct demo_wish *wish,
                    const struct journal_rules *rules, struct reason *out_reason)
{
    struct folder *folder;
    struct demo *demo = NULL;
    int64_t begun_ms = passed_ms();
    enum rc rc = folder_open(data, FOLDER_WRITE, &folder, out_reason);
    if (rc)
        return rc;
    if ((rc = demo_open(wish, &demo)))
        db_tell(rc, NULL, out_reason);
    else
        rc = fill_folder(folder, rules, demo, out_reason);
    if (rc) {
        remove_register(folder);
    } else {
        name_venue(folder);
        tell(demo, data, passed_ms() - begun_ms);
    }
    demo_close(demo);
    folder_close(folder);
    return rc;
}

static void listen_to_signals(void)
{
    struct sigaction action = {.sa_handler = cancel};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

static int run(int argc, char **argv)
{
    const char *data = NULL, *people = NULL, *years = NULL, *seed = NULL, *until = NULL;
    int64_t people_count, year_count, seed_number;
    int count, code;
    const struct command_option options[] = {{"data", &data, NULL},   {"people", &people, NULL},
                                             {"years", &years, NULL}, {"seed", &seed, NULL},
                                             {"until", &until, NULL}, {NULL, NULL, NULL}};
    if (!command_options(&command_demo, argc, argv, options, NULL, 0, &count, &code))
        return code;
    if (!read_number("people", people, 1, DEMO_PEOPLE_MAX, DEFAULT_PEOPLE, &people_count) ||
        !read_number("years", years, 1, DEMO_YEARS_MAX, DEFAULT_YEARS, &year_count) ||
        !read_number("seed", seed, 0, INT64_MAX, DEFAULT_SEED, &seed_number))
        return COMMAND_MISUSED;

    struct reason reason = {.text = ""};
    struct venue venue;
    struct clock_reading now;
    char path[PATH_MAX];
    data = command_data(data);
    snprintf(path, sizeof path, "%.*s/" SETTINGS, PATH_MAX - 16, data);
    if (!is_free(data, &reason) || venue_read(path, &venue, &reason) || command_now(&now, &reason))
        return command_fail(&reason);
    venue_use_time_zone(&venue);
    struct demo_wish wish = {.people = (int)people_count,
                             .years = (int)year_count,
                             .seed = (uint64_t)seed_number,
                             .day_end_min = venue.day_end_min};
    if (!read_until(until, venue.day_end_min, now.wall_ms, &wish.until_ms))
        return COMMAND_MISUSED;
    struct journal_rules rules = venue_rules(&venue);
    listen_to_signals();
    return make(data, &wish, &rules, &reason) ? command_fail(&reason) : COMMAND_OK;
}

const struct command command_demo = {
    "demo", "[--data DIR] [--people N] [--years Y] [--seed S] [--until DATE]",
    "fills an empty folder with a house that never was\n"
    "People, a calendar, sign-ups and visits of some years up to now or to the end of a day, for\n"
    "showing the station and for measuring it. 200 people and one year where nothing is said, at\n"
    "most 200000 and 20. The same seed and day give the same house.",
    run};
