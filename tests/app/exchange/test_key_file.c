#include "app/exchange/key_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
    char folder[64];
    char path[96];
};

static int open_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    assert_non_null(place);
    snprintf(place->folder, sizeof place->folder, "/tmp/perron-test-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    snprintf(place->path, sizeof place->path, "%s/house.key", place->folder);
    *state = place;
    return 0;
}

static int close_place(void **state)
{
    struct place *place = *state;
    unlink(place->path);
    rmdir(place->folder);
    free(place);
    return 0;
}

static void lay(const struct place *place, const char *bytes, size_t length)
{
    FILE *file = fopen(place->path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void what_was_written_is_read_without_its_notes(void **state)
{
    const struct place *place = *state;
    struct reason reason = {.text = ""};
    struct stat found;
    char *text = NULL;
    assert_int_equal(key_file_write(place->path, "# what for\n# and why\nperron-half\n", &reason),
                     RC_OK);
    assert_int_equal(stat(place->path, &found), 0);
    assert_int_equal(found.st_mode & 07777, 0600);
    assert_int_equal(key_file_read(place->path, &text, &reason), RC_OK);
    assert_string_equal(text, "perron-half\n");
    key_file_forget(text);
}

static void one_that_is_there_is_never_written_over(void **state)
{
    const struct place *place = *state;
    struct reason reason = {.text = ""};
    char *text = NULL;
    lay(place, "first\n", 6);
    assert_int_equal(key_file_write(place->path, "second\n", &reason), RC_REFUSED);
    assert_non_null(strstr(reason.text, "is there already, and a key is never written over"));
    assert_int_equal(key_file_read(place->path, &text, &reason), RC_OK);
    assert_string_equal(text, "first\n");
    key_file_forget(text);
}

static void a_link_that_leads_nowhere_is_not_followed(void **state)
{
    const struct place *place = *state;
    struct reason reason = {.text = ""};
    char target[96];
    snprintf(target, sizeof target, "%s/elsewhere", place->folder);
    assert_int_equal(symlink(target, place->path), 0);
    assert_int_equal(key_file_write(place->path, "half\n", &reason), RC_REFUSED);
    assert_int_not_equal(access(target, F_OK), 0);
}

static void a_folder_that_is_not_there_is_named(void **state)
{
    const struct place *place = *state;
    struct reason reason = {.text = ""};
    char path[128];
    snprintf(path, sizeof path, "%s/nowhere/house.key", place->folder);
    assert_int_equal(key_file_write(path, "half\n", &reason), RC_NOT_FOUND);
    assert_non_null(strstr(reason.text, "nowhere/house.key cannot be made: "));
}

static void what_is_no_key_is_read_as_it_is(void **state)
{
    const struct place *place = *state;
    static const struct {
        const char *bytes;
        size_t length;
        const char *text;
    } rows[] = {
        {"", 0, ""},
        {"# only a note", 13, ""},
        {"#\r\n\r\n# b\r\nhalf", 15, "half"},
        {"ha\0lf", 5, "ha"},
        {"half\n# behind it", 16, "half\n# behind it"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct reason reason = {.text = ""};
        char *text = NULL;
        lay(place, rows[i].bytes, rows[i].length);
        assert_int_equal(key_file_read(place->path, &text, &reason), RC_OK);
        assert_string_equal(text, rows[i].text);
        key_file_forget(text);
    }
}

static void a_huge_one_is_refused(void **state)
{
    const struct place *place = *state;
    struct reason reason = {.text = ""};
    char *text = NULL;
    lay(place, "half\n", 5);
    assert_int_equal(truncate(place->path, 4097), 0);
    assert_int_equal(key_file_read(place->path, &text, &reason), RC_LIMIT);
    assert_null(text);
    key_file_forget(text);
}

#define ROW(test) cmocka_unit_test_setup_teardown(test, open_place, close_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW(what_was_written_is_read_without_its_notes),
        ROW(one_that_is_there_is_never_written_over),
        ROW(a_link_that_leads_nowhere_is_not_followed),
        ROW(a_folder_that_is_not_there_is_named),
        ROW(what_is_no_key_is_read_as_it_is),
        ROW(a_huge_one_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
