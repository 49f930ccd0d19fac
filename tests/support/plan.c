#include "tests/support/plan.h"

#include <stdio.h>

struct occasion plan_occasion(struct house *house, enum occasion_kind kind, const char *title,
                              int from_min, int length_min)
{
    int64_t from_ms = house_now(house).wall_ms + from_min * HOUSE_MINUTE_MS;
    struct occasion occasion = {
        .kind = kind, .from_ms = from_ms, .to_ms = from_ms + length_min * HOUSE_MINUTE_MS};
    snprintf(occasion.title, sizeof occasion.title, "%s", title);
    return occasion;
}

int plan_shift(struct occasion *occasion, const char *mission, int places)
{
    struct shift *shift = &occasion->shifts[occasion->shift_count++];
    *shift = (struct shift){.number = occasion->shift_count,
                            .from_ms = occasion->from_ms,
                            .to_ms = occasion->to_ms,
                            .places = places};
    snprintf(shift->mission, sizeof shift->mission, "%s", mission);
    return shift->number;
}

struct fact_id plan_put(struct house *house, struct occasion *occasion)
{
    const struct office office = {.now = house_now(house)};
    enum rc rc =
        rota_add_occasion(house->journal, &office, occasion, &occasion->id, &house->reason);
    house_expect(!rc, "the occasion was refused: %s", house->reason.text);
    return occasion->id;
}

struct shift_id plan_one(struct house *house, const char *mission, int from_min, int length_min,
                         int places)
{
    struct occasion occasion = plan_occasion(house, OCCASION_SHIFT, "Shop", from_min, length_min);
    int number = plan_shift(&occasion, mission, places);
    return (struct shift_id){plan_put(house, &occasion), number};
}

enum rc plan_sign_up(struct house *house, struct fact_id person, struct shift_id of)
{
    const struct office office = {.by = person, .now = house_now(house)};
    struct fact_id fact;
    return rota_sign_up(house->journal, &office, person, of, &fact, &house->reason);
}

void plan_experience(struct house *house, struct fact_id person, int days)
{
    for (int i = 0; i < days; i++) {
        house_press(house, person, ANSWER_ARRIVAL);
        house_wait(house, HOUSE_HOUR_MS);
        house_press(house, person, ANSWER_DEPARTURE);
        house_wait(house, 23 * HOUSE_HOUR_MS);
    }
}
