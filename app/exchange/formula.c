#include "app/exchange/formula.h"

#include <stddef.h>
#include <string.h>

bool formula_is_dangerous(const char *text)
{
    /* Full-width = + - @, as East Asian keyboards write them. */
    static const char *const wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
                                       "\xEF\xBC\xA0"};
    text += strspn(text, " '");
    if (text[0] && strchr("=+-@\t\r\n", text[0]))
        return true;
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (strncmp(text, wide[i], 3) == 0)
            return true;
    /* A non-breaking space is a space to Excel. */
    return strncmp(text, "\xC2\xA0", 2) == 0 && formula_is_dangerous(text + 2);
}

bool formula_is_signed_number(const char *text)
{
    if (text[0] != '+' && text[0] != '-')
        return false;
    return text[1] >= '0' && text[1] <= '9' && text[1 + strspn(text + 1, "0123456789 .,")] == 0;
}

const char *formula_restored(const char *text)
{
    return text[0] == '\'' && formula_is_dangerous(text + 1) ? text + 1 : text;
}
