#include "tests/support/flows.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/hash.h"
#include "tests/support/build.h"
#include "tests/support/demo.h"
#include "tests/support/give_up.h"
#include "tests/support/player.h"

static char house[64];

static void run(const char *format, const char *a, const char *b)
{
    char command[256];
    snprintf(command, sizeof command, format, a, b);
    if (system(command) != 0)
        give_up("flows", "this should work: %s", command);
}

int flows_open(void **state)
{
    struct reason reason = {.text = ""};
    (void)state;
    snprintf(house, sizeof house, "%s/perron-house-XXXXXX", build_scratch());
    if (hash_init() || !mkdtemp(house) || demo_make(house, &reason))
        give_up("flows", "the demo's house could not be made: %s", reason.text);
    return 0;
}

int flows_close(void **state)
{
    (void)state;
    run("rm -rf %s%s", house, "");
    return 0;
}

static int is_flow(const struct dirent *entry)
{
    return strstr(entry->d_name, ".flow") != NULL;
}

int flows_list(const char *begins, bool is_others, char out_paths[][FLOWS_PATH_BYTES])
{
    struct dirent **entries;
    int found = scandir(FLOWS_FOLDER, &entries, is_flow, alphasort), count = 0;
    if (found < 1)
        give_up("flows", "there are no flows in " FLOWS_FOLDER);
    for (int i = 0; i < found; i++) {
        bool is_so = strncmp(entries[i]->d_name, begins, strlen(begins)) == 0;
        if (is_so != is_others && count < FLOWS_MAX)
            snprintf(out_paths[count++], FLOWS_PATH_BYTES, FLOWS_FOLDER "/%s", entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return count;
}

enum rc flows_play(const char *flow, struct reason *out_reason)
{
    char folder[64];
    snprintf(folder, sizeof folder, "%s/perron-flow-XXXXXX", build_scratch());
    const struct player_config config = {
        .data = folder, .people = DEMO_PEOPLE, .board = "board/desktop.conf"};
    if (!mkdtemp(folder))
        give_up("flows", "there is no room for a house in %s", build_scratch());
    run("cp -a %s/. %s", house, folder);
    enum rc rc = player_play(&config, flow, out_reason);
    run("rm -rf %s%s", folder, "");
    return rc;
}

enum rc flows_play_text(const char *text, struct reason *out_reason)
{
    char path[96];
    snprintf(path, sizeof path, "%s/told.flow", house);
    FILE *file = fopen(path, "w");
    if (!file)
        give_up("flows", "%s cannot be written", path);
    fputs(text, file);
    fclose(file);
    enum rc rc = flows_play(path, out_reason);
    remove(path);
    return rc;
}
