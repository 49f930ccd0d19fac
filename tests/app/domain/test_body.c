#include "app/domain/body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* Of each pair the first is plain, and the second says the same in other letters. */
static const char *const pairs[][2] = {
    {"{\"answer\":\"arrival\"}", "{\"answer\":\"arriva\\u006c\"}"},
    {"{\"occasion\":[7,9],\"stop_ms\":12}", "{ \"stop_ms\": 12, \"occasion\": [7, 9]}"},
    {"{\"occasion\":[7,0],\"stop_ms\":-1}", "{\"occasion\":[7,0], \"stop_ms\":-1}"},
    {"{\"occasion\":5,\"stop_ms\":\"x\",\"answer\":4}",
     "{\"occasion\":5,\"stop_ms\":\"x\", \"answer\":4}"},
    {"{\"stop_ms\":253402300800000}", "{\"stop_ms\": 253402300800000}"},
    {"{}", "{ }"},
};

static struct body_words read_words(const char *text)
{
    struct body_words words;
    struct fact fact = {.body = text, .body_length = strlen(text)};
    assert_int_equal(body_read_words(&fact, &words), RC_OK);
    return words;
}

static void plain_words_say_what_others_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        char memory[2][BODY_NAME_BYTES];
        struct body_words plain = read_words(pairs[i][0]), other = read_words(pairs[i][1]);
        assert_null(plain.json);
        assert_non_null(other.json);
        const char *text = body_words_text(&plain, "answer", memory[0]);
        const char *wanted = body_words_text(&other, "answer", memory[1]);
        assert_int_equal(text == NULL, wanted == NULL);
        if (text)
            assert_string_equal(text, wanted);
        assert_true(
            fact_id_is_same(body_words_id(&plain, "occasion"), body_words_id(&other, "occasion")));
        assert_int_equal(body_words_time(&plain, "stop_ms", 3),
                         body_words_time(&other, "stop_ms", 3));
        body_forget_words(&plain);
        body_forget_words(&other);
    }
}

static void a_long_text_is_none_of_our_words(void **state)
{
    char memory[BODY_NAME_BYTES];
    struct body_words words =
        read_words("{\"answer\":\"arrival-and-a-lot-of-other-words-behind-it\"}");
    (void)state;
    assert_int_equal(strlen(body_words_text(&words, "answer", memory)), BODY_NAME_BYTES - 1);
    body_forget_words(&words);
}

static void what_cannot_be_read_is_corrupt(void **state)
{
    struct body_words words;
    struct fact fact = {.body = "{\"answer\":", .body_length = 10};
    (void)state;
    assert_int_equal(body_read_words(&fact, &words), RC_CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_words_say_what_others_say),
        cmocka_unit_test(a_long_text_is_none_of_our_words),
        cmocka_unit_test(what_cannot_be_read_is_corrupt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
