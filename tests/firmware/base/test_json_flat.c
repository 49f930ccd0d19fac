/*
 * Plain objects say what Jansson says of them, and what is not plain is left to it.
 */
#include "firmware/base/json_flat.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/base/json.h"
#include "tests/support/random.h"

#define ROUNDS 200000
#define LIMIT 16384

static const char *const plain[] = {
    "{}",
    "{\"answer\":\"departure\",\"badge\":\"2994EEAA\",\"key\":\"B82034F36F697F31\"}",
    "{\"how\":\"name\",\"occasion\":[18661092073903,121970],\"stop_ms\":1771515000000}",
    "{\"ok\":true,\"no\":false,\"n\":-17,\"zero\":0,\"text\":\"\"}",
};

static const char *const others[] = {
    "",
    "[]",
    "{\"a\":1}x",
    "{\"a\":1,}",
    "{ \"a\":1}",
    "{\"a\":1,\"a\":2}",
    "{\"a\":01}",
    "{\"a\":-}",
    "{\"a\":1.5}",
    "{\"a\":1e3}",
    "{\"a\":1234567890123456789}",
    "{\"a\":null}",
    "{\"a\":[1]}",
    "{\"a\":[1,2,3]}",
    "{\"a\":[\"b\",1]}",
    "{\"a\":{}}",
    "{\"a\":\"\\n\"}",
    "{\"a\":\"\xc3\xa9\"}",
    "{\"a\":\"\x7f\"}",
    "{\"a\":\"",
    "{\"a\":tru}",
    ("{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,"
     "\"k\":1,\"l\":1,\"m\":1}"),
};

static bool is_same_value(const struct json_flat_member *member, const json_t *value)
{
    switch (member->kind) {
    case JSON_FLAT_TEXT:
        return json_is_string(value) && json_string_length(value) == member->text_length &&
               memcmp(json_string_value(value), member->text, member->text_length) == 0;
    case JSON_FLAT_NUMBER:
        return json_is_integer(value) && json_integer_value(value) == member->numbers[0];
    case JSON_FLAT_BOOL:
        return json_is_boolean(value) && json_is_true(value) == (member->numbers[0] == 1);
    case JSON_FLAT_PAIR:
        return json_array_size(value) == 2 &&
               json_integer_value(json_array_get(value, 0)) == member->numbers[0] &&
               json_integer_value(json_array_get(value, 1)) == member->numbers[1];
    }
    return false;
}

/* Whatever is read as plain is JSON, and has the same members. */
static bool agrees(const char *text, size_t length)
{
    json_t *object = NULL;
    struct json_flat flat;
    if (!json_flat_read(text, length, &flat))
        return true;
    if (json_read_object(text, length, LIMIT, &object))
        return false;
    bool is_same = json_object_size(object) == flat.count;
    for (size_t i = 0; is_same && i < flat.count; i++) {
        char name[LIMIT];
        snprintf(name, sizeof name, "%.*s", (int)flat.members[i].name_length, flat.members[i].name);
        is_same = is_same_value(&flat.members[i], json_object_get(object, name)) &&
                  json_flat_find(&flat, name, flat.members[i].kind) == &flat.members[i];
    }
    json_decref(object);
    return is_same;
}

static void plain_objects_are_read_and_others_are_left(void **state)
{
    struct json_flat flat;
    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        if (!json_flat_read(plain[i], strlen(plain[i]), &flat) ||
            !agrees(plain[i], strlen(plain[i])))
            fail_msg("not read as it is: %s", plain[i]);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (json_flat_read(others[i], strlen(others[i]), &flat))
            fail_msg("read: %s", others[i]);
}

static void a_member_of_another_kind_or_name_is_not_found(void **state)
{
    struct json_flat flat;
    (void)state;
    assert_true(json_flat_read(plain[3], strlen(plain[3]), &flat));
    assert_null(json_flat_find(&flat, "ok", JSON_FLAT_NUMBER));
    assert_null(json_flat_find(&flat, "okay", JSON_FLAT_BOOL));
    assert_null(json_flat_find(&flat, "o", JSON_FLAT_BOOL));
    assert_int_equal(json_flat_find(&flat, "n", JSON_FLAT_NUMBER)->numbers[0], -17);
}

/* Bytes changed, taken out or doubled: mostly no JSON any more. */
static void whatever_becomes_of_a_text_both_readers_agree(void **state)
{
    static const char letters[] = "{}[]\",:\\-0123456789truefalsn \n.eE\x01\x7f\xc3\xa9";
    struct random random = random_for_test("json flat");
    int still_plain = 0;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char text[512];
        struct json_flat flat;
        size_t length = (size_t)snprintf(text, sizeof text, "%s", plain[random_below(&random, 4)]);
        for (unsigned i = random_below(&random, 3); i-- > 0 && length > 1;) {
            size_t at = random_below(&random, (unsigned)length);
            if (random_below(&random, 2)) {
                text[at] = letters[random_below(&random, sizeof letters - 1)];
            } else {
                memmove(text + at, text + at + 1, length - at - 1);
                length--;
            }
        }
        still_plain += json_flat_read(text, length, &flat);
        if (!agrees(text, length))
            fail_msg("round %d: %.*s", round, (int)length, text);
    }
    assert_in_range(still_plain, ROUNDS / 10, ROUNDS - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_objects_are_read_and_others_are_left),
        cmocka_unit_test(a_member_of_another_kind_or_name_is_not_found),
        cmocka_unit_test(whatever_becomes_of_a_text_both_readers_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
