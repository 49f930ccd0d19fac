/* people_baskets_preview.c - the plan of a list of baskets for eyes and for programs. */
#include "app/exchange/people_i.h"

static const char kept_note[] =
    SAID("a line is refused, so nobody's basket ends by this list: who is missing in it keeps "
         "theirs.");

const char *people_baskets_note(const struct people *people)
{
    return people_count_plan(people).rows[PEOPLE_REFUSED] ? kept_note : NULL;
}

static size_t count_baskets(const struct people *people)
{
    size_t count = 0;
    for (size_t i = 0; i < people->read; i++)
        count += people->rows[i].verdict != PEOPLE_REFUSED && !people->rows[i].same_as_line &&
                 people->rows[i].person.basket[0];
    return count;
}

/* --- lines --- */

static void print_basket(FILE *out, const struct person *person)
{
    if (!person->basket[0])
        fputs(": no basket any more", out);
    else
        fprintf(out, ": %s%s%s%s%s", person->basket, person->basket_pauses[0] ? ", not on " : "",
                person->basket_pauses, person->basket_fetchers[0] ? ", also fetched by " : "",
                person->basket_fetchers);
}

static void print_row(FILE *out, const struct people_row *row)
{
    const struct person *person = &row->person;
    char name[PERSON_FULL_NAME_BYTES];
    if (row->verdict == PEOPLE_SAME && !row->reason && !row->note)
        return;
    if (row->line)
        fprintf(out, "line %d: ", row->line);
    fputs(people_verdict_name(row->verdict), out);
    person_full_name(person, name);
    fprintf(out, "%s%s", name[0] ? ": " : "", name);
    if (person->number[0])
        fprintf(out, " (%s)", person->number);
    if (row->verdict == PEOPLE_ENDED)
        fputs(": not in the list any more", out);
    else if (row->reason || row->verdict == PEOPLE_REFUSED)
        fprintf(out, ": %s",
                row->reason ? row->reason->text : "there is not enough memory to say why");
    else
        print_basket(out, person);
    if (row->note)
        fprintf(out, "; %s", row->note->text);
    fputc('\n', out);
}

void people_print_baskets(FILE *out, const struct people *people)
{
    struct people_counts counts = people_count_plan(people);
    fprintf(out, "%zu changed, %zu the same, %zu ended, %zu refused; baskets in this list: %zu",
            counts.rows[PEOPLE_CHANGED], counts.rows[PEOPLE_SAME], counts.rows[PEOPLE_ENDED],
            counts.rows[PEOPLE_REFUSED], count_baskets(people));
    fprintf(out, " (%s, \"%s\")\n", charset_name(people->charset), people_separator_name(people));
    people_print_unused(out, people);
    if (people_baskets_note(people))
        fprintf(out, "note: %s\n", people_baskets_note(people));
    for (size_t i = 0; i < people->count; i++)
        print_row(out, &people->rows[i]);
}

/* --- JSON --- */

static json_t *row_to_json(const struct people_row *row)
{
    const struct person *person = &row->person;
    char name[sizeof person->first_name + sizeof person->last_name + 1];
    snprintf(name, sizeof name, "%s%s%s", person->first_name,
             person->first_name[0] && person->last_name[0] ? " " : "", person->last_name);
    return json_pack("{s:i,s:s,s:s,s:s,s:s,s:s,s:s,s:o,s:s?,s:s?}", "line", row->line, "verdict",
                     people_verdict_name(row->verdict), "name", name, "number", person->number,
                     "basket", person->basket, "pauses", person->basket_pauses, "fetchers",
                     person->basket_fetchers, "changes", people_changes_to_json(row), "note",
                     row->note ? row->note->text : NULL, "reason",
                     row->reason ? row->reason->text : NULL);
}

json_t *people_baskets_to_json(const struct people *people)
{
    struct people_counts counts = people_count_plan(people);
    json_t *notes = json_array(), *rows = json_array();
    bool is_short = false;
    if (people_baskets_note(people))
        is_short |= json_array_append_new(notes, json_string(people_baskets_note(people))) != 0;
    for (size_t i = 0; i < people->count; i++)
        is_short |= json_array_append_new(rows, row_to_json(&people->rows[i])) != 0;
    json_t *preview = json_pack(
        "{s:s,s:s,s:I,s:I,s:I,s:I,s:I,s:o,s:o,s:o}", "encoding", charset_name(people->charset),
        "separator", people_separator_name(people), "changed",
        (json_int_t)counts.rows[PEOPLE_CHANGED], "same", (json_int_t)counts.rows[PEOPLE_SAME],
        "ended", (json_int_t)counts.rows[PEOPLE_ENDED], "refused",
        (json_int_t)counts.rows[PEOPLE_REFUSED], "baskets", (json_int_t)count_baskets(people),
        "not_used", people_unused_to_json(people), "notes", notes, "rows", rows);
    if (!is_short)
        return preview;
    json_decref(preview);
    return NULL;
}
