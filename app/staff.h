/*
 * staff.h - who is staff, and everybody's personal codes: orders of the command line, brought into
 * the register. PINs and codes come sealed: whoever was told them has hashed them. Runs where the
 * journal runs: on a station's writer thread, or in a command.
 */
#ifndef APP_STAFF_H
#define APP_STAFF_H

#include "app/domain/role.h"
#include "app/store/keyring.h"

enum staff_act { STAFF_ADD, STAFF_PIN, STAFF_REMOVE, STAFF_UNLOCK, STAFF_ACT_COUNT };

/* "add", "pin", "remove", "unlock"; as in requests. */
const char *staff_act_name(enum staff_act act);

/* The act of that name, or STAFF_ACT_COUNT. */
enum staff_act staff_act_from_name(const char *name);

#define STAFF_ORGANISATION_BYTES 128 /* its name, with the NUL */

struct staff_order {
    enum staff_act act;
    char who[64];                                /* number, id or whole name: lookup_named */
    enum role role;                              /* STAFF_ADD */
    char organisation[STAFF_ORGANISATION_BYTES]; /* the same: whose people alone it reaches; "": the
                                                    house */
    char sealed[SECRET_SEALED_BYTES];            /* STAFF_ADD, STAFF_PIN: by secret_seal */
};

/* One transaction. RC_NOT_FOUND: nobody is called that, no organisation has the name. A sentence
 * comes with each failure. */
enum rc staff_carry_out(struct journal *journal, const struct staff_order *order,
                        const struct clock_reading *now, struct reason *out_reason) MUST_CHECK;

/*
 * The organisation of that name, of several the one that calendars and reports mean by it.
 * RC_NOT_FOUND with a sentence that has those there are.
 */
enum rc staff_find_organisation(struct db *db, const char *name, struct fact_id *out_organisation,
                                struct reason *out_reason) MUST_CHECK;

#define STAFF_CODES_BYTES (16u << 20)

/*
 * Takes a list of sealed codes, a line "STATION SEQUENCE SEALED" for each person, all in one
 * transaction or none: RC_REFUSED where somebody is gone, has the code of another, or (without
 * `replaces`) has got one meanwhile.
 */
enum rc staff_take_codes(struct journal *journal, const char *bytes, size_t length, bool replaces,
                         const struct clock_reading *now, struct reason *out_reason) MUST_CHECK;

#endif
