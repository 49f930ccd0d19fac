#include "tests/support/demo.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/enrol.h"
#include "app/exchange/infile.h"
#include "app/staff.h"
#include "app/store/folder.h"
#include "app/store/lookup.h"
#include "app/store/welcome.h"

#define MADE_MS INT64_C(1795168800000) /* 2026-11-20 10:00 UTC */

/* A folder with its journal open. */
struct opened {
    struct folder *folder;
    struct journal *journal;
};

static enum rc open_house(const char *data, const struct clock_reading *now,
                          struct opened *out_opened, struct reason *out_reason)
{
    const struct journal_rules rules = {240, "Europe/Brussels"};
    *out_opened = (struct opened){NULL, NULL};
    enum rc rc = folder_open(data, FOLDER_WRITE, &out_opened->folder, out_reason);
    if (!rc)
        rc = folder_open_journal(out_opened->folder, &rules, now, &out_opened->journal, out_reason);
    return rc;
}

static void close_house(struct opened *opened)
{
    journal_close(opened->journal);
    folder_close(opened->folder);
}

static enum rc import(const struct opened *opened, const struct clock_reading *now,
                      struct reason *out_reason)
{
    const struct enrol_options options = {.is_dry_run = false, .now = *now};
    char *bytes, *told = NULL;
    size_t length;
    enum rc rc = infile_read(DEMO_PEOPLE, ENROL_FILE_BYTES, &bytes, &length, out_reason);
    if (rc)
        return rc;
    rc = enrol_import(opened->journal, bytes, length, &options, &told, out_reason);
    free(bytes);
    free(told);
    return rc;
}

/* --- who is what --- */

static const struct staff_order orders[] = {
    {.act = STAFF_ADD, .who = "1001", .role = ROLE_STAFF},
    {.act = STAFF_ADD, .who = "1003", .role = ROLE_HOST},
    {.act = STAFF_ADD, .who = "1004", .role = ROLE_REFERENT},
};

static const struct {
    const char *number, *code;
} codes[] = {{"1002", "BCDFGH"}, {"1006", "JKLMNP"}, {"1004", "QRSTVW"}, {"1005", "XZBCDF"}};

static enum rc give_roles(const struct opened *opened, const struct clock_reading *now,
                          struct reason *out_reason)
{
    char sealed[SECRET_SEALED_BYTES];
    enum rc rc = secret_seal(folder_key(opened->folder), DEMO_PIN, sealed);
    for (size_t i = 0; !rc && i < sizeof orders / sizeof orders[0]; i++) {
        struct staff_order order = orders[i];
        memcpy(order.sealed, sealed, sizeof sealed);
        rc = staff_carry_out(opened->journal, &order, now, out_reason);
    }
    return rc;
}

static enum rc give_code(const struct opened *opened, const char *number, const char *code)
{
    char sealed[SECRET_SEALED_BYTES];
    struct person person;
    enum rc rc = lookup_number(journal_db(opened->journal), number, &person);
    if (!rc)
        rc = secret_seal_alike(folder_key(opened->folder), code, sealed);
    return rc ? rc : keyring_set_code(opened->journal, person.id, sealed);
}

static enum rc give_codes(const struct opened *opened, const struct clock_reading *now)
{
    enum rc rc = journal_begin(opened->journal, now);
    if (rc)
        return rc;
    for (size_t i = 0; !rc && i < sizeof codes / sizeof codes[0]; i++)
        rc = give_code(opened, codes[i].number, codes[i].code);
    if (!rc)
        return journal_commit(opened->journal);
    journal_rollback(opened->journal);
    return rc;
}

/* Who looks after newcomers. */
static enum rc give_buddies(const struct opened *opened, const struct clock_reading *now,
                            struct reason *out_reason)
{
    struct person person;
    const struct office office = {.now = *now};
    enum rc rc = lookup_number(journal_db(opened->journal), DEMO_BUDDY, &person);
    return rc ? rc
              : welcome_set_willing(opened->journal, &office, person.id, true, LANGUAGE_FR,
                                    out_reason);
}

/* Before anything that happens in a story. */
static enum rc read_clock(struct clock_reading *out_now)
{
    struct clock *clock;
    enum rc rc = clock_open_simulated(MADE_MS, CLOCK_SYNCED, 99, &clock);
    if (rc)
        return rc;
    clock_read(clock, out_now);
    clock_close(clock);
    return RC_OK;
}

/* Four votes of forty are a quorum that a story can reach. Settings that lie there stay. */
static enum rc write_statutes(const char *data)
{
    char path[512];
    snprintf(path, sizeof path, "%s/perron.conf", data);
    FILE *file = fopen(path, "wx");
    if (!file)
        return errno == EEXIST ? RC_OK : RC_IO;
    fputs("[assembly]\nquorum_percent = 10\nproxies = 1\n", file);
    return fclose(file) ? RC_IO : RC_OK;
}

enum rc demo_make(const char *data, struct reason *out_reason)
{
    struct opened opened = {NULL, NULL};
    struct clock_reading now;
    enum rc rc = read_clock(&now);
    if (!rc)
        rc = open_house(data, &now, &opened, out_reason);
    if (!rc)
        rc = import(&opened, &now, out_reason);
    if (!rc)
        rc = give_roles(&opened, &now, out_reason);
    if (!rc)
        rc = give_codes(&opened, &now);
    if (!rc)
        rc = give_buddies(&opened, &now, out_reason);
    if (!rc)
        rc = write_statutes(data);
    close_house(&opened);
    return rc;
}
