#include <stdio.h>
#include <string.h>

#include "app/ui/banner.h"
#include "app/ui/panel.h"
#include "app/ui/stage_i.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define FRAME_MS 250 /* a bar that runs out moves four times a second */
#define STRIP_H 19.0
#define STRIP_PAD 1.5
#define BAR_STRIP_H 18.4 /* of the one between Back and Help */
#define BAR_STRIP_PAD 1.2
#define BAR_STRIP_BELOW 0.6
#define STRIP_BUTTON_W 40.0
#define STRIP_BUTTON_LEAST_W 34.0
#define STRIP_BUTTON_LARGE_W 52.0
#define SEAM 0.8

/* --- the parts --- */

bool stage_has_page(const struct stage *stage)
{
    return stage->page.scene && stage_base(stage) == stage->page.scene;
}

/* Staff pages stay as they are in large letters. */
static bool is_large_page(const struct stage *stage)
{
    return stage->mode.is_large && !(stage->page.scene && stage->page.scene->is_staff);
}

/* How many strips there is room for: above an upright page one. */
static int count_strips(const struct stage *stage, bool is_above)
{
    int strips = stage->deck.count - deck_count_whole(&stage->deck), most = 2;
    if (is_above && layout_is_narrow(screen_area(&stage->config.screen)))
        most = 1;
    return strips > most ? most : strips;
}

/* Where one strip stands between Back and Help; of no height where it cannot. */
static struct rect place_in_bar(const struct stage *stage)
{
    struct layout_page page = layout_page(screen_area(&stage->config.screen), is_large_page(stage));
    struct rect box = page.middle;
    if (!stage_has_page(stage)) { /* and there is no Back */
        box.w += box.x - page.back.x;
        box.x = page.back.x;
    }
    if (box.h > 0) {
        box.y -= BAR_STRIP_H - box.h - BAR_STRIP_BELOW;
        box.h = BAR_STRIP_H;
    }
    return box;
}

/* Do strips stand in the bar at the top? */
static bool is_above(const struct stage *stage)
{
    bool is_lying = !layout_is_narrow(screen_area(&stage->config.screen));
    return deck_count_whole(&stage->deck) == 0 &&
           (stage_has_page(stage) || (is_lying && stage_base(stage)->has_bar));
}

/* Has the bar of this picture neither Back nor Help? */
static bool has_no_bar(const struct stage *stage)
{
    int strips = count_strips(stage, true);
    return strips > 1 || (strips == 1 && place_in_bar(stage).h == 0);
}

/*
 * Strips stand at the foot of results and of an upright resting screen, and else in the bar, so
 * that no key moves under a finger and nobody's way in is covered: one between Back and Help where
 * it lies, else in place of the bar; beside each other where there is width, else on each other.
 */
static void cut_strips(struct stage *stage, struct rect *area, struct stage_part *parts, int *count)
{
    struct deck *deck = &stage->deck;
    bool is_top = is_above(stage);
    int strips = count_strips(stage, is_top), place = 0;
    bool is_stacked = layout_is_narrow(*area);
    if (!strips)
        return;
    struct rect whole = *area;
    struct rect *from = is_top ? &whole : area;
    double width = is_stacked ? area->w : area->w / strips,
           height = STRIP_H * (is_stacked ? strips : 1);
    struct rect row = is_top ? rect_cut_top(from, height, 0) : rect_cut_bottom(from, height, 0);
    bool is_in_bar = is_top && !has_no_bar(stage);
    if (is_in_bar) {
        row = place_in_bar(stage);
        width = row.w;
    }
    for (int i = deck->count - 1; i >= 0 && place < strips; i--) { /* the newest ones */
        struct deck_card *card = &deck->cards[i];
        if (deck_is_whole(card))
            continue;
        struct rect box =
            is_stacked ? rect_cut_top(&row, STRIP_H, 0) : rect_cut_left(&row, width, 0);
        parts[(*count)++] = (struct stage_part){card->scene, card, box, true, is_in_bar};
        place++;
    }
}

static void divide_whole(struct stage *stage, struct rect area, int whole, struct stage_part *parts,
                         int *count)
{
    struct rect screen = screen_area(&stage->config.screen);
    bool is_stacked = screen.h > screen.w;
    for (int i = 0; i < stage->deck.count; i++) {
        struct deck_card *card = &stage->deck.cards[i];
        struct rect box = area;
        if (!deck_is_whole(card))
            continue;
        if (whole == 2)
            box = is_stacked ? layout_row(area, 2, 0, card->place)
                             : layout_column(area, 2, 0, card->place);
        parts[(*count)++] = (struct stage_part){card->scene, card, box, false, false};
    }
}

int stage_picture_divide(struct stage *stage, struct stage_part *out_parts)
{
    struct rect area = screen_area(&stage->config.screen);
    int count = 0, whole = deck_count_whole(&stage->deck);
    const struct scene *behind = stage_has_page(stage) ? stage->page.scene : stage_base(stage);
    if (is_above(stage)) /* the strips stand on it */
        out_parts[count++] = (struct stage_part){behind, NULL, area, false, false};
    cut_strips(stage, &area, out_parts, &count);
    if (whole)
        divide_whole(stage, area, whole, out_parts, &count);
    else if (!is_above(stage))
        out_parts[count++] = (struct stage_part){behind, NULL, area, false, false};
    return count;
}

struct rect stage_placed(const struct stage *stage, struct rect box)
{
    if (stage->mode.is_mirrored)
        box.x = screen_area(&stage->config.screen).w - box.x - box.w;
    return box;
}

/*
 * Where people rest it stands all the time, on pages for a while. Scenes of the stick say more, and
 * the title of a roll-call is needed more. The station's own card has its place where no stick is
 * there to speak of: where people rest, and where staff begin.
 */
static bool has_banner(const struct stage *stage, const struct stage_part *part)
{
    const struct scene *scene = part->scene;
    bool is_resting = scene == &scene_resting;
    bool is_apart = scene->is_of_stick || scene == &scene_roll_call;
    if (part->card)
        return false;
    if (banner_is_needed(&stage->load))
        return !is_apart && (is_resting || (stage->banner_ms && scene == stage->page.scene));
    return mistakes_are_told(&stage->mistakes) && (is_resting || scene == &scene_staff);
}

struct scene_model stage_model_of(const struct stage *stage, const struct stage_part *part,
                                  int64_t now_ms)
{
    const struct deck_card *card = part->card;
    struct scene_model model = {
        .language = card ? card->answer.language : stage->language,
        .home = stage->config.home,
        .mode = stage->mode,
        .now_ms = now_ms,
        .venue = stage->config.venue,
        .occasion = stage->occasion,
        .quorum = stage->has_quorum ? &stage->quorum : NULL,
        .hands = stage->hands,
        .hand_count = stage->hand_count,
        .has_newcomer = now_ms < stage->newcomer_ms,
        .turn = (int)(now_ms / STAGE_TURN_MS),
        .version = stage->config.version,
        .address = stage->address,
        .reader_side = stage->config.reader_side,
        .is_reader_resting = stage->is_reader_resting,
        .has_clock = stage->has_clock,
        .wall_ms = stage->wall_ms,
        .here = stage->here,
        .is_seen = stage->seen_until_ms != 0,
        .has_speech = stage->config.has_speech,
        .is_speaking = stage->is_speaking,
        .fault = stage->fault,
        .fault_detail = stage->fault_detail,
        .volume = stage->volume,
        .brightness = stage->brightness,
        .load = &stage->load,
        .has_banner = has_banner(stage, part),
        .mistakes = &stage->mistakes,
        .page = &stage->page,
        .undo_left = card ? deck_undo_left(card, now_ms) : -1,
        .has_strip = stage->deck.count > deck_count_whole(&stage->deck),
        .strips = count_strips(stage, is_above(stage)),
        .has_no_bar = has_no_bar(stage),
        .has_page = stage_has_page(stage),
    };
    if (card) {
        model.answer = &card->answer;
        model.is_heard = card->is_heard;
        model.is_spent = card->spent_until_ms != 0;
        model.is_half = deck_count_whole(&stage->deck) > 1;
        model.why = card->why[0] ? words(card->answer.language, card->why) : "";
    }
    return model;
}

/* --- drawing --- */

static void draw_strip(struct sheet *sheet, struct rect area, double pad)
{
    struct rect inside = rect_inset(area, pad);
    double width = area.w < 100 ? STRIP_BUTTON_LEAST_W : STRIP_BUTTON_W;
    if (sheet->model->mode.is_large)
        width = STRIP_BUTTON_LARGE_W;
    struct rect button = rect_cut_right(&inside, width, 2);
    rect_cut_left(&inside, 3, 0);
    if (inside.w > 40) /* half a strip has room for the name only; the colour says the rest */
        icon_draw(sheet->canvas, sheet->scene->icon, rect_cut_left(&inside, 9, 4),
                  sheet->tones->ink);
    const char *called = sheet->model->answer->display_name;
    struct canvas_text name = {.text = called[0] ? called : sheet_say(sheet, "Noted"),
                               .cap_mm = 4.2,
                               .one_line_mm = 3.4,
                               .colour = sheet->tones->ink,
                               .is_bold = true,
                               .lines = 3,
                               .is_middle = true};
    widget_extra(sheet, inside, &name);
    if (sheet->model->undo_left < 0 || sheet->model->is_spent)
        return;
    widget_button(sheet, button,
                  &(struct widget_button){.name = "undo",
                                          .label = sheet_say(sheet, "Undo"),
                                          .act = {.kind = ACT_ASK, .value = ASK_UNDO},
                                          .left = sheet->model->undo_left});
}

void stage_begin_part(struct stage *stage, const struct stage_part *part)
{
    struct sheet *sheet = &stage->sheet;
    const struct answer *answer = part->card ? &part->card->answer : NULL;
    sheet->scene = part->scene;
    sheet->card = part->card;
    sheet->owner = (struct target_owner){
        .scene = part->scene, .person = stage->page.person, .number = stage->told};
    if (answer)
        sheet->owner = (struct target_owner){part->scene, answer->person, answer->fact,
                                             (unsigned)answer->stranger};
}

/* Turns go with the clock: no picture that stands for a while costs anybody their turn. */
static void wake_for_turn(struct stage *stage, int64_t now_ms)
{
    int64_t turn_ms = (now_ms / STAGE_TURN_MS + 1) * STAGE_TURN_MS;
    if (turn_ms < stage->frame_ms)
        stage->frame_ms = turn_ms;
}

static void draw_part(struct stage *stage, const struct stage_part *part, int64_t now_ms)
{
    struct sheet *sheet = &stage->sheet;
    struct scene_model model = stage_model_of(stage, part, now_ms);
    int before = sheet->count;
    model.mode.is_large &= !part->scene->is_staff;
    canvas_set_large(sheet->canvas, model.mode.is_large);
    sheet->model = &model;
    stage_begin_part(stage, part);
    sheet->tones = sheet_tones(sheet, part->scene->meaning);
    sheet->size = part->scene->is_staff ? TARGET_STAFF : TARGET_VISITOR;
    if (part->is_in_bar)
        canvas_round(sheet->canvas, part->area, WIDGET_RADIUS + BAR_STRIP_PAD,
                     sheet->tones->ground);
    else
        canvas_fill(sheet->canvas, part->area, sheet->tones->ground);
    if (part->is_strip)
        draw_strip(sheet, part->area, part->is_in_bar ? BAR_STRIP_PAD : STRIP_PAD);
    else
        part->scene->draw(sheet, part->area);
    for (int i = before; i < sheet->count; i++)
        if (sheet->targets[i].left >= 0 && !model.mode.is_still)
            stage->frame_ms = now_ms + FRAME_MS;
    if (part->scene == &scene_resting && (model.hand_count > 0 || panel_quorum_turns(&model)))
        wake_for_turn(stage, now_ms);
    if (part->scene == &scene_resting && model.has_newcomer && stage->newcomer_ms < stage->frame_ms)
        stage->frame_ms = stage->newcomer_ms;
    sheet->model = NULL;
}

/* Two results side by side stay two: a line of paper between them. */
static void draw_seams(const struct stage *stage, const struct stage_part *parts, int count)
{
    uint32_t paper = theme_tones(THEME_PAPER, &stage->mode)->ground;
    struct canvas *canvas = stage->sheet.canvas;
    for (int i = 0; i < count; i++) {
        struct rect area = parts[i].area;
        if (parts[i].is_in_bar)
            continue;
        if (area.x > 0)
            canvas_fill(canvas, (struct rect){area.x - SEAM / 2, area.y, SEAM, area.h}, paper);
        if (area.y > 0)
            canvas_fill(canvas, (struct rect){area.x, area.y - SEAM / 2, area.w, SEAM}, paper);
    }
}

/* What stands there, as sentences, once for each picture that is another one. */
static void note_speech(struct stage *stage)
{
    char what[sizeof stage->spoken_of];
    const struct canvas_mark *marks;
    size_t used = 0;
    const struct deck_card *card =
        stage->deck.count ? &stage->deck.cards[stage->deck.count - 1] : NULL;
    bool is_card = card && deck_is_whole(card);
    enum language language = is_card ? card->answer.language : stage->language;
    snprintf(what, sizeof what, "%s %d %lld %s", stage_scene_name(stage), (int)language,
             is_card ? (long long)card->answer.fact.seq : 0,
             stage->page.problem ? stage->page.problem : "");
    if (!stage->is_speaking || strcmp(what, stage->spoken_of) == 0)
        return;
    memcpy(stage->spoken_of, what, sizeof what);
    stage->speech_language = language;
    stage->has_speech = true;
    stage->speech[0] = 0;
    int count = canvas_marks(stage->sheet.canvas, &marks);
    for (int i = 0; i < count && used < sizeof stage->speech; i++)
        if (!marks[i].is_control && !marks[i].is_sign)
            used += (size_t)snprintf(stage->speech + used, sizeof stage->speech - used, "%s\n",
                                     marks[i].text);
}

const char *stage_take_speech(struct stage *stage, enum language *out_language)
{
    if (!stage->has_speech)
        return NULL;
    stage->has_speech = false;
    *out_language = stage->speech_language;
    return stage->speech;
}

void stage_draw(struct stage *stage, int64_t now_ms, struct canvas *canvas)
{
    struct stage_part parts[STAGE_PARTS_MAX];
    stage_age(stage, now_ms);
    canvas_begin(canvas, &stage->mode);
    stage->frame_ms = INT64_MAX;
    sheet_begin(&stage->sheet, canvas, now_ms);
    int count = stage_picture_divide(stage, parts);
    for (int i = 0; i < count; i++)
        draw_part(stage, &parts[i], now_ms);
    canvas_set_large(canvas, stage->mode.is_large);
    draw_seams(stage, parts, count);
    stage_above_draw(stage, now_ms);
    note_speech(stage);
    stage->sheet.canvas = NULL;
    stage->drawn_changes = stage->changes + stage->deck.changes;
    stage->is_changed = false;
}
