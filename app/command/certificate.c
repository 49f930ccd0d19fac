#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command/command.h"
#include "app/command/period.h"
#include "app/command/target.h"
#include "app/papers.h"
#include "firmware/base/log.h"

/* "2026" as its first day and its last. */
static enum rc read_year(const char *text, struct period *out_period, struct reason *out_reason)
{
    int year = 0;
    if (strlen(text) != 4 || strspn(text, "0123456789") != 4 || (year = atoi(text)) < 1900) {
        reason_set(out_reason, "'%.20s' is no year; one is 2026", text);
        return RC_BAD_INPUT;
    }
    *out_period = (struct period){year * 10000 + 101, year * 10000 + 1231};
    return RC_OK;
}

static enum rc read_days(const struct period_asked *days, const char *year,
                         struct period *out_period, struct reason *out_reason)
{
    if (year && period_is_asked(days)) {
        reason_set(out_reason, "--year or --from and --to, not both");
        return RC_BAD_INPUT;
    }
    return year ? read_year(year, out_period, out_reason)
                : period_read(days, out_period, out_reason);
}

static enum rc write_it(struct command_register *opened, const struct person *person,
                        const struct period *period, enum language language, const char *path,
                        struct reason *out_reason)
{
    struct papers_about about = {.venue = &opened->venue, .language = language};
    struct target target;
    enum rc rc = command_now(&about.now, out_reason);
    if (!rc)
        rc = target_begin(path, &target, out_reason);
    if (rc)
        return rc;
    rc = papers_certificate(opened->snapshot, &about, person, period->first_day, period->last_day,
                            &target.sink, out_reason);
    return target_end(&target, rc, out_reason);
}

static int run(int argc, char **argv)
{
    const char *data = NULL, *language_name = NULL, *year = NULL, *rest[2];
    struct period_asked days = {.from = NULL};
    int count, code;
    const struct command_option options[] = {
        {"data", &data, NULL},  {"language", &language_name, NULL},
        {"year", &year, NULL},  {"from", &days.from, NULL},
        {"to", &days.to, NULL}, {NULL, NULL, NULL}};
    if (!command_options(&command_certificate, argc, argv, options, rest, 2, &count, &code))
        return code;
    struct reason reason = {.text = ""};
    struct command_register opened;
    struct period period;
    struct person person;
    enum language language = LANGUAGE_COUNT;
    if (count != 2) {
        reason_set(&reason, "whose, and which file? For example: perron certificate 1042 zoe.pdf");
        return command_misuse(&command_certificate, &reason);
    }
    if (read_days(&days, year, &period, &reason) ||
        (language_name && command_language(language_name, &language, &reason)))
        return command_misuse(&command_certificate, &reason);
    if (command_open_register(command_data(data), &opened, &reason))
        return command_fail(&reason);
    enum rc rc = command_find_person(&opened, rest[0], &person, &reason);
    if (!rc) {
        command_use_languages();
        if (language == LANGUAGE_COUNT)
            language = person_language(&person, (enum language)opened.venue.language);
        rc = write_it(&opened, &person, &period, language, rest[1], &reason);
    }
    command_close_register(&opened);
    return rc ? command_fail(&reason) : COMMAND_OK;
}

const struct command command_certificate = {
    "certificate",
    "NUMBER FILE.pdf [--year YYYY | --from DATE --to DATE]\n"
    "                          [--language fr|nl|en] [--data DIR]",
    "writes a certificate of the hours that somebody gave, to sign and to frame\n"
    "NUMBER is their member number. All their hours as a volunteer, or those of some days; by "
    "year\n"
    "and by mission, without money. In their own language unless another one is asked for. The\n"
    "place and the house's thanks stand in [certificate] of perron.conf. What became sums long "
    "ago\n"
    "is known by month alone: it counts where the whole month is asked for.",
    run};
