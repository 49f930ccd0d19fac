#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/command/command.h"
#include "app/command/format.h"
#include "app/command/named.h"
#include "app/command/order.h"
#include "app/domain/day.h"
#include "app/store/assembly.h"
#include "app/store/lookup.h"
#include "app/store/lookup_occasions.h"

struct asked {
    const char *data;
    const char *rest[4];
    int count;
    const char *to;
    bool takes_back, is_json;
};

static int misuse(const char *sentence)
{
    struct reason reason;
    reason_set(&reason, "%s", sentence);
    return command_misuse(&command_assembly, &reason);
}

/* --- which one --- */

struct looking {
    struct command_register opened;
    struct db *db;
    int64_t station;
    struct occasion occasion;
    bool is_misused; /* a word was no name at all */
};

static enum rc find(struct looking *looking, const char *name, struct reason *out_reason)
{
    struct shift_id of;
    int64_t now_ms = looking->opened.now_ms;
    bool is_next = !name || strcmp(name, "next") == 0;
    enum rc rc = is_next ? assembly_next(looking->db, now_ms - ASSEMBLY_OVERRUN_MS,
                                         FACT_TIME_MAX_MS, &looking->occasion)
                         : named_read(name, looking->station, &of, out_reason);
    looking->is_misused = rc == RC_BAD_INPUT;
    if (!rc && !is_next)
        rc = lookup_occasion(looking->db, of.occasion, &looking->occasion);
    if (rc == RC_EMPTY && is_next)
        reason_set(out_reason, "no assembly is in the calendar; perron calendar add makes one");
    else if (rc == RC_EMPTY)
        reason_set(out_reason, "there is no occasion %.40s; perron calendar list has them", name);
    else if (!rc && looking->occasion.kind != OCCASION_ASSEMBLY)
        reason_set(out_reason, "%.40s is no assembly; perron calendar list has them",
                   is_next ? "this" : name);
    else if (rc && !looking->is_misused)
        reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
    return rc || looking->occasion.kind == OCCASION_ASSEMBLY ? rc : RC_NOT_FOUND;
}

static enum rc look(const struct asked *asked, const char *name, struct looking *looking,
                    struct reason *out_reason)
{
    struct snapshot_counts counts;
    enum rc rc = command_open_register(asked->data, &looking->opened, out_reason);
    if (rc)
        return rc;
    looking->db = snapshot_db(looking->opened.snapshot);
    rc = snapshot_counts(looking->opened.snapshot, looking->opened.now_ms, &counts);
    if (rc)
        reason_set(out_reason, "the register could not be read: %s", rc_text(rc));
    looking->station = counts.station;
    if (!rc)
        rc = find(looking, name, out_reason);
    if (rc)
        command_close_register(&looking->opened);
    return rc;
}

static int fail(const struct looking *looking, const struct reason *reason)
{
    return looking->is_misused ? command_misuse(&command_assembly, reason) : command_fail(reason);
}

/* --- what it says --- */

static const struct {
    const char *name, *text;
} fates[QUORUM_FATES] = {
    [QUORUM_COUNTS] = {"counts", "counts"},
    [QUORUM_NO_VOTE] = {"no-vote", "does not count: one of the two has no vote"},
    [QUORUM_GIVER_HERE] = {"giver-here", "does not count: they are here themselves"},
    [QUORUM_HOLDER_AWAY] = {"holder-away", "does not count yet: who carries it is not here"},
    [QUORUM_HOLDER_FULL] = {"holder-full", "does not count: others gave theirs before"},
    [QUORUM_GIVEN_TWICE] = {"given-twice", "does not count: another one holds"},
};

struct named_person {
    char name[200], number[32];
};

static enum rc name_person(struct db *db, struct fact_id id, struct named_person *out_named)
{
    struct person person = {.number = ""};
    enum rc rc = lookup_person(db, id, &person);
    if (rc && rc != RC_EMPTY)
        return rc;
    snprintf(out_named->name, sizeof out_named->name, "%s%s%s", person.first_name,
             person.last_name[0] ? " " : "", person.last_name);
    memcpy(out_named->number, person.number, sizeof out_named->number);
    return RC_OK;
}

/* --- as JSON --- */

static json_t *part_to_json(const struct quorum_part *part)
{
    return json_pack("{s:I,s:I,s:I,s:I,s:I,s:b}", "entitled", (json_int_t)part->entitled, "here",
                     (json_int_t)part->here, "represented", (json_int_t)part->represented,
                     "present", (json_int_t)quorum_present(part), "needed",
                     (json_int_t)part->needed, "reached", (int)part->is_reached);
}

static json_t *colleges_to_json(const struct quorum *quorum)
{
    json_t *colleges = json_array();
    for (int i = 0; i < quorum->college_count; i++) {
        json_t *college = part_to_json(&quorum->colleges[i].part);
        json_object_set_new(college, "college", json_string(quorum->colleges[i].name));
        json_array_append_new(colleges, college);
    }
    return colleges;
}

static enum rc here_to_json(struct db *db, const struct assembly *assembly, json_t *here)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < assembly->count; i++) {
        const struct quorum_voter *voter = &assembly->voters[i];
        struct named_person named;
        if (!voter->is_here || (rc = name_person(db, voter->id, &named)))
            continue;
        json_array_append_new(here,
                              json_pack("{s:s,s:s,s:s,s:I,s:i}", "number", named.number, "person",
                                        named.name, "college", voter->college, "weight",
                                        (json_int_t)voter->weight, "carries", voter->carries));
    }
    return rc;
}

static enum rc proxies_to_json(struct db *db, const struct assembly *assembly, json_t *proxies)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < assembly->proxy_count; i++) {
        const struct quorum_proxy *proxy = &assembly->proxies[i];
        struct named_person giver, holder;
        if ((rc = name_person(db, proxy->giver, &giver)) ||
            (rc = name_person(db, proxy->holder, &holder)))
            continue;
        json_array_append_new(proxies,
                              json_pack("{s:s,s:s,s:s,s:s,s:s}", "number", giver.number, "person",
                                        giver.name, "to_number", holder.number, "to_person",
                                        holder.name, "fate", fates[proxy->fate].name));
    }
    return rc;
}

static enum rc print_json(const struct looking *looking, const struct assembly *assembly)
{
    char name[NAMED_BYTES];
    const struct occasion *occasion = &looking->occasion;
    const struct quorum *quorum = &assembly->quorum;
    json_t *here = json_array(), *proxies = json_array();
    enum rc rc = here_to_json(looking->db, assembly, here);
    if (!rc)
        rc = proxies_to_json(looking->db, assembly, proxies);
    if (rc) {
        json_decref(here);
        json_decref(proxies);
        return rc;
    }
    named_write((struct shift_id){occasion->id, 0}, looking->station, name);
    command_print(json_pack(
        "{s:s,s:s,s:s,s:o,s:o,s:s,s:b,s:o,s:o,s:o,s:o}", "assembly", name, "title", occasion->title,
        "state", occasion_state_name(occasion->state), "from", format_json_time(occasion->from_ms),
        "to", format_json_time(occasion->to_ms), "by", quorum->is_by_shares ? "shares" : "heads",
        "by_college", (int)quorum->is_by_college, "quorum", part_to_json(&quorum->all), "colleges",
        colleges_to_json(quorum), "here", here, "proxies", proxies));
    return RC_OK;
}

/* --- as a table --- */

static void print_part(const char *name, const struct quorum_part *part)
{
    format_print_padded(name, 24);
    printf("%7" PRId64 " %9" PRId64 " %8" PRId64 " %7" PRId64 " %6" PRId64 "  %s\n", part->here,
           part->represented, quorum_present(part), part->needed, part->entitled,
           part->is_reached ? "reached" : "not reached");
}

static void print_quorum(const struct looking *looking, const struct quorum *quorum)
{
    char name[NAMED_BYTES], from[32], to[32];
    const struct occasion *occasion = &looking->occasion;
    named_write((struct shift_id){occasion->id, 0}, looking->station, name);
    day_format_local(occasion->from_ms, from, sizeof from);
    day_format_local(occasion->to_ms, to, sizeof to);
    printf("%s  %.16s - %.5s  %s%s\n", name, from, to + 11, occasion->title,
           occasion->state == OCCASION_CANCELLED ? " (cancelled)" : "");
    printf("%-24s %7s %9s %8s %7s %6s\n", quorum->is_by_shares ? "by shares" : "by heads", "here",
           "by proxy", "present", "needed", "of");
    print_part("all", &quorum->all);
    for (int i = 0; i < quorum->college_count; i++)
        print_part(quorum->colleges[i].name, &quorum->colleges[i].part);
    if (quorum->has_more_colleges)
        puts("there are more colleges than can be counted; look at the list of people");
}

static enum rc print_here(struct db *db, const struct assembly *assembly)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < assembly->count; i++) {
        const struct quorum_voter *voter = &assembly->voters[i];
        struct named_person named;
        if (!voter->is_here || (rc = name_person(db, voter->id, &named)))
            continue;
        printf("  %-8s %s%s%s", named.number, named.name, voter->college[0] ? ", " : "",
               voter->college);
        printf(voter->carries ? ", carries %d\n" : "\n", voter->carries);
    }
    return rc;
}

static enum rc print_proxies(struct db *db, const struct assembly *assembly)
{
    enum rc rc = RC_OK;
    for (size_t i = 0; !rc && i < assembly->proxy_count; i++) {
        const struct quorum_proxy *proxy = &assembly->proxies[i];
        struct named_person giver, holder;
        if (!(rc = name_person(db, proxy->giver, &giver)) &&
            !(rc = name_person(db, proxy->holder, &holder)))
            printf("  %s votes for %s, %s\n", holder.name, giver.name, fates[proxy->fate].text);
    }
    return rc;
}

static enum rc print_table(const struct looking *looking, const struct assembly *assembly)
{
    print_quorum(looking, &assembly->quorum);
    enum rc rc = print_here(looking->db, assembly);
    return rc ? rc : print_proxies(looking->db, assembly);
}

static int show(const struct asked *asked)
{
    struct reason reason = {.text = ""};
    struct assembly assembly;
    struct looking looking = {.is_misused = false};
    if (asked->count > 1)
        return misuse("one assembly at a time");
    if (asked->to || asked->takes_back)
        return misuse("whose proxy? For example: perron assembly proxy 1001 --to 1002");
    if (look(asked, asked->count ? asked->rest[0] : NULL, &looking, &reason))
        return fail(&looking, &reason);
    const struct assembly_of of = {
        looking.occasion.id, day_number(looking.opened.now_ms, looking.opened.venue.day_end_min)};
    enum rc rc = assembly_open(looking.db, &looking.opened.venue.statutes, of,
                               looking.opened.now_ms, &assembly);
    if (!rc) {
        rc = (asked->is_json ? print_json : print_table)(&looking, &assembly);
        assembly_finish(&assembly);
    }
    command_close_register(&looking.opened);
    if (rc)
        reason_set(&reason, "the register could not be read: %s", rc_text(rc));
    return rc ? command_fail(&reason) : COMMAND_OK;
}

/* --- proxies --- */

/* The register is closed again before anybody writes. */
static int give(const struct asked *asked)
{
    struct reason reason = {.text = ""};
    struct order_result result;
    struct looking looking = {.is_misused = false};
    bool is_whole = asked->count >= 2 && asked->count <= 3 && !asked->to == asked->takes_back;
    if (!is_whole)
        return misuse("whose, and to whom? For example: perron assembly proxy 1001 --to 1002, or "
                      "perron assembly proxy 1001 --take-back");
    if (look(asked, asked->count == 3 ? asked->rest[2] : NULL, &looking, &reason))
        return fail(&looking, &reason);
    command_close_register(&looking.opened);
    json_t *request =
        json_pack("{s:s,s:s,s:s,s:[I,I],s:s*}", "do", "deed", "deed", "proxy", "number",
                  asked->rest[1], "occasion", (json_int_t)looking.occasion.id.station,
                  (json_int_t)looking.occasion.id.seq, "other", asked->to);
    enum rc rc = order_send(asked->data, request, -1, NULL, &result, &reason);
    orders_forget(&result);
    if (rc)
        return command_fail(&reason);
    if (asked->is_json)
        command_print(json_pack("{s:s}", "done", asked->to ? "given" : "taken back"));
    else
        puts(asked->to ? "given" : "taken back");
    return COMMAND_OK;
}

static int run(int argc, char **argv)
{
    struct asked asked = {.data = NULL};
    int code;
    const struct command_option options[] = {{"data", &asked.data, NULL},
                                             {"to", &asked.to, NULL},
                                             {"take-back", NULL, &asked.takes_back},
                                             {"json", NULL, &asked.is_json},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_assembly, argc, argv, options, asked.rest, 4, &asked.count,
                         &code))
        return code;
    asked.data = command_data(asked.data);
    bool is_proxy = asked.count && strcmp(asked.rest[0], "proxy") == 0;
    return is_proxy ? give(&asked) : show(&asked);
}

const struct command command_assembly = {
    "assembly",
    "[ASSEMBLY|next] |\n"
    "       proxy NUMBER --to NUMBER [ASSEMBLY|next] | proxy NUMBER --take-back [ASSEMBLY|next]\n"
    "       with [--data DIR] [--json]",
    "whether an assembly may decide, who votes there, and for whom\n"
    "ASSEMBLY is a name of perron calendar list, as 1234; the next one where it is left out. "
    "Shows\n"
    "votes by college and in all, as the statutes in perron.conf count them: here, carried by a\n"
    "proxy, present, needed, and of how many. proxy says who votes for somebody; it holds until "
    "it\n"
    "is given to another or taken back, and counts while its giver is away and its holder is here.",
    run};
