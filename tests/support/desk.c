#include "tests/support/desk.h"

#include <string.h>

int desk_set_up(void **state)
{
    struct house *house = house_open();
    house_record(house, FACT_ROLE_SET, house->people[HOUSE_IS_CHLOE],
                 json_pack("{s:s}", "role", "staff"));
    *state = house;
    return 0;
}

int desk_tear_down(void **state)
{
    house_close(*state);
    return 0;
}

struct office desk_office(const struct house *house)
{
    return (struct office){.by = house->people[HOUSE_IS_CHLOE], .now = house_now(house)};
}

struct office_badge desk_gift(struct fact_id person, const char *badge)
{
    struct office_badge gift = {.person = person};
    house_expect(!badge_from_reader(badge, &gift.badge), "%s is no badge", badge);
    return gift;
}

void desk_expect_refused(const struct house *house, enum rc rc, const char *words)
{
    house_expect(rc == RC_REFUSED, "\"%s\" was to be said; there was: %s", words, rc_text(rc));
    house_expect(strstr(house->reason.text, words) != NULL, "\"%s\" was to be said; there was: %s",
                 words, house->reason.text);
}

int64_t desk_facts(struct house *house)
{
    return house_number(house, "SELECT count(*) FROM fact");
}
