#include "app/staff.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/store/keys.h"
#include "app/store/lookup.h"
#include "app/store/lookup_named.h"
#include "app/store/report.h"

static const struct fact_id house = {0, 0};

/* What the order names, as the register has it. */
struct staff_about {
    struct fact_id person;
    struct fact_id organisation; /* none: the house */
};

static enum rc add(struct journal *journal, const struct staff_order *order,
                   const struct staff_about *about)
{
    enum rc rc = journal_add(journal, FACT_ROLE_SET, about->person, about->organisation,
                             json_pack("{s:s}", "role", role_name(order->role)), NULL);
    return rc ? rc : keyring_set_pin(journal, about->person, order->sealed);
}

static enum rc set_pin(struct journal *journal, const struct staff_order *order,
                       const struct staff_about *about)
{
    return keyring_set_pin(journal, about->person, order->sealed);
}

static enum rc take_away(struct journal *journal, const struct staff_order *order,
                         const struct staff_about *about)
{
    (void)order;
    return journal_add(journal, FACT_ROLE_SET, about->person, house,
                       json_pack("{s:s}", "role", role_name(ROLE_NONE)), NULL);
}

static enum rc unlock(struct journal *journal, const struct staff_order *order,
                      const struct staff_about *about)
{
    (void)order;
    return keyring_unlock(journal, about->person);
}

static const struct {
    const char *name;
    enum rc (*run)(struct journal *journal, const struct staff_order *order,
                   const struct staff_about *about);
    enum { FOR_ANYBODY, FOR_A_ROLE, FOR_RIGHTS } whom; /* of a role, or of their circle */
} acts[STAFF_ACT_COUNT] = {
    [STAFF_ADD] = {"add", add, FOR_ANYBODY},
    [STAFF_PIN] = {"pin", set_pin, FOR_RIGHTS},
    [STAFF_REMOVE] = {"remove", take_away, FOR_A_ROLE},
    [STAFF_UNLOCK] = {"unlock", unlock, FOR_RIGHTS},
};

const char *staff_act_name(enum staff_act act)
{
    return acts[act].name;
}

enum staff_act staff_act_from_name(const char *name)
{
    enum staff_act act = 0;
    while (act < STAFF_ACT_COUNT && (!name || strcmp(acts[act].name, name) != 0))
        act++;
    return act;
}

enum rc staff_find_organisation(struct db *db, const char *name, struct fact_id *out_organisation,
                                struct reason *out_reason)
{
    struct fact_id found = house;
    enum rc rc = report_find_organisation(db, name, &found, out_reason);
    if (!rc && found.seq <= 0) {
        reason_set(out_reason, "a role is of one organisation by its name, or of the whole house");
        return RC_NOT_FOUND;
    }
    if (!rc)
        *out_organisation = found;
    return rc;
}

/* RC_REFUSED with a sentence where the act is for others. */
static enum rc check_whom(struct journal *journal, const struct staff_order *order,
                          const struct person *person, struct reason *out_reason)
{
    struct fold_keyholder keyholder;
    struct mandate mandate = {.house = 0};
    enum rc rc = keys_find(journal_db(journal), person->id, &keyholder);
    if (!rc && acts[order->act].whom == FOR_RIGHTS)
        rc = keys_mandate_of(journal_db(journal), journal_circles(journal), &keyholder, person,
                             &mandate);
    if (rc || acts[order->act].whom == FOR_ANYBODY || keyholder.role != ROLE_NONE ||
        rights_take_pin(mandate_rights(&mandate)))
        return rc;
    if (acts[order->act].whom == FOR_RIGHTS)
        reason_set(out_reason,
                   "%s has neither a role nor a circle with rights that take a PIN; perron staff "
                   "add makes them staff, and circles.conf gives rights to a circle (may = ...)",
                   order->who);
    else
        reason_set(out_reason,
                   "%s has no role to take away; what a circle may is written in circles.conf, and "
                   "perron people circle puts somebody into another",
                   order->who);
    return RC_REFUSED;
}

static enum rc carry_out(struct journal *journal, const struct staff_order *order,
                         struct reason *out_reason)
{
    struct person person;
    struct staff_about about = {.organisation = house};
    enum rc rc = lookup_named(journal_db(journal), order->who, &person, out_reason);
    if (!rc)
        rc = check_whom(journal, order, &person, out_reason);
    if (!rc && order->organisation[0])
        rc = staff_find_organisation(journal_db(journal), order->organisation, &about.organisation,
                                     out_reason);
    about.person = person.id;
    return rc ? rc : acts[order->act].run(journal, order, &about);
}

/* What carry_out has no sentence for. */
static enum rc tell(enum rc rc, struct reason *out_reason)
{
    if (rc == RC_BAD_INPUT)
        reason_set(out_reason, "the request brought no sealed PIN or code");
    else if (rc && rc != RC_NOT_FOUND && rc != RC_REFUSED)
        reason_set(out_reason, "the register cannot be written: %s", rc_text(rc));
    return rc;
}

enum rc staff_carry_out(struct journal *journal, const struct staff_order *order,
                        const struct clock_reading *now, struct reason *out_reason)
{
    enum rc rc = journal_begin(journal, now);
    if (!rc) {
        rc = carry_out(journal, order, out_reason);
        if (!rc)
            rc = journal_commit(journal);
        else
            journal_rollback(journal);
    }
    return tell(rc, out_reason);
}

/* --- codes --- */

/* "STATION SEQUENCE SEALED", with the end of the line cut off. */
static enum rc read_code_line(char *line, struct fact_id *out_person, const char **out_sealed)
{
    int used = 0;
    struct fact_id person;
    if (sscanf(line, "%" SCNd64 " %" SCNd64 " %n", &person.station, &person.seq, &used) != 2 ||
        !used || strlen(line + used) >= SECRET_SEALED_BYTES)
        return RC_BAD_INPUT;
    *out_person = person;
    *out_sealed = line + used;
    return RC_OK;
}

static enum rc take_code(struct journal *journal, char *line, bool replaces,
                         struct reason *out_reason)
{
    struct fact_id id;
    struct person person;
    const char *sealed;
    struct fold_keyholder keyholder;
    enum rc rc = read_code_line(line, &id, &sealed);
    if (!rc)
        rc = lookup_person(journal_db(journal), id, &person);
    if (!rc)
        rc = keys_find(journal_db(journal), id, &keyholder);
    if (!rc && (!keyholder.code[0] || replaces))
        rc = keyring_set_code(journal, id, sealed);
    else if (!rc)
        rc = RC_REFUSED;
    if (rc == RC_EMPTY || rc == RC_REFUSED) {
        reason_set(out_reason, "the register changed while the codes were made, and took none of "
                               "them; try again");
        return RC_REFUSED;
    }
    return rc;
}

static enum rc take_codes(struct journal *journal, char *lines, bool replaces,
                          struct reason *out_reason)
{
    enum rc rc = RC_OK;
    char *rest = lines;
    for (char *line; !rc && (line = strtok_r(rest, "\n", &rest));)
        rc = take_code(journal, line, replaces, out_reason);
    return rc;
}

enum rc staff_take_codes(struct journal *journal, const char *bytes, size_t length, bool replaces,
                         const struct clock_reading *now, struct reason *out_reason)
{
    char *lines = strndup(bytes, length);
    enum rc rc = lines ? journal_begin(journal, now) : RC_NO_MEMORY;
    if (!rc) {
        rc = take_codes(journal, lines, replaces, out_reason);
        if (!rc)
            rc = journal_commit(journal);
        else
            journal_rollback(journal);
    }
    free(lines);
    return tell(rc, out_reason);
}
