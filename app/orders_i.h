/*
 * orders_i.h - the inside of the orders, shared by orders.c (the table), orders_people.c (people,
 * badges, staff, newcomers), and orders_rota.c (the calendar and who promised what). Nobody else
 * includes it.
 */
#ifndef APP_ORDERS_I_H
#define APP_ORDERS_I_H

#include "app/orders.h"
#include "app/store/office.h"

/* A text of the request; RC_BAD_INPUT with a sentence where it is missing or too long. */
enum rc orders_text(const struct order *order, const char *key, char *out_text, size_t size,
                    struct reason *out_reason) MUST_CHECK;

bool orders_flag(const struct order *order, const char *key);

/* Whom the words of that key name: see lookup_named. */
enum rc orders_person(struct journal *journal, const struct order *order, const char *key,
                      struct fact_id *out_person, struct reason *out_reason) MUST_CHECK;

struct office orders_office(const struct order *order);

/* --- rows --- */

enum rc orders_import(struct journal *journal, const struct order *order,
                      struct order_result *result, struct reason *out_reason) MUST_CHECK;
enum rc orders_baskets(struct journal *journal, const struct order *order,
                       struct order_result *result, struct reason *out_reason) MUST_CHECK;
enum rc orders_badge(struct journal *journal, const struct order *order,
                     struct order_result *result, struct reason *out_reason) MUST_CHECK;
enum rc orders_staff(struct journal *journal, const struct order *order,
                     struct order_result *result, struct reason *out_reason) MUST_CHECK;
enum rc orders_codes(struct journal *journal, const struct order *order,
                     struct order_result *result, struct reason *out_reason) MUST_CHECK;

enum rc orders_circle(struct journal *journal, const struct order *order,
                      struct order_result *result, struct reason *out_reason) MUST_CHECK;
enum rc orders_rest(struct journal *journal, const struct order *order, struct order_result *result,
                    struct reason *out_reason) MUST_CHECK;
enum rc orders_hide(struct journal *journal, const struct order *order, struct order_result *result,
                    struct reason *out_reason) MUST_CHECK;
enum rc orders_be_discreet(struct journal *journal, const struct order *order,
                           struct order_result *result, struct reason *out_reason) MUST_CHECK;
enum rc orders_willing(struct journal *journal, const struct order *order,
                       struct order_result *result, struct reason *out_reason) MUST_CHECK;
enum rc orders_erase(struct journal *journal, const struct order *order,
                     struct order_result *result, struct reason *out_reason) MUST_CHECK;
enum rc orders_forget_newcomers(struct journal *journal, const struct order *order,
                                struct order_result *result, struct reason *out_reason) MUST_CHECK;
enum rc orders_calendar(struct journal *journal, const struct order *order,
                        struct order_result *result, struct reason *out_reason) MUST_CHECK;
enum rc orders_occasion(struct journal *journal, const struct order *order,
                        struct order_result *result, struct reason *out_reason) MUST_CHECK;
enum rc orders_occasion_state(struct journal *journal, const struct order *order,
                              struct order_result *result, struct reason *out_reason) MUST_CHECK;
enum rc orders_sign_up(struct journal *journal, const struct order *order,
                       struct order_result *result, struct reason *out_reason) MUST_CHECK;
enum rc orders_excuse(struct journal *journal, const struct order *order,
                      struct order_result *result, struct reason *out_reason) MUST_CHECK;
enum rc orders_stand_in(struct journal *journal, const struct order *order,
                        struct order_result *result, struct reason *out_reason) MUST_CHECK;
enum rc orders_sign_off(struct journal *journal, const struct order *order,
                        struct order_result *result, struct reason *out_reason) MUST_CHECK;
enum rc orders_deed(struct journal *journal, const struct order *order, struct order_result *result,
                    struct reason *out_reason) MUST_CHECK;

enum rc orders_exported(struct journal *journal, const struct order *order,
                        struct order_result *result, struct reason *out_reason) MUST_CHECK;

enum rc orders_deed_back(struct journal *journal, const struct order *order,
                         struct order_result *result, struct reason *out_reason) MUST_CHECK;

#endif
