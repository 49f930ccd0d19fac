/* perron staff list - who may more than others, by role and by circle. */
#include <stdio.h>

#include "app/command/staff_command_i.h"
#include "app/staff.h"
#include "app/store/keys.h"
#include "app/store/lookup.h"
#include "app/store/lookup_named.h"
#include "app/store/lookup_occasions.h"

struct listing {
    struct db *db;
    const struct circle_list *circles;
    struct clock_reading now;
    json_t *array; /* NULL: lines */
    int count;
};

/* "" for the whole house; nobody is left to guess where the register does not know it (yet). */
static enum rc name_reach(struct db *db, struct fact_id organisation,
                          char out_name[STAFF_ORGANISATION_BYTES])
{
    enum rc rc = lookup_organisation_name(db, organisation, out_name, STAFF_ORGANISATION_BYTES);
    if (!rc && !fact_id_is_none(organisation) && !out_name[0])
        snprintf(out_name, STAFF_ORGANISATION_BYTES, "?");
    return rc;
}

/* What somebody has that others have not. */
struct listed {
    struct fold_keyholder keys;
    char organisation[STAFF_ORGANISATION_BYTES];
    unsigned rights; /* all of them, however far they reach */
    unsigned circle; /* rights that their circle gives; 0: none that open anything */
    int64_t locked_s;
};

static enum rc find_listed(const struct listing *listing, const struct person *person,
                           struct listed *listed)
{
    const struct fold_keyholder nobody = {.role = ROLE_NONE};
    struct mandate mandate, circle;
    struct lock lock;
    enum rc rc = keys_find(listing->db, person->id, &listed->keys);
    if (!rc)
        rc = keys_mandate_of(listing->db, listing->circles, &listed->keys, person, &mandate);
    if (!rc)
        rc = keys_mandate_of(listing->db, listing->circles, &nobody, person, &circle);
    if (rc)
        return rc;
    listed->rights = mandate_rights(&mandate);
    listed->circle = mandate_rights(&circle);
    if (!rights_open_staff_mode(listed->circle))
        listed->circle = 0;
    rc = keys_find_lock(listing->db, person->id, &lock);
    if (!rc)
        rc = name_reach(listing->db, listed->keys.organisation, listed->organisation);
    if (!rc)
        listed->locked_s = (lock_left_ms(&lock, &listing->now) + 999) / 1000;
    return rc;
}

static json_t *name_rights(unsigned rights)
{
    json_t *names = json_array();
    for (int right = 0; right < RIGHT_COUNT; right++)
        if (rights_may(rights, (enum right)right))
            json_array_append_new(names, json_string(right_name((enum right)right)));
    return names;
}

static enum rc list_json(json_t *array, const struct snapshot_person *row,
                         const struct listed *listed)
{
    const struct person *person = &row->person;
    return json_array_append_new(
               array,
               json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:o,s:b,s:i,s:I}", "number", person->number,
                         "first_name", person->first_name, "last_name", person->last_name, "role",
                         role_name(listed->keys.role), "organisation", listed->organisation,
                         "circle", listed->circle ? person->circle : "", "rights",
                         name_rights(listed->rights), "has_pin", listed->keys.pin[0] != 0, "badges",
                         row->badges, "locked_s", (json_int_t)listed->locked_s))
               ? RC_NO_MEMORY
               : RC_OK;
}

/* ", circle member (roll-call, export)" */
static void print_circle(const char *circle, unsigned rights)
{
    const char *before = "";
    printf(", circle %s (", circle);
    for (int right = 0; right < RIGHT_COUNT; right++)
        if (rights_may(rights, (enum right)right)) {
            printf("%s%s", before, right_name((enum right)right));
            before = ", ";
        }
    putchar(')');
}

static void print_listed(const struct snapshot_person *row, const struct listed *listed)
{
    const struct person *person = &row->person;
    char name[PERSON_FULL_NAME_BYTES], who[LOOKUP_NAMED_HANDLE_BYTES];
    person_full_name(person, name);
    lookup_named_handle(person, who);
    printf("%-8s %s", who, name);
    if (listed->keys.role != ROLE_NONE)
        printf(", %s%s%s", role_name(listed->keys.role), listed->organisation[0] ? " of " : "",
               listed->organisation);
    if (listed->circle)
        print_circle(person->circle, listed->circle);
    printf(", %d badge%s%s", row->badges, row->badges == 1 ? "" : "s",
           listed->keys.pin[0] ? "" : ", no PIN yet");
    if (listed->locked_s)
        printf(", locked for %lld s", (long long)listed->locked_s);
    putchar('\n');
}

static enum rc list_row(void *context, const struct snapshot_person *row)
{
    struct listing *listing = context;
    struct listed listed;
    enum rc rc = find_listed(listing, &row->person, &listed);
    if (rc || (listed.keys.role == ROLE_NONE && !listed.circle))
        return rc;
    listing->count++;
    if (listing->array)
        return list_json(listing->array, row, &listed);
    print_listed(row, &listed);
    return RC_OK;
}

int staff_command_list(const struct staff_command_asked *asked)
{
    struct reason reason = {.text = ""};
    struct command_register opened;
    if (command_open_register(asked->data, &opened, &reason))
        return command_fail(&reason);
    struct listing listing = {.db = snapshot_db(opened.snapshot),
                              .circles = &opened.venue.circles,
                              .array = asked->is_json ? json_array() : NULL};
    enum rc rc = command_now(&listing.now, &reason);
    if (!rc && (rc = snapshot_people(opened.snapshot, opened.now_ms, list_row, &listing)))
        reason_set(&reason, "the register could not be read: %s", rc_text(rc));
    command_close_register(&opened);
    if (rc) {
        json_decref(listing.array);
        return command_fail(&reason);
    }
    if (asked->is_json)
        command_print(listing.array);
    else if (!listing.count)
        puts("nobody is staff yet; perron staff add WHO makes somebody so");
    return COMMAND_OK;
}
