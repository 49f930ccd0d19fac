#include "app/domain/circle.h"

#include <string.h>

#include "app/domain/day.h"
#include "firmware/base/utf8.h"

/* As in app/share/venue/circles.conf. */
static const struct circle come_along[] = {
    {"friend",
     {"sympathisant·e", "sympathisant", "friend"},
     {"Je suis de près ce qui se passe, sans rien promettre.",
      "Ik leef mee met het huis, zonder iets te beloven.",
      "I follow what happens, and promise nothing."},
     .minutes = 0},
    {"helper",
     {"coup de main", "helpende hand", "helper"},
     {"Une fois par mois, je donne un coup de main.", "Eén keer per maand steek ik een handje toe.",
      "Once a month I lend a hand."},
     .minutes = 2 * 60},
    {"member",
     {"membre", "lid", "member"},
     {"J'ai ma tâche, et l'on compte sur moi.", "Ik heb mijn taak, en men rekent op mij.",
      "I have my task, and people count on me."},
     .minutes = 3 * 60},
    {"working group",
     {"groupe de travail", "werkgroep", "working group"},
     {"Avec quelques autres, je porte un morceau de la maison.",
      "Met enkele anderen draag ik een stuk van het huis.",
      "With a few others I carry a piece of the house."},
     .minutes = 8 * 60},
    {"ambassador",
     {"ambassade", "ambassadeur", "ambassador"},
     {"J'accueille, j'explique, et je réponds de ce qui se passe ici.",
      "Ik onthaal, leg uit, en sta in voor wat hier gebeurt.",
      "I welcome people, explain, and answer for what happens here."},
     .minutes = 12 * 60},
};

struct circle_list circle_default(void)
{
    struct circle_list list = {.far_under = CIRCLE_FAR_UNDER, .far_over = CIRCLE_FAR_OVER};
    memcpy(list.circles, come_along, sizeof come_along);
    return list;
}

static bool is_same(const char *a, const char *b)
{
    char left[64], right[64];
    utf8_fold(a, left, sizeof left);
    utf8_fold(b, right, sizeof right);
    return left[0] && strcmp(left, right) == 0;
}

const struct circle *circle_find(const struct circle_list *list, const char *name)
{
    for (int i = 0; i < CIRCLES_MAX && list->circles[i].name[0]; i++) {
        const struct circle *circle = &list->circles[i];
        bool is_it = is_same(circle->name, name);
        for (int language = 0; !is_it && language < LANGUAGE_COUNT; language++)
            is_it = is_same(circle->names[language], name);
        if (is_it)
            return circle;
    }
    return NULL;
}

unsigned circle_rights(const struct circle_list *list, const char *name)
{
    const struct circle *circle = circle_find(list, name);
    return circle ? circle->rights : 0;
}

const char *circle_name(const struct circle *circle, enum language language)
{
    return circle->names[language][0] ? circle->names[language] : circle->name;
}

const char *circle_line(const struct circle *circle, enum language language)
{
    return circle->lines[language];
}

/* 0 for what is no date. */
static int number_of(const char *iso)
{
    int number = 0;
    return day_from_iso(iso, &number) ? 0 : number;
}

bool circle_is_resting(const struct person *person, int day)
{
    return day < number_of(person->paused_until);
}

static int month_of(int day)
{
    return day / 100;
}

int64_t circle_intended_s(const struct circle_list *list, const struct person *person, int day)
{
    const struct circle *circle = circle_find(list, person->circle);
    bool has_joined = month_of(day) >= month_of(number_of(person->since));
    if (!circle || !has_joined || circle_is_resting(person, day))
        return 0;
    return (int64_t)circle->minutes * 60;
}

static int day_of_last_month(int day)
{
    return day_number_add(day_first_of_month(day), -1);
}

enum answer_balance circle_balance(const struct circle_list *list, const struct person *person,
                                   const struct circle_given *given)
{
    int64_t now_s = circle_intended_s(list, person, given->day);
    int first = day_first_of_month(day_of_last_month(given->day));
    int64_t last_s = circle_intended_s(list, person, first);
    bool is_new =
        number_of(person->since) >= first || !given->first_day || given->first_day >= first;
    if (now_s && given->this_month_s * 100 > now_s * list->far_over)
        return ANSWER_BALANCE_FAR_OVER;
    if (now_s && last_s && !is_new && given->last_month_s * 100 < last_s * list->far_under)
        return ANSWER_BALANCE_FAR_UNDER;
    return ANSWER_BALANCE_FINE;
}
