#include "app/exchange/duration.h"

#include <inttypes.h>
#include <stdio.h>

void duration_write_clock(int64_t seconds, char out_text[DURATION_BYTES])
{
    snprintf(out_text, DURATION_BYTES, "%" PRId64 ":%02d:%02d", seconds / 3600,
             (int)(seconds / 60 % 60), (int)(seconds % 60));
}

void duration_write_hours(enum csv_profile profile, int64_t seconds, char out_text[DURATION_BYTES])
{
    int64_t hundredths = (seconds * 100 + 1800) / 3600;
    char point = profile == CSV_PROFILE_EXCEL ? ',' : '.';
    snprintf(out_text, DURATION_BYTES, "%" PRId64 "%c%02d", hundredths / 100, point,
             (int)(hundredths % 100));
}
