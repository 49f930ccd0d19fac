#include "app/exchange/date.h"

#include <stdbool.h>
#include <string.h>

static bool exists(int year, int month, int day)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1)
        return false;
    return day <= days[month - 1] + (month == 2 && is_leap);
}

/* One number of one to `most` digits; returns what follows it, NULL where there is none. */
static const char *take_number(const char *text, int most, int *out_number)
{
    size_t length = strspn(text, "0123456789");
    if (length < 1 || length > (size_t)most)
        return NULL;
    *out_number = 0;
    for (size_t i = 0; i < length; i++)
        *out_number = *out_number * 10 + (text[i] - '0');
    return text + length;
}

static void write_digits(char *out_digits, int count, int number)
{
    for (int i = count - 1; i >= 0; i--, number /= 10)
        out_digits[i] = (char)('0' + number % 10);
}

enum rc date_parse(const char *text, char out_iso[DATE_BYTES])
{
    int parts[3] = {0};
    text += strspn(text, " ");
    bool is_iso = strspn(text, "0123456789") == 4;
    char separator = 0;
    for (int i = 0; i < 3; i++) {
        text = take_number(text, is_iso ? (i == 0 ? 4 : 2) : (i == 2 ? 4 : 2), &parts[i]);
        if (!text)
            return RC_BAD_INPUT;
        if (i == 2)
            break;
        separator = i == 0 ? *text : separator;
        if (!*text || !strchr("/-.", *text) || *text++ != separator)
            return RC_BAD_INPUT;
    }
    if (*text && !strchr(" T", *text))
        return RC_BAD_INPUT;
    int year = parts[is_iso ? 0 : 2], day = parts[is_iso ? 2 : 0];
    if (!exists(year, parts[1], day))
        return RC_BAD_INPUT;
    write_digits(out_iso, 4, year);
    write_digits(out_iso + 5, 2, parts[1]);
    write_digits(out_iso + 8, 2, day);
    out_iso[4] = out_iso[7] = '-';
    out_iso[10] = 0;
    return RC_OK;
}
