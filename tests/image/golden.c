#include "tests/image/golden.h"

#include <stdio.h>
#include <string.h>

#include "tests/image/guest_screen.h"

#define FOLDER "tests/image/golden"

/* Letters may be a shade off between two versions of a typeface's renderer. */
#define TOLERANCE 40
#define SHARE 0.004
#define STILL_MS 1500

/* The strip over a title, which comes and goes, and the lines with a version. */
#define OF_UPDATE .skipped = {{140, 20, 240, 95}, {255, 130, 530, 105}, {255, 335, 530, 62}}

static const struct golden {
    const char *name;
    const char *file;            /* NULL: called as it is */
    struct difference_area area; /* 0 x 0: all of it */
    struct difference_area skipped[DIFFERENCE_SKIPPED_MAX];
} goldens[] = {
    {"mistakes", .skipped = {{480, 20, 200, 90}}},
    {"resting", .skipped = {{480, 20, 200, 90}}},
    /* whoever is here, and what is told above: only its foot is always the same */
    {"home", .file = "resting", .area = {0, 355, 800, 125}},
    {"greeting",
     .skipped = {{160, 100, 360, 50}, {580, 410, 170, 20}}}, /* until when it is undone */
    {"help", .skipped = {{480, 20, 200, 90}}},
    {"update-offered", OF_UPDATE},
    {"update-foreign", OF_UPDATE},
    {"update-bare", OF_UPDATE},
    {"update-returned", OF_UPDATE},
};

static const struct golden *find(const char *name)
{
    for (unsigned i = 0; i < sizeof goldens / sizeof goldens[0]; i++)
        if (strcmp(goldens[i].name, name) == 0)
            return &goldens[i];
    return NULL;
}

static enum rc keep(struct guest *guest, const char *path, int limit_ms, struct reason *said)
{
    struct picture picture;
    enum rc rc = guest_screen_wait_still(guest, STILL_MS, NULL, limit_ms, &picture, said);
    if (rc)
        return rc;
    rc = picture_write_small(&picture, path);
    picture_close(&picture);
    reason_set(said, "%s is new: look at it", path);
    return rc ? rc : RC_NOT_FOUND;
}

enum rc golden_expect(struct door *door, const char *name, int limit_ms, struct reason *said)
{
    const struct golden *golden = find(name);
    struct difference_bounds bounds = {.tolerance = TOLERANCE, .share = SHARE};
    char path[100];
    struct picture wanted;
    if (!golden) {
        reason_set(said, "no picture is called %s", name);
        return RC_BAD_INPUT;
    }
    bounds.area = golden->area;
    memcpy(bounds.skipped, golden->skipped, sizeof bounds.skipped);
    snprintf(path, sizeof path, FOLDER "/%s.png", golden->file ? golden->file : name);
    enum rc rc = picture_read(path, &wanted);
    if (rc == RC_NOT_FOUND)
        return keep(door->guest, path, limit_ms, said);
    if (rc)
        return rc;
    rc = guest_screen_wait_picture(door->guest, &wanted, &bounds, limit_ms, said);
    picture_close(&wanted);
    return rc;
}
