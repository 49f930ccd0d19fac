#include "app/exchange/register_hours.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/exchange/register_i.h"

#define SLOTS (4 * REGISTER_MISSIONS_MAX)

/* By month, and as what. */
struct sums {
    int first, last; /* years that have some; none where first is behind last */
    int64_t seconds[REGISTER_YEARS][2][12];
};

struct mission {
    char name[sizeof((struct stint *)0)->mission];
    int year;
    int64_t seconds[12];
};

struct adding {
    const struct register_source *source;
    const struct register_hours_hearer *hearer;
    struct person person; /* whose REGISTER_OF_ONE is */
    struct sums sums[REGISTER_WHOSE_COUNT];
    struct mission missions[REGISTER_MISSIONS_MAX];
    int mission_count;
    int slots[SLOTS];           /* by name and year: 1 + their place; 0: free */
    struct sums others, summed; /* missions that have no name */
};

/* --- by person --- */

static void forget(struct sums *sums)
{
    sums->first = REGISTER_YEARS;
    sums->last = -1;
}

static void clear(struct sums *sums)
{
    for (int year = sums->first; year <= sums->last; year++)
        memset(sums->seconds[year], 0, sizeof sums->seconds[year]);
    forget(sums);
}

static void add(struct sums *sums, int year, int month, bool is_staff, int64_t seconds)
{
    if (year < sums->first)
        sums->first = year;
    if (year > sums->last)
        sums->last = year;
    sums->seconds[year][is_staff][month] += seconds;
}

static bool has_any(const int64_t seconds[12])
{
    static const int64_t none[12];
    return memcmp(seconds, none, sizeof none) != 0;
}

static enum rc tell_years(struct adding *adding, enum register_whose whose)
{
    struct sums *sums = &adding->sums[whose];
    enum rc rc = RC_OK;
    for (int i = 2 * sums->first; !rc && i < 2 * (sums->last + 1); i++) {
        const int64_t *seconds = sums->seconds[i / 2][i % 2];
        struct register_year year = {.whose = whose,
                                     .person = whose == REGISTER_OF_ONE ? &adding->person : NULL,
                                     .year = REGISTER_FIRST_YEAR + i / 2,
                                     .is_staff = i % 2};
        memcpy(year.seconds, seconds, sizeof year.seconds);
        if (has_any(seconds))
            rc = adding->hearer->year(adding->hearer->context, &year);
    }
    clear(sums);
    return rc;
}

/* --- by mission --- */

static unsigned hash_of(const char *name, int year)
{
    unsigned hash = 2166136261u ^ (unsigned)year;
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash;
}

/* NULL: there are too many. */
static struct mission *find_mission(struct adding *adding, const char *name, int year)
{
    unsigned slot = hash_of(name, year) % SLOTS;
    for (; adding->slots[slot]; slot = (slot + 1) % SLOTS) {
        struct mission *mission = &adding->missions[adding->slots[slot] - 1];
        if (mission->year == year && strcmp(mission->name, name) == 0)
            return mission;
    }
    if (adding->mission_count == REGISTER_MISSIONS_MAX)
        return NULL;
    struct mission *mission = &adding->missions[adding->mission_count++];
    adding->slots[slot] = adding->mission_count;
    mission->year = year;
    snprintf(mission->name, sizeof mission->name, "%s", name);
    return mission;
}

static void add_to_mission(struct adding *adding, const struct stint *stint, int year, int month)
{
    struct mission *mission = find_mission(adding, stint->mission, year);
    if (mission)
        mission->seconds[month] += stint->seconds;
    else
        add(&adding->others, year, month, false, stint->seconds);
}

static int compare_missions(const void *a, const void *b)
{
    const struct mission *left = a, *right = b;
    int order = strcmp(left->name, right->name);
    if (order && (!left->name[0] || !right->name[0]))
        return -order; /* hours without a shift after all that has a name */
    return order ? order : left->year - right->year;
}

static enum rc tell_mission(const struct adding *adding, enum register_mission what,
                            const char *name, int year, const int64_t seconds[12])
{
    struct register_mission_year told = {
        .what = what, .mission = name, .year = REGISTER_FIRST_YEAR + year};
    memcpy(told.seconds, seconds, sizeof told.seconds);
    return has_any(seconds) ? adding->hearer->mission(adding->hearer->context, &told) : RC_OK;
}

static enum rc tell_nameless(const struct adding *adding, enum register_mission what,
                             const struct sums *sums)
{
    enum rc rc = RC_OK;
    for (int year = sums->first; !rc && year <= sums->last; year++)
        rc = tell_mission(adding, what, "", year, sums->seconds[year][0]);
    return rc;
}

static enum rc tell_missions(struct adding *adding)
{
    enum rc rc = RC_OK;
    qsort(adding->missions, (size_t)adding->mission_count, sizeof adding->missions[0],
          compare_missions);
    for (int i = 0; !rc && i < adding->mission_count; i++) {
        const struct mission *mission = &adding->missions[i];
        rc = tell_mission(adding, mission->name[0] ? REGISTER_MISSION : REGISTER_NO_MISSION,
                          mission->name, mission->year, mission->seconds);
    }
    if (!rc)
        rc = tell_nameless(adding, REGISTER_OTHER_MISSIONS, &adding->others);
    return rc ? rc : tell_nameless(adding, REGISTER_SUMMED_MISSION, &adding->summed);
}

/* --- rows --- */

/* As set_whose of register_rows.c has it. */
static enum register_whose whose_of(const struct adding *adding, const struct snapshot_stint *stint)
{
    enum privacy_count count = register_count_of_stint(adding->source, stint);
    if (count == PRIVACY_NUMBER)
        return REGISTER_SUMMED;
    if (!stint->person.first_name[0])
        return REGISTER_OF_ERASED;
    return count == PRIVACY_NAME ? REGISTER_OF_ONE : REGISTER_UNNAMED;
}

/* In which year and month of the sums it is; false: in none. */
static bool find_place(int month, int *out_year, int *out_month)
{
    *out_year = month / 100 - REGISTER_FIRST_YEAR;
    *out_month = month % 100 - 1;
    return *out_year >= 0 && *out_year < REGISTER_YEARS && *out_month >= 0 && *out_month < 12;
}

static enum rc on_stint(void *context, const struct snapshot_stint *stint)
{
    struct adding *adding = context;
    const struct stint *given = &stint->stint;
    int year, month;
    enum rc rc = RC_OK;
    if (!register_is_theirs(adding->source, given->organisation) ||
        !find_place(given->day / 100, &year, &month))
        return RC_OK;
    enum register_whose whose = whose_of(adding, stint);
    if (whose == REGISTER_OF_ONE && !fact_id_is_same(stint->person.id, adding->person.id)) {
        rc = tell_years(adding, REGISTER_OF_ONE);
        adding->person = stint->person;
    }
    add(&adding->sums[whose], year, month, given->is_staff, given->seconds);
    if (whose == REGISTER_SUMMED)
        add(&adding->summed, year, month, false, given->seconds);
    else
        add_to_mission(adding, given, year, month);
    return rc;
}

static enum rc on_sum(void *context, const struct report_sum *sum)
{
    struct adding *adding = context;
    int year, month;
    if (find_place(sum->month, &year, &month)) {
        add(&adding->sums[REGISTER_SUMMED], year, month, sum->is_staff, sum->seconds);
        add(&adding->summed, year, month, false, sum->seconds);
    }
    return RC_OK;
}

static enum rc each_sum(const struct register_source *source,
                        enum rc (*sum)(void *context, const struct report_sum *sum), void *context)
{
    const struct report_span span = {.first_day = source->first_day,
                                     .last_day = source->last_day,
                                     .organisation = source->organisation};
    return report_sums(snapshot_db(source->snapshot), &span, sum, context);
}

static enum rc on_changed(void *context, enum changes_how how, const struct snapshot_stint *stint)
{
    const struct adding *adding = context;
    bool is_row =
        how != CHANGES_GONE && register_count_of_stint(adding->source, stint) != PRIVACY_NUMBER;
    return is_row ? on_stint(context, stint) : RC_OK;
}

/* Where all is by name nobody has to know what each hour was for. */
static enum rc each_stint(struct adding *adding)
{
    const struct register_source *source = adding->source;
    const struct changes_hearer changes = {.context = adding, .stint = on_changed};
    if (source->since)
        return changes_each(source->snapshot, source->since, source->now_ms, &changes);
    enum rc rc = snapshot_stints_by_person(source->snapshot, source->first_day, source->last_day,
                                           source->now_ms, !privacy_hides_any(source->privacy),
                                           on_stint, adding);
    return rc ? rc : each_sum(source, on_sum, adding);
}

enum rc register_each_hours(const struct register_source *source,
                            const struct register_hours_hearer *hearer)
{
    struct adding *adding = calloc(1, sizeof *adding);
    if (!adding)
        return RC_NO_MEMORY;
    adding->source = source;
    adding->hearer = hearer;
    forget(&adding->others);
    forget(&adding->summed);
    for (int i = 0; i < REGISTER_WHOSE_COUNT; i++)
        clear(&adding->sums[i]);
    enum rc rc = each_stint(adding);
    for (int i = 0; !rc && i < REGISTER_WHOSE_COUNT; i++)
        rc = tell_years(adding, (enum register_whose)i);
    if (!rc)
        rc = tell_missions(adding);
    free(adding);
    return rc;
}

/* --- what has no rows --- */

struct summing {
    const struct register_source *source;
    int64_t seconds;
};

static enum rc add_sum(void *context, const struct report_sum *sum)
{
    struct summing *summing = context;
    summing->seconds += sum->seconds;
    return RC_OK;
}

static enum rc add_number(void *context, const struct snapshot_stint *stint)
{
    struct summing *summing = context;
    if (register_count_of_stint(summing->source, stint) == PRIVACY_NUMBER &&
        register_is_theirs(summing->source, stint->stint.organisation))
        summing->seconds += stint->stint.seconds;
    return RC_OK;
}

enum rc register_summed_seconds(const struct register_source *source, int64_t *out_seconds)
{
    struct summing summing = {.source = source};
    enum rc rc = each_sum(source, add_sum, &summing);
    if (!rc && privacy_hides_any(source->privacy))
        rc = snapshot_stints_by_person(source->snapshot, source->first_day, source->last_day,
                                       source->now_ms, false, add_number, &summing);
    if (!rc)
        *out_seconds = summing.seconds;
    return rc;
}
