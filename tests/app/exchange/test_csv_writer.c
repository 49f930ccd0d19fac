#include "app/exchange/csv_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/exchange/csv.h"
#include "app/exchange/formula.h"
#include "tests/support/random.h"

static void a_row_is_written_as_each_profile_wants_it(void **state)
{
    static const char *const cells[] = {"Zoé", "a;b", "say \"hi\"", "=1+1", "+32 466", "", " x"};
    char text[256];
    size_t length;
    (void)state;
    assert_string_equal(csv_writer_begin(CSV_PROFILE_EXCEL), "\xEF\xBB\xBF");
    assert_string_equal(csv_writer_begin(CSV_PROFILE_STRICT), "");
    assert_int_equal(csv_writer_row(CSV_PROFILE_EXCEL, cells, 7, text, sizeof text, &length),
                     RC_OK);
    text[length] = 0;
    assert_string_equal(text, "Zoé;\"a;b\";\"say \"\"hi\"\"\";'=1+1;'+32 466;;\" x\"\r\n");
    assert_int_equal(csv_writer_row(CSV_PROFILE_STRICT, cells, 7, text, sizeof text, &length),
                     RC_OK);
    text[length] = 0;
    assert_string_equal(text, "Zoé,\"a;b\",\"say \"\"hi\"\"\",'=1+1,+32 466,,\" x\"\r\n");
    size_t exact = length;
    length = 0;
    assert_int_equal(csv_writer_row(CSV_PROFILE_STRICT, cells, 7, text, exact - 1, &length),
                     RC_LIMIT);
    assert_int_equal(length, 0);
    assert_int_equal(csv_writer_row(CSV_PROFILE_STRICT, cells, 7, text, exact, &length), RC_OK);
}

/* Writes a table and reads it back; fails unless the cells are the same. */
static void assert_round_trip(enum csv_profile profile, char *const *cells, int rows, int columns)
{
    size_t size = 1 << 20, used = strlen(csv_writer_begin(profile)), length;
    char *text = malloc(size);
    struct csv *csv = NULL;
    struct csv_row row;
    assert_non_null(text);
    memcpy(text, csv_writer_begin(profile), used);
    for (int i = 0; i < rows; i++) {
        const char *const *line = (const char *const *)cells + i * columns;
        assert_int_equal(csv_writer_row(profile, line, columns, text + used, size - used, &length),
                         RC_OK);
        used += length;
    }
    assert_int_equal(csv_open(text, used, &csv, NULL), RC_OK);
    for (int i = 0; i < rows; i++) {
        assert_int_equal(csv_next(csv, &row), RC_OK);
        assert_null(row.problem);
        assert_int_equal(row.count, columns);
        for (int k = 0; k < columns; k++)
            assert_string_equal(row.cells[k], cells[i * columns + k]);
    }
    assert_int_equal(csv_next(csv, &row), RC_EMPTY);
    csv_close(csv);
    free(text);
}

static const char *const payloads[] = {
    "=1+1",
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://x\",\"y\")",
    "=IMPORTXML(A1,\"//a\")",
    "=IMPORTDATA(\"http://x\")",
    "=WEBSERVICE(\"http://x\")",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "=rundll32|'URL.dll,OpenURL calc.exe'!A",
    "=MSEXCEL|'\\..\\..\\cmd.exe /c calc'!''",
    "=A1",
    "+1-1",
    "+1+cmd|' /C calc'!A0",
    "+32 466 599 13 59",
    "+32466599135",
    "+",
    "++",
    "+=1",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "-1.5",
    "-",
    "--1",
    "- 1",
    "@SUM(1+1)",
    "@",
    "@SUM(A1)*cmd",
    "\t=1+1",
    "\t",
    "\t\t@x",
    "\r=1+1",
    "\r",
    "\n=1+1",
    "\n",
    "\r\n=1",
    " =1+1",
    "   +1",
    " @x",
    "  -1",
    " \t=1",
    "'=1+1",
    "''=1+1",
    "'''+1",
    "'+32 466",
    "'-1",
    "'@x",
    "'\t=",
    "' =1",
    " '=1",
    "' '=1",
    "'",
    "''",
    "'t Kint",
    "'s Gravesande",
    "\xEF\xBC\x9D"
    "1+1",
    "\xEF\xBC\x8B"
    "1",
    "\xEF\xBC\x8D"
    "1",
    "\xEF\xBC\xA0"
    "x",
    "\xC2\xA0=1",
    "'\xC2\xA0=1",
    "=\"a\";\"b\"",
    "=1;=2",
    "x,=1+1",
    "x;=1+1",
    "\"=1+1\"",
    "=1\n=2",
    "%0A=1",
    "|calc",
    "\xEF\xBB\xBF=1",
    "sep=;",
};

static void no_formula_runs_and_every_text_comes_back(void **state)
{
    int count = sizeof payloads / sizeof payloads[0];
    (void)state;
    assert_true(count >= 60);
    for (int i = 0; i < count; i++) {
        char text[256], x[] = "x", *payload = (char *)payloads[i];
        char *cells[] = {payload, x, x, payload};
        size_t length;
        for (int p = CSV_PROFILE_EXCEL; p <= CSV_PROFILE_STRICT; p++) {
            assert_round_trip(p, cells, 1, 1);
            assert_round_trip(p, cells, 2, 2);
            assert_int_equal(
                csv_writer_row(p, (const char *const *)cells, 1, text, sizeof text, &length),
                RC_OK);
            const char *cell = text + (text[0] == '"');
            bool is_kept = p == CSV_PROFILE_STRICT && formula_is_signed_number(payloads[i]);
            if (formula_is_dangerous(payloads[i]) && !is_kept)
                assert_int_equal(cell[0], '\'');
            assert_false(strchr("=@\t\r\n", cell[0]) && strlen(payloads[i]) > 0);
        }
    }
}

static void a_cell_is_not_taken_for_excels_separator_line(void **state)
{
    char sep[] = "sep=", loud[] = "SEP=", empty[] = "", x[] = "x";
    char *cells[] = {sep, empty, loud, x};
    (void)state;
    for (int profile = CSV_PROFILE_EXCEL; profile <= CSV_PROFILE_STRICT; profile++) {
        assert_round_trip(profile, cells, 2, 2);
        assert_round_trip(profile, cells + 2, 2, 1);
    }
}

static void names_keep_their_own_apostrophes(void **state)
{
    (void)state;
    assert_false(formula_is_dangerous("'t Kint"));
    assert_string_equal(formula_restored("'t Kint"), "'t Kint");
    assert_string_equal(formula_restored("'+32 466"), "+32 466");
    assert_string_equal(formula_restored("''=1"), "'=1");
    assert_string_equal(formula_restored("'"), "'");
    assert_true(formula_is_signed_number("+32 466.59,91"));
    assert_true(formula_is_signed_number("-1"));
    assert_false(formula_is_signed_number("+1-1"));
    assert_false(formula_is_signed_number("+"));
    assert_false(formula_is_signed_number("+ 1"));
    assert_false(formula_is_signed_number("1"));
}

static char *random_cell(struct random *random)
{
    static const char *const bits[] = {
        "a", "é", ";", ",", "\t", "\"",     "\"\"", "\r\n", "\n",           "\r", " ", "'",
        "=", "+", "-", "@", "7",  "Łukasz", "😀",    "sep=", "\xEF\xBB\xBF", "0",  "x", "y"};
    char *cell = calloc(1, 256);
    assert_non_null(cell);
    int breaks = 0;
    for (unsigned left = random_below(random, 12); left > 0; left--) {
        const char *bit = bits[random_below(random, sizeof bits / sizeof bits[0])];
        breaks += bit[0] == '\r' || bit[0] == '\n';
        if (breaks < 4)
            strcat(cell, bit);
    }
    return cell;
}

static void random_tables_come_back_through_both_profiles(void **state)
{
    struct random random = random_for_test("random tables");
    (void)state;
    for (int round = 0; round < 3000; round++) {
        int rows = 1 + (int)random_below(&random, 6), columns = 1 + (int)random_below(&random, 7);
        char *cells[64];
        size_t visible = 0;
        for (int i = 0; i < rows * columns; i++) {
            cells[i] = random_cell(&random);
            visible += strspn(cells[i], " \t\r\n") < strlen(cells[i]);
        }
        /* Rows of line breaks alone would be an empty file, which is refused. */
        if (visible) {
            assert_round_trip(CSV_PROFILE_EXCEL, cells, rows, columns);
            assert_round_trip(CSV_PROFILE_STRICT, cells, rows, columns);
        }
        for (int i = 0; i < rows * columns; i++)
            free(cells[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_written_as_each_profile_wants_it),
        cmocka_unit_test(no_formula_runs_and_every_text_comes_back),
        cmocka_unit_test(a_cell_is_not_taken_for_excels_separator_line),
        cmocka_unit_test(names_keep_their_own_apostrophes),
        cmocka_unit_test(random_tables_come_back_through_both_profiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
