/* The signed line, and which of two versions is the newer one. */
#include "app/update_claim.h"
#include "app/update_version.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/random.h"

static struct sign_public ours, theirs;
static struct sign_secret our_secret, their_secret;

static int make_keys(void **state)
{
    (void)state;
    if (hash_init())
        return -1;
    sign_make_keys(&ours, &our_secret);
    sign_make_keys(&theirs, &their_secret);
    return 0;
}

static struct update_claim make_claim(void)
{
    struct update_claim claim = {
        .package = "perron", .version = "0.9.1", .architecture = "arm64", .bytes = 3123456};
    for (size_t i = 0; i < sizeof claim.sha256; i++)
        claim.sha256[i] = (uint8_t)(i * 7);
    return claim;
}

/* --- keys --- */

static void a_key_comes_back_from_its_text_and_the_other_half_is_named(void **state)
{
    char half[KEY_TEXT_SIZE], secret[KEY_TEXT_SIZE];
    struct sign_public back;
    struct sign_secret secret_back;
    struct reason reason = {.text = ""};
    (void)state;
    sign_write_public(&ours, half);
    sign_write_secret(&our_secret, secret);
    assert_memory_equal(half, "perron-update-public-", 21);
    assert_int_equal(sign_read_public(half, &back, &reason), RC_OK);
    assert_memory_equal(&back, &ours, sizeof back);
    assert_int_equal(sign_read_secret(secret, &secret_back, &reason), RC_OK);
    assert_memory_equal(&secret_back, &our_secret, sizeof secret_back);
    assert_int_equal(sign_read_public(secret, &back, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, "secret half"));
    assert_int_equal(sign_read_secret(half, &secret_back, &reason), RC_BAD_INPUT);
    assert_non_null(strstr(reason.text, "public half"));
    assert_int_equal(sign_read_public("", &back, &reason), RC_BAD_INPUT);
    for (size_t i = 0; half[i]; i++) { /* a slip of any letter */
        char slipped[KEY_TEXT_SIZE];
        strcpy(slipped, half);
        if (half[i] == '-' && i > 20)
            continue; /* only for the eye */
        slipped[i] = half[i] == '7' ? '8' : '7';
        assert_int_equal(sign_read_public(slipped, &back, &reason), RC_BAD_INPUT);
    }
}

/* --- the line --- */

static void a_line_comes_back_as_it_was_signed(void **state)
{
    struct update_claim claim = make_claim(), back;
    char line[UPDATE_LINE_MAX];
    (void)state;
    assert_int_equal(update_claim_write(&claim, &our_secret, line), RC_OK);
    assert_memory_equal(line, "perron-update-1 perron 0.9.1 arm64 3123456 00070e15", 51);
    assert_int_equal(line[strlen(line) - 1], '\n');
    assert_int_equal(update_claim_read(line, strlen(line), &ours, &back), RC_OK);
    assert_memory_equal(&back, &claim, sizeof back);
    assert_int_equal(update_claim_read(line, strlen(line), &theirs, &back), RC_REFUSED);
}

static void a_changed_byte_anywhere_in_it_is_noticed(void **state)
{
    struct update_claim claim = make_claim(), back;
    char line[UPDATE_LINE_MAX];
    int refused = 0;
    (void)state;
    assert_int_equal(update_claim_write(&claim, &our_secret, line), RC_OK);
    size_t length = strlen(line);
    for (size_t i = 0; i < length; i++)
        for (int byte = 0; byte < 256; byte++) {
            char changed[UPDATE_LINE_MAX];
            memcpy(changed, line, length + 1);
            changed[i] = (char)byte;
            enum rc rc = update_claim_read(changed, length, &ours, &back);
            if (changed[i] != line[i] && rc != RC_BAD_INPUT && rc != RC_REFUSED)
                fail_msg("byte %zu may be 0x%02x", i, byte);
            refused += rc == RC_REFUSED;
        }
    assert_true(refused > 1000); /* by the signature, and not all by their form */
    for (size_t cut = 0; cut < length; cut++)
        assert_int_equal(update_claim_read(line, cut, &ours, &back), RC_BAD_INPUT);
    strcat(line, "\n");
    assert_int_equal(update_claim_read(line, length + 1, &ours, &back), RC_BAD_INPUT);
}

static void what_no_station_understands_is_not_written(void **state)
{
    char line[UPDATE_LINE_MAX];
    struct update_claim wrong[6];
    (void)state;
    for (size_t i = 0; i < 6; i++)
        wrong[i] = make_claim();
    strcpy(wrong[0].package, "per ron");
    strcpy(wrong[1].version, "v1");
    strcpy(wrong[2].version, "");
    strcpy(wrong[3].architecture, "");
    wrong[4].bytes = 0;
    wrong[5].bytes = UPDATE_BYTES_MAX + 1;
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(update_claim_write(&wrong[i], &our_secret, line), RC_BAD_INPUT);
}

/* --- versions --- */

static int sign_of(int number)
{
    return (number > 0) - (number < 0);
}

static void newer_versions_are_newer(void **state)
{
    /* each older than the next: deb-version(7) */
    static const char *const order[] = {
        "0",       "0.1.0~~",    "0.1.0~rc1", "0.1.0",   "0.1.0-1~deb12u1",
        "0.1.0-1", "0.1.0-1+b1", "0.1.0a",    "0.1.0+1", "0.1.1",
        "0.1.9",   "0.1.10",     "0.2",       "0.10",    "1.0",
        "1.0.1",   "2.0",        "20261127",  "1:0.1"};
    size_t count = sizeof order / sizeof order[0];
    (void)state;
    for (size_t a = 0; a < count; a++)
        for (size_t b = 0; b < count; b++)
            if (sign_of(update_version_compare(order[a], order[b])) != (a > b) - (a < b))
                fail_msg("%s and %s", order[a], order[b]);
    assert_int_equal(update_version_compare("1.0", "1.00"), 0);
    assert_int_equal(update_version_compare("0:1.0", "1.0"), 0);
    static const char *const wrong[] = {"", "v1", "1 0", "1/0", "1\n", "-1", "~1"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(update_version_is_valid(wrong[i]));
}

static void make_version(struct random *random, char *out_text)
{
    static const char letters[] = "0019.~+ab-";
    unsigned length = random_below(random, 6);
    *out_text++ = (char)('0' + random_below(random, 3));
    while (length--)
        *out_text++ = letters[random_below(random, sizeof letters - 1)];
    *out_text++ = '1'; /* no '-' at the end: dpkg takes none */
    *out_text = 0;
}

static void dpkg_says_the_same_of_versions_by_chance(void **state)
{
    struct random random = random_for_test("versions");
    FILE *pipe;
    char script[] = "/tmp/perron-versions-XXXXXX", line[200];
    int signs[400];
    (void)state;
    int fd = mkstemp(script);
    assert_true(fd >= 0);
    FILE *file = fdopen(fd, "w");
    for (size_t i = 0; i < 400; i++) {
        char a[32], b[32];
        make_version(&random, a);
        make_version(&random, b);
        signs[i] = sign_of(update_version_compare(a, b));
        fprintf(file,
                "if dpkg --compare-versions %s lt %s; then echo -1 %s %s; elif dpkg "
                "--compare-versions %s gt %s; then echo 1 %s %s; else echo 0 %s %s; fi\n",
                a, b, a, b, a, b, a, b, a, b);
    }
    fclose(file);
    snprintf(line, sizeof line, "sh %s", script);
    pipe = popen(line, "r");
    assert_non_null(pipe);
    for (size_t i = 0; i < 400; i++) {
        assert_non_null(fgets(line, sizeof line, pipe));
        if (atoi(line) != signs[i])
            fail_msg("dpkg: %s; here: %d", line, signs[i]);
    }
    pclose(pipe);
    remove(script);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_comes_back_from_its_text_and_the_other_half_is_named),
        cmocka_unit_test(a_line_comes_back_as_it_was_signed),
        cmocka_unit_test(a_changed_byte_anywhere_in_it_is_noticed),
        cmocka_unit_test(what_no_station_understands_is_not_written),
        cmocka_unit_test(newer_versions_are_newer),
        cmocka_unit_test(dpkg_says_the_same_of_versions_by_chance),
    };
    return cmocka_run_group_tests(tests, make_keys, NULL);
}
