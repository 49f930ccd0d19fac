#include "app/domain/pin.h"

#include <stdbool.h>
#include <string.h>

/* Does each digit follow the one before by the same step, 0 standing behind 9? */
static bool goes_by(const char *digits, int step)
{
    for (size_t i = 1; digits[i]; i++)
        if ((digits[i] - digits[i - 1] - step) % 10 != 0)
            return false;
    return true;
}

enum rc pin_check(const char *digits, struct reason *out_reason)
{
    size_t length = strlen(digits);
    if (length < PIN_DIGITS_MIN || length > PIN_DIGITS_MAX ||
        strspn(digits, "0123456789") != length) {
        reason_set(out_reason, "a PIN has %d to %d digits and nothing else; take %d",
                   PIN_DIGITS_MIN, PIN_DIGITS_MAX, PIN_DIGITS_ADVISED);
        return RC_BAD_INPUT;
    }
    if (goes_by(digits, 0)) {
        reason_set(out_reason, "that PIN is the same digit over and over, which is tried first; "
                               "take another one");
        return RC_REFUSED;
    }
    if (goes_by(digits, 1) || goes_by(digits, -1)) {
        reason_set(out_reason,
                   "that PIN only counts up or down, which is tried first; take another one");
        return RC_REFUSED;
    }
    return RC_OK;
}
