/* A USB stick that is a folder: plugged in, pulled out, held on its way, looked into. And the boot
 * partition of the station's own card, which is one, too. */
#include <errno.h>
#include <fnmatch.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/player_i.h"

#define FOLDERS_MAX 16

enum rc player_folder_make(char folder[PLAYER_FOLDER_BYTES])
{
    if (folder[0])
        return RC_OK;
    snprintf(folder, PLAYER_FOLDER_BYTES, "/tmp/perron-stick-XXXXXX");
    if (mkdtemp(folder))
        return RC_OK;
    folder[0] = 0;
    return RC_IO;
}

static int forget(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static void remove_folder(char folder[PLAYER_FOLDER_BYTES])
{
    if (folder[0])
        nftw(folder, forget, FOLDERS_MAX, FTW_DEPTH | FTW_PHYS);
    folder[0] = 0;
}

void player_stick_close(struct player *player)
{
    remove_folder(player->stick);
    remove_folder(player->card);
}

enum rc player_stick_plug(struct player *player, const char *what)
{
    enum rc rc = player_folder_make(player->stick);
    while (*what == ' ')
        what++;
    trace_clear(player->trace);
    if (!rc)
        rc = station_plug_stick(player->station, player->stick, what);
    if (rc)
        return player_fail(player, "a stick can be plugged in", rc_text(rc));
    player_tell(player, "plug", what[0] ? what : "a USB stick");
    return player_settle(player);
}

enum rc player_stick_pull(struct player *player, const char *what)
{
    (void)what;
    enum rc rc = station_pull_stick(player->station);
    player_tell(player, "pull", "the USB stick");
    return rc ? rc : player_settle(player);
}

enum rc player_stick_hold(struct player *player, const char *what)
{
    (void)what;
    station_hold_stick(player->station, true);
    return RC_OK;
}

enum rc player_stick_go_on(struct player *player, const char *what)
{
    (void)what;
    station_hold_stick(player->station, false);
    return player_settle(player);
}

/* "people.csv first_name;number|Zoé;1001": a file of two lines. */
static enum rc put(struct player *player, const char *folder, const char *what)
{
    char path[256];
    size_t name = strcspn(what, " ");
    const char *slash = strchr(what, '/');
    if (!what[name])
        return player_fail(player, "this takes a file's name and what is in it", what);
    if (slash && slash < what + name) {
        snprintf(path, sizeof path, "%s/%.*s", folder, (int)(slash - what), what);
        if (mkdir(path, 0755) && errno != EEXIST)
            return rc_from_errno(errno);
    }
    snprintf(path, sizeof path, "%s/%.*s", folder, (int)name, what);
    FILE *file = fopen(path, "w");
    if (!file)
        return RC_IO;
    for (const char *c = what + name + 1; *c; c++)
        fputc(*c == '|' ? '\n' : *c, file);
    fputc('\n', file);
    return fclose(file) ? RC_IO : RC_OK;
}

enum rc player_stick_put(struct player *player, const char *what)
{
    enum rc rc = player_folder_make(player->stick);
    return rc ? rc : put(player, player->stick, what);
}

enum rc player_card_put(struct player *player, const char *what)
{
    enum rc rc = player_folder_make(player->card);
    return rc ? rc : put(player, player->card, what);
}

enum rc player_card_take(struct player *player, const char *what)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", player->card, what);
    return remove(path) ? player_fail(player, "that should be on the card", what) : RC_OK;
}

static struct {
    const char *pattern;
    int found;
} sought;

static int look(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    sought.found += fnmatch(sought.pattern, path + walk->base, 0) == 0;
    return 0;
}

static int count_on_stick(struct player *player, const char *pattern)
{
    sought.pattern = pattern;
    sought.found = 0;
    if (player->stick[0])
        nftw(player->stick, look, FOLDERS_MAX, FTW_PHYS);
    return sought.found;
}

enum rc player_expect_on_stick(struct player *player, const char *what)
{
    return count_on_stick(player, what) ? RC_OK
                                        : player_fail(player, "that should be on the stick", what);
}

enum rc player_expect_not_on_stick(struct player *player, const char *what)
{
    return count_on_stick(player, what)
               ? player_fail(player, "that should not be on the stick", what)
               : RC_OK;
}
