#include "tests/support/tree.h"

#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/hash.h"
#include "tests/support/house.h"

#define WHOLE_BYTES_MAX (64 << 20)
#define FDS 16

/* nftw has no context of its own. */
static struct walk {
    const char *root, *to;
    bool (*passes)(const char *path);
    uint64_t sum;
    char (*paths)[128];
    int count, max;
} walk;

char *tree_read(const char *path, size_t *out_length)
{
    FILE *file = fopen(path, "rb");
    struct stat is;
    house_expect(file && !fstat(fileno(file), &is), "%s cannot be read", path);
    char *bytes = malloc((size_t)is.st_size + 1);
    house_expect(bytes != NULL, "there is no memory for %s", path);
    *out_length = fread(bytes, 1, (size_t)is.st_size, file);
    bytes[*out_length] = 0;
    fclose(file);
    return bytes;
}

void tree_write(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    house_expect(file && fwrite(bytes, 1, length, file) == length && !fclose(file),
                 "%s cannot be written", path);
}

static const char *below_root(const char *path)
{
    const char *below = path + strlen(walk.root);
    return *below == '/' ? below + 1 : below;
}

static int copy_one(const char *path, const struct stat *is, int kind, struct FTW *at)
{
    char to[PATH_MAX];
    size_t length;
    (void)at;
    snprintf(to, sizeof to, "%s/%s", walk.to, below_root(path));
    if (kind == FTW_D) {
        house_expect(!mkdir(to, 0700), "%s cannot be made", to);
    } else if (S_ISREG(is->st_mode)) {
        char *bytes = tree_read(path, &length);
        tree_write(to, bytes, length);
        free(bytes);
    }
    return 0;
}

void tree_copy(const char *from, const char *to)
{
    walk = (struct walk){.root = from, .to = to};
    house_expect(!nftw(from, copy_one, FDS, FTW_PHYS), "%s cannot be copied", from);
}

static int remove_one(const char *path, const struct stat *is, int kind, struct FTW *at)
{
    (void)is, (void)kind, (void)at;
    house_expect(!remove(path), "%s cannot be removed", path);
    return 0;
}

void tree_remove(const char *folder)
{
    struct stat is;
    if (!lstat(folder, &is))
        house_expect(!nftw(folder, remove_one, FDS, FTW_PHYS | FTW_DEPTH | FTW_MOUNT),
                     "%s cannot be removed", folder);
}

static uint64_t sum_file(const char *path, const struct stat *is)
{
    char target[PATH_MAX];
    size_t length;
    if (S_ISLNK(is->st_mode)) {
        ssize_t count = readlink(path, target, sizeof target);
        return count > 0 ? hash_quick(target, (size_t)count) : 0;
    }
    if (!S_ISREG(is->st_mode) || is->st_size > WHOLE_BYTES_MAX)
        return 0;
    char *bytes = tree_read(path, &length);
    uint64_t sum = hash_quick(bytes, length);
    free(bytes);
    return sum;
}

static int sum_one(const char *path, const struct stat *is, int kind, struct FTW *at)
{
    (void)kind, (void)at;
    const char *below = below_root(path);
    if (walk.passes && !walk.passes(below))
        return 0;
    const uint64_t parts[] = {hash_quick(below, strlen(below)), is->st_mode,
                              S_ISREG(is->st_mode) ? (uint64_t)is->st_size : 0, sum_file(path, is)};
    walk.sum += hash_quick(parts, sizeof parts);
    return 0;
}

uint64_t tree_sum(const char *folder, bool (*passes)(const char *path))
{
    walk = (struct walk){.root = folder, .passes = passes};
    house_expect(!nftw(folder, sum_one, FDS, FTW_PHYS), "%s cannot be looked at", folder);
    return walk.sum;
}

static int list_one(const char *path, const struct stat *is, int kind, struct FTW *at)
{
    (void)at;
    if (kind == FTW_F && S_ISREG(is->st_mode) && walk.count < walk.max &&
        strlen(below_root(path)) < sizeof walk.paths[0])
        snprintf(walk.paths[walk.count++], sizeof walk.paths[0], "%s", below_root(path));
    return 0;
}

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

int tree_list(const char *folder, char (*out_paths)[128], int max)
{
    walk = (struct walk){.root = folder, .paths = out_paths, .max = max};
    house_expect(!nftw(folder, list_one, FDS, FTW_PHYS), "%s cannot be looked at", folder);
    qsort(out_paths, (size_t)walk.count, sizeof out_paths[0], compare);
    return walk.count;
}
