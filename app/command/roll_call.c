#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command/command.h"
#include "app/command/format.h"
#include "app/command/target.h"
#include "app/domain/day.h"
#include "app/papers.h"
#include "app/store/lookup_people.h"

static json_t *to_json(const struct lookup_people_here *row)
{
    return json_pack("{s:o,s:o,s:i,s:i,s:s,s:s,s:b}", "person", format_json_text(row->full_name),
                     "arrived_at", format_json_time(row->arrived_ms), "guests", row->guests,
                     "children", row->children, "how_in", presence_how_name(row->how_in), "clock",
                     row->is_doubtful ? "doubtful" : "trusted", "long",
                     row->is_long && !row->is_doubtful);
}

static void print_json(const struct lookup_people_here *rows,
                       const struct lookup_people_count *count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count->people; i++)
        json_array_append_new(array, to_json(&rows[i]));
    command_print(json_pack("{s:I,s:I,s:I,s:o}", "people", (json_int_t)count->people, "guests",
                            (json_int_t)count->guests, "children", (json_int_t)count->children,
                            "here", array));
}

/* A time nobody vouches for is not told as true. */
static void print_row(const struct lookup_people_here *row)
{
    char since[32] = "?";
    if (!row->is_doubtful)
        day_format_local(row->arrived_ms, since, sizeof since);
    since[strlen(since) > 16 ? 16 : strlen(since)] = 0; /* without the seconds */
    format_print_padded(row->full_name[0] ? row->full_name : "(name not known)", 32);
    format_print_padded(since, 16);
    format_print_padded(presence_how_name(row->how_in), 10);
    if (row->guests || row->children)
        printf("+%d guests, %d children ", row->guests, row->children);
    puts(row->is_long && !row->is_doubtful ? "over 12 hours" : "");
}

static void print_text(const struct lookup_people_here *rows,
                       const struct lookup_people_count *count)
{
    printf("%zu in the house (people %zu, guests %zu, children %zu)\n",
           count->people + count->guests + count->children, count->people, count->guests,
           count->children);
    for (size_t i = 0; i < count->people; i++)
        print_row(&rows[i]);
}

static enum rc tell(struct command_register *opened, bool is_json, struct reason *out_reason)
{
    struct db *db = snapshot_db(opened->snapshot);
    struct lookup_people_here *rows = calloc(PAPERS_HERE_MAX, sizeof *rows);
    struct lookup_people_count count;
    size_t listed = 0;
    enum rc rc =
        rows ? lookup_people_here(db, opened->now_ms, PAPERS_HERE_MAX, rows, &listed, &count)
             : RC_NO_MEMORY;
    if (!rc && listed < count.people)
        rc = RC_LIMIT;
    if (rc)
        rc = db_tell(rc, db, out_reason);
    else
        (is_json ? print_json : print_text)(rows, &count);
    free(rows);
    return rc;
}

static enum rc print_pdf(struct command_register *opened, enum language language, const char *path,
                         struct reason *out_reason)
{
    struct papers_about about = {.venue = &opened->venue, .language = language};
    struct target target;
    int64_t people;
    enum rc rc = command_now(&about.now, out_reason);
    if (!rc)
        rc = target_begin(path, &target, out_reason);
    if (rc)
        return rc;
    rc = papers_roll_call(opened->snapshot, &about, &target.sink, &people, out_reason);
    rc = target_end(&target, rc, out_reason);
    if (!rc)
        printf("%s: %" PRId64 " people\n", path, people);
    return rc;
}

static int run(int argc, char **argv)
{
    const char *data = NULL, *pdf = NULL, *language_name = NULL;
    bool is_json = false;
    int count, code;
    const struct command_option options[] = {{"data", &data, NULL},
                                             {"pdf", &pdf, NULL},
                                             {"language", &language_name, NULL},
                                             {"json", NULL, &is_json},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_roll_call, argc, argv, options, NULL, 0, &count, &code))
        return code;
    struct reason reason = {.text = ""};
    struct command_register opened;
    enum language language = LANGUAGE_COUNT;
    if (pdf && is_json) {
        reason_set(&reason, "--pdf or --json, not both");
        return command_misuse(&command_roll_call, &reason);
    }
    if (language_name && command_language(language_name, &language, &reason))
        return command_misuse(&command_roll_call, &reason);
    if (command_open_register(command_data(data), &opened, &reason))
        return command_fail(&reason);
    if (language == LANGUAGE_COUNT)
        language = (enum language)opened.venue.language;
    command_use_languages();
    enum rc rc = pdf ? print_pdf(&opened, language, pdf, &reason) : tell(&opened, is_json, &reason);
    command_close_register(&opened);
    return rc ? command_fail(&reason) : COMMAND_OK;
}

const struct command command_roll_call = {
    "roll-call", "[--pdf FILE [--language fr|nl|en] | --json] [--data DIR]",
    "lists who is in the house now, with their guests and since when\n"
    "For a fire: --pdf writes pages of A4 to tick off in the yard, in the venue's language unless\n"
    "another one is asked for. The file appears whole or not at all. A '?' stands for an hour "
    "that\n"
    "no clock vouches for.",
    run};
