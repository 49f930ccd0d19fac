#include <stdio.h>
#include <string.h>

#include "app/command/baskets_command_i.h"
#include "app/command/order.h"
#include "app/domain/day.h"

int baskets_command_misuse(const char *sentence)
{
    fprintf(stderr, "perron: %s\nperron baskets --help tells more\n", sentence);
    return COMMAND_MISUSED;
}

/* --- import --- */

static int import(const struct baskets_command_asked *asked)
{
    if (asked->count != 2)
        return baskets_command_misuse("which list? For example: perron baskets import baskets.csv");
    return order_send_file(asked->data,
                           json_pack("{s:s,s:b,s:b,s:b}", "do", "baskets", "dry_run",
                                     (int)asked->is_dry_run, "skip_refused",
                                     (int)asked->skips_refused, "json", (int)asked->look.is_json),
                           asked->rest[1], NULL, asked->look.is_json);
}

/* --- fetched --- */

struct fetching {
    const char *number;
    struct reason *reason;
};

/* Who fetched it before, and when: said before anything is sent. */
static enum rc refuse_again(void *context, const struct baskets_row *row)
{
    const struct fetching *fetching = context;
    char at[32];
    if (strcmp(row->owner.number, fetching->number) != 0 || !row->fetched_ms)
        return RC_OK;
    day_format_local(row->fetched_ms, at, sizeof at);
    const struct person *by = fact_id_is_none(row->fetched_by) ? &row->owner : &row->fetcher;
    reason_set(fetching->reason, "this basket was fetched at %.5s by %s%s%s", at + 11,
               by->first_name, by->last_name[0] ? " " : "", by->last_name);
    return RC_REFUSED;
}

/* Today's pick-up, once `row` was called for each of its baskets; NULL: for none. */
static enum rc find_pick_up(const struct baskets_command_asked *asked,
                            enum rc (*row)(void *context, const struct baskets_row *basket),
                            struct fact_id *out_id, struct reason *out_reason)
{
    struct command_register opened;
    struct baskets_command_pick_up pick_up;
    struct fetching fetching = {asked->rest[1], out_reason};
    enum rc rc = command_open_register(asked->data, &opened, out_reason);
    if (rc)
        return rc;
    rc = baskets_command_find(&opened, "today", &pick_up, out_reason);
    if (!rc && row)
        rc = baskets_list(snapshot_db(opened.snapshot), &pick_up.at, row, &fetching);
    if (rc && !out_reason->text[0])
        reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
    command_close_register(&opened);
    if (!rc)
        *out_id = pick_up.id;
    return rc;
}

static json_t *request_of(const struct baskets_command_asked *asked, const char *verb,
                          struct fact_id pick_up)
{
    json_t *request =
        json_pack("{s:s,s:s,s:s}", "do", verb, "deed", "basket", "number", asked->rest[1]);
    if (!fact_id_is_none(pick_up))
        json_object_set_new(
            request, "occasion",
            json_pack("[I,I]", (json_int_t)pick_up.station, (json_int_t)pick_up.seq));
    if (asked->by && strcmp(asked->by, asked->rest[1]) != 0)
        json_object_set_new(request, "other", json_string(asked->by));
    return request;
}

/* Notes that one was fetched, or takes that back. */
static int note(const struct baskets_command_asked *asked, bool is_fetched)
{
    struct reason reason = {.text = ""};
    struct order_result result;
    struct fact_id pick_up;
    enum rc rc = find_pick_up(asked, is_fetched ? refuse_again : NULL, &pick_up, &reason);
    if (rc)
        return command_fail(&reason);
    json_t *request = request_of(asked, is_fetched ? "deed" : "deed-back", pick_up);
    rc = order_send(asked->data, request, -1, NULL, &result, &reason);
    orders_forget(&result);
    if (rc)
        return command_fail(&reason);
    if (asked->look.is_json)
        command_print(json_pack("{s:s,s:b}", "number", asked->rest[1], "fetched", (int)is_fetched));
    else
        printf("the basket of %s is %s\n", asked->rest[1], is_fetched ? "fetched" : "there again");
    return COMMAND_OK;
}

static int fetched(const struct baskets_command_asked *asked)
{
    return asked->count == 2 ? note(asked, true)
                             : baskets_command_misuse(
                                   "whose? For example: perron baskets fetched 1001 --by 1002");
}

static int put_back(const struct baskets_command_asked *asked)
{
    return asked->count == 2
               ? note(asked, false)
               : baskets_command_misuse("whose? For example: perron baskets put-back 1001");
}

static int run(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(const struct baskets_command_asked *asked);
    } actions[] = {{"import", import}, {"fetched", fetched}, {"put-back", put_back}};
    struct baskets_command_asked asked = {.data = NULL};
    int code;
    const struct command_option options[] = {{"data", &asked.data, NULL},
                                             {"by", &asked.by, NULL},
                                             {"left", NULL, &asked.is_left},
                                             {"dry-run", NULL, &asked.is_dry_run},
                                             {"skip-refused", NULL, &asked.skips_refused},
                                             {"csv", NULL, &asked.look.is_csv},
                                             {"json", NULL, &asked.look.is_json},
                                             {"profile", &asked.look.profile, NULL},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_baskets, argc, argv, options, asked.rest, 3, &asked.count, &code))
        return code;
    asked.data = command_data(asked.data);
    for (unsigned i = 0; asked.count && i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(asked.rest[0], actions[i].name) == 0)
            return actions[i].run(&asked);
    return baskets_command_list(&asked);
}

const struct command command_baskets = {
    "baskets",
    "[PICK-UP|next|today] [--left] [--csv [--profile P]|--json] |\n"
    "       import FILE [--dry-run] [--skip-refused] | fetched NUMBER [--by NUMBER] |\n"
    "       put-back NUMBER\n"
    "       with [--data DIR]",
    "who has a basket, and what became of it at a pick-up\n"
    "Shows whose, which size, paused or fetched, when and by whom, with sums by size; --left only\n"
    "what is left over. Without a name today's pick-up is meant, or else the next one.\n"
    "import takes the whole list of who has a basket (CSV: number or name, size, pauses, who may\n"
    "fetch it), whole or not at all: who is not in it any more has none, and is shown before.\n"
    "fetched notes that somebody's basket of today was fetched, by them or by somebody else;\n"
    "put-back takes that back.",
    run};
