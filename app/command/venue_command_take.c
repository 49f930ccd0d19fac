/* venue_command_take.c - a venue's files from a folder into the data folder, shown first. */
#include "app/command/venue_command_i.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command/command.h"
#include "app/intake.h"

struct outcome {
    struct intake_preview preview;
    bool is_taken;
    struct reason why; /* nothing was taken */
};

static json_t *row_to_json(const struct intake_row *row)
{
    return json_pack("{s:s,s:s,s:i,s:s?}", "file", row->title, "verdict",
                     intake_verdict_name(row->verdict), "line", row->line, "reason",
                     row->why.text[0] ? row->why.text : NULL);
}

static void print_json(const struct venue_command_asked *asked, const struct outcome *outcome)
{
    const struct intake_preview *preview = &outcome->preview;
    json_t *told = json_object(), *rows = json_array(), *notes = json_array();
    static const enum intake_verdict counted[] = {INTAKE_NEW, INTAKE_CHANGED, INTAKE_SAME,
                                                  INTAKE_ENDED, INTAKE_REFUSED};
    for (size_t i = 0; i < sizeof counted / sizeof counted[0]; i++)
        json_object_set_new(told, intake_verdict_name(counted[i]),
                            json_integer(preview->counts[counted[i]]));
    for (int i = 0; i < preview->row_count; i++)
        json_array_append_new(rows, row_to_json(&preview->rows[i]));
    for (int i = 0; i < preview->note_count; i++)
        json_array_append_new(notes, json_string(preview->notes[i].said.text));
    json_object_set_new(told, "taken", json_boolean(outcome->is_taken));
    json_object_set_new(told, "needs_start", json_boolean(preview->needs_start));
    json_object_set_new(told, "notes", notes);
    json_object_set_new(told, "rows", rows);
    if (asked->is_part) {
        json_object_set_new(told, "kind", json_string(intake_kind_name(INTAKE_VENUE)));
        json_object_set_new(told, "file", json_string("venue"));
    }
    command_print(told);
}

static void print_rows(const struct intake_preview *preview)
{
    for (int i = 0; i < preview->row_count; i++) {
        const struct intake_row *row = &preview->rows[i];
        if (row->verdict == INTAKE_REFUSED && row->line)
            fprintf(stderr, "%s:%d: %s\n", row->title, row->line, row->why.text);
        else if (row->verdict == INTAKE_REFUSED)
            fprintf(stderr, "%s: %s\n", row->title, row->why.text);
        else
            printf("%s: %s\n",
                   row->verdict == INTAKE_ENDED ? "gone" : intake_verdict_name(row->verdict),
                   row->title);
    }
}

static void print_lines(const struct outcome *outcome)
{
    const struct intake_preview *preview = &outcome->preview;
    printf("%d new, %d changed, %d the same, %d gone, %d refused\n",
           (int)preview->counts[INTAKE_NEW], (int)preview->counts[INTAKE_CHANGED],
           (int)preview->counts[INTAKE_SAME], (int)preview->counts[INTAKE_ENDED],
           (int)preview->counts[INTAKE_REFUSED]);
    for (int i = 0; i < preview->note_count; i++)
        printf("note: %s\n", preview->notes[i].said.text);
    if (preview->notes_beyond)
        printf("note: %d more notes are not shown\n", preview->notes_beyond);
    print_rows(preview);
    if (outcome->is_taken && preview->has_changes)
        printf("taken: circles and statutes count at once%s\n",
               preview->needs_start ? ", the rest from the station's next start" : "");
}

/* Plans and, unless it is only to be shown, takes it; the rows are known after RC_OK. */
static enum rc carry_out(const struct venue_command_asked *asked, struct intake *intake,
                         struct outcome *outcome)
{
    const struct office office = {.by = {0, 0}};
    enum rc rc = intake_plan(intake, NULL, &office, &outcome->preview, &outcome->why);
    if (rc || asked->is_dry_run)
        return rc;
    if (!intake_take(intake, NULL, &office, &outcome->why))
        outcome->is_taken = true;
    return RC_OK;
}

static int serve(const struct venue_command_asked *asked, struct outcome *outcome)
{
    char welcome[PATH_MAX];
    struct intake *intake;
    const struct intake_found found = {.kind = INTAKE_VENUE, .path = ".", .name = "venue"};
    command_beside("venue/welcome", welcome);
    const struct intake_from from = {
        .root = asked->folder, .data = asked->data, .welcome = welcome};
    enum rc rc = venue_command_find(asked->folder, &outcome->why);
    if (!rc)
        rc = intake_read(&from, &found, &intake, &outcome->why);
    if (rc)
        return command_fail(&outcome->why);
    rc = carry_out(asked, intake, outcome);
    intake_close(intake);
    if (rc)
        return command_fail(&outcome->why);
    if (asked->is_json)
        print_json(asked, outcome);
    else
        print_lines(outcome);
    if (outcome->why.text[0])
        return command_fail(&outcome->why);
    return outcome->preview.is_takable ? COMMAND_OK : COMMAND_FAILED;
}

int venue_command_take(const struct venue_command_asked *asked)
{
    struct reason reason = {.text = "there is no memory left"};
    struct outcome *outcome = calloc(1, sizeof *outcome);
    if (!outcome)
        return command_fail(&reason);
    int code = serve(asked, outcome);
    free(outcome);
    return code;
}
