/* What could not be taken from the station's own card: its strip, its pages. */
#include <stdio.h>

#include "tests/support/gallery_i.h"

static void add(struct mistakes *mistakes, const char *file, int line)
{
    struct mistake *mistake = &mistakes->rows[mistakes->count++];
    snprintf(mistake->file, sizeof mistake->file, "%s", file);
    mistake->line = line;
}

static void set_few(struct stage *stage, int count)
{
    struct mistakes mistakes = {.count = 0};
    struct reason word;
    add(&mistakes, "perron.conf", 4);
    reason_set(&word, "is one of:%s", " fr, nl, en");
    reason_set(&mistakes.rows[0].said, "'%s' in [%s] %s", "language", "venue", word.text);
    reason_nest(&mistakes.rows[0].said, &word);
    add(&mistakes, "perron/people.csv", 12);
    reason_set(&mistakes.rows[1].said, "There is no first name.");
    add(&mistakes, "people.csv", 131);
    reason_set(&mistakes.rows[2].said, "This badge is somebody else's already: %s.", "…");
    add(&mistakes, "Paniers de l’hiver 2026-2027, corrigés.csv", 0);
    reason_set(&mistakes.rows[3].said,
               "Each list of baskets is the whole one, and there are several. Take all but one "
               "away.");
    if (count < mistakes.count)
        mistakes.count = count;
    else
        mistakes.beyond = count - mistakes.count;
    stage_set_mistakes(stage, &mistakes);
}

void gallery_card_reads(struct stage *stage, const struct gallery_shot *shot)
{
    const struct mistakes mistakes = {.reading = "people.csv"};
    (void)shot;
    stage_set_mistakes(stage, &mistakes);
}

void gallery_card_mistake(struct stage *stage, const struct gallery_shot *shot)
{
    (void)shot;
    set_few(stage, 1);
}

/* A sentence for which the strip has no room. */
void gallery_card_long(struct stage *stage, const struct gallery_shot *shot)
{
    struct mistakes mistakes = {.count = 0};
    (void)shot;
    add(&mistakes, "Paniers de l’hiver 2026-2027, corrigés.csv", 0);
    reason_set(&mistakes.rows[0].said,
               "Each list of baskets is the whole one, and there are several. Take all but one "
               "away.");
    stage_set_mistakes(stage, &mistakes);
}

void gallery_card_quorum(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_resting_quorum(stage, shot);
    set_few(stage, 30);
}

void gallery_card_strip(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_strip(stage, shot);
    set_few(stage, 1);
}

void gallery_mistakes(struct stage *stage, const struct gallery_shot *shot)
{
    set_few(stage, 30);
    gallery_press(stage, shot, "mistakes");
}

void gallery_card_staff(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_staff(stage, shot);
    set_few(stage, 4);
}

void gallery_card(struct stage *stage, const struct gallery_shot *shot)
{
    gallery_card_staff(stage, shot);
    gallery_press(stage, shot, "mistakes");
}
