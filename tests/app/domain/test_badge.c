#include "app/domain/badge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct badge badge_of(const char *text)
{
    struct badge badge;
    assert_int_equal(badge_from_reader(text, &badge), RC_OK);
    return badge;
}

static void the_readers_texts_are_taken_as_they_are(void **state)
{
    static const char *const rows[] = {
        "uid:04A1B2C3",      "uid:04A1B2C3D4E5F6", "uid:04A1B2C3D4E5F6070809",
        "ean:2410000001613", "num:0012345678",     "num:12345678901234567890"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_string_equal(badge_of(rows[i]).text, rows[i]);
    assert_string_equal(badge_of("num:12345678").text, "num:0012345678");
}

static void any_other_text_of_a_reader_is_refused(void **state)
{
    static const char *const rows[] = {
        "",
        "uid:",
        "uid",
        "04A1B2C3",
        "uid:04a1b2c3",
        "uid:04A1B2",
        "uid:04A1B2C3D4",
        "uid:04A1B2CG",
        "ean:2410000001614",
        "ean:241000000161",
        "num:123",
        "num:12a4567890",
        "num:123456789012345678901",
        "uid:04A1B2C3D4E5F607080900000000000000000000",
        "xyz:04A1B2C3",
        "uid:04A1B2C3 ",
    };
    struct badge badge = {"untouched"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(badge_from_reader(rows[i], &badge), RC_BAD_INPUT);
    assert_string_equal(badge.text, "untouched");
}

static void every_usual_writing_is_the_same_badge(void **state)
{
    static const struct {
        const char *writing, *text;
    } rows[] = {
        {"FD:E6:F1:C2", "uid:FDE6F1C2"},
        {"fd e6 f1 c2", "uid:FDE6F1C2"},
        {"FD-E6-F1-C2", "uid:FDE6F1C2"},
        {"fd.e6.f1.c2", "uid:FDE6F1C2"},
        {"fde6f1c2", "uid:FDE6F1C2"},
        {"0xFDE6F1C2", "uid:FDE6F1C2"},
        {" FDE6F1C2 ", "uid:FDE6F1C2"},
        {"uid:FDE6F1C2", "uid:FDE6F1C2"},
        {"82eac43c729c40", "uid:82EAC43C729C40"},
        {"75:34:A2:0F:0B:0D:04", "uid:7534A20F0B0D04"},
        {"04a1b2c3d4e5f6070809", "uid:04A1B2C3D4E5F6070809"},
        {"12345678", "uid:12345678"},
        {"2410000001613", "ean:2410000001613"},
        {"2 410000 001613", "ean:2410000001613"},
        {"0012345678", "num:0012345678"},
        {"123456789", "num:0123456789"},
        {"4259770306", "num:4259770306"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct badge badge;
        assert_int_equal(badge_parse(rows[i].writing, &badge, NULL), RC_OK);
        assert_string_equal(badge.text, rows[i].text);
    }
}

static void what_is_no_badge_is_refused_with_a_sentence(void **state)
{
    static const struct {
        const char *writing, *says;
    } rows[] = {
        {"", "no badge number"},
        {"ZZ00", "no badge number"},
        {"0x", "no badge number"},
        {"1234567", "no badge number"},
        {"FDE6F1C2AA", "no badge number"},
        {"04A1B2C3,04D4E5F6", "no badge number"},
        {"=cmd|' /C calc'!A0", "no badge number"},
        {"2410000001614", "last digit does not fit"},
        {"2,41E+12", "spreadsheet has rounded"},
        {"2.41000000E+12", "spreadsheet has rounded"},
        {"lost it; gave a new one on the 3rd of May, see the file in the cupboard",
         "no badge number"},
        {"ééééééééééééééééééééééééééééééééééééééééééééééé", "no badge number"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct badge badge = {"untouched"};
        struct reason reason = {.text = ""};
        assert_int_equal(badge_parse(rows[i].writing, &badge, &reason), RC_BAD_INPUT);
        assert_string_equal(badge.text, "untouched");
        if (!strstr(reason.text, rows[i].says))
            fail_msg("%s: %s", rows[i].writing, reason.text);
    }
}

static void a_number_made_up_at_every_tap_cannot_be_given(void **state)
{
    static const struct {
        const char *text, *says;
    } rows[] = {
        {"uid:08112233", "makes up another number"},
        {"uid:88043F1A", "only the first half"},
        {"uid:04112233", NULL},
        {"uid:08112233445566", NULL},
        {"uid:88112233445566", NULL},
        {"ean:0812345678901", NULL},
        {"num:0811223344", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct badge badge;
        struct reason reason = {.text = ""};
        snprintf(badge.text, sizeof badge.text, "%s", rows[i].text);
        assert_int_equal(badge_check_enrolment(&badge, &reason), rows[i].says ? RC_REFUSED : RC_OK);
        if (rows[i].says)
            assert_non_null(strstr(reason.text, rows[i].says));
    }
}

static void one_card_is_found_under_all_its_numbers(void **state)
{
    struct badge forms[BADGE_FORMS_MAX], badge = badge_of("uid:04A1B2C3");
    (void)state;
    assert_int_equal(badge_forms(&badge, forms), 3);
    assert_string_equal(forms[0].text, "uid:04A1B2C3");
    assert_string_equal(forms[1].text, "num:0077705923");
    assert_string_equal(forms[2].text, "num:3283263748");
    for (int i = 1; i < 3; i++) {
        struct badge back[BADGE_FORMS_MAX];
        int count = badge_forms(&forms[i], back), found = 0;
        for (int k = 0; k < count; k++)
            found += strcmp(back[k].text, badge.text) == 0;
        assert_int_equal(found, 1);
    }
}

static void a_card_that_reads_the_same_both_ways_has_two_numbers(void **state)
{
    struct badge forms[BADGE_FORMS_MAX], badge = badge_of("uid:A1B2B2A1");
    (void)state;
    assert_int_equal(badge_forms(&badge, forms), 2);
}

static void other_cards_have_one_number(void **state)
{
    static const char *const rows[] = {"uid:04A1B2C3D4E5F6", "ean:2410000001613", "num:9999999999",
                                       "num:12345678901"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct badge forms[BADGE_FORMS_MAX], badge = badge_of(rows[i]);
        assert_int_equal(badge_forms(&badge, forms), 1);
        assert_string_equal(forms[0].text, rows[i]);
    }
}

static void the_hash_depends_on_the_badge_and_on_the_key(void **state)
{
    uint8_t key[HASH_KEY_BYTES] = {1}, other[HASH_KEY_BYTES] = {2};
    struct badge a = badge_of("uid:04A1B2C3"), b = badge_of("uid:04A1B2C4");
    struct badge_hash hash = badge_hash(&a, key), again = badge_hash(&a, key);
    struct badge_hash of_b = badge_hash(&b, key), of_other = badge_hash(&a, other);
    (void)state;
    assert_memory_equal(&hash, &again, sizeof hash);
    assert_memory_not_equal(&hash, &of_b, sizeof hash);
    assert_memory_not_equal(&hash, &of_other, sizeof hash);
}

static void the_check_digit_is_that_of_gs1(void **state)
{
    (void)state;
    assert_true(badge_is_ean13("4006381333931"));
    assert_true(badge_is_ean13("2410000002108"));
    assert_false(badge_is_ean13("4006381333932"));
    assert_false(badge_is_ean13("400638133393"));
    assert_false(badge_is_ean13("40063813339311"));
    assert_false(badge_is_ean13("400638133393A"));
    assert_false(badge_is_ean13(""));
}

static int setup(void **state)
{
    (void)state;
    return hash_init();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_readers_texts_are_taken_as_they_are),
        cmocka_unit_test(any_other_text_of_a_reader_is_refused),
        cmocka_unit_test(every_usual_writing_is_the_same_badge),
        cmocka_unit_test(what_is_no_badge_is_refused_with_a_sentence),
        cmocka_unit_test(a_number_made_up_at_every_tap_cannot_be_given),
        cmocka_unit_test(one_card_is_found_under_all_its_numbers),
        cmocka_unit_test(a_card_that_reads_the_same_both_ways_has_two_numbers),
        cmocka_unit_test(other_cards_have_one_number),
        cmocka_unit_test(the_hash_depends_on_the_badge_and_on_the_key),
        cmocka_unit_test(the_check_digit_is_that_of_gs1),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
