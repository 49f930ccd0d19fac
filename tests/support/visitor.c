#include "tests/support/visitor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/store/folder.h"
#include "app/store/lookup.h"
#include "app/store/welcome.h"
#include "app/ui/stage.h"
#include "app/ui/welcome.h"
#include "firmware/base/utf8.h"
#include "tests/support/build.h"
#include "tests/support/demo.h"
#include "tests/support/give_up.h"

#define BEGUN_MS INT64_C(1795610880000) /* 2026-11-25 13:48 in Brussels */
#define LATER_MS INT64_C(300000)
#define TOUCH_MS 1000
#define STEPS_TO_SETTLE 4000
#define DOES_MAX 6

#define MEHMET "1006"
#define MEHMETS_BADGE "uid:04A3C8F5B7F853"
#define BLANK "uid:04112233445566"

/*
 * What somebody does on a page, in that order: "a|b" the first button that there is, "=text" typed,
 * "@badge" tapped, "~" drawn, "code" typed from their paper. What is not there is passed over.
 */
static const struct habit {
    const char *page;
    const char *does[DOES_MAX];
} habits[] = {
    {"none", {"first-visit"}},
    {"hello", {"turn|skip", "turn", "go-on"}},
    {"who", {"=Nad", "key Done"}},
    {"who-code", {"go-on"}},
    {"who-last", {"=De Vos", "key Done"}},
    {"who-reach", {"=0470", "key Done"}},
    {"wishes", {"curious", "cook", "tools", "quiet", "go-on"}},
    {"levels", {"circle-2"}},
    {"missions", {"go-on|kitchen"}},
    {"role", {"for-me"}},
    {"charter", {"turn", "sign"}},
    {"signature", {"~", "signed"}},
    {"notice", {"go-on"}},
    {"present", {"=Jo", "key Done"}},
    {"shown", {"show-name", "show-here", "go-on"}},
    {"buddies", {"buddy-1|skip"}},
    {"buddy-called", {"@" MEHMETS_BADGE}},
    {"buddy-here", {"go-on"}},
    {"buddy-named", {"go-on"}},
    {"blank", {"@" BLANK, "@" BLANK}},
    {"next", {"done"}},
};

static const struct habit begins = {"first-visit", {"in-fr"}};
static const struct habit comes_back = {"first-visit", {"resume"}};
static const struct habit types_code = {"resume", {"code"}};

/* --- what the screen says --- */

const char *visitor_page(const struct visitor *visitor)
{
    const struct page *page = stage_page(station_stage(visitor->station));
    return page->scene ? page->scene->name : "none";
}

/* Is the step that is asked for the first that was open? What comes next is said again. */
static bool is_where_it_stopped(const struct visitor_told *told, const struct page *page)
{
    const struct guide_row *row = welcome_row(page);
    for (int i = 0; row && i < page->way.at; i++)
        if (told->newcomer.steps[page->way.guide->rows[i].step] == NEWCOMER_NOT_YET)
            return false;
    return row && (row->step == GUIDE_NEXT || told->newcomer.steps[row->step] == NEWCOMER_NOT_YET);
}

static void note_code(struct visitor_told *told, const struct page *page)
{
    size_t used = 0;
    for (const char *c = page->text; *c && used + 1 < sizeof told->code; c++)
        if (*c != ' ')
            told->code[used++] = *c;
    told->code[used] = 0;
}

/* Whatever the way is told with is on disk, or the screen lies. */
static void note(struct visitor *visitor)
{
    struct visitor_told *told = visitor->told;
    const struct page *page = stage_page(station_stage(visitor->station));
    bool was_resuming = strcmp(told->page, "resume") == 0;
    snprintf(told->page, sizeof told->page, "%s", visitor_page(visitor));
    if (fact_id_is_none(page->person) || !page->scene)
        return;
    if (strcmp(told->page, "who-code") == 0 && page->text[0])
        note_code(told, page);
    told->person = page->person;
    if (page->way.newcomer.has_begun)
        told->newcomer = page->way.newcomer;
    if (page->told.how == TOLD_YES && page->told.newcomer.has_begun) /* of a buddy's call, too */
        told->newcomer = page->told.newcomer;
    if (was_resuming && strcmp(told->page, "resume") != 0)
        told->is_astray |= !is_where_it_stopped(told, page);
}

static void settle(struct visitor *visitor)
{
    bool was_idle = false;
    for (int i = 0; i < STEPS_TO_SETTLE; i++) {
        (void)!station_step(visitor->station, was_idle ? 0 : 5);
        bool is_idle = station_is_idle(visitor->station);
        if (was_idle && is_idle)
            break;
        was_idle = is_idle;
    }
    note(visitor);
}

/* --- coming and going --- */

void visitor_init(struct visitor *visitor, const char *data, struct visitor_told *told)
{
    struct reason reason = {.text = ""};
    *visitor = (struct visitor){.data = data, .told = told};
    *told = (struct visitor_told){.page = "none", .wall_ms = BEGUN_MS - LATER_MS};
    snprintf(visitor->locale_dir, sizeof visitor->locale_dir, "%s/locale", build_folder());
    snprintf(visitor->venue_dir, sizeof visitor->venue_dir, "%s/venue", build_folder());
    setenv("TZ", "Europe/Brussels", 1);
    tzset();
    if (board_read("board/desktop.conf", &visitor->board, &reason))
        give_up("visitor", "%s", reason.text);
}

enum rc visitor_arrive(struct visitor *visitor, struct reason *out_reason)
{
    struct visitor_told *told = visitor->told;
    told->wall_ms += LATER_MS;
    snprintf(told->page, sizeof told->page, "none");
    enum rc rc = clock_open_simulated(told->wall_ms, CLOCK_SYNCED, ++told->boot, &visitor->clock);
    const struct station_config config = {.data = visitor->data,
                                          .reader = "sim",
                                          .locale_dir = visitor->locale_dir,
                                          .venue_dir = visitor->venue_dir,
                                          .board = &visitor->board,
                                          .is_headless = true,
                                          .clock = visitor->clock};
    if (!rc)
        rc = station_open(&config, &visitor->station, out_reason);
    if (!rc)
        settle(visitor);
    return rc;
}

void visitor_leave(struct visitor *visitor)
{
    station_close(visitor->station);
    clock_close(visitor->clock);
    visitor->station = NULL;
    visitor->clock = NULL;
}

/* --- the house --- */

static enum rc move_in(const struct folder *folder, struct reason *reason)
{
    const struct journal_rules rules = {240, "Europe/Brussels"};
    struct clock *clock;
    struct office office = {.by = {0, 0}};
    struct journal *journal;
    struct person person;
    enum rc rc = clock_open_simulated(BEGUN_MS - LATER_MS, CLOCK_SYNCED, 98, &clock);
    if (rc)
        return rc;
    clock_read(clock, &office.now);
    clock_close(clock);
    rc = folder_open_journal(folder, &rules, &office.now, &journal, reason);
    if (rc)
        return rc;
    rc = lookup_number(journal_db(journal), MEHMET, &person);
    for (int field = CONSENT_HERE; !rc && field <= CONSENT_BUDDY; field++)
        rc = welcome_consent(journal, &office, person.id, (enum consent)field, true, LANGUAGE_FR,
                             reason);
    journal_close(journal);
    return rc;
}

/* Mehmet comes in. */
static void tap_in(const char *data)
{
    static struct visitor_told told;
    struct visitor visitor;
    struct reason reason = {.text = ""};
    visitor_init(&visitor, data, &told);
    if (visitor_arrive(&visitor, &reason) || station_present(visitor.station, MEHMETS_BADGE))
        give_up("visitor", "nobody can come in: %s", reason.text);
    for (int i = 0; i < STEPS_TO_SETTLE && station_here(visitor.station) == 0; i++)
        (void)!station_step(visitor.station, 5);
    visitor_leave(&visitor);
}

void visitor_make_house(const char *data)
{
    struct folder *folder;
    struct reason reason = {.text = ""};
    enum rc rc = demo_make(data, &reason);
    if (!rc)
        rc = folder_open(data, FOLDER_WRITE, &folder, &reason);
    if (!rc) {
        rc = move_in(folder, &reason);
        folder_close(folder);
    }
    if (rc)
        give_up("visitor", "there is no house to visit: %s", reason.text);
    tap_in(data);
}

/* --- hands --- */

static void touch(struct visitor *visitor)
{
    clock_advance(visitor->clock, TOUCH_MS);
    visitor->told->touches++;
}

static bool press(struct visitor *visitor, const char *name)
{
    if (station_press(visitor->station, name))
        return false;
    touch(visitor);
    settle(visitor);
    return true;
}

static void press_one_of(struct visitor *visitor, const char *names)
{
    char copy[64], *rest = copy;
    snprintf(copy, sizeof copy, "%s", names);
    for (char *name; (name = strsep(&rest, "|")) && !press(visitor, name);)
        ;
}

static void type(struct visitor *visitor, const char *text)
{
    char key[16];
    for (; *text; text++) {
        snprintf(key, sizeof key, *text == ' ' ? "key space" : "key %c", *text);
        if (!press(visitor, key) && *text >= 'A' && *text <= 'Z') {
            snprintf(key, sizeof key, "key %c", *text - 'A' + 'a');
            press(visitor, key);
        }
    }
}

static void tap(struct visitor *visitor, const char *badge)
{
    clock_advance(visitor->clock, 3 * TOUCH_MS); /* else it was held */
    if (station_present(visitor->station, badge))
        return;
    settle(visitor);
    (void)!station_remove(visitor->station);
    settle(visitor);
}

static void draw(struct visitor *visitor)
{
    static const double x[] = {0.2, 0.3, 0.4, 0.5, 0.6, 0.8};
    const struct target *targets;
    int count = stage_targets(station_stage(visitor->station), &targets), at = 0;
    while (at < count && strcmp(targets[at].name, "sign") != 0)
        at++;
    if (at == count)
        return;
    touch(visitor);
    struct rect pad = targets[at].box;
    for (int i = 0; i < 6; i++)
        station_touch(visitor->station, i ? STAGE_MOVE : STAGE_DOWN, pad.x + x[i] * pad.w,
                      pad.y + (i % 2 ? 0.3 : 0.7) * pad.h);
    station_touch(visitor->station, STAGE_UP, pad.x + 0.8 * pad.w, pad.y + 0.3 * pad.h);
    settle(visitor);
}

static void do_one(struct visitor *visitor, const char *what)
{
    switch (what[0]) {
    case '=': type(visitor, what + 1); break;
    case '@': tap(visitor, what + 1); break;
    case '~': draw(visitor); break;
    default:
        if (strcmp(what, "code") == 0)
            type(visitor, visitor->told->code);
        else
            press_one_of(visitor, what);
    }
}

/* --- habits --- */

static const struct habit *habit_of(const struct visitor *visitor)
{
    const char *page = visitor_page(visitor);
    if (strcmp(page, begins.page) == 0)
        return visitor->told->code[0] ? &comes_back : &begins;
    if (strcmp(page, types_code.page) == 0)
        return &types_code;
    for (size_t i = 0; i < sizeof habits / sizeof habits[0]; i++)
        if (strcmp(page, habits[i].page) == 0)
            return &habits[i];
    return NULL;
}

static void be_hasty(struct visitor *visitor)
{
    const struct page *page = stage_page(station_stage(visitor->station));
    const struct guide_row *row = page->scene ? welcome_row(page) : NULL;
    if (row && visitor->told->newcomer.steps[row->step] == NEWCOMER_NOT_YET)
        visitor->told->newcomer.steps[row->step] = NEWCOMER_DONE;
}

bool visitor_act(struct visitor *visitor)
{
    const struct habit *habit = habit_of(visitor);
    struct visitor_told *told = visitor->told;
    long before = told->touches;
    if (!habit || told->is_over)
        return false;
    if (visitor->is_hasty)
        be_hasty(visitor);
    for (int i = 0; i < DOES_MAX && habit->does[i]; i++)
        if (strcmp(visitor_page(visitor), habit->page) == 0)
            do_one(visitor, habit->does[i]);
    if (strcmp(habit->page, "next") == 0 && strcmp(told->page, "none") == 0) {
        told->newcomer.steps[GUIDE_NEXT] = NEWCOMER_DONE;
        told->is_over = true;
    }
    bool is_tap = habit->does[0][0] == '@';
    return !told->is_over && (is_tap || told->touches > before);
}
