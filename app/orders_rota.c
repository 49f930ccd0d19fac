/* Orders about what takes place, and who promised to be there. */
#include <stdlib.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/orders_i.h"
#include "app/planning.h"
#include "app/store/deeds.h"
#include "app/store/rota.h"

#define WORD_BYTES 512

/* --- what the request names --- */

static struct fact_id read_id(const struct order *order, const char *key)
{
    const json_t *id = json_object_get(order->request, key);
    return (struct fact_id){json_integer_value(json_array_get(id, 0)),
                            json_integer_value(json_array_get(id, 1))};
}

static struct shift_id read_shift(const struct order *order)
{
    return (struct shift_id){read_id(order, "occasion"),
                             (int)json_number(order->request, "shift", 0)};
}

/* A text that may be left out. */
static enum rc read_word(const struct order *order, const char *key, char *out_text, size_t size,
                         struct reason *out_reason)
{
    out_text[0] = 0;
    return json_object_get(order->request, key)
               ? orders_text(order, key, out_text, size, out_reason)
               : RC_OK;
}

static json_t *id_to_json(struct fact_id id)
{
    return json_pack("[I,I]", (json_int_t)id.station, (json_int_t)id.seq);
}

/* --- calendars --- */

enum rc orders_calendar(struct journal *journal, const struct order *order,
                        struct order_result *result, struct reason *out_reason)
{
    char source[64];
    const struct planning_options options = {.source = source,
                                             .is_dry_run = orders_flag(order, "dry_run"),
                                             .is_part = orders_flag(order, "part"),
                                             .skips_refused = orders_flag(order, "skip_refused"),
                                             .wants_json = orders_flag(order, "json"),
                                             .now = order->now};
    enum rc rc = orders_text(order, "source", source, sizeof source, out_reason);
    return rc ? rc
              : planning_import(journal, order->bytes, order->length, &options, &result->told,
                                out_reason);
}

/* --- occasions made by hand --- */

static enum rc read_organisation(struct journal *journal, const struct order *order,
                                 struct fact_id *out_id, struct reason *out_reason)
{
    char name[128];
    const struct office office = orders_office(order);
    *out_id = (struct fact_id){0, 0};
    enum rc rc = read_word(order, "organisation", name, sizeof name, out_reason);
    return rc || !name[0] ? rc : rota_add_organisation(journal, &office, name, out_id, out_reason);
}

static enum rc read_occasion(struct journal *journal, const struct order *order,
                             struct occasion *out_occasion, struct reason *out_reason)
{
    const json_t *body = json_object_get(order->request, "occasion");
    struct occasion occasion = {.kind = OCCASION_OPEN_DAY};
    if (occasion_apply(&occasion, body)) {
        reason_set(out_reason, "this occasion cannot be: it needs a title, and an end after its "
                               "beginning");
        return RC_BAD_INPUT;
    }
    enum rc rc = read_organisation(journal, order, &occasion.organisation, out_reason);
    if (!rc)
        *out_occasion = occasion;
    return rc;
}

enum rc orders_occasion(struct journal *journal, const struct order *order,
                        struct order_result *result, struct reason *out_reason)
{
    struct occasion occasion;
    struct fact_id id = {0, 0};
    const struct office office = orders_office(order);
    enum rc rc = read_occasion(journal, order, &occasion, out_reason);
    if (rc)
        return rc;
    bool is_new = lookup_same_occasion(journal_db(journal), &occasion, &id) == RC_EMPTY;
    rc = rota_add_occasion(journal, &office, &occasion, &id, out_reason);
    if (!rc)
        result->reply = json_pack("{s:o,s:b}", "occasion", id_to_json(id), "is_new", (int)is_new);
    return rc;
}

enum rc orders_occasion_state(struct journal *journal, const struct order *order,
                              struct order_result *result, struct reason *out_reason)
{
    const struct office office = orders_office(order);
    (void)result;
    return rota_set_state(journal, &office, read_id(order, "occasion"),
                          orders_flag(order, "is_on") ? OCCASION_ON : OCCASION_CANCELLED,
                          out_reason);
}

/* --- promises --- */

enum rc orders_sign_up(struct journal *journal, const struct order *order,
                       struct order_result *result, struct reason *out_reason)
{
    struct fact_id person, fact = {0, 0};
    const struct office office = orders_office(order);
    enum rc rc = orders_person(journal, order, "number", &person, out_reason);
    if (!rc)
        rc = rota_sign_up(journal, &office, person, read_shift(order), &fact, out_reason);
    if (!rc)
        result->reply = json_pack("{s:b}", "is_new", !fact_id_is_none(fact));
    return rc;
}

enum rc orders_excuse(struct journal *journal, const struct order *order,
                      struct order_result *result, struct reason *out_reason)
{
    struct fact_id person, fact = {0, 0};
    char why[WORD_BYTES];
    const struct office office = orders_office(order);
    (void)result;
    enum rc rc = orders_person(journal, order, "number", &person, out_reason);
    if (!rc)
        rc = read_word(order, "reason", why, sizeof why, out_reason);
    return rc ? rc
              : rota_excuse(journal, &office, person, read_shift(order), why, &fact, out_reason);
}

enum rc orders_stand_in(struct journal *journal, const struct order *order,
                        struct order_result *result, struct reason *out_reason)
{
    struct fact_id person, fact = {0, 0};
    const struct office office = orders_office(order);
    (void)result;
    enum rc rc = orders_person(journal, order, "number", &person, out_reason);
    return rc ? rc
              : rota_seek_stand_in(journal, &office, person, read_shift(order),
                                   orders_flag(order, "is_sought"), &fact, out_reason);
}

enum rc orders_sign_off(struct journal *journal, const struct order *order,
                        struct order_result *result, struct reason *out_reason)
{
    char word[WORD_BYTES];
    const struct office office = orders_office(order);
    (void)result;
    enum rc rc = read_word(order, "word", word, sizeof word, out_reason);
    return rc ? rc
              : rota_sign_off(journal, &office, read_shift(order),
                              shift_enough_from_name(json_text(order->request, "were_enough")),
                              word, out_reason);
}

/* --- what was taken, said or handed over --- */

/* Who has the number under "other"; nobody where it is left out. */
static enum rc read_other(struct journal *journal, const struct order *order,
                          struct fact_id *out_other, struct reason *out_reason)
{
    *out_other = (struct fact_id){0, 0};
    return json_object_get(order->request, "other")
               ? orders_person(journal, order, "other", out_other, out_reason)
               : RC_OK;
}

static enum rc read_deed(struct journal *journal, const struct order *order, struct deed *deed,
                         struct reason *out_reason)
{
    *deed = (struct deed){.kind = deed_kind_from_name(json_text(order->request, "deed")),
                          .occasion = read_id(order, "occasion")};
    if (deed->kind == DEED_COUNT) {
        reason_set(out_reason, "there is no such deed");
        return RC_BAD_INPUT;
    }
    enum rc rc = read_word(order, "text", deed->text, sizeof deed->text, out_reason);
    return rc ? rc : read_other(journal, order, &deed->other, out_reason);
}

enum rc orders_deed(struct journal *journal, const struct order *order, struct order_result *result,
                    struct reason *out_reason)
{
    struct deed deed;
    struct fact_id person, fact = {0, 0};
    const struct office office = orders_office(order);
    enum rc rc = orders_person(journal, order, "number", &person, out_reason);
    if (!rc)
        rc = read_deed(journal, order, &deed, out_reason);
    if (!rc)
        rc = deeds_record(journal, &office, person, &deed, &fact, out_reason);
    if (!rc)
        result->reply = json_pack("{s:b}", "is_new", !fact_id_is_none(fact));
    return rc;
}

enum rc orders_deed_back(struct journal *journal, const struct order *order,
                         struct order_result *result, struct reason *out_reason)
{
    struct deed deed;
    struct fact_id person;
    int64_t now_ms;
    bool is_doubtful;
    const struct office office = orders_office(order);
    (void)result;
    enum rc rc = orders_person(journal, order, "number", &person, out_reason);
    if (!rc)
        rc = read_deed(journal, order, &deed, out_reason);
    if (rc)
        return rc;
    journal_place_now(journal, &now_ms, &is_doubtful);
    const struct deeds_at at = {deed.kind, deed.occasion,
                                day_number(now_ms, journal_day_end_min(journal))};
    return deeds_take_back(journal, &office, person, &at, out_reason);
}
