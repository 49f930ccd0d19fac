#include "app/store/venue_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/store/folder.h"
#include "tests/support/house.h"

struct text {
    size_t length, room;
    char bytes[4096];
};

static enum rc take(void *context, const char *bytes, size_t length)
{
    struct text *out = context;
    if (length > out->room - out->length)
        return RC_FULL;
    memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
    return RC_OK;
}

static enum rc open_seal(const struct seal_secret *secret, const struct text *from,
                         struct text *out)
{
    struct seal *seal;
    out->room = sizeof out->bytes;
    assert_int_equal(seal_open(secret, &(struct seal_out){out, take}, &seal), RC_OK);
    (void)!seal_put(seal, from->bytes, from->length);
    enum rc rc = seal_end(seal);
    seal_close(seal);
    return rc;
}

static void a_sealed_key_comes_out_the_same(void **state)
{
    struct house *house = house_open();
    struct seal_public to;
    struct seal_secret secret, other;
    static struct text sealed, opened, ignored;
    struct venue_key key;
    (void)state;
    seal_make_keys(&to, &other);
    seal_make_keys(&to, &secret);
    sealed.room = sizeof sealed.bytes;
    assert_int_equal(
        folder_seal_key(house->folder, "L'Épi commun", &to, &(struct seal_out){&sealed, take}),
        RC_OK);
    assert_int_equal(open_seal(&other, &sealed, &ignored), RC_REFUSED);
    assert_int_equal(open_seal(&secret, &sealed, &opened), RC_OK);
    assert_int_equal(venue_key_parse(opened.bytes, opened.length, &key), RC_OK);
    assert_memory_equal(key.bytes, folder_key(house->folder), HASH_KEY_BYTES);
    assert_string_equal(key.id, folder_key_id(house->folder));
    assert_non_null(memmem(opened.bytes, opened.length, "L'Épi commun", strlen("L'Épi commun")));
    house_close(house);
}

static void what_is_no_key_is_not_taken_for_one(void **state)
{
    struct seal_public to;
    struct seal_secret secret;
    static struct text sealed, opened;
    struct venue_key key, read;
    (void)state;
    seal_make_keys(&to, &secret);
    venue_key_make(&key);
    sealed.length = opened.length = 0;
    sealed.room = sizeof sealed.bytes;
    assert_int_equal(venue_key_seal(&key, "", &to, &(struct seal_out){&sealed, take}), RC_OK);
    assert_int_equal(open_seal(&secret, &sealed, &opened), RC_OK);
    assert_int_equal(venue_key_parse(opened.bytes, opened.length, &read), RC_OK);
    size_t needed = strlen("perron-venue-key 1 ") + 64 + 1 + 3 + 16 + 1;
    for (size_t length = 0; length < needed; length++)
        assert_int_equal(venue_key_parse(opened.bytes, length, &read), RC_CORRUPT);
    for (size_t i = 0; i < needed; i++) {
        opened.bytes[i] ^= 1;
        assert_int_equal(venue_key_parse(opened.bytes, opened.length, &read), RC_CORRUPT);
        opened.bytes[i] ^= 1;
    }
    assert_memory_equal(&read, &key, sizeof key);
}

static void where_it_does_not_fit_is_said(void **state)
{
    struct seal_public to;
    struct seal_secret secret;
    static struct text sealed;
    struct venue_key key;
    (void)state;
    seal_make_keys(&to, &secret);
    venue_key_make(&key);
    for (size_t room = 0; room < 200; room += 40) {
        sealed.length = 0;
        sealed.room = room;
        assert_int_equal(venue_key_seal(&key, "", &to, &(struct seal_out){&sealed, take}), RC_FULL);
    }
}

static void a_folder_adopts_a_register_with_its_key(void **state)
{
    char data[] = "/tmp/perron-adopt-XXXXXX", path[128];
    struct folder *folder, *second;
    struct venue_key key;
    struct stat status;
    struct reason reason = {.text = ""};
    (void)state;
    assert_non_null(mkdtemp(data));
    venue_key_make(&key);
    assert_int_equal(folder_adopt(data, &key, &folder, &reason), RC_OK);
    assert_memory_equal(folder_key(folder), key.bytes, HASH_KEY_BYTES);
    assert_int_equal(folder_open(data, FOLDER_WRITE, &second, &reason), RC_BUSY);
    folder_close(folder);
    snprintf(path, sizeof path, "%s/venue.key", data);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(folder_open(data, FOLDER_WRITE, &folder, &reason), RC_OK);
    assert_memory_equal(folder_key(folder), key.bytes, HASH_KEY_BYTES);
    assert_string_equal(folder_key_id(folder), key.id);
    folder_close(folder);
    snprintf(path, sizeof path, "rm -r %s", data);
    assert_int_equal(system(path), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sealed_key_comes_out_the_same),
        cmocka_unit_test(what_is_no_key_is_not_taken_for_one),
        cmocka_unit_test(where_it_does_not_fit_is_said),
        cmocka_unit_test(a_folder_adopts_a_register_with_its_key),
    };
    return hash_init() ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
