/*
 * Every scene on every screen in every language, with short and long names: no text is cut, leaves
 * the screen or lies on another; nothing to touch is too small. A picture that fails is kept.
 */
#include "app/ui/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "app/ui/words.h"

#define WALL_MS 1795524720000 /* 2026-11-24 13:52 in Brussels */
#define NOW_MS 100000
#define BUTTON_LEAST_MM 15.0
#define TEXT_LEAST_MM 2.99
#define SLACK_MM 0.35

static const struct screen screens[] = {
    {800, 480, 154, 86, 0},   {1024, 600, 154, 86, 0}, {1280, 720, 155, 87, 0},
    {720, 1280, 87, 155, 0},  {800, 480, 154, 86, 90}, {1280, 720, 155, 87, 180},
    {1280, 800, 217, 136, 0},
};

struct name {
    const char *first, *shown;
};

static const struct name names[] = {
    {"Zoé", "Zoé D."},
    {"Jean-Baptiste", "Jean-Baptiste V."},
    {"Marie-Emmanuelle Clémentine", "Marie-Emmanuelle C."},
    {"Konstantinos Alexandros", "Konstantinos A."},
};

#define NAMES ((int)(sizeof names / sizeof names[0]))

struct shot {
    struct screen screen;
    enum language language;
    const struct name *name;
    struct stage *stage;
};

static struct answer answer_of(const struct shot *shot, enum answer_kind kind, int person)
{
    struct answer answer = {.kind = kind,
                            .person = {1, person},
                            .fact = {1, person + 100},
                            .language =
                                (enum language)((shot->language + person - 1) % LANGUAGE_COUNT),
                            .at_ms = WALL_MS,
                            .arrived_ms = WALL_MS - 11520000,
                            .left_ms = kind == ANSWER_HAS_LEFT ? WALL_MS : 0,
                            .forgotten_ms = WALL_MS - (int64_t)86400000 * 13,
                            .today_s = 11520,
                            .month_s = 158 * 3600 + 2820,
                            .here = 27,
                            .shown_ms = 8000,
                            .undo_ms = 10000};
    snprintf(answer.first_name, sizeof answer.first_name, "%s", shot->name->first);
    snprintf(answer.display_name, sizeof answer.display_name, "%s", shot->name->shown);
    return answer;
}

static void put(const struct shot *shot, enum answer_kind kind, int person, int64_t at_ms)
{
    struct answer answer = answer_of(shot, kind, person);
    stage_answer(shot->stage, &answer, at_ms);
}

/* --- the situations --- */

static void greeting(const struct shot *shot)
{
    put(shot, ANSWER_ARRIVAL, 1, NOW_MS);
}

static void goodbye(const struct shot *shot)
{
    put(shot, ANSWER_DEPARTURE, 1, NOW_MS);
}

static void doubtful(const struct shot *shot)
{
    struct answer answer = answer_of(shot, ANSWER_DEPARTURE, 1);
    answer.is_time_doubtful = true;
    stage_answer(shot->stage, &answer, NOW_MS);
}

static void already_in(const struct shot *shot)
{
    put(shot, ANSWER_ALREADY_IN, 1, NOW_MS);
}

static void has_left(const struct shot *shot)
{
    put(shot, ANSWER_HAS_LEFT, 1, NOW_MS);
}

static void forgotten(const struct shot *shot)
{
    put(shot, ANSWER_ARRIVAL_FORGOTTEN, 1, NOW_MS);
}

static void unknown(const struct shot *shot)
{
    put(shot, ANSWER_UNKNOWN, 1, NOW_MS);
}

static void withdrawn(const struct shot *shot)
{
    put(shot, ANSWER_WITHDRAWN, 1, NOW_MS);
}

static void not_recorded(const struct shot *shot)
{
    put(shot, ANSWER_NOT_RECORDED, 1, NOW_MS);
}

static void undone(const struct shot *shot)
{
    put(shot, ANSWER_ARRIVAL, 1, NOW_MS);
    stage_undone(shot->stage, (struct fact_id){1, 101}, NOW_MS);
}

static void two(const struct shot *shot)
{
    put(shot, ANSWER_ARRIVAL, 1, NOW_MS);
    put(shot, ANSWER_DEPARTURE, 2, NOW_MS);
}

static void two_questions(const struct shot *shot)
{
    put(shot, ANSWER_ARRIVAL_FORGOTTEN, 1, NOW_MS);
    put(shot, ANSWER_HAS_LEFT, 2, NOW_MS);
}

static void two_in_trouble(const struct shot *shot)
{
    struct answer answer = answer_of(shot, ANSWER_NOT_RECORDED, 2);
    put(shot, ANSWER_UNKNOWN, 1, NOW_MS);
    answer.person.seq = 0;
    stage_answer(shot->stage, &answer, NOW_MS);
}

static void strip(const struct shot *shot)
{
    put(shot, ANSWER_ARRIVAL, 1, NOW_MS - 9000);
}

static void two_strips(const struct shot *shot)
{
    put(shot, ANSWER_ARRIVAL, 1, NOW_MS - 9000);
    put(shot, ANSWER_DEPARTURE, 2, NOW_MS - 8500);
}

static void a_third_and_a_fourth(const struct shot *shot)
{
    for (int person = 1; person <= 4; person++)
        put(shot, person % 2 ? ANSWER_DEPARTURE : ANSWER_ARRIVAL, person, NOW_MS - 100 + person);
}

static void resting(const struct shot *shot)
{
    (void)shot;
}

static void resting_empty(const struct shot *shot)
{
    stage_set_here(shot->stage, 0);
    stage_set_clock(shot->stage, 0, false);
}

static void resting_full(const struct shot *shot)
{
    stage_set_here(shot->stage, 184);
}

static void occasion(const struct shot *shot)
{
    stage_set_occasion(shot->stage, "Deux mains à la caisse à 17 h\u202f?");
}

static void reader_resting(const struct shot *shot)
{
    stage_set_reader_resting(shot->stage, true);
}

static void seen(const struct shot *shot)
{
    stage_seen(shot->stage, NOW_MS);
}

static void moment(const struct shot *shot)
{
    stage_moment(shot->stage, NOW_MS);
}

static void called(const struct shot *shot)
{
    struct stage_intent intent;
    assert_int_equal(stage_press(shot->stage, "call", NOW_MS, &intent), RC_OK);
}

static void fault(const struct shot *shot)
{
    stage_set_address(shot->stage, "192.168.1.205");
    stage_set_fault(shot->stage, "The register perron.db is damaged: file is not a database. Put "
                                 "yesterday's copy back with `perron restore`, or call the person "
                                 "who installed this station.");
}

static const struct situation {
    const char *name;
    void (*show)(const struct shot *shot);
    bool is_about_people;
} situations[] = {
    {"greeting", greeting, true},
    {"goodbye", goodbye, true},
    {"doubtful", doubtful, false},
    {"already-in", already_in, true},
    {"has-left", has_left, true},
    {"forgotten", forgotten, true},
    {"unknown", unknown, false},
    {"withdrawn", withdrawn, false},
    {"not-recorded", not_recorded, false},
    {"undone", undone, false},
    {"two", two, true},
    {"two-questions", two_questions, true},
    {"two-in-trouble", two_in_trouble, false},
    {"strip", strip, true},
    {"two-strips", two_strips, true},
    {"a-third-and-a-fourth", a_third_and_a_fourth, true},
    {"resting", resting, false},
    {"resting-empty", resting_empty, false},
    {"resting-full", resting_full, false},
    {"occasion", occasion, false},
    {"reader-resting", reader_resting, false},
    {"seen", seen, false},
    {"moment", moment, false},
    {"called", called, false},
    {"fault", fault, false},
};

/* --- what is looked for --- */

static bool overlaps(struct rect a, struct rect b, double slack)
{
    return a.x + a.w - b.x > slack && b.x + b.w - a.x > slack && a.y + a.h - b.y > slack &&
           b.y + b.h - a.y > slack;
}

static bool leaves(struct rect inner, struct rect outer, double slack)
{
    return inner.x < outer.x - slack || inner.y < outer.y - slack ||
           inner.x + inner.w > outer.x + outer.w + slack ||
           inner.y + inner.h > outer.y + outer.h + slack;
}

/* Writes what is wrong with the texts; returns how much. */
static int judge_texts(const struct canvas *canvas, struct rect area, bool is_fault, char *out_why,
                       size_t size)
{
    const struct canvas_mark *marks;
    int wrong = 0, count = canvas_marks(canvas, &marks);
    assert_true(count < CANVAS_MARKS_MAX);
    for (int i = 0; i < count; i++) {
        const char *what = NULL;
        if (marks[i].is_cut)
            what = "is cut";
        else if (leaves(marks[i].ink, area, 0))
            what = "leaves the screen";
        else if (leaves(marks[i].ink, marks[i].box, 1.2))
            what = "leaves its box";
        else if (!is_fault && marks[i].cap_mm < TEXT_LEAST_MM)
            what = "is too small";
        for (int j = 0; j < i && !what; j++)
            if (overlaps(marks[i].ink, marks[j].ink, SLACK_MM))
                what = "lies on another";
        if (what)
            snprintf(out_why, size, "\"%s\" %s", marks[i].text, what);
        wrong += what != NULL;
    }
    return wrong;
}

static int judge_buttons(struct stage *stage, const struct canvas *canvas, struct rect area,
                         char *out_why, size_t size)
{
    struct scene_button buttons[STAGE_BUTTONS_MAX];
    const struct canvas_mark *marks;
    int wrong = 0, count = stage_buttons(stage, NOW_MS, buttons);
    int texts = canvas_marks(canvas, &marks);
    for (int i = 0; i < count; i++) {
        const char *what = NULL;
        struct rect box = buttons[i].box;
        if (box.w < BUTTON_LEAST_MM || box.h < BUTTON_LEAST_MM)
            what = "is too small for a finger";
        if (leaves(box, area, 0))
            what = "leaves the screen";
        for (int j = 0; j < i; j++)
            if (overlaps(box, buttons[j].box, -1.9))
                what = "is too near another";
        for (int j = 0; j < texts; j++)
            if (overlaps(box, marks[j].ink, 0.2) && leaves(marks[j].ink, box, 0))
                what = "lies on a text";
        if (what)
            snprintf(out_why, size, "the button %s %s", buttons[i].name, what);
        wrong += what != NULL;
    }
    return wrong;
}

static void keep(struct canvas *canvas, const char *name)
{
    char path[512];
    const char *build = getenv("PERRON_BUILD");
    snprintf(path, sizeof path, "%s/failed-pictures", build ? build : "build");
    mkdir(path, 0777);
    snprintf(path, sizeof path, "%s/failed-pictures/%s.png", build ? build : "build", name);
    if (canvas_save_png(canvas, path) == RC_OK)
        print_message("  the picture is %s\n", path);
}

static int check(const struct situation *situation, struct shot *shot, bool is_evening)
{
    const struct stage_config config = {.screen = shot->screen,
                                        .reader_side = (enum scene_side)(shot->language + 1),
                                        .home = shot->language,
                                        .venue = "Le Grand Jardin des Marolles",
                                        .version = "1.20.3",
                                        .is_evening = is_evening};
    struct canvas *canvas;
    char why[256] = "", name[256];
    struct rect area = screen_area(&shot->screen);
    assert_int_equal(stage_open(&config, &shot->stage), RC_OK);
    assert_int_equal(canvas_open(&shot->screen, &canvas), RC_OK);
    stage_open_door(shot->stage);
    stage_set_clock(shot->stage, WALL_MS, true);
    stage_set_here(shot->stage, 27);
    situation->show(shot);
    stage_draw(shot->stage, NOW_MS, canvas);
    bool is_fault = strcmp(situation->name, "fault") == 0;
    int wrong = judge_texts(canvas, area, is_fault, why, sizeof why);
    wrong += judge_buttons(shot->stage, canvas, area, why, sizeof why);
    if (wrong) {
        snprintf(name, sizeof name, "%s-%dx%d-%d-%s-%s", situation->name, shot->screen.width_px,
                 shot->screen.height_px, shot->screen.rotation, language_code(shot->language),
                 shot->name->first);
        print_message("%s: %s\n", name, why);
        keep(canvas, name);
    }
    canvas_close(canvas);
    stage_close(shot->stage);
    return wrong;
}

static int check_all(const struct situation *situation)
{
    int wrong = 0;
    for (unsigned s = 0; s < sizeof screens / sizeof screens[0]; s++)
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            for (int n = 0; n < (situation->is_about_people ? NAMES : 2); n++) {
                struct shot shot = {screens[s], (enum language)language, &names[n], NULL};
                wrong += check(situation, &shot, n % 2);
            }
    return wrong;
}

static void no_text_is_cut_or_lies_on_another_anywhere(void **state)
{
    int wrong = 0;
    (void)state;
    for (unsigned i = 0; i < sizeof situations / sizeof situations[0]; i++)
        wrong += check_all(&situations[i]);
    assert_int_equal(wrong, 0);
}

/* The control: the judge must see what is wrong. */
static void a_text_that_does_not_fit_is_noticed(void **state)
{
    struct canvas *canvas;
    struct canvas_text text = {.text = "Supercalifragilistic", .cap_mm = 6};
    char why[256];
    struct rect area = {0, 0, 154, 86};
    (void)state;
    assert_int_equal(canvas_open(&screens[0], &canvas), RC_OK);
    canvas_text(canvas, (struct rect){5, 5, 25, 10}, &text);
    assert_int_equal(judge_texts(canvas, area, false, why, sizeof why), 1);
    canvas_forget(canvas);
    text.text = "here";
    canvas_text(canvas, (struct rect){5, 5, 40, 10}, &text);
    canvas_text(canvas, (struct rect){8, 8, 40, 10}, &text);
    assert_int_equal(judge_texts(canvas, area, false, why, sizeof why), 1);
    canvas_close(canvas);
}

static void capitals_are_as_high_as_they_were_asked_to_be(void **state)
{
    struct canvas *canvas;
    struct canvas_text text = {.text = "H", .cap_mm = 10, .is_bold = true};
    const struct canvas_mark *marks;
    (void)state;
    for (unsigned s = 0; s < sizeof screens / sizeof screens[0]; s++) {
        assert_int_equal(canvas_open(&screens[s], &canvas), RC_OK);
        canvas_text(canvas, (struct rect){5, 5, 60, 30}, &text);
        assert_int_equal(canvas_marks(canvas, &marks), 1);
        assert_true(marks[0].ink.h > 9.8 && marks[0].ink.h < 10.2);
        canvas_close(canvas);
    }
}

static int set_up(void **state)
{
    char locale_dir[512];
    const char *build = getenv("PERRON_BUILD");
    (void)state;
    setenv("TZ", "Europe/Brussels", 1);
    snprintf(locale_dir, sizeof locale_dir, "%s/locale", build ? build : "build");
    return words_init(locale_dir) != RC_OK;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_text_is_cut_or_lies_on_another_anywhere),
        cmocka_unit_test(a_text_that_does_not_fit_is_noticed),
        cmocka_unit_test(capitals_are_as_high_as_they_were_asked_to_be),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
