#include "app/domain/guide.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/random.h"

static struct guide guide;

static void add_tile(enum guide_wish wish, const char *key, const char *name)
{
    struct guide_tiles *tiles = &guide.tiles[wish];
    struct guide_tile *tile = &tiles->rows[tiles->count++];
    assert_true(strlen(key) < sizeof tile->key);
    strcpy(tile->key, key);
    snprintf(tile->names[LANGUAGE_FR], GUIDE_NAME_BYTES, "%s", name);
}

static void add_mission(const char *key, const char *fr, const char *en)
{
    struct guide_mission *mission = &guide.missions[guide.mission_count++];
    snprintf(mission->key, sizeof mission->key, "%s", key);
    snprintf(mission->names[LANGUAGE_FR], GUIDE_NAME_BYTES, "%s", fr);
    snprintf(mission->names[LANGUAGE_EN], GUIDE_NAME_BYTES, "%s", en);
}

static int set_up(void **state)
{
    (void)state;
    memset(&guide, 0, sizeof guide);
    add_tile(GUIDE_LIKES, "cook", "Cuisiner");
    add_tile(GUIDE_LIKES, "cook-for-many", "Cuisiner pour beaucoup");
    add_tile(GUIDE_LIKES, "plants", "Les plantes");
    add_tile(GUIDE_SKILLS, "plants", "Le jardinage");
    add_mission("shop", "Tenir l’épicerie", "Minding the shop");
    add_mission("garden", "Le jardin", "");
    guide.rows[guide.row_count++].step = GUIDE_LANGUAGE;
    guide.rows[guide.row_count++].step = GUIDE_WHO;
    return 0;
}

static void every_step_and_every_wish_has_a_name_that_leads_back(void **state)
{
    (void)state;
    for (int step = 0; step < GUIDE_STEP_COUNT; step++)
        assert_int_equal(guide_step_from_name(guide_step_name((enum guide_step)step)), step);
    for (int wish = 0; wish < GUIDE_WISH_COUNT; wish++)
        assert_int_equal(guide_wish_from_name(guide_wish_name((enum guide_wish)wish)), wish);
}

static void other_names_are_no_step_and_no_wish(void **state)
{
    static const char *const names[] = {"", " who", "Who", "who ", "nothing", "who\nwhy"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_int_equal(guide_step_from_name(names[i]), GUIDE_STEP_COUNT);
        assert_int_equal(guide_wish_from_name(names[i]), GUIDE_WISH_COUNT);
    }
}

static void a_step_that_the_house_has_not_is_not_found(void **state)
{
    (void)state;
    assert_ptr_equal(guide_find(&guide, GUIDE_WHO), &guide.rows[1]);
    assert_null(guide_find(&guide, GUIDE_CHARTER));
}

static void a_tile_is_called_by_its_key_and_its_wish(void **state)
{
    (void)state;
    assert_string_equal(guide_tile_name(&guide, GUIDE_LIKES, "plants", LANGUAGE_FR), "Les plantes");
    assert_string_equal(guide_tile_name(&guide, GUIDE_SKILLS, "plants", LANGUAGE_FR),
                        "Le jardinage");
    assert_null(guide_tile_name(&guide, GUIDE_NEEDS, "plants", LANGUAGE_FR));
    assert_null(guide_tile_name(&guide, GUIDE_LIKES, "plant", LANGUAGE_FR));
    assert_null(guide_tile_name(&guide, GUIDE_LIKES, "", LANGUAGE_FR));
}

static void keys_that_no_tile_has_any_more_are_passed_over(void **state)
{
    static const struct {
        const char *keys;
        uint32_t bits;
    } rows[] = {
        {"", 0},       {"   ", 0},           {"cook", 1},
        {"coo", 0},    {"cook-for-many", 2}, {" plants  gone cook ", 5},
        {"cook\n", 0}, {"cook cook", 1},     {"cook-for-many plants cook", 7},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (guide_bits(&guide, GUIDE_LIKES, rows[i].keys) != rows[i].bits)
            fail_msg("'%s': %u", rows[i].keys, guide_bits(&guide, GUIDE_LIKES, rows[i].keys));
}

static void keys_are_cut_between_keys(void **state)
{
    static const struct {
        size_t size;
        const char *keys;
    } rows[] = {{64, "cook cook-for-many plants"},
                {26, "cook cook-for-many plants"},
                {25, "cook cook-for-many"},
                {18, "cook"},
                {5, "cook"},
                {4, ""},
                {1, ""}};
    char keys[64];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        memset(keys, 'x', sizeof keys);
        guide_keys(&guide, GUIDE_LIKES, UINT32_MAX, keys, rows[i].size);
        assert_string_equal(keys, rows[i].keys);
    }
    guide_keys(&guide, GUIDE_LIKES, UINT32_MAX, NULL, 0);
    guide_keys(&guide, GUIDE_LIKES, 0, keys, sizeof keys);
    assert_string_equal(keys, "");
}

static void bits_that_become_keys_become_the_same_bits(void **state)
{
    struct random random = random_for_test("bits");
    char key[48], keys[GUIDE_TILES_MAX * GUIDE_KEY_BYTES];
    (void)state;
    memset(&guide, 0, sizeof guide);
    for (int i = 0; i < GUIDE_TILES_MAX; i++) {
        snprintf(key, sizeof key, "%.*s%d", (int)random_below(&random, 28),
                 "a-very-long-key-of-some-tile-x", i);
        add_tile(GUIDE_NEEDS, key, "");
    }
    for (int i = 0; i < 2000; i++) {
        uint32_t bits = random_below(&random, 1u << GUIDE_TILES_MAX);
        guide_keys(&guide, GUIDE_NEEDS, bits, keys, sizeof keys);
        assert_int_equal(guide_bits(&guide, GUIDE_NEEDS, keys), bits);
    }
}

static void a_mission_is_found_by_its_key_as_it_stands(void **state)
{
    (void)state;
    assert_ptr_equal(guide_mission(&guide, "garden"), &guide.missions[1]);
    assert_null(guide_mission(&guide, "Garden"));
    assert_null(guide_mission(&guide, ""));
}

static void a_mission_is_called_by_any_of_its_names(void **state)
{
    static char huge[5000];
    (void)state;
    memset(huge, 'e', sizeof huge - 1);
    assert_ptr_equal(guide_mission_called(&guide, "TENIR L'EPICERIE"), &guide.missions[0]);
    assert_ptr_equal(guide_mission_called(&guide, "minding the shop"), &guide.missions[0]);
    assert_ptr_equal(guide_mission_called(&guide, "le jardin"), &guide.missions[1]);
    assert_null(guide_mission_called(&guide, "minding"));
    assert_null(guide_mission_called(&guide, "")); /* though the garden has no name in English */
    assert_null(guide_mission_called(&guide, "\xff"));
    assert_null(guide_mission_called(&guide, huge));
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_step_and_every_wish_has_a_name_that_leads_back),
        TEST(other_names_are_no_step_and_no_wish),
        TEST(a_step_that_the_house_has_not_is_not_found),
        TEST(a_tile_is_called_by_its_key_and_its_wish),
        TEST(keys_that_no_tile_has_any_more_are_passed_over),
        TEST(keys_are_cut_between_keys),
        TEST(bits_that_become_keys_become_the_same_bits),
        TEST(a_mission_is_found_by_its_key_as_it_stands),
        TEST(a_mission_is_called_by_any_of_its_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
