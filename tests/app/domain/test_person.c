#include "app/domain/person.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct person zoe = {.number = "1001",
                                  .first_name = "Zoé",
                                  .last_name = "de Ridder",
                                  .language = "fr",
                                  .phone = "+32 466 599 13 59",
                                  .since = "2021-10-25"};

static json_t *object_of(const char *text)
{
    json_t *object = NULL;
    assert_int_equal(json_read_object(text, strlen(text), 16384, &object), RC_OK);
    return object;
}

static void a_person_goes_to_json_and_back(void **state)
{
    struct person back = {.id = {0, 0}};
    json_t *object = person_to_json(&zoe);
    (void)state;
    assert_int_equal(json_object_size(object), 6);
    assert_int_equal(person_apply(&back, object), RC_OK);
    for (int i = 0; i < person_field_count; i++)
        assert_string_equal(person_text_const(&back, i), person_text_const(&zoe, i));
    json_decref(object);
}

static void only_what_differs_is_a_change(void **state)
{
    struct person after = zoe;
    (void)state;
    json_t *none = person_changes(&zoe, &after);
    assert_int_equal(json_object_size(none), 0);
    json_decref(none);

    assert_int_equal(person_set(&after, PERSON_LAST_NAME, "Dubois"), RC_OK);
    assert_int_equal(person_set(&after, PERSON_PHONE, ""), RC_OK);
    json_t *changes = person_changes(&zoe, &after);
    assert_int_equal(json_object_size(changes), 2);
    assert_string_equal(json_text(changes, "last_name"), "Dubois");
    assert_string_equal(json_text(changes, "phone"), "");
    struct person back = zoe;
    assert_int_equal(person_apply(&back, changes), RC_OK);
    assert_string_equal(back.phone, "");
    assert_string_equal(back.last_name, "Dubois");
    json_decref(changes);
}

static void a_bad_body_changes_nothing(void **state)
{
    static const char *const rows[] = {
        "{\"last_name\":\"Dubois\",\"first_name\":\"\"}",
        "{\"last_name\":\"Dubois\",\"first_name\":\"  \"}",
        "{\"last_name\":\"Dubois\",\"email\":7}",
        "{\"last_name\":\"Dubois\",\"email\":null}",
        "{\"last_name\":\"Dubois\",\"circle\":\"a\\u0007b\"}",
        "{\"last_name\":\"Dubois\",\"language\":\"francais\"}",
        "{\"last_name\":\"Dubois\",\"number\":\"123456789012345678901234567890123\"}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct person person = zoe;
        json_t *object = object_of(rows[i]);
        assert_int_equal(person_apply(&person, object), RC_BAD_INPUT);
        assert_memory_equal(&person, &zoe, sizeof zoe);
        json_decref(object);
    }
}

static void fields_of_a_newer_version_are_passed_over(void **state)
{
    struct person person = zoe;
    json_t *object =
        object_of("{\"pronoun\":\"they\",\"circle\":\" helper \",\"language\":\"de\"}");
    (void)state;
    assert_int_equal(person_apply(&person, object), RC_OK);
    assert_string_equal(person.circle, "helper");
    assert_int_equal(person_language(&person, LANGUAGE_NL), LANGUAGE_NL);
    json_decref(object);
}

static void somebody_is_called_by_number_or_by_both_names_in_any_writing(void **state)
{
    const struct person person = {.number = "1004", .first_name = "Çiğdem", .last_name = "D’Hondt"};
    const struct person nobody = {.first_name = ""};
    (void)state;
    assert_true(person_is_called(&person, "1004"));
    assert_true(person_is_called(&person, "Çiğdem D’Hondt"));
    assert_true(person_is_called(&person, "cigdem d'hondt"));
    assert_false(person_is_called(&person, "Çiğdem"));
    assert_false(person_is_called(&person, "100"));
    assert_false(person_is_called(&person, ""));
    assert_false(person_is_called(&nobody, ""));
}

static void a_text_must_fit_its_field(void **state)
{
    struct person person = zoe;
    char text[256];
    (void)state;
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = 0;
    for (int i = 0; i < person_field_count; i++) {
        size_t size = person_fields[i].size;
        assert_int_equal(person_set(&person, i, text), RC_LIMIT);
        assert_int_equal(person_set(&person, i, text + sizeof text - size), RC_OK);
        assert_int_equal(strlen(person_text(&person, i)), size - 1);
    }
    assert_int_equal(person_set(&person, PERSON_EMAIL, "Zo\xE9"), RC_BAD_INPUT);
}

static void screens_show_the_first_name_and_an_initial(void **state)
{
    static const struct {
        const char *first, *last, *shown;
    } rows[] = {
        {"Zoé", "Dubois", "Zoé D."},
        {"Zoé", "de Ridder", "Zoé D."},
        {"Zoé", "Van den Broeck", "Zoé V."},
        {"Loïc", "'t Kint", "Loïc K."},
        {"Loïc", "’T KINT", "Loïc K."},
        {"Loïc", "'s Gravesande", "Loïc G."},
        {"Loïc", "'s-Gravesande", "Loïc G."},
        {"Loïc", "D'Hondt", "Loïc D."},
        {"Siobhán", "O'Neill", "Siobhán O."},
        {"Ada", "şahin", "Ada Ş."},
        {"Ada", "élie", "Ada É."},
        {"Ada", "e\xCC\x81lie", "Ada E\xCC\x81."},
        {"Ada", "(Lovelace)", "Ada L."},
        {"Ada", "=HYPERLINK(\"x\")", "Ada H."},
        {"Ada", "王", "Ada 王."},
        {"Ada", "", "Ada"},
        {"Ada", "-", "Ada"},
        {"Ada", "'t", "Ada T."},
        {"Ada", "'", "Ada"},
        {"Jean-Baptiste", "lefèvre", "Jean-Baptiste L."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct person person = {.id = {0, 0}};
        char name[64];
        strcpy(person.first_name, rows[i].first);
        strcpy(person.last_name, rows[i].last);
        person_display_name(&person, name, sizeof name);
        assert_string_equal(name, rows[i].shown);
    }
}

static void a_name_is_cut_between_characters(void **state)
{
    struct person person = {.first_name = "aéé", .last_name = "Z"};
    char name[5] = "????";
    (void)state;
    person_display_name(&person, name, 5);
    assert_string_equal(name, "aé");
    person_display_name(&person, name, 1);
    assert_string_equal(name, "");
    memset(person.first_name, 'x', sizeof person.first_name - 1);
    char whole[100];
    person_display_name(&person, whole, sizeof whole);
    assert_int_equal(strlen(whole), 98);
}

static void a_person_without_a_language_speaks_the_venues(void **state)
{
    struct person person = zoe;
    (void)state;
    assert_int_equal(person_language(&person, LANGUAGE_NL), LANGUAGE_FR);
    person.language[0] = 0;
    assert_int_equal(person_language(&person, LANGUAGE_NL), LANGUAGE_NL);
}

static void a_name_is_filed_without_case_accents_and_clipped_article(void **state)
{
    static const char *const names[][2] = {
        {"Şahin", "sahin"},
        {"d’Hoop", "d'hoop"},
        {"'t Kint", "kint"},
        {"’S Gravesande", "gravesande"},
        {"'t", "'t"},
        {"' ", "' "},
        {"", ""},
        {"van 't Hof", "van 't hof"},
    };
    char filed[64];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        person_file_name(names[i][0], filed, sizeof filed);
        assert_string_equal(filed, names[i][1]);
    }
    person_file_name("'t Kint", filed, 3);
    assert_string_equal(filed, "'t");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_goes_to_json_and_back),
        cmocka_unit_test(only_what_differs_is_a_change),
        cmocka_unit_test(a_bad_body_changes_nothing),
        cmocka_unit_test(fields_of_a_newer_version_are_passed_over),
        cmocka_unit_test(somebody_is_called_by_number_or_by_both_names_in_any_writing),
        cmocka_unit_test(a_text_must_fit_its_field),
        cmocka_unit_test(screens_show_the_first_name_and_an_initial),
        cmocka_unit_test(a_name_is_cut_between_characters),
        cmocka_unit_test(a_person_without_a_language_speaks_the_venues),
        cmocka_unit_test(a_name_is_filed_without_case_accents_and_clipped_article),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
