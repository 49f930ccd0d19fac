/* fuzz_intake.c - lists, calendars and a venue's files, all the way a stick's go into a house. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/hash.h"
#include "tests/support/desk.h"
#include "tests/support/fuzz_i.h"
#include "tests/support/tree.h"

#define HUGE_BYTES (INT64_C(3) << 30)
#define DATA "tests/app/exchange/data/"

static const struct {
    const char *name, *from;
} lists[] = {
    {"people-excel-fr.csv", DATA "people-excel-fr.csv"},
    {"people-latin1.csv", DATA "people-latin1.csv"},
    {"people-odoo.csv", DATA "people-odoo.csv"},
    {"people-faulty.csv", DATA "people-faulty.csv"},
    {"people.csv", "app/share/demo/people.csv"},
    {"baskets.csv", "app/share/demo/baskets.csv"},
    {"calendar.ics", DATA "calendar.ics"},
    {"calendar-google.ics", DATA "calendar-google.ics"},
    {"calendar-nextcloud.ics", DATA "calendar-nextcloud.ics"},
    {"calendar-outlook.ics", DATA "calendar-outlook.ics"},
    {"calendar-excel-fr.csv", DATA "calendar-excel-fr.csv"},
};

static const char settings[] =
    "[venue]\nname = L'Épi commun\nlanguage = nl\ntime_zone = Europe/Brussels\nday_end = 03:30\n\n"
    "[screen]\nlarge_text = yes\nkeyboard = qwerty\n\n[sound]\nvolume = 40 ; quiet\n\n"
    "[export]\nfiles = visits, hours, journal\nprofile = strict\n\n"
    "[certificate]\nwords_fr = Merci à toi\n\n[assembly]\nquorum_percent = 33\nproxies = 1\n\n"
    "[privacy]\nguests_days = 14\nvisits_months = 36\ncount_shift = pseudonym\n";

void fuzz_load_lists(struct fuzz *fuzz)
{
    char folder[128], path[PATH_MAX];
    size_t length;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct fuzz_good *good = &fuzz->lists[fuzz->list_count++];
        good->name = lists[i].name;
        good->bytes = tree_read(lists[i].from, &good->length);
    }
    snprintf(folder, sizeof folder, "%s/venue", fuzz->goods);
    tree_copy("app/share/venue", folder);
    snprintf(path, sizeof path, "%s/perron.conf", folder);
    tree_write(path, settings, sizeof settings - 1);
    /* A small one beside the whole: what is in few files is harmed more often. */
    snprintf(path, sizeof path, "%s/small", fuzz->goods);
    house_expect(!mkdir(path, 0700), "%s cannot be made", path);
    snprintf(path, sizeof path, "%s/small/perron.conf", fuzz->goods);
    tree_write(path, settings, sizeof settings - 1);
    char *circles = tree_read("app/share/venue/circles.conf", &length);
    snprintf(path, sizeof path, "%s/small/circles.conf", fuzz->goods);
    tree_write(path, circles, length);
    free(circles);
}

/* --- onto the stick --- */

static void lay_list(struct fuzz *fuzz, const char *folder)
{
    const struct fuzz_good *good =
        &fuzz->lists[random_below(&fuzz->random, (unsigned)fuzz->list_count)];
    char path[PATH_MAX];
    size_t length;
    char *text = fuzz_mangle(fuzz, good, &length);
    snprintf(path, sizeof path, "%s/%s", folder, good->name);
    tree_write(path, text, length);
    free(text);
    if (random_below(&fuzz->random, 6) == 0) {
        const struct mangle_place place = {folder, fuzz->secret, HUGE_BYTES};
        fuzz_note_harm(fuzz, good->name, mangle_file(&fuzz->random, &place, good->name));
    }
}

/* Where what is refused would be written, something leads out. */
static void lay_trap(struct fuzz *fuzz)
{
    static const char *const names[] = {"people-refused.csv", "people-refused.csv.part",
                                        "calendar-refused.txt", "venue-refused.txt"};
    char path[PATH_MAX];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", fuzz->stick, names[i]);
        house_expect(!symlink(fuzz->secret, path), "%s cannot be made", path);
    }
    fuzz_note_harm(fuzz, "what was refused", "a link");
}

static void lay_lists(struct fuzz *fuzz)
{
    static const char *const within[] = {"", "", "", "/perron", "/PERRON"};
    char folder[128];
    snprintf(folder, sizeof folder, "%s%s", fuzz->stick, within[random_below(&fuzz->random, 5)]);
    (void)!mkdir(folder, 0700);
    lay_list(fuzz, folder);
    if (random_below(&fuzz->random, 12) == 0)
        lay_trap(fuzz);
}

static void lay_venue(struct fuzz *fuzz)
{
    char folder[128], good[128];
    snprintf(folder, sizeof folder, "%s/%s", fuzz->stick,
             random_below(&fuzz->random, 2) ? "venue" : "Venue");
    snprintf(good, sizeof good, "%s/%s", fuzz->goods,
             random_below(&fuzz->random, 4) ? "small" : "venue");
    tree_copy(good, folder);
    fuzz_mangle_folder(fuzz, folder, HUGE_BYTES);
    if (random_below(&fuzz->random, 12) == 0)
        lay_trap(fuzz);
}

/* --- into the house --- */

/* As it was written, and as it is put together again for a screen. */
static void expect_fit_reason(struct fuzz *fuzz, const char *what, const struct reason *reason)
{
    char said[sizeof reason->text];
    fuzz_expect_words(fuzz, what, reason->text);
    fuzz_expect_words(fuzz, what, reason_say(reason, (struct tongue){0}, said, sizeof said));
}

static void expect_fit_preview(struct fuzz *fuzz)
{
    const struct intake_preview *preview = &fuzz->preview;
    int64_t rows = 0;
    fuzz_expect_words(fuzz, "a preview's name", preview->name[0] ? "a name is here" : "");
    for (int i = 0; i < preview->note_count; i++)
        expect_fit_reason(fuzz, "a note", &preview->notes[i].said);
    for (int i = 0; i < preview->row_count; i++) {
        const struct intake_row *row = &preview->rows[i];
        rows += row->verdict == INTAKE_REFUSED;
        if (row->verdict == INTAKE_REFUSED || row->why.text[0])
            expect_fit_reason(fuzz, "a row", &row->why);
        char title[sizeof row->title + 16];
        snprintf(title, sizeof title, "of a row: %s", row->title);
        fuzz_expect_words(fuzz, "a title", title);
    }
    if (!preview->rows_beyond && rows != preview->counts[INTAKE_REFUSED])
        fuzz_blame(fuzz, FUZZ_BROKEN, "%d rows are refused, and %d are told",
                   (int)preview->counts[INTAKE_REFUSED], (int)rows);
}

/* Somebody without number, id or badge cannot be known again. */
static bool has_more(const struct intake_preview *preview)
{
    const int64_t *counts = preview->counts;
    return counts[INTAKE_CHANGED] || counts[INTAKE_ENDED] || counts[INTAKE_CANCELLED] ||
           counts[INTAKE_VANISHED] || (counts[INTAKE_NEW] && preview->kind != INTAKE_PEOPLE);
}

/* It is all there: the same once more would change nothing. */
static void expect_taken(struct fuzz *fuzz, struct intake *intake, int64_t facts)
{
    struct house *house = fuzz->house;
    const struct office office = desk_office(house);
    bool had_changes = fuzz->preview.has_changes;
    int64_t since = desk_facts(house) - facts;
    if (fuzz->preview.kind != INTAKE_VENUE && had_changes != (since > 0))
        fuzz_blame(fuzz, FUZZ_BROKEN, "%d facts were written for %s", (int)since,
                   had_changes ? "what was to be taken" : "nothing");
    if (fuzz->preview.kind == INTAKE_VENUE)
        return; /* its copies are gone */
    if (intake_plan(intake, house->journal, &office, &fuzz->preview, &fuzz->reason))
        fuzz_blame(fuzz, FUZZ_BROKEN, "planned again: %s", fuzz->reason.text);
    else if (has_more(&fuzz->preview))
        fuzz_blame(fuzz, FUZZ_BROKEN, "the same once more would change something");
}

/* Goes away again, so that the stick is judged without it. */
static void write_back(struct fuzz *fuzz, const struct intake *intake)
{
    char name[INTAKE_REFUSED_NAME_BYTES] = "", path[PATH_MAX];
    struct stat is;
    struct reason reason = {.text = ""};
    uint64_t outside = tree_sum(fuzz->outside, NULL);
    enum rc rc = intake_write_refused(intake, fuzz->work, CSV_PROFILE_EXCEL, name, &reason);
    if (rc && rc != RC_EMPTY)
        fuzz_expect_words(fuzz, "written back", reason.text);
    snprintf(path, sizeof path, "%s/%s", fuzz->work, name);
    if (!rc && (strchr(name, '/') || lstat(path, &is) || !S_ISREG(is.st_mode)))
        fuzz_blame(fuzz, FUZZ_OUTSIDE, "what is refused was written to \"%.100s\"", name);
    if (tree_sum(fuzz->outside, NULL) != outside)
        fuzz_blame(fuzz, FUZZ_OUTSIDE, "what is refused was written outside");
}

static enum rc plan_and_take(struct fuzz *fuzz, struct intake *intake)
{
    struct house *house = fuzz->house;
    const struct office office = desk_office(house);
    int64_t facts = desk_facts(house);
    enum rc rc = intake_plan(intake, house->journal, &office, &fuzz->preview, &fuzz->reason);
    if (rc)
        return rc;
    expect_fit_preview(fuzz);
    if (random_below(&fuzz->random, 2) == 0) {
        fuzz->is_taken = true;
        rc = intake_take(intake, house->journal, &office, &fuzz->reason);
        if (rc)
            fuzz->is_taken = false;
        else
            expect_taken(fuzz, intake, facts);
    }
    write_back(fuzz, intake);
    return rc;
}

static enum rc bring(struct fuzz *fuzz)
{
    static struct intake_list list;
    struct house *house = fuzz->house;
    struct intake *intake = NULL;
    /* Laying out all of a welcome's pages takes its time. */
    const char *welcome = random_below(&fuzz->random, 8) ? NULL : "app/share/venue/welcome";
    const struct intake_from from = {.root = fuzz->stick,
                                     .data = house->data,
                                     .welcome = welcome,
                                     .now_ms = house_now(house).wall_ms};
    enum rc rc = intake_look(fuzz->stick, &list, &fuzz->reason);
    if (rc)
        return rc;
    for (int i = 0; i < list.count; i++) {
        char name[sizeof list.found[i].name + 16];
        snprintf(name, sizeof name, "is found: %s", list.found[i].name);
        fuzz_expect_words(fuzz, "a name", name);
    }
    house_expect(list.count > 0, "nothing was found, and not said to be empty");
    rc = intake_read(&from, &list.found[random_below(&fuzz->random, (unsigned)list.count)], &intake,
                     &fuzz->reason);
    if (!rc)
        rc = plan_and_take(fuzz, intake);
    intake_close(intake);
    return rc;
}

static void read_intake(struct fuzz *fuzz)
{
    house_wait(fuzz->house, HOUSE_MINUTE_MS);
    fuzz->rc = bring(fuzz);
}

const struct fuzz_subject fuzz_intake_subjects[] = {
    {"lists", lay_lists, read_intake, FUZZ_OURS, 30},
    {"a venue's files", lay_venue, read_intake, FUZZ_OURS, 6},
    {.weight = 0},
};
