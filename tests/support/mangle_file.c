#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "tests/support/house.h"
#include "tests/support/mangle.h"

static bool make_file(const char *path, off_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool is_made = fd >= 0 && ftruncate(fd, size) == 0;
    if (fd >= 0)
        close(fd);
    return is_made;
}

static bool link_out(const char *path, const struct mangle_place *place)
{
    return symlink(place->secret, path) == 0;
}

static bool link_to_device(const char *path, const struct mangle_place *place)
{
    (void)place;
    return symlink("/dev/zero", path) == 0;
}

static bool link_to_nothing(const char *path, const struct mangle_place *place)
{
    (void)place;
    return symlink("nobody/is/here", path) == 0;
}

static bool link_to_itself(const char *path, const struct mangle_place *place)
{
    (void)place;
    return symlink(path, path) == 0;
}

static bool link_to_parent(const char *path, const struct mangle_place *place)
{
    (void)place;
    return symlink("..", path) == 0;
}

static bool make_folder(const char *path, const struct mangle_place *place)
{
    char deeper[PATH_MAX];
    (void)place;
    bool is_made = mkdir(path, 0700) == 0;
    for (int depth = 1; is_made && depth < 30; depth++) {
        int length = snprintf(deeper, sizeof deeper, "%s", path);
        for (int i = 0; i < depth; i++)
            length += snprintf(deeper + length, sizeof deeper - (size_t)length, "/in");
        is_made = mkdir(deeper, 0700) == 0;
    }
    return is_made;
}

static bool make_pipe(const char *path, const struct mangle_place *place)
{
    (void)place;
    return mkfifo(path, 0600) == 0;
}

/* Only root may; others find a pipe. */
static bool make_device(const char *path, const struct mangle_place *place)
{
    return mknod(path, S_IFCHR | 0600, makedev(1, 5)) == 0 || make_pipe(path, place);
}

static bool make_huge(const char *path, const struct mangle_place *place)
{
    return make_file(path, (off_t)place->huge_bytes);
}

static bool make_large(const char *path, const struct mangle_place *place)
{
    (void)place;
    return make_file(path, 3 << 20);
}

static bool make_empty(const char *path, const struct mangle_place *place)
{
    (void)place;
    return make_file(path, 0);
}

static bool make_nothing(const char *path, const struct mangle_place *place)
{
    (void)path, (void)place;
    return true;
}

/* In the place of a file. */
static const struct {
    const char *name;
    bool (*make)(const char *path, const struct mangle_place *place);
} places[] = {
    {"a link out of the folder", link_out},
    {"a link to a device", link_to_device},
    {"a link to nothing", link_to_nothing},
    {"a link to itself", link_to_itself},
    {"a link to the folder above", link_to_parent},
    {"a folder of folders", make_folder},
    {"a pipe", make_pipe},
    {"a device", make_device},
    {"a huge file", make_huge},
    {"a large file of nothing", make_large},
    {"an empty file", make_empty},
    {"nothing", make_nothing},
};

#define PLACES (sizeof places / sizeof places[0])

/* Names beside the file's own ending. */
static const char *const names[] = {"people\n2.csv",
                                    "people \x1B[31m.csv",
                                    "people\xFF\xFE.csv",
                                    "calendar%s%n.csv",
                                    "CON.csv",
                                    "people.csv.lnk",
                                    "-rf.ics",
                                    "\xE2\x80\xAEvsc.elpoep.csv",
                                    "people  .csv",
                                    "$(reboot).ics",
                                    "baskets;`id`.csv",
                                    ".ics",
                                    "PEOPLE.CSV",
                                    "calendar'\"\\.ics"};

static const char *rename_astray(struct random *random, const char *folder, const char *path)
{
    char to[PATH_MAX];
    unsigned which = random_below(random, sizeof names / sizeof names[0] + 1);
    if (which < sizeof names / sizeof names[0]) {
        snprintf(to, sizeof to, "%s/%s", folder, names[which]);
    } else {
        int zeros = 190 + (int)random_below(random, 55); /* a name has at most 255 bytes */
        snprintf(to, sizeof to, "%s/people%0*d.csv", folder, zeros, 0);
    }
    house_expect(rename(path, to) == 0, "%s cannot be renamed", path);
    return "a strange name";
}

const char *mangle_file(struct random *random, const struct mangle_place *place, const char *name)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", place->folder, name);
    unsigned which = random_below(random, PLACES + 3);
    if (which >= PLACES)
        return rename_astray(random, place->folder, path);
    house_expect(unlink(path) == 0, "%s cannot be removed", path);
    house_expect(places[which].make(path, place), "%s cannot be made %s", path, places[which].name);
    return places[which].name;
}
