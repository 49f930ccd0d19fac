#include "app/exchange/codes.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64], path[96], part[104];
static struct reason reason;

static const struct person ada = {.number = "1001", .first_name = "Ada", .last_name = "Okonkwo"};
static const struct person evil = {.number = "", .first_name = "=1+1;\"x\""};
static const struct code code = {"BCDFGH"};

static void read_back(const char *name, char *out_text, size_t size)
{
    FILE *file = fopen(name, "r");
    assert_non_null(file);
    out_text[fread(out_text, 1, size - 1, file)] = 0;
    fclose(file);
}

static struct codes *begin(void)
{
    struct codes *codes = NULL;
    assert_int_equal(codes_begin(path, &codes, &reason), RC_OK);
    assert_int_equal(codes_add(codes, &ada, &code), RC_OK);
    assert_int_equal(codes_add(codes, &evil, &code), RC_OK);
    return codes;
}

static void a_list_has_a_line_each_and_is_for_its_owner_only(void **state)
{
    char text[512];
    struct stat status;
    (void)state;
    struct codes *codes = begin();
    assert_int_equal(codes_settle(codes, &reason), RC_OK);
    assert_int_equal(codes_commit(codes, &reason), RC_OK);
    read_back(path, text, sizeof text);
    assert_string_equal(text, "\xEF\xBB\xBFnumber;name;code\r\n1001;Ada Okonkwo;BCD FGH\r\n"
                              ";\"'=1+1;\"\"x\"\"\";BCD FGH\r\n");
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(access(part, F_OK), -1);
}

static void settled_it_is_whole_but_has_no_name_yet(void **state)
{
    char text[512];
    (void)state;
    struct codes *codes = begin();
    assert_int_equal(codes_settle(codes, &reason), RC_OK);
    assert_int_equal(access(path, F_OK), -1);
    read_back(part, text, sizeof text);
    assert_non_null(strstr(text, "Ada Okonkwo;BCD FGH\r\n"));
    codes_abandon(codes);
    assert_int_equal(access(part, F_OK), -1);
}

static void a_file_that_is_there_stays_as_it_is(void **state)
{
    char text[64];
    struct codes *codes = NULL;
    (void)state;
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_int_equal(write(fd, "mine", 4), 4);
    close(fd);
    assert_int_equal(codes_begin(path, &codes, &reason), RC_REFUSED);
    assert_null(codes);
    assert_non_null(strstr(reason.text, "is there already"));
    read_back(path, text, sizeof text);
    assert_string_equal(text, "mine");
}

static void where_nothing_can_be_written_it_says_why(void **state)
{
    struct codes *codes = NULL;
    char long_path[5000];
    (void)state;
    assert_int_equal(codes_begin("/nowhere/codes.csv", &codes, &reason), RC_NOT_FOUND);
    memset(long_path, 'x', sizeof long_path);
    long_path[sizeof long_path - 1] = 0;
    assert_int_equal(codes_begin(long_path, &codes, &reason), RC_LIMIT);
    assert_int_equal(codes_begin("/dev/full", &codes, &reason), RC_REFUSED);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/perron-codes-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/codes.csv", folder);
    snprintf(part, sizeof part, "%s.part", path);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    unlink(part);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_list_has_a_line_each_and_is_for_its_owner_only, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(settled_it_is_whole_but_has_no_name_yet, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_that_is_there_stays_as_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(where_nothing_can_be_written_it_says_why, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
