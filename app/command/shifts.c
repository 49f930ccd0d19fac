#include <stdio.h>
#include <string.h>

#include "app/command/command.h"
#include "app/command/format.h"
#include "app/command/named.h"
#include "app/command/order.h"
#include "app/domain/day.h"
#include "app/store/lookup_occasions.h"

#define SHOWN_MAX 200
#define PEOPLE_MAX 200
#define AHEAD_MS ((int64_t)14 * 24 * 3600 * 1000)

struct asked {
    const char *data;
    const char *rest[4];
    int count;
    const char *reason, *enough, *word;
    bool is_json, is_no_longer;
};

static int misuse(const char *sentence)
{
    fprintf(stderr, "perron: %s\nperron shifts --help tells more\n", sentence);
    return COMMAND_MISUSED;
}

/* --- looking --- */

struct looking {
    struct command_register opened;
    struct db *db;
    int64_t station;
};

static enum rc look(const struct asked *asked, struct looking *looking, struct reason *out_reason)
{
    struct snapshot_counts counts;
    enum rc rc = command_open_register(asked->data, &looking->opened, out_reason);
    if (rc)
        return rc;
    looking->db = snapshot_db(looking->opened.snapshot);
    rc = snapshot_counts(looking->opened.snapshot, looking->opened.now_ms, &counts);
    if (rc) {
        reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
        command_close_register(&looking->opened);
        return rc;
    }
    looking->station = counts.station;
    return RC_OK;
}

static void print_needed(const struct looking *looking, const struct lookup_shift *shift)
{
    char name[NAMED_BYTES], from[32];
    named_write(shift->slot.of, looking->station, name);
    day_format_local(shift->slot.from_ms, from, sizeof from);
    printf("%-10s %.16s  %s: %d needed, %d of %d there%s%s\n", name, from, shift->slot.title,
           shift->slot.needed, shift->standing, shift->places, shift->skill[0] ? ", asks for " : "",
           shift->skill);
}

static json_t *needed_to_json(const struct looking *looking, const struct lookup_shift *shift)
{
    char name[NAMED_BYTES];
    named_write(shift->slot.of, looking->station, name);
    return json_pack("{s:s,s:s,s:o,s:o,s:i,s:i,s:i}", "shift", name, "mission", shift->slot.title,
                     "from", format_json_time(shift->slot.from_ms), "to",
                     format_json_time(shift->slot.to_ms), "needed", shift->slot.needed, "signed_up",
                     shift->standing, "places", shift->places);
}

static int needed(const struct asked *asked)
{
    static struct lookup_shift shifts[SHOWN_MAX];
    struct reason reason = {.text = ""};
    struct looking looking;
    size_t listed = 0, total = 0;
    if (asked->count != 1)
        return misuse("perron shifts needed takes no more words");
    if (look(asked, &looking, &reason))
        return command_fail(&reason);
    int64_t now_ms = looking.opened.now_ms;
    enum rc rc = lookup_shifts(looking.db, now_ms, now_ms + AHEAD_MS, true, SHOWN_MAX, shifts,
                               &listed, &total);
    json_t *array = asked->is_json ? json_array() : NULL;
    for (size_t i = 0; i < listed; i++) {
        if (array)
            json_array_append_new(array, needed_to_json(&looking, &shifts[i]));
        else
            print_needed(&looking, &shifts[i]);
    }
    command_close_register(&looking.opened);
    if (rc) {
        json_decref(array);
        reason_set(&reason, "the register could not be read: %s", rc_text(rc));
        return command_fail(&reason);
    }
    if (array)
        command_print(array);
    else if (!listed)
        puts("no hands are needed in the next two weeks");
    return COMMAND_OK;
}

static json_t *promise_to_json(const struct lookup_promise *promise)
{
    return json_pack("{s:s,s:s,s:b,s:o,s:o}", "person", promise->full_name, "outcome",
                     sign_up_outcome_name(promise->outcome), "stand_in_sought",
                     (int)promise->is_stand_in_sought, "arrived_at",
                     format_json_time(promise->arrived_ms), "left_at",
                     format_json_time(promise->left_ms));
}

static void print_promise(const struct lookup_promise *promise)
{
    char arrived[32] = "";
    if (promise->arrived_ms)
        day_format_local(promise->arrived_ms, arrived, sizeof arrived);
    printf("  %s, %s%s%s%s\n", promise->full_name, sign_up_outcome_name(promise->outcome),
           promise->is_stand_in_sought ? ", looks for a stand-in" : "",
           arrived[0] ? ", arrived " : "", arrived);
}

/* What its referent said of it. */
static void print_word(const struct lookup_shift *shift, const char *word)
{
    static const char *const says[] = {"", ": too few hands", ": enough hands", ": too many hands"};
    if (!fact_id_is_none(shift->closed))
        printf("  signed off%s%s%s\n", says[shift->were_enough], word[0] ? "; for the next: " : "",
               word);
}

static int print_all(const struct asked *asked, const struct looking *looking,
                     const struct lookup_shift *shift, const char *word,
                     const struct lookup_promise *promises, size_t count)
{
    json_t *people = asked->is_json ? json_array() : NULL;
    if (!people) {
        print_needed(looking, shift);
        print_word(shift, word);
    }
    for (size_t i = 0; i < count; i++) {
        if (people)
            json_array_append_new(people, promise_to_json(&promises[i]));
        else
            print_promise(&promises[i]);
    }
    if (!people)
        return COMMAND_OK;
    json_t *object = needed_to_json(looking, shift);
    json_object_set_new(object, "signed_off", json_boolean(!fact_id_is_none(shift->closed)));
    json_object_set_new(object, "were_enough",
                        format_json_text(shift_enough_name(shift->were_enough)));
    json_object_set_new(object, "word", format_json_text(word));
    json_object_set_new(object, "people", people);
    command_print(object);
    return COMMAND_OK;
}

static int show(const struct asked *asked)
{
    static struct lookup_promise promises[PEOPLE_MAX];
    struct reason reason = {.text = ""};
    struct looking looking;
    struct lookup_shift shift;
    struct shift_id of;
    size_t listed = 0;
    char word[204];
    if (asked->count != 2)
        return misuse("which one? For example: perron shifts show 1234/1");
    if (look(asked, &looking, &reason))
        return command_fail(&reason);
    enum rc rc = named_read(asked->rest[1], looking.station, &of, &reason);
    bool is_misused = rc != RC_OK;
    if (!rc && (rc = lookup_one_shift(looking.db, of, &shift)) == RC_EMPTY)
        reason_set(&reason, "there is no shift %s; perron calendar list has them", asked->rest[1]);
    else if (!rc && ((rc = lookup_promises(looking.db, of, looking.opened.now_ms, PEOPLE_MAX,
                                           promises, &listed)) ||
                     (rc = lookup_word(looking.db, &shift, word, sizeof word))))
        reason_set(&reason, "the register could not be read: %s", rc_text(rc));
    command_close_register(&looking.opened);
    if (is_misused)
        return misuse(reason.text);
    return rc ? command_fail(&reason) : print_all(asked, &looking, &shift, word, promises, listed);
}

/* --- promises --- */

/* The shift that a word names, by a register that is closed again before anybody writes. */
static int name_shift(const struct asked *asked, const char *name, struct shift_id *out_of)
{
    struct reason reason = {.text = ""};
    struct looking looking;
    if (look(asked, &looking, &reason))
        return command_fail(&reason);
    struct lookup_shift shift;
    enum rc rc = named_read(name, looking.station, out_of, &reason);
    enum rc found = !rc && out_of->number ? lookup_one_shift(looking.db, *out_of, &shift) : RC_OK;
    command_close_register(&looking.opened);
    if (!rc && !out_of->number)
        reason_set(&reason, "%.40s is an occasion; its shifts are %.40s/1 and so on", name, name);
    if (rc || !out_of->number)
        return misuse(reason.text);
    if (found == RC_EMPTY)
        reason_set(&reason, "there is no shift %.40s; perron calendar list has them", name);
    else if (found)
        reason_set(&reason, "the register could not be read: %s", rc_text(found));
    return found ? command_fail(&reason) : COMMAND_OK;
}

static int send(const struct asked *asked, json_t *request, const char *done)
{
    struct reason reason = {.text = ""};
    struct order_result result;
    enum rc rc = order_send(asked->data, request, -1, NULL, &result, &reason);
    orders_forget(&result);
    if (rc)
        return command_fail(&reason);
    if (asked->is_json)
        command_print(json_pack("{s:s}", "done", asked->rest[0]));
    else
        puts(done);
    return COMMAND_OK;
}

static json_t *request_of(const char *verb, struct shift_id of, const char *number)
{
    return json_pack("{s:s,s:[I,I],s:i,s:s}", "do", verb, "occasion",
                     (json_int_t)of.occasion.station, (json_int_t)of.occasion.seq, "shift",
                     of.number, "number", number);
}

static int sign_up(const struct asked *asked)
{
    struct shift_id of;
    if (asked->count != 3)
        return misuse("who, and for what? For example: perron shifts sign-up 1001 1234/1");
    int code = name_shift(asked, asked->rest[2], &of);
    return code ? code : send(asked, request_of("sign-up", of, asked->rest[1]), "signed up");
}

static int excuse(const struct asked *asked)
{
    struct shift_id of;
    if (asked->count != 3)
        return misuse("who, and from what? For example: perron shifts excuse 1001 1234/1");
    int code = name_shift(asked, asked->rest[2], &of);
    if (code)
        return code;
    json_t *request = request_of("excuse", of, asked->rest[1]);
    if (asked->reason)
        json_object_set_new(request, "reason", json_string(asked->reason));
    return send(asked, request, "excused");
}

static int stand_in(const struct asked *asked)
{
    struct shift_id of;
    if (asked->count != 3)
        return misuse("for whom, and when? For example: perron shifts stand-in 1001 1234/1");
    int code = name_shift(asked, asked->rest[2], &of);
    if (code)
        return code;
    json_t *request = request_of("stand-in", of, asked->rest[1]);
    json_object_set_new(request, "is_sought", json_boolean(!asked->is_no_longer));
    return send(asked, request,
                asked->is_no_longer ? "nobody is looked for any more"
                                    : "a stand-in is looked for; until there is one they are "
                                      "expected");
}

static int sign_off(const struct asked *asked)
{
    struct shift_id of;
    if (asked->count != 2 || shift_enough_from_name(asked->enough) == SHIFT_UNSAID)
        return misuse("which one, and were you enough? For example: perron shifts sign-off 1234/1 "
                      "--enough too-few (or enough, too-many)");
    int code = name_shift(asked, asked->rest[1], &of);
    if (code)
        return code;
    json_t *request = request_of("sign-off", of, "");
    json_object_set_new(request, "were_enough", json_string(asked->enough));
    if (asked->word)
        json_object_set_new(request, "word", json_string(asked->word));
    return send(asked, request, "signed off");
}

static int run(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(const struct asked *asked);
    } actions[] = {{"needed", needed}, {"show", show},         {"sign-up", sign_up},
                   {"excuse", excuse}, {"stand-in", stand_in}, {"sign-off", sign_off}};
    struct asked asked = {.data = NULL};
    int code;
    const struct command_option options[] = {{"data", &asked.data, NULL},
                                             {"reason", &asked.reason, NULL},
                                             {"enough", &asked.enough, NULL},
                                             {"word", &asked.word, NULL},
                                             {"no-longer", NULL, &asked.is_no_longer},
                                             {"json", NULL, &asked.is_json},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_shifts, argc, argv, options, asked.rest, 4, &asked.count, &code))
        return code;
    asked.data = command_data(asked.data);
    for (unsigned i = 0; asked.count && i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(asked.rest[0], actions[i].name) == 0)
            return actions[i].run(&asked);
    return misuse("shifts needs needed, show, sign-up, excuse, stand-in or sign-off");
}

const struct command command_shifts = {
    "shifts",
    "needed | show SHIFT | sign-up NUMBER SHIFT | excuse NUMBER SHIFT [--reason TEXT] |\n"
    "       stand-in NUMBER SHIFT [--no-longer] |\n"
    "       sign-off SHIFT --enough too-few|enough|too-many [--word TEXT]\n"
    "       with [--data DIR] [--json]",
    "who promised to be there, and where hands are needed\n"
    "SHIFT is a name of perron calendar list, as 1234/1; NUMBER is somebody's member number. "
    "needed\n"
    "shows where hands are needed in the next two weeks, soonest first; show who signed up for "
    "one\n"
    "shift, and who came. Who looks for a stand-in is expected until somebody signs up in their\n"
    "place. A first shift is never alone: somebody who knows the work has to be signed up before.",
    run};
