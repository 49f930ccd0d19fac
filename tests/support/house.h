/*
 * house.h - a small house for tests: a data folder of its own, a clock turned by hand, three people
 * with badges, and what a test wants to do with them in one line.
 *
 * What should work and doesn't ends the test with a sentence (abort). One thread.
 */
#ifndef TESTS_SUPPORT_HOUSE_H
#define TESTS_SUPPORT_HOUSE_H

#include "app/store/door.h"
#include "app/store/folder.h"
#include "app/store/snapshot.h"
#include "app/store/verify.h"

#define HOUSE_ADA "uid:04A1B2C3D4E5F6"
#define HOUSE_BILAL "uid:FDE6F1C2"
#define HOUSE_CHLOE "ean:2410000001613"
#define HOUSE_NOBODY "uid:04FFEEDDCCBBAA"

/* Saturday 2026-11-21, 14:00 in Brussels. */
#define HOUSE_BEGIN_MS INT64_C(1795266000000)
#define HOUSE_MINUTE_MS INT64_C(60000)
#define HOUSE_HOUR_MS INT64_C(3600000)

enum house_person { HOUSE_IS_ADA, HOUSE_IS_BILAL, HOUSE_IS_CHLOE, HOUSE_PEOPLE };

struct house {
    char data[64]; /* the data folder; "" on the fault disk */
    char path[96]; /* of perron.db */
    struct folder *folder;
    struct journal *journal; /* NULL while stopped */
    struct clock *clock;
    unsigned boot;
    struct journal_rules rules;
    enum occasion_kind occasion; /* chosen by staff; OCCASION_COUNT: as the calendar says */
    enum tap_claim claim;        /* of the next taps */
    struct fact_id people[HOUSE_PEOPLE];
    enum rc disk; /* of the last tap, press or undo */
    struct fact_id undo;
    struct reason reason;
};

/* The badges of house_person, in its order. */
extern const char *const house_badges[HOUSE_PEOPLE];

/* In a fresh folder under /tmp, local time Brussels, started, with its people. */
struct house *house_open(void);

/* The same on the fault disk, which must be installed; `path` names the database there. */
struct house *house_open_on_fault_disk(const char *path);

/* Stops it and removes its folder. Takes NULL. */
void house_close(struct house *house);

/* Opens the register; RC_OK, or the reason in house->reason. */
enum rc house_start(struct house *house) MUST_CHECK;
void house_stop(struct house *house);

/* Power off and on: another boot, a quarter of an hour later. */
void house_restart(struct house *house);
void house_reboot_clock(struct house *house, int64_t wall_ms, enum clock_trust trust);

/* Closes the register and opens it again; in another boot with that clock, in the second form. */
void house_reopen(struct house *house);
void house_reboot(struct house *house, int64_t wall_ms, enum clock_trust trust);

void house_wait(struct house *house, int64_t ms);
struct clock_reading house_now(const struct house *house);

/* Adds a person with a badge (NULL: none) in a transaction of its own. */
enum rc house_try_add(struct house *house, const char *first_name, const char *badge,
                      struct fact_id *out_person) MUST_CHECK;
struct fact_id house_add(struct house *house, const char *first_name, const char *badge);

/* One fact in a transaction of its own; `body` is taken over. */
struct fact_id house_record(struct house *house, enum fact_kind kind, struct fact_id subject,
                            json_t *body);

/* A badge that was not in the field lately. */
struct answer house_tap(struct house *house, const char *badge);
struct answer house_press(struct house *house, struct fact_id person, enum answer_kind answer);
enum rc house_undo(struct house *house, const struct answer *answer) MUST_CHECK;

/* The bodies of all facts about a person are erased, by one tombstone. */
void house_erase(struct house *house, struct fact_id person);

/* One number from the register. */
int64_t house_number(struct house *house, const char *sql);

/* Changes the database behind the register's back. */
void house_tamper(struct house *house, const char *sql);

struct verify_result house_verify(struct house *house);

/* Does it? Where not, prints what was found first. */
bool house_holds(struct house *house);

/* The person's visits as the views have them; presence_finish it. */
struct presence house_visits(struct house *house, struct fact_id person);

/* A fact as it is handed from one station to another. */
struct house_fact {
    struct chain_link link; /* its body is `body` */
    char body[4096];
};

/* The facts of all stations in a house's register, each station's in its order; how many. */
size_t house_facts(struct house *house, struct house_fact *out_facts, size_t max);

/* Takes facts of other stations in, in one transaction; RC_OK or why none was taken. */
enum rc house_merge(struct house *house, const struct house_fact *facts, size_t count) MUST_CHECK;

/* Ends the program with a sentence unless `is_true`. */
void house_expect(bool is_true, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
