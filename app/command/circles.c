#include <inttypes.h>
#include <stdio.h>

#include "app/command/command.h"
#include "app/command/format.h"
#include "app/domain/day.h"
#include "app/store/intention.h"

#define SHOWN_MAX 200

struct found {
    struct intention_row rows[SHOWN_MAX];
    size_t listed, total;
    struct intention_sums sums;
};

static double hours(int64_t seconds)
{
    return (double)seconds / 3600;
}

static json_t *circle_to_json(const struct circle *circle, int people, int64_t given_s,
                              int64_t intended_s)
{
    return json_pack("{s:s,s:i,s:i,s:I,s:I}", "circle", circle ? circle->name : "",
                     "minutes_a_month", circle ? circle->minutes : 0, "people", people,
                     "given_seconds", (json_int_t)given_s, "intended_seconds",
                     (json_int_t)intended_s);
}

static json_t *to_json(const struct circle_list *list, const struct found *found)
{
    json_t *circles = json_array(), *lives = json_object(), *far = json_array();
    for (int i = 0; i < CIRCLES_MAX && list->circles[i].name[0]; i++)
        json_array_append_new(circles,
                              circle_to_json(&list->circles[i], found->sums.circles[i].people,
                                             found->sums.circles[i].given_s,
                                             found->sums.circles[i].intended_s));
    json_array_append_new(
        circles, circle_to_json(NULL, found->sums.other.people, found->sums.other.given_s, 0));
    for (int life = 0; life < LIFE_COUNT; life++)
        json_object_set_new(lives, life_name((enum life)life),
                            json_integer(found->sums.lives[life]));
    for (size_t i = 0; i < found->listed; i++) {
        const struct intention_row *row = &found->rows[i];
        bool is_over = row->balance == ANSWER_BALANCE_FAR_OVER;
        json_array_append_new(far, json_pack("{s:s,s:s,s:I,s:I}", "person", row->full_name,
                                             "balance", is_over ? "far-over" : "far-under",
                                             "given_seconds", (json_int_t)row->given_s,
                                             "intended_seconds", (json_int_t)row->intended_s));
    }
    return json_pack("{s:o,s:o,s:o}", "circles", circles, "people", lives, "far", far);
}

static void print_circle(const char *name, double intended_h, int people, int64_t given_s,
                         int64_t intended_s)
{
    format_print_padded(name, 24);
    printf("%6.1f h a month  %5d people  %8.1f h of %.1f h this month\n", intended_h, people,
           hours(given_s), hours(intended_s));
}

static void print_all(const struct circle_list *list, const struct found *found)
{
    for (int i = 0; i < CIRCLES_MAX && list->circles[i].name[0]; i++)
        print_circle(list->circles[i].name, list->circles[i].minutes / 60.0,
                     found->sums.circles[i].people, found->sums.circles[i].given_s,
                     found->sums.circles[i].intended_s);
    if (found->sums.other.people)
        print_circle("(no circle)", 0, found->sums.other.people, found->sums.other.given_s, 0);
    for (int life = 0; life < LIFE_COUNT; life++)
        printf("%s%s %d", life ? ", " : "", life_name((enum life)life), found->sums.lives[life]);
    putchar('\n');
    for (size_t i = 0; i < found->listed; i++)
        printf("%s: %.1f h of %.1f h %s\n", found->rows[i].full_name, hours(found->rows[i].given_s),
               hours(found->rows[i].intended_s),
               found->rows[i].balance == ANSWER_BALANCE_FAR_OVER
                   ? "this month: resting is fine"
                   : "last month: talk about another circle?");
}

static int run(int argc, char **argv)
{
    static struct found found;
    const char *data = NULL;
    bool is_json = false;
    int code;
    struct reason reason = {.text = ""};
    struct command_register opened;
    if (!command_look(&command_circles, argc, argv, &data, &is_json, &code))
        return code;
    if (command_open_register(command_data(data), &opened, &reason))
        return command_fail(&reason);
    int today = day_number(opened.now_ms, opened.venue.day_end_min);
    enum rc rc = intention_list(snapshot_db(opened.snapshot), &opened.venue.circles,
                                (struct fact_id){0, 0}, today, opened.now_ms, SHOWN_MAX, found.rows,
                                &found.listed, &found.total, &found.sums);
    command_close_register(&opened);
    if (rc) {
        reason_set(&reason, "the register could not be read: %s", rc_text(rc));
        return command_fail(&reason);
    }
    if (is_json)
        command_print(to_json(&opened.venue.circles, &found));
    else
        print_all(&opened.venue.circles, &found);
    return COMMAND_OK;
}

const struct command command_circles = {
    "circles", "[--data DIR] [--json]",
    "levels of engagement: what people intended and gave this month\n"
    "Shows each circle of circles.conf with how many people it has and what they gave of what "
    "they\n"
    "intended; how many are active (here within 60 days), resting and gone; and who is far over "
    "or\n"
    "under what they intended, to talk it over with them. Hours as staff are not counted.",
    run};
