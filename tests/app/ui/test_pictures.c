/*
 * Every scene on every screen in every language and every way of seeing it, with short and long
 * names: no text is cut, leaves the screen, lies on another or is hard to see; nothing to touch is
 * too small. A picture that fails is kept.
 */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/build.h"
#include "tests/support/gallery.h"
#include "tests/support/judge.h"
#include "tests/support/whole.h"

#define TEXT_LEAST_MM 2.89
#define LARGE_LEAST_MM 6.19
#define WORKERS 2

static const struct screen screens[] = {
    {800, 480, 154, 86, 0},    {1024, 600, 154, 86, 0}, {1280, 720, 155, 87, 0},
    {720, 1280, 87, 155, 0},   {800, 480, 154, 86, 90}, {1280, 720, 155, 87, 180},
    {720, 1280, 87, 155, 270},
};

#define SCREENS ((unsigned)(sizeof screens / sizeof screens[0]))
#define UPRIGHT 3u /* the first of them that is */

struct way {
    const char *name;
    struct theme_mode mode;
    bool is_colour; /* moves no letter: one language a screen is enough */
};

static const struct way ways[] = {
    {"day", {.is_evening = false}, false},     {"evening", {.is_evening = true}, true},
    {"contrast", {.is_contrast = true}, true}, {"mirrored", {.is_mirrored = true}, false},
    {"large", {.is_large = true}, false},
};

#define WAYS ((int)(sizeof ways / sizeof ways[0]))

static void keep(struct canvas *canvas, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/failed-pictures", build_folder());
    mkdir(path, 0777);
    snprintf(path, sizeof path, "%s/failed-pictures/%s.png", build_folder(), name);
    if (canvas_save_png(canvas, path) == RC_OK)
        print_message("  the picture is %s\n", path);
}

static double text_least(const struct gallery_row *row, const struct theme_mode *mode)
{
    if (row->is_staff)
        return 2.0;
    return mode->is_large ? LARGE_LEAST_MM : TEXT_LEAST_MM;
}

/*
 * How many names of languages a picture has: two, and four where two results stand side by side.
 * A strip stands in their place for as long as somebody may undo, but at rest where it lies: in
 * large letters that is one of two results. Of what two people are asked at once one has no room.
 * Where a page waits "Go on" stands in their place. A dialog has none, and widgets of their own are
 * no screen.
 */
static int languages_wanted(const struct gallery_row *row, bool is_large, bool is_narrow)
{
    static const struct {
        const char *name;
        int wanted, wanted_large;
    } others[] = {
        {"two", 4, 0},
        {"two-questions", 2, 0},
        {"two-in-trouble", 2, 0},
        {"two-shifts", 4, 0},
        {"two-goodbyes", 4, 0},
        {"asks-drinks-two", 2, 0},
        {"enjoy-two", 4, 0},
        {"agora-two", 4, 0},
        {"two-votes", 2, 0},
        {"can-help-two", 0, 0},
        {"basket-two", 0, 0},
        {"can-help-over-a-page", 0, 0},
        {"a-third-and-a-fourth", 0, 0},
        {"lose-sure", 0, 0},
        {"new-code-sure", 0, 0},
        {"power-sure", 0, 0},
        {"forget-sure", 0, 0},
        {"call-off-sure", 0, 0},
        {"name-under-a-strip", 0, 0},
        {"way-under-a-strip", 0, 0},
        {"figures", 0, 0},
        {"signature", 0, 0},
        {"greeting-over-a-page", 0, 0},
        {"unknown-over-a-page", 0, 0},
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strcmp(others[i].name, row->name) == 0)
            return is_large ? others[i].wanted_large : others[i].wanted;
    static const char *const strips[] = {"strip",          "two-strips",         "enjoy-strip",
                                         "discreet-strip", "stick-banner-strip", "card-strip"};
    bool is_strip = false;
    for (size_t i = 0; i < sizeof strips / sizeof strips[0]; i++)
        is_strip = is_strip || strcmp(row->name, strips[i]) == 0;
    return is_strip && is_narrow ? 0 : 2;
}

static int check_stage(struct stage *stage, const struct gallery_row *row,
                       const struct gallery_shot *shot, const struct way *way)
{
    const struct screen *screen = &shot->screen;
    const struct judge_rules rules = {screen_area(screen), text_least(row, &shot->mode)};
    char why[256] = "", name[256];
    struct canvas *canvas = gallery_draw(stage, screen);
    int wanted = languages_wanted(row, shot->mode.is_large, layout_is_narrow(screen_area(screen)));
    int wrong = judge_picture(stage, canvas, &rules, why, sizeof why);
    if (judge_languages(stage, wanted)) {
        snprintf(why, sizeof why, "has not all languages");
        wrong++;
    }
    if (wrong) {
        snprintf(name, sizeof name, "%s-%dx%d-%d-%s-%s-%s", row->name, screen->width_px,
                 screen->height_px, screen->rotation, language_code(shot->language), way->name,
                 shot->name->first);
        print_message("%s: %s\n", name, why);
        keep(canvas, name);
    }
    return wrong;
}

static int check(const struct gallery_row *row, const struct gallery_shot *shot,
                 const struct way *way)
{
    struct stage *stage = gallery_open(row, shot);
    int wrong = check_stage(stage, row, shot, way);
    stage_close(stage);
    return wrong;
}

/* All ways; the names take turns with them, so that each comes together with each. */
static int check_shots(const struct gallery_row *row, unsigned s, int language)
{
    int wrong = 0;
    for (int way = 0; way < WAYS; way++) {
        if (ways[way].is_colour && (int)s % LANGUAGE_COUNT != language)
            continue;
        const struct gallery_shot shot = {.screen = screens[s],
                                          .language = (enum language)language,
                                          .name =
                                              &gallery_names[(way + s + language) % GALLERY_NAMES],
                                          .venue = "Le Grand Jardin des Marolles",
                                          .reader_side = (enum scene_side)(language + 1),
                                          .mode = ways[way].mode};
        wrong += check(row, &shot, &ways[way]);
    }
    return wrong;
}

/* Each row on one of seven screens, by turns, where not all are asked for: `make pictures` does. */
static int check_all(const struct gallery_row *row)
{
    int wrong = 0;
    unsigned step = whole_or_every(7), first = (unsigned)(row - gallery_rows) % step;
    for (unsigned s = first; s < SCREENS; s += step)
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            wrong += check_shots(row, s, language);
    return wrong;
}

/* Every WORKERS-th row. */
static int check_share(int worker)
{
    int wrong = 0;
    for (int i = worker; i < gallery_row_count; i += WORKERS)
        wrong += check_all(&gallery_rows[i]);
    return wrong;
}

static pid_t start_worker(int worker)
{
    pid_t process = fork();
    if (process == 0) {
        int wrong = check_share(worker);
        fflush(NULL);
        _exit(wrong > 0);
    }
    assert_true(process > 0);
    return process;
}

/* Thousands of pictures: more than one processor draws them. */
static void no_text_is_cut_or_lies_on_another_anywhere(void **state)
{
    pid_t others[WORKERS];
    (void)state;
    for (int worker = 1; worker < WORKERS; worker++)
        others[worker] = start_worker(worker);
    assert_int_equal(check_share(0), 0);
    for (int worker = 1; worker < WORKERS; worker++) {
        int status;
        assert_int_equal(waitpid(others[worker], &status, 0), others[worker]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
}

/* Each kind of fault with as much to tell as the station has, on the tightest of both shapes. */
static void every_fault_has_room(void **state)
{
    static const char detail[] = "perron.conf:12: 'evening_from' in [screen] takes a time from "
                                 "00:00 to 23:59, such as 19:00";
    const struct gallery_row *row = gallery_find("fault");
    int wrong = 0;
    (void)state;
    for (int kind = FAULT_NONE + 1; kind < FAULT_KINDS; kind++)
        for (unsigned s = 0; s <= UPRIGHT; s += UPRIGHT)
            for (int language = 0; language < LANGUAGE_COUNT; language++) {
                struct gallery_shot shot = gallery_usual_shot(&screens[s], (enum language)language);
                struct stage *stage = gallery_open(row, &shot);
                stage_set_fault(stage, (enum fault_kind)kind, detail);
                wrong += check_stage(stage, row, &shot, &ways[0]);
                stage_close(stage);
            }
    assert_int_equal(wrong, 0);
}

static int check_answer(const struct answer *answer, const struct gallery_shot *shot)
{
    const struct gallery_row *row = gallery_find("greeting");
    struct stage *stage = gallery_open(row, shot);
    stage_answer(stage, answer, GALLERY_NOW_MS);
    int wrong = check_stage(stage, row, shot, &ways[0]);
    stage_close(stage);
    return wrong;
}

/* Each kind of occasion, as it greets and as it asks, in its own words. */
static int check_occasions(const struct gallery_shot *shot)
{
    int wrong = 0;
    for (int kind = 0; kind < OCCASION_COUNT; kind++)
        for (int asks = 0; asks < 2; asks++) {
            struct answer answer = gallery_answer(shot, asks ? ANSWER_ASKS : ANSWER_ARRIVAL, 1);
            answer.occasion = (enum occasion_kind)kind;
            wrong += check_answer(&answer, shot);
        }
    return wrong;
}

static int check_balances(const struct gallery_shot *shot)
{
    int wrong = 0;
    for (int balance = 0; balance <= ANSWER_BALANCE_FAR_OVER; balance++) {
        struct answer answer = gallery_answer(shot, ANSWER_DEPARTURE, 1);
        answer.intended_s = 40 * 3600 + 1800;
        answer.balance = (enum answer_balance)balance;
        wrong += check_answer(&answer, shot);
    }
    return wrong;
}

static void every_occasion_and_every_balance_has_room(void **state)
{
    int wrong = 0;
    (void)state;
    for (unsigned s = 0; s <= UPRIGHT; s += UPRIGHT)
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            for (int name = 0; name < GALLERY_NAMES; name++) {
                struct gallery_shot shot = gallery_usual_shot(&screens[s], (enum language)language);
                shot.name = &gallery_names[name];
                wrong += check_occasions(&shot) + check_balances(&shot);
            }
    assert_int_equal(wrong, 0);
}

/* The control: the judge must see what is wrong. */
static void what_is_wrong_is_noticed(void **state)
{
    static const struct theme_mode day = {.is_evening = false};
    const struct judge_rules rules = {{0, 0, 154, 86}, TEXT_LEAST_MM};
    const struct stage_config config = {.screen = screens[0], .venue = "", .version = ""};
    struct canvas_text text = {.text = "Supercalifragilistic", .cap_mm = 6};
    struct canvas *canvas;
    struct stage *stage;
    char why[256];
    (void)state;
    assert_int_equal(stage_open(&config, &stage), RC_OK);
    assert_int_equal(canvas_open(&screens[0], &canvas), RC_OK);
    canvas_begin(canvas, &day);
    canvas_fill(canvas, rules.area, 0xFFFFFF);
    canvas_text(canvas, (struct rect){5, 5, 25, 10}, &text);
    assert_int_equal(judge_picture(stage, canvas, &rules, why, sizeof why), 1);
    canvas_forget(canvas);
    text.text = "here";
    canvas_text(canvas, (struct rect){5, 5, 40, 10}, &text);
    assert_int_equal(judge_picture(stage, canvas, &rules, why, sizeof why), 0);
    canvas_text(canvas, (struct rect){8, 8, 40, 10}, &text);
    assert_int_equal(judge_picture(stage, canvas, &rules, why, sizeof why), 1);
    canvas_forget(canvas);
    text.colour = 0x767676; /* 4.5:1 on white */
    canvas_text(canvas, (struct rect){60, 50, 40, 10}, &text);
    assert_int_equal(judge_picture(stage, canvas, &rules, why, sizeof why), 1);
    canvas_forget(canvas);
    canvas_mark_control(canvas, (struct rect){60, 70, 20, 10}, 0xC0C0C0, "faint");
    assert_int_equal(judge_picture(stage, canvas, &rules, why, sizeof why), 1);
    canvas_close(canvas);
    stage_close(stage);
}

/* The control: a strip stands in the place of the languages. */
static void a_missing_language_is_noticed(void **state)
{
    const struct gallery_shot shot = gallery_usual_shot(&screens[0], LANGUAGE_FR);
    struct stage *stage = gallery_open(gallery_find("name-under-a-strip"), &shot);
    struct canvas *canvas;
    (void)state;
    assert_int_equal(canvas_open(&screens[0], &canvas), RC_OK);
    stage_draw(stage, GALLERY_NOW_MS, canvas);
    assert_int_equal(judge_languages(stage, 2), 2);
    stage_close(stage);
    stage = gallery_open(gallery_find("greeting"), &shot);
    stage_draw(stage, GALLERY_NOW_MS, canvas);
    assert_int_equal(judge_languages(stage, 2), 0);
    assert_int_equal(judge_languages(stage, 3), 1);
    canvas_close(canvas);
    stage_close(stage);
}

static void capitals_are_as_high_as_they_were_asked_to_be(void **state)
{
    struct canvas *canvas;
    struct canvas_text text = {.text = "H", .cap_mm = 10, .is_bold = true};
    const struct canvas_mark *marks;
    (void)state;
    for (unsigned s = 0; s < SCREENS; s++) {
        assert_int_equal(canvas_open(&screens[s], &canvas), RC_OK);
        canvas_begin(canvas, &(struct theme_mode){.is_evening = false});
        canvas_text(canvas, (struct rect){5, 5, 60, 30}, &text);
        assert_int_equal(canvas_marks(canvas, &marks), 1);
        assert_true(marks[0].ink.h > 9.8 && marks[0].ink.h < 10.2);
        canvas_close(canvas);
    }
}

static int set_up(void **state)
{
    (void)state;
    gallery_init();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_text_is_cut_or_lies_on_another_anywhere),
        cmocka_unit_test(every_fault_has_room),
        cmocka_unit_test(every_occasion_and_every_balance_has_room),
        cmocka_unit_test(what_is_wrong_is_noticed),
        cmocka_unit_test(a_missing_language_is_noticed),
        cmocka_unit_test(capitals_are_as_high_as_they_were_asked_to_be),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
