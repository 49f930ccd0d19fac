#include "tests/support/options.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option_row *find(const struct option_row *rows, const char *word)
{
    if (strncmp(word, "--", 2) != 0)
        return NULL;
    for (; rows->name; rows++)
        if (strcmp(rows->name, word + 2) == 0)
            return rows;
    return NULL;
}

static bool read_number(const char *text, unsigned long long most, unsigned long long *out_number)
{
    char *end;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    bool is_number = text[0] >= '0' && text[0] <= '9' && !*end && !errno && number <= most;
    if (is_number)
        *out_number = number;
    return is_number;
}

static bool set(const struct option_row *row, const char *value)
{
    unsigned long long number;
    if (row->text) {
        *row->text = value;
        return true;
    }
    if (!read_number(value, row->number ? LONG_MAX : UINT64_MAX, &number))
        return false;
    if (row->number)
        *row->number = (long)number;
    else
        *row->seed = number;
    return true;
}

static bool misuse(const char *word, const char *what, const char *usage, int *out_code)
{
    fprintf(stderr, "%s %s\n%s", word, what, usage);
    *out_code = 2;
    return false;
}

bool options_read(int argc, char **argv, const struct option_row *rows, const char *usage,
                  int *out_code)
{
    for (int i = 1; i < argc; i++) {
        const struct option_row *row = find(rows, argv[i]);
        if (!row && strcmp(argv[i], "--help") == 0) {
            fputs(usage, stdout);
            *out_code = 0;
            return false;
        }
        if (!row)
            return misuse(argv[i], "is no option here", usage, out_code);
        if (row->is_set) {
            *row->is_set = true;
            continue;
        }
        if (i + 1 == argc)
            return misuse(argv[i], "needs a value", usage, out_code);
        if (!set(row, argv[++i]))
            return misuse(argv[i], "is no number", usage, out_code);
    }
    return true;
}
