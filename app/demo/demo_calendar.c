/* The weeks of the house: what takes place when, and the hands it takes. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/demo/demo_i.h"
#include "app/domain/day.h"

#define AT(hour, minute) ((hour)*60 + (minute))
#define MON 1
#define TUE 2
#define WED 4
#define THU 8
#define FRI 16
#define SAT 32
#define SUN 64
#define MONTH(number) (1 << (number))
#define ALL_YEAR 0x1ffe
#define NOT_AUGUST (ALL_YEAR & ~MONTH(8))
#define GARDEN_MONTHS (0x1ffe & ~(MONTH(1) | MONTH(2) | MONTH(12)))

enum mission { TILL, SHELVES, WELCOME, KITCHEN, GARDEN, DELIVERY, BAKERY };
static const char *const missions[DEMO_MISSIONS] = {
    [TILL] = "Caisse",    [SHELVES] = "Rayons",      [WELCOME] = "Accueil", [KITCHEN] = "Cuisine",
    [GARDEN] = "Potager", [DELIVERY] = "Livraisons", [BAKERY] = "Fournil",
};

/* Minutes of the local day, beyond 24 hours those of the next. */
struct slot_row {
    enum mission mission;
    int from_min, to_min;
    int places; /* for a thousand people */
};

/* The shop has all of these in each of its slots. */
static const struct slot_row shop[] = {
    {TILL, AT(8, 30), AT(11, 30), 2},
    {SHELVES, AT(8, 30), AT(11, 30), 3},
    {WELCOME, AT(8, 30), AT(11, 30), 1},
    {TILL, AT(11, 30), AT(14, 30), 2},
    {SHELVES, AT(11, 30), AT(14, 30), 2},
    {WELCOME, AT(11, 30), AT(14, 30), 1},
    {TILL, AT(14, 30), AT(17, 30), 2},
    {SHELVES, AT(14, 30), AT(17, 30), 2},
    {WELCOME, AT(14, 30), AT(17, 30), 1},
    {TILL, AT(17, 30), AT(20, 15), 3},
    {SHELVES, AT(17, 30), AT(20, 15), 3},
    {WELCOME, AT(17, 30), AT(20, 15), 1},
    {TILL, 0, 0, 0},
};
static const struct slot_row kitchen[] = {
    {KITCHEN, AT(9, 0), AT(12, 0), 3}, {KITCHEN, AT(12, 0), AT(14, 30), 2}, {TILL, 0, 0, 0}};
static const struct slot_row garden[] = {
    {GARDEN, AT(9, 30), AT(12, 30), 4}, {GARDEN, AT(13, 30), AT(16, 30), 4}, {TILL, 0, 0, 0}};
static const struct slot_row delivery[] = {{DELIVERY, AT(6, 30), AT(9, 0), 2}, {TILL, 0, 0, 0}};
static const struct slot_row bakery[] = {{BAKERY, AT(22, 0), AT(30, 0), 3}, {TILL, 0, 0, 0}};

enum rhythm { WEEKLY, EVEN_WEEKS, FIRST, SECOND, THIRD, LAST };

static const struct entry {
    enum occasion_kind kind;
    const char *title, *place;
    int weekdays;
    enum rhythm rhythm;
    int months;
    int from_min, to_min;
    int draw_per_mille, stay_min;
    const struct slot_row *slots;
} entries[] = {
    {OCCASION_SHIFT, "Épicerie", "Magasin", MON | TUE | WED | THU | FRI | SAT, WEEKLY, ALL_YEAR,
     AT(8, 30), AT(20, 15), 0, 0, shop},
    {OCCASION_SHIFT, "Table d'hôtes", "Cuisine", TUE | THU | SAT, WEEKLY, NOT_AUGUST, AT(9, 0),
     AT(14, 30), 0, 0, kitchen},
    {OCCASION_SHIFT, "Potager", "Jardin", WED | SAT, WEEKLY, GARDEN_MONTHS, AT(9, 30), AT(16, 30),
     0, 0, garden},
    {OCCASION_SHIFT, "Livraisons", "Quai", MON | THU, WEEKLY, ALL_YEAR, AT(6, 30), AT(9, 0), 0, 0,
     delivery},
    /* The last Saturday: twice a year the clock changes in this night. */
    {OCCASION_SHIFT, "Fournée de nuit", "Fournil", SAT, LAST, NOT_AUGUST, AT(22, 0), AT(30, 0), 0,
     0, bakery},
    {OCCASION_BASKET, "Paniers de légumes", "Quai", THU, WEEKLY, ALL_YEAR, AT(16, 30), AT(19, 30),
     0, 10, NULL},
    {OCCASION_DRINKS, "Apéro des membres", "Salle", FRI, FIRST, NOT_AUGUST, AT(19, 0), AT(23, 30),
     60, 110, NULL},
    {OCCASION_INFO, "Séance d'info", "Salle", TUE, EVEN_WEEKS, NOT_AUGUST, AT(19, 0), AT(20, 30), 3,
     85, NULL},
    {OCCASION_OPEN_DAY, "Portes ouvertes", "Toute la maison", SUN, THIRD, NOT_AUGUST, AT(10, 0),
     AT(17, 0), 40, 90, NULL},
    {OCCASION_WORKSHOP, "Atelier réparation", "Salle", SUN, SECOND, NOT_AUGUST, AT(14, 0),
     AT(17, 0), 12, 150, NULL},
    {OCCASION_AGORA, "Agora", "Salle", WED, SECOND, MONTH(3) | MONTH(6) | MONTH(9) | MONTH(12),
     AT(19, 0), AT(21, 30), 25, 140, NULL},
    {OCCASION_ASSEMBLY, "Assemblée générale", "Salle", SUN, FIRST, MONTH(6), AT(14, 0), AT(18, 0),
     220, 0, NULL},
};

static int64_t local_ms(const struct demo_day *day, int minute)
{
    struct tm local = {.tm_year = day->year - 1900,
                       .tm_mon = day->month - 1,
                       .tm_mday = day->date,
                       .tm_hour = minute / 60,
                       .tm_min = minute % 60,
                       .tm_isdst = -1};
    return (int64_t)mktime(&local) * 1000;
}

static int days_of_month(int year, int month)
{
    struct tm last = {.tm_year = year - 1900, .tm_mon = month, .tm_mday = 0, .tm_hour = 12};
    mktime(&last);
    return last.tm_mday;
}

struct demo_day demo_calendar_day(const struct demo *demo, int index)
{
    struct tm local;
    time_t until = (time_t)(day_begin(demo->wish.until_ms, demo->wish.day_end_min) / 1000);
    localtime_r(&until, &local);
    local.tm_year -= demo->wish.years;
    local.tm_mday += index;
    local.tm_hour = 12;
    local.tm_isdst = -1;
    mktime(&local);
    struct demo_day day = {
        .index = index,
        .year = local.tm_year + 1900,
        .month = local.tm_mon + 1,
        .date = local.tm_mday,
        .weekday = (local.tm_wday + 6) % 7,
    };
    day.days_left = days_of_month(day.year, day.month) - day.date;
    day.begin_ms = day_begin(local_ms(&day, 12 * 60), demo->wish.day_end_min);
    day.end_ms = day_end_after(day.begin_ms, demo->wish.day_end_min);
    return day;
}

bool demo_calendar_is_quiet(const struct demo_day *day)
{
    return day->month == 8;
}

static bool is_closed(const struct demo_day *day)
{
    return (day->month == 12 && day->date >= 24) || (day->month == 1 && day->date == 1);
}

static bool is_on(const struct entry *entry, const struct demo_day *day)
{
    if (!(entry->weekdays & 1 << day->weekday) || !(entry->months & MONTH(day->month)))
        return false;
    switch (entry->rhythm) {
    case WEEKLY: return true;
    case EVEN_WEEKS: return day->begin_ms / (7 * 24 * DEMO_HOUR_MS) % 2 == 0;
    case FIRST:
    case SECOND:
    case THIRD: return (day->date - 1) / 7 == (int)(entry->rhythm - FIRST);
    case LAST: return day->days_left < 7;
    }
    return false;
}

static int count_places(const struct demo *demo, int for_a_thousand)
{
    int places = (int)((int64_t)for_a_thousand * demo->wish.people / 1000);
    if (places < 2)
        places = 2;
    return places < SHIFT_PLACES_MAX ? places : SHIFT_PLACES_MAX;
}

static void lay_slots(const struct demo *demo, const struct entry *entry,
                      const struct demo_day *day, struct demo_occasion *out_occasion)
{
    for (const struct slot_row *row = entry->slots; row && row->places; row++) {
        struct demo_slot *slot = &out_occasion->slots[out_occasion->slot_count++];
        *slot = (struct demo_slot){.mission = (int)row->mission};
        slot->shift = (struct shift){
            .number = out_occasion->slot_count,
            .from_ms = local_ms(day, row->from_min),
            .to_ms = local_ms(day, row->to_min),
            .places = count_places(demo, row->places),
        };
        snprintf(slot->shift.mission, sizeof slot->shift.mission, "%s", missions[row->mission]);
    }
}

static json_t *write_occasion(const struct entry *entry, const struct demo_occasion *made)
{
    static struct occasion occasion;
    occasion = (struct occasion){
        .kind = entry->kind,
        .from_ms = made->from_ms,
        .to_ms = made->to_ms,
        .shift_count = made->slot_count,
    };
    snprintf(occasion.title, sizeof occasion.title, "%s", entry->title);
    snprintf(occasion.place, sizeof occasion.place, "%s", entry->place);
    for (int i = 0; i < made->slot_count; i++)
        occasion.shifts[i] = made->slots[i].shift;
    return occasion_to_json(&occasion);
}

enum rc demo_calendar_plan(struct demo *demo, struct demo_day *day)
{
    enum rc rc = RC_OK;
    const struct entry *end = entries + sizeof entries / sizeof entries[0];
    for (const struct entry *entry = entries; !rc && entry < end && !is_closed(day); entry++) {
        if (!is_on(entry, day) || day->count == DEMO_OCCASIONS_MAX)
            continue;
        struct demo_occasion *occasion = &day->occasions[day->count++];
        occasion->kind = entry->kind;
        occasion->from_ms = local_ms(day, entry->from_min);
        occasion->to_ms = local_ms(day, entry->to_min);
        occasion->draw_per_mille = entry->draw_per_mille;
        occasion->stay_min = entry->stay_min;
        occasion->slot_count = 0;
        lay_slots(demo, entry, day, occasion);
        rc = demo_add(demo, FACT_OCCASION_ADDED, (struct fact_id){0, 0},
                      write_occasion(entry, occasion), &occasion->id);
        demo->counts.occasions++;
    }
    return rc;
}
