#include "tests/support/fault_disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/fault_memory.h"

enum sector { SECTOR_CLEAN, SECTOR_DIRTY, SECTOR_FORGOTTEN /* by a failed sync */ };

static struct fault_file *files;
static struct fault_file *saved;

static struct fault_file *make_empty(void)
{
    struct fault_file *file = fault_memory_own(NULL, sizeof *file);
    memset(file, 0, sizeof *file);
    return file;
}

static void grow(struct fault_image *image, size_t size)
{
    if (size > image->capacity) {
        size_t capacity = image->capacity ? image->capacity : 65536;
        while (capacity < size)
            capacity *= 2;
        image->bytes = fault_memory_own(image->bytes, capacity);
        image->capacity = capacity;
    }
    if (size > image->size) {
        memset(image->bytes + image->size, 0, size - image->size);
        image->size = size;
    }
}

static size_t sectors_of(size_t size)
{
    return (size + FAULT_SECTOR_BYTES - 1) / FAULT_SECTOR_BYTES;
}

static void mark(struct fault_file *file, size_t from, size_t end)
{
    size_t needed = sectors_of(end);
    if (needed > file->sector_capacity) {
        size_t capacity = needed * 2;
        file->sectors = fault_memory_own(file->sectors, capacity);
        memset(file->sectors + file->sector_capacity, SECTOR_CLEAN,
               capacity - file->sector_capacity);
        file->sector_capacity = capacity;
    }
    for (size_t i = from / FAULT_SECTOR_BYTES; i < needed; i++)
        file->sectors[i] = SECTOR_DIRTY;
}

struct fault_file *fault_disk_find(const char *path)
{
    struct fault_file *file = files;
    while (file && strcmp(file->path, path) != 0)
        file = file->next;
    return file;
}

struct fault_file *fault_disk_make(const char *path)
{
    struct fault_file *file = fault_disk_find(path);
    if (!file) {
        file = make_empty();
        snprintf(file->path, sizeof file->path, "%s", path);
        file->next = files;
        files = file;
    }
    file->is_there = true;
    return file;
}

void fault_disk_delete(struct fault_file *file, bool is_synced)
{
    file->is_there = false;
    fault_disk_truncate(file, 0);
    if (is_synced) {
        file->is_there_synced = false;
        file->synced.size = 0;
    }
}

size_t fault_disk_read(const struct fault_file *file, uint64_t offset, void *out_bytes,
                       size_t count)
{
    if (offset >= file->written.size)
        return 0;
    size_t there = file->written.size - offset;
    if (count > there)
        count = there;
    memcpy(out_bytes, file->written.bytes + offset, count);
    return count;
}

void fault_disk_write(struct fault_file *file, uint64_t offset, const void *bytes, size_t count)
{
    size_t before = file->written.size, end = offset + count;
    if (!count)
        return;
    grow(&file->written, end);
    memcpy(file->written.bytes + offset, bytes, count);
    mark(file, offset < before ? offset : before, end);
}

void fault_disk_truncate(struct fault_file *file, size_t size)
{
    size_t before = file->written.size;
    if (size < before) {
        file->written.size = size;
        mark(file, size, before);
    } else if (size > before) {
        grow(&file->written, size);
        mark(file, before, size);
    }
}

/* Copies one sector of `from` over `to`, as far as both reach. */
static void copy_sector(struct fault_image *to, const struct fault_image *from, size_t sector)
{
    size_t begin = sector * FAULT_SECTOR_BYTES, end = begin + FAULT_SECTOR_BYTES;
    if (end > to->size)
        end = to->size;
    if (begin >= end)
        return;
    size_t held = from->size > begin ? from->size - begin : 0;
    size_t copied = held < end - begin ? held : end - begin;
    memset(to->bytes + begin, 0, end - begin);
    if (copied)
        memcpy(to->bytes + begin, from->bytes + begin, copied);
}

static void resize(struct fault_image *image, size_t size)
{
    grow(image, size);
    image->size = size;
}

void fault_disk_sync(struct fault_file *file)
{
    resize(&file->synced, file->written.size);
    for (size_t i = 0; i < file->sector_capacity; i++)
        if (file->sectors[i] == SECTOR_DIRTY) {
            copy_sector(&file->synced, &file->written, i);
            file->sectors[i] = SECTOR_CLEAN;
        }
    file->is_there_synced = file->is_there;
}

void fault_disk_fail_sync(struct fault_file *file)
{
    for (size_t i = 0; i < file->sector_capacity; i++)
        if (file->sectors[i] == SECTOR_DIRTY)
            file->sectors[i] = SECTOR_FORGOTTEN;
}

static bool is_kept(enum fault_cut cut, struct random *random)
{
    return cut == FAULT_CUT_KEEPS || (cut == FAULT_CUT_TEARS && random_below(random, 2));
}

static void cut_file(struct fault_file *file, enum fault_cut cut, struct random *random)
{
    if (file->is_there != file->is_there_synced && !is_kept(cut, random))
        file->is_there = file->is_there_synced;
    else
        file->is_there_synced = file->is_there;
    /* A file that comes back from an unsynced deletion has what was synced. */
    if (is_kept(cut, random))
        resize(&file->synced, file->written.size);
    for (size_t i = 0; i < file->sector_capacity; i++)
        if (file->sectors[i] != SECTOR_CLEAN && is_kept(cut, random) &&
            i * FAULT_SECTOR_BYTES < file->written.size)
            copy_sector(&file->synced, &file->written, i);
    if (!file->is_there)
        file->synced.size = 0;
    resize(&file->written, file->synced.size);
    if (file->synced.size)
        memcpy(file->written.bytes, file->synced.bytes, file->synced.size);
    if (file->sectors)
        memset(file->sectors, SECTOR_CLEAN, file->sector_capacity);
}

void fault_disk_cut(enum fault_cut cut, struct random *random)
{
    for (struct fault_file *file = files; file; file = file->next)
        cut_file(file, cut, random);
}

void fault_disk_settle(void)
{
    fault_disk_cut(FAULT_CUT_KEEPS, NULL);
}

static void clear(struct fault_file **list)
{
    while (*list) {
        struct fault_file *file = *list;
        *list = file->next;
        free(file->written.bytes);
        free(file->synced.bytes);
        free(file->sectors);
        free(file);
    }
}

/* Copies what is on disk of each file of `from`. */
static struct fault_file *copy(const struct fault_file *from)
{
    struct fault_file *list = NULL;
    for (; from; from = from->next) {
        struct fault_file *file = make_empty();
        memcpy(file->path, from->path, sizeof file->path);
        file->is_there = file->is_there_synced = from->is_there_synced;
        resize(&file->written, from->synced.size);
        resize(&file->synced, from->synced.size);
        if (from->synced.size) {
            memcpy(file->written.bytes, from->synced.bytes, from->synced.size);
            memcpy(file->synced.bytes, from->synced.bytes, from->synced.size);
        }
        file->next = list;
        list = file;
    }
    return list;
}

void fault_disk_save(void)
{
    clear(&saved);
    saved = copy(files);
}

void fault_disk_restore(void)
{
    clear(&files);
    files = copy(saved);
}

void fault_disk_clear(void)
{
    clear(&files);
    clear(&saved);
}
