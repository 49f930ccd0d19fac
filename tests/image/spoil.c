#include "tests/image/spoil.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECTOR 512
#define TABLE 440 /* and what stands before its entries: the disk's number */
#define TABLE_ENTRY 446
#define ENTRY 32 /* of a folder */
#define TRIES 32

/* Where things are in the file, by its own good numbers. */
struct fat {
    uint8_t *bytes;
    size_t size;
    size_t boot;
    size_t tables, table_bytes, table_count; /* of clusters */
    size_t root, root_bytes;                 /* its first cluster */
    uint32_t root_cluster;
    size_t end; /* of what was written, about */
};

static uint32_t get(const uint8_t *at, int width)
{
    uint32_t value = 0;
    for (int i = width - 1; i >= 0; i--)
        value = value << 8 | at[i];
    return value;
}

static void put(uint8_t *at, int width, uint32_t value)
{
    for (int i = 0; i < width; i++)
        at[i] = (uint8_t)(value >> 8 * i);
}

/* --- chance --- */

static uint8_t any_byte(struct random *random)
{
    return (uint8_t)random_below(random, 256);
}

static void set_bytes(const struct fat *fat, struct random *random, size_t at, size_t length,
                      unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        fat->bytes[at + random_below(random, (unsigned)length)] = any_byte(random);
}

/* A number that programs stumble over. */
static uint32_t edge(struct random *random)
{
    static const uint32_t edges[] = {0,          1,          2,          3,          0x7F,
                                     0x80,       0xFF,       0x100,      0x7FFF,     0x8000,
                                     0xFFFF,     0x10000,    0x0FFFFFF6, 0x0FFFFFF7, 0x0FFFFFF8,
                                     0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF};
    return edges[random_below(random, sizeof edges / sizeof edges[0])];
}

/* --- the table of partitions --- */

static void table_bytes(const struct fat *fat, struct random *random)
{
    set_bytes(fat, random, TABLE, SECTOR - 2 - TABLE, 4 + random_below(random, 60));
}

/* An extended partition at the first sector of the good one, whose next is itself. */
static void chain_partitions(const struct fat *fat)
{
    uint8_t *entry = fat->bytes + TABLE_ENTRY, *link = fat->bytes + fat->boot;
    memset(link, 0, SECTOR);
    entry[4] = 0x05;
    memcpy(link + TABLE_ENTRY, entry, 16);
    link[TABLE_ENTRY + 4] = 0x0C;
    put(link + TABLE_ENTRY + 8, 4, 1);
    memcpy(link + TABLE_ENTRY + 16, entry, 16);
    put(link + TABLE_ENTRY + 16 + 8, 4, 0);
    put(link + SECTOR - 2, 2, 0xAA55);
}

static void table_edges(const struct fat *fat, struct random *random)
{
    if (random_below(random, 3) == 0) {
        chain_partitions(fat);
        return;
    }
    for (int i = 0; i < 4; i++) {
        uint8_t *entry = fat->bytes + TABLE_ENTRY + i * 16;
        entry[4] = i ? (uint8_t)(random_below(random, 2) ? 0x05 : 0x0B) : 0x0C;
        if (random_below(random, 2))
            put(entry + 8, 4, edge(random));
        if (random_below(random, 2))
            put(entry + 12, 4, edge(random));
    }
}

/* --- the boot sector --- */

static void boot_bytes(const struct fat *fat, struct random *random)
{
    set_bytes(fat, random, fat->boot, 90, 1 + random_below(random, 20));
}

/* Those after which a kernel still takes it for a FAT more often than not. */
static void boot_edges(const struct fat *fat, struct random *random)
{
    static const struct {
        int at, width;
    } numbers[] = {{11, 2}, {13, 1}, {14, 2}, {16, 1}, {17, 2}, {19, 2}, {22, 2},
                   {28, 4}, {32, 4}, {36, 4}, {40, 2}, {44, 4}, {48, 2}, {50, 2}};
    unsigned count = 1 + random_below(random, 2);
    for (unsigned i = 0; i < count; i++) {
        unsigned which = random_below(random, sizeof numbers / sizeof numbers[0]);
        put(fat->bytes + fat->boot + numbers[which].at, numbers[which].width, edge(random));
    }
}

/* --- the table of clusters --- */

static void put_link(const struct fat *fat, uint32_t cluster, uint32_t next)
{
    for (size_t i = 0; i < fat->table_count; i++)
        put(fat->bytes + fat->tables + i * fat->table_bytes + 4 * (size_t)cluster, 4, next);
}

static void fat_bytes(const struct fat *fat, struct random *random)
{
    set_bytes(fat, random, fat->tables, 4096, 400);
    set_bytes(fat, random, fat->tables, fat->table_bytes * fat->table_count, 400);
}

static void fat_loops(const struct fat *fat, struct random *random)
{
    for (int i = 0; i < TRIES; i++)
        put_link(fat, 2 + random_below(random, 400), 2 + random_below(random, 400));
    put_link(fat, fat->root_cluster, fat->root_cluster);
}

/* --- the root folder --- */

static uint8_t *entry_of(const struct fat *fat, size_t index)
{
    return fat->bytes + fat->root + index * ENTRY;
}

static size_t count_entries(const struct fat *fat)
{
    size_t count = 0;
    while (count < fat->root_bytes / ENTRY && entry_of(fat, count)[0])
        count++;
    return count;
}

static void root_bytes(const struct fat *fat, struct random *random)
{
    set_bytes(fat, random, fat->root, fat->root_bytes, 60);
}

static void put_cluster(uint8_t *entry, uint32_t cluster)
{
    put(entry + 20, 2, cluster >> 16);
    put(entry + 26, 2, cluster & 0xFFFF);
}

static void entry_edges(const struct fat *fat, struct random *random)
{
    static const uint8_t kinds[] = {0x10, 0x20, 0x08, 0x30, 0xFF, 0x16};
    for (size_t i = 0; i < count_entries(fat); i++) {
        uint8_t *entry = entry_of(fat, i);
        if (entry[11] == 0x0F)
            continue;
        switch (random_below(random, 4)) {
        case 0: put(entry + 28, 4, edge(random)); break;
        case 1: put_cluster(entry, edge(random)); break;
        case 2: entry[11] = kinds[random_below(random, sizeof kinds)]; break;
        default: put(entry + 28, 4, 0xFFFFFFFF); break;
        }
    }
}

/* What a long name's entry has of it: 13 places of two bytes. Its sum is of the short name, so that
 * it counts still. */
static void harm_long_name(uint8_t *entry, struct random *random)
{
    static const uint16_t points[] = {'.',  '/',  '\\',   1,      7,     0x0A,
                                      0x1B, 0x7F, 0x202E, 0xD800, 0xFFFE};
    static const uint8_t places[] = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};
    static const char up[] = "../../x";
    bool leads_out = random_below(random, 2);
    for (size_t i = 0; leads_out && i < sizeof up - 1; i++)
        put(entry + places[i], 2, (uint8_t)up[i]);
    for (int i = 0; !leads_out && i < 4; i++)
        put(entry + places[random_below(random, sizeof places)], 2,
            points[random_below(random, sizeof points / sizeof points[0])]);
}

static void harm_short_name(uint8_t *entry, struct random *random)
{
    static const char names[][12] = {
        "..         ",   ".          ",         "../../X    ",
        "/ETC   /   ",   "\x05\x01\x1B[2J    ", "\x7F\xFF\xFE\x80\x81      ",
        "PEOPLE\n\rCSV", "CON        ",         "           "};
    memcpy(entry, names[random_below(random, sizeof names / sizeof names[0])], 11);
}

static void entry_names(const struct fat *fat, struct random *random)
{
    for (size_t i = 0; i < count_entries(fat); i++) {
        uint8_t *entry = entry_of(fat, i);
        if (entry[11] == 0x0F)
            harm_long_name(entry, random);
        else if (random_below(random, 2))
            harm_short_name(entry, random);
    }
}

static void folder_loops(const struct fat *fat, struct random *random)
{
    for (size_t i = 0; i < count_entries(fat); i++) {
        uint8_t *entry = entry_of(fat, i);
        if (entry[11] & 0x10 && entry[11] != 0x0F)
            put_cluster(entry, random_below(random, 2) ? fat->root_cluster : 0);
    }
}

/* --- all of it --- */

static void everywhere(const struct fat *fat, struct random *random)
{
    set_bytes(fat, random, fat->boot + SECTOR, fat->end - fat->boot - SECTOR, 4000);
}

static const struct {
    const char *name;
    void (*harm)(const struct fat *fat, struct random *random);
} harms[SPOIL_COUNT] = {
    [SPOIL_TABLE_BYTES] = {"table-bytes", table_bytes},
    [SPOIL_TABLE_EDGES] = {"table-edges", table_edges},
    [SPOIL_BOOT_BYTES] = {"boot-bytes", boot_bytes},
    [SPOIL_BOOT_EDGES] = {"boot-edges", boot_edges},
    [SPOIL_FAT_BYTES] = {"fat-bytes", fat_bytes},
    [SPOIL_FAT_LOOPS] = {"fat-loops", fat_loops},
    [SPOIL_ROOT_BYTES] = {"root-bytes", root_bytes},
    [SPOIL_ENTRY_EDGES] = {"entry-edges", entry_edges},
    [SPOIL_ENTRY_NAMES] = {"entry-names", entry_names},
    [SPOIL_FOLDER_LOOPS] = {"folder-loops", folder_loops},
    [SPOIL_EVERYWHERE] = {"everywhere", everywhere},
    [SPOIL_CUT_OFF] = {"cut-off", NULL},
};

const char *spoil_name(enum spoil spoil)
{
    assert((unsigned)spoil < SPOIL_COUNT);
    return harms[spoil].name;
}

/* False: it is no such stick, or ends before its root does. */
static bool find_parts(struct fat *fat)
{
    if (fat->size < 2 * SECTOR || get(fat->bytes + SECTOR - 2, 2) != 0xAA55)
        return false;
    fat->boot = (size_t)get(fat->bytes + TABLE_ENTRY + 8, 4) * SECTOR;
    if (fat->boot < SECTOR || fat->boot + SECTOR > fat->size)
        return false;
    const uint8_t *boot = fat->bytes + fat->boot;
    if (memcmp(boot + 82, "FAT32", 5) != 0 || get(boot + 11, 2) != SECTOR)
        return false;
    fat->tables = fat->boot + (size_t)get(boot + 14, 2) * SECTOR;
    fat->table_count = boot[16];
    fat->table_bytes = (size_t)get(boot + 36, 4) * SECTOR;
    fat->root_cluster = get(boot + 44, 4);
    fat->root_bytes = (size_t)boot[13] * SECTOR;
    size_t data = fat->tables + fat->table_count * fat->table_bytes;
    fat->root = data + (fat->root_cluster - 2) * fat->root_bytes;
    fat->end = data + (1 << 20);
    return fat->table_bytes > 4096 && fat->end < fat->size && fat->root < fat->end - (1 << 16);
}

/* Somewhere behind its boot sector. */
static enum rc cut_off(int fd, const struct fat *fat, struct random *random)
{
    unsigned sectors = (unsigned)((fat->size - fat->boot) / SECTOR);
    size_t end = fat->boot + (1 + random_below(random, sectors - 1)) * (size_t)SECTOR;
    return ftruncate(fd, (off_t)end) ? rc_from_errno(errno) : RC_OK;
}

static enum rc spoil_open(int fd, enum spoil spoil, struct random *random, struct reason *reason)
{
    struct stat status;
    struct fat fat = {0};
    if (fstat(fd, &status))
        return rc_from_errno(errno);
    fat.size = (size_t)status.st_size;
    fat.bytes = mmap(NULL, fat.size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (fat.bytes == MAP_FAILED)
        return rc_from_errno(errno);
    bool is_stick = find_parts(&fat);
    if (is_stick && harms[spoil].harm)
        harms[spoil].harm(&fat, random);
    munmap(fat.bytes, fat.size);
    if (!is_stick) {
        reason_set(reason, "this is no stick with a FAT32 partition");
        return RC_BAD_INPUT;
    }
    return spoil == SPOIL_CUT_OFF ? cut_off(fd, &fat, random) : RC_OK;
}

enum rc spoil_file(const char *path, enum spoil spoil, struct random *random, struct reason *reason)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        reason_set(reason, "%s cannot be opened", path);
        return rc_from_errno(errno);
    }
    enum rc rc = spoil_open(fd, spoil, random, reason);
    close(fd);
    return rc;
}
