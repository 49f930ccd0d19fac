/* import - all that a folder has for the house, one after the other, each as its own verb takes it.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/command/command.h"
#include "app/command/order.h"
#include "app/command/venue_command_i.h"
#include "app/intake.h"

struct asked {
    const char *data, *folder;
    bool is_dry_run, skips_refused, is_json;
};

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* What a list is asked for with; "source" and "part" say something of calendars only. */
static json_t *request(const struct asked *asked, const char *verb,
                       const struct intake_found *found)
{
    return json_pack("{s:s,s:s,s:b,s:b,s:b,s:b}", "do", verb, "source", name_of(found->path),
                     "part", (int)found->is_refused, "dry_run", (int)asked->is_dry_run,
                     "skip_refused", (int)asked->skips_refused, "json", (int)asked->is_json);
}

static int take(const struct asked *asked, const struct intake_found *found)
{
    static const char *const verbs[] = {
        [INTAKE_PEOPLE] = "import", [INTAKE_BASKETS] = "baskets", [INTAKE_CALENDAR] = "calendar"};
    char path[sizeof found->path + 4096];
    snprintf(path, sizeof path, "%s/%s", asked->folder, found->path);
    if (!asked->is_json)
        printf("--- %s: %s\n", intake_kind_name(found->kind), found->name);
    fflush(stdout);
    if (found->kind == INTAKE_VENUE)
        return venue_command_take(&(struct venue_command_asked){.folder = path,
                                                                .data = asked->data,
                                                                .is_part = true,
                                                                .is_dry_run = asked->is_dry_run,
                                                                .is_json = asked->is_json});
    return order_send_file(asked->data, request(asked, verbs[found->kind], found), path,
                           intake_kind_name(found->kind), asked->is_json);
}

static int refuse(const struct asked *asked, enum intake_kind kind, const char *name,
                  const char *why_not)
{
    struct reason reason;
    reason_set(&reason, "%s: %s", name, why_not);
    if (asked->is_json)
        order_print_failed(intake_kind_name(kind), name, why_not);
    return command_fail(&reason);
}

static void tell_left_out(const struct asked *asked, const struct intake_list *list)
{
    for (int i = 0; i < list->beyond && i < INTAKE_FOUND_MAX; i++) {
        const struct intake_left_out *left = &list->left_out[i];
        refuse(asked, left->kind, left->name,
               left->why_not ? left->why_not
                             : "There are too many of this kind for one go. Take this one by its "
                               "own verb, or move it to another folder.");
    }
    if (list->beyond > INTAKE_FOUND_MAX)
        fprintf(stderr, "perron: there are %d more, which were not looked at\n",
                list->beyond - INTAKE_FOUND_MAX);
}

/* Each by itself: a list that is refused keeps none of the others out. */
static int take_all(const struct asked *asked, const struct intake_list *list)
{
    int worst = COMMAND_OK;
    for (int i = 0; i < list->count; i++) {
        const struct intake_found *found = &list->found[i];
        int code = found->why_not ? refuse(asked, found->kind, found->name, found->why_not)
                                  : take(asked, found);
        worst = code ? code : worst;
    }
    tell_left_out(asked, list);
    return list->beyond ? COMMAND_FAILED : worst;
}

static int run(int argc, char **argv)
{
    static struct intake_list list;
    struct asked asked = {.data = NULL};
    struct reason reason = {.text = "which folder? For example: perron import /media/stick"};
    int count, code;
    const struct command_option options[] = {{"data", &asked.data, NULL},
                                             {"dry-run", NULL, &asked.is_dry_run},
                                             {"skip-refused", NULL, &asked.skips_refused},
                                             {"json", NULL, &asked.is_json},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_import, argc, argv, options, &asked.folder, 1, &count, &code))
        return code;
    if (!count)
        return command_misuse(&command_import, &reason);
    asked.data = command_data(asked.data);
    struct stat is;
    if (stat(asked.folder, &is) || !S_ISDIR(is.st_mode)) {
        reason_set(&reason, "there is no folder %s", asked.folder);
        return command_fail(&reason);
    }
    if (intake_look(asked.folder, &list, &reason))
        return command_fail(&reason);
    return take_all(&asked, &list);
}

const struct command command_import = {
    "import", "FOLDER [--dry-run] [--skip-refused] [--data DIR] [--json]",
    "takes all lists of a folder, as the station does from a stick\n"
    "Lists of people (people*.csv) and baskets (baskets*.csv), calendars (*.ics, calendar*.csv)\n"
    "and the folder venue, in it or in its folder perron. Each is taken whole or not at all, and\n"
    "one that is refused keeps none of the others out. Of each kind four are taken, by name; "
    "others\n"
    "are named. With --json a line for each says of which kind and file it is. --dry-run only "
    "tells what would change;\n"
    "--skip-refused takes the rows that are right. people import, baskets import, calendar import\n"
    "and venue take are for one of them.",
    run};
