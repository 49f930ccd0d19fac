#include "firmware/base/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>
#include <sodium.h>

#include "firmware/base/hash.h"
#include "firmware/base/hex.h"

static const uint8_t key[HASH_KEY_BYTES] = "the key of a venue, as it may be";
static const uint8_t other_key[HASH_KEY_BYTES] = "the key of another, as it may be";

static bool fits(const uint8_t *with, const char *secret, const char *sealed)
{
    bool is_right = !sealed;
    assert_int_equal(secret_fits(with, secret, sealed, &is_right), RC_OK);
    return is_right;
}

static void a_pin_fits_its_own_seal_and_no_other_pin_does(void **state)
{
    char sealed[SECRET_SEALED_BYTES];
    (void)state;
    assert_int_equal(secret_seal(key, "274913", sealed), RC_OK);
    assert_true(fits(key, "274913", sealed));
    assert_false(fits(key, "274914", sealed));
    assert_false(fits(key, "27491", sealed));
    assert_false(fits(key, "2749133", sealed));
    assert_false(fits(key, "", sealed));
}

static void without_the_venues_key_the_right_pin_is_wrong(void **state)
{
    char sealed[SECRET_SEALED_BYTES];
    (void)state;
    assert_int_equal(secret_seal(key, "274913", sealed), RC_OK);
    assert_false(fits(other_key, "274913", sealed));
    assert_int_equal(secret_seal_alike(key, "BCDFGH", sealed), RC_OK);
    char other[SECRET_SEALED_BYTES];
    assert_int_equal(secret_seal_alike(other_key, "BCDFGH", other), RC_OK);
    assert_string_not_equal(sealed, other);
}

static void the_same_pin_is_sealed_differently_each_time(void **state)
{
    char first[SECRET_SEALED_BYTES], second[SECRET_SEALED_BYTES];
    (void)state;
    assert_int_equal(secret_seal(key, "274913", first), RC_OK);
    assert_int_equal(secret_seal(key, "274913", second), RC_OK);
    assert_string_not_equal(first, second);
    assert_null(strstr(first, "274913"));
}

static void equal_codes_are_sealed_alike_and_others_are_not(void **state)
{
    char first[SECRET_SEALED_BYTES], second[SECRET_SEALED_BYTES];
    (void)state;
    assert_int_equal(secret_seal_alike(key, "BCDFGH", first), RC_OK);
    assert_int_equal(secret_seal_alike(key, "BCDFGH", second), RC_OK);
    assert_string_equal(first, second);
    assert_int_equal(secret_seal_alike(key, "BCDFGJ", second), RC_OK);
    assert_string_not_equal(first, second);
}

/* What was sealed today must open in ten years: argon2id and the layout, written out by hand. */
static void the_seal_is_argon2id_under_the_venues_key(void **state)
{
    uint8_t salt[16], slow[32], hash[32];
    char sealed[SECRET_SEALED_BYTES], expected[65];
    size_t count;
    (void)state;
    assert_int_equal(secret_seal(key, "274913", sealed), RC_OK);
    assert_memory_equal(sealed, "1:", 2);
    assert_int_equal(hex_decode(sealed + 2, 32, sizeof salt, salt, &count), RC_OK);
    assert_int_equal(sealed[34], ':');
    assert_int_equal(crypto_pwhash(slow, sizeof slow, "274913", 6, salt, 2, 19 * 1024 * 1024,
                                   crypto_pwhash_ALG_ARGON2ID13),
                     0);
    struct hash_part parts[] = {{salt, sizeof salt}, {slow, sizeof slow}};
    hash_parts(key, parts, 2, hash, sizeof hash);
    hex_encode(hash, sizeof hash, expected);
    assert_string_equal(sealed + 35, expected);
}

static void nobodys_seal_fits_nothing_and_takes_as_long(void **state)
{
    (void)state;
    assert_false(fits(key, "274913", NULL));
}

static void a_damaged_seal_is_told_from_a_wrong_pin(void **state)
{
    static const struct {
        size_t at;
        char is;
        enum rc rc;
    } damages[] = {
        {0, '2', RC_NEWER},    {0, '0', RC_CORRUPT}, {1, '=', RC_CORRUPT},  {5, 'x', RC_CORRUPT},
        {34, '0', RC_CORRUPT}, {40, 0, RC_CORRUPT},  {40, ' ', RC_CORRUPT}, {0, 0, RC_CORRUPT},
    };
    char sealed[SECRET_SEALED_BYTES], damaged[SECRET_SEALED_BYTES];
    bool is_right;
    (void)state;
    assert_int_equal(secret_seal(key, "274913", sealed), RC_OK);
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        memcpy(damaged, sealed, sizeof damaged);
        damaged[damages[i].at] = damages[i].is;
        assert_int_equal(secret_fits(key, "274913", damaged, &is_right), damages[i].rc);
    }
}

static void a_secret_that_is_too_long_is_refused(void **state)
{
    char sealed[SECRET_SEALED_BYTES], secret[SECRET_TEXT_MAX + 2];
    (void)state;
    memset(secret, 'B', sizeof secret);
    secret[SECRET_TEXT_MAX + 1] = 0;
    assert_int_equal(secret_seal(key, secret, sealed), RC_LIMIT);
    secret[SECRET_TEXT_MAX] = 0;
    assert_int_equal(secret_seal(key, secret, sealed), RC_OK);
}

/* What this process has mapped now, in bytes. */
static rlim_t mapped(void)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%lu", &pages), 1);
    fclose(file);
    return (rlim_t)pages * 4096;
}

static void missing_memory_is_never_a_wrong_pin(void **state)
{
    char sealed[SECRET_SEALED_BYTES], other[SECRET_SEALED_BYTES] = "untouched";
    bool is_right = true;
    struct rlimit before, tight;
    (void)state;
    assert_int_equal(secret_seal(key, "274913", sealed), RC_OK);
    assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
    tight = before;
    tight.rlim_cur = mapped() + SECRET_MEMORY_BYTES / 2;
    assert_int_equal(setrlimit(RLIMIT_AS, &tight), 0);
    enum rc fits_rc = secret_fits(key, "111111", sealed, &is_right);
    enum rc seal_rc = secret_seal(key, "274913", other);
    enum rc alike_rc = secret_seal_alike(key, "BCDFGH", other);
    assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
    assert_int_equal(fits_rc, RC_NO_MEMORY);
    assert_int_equal(seal_rc, RC_NO_MEMORY);
    assert_int_equal(alike_rc, RC_NO_MEMORY);
    assert_true(is_right);
    assert_string_equal(other, "untouched");
    assert_true(fits(key, "274913", sealed));
}

static int set_up(void **state)
{
    (void)state;
    return hash_init();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pin_fits_its_own_seal_and_no_other_pin_does),
        cmocka_unit_test(without_the_venues_key_the_right_pin_is_wrong),
        cmocka_unit_test(the_same_pin_is_sealed_differently_each_time),
        cmocka_unit_test(equal_codes_are_sealed_alike_and_others_are_not),
        cmocka_unit_test(the_seal_is_argon2id_under_the_venues_key),
        cmocka_unit_test(nobodys_seal_fits_nothing_and_takes_as_long),
        cmocka_unit_test(a_damaged_seal_is_told_from_a_wrong_pin),
        cmocka_unit_test(a_secret_that_is_too_long_is_refused),
        cmocka_unit_test(missing_memory_is_never_a_wrong_pin),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
