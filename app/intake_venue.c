/* intake_venue.c - what a venue sets for itself, from a stick. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/exchange/refused.h"
#include "app/intake_i.h"

#define FILES_MAX (2 * VENUE_TAKE_FILES) /* the new ones, and the old ones that go */

struct intake_venue {
    struct venue_take *take;
    char welcome[PATH_MAX]; /* of a house without its own; "": none */
    bool is_taken;

    /* Once judged. */
    struct venue_check check;
    struct venue_take_file files[FILES_MAX];
    int count;
};

static enum rc read_venue(struct intake *intake, const struct intake_from *from, int folder,
                          const char *name, struct reason *out_reason)
{
    int fd = -1;
    intake->venue = calloc(1, sizeof *intake->venue);
    if (!intake->venue)
        return RC_NO_MEMORY;
    snprintf(intake->venue->welcome, sizeof intake->venue->welcome, "%s",
             from->welcome ? from->welcome : "");
    enum rc rc = infolder_open(folder, name, &fd);
    if (rc)
        return rc;
    rc = intake->parts ? venue_take_open_parts(from->data, fd, intake->parts, &intake->venue->take,
                                               out_reason)
                       : venue_take_open(from->data, fd, &intake->venue->take, out_reason);
    close(fd);
    return rc;
}

static void close_venue(struct intake *intake)
{
    if (!intake->venue)
        return;
    venue_take_close(intake->venue->take);
    guides_free(intake->venue->check.guide);
    free(intake->venue);
}

/* --- judging --- */

static enum rc add_file(void *context, const struct venue_take_file *file)
{
    struct intake_venue *venue = context;
    if (venue->count == FILES_MAX)
        return RC_LIMIT;
    venue->files[venue->count++] = *file;
    return RC_OK;
}

/* What the smallest screens have no room for is a note, which nobody would see of a card. */
static enum rc check(struct intake_venue *venue, bool skips_room)
{
    const struct problems *copying = venue_take_problems(venue->take);
    guides_free(venue->check.guide);
    memset(&venue->check, 0, sizeof venue->check);
    venue->check.skips_room = skips_room;
    /* What was not copied would be told again, as missing. */
    if (copying->count) {
        venue->check.wrong = *copying;
        return RC_OK;
    }
    return venue_take_check(venue->take, venue->welcome[0] ? venue->welcome : NULL, &venue->check);
}

static enum rc judge_venue(struct intake *intake, struct journal *journal,
                           struct reason *out_reason)
{
    struct intake_venue *venue = intake->venue;
    (void)journal;
    if (venue->is_taken) {
        reason_set(out_reason, "%s", SAID("This was taken once already. Look at the stick again."));
        return RC_REFUSED;
    }
    venue->count = 0;
    enum rc rc = venue_take_compare(venue->take, add_file, venue);
    if (!rc)
        rc = check(venue, intake->place == INTAKE_CARD);
    if (rc) {
        reason_set(out_reason, SAID("the venue's files cannot be looked at now: %s"), rc_text(rc));
        reason_mark(out_reason, 0);
    }
    return rc;
}

/* --- telling --- */

static const enum intake_verdict verdicts[] = {
    [VENUE_NEW] = INTAKE_NEW,
    [VENUE_CHANGED] = INTAKE_CHANGED,
    [VENUE_SAME] = INTAKE_SAME,
    [VENUE_GONE] = INTAKE_ENDED,
};

static void tell_problems(const struct problems *problems, struct intake_telling *telling)
{
    struct intake_row row;
    for (int i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->rows[i];
        intake_begin_row(&row, INTAKE_REFUSED, problem->line);
        intake_say(row.title, sizeof row.title, problem->file);
        intake_copy_reason(&row.why, &problem->said);
        intake_tell_row(telling, &row);
    }
}

static enum rc tell_venue(const struct intake *intake, struct intake_telling *telling)
{
    const struct intake_venue *venue = intake->venue;
    struct intake_row row;
    if (telling->verdict == INTAKE_REFUSED)
        tell_problems(&venue->check.wrong, telling);
    for (int i = 0; i < venue->count; i++) {
        if (verdicts[venue->files[i].change] != telling->verdict || telling->verdict == INTAKE_SAME)
            continue;
        intake_begin_row(&row, telling->verdict, 0);
        intake_say(row.title, sizeof row.title, venue->files[i].name);
        intake_tell_row(telling, &row);
    }
    return RC_OK;
}

static void tell_notes(const struct intake_venue *venue, struct intake_telling *telling)
{
    const char(*unused)[VENUE_TAKE_NAME_BYTES];
    int beyond, count = venue_take_unused(venue->take, &beyond, &unused);
    for (int i = 0; i < venue->check.tight.count; i++) {
        struct reason said;
        problems_tell(&venue->check.tight.rows[i], &said);
        intake_tell_note_for(telling, 0, &said);
    }
    for (int i = 0; i < count; i++)
        intake_tell_note(telling, SAID("%s is not used."), unused[i]);
    telling->preview->notes_beyond += venue->check.tight.beyond + beyond;
}

static void sum_venue(const struct intake *intake, struct intake_telling *telling)
{
    const struct intake_venue *venue = intake->venue;
    struct intake_preview *preview = telling->preview;
    const char *circles = venue_part_name(VENUE_CIRCLES);
    for (int i = 0; i < venue->count; i++) {
        const struct venue_take_file *file = &venue->files[i];
        preview->counts[verdicts[file->change]]++;
        preview->needs_start |= file->change != VENUE_SAME && strcmp(file->name, circles) != 0;
    }
    preview->counts[INTAKE_REFUSED] = venue->check.wrong.count + venue->check.wrong.beyond;
    preview->rows_beyond += venue->check.wrong.beyond;
    preview->is_takable = !preview->counts[INTAKE_REFUSED];
    tell_notes(venue, telling);
}

/* --- taking --- */

static enum rc take_venue(struct intake *intake, struct journal *journal,
                          const struct office *office, struct reason *out_reason)
{
    (void)journal, (void)office;
    intake->venue->is_taken = true;
    return venue_take_swap(intake->venue->take, out_reason);
}

static void print(FILE *out, const struct problems *problems, struct tongue tongue)
{
    char line[PROBLEMS_LINE_BYTES];
    struct reason said;
    for (int i = 0; i < problems->count; i++) {
        problems_tell(&problems->rows[i], &said);
        fprintf(out, "%s\r\n", reason_say(&said, tongue, line, sizeof line));
    }
    reason_set(&said, SAID("and %d more"), problems->beyond);
    if (problems->beyond)
        fprintf(out, "%s\r\n", reason_say(&said, tongue, line, sizeof line));
}

static enum rc write_refused_venue(const struct intake *intake, const char *root,
                                   enum csv_profile profile,
                                   char out_name[INTAKE_REFUSED_NAME_BYTES],
                                   struct reason *out_reason)
{
    char name[REFUSED_NAME_BYTES];
    const struct problems *problems = &intake->venue->check.wrong;
    char *text = NULL;
    size_t size;
    (void)profile;
    if (!problems->count)
        return RC_EMPTY;
    FILE *out = open_memstream(&text, &size);
    if (out)
        print(out, problems, intake->tongue);
    bool is_whole = out && !(ferror(out) | fclose(out));
    enum rc rc = is_whole ? refused_name(root, "venue", "txt", name, out_reason) : RC_NO_MEMORY;
    if (!is_whole)
        reason_set(out_reason, SAID("there is not enough memory to write %s"), "venue-refused.txt");
    if (!rc)
        rc = refused_write_text(text, name, root, out_reason);
    if (!rc)
        strcpy(out_name, name);
    free(text);
    return rc;
}

const struct intake_ops intake_venue = {
    .right = RIGHT_MACHINE,
    .read = read_venue,
    .judge = judge_venue,
    .tell = tell_venue,
    .tell_sum = sum_venue,
    .take = take_venue,
    .write_refused = write_refused_venue,
    .close = close_venue,
};
