#include "app/venue_files.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "app/guides_check.h"
#include "app/venue.h"
#include "firmware/base/settings.h"

const char *venue_part_name(enum venue_part part)
{
    static const char *const names[VENUE_PART_COUNT] = {
        [VENUE_SETTINGS] = VENUE_FILE,
        [VENUE_CIRCLES] = CIRCLES_FILE,
        [VENUE_WELCOME] = GUIDES_FOLDER,
    };
    assert((unsigned)part < VENUE_PART_COUNT);
    return names[part];
}

bool venue_part_path(const char *folder, enum venue_part part, char out_path[PATH_MAX])
{
    return snprintf(out_path, PATH_MAX, "%s/%s", folder, venue_part_name(part)) < PATH_MAX;
}

/* --- a welcome's files --- */

/* "fr.txt" behind the text's name. */
static bool is_language(const char *tail)
{
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        char wanted[16];
        snprintf(wanted, sizeof wanted, "%s.txt", language_code((enum language)language));
        if (strcmp(tail, wanted) == 0)
            return true;
    }
    return false;
}

static bool is_text(const char *what, size_t length)
{
    static const char sheet[] = "mission-", letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    size_t begin = sizeof sheet - 1;
    if (length > begin && strncmp(what, sheet, begin) == 0)
        return length - begin < GUIDE_KEY_BYTES && strspn(what + begin, letters) == length - begin;
    for (int step = 0; step < GUIDE_STEP_COUNT; step++) {
        const char *name = guide_step_name((enum guide_step)step);
        if (guides_has_text((enum guide_step)step) && strlen(name) == length &&
            strncmp(what, name, length) == 0)
            return true;
    }
    return false;
}

size_t venue_welcome_bytes(const char *name)
{
    const char *dot = strchr(name, '.');
    if (strcmp(name, GUIDES_FILE) == 0 || strcmp(name, GUIDES_MISSIONS_FILE) == 0)
        return SETTINGS_FILE_BYTES;
    return dot && is_language(dot + 1) && is_text(name, (size_t)(dot - name)) ? GUIDES_TEXT_BYTES
                                                                              : 0;
}

/* --- what is wrong --- */

/* A mistake is told in the problems, and no failure. */
static enum rc settle(enum rc rc)
{
    return rc == RC_BAD_INPUT ? RC_OK : rc;
}

enum rc venue_check_files(struct venue_check *check)
{
    check->wrong = check->tight = (struct problems){.count = 0};
    check->circles = circle_default();
    check->guide = NULL;
    enum rc rc = settle(venue_check(check->paths[VENUE_SETTINGS], &check->wrong));
    if (rc)
        return rc;
    enum rc circles = circles_check(check->paths[VENUE_CIRCLES], &check->circles, &check->wrong);
    if (settle(circles) || check->skips_welcome)
        return settle(circles);
    const char *welcome = check->paths[VENUE_WELCOME];
    const struct circle_list *known = circles ? NULL : &check->circles;
    if (check->skips_room)
        return settle(guides_read(welcome, NULL, known, &check->guide, &check->wrong));
    return settle(guides_check(welcome, known, &check->guide, &check->wrong, &check->tight));
}
