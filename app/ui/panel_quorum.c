/* An assembly's votes: what the room reads from its seats, and what somebody reads of their own. */
#include <inttypes.h>
#include <stdio.h>

#include "app/ui/field.h"
#include "app/ui/panel.h"
#include "app/ui/widget.h"
#include "app/ui/words.h"

#define NUMBER_BYTES 24
#define NEEDED_BYTES 160
#define LINE_BYTES 400
#define PRESENT_MM 13.5 /* of the number, at least */
#define LARGE_PRESENT_MM 12.5
#define SPARE_MM 2.2
#define STATE_MM 8.8
#define ROW_MM 5.2
#define SIGN_MM 7.0

static const char *write_number(int64_t number, char out_text[NUMBER_BYTES])
{
    snprintf(out_text, NUMBER_BYTES, "%" PRId64, number);
    return out_text;
}

/* "31 needed"; where none are, of how many there are. */
static const char *say_needed(const struct sheet *sheet, const struct quorum_part *part,
                              char *out_text, size_t size)
{
    char number[NUMBER_BYTES];
    write_number(part->needed ? part->needed : part->entitled, number);
    return words_format(
        out_text, size,
        part->needed ? sheet_say(sheet, "%s needed") : sheet_say(sheet, "of %s votes"), number);
}

static const char *say_state(const struct sheet *sheet, const struct quorum_part *part)
{
    return part->is_reached ? sheet_say(sheet, "Quorum reached")
                            : sheet_say(sheet, "No quorum yet");
}

/* --- the resting screen --- */

/* In words and with a sign, so that no colour has to be told apart. */
static void draw_sign(struct sheet *sheet, struct rect box, const struct quorum *quorum,
                      const struct theme_tones *tones)
{
    const struct rect sign = {box.x, box.y + (box.h - SIGN_MM) / 2, SIGN_MM, SIGN_MM};
    icon_draw_on_disc(sheet->canvas, quorum->all.is_reached ? ICON_TICK : ICON_CLOCK, sign,
                      tones->ink, tones->ground);
}

static void draw_state(struct sheet *sheet, struct rect box, const struct quorum *quorum,
                       const struct theme_tones *tones)
{
    const struct canvas_text said = {.text = say_state(sheet, &quorum->all),
                                     .cap_mm = 5,
                                     .least_mm = 3.8,
                                     .colour = tones->ink,
                                     .is_bold = !sheet->model->mode.is_large,
                                     .lines = 2,
                                     .is_middle = true};
    widget_extra(sheet, box, &said);
}

/* "12 of 10" and its sign at the right; the name has what is left. */
static void draw_college(struct sheet *sheet, struct rect box, const struct quorum_college *college,
                         const struct theme_tones *tones)
{
    char present[NUMBER_BYTES], needed[NUMBER_BYTES], numbers[64];
    const struct quorum_part *part = &college->part;
    words_format(numbers, sizeof numbers, "%s / %s", write_number(quorum_present(part), present),
                 write_number(part->needed, needed));
    struct canvas_text text = {.text = numbers,
                               .cap_mm = 3.8,
                               .least_mm = 3,
                               .colour = tones->ink,
                               .is_bold = true,
                               .align = CANVAS_RIGHT,
                               .is_middle = true};
    struct rect sign = rect_cut_right(&box, 5, 1.5);
    icon_draw(sheet->canvas, part->is_reached ? ICON_TICK : ICON_CLOCK,
              (struct rect){sign.x, sign.y + (sign.h - 5) / 2, 5, 5}, tones->ink);
    canvas_text(sheet->canvas, rect_cut_right(&box, box.w * 0.42, 1), &text);
    text = (struct canvas_text){.text = college->name,
                                .cap_mm = 3.6,
                                .least_mm = 3,
                                .colour = tones->soft,
                                .is_middle = true};
    widget_shortened(sheet, box, &text);
}

/* As many as have room; where those are not all they take turns. */
static void draw_colleges(struct sheet *sheet, struct rect box, const struct quorum *quorum,
                          const struct theme_tones *tones)
{
    int room = layout_room(box.h + ROW_MM / 2, ROW_MM, 0);
    int pages = (quorum->college_count + room - 1) / room;
    int first = pages > 1 ? sheet->model->turn % pages * room : 0;
    for (int i = 0; i < room && first + i < quorum->college_count; i++)
        draw_college(sheet, rect_cut_top(&box, ROW_MM, 0), &quorum->colleges[first + i], tones);
}

/* "30 here · 4 by proxy" */
static void draw_parts(struct sheet *sheet, struct rect box, const struct quorum_part *part,
                       const struct theme_tones *tones)
{
    char line[LINE_BYTES], here[NUMBER_BYTES], carried[NUMBER_BYTES];
    write_number(part->here, here);
    words_format(line, sizeof line,
                 part->represented ? sheet_say(sheet, "%s here · %s by proxy")
                                   : sheet_say(sheet, "%s here"),
                 here, write_number(part->represented, carried));
    const struct canvas_text text = {
        .text = line, .cap_mm = 4, .least_mm = 3.2, .colour = tones->soft, .is_middle = true};
    widget_extra(sheet, box, &text);
}

/* The one number that is read from five metres. */
static void draw_present(struct sheet *sheet, struct rect box, const struct quorum *quorum,
                         const struct theme_tones *tones)
{
    char present[NUMBER_BYTES];
    const struct canvas_text big = {.text = write_number(quorum_present(&quorum->all), present),
                                    .cap_mm = 18,
                                    .least_mm = 10,
                                    .colour = tones->ink,
                                    .is_bold = true,
                                    .is_middle = true};
    /* Digits leave the room above and below them free that letters may need. */
    canvas_text(sheet->canvas, (struct rect){box.x, box.y - SPARE_MM, box.w, box.h + 2 * SPARE_MM},
                &big);
}

/* And beside it what it takes. */
static void draw_needed(struct sheet *sheet, struct rect box, const struct quorum *quorum,
                        const struct theme_tones *tones)
{
    char needed[NEEDED_BYTES];
    const struct canvas_text said = {.text = say_needed(sheet, &quorum->all, needed, sizeof needed),
                                     .cap_mm = 6.2,
                                     .least_mm = 3.6,
                                     .colour = tones->ink,
                                     .lines = 3,
                                     .is_middle = true};
    widget_extra(sheet, box, &said);
}

/* What is left once the number has its room: rows for colleges, or one for who is here. */
static double rows_mm(const struct quorum *quorum, double height)
{
    int room = (int)((height - STATE_MM - PRESENT_MM) / ROW_MM);
    int rows = quorum->college_count ? quorum->college_count : 1;
    return room < 0 ? 0 : (room < rows ? room : rows) * ROW_MM;
}

/* Large letters have room for the number and what it comes to. */
static void quorum_large(struct sheet *sheet, struct rect inside, const struct quorum *quorum,
                         const struct theme_tones *tones)
{
    draw_state(sheet, rect_cut_bottom(&inside, inside.h - LARGE_PRESENT_MM, 0), quorum, tones);
    draw_sign(sheet, rect_cut_right(&inside, SIGN_MM, 2), quorum, tones);
    draw_present(sheet, inside, quorum, tones);
}

void panel_quorum(struct sheet *sheet, struct rect inside, const struct theme_tones *tones)
{
    const struct quorum *quorum = sheet->model->quorum;
    double rows = rows_mm(quorum, inside.h);
    if (sheet->model->mode.is_large) {
        quorum_large(sheet, inside, quorum, tones);
        return;
    }
    struct rect below = rect_cut_bottom(&inside, rows, 0);
    if (rows > 0 && quorum->college_count)
        draw_colleges(sheet, below, quorum, tones);
    else if (rows > 0)
        draw_parts(sheet, below, &quorum->all, tones);
    struct rect state = rect_cut_bottom(&inside, STATE_MM, 0);
    draw_sign(sheet, rect_cut_left(&state, SIGN_MM, 2.5), quorum, tones);
    draw_state(sheet, state, quorum, tones);
    draw_needed(sheet, rect_cut_right(&inside, inside.w * 0.42, 2), quorum, tones);
    draw_present(sheet, inside, quorum, tones);
}

bool panel_quorum_turns(const struct scene_model *model)
{
    return model->quorum && model->quorum->college_count > 1;
}

/* --- one person --- */

/* "You also vote for Zoé D. and Ada L." Names of a screen end with a dot already. */
static const char *say_carried(const struct sheet *sheet, const struct answer_vote *vote,
                               char *out_text, size_t size)
{
    out_text[0] = 0;
    if (vote->carried_count == 1)
        words_format(out_text, size, sheet_say(sheet, "You also vote for %s"), vote->carried[0]);
    else if (vote->carried_count == 2)
        words_format(out_text, size, sheet_say(sheet, "You also vote for %s and %s"),
                     vote->carried[0], vote->carried[1]);
    else if (vote->carried_count)
        words_format(out_text, size,
                     words_plural(sheet->model->language, "You also vote for one person",
                                  "You also vote for %d people", vote->carried_count),
                     vote->carried_count);
    return out_text;
}

/* "20 votes here · 31 needed" */
static const char *say_quorum(const struct sheet *sheet, const struct answer_vote *vote,
                              char *out_text, size_t size)
{
    char number[NUMBER_BYTES], present[NEEDED_BYTES], needed[NEEDED_BYTES];
    out_text[0] = 0;
    if (!vote->quorum.entitled)
        return out_text;
    write_number(quorum_present(&vote->quorum), number);
    words_format(present, sizeof present,
                 vote->is_by_shares ? sheet_say(sheet, "%s shares here")
                                    : sheet_say(sheet, "%s votes here"),
                 number);
    const char *end = vote->quorum.is_reached
                          ? say_state(sheet, &vote->quorum)
                          : say_needed(sheet, &vote->quorum, needed, sizeof needed);
    snprintf(out_text, size, "%s · %s", present, end);
    return out_text;
}

/* What they vote as, or what it is; then what concerns them most. */
void panel_vote(struct sheet *sheet, struct rect rest)
{
    const struct answer *answer = sheet->model->answer;
    const struct answer_vote *vote = &answer->vote;
    char words[WIDGET_WORDS_BYTES], carried[LINE_BYTES], quorum[LINE_BYTES];
    const char *title = vote->college[0]            ? vote->college
                        : answer->occasion_title[0] ? answer->occasion_title
                                                    : sheet_say(sheet, WORDS_MARK("Assembly"));
    struct field_line lines[] = {{title, 5, true, vote->carried_count ? 1 : 2},
                                 {say_carried(sheet, vote, carried, sizeof carried), 4, false, 2},
                                 {say_quorum(sheet, vote, quorum, sizeof quorum), 4, false, 2}};
    if (rest.h < field_least_mm(sheet))
        return;
    field_shorten(sheet, rest, &lines[0], words);
    field_draw(sheet, rest, lines, 3, 0, 0);
}
