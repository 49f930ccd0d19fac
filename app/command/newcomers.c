#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "app/command/command.h"
#include "app/command/format.h"
#include "app/command/order.h"
#include "app/domain/day.h"
#include "app/guides.h"
#include "app/store/welcome.h"

#define REST_MAX 64
#define YEAR_MS ((int64_t)365 * 24 * 3600 * 1000)

struct asked {
    const char *data;
    const char *rest[REST_MAX];
    int count;
    bool is_json, is_all, is_dry_run;
};

static int misuse(const char *sentence)
{
    fprintf(stderr, "perron: %s\nperron newcomers --help tells more\n", sentence);
    return COMMAND_MISUSED;
}

/* --- how the house welcomes --- */

/* guides_free it. */
static enum rc read_guide(const struct asked *asked, const struct venue *venue,
                          struct guide **out_guide, struct reason *out_reason)
{
    static struct problems problems;
    char folder[PATH_MAX], otherwise[PATH_MAX];
    snprintf(folder, sizeof folder, "%s/" GUIDES_FOLDER, asked->data);
    command_beside("venue/" GUIDES_FOLDER, otherwise);
    enum rc rc = guides_read(folder, otherwise, &venue->circles, out_guide, &problems);
    if (rc == RC_BAD_INPUT)
        reason_set(out_reason, "something is wrong in %.200s: perron venue check %.200s tells what",
                   folder, asked->data);
    else if (rc)
        reason_set(out_reason, "%.200s could not be read: %s", folder, rc_text(rc));
    return rc;
}

/* The register of one moment, and how its house welcomes. */
struct looking {
    struct command_register opened;
    struct guide *guide;
};

static enum rc look(const struct asked *asked, struct looking *looking, struct reason *out_reason)
{
    enum rc rc = command_open_register(asked->data, &looking->opened, out_reason);
    if (rc)
        return rc;
    rc = read_guide(asked, &looking->opened.venue, &looking->guide, out_reason);
    if (rc)
        command_close_register(&looking->opened);
    return rc;
}

static void look_away(struct looking *looking)
{
    guides_free(looking->guide);
    command_close_register(&looking->opened);
}

/* --- the list --- */

struct printing {
    const struct guide *guide;
    int64_t day_ms; /* when today began */
    bool is_all;
    json_t *array; /* NULL: in lines */
    int count;
};

/* Where they stopped: the step they would go on with; "": at the end of their way. */
static const char *next_step(const struct printing *printing, const struct newcomer *newcomer)
{
    /* Tomorrow also what was put off today is open again. */
    int row = newcomer_next(printing->guide, newcomer, day_later(printing->day_ms, 1));
    return row < printing->guide->row_count ? guide_step_name(printing->guide->rows[row].step) : "";
}

static const char *buddy_words(enum newcomer_buddy state)
{
    static const char *const words[] = {
        [NEWCOMER_BUDDY_NONE] = "",
        [NEWCOMER_BUDDY_ASKED] = "asked",
        [NEWCOMER_BUDDY_TAKEN] = "taken",
        [NEWCOMER_BUDDY_NAMED] = "named",
    };
    return words[state];
}

static json_t *steps_to_json(const struct newcomer *newcomer)
{
    json_t *steps = json_object();
    for (int step = 0; step < GUIDE_STEP_COUNT; step++)
        if (newcomer->steps[step] != NEWCOMER_NOT_YET)
            json_object_set_new(steps, guide_step_name((enum guide_step)step),
                                json_string(newcomer_how_name(newcomer->steps[step])));
    return steps;
}

static enum rc add_row(struct printing *printing, const struct welcome_row *row, const char *next)
{
    const struct newcomer *newcomer = &row->newcomer;
    json_t *object = json_pack(
        "{s:s,s:o,s:o,s:o,s:o,s:s,s:o,s:b,s:i}", "person", row->full_name, "began_at",
        format_json_time(newcomer->began_ms), "next", format_json_text(next), "steps",
        steps_to_json(newcomer), "buddy", format_json_text(row->buddy), "buddy_state",
        buddy_words(newcomer->buddy_state), "last_arrival", format_json_time(row->last_ms), "is_in",
        (int)row->is_in, "same_name", row->same_name);
    return json_array_append_new(printing->array, object) ? RC_NO_MEMORY : RC_OK;
}

static void print_day(int64_t at_ms)
{
    char at[32] = "never";
    if (at_ms)
        day_format_local(at_ms, at, sizeof at);
    printf("%-10.10s", at);
}

static void print_line(const struct welcome_row *row, const char *next)
{
    enum newcomer_buddy state = row->newcomer.buddy_state;
    print_day(row->newcomer.began_ms);
    printf("  ");
    format_print_padded(row->full_name, 28);
    format_print_padded(next[0] ? next : "(all done)", 12);
    if (row->is_in)
        printf("in the house");
    else {
        printf("last ");
        print_day(row->last_ms);
    }
    if (row->buddy[0])
        printf("  buddy: %s%s", row->buddy, state == NEWCOMER_BUDDY_ASKED ? " (asked)" : "");
    if (row->same_name)
        printf("  perhaps the same person as %s",
               row->same_name == 1 ? "another" : "others of that name");
    putchar('\n');
}

static enum rc print_row(void *context, const struct welcome_row *row)
{
    struct printing *printing = context;
    const char *next = next_step(printing, &row->newcomer);
    printing->count++;
    if (printing->array)
        return add_row(printing, row, next);
    print_line(row, next);
    return RC_OK;
}

static int list(const struct asked *asked)
{
    struct reason reason = {.text = ""};
    struct looking looking;
    if (look(asked, &looking, &reason))
        return command_fail(&reason);
    int64_t now_ms = looking.opened.now_ms;
    struct printing printing = {.guide = looking.guide,
                                .day_ms = day_begin(now_ms, looking.opened.venue.day_end_min),
                                .array = asked->is_json ? json_array() : NULL};
    enum rc rc = welcome_list(snapshot_db(looking.opened.snapshot), NULL,
                              asked->is_all ? 0 : now_ms - YEAR_MS, now_ms, print_row, &printing);
    look_away(&looking);
    if (rc) {
        json_decref(printing.array);
        reason_set(&reason, "the register could not be read: %s", rc_text(rc));
        return command_fail(&reason);
    }
    if (printing.array)
        command_print(printing.array);
    else if (!printing.count)
        printf("nobody began a first visit%s\n", asked->is_all ? "" : " within a year");
    return COMMAND_OK;
}

/* --- buddies --- */

static int set_willing(const struct asked *asked, const char *number, bool is_willing)
{
    struct reason reason = {.text = ""};
    struct order_result result;
    enum rc rc = order_send(asked->data,
                            json_pack("{s:s,s:s,s:b}", "do", "willing", "number", number,
                                      "is_willing", (int)is_willing),
                            -1, NULL, &result, &reason);
    orders_forget(&result);
    if (rc)
        return command_fail(&reason);
    if (!asked->is_json)
        printf("%s %s\n", number,
               is_willing ? "can be asked to look after newcomers, when seen in the house"
                          : "is not asked to look after newcomers");
    return COMMAND_OK;
}

static int set_buddies(const struct asked *asked)
{
    const char *answer = asked->rest[asked->count - 1];
    bool is_yes = strcmp(answer, "yes") == 0;
    int code = COMMAND_OK, last = asked->count - 1;
    if (asked->count < 3 || (!is_yes && strcmp(answer, "no") != 0))
        return misuse("who, and yes or no? For example: perron newcomers buddy 1001 1002 yes");
    for (int i = 1; code == COMMAND_OK && i < last; i++)
        code = set_willing(asked, asked->rest[i], is_yes);
    if (code == COMMAND_OK && asked->is_json)
        command_print(json_pack("{s:i,s:b}", "people", last - 1, "is_willing", (int)is_yes));
    return code;
}

/* --- forgetting --- */

static enum rc count_first(const struct asked *asked, int *days, int *out_count,
                           struct reason *out_reason)
{
    struct looking looking;
    int count = 0;
    enum rc rc = look(asked, &looking, out_reason);
    if (rc)
        return rc;
    *days = looking.guide->forget_days;
    if (*days)
        rc = welcome_count_to_forget(snapshot_db(looking.opened.snapshot), *days,
                                     looking.opened.now_ms, &count);
    look_away(&looking);
    if (rc)
        reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
    else
        *out_count = count;
    return rc;
}

/* Part by part, as long as there is another. */
static enum rc forget_all(const struct asked *asked, int days, int *out_count,
                          struct reason *out_reason)
{
    bool has_more = true;
    enum rc rc = RC_OK;
    *out_count = 0;
    while (!rc && has_more) {
        struct order_result result;
        rc = order_send(asked->data, json_pack("{s:s,s:i}", "do", "forget", "days", days), -1, NULL,
                        &result, out_reason);
        *out_count += (int)json_number(result.reply, "forgotten", 0);
        has_more = json_is_true(json_object_get(result.reply, "has_more"));
        orders_forget(&result);
    }
    return rc;
}

static void print_forgotten(const struct asked *asked, int days, int count)
{
    if (asked->is_json)
        command_print(json_pack("{s:i,s:i,s:b}", "forgotten", count, "days", days, "dry_run",
                                (int)asked->is_dry_run));
    else if (!days)
        puts("this house forgets nobody: forget_days is 0 in " GUIDES_FILE);
    else
        printf("%d newcomer%s who never came back within %d day%s %s\n", count,
               count == 1 ? "" : "s", days, days == 1 ? "" : "s",
               asked->is_dry_run ? "would be forgotten: a dry run, nothing was written"
               : count == 1      ? "is forgotten"
                                 : "are forgotten");
}

static int forget(const struct asked *asked)
{
    struct reason reason = {.text = ""};
    int days = 0, count = 0;
    if (asked->count != 1)
        return misuse("perron newcomers forget takes no more words");
    enum rc rc = count_first(asked, &days, &count, &reason);
    if (!rc && days && !asked->is_dry_run)
        rc = forget_all(asked, days, &count, &reason);
    if (rc)
        return command_fail(&reason);
    print_forgotten(asked, days, count);
    return COMMAND_OK;
}

static int run(int argc, char **argv)
{
    struct asked asked = {.data = NULL};
    int code;
    const struct command_option options[] = {{"data", &asked.data, NULL},
                                             {"all", NULL, &asked.is_all},
                                             {"dry-run", NULL, &asked.is_dry_run},
                                             {"json", NULL, &asked.is_json},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_newcomers, argc, argv, options, asked.rest, REST_MAX,
                         &asked.count, &code))
        return code;
    asked.data = command_data(asked.data);
    if (!asked.count)
        return list(&asked);
    if (strcmp(asked.rest[0], "buddy") == 0)
        return set_buddies(&asked);
    if (strcmp(asked.rest[0], "forget") == 0)
        return forget(&asked);
    return misuse("newcomers are listed, given buddies or forgotten: perron newcomers, perron "
                  "newcomers buddy, perron newcomers forget");
}

const struct command command_newcomers = {
    "newcomers",
    "[--all] | buddy NUMBER... yes|no | forget [--dry-run]\n"
    "       with [--json] [--data DIR]",
    "who began a first visit: when, where they stopped, their buddy, when they were here last\n"
    "Shows those of the last year, with --all everybody; and who may be the same person twice.\n"
    "buddy says whether members can be asked to look after newcomers: yes once they agreed to it\n"
    "and to being seen in the house, no when they want that no more.\n"
    "forget erases newcomers who never came back within the days that welcome.conf says, have\n"
    "neither number nor badge and promised nothing; their visits stay as a number. A running\n"
    "station does it by itself, once a day.",
    run};
