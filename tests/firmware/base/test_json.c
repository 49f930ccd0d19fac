#include "firmware/base/json.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LIMIT 16384

static long fails_at; /* counts down; 0: nothing fails */
static bool has_failed;

void *malloc(size_t size)
{
    static void *(*real)(size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "malloc");
    if (fails_at == 0 || --fails_at > 0)
        return real(size);
    has_failed = true;
    return NULL;
}

static enum rc read_text(const char *text, json_t **out_object)
{
    return json_read_object(text, strlen(text), LIMIT, out_object);
}

static void an_object_is_read_and_its_values_found(void **state)
{
    json_t *object;
    (void)state;
    assert_int_equal(read_text("{\"name\":\"Zoé\",\"age\":42,\"of\":[1,2]}", &object), RC_OK);
    assert_string_equal(json_text(object, "name"), "Zoé");
    assert_int_equal(json_number(object, "age", 0), 42);
    assert_null(json_text(object, "age"));
    assert_null(json_text(object, "missing"));
    assert_int_equal(json_number(object, "name", 7), 7);
    assert_int_equal(json_number(object, "missing", 7), 7);
    json_decref(object);
}

static void whatever_is_no_object_is_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "  ",
        "[]",
        "42",
        "\"text\"",
        "{",
        "{\"a\"",
        "{\"a\":1,}",
        "{} {}",
        "{\"a\":1} x",
        "{'a':1}",
        "{\"a\":1,\"a\":2}",
        "nul",
        "{\"a\":\"\xff\"}",
        "{\"a\":01}",
        "{\"a\":\"\\u0000\"}",
        "{\"\\u0000a\":1}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        json_t *object = NULL;
        if (read_text(texts[i], &object) != RC_BAD_INPUT || object)
            fail_msg("'%s' was read", texts[i]);
    }
}

static void a_text_over_the_limit_is_not_even_looked_at(void **state)
{
    json_t *object = NULL;
    static char text[LIMIT + 2];
    (void)state;
    memset(text, ' ', sizeof text - 1);
    text[0] = '{';
    text[LIMIT] = '}';
    assert_int_equal(json_read_object(text, LIMIT + 1, LIMIT, &object), RC_LIMIT);
    text[LIMIT - 1] = '}';
    assert_int_equal(json_read_object(text, LIMIT, LIMIT, &object), RC_OK);
    json_decref(object);
}

static void nesting_has_an_end(void **state)
{
    json_t *object = NULL;
    static char text[LIMIT];
    (void)state;
    strcpy(text, "{\"a\":");
    memset(text + 5, '[', sizeof text - 6);
    assert_int_equal(json_read_object(text, sizeof text - 1, LIMIT, &object), RC_BAD_INPUT);
    assert_null(object);
}

static void half_an_object_gives_back_what_it_took(void **state)
{
    static const char text[] = "{\"a\":{\"b\":[\"c\",{\"d\":\"e\"}]},\"f\":\"g\"}";
    (void)state;
    for (size_t length = 0; length < sizeof text - 1; length++) {
        json_t *object = NULL;
        assert_int_equal(json_read_object(text, length, LIMIT, &object), RC_BAD_INPUT);
    }
}

static void an_object_outlives_its_reading(void **state)
{
    json_t *objects[50];
    (void)state;
    for (int i = 0; i < 50; i++)
        assert_int_equal(read_text("{\"a\":[\"b\",{\"c\":\"d\"}]}", &objects[i]), RC_OK);
    for (int i = 49; i >= 0; i--) {
        char *text = json_dumps(objects[i], JSON_COMPACT);
        assert_string_equal(text, "{\"a\":[\"b\",{\"c\":\"d\"}]}");
        free(text);
        json_decref(objects[i]);
    }
}

/* Jansson alone would leave out the name of a member and say nothing. */
static void without_memory_nothing_is_written_rather_than_a_part(void **state)
{
    char name[200];
    (void)state;
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = 0;
    json_t *object =
        json_pack("{s:i,s:[s,i],s:{s:i}}", "first", 1, name, name, 2, "third", name, 3);
    char *whole = json_write(object, JSON_COMPACT);
    long nth = 1;
    for (;; nth++) {
        has_failed = false;
        fails_at = nth;
        char *text = json_write(object, JSON_COMPACT);
        fails_at = 0;
        if (!has_failed) {
            assert_string_equal(text, whole);
            free(text);
            break;
        }
        assert_null(text);
    }
    assert_true(nth > 3);
    free(whole);
    json_decref(object);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_object_is_read_and_its_values_found),
        cmocka_unit_test(whatever_is_no_object_is_refused),
        cmocka_unit_test(a_text_over_the_limit_is_not_even_looked_at),
        cmocka_unit_test(nesting_has_an_end),
        cmocka_unit_test(half_an_object_gives_back_what_it_took),
        cmocka_unit_test(an_object_outlives_its_reading),
        cmocka_unit_test(without_memory_nothing_is_written_rather_than_a_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
