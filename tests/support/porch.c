#include "tests/support/porch.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/secret.h"
#include "tests/support/desk.h"

static const struct fact_id nobody = {0, 0};

static struct guide make_guide(void)
{
    static const enum guide_step way[] = {GUIDE_LANGUAGE, GUIDE_HELLO,    GUIDE_WHO,
                                          GUIDE_WHY,      GUIDE_MISSIONS, GUIDE_CHARTER,
                                          GUIDE_BUDDY,    GUIDE_BADGE,    GUIDE_NEXT};
    struct guide guide = {
        .tiles = {[GUIDE_LIKES] = {.rows = {{"people", {"Gens", "Mensen", "People"}},
                                            {"food", {"Cuisiner", "Koken", "Cooking"}}},
                                   .count = 2}},
        .missions = {{.key = "bar", .names = {"Bar", "Toog", "Bar"}, .likes = 1},
                     {.key = "kitchen", .names = {"Cuisine", "Keuken", "Kitchen"}, .likes = 2}},
        .mission_count = 2,
        .referent = "Amélie",
        .several_max = 10,
        .deepening_months = 6,
        .away_days = 21,
        .buddy_newcomers = 3,
        .forget_days = 30,
    };
    for (size_t i = 0; i < sizeof way / sizeof way[0]; i++)
        guide.rows[guide.row_count++] = (struct guide_row){.step = way[i]};
    return guide;
}

const struct guide *porch_guide(void)
{
    static struct guide guide;
    if (!guide.row_count)
        guide = make_guide();
    return &guide;
}

int porch_set_up(void **state)
{
    int rc = desk_set_up(state);
    struct house *house = *state;
    journal_set_guide(house->journal, porch_guide());
    return rc;
}

int porch_tear_down(void **state)
{
    return desk_tear_down(state);
}

struct office porch_office(const struct house *house, struct fact_id by)
{
    return (struct office){.by = by, .now = house_now(house)};
}

const char *porch_sealed(int number)
{
    static char sealed[SECRET_SEALED_BYTES];
    static char first[SECRET_SEALED_BYTES];
    static const uint8_t key[HASH_KEY_BYTES] = {7};
    if (!first[0])
        house_expect(!secret_seal_alike(key, "PORCH1", first), "no code can be sealed");
    snprintf(sealed, sizeof sealed, "%s", first);
    /* One is slow to make: the others differ from it in a few letters of the hash. */
    for (size_t at = strlen(sealed) - 8; number; number /= 10, at++)
        sealed[at] = (char)('0' + number % 10);
    return sealed;
}

struct welcome_begin porch_beginning(const char *first_name, int number)
{
    return (struct welcome_begin){.first_name = first_name,
                                  .language = LANGUAGE_EN,
                                  .sealed = porch_sealed(number),
                                  .hello = NEWCOMER_DONE,
                                  .occasion = OCCASION_COUNT};
}

struct fact_id porch_begin(struct house *house, const char *first_name)
{
    static int number = 1;
    struct fact_id person = nobody;
    const struct office office = porch_office(house, nobody);
    const struct welcome_begin begin = porch_beginning(first_name, ++number);
    enum rc rc = welcome_begin(house->journal, &office, &begin, &person, &house->reason);
    house_expect(!rc, "%s cannot begin: %s", first_name, house->reason.text);
    return person;
}

void porch_step(struct house *house, struct fact_id person, enum guide_step step,
                enum newcomer_how how)
{
    const struct office office = porch_office(house, person);
    const struct newcomer_said said = {.step = step, .how = how};
    enum rc rc = welcome_step(house->journal, &office, person, &said, &house->reason);
    house_expect(!rc, "%s is refused: %s", guide_step_name(step), house->reason.text);
}

void porch_welcome(struct house *house, struct fact_id person)
{
    const struct guide *guide = porch_guide();
    for (int i = 0; i < guide->row_count; i++)
        porch_step(house, person, guide->rows[i].step, NEWCOMER_DONE);
}

void porch_make_buddy(struct house *house, struct fact_id person)
{
    const struct office office = porch_office(house, person);
    static const enum consent fields[] = {CONSENT_HERE, CONSENT_BUDDY};
    for (int i = 0; i < 2; i++) {
        enum rc rc = welcome_consent(house->journal, &office, person, fields[i], true, LANGUAGE_EN,
                                     &house->reason);
        house_expect(!rc, "%s is refused: %s", consent_name(fields[i]), house->reason.text);
    }
}

void porch_buddy(struct house *house, struct fact_id person, struct fact_id buddy,
                 enum buddy_how how)
{
    const struct office office = porch_office(house, nobody);
    enum rc rc = welcome_buddy(house->journal, &office, person, buddy, how, &house->reason);
    house_expect(!rc, "the buddy is refused: %s", house->reason.text);
}

struct newcomer porch_find(struct house *house, struct fact_id person)
{
    struct newcomer newcomer = {.has_begun = false};
    enum rc rc = welcome_find(journal_db(house->journal), person, &newcomer);
    house_expect(!rc || rc == RC_EMPTY, "the newcomer cannot be read: %s", rc_text(rc));
    return newcomer;
}
