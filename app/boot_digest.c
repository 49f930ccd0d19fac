/* boot_digest.c - what is in the files of a boot partition, in 32 bytes each. */
#include "app/boot_files_i.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/exchange/infolder.h"
#include "firmware/base/settings.h"

#define PIECE_BYTES 65536
#define LIST_BYTES (32 << 20) /* beyond what any of them may have */
#define ENTRIES_MAX 1000

/* --- one file --- */

static void add(uint8_t digest[HASH_BYTES], const void *bytes, size_t length)
{
    const struct hash_part parts[] = {{digest, HASH_BYTES}, {bytes, length}};
    hash_parts(NULL, parts, 2, digest, HASH_BYTES);
}

/* What cannot be read differs from what can, and from what cannot for another reason. */
static void add_failure(uint8_t digest[HASH_BYTES], enum rc rc)
{
    const char *text = rc_text(rc);
    add(digest, text, strlen(text));
}

static void add_pieces(uint8_t digest[HASH_BYTES], int fd, size_t limit)
{
    static _Thread_local char piece[PIECE_BYTES];
    ssize_t count = 0;
    for (size_t left = limit; left && (count = read(fd, piece, sizeof piece)) > 0;) {
        size_t length = (size_t)count < left ? (size_t)count : left;
        add(digest, piece, length);
        left -= length;
    }
    if (count < 0)
        add_failure(digest, rc_from_errno(errno));
}

/* What is larger than it may be is not taken, and known by its size alone. */
static void add_file(uint8_t digest[HASH_BYTES], int folder, const char *name, size_t limit)
{
    int fd;
    struct stat is;
    enum rc rc = infolder_open_file(folder, name, &fd);
    if (rc) {
        add_failure(digest, rc);
        return;
    }
    if (fstat(fd, &is) || !S_ISREG(is.st_mode))
        add_failure(digest, RC_REFUSED);
    else if (is.st_size > (off_t)limit)
        add(digest, &is.st_size, sizeof is.st_size);
    else
        add_pieces(digest, fd, limit);
    close(fd);
}

/* --- what is in a folder --- */

struct gathering {
    int folder;
    uint8_t digest[HASH_BYTES]; /* of all files, in any order: a folder has no name twice */
};

static enum rc gather(void *context, const char *name)
{
    struct gathering *gathering = context;
    uint8_t digest[HASH_BYTES] = {0};
    if (infolder_is_litter(name))
        return RC_OK;
    add(digest, name, strlen(name) + 1);
    add_file(digest, gathering->folder, name, SETTINGS_FILE_BYTES);
    for (int i = 0; i < HASH_BYTES; i++)
        gathering->digest[i] ^= digest[i];
    return RC_OK;
}

static void add_folder(uint8_t digest[HASH_BYTES], int at, const char *name)
{
    struct gathering gathering = {.folder = -1};
    bool is_cut;
    enum rc rc = infolder_open(at, name, &gathering.folder);
    if (!rc) {
        rc = infolder_each(gathering.folder, ENTRIES_MAX, gather, &gathering, &is_cut);
        close(gathering.folder);
    }
    if (rc)
        add_failure(digest, rc);
    add(digest, gathering.digest, sizeof gathering.digest);
}

/* --- a venue --- */

enum venue_part boot_files_part(const struct boot_item *item, int index)
{
    uint8_t key[HASH_BYTES];
    int part = 0;
    for (; part < VENUE_PART_COUNT - 1; part++) {
        boot_marks_key("venue", venue_part_name((enum venue_part)part), key);
        if (memcmp(key, item->marks[index].key, HASH_BYTES) == 0)
            break;
    }
    return (enum venue_part)part;
}

struct parting {
    int folder;
    struct boot_item *item;
};

/* One that is there twice, in capitals and not, is refused when it is read: here both count. */
static enum rc digest_part(void *context, const char *name)
{
    const struct parting *parting = context;
    struct boot_item *item = parting->item;
    int part = 0;
    while (part < VENUE_PART_COUNT && strcasecmp(name, venue_part_name((enum venue_part)part)) != 0)
        part++;
    if (part == VENUE_PART_COUNT)
        return RC_OK;
    int at = 0;
    while (at < item->count && (int)boot_files_part(item, at) != part)
        at++;
    struct boot_mark *mark = &item->marks[at];
    if (at == item->count) {
        item->count++;
        boot_marks_key("venue", venue_part_name((enum venue_part)part), mark->key);
        item->found.parts |= 1u << part;
    }
    if (part == VENUE_WELCOME)
        add_folder(mark->content, parting->folder, name);
    else
        add_file(mark->content, parting->folder, name, SETTINGS_FILE_BYTES);
    return RC_OK;
}

static enum rc digest_venue(const char *root, struct boot_item *item)
{
    char path[PATH_MAX];
    struct parting parting = {.item = item};
    bool is_cut;
    if (snprintf(path, sizeof path, "%s/%s", root, item->found.path) >= (int)sizeof path)
        return RC_LIMIT;
    enum rc rc = infolder_open(AT_FDCWD, path, &parting.folder);
    if (rc)
        return rc;
    rc = infolder_each(parting.folder, INTAKE_ENTRIES_MAX, digest_part, &parting, &is_cut);
    close(parting.folder);
    return rc;
}

/* --- all of them --- */

void boot_files_key(const struct intake_found *found, uint8_t out_key[HASH_BYTES])
{
    const char *slash = strrchr(found->path, '/');
    boot_marks_key(intake_kind_name(found->kind), slash ? slash + 1 : found->path, out_key);
}

static void digest_refused(struct boot_item *item)
{
    const struct intake_found *found = &item->found;
    uint8_t *content = item->marks[0].content;
    add(content, found->why_not, strlen(found->why_not));
    add(content, found->path, strlen(found->path));
    add(content, &found->bytes, sizeof found->bytes);
}

static void digest_list(const char *root, struct boot_item *item)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(item->found.path, '/');
    int fd;
    snprintf(folder, sizeof folder, "%s/%.*s", root, slash ? (int)(slash - item->found.path) : 0,
             item->found.path);
    enum rc rc = infolder_open(AT_FDCWD, folder, &fd);
    if (rc) {
        add_failure(item->marks[0].content, rc);
        return;
    }
    add_file(item->marks[0].content, fd, slash ? slash + 1 : item->found.path, LIST_BYTES);
    close(fd);
}

void boot_files_digest(const char *root, struct boot_item *item)
{
    item->count = 1;
    memset(item->marks, 0, sizeof item->marks);
    boot_files_key(&item->found, item->marks[0].key);
    if (item->found.why_not) {
        digest_refused(item);
    } else if (item->found.kind == INTAKE_VENUE) {
        item->count = 0;
        enum rc rc = digest_venue(root, item);
        if (rc || !item->count) {
            item->count = 1;
            boot_files_key(&item->found, item->marks[0].key);
            add_failure(item->marks[0].content, rc);
        }
    } else {
        digest_list(root, item);
    }
}
