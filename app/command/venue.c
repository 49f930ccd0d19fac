#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/command/command.h"
#include "app/command/venue_command_i.h"
#include "app/venue_files.h"

/* A folder while it is looked at. */
struct checking {
    const char *folder;
    bool is_own; /* has a welcome of its own, else the one that comes with Perron is looked at */
    struct venue_check check;
};

static bool is_there(const char *path)
{
    struct stat is;
    return stat(path, &is) == 0;
}

enum rc venue_command_find(const char *folder, struct reason *out_reason)
{
    char path[PATH_MAX];
    struct stat is;
    if (stat(folder, &is) || !S_ISDIR(is.st_mode)) {
        reason_set(out_reason, "there is no folder %s", folder);
        return RC_NOT_FOUND;
    }
    if (snprintf(path, sizeof path, "%s/" GUIDES_FILE, folder) < PATH_MAX && is_there(path)) {
        reason_set(out_reason, "%s is a folder %s itself; name the one that it lies in", folder,
                   GUIDES_FOLDER);
        return RC_REFUSED;
    }
    return RC_OK;
}

/* Is there anything to look at? With a sentence where not. */
static enum rc look(struct checking *checking, struct reason *out_reason)
{
    int found = 0;
    enum rc rc = venue_command_find(checking->folder, out_reason);
    if (rc)
        return rc;
    for (int part = 0; part < VENUE_PART_COUNT; part++)
        found +=
            venue_part_path(checking->folder, (enum venue_part)part, checking->check.paths[part]) &&
            is_there(checking->check.paths[part]);
    if (found)
        return RC_OK;
    reason_set(out_reason,
               "there is nothing of a venue in %s: neither " VENUE_FILE ", " CIRCLES_FILE
               " nor " GUIDES_FOLDER "/",
               checking->folder);
    return RC_NOT_FOUND;
}

static enum rc check(struct checking *checking)
{
    char *welcome = checking->check.paths[VENUE_WELCOME];
    checking->is_own = is_there(welcome);
    if (!checking->is_own)
        command_beside("venue/" GUIDES_FOLDER, welcome);
    return venue_check_files(&checking->check);
}

/* --- telling --- */

static int count_circles(const struct circle_list *circles)
{
    int count = 0;
    while (count < CIRCLES_MAX && circles->circles[count].name[0])
        count++;
    return count;
}

static int count_tiles(const struct guide *guide)
{
    int count = 0;
    for (int wish = 0; wish < GUIDE_WISH_COUNT; wish++)
        count += wish == GUIDE_AVOIDS ? 0 : guide->tiles[wish].count;
    return count;
}

static bool is_right(const struct checking *checking)
{
    return !checking->check.wrong.count && !checking->check.tight.count;
}

static void add_problems(json_t *array, const struct problems *problems)
{
    for (int i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->rows[i];
        json_array_append_new(array, json_pack("{s:s,s:i,s:s}", "file", problem->file, "line",
                                               problem->line, "sentence", problem->said.text));
    }
}

static void print_json(const struct checking *checking)
{
    const struct venue_check *found = &checking->check;
    const struct guide *guide = found->guide;
    json_t *problems = json_array();
    add_problems(problems, &found->wrong);
    add_problems(problems, &found->tight);
    json_t *told = json_pack("{s:o,s:i}", "problems", problems, "beyond",
                             found->wrong.beyond + found->tight.beyond);
    if (is_right(checking))
        json_object_update_new(
            told, json_pack("{s:i,s:i,s:i,s:i,s:i,s:i,s:b}", "steps", guide->row_count, "tiles",
                            count_tiles(guide), "missions", guide->mission_count, "links",
                            guide->link_count, "circles", count_circles(&found->circles),
                            "languages", LANGUAGE_COUNT, "own_welcome", checking->is_own));
    command_print(told);
}

static void print_found(const struct checking *checking)
{
    const struct guide *guide = checking->check.guide;
    printf("%d steps, %d tiles, %d missions, %d links, %d circles, %d languages: nothing is "
           "wrong%s\n",
           guide->row_count, count_tiles(guide), guide->mission_count, guide->link_count,
           count_circles(&checking->check.circles), LANGUAGE_COUNT,
           checking->is_own ? "" : " (the welcome is the one that comes with Perron)");
}

static void print_problems(const struct problems *problems)
{
    char line[PROBLEMS_LINE_BYTES];
    for (int i = 0; i < problems->count; i++) {
        problems_write(&problems->rows[i], line);
        fprintf(stderr, "%s\n", line);
    }
    if (problems->beyond)
        fprintf(stderr, "perron: there are %d more; they are told once these are mended\n",
                problems->beyond);
}

static int tell(const struct checking *checking, bool is_json)
{
    if (is_json) {
        print_json(checking);
    } else if (is_right(checking)) {
        print_found(checking);
    } else {
        print_problems(&checking->check.wrong);
        print_problems(&checking->check.tight);
    }
    return is_right(checking) ? COMMAND_OK : COMMAND_FAILED;
}

/* --- the verb --- */

static int serve(const char *folder, bool is_json)
{
    static struct checking checking;
    struct reason reason = {.text = ""};
    checking = (struct checking){.folder = folder};
    if (look(&checking, &reason))
        return command_fail(&reason);
    enum rc rc = check(&checking);
    int code = COMMAND_FAILED;
    if (rc) {
        reason_set(&reason, "%s cannot be checked now: %s", folder, rc_text(rc));
        command_fail(&reason);
    } else {
        code = tell(&checking, is_json);
    }
    guides_free(checking.check.guide);
    return code;
}

static int check_folder(const struct venue_command_asked *asked)
{
    return serve(asked->folder, asked->is_json);
}

static int run(int argc, char **argv)
{
    static const struct {
        const char *name, *question;
        int (*run)(const struct venue_command_asked *asked);
    } actions[] = {
        {"check", "which folder? For example: perron venue check /var/lib/perron", check_folder},
        {"take", "which folder? For example: perron venue take /media/stick/venue",
         venue_command_take}};
    const char *rest[2];
    struct venue_command_asked asked = {.data = NULL};
    struct reason reason = {.text =
                                "venue needs check or take, and a folder: perron venue check DIR"};
    int count, code;
    const struct command_option options[] = {{"data", &asked.data, NULL},
                                             {"dry-run", NULL, &asked.is_dry_run},
                                             {"json", NULL, &asked.is_json},
                                             {NULL, NULL, NULL}};
    if (!command_options(&command_venue, argc, argv, options, rest, 2, &count, &code))
        return code;
    asked.data = command_data(asked.data);
    for (size_t i = 0; count && i < sizeof actions / sizeof actions[0]; i++) {
        if (strcmp(rest[0], actions[i].name) != 0)
            continue;
        asked.folder = count == 2 ? rest[1] : NULL;
        if (asked.folder)
            return actions[i].run(&asked);
        reason_set(&reason, "%s", actions[i].question);
    }
    return command_misuse(&command_venue, &reason);
}

const struct command command_venue = {
    "venue", "check [--json] DIR | take DIR [--dry-run] [--data DIR] [--json]",
    "checks what a house wrote, and takes it: settings, circles, its welcome\n"
    "DIR has perron.conf, circles.conf and the folder welcome, or some of them. check tells every\n"
    "mistake with file and line, also a text that the smallest screen has no room for.\n"
    "take makes them the data folder's, all or none, also while a station runs; where there is a\n"
    "mistake nothing is taken. What is not in DIR stays as it is, and what was there before is\n"
    "kept once, in venue.before. --dry-run only shows what would change.",
    run};
