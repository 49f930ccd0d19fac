#include "tests/support/golden.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 512

static const struct shape {
    const char *name;
    struct screen screen;
    enum language language;
    int width_px; /* of the picture that is kept */
} shapes[GOLDEN_SHAPES] = {
    [GOLDEN_WIDE] = {"wide", {800, 480, 154, 86, 0}, LANGUAGE_FR, 400},
    [GOLDEN_UPRIGHT] = {"upright", {720, 1280, 87, 155, 0}, LANGUAGE_NL, 300},
};

struct picture golden_draw(const struct gallery_row *row, enum golden_shape shape)
{
    struct gallery_shot shot = gallery_usual_shot(&shapes[shape].screen, shapes[shape].language);
    struct picture whole = gallery_picture(row, &shot), small;
    if (picture_scale_to_width(&whole, shapes[shape].width_px, &small))
        return whole;
    picture_close(&whole);
    return small;
}

/* --- names --- */

/* `number` from 1: greeting-wide.png, greeting-wide.2.png, ... */
static void name_of(const struct gallery_row *row, enum golden_shape shape, int number,
                    char *out_name, size_t size)
{
    if (number == 1)
        snprintf(out_name, size, "%s-%s.png", row->name, shapes[shape].name);
    else
        snprintf(out_name, size, "%s-%s.%d.png", row->name, shapes[shape].name, number);
}

static void path_of(const char *folder, const struct gallery_row *row, enum golden_shape shape,
                    int number, char *out_path)
{
    char name[128];
    name_of(row, shape, number, name, sizeof name);
    snprintf(out_path, PATH_SIZE, "%s/%s", folder, name);
}

static bool is_of_a_screen(const char *file)
{
    char name[128];
    for (int i = 0; i < gallery_row_count; i++)
        for (int shape = 0; shape < GOLDEN_SHAPES; shape++)
            for (int number = 1; number <= GOLDEN_MAX; number++) {
                name_of(&gallery_rows[i], (enum golden_shape)shape, number, name, sizeof name);
                if (strcmp(name, file) == 0)
                    return true;
            }
    return false;
}

/* --- the folder --- */

static bool is_picture(const char *file)
{
    const char *end = strrchr(file, '.');
    return end && strcmp(end, ".png") == 0;
}

/* Counts the pictures that `is_meant` says, or all where it is NULL; -1: there is no folder. */
static int count(const char *folder, bool (*is_meant)(const char *file))
{
    int found = 0;
    DIR *dir = opendir(folder);
    struct dirent *entry;
    if (!dir)
        return -1;
    while ((entry = readdir(dir)))
        found += is_picture(entry->d_name) && (!is_meant || is_meant(entry->d_name));
    closedir(dir);
    return found;
}

int golden_count(const char *folder)
{
    return count(folder, NULL);
}

static bool is_stray(const char *file)
{
    if (is_of_a_screen(file))
        return false;
    printf("%s is a picture of no screen: make golden\n", file);
    return true;
}

int golden_count_strays(const char *folder)
{
    return count(folder, is_stray);
}

static void clear(const char *folder)
{
    char path[PATH_SIZE];
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir && (entry = readdir(dir)))
        if (is_picture(entry->d_name)) {
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
            unlink(path);
        }
    if (dir)
        closedir(dir);
}

/* --- writing --- */

static bool write_one(const char *folder, const struct gallery_row *row, enum golden_shape shape,
                      int number)
{
    char path[PATH_SIZE];
    struct picture picture = golden_draw(row, shape);
    path_of(folder, row, shape, number, path);
    enum rc rc = picture_write_small(&picture, path);
    if (rc)
        printf("%s cannot be written: %s\n", path, rc_text(rc));
    picture_close(&picture);
    return rc == RC_OK;
}

bool golden_renew(const char *folder)
{
    bool is_well = true;
    mkdir(folder, 0777);
    clear(folder);
    for (int i = 0; i < gallery_row_count; i++)
        for (int shape = 0; shape < GOLDEN_SHAPES; shape++)
            is_well &= write_one(folder, &gallery_rows[i], (enum golden_shape)shape, 1);
    return is_well;
}

/* --- comparing --- */

/* What became of looking for a picture that is like the screen. */
struct search {
    int count;                        /* of the pictures there are */
    bool is_found;                    /* the last of them is like it */
    struct picture nearest;           /* no pixels: there is none */
    struct picture_likeness likeness; /* of that one */
};

static void try_one(struct search *search, const char *path, const struct picture *now)
{
    struct picture old;
    struct picture_likeness likeness;
    enum rc rc = picture_read(path, &old);
    if (rc && rc != RC_NOT_FOUND)
        printf("%s cannot be read: %s\n", path, rc_text(rc));
    if (rc)
        return;
    search->count++;
    bool is_compared = picture_compare(&old, now, &likeness) == RC_OK;
    if (!is_compared)
        printf("%s has another size than the screen now\n", path);
    search->is_found |= is_compared && likeness.is_same;
    if (is_compared &&
        (!search->nearest.pixels || likeness.structure > search->likeness.structure)) {
        picture_close(&search->nearest);
        search->nearest = old;
        search->likeness = likeness;
    } else {
        picture_close(&old);
    }
}

/* picture_close search.nearest. */
static struct search search_for(const char *folder, const struct gallery_row *row,
                                enum golden_shape shape, const struct picture *now)
{
    struct search search = {.count = 0};
    char path[PATH_SIZE];
    for (int number = 1; number <= GOLDEN_MAX && !search.is_found; number++) {
        path_of(folder, row, shape, number, path);
        try_one(&search, path, now);
    }
    return search;
}

static void leave_difference(const struct search *search, const struct picture *now,
                             const char *failed_folder, const char *name)
{
    char path[PATH_SIZE];
    mkdir(failed_folder, 0777);
    snprintf(path, sizeof path, "%s/golden-%s", failed_folder, name);
    if (!picture_difference(&search->nearest, now, path))
        printf("  old, new and where they differ: %s\n", path);
}

bool golden_holds(const char *folder, const struct gallery_row *row, enum golden_shape shape,
                  const char *failed_folder)
{
    char name[128];
    struct picture now = golden_draw(row, shape);
    struct search search = search_for(folder, row, shape, &now);
    name_of(row, shape, 1, name, sizeof name);
    if (!search.count)
        printf("%s is missing: look at the screen, then make golden\n", name);
    else if (!search.is_found)
        printf("%s is not what the screen looks like: %s\n", name, search.likeness.why);
    if (!search.is_found && search.nearest.pixels)
        leave_difference(&search, &now, failed_folder, name);
    picture_close(&search.nearest);
    picture_close(&now);
    return search.is_found;
}

bool golden_add_missing(const char *folder)
{
    bool is_well = true;
    for (int i = 0; i < gallery_row_count; i++)
        for (int shape = 0; shape < GOLDEN_SHAPES; shape++) {
            const struct gallery_row *row = &gallery_rows[i];
            struct picture now = golden_draw(row, (enum golden_shape)shape);
            struct search search = search_for(folder, row, (enum golden_shape)shape, &now);
            if (!search.is_found && search.count == GOLDEN_MAX) {
                printf("%s-%s has %d pictures already\n", row->name, shapes[shape].name,
                       search.count);
                is_well = false;
            } else if (!search.is_found) {
                is_well &= write_one(folder, row, (enum golden_shape)shape, search.count + 1);
            }
            picture_close(&search.nearest);
            picture_close(&now);
        }
    return is_well;
}
