/* A good stick made bad: by the same chance always the same, and by each row in its own place. */
#include "tests/image/spoil.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define SECTOR 512
#define BOOT (8 * SECTOR)
#define FAT (BOOT + 4 * SECTOR)
#define FAT_SECTORS 16
#define ROOT (FAT + 2 * FAT_SECTORS * SECTOR)
#define SIZE (ROOT + (2 << 20))

static char path[64];
static uint8_t good[SIZE], bad[SIZE];

static void put(size_t at, int width, uint32_t value)
{
    for (int i = 0; i < width; i++)
        good[at + (size_t)i] = (uint8_t)(value >> 8 * i);
}

/* As few numbers as a FAT32 is found by, a folder and a file with a long name. */
static void make_good(void)
{
    memset(good, 0, sizeof good);
    good[446 + 4] = 0x0C;
    put(446 + 8, 4, BOOT / SECTOR);
    put(510, 2, 0xAA55);
    put(BOOT + 11, 2, SECTOR);
    good[BOOT + 13] = 1;
    put(BOOT + 14, 2, (FAT - BOOT) / SECTOR);
    good[BOOT + 16] = 2;
    put(BOOT + 36, 4, FAT_SECTORS);
    put(BOOT + 44, 4, 2);
    memcpy(good + BOOT + 82, "FAT32   ", 8);
    memcpy(good + ROOT, "VENUE      \x10", 12);
    good[ROOT + 32] = 0x41;
    good[ROOT + 32 + 11] = 0x0F;
    memcpy(good + ROOT + 64, "PEOPLE  CSV\x20", 12);
    good[ROOT + 26] = 3;
    good[ROOT + 64 + 26] = 4;
}

static void write_good(size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(good, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(path, "/tmp/perron-spoil-XXXXXX");
    int fd = mkstemp(path);
    if (fd >= 0)
        close(fd);
    make_good();
    return fd < 0;
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(path);
}

/* How long it is afterwards; its bytes are in `bad`. */
static size_t spoil(enum spoil what, uint64_t seed)
{
    struct random random;
    struct reason reason = {.text = ""};
    random_init(&random, seed);
    write_good(SIZE);
    assert_int_equal(spoil_file(path, what, &random, &reason), RC_OK);
    memset(bad, 0, sizeof bad);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(bad, 1, SIZE, file);
    fclose(file);
    return length;
}

static void each_harms_its_own_place(void **state)
{
    static const struct {
        size_t begin, end;
    } places[SPOIL_COUNT] = {
        [SPOIL_TABLE_BYTES] = {440, 510},
        [SPOIL_TABLE_EDGES] = {446, BOOT + SECTOR},
        [SPOIL_BOOT_BYTES] = {BOOT, BOOT + 90},
        [SPOIL_BOOT_EDGES] = {BOOT + 11, BOOT + 52},
        [SPOIL_FAT_BYTES] = {FAT, ROOT},
        [SPOIL_FAT_LOOPS] = {FAT, ROOT},
        [SPOIL_ROOT_BYTES] = {ROOT, ROOT + SECTOR},
        [SPOIL_ENTRY_EDGES] = {ROOT, ROOT + 3 * 32},
        [SPOIL_ENTRY_NAMES] = {ROOT, ROOT + 3 * 32},
        [SPOIL_FOLDER_LOOPS] = {ROOT + 20, ROOT + 28},
        [SPOIL_EVERYWHERE] = {BOOT + SECTOR, SIZE},
    };
    (void)state;
    for (int what = 0; what < SPOIL_CUT_OFF; what++) {
        int harmed = 0;
        for (uint64_t seed = 1; seed <= 20; seed++) {
            assert_int_equal(spoil((enum spoil)what, seed), SIZE);
            assert_memory_equal(bad, good, places[what].begin);
            assert_memory_equal(bad + places[what].end, good + places[what].end,
                                SIZE - places[what].end);
            harmed += memcmp(bad, good, SIZE) != 0;
        }
        if (harmed < 10)
            fail_msg("%s harms %d of 20", spoil_name((enum spoil)what), harmed);
    }
}

static void one_is_cut_off_behind_its_boot_sector(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++)
        assert_in_range(spoil(SPOIL_CUT_OFF, seed), BOOT + SECTOR, SIZE - SECTOR);
}

static void the_same_chance_gives_the_same_harm(void **state)
{
    static uint8_t first[SIZE];
    (void)state;
    for (int what = 0; what < SPOIL_COUNT; what++) {
        size_t length = spoil((enum spoil)what, 7);
        memcpy(first, bad, SIZE);
        assert_int_equal(spoil((enum spoil)what, 7), length);
        assert_memory_equal(bad, first, SIZE);
    }
}

static void what_is_no_stick_is_left_alone(void **state)
{
    struct random random;
    struct reason reason = {.text = ""};
    (void)state;
    random_init(&random, 1);
    write_good(2 * SECTOR);
    assert_int_equal(spoil_file(path, SPOIL_FAT_BYTES, &random, &reason), RC_BAD_INPUT);
    good[BOOT + 82] = 'X';
    write_good(SIZE);
    assert_int_equal(spoil_file(path, SPOIL_CUT_OFF, &random, &reason), RC_BAD_INPUT);
    assert_string_not_equal(reason.text, "");
    write_good(0);
    assert_int_not_equal(spoil_file(path, SPOIL_BOOT_BYTES, &random, &reason), RC_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_harms_its_own_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_is_cut_off_behind_its_boot_sector, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_chance_gives_the_same_harm, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_stick_is_left_alone, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
