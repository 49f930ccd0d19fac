#include "firmware/base/seal.h"

#include <ctype.h>
#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "firmware/base/hash.h"
#include "firmware/base/hex.h"
#include "tests/support/random.h"

#define PART SEAL_PART_BYTES
#define HEAD (16 + 8 + 80 + 24)
#define MORE 17

static bool has_no_memory;

/* All memory of seal.c comes from calloc. */
void *calloc(size_t count, size_t size)
{
    static void *(*real)(size_t, size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "calloc");
    return has_no_memory ? NULL : real(count, size);
}

static struct seal_public public_key, other_public;
static struct seal_secret secret_key, other_secret;

static int make_keys(void **state)
{
    (void)state;
    if (hash_init())
        return -1;
    seal_make_keys(&public_key, &secret_key);
    seal_make_keys(&other_public, &other_secret);
    return 0;
}

/* What came out; with `room` below its length it refuses. */
struct bytes {
    char *at;
    size_t length, room;
    long calls;
};

static struct bytes bytes_of(size_t room)
{
    return (struct bytes){.at = malloc(room + 1), .room = room};
}

static enum rc take(void *context, const char *bytes, size_t length)
{
    struct bytes *out = context;
    out->calls++;
    if (length > out->room - out->length)
        return RC_FULL;
    memcpy(out->at + out->length, bytes, length);
    out->length += length;
    return RC_OK;
}

static enum rc put_in_pieces(struct seal *seal, const char *bytes, size_t length,
                             struct random *random, size_t piece_max)
{
    enum rc rc = RC_OK;
    while (!rc && length) {
        size_t count = random ? random_below(random, (unsigned)piece_max + 1) : length;
        count = count < length ? count : length;
        rc = seal_put(seal, bytes, count);
        bytes += count;
        length -= count;
    }
    return rc;
}

static struct bytes sealed(const char *bytes, size_t length, struct random *random, size_t piece)
{
    struct bytes out = bytes_of(length + HEAD + (length / PART + 2) * MORE);
    struct seal *seal;
    assert_int_equal(seal_begin(&public_key, &(struct seal_out){&out, take}, &seal), RC_OK);
    assert_int_equal(put_in_pieces(seal, bytes, length, random, piece), RC_OK);
    assert_int_equal(seal_end(seal), RC_OK);
    seal_close(seal);
    return out;
}

static enum rc opened(const struct seal_secret *with, const char *bytes, size_t length,
                      struct random *random, size_t piece, struct bytes *out)
{
    struct seal *seal;
    *out = bytes_of(length);
    assert_int_equal(seal_open(with, &(struct seal_out){out, take}, &seal), RC_OK);
    enum rc rc = put_in_pieces(seal, bytes, length, random, piece);
    enum rc end = seal_end(seal);
    if (rc)
        assert_int_equal(end, rc);
    seal_close(seal);
    return end;
}

/* What opening comes to, where it must not give everything and say it is whole. */
static enum rc judged(const char *bytes, size_t length)
{
    struct bytes out;
    enum rc rc = opened(&secret_key, bytes, length, NULL, 0, &out);
    free(out.at);
    return rc;
}

static char *noise(size_t length)
{
    char *bytes = malloc(length + 1);
    hash_random(bytes, length);
    return bytes;
}

static void what_was_sealed_comes_out_again_in_any_pieces(void **state)
{
    static const size_t lengths[] = {0,        1,        100,          PART - 1,     PART,
                                     PART + 1, 2 * PART, 2 * PART + 1, 5 * PART + 77};
    struct random random = random_for_test("seal pieces");
    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        size_t length = lengths[i], parts = length ? (length + PART - 1) / PART : 1;
        char *bytes = noise(length);
        for (int round = 0; round < 6; round++) {
            size_t piece = (size_t[]){7, 1000, 70000, PART, PART + MORE, 300000}[round];
            struct bytes out;
            struct bytes in =
                sealed(bytes, length, length < 1000 || piece > 7 ? &random : NULL, piece);
            assert_int_equal(in.length, HEAD + length + parts * MORE);
            assert_int_equal(opened(&secret_key, in.at, in.length, &random,
                                    length < 1000 ? 3 : piece + 1000, &out),
                             RC_OK);
            assert_int_equal(out.length, length);
            assert_memory_equal(out.at, bytes, length);
            free(in.at);
            free(out.at);
        }
        free(bytes);
    }
}

static void the_same_file_is_sealed_differently_each_time_and_shows_nothing(void **state)
{
    static const char text[] = "Zoé Dubois was here";
    (void)state;
    struct bytes first = sealed(text, sizeof text, NULL, 0);
    struct bytes second = sealed(text, sizeof text, NULL, 0);
    assert_int_equal(first.length, second.length);
    assert_memory_not_equal(first.at + 24, second.at + 24, first.length - 24);
    assert_null(memmem(first.at, first.length, "Dubois", 6));
    free(first.at);
    free(second.at);
}

static void every_changed_byte_is_found(void **state)
{
    static const char text[] = "first name;last name\nZoé;Dubois\n";
    (void)state;
    struct bytes in = sealed(text, sizeof text - 1, NULL, 0);
    assert_int_equal(judged(in.at, in.length), RC_OK);
    for (size_t i = 0; i < in.length; i++)
        for (int bit = 0; bit < 8; bit++) {
            in.at[i] ^= (char)(1 << bit);
            enum rc rc = judged(in.at, in.length);
            /* Its first line may say that it is something else, or newer. */
            if (i < 16)
                assert_true(rc == RC_UNSUPPORTED || rc == RC_NEWER);
            else
                assert_int_equal(rc, RC_CORRUPT);
            in.at[i] ^= (char)(1 << bit);
        }
    assert_int_equal(judged(in.at, in.length), RC_OK);
    free(in.at);
}

static void a_changed_byte_is_found_anywhere_in_a_long_file(void **state)
{
    struct random random = random_for_test("seal bytes");
    size_t length = 3 * PART + 500;
    char *bytes = noise(length);
    (void)state;
    struct bytes in = sealed(bytes, length, NULL, 0);
    for (int round = 0; round < 300; round++) {
        size_t at = 16 + random_below(&random, (unsigned)in.length - 16);
        char before = in.at[at];
        in.at[at] ^= (char)(1 + random_below(&random, 255));
        assert_int_equal(judged(in.at, in.length), RC_CORRUPT);
        in.at[at] = before;
    }
    assert_int_equal(judged(in.at, in.length), RC_OK);
    free(in.at);
    free(bytes);
}

static void a_file_that_was_cut_anywhere_is_not_whole(void **state)
{
    struct random random = random_for_test("seal cuts");
    size_t length = 2 * PART + 300;
    char *bytes = noise(length);
    (void)state;
    struct bytes in = sealed(bytes, 200, NULL, 0);
    for (size_t cut = 0; cut < in.length; cut++)
        assert_int_equal(judged(in.at, cut), RC_CORRUPT);
    free(in.at);
    in = sealed(bytes, length, NULL, 0);
    for (int round = 0; round < 200; round++)
        assert_int_equal(judged(in.at, random_below(&random, (unsigned)in.length)), RC_CORRUPT);
    /* Right at the end of a part. */
    for (size_t parts = 0; parts <= 2; parts++)
        assert_int_equal(judged(in.at, HEAD + parts * (PART + MORE)), RC_CORRUPT);
    free(in.at);
    free(bytes);
}

static void parts_that_are_swapped_doubled_dropped_or_added_are_found(void **state)
{
    const size_t part = PART + MORE;
    char *bytes = noise(4 * PART), *other = malloc(HEAD + 6 * part);
    (void)state;
    struct bytes in = sealed(bytes, 4 * PART, NULL, 0);
    assert_int_equal(in.length, HEAD + 4 * part);
    static const int orders[][6] = {
        {1, 0, 2, 3, -1},
        {0, 2, 1, 3, -1},
        {0, 0, 1, 2, 3, -1},
        {0, 2, 3, -1},
        {1, 2, 3, -1},
        {0, 1, 2, -1},
        {3, -1},
        {-1},
        {0, 1, 2, 3, 3, -1},
        {0, 1, 2, 3, 0, -1},
        {0, 1, 2, 2, 3, -1},
    };
    memcpy(other, in.at, HEAD);
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        size_t length = HEAD;
        for (int j = 0; j < 6 && orders[i][j] >= 0; j++, length += part)
            memcpy(other + length, in.at + HEAD + (size_t)orders[i][j] * part, part);
        assert_int_equal(judged(other, length), RC_CORRUPT);
    }
    /* A byte behind the end, and the file twice. */
    memcpy(other, in.at, in.length);
    other[in.length] = 0;
    assert_int_equal(judged(other, in.length + 1), RC_CORRUPT);
    memcpy(other + in.length, in.at, part);
    assert_int_equal(judged(other, in.length + part), RC_CORRUPT);
    assert_int_equal(judged(other, in.length), RC_OK);
    free(in.at);
    free(bytes);
    free(other);
}

static void parts_and_heads_of_two_files_do_not_mix(void **state)
{
    char *bytes = noise(2 * PART);
    (void)state;
    struct bytes first = sealed(bytes, 2 * PART, NULL, 0);
    struct bytes second = sealed(bytes, 2 * PART, NULL, 0);
    memcpy(first.at + HEAD, second.at + HEAD, PART + MORE);
    assert_int_equal(judged(first.at, first.length), RC_CORRUPT);
    memcpy(first.at, second.at, HEAD);
    assert_int_equal(judged(first.at, first.length), RC_CORRUPT);
    free(first.at);
    free(second.at);
    free(bytes);
}

static void another_key_opens_nothing_and_is_told_so(void **state)
{
    struct bytes out;
    (void)state;
    struct bytes in = sealed("secret", 6, NULL, 0);
    assert_int_equal(opened(&other_secret, in.at, in.length, NULL, 0, &out), RC_REFUSED);
    assert_int_equal(out.length, 0);
    free(out.at);
    free(in.at);
}

static void what_is_no_sealed_file_is_told_from_a_newer_one(void **state)
{
    char zeros[2 * PART] = {0}, head[400] = "perron sealed 2\n";
    (void)state;
    assert_int_equal(judged(zeros, sizeof zeros), RC_UNSUPPORTED);
    assert_int_equal(judged("id;first name\n", 14), RC_UNSUPPORTED);
    assert_int_equal(judged("x", 1), RC_UNSUPPORTED);
    assert_int_equal(judged(head, sizeof head), RC_NEWER);
    assert_int_equal(judged(head, 20), RC_NEWER);
    head[14] = '0';
    assert_int_equal(judged(head, sizeof head), RC_UNSUPPORTED);
    head[14] = '1';
    assert_int_equal(judged(head, 16), RC_CORRUPT);
}

static void who_cannot_take_it_ends_the_work(void **state)
{
    size_t length = 3 * PART;
    char *bytes = noise(length);
    struct seal *seal;
    (void)state;
    struct bytes small = bytes_of(HEAD - 1);
    struct seal_out out = {&small, take};
    assert_int_equal(seal_begin(&public_key, &out, &seal), RC_FULL);
    free(small.at);

    small = bytes_of(HEAD + PART + MORE);
    assert_int_equal(seal_begin(&public_key, &out, &seal), RC_OK);
    assert_int_equal(seal_put(seal, bytes, length), RC_FULL);
    long calls = small.calls;
    assert_int_equal(seal_put(seal, bytes, 1), RC_FULL);
    assert_int_equal(seal_end(seal), RC_FULL);
    assert_int_equal(small.calls, calls);
    seal_close(seal);
    free(small.at);

    struct bytes in = sealed(bytes, length, NULL, 0);
    small = bytes_of(2 * PART);
    assert_int_equal(seal_open(&secret_key, &out, &seal), RC_OK);
    assert_int_equal(seal_put(seal, in.at, in.length), RC_OK);
    assert_int_equal(seal_end(seal), RC_FULL);
    seal_close(seal);
    free(small.at);
    free(in.at);
    free(bytes);
}

static void without_memory_nothing_begins(void **state)
{
    struct bytes out = bytes_of(10);
    struct seal *seal = NULL;
    (void)state;
    has_no_memory = true;
    enum rc to = seal_begin(&public_key, &(struct seal_out){&out, take}, &seal);
    enum rc from = seal_open(&secret_key, &(struct seal_out){&out, take}, &seal);
    has_no_memory = false;
    assert_int_equal(to, RC_NO_MEMORY);
    assert_int_equal(from, RC_NO_MEMORY);
    assert_null(seal);
    free(out.at);
    seal_close(NULL);
}

static void a_key_that_is_nobodys_is_refused(void **state)
{
    static const struct seal_public zero;
    struct bytes out = bytes_of(1000);
    struct seal *seal = NULL;
    (void)state;
    assert_int_equal(seal_begin(&zero, &(struct seal_out){&out, take}, &seal), RC_BAD_INPUT);
    assert_int_equal(out.length, 0);
    free(out.at);
}

/* --- keys as text --- */

static void keys_survive_being_written_and_read(void **state)
{
    (void)state;
    for (int i = 0; i < 200; i++) {
        struct seal_public made, read = {{0}}, derived;
        struct seal_secret secret, read_secret = {{0}};
        char text[SEAL_TEXT_BYTES];
        struct reason reason = {.text = ""};
        seal_make_keys(&made, &secret);
        seal_public_of(&secret, &derived);
        assert_memory_equal(&made, &derived, sizeof made);
        seal_write_public(&made, text);
        assert_int_equal(strncmp(text, "perron-public-", 14), 0);
        assert_int_equal(seal_read_public(text, &read, &reason), RC_OK);
        assert_memory_equal(&made, &read, sizeof made);
        seal_write_secret(&secret, text);
        assert_int_equal(strncmp(text, "perron-secret-", 14), 0);
        assert_int_equal(seal_read_secret(text, &read_secret, &reason), RC_OK);
        assert_memory_equal(&secret, &read_secret, sizeof secret);
    }
}

static void a_key_may_be_copied_from_paper(void **state)
{
    char text[SEAL_TEXT_BYTES], loose[4 * SEAL_TEXT_BYTES] = "\n  ";
    struct seal_public read;
    struct reason reason = {.text = ""};
    (void)state;
    seal_write_public(&public_key, text);
    size_t used = strlen(loose);
    for (size_t i = 0; text[i]; i++) {
        char letter = text[i];
        if (i >= 14 && letter == '0')
            letter = 'O';
        else if (i >= 14 && letter == '1')
            letter = 'l';
        else
            letter = (char)toupper((unsigned char)letter);
        if (i < 14 || text[i] != '-')
            loose[used++] = letter;
        if (i > 14 && i % 5 == 0)
            loose[used++] = i % 2 ? ' ' : '\n';
    }
    assert_int_equal(seal_read_public(loose, &read, &reason), RC_OK);
    assert_memory_equal(&read, &public_key, sizeof read);
}

static void a_slip_of_a_letter_is_found(void **state)
{
    static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyzu!\xc3";
    char text[SEAL_TEXT_BYTES], before;
    /* Always the same: by chance one slip in millions fits. */
    static const struct seal_public key = {"these are thirty-two bytes of it"};
    struct seal_public read, untouched;
    (void)state;
    memset(&read, 7, sizeof read);
    untouched = read;
    seal_write_public(&key, text);
    for (size_t i = 0; text[i]; i++) {
        before = text[i];
        for (size_t j = 0; letters[j]; j++) {
            struct reason reason = {.text = ""};
            text[i] = letters[j];
            if (letters[j] == before || (before == '-' && i < 14))
                continue;
            assert_int_equal(seal_read_public(text, &read, &reason), RC_BAD_INPUT);
            assert_string_not_equal(reason.text, "");
        }
        text[i] = before;
    }
    /* Two letters that changed places, and one that is missing or too many. */
    for (size_t i = 14; text[i + 1]; i++) {
        struct reason reason = {.text = ""};
        before = text[i];
        if (before == text[i + 1] || before == '-' || text[i + 1] == '-')
            continue;
        text[i] = text[i + 1];
        text[i + 1] = before;
        assert_int_equal(seal_read_public(text, &read, &reason), RC_BAD_INPUT);
        text[i + 1] = text[i];
        text[i] = before;
    }
    for (size_t length = 0; text[length]; length++) {
        char cut[SEAL_TEXT_BYTES];
        struct reason reason = {.text = ""};
        strcpy(cut, text);
        cut[length] = 0;
        assert_int_equal(seal_read_public(cut, &read, &reason), RC_BAD_INPUT);
    }
    char longer[SEAL_TEXT_BYTES + 1];
    struct reason reason = {.text = ""};
    strcpy(longer, text);
    strcat(longer, "0");
    assert_int_equal(seal_read_public(longer, &read, &reason), RC_BAD_INPUT);
    assert_memory_equal(&read, &untouched, sizeof read);
    assert_int_equal(seal_read_public(text, &read, &reason), RC_OK);
}

static void one_half_of_a_pair_is_never_taken_for_the_other(void **state)
{
    char text[SEAL_TEXT_BYTES];
    struct seal_public read;
    struct seal_secret read_secret;
    struct reason reason = {.text = ""};
    (void)state;
    seal_write_secret(&secret_key, text);
    assert_int_equal(seal_read_public(text, &read, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, "secret half"));
    assert_null(strstr(reason.text, text + 14));
    memcpy(text, "perron-public-", 14);
    assert_int_equal(seal_read_public(text, &read, &reason), RC_BAD_INPUT);

    seal_write_public(&public_key, text);
    assert_int_equal(seal_read_secret(text, &read_secret, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, "public half"));
    memcpy(text, "perron-secret-", 14);
    assert_int_equal(seal_read_secret(text, &read_secret, &reason), RC_BAD_INPUT);
    assert_int_equal(seal_read_secret("", &read_secret, &reason), RC_BAD_INPUT);
    assert_int_equal(seal_read_secret("hunter2", &read_secret, &reason), RC_BAD_INPUT);
}

/* What is sealed today must open in ten years: a file that was sealed once, and its key. */
static void a_file_sealed_long_ago_still_opens(void **state)
{
    static const char file[] = "706572726F6E207365616C656420310A264B1DA4C71D61489ED10E25C3104BEE"
                               "30B98B45E38C2B9F1FED81C3960765469E56CE3469C7B4190D17D731993E3239"
                               "5813353957C486A9B1D7414F3412075EA43F8BEF5A0DD93F7F5E3A1D9BAFAA39"
                               "79C4B0EBBEC3FA11C88681C8091D058A3BA7BCA396EB5365D80F30D9E154E472"
                               "72892318F57AB769F64EC6E4E2B373A88A1E682675D1BAD655D3F1829DCA63";
    struct seal_secret secret;
    struct seal_public derived, read;
    struct reason reason = {.text = ""};
    struct bytes out;
    uint8_t bytes[sizeof file / 2];
    size_t length;
    (void)state;
    assert_int_equal(seal_read_secret("perron-secret-0ry9a084-zc8ekky6-3kq9by8f-mvwgynat-zfewv8x8-"
                                      "ejdmsx6q-nken2d2a",
                                      &secret, &reason),
                     RC_OK);
    assert_int_equal(seal_read_public("perron-public-adcscxkt-19k4whav-6g8w6d59-xy1xa0cg-c3ncqwtk-"
                                      "3ejm3h41-ydenwf1t",
                                      &read, &reason),
                     RC_OK);
    seal_public_of(&secret, &derived);
    assert_memory_equal(&derived, &read, sizeof read);
    assert_int_equal(hex_decode(file, sizeof file - 1, sizeof bytes, bytes, &length), RC_OK);
    assert_int_equal(opened(&secret, (const char *)bytes, length, NULL, 0, &out), RC_OK);
    assert_int_equal(out.length, 14);
    assert_memory_equal(out.at, "Zoé was here\n", 14);
    free(out.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_sealed_comes_out_again_in_any_pieces),
        cmocka_unit_test(the_same_file_is_sealed_differently_each_time_and_shows_nothing),
        cmocka_unit_test(every_changed_byte_is_found),
        cmocka_unit_test(a_changed_byte_is_found_anywhere_in_a_long_file),
        cmocka_unit_test(a_file_that_was_cut_anywhere_is_not_whole),
        cmocka_unit_test(parts_that_are_swapped_doubled_dropped_or_added_are_found),
        cmocka_unit_test(parts_and_heads_of_two_files_do_not_mix),
        cmocka_unit_test(another_key_opens_nothing_and_is_told_so),
        cmocka_unit_test(what_is_no_sealed_file_is_told_from_a_newer_one),
        cmocka_unit_test(who_cannot_take_it_ends_the_work),
        cmocka_unit_test(without_memory_nothing_begins),
        cmocka_unit_test(a_key_that_is_nobodys_is_refused),
        cmocka_unit_test(keys_survive_being_written_and_read),
        cmocka_unit_test(a_key_may_be_copied_from_paper),
        cmocka_unit_test(a_slip_of_a_letter_is_found),
        cmocka_unit_test(one_half_of_a_pair_is_never_taken_for_the_other),
        cmocka_unit_test(a_file_sealed_long_ago_still_opens),
    };
    return cmocka_run_group_tests(tests, make_keys, NULL);
}
