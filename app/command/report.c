#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/command/command.h"
#include "app/command/format.h"
#include "app/command/period.h"
#include "app/domain/day.h"
#include "app/store/report.h"

/* One line of the report: how many, or how long. */
struct figure {
    const char *name; /* in CSV */
    const char *of;   /* "": of all */
    int64_t count;
    int64_t seconds;
    bool is_length;  /* seconds count, and `count` does where it is not 0 */
    bool is_unknown; /* nobody knows how many any more */
};

#define FIGURES_MAX 48

struct figures {
    struct figure rows[FIGURES_MAX];
    int count;
};

static void add(struct figures *figures, const char *name, const char *of, int64_t count)
{
    if (figures->count < FIGURES_MAX)
        figures->rows[figures->count++] = (struct figure){.name = name, .of = of, .count = count};
}

static void add_length(struct figures *figures, const char *name, const char *of, int64_t seconds)
{
    if (figures->count < FIGURES_MAX)
        figures->rows[figures->count++] =
            (struct figure){.name = name, .of = of, .seconds = seconds, .is_length = true};
}

static const char *enough_name(int enough)
{
    return enough == SHIFT_UNSAID ? "unsaid" : shift_enough_name((enum shift_enough)enough);
}

static void collect(const struct report_totals *totals, struct figures *out_figures)
{
    struct figures *figures = out_figures;
    figures->count = 0;
    add(figures, "people", "", totals->hours.people);
    figures->rows[0].is_unknown = totals->hours.is_people_unknown;
    add(figures, "people", "first-timers", totals->first_timers);
    add(figures, "visits", "", totals->hours.visits);
    for (int i = 0; i < OCCASION_COUNT; i++)
        add(figures, "visits", occasion_kind_name((enum occasion_kind)i), totals->visits_of[i]);
    if (totals->undated_visits)
        add(figures, "visits", "summed up, of no month", totals->undated_visits);
    add(figures, "guests", "adults", totals->guests);
    add(figures, "guests", "children", totals->children);
    add_length(figures, "hours", "volunteers", totals->hours.volunteer_s);
    add_length(figures, "hours", "staff", totals->hours.staff_s);
    add_length(figures, "hours", "assumed", totals->hours.assumed_s);
    for (int i = 0; i < SIGN_UP_OUTCOMES; i++)
        add(figures, "sign-ups", sign_up_outcome_name((enum sign_up_outcome)i),
            totals->sign_ups[i]);
    add(figures, "shifts", "held", totals->shifts_held);
    for (int i = SHIFT_UNSAID; i <= SHIFT_TOO_MANY; i++)
        add(figures, "shifts", enough_name(i), totals->shifts_said[i]);
}

/* --- a table for people, and CSV --- */

static void write_count(const struct figure *figure, char *out_text, size_t size)
{
    if (figure->is_unknown)
        snprintf(out_text, size, "unknown");
    else if (figure->count || !figure->is_length)
        snprintf(out_text, size, "%" PRId64, figure->count);
}

static void print_in_table(const struct figure *figure)
{
    char count[24] = "", length[DURATION_BYTES];
    format_print_padded(figure->name, 12);
    format_print_padded(figure->of, 28);
    write_count(figure, count, sizeof count);
    duration_write_clock(figure->seconds, length);
    if (figure->is_length)
        printf("%8s %12s\n", count, length);
    else
        printf("%8s\n", count);
}

static enum rc print_in_csv(enum csv_profile profile, const struct figure *figure)
{
    char count[24] = "", length[DURATION_BYTES] = "", hours[DURATION_BYTES] = "";
    const char *cells[] = {figure->name, figure->of, count, length, hours};
    write_count(figure, count, sizeof count);
    if (figure->is_length) {
        duration_write_clock(figure->seconds, length);
        duration_write_hours(profile, figure->seconds, hours);
    }
    return format_print_cells(profile, cells, 5);
}

static enum rc print_figure(const struct format *format, const struct figure *figure)
{
    if (format->kind == FORMAT_CSV)
        return print_in_csv(format->profile, figure);
    print_in_table(figure);
    return RC_OK;
}

struct circles {
    const struct format *format;
    json_t *array; /* of FORMAT_JSON */
};

static enum rc print_circle(void *context, const struct report_row *row)
{
    const struct circles *circles = context;
    struct figure people = {.name = "circle",
                            .of = row->label,
                            .count = row->people,
                            .seconds = row->volunteer_s,
                            .is_length = true,
                            .is_unknown = row->is_people_unknown};
    struct figure staff = {
        .name = "circle-staff", .of = row->label, .seconds = row->staff_s, .is_length = true};
    if (circles->array) {
        json_t *object = json_pack(
            "{s:o,s:o,s:I,s:I,s:I}", "circle", format_json_text(row->label), "people",
            format_json_people(row), "visits", (json_int_t)row->visits, "volunteer_seconds",
            (json_int_t)row->volunteer_s, "staff_seconds", (json_int_t)row->staff_s);
        return json_array_append_new(circles->array, object) ? RC_NO_MEMORY : RC_OK;
    }
    if (circles->format->kind == FORMAT_TABLE && !row->label[0])
        people.of = staff.of = "(no circle)";
    enum rc rc = print_figure(circles->format, &people);
    return rc || !row->staff_s ? rc : print_figure(circles->format, &staff);
}

static enum rc print_head(const struct format *format, const struct period *period)
{
    static const char *const headings[] = {"figure", "of", "count", "time", "hours"};
    char from[PERIOD_DAY_BYTES], to[PERIOD_DAY_BYTES];
    if (format->kind == FORMAT_CSV)
        return format_print_begin(format->profile, headings, 5);
    period_write_day(period->first_day, from);
    period_write_day(period->last_day, to);
    if (from[0] && to[0])
        printf("%s to %s\n", from, to);
    else if (from[0] || to[0])
        printf("%s%s%s\n", from[0] ? "from " : "up to ", from, to);
    else
        puts("all days");
    return RC_OK;
}

static enum rc print_lines(struct db *db, const struct report_span *span,
                           const struct period *period, const struct format *format,
                           const struct report_totals *totals)
{
    struct circles circles = {format, NULL};
    struct figures figures;
    collect(totals, &figures);
    enum rc rc = print_head(format, period);
    for (int i = 0; !rc && i < figures.count; i++)
        rc = print_figure(format, &figures.rows[i]);
    return rc ? rc : report_hours(db, REPORT_BY_CIRCLE, span, print_circle, &circles);
}

/* --- JSON --- */

static json_t *figure_to_json(const struct figure *figure)
{
    if (figure->is_unknown)
        return json_null();
    return json_integer(figure->is_length ? figure->seconds : figure->count);
}

/* Figures of one name as an object; what is of all has the name of its own. */
static json_t *figures_to_json(const struct figures *figures, const char *name)
{
    json_t *object = json_object();
    for (int i = 0; i < figures->count; i++) {
        const struct figure *row = &figures->rows[i];
        if (strcmp(row->name, name) == 0)
            json_object_set_new(object, row->of[0] ? row->of : "all", figure_to_json(row));
    }
    return object;
}

static enum rc print_json(struct db *db, const struct report_span *span,
                          const struct period *period, const struct format *format,
                          const struct report_totals *totals)
{
    struct circles circles = {format, json_array()};
    struct figures figures;
    enum rc rc = report_hours(db, REPORT_BY_CIRCLE, span, print_circle, &circles);
    if (rc) {
        json_decref(circles.array);
        return rc;
    }
    collect(totals, &figures);
    command_print(json_pack(
        "{s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "from", format_json_day(period->first_day), "to",
        format_json_day(period->last_day), "people", figures_to_json(&figures, "people"), "visits",
        figures_to_json(&figures, "visits"), "guests", figures_to_json(&figures, "guests"),
        "seconds", figures_to_json(&figures, "hours"), "sign_ups",
        figures_to_json(&figures, "sign-ups"), "shifts", figures_to_json(&figures, "shifts"),
        "circles", circles.array));
    return RC_OK;
}

/* --- all together --- */

static enum rc print_report(struct command_register *opened, const struct period *period,
                            const struct format *format, struct reason *out_reason)
{
    struct db *db = snapshot_db(opened->snapshot);
    struct report_totals totals;
    struct report_span span = {.first_day = period->first_day,
                               .last_day = period->last_day,
                               .day_end_min = opened->venue.day_end_min,
                               .now_ms = opened->now_ms,
                               .privacy = &opened->venue.privacy};
    enum rc rc = report_house(db, &span, &totals);
    if (!rc)
        rc = (format->kind == FORMAT_JSON ? print_json : print_lines)(db, &span, period, format,
                                                                      &totals);
    if (rc)
        reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
    return rc;
}

static int run(int argc, char **argv)
{
    const char *data = NULL;
    struct period_asked days = {.from = NULL};
    struct format_asked look = {.is_csv = false};
    struct reason reason = {.text = ""};
    struct period period;
    struct format format;
    struct command_register opened;
    int count, code;
    const struct command_option options[] = {{"data", &data, NULL},
                                             {"from", &days.from, NULL},
                                             {"to", &days.to, NULL},
                                             {"month", &days.month, NULL},
                                             {"csv", NULL, &look.is_csv},
                                             {"json", NULL, &look.is_json},
                                             {"profile", &look.profile, NULL},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_report, argc, argv, options, NULL, 0, &count, &code))
        return code;
    if (period_read(&days, &period, &reason) || format_read(&look, &format, &reason))
        return command_misuse(&command_report, &reason);
    if (command_open_register(command_data(data), &opened, &reason))
        return command_fail(&reason);
    if (!period_is_asked(&days))
        period = period_month(day_number(opened.now_ms, opened.venue.day_end_min));
    enum rc rc = print_report(&opened, &period, &format, &reason);
    command_close_register(&opened);
    return rc ? command_fail(&reason) : COMMAND_OK;
}

const struct command command_report = {
    "report",
    "[--month YYYY-MM | --from DATE --to DATE]\n"
    "                     [--csv [--profile excel|strict] | --json] [--data DIR]",
    "tells a month of the house in figures, by default this one\n"
    "Who came, for the first time or not, for which occasions and with how many guests; the hours\n"
    "they gave, staff apart from volunteers; what became of sign-ups and shifts; how many of each\n"
    "circle came. The hours of a circle are its volunteers'. Where some were only counted, and "
    "their\n"
    "visits are sums by now, nobody knows how many people came: unknown (null in JSON).",
    run};
