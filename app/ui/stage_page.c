/* Pages: where somebody goes, what they type and choose, and what that asks of the station. */
#include <stdio.h>
#include <string.h>

#include "app/ui/banner.h"
#include "app/ui/stage_i.h"

#define TOLD_MS 10000     /* who waits longer may try again */
#define INSTALL_MS 100000 /* the same, while a package is copied, weighed and looked at */

/* The page's time begins anew with every touch. */
static void set_idle(struct stage *stage, int64_t now_ms)
{
    const struct scene *scene = stage->page.scene;
    bool is_held = scene && scene->is_of_stick && stage->load.work;
    stage->idle_ms = scene && scene->idle_s && !is_held
                         ? now_ms + (int64_t)scene->idle_s * 1000 + STAGE_WARN_MS
                         : INT64_MAX;
}

void stage_stay(struct stage *stage, int64_t now_ms)
{
    if (stage_warned_s(stage, now_ms) >= 0)
        stage_change(stage);
    set_idle(stage, now_ms);
}

static void enter(struct stage *stage, const struct scene *scene, int64_t now_ms)
{
    struct page *page = &stage->page;
    if (scene->is_detour && !(page->scene && page->scene->is_detour))
        page->detour_from = page->scene;
    page->scene = scene;
    page->first = 0;
    page->problem = NULL;
    page->is_waiting = page->is_told_once = false;
    stage->told_ms = INT64_MAX;
    page->keyboard.language = stage->language;
    stage->late_ms = scene->patience_s ? now_ms + (int64_t)scene->patience_s * 1000 : INT64_MAX;
    set_idle(stage, now_ms);
    stage_change(stage);
}

/* What an event left to do: to ask, or to go on; both, one after the other. */
static void follow(struct stage *stage, int64_t now_ms, struct ask *out_ask)
{
    struct page *page = &stage->page;
    if (page->speaks >= 0) {
        stage->language = page->keyboard.language = (enum language)page->speaks;
        stage->has_badge_language = false;
        page->speaks = -1;
    }
    if (page->ask.kind != ASK_NOTHING) {
        *out_ask = page->ask;
        out_ask->language = stage->language;
        page->asked = (struct page_asked){page->ask.kind, page->ask.fact, page->ask.number[0]};
        page->ask = (struct ask){.kind = ASK_NOTHING};
        page->is_waiting = !page->is_aside;
        bool is_long = out_ask->kind == ASK_INSTALL;
        stage->told_ms = page->is_aside ? INT64_MAX : now_ms + (is_long ? INSTALL_MS : TOLD_MS);
        page->is_aside = false;
    }
    if (page->is_leaving) {
        page->is_leaving = false;
        bool is_waiting = page->is_waiting;
        stage_go(stage, page->next, now_ms, out_ask);
        page->is_waiting |= is_waiting && page->scene;
    }
}

void stage_tell_page(struct stage *stage, enum page_event_kind kind, int value, int64_t now_ms,
                     struct ask *out_ask)
{
    struct page *page = &stage->page;
    const struct page_event event = {kind, value, now_ms};
    stage->is_changed = true;
    if (!page->scene || !page->scene->event)
        return;
    page->scene->event(page, &event);
    follow(stage, now_ms, out_ask);
}

void stage_go(struct stage *stage, const struct scene *scene, int64_t now_ms, struct ask *out_ask)
{
    if (!scene) {
        page_wipe(&stage->page);
        stage->idle_ms = stage->told_ms = stage->late_ms = INT64_MAX;
        if (stage->has_badge_language)
            stage->language = stage->config.home;
        stage->has_badge_language = false;
        if (stage->language != stage->config.home ||
            memcmp(&stage->mode, &stage->config.mode, sizeof stage->mode) != 0 ||
            stage->is_speaking)
            stage->home_ms = now_ms + STAGE_HOME_MS;
        stage_change(stage);
        return;
    }
    stage->home_ms = INT64_MAX; /* a page has its own time */
    enter(stage, scene, now_ms);
    stage_tell_page(stage, PAGE_ENTER, 0, now_ms, out_ask);
}

void stage_show(struct stage *stage, const struct scene *scene, int64_t now_ms, struct ask *out_ask)
{
    *out_ask = (struct ask){.kind = ASK_NOTHING};
    stage_go(stage, scene, now_ms, out_ask);
}

/* --- typing --- */

bool stage_is_typing(const struct stage *stage)
{
    return stage->page.scene && stage->sheet.key_count > 0;
}

void stage_key(struct stage *stage, int key, int64_t now_ms, struct ask *out_ask)
{
    struct page *page = &stage->page;
    if (key < 0 || key >= stage->sheet.key_count)
        return;
    page->problem = NULL;
    switch (keyboard_press(&page->keyboard, &stage->sheet.keys[key], &page->typing[page->field])) {
    case KEYBOARD_TYPED: stage_tell_page(stage, PAGE_TYPED, 0, now_ms, out_ask); break;
    case KEYBOARD_DONE: stage_tell_page(stage, PAGE_DONE, 0, now_ms, out_ask); break;
    default: stage->is_changed = true; break;
    }
}

void stage_type(struct stage *stage, const char *text, int64_t now_ms, struct ask *out_ask)
{
    struct page *page = &stage->page;
    *out_ask = (struct ask){.kind = ASK_NOTHING};
    if (!stage_is_typing(stage))
        return;
    stage_wake(stage, now_ms);
    stage_stay(stage, now_ms);
    if (strcmp(text, "\n") == 0)
        stage_tell_page(stage, PAGE_DONE, 0, now_ms, out_ask);
    else if (strcmp(text, "\b") == 0
                 ? typing_delete(&page->typing[page->field])
                 : keyboard_type_text(&page->keyboard, &page->typing[page->field], text) ==
                       KEYBOARD_TYPED)
        stage_tell_page(stage, PAGE_TYPED, 0, now_ms, out_ask);
}

/* --- the USB stick --- */

/* Numbers that go on are no news, and take no button from under a finger. */
static bool is_news(const struct load *before, const struct load *load)
{
    return before->stand != load->stand || before->work != load->work || before->end != load->end ||
           before->found != load->found || before->info.trouble != load->info.trouble;
}

void stage_set_load(struct stage *stage, const struct load *load, int64_t now_ms,
                    struct ask *out_ask)
{
    const struct scene *scene = stage->page.scene;
    bool has_news = is_news(&stage->load, load);
    *out_ask = (struct ask){.kind = ASK_NOTHING};
    stage_age(stage, now_ms);
    stage->load = *load;
    stage->is_changed = true;
    if (!has_news)
        return;
    stage->banner_ms = banner_is_needed(load) ? now_ms + STAGE_BANNER_MS : 0;
    stage_wake(stage, now_ms);
    stage_change(stage);
    if (scene && scene == stage->page.scene && scene->is_of_stick) {
        stage_stay(stage, now_ms);
        if (load->work) /* it is the load that says how it goes on */
            stage->page.is_waiting = false;
        stage_tell_page(stage, PAGE_LOAD, 0, now_ms, out_ask);
    }
}

/* --- what the station says --- */

/* Asked by buttons on results: what comes of it belongs there, and to no page. */
static bool is_of_result(enum ask_kind ask)
{
    return ask == ASK_PROPOSE || ask == ASK_ATTEND || ask == ASK_HELP || ask == ASK_DO;
}

/* A result whose button was heard, or refused, says so. */
static void tell_card(struct stage *stage, const struct told *told, int64_t now_ms)
{
    for (int i = 0; i < stage->deck.count; i++) {
        struct deck_card *card = &stage->deck.cards[i];
        if (!fact_id_is_same(card->answer.person, told->person) || !deck_is_whole(card))
            continue;
        card->is_heard = told->how == TOLD_YES;
        card->spent_until_ms = 0;
        if (!card->is_heard)
            snprintf(card->why, sizeof card->why, "%s", told->why);
        deck_hold(card, card->why[0] ? STAGE_WHY_MS : STAGE_HEARD_MS, now_ms);
        stage_change(stage);
    }
}

enum scene_claim stage_claims(const struct stage *stage)
{
    return stage->page.scene ? stage->page.scene->claims : SCENE_CLAIMS_NONE;
}

struct fact_id stage_claims_of(const struct stage *stage)
{
    return stage->page.row.id;
}

/* The same was asked about something else since. */
static bool is_late(const struct page_asked *asked, const struct told *told)
{
    return !fact_id_is_none(told->fact) && told->ask == asked->kind &&
           (!fact_id_is_same(told->fact, asked->fact) || told->number != asked->number);
}

/* What was asked about somebody or something that the page has left since is not for it. */
static bool is_for_page(const struct page *page, const struct told *told)
{
    static const bool is_about_person[ASK_COUNT] = {
        [ASK_GUESTS] = true,     [ASK_PIN] = true,      [ASK_VISITS] = true,
        [ASK_CORRECT] = true,    [ASK_VOID] = true,     [ASK_BADGES] = true,
        [ASK_GIVE] = true,       [ASK_LOSE] = true,     [ASK_ENTER] = true,
        [ASK_REPLACE] = true,    [ASK_NEW_CODE] = true, [ASK_DEPART] = true,
        [ASK_SIGN_UP] = true,    [ASK_EXCUSE] = true,   [ASK_STAND_IN] = true,
        [ASK_TAKE_BACK] = true,  [ASK_MINE] = true,     [ASK_MY_HOURS] = true,
        [ASK_MY_VISITS] = true,  [ASK_MY_TIMES] = true, [ASK_SIGN_OFF] = true,
        [ASK_SIGNED_OFF] = true, [ASK_CIRCLES] = true,  [ASK_CIRCLE] = true,
        [ASK_PAUSE] = true,      [ASK_PRIVATE] = true,  [ASK_SAY] = true,
        [ASK_PROXY] = true,      [ASK_WAY] = true,      [ASK_TELL] = true,
        [ASK_STEP] = true,       [ASK_MISSIONS] = true, [ASK_BUDDIES] = true,
        [ASK_BUDDY] = true,      [ASK_BLANK] = true,    [ASK_NEXT] = true,
        [ASK_CONSENT] = true,    [ASK_ERASE] = true,    [ASK_OUTLOOK] = true,
    };
    bool is_other = !fact_id_is_none(told->person) && !fact_id_is_same(told->person, page->person);
    return page->scene && !(is_about_person[told->ask] && is_other) && !is_late(&page->asked, told);
}

void stage_told(struct stage *stage, const struct told *told, int64_t now_ms, struct ask *out_ask)
{
    struct page *page = &stage->page;
    *out_ask = (struct ask){.kind = ASK_NOTHING};
    stage_age(stage, now_ms);
    stage_wake(stage, now_ms);
    if (told->how == TOLD_CLAIMED) /* a badge has its answer; what a page asked is no tap's */
        stage_end_waiting(stage);
    if (is_of_result(told->ask)) {
        tell_card(stage, told, now_ms);
        return;
    }
    if (!is_for_page(page, told))
        return;
    page->is_waiting = false;
    stage->told_ms = INT64_MAX;
    page->told = *told;
    stage->told++;
    page->problem = page->told.why[0] ? page->told.why : NULL;
    stage_change(stage);
    stage_stay(stage, now_ms);
    stage_tell_page(stage, PAGE_TOLD, 0, now_ms, out_ask);
}
