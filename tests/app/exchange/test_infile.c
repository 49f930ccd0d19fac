#include "app/exchange/infile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/exchange/csv.h"

static void a_file_of_50_mb_is_refused_before_it_is_read(void **state)
{
    char path[] = "/tmp/perron-test-XXXXXX", *bytes = NULL;
    struct reason reason = {.text = ""};
    size_t length = 0;
    (void)state;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "a;b\n", 4), 4);
    assert_int_equal(ftruncate(fd, 50 << 20), 0);
    close(fd);
    assert_int_equal(infile_read(path, CSV_FILE_BYTES, &bytes, &length, &reason), RC_LIMIT);
    assert_string_equal(reason.text, "This file has 50 MB; more than 16 MB are not taken.");
    assert_int_equal(truncate(path, 4), 0);
    assert_int_equal(infile_read(path, CSV_FILE_BYTES, &bytes, &length, &reason), RC_OK);
    assert_int_equal(length, 4);
    assert_string_equal(bytes, "a;b\n");
    free(bytes);
    unlink(path);
    assert_int_equal(infile_read(path, CSV_FILE_BYTES, &bytes, &length, &reason), RC_NOT_FOUND);
}

static void only_a_real_file_is_opened(void **state)
{
    char path[] = "/tmp/perron-test-XXXXXX", link[64], *bytes = NULL;
    struct reason reason = {.text = ""};
    size_t length = 7;
    (void)state;
    assert_non_null(mkdtemp(path));
    snprintf(link, sizeof link, "%s/people.csv", path);
    assert_int_equal(symlink("/etc/passwd", link), 0);
    assert_int_equal(infile_read(link, 4096, &bytes, &length, &reason), RC_REFUSED);
    assert_int_equal(infile_read(path, 4096, &bytes, &length, &reason), RC_REFUSED);
    assert_int_equal(infile_read("/dev/zero", 4096, &bytes, &length, &reason), RC_REFUSED);
    assert_null(bytes);
    assert_int_equal(length, 7);
    unlink(link);
    rmdir(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_of_50_mb_is_refused_before_it_is_read),
        cmocka_unit_test(only_a_real_file_is_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
