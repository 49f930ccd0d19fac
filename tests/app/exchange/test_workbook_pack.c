/* Rows packed while they are written, and put into the workbook they belong to. */
#include "app/exchange/workbook_zip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/exchange/infile.h"

#define ROWS 3000 /* more than any buffer holds */
#define TEXT_BYTES (4 << 20)

static struct desk {
    char folder[64], plain[96], bound[96];
} desk;

static int set_up(void **state)
{
    (void)state;
    strcpy(desk.folder, "/tmp/perron-pack-XXXXXX");
    if (!mkdtemp(desk.folder))
        return -1;
    snprintf(desk.plain, sizeof desk.plain, "%s/plain.xlsx", desk.folder);
    snprintf(desk.bound, sizeof desk.bound, "%s/bound.xlsx", desk.folder);
    return 0;
}

/* Fails where more was left behind. */
static int tear_down(void **state)
{
    (void)state;
    unlink(desk.plain);
    unlink(desk.bound);
    return rmdir(desk.folder);
}

static void fill(lxw_worksheet *sheet, int rows)
{
    char text[64];
    for (int row = 0; row < rows; row++) {
        snprintf(text, sizeof text, "row %d <&> é %x", row, row * 2654435761u);
        worksheet_write_string(sheet, (lxw_row_t)row, 0, text, NULL);
        worksheet_write_number(sheet, (lxw_row_t)row, 1, row / 7.0, NULL);
    }
}

/* A book with a sheet for each of these numbers of rows; NULL: all of it the library's. */
static void make(const char *path, const int *rows, int sheets, struct workbook_pack *pack)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = desk.folder};
    lxw_doc_properties properties = {.created = 1};
    lxw_workbook *book = workbook_new_opt(path, &options);
    assert_non_null(book);
    assert_int_equal(workbook_set_properties(book, &properties), LXW_NO_ERROR);
    for (int i = 0; i < sheets; i++) {
        lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
        assert_non_null(sheet);
        if (pack)
            assert_int_equal(workbook_pack_begin(pack, sheet), RC_OK);
        fill(sheet, rows[i]);
        if (pack)
            assert_int_equal(workbook_pack_settle(pack), RC_OK);
    }
    if (pack)
        assert_int_equal(workbook_pack_end(pack), RC_OK);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
}

static enum rc bind_file(const struct workbook_pack *pack)
{
    FILE *in = fopen(desk.plain, "r"), *out = fopen(desk.bound, "w");
    assert_true(in && out);
    enum rc rc = workbook_bind(in, pack, out);
    fclose(in);
    assert_int_equal(fclose(out), 0);
    return rc;
}

/* All parts, one after the other, as `unzip -p` gives them; free it. */
static char *parts(const char *path)
{
    char command[128], *text = calloc(1, TEXT_BYTES);
    snprintf(command, sizeof command, "unzip -p '%s'", path);
    FILE *said = popen(command, "r");
    assert_true(said && text);
    size_t length = fread(text, 1, TEXT_BYTES - 1, said);
    assert_int_equal(pclose(said), 0);
    assert_in_range(length, 1, TEXT_BYTES - 2);
    return text;
}

static void the_parts_are_those_that_the_library_makes(void **state)
{
    static const int rows[] = {ROWS, 1, 2, ROWS / 2};
    struct workbook_pack *pack;
    struct stat plain, bound;
    (void)state;
    assert_int_equal(workbook_pack_new(desk.folder, &pack), RC_OK);
    make(desk.plain, rows, 4, pack);
    assert_int_equal(stat(desk.plain, &plain), 0);
    assert_int_equal(bind_file(pack), RC_OK);
    workbook_pack_free(pack);
    assert_int_equal(stat(desk.bound, &bound), 0);
    assert_true(plain.st_size < bound.st_size / 4); /* the rows went the other way */
    assert_int_equal(workbook_check(desk.bound), RC_OK);
    assert_int_equal(unlink(desk.plain), 0);
    make(desk.plain, rows, 4, NULL);
    char *theirs = parts(desk.plain), *ours = parts(desk.bound);
    assert_string_equal(ours, theirs);
    free(theirs);
    free(ours);
}

/* As a full disk leaves it: the library does not notice. */
static void a_sheet_whose_last_row_is_missing_is_not_bound(void **state)
{
    static const int rows[] = {3, 0};
    struct workbook_pack *pack;
    (void)state;
    assert_int_equal(workbook_pack_new(desk.folder, &pack), RC_OK);
    make(desk.plain, rows, 1, pack);
    assert_int_equal(bind_file(pack), RC_OK);
    workbook_pack_free(pack);
    assert_int_equal(unlink(desk.plain), 0);
    assert_int_equal(workbook_pack_new(desk.folder, &pack), RC_OK);
    make(desk.plain, rows, 2, pack);
    assert_int_equal(bind_file(pack), RC_CORRUPT);
    workbook_pack_free(pack);
}

static void a_sheet_that_is_not_in_the_book_is_missed(void **state)
{
    static const int rows[] = {3, 3};
    struct workbook_pack *pack;
    (void)state;
    assert_int_equal(workbook_pack_new(desk.folder, &pack), RC_OK);
    make(desk.plain, rows, 2, pack);
    assert_int_equal(bind_file(pack), RC_OK);
    assert_int_equal(unlink(desk.plain), 0);
    make(desk.plain, rows, 1, NULL);
    assert_int_equal(bind_file(pack), RC_CORRUPT);
    workbook_pack_free(pack);
}

/* It may come back changed in a way that binding need not see: then reading back does. */
static void a_book_that_was_cut_or_changed_does_not_come_out_right(void **state)
{
    static const int rows[] = {ROWS, 5};
    struct workbook_pack *pack;
    char *bytes = NULL;
    size_t length;
    int right = 0, tried = 0;
    (void)state;
    assert_int_equal(workbook_pack_new(desk.folder, &pack), RC_OK);
    make(desk.plain, rows, 2, pack);
    assert_int_equal(infile_read(desk.plain, 1 << 20, &bytes, &length, NULL), RC_OK);
    for (size_t at = 0; at < length; at += 29, tried++) {
        FILE *file = fopen(desk.plain, "w");
        assert_non_null(file);
        bytes[at] ^= 0x10;
        assert_int_equal(fwrite(bytes, 1, length, file), length);
        assert_int_equal(fclose(file), 0);
        bytes[at] ^= 0x10;
        right += bind_file(pack) == RC_OK && workbook_check(desk.bound) == RC_OK;
        assert_int_equal(truncate(desk.plain, (off_t)at), 0);
        assert_int_equal(bind_file(pack), RC_CORRUPT);
    }
    assert_true(right < tried / 4); /* in a date or a name nobody reads */
    free(bytes);
    workbook_pack_free(pack);
}

static void a_disk_that_is_full_is_told_when_rows_settle(void **state)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = desk.folder};
    struct workbook_pack *pack;
    (void)state;
    assert_int_equal(workbook_pack_new("/nowhere/at/all", &pack), RC_NOT_FOUND);
    assert_int_equal(workbook_pack_new(desk.folder, &pack), RC_OK);
    struct workbook_packed none;
    lxw_workbook *book = workbook_new_opt(desk.plain, &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
    FILE *theirs = sheet->optimize_tmpfile;
    assert_int_equal(workbook_pack_begin(pack, sheet), RC_OK);
    assert_ptr_not_equal(sheet->optimize_tmpfile, theirs);
    assert_int_equal(workbook_pack_settle(pack), RC_OK);
    FILE *full = freopen("/dev/full", "w", workbook_pack_rows(pack, 0, &none));
    assert_non_null(full);
    fill(sheet, ROWS);
    assert_int_equal(workbook_pack_settle(pack), RC_FULL);
    assert_int_equal(workbook_pack_end(pack), RC_FULL);
    assert_ptr_equal(sheet->optimize_tmpfile, theirs);
    workbook_pack_free(pack);
    lxw_workbook_free(book);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_parts_are_those_that_the_library_makes),
        TEST(a_sheet_whose_last_row_is_missing_is_not_bound),
        TEST(a_sheet_that_is_not_in_the_book_is_missed),
        TEST(a_book_that_was_cut_or_changed_does_not_come_out_right),
        TEST(a_disk_that_is_full_is_told_when_rows_settle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
