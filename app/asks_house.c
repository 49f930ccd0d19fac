/* What staff ask of the station itself: its badges in memory, its clock, its levels, its power. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/asks_i.h"

#define MOST 100
#define LEAST_LIGHT 10

/* --- badges --- */

void asks_unknown(struct station *station, const struct ask *ask)
{
    struct told told = {.ask = ask->kind, .how = TOLD_YES};
    told.count = told.total = station->strangers.count;
    for (int i = 0; i < told.count; i++) {
        told.rows[i].at_ms = station->strangers.rows[i].wall_ms;
        told.rows[i].number[0] = station->strangers.rows[i].number;
    }
    asks_tell(station, &told);
}

const char asks_badge_forgotten[] =
    WORDS_MARK("That badge is not remembered any more: tap it again.");

/* The badge is the one just claimed, or one of the last that nobody knew. */
void asks_give(struct station *station, const struct ask *ask)
{
    const struct stranger *stranger =
        ask->number[0] < 0 ? NULL : strangers_find(&station->strangers, ask->number[0]);
    if (ask->number[0] >= 0 && !stranger) {
        asks_answer(station, ask->kind, TOLD_NO, asks_badge_forgotten);
        return;
    }
    struct doing *doing = asks_begin(station, ask, asks_hand);
    if (doing) {
        doing->badge = stranger ? stranger->badge : station->claimed;
        doing->has_badge = true;
    }
    asks_submit(station, doing);
}

/* --- health --- */

/* A line that says how something is; a bad one stands out. */
static void add(struct told *told, const char *title, bool is_bad, const char *format, ...)
    PRINTF_LIKE(4, 5);

static void add(struct told *told, const char *title, bool is_bad, const char *format, ...)
{
    va_list arguments;
    if (told->count == TOLD_ROWS_MAX)
        return;
    struct row *row = &told->rows[told->count++];
    snprintf(row->title, sizeof row->title, "%s", title);
    row->mark = is_bad;
    va_start(arguments, format);
    vsnprintf(row->line, sizeof row->line, format, arguments);
    va_end(arguments);
}

static const char *clock_words(enum clock_trust trust, enum language language)
{
    static const char *const texts[] = {
        [CLOCK_UNSET] = WORDS_MARK("not set"),
        [CLOCK_PLAUSIBLE] = WORDS_MARK("could be right"),
        [CLOCK_STAFF] = WORDS_MARK("set by staff"),
        [CLOCK_SYNCED] = WORDS_MARK("kept by a time server"),
    };
    return words(language, texts[trust]);
}

static void add_station(const struct station *station, enum language language, struct told *told)
{
    enum rc disk = taps_disk(station->taps);
    char last[200];
    bool is_bad;
    if (updating_say_last(station, language, false, last, sizeof last, &is_bad))
        add(told, words(language, "Update"), is_bad, "%s", last);
    add(told, words(language, "Reader"), station->is_reader_resting, "%s",
        station->is_reader_resting ? station->reader_text : words(language, "ready"));
    add(told, words(language, "Register"), disk != RC_OK, "%s",
        disk ? rc_text(disk) : words(language, "takes facts"));
    add(told, words(language, "Clock"), station->clock_trust == CLOCK_UNSET, "%s",
        clock_words(station->clock_trust, language));
    add(told, words(language, "Version"), false, "Perron %s", PERRON_VERSION);
}

static void add_machine(struct station *station, enum language language, struct told *told)
{
    struct machine_health health = machine_health_unknown();
    char time[WORDS_TIME_SIZE];
    if (station->machine)
        machine_health(station->machine, &health);
    if (health.disk_free_bytes > 0)
        add(told, words(language, "Space left"),
            health.disk_free_bytes < health.disk_total_bytes / 20, "%.1f GB / %.1f GB",
            (double)health.disk_free_bytes / 1e9, (double)health.disk_total_bytes / 1e9);
    if (health.temperature_c > 0)
        add(told, words(language, "Temperature"), health.temperature_c > 80, "%d °C",
            health.temperature_c);
    if (health.under_voltage == MACHINE_YES)
        add(told, words(language, "Power"), true, "%s", words(language, "the supply is too weak"));
    if (health.uptime_s > 0)
        add(told, words(language, "Running for"), false, "%s",
            words_duration(language, health.uptime_s, time, sizeof time));
    for (int i = 0; i < health.address_count; i++)
        add(told, words(language, "Address"), false, "%s", health.addresses[i].text);
}

void asks_health(struct station *station, const struct ask *ask)
{
    struct told told = {.ask = ask->kind, .how = TOLD_YES};
    add_station(station, ask->language, &told);
    add_machine(station, ask->language, &told);
    told.total = told.count;
    asks_tell(station, &told);
}

/* --- clock and power --- */

static const char machine_failed[] =
    WORDS_MARK("The computer did not do it. Pull the plug when nobody taps.");

/* Nobody should have to count up from 1970. */
static void tell_clock(struct station *station)
{
    struct clock_reading now;
    clock_read(station->clock, &now);
    int64_t wall_ms = now.wall_ms < CLOCK_EARLIEST_MS ? CLOCK_EARLIEST_MS : now.wall_ms;
    asks_tell(station, &(struct told){.ask = ASK_CLOCK, .how = TOLD_YES, .until_ms = wall_ms});
}

/* A clock that only tests turn is turned here; this computer's is the system's to set. */
static void set_simulated(struct station *station, int64_t wall_ms)
{
    clock_turn(station->clock, wall_ms, CLOCK_STAFF);
    tell_clock(station);
}

void asks_clock(struct station *station, const struct ask *ask)
{
    struct reason reason;
    int64_t now_ms = clock_mono_ms(station->clock);
    if (!ask->at_ms)
        tell_clock(station);
    else if (ask->at_ms < CLOCK_EARLIEST_MS)
        asks_answer(station, ask->kind, TOLD_NO,
                    WORDS_MARK("That day is long over. Look at the year and the month."));
    else if (clock_is_simulated(station->clock))
        set_simulated(station, ask->at_ms);
    else if (!station->machine ||
             machine_set_wall_ms(station->machine, ask->at_ms, now_ms, &reason))
        asks_answer(station, ask->kind, TOLD_NO, machine_failed);
    else
        station->machine_ask = ask->kind;
}

void asks_power(struct station *station, const struct ask *ask)
{
    struct reason reason;
    int64_t now_ms = clock_mono_ms(station->clock);
    enum rc rc = !station->machine          ? RC_UNSUPPORTED
                 : ask->kind == ASK_RESTART ? machine_restart(station->machine, now_ms, &reason)
                                            : machine_power_off(station->machine, now_ms, &reason);
    if (rc)
        asks_answer(station, ask->kind, TOLD_NO, machine_failed);
    else
        station->machine_ask = ask->kind;
}

void asks_hear_machine(struct station *station)
{
    struct machine_event event;
    while (station->machine &&
           !machine_next(station->machine, clock_mono_ms(station->clock), &event)) {
        enum ask_kind asked = station->machine_ask;
        station->machine_ask = ASK_NOTHING;
        if (event.act == MACHINE_UPDATE)
            updating_hear(station, &event);
        else if (event.rc)
            asks_answer(station, asked, TOLD_NO, machine_failed);
        else if (event.act == MACHINE_SET_CLOCK) {
            clock_set_by_staff(station->clock);
            tell_clock(station);
        } else {
            asks_answer(station, asked, TOLD_YES, NULL);
        }
    }
}

void asks_put_away(struct station *station, const struct ask *ask)
{
    station_put_mistakes_away(station);
    asks_answer(station, ask->kind, TOLD_YES, NULL);
}

/* --- levels --- */

static int between(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

/* Into the register, for the next start too; then eyes and ears have it. */
void asks_setting(struct station *station, const struct ask *ask)
{
    struct ask kept = *ask;
    if (strcmp(ask->text, "volume") == 0)
        kept.number[0] = between(station->volume + ask->number[0], 0, MOST);
    else if (strcmp(ask->text, "brightness") == 0)
        kept.number[0] = between(station->brightness + ask->number[0], LEAST_LIGHT, MOST);
    asks_submit(station, asks_begin(station, &kept, asks_keep));
}
