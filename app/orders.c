#include "app/orders_i.h"

#include <stdlib.h>
#include <string.h>

#include "app/enrol.h"
#include "app/exchange/calendar.h"
#include "app/staff.h"
#include "app/store/lookup_named.h"
#include "app/store/mark.h"

static const struct order_row rows[] = {
    {"import", ENROL_FILE_BYTES, true, orders_import},
    {"baskets", ENROL_FILE_BYTES, true, orders_baskets},
    {"badge", 0, false, orders_badge},
    {"staff", 0, false, orders_staff},
    {"codes", STAFF_CODES_BYTES, false, orders_codes},
    {"circle", 0, false, orders_circle},
    {"rest", 0, false, orders_rest},
    {"hide", 0, false, orders_hide},
    {"discreet", 0, false, orders_be_discreet},
    {"calendar", CALENDAR_FILE_BYTES, true, orders_calendar},
    {"occasion", 0, true, orders_occasion},
    {"occasion-state", 0, false, orders_occasion_state},
    {"sign-up", 0, false, orders_sign_up},
    {"excuse", 0, false, orders_excuse},
    {"stand-in", 0, false, orders_stand_in},
    {"sign-off", 0, false, orders_sign_off},
    {"deed", 0, false, orders_deed},
    {"deed-back", 0, false, orders_deed_back},
    {"willing", 0, false, orders_willing},
    {"forget", 0, false, orders_forget_newcomers},
    {"exported", 0, false, orders_exported},
    {"erase", 0, false, orders_erase},
};

const struct order_row *orders_find(const char *verb)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(rows[i].verb, verb) == 0)
            return &rows[i];
    return NULL;
}

void orders_forget(struct order_result *result)
{
    json_decref(result->reply);
    free(result->told);
    *result = (struct order_result){.reply = NULL};
}

enum rc orders_text(const struct order *order, const char *key, char *out_text, size_t size,
                    struct reason *out_reason)
{
    const char *text = json_text(order->request, key);
    if (!text || strlen(text) >= size) {
        reason_set(out_reason, text ? "the %s is too long" : "the request has no %s", key);
        return RC_BAD_INPUT;
    }
    strcpy(out_text, text);
    return RC_OK;
}

bool orders_flag(const struct order *order, const char *key)
{
    return json_is_true(json_object_get(order->request, key));
}

enum rc orders_person(struct journal *journal, const struct order *order, const char *key,
                      struct fact_id *out_person, struct reason *out_reason)
{
    char words[200];
    struct person person;
    struct db *db = journal_db(journal);
    enum rc rc = orders_text(order, key, words, sizeof words, out_reason);
    if (rc)
        return rc;
    if (!db)
        return RC_IO;
    rc = lookup_named(db, words, &person, out_reason);
    if (!rc)
        *out_person = person.id;
    return rc;
}

struct office orders_office(const struct order *order)
{
    return (struct office){.now = order->now};
}

enum rc orders_exported(struct journal *journal, const struct order *order,
                        struct order_result *result, struct reason *out_reason)
{
    struct mark mark;
    struct office office = orders_office(order);
    (void)result;
    if (mark_from_json(json_object_get(order->request, "mark"), &mark)) {
        reason_set(out_reason, "the request does not say how far the export reaches");
        return RC_BAD_INPUT;
    }
    return mark_record(journal, &office, &mark, out_reason);
}
