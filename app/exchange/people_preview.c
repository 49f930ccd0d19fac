/* people_preview.c - the plan for eyes and for programs. */
#include "app/exchange/people_i.h"

#include <stdio.h>
#include <stdlib.h>

static const char no_key_note[] = SAID(
    "This list has neither a member number nor an external id: taken twice, it makes everybody "
    "without a badge twice.");

size_t people_note_count(const struct people *people)
{
    return people->is_of_baskets ? people_baskets_note(people) != NULL : !people->has_key;
}

const char *people_note(const struct people *people, size_t index)
{
    (void)index; /* there is one at most */
    return people->is_of_baskets ? people_baskets_note(people) : no_key_note;
}

static int badges_to_give(const struct people_row *row)
{
    int count = 0;
    for (int i = 0; i < row->badge_count; i++)
        count += row->new_badges >> i & 1;
    return count;
}

const char *people_separator_name(const struct people *people)
{
    return people->separator == '\t' ? "TAB" : people->separator == ',' ? "," : ";";
}

/* --- lines --- */

void people_print_unused(FILE *out, const struct people *people)
{
    for (size_t i = 0; i < people->unused_count; i++)
        fprintf(out, "%s\"%s\"%s", i ? ", " : "not used: ", people->unused[i],
                i + 1 == people->unused_count ? "\n" : "");
}

static void print_head(FILE *out, const struct people *people)
{
    struct people_counts counts = people_count_plan(people);
    fprintf(out,
            "%zu new, %zu changed, %zu the same, %zu refused; badges to give: %zu (%s, \"%s\")\n",
            counts.rows[PEOPLE_NEW], counts.rows[PEOPLE_CHANGED], counts.rows[PEOPLE_SAME],
            counts.rows[PEOPLE_REFUSED], counts.badges, charset_name(people->charset),
            people_separator_name(people));
    people_print_unused(out, people);
    if (!people->has_key)
        fprintf(out, "note: %s\n", no_key_note);
}

static void print_what(FILE *out, const struct people_row *row)
{
    const char *between = ": ";
    for (int i = 0; i < person_field_count; i++) {
        if (!(row->changed >> i & 1))
            continue;
        fprintf(out, "%s%s", between, person_fields[i].name);
        between = ", ";
    }
    int badges = badges_to_give(row);
    if (badges)
        fprintf(out, badges == 1 ? "%sa badge" : "%s%d badges", between, badges);
}

static void print_row(FILE *out, const struct people_row *row)
{
    const struct person *person = &row->person;
    char name[PERSON_FULL_NAME_BYTES];
    if (row->verdict == PEOPLE_SAME && !row->reason)
        return;
    fprintf(out, "line %d: %s", row->line, people_verdict_name(row->verdict));
    person_full_name(person, name);
    fprintf(out, "%s%s", name[0] ? ": " : "", name);
    if (person->number[0])
        fprintf(out, " (%s)", person->number);
    if (row->verdict == PEOPLE_NEW || row->verdict == PEOPLE_CHANGED)
        print_what(out, row);
    else
        fprintf(out, ": %s",
                row->reason ? row->reason->text : "there is not enough memory to say why");
    fputc('\n', out);
}

static void print_people(FILE *out, const struct people *people)
{
    print_head(out, people);
    for (size_t i = 0; i < people->count; i++)
        print_row(out, &people->rows[i]);
}

enum rc people_preview_text(const struct people *people, char **out_text)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return RC_NO_MEMORY;
    if (people->is_of_baskets)
        people_print_baskets(out, people);
    else
        print_people(out, people);
    if (ferror(out) | fclose(out)) {
        free(text);
        return RC_NO_MEMORY;
    }
    *out_text = text;
    return RC_OK;
}

/* --- JSON --- */

json_t *people_unused_to_json(const struct people *people)
{
    json_t *unused = json_array();
    for (size_t i = 0; unused && i < people->unused_count; i++)
        if (json_array_append_new(unused, json_string(people->unused[i]))) {
            json_decref(unused);
            return NULL;
        }
    return unused;
}

json_t *people_changes_to_json(const struct people_row *row)
{
    json_t *changes = json_array();
    for (int i = 0; changes && i < person_field_count; i++)
        if (row->changed >> i & 1 &&
            json_array_append_new(changes, json_string(person_fields[i].name))) {
            json_decref(changes);
            return NULL;
        }
    return changes;
}

static json_t *row_to_json(const struct people_row *row)
{
    char name[sizeof row->person.first_name + sizeof row->person.last_name + 1];
    snprintf(name, sizeof name, "%s%s%s", row->person.first_name,
             row->person.last_name[0] ? " " : "", row->person.last_name);
    return json_pack("{s:i,s:s,s:s,s:s,s:o,s:i,s:s?}", "line", row->line, "verdict",
                     people_verdict_name(row->verdict), "name", name, "number", row->person.number,
                     "changes", people_changes_to_json(row), "badges", badges_to_give(row),
                     "reason", row->reason ? row->reason->text : NULL);
}

static json_t *people_to_json(const struct people *people)
{
    struct people_counts counts = people_count_plan(people);
    json_t *notes = json_array(), *rows = json_array();
    bool is_short = false;
    if (!people->has_key)
        is_short |= json_array_append_new(notes, json_string(no_key_note)) != 0;
    for (size_t i = 0; i < people->count; i++)
        is_short |= json_array_append_new(rows, row_to_json(&people->rows[i])) != 0;
    json_t *preview = json_pack(
        "{s:s,s:s,s:I,s:I,s:I,s:I,s:I,s:o,s:o,s:o}", "encoding", charset_name(people->charset),
        "separator", people_separator_name(people), "new", (json_int_t)counts.rows[PEOPLE_NEW],
        "changed", (json_int_t)counts.rows[PEOPLE_CHANGED], "same",
        (json_int_t)counts.rows[PEOPLE_SAME], "refused", (json_int_t)counts.rows[PEOPLE_REFUSED],
        "badges", (json_int_t)counts.badges, "not_used", people_unused_to_json(people), "notes",
        notes, "rows", rows);
    if (!is_short)
        return preview;
    json_decref(preview);
    return NULL;
}

json_t *people_preview_json(const struct people *people)
{
    return people->is_of_baskets ? people_baskets_to_json(people) : people_to_json(people);
}
