#include <stdio.h>
#include <string.h>

#include "app/command/command.h"
#include "app/command/order.h"
#include "app/command/people_codes.h"
#include "app/command/people_erase.h"
#include "app/command/period.h"
#include "app/store/lookup_named.h"

struct asked {
    const char *data;
    const char *rest[4];
    int count;
    bool is_dry_run, skips_refused, is_all, is_sure, is_json;
};

static int misuse(const char *sentence)
{
    fprintf(stderr, "perron: %s\nperron people --help tells more\n", sentence);
    return COMMAND_MISUSED;
}

/* --- import --- */

static int import(const struct asked *asked)
{
    if (asked->count != 2)
        return misuse("which list? For example: perron people import people.csv");
    return order_send_file(asked->data,
                           json_pack("{s:s,s:b,s:b,s:b}", "do", "import", "dry_run",
                                     asked->is_dry_run, "skip_refused", asked->skips_refused,
                                     "json", asked->is_json),
                           asked->rest[1], NULL, asked->is_json);
}

/* --- list and show --- */

struct listing {
    json_t *array;      /* NULL: lines */
    struct fact_id who; /* only this one; none: all */
    int count;
};

static enum rc list_row(void *context, const struct snapshot_person *row)
{
    struct listing *listing = context;
    char handle[LOOKUP_NAMED_HANDLE_BYTES], id[FACT_ID_BYTES], name[PERSON_FULL_NAME_BYTES];
    if (!fact_id_is_none(listing->who) && !fact_id_is_same(row->person.id, listing->who))
        return RC_OK;
    listing->count++;
    lookup_named_handle(&row->person, handle);
    fact_id_write(row->person.id, id);
    if (!listing->array) {
        person_full_name(&row->person, name);
        printf("%-8s %s%s%s, %d badge%s%s\n", handle, name, row->person.circle[0] ? ", " : "",
               row->person.circle, row->badges, row->badges == 1 ? "" : "s",
               row->is_in ? ", in the house" : "");
        return RC_OK;
    }
    json_t *object = person_to_json(&row->person);
    if (!object || json_object_set_new(object, "id", json_string(id)) ||
        json_object_set_new(object, "badges", json_integer(row->badges)) ||
        json_object_set_new(object, "is_in", json_boolean(row->is_in)) ||
        json_array_append_new(listing->array, object))
        return RC_NO_MEMORY;
    return RC_OK;
}

static void show_details(const struct person *person)
{
    for (int i = 0; i < person_field_count; i++)
        if (person_text_const(person, i)[0])
            printf("%-12s %s\n", person_fields[i].name, person_text_const(person, i));
}

/* `who` NULL: everybody. */
static enum rc list_from(struct command_register *opened, const char *who, struct listing *listing,
                         struct reason *out_reason)
{
    struct person person;
    enum rc rc = who ? command_find_person(opened, who, &person, out_reason) : RC_OK;
    if (rc)
        return rc;
    if (who)
        listing->who = person.id;
    rc = snapshot_people(opened->snapshot, opened->now_ms, list_row, listing);
    if (rc)
        reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
    else if (who && !listing->array)
        show_details(&person);
    return rc;
}

static int list(const struct asked *asked, const char *who)
{
    struct reason reason = {.text = ""};
    struct command_register opened;
    if (command_open_register(asked->data, &opened, &reason))
        return command_fail(&reason);
    struct listing listing = {.array = asked->is_json ? json_array() : NULL};
    enum rc rc = list_from(&opened, who, &listing, &reason);
    command_close_register(&opened);
    if (rc) {
        json_decref(listing.array);
        return command_fail(&reason);
    }
    if (asked->is_json)
        command_print(listing.array);
    else if (!listing.count)
        puts("the house knows nobody yet");
    return COMMAND_OK;
}

static int show(const struct asked *asked)
{
    if (asked->count != 2)
        return misuse("who? For example: perron people show 1001");
    return list(asked, asked->rest[1]);
}

static int list_all(const struct asked *asked)
{
    if (asked->count != 1)
        return misuse("perron people list takes no more words");
    return list(asked, NULL);
}

/* --- badge --- */

static int give_badge(const struct asked *asked)
{
    struct reason reason = {.text = ""};
    struct order_result result;
    if (asked->count != 3)
        return misuse("whose, and which? For example: perron people badge 1001 04:A1:B2:C3");
    enum rc rc = order_send(asked->data,
                            json_pack("{s:s,s:s,s:s}", "do", "badge", "number", asked->rest[1],
                                      "badge", asked->rest[2]),
                            -1, NULL, &result, &reason);
    orders_forget(&result);
    if (rc)
        return command_fail(&reason);
    if (asked->is_json)
        command_print(json_pack("{s:s,s:b}", "number", asked->rest[1], "given", 1));
    else
        printf("%s has the badge\n", asked->rest[1]);
    return COMMAND_OK;
}

/* --- what people intend --- */

static int send(const struct asked *asked, json_t *request, const char *done)
{
    struct reason reason = {.text = ""};
    struct order_result result;
    enum rc rc = order_send(asked->data, request, -1, NULL, &result, &reason);
    orders_forget(&result);
    if (rc)
        return command_fail(&reason);
    if (asked->is_json)
        command_print(json_pack("{s:s,s:s}", "number", asked->rest[1], "done", asked->rest[0]));
    else
        printf(done, asked->rest[1]);
    return COMMAND_OK;
}

static int set_circle(const struct asked *asked)
{
    if (asked->count != 3)
        return misuse("whose, and which? For example: perron people circle 1001 member, or none");
    bool is_none = strcmp(asked->rest[2], "none") == 0;
    return send(asked,
                json_pack("{s:s,s:s,s:s}", "do", "circle", "number", asked->rest[1], "circle",
                          is_none ? "" : asked->rest[2]),
                is_none ? "%s has no circle\n" : "%s has that circle\n");
}

static int rest(const struct asked *asked)
{
    struct reason reason = {.text = ""};
    int until = 0;
    if (asked->count != 3)
        return misuse("who, and until when? For example: perron people rest 1001 2027-01-15, or "
                      "none");
    if (strcmp(asked->rest[2], "none") != 0 && period_read_day(asked->rest[2], &until, &reason))
        return misuse(reason.text);
    return send(asked,
                json_pack("{s:s,s:s,s:i}", "do", "rest", "number", asked->rest[1], "until", until),
                until ? "%s rests until then\n" : "%s rests no longer\n");
}

/* What somebody wants or does not want the door to tell. */
static int set_yes_no(const struct asked *asked, const char *verb, const char *key,
                      const char *const done[2])
{
    bool is_yes = asked->count == 3 && strcmp(asked->rest[2], "yes") == 0;
    if (asked->count != 3 || (!is_yes && strcmp(asked->rest[2], "no") != 0)) {
        char sentence[96];
        snprintf(sentence, sizeof sentence,
                 "whose, yes or no? For example: perron people %s 1001 yes", asked->rest[0]);
        return misuse(sentence);
    }
    return send(asked,
                json_pack("{s:s,s:s,s:b}", "do", verb, "number", asked->rest[1], key, (int)is_yes),
                done[is_yes]);
}

static int hide(const struct asked *asked)
{
    static const char *const done[] = {"the hours of %s are shown at the goodbye\n",
                                       "the hours of %s are on no public screen\n"};
    return set_yes_no(asked, "hide", "is_private", done);
}

static int be_discreet(const struct asked *asked)
{
    static const char *const done[] = {"%s is greeted by name\n", "%s is greeted without a name\n"};
    return set_yes_no(asked, "discreet", "is_discreet", done);
}

/* --- codes --- */

static int make_codes(const struct asked *asked)
{
    if (asked->count != 2)
        return misuse("into which file? For example: perron people codes codes.csv");
    return people_codes(asked->data, asked->rest[1], asked->is_all, asked->is_json);
}

/* --- what somebody may ask of the house about themselves --- */

static int erase(const struct asked *asked)
{
    if (asked->count != 2)
        return misuse("whom? For example: perron people erase 1001");
    return people_erase(asked->data, asked->rest[1], asked->is_sure, asked->is_json);
}

static int tell_data(const struct asked *asked)
{
    if (asked->count != 3)
        return misuse("whose, and into which file? For example: perron people data 1001 ada.json");
    return people_data(asked->data, asked->rest[1], asked->rest[2], asked->is_json);
}

static int run(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(const struct asked *asked);
    } actions[] = {{"import", import},    {"list", list_all},        {"show", show},
                   {"badge", give_badge}, {"circle", set_circle},    {"rest", rest},
                   {"private", hide},     {"discreet", be_discreet}, {"codes", make_codes},
                   {"erase", erase},      {"data", tell_data}};
    struct asked asked = {.data = NULL};
    int code;
    const struct command_option options[] = {{"data", &asked.data, NULL},
                                             {"dry-run", NULL, &asked.is_dry_run},
                                             {"skip-refused", NULL, &asked.skips_refused},
                                             {"all", NULL, &asked.is_all},
                                             {"yes", NULL, &asked.is_sure},
                                             {"json", NULL, &asked.is_json},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_people, argc, argv, options, asked.rest, 4, &asked.count, &code))
        return code;
    asked.data = command_data(asked.data);
    for (unsigned i = 0; asked.count && i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(asked.rest[0], actions[i].name) == 0)
            return actions[i].run(&asked);
    return misuse(
        "people needs import, list, show, badge, circle, rest, private, discreet, codes, erase or "
        "data");
}

const struct command command_people = {
    "people",
    "import FILE [--dry-run] [--skip-refused] | list | show WHO | badge WHO BADGE |\n"
    "       circle WHO CIRCLE|none | rest WHO DAY|none | private WHO yes|no |\n"
    "       discreet WHO yes|no | codes FILE [--all] | erase WHO [--yes] |\n"
    "       data WHO FILE   with [--data DIR] [--json]",
    "takes lists of people, shows them, gives badges and codes\n"
    "WHO is a member number, the whole name, or the id that list shows for who has no number.\n"
    "import reads CSV as spreadsheets and membership programs write it, and takes it whole or not "
    "at\n"
    "all; --dry-run only shows who is new, changed or refused, with line and reason.\n"
    "circle says how much somebody intends, rest until which day they intend nothing, private "
    "that\n"
    "their hours are on no public screen, discreet that the door greets them without a name.\n"
    "perron circles lists the circles.\n"
    "codes makes a personal code for everybody who has none (--all: for everybody, the old ones "
    "end)\n"
    "and writes number, name and code into a new file, once. FILE is there only when the register\n"
    "has its codes. After a power cut run it again: where it says that everybody has a code\n"
    "already, FILE.part is the list.\n"
    "erase tells what of somebody would go and what would stay, and with --yes erases them: name,\n"
    "badges, visits, all they said; their hours stay as sums of months under no name.\n"
    "data writes all that the register has about somebody into a new file, as JSON.",
    run};
