/*
 * house.h - a data folder of a test's own with a few people in it, and hands to tap for them.
 *
 * Ada, Zoé and Joris have the badges HOUSE_ADA, HOUSE_ZOE and HOUSE_JORIS. Time stands still but
 * for house_wait. Everything asserts: a house that cannot be built fails the test.
 */
#ifndef TESTS_SUPPORT_HOUSE_H
#define TESTS_SUPPORT_HOUSE_H

#include "app/store/door.h"
#include "app/store/folder.h"
#include "app/store/snapshot.h"
#include "app/store/verify.h"

#define HOUSE_ADA "uid:04A1B2C3D4E5F6"
#define HOUSE_ZOE "uid:FDE6F1C2"
#define HOUSE_JORIS "ean:2410000001613"

struct house {
    char path[64];
    char db_path[128];
    struct folder *folder;
    struct journal *journal;
    struct clock *clock;
    struct fact_id ada, zoe, joris;
};

/* Wednesday 25 November 2026, 13:48 in Brussels, with a trusted clock. */
void house_open(struct house *house);

/* Closes and removes everything. */
void house_close(struct house *house);

/* Closes the register and opens it again; in another boot, with that clock, where asked. */
void house_reopen(struct house *house);
void house_reboot(struct house *house, int64_t wall_ms, enum clock_trust trust);

void house_wait(struct house *house, int64_t ms);
struct clock_reading house_now(const struct house *house);

/* Adds a person with a badge; her fact's name. */
struct fact_id house_add(struct house *house, const char *first_name, const char *badge);

/* A tap with nothing remembered of this badge. */
struct answer house_tap(struct house *house, const char *badge);

void house_undo(struct house *house, const struct answer *answer);

/* Appends a fact in a transaction of its own. */
struct fact_id house_fact(struct house *house, enum fact_kind kind, struct fact_id subject,
                          json_t *body);

/* Does perron verify hold? */
bool house_holds(struct house *house);
struct verify_result house_verify(struct house *house);

/* The person's visits as the views have them; presence_finish it. */
struct presence house_visits(struct house *house, struct fact_id person);

/* The one number of a query on the register. */
int64_t house_number(struct house *house, const char *sql);

#endif
