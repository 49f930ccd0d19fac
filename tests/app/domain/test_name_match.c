#include "app/domain/name_match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/base/utf8.h"
#include "tests/support/random.h"

#define PEOPLE (sizeof people / sizeof people[0])

static const struct person people[] = {
    {.id = {1, 1}, .first_name = "Zoé", .last_name = "de Ridder", .number = "1001"},
    {.id = {1, 2}, .first_name = "Marie", .last_name = "Dupont", .number = "1002"},
    {.id = {1, 3}, .first_name = "Marie", .last_name = "Durand", .number = "1003"},
    {.id = {1, 4}, .first_name = "Marie", .last_name = "Peeters"},
    {.id = {1, 5}, .first_name = "Bo", .last_name = "Claes"},
    {.id = {1, 6}, .first_name = "Bob", .last_name = "Claes"},
    {.id = {1, 7}, .first_name = "Jean-Pierre", .last_name = "'t Kint"},
    {.id = {1, 8}, .first_name = "Đorđe", .last_name = ""},
    {.id = {1, 9}, .first_name = "Марія", .last_name = "Шевченко"},
    {.id = {1, 10}, .first_name = "Mariette", .last_name = "Dupont"},
};

static struct name_match match;

static enum name_match_result find(const char *typed)
{
    name_match_begin(&match, typed);
    for (size_t i = 0; i < PEOPLE; i++)
        name_match_offer(&match, &people[i]);
    return name_match_end(&match);
}

/* The tiles as one text. */
static void assert_found(const char *typed, const char *expected)
{
    char text[512] = "";
    assert_int_equal(find(typed), expected[0] ? NAME_MATCH_FOUND : NAME_MATCH_NONE);
    for (size_t i = 0; i < match.count; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? ", " : "",
                 match.tiles[i].display_name);
    if (strcmp(text, expected) != 0)
        fail_msg("\"%s\" finds: %s", typed, text);
}

static void three_letters_find_what_begins_with_them(void **state)
{
    (void)state;
    assert_found("zoe", "Zoé D.");
    assert_found("ZOÉ", "Zoé D.");
    assert_found("jea", "Jean-Pierre K.");
    assert_found("мар", "Марія Ш.");
    assert_found("mar", "Marie D., Marie P., Mariette D.");
    assert_found("xyz", "");
}

static void less_than_three_letters_find_whole_first_names_only(void **state)
{
    (void)state;
    assert_found("bo", "Bo C.");
    assert_found("bob", "Bob C.");
    assert_int_equal(find("zo"), NAME_MATCH_TOO_SHORT);
    assert_int_equal(find("m"), NAME_MATCH_TOO_SHORT);
    assert_int_equal(find(" . - "), NAME_MATCH_TOO_SHORT);
    assert_int_equal(find(""), NAME_MATCH_TOO_SHORT);
}

static void of_a_last_name_the_initial_counts_and_no_more(void **state)
{
    (void)state;
    assert_found("marie d", "Marie D.");
    assert_found("marie d.", "Marie D.");
    assert_found("marie dupont", "Marie D.");
    assert_found("marie dxyz", "Marie D.");
    assert_found("marie p", "Marie P.");
    assert_found("marie x", "");
    assert_found("bo cl", "Bo C.");
    assert_found("zoe de ridder", "Zoé D.");
    assert_found("zoe ridder", "");
    assert_found("dupont", "");
    assert_found("1002", "");
}

static void hyphens_articles_and_missing_last_names_are_no_obstacle(void **state)
{
    (void)state;
    assert_found("jean pierre", "Jean-Pierre K.");
    assert_found("Jean-Pierre 't Kint", "Jean-Pierre K.");
    assert_found("jean pierre kint", "Jean-Pierre K.");
    assert_found("dorde", "Đorđe");
    assert_found("dorde x", "");
    assert_found("  marie   p ", "Marie P.");
}

static void tiles_stand_where_people_look_for_a_name(void **state)
{
    static const struct person named[] = {
        {.id = {1, 1}, .first_name = "Zoe", .last_name = "van den Berg"},
        {.id = {1, 2}, .first_name = "Zoé", .last_name = "Émile"},
        {.id = {1, 3}, .first_name = "Zoë", .last_name = "'t Kint"},
        {.id = {1, 4}, .first_name = "ZOÉ", .last_name = "d’Hoop"},
    };
    static const char *const wanted[] = {"ZOÉ D.", "Zoé É.", "Zoë K.", "Zoe V."};
    (void)state;
    name_match_begin(&match, "zoe");
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
        name_match_offer(&match, &named[i]);
    assert_int_equal(name_match_end(&match), NAME_MATCH_FOUND);
    assert_int_equal(match.count, 4);
    for (size_t i = 0; i < match.count; i++)
        assert_string_equal(match.tiles[i].display_name, wanted[i]);
}

static void homonyms_are_one_tile_with_all_behind_it(void **state)
{
    (void)state;
    assert_found("marie d", "Marie D.");
    assert_int_equal(match.tiles[0].count, 2);
    assert_int_equal(match.tiles[0].people[0].seq, 2);
    assert_int_equal(match.tiles[0].people[1].seq, 3);
}

static void more_than_four_tiles_are_none(void **state)
{
    static const char *const last_names[] = {"Aerts", "Bal", "Claes", "Diaz", "Evers"};
    struct person person = {.first_name = "Tim"};
    (void)state;
    for (int many = 4; many <= 5; many++) {
        name_match_begin(&match, "tim");
        for (int i = 0; i < many; i++) {
            strcpy(person.last_name, last_names[i]);
            name_match_offer(&match, &person);
            name_match_offer(&match, &person); /* homonyms don't count */
        }
        bool is_too_many = name_match_end(&match) == NAME_MATCH_TOO_MANY;
        assert_int_equal(is_too_many, many == 5);
        assert_int_equal(match.count, is_too_many ? 0 : 4);
    }
}

static void of_many_homonyms_so_many_are_kept_as_there_is_room_for(void **state)
{
    (void)state;
    name_match_begin(&match, "zoe");
    for (int i = 0; i < 40; i++)
        name_match_offer(&match, &people[0]);
    assert_int_equal(name_match_end(&match), NAME_MATCH_FOUND);
    assert_int_equal(match.tiles[0].count, NAME_MATCH_HOMONYMS_MAX);
}

static void long_typing_is_cut_and_hurts_nobody(void **state)
{
    char typed[1000];
    (void)state;
    memset(typed, 'm', sizeof typed - 1);
    typed[sizeof typed - 1] = 0;
    assert_int_equal(find(typed), NAME_MATCH_NONE);
    memcpy(typed, "marie ", 6);
    assert_int_equal(find(typed), NAME_MATCH_NONE);
    typed[6] = 'd';
    assert_found(typed, "Marie D.");
}

/* Two registers that show the same tiles answer the same, whatever is typed. */
static void nothing_but_the_tiles_can_be_found_out(void **state)
{
    static const char *const firsts[] = {"Bo", "Zoé", "Marie", "Jean-Pierre", "An", "Đorđe"};
    static const char *const lasts[] = {"Dupont", "Durand", "d'Hondt", "De Wolf", "'t Kint", "Kok"};
    static const char *const letters[] = {"b", "o", "z", "é", "m", "a", "r", "i", "e", "d",
                                          "k", " ", "-", "'", "n", "u", "p", "t", "j"};
    struct random random = random_for_test("what can be found out");
    (void)state;
    for (int round = 0; round < 20000; round++) {
        static struct name_match here, there;
        char typed[40] = "";
        for (unsigned i = random_below(&random, 9); i > 0; i--)
            strcat(typed, letters[random_below(&random, sizeof letters / sizeof letters[0])]);
        if (random_below(&random, 2)) /* often a real beginning */
            snprintf(typed, sizeof typed, "%s %s", firsts[random_below(&random, 6)],
                     lasts[random_below(&random, 6)]);
        typed[utf8_cut(typed, 1 + random_below(&random, 30))] = 0;
        name_match_begin(&here, typed);
        name_match_begin(&there, typed);
        for (unsigned i = random_below(&random, 8); i > 0; i--) {
            struct person one = {.id = {1, (int64_t)i}}, other = one;
            strcpy(one.first_name, firsts[random_below(&random, 6)]);
            strcpy(other.first_name, one.first_name);
            unsigned last = random_below(&random, 6);
            strcpy(one.last_name, lasts[last]);
            strcpy(other.last_name, lasts[last < 4 ? random_below(&random, 4) : 4 + last % 2]);
            strcpy(other.number, "77");
            name_match_offer(&here, &one);
            name_match_offer(&there, &other);
        }
        assert_int_equal(name_match_end(&here), name_match_end(&there));
        assert_memory_equal(&here, &there, sizeof here);
    }
}

/* --- at the staff's desk --- */

static int count_found(const char *typed)
{
    struct name_match_parts parts;
    int found = 0;
    if (!name_match_cut(&parts, typed))
        return -1;
    for (size_t i = 0; i < PEOPLE; i++)
        found += name_match_has(&parts, &people[i]);
    return found;
}

static void a_whole_name_is_all_of_it_and_nothing_else(void **state)
{
    static const struct {
        const char *typed;
        int id; /* 0: nobody's */
    } rows[] = {{"marie dupont", 2},  {"MARIE  Dupont.", 2},      {"Marie", 0}, {"Dupont Marie", 0},
                {"zoe de ridder", 1}, {"jean pierre 't kint", 7}, {"ĐORĐE", 8}, {"Bo Claes", 5},
                {"1001", 0},          {"marie dupont peeters", 0}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct name_match_parts parts;
        int found = 0;
        assert_true(name_match_cut(&parts, rows[i].typed));
        for (size_t at = 0; at < PEOPLE; at++)
            if (name_match_is(&parts, &people[at]))
                found = (int)people[at].id.seq;
        if (found != rows[i].id)
            fail_msg("%s is %d", rows[i].typed, found);
    }
}

static void staff_find_any_part_of_name_and_number(void **state)
{
    (void)state;
    assert_int_equal(count_found("dup"), 2);
    assert_int_equal(count_found("upon"), 2);
    assert_int_equal(count_found("100"), 3);
    assert_int_equal(count_found("ridder zo"), 1);
    assert_int_equal(count_found("marie du"), 3); /* Mariette too */
    assert_int_equal(count_found("pierre"), 1);
    assert_int_equal(count_found("шев"), 1);
    assert_int_equal(count_found("nobody"), 0);
    assert_int_equal(count_found("d"), -1);
    assert_int_equal(count_found("  "), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_letters_find_what_begins_with_them),
        cmocka_unit_test(less_than_three_letters_find_whole_first_names_only),
        cmocka_unit_test(of_a_last_name_the_initial_counts_and_no_more),
        cmocka_unit_test(hyphens_articles_and_missing_last_names_are_no_obstacle),
        cmocka_unit_test(tiles_stand_where_people_look_for_a_name),
        cmocka_unit_test(homonyms_are_one_tile_with_all_behind_it),
        cmocka_unit_test(more_than_four_tiles_are_none),
        cmocka_unit_test(of_many_homonyms_so_many_are_kept_as_there_is_room_for),
        cmocka_unit_test(long_typing_is_cut_and_hurts_nobody),
        cmocka_unit_test(nothing_but_the_tiles_can_be_found_out),
        cmocka_unit_test(a_whole_name_is_all_of_it_and_nothing_else),
        cmocka_unit_test(staff_find_any_part_of_name_and_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
