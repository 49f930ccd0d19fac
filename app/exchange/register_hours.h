/*
 * register_hours.h - the hours of register.h added up by month: what each person gave, and what
 * went to each mission. They are the sums of the rows of hours.csv from the same source, a row that
 * is gone counting as nothing; and what that has no rows of: what was closed or erased, or is
 * counted as a number, and what who is in has given by now. So of some days, or all, they come to
 * the same as report_hours; of what changed since a mark they are the rows alone. Memory stays the
 * same for any number of rows.
 */
#ifndef APP_EXCHANGE_REGISTER_HOURS_H
#define APP_EXCHANGE_REGISTER_HOURS_H

#include "app/exchange/register.h"

#define REGISTER_FIRST_YEAR 1970
#define REGISTER_YEARS 230
#define REGISTER_MISSIONS_MAX 1000 /* a mission in a year; further ones are together */

enum register_whose {
    REGISTER_OF_ONE,    /* a person who is named */
    REGISTER_UNNAMED,   /* of all that was counted by pseudonym, so that it stands by no name */
    REGISTER_OF_ERASED, /* of all who were erased */
    REGISTER_SUMMED,    /* what was closed or erased, or is counted as a number: sums are left */
    REGISTER_WHOSE_COUNT,
};

/* What was given in one year, as volunteer or as staff. */
struct register_year {
    enum register_whose whose;
    const struct person *person; /* REGISTER_OF_ONE; as long as the call */
    int year;
    bool is_staff;
    int64_t seconds[12]; /* by month, at least one of them */
};

enum register_mission {
    REGISTER_MISSION,
    REGISTER_NO_MISSION,     /* hours that went to no shift */
    REGISTER_OTHER_MISSIONS, /* beyond REGISTER_MISSIONS_MAX */
    REGISTER_SUMMED_MISSION, /* of REGISTER_SUMMED: nobody knows any more */
};

/* What went to a mission in one year. */
struct register_mission_year {
    enum register_mission what;
    const char *mission; /* REGISTER_MISSION; as long as the call */
    int year;
    int64_t seconds[12];
};

struct register_hours_hearer {
    void *context;
    enum rc (*year)(void *context, const struct register_year *year);
    enum rc (*mission)(void *context, const struct register_mission_year *mission);
};

/*
 * Calls `year` person by person, each year once, those who are not named at the end; then `mission`
 * by name. What one returns instead of RC_OK ends it with that.
 */
enum rc register_each_hours(const struct register_source *source,
                            const struct register_hours_hearer *hearer) MUST_CHECK;

/* What is in REGISTER_SUMMED alone, in all: hours.csv has no rows of it. */
enum rc register_summed_seconds(const struct register_source *source,
                                int64_t *out_seconds) MUST_CHECK;

#endif
