/*
 * screens - draws every scene at two sizes in three languages, and for the evening, to look at.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/ui/stage.h"
#include "app/ui/words.h"

static const struct screen sizes[] = {{800, 480, 154, 86, 0}, {720, 1280, 87, 155, 0}};

static const int64_t wall_ms = 1795524720000; /* 2026-11-24 13:52 in Brussels */

static struct answer answer_of(enum answer_kind kind, enum language language, const char *name)
{
    const struct tap_durations {
        int64_t shown_ms, undo_ms;
    } durations = {4000, kind == ANSWER_ARRIVAL || kind == ANSWER_DEPARTURE ||
                                 kind == ANSWER_ARRIVAL_FORGOTTEN
                             ? 10000
                             : 0};
    struct answer answer = {.kind = kind,
                            .person = {1, 2},
                            .fact = {1, 3},
                            .language = language,
                            .at_ms = wall_ms,
                            .arrived_ms = wall_ms - 11520000,
                            .left_ms = kind == ANSWER_HAS_LEFT ? wall_ms : 0,
                            .forgotten_ms = wall_ms - 90000000,
                            .today_s = 11520,
                            .month_s = 22200,
                            .here = 7,
                            .shown_ms = durations.shown_ms,
                            .undo_ms = durations.undo_ms};
    snprintf(answer.first_name, sizeof answer.first_name, "%s", name);
    snprintf(answer.display_name, sizeof answer.display_name, "%s D.", name);
    return answer;
}

static void show(struct stage *stage, int which, enum language language)
{
    struct answer answer, other;
    if (which == ANSWER_COUNT + 10)
        return;
    stage_open_door(stage);
    stage_set_clock(stage, wall_ms, true);
    stage_set_here(stage, 7);
    if (which >= 0 && which < ANSWER_COUNT) {
        answer = answer_of((enum answer_kind)which, language, "Zoé");
        stage_answer(stage, &answer, 1000);
    } else if (which == ANSWER_COUNT) {
        answer = answer_of(ANSWER_ARRIVAL, language, "Jean-Baptiste");
        other = answer_of(ANSWER_DEPARTURE, (enum language)((language + 1) % 3), "Noor");
        other.person.seq = 5;
        stage_answer(stage, &answer, 900);
        stage_answer(stage, &other, 1000);
    } else if (which == ANSWER_COUNT + 1) {
        answer = answer_of(ANSWER_ARRIVAL, language, "Siobhán");
        stage_answer(stage, &answer, -4000);
    } else if (which == ANSWER_COUNT + 2) {
        stage_set_reader_resting(stage, true);
    } else if (which == ANSWER_COUNT + 3) {
        stage_set_fault(stage, "perron.db is damaged: file is not a database. Put the copy of "
                               "yesterday back, or call the person who installed this station.");
    } else if (which == ANSWER_COUNT + 4) {
        stage_moment(stage, 1000);
    } else if (which == ANSWER_COUNT + 5) {
        stage_seen(stage, 1000);
    } else if (which == ANSWER_COUNT + 7) {
        answer = answer_of(ANSWER_ARRIVAL, language, "Zoé");
        stage_answer(stage, &answer, 900);
        stage_undone(stage, answer.fact, 1000);
    } else if (which == ANSWER_COUNT + 8) {
        struct stage_intent intent;
        if (stage_press(stage, "call", 1000, &intent) != RC_OK)
            abort();
    } else if (which == ANSWER_COUNT + 9) {
        stage_set_occasion(stage, "Deux mains à la caisse à 17\u00a0h\u202f?");
    }
}

static const char *name_of(int which)
{
    static const char *const more[] = {"two",    "strip",    "reader-resting", "fault",
                                       "moment", "seen",     "resting",        "undone",
                                       "called", "occasion", "starting"};
    return which < ANSWER_COUNT ? answer_name((enum answer_kind)which) : more[which - ANSWER_COUNT];
}

static int draw(const char *folder, const struct screen *screen, int which, enum language language,
                bool is_evening)
{
    struct stage_config config = {
        .screen = *screen,
        .home = language,
        .venue = "L’épi commun",
        .version = PERRON_VERSION,
        .is_evening = is_evening,
        .reader_side = screen->height_px > screen->width_px ? SCENE_BELOW : SCENE_RIGHT};
    struct stage *stage;
    struct canvas *canvas;
    char path[512];
    if (stage_open(&config, &stage) || canvas_open(screen, &canvas))
        return 1;
    show(stage, which, language);
    stage_draw(stage, 1000, canvas);
    snprintf(path, sizeof path, "%s/%s-%dx%d-%s%s.png", folder, name_of(which), screen->width_px,
             screen->height_px, language_code(language), is_evening ? "-evening" : "");
    int failed = canvas_save_png(canvas, path) != RC_OK;
    canvas_close(canvas);
    stage_close(stage);
    return failed;
}

int main(int argc, char **argv)
{
    char locale_dir[512];
    const char *build = getenv("PERRON_BUILD");
    int failed = 0;
    if (argc != 2 || strcmp(argv[1], "--help") == 0) {
        puts("usage: screens FOLDER    draws every scene into the folder");
        return argc == 2 ? 0 : 2;
    }
    mkdir(argv[1], 0777);
    setenv("TZ", "Europe/Brussels", 1);
    snprintf(locale_dir, sizeof locale_dir, "%s/locale", build ? build : "build");
    if (words_init(locale_dir))
        return 1;
    for (unsigned size = 0; size < sizeof sizes / sizeof sizes[0]; size++)
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            for (int which = 0; which < ANSWER_COUNT + 11; which++)
                if (which >= ANSWER_COUNT || scene_of((enum answer_kind)which)) {
                    failed |= draw(argv[1], &sizes[size], which, (enum language)language, false);
                    if (language == LANGUAGE_FR)
                        failed |= draw(argv[1], &sizes[size], which, LANGUAGE_FR, true);
                }
    return failed;
}
