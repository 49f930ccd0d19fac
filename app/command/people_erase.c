#include "app/command/people_erase.h"

#include <inttypes.h>
#include <stdio.h>

#include "app/command/command.h"
#include "app/command/order.h"
#include "app/store/erase.h"
#include "app/store/lookup_named.h"

static enum rc look(const char *data, const char *who, struct person *person,
                    struct erase_outlook *outlook, struct reason *out_reason)
{
    struct command_register opened;
    enum rc rc = command_open_register(data, &opened, out_reason);
    if (rc)
        return rc;
    rc = command_find_person(&opened, who, person, out_reason);
    if (!rc) {
        rc = erase_look(snapshot_db(opened.snapshot), person->id, opened.now_ms, outlook);
        if (rc)
            reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
    }
    command_close_register(&opened);
    return rc;
}

static void print_outlook(const struct person *person, const struct erase_outlook *outlook)
{
    char handle[LOOKUP_NAMED_HANDLE_BYTES];
    lookup_named_handle(person, handle);
    printf("%s %s, %s would be erased, for good and on every station that hears of it:\n",
           person->first_name, person->last_name, handle);
    printf("  goes   the name and all that was said of them: %" PRId64 " facts, and with them"
           " %" PRId64 " visit%s,\n         %" PRId64 " badge%s, %" PRId64 " sign-up%s, %" PRId64
           " need%s\n",
           outlook->facts, outlook->visits, outlook->visits == 1 ? "" : "s", outlook->badges,
           outlook->badges == 1 ? "" : "s", outlook->sign_ups, outlook->sign_ups == 1 ? "" : "s",
           outlook->needs, outlook->needs == 1 ? "" : "s");
    if (outlook->records)
        printf(
            "         all that names them in %" PRId64 " record%s of others: who fetches a basket,"
            " is in charge\n         of a shift, looks after somebody new or votes for somebody\n",
            outlook->records, outlook->records == 1 ? "" : "s");
    printf("  stays  %" PRId64 " visit%s and their hours as sums by month, under no name;\n"
           "         when and at which station each fact was, under an id that is nobody's then\n",
           outlook->visits + outlook->sums_visits,
           outlook->visits + outlook->sums_visits == 1 ? "" : "s");
    if (outlook->mentions)
        printf("         %" PRId64
               " fact%s with this name, e-mail or phone in what somebody typed: a"
               " title, a line,\n         a reason; guests' names go by themselves after"
               " guests_days\n",
               outlook->mentions, outlook->mentions == 1 ? "" : "s");
    printf(
        "         what was taken out before: files, sticks, paper; and lists and calendars, which"
        "\n         bring the name back when they are taken in again\n");
    if (outlook->is_in)
        puts("They are in the house: record that they left first.");
    puts("Nothing was erased yet: say it again with --yes.");
}

static void print_outlook_json(const struct person *person, const struct erase_outlook *outlook)
{
    char id[FACT_ID_BYTES];
    fact_id_write(person->id, id);
    command_print(
        json_pack("{s:s,s:s,s:b,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:b}", "id", id, "number",
                  person->number, "erased", 0, "facts", (json_int_t)outlook->facts, "visits",
                  (json_int_t)outlook->visits, "badges", (json_int_t)outlook->badges, "sign_ups",
                  (json_int_t)outlook->sign_ups, "needs", (json_int_t)outlook->needs, "sums_visits",
                  (json_int_t)outlook->sums_visits, "records", (json_int_t)outlook->records,
                  "mentions", (json_int_t)outlook->mentions, "is_in", (int)outlook->is_in));
}

static int erase(const char *data, const char *who, bool is_json)
{
    struct reason reason = {.text = ""};
    struct order_result result;
    enum rc rc = order_send(data, json_pack("{s:s,s:s}", "do", "erase", "number", who), -1, NULL,
                            &result, &reason);
    bool is_clean = json_is_true(json_object_get(result.reply, "is_clean"));
    orders_forget(&result);
    if (rc)
        return command_fail(&reason);
    if (is_json)
        command_print(
            json_pack("{s:s,s:b,s:b}", "number", who, "erased", 1, "is_clean", (int)is_clean));
    else
        printf("%s is erased; their hours stay as sums\n%s", who,
               is_clean ? ""
                        : "somebody reads the register just now: the last of it leaves its "
                          "log when the station\nis idle next\n");
    return COMMAND_OK;
}

int people_erase(const char *data, const char *who, bool is_sure, bool is_json)
{
    struct reason reason = {.text = ""};
    struct erase_outlook outlook;
    struct person person;
    if (is_sure)
        return erase(data, who, is_json);
    if (look(data, who, &person, &outlook, &reason))
        return command_fail(&reason);
    if (is_json)
        print_outlook_json(&person, &outlook);
    else
        print_outlook(&person, &outlook);
    return COMMAND_OK;
}
