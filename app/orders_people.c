/* Orders about people: lists, badges, roles, PINs and codes. */
#include "app/enrol.h"
#include "app/orders_i.h"
#include "app/staff.h"
#include "app/store/erase.h"
#include "app/store/intention.h"
#include "app/store/lookup.h"
#include "app/store/welcome.h"

static enum rc import(struct journal *journal, const struct order *order, bool is_of_baskets,
                      struct order_result *result, struct reason *out_reason)
{
    const struct enrol_options options = {.is_of_baskets = is_of_baskets,
                                          .is_dry_run = orders_flag(order, "dry_run"),
                                          .skips_refused = orders_flag(order, "skip_refused"),
                                          .wants_json = orders_flag(order, "json"),
                                          .now = order->now};
    return enrol_import(journal, order->bytes, order->length, &options, &result->told, out_reason);
}

enum rc orders_import(struct journal *journal, const struct order *order,
                      struct order_result *result, struct reason *out_reason)
{
    return import(journal, order, false, result, out_reason);
}

enum rc orders_baskets(struct journal *journal, const struct order *order,
                       struct order_result *result, struct reason *out_reason)
{
    return import(journal, order, true, result, out_reason);
}

enum rc orders_badge(struct journal *journal, const struct order *order,
                     struct order_result *result, struct reason *out_reason)
{
    char number[200], writing[512];
    (void)result;
    enum rc rc = orders_text(order, "number", number, sizeof number, out_reason);
    if (!rc)
        rc = orders_text(order, "badge", writing, sizeof writing, out_reason);
    return rc ? rc : enrol_badge(journal, number, writing, &order->now, out_reason);
}

static bool is_whole(const struct staff_order *order)
{
    if (order->act == STAFF_ACT_COUNT)
        return false;
    if (order->act == STAFF_ADD)
        return order->role != ROLE_NONE && order->sealed[0];
    return order->act != STAFF_PIN || order->sealed[0];
}

enum rc orders_staff(struct journal *journal, const struct order *order,
                     struct order_result *result, struct reason *out_reason)
{
    char act[16];
    struct staff_order staff = {.role = role_from_name(json_text(order->request, "role"))};
    (void)result;
    (void)!orders_text(order, "organisation", staff.organisation, sizeof staff.organisation, NULL);
    (void)!orders_text(order, "pin", staff.sealed, sizeof staff.sealed, NULL); /* most have none */
    staff.act = orders_text(order, "act", act, sizeof act, NULL) ? STAFF_ACT_COUNT
                                                                 : staff_act_from_name(act);
    if (orders_text(order, "number", staff.who, sizeof staff.who, NULL) || !is_whole(&staff)) {
        reason_set(out_reason, "the request is no order about staff");
        return RC_BAD_INPUT;
    }
    return staff_carry_out(journal, &staff, &order->now, out_reason);
}

enum rc orders_codes(struct journal *journal, const struct order *order,
                     struct order_result *result, struct reason *out_reason)
{
    (void)result;
    return staff_take_codes(journal, order->bytes, order->length, orders_flag(order, "all"),
                            &order->now, out_reason);
}

/* --- what people intend --- */

enum rc orders_circle(struct journal *journal, const struct order *order,
                      struct order_result *result, struct reason *out_reason)
{
    char name[128];
    struct fact_id person;
    const struct office office = orders_office(order);
    (void)result;
    enum rc rc = orders_person(journal, order, "number", &person, out_reason);
    if (!rc)
        rc = orders_text(order, "circle", name, sizeof name, out_reason);
    return rc ? rc : intention_set_circle(journal, &office, person, name, out_reason);
}

enum rc orders_rest(struct journal *journal, const struct order *order, struct order_result *result,
                    struct reason *out_reason)
{
    struct fact_id person;
    const struct office office = orders_office(order);
    (void)result;
    enum rc rc = orders_person(journal, order, "number", &person, out_reason);
    return rc ? rc
              : intention_rest(journal, &office, person,
                               (int)json_number(order->request, "until", 0), out_reason);
}

/* What somebody wants or does not want the door to tell. */
static enum rc set_wish(struct journal *journal, const struct order *order, const char *key,
                        enum rc (*set)(struct journal *journal, const struct office *office,
                                       struct fact_id person, bool is_so,
                                       struct reason *out_reason),
                        struct reason *out_reason)
{
    struct fact_id person;
    const struct office office = orders_office(order);
    enum rc rc = orders_person(journal, order, "number", &person, out_reason);
    return rc ? rc : set(journal, &office, person, orders_flag(order, key), out_reason);
}

enum rc orders_hide(struct journal *journal, const struct order *order, struct order_result *result,
                    struct reason *out_reason)
{
    (void)result;
    return set_wish(journal, order, "is_private", intention_hide, out_reason);
}

enum rc orders_be_discreet(struct journal *journal, const struct order *order,
                           struct order_result *result, struct reason *out_reason)
{
    (void)result;
    return set_wish(journal, order, "is_discreet", intention_be_discreet, out_reason);
}

/* --- newcomers --- */

enum rc orders_willing(struct journal *journal, const struct order *order,
                       struct order_result *result, struct reason *out_reason)
{
    struct fact_id id;
    struct person person = {.number = ""};
    const struct office office = orders_office(order);
    (void)result;
    enum rc rc = orders_person(journal, order, "number", &id, out_reason);
    if (!rc && (rc = lookup_person(journal_db(journal), id, &person)))
        return db_tell(rc, journal_db(journal), out_reason);
    /* They were asked by somebody, in whichever language they speak. */
    return rc ? rc
              : welcome_set_willing(journal, &office, id, orders_flag(order, "is_willing"),
                                    person_language(&person, LANGUAGE_FR), out_reason);
}

/* A part of them, so that a tap may come in between: there are more where it says so. */
enum rc orders_forget_newcomers(struct journal *journal, const struct order *order,
                                struct order_result *result, struct reason *out_reason)
{
    int count = 0, days = (int)json_number(order->request, "days", 0);
    const struct office office = orders_office(order);
    if (days < 1) {
        reason_set(out_reason, "the request does not say after how many days");
        return RC_BAD_INPUT;
    }
    enum rc rc = welcome_forget(journal, &office, days, &count, out_reason);
    if (!rc)
        result->reply =
            json_pack("{s:i,s:b}", "forgotten", count, "has_more", count == WELCOME_FORGET_MAX);
    return rc;
}

enum rc orders_erase(struct journal *journal, const struct order *order,
                     struct order_result *result, struct reason *out_reason)
{
    struct fact_id person;
    bool is_clean = false;
    const struct office office = orders_office(order);
    enum rc rc = orders_person(journal, order, "number", &person, out_reason);
    if (!rc)
        rc = erase_by_office(journal, &office, person, &is_clean, out_reason);
    if (!rc)
        result->reply = json_pack("{s:b}", "is_clean", (int)is_clean);
    return rc;
}
