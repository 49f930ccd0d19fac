/* A story as a strip of its pictures. */
#include <stdio.h>
#include <string.h>

#include "tests/support/contact_sheet.h"
#include "tests/support/player_i.h"

#define PER_ROW 4

enum rc player_title(struct player *player, const char *what)
{
    snprintf(player->title, sizeof player->title, "%s", what);
    return RC_OK;
}

enum rc player_screenshot(struct player *player, const char *what)
{
    size_t name = strcspn(what, " ");
    struct player_picture *picture = &player->pictures[player->picture_count];
    if (!player->config->out)
        return RC_OK;
    if (player->picture_count == PLAYER_PICTURES_MAX)
        return player_fail(player, "fewer pictures in one story", what);
    snprintf(picture->path, sizeof picture->path, "%s/%.*s.png", player->config->out, (int)name,
             what);
    snprintf(picture->caption, sizeof picture->caption, "%s",
             what + name + strspn(what + name, " "));
    if (station_screenshot(player->station, picture->path))
        return player_fail(player, "the picture should be written", picture->path);
    player->picture_count++;
    return RC_OK;
}

enum rc player_write_strip(const struct player *player)
{
    struct contact_picture pictures[PLAYER_PICTURES_MAX];
    for (int i = 0; i < player->picture_count; i++)
        pictures[i] =
            (struct contact_picture){player->pictures[i].path, player->pictures[i].caption};
    return contact_sheet_write(player->title[0] ? player->title : NULL, pictures,
                               player->picture_count, PER_ROW, player->config->strip,
                               player->reason);
}
