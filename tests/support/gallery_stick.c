/* The USB stick: its banner, its pages; and somebody forgotten. */
#include <stdio.h>

#include "app/ui/words.h"
#include "tests/support/gallery_i.h"

#define GB INT64_C(1000000000)
#define DAY_MS INT64_C(86400000)

static void tell(struct stage *stage, const struct told *told)
{
    struct ask ask;
    stage_told(stage, told, GALLERY_NOW_MS, &ask);
}

static void set(struct stage *stage, const struct load *load)
{
    struct ask ask;
    stage_set_load(stage, load, GALLERY_NOW_MS, &ask);
}

static struct load load_of(enum load_stand stand)
{
    struct load load = {.stand = stand, .found = -1};
    load.info = (struct stick_info){.size_bytes = 16 * GB, .free_bytes = -1};
    snprintf(load.info.label, sizeof load.info.label, "%s", "ÉPI COMMUN");
    if (stand == LOAD_OPEN) {
        load.info.free_bytes = 12 * GB;
        load.found = 0;
    }
    return load;
}

static struct load busy(enum load_work work, enum load_stage stage, int percent)
{
    struct load load = load_of(LOAD_OPEN);
    load.work = work;
    load.stage = stage;
    load.percent = percent;
    return load;
}

static struct load ended(enum load_stand stand, enum load_work did, enum load_end end)
{
    struct load load = load_of(stand);
    load.did = did;
    load.end = end;
    if (end == LOAD_DONE)
        snprintf(load.folder, sizeof load.folder, "%s", "perron_l-epi-commun_2026-11-25_2");
    return load;
}

/* --- its banner --- */

void gallery_stick_banner(struct stage *stage, const struct gallery_shot *shot)
{
    const struct load load = load_of(LOAD_THERE);
    (void)shot;
    set(stage, &load);
}

void gallery_stick_banner_busy(struct stage *stage, const struct gallery_shot *shot)
{
    const struct load load = busy(LOAD_EXPORTS, LOAD_WRITES, 42);
    (void)shot;
    set(stage, &load);
}

void gallery_stick_banner_loose(struct stage *stage, const struct gallery_shot *shot)
{
    const struct load load = ended(LOAD_LOOSE, LOAD_EXPORTS, LOAD_DONE);
    (void)shot;
    set(stage, &load);
}

void gallery_stick_banner_cut(struct stage *stage, const struct gallery_shot *shot)
{
    const struct load load = ended(LOAD_AWAY, LOAD_EXPORTS, LOAD_CUT);
    (void)shot;
    set(stage, &load);
}

void gallery_stick_banner_quorum(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_resting_quorum(stage, shot);
    gallery_stick_banner(stage, shot);
}

void gallery_stick_banner_strip(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_strip(stage, shot);
    gallery_stick_banner(stage, shot);
}

void gallery_stick_banner_page(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_guests(stage, shot);
    gallery_stick_banner_cut(stage, shot);
}

void gallery_stick_banner_typing(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_name_typed(stage, shot);
    gallery_stick_banner_cut(stage, shot);
}

void gallery_stick_banner_staff(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_staff(stage, shot);
    gallery_stick_banner(stage, shot);
}

/* --- what is the matter with it --- */

static void open_page(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_staff(stage, shot);
    gallery_press(stage, shot, "stick");
}

static void show_load(struct stage *stage, const struct gallery_shot *shot, struct load load)
{
    open_page(stage, shot);
    set(stage, &load);
}

void gallery_stick(struct stage *stage, const struct gallery_shot *shot)
{
    show_load(stage, shot, load_of(LOAD_AWAY));
}

static void show_trouble(struct stage *stage, const struct gallery_shot *shot,
                         enum stick_trouble trouble)
{
    struct load load = load_of(LOAD_THERE);
    load.info.trouble = trouble;
    show_load(stage, shot, load);
}

void gallery_stick_blank(struct stage *stage, const struct gallery_shot *shot)
{
    show_trouble(stage, shot, STICK_BLANK);
}

void gallery_stick_foreign(struct stage *stage, const struct gallery_shot *shot)
{
    show_trouble(stage, shot, STICK_FOREIGN);
}

void gallery_stick_several(struct stage *stage, const struct gallery_shot *shot)
{
    show_trouble(stage, shot, STICK_SEVERAL);
}

void gallery_stick_empty(struct stage *stage, const struct gallery_shot *shot)
{
    show_trouble(stage, shot, STICK_EMPTY);
}

void gallery_stick_damaged(struct stage *stage, const struct gallery_shot *shot)
{
    show_trouble(stage, shot, STICK_DAMAGED);
}

void gallery_stick_not_allowed(struct stage *stage, const struct gallery_shot *shot)
{
    show_trouble(stage, shot, STICK_NOT_ALLOWED);
}

void gallery_stick_types(struct stage *stage, const struct gallery_shot *shot)
{
    show_trouble(stage, shot, STICK_TYPES);
}

void gallery_stick_opening(struct stage *stage, const struct gallery_shot *shot)
{
    show_load(stage, shot, load_of(LOAD_OPENING));
}

/* --- what can be done with it --- */

void gallery_stick_open(struct stage *stage, const struct gallery_shot *shot)
{
    show_load(stage, shot, load_of(LOAD_OPEN));
}

void gallery_stick_open_lists(struct stage *stage, const struct gallery_shot *shot)
{
    struct load load = load_of(LOAD_OPEN);
    load.found = 3;
    show_load(stage, shot, load);
}

void gallery_stick_open_update(struct stage *stage, const struct gallery_shot *shot)
{
    struct load load = load_of(LOAD_OPEN);
    load.found = 3;
    load.has_update = true;
    show_load(stage, shot, load);
}

void gallery_stick_read_only(struct stage *stage, const struct gallery_shot *shot)
{
    struct load load = load_of(LOAD_OPEN);
    load.found = 1;
    load.info.is_read_only = true;
    show_load(stage, shot, load);
}

void gallery_stick_loose(struct stage *stage, const struct gallery_shot *shot)
{
    show_load(stage, shot, load_of(LOAD_LOOSE));
}

static void show_spans(struct stage *stage, const struct gallery_shot *shot, int64_t last_ms,
                       bool is_sealed)
{
    struct told told = {.ask = ASK_STICK, .how = TOLD_YES, .count = 1, .until_ms = GALLERY_WALL_MS};
    told.rows[0] = (struct row){.at_ms = last_ms, .mark = is_sealed};
    gallery_stick_open(stage, shot);
    gallery_press(stage, shot, "out");
    tell(stage, &told);
}

void gallery_stick_out(struct stage *stage, const struct gallery_shot *shot)
{
    show_spans(stage, shot, GALLERY_WALL_MS - 24 * DAY_MS, false);
}

void gallery_stick_out_first(struct stage *stage, const struct gallery_shot *shot)
{
    show_spans(stage, shot, 0, true);
}

/* --- how far it is, and what came of it --- */

static void carry(struct stage *stage, const struct gallery_shot *shot, struct load load)
{
    const struct load working = busy(LOAD_EXPORTS, LOAD_GATHERS, 0);
    gallery_stick_open(stage, shot);
    set(stage, &working);
    set(stage, &load);
}

void gallery_stick_carry(struct stage *stage, const struct gallery_shot *shot)
{
    carry(stage, shot, busy(LOAD_EXPORTS, LOAD_CHECKS, 84));
}

void gallery_stick_closing(struct stage *stage, const struct gallery_shot *shot)
{
    carry(stage, shot, ended(LOAD_CLOSING, LOAD_EXPORTS, LOAD_DONE));
}

void gallery_stick_done(struct stage *stage, const struct gallery_shot *shot)
{
    struct load load = ended(LOAD_LOOSE, LOAD_EXPORTS, LOAD_DONE);
    load.rows[LOAD_VISITS] = 12034;
    load.rows[LOAD_HOURS] = 10980;
    load.rows[LOAD_PEOPLE] = 2120;
    load.rows[LOAD_NEWCOMERS] = 143;
    load.is_sealed = true;
    carry(stage, shot, load);
}

/* A house that hides who came. */
void gallery_stick_named(struct stage *stage, const struct gallery_shot *shot)
{
    struct load load = ended(LOAD_LOOSE, LOAD_EXPORTS, LOAD_DONE);
    load.rows[LOAD_VISITS] = 12034;
    load.rows[LOAD_HOURS] = 10980;
    load.rows[LOAD_PEOPLE] = 2120;
    load.rows[LOAD_NEWCOMERS] = 143;
    load.is_sealed = true;
    snprintf(load.naming, sizeof load.naming, "journal.jsonl, perron.db, roll-call.pdf");
    carry(stage, shot, load);
}

/* Two of the house's files are no files that a station could take. */
void gallery_stick_left_out(struct stage *stage, const struct gallery_shot *shot)
{
    struct load load = ended(LOAD_LOOSE, LOAD_EXPORTS, LOAD_DONE);
    load.rows[LOAD_VISITS] = 12034;
    load.rows[LOAD_HOURS] = 10980;
    load.rows[LOAD_PEOPLE] = 2120;
    load.rows[LOAD_NEWCOMERS] = 143;
    load.is_sealed = true;
    snprintf(load.naming, sizeof load.naming, "journal.jsonl, perron.db, roll-call.pdf");
    load.left_out.count = 2;
    snprintf(load.left_out.file, sizeof load.left_out.file, "mission-checkout.fr.txt");
    snprintf(load.left_out.why, sizeof load.left_out.why,
             "it is no ordinary file; put the file itself there");
    carry(stage, shot, load);
}

void gallery_stick_nothing_new(struct stage *stage, const struct gallery_shot *shot)
{
    struct load load = ended(LOAD_LOOSE, LOAD_EXPORTS, LOAD_DONE);
    load.is_since = true;
    carry(stage, shot, load);
}

void gallery_stick_cut(struct stage *stage, const struct gallery_shot *shot)
{
    carry(stage, shot, ended(LOAD_AWAY, LOAD_EXPORTS, LOAD_CUT));
}

void gallery_stick_failed(struct stage *stage, const struct gallery_shot *shot)
{
    struct load load = ended(LOAD_OPEN, LOAD_EXPORTS, LOAD_FAILED);
    snprintf(load.why.text, sizeof load.why.text, "%s",
             "There is no room left on the stick. Make some, or take another one.");
    carry(stage, shot, load);
}

/* What the register had to say, with what the system said in it. */
void gallery_stick_failed_register(struct stage *stage, const struct gallery_shot *shot)
{
    struct load load = ended(LOAD_OPEN, LOAD_EXPORTS, LOAD_FAILED);
    reason_set(&load.why, "the register could not be read: %s", rc_text(RC_IO));
    reason_mark(&load.why, 0);
    carry(stage, shot, load);
}

void gallery_stick_stopped(struct stage *stage, const struct gallery_shot *shot)
{
    carry(stage, shot, ended(LOAD_OPEN, LOAD_EXPORTS, LOAD_STOPPED));
}

void gallery_stick_printed(struct stage *stage, const struct gallery_shot *shot)
{
    struct load load = ended(LOAD_OPEN, LOAD_PRINTS, LOAD_DONE);
    snprintf(load.folder, sizeof load.folder, "%s", "roll-call_2026-11-25_1348.pdf");
    carry(stage, shot, load);
}

void gallery_roll_call_stick(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_roll_call(stage, shot);
    gallery_stick_banner(stage, shot);
}

/* --- what comes in --- */

void gallery_stick_in(struct stage *stage, const struct gallery_shot *shot)
{
    static const char *const files[ASK_LIST_COUNT] = {
        "people.csv", "Paniers de l’hiver 2026-2027, corrigés.csv", "agenda.ics", "venue"};
    struct told told = {.ask = ASK_FOUND, .how = TOLD_YES, .count = ASK_LIST_COUNT};
    for (int i = 0; i < told.count; i++) {
        told.rows[i].number[0] = i;
        snprintf(told.rows[i].title, sizeof told.rows[i].title, "%s", files[i]);
    }
    gallery_stick_open_lists(stage, shot);
    gallery_press(stage, shot, "in");
    tell(stage, &told);
}

/* What a list's line says of itself, as the station would. */
static const char *why_of(const struct gallery_shot *shot, int mark, char out_text[300])
{
    struct reason why;
    switch (mark) {
    case ASK_SORT_REFUSED:
        reason_set(&why, "\"%.*s\" is no date; write it as 25/10/2021 or 2021-10-25.", 10,
                   "31/02/1980");
        break;
    case ASK_SORT_CHANGED: reason_set(&why, "%s, %s", "e-mail", "circle"); break;
    default: return "";
    }
    if (mark == ASK_SORT_CHANGED) {
        reason_mark(&why, 0);
        reason_mark(&why, 1);
    }
    return words_reason(shot->language, &why, out_text, 300);
}

static struct told preview_of(const struct gallery_shot *shot, int fresh, int changed, int refused)
{
    static const char *const names[] = {"Zoé Dubois", "Jean-Baptiste Van den Broeck",
                                        "Konstantinos Alexandros Papadopoulos"};
    char why[300];
    struct told told = {.ask = ASK_PREVIEW,
                        .how = TOLD_YES,
                        .count = 11,
                        .total = 1,
                        .sums = {fresh, changed, refused},
                        .text = "people.csv"};
    for (int i = 0; i < told.count; i++) {
        struct row *row = &told.rows[i];
        row->mark = refused ? (i + 2) % (ASK_SORT_REFUSED + 1) : i % 2;
        row->number[0] = i * 17 + 2;
        snprintf(row->title, sizeof row->title, "%s", names[i % 3]);
        snprintf(row->line, sizeof row->line, "%s", why_of(shot, row->mark, why));
    }
    return told;
}

void gallery_stick_preview(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = preview_of(shot, 12, 3, 0);
    gallery_stick_in(stage, shot);
    gallery_press(stage, shot, "list-1");
    tell(stage, &told);
}

void gallery_stick_preview_refused(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = preview_of(shot, 1204, 1, 218);
    gallery_stick_in(stage, shot);
    gallery_press(stage, shot, "list-1");
    tell(stage, &told);
}

void gallery_stick_taken(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {.ask = ASK_TAKE_IN,
                              .how = TOLD_YES,
                              .sums = {1204, 1, 218},
                              .text = "people-refused_2026-11-25.csv"};
    gallery_stick_preview_refused(stage, shot);
    gallery_press(stage, shot, "take");
    tell(stage, &told);
}

/* --- somebody is forgotten --- */

void gallery_forget_sure(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {
        .ask = ASK_OUTLOOK, .how = TOLD_YES, .count = 1, .rows = {{.number = {34, 61 * 60 + 20}}}};
    gallery_person(stage, shot);
    gallery_press(stage, shot, "forget");
    tell(stage, &told);
}

void gallery_forget_done(struct stage *stage, const struct gallery_shot *shot)
{
    const struct told told = {.ask = ASK_ERASE, .how = TOLD_YES};
    gallery_forget_sure(stage, shot);
    gallery_press(stage, shot, "sure");
    tell(stage, &told);
}

/* --- somebody's own data --- */

void gallery_own_data(struct stage *stage, const struct gallery_shot *shot)
{
    const struct load load = load_of(LOAD_THERE);
    gallery_own_data_no_stick(stage, shot);
    set(stage, &load);
}

void gallery_own_data_no_stick(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_person(stage, shot);
    gallery_press(stage, shot, "own-data");
}

void gallery_own_data_done(struct stage *stage, const struct gallery_shot *shot)
{
    struct load load = ended(LOAD_LOOSE, LOAD_GIVES, LOAD_DONE);
    snprintf(load.folder, sizeof load.folder, "%s", "2026-11-25_own-data-1204");
    carry(stage, shot, load);
}
