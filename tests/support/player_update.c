/* New versions of Perron: packages that are none, signed by a key of the story's own. */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/update_claim.h"
#include "app/update_state.h"
#include "tests/support/player_i.h"

#define BYTES 5000
#define FOLDERS_MAX 8

static int forget(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static enum rc write_file(const char *path, const void *bytes, size_t length)
{
    char part[512];
    snprintf(part, sizeof part, "%s.part", path);
    FILE *file = fopen(part, "w");
    if (!file)
        return RC_IO;
    size_t written = fwrite(bytes, 1, length, file);
    return fclose(file) || written != length || rename(part, path) ? RC_IO : RC_OK;
}

enum rc player_update_open(struct player *player)
{
    struct sign_public ours, theirs;
    char text[KEY_TEXT_SIZE];
    snprintf(player->update.folder, sizeof player->update.folder, "/tmp/perron-update-XXXXXX");
    if (!mkdtemp(player->update.folder))
        return RC_IO;
    const char *folder = player->update.folder;
    snprintf(player->update.run, sizeof player->update.run, "%s/run", folder);
    snprintf(player->update.key, sizeof player->update.key, "%s/update.pub", folder);
    if (mkdir(player->update.run, 0700))
        return RC_IO;
    sign_make_keys(&ours, &player->update.ours);
    sign_make_keys(&theirs, &player->update.theirs);
    sign_write_public(&ours, text);
    return write_file(player->update.key, text, strlen(text));
}

void player_update_close(struct player *player)
{
    if (player->update.folder[0])
        nftw(player->update.folder, forget, FOLDERS_MAX, FTW_DEPTH | FTW_PHYS);
    player->update.folder[0] = 0;
}

/* --- a package and its line --- */

static enum rc put(struct player *player, const char *folder, const char *what)
{
    char version[32] = "", how[32] = "", path[256], line[UPDATE_LINE_MAX], bytes[BYTES];
    struct update_claim claim = {.package = UPDATE_PACKAGE, .bytes = BYTES};
    struct hash_sha256 hash;
    sscanf(what, "%31s %31s", version, how);
    bool is_foreign = strcmp(how, "foreign") == 0, is_half = strcmp(how, "half") == 0;
    memset(bytes, 'p', sizeof bytes);
    hash_sha256_begin(&hash);
    hash_sha256_add(&hash, bytes, sizeof bytes);
    hash_sha256_end(&hash, claim.sha256);
    snprintf(claim.version, sizeof claim.version, "%s", version);
    snprintf(claim.architecture, sizeof claim.architecture, "%s",
             is_foreign ? "mips" : update_architecture());
    if (update_claim_write(
            &claim, strcmp(how, "by-others") == 0 ? &player->update.theirs : &player->update.ours,
            line))
        return player_fail(player, "'update' takes where, a version and how", what);
    if (strcmp(how, "damaged") == 0)
        bytes[BYTES / 2] ^= 1;
    snprintf(path, sizeof path, "%s/perron_%s_%s.deb", folder, version, claim.architecture);
    enum rc rc = write_file(path, bytes, is_half ? BYTES / 2 : BYTES);
    strcat(path, UPDATE_SUFFIX);
    if (!rc && strcmp(how, "unsigned") != 0)
        rc = write_file(path, line, strlen(line));
    return rc;
}

enum rc player_update_stick(struct player *player, const char *what)
{
    enum rc rc = player_folder_make(player->stick);
    return rc ? rc : put(player, player->stick, what);
}

enum rc player_update_boot(struct player *player, const char *what)
{
    enum rc rc = player_folder_make(player->card);
    return rc ? rc : put(player, player->card, what);
}

enum rc player_update_key(struct player *player, const char *what)
{
    char away[96];
    snprintf(away, sizeof away, "%s.away", player->update.key);
    bool is_away = strcmp(what, "away") == 0;
    return rename(is_away ? player->update.key : away, is_away ? away : player->update.key)
               ? player_fail(player, "'update key' takes away or back", what)
               : RC_OK;
}

/* --- root's side --- */

/* "trying 0.9.1", "returned 0.9.1 silent". */
enum rc player_update_says(struct player *player, const char *what)
{
    char step[32] = "", version[32] = "", why[32] = "", text[400], path[128];
    struct update_state back;
    sscanf(what, "%31s %31s %31s", step, version, why);
    snprintf(text, sizeof text,
             "{\"step\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"why\":\"%s\",\"tries\":0,"
             "\"detail\":\"\"}",
             step, PERRON_VERSION, version, why);
    snprintf(path, sizeof path, "%s/said", player->update.run);
    enum rc rc = write_file(path, text, strlen(text));
    if (!rc && update_state_read(path, &back))
        return player_fail(player, "'update says' takes a step, a version and why", what);
    return rc;
}

static bool is_brought(struct player *player)
{
    char package[512], line[520];
    snprintf(package, sizeof package, "%s/update/new.deb", player->config->data);
    snprintf(line, sizeof line, "%s" UPDATE_SUFFIX, package);
    return access(package, R_OK) == 0 && access(line, R_OK) == 0;
}

enum rc player_expect_brought(struct player *player, const char *what)
{
    (void)what;
    return is_brought(player) ? RC_OK : player_fail(player, "something is brought", "nothing");
}

enum rc player_expect_nothing_brought(struct player *player, const char *what)
{
    char folder[512];
    (void)what;
    snprintf(folder, sizeof folder, "%s/update", player->config->data);
    return access(folder, F_OK) ? RC_OK : player_fail(player, "nothing is brought", folder);
}
