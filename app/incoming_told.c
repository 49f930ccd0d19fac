/* A list that comes in, as rows on a screen: what is new, what changes, what is refused and why. */
#include <stdio.h>
#include <string.h>

#include "app/asks_i.h"
#include "app/incoming.h"
#include "app/ui/words.h"

static enum ask_sort sort_of(enum intake_verdict verdict)
{
    return verdict == INTAKE_REFUSED ? ASK_SORT_REFUSED
           : verdict == INTAKE_NEW   ? ASK_SORT_NEW
                                     : ASK_SORT_CHANGED;
}

/* What differs, as one says it; a name that is not here says itself. */
static const char *say_change(const char *name, enum language language)
{
    static const struct {
        const char *name, *text;
    } changes[] = {
        {"number", WORDS_MARK("number")},
        {"first_name", WORDS_MARK("first name")},
        {"last_name", WORDS_MARK("last name")},
        {"language", WORDS_MARK("language")},
        {"circle", WORDS_MARK("circle")},
        {"email", WORDS_MARK("e-mail")},
        {"phone", WORDS_MARK("telephone")},
        {"since", WORDS_MARK("member since")},
        {"college", WORDS_MARK("college")},
        {"shares", WORDS_MARK("shares")},
        {"basket", WORDS_MARK("basket")},
        {"basket_pauses", WORDS_MARK("pauses of the basket")},
        {"basket_fetchers", WORDS_MARK("who fetches the basket")},
        {"time", WORDS_MARK("time")},
        {"title", WORDS_MARK("title")},
        {"place", WORDS_MARK("place")},
        {"kind", WORDS_MARK("kind")},
        {"shifts", WORDS_MARK("shifts")},
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
        if (strcmp(changes[i].name, name) == 0)
            return words(language, changes[i].text);
    return name;
}

/* Why, or what changes; what becomes of it where its sort does not say so. */
static void write_line(const struct intake_row *row, enum language language, char *out_text,
                       size_t size)
{
    static const char *const verdicts[INTAKE_VERDICT_COUNT] = {
        [INTAKE_CANCELLED] = WORDS_MARK("called off"),
        [INTAKE_VANISHED] = WORDS_MARK("left the calendar"),
        [INTAKE_ENDED] = WORDS_MARK("ends")};
    char line[600] = "", why[600];
    size_t used = 0;
    if (verdicts[row->verdict])
        used = (size_t)snprintf(line, sizeof line, "%s", words(language, verdicts[row->verdict]));
    for (int i = 0; i < row->change_count && used < sizeof line; i++)
        used += (size_t)snprintf(line + used, sizeof line - used, "%s%s", used ? ", " : "",
                                 say_change(row->changes[i], language));
    if (row->why.text[0] && used < sizeof line)
        snprintf(line + used, sizeof line - used, "%s%s", used ? " · " : "",
                 words_sentence(language, &row->why, why, sizeof why));
    asks_copy(out_text, size, line);
}

static void tell_sums(const struct intake_preview *preview, struct told *told)
{
    for (int verdict = 0; verdict < INTAKE_SAME; verdict++)
        told->sums[sort_of((enum intake_verdict)verdict)] += (int)preview->counts[verdict];
}

static void tell_notes(const struct intake_preview *preview, enum language language,
                       struct told *told)
{
    char said[600];
    for (int i = 0; i < preview->note_count; i++) {
        struct row *row = &told->rows[told->count++];
        row->mark = ASK_SORT_NOTE;
        row->number[0] = preview->notes[i].line;
        asks_copy(row->line, sizeof row->line,
                  words_sentence(language, &preview->notes[i].said, said, sizeof said));
    }
}

static void tell_beyond(struct told *told, enum language language)
{
    struct row *row = &told->rows[told->count];
    if (told->beyond <= 0)
        return;
    row->mark = ASK_SORT_NOTE;
    words_format(row->line, sizeof row->line,
                 words_plural(language, "One more line is not shown here.",
                              "%d more lines are not shown here.", told->beyond),
                 told->beyond);
    told->count++;
}

void incoming_write_told(const struct intake_preview *preview, enum language language,
                         struct told *out_told)
{
    *out_told = (struct told){.ask = ASK_PREVIEW,
                              .how = TOLD_YES,
                              .total = preview->has_changes && preview->is_takable,
                              .beyond = (int)preview->rows_beyond};
    asks_copy(out_told->text, sizeof out_told->text, preview->name);
    tell_sums(preview, out_told);
    tell_notes(preview, language, out_told);
    for (int i = 0; i < preview->row_count; i++) {
        struct row *row = &out_told->rows[out_told->count++];
        row->mark = (int)sort_of(preview->rows[i].verdict);
        row->number[0] = preview->rows[i].line;
        asks_copy(row->title, sizeof row->title, preview->rows[i].title);
        write_line(&preview->rows[i], language, row->line, sizeof row->line);
    }
    tell_beyond(out_told, language);
}
