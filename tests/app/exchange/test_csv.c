#include "app/exchange/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "firmware/base/utf8.h"
#include "tests/support/random.h"

static struct csv *open_text(const char *text)
{
    struct csv *csv = NULL;
    struct reason reason = {.text = ""};
    if (csv_open(text, strlen(text), &csv, &reason))
        fail_msg("%s", reason.text);
    return csv;
}

/* The whole table as "line|cell|cell\n"; a problem as "line!problem\n". */
static void render(const char *bytes, size_t length, char *out_text, size_t size)
{
    struct csv *csv = NULL;
    struct csv_row row;
    size_t used = 0;
    out_text[0] = 0;
    assert_int_equal(csv_open(bytes, length, &csv, NULL), RC_OK);
    while (csv_next(csv, &row) == RC_OK) {
        used += (size_t)snprintf(out_text + used, size - used, "%d", row.line);
        for (int i = 0; i < row.count && !row.problem; i++)
            used += (size_t)snprintf(out_text + used, size - used, "|%s", row.cells[i]);
        if (row.problem)
            used += (size_t)snprintf(out_text + used, size - used, "!%.20s", row.problem);
        used += (size_t)snprintf(out_text + used, size - used, "\n");
        assert_true(used < size);
    }
    csv_close(csv);
}

static void assert_table(const char *bytes, const char *table)
{
    char text[8192];
    render(bytes, strlen(bytes), text, sizeof text);
    assert_string_equal(text, table);
}

static void rows_are_read_with_their_lines(void **state)
{
    (void)state;
    assert_table("a,b\r\nc,d\r\n", "1|a|b\n2|c|d\n");
    assert_table("a,b\nc,d", "1|a|b\n2|c|d\n");
    assert_table("a,b\rc,d\r", "1|a|b\n2|c|d\n");
    assert_table("\n\r\n\na,b\n\n\nc,d\n\n", "4|a|b\n7|c|d\n");
    assert_table("a,,\n,,\n", "1|a||\n2|||\n");
    assert_table("alone\n", "1|alone\n");
}

static void quotes_hold_separators_line_breaks_and_quotes(void **state)
{
    (void)state;
    assert_table("a,\"b,c\"\nd,\"e\"\"f\"\"\"\n", "1|a|b,c\n2|d|e\"f\"\n");
    assert_table("a,\"b\r\nc\nd\re\"\nf,g\n", "1|a|b\r\nc\nd\re\n5|f|g\n");
    assert_table("\"\",\"\"\n\"\"\"\",x\n", "1||\n2|\"|x\n");
    assert_table("a,\"b\"  ,c\n", "1|a|b|c\n");
    assert_table("a,5\" pipe,c\n", "1|a|5\" pipe|c\n");
    assert_table("a,\"b\"", "1|a|b\n");
}

static void an_unclosed_quote_spoils_its_own_row_only(void **state)
{
    (void)state;
    assert_table("a,b\n6,\"Unclosed,Jef\n7,Phone\n", "1|a|b\n2!A quotation mark is \n3|7|Phone\n");
    assert_table("a,b\n6,\"Un\n7,\"Phone\"\n", "1|a|b\n2!A quotation mark is \n3|7|Phone\n");
    assert_table("a,b\n6,\"Jan \"de\" Vries\"\n7,c\n", "1|a|b\n2!A quotation mark is \n3|7|c\n");
    assert_table("a,\"\"\"", "1!A quotation mark is \n");
    assert_table("a,\"", "1!A quotation mark is \n");
    assert_table("a,\"b\n\"x,\nc,d", "1!A quotation mark is \n2!A quotation mark is \n3|c|d\n");
}

static void a_quoted_cell_has_at_most_32_lines(void **state)
{
    char text[400] = "a,\"";
    struct csv_row row;
    (void)state;
    for (int i = 0; i < CSV_ROW_LINES - 1; i++)
        strcat(text, "x\n");
    strcat(text, "\"\nb,c\n");
    struct csv *csv = open_text(text);
    assert_int_equal(csv_next(csv, &row), RC_OK);
    assert_null(row.problem);
    assert_int_equal(row.last_line, CSV_ROW_LINES);
    csv_close(csv);
    strcpy(strrchr(text, 'x'), "x\nx\n\"\nb,c\n");
    csv = open_text(text);
    assert_int_equal(csv_next(csv, &row), RC_OK);
    assert_non_null(row.problem);
    csv_close(csv);
}

static void the_separator_is_found_out(void **state)
{
    static const struct {
        const char *text;
        char separator;
    } rows[] = {
        {"a;b\n1;2\n", ';'},
        {"a,b\n1,2\n", ','},
        {"a\tb\n1\t2\n", '\t'},
        {"a;b\n1,5;2,5\n3,5;4,5\n", ';'},
        {"\"a;b;c;d\",e\n\"1;2;3;4\",f\n", ','},
        {"name, first;number\nx;1\ny;2\n", ';'},
        {"sep=,\na;b,c;d\n", ','},
        {"SEP=\t\r\na;b;c\n", '\t'},
        {"alone\n", ';'},
        {"\n\na,b\n1,2\n", ','},
        {"a,b", ','},
        {"title\na,b\nc,d\n", ','},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct csv *csv = open_text(rows[i].text);
        assert_int_equal(csv_separator(csv), rows[i].separator);
        csv_close(csv);
    }
    assert_table("sep=,\na;b,c\n", "2|a;b|c\n");
    assert_table("sep=;x\na;b\n", "1|sep=|x\n2|a|b\n");
}

static void the_encoding_is_found_out(void **state)
{
    static const struct {
        const char *text, *cell;
        enum charset charset;
    } rows[] = {
        {"Zo\xC3\xA9", "Zoé", CHARSET_UTF8},
        {"\xEF\xBB\xBFZo\xC3\xA9", "Zoé", CHARSET_UTF8},
        {"Zo\xE9", "Zoé", CHARSET_WINDOWS_1252},
        {"\x80\x8A\x9C\x92t", "€Šœ’t", CHARSET_WINDOWS_1252},
        {"M\xDCLLER \xFE\xFF", "MÜLLER þÿ", CHARSET_WINDOWS_1252},
        {"Zo\xC3\xA9 Zo\xC3", NULL, CHARSET_UTF8},
        {"Zo\xC3\xA9, N\xC3\xA9, Lu\xC3\xA9, x\xFF", NULL, CHARSET_UTF8},
        {"plain", "plain", CHARSET_UTF8},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct csv *csv = open_text(rows[i].text);
        struct csv_row row;
        assert_int_equal(csv_charset(csv), rows[i].charset);
        assert_int_equal(csv_next(csv, &row), RC_OK);
        if (rows[i].cell)
            assert_string_equal(row.cells[0], rows[i].cell);
        else
            assert_non_null(row.problem);
        csv_close(csv);
    }
}

static void every_byte_of_windows_1252_has_its_character(void **state)
{
    (void)state;
    for (unsigned byte = 0; byte < 256; byte++) {
        char text = (char)byte;
        uint32_t point = 0xFFFF;
        assert_int_equal(charset_step(CHARSET_WINDOWS_1252, &text, 1, &point), 1);
        if (byte < 0x80 || byte >= 0xA0)
            assert_int_equal(point, byte);
        else
            assert_true(point == byte ? utf8_is_control(point) : point >= 0x152);
    }
    assert_int_equal(charset_step(CHARSET_WINDOWS_1252, "", 0, &(uint32_t){0}), 0);
}

static void what_is_no_list_gets_a_sentence(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        enum rc rc;
        const char *says;
    } rows[] = {
        {"", 0, RC_EMPTY, "empty"},
        {" \r\n\t\n", 5, RC_EMPTY, "empty"},
        {"\xEF\xBB\xBF", 3, RC_EMPTY, "empty"},
        {"\xFF\xFE"
         "a\0;\0",
         6, RC_UNSUPPORTED, "CSV UTF-8"},
        {"\xFE\xFF\0a\0;", 6, RC_UNSUPPORTED, "CSV UTF-8"},
        {"PK\x03\x04\x14", 5, RC_UNSUPPORTED, "spreadsheet"},
        {"\xD0\xCF\x11\xE0\xA1", 5, RC_UNSUPPORTED, "old Excel"},
        {"%PDF-1.7", 8, RC_UNSUPPORTED, "PDF"},
        {"a;b\0;c\n", 7, RC_BAD_INPUT, "not a text file"},
        {"\x7F"
         "ELF\x02\x01\x01",
         7, RC_BAD_INPUT, "not a text file"},
        {"a\0b\0c\0", 6, RC_BAD_INPUT, "not a text file"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct csv *csv = NULL;
        struct reason reason = {.text = ""};
        assert_int_equal(csv_open(rows[i].bytes, rows[i].length, &csv, &reason), rows[i].rc);
        assert_null(csv);
        if (!strstr(reason.text, rows[i].says))
            fail_msg("%zu: %s", i, reason.text);
    }
}

static char *repeat(const char *text, size_t times)
{
    size_t length = strlen(text);
    char *all = malloc(length * times + 1);
    assert_non_null(all);
    for (size_t i = 0; i < times; i++)
        memcpy(all + i * length, text, length);
    all[length * times] = 0;
    return all;
}

static void too_much_is_refused_by_row_and_by_file(void **state)
{
    struct csv_row row;
    int count = 0;
    (void)state;
    char *commas = repeat(",", 100000), *letters = repeat("\xC3\xA9", 5000);
    char *rows = repeat("a,b\n", CSV_ROWS + 1), *text = malloc(200000);
    assert_non_null(text);
    sprintf(text, "a,b\n%s\n%s,b\n\"%s\",b\nc,d\n", commas, letters, letters);
    struct csv *csv = open_text(text);
    static const char *const problems[] = {NULL, "64 columns", "4096", "4096", NULL};
    for (; csv_next(csv, &row) == RC_OK; count++) {
        assert_int_equal(row.line, count + 1);
        if (problems[count])
            assert_non_null(strstr(row.problem, problems[count]));
        else
            assert_null(row.problem);
    }
    assert_int_equal(count, 5);
    csv_close(csv);

    csv = open_text(rows);
    enum rc rc = RC_OK;
    for (count = 0; (rc = csv_next(csv, &row)) == RC_OK;)
        count++;
    assert_int_equal(rc, RC_LIMIT);
    assert_int_equal(count, CSV_ROWS);
    csv_close(csv);
    free(commas);
    free(letters);
    free(rows);
    free(text);
}

static void bombs_of_quotes_end_soon(void **state)
{
    static const char *const bombs[] = {"\"", "\"\n", "\"\",", "\"\"\"", "\",\n\"", "\"\n;\"\r"};
    (void)state;
    for (size_t i = 0; i < sizeof bombs / sizeof bombs[0]; i++) {
        char *text = repeat(bombs[i], CSV_FILE_BYTES / strlen(bombs[i]));
        struct csv *csv = open_text(text);
        struct csv_row row;
        alarm(60);
        while (csv_next(csv, &row) == RC_OK)
            ;
        alarm(0);
        csv_close(csv);
        free(text);
    }
}

static void random_bytes_never_crash(void **state)
{
    static const char usual[] = "\"\",,;;\n\r\t'=\xC3\xA9\xE9"
                                "abc";
    struct random random = random_for_test("random bytes");
    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t length = random_below(&random, 300);
        /* Exactly as long as it says, so that a sanitizer sees a step too far. */
        char *bytes = malloc(length ? length : 1);
        bool is_wild = random_below(&random, 4) == 0;
        for (size_t i = 0; i < length; i++)
            bytes[i] = is_wild ? (char)random_below(&random, 256)
                               : usual[random_below(&random, sizeof usual - 1)];
        struct csv *csv = NULL;
        struct csv_row row;
        int line = 0;
        if (csv_open(bytes, length, &csv, NULL) == RC_OK) {
            while (csv_next(csv, &row) == RC_OK) {
                assert_true(row.line > line && row.last_line >= row.line);
                line = row.line;
                for (int i = 0; i < row.count; i++)
                    assert_true(utf8_is_valid(row.cells[i], strlen(row.cells[i])));
            }
            csv_close(csv);
        }
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_read_with_their_lines),
        cmocka_unit_test(quotes_hold_separators_line_breaks_and_quotes),
        cmocka_unit_test(an_unclosed_quote_spoils_its_own_row_only),
        cmocka_unit_test(a_quoted_cell_has_at_most_32_lines),
        cmocka_unit_test(the_separator_is_found_out),
        cmocka_unit_test(the_encoding_is_found_out),
        cmocka_unit_test(every_byte_of_windows_1252_has_its_character),
        cmocka_unit_test(what_is_no_list_gets_a_sentence),
        cmocka_unit_test(too_much_is_refused_by_row_and_by_file),
        cmocka_unit_test(bombs_of_quotes_end_soon),
        cmocka_unit_test(random_bytes_never_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
