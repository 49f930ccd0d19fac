/* fuzz_control.c - readers as somebody might write them, each with one fault. */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/exchange/parcel.h"
#include "tests/support/fuzz_i.h"
#include "tests/support/tree.h"

#define READ_ON_BYTES (INT64_C(1) << 30) /* so that the machine has room for it */

static void lay_people(struct fuzz *fuzz)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/people.csv", fuzz->stick);
    tree_write(path, fuzz->lists[0].bytes, fuzz->lists[0].length);
}

static void take_at_once(struct fuzz *fuzz)
{
    struct fact_id person;
    fuzz->rc = house_try_add(fuzz->house, "Zoé", NULL, &person);
}

static void lay_link(struct fuzz *fuzz)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/people.csv", fuzz->stick);
    house_expect(!symlink("/dev/zero", path), "%s cannot be made", path);
}

static void read_on(struct fuzz *fuzz)
{
    char path[PATH_MAX], *bytes = malloc(READ_ON_BYTES);
    int64_t used = 0;
    ssize_t count = 1;
    snprintf(path, sizeof path, "%s/people.csv", fuzz->stick);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    house_expect(fd >= 0 && bytes, "%s cannot be read on", path);
    for (; count > 0 && used < READ_ON_BYTES; used += count)
        count = read(fd, bytes + used, (size_t)(READ_ON_BYTES - used));
    close(fd);
    free(bytes);
    fuzz->rc = RC_OK;
}

static void lay_names(struct fuzz *fuzz)
{
    static const char sums[] = "00  ../outside/new\n";
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/" PARCEL_SUMS, fuzz->stick);
    tree_write(path, sums, sizeof sums - 1);
}

static void unpack(struct fuzz *fuzz)
{
    char path[PATH_MAX], name[200];
    snprintf(path, sizeof path, "%s/" PARCEL_SUMS, fuzz->stick);
    FILE *sums = fopen(path, "r");
    house_expect(sums && fscanf(sums, "%*s %199s", name) == 1, "%s cannot be read", path);
    fclose(sums);
    snprintf(path, sizeof path, "%s/%s", fuzz->work, name);
    tree_write(path, (const char *)&fuzz->round, sizeof fuzz->round);
    fuzz->rc = RC_OK;
}

static void say_no(struct fuzz *fuzz)
{
    fuzz->rc = RC_BAD_INPUT;
}

const struct fuzz_subject fuzz_control_subjects[] = {
    {"takes at once", lay_people, take_at_once, FUZZ_TAKES, 1},
    {"reads on", lay_link, read_on, FUZZ_READS_ON, 1},
    {"unpacks", lay_names, unpack, FUZZ_UNPACKS, 1},
    {"says no", lay_people, say_no, FUZZ_SAYS_NO, 1},
    {.weight = 0},
};
