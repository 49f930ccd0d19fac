/* What somebody came to: each kind of occasion in words of its own; and the way to their page. */
#include <math.h>

#include "app/ui/field.h"
#include "app/ui/panel.h"
#include "app/ui/words.h"

#define FIELD_MOST_MM 58.0
#define MINE_W 32.0
#define MINE_LEAST_H 20.0 /* of a field that gives some of its width away */
#define MINE_ROOM_H 46.0  /* of an upright one that gives some of its height */

/* How each kind greets who comes, and speaks to who is in where a tap does not leave. */
static const struct {
    struct panel_speech comes;
    const char *line; /* NULL: who is here says enough */
    struct panel_speech is_in;
} said[OCCASION_COUNT] = {
    /* an assembly: below */
    [OCCASION_OPEN_DAY] = {{WORDS_MARK("Hello %s"), WORDS_MARK("Arrival noted at %s"),
                            WORDS_MARK("Arrival noted")},
                           NULL,
                           {WORDS_MARK("You are in, %s"), WORDS_MARK("Here since %s"),
                            WORDS_MARK("Your arrival is noted")}},
    [OCCASION_SHIFT] = {{WORDS_MARK("Hello %s"), WORDS_MARK("Arrival noted at %s"),
                         WORDS_MARK("Arrival noted")},
                        WORDS_MARK("Every hand helps: thank you."),
                        {WORDS_MARK("You are in, %s"), WORDS_MARK("Here since %s"),
                         WORDS_MARK("Your arrival is noted")}},
    [OCCASION_DRINKS] = {{WORDS_MARK("Cheers, %s"), WORDS_MARK("Arrival noted at %s"),
                          WORDS_MARK("Arrival noted")},
                         WORDS_MARK("Nothing to do now but have a good time."),
                         {WORDS_MARK("You are in, %s"), WORDS_MARK("Here since %s"),
                          WORDS_MARK("Your arrival is noted")}},
    [OCCASION_INFO] = {{WORDS_MARK("Welcome, %s"), WORDS_MARK("Arrival noted at %s"),
                        WORDS_MARK("Arrival noted")},
                       WORDS_MARK("Sit where you like, and ask whatever you like."),
                       {WORDS_MARK("You are in, %s"), WORDS_MARK("Here since %s"),
                        WORDS_MARK("Your arrival is noted")}},
    [OCCASION_AGORA] = {{WORDS_MARK("Hello %s"), WORDS_MARK("Arrival noted at %s"),
                         WORDS_MARK("Arrival noted")},
                        WORDS_MARK("What is on your mind counts here."),
                        {WORDS_MARK("You are in, %s"), WORDS_MARK("Here since %s"),
                         WORDS_MARK("Your arrival is noted")}},
    [OCCASION_BASKET] = {{WORDS_MARK("Hello %s"), WORDS_MARK("Arrival noted at %s"),
                          WORDS_MARK("Arrival noted")},
                         WORDS_MARK("Good food, and a moment to chat."),
                         {WORDS_MARK("You are in, %s"), WORDS_MARK("Here since %s"),
                          WORDS_MARK("Your arrival is noted")}},
    [OCCASION_WORKSHOP] = {{WORDS_MARK("Hello %s"), WORDS_MARK("Arrival noted at %s"),
                            WORDS_MARK("Arrival noted")},
                           WORDS_MARK("Enjoy making something together."),
                           {WORDS_MARK("You are in, %s"), WORDS_MARK("Here since %s"),
                            WORDS_MARK("Your arrival is noted")}},
};

/*
 * At an assembly it is the vote that matters, however small the result stands; where nobody has
 * one, as before any list of members, there is none to speak of.
 */
enum standing { NO_VOTES, GUEST, VOTER, ELSEWHERE, STANDINGS };

static const struct {
    struct panel_speech comes, is_in;
} votes[STANDINGS] = {
    [GUEST] = {{WORDS_MARK("Welcome, %s"), WORDS_MARK("As a guest, without a vote · %s"),
                WORDS_MARK("As a guest, without a vote")},
               {WORDS_MARK("You are in, %s"), WORDS_MARK("As a guest, without a vote · since %s"),
                WORDS_MARK("As a guest, without a vote")}},
    [VOTER] = {{WORDS_MARK("Welcome, %s"), WORDS_MARK("You have a vote · %s"),
                WORDS_MARK("You have a vote")},
               {WORDS_MARK("You count, %s"), WORDS_MARK("You have a vote · since %s"),
                WORDS_MARK("You have a vote")}},
    [ELSEWHERE] = {{WORDS_MARK("Welcome, %s"), WORDS_MARK("Arrival noted at %s"),
                    WORDS_MARK("Arrival noted")},
                   {WORDS_MARK("You are in, %s"), WORDS_MARK("Your vote does not count here yet"),
                    WORDS_MARK("Your vote does not count here yet")}},
    [NO_VOTES] = {{WORDS_MARK("Welcome, %s"), WORDS_MARK("Arrival noted at %s"),
                   WORDS_MARK("Arrival noted")},
                  {WORDS_MARK("You are in, %s"), WORDS_MARK("Here since %s"),
                   WORDS_MARK("Your arrival is noted")}},
};

static enum standing standing_of(const struct answer_vote *vote)
{
    if (!vote->quorum.entitled)
        return NO_VOTES;
    return !vote->has_vote ? GUEST : vote->is_counted ? VOTER : ELSEWHERE;
}

const struct panel_speech *panel_greets(const struct answer *answer)
{
    return answer->occasion == OCCASION_ASSEMBLY ? &votes[standing_of(&answer->vote)].comes
                                                 : &said[answer->occasion].comes;
}

const struct panel_speech *panel_knows(const struct answer *answer)
{
    return answer->occasion == OCCASION_ASSEMBLY ? &votes[standing_of(&answer->vote)].is_in
                                                 : &said[answer->occasion].is_in;
}

static void draw_occasion(struct sheet *sheet, struct rect rest, const char *sentence)
{
    const struct answer *answer = sheet->model->answer;
    char words[WIDGET_WORDS_BYTES];
    const char *title = answer->occasion_title[0]
                            ? answer->occasion_title
                            : sheet_say(sheet, scene_occasion_title(answer->occasion));
    struct field_line lines[] = {{title, 5, true, 2}, {sentence, 4, false, 2}};
    if (rest.h < field_least_mm(sheet))
        return;
    field_shorten(sheet, rest, &lines[0], words);
    field_draw(sheet, rest, lines, 2, 0, 0);
}

void panel_came(struct sheet *sheet, struct rect rest)
{
    const struct answer *answer = sheet->model->answer;
    panel_welcome(sheet, &rest);
    rest.h = fmin(rest.h, FIELD_MOST_MM);
    if (panel_has_shift(sheet->model))
        panel_shift(sheet, rest);
    else if (answer->occasion == OCCASION_ASSEMBLY)
        panel_vote(sheet, rest);
    else if (!fact_id_is_none(answer->basket.person))
        panel_basket(sheet, rest, panel_attends);
    else if (panel_offer(sheet, rest))
        return;
    else if (said[answer->occasion].line)
        draw_occasion(sheet, rest, sheet_say(sheet, said[answer->occasion].line));
    else
        panel_here(sheet, rest);
}

void panel_attends(struct sheet *sheet, struct rect rest)
{
    char here[96];
    int count = sheet->model->answer->here;
    words_format(
        here, sizeof here,
        words_plural(sheet->model->language, "One person is here", "%d people are here", count),
        count);
    draw_occasion(sheet, rest, here);
}

/* --- my page --- */

static void mine_button(struct sheet *sheet, struct rect box)
{
    widget_button(sheet, box,
                  &(struct widget_button){.name = "mine",
                                          .label = sheet_say(sheet, "My page"),
                                          .act = {.kind = ACT_GO, .to = &scene_mine},
                                          .style = WIDGET_QUIET});
}

bool panel_can_go(const struct sheet *sheet)
{
    const struct scene_model *model = sheet->model;
    return !model->has_page && !model->is_spent && !fact_id_is_none(model->answer->person);
}

void panel_mine(struct sheet *sheet, struct rect *rest)
{
    const struct scene_model *model = sheet->model;
    const struct slot_choice choice = panel_choices(model);
    bool has_several = choice.count + choice.basket_count > 1; /* which need all the room */
    bool is_narrow = layout_is_narrow(*rest);
    if (!panel_can_go(sheet) || model->mode.is_large || model->is_half || has_several)
        return;
    if (is_narrow && rest->h >= MINE_ROOM_H)
        mine_button(sheet, rect_cut_bottom(rest, LAYOUT_LEAST_MM + 1, SCENE_GAP));
    else if (!is_narrow && rest->h >= MINE_LEAST_H && !panel_has_shift(model))
        mine_button(sheet, rect_cut_right(rest, MINE_W, SCENE_GAP));
}
