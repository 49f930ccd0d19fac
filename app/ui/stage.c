#include "app/ui/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/ui/stage_i.h"

#define SEEN_MS 1500    /* the answer takes 300 ms, and ends it */
#define MOMENT_MS 10000 /* "not recorded" comes after 3 s; this is for answers that never come */
#define UNDONE_MS 3000

enum rc stage_open(const struct stage_config *config, struct stage **out_stage)
{
    struct stage *stage = calloc(1, sizeof *stage);
    if (!stage)
        return RC_NO_MEMORY;
    stage->config = *config;
    stage->mode = config->mode;
    stage->language = config->home;
    stage->is_changed = true;
    stage->frame_ms = stage->home_ms = stage->idle_ms = stage->told_ms = stage->late_ms = INT64_MAX;
    stage->volume = stage->brightness = -1;
    stage->deck.whole_most = 2;
    stage->page.keyboard.arrangement = config->has_qwerty ? KEYBOARD_QWERTY : KEYBOARD_AZERTY;
    stage->page.load = &stage->load;
    page_wipe(&stage->page);
    *out_stage = stage;
    return RC_OK;
}

void stage_close(struct stage *stage)
{
    if (stage)
        page_wipe(&stage->page);
    free(stage);
}

void stage_change(struct stage *stage)
{
    stage->changes++;
    stage->is_changed = true;
}

const struct scene *stage_base(const struct stage *stage)
{
    if (stage->fault)
        return &scene_fault;
    if (!stage->is_open)
        return &scene_starting;
    if (stage->page.scene)
        return stage->page.scene;
    return stage->moment_until_ms ? &scene_moment : &scene_resting;
}

/* --- time --- */

void stage_end_waiting(struct stage *stage)
{
    if (stage->moment_until_ms)
        stage_change(stage);
    if (stage->seen_until_ms)
        stage->is_changed = true;
    stage->moment_until_ms = stage->seen_until_ms = 0;
}

bool stage_is_dimmed(const struct stage *stage, int64_t now_ms)
{
    return stage->config.dim_ms && now_ms - stage->awake_ms >= stage->config.dim_ms;
}

void stage_wake(struct stage *stage, int64_t now_ms)
{
    if (stage_is_dimmed(stage, now_ms))
        stage_change(stage);
    stage->awake_ms = now_ms;
}

int stage_warned_s(const struct stage *stage, int64_t now_ms)
{
    int64_t left_ms = stage->idle_ms - now_ms;
    if (stage->idle_ms == INT64_MAX || left_ms > STAGE_WARN_MS)
        return -1;
    return (int)((left_ms + 999) / 1000);
}

/* The resting screen forgets whose language and letters it had. */
static void go_home(struct stage *stage)
{
    stage->home_ms = INT64_MAX;
    stage->language = stage->config.home;
    stage->mode = stage->config.mode;
    stage->is_speaking = false;
    stage_change(stage);
}

/* Nobody sees a warning below results: the page has the time of one when they are gone. */
static void hold_covered_page(struct stage *stage, int64_t now_ms)
{
    int64_t covered_ms = deck_whole_until_ms(&stage->deck);
    if (covered_ms > now_ms)
        covered_ms = now_ms;
    if (covered_ms && stage->idle_ms < covered_ms + STAGE_WARN_MS)
        stage->idle_ms = covered_ms + STAGE_WARN_MS;
}

void stage_age(struct stage *stage, int64_t now_ms)
{
    struct ask ask;
    unsigned before = stage->deck.changes;
    if (!stage->has_begun)
        stage->awake_ms = now_ms;
    stage->has_begun = true;
    hold_covered_page(stage, now_ms);
    deck_age(&stage->deck, now_ms);
    stage->is_changed |= before != stage->deck.changes;
    if (stage->seen_until_ms && now_ms >= stage->seen_until_ms) {
        stage->seen_until_ms = 0;
        stage->is_changed = true;
    }
    if (stage->moment_until_ms && now_ms >= stage->moment_until_ms)
        stage_end_waiting(stage);
    if (now_ms >= stage->told_ms) {
        stage->told_ms = INT64_MAX;
        stage->page.is_waiting = false;
        stage_change(stage);
    }
    if (now_ms >= stage->idle_ms) {
        stage_go(stage, NULL, now_ms, &ask);
        go_home(stage);
    }
    if (now_ms >= stage->late_ms) {
        stage->late_ms = INT64_MAX;
        stage_tell_page(stage, PAGE_LATE, 0, now_ms, &stage->late);
    }
    if (now_ms >= stage->home_ms)
        go_home(stage);
    if (stage->banner_ms && now_ms >= stage->banner_ms) {
        stage->banner_ms = 0;
        stage_change(stage);
    }
    if (now_ms >= stage->frame_ms || stage_is_dimmed(stage, now_ms) != stage->is_dark)
        stage->is_changed = true;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t stage_due_ms(const struct stage *stage)
{
    if (stage->is_changed)
        return 0;
    int64_t due_ms = earlier(stage->frame_ms, stage->home_ms);
    due_ms = earlier(due_ms, deck_due_ms(&stage->deck));
    due_ms = earlier(due_ms, stage->told_ms);
    due_ms = earlier(due_ms, stage->idle_ms);
    due_ms = earlier(due_ms, stage->late_ms);
    if (stage->banner_ms)
        due_ms = earlier(due_ms, stage->banner_ms);
    if (stage->config.dim_ms && !stage->is_dark)
        due_ms = earlier(due_ms, stage->awake_ms + stage->config.dim_ms);
    if (stage->seen_until_ms)
        due_ms = earlier(due_ms, stage->seen_until_ms);
    if (stage->moment_until_ms)
        due_ms = earlier(due_ms, stage->moment_until_ms);
    return due_ms;
}

bool stage_is_changed(struct stage *stage, int64_t now_ms)
{
    stage_age(stage, now_ms);
    return stage->is_changed;
}

void stage_take_ask(struct stage *stage, struct ask *out_ask)
{
    *out_ask = stage->late;
    stage->late = (struct ask){.kind = ASK_NOTHING};
}

/* --- results --- */

void stage_seen(struct stage *stage, int64_t now_ms)
{
    stage_wake(stage, now_ms);
    stage->seen_until_ms = now_ms + SEEN_MS;
    stage->is_changed = true;
}

void stage_moment(struct stage *stage, int64_t now_ms)
{
    stage->moment_until_ms = now_ms + MOMENT_MS;
    stage_change(stage);
}

/*
 * Is there something on the page that only somebody else may see? Nobody is never the same. Help
 * leads back to where somebody was.
 */
static bool is_private_from(const struct page *page, struct fact_id person)
{
    const struct scene *scene = page->scene;
    if (scene && scene->is_detour && page->detour_from)
        scene = page->detour_from;
    if (!scene || !(scene->is_private || scene->is_staff ||
                    (scene->is_personal && !fact_id_is_none(page->person))))
        return false;
    struct fact_id owner = scene->is_staff ? page->staff : page->person;
    return fact_id_is_none(person) || !fact_id_is_same(owner, person);
}

/* What is private closes before somebody else's result is seen above it. */
static void close_private(struct stage *stage, const struct answer *answer, int64_t now_ms)
{
    struct ask ask;
    if (is_private_from(&stage->page, answer->person))
        stage_go(stage, NULL, now_ms, &ask);
}

void stage_answer(struct stage *stage, const struct answer *answer, int64_t now_ms)
{
    const struct scene *scene = scene_of(answer);
    stage_age(stage, now_ms);
    stage_wake(stage, now_ms);
    stage_end_waiting(stage);
    if (!scene)
        return;
    close_private(stage, answer, now_ms);
    stage->deck.whole_most = stage->mode.is_large ? 1 : 2;
    deck_put(&stage->deck, scene, answer, now_ms);
    stage->is_changed = true;
}

void stage_undone(struct stage *stage, struct fact_id fact, int64_t now_ms)
{
    stage_age(stage, now_ms);
    stage_end_waiting(stage);
    deck_undo(&stage->deck, fact, &scene_undone, UNDONE_MS, now_ms);
    stage->is_changed = true;
}

/* --- what it is told --- */

void stage_open_door(struct stage *stage)
{
    if (!stage->is_open)
        stage_change(stage);
    stage->is_open = true;
}

void stage_set_fault(struct stage *stage, enum fault_kind kind, const char *detail)
{
    if (stage->fault == kind && strcmp(stage->fault_detail, detail) == 0)
        return;
    stage->fault = kind;
    snprintf(stage->fault_detail, sizeof stage->fault_detail, "%s", detail);
    stage_change(stage);
}

void stage_set_venue(struct stage *stage, const char *name, enum language home)
{
    stage->config.venue = name;
    stage->config.home = stage->language = home;
    stage->home_ms = INT64_MAX;
    stage_change(stage);
}

void stage_set_habits(struct stage *stage, bool has_qwerty, bool has_speech, int64_t dim_ms)
{
    stage->config.has_qwerty = has_qwerty;
    stage->config.has_speech = has_speech;
    stage->config.dim_ms = dim_ms;
    stage->page.keyboard.arrangement = has_qwerty ? KEYBOARD_QWERTY : KEYBOARD_AZERTY;
    stage->is_changed = true;
}

void stage_set_home(struct stage *stage, enum language home)
{
    stage->config.home = home;
    if (!stage->page.scene && stage->home_ms == INT64_MAX)
        stage->language = home;
    stage_change(stage);
}

void stage_set_address(struct stage *stage, const char *address)
{
    snprintf(stage->address, sizeof stage->address, "%s", address ? address : "");
    stage->is_changed |= stage->fault != FAULT_NONE;
}

void stage_set_mode(struct stage *stage, const struct theme_mode *mode)
{
    bool is_own = stage->home_ms != INT64_MAX || stage->page.scene;
    if (memcmp(&stage->config.mode, mode, sizeof *mode) == 0)
        return;
    stage->config.mode = *mode;
    if (!is_own)
        stage->mode = *mode;
    stage_change(stage);
}

void stage_set_levels(struct stage *stage, int volume, int brightness)
{
    stage->is_changed |= stage->volume != volume || stage->brightness != brightness;
    stage->volume = volume;
    stage->brightness = brightness;
}

enum language stage_language(const struct stage *stage)
{
    return stage->language;
}

bool stage_is_speaking(const struct stage *stage)
{
    return stage->is_speaking;
}

void stage_set_reader_resting(struct stage *stage, bool is_resting)
{
    if (stage->is_reader_resting == is_resting)
        return;
    stage->is_reader_resting = is_resting;
    stage_change(stage);
}

void stage_set_clock(struct stage *stage, int64_t wall_ms, bool is_trusted)
{
    if (stage->wall_ms / 60000 != wall_ms / 60000 || stage->has_clock != is_trusted)
        stage->is_changed = true;
    stage->wall_ms = wall_ms;
    stage->has_clock = is_trusted;
}

const struct page *stage_page(const struct stage *stage)
{
    return &stage->page;
}

const char *stage_scene_name(struct stage *stage)
{
    size_t used = 0;
    stage->name[0] = 0;
    for (int i = 0; i < stage->deck.count; i++) {
        const struct deck_card *card = &stage->deck.cards[i];
        if (deck_is_whole(card) && used < sizeof stage->name)
            used += (size_t)snprintf(stage->name + used, sizeof stage->name - used, "%s%s",
                                     used ? "+" : "", card->scene->name);
    }
    return used ? stage->name : stage_base(stage)->name;
}
